/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioDemoChannel:
 *
 * What a choreography can move. Left and right are the patient's. Angles are degrees, lengths are pixels of the
 * 640×480 picture, shares go from 0 to 1.
 *
 * An arm: shoulder is the angle between upper arm and trunk in the plane of the bed (0 along the trunk, 90 sideways,
 * 170 beside the head), raise lifts the upper arm to the ceiling, elbow is flexion (0 straight), twist says where the
 * forearm goes when the elbow bends (0 across the body, 90 to the ceiling, 180 to the head), grip closes the hand.
 */
typedef enum {
  SEMIO_CHANNEL_LEFT_SHOULDER,
  SEMIO_CHANNEL_LEFT_RAISE,
  SEMIO_CHANNEL_LEFT_ELBOW,
  SEMIO_CHANNEL_LEFT_TWIST,
  SEMIO_CHANNEL_LEFT_WRIST,
  SEMIO_CHANNEL_LEFT_GRIP,
  SEMIO_CHANNEL_RIGHT_SHOULDER,
  SEMIO_CHANNEL_RIGHT_RAISE,
  SEMIO_CHANNEL_RIGHT_ELBOW,
  SEMIO_CHANNEL_RIGHT_TWIST,
  SEMIO_CHANNEL_RIGHT_WRIST,
  SEMIO_CHANNEL_RIGHT_GRIP,
  SEMIO_CHANNEL_LEFT_HIP,
  SEMIO_CHANNEL_LEFT_KNEE,
  SEMIO_CHANNEL_RIGHT_HIP,
  SEMIO_CHANNEL_RIGHT_KNEE,
  SEMIO_CHANNEL_PELVIS_X,
  SEMIO_CHANNEL_PELVIS_Y,
  SEMIO_CHANNEL_PELVIS_LIFT,
  SEMIO_CHANNEL_TRUNK_LEAN,
  SEMIO_CHANNEL_TRUNK_X,
  SEMIO_CHANNEL_TRUNK_Y,
  SEMIO_CHANNEL_TRUNK_ARCH,
  SEMIO_CHANNEL_HEAD_YAW, /* to the patient's left is positive */
  SEMIO_CHANNEL_HEAD_ROLL, /* ear to the left shoulder is positive */
  SEMIO_CHANNEL_HEAD_PITCH, /* chin up is positive */
  SEMIO_CHANNEL_EYE_LEFT, /* share that the lids are open */
  SEMIO_CHANNEL_EYE_RIGHT,
  SEMIO_CHANNEL_GAZE_X, /* -1 to 1, to the patient's left is positive */
  SEMIO_CHANNEL_GAZE_Y, /* -1 to 1, up is positive */
  SEMIO_CHANNEL_BROW, /* -1 knit, 1 raised */
  SEMIO_CHANNEL_MOUTH_OPEN,
  SEMIO_CHANNEL_MOUTH_PURSE,
  SEMIO_CHANNEL_MOUTH_PULL, /* -1 to the right, 1 to the left */
  SEMIO_CHANNEL_JAW_X,
  SEMIO_CHANNEL_TWITCH_LEFT,
  SEMIO_CHANNEL_TWITCH_RIGHT,
  SEMIO_CHANNEL_BREATH_RATE, /* a minute */
  SEMIO_CHANNEL_BREATH_DEPTH,
  SEMIO_CHANNEL_PULSE, /* beats a minute, on the monitor */
  SEMIO_CHANNEL_BLANKET, /* how far the blanket's upper edge lies below the waist; negative is higher */
  SEMIO_CHANNEL_BLANKET_SKEW,
  SEMIO_CHANNEL_LAMP, /* brightness of the room */
  SEMIO_CHANNEL_NURSE_X,
  SEMIO_CHANNEL_NURSE_Y,
  SEMIO_CHANNEL_NURSE_TURN, /* 0 faces the screen's left, 90 its top */
  SEMIO_CHANNEL_NURSE_REACH,
  SEMIO_CHANNEL_NURSE_STEP, /* share of a walking stride */
  SEMIO_N_CHANNELS,
} SemioDemoChannel;

/* The name as choreographies write it ("left_elbow"). */
const char *semio_demo_channel_get_name (SemioDemoChannel channel);
/* What a channel rests at when a choreography does not name it. */
double semio_demo_channel_get_rest (SemioDemoChannel channel);
/* FALSE when there is no channel of this name. */
gboolean semio_demo_channel_from_name (const char *name, SemioDemoChannel *channel);

G_END_DECLS

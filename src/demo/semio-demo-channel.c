/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-channel.h"

static const struct {
  const char *name;
  double rest;
} channels[SEMIO_N_CHANNELS] = {
  [SEMIO_CHANNEL_LEFT_SHOULDER] = { "left_shoulder", 22 },
  [SEMIO_CHANNEL_LEFT_RAISE] = { "left_raise", 0 },
  [SEMIO_CHANNEL_LEFT_ELBOW] = { "left_elbow", 18 },
  [SEMIO_CHANNEL_LEFT_TWIST] = { "left_twist", 10 },
  [SEMIO_CHANNEL_LEFT_WRIST] = { "left_wrist", 0 },
  [SEMIO_CHANNEL_LEFT_GRIP] = { "left_grip", 0.25 },
  [SEMIO_CHANNEL_RIGHT_SHOULDER] = { "right_shoulder", 22 },
  [SEMIO_CHANNEL_RIGHT_RAISE] = { "right_raise", 0 },
  [SEMIO_CHANNEL_RIGHT_ELBOW] = { "right_elbow", 18 },
  [SEMIO_CHANNEL_RIGHT_TWIST] = { "right_twist", 10 },
  [SEMIO_CHANNEL_RIGHT_WRIST] = { "right_wrist", 0 },
  [SEMIO_CHANNEL_RIGHT_GRIP] = { "right_grip", 0.25 },
  [SEMIO_CHANNEL_LEFT_HIP] = { "left_hip", 5 },
  [SEMIO_CHANNEL_LEFT_KNEE] = { "left_knee", 12 },
  [SEMIO_CHANNEL_RIGHT_HIP] = { "right_hip", 5 },
  [SEMIO_CHANNEL_RIGHT_KNEE] = { "right_knee", 12 },
  [SEMIO_CHANNEL_PELVIS_X] = { "pelvis_x", 0 },
  [SEMIO_CHANNEL_PELVIS_Y] = { "pelvis_y", 0 },
  [SEMIO_CHANNEL_PELVIS_LIFT] = { "pelvis_lift", 0 },
  [SEMIO_CHANNEL_TRUNK_LEAN] = { "trunk_lean", 0 },
  [SEMIO_CHANNEL_TRUNK_X] = { "trunk_x", 0 },
  [SEMIO_CHANNEL_TRUNK_Y] = { "trunk_y", 0 },
  [SEMIO_CHANNEL_TRUNK_ARCH] = { "trunk_arch", 0 },
  [SEMIO_CHANNEL_HEAD_YAW] = { "head_yaw", 0 },
  [SEMIO_CHANNEL_HEAD_ROLL] = { "head_roll", 0 },
  [SEMIO_CHANNEL_HEAD_PITCH] = { "head_pitch", 0 },
  [SEMIO_CHANNEL_EYE_LEFT] = { "eye_left", 0.8 },
  [SEMIO_CHANNEL_EYE_RIGHT] = { "eye_right", 0.8 },
  [SEMIO_CHANNEL_GAZE_X] = { "gaze_x", 0 },
  [SEMIO_CHANNEL_GAZE_Y] = { "gaze_y", 0 },
  [SEMIO_CHANNEL_BROW] = { "brow", 0 },
  [SEMIO_CHANNEL_MOUTH_OPEN] = { "mouth_open", 0 },
  [SEMIO_CHANNEL_MOUTH_PURSE] = { "mouth_purse", 0 },
  [SEMIO_CHANNEL_MOUTH_PULL] = { "mouth_pull", 0 },
  [SEMIO_CHANNEL_JAW_X] = { "jaw_x", 0 },
  [SEMIO_CHANNEL_TWITCH_LEFT] = { "twitch_left", 0 },
  [SEMIO_CHANNEL_TWITCH_RIGHT] = { "twitch_right", 0 },
  [SEMIO_CHANNEL_BREATH_RATE] = { "breath_rate", 14 },
  [SEMIO_CHANNEL_BREATH_DEPTH] = { "breath_depth", 0.5 },
  [SEMIO_CHANNEL_PULSE] = { "pulse", 72 },
  [SEMIO_CHANNEL_BLANKET] = { "blanket", 0 },
  [SEMIO_CHANNEL_BLANKET_SKEW] = { "blanket_skew", 0 },
  [SEMIO_CHANNEL_LAMP] = { "lamp", 1 },
  [SEMIO_CHANNEL_NURSE_X] = { "nurse_x", 790 },
  [SEMIO_CHANNEL_NURSE_Y] = { "nurse_y", 260 },
  [SEMIO_CHANNEL_NURSE_TURN] = { "nurse_turn", 0 },
  [SEMIO_CHANNEL_NURSE_REACH] = { "nurse_reach", 0 },
  [SEMIO_CHANNEL_NURSE_STEP] = { "nurse_step", 0 },
};

const char *
semio_demo_channel_get_name (SemioDemoChannel channel)
{
  return channels[channel].name;
}

double
semio_demo_channel_get_rest (SemioDemoChannel channel)
{
  return channels[channel].rest;
}

gboolean
semio_demo_channel_from_name (const char *name, SemioDemoChannel *channel)
{
  for (guint i = 0; i < SEMIO_N_CHANNELS; i++)
    if (g_str_equal (channels[i].name, name))
      {
        *channel = i;
        return TRUE;
      }
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-choreography.h"

G_BEGIN_DECLS

/* Pixels of the picture to the right and down, and towards the camera. */
typedef struct {
  double x, y, z;
} SemioDemoPoint;

#define SEMIO_DEMO_LEFT 0
#define SEMIO_DEMO_RIGHT 1

typedef struct {
  SemioDemoPoint shoulder, elbow, wrist;
  double hand_angle; /* direction of the hand in the picture, radians */
  double hand_scale; /* foreshortened when it points to the camera */
} SemioDemoArm;

typedef struct {
  SemioDemoPoint hip, knee, ankle;
} SemioDemoLeg;

/**
 * SemioDemoPose:
 *
 * The patient at one moment: the channels and what follows from them. Plain memory.
 */
typedef struct {
  double time_s;
  double v[SEMIO_N_CHANNELS];
  double breath; /* 0 out, 1 in */
  double beats; /* heart beats since the begin */
  double steps; /* of the nurse, since the begin */
  SemioDemoPoint head;
  double head_angle; /* radians */
  SemioDemoArm arms[2]; /* the patient's left, right */
  SemioDemoLeg legs[2];
} SemioDemoPose;

void semio_demo_pose_init (SemioDemoPose *pose, const SemioChoreography *choreography, double time_s);
/* Where a point of the resting trunk (x from the midline, y as in the picture) has gone. */
SemioDemoPoint semio_demo_pose_get_trunk_point (const SemioDemoPose *pose, double x, double y);
/* As the camera sees it: what is nearer is larger. */
SemioDemoPoint semio_demo_pose_project (SemioDemoPoint point);
double semio_demo_pose_get_scale (double z);

G_END_DECLS

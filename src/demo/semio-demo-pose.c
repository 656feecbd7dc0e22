/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-pose.h"

#include <math.h>

#define MIDLINE_PX 320.0
#define SHOULDER_X_PX 76.0
#define SHOULDER_Y_PX 170.0
#define PELVIS_Y_PX 345.0
#define UPPER_ARM_PX 82.0
#define FOREARM_PX 74.0
#define THIGH_PX 108.0
#define SHIN_PX 112.0
#define CAMERA_PX 950.0

double
semio_demo_pose_get_scale (double z)
{
  return 1 + z / CAMERA_PX;
}

SemioDemoPoint
semio_demo_pose_project (SemioDemoPoint point)
{
  double scale = semio_demo_pose_get_scale (point.z);

  return (SemioDemoPoint){ 320 + (point.x - 320) * scale, 240 + (point.y - 240) * scale, point.z };
}

SemioDemoPoint
semio_demo_pose_get_trunk_point (const SemioDemoPose *pose, double x, double y)
{
  double share = CLAMP ((PELVIS_Y_PX - y) / (PELVIS_Y_PX - SHOULDER_Y_PX), 0, 1.2);
  double angle = pose->v[SEMIO_CHANNEL_TRUNK_LEAN] * share * G_PI / 180;
  double dx = x, dy = y - PELVIS_Y_PX;
  double arch = pose->v[SEMIO_CHANNEL_TRUNK_ARCH] * 26 * sin (G_PI * CLAMP (share, 0, 1));

  return (SemioDemoPoint){
    MIDLINE_PX + dx * cos (angle) - dy * sin (angle) + pose->v[SEMIO_CHANNEL_TRUNK_X] * share
        + pose->v[SEMIO_CHANNEL_PELVIS_X] * (1 - MIN (share, 1)),
    PELVIS_Y_PX + dx * sin (angle) + dy * cos (angle) + pose->v[SEMIO_CHANNEL_TRUNK_Y] * share
        + pose->v[SEMIO_CHANNEL_PELVIS_Y] * (1 - MIN (share, 1)),
    20 + arch + pose->v[SEMIO_CHANNEL_PELVIS_LIFT] * (1 - MIN (share, 1)),
  };
}

/* The trunk, blanket and thighs carry an arm that lies on them. */
static double
get_support (const SemioDemoPose *pose, SemioDemoPoint point)
{
  double dx = (point.x - MIDLINE_PX - pose->v[SEMIO_CHANNEL_TRUNK_X] * 0.5) / 66;
  double trunk = 36 * exp (-dx * dx * dx * dx);

  if (point.y < 120)
    trunk *= CLAMP ((point.y - 60) / 60, 0.6, 1);
  return trunk + pose->v[SEMIO_CHANNEL_TRUNK_ARCH] * 14 * exp (-dx * dx);
}

static void
rest_on_support (const SemioDemoPose *pose, SemioDemoPoint *point)
{
  point->z = MAX (point->z, 13 + get_support (pose, *point));
}

static void
place_arm (SemioDemoPose *pose, guint side)
{
  SemioDemoArm *arm = &pose->arms[side];
  const double *v = pose->v + (side == SEMIO_DEMO_LEFT ? SEMIO_CHANNEL_LEFT_SHOULDER : SEMIO_CHANNEL_RIGHT_SHOULDER);
  double sign = side == SEMIO_DEMO_LEFT ? 1 : -1;
  double lean = pose->v[SEMIO_CHANNEL_TRUNK_LEAN] * G_PI / 180;
  double shoulder = v[0] * G_PI / 180 - sign * lean, raise = v[1] * G_PI / 180, elbow = v[2] * G_PI / 180;
  double twist = v[3] * G_PI / 180, wrist = v[4] * G_PI / 180;
  double ux = sign * sin (shoulder) * cos (raise), uy = cos (shoulder) * cos (raise), uz = sin (raise);
  /* Across the body, in the plane of the bed; and the direction to the camera, square to the upper arm. */
  double ax = -sign * cos (shoulder), ay = sin (shoulder);
  double bx = -sign * sin (shoulder) * sin (raise), by = -cos (shoulder) * sin (raise), bz = cos (raise);
  double nx = cos (twist) * ax + sin (twist) * bx, ny = cos (twist) * ay + sin (twist) * by, nz = sin (twist) * bz;
  double fx = cos (elbow) * ux + sin (elbow) * nx, fy = cos (elbow) * uy + sin (elbow) * ny;
  double fz = cos (elbow) * uz + sin (elbow) * nz, flat;

  arm->shoulder = semio_demo_pose_get_trunk_point (pose, sign * SHOULDER_X_PX, SHOULDER_Y_PX);
  arm->shoulder.z = 22 + 4 * pose->breath;
  arm->elbow = (SemioDemoPoint){ arm->shoulder.x + UPPER_ARM_PX * ux, arm->shoulder.y + UPPER_ARM_PX * uy,
                                 arm->shoulder.z - 8 + UPPER_ARM_PX * uz };
  rest_on_support (pose, &arm->elbow);
  arm->wrist = (SemioDemoPoint){ arm->elbow.x + FOREARM_PX * fx, arm->elbow.y + FOREARM_PX * fy, arm->elbow.z + FOREARM_PX * fz };
  rest_on_support (pose, &arm->wrist);
  arm->wrist.z += fabs (fz) < 0.2 ? 2 * pose->breath : 0;
  flat = hypot (fx, fy);
  arm->hand_angle = atan2 (fy, fx) - sign * wrist;
  arm->hand_scale = CLAMP (0.55 + 0.45 * flat, 0.6, 1);
}

static void
place_leg (SemioDemoPose *pose, guint side)
{
  SemioDemoLeg *leg = &pose->legs[side];
  double sign = side == SEMIO_DEMO_LEFT ? 1 : -1;
  double hip = pose->v[side == SEMIO_DEMO_LEFT ? SEMIO_CHANNEL_LEFT_HIP : SEMIO_CHANNEL_RIGHT_HIP] * G_PI / 180;
  double knee = pose->v[side == SEMIO_DEMO_LEFT ? SEMIO_CHANNEL_LEFT_KNEE : SEMIO_CHANNEL_RIGHT_KNEE] * G_PI / 180;
  double lift = knee * 0.52;

  leg->hip = (SemioDemoPoint){ MIDLINE_PX + sign * 32 + pose->v[SEMIO_CHANNEL_PELVIS_X],
                               PELVIS_Y_PX + 8 + pose->v[SEMIO_CHANNEL_PELVIS_Y], 22 + pose->v[SEMIO_CHANNEL_PELVIS_LIFT] };
  leg->knee = (SemioDemoPoint){ leg->hip.x + sign * THIGH_PX * sin (hip) * cos (lift),
                                leg->hip.y + THIGH_PX * cos (hip) * cos (lift), 20 + THIGH_PX * sin (lift) };
  leg->ankle = (SemioDemoPoint){ leg->knee.x + sign * SHIN_PX * sin (hip) * 0.6, leg->knee.y + SHIN_PX * cos (knee - lift), 14 };
}

static void
place_head (SemioDemoPose *pose)
{
  SemioDemoPoint neck = semio_demo_pose_get_trunk_point (pose, 0, 146);
  double yaw = pose->v[SEMIO_CHANNEL_HEAD_YAW], roll = pose->v[SEMIO_CHANNEL_HEAD_ROLL];
  double lean = pose->v[SEMIO_CHANNEL_TRUNK_LEAN];

  /* Tilting the left ear to the left shoulder turns the crown to the screen's right. */
  pose->head_angle = (roll + lean * 0.8) * G_PI / 180;
  pose->head.x = neck.x + 58 * sin (pose->head_angle) + yaw * 0.11;
  pose->head.y = neck.y - 58 * cos (pose->head_angle) - pose->v[SEMIO_CHANNEL_HEAD_PITCH] * 0.12;
  pose->head.z = 30;
}

/**
 * semio_demo_pose_init:
 * @pose: (out): memory to fill
 * @choreography: what is played
 * @time_s: seconds from the first frame
 *
 * Places the skeleton.
 */
void
semio_demo_pose_init (SemioDemoPose *pose, const SemioChoreography *choreography, double time_s)
{
  double breaths;

  pose->time_s = time_s;
  semio_choreography_get_values (choreography, time_s, pose->v);
  breaths = semio_demo_track_integrate (&choreography->tracks[SEMIO_CHANNEL_BREATH_RATE], time_s) / 60;
  pose->breath = (0.5 - 0.5 * cos (2 * G_PI * breaths)) * pose->v[SEMIO_CHANNEL_BREATH_DEPTH];
  pose->beats = semio_demo_track_integrate (&choreography->tracks[SEMIO_CHANNEL_PULSE], time_s) / 60;
  pose->steps = time_s * 1.8;
  place_head (pose);
  for (guint side = 0; side < 2; side++)
    {
      place_arm (pose, side);
      place_leg (pose, side);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-painter.h"

#include <math.h>
#include <string.h>

#include "semio-demo-body.h"
#include "semio-demo-head.h"
#include "semio-demo-ink.h"
#include "semio-demo-nurse.h"
#include "semio-demo-room.h"

#define NOISE_BYTES (1 << 16)

struct _SemioDemoPainter {
  const SemioChoreography *choreography;
  SemioDemoRelief *relief;
  cairo_surface_t *room;
  cairo_surface_t *canvas;
  guint16 *lamp; /* per pixel and channel, 256 is as drawn */
  gint8 noise[NOISE_BYTES + SEMIO_DEMO_STRIDE_BYTES];
};

/* The lamp above the bed lights it warmly; the corners of the room stay in a cooler dusk. */
static void
make_lamp (SemioDemoPainter *self)
{
  self->lamp = g_new (guint16, SEMIO_DEMO_WIDTH_PX * SEMIO_DEMO_HEIGHT_PX * 4);
  for (int y = 0; y < SEMIO_DEMO_HEIGHT_PX; y++)
    for (int x = 0; x < SEMIO_DEMO_WIDTH_PX; x++)
      {
        guint16 *pixel = self->lamp + (y * SEMIO_DEMO_WIDTH_PX + x) * 4;
        double pool = hypot ((x - 305) / 360.0, (y - 165) / 330.0), light = 1.13 / (1 + 0.42 * pool * pool);
        double lens = hypot ((x - 320) / 400.0, (y - 240) / 300.0), warm = CLAMP (1.15 - pool, 0, 1);

        light *= 1 - 0.20 * lens * lens * lens;
        if (self->choreography->look.infrared)
          {
            light = 0.96 / (1 + 0.75 * lens * lens);
            warm = 0.42;
          }
        pixel[0] = (guint16) (256 * light * (1.025 - 0.060 * warm));
        pixel[1] = (guint16) (256 * light * (1.0 - 0.004 * warm));
        pixel[2] = (guint16) (256 * light * (0.975 + 0.055 * warm));
        pixel[3] = 256;
      }
}

/* Grey noise, the same on the three channels of a pixel, with the bell shape of a sensor's. */
static void
make_noise (SemioDemoPainter *self)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (self->choreography->seed);
  double size = self->choreography->look.infrared ? 3.0 : 1.5;

  for (guint i = 0; i < G_N_ELEMENTS (self->noise) / 4; i++)
    {
      double bell = g_rand_double_range (rand, -1, 1) + g_rand_double_range (rand, -1, 1) + g_rand_double_range (rand, -1, 1);

      for (guint channel = 0; channel < 3; channel++)
        self->noise[4 * i + channel] = (gint8) lround (bell * size);
      self->noise[4 * i + 3] = 0;
    }
}

static cairo_surface_t *
make_layer (void)
{
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, SEMIO_DEMO_WIDTH_PX, SEMIO_DEMO_HEIGHT_PX);
}

SemioDemoPainter *
semio_demo_painter_new (const SemioChoreography *choreography)
{
  SemioDemoPainter *self = g_new0 (SemioDemoPainter, 1);
  cairo_t *cr;

  self->choreography = choreography;
  self->room = make_layer ();
  self->canvas = make_layer ();
  cr = cairo_create (self->room);
  semio_demo_room_draw (cr, &choreography->look);
  cairo_destroy (cr);
  cairo_surface_flush (self->room);
  self->relief = semio_demo_relief_new (choreography->seed);
  semio_demo_room_add_relief (self->relief, &choreography->look);
  semio_demo_relief_freeze (self->relief);
  make_lamp (self);
  make_noise (self);
  return self;
}

void
semio_demo_painter_free (SemioDemoPainter *self)
{
  cairo_surface_destroy (self->room);
  cairo_surface_destroy (self->canvas);
  semio_demo_relief_free (self->relief);
  g_free (self->lamp);
  g_free (self);
}

static void
add_relief (SemioDemoPainter *self, const SemioDemoPose *pose)
{
  SemioDemoRelief *relief = self->relief;
  double y_left, y_right;

  semio_demo_relief_start_frame (relief);
  semio_demo_body_add_trunk_relief (relief, pose);
  semio_demo_body_get_blanket_edge (pose, &y_left, &y_right);
  semio_demo_relief_add_blanket (relief, SEMIO_DEMO_BED_LEFT_PX - 6, SEMIO_DEMO_BED_RIGHT_PX + 6, y_left, y_right,
                                 0.5 * (pose->legs[0].knee.x + pose->legs[1].knee.x) - 320);
}

/* Only the part of the picture that the patient, or the nurse, can darken is lit anew. */
static void
light (SemioDemoPainter *self, const SemioDemoPose *pose)
{
  double left = 130, right = 510;

  for (guint side = 0; side < 2; side++)
    {
      left = MIN (left, MIN (pose->arms[side].elbow.x, pose->arms[side].wrist.x) - 70);
      right = MAX (right, MAX (pose->arms[side].elbow.x, pose->arms[side].wrist.x) + 80);
    }
  if (semio_demo_nurse_is_visible (pose))
    {
      left = MIN (left, pose->v[SEMIO_CHANNEL_NURSE_X] - 160);
      right = MAX (right, pose->v[SEMIO_CHANNEL_NURSE_X] + 160);
    }
  semio_demo_relief_light (self->relief, left, right);
}

static void
draw_layers (SemioDemoPainter *self, cairo_t *cr, const SemioDemoPose *pose)
{
  const SemioDemoLook *look = &self->choreography->look;
  gboolean left_over = pose->arms[SEMIO_DEMO_LEFT].wrist.z > pose->arms[SEMIO_DEMO_RIGHT].wrist.z;

  semio_demo_room_draw_monitor (cr, look, pose);
  semio_demo_room_draw_leads (cr, pose);
  if (pose->v[SEMIO_CHANNEL_BLANKET] > 40)
    semio_demo_body_draw_legs (cr, look, pose);
  semio_demo_body_draw_trunk (cr, look, pose);
  semio_demo_body_draw_blanket (cr, look, pose, self->relief);
  semio_demo_body_add_limb_relief (self->relief, look, pose);
  semio_demo_head_draw (cr, look, pose);
  semio_demo_room_draw_rails (cr);
  semio_demo_body_draw_arm (cr, look, pose, left_over ? SEMIO_DEMO_RIGHT : SEMIO_DEMO_LEFT);
  semio_demo_body_draw_arm (cr, look, pose, left_over ? SEMIO_DEMO_LEFT : SEMIO_DEMO_RIGHT);
  if (semio_demo_nurse_is_visible (pose))
    {
      semio_demo_nurse_add_relief (self->relief, pose);
      semio_demo_nurse_draw (cr, look, pose);
    }
}

static void
make_grey (guint8 *row)
{
  for (guint x = 0; x < SEMIO_DEMO_WIDTH_PX; x++)
    {
      guint8 *pixel = row + 4 * x;
      guint8 grey = (guint8) ((pixel[0] * 45 + pixel[1] * 120 + pixel[2] * 91) >> 8);

      pixel[0] = pixel[1] = pixel[2] = grey;
    }
}

static void
mirror_row (guint32 *row)
{
  for (guint x = 0; x < SEMIO_DEMO_WIDTH_PX / 2; x++)
    {
      guint32 kept = row[x];

      row[x] = row[SEMIO_DEMO_WIDTH_PX - 1 - x];
      row[SEMIO_DEMO_WIDTH_PX - 1 - x] = kept;
    }
}

/* Lays light, lamp and the sensor's noise over a row of flat colours. */
static void
grade_row (SemioDemoPainter *self, guint y, guint frame, guint brightness, const guint8 *in, guint8 *out)
{
  guint16 shades[SEMIO_DEMO_WIDTH_PX], wide[SEMIO_DEMO_WIDTH_PX * 4];
  const guint16 *lamp = self->lamp + (gsize) y * SEMIO_DEMO_WIDTH_PX * 4;
  const gint8 *noise = self->noise + (((frame * 7919u + y * 104729u) * 2654435761u >> 8) & (NOISE_BYTES - 4) & ~3u);

  semio_demo_relief_get_row (self->relief, y, shades);
  for (guint x = 0; x < SEMIO_DEMO_WIDTH_PX; x++)
    {
      guint16 shade = (guint16) ((shades[x] * brightness) >> 8);

      wide[4 * x] = wide[4 * x + 1] = wide[4 * x + 2] = wide[4 * x + 3] = shade;
    }
  /* Sixteen bits throughout, so that the compiler can work on many values at once. */
  for (guint i = 0; i < SEMIO_DEMO_WIDTH_PX * 4; i++)
    wide[i] = (guint16) (((guint32) (guint16) (wide[i] << 6) * (guint16) (lamp[i] << 2)) >> 16);
  for (guint i = 0; i < SEMIO_DEMO_WIDTH_PX * 4; i++)
    {
      gint16 value = (gint16) (((guint32) (guint16) (in[i] << 8) * wide[i]) >> 16);

      value = (gint16) (value + noise[i]);
      value = MAX (value, 0);
      out[i] = (guint8) MIN (value, 255);
    }
}

/**
 * semio_demo_painter_draw:
 * @self: a painter
 * @frame: which frame, from 0
 * @pixels: (out): %SEMIO_DEMO_FRAME_BYTES bytes, BGRx
 *
 * Draws one frame. The same frame always gives the same pixels.
 */
void
semio_demo_painter_draw (SemioDemoPainter *self, guint frame, guint8 *pixels)
{
  SemioDemoPose pose;
  guint brightness;
  const guint8 *canvas;
  cairo_t *cr;

  semio_demo_pose_init (&pose, self->choreography, (double) frame / SEMIO_DEMO_RATE_HZ);
  add_relief (self, &pose);
  cairo_surface_flush (self->canvas);
  memcpy (cairo_image_surface_get_data (self->canvas), cairo_image_surface_get_data (self->room), SEMIO_DEMO_FRAME_BYTES);
  cairo_surface_mark_dirty (self->canvas);
  cr = cairo_create (self->canvas);
  cairo_set_tolerance (cr, 0.25);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  draw_layers (self, cr, &pose);
  cairo_destroy (cr);
  cairo_surface_flush (self->canvas);
  light (self, &pose);
  brightness = (guint) lround (256 * CLAMP (pose.v[SEMIO_CHANNEL_LAMP], 0.1, 1.3));
  canvas = cairo_image_surface_get_data (self->canvas);
  for (guint y = 0; y < SEMIO_DEMO_HEIGHT_PX; y++)
    {
      guint8 *out = pixels + (gsize) y * SEMIO_DEMO_STRIDE_BYTES;

      grade_row (self, y, frame, brightness, canvas + (gsize) y * SEMIO_DEMO_STRIDE_BYTES, out);
      if (self->choreography->look.infrared)
        make_grey (out);
      if (self->choreography->mirrored)
        mirror_row ((guint32 *) (void *) out);
    }
}

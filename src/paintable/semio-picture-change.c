/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-change.h"

#include <math.h>

#define BYTES_A_PIXEL 4

/**
 * semio_picture_change_clamp:
 * @change: any numbers
 *
 * Returns: the nearest change that there is
 */
SemioPictureChange
semio_picture_change_clamp (SemioPictureChange change)
{
  return (SemioPictureChange){
    CLAMP (change.brightness, -100, 100),
    CLAMP (change.contrast, -100, 100),
    CLAMP (change.gamma_percent, SEMIO_PICTURE_GAMMA_MIN, SEMIO_PICTURE_GAMMA_MAX),
    ((change.quarter_turns % 4) + 4) % 4,
  };
}

/**
 * semio_picture_change_equal:
 * @a: a change
 * @b: a change
 *
 * Returns: whether both show the same
 */
gboolean
semio_picture_change_equal (SemioPictureChange a, SemioPictureChange b)
{
  return a.brightness == b.brightness && a.contrast == b.contrast && a.gamma_percent == b.gamma_percent
         && a.quarter_turns == b.quarter_turns;
}

/**
 * semio_picture_change_is_none:
 * @change: a change
 *
 * Returns: whether the picture is shown as it is
 */
gboolean
semio_picture_change_is_none (SemioPictureChange change)
{
  return semio_picture_change_equal (change, SEMIO_PICTURE_CHANGE_NONE);
}

/**
 * semio_picture_change_fill_table:
 * @change: a change
 * @table: (out): for each value of a colour the one that is shown
 *
 * First the gamma, which spreads what is dark, then the contrast about the middle, then the brightness.
 */
void
semio_picture_change_fill_table (SemioPictureChange change, guint8 table[256])
{
  double slope;

  change = semio_picture_change_clamp (change);
  slope = change.contrast >= 0 ? 1 + change.contrast / 50.0 : 1 + change.contrast / 100.0;
  for (int i = 0; i < 256; i++)
    {
      double value = pow (i / 255.0, 100.0 / change.gamma_percent);

      value = (value - 0.5) * slope + 0.5 + change.brightness / 200.0;
      table[i] = (guint8) (CLAMP (value, 0.0, 1.0) * 255 + 0.5);
    }
}

static void
map_row (guint32 *pixels, int n, const guint8 table[256])
{
  guint8 *byte = (guint8 *) pixels;

  for (int i = 0; i < n; i++, byte += BYTES_A_PIXEL)
    {
      byte[0] = table[byte[0]];
      byte[1] = table[byte[1]];
      byte[2] = table[byte[2]];
    }
}

/* Pixel by pixel in the order of what is written. */
static void
turn_row (const SemioFrame *frame, const guint8 *source, guint32 *row, int y, int width_px, int quarter_turns)
{
  for (int x = 0; x < width_px; x++)
    {
      int from_x = x, from_y = y;

      if (quarter_turns == 1)
        {
          from_x = y;
          from_y = frame->height_px - 1 - x;
        }
      else if (quarter_turns == 2)
        {
          from_x = frame->width_px - 1 - x;
          from_y = frame->height_px - 1 - y;
        }
      else if (quarter_turns == 3)
        {
          from_x = frame->width_px - 1 - y;
          from_y = x;
        }
      memcpy (row + x, source + (gsize) from_y * (gsize) frame->stride + (gsize) from_x * BYTES_A_PIXEL, BYTES_A_PIXEL);
    }
}

static gboolean
has_all_pixels (SemioFrame *frame)
{
  gsize needed;

  if (frame->bgra == NULL || frame->width_px <= 0 || frame->height_px <= 0 || frame->stride < frame->width_px * BYTES_A_PIXEL)
    return FALSE;
  needed = (gsize) frame->stride * (gsize) (frame->height_px - 1) + (gsize) frame->width_px * BYTES_A_PIXEL;
  return g_bytes_get_size (frame->bgra) >= needed;
}

/**
 * semio_picture_change_apply:
 * @change: a change
 * @frame: a frame; not touched
 *
 * Returns: (transfer full): what is shown of it
 */
SemioFrame *
semio_picture_change_apply (SemioPictureChange change, SemioFrame *frame)
{
  SemioFrame *changed = NULL;
  guint8 table[256];
  guint32 *pixels = NULL;
  const guint8 *source = NULL;
  gboolean turned;

  change = semio_picture_change_clamp (change);
  if (semio_picture_change_is_none (change) || !has_all_pixels (frame))
    return semio_frame_ref (frame);
  semio_picture_change_fill_table (change, table);
  turned = change.quarter_turns % 2 != 0;
  changed = g_new0 (SemioFrame, 1);
  g_atomic_ref_count_init (&changed->refs);
  changed->frame = frame->frame;
  changed->time_ns = frame->time_ns;
  changed->verified = frame->verified;
  changed->width_px = turned ? frame->height_px : frame->width_px;
  changed->height_px = turned ? frame->width_px : frame->height_px;
  changed->stride = changed->width_px * BYTES_A_PIXEL;
  pixels = g_new (guint32, (gsize) changed->width_px * (gsize) changed->height_px);
  source = g_bytes_get_data (frame->bgra, NULL);
  for (int y = 0; y < changed->height_px; y++)
    {
      guint32 *row = pixels + (gsize) y * (gsize) changed->width_px;

      if (change.quarter_turns == 0)
        memcpy (row, source + (gsize) y * (gsize) frame->stride, (gsize) changed->stride);
      else
        turn_row (frame, source, row, y, changed->width_px, change.quarter_turns);
      map_row (row, changed->width_px, table);
    }
  changed->bgra = g_bytes_new_take (pixels, (gsize) changed->stride * (gsize) changed->height_px);
  return changed;
}

/**
 * semio_picture_change_turn:
 * @change: a change
 * @rect: part of the picture as it is, in shares
 *
 * Returns: the same part, in shares of the picture as it is shown
 */
SemioPictureRect
semio_picture_change_turn (SemioPictureChange change, SemioPictureRect rect)
{
  for (int i = 0; i < semio_picture_change_clamp (change).quarter_turns; i++)
    rect = (SemioPictureRect){ 1 - rect.y - rect.height, rect.x, rect.height, rect.width };
  return rect;
}

/**
 * semio_picture_change_to_variant:
 * @change: a change
 *
 * Returns: (transfer floating): to be kept
 */
GVariant *
semio_picture_change_to_variant (SemioPictureChange change)
{
  return g_variant_new (SEMIO_PICTURE_CHANGE_FORMAT, change.brightness, change.contrast, change.gamma_percent,
                        change.quarter_turns);
}

/**
 * semio_picture_change_from_variant:
 * @variant: (nullable): what was kept
 *
 * Returns: the change, none when it is not understood
 */
SemioPictureChange
semio_picture_change_from_variant (GVariant *variant)
{
  SemioPictureChange change = SEMIO_PICTURE_CHANGE_NONE;

  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE (SEMIO_PICTURE_CHANGE_FORMAT)))
    return change;
  g_variant_get (variant, SEMIO_PICTURE_CHANGE_FORMAT, &change.brightness, &change.contrast, &change.gamma_percent,
                 &change.quarter_turns);
  return semio_picture_change_clamp (change);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-signals.h"

#include <string.h>

#define GRID_WIDTH 160
#define GRID_HEIGHT 90
#define N_FIELDS (GRID_WIDTH * GRID_HEIGHT)
/* Points a field and direction. */
#define N_POINTS 4
#define N_PARTS 5 /* the whole and its quarters */

/* As fine as 50 frames a second; past half an hour coarser. */
#define STEP_NS (SEMIO_NS_PER_SECOND / 50)
#define LONG_STEP_NS (SEMIO_NS_PER_SECOND / 25)
#define LONG_NS (30 * 60 * SEMIO_NS_PER_SECOND)
/* Frames further apart than this are no motion but a gap. */
#define GAP_NS (2 * SEMIO_NS_PER_SECOND)

#define THUMB_HEIGHT_PX 54
#define MIN_THUMB_WIDTH_PX 16
#define MAX_THUMB_WIDTH_PX 240
#define MAX_THUMBS 512
#define FEW_THUMBS 32

struct _SemioPictureSignals {
  SemioFrameIndex *index;
  gint64 duration_ns;
  gint64 n_frames;

  /* Where the points of the grid lie, for pictures of one size. */
  int width_px, height_px;
  int columns[GRID_WIDTH * N_POINTS];
  int rows[GRID_HEIGHT * N_POINTS];

  guint16 fields[2][N_FIELDS]; /* sums of 16 points of the last frame and this */
  gint64 last_ns; /* when the last frame was shown, negative at first */
  gint64 step_ns, n_steps;
  SemioSignalValue *values[N_PARTS];

  gint64 thumb_interval_ns, next_thumb_ns;
  int thumb_width_px;
  GArray *thumb_frames, *thumb_times;
  GByteArray *rgb;
};

SemioPictureSignals *
semio_picture_signals_new (SemioFrameIndex *index)
{
  SemioPictureSignals *self = g_new0 (SemioPictureSignals, 1);

  self->index = semio_frame_index_ref (index);
  self->duration_ns = semio_frame_index_get_duration_ns (index);
  self->last_ns = -1;
  self->step_ns = self->duration_ns > LONG_NS ? LONG_STEP_NS : STEP_NS;
  self->n_steps = (self->duration_ns + self->step_ns - 1) / self->step_ns;
  for (int i = 0; i < N_PARTS; i++)
    {
      self->values[i] = g_new (SemioSignalValue, (gsize) self->n_steps);
      for (gint64 k = 0; k < self->n_steps; k++)
        self->values[i][k] = SEMIO_SIGNAL_VALUE_EMPTY;
    }
  self->thumb_interval_ns =
      MAX (self->duration_ns / MAX_THUMBS + 1, MIN (SEMIO_NS_PER_SECOND, self->duration_ns / FEW_THUMBS + 1));
  self->thumb_frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->thumb_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rgb = g_byte_array_new ();
  return self;
}

void
semio_picture_signals_free (SemioPictureSignals *self)
{
  semio_frame_index_unref (self->index);
  for (int i = 0; i < N_PARTS; i++)
    g_free (self->values[i]);
  g_array_unref (self->thumb_frames);
  g_array_unref (self->thumb_times);
  g_byte_array_unref (self->rgb);
  g_free (self);
}

/* Points spread evenly over a field, in its inside. */
static void
place_points (int *points, int n_fields, int length_px)
{
  for (int i = 0; i < n_fields * N_POINTS; i++)
    points[i] = (int) ((2 * (gint64) i + 1) * length_px / (2 * n_fields * N_POINTS));
}

static void
set_size (SemioPictureSignals *self, const GstVideoFrame *picture)
{
  int width_px = GST_VIDEO_FRAME_WIDTH (picture), height_px = GST_VIDEO_FRAME_HEIGHT (picture);

  if (width_px == self->width_px && height_px == self->height_px)
    return;
  self->width_px = width_px;
  self->height_px = height_px;
  place_points (self->columns, GRID_WIDTH, width_px);
  place_points (self->rows, GRID_HEIGHT, height_px);
  /* A picture of another size is not compared with the one before. */
  self->last_ns = -1;
}

static void
read_fields (SemioPictureSignals *self, const GstVideoFrame *picture, guint16 *fields)
{
  const guint8 *luma = GST_VIDEO_FRAME_PLANE_DATA (picture, 0);
  int stride = GST_VIDEO_FRAME_PLANE_STRIDE (picture, 0);

  memset (fields, 0, N_FIELDS * sizeof *fields);
  for (int y = 0; y < GRID_HEIGHT * N_POINTS; y++)
    {
      const guint8 *line = luma + (gsize) self->rows[y] * (gsize) stride;
      guint16 *field = fields + y / N_POINTS * GRID_WIDTH;
      const int *column = self->columns;

      for (int x = 0; x < GRID_WIDTH; x++, column += N_POINTS)
        field[x] = (guint16) (field[x] + line[column[0]] + line[column[1]] + line[column[2]] + line[column[3]]);
    }
}

/* Sums of differences of the four quarters: top left, top right, bottom left, bottom right. */
static void
compare (SemioPictureSignals *self, guint64 sums[4])
{
  for (int i = 0; i < 4; i++)
    sums[i] = 0;
  for (int y = 0; y < GRID_HEIGHT; y++)
    for (int half = 0; half < 2; half++)
      {
        int begin = y * GRID_WIDTH + half * GRID_WIDTH / 2;
        guint32 sum = 0;

        for (int i = begin; i < begin + GRID_WIDTH / 2; i++)
          sum += (guint32) ABS ((int) self->fields[0][i] - (int) self->fields[1][i]);
        sums[(y >= GRID_HEIGHT / 2 ? 2 : 0) + half] += sum;
      }
}

/* The difference holds from one frame to the next. */
static void
put_value (SemioPictureSignals *self, int part, gint64 begin_ns, gint64 end_ns, float value)
{
  gint64 first = begin_ns / self->step_ns, last = MIN ((end_ns - 1) / self->step_ns, self->n_steps - 1);

  for (gint64 i = first; i <= last; i++)
    {
      SemioSignalValue *at = &self->values[part][i];

      if (semio_signal_value_is_empty (at))
        *at = (SemioSignalValue){ value, value, value };
      else
        *at = (SemioSignalValue){ MIN (at->minimum, value), MAX (at->maximum, value), (at->mean + value) / 2 };
    }
}

static void
add_motion (SemioPictureSignals *self, gint64 begin_ns, gint64 end_ns)
{
  /* A field is at most 16 times 255. */
  const float full = 16.0f * 255.0f * N_FIELDS / 4;
  guint64 sums[4];

  if (begin_ns < 0 || end_ns <= begin_ns || end_ns - begin_ns > GAP_NS)
    return;
  compare (self, sums);
  put_value (self, 0, begin_ns, end_ns, (float) (sums[0] + sums[1] + sums[2] + sums[3]) / full / 4);
  for (int i = 0; i < 4; i++)
    put_value (self, i + 1, begin_ns, end_ns, (float) sums[i] / full);
}

static guint8
to_byte (int value)
{
  return (guint8) CLAMP ((value + 128) >> 8, 0, 255);
}

/* Limited range to red, green, blue, in 256ths; by BT.709 or, as of standard definition, BT.601. */
static void
append_pixel (SemioPictureSignals *self, int y, int u, int v, gboolean bt709)
{
  int light = 298 * (y - 16);
  guint8 rgb[3];

  u -= 128;
  v -= 128;
  rgb[0] = to_byte (light + (bt709 ? 459 : 409) * v);
  rgb[1] = to_byte (light - (bt709 ? 55 : 100) * u - (bt709 ? 136 : 208) * v);
  rgb[2] = to_byte (light + (bt709 ? 541 : 516) * u);
  g_byte_array_append (self->rgb, rgb, sizeof rgb);
}

/* The mean of up to 16 points of a plane inside a part of it, given in shares of the thumbnail. */
static int
get_mean (const GstVideoFrame *picture, int plane, int x, int n_x, int y, int n_y)
{
  const guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (picture, plane);
  int stride = GST_VIDEO_FRAME_PLANE_STRIDE (picture, plane);
  int width_px = GST_VIDEO_FRAME_COMP_WIDTH (picture, plane), height_px = GST_VIDEO_FRAME_COMP_HEIGHT (picture, plane);
  int sum = 0;

  for (int i = 0; i < N_POINTS; i++)
    for (int k = 0; k < N_POINTS; k++)
      {
        int column = (int) ((2 * ((gint64) x * N_POINTS + k) + 1) * width_px / (2 * n_x * N_POINTS));
        int row = (int) ((2 * ((gint64) y * N_POINTS + i) + 1) * height_px / (2 * n_y * N_POINTS));

        sum += data[(gsize) row * (gsize) stride + (gsize) column];
      }
  return sum / (N_POINTS * N_POINTS);
}

static void
add_thumb (SemioPictureSignals *self, gint64 frame, gint64 time_ns, const GstVideoFrame *picture)
{
  gboolean bt709 = picture->info.colorimetry.matrix == GST_VIDEO_COLOR_MATRIX_BT709;

  if (self->thumb_width_px == 0)
    {
      gint64 width = gst_util_uint64_scale_round ((guint64) self->width_px * THUMB_HEIGHT_PX, MAX (picture->info.par_n, 1),
                                                  (guint64) MAX (picture->info.par_d, 1) * self->height_px);

      self->thumb_width_px = (int) CLAMP (width, MIN_THUMB_WIDTH_PX, MAX_THUMB_WIDTH_PX);
    }
  for (int y = 0; y < THUMB_HEIGHT_PX; y++)
    for (int x = 0; x < self->thumb_width_px; x++)
      append_pixel (self, get_mean (picture, 0, x, self->thumb_width_px, y, THUMB_HEIGHT_PX),
                    get_mean (picture, 1, x, self->thumb_width_px, y, THUMB_HEIGHT_PX),
                    get_mean (picture, 2, x, self->thumb_width_px, y, THUMB_HEIGHT_PX), bt709);
  g_array_append_val (self->thumb_frames, frame);
  g_array_append_val (self->thumb_times, time_ns);
  while (self->next_thumb_ns <= time_ns)
    self->next_thumb_ns += self->thumb_interval_ns;
}

void
semio_picture_signals_add (SemioPictureSignals *self, gint64 frame, const GstVideoFrame *picture)
{
  gint64 time_ns = semio_frame_index_get_time_ns (self->index, frame);

  if (self->last_ns >= time_ns)
    return;
  set_size (self, picture);
  memcpy (self->fields[0], self->fields[1], sizeof self->fields[0]);
  read_fields (self, picture, self->fields[1]);
  add_motion (self, self->last_ns, time_ns);
  if (time_ns >= self->next_thumb_ns && self->thumb_frames->len < MAX_THUMBS)
    add_thumb (self, frame, time_ns, picture);
  self->last_ns = time_ns;
  self->n_frames++;
}

gint64
semio_picture_signals_get_n_frames (SemioPictureSignals *self)
{
  return self->n_frames;
}

void
semio_picture_signals_finish (SemioPictureSignals *self, SemioSignalSet *set)
{
  for (int i = 0; i < N_PARTS; i++)
    set->pyramids[SEMIO_SIGNAL_MOTION + i] =
        semio_signal_pyramid_new (self->values[i], (gsize) self->n_steps, self->step_ns, 1.0f);
  if (self->thumb_frames->len > 0)
    set->thumbs = semio_thumb_strip_new ((const gint64 *) (gpointer) self->thumb_frames->data,
                                         (const gint64 *) (gpointer) self->thumb_times->data, self->thumb_frames->len,
                                         (guint) self->thumb_width_px, THUMB_HEIGHT_PX, self->rgb->data);
}

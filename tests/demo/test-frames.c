/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be measured in the drawn pixels themselves. */
#include <math.h>
#include <string.h>

#include "semio-demo-painter.h"

typedef struct {
  int x, y, width, height;
} Box;

static SemioChoreography *
get (GPtrArray *all, guint number)
{
  return g_ptr_array_index (all, number - 1);
}

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = semio_choreography_load_all (&error);

  g_assert_no_error (error);
  return all;
}

/* The mean change of brightness from each frame to the next inside a box. */
static GArray *
measure (const SemioChoreography *it, double begin_s, double end_s, Box box)
{
  g_autoptr (SemioDemoPainter) painter = semio_demo_painter_new (it);
  g_autofree guint8 *now = g_malloc (SEMIO_DEMO_FRAME_BYTES), *last = g_malloc (SEMIO_DEMO_FRAME_BYTES);
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint frame = (guint) (begin_s * SEMIO_DEMO_RATE_HZ); frame < (guint) (end_s * SEMIO_DEMO_RATE_HZ); frame++)
    {
      double sum = 0;

      semio_demo_painter_draw (painter, frame, now);
      for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++)
          sum += abs (now[y * SEMIO_DEMO_STRIDE_BYTES + 4 * x + 1] - last[y * SEMIO_DEMO_STRIDE_BYTES + 4 * x + 1]);
      if (frame > (guint) (begin_s * SEMIO_DEMO_RATE_HZ))
        {
          sum /= box.width * box.height;
          g_array_append_val (changes, sum);
        }
      memcpy (last, now, SEMIO_DEMO_FRAME_BYTES);
    }
  return changes;
}

/* How well a series repeats itself after a number of frames, 1 exactly. */
static double
correlate (GArray *a, GArray *b, guint lag)
{
  double mean_a = 0, mean_b = 0, ab = 0, aa = 0, bb = 0;
  guint n = a->len - lag;

  for (guint i = 0; i < n; i++)
    {
      mean_a += g_array_index (a, double, i) / n;
      mean_b += g_array_index (b, double, i + lag) / n;
    }
  for (guint i = 0; i < n; i++)
    {
      double da = g_array_index (a, double, i) - mean_a, db = g_array_index (b, double, i + lag) - mean_b;

      ab += da * db;
      aa += da * da;
      bb += db * db;
    }
  return ab / sqrt (MAX (aa * bb, 1e-12));
}

/* The rate of the first repetition that is nearly as good as the best. */
static double
find_rate_hz (GArray *changes)
{
  double best = 0;

  for (guint lag = 5; lag <= 32; lag++)
    best = MAX (best, correlate (changes, changes, lag));
  g_assert_cmpfloat (best, >, 0.4);
  for (guint lag = 5; lag <= 32; lag++)
    {
      double here = correlate (changes, changes, lag);

      if (here > 0.8 * best && here >= correlate (changes, changes, lag - 1) && here >= correlate (changes, changes, lag + 1))
        return (double) SEMIO_DEMO_RATE_HZ / lag;
    }
  return 0;
}

static double
get_rate_hz (const SemioChoreography *it, double begin_s, double end_s, Box box)
{
  g_autoptr (GArray) changes = measure (it, begin_s, end_s, box);
  double rate_hz = find_rate_hz (changes);

  g_test_message ("%s from %d s: %d mHz", it->id, (int) begin_s, (int) lround (1000 * rate_hz));
  return rate_hz;
}

/* Jerks of both arms and the trunk begin at three a second and end near one. */
static void
test_clonic (void)
{
  g_autoptr (GPtrArray) all = load ();
  const Box body = { 180, 150, 280, 170 };
  double early_hz = get_rate_hz (get (all, 1), 54.8, 57, body), late_hz = get_rate_hz (get (all, 1), 75.5, 80.5, body);

  g_assert_cmpfloat (early_hz, >, 2.6);
  g_assert_cmpfloat (early_hz, <, 3.4);
  g_assert_cmpfloat (late_hz, >, 0.9);
  g_assert_cmpfloat (late_hz, <, 1.7);
}

/* The left face and arm of another patient do the same. */
static void
test_focal_clonic (void)
{
  g_autoptr (GPtrArray) all = load ();
  const Box left = { 380, 200, 120, 170 };
  double early_hz = get_rate_hz (get (all, 5), 5.3, 7.8, left), late_hz = get_rate_hz (get (all, 5), 16, 19.4, left);

  g_assert_cmpfloat (early_hz, >, 2.4);
  g_assert_cmpfloat (early_hz, <, 3.3);
  g_assert_cmpfloat (late_hz, >, 1.2);
  g_assert_cmpfloat (late_hz, <, 1.8);
}

static void
test_blinking (void)
{
  g_autoptr (GPtrArray) all = load ();
  const Box eyes = { 285, 70, 70, 24 };
  double rate_hz = get_rate_hz (get (all, 6), 8, 13.5, eyes);

  g_assert_cmpfloat (rate_hz, >, 2.6);
  g_assert_cmpfloat (rate_hz, <, 3.4);
}

/* In the clonic phase left and right side move at the same moments, in the functional seizure they do not. */
static void
test_asynchronous (void)
{
  g_autoptr (GPtrArray) all = load ();
  const Box right = { 170, 170, 75, 170 }, left = { 395, 170, 75, 170 };
  g_autoptr (GArray) clonic_right = measure (get (all, 1), 54.8, 57, right), clonic_left = measure (get (all, 1), 54.8, 57, left);
  g_autoptr (GArray) loose_right = measure (get (all, 3), 8.5, 12, right), loose_left = measure (get (all, 3), 8.5, 12, left);

  g_assert_cmpfloat (correlate (clonic_right, clonic_left, 0), >, 0.7);
  g_assert_cmpfloat (correlate (loose_right, loose_left, 0), <, 0.5);
}

static void
test_mirrored (void)
{
  g_autoptr (GPtrArray) all = load ();
  SemioChoreography *it = get (all, 7), straight = *it;
  g_autofree guint32 *mirrored = g_malloc (SEMIO_DEMO_FRAME_BYTES), *plain = g_malloc (SEMIO_DEMO_FRAME_BYTES);
  g_autoptr (SemioDemoPainter) painter = semio_demo_painter_new (it), other = NULL;
  guint n_different = 0, n_wrong = 0;

  straight.mirrored = FALSE;
  other = semio_demo_painter_new (&straight);
  semio_demo_painter_draw (painter, 350, (guint8 *) mirrored);
  semio_demo_painter_draw (other, 350, (guint8 *) plain);
  for (guint y = 0; y < SEMIO_DEMO_HEIGHT_PX; y++)
    for (guint x = 0; x < SEMIO_DEMO_WIDTH_PX; x++)
      {
        n_wrong += mirrored[y * SEMIO_DEMO_WIDTH_PX + x] != plain[y * SEMIO_DEMO_WIDTH_PX + SEMIO_DEMO_WIDTH_PX - 1 - x];
        n_different += mirrored[y * SEMIO_DEMO_WIDTH_PX + x] != plain[y * SEMIO_DEMO_WIDTH_PX + x];
      }
  g_assert_true (it->mirrored);
  g_assert_cmpuint (n_wrong, ==, 0);
  g_assert_cmpuint (n_different, >, 100000);
}

/* The same frame is the same pixels, in whatever order frames are drawn. */
static void
test_repeatable (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_autoptr (SemioDemoPainter) painter = semio_demo_painter_new (get (all, 2)), other = semio_demo_painter_new (get (all, 2));
  g_autofree guint8 *a = g_malloc (SEMIO_DEMO_FRAME_BYTES), *b = g_malloc (SEMIO_DEMO_FRAME_BYTES);

  semio_demo_painter_draw (painter, 10, b);
  semio_demo_painter_draw (painter, 600, b);
  semio_demo_painter_draw (painter, 320, a);
  semio_demo_painter_draw (other, 320, b);
  g_assert_cmpmem (a, SEMIO_DEMO_FRAME_BYTES, b, SEMIO_DEMO_FRAME_BYTES);
}

/* The nurse darkens floor that was empty before. */
static void
test_nurse (void)
{
  g_autoptr (GPtrArray) all = load ();
  const Box floor = { 520, 180, 80, 120 };
  g_autoptr (GArray) before = measure (get (all, 2), 4, 4.3, floor), coming = measure (get (all, 2), 15, 16.2, floor);
  double quiet = 0, moved = 0;

  for (guint i = 0; i < before->len; i++)
    quiet = MAX (quiet, g_array_index (before, double, i));
  for (guint i = 0; i < coming->len; i++)
    moved = MAX (moved, g_array_index (coming, double, i));
  g_assert_cmpfloat (moved, >, 2 * quiet);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/frames/clonic", test_clonic);
  g_test_add_func ("/demo/frames/focal-clonic", test_focal_clonic);
  g_test_add_func ("/demo/frames/blinking", test_blinking);
  g_test_add_func ("/demo/frames/asynchronous", test_asynchronous);
  g_test_add_func ("/demo/frames/mirrored", test_mirrored);
  g_test_add_func ("/demo/frames/repeatable", test_repeatable);
  g_test_add_func ("/demo/frames/nurse", test_nurse);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signal-set.h"

#include <math.h>
#include <string.h>

#include "semio-model-error.h"

#define MS (SEMIO_NS_PER_SECOND / 1000)
#define STEP_NS (10 * MS)
#define N_VALUES 1003

/* Numbers that look like anything, the same every time. */
static SemioSignalValue *
make_values (gsize n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  SemioSignalValue *values = g_new (SemioSignalValue, n);

  for (gsize i = 0; i < n; i++)
    {
      float a = (float) g_rand_double_range (rand, -1, 1), b = (float) g_rand_double_range (rand, -1, 1);

      values[i] = (SemioSignalValue){ MIN (a, b), MAX (a, b), (a + b) / 2 };
    }
  return values;
}

/* Every part of a signal, as the pyramid tells it and as it is counted by hand. */
static void
test_pyramid_exact (void)
{
  g_autofree SemioSignalValue *values = make_values (N_VALUES);
  g_autoptr (SemioSignalPyramid) pyramid = semio_signal_pyramid_new (values, N_VALUES, STEP_NS, 1.0f);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  g_assert_cmpint (semio_signal_pyramid_get_n_values (pyramid), ==, N_VALUES);
  for (int i = 0; i < 3000; i++)
    {
      int first = g_rand_int_range (rand, 0, N_VALUES);
      int end = i % 2 ? g_rand_int_range (rand, first + 1, N_VALUES + 1) : MIN (first + 1 + i % 9, N_VALUES);
      SemioSignalValue found = semio_signal_pyramid_get_value (pyramid, (SemioSpan){ first * STEP_NS, end * STEP_NS });
      float minimum = 1, maximum = -1;
      double sum = 0;

      for (int k = first; k < end; k++)
        {
          minimum = MIN (minimum, values[k].minimum);
          maximum = MAX (maximum, values[k].maximum);
          sum += values[k].mean;
        }
      g_assert_cmpfloat_with_epsilon (found.minimum, minimum, 1e-4);
      g_assert_cmpfloat_with_epsilon (found.maximum, maximum, 1e-4);
      g_assert_cmpfloat_with_epsilon (found.mean, sum / (end - first), 5e-4);
    }
}

/* One high step is seen at every zoom, in the column where it lies and in no other. */
static void
test_pyramid_peak (void)
{
  g_autofree SemioSignalValue *values = g_new0 (SemioSignalValue, 4096);
  g_autoptr (SemioSignalPyramid) pyramid = NULL;
  SemioSignalValue columns[640];

  values[1234] = (SemioSignalValue){ -0.5f, 0.75f, 0.1f };
  pyramid = semio_signal_pyramid_new (values, 4096, STEP_NS, 1.0f);
  for (guint n = 1; n <= 640; n++)
    {
      guint n_high = 0;

      semio_signal_pyramid_read (pyramid, (SemioSpan){ 0, 4096 * STEP_NS }, columns, n);
      for (guint i = 0; i < n; i++)
        {
          gboolean inside = i * 4096.0 / n < 1235 && (i + 1) * 4096.0 / n > 1234;

          n_high += columns[i].maximum > 0.7f;
          g_assert_cmpint (columns[i].maximum > 0.7f, ==, inside);
          g_assert_cmpint (columns[i].minimum < -0.45f, ==, inside);
        }
      g_assert_cmpuint (n_high, >=, 1);
    }
}

/* Beyond the ends there is nothing; closer than a step, the step; what was not measured is empty and changes no neighbour. */
static void
test_pyramid_edges (void)
{
  SemioSignalValue values[8];
  g_autoptr (SemioSignalPyramid) pyramid = NULL;
  SemioSignalValue columns[12], whole;

  for (int i = 0; i < 8; i++)
    values[i] = i < 4 ? (SemioSignalValue){ i, i + 0.5f, i } : SEMIO_SIGNAL_VALUE_EMPTY;
  pyramid = semio_signal_pyramid_new (values, 8, STEP_NS, 4.0f);
  semio_signal_pyramid_read (pyramid, (SemioSpan){ -2 * STEP_NS, 10 * STEP_NS }, columns, 12);
  for (int i = 0; i < 12; i++)
    g_assert_cmpint (semio_signal_value_is_empty (&columns[i]), ==, i < 2 || i >= 6);
  g_assert_cmpfloat_with_epsilon (columns[5].maximum, 3.5, 1e-3);
  semio_signal_pyramid_read (pyramid, (SemioSpan){ 2 * STEP_NS, 3 * STEP_NS }, columns, 12);
  for (int i = 0; i < 12; i++)
    g_assert_cmpfloat_with_epsilon (columns[i].mean, 2, 1e-3);
  whole = semio_signal_pyramid_get_range (pyramid);
  g_assert_cmpfloat_with_epsilon (whole.maximum, 3.5, 1e-3);
  g_assert_cmpfloat_with_epsilon (whole.mean, 1.5, 1e-3);
  whole = semio_signal_pyramid_get_value (pyramid, (SemioSpan){ 5, 5 });
  g_assert_true (semio_signal_value_is_empty (&whole));
}

static void
test_pyramid_none (void)
{
  g_autoptr (SemioSignalPyramid) pyramid = semio_signal_pyramid_new (NULL, 0, STEP_NS, 1.0f);
  SemioSignalValue value = semio_signal_pyramid_get_range (pyramid);

  g_assert_true (semio_signal_value_is_empty (&value));
  semio_signal_pyramid_read (pyramid, (SemioSpan){ 0, STEP_NS }, &value, 1);
  g_assert_true (semio_signal_value_is_empty (&value));
}

/* A tone in one column is found there and in its band, near and far. */
static void
test_spectrogram (void)
{
  const guint n_bands = 24;
  g_autofree guint8 *levels = g_malloc0 (1000 * n_bands);
  g_autoptr (SemioSpectrogram) spectrogram = NULL;
  g_autofree guint8 *read = g_malloc (100 * n_bands);
  int band;

  spectrogram = semio_spectrogram_new (levels, 1000, n_bands, STEP_NS, 50, 8000);
  band = semio_spectrogram_find_band (spectrogram, 440);
  g_assert_cmpfloat (semio_spectrogram_get_edge_hz (spectrogram, (guint) band), <=, 440);
  g_assert_cmpfloat (semio_spectrogram_get_edge_hz (spectrogram, (guint) band + 1), >, 440);
  g_assert_cmpint (semio_spectrogram_find_band (spectrogram, 20), ==, -1);
  g_assert_cmpint (semio_spectrogram_find_band (spectrogram, 8000), ==, -1);
  levels[777 * n_bands + (guint) band] = 200;
  g_clear_pointer (&spectrogram, semio_spectrogram_unref);
  spectrogram = semio_spectrogram_new (levels, 1000, n_bands, STEP_NS, 50, 8000);
  for (guint n = 1; n <= 100; n++)
    {
      semio_spectrogram_read (spectrogram, (SemioSpan){ 0, 1000 * STEP_NS }, read, n);
      for (guint i = 0; i < n * n_bands; i++)
        {
          guint column = i / n_bands;
          gboolean inside = column * 1000.0 / n < 778 && (column + 1) * 1000.0 / n > 777 && i % n_bands == (guint) band;

          g_assert_cmpint (read[i], ==, inside ? 200 : 0);
        }
    }
  semio_spectrogram_read (spectrogram, (SemioSpan){ -10 * STEP_NS, 0 }, read, 10);
  for (guint i = 0; i < 10 * n_bands; i++)
    g_assert_cmpint (read[i], ==, 0);
}

static SemioThumbStrip *
make_strip (void)
{
  const gint64 frames[] = { 0, 30, 60 };
  const gint64 times_ns[] = { 0, SEMIO_NS_PER_SECOND, 2 * SEMIO_NS_PER_SECOND };
  guint8 rgb[3 * 4 * 2 * 3];

  for (gsize i = 0; i < sizeof rgb; i++)
    rgb[i] = (guint8) i;
  return semio_thumb_strip_new (frames, times_ns, 3, 4, 2, rgb);
}

static void
test_thumbs (void)
{
  g_autoptr (SemioThumbStrip) strip = make_strip ();
  g_autoptr (GBytes) rgb = semio_thumb_strip_get_rgb (strip, 2);

  g_assert_cmpuint (semio_thumb_strip_find (strip, -5), ==, 0);
  g_assert_cmpuint (semio_thumb_strip_find (strip, 499 * MS), ==, 0);
  g_assert_cmpuint (semio_thumb_strip_find (strip, 501 * MS), ==, 1);
  g_assert_cmpuint (semio_thumb_strip_find (strip, 90 * SEMIO_NS_PER_SECOND), ==, 2);
  g_assert_cmpint (semio_thumb_strip_get_frame (strip, 1), ==, 30);
  g_assert_cmpuint (g_bytes_get_size (rgb), ==, 24);
  g_assert_cmpuint (*(const guint8 *) g_bytes_get_data (rgb, NULL), ==, 48);
}

static SemioSignalSet *
make_set (void)
{
  SemioSignalSet *set = semio_signal_set_new ();
  g_autofree SemioSignalValue *values = make_values (50);
  guint8 levels[60];

  for (guint i = 0; i < sizeof levels; i++)
    levels[i] = (guint8) (i * 4);
  set->pyramids[SEMIO_SIGNAL_WAVEFORM] = semio_signal_pyramid_new (values, 50, STEP_NS, 1.0f);
  set->pyramids[SEMIO_SIGNAL_MOTION] = semio_signal_pyramid_new (values, 20, 4 * STEP_NS, 1.0f);
  set->spectrogram = semio_spectrogram_new (levels, 10, 6, 2 * STEP_NS, 50, 8000);
  set->thumbs = make_strip ();
  return set;
}

static void
test_round_trip (void)
{
  g_autoptr (SemioSignalSet) set = make_set ();
  g_autoptr (GBytes) bytes = semio_signal_set_to_bytes (set);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioSignalSet) again = semio_signal_set_from_bytes (bytes, &error);
  g_autoptr (GBytes) twice = NULL;
  SemioSignalValue a[50], b[50];

  g_assert_no_error (error);
  g_assert_nonnull (again->spectrogram);
  g_assert_nonnull (again->thumbs);
  g_assert_null (again->pyramids[SEMIO_SIGNAL_MOTION_TOP_LEFT]);
  semio_signal_pyramid_read (set->pyramids[SEMIO_SIGNAL_WAVEFORM], (SemioSpan){ 0, 50 * STEP_NS }, a, 50);
  semio_signal_pyramid_read (again->pyramids[SEMIO_SIGNAL_WAVEFORM], (SemioSpan){ 0, 50 * STEP_NS }, b, 50);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  twice = semio_signal_set_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, twice));
}

/* Whatever byte is another one, and wherever it ends: refused, never believed. */
static void
test_damaged (void)
{
  g_autoptr (SemioSignalSet) set = make_set ();
  g_autoptr (GBytes) bytes = semio_signal_set_to_bytes (set);
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  for (gsize at = 0; at < n_bytes; at++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, n_bytes);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (GBytes) shorter = g_bytes_new (data, at);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) short_error = NULL;

      copy[at] ^= 0x41;
      other = g_bytes_new (copy, n_bytes);
      g_assert_null (semio_signal_set_from_bytes (other, &error));
      g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_SIGNAL);
      g_assert_null (semio_signal_set_from_bytes (shorter, &short_error));
      g_assert_error (short_error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_SIGNAL);
    }
}

/* A part with a wrong head is refused also where no check sum stands before it. */
static void
check_parts (GBytes *bytes, gsize n_head_bytes, gpointer (*read) (GBytes *, GError **), GDestroyNotify free_it)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  for (gsize at = 0; at < n_head_bytes; at++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, n_bytes);
      g_autoptr (GBytes) other = NULL;
      gpointer made;

      copy[at] = 0xff;
      other = g_bytes_new (copy, n_bytes);
      made = read (other, NULL);
      /* A number may read as another that is possible; nothing but that may happen. */
      g_clear_pointer (&made, free_it);
    }
  for (gsize length = 0; length < n_bytes; length++)
    {
      g_autoptr (GBytes) shorter = g_bytes_new (data, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (read (shorter, &error));
      g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_SIGNAL);
    }
}

static void
test_parts (void)
{
  g_autoptr (SemioSignalSet) set = make_set ();
  g_autoptr (GBytes) pyramid = semio_signal_pyramid_to_bytes (set->pyramids[SEMIO_SIGNAL_MOTION]);
  g_autoptr (GBytes) spectrogram = semio_spectrogram_to_bytes (set->spectrogram);
  g_autoptr (GBytes) thumbs = semio_thumb_strip_to_bytes (set->thumbs);

  check_parts (pyramid, 28, (gpointer (*) (GBytes *, GError **)) (void *) semio_signal_pyramid_from_bytes,
               (GDestroyNotify) semio_signal_pyramid_unref);
  check_parts (spectrogram, 36, (gpointer (*) (GBytes *, GError **)) (void *) semio_spectrogram_from_bytes,
               (GDestroyNotify) semio_spectrogram_unref);
  check_parts (thumbs, 68, (gpointer (*) (GBytes *, GError **)) (void *) semio_thumb_strip_from_bytes,
               (GDestroyNotify) semio_thumb_strip_unref);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/signals/pyramid-exact", test_pyramid_exact);
  g_test_add_func ("/model/signals/pyramid-peak", test_pyramid_peak);
  g_test_add_func ("/model/signals/pyramid-edges", test_pyramid_edges);
  g_test_add_func ("/model/signals/pyramid-none", test_pyramid_none);
  g_test_add_func ("/model/signals/spectrogram", test_spectrogram);
  g_test_add_func ("/model/signals/thumbs", test_thumbs);
  g_test_add_func ("/model/signals/round-trip", test_round_trip);
  g_test_add_func ("/model/signals/damaged", test_damaged);
  g_test_add_func ("/model/signals/parts", test_parts);
  return g_test_run ();
}

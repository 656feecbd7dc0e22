/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-frame-index.h"

#include <math.h>
#include <string.h>

#include "semio-model-error.h"

#define MS G_GINT64_CONSTANT (1000000)

static SemioFrameIndex *
make_index (const gint64 *times_ns, gsize n, gint64 last_duration_ns)
{
  g_autofree guint8 *is_key = g_new0 (guint8, MAX (n, 1));
  g_autoptr (GError) error = NULL;
  SemioFrameIndex *index;

  for (gsize i = 0; i < n; i += 12)
    is_key[i] = 1;
  index = semio_frame_index_new (times_ns, is_key, n, last_duration_ns, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (index);
  return index;
}

static SemioFrameIndex *
make_random_index (void)
{
  gsize n = (gsize) g_test_rand_int_range (1, 400);
  g_autofree gint64 *times_ns = g_new (gint64, n);
  gint64 time_ns = g_test_rand_int_range (-2000000000, 2000000000);

  for (gsize i = 0; i < n; i++)
    {
      times_ns[i] = time_ns;
      time_ns += g_test_rand_int_range (1, g_test_rand_bit () ? 3 : 80000000);
    }
  return make_index (times_ns, n, g_test_rand_int_range (0, 50000000));
}

/* For any index and time: the frame found is the one whose span holds the time, as a plain search finds it. */
static void
test_lookup (void)
{
  for (int round = 0; round < 60; round++)
    {
      g_autoptr (SemioFrameIndex) index = make_random_index ();
      gint64 n = semio_frame_index_get_n_frames (index);
      gint64 duration_ns = semio_frame_index_get_duration_ns (index);

      for (gint64 frame = 0; frame < n; frame++)
        {
          SemioSpan span = semio_frame_index_get_span (index, frame);
          gint64 seek_ns = semio_frame_index_get_seek_ns (index, frame) - semio_frame_index_get_zero_ns (index);
          gint64 key = semio_frame_index_get_key_before (index, frame);

          g_assert_cmpint (span.begin_ns, ==, semio_frame_index_get_time_ns (index, frame));
          g_assert_cmpint (span.end_ns, >, span.begin_ns);
          g_assert_cmpint (semio_frame_index_get_frame_at (index, span.begin_ns), ==, frame);
          g_assert_cmpint (semio_frame_index_get_frame_at (index, span.end_ns - 1), ==, frame);
          g_assert_true (semio_span_contains (span, seek_ns));
          g_assert_cmpint (seek_ns - span.begin_ns, <=, 2 * MS);
          g_assert_true (semio_frame_index_is_key (index, key));
          g_assert_cmpint (key, <=, frame);
          g_assert_cmpint (frame - key, <, 12);
        }
      g_assert_cmpint (semio_frame_index_get_frame_at (index, -1), ==, 0);
      g_assert_cmpint (semio_frame_index_get_frame_at (index, G_MININT64), ==, 0);
      g_assert_cmpint (semio_frame_index_get_frame_at (index, duration_ns), ==, n - 1);
      g_assert_cmpint (semio_frame_index_get_frame_at (index, G_MAXINT64), ==, n - 1);
      g_assert_cmpint (semio_frame_index_get_time_ns (index, 0), ==, 0);
      g_assert_cmpint (semio_frame_index_get_time_ns (index, n + 5), ==, semio_frame_index_get_time_ns (index, n - 1));
      g_assert_cmpint (semio_frame_index_get_time_ns (index, -5), ==, 0);
      g_assert_false (semio_frame_index_is_key (index, n));
    }
}

static void
assert_same (SemioFrameIndex *a, SemioFrameIndex *b)
{
  gint64 n = semio_frame_index_get_n_frames (a);

  g_assert_cmpint (n, ==, semio_frame_index_get_n_frames (b));
  g_assert_cmpint (semio_frame_index_get_flags (a), ==, semio_frame_index_get_flags (b));
  g_assert_cmpint (semio_frame_index_get_zero_ns (a), ==, semio_frame_index_get_zero_ns (b));
  g_assert_cmpint (semio_frame_index_get_duration_ns (a), ==, semio_frame_index_get_duration_ns (b));
  for (gint64 i = 0; i < n; i++)
    {
      g_assert_cmpint (semio_frame_index_get_time_ns (a, i), ==, semio_frame_index_get_time_ns (b, i));
      g_assert_cmpint (semio_frame_index_is_key (a, i), ==, semio_frame_index_is_key (b, i));
    }
}

static void
test_blob (void)
{
  for (int round = 0; round < 60; round++)
    {
      g_autoptr (SemioFrameIndex) index = make_random_index ();
      g_autoptr (GBytes) bytes = semio_frame_index_to_bytes (index);
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioFrameIndex) read = semio_frame_index_from_bytes (bytes, &error);

      g_assert_no_error (error);
      assert_same (index, read);
      again = semio_frame_index_to_bytes (read);
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

/* An hour at 30 frames a second takes little more than a byte a frame. */
static void
test_blob_is_small (void)
{
  const gsize n = 108000;
  g_autofree gint64 *times_ns = g_new (gint64, n);
  g_autoptr (SemioFrameIndex) index = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < n; i++)
    times_ns[i] = (gint64) i * SEMIO_NS_PER_SECOND / 30;
  index = make_index (times_ns, n, 0);
  bytes = semio_frame_index_to_bytes (index);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, n + n / 8);
  g_assert_cmpfloat (semio_frame_index_get_rate (index), ==, 30);
}

/* Every cut and every changed byte is refused, and none harms. */
static void
test_hostile (void)
{
  g_autoptr (SemioFrameIndex) index = make_random_index ();
  g_autoptr (GBytes) bytes = semio_frame_index_to_bytes (index);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, i);
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (semio_frame_index_from_bytes (cut, &error));
      g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX);
      g_clear_error (&error);
      copy[i] ^= (guint8) g_test_rand_int_range (1, 256);
      changed = g_bytes_new_take (g_steal_pointer (&copy), length);
      g_assert_null (semio_frame_index_from_bytes (changed, &error));
      g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX);
    }
}

static GBytes *
sign (const guint8 *body, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 digest[32];
  gsize n = sizeof digest;

  g_checksum_update (checksum, body, (gssize) length);
  g_checksum_get_digest (checksum, digest, &n);
  g_byte_array_append (out, body, (guint) length);
  g_byte_array_append (out, digest, 16);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* Whoever damages the blob on purpose also makes the check sum right: random bodies behind a good one. */
static void
test_hostile_signed (void)
{
  static const guint8 endless[] = { 'S', 'M', 'F', 'I', 1, 0, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 1, 0 };
  g_autoptr (GBytes) lie = sign (endless, sizeof endless);
  g_autoptr (GError) error = NULL;

  g_assert_null (semio_frame_index_from_bytes (lie, &error));
  g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX);
  for (int round = 0; round < 3000; round++)
    {
      g_autoptr (SemioFrameIndex) index = make_random_index ();
      g_autoptr (GBytes) bytes = semio_frame_index_to_bytes (index);
      gsize length = g_bytes_get_size (bytes) - 16;
      g_autofree guint8 *body = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (SemioFrameIndex) read = NULL;

      for (int i = 0; i < 3; i++)
        body[g_test_rand_int_range (5, (gint32) length)] = (guint8) g_test_rand_int_range (0, 256);
      changed = sign (body, length);
      read = semio_frame_index_from_bytes (changed, NULL);
      /* What is let through is sound: spans are in order and not empty. */
      for (gint64 i = 0; read != NULL && i < semio_frame_index_get_n_frames (read); i++)
        g_assert_false (semio_span_is_empty (semio_frame_index_get_span (read, i)));
    }
}

static void
test_refused (void)
{
  static const gint64 equal[] = { 0, 40 * MS, 40 * MS };
  static const gint64 falling[] = { 0, 40 * MS, 39 * MS };
  static const guint8 keys[3] = { 1, 0, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (semio_frame_index_new (equal, keys, 0, 0, 0, &error));
  g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX);
  g_clear_error (&error);
  g_assert_null (semio_frame_index_new (equal, keys, 3, 0, 0, &error));
  g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX);
  g_clear_error (&error);
  g_assert_null (semio_frame_index_new (falling, keys, 3, 0, 0, &error));
  g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX);
  g_clear_error (&error);
  g_assert_null (semio_frame_index_new (equal, keys, 2, -1, 0, &error));
  g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX);
}

static void
assert_rate (double rate, gint64 rounding_ns, int n, double expected)
{
  g_autofree gint64 *times_ns = g_new (gint64, (gsize) n);
  g_autoptr (SemioFrameIndex) index = NULL;

  for (int i = 0; i < n; i++)
    times_ns[i] = (gint64) floor (i * 1e9 / rate / (double) rounding_ns + 0.5) * rounding_ns;
  index = make_index (times_ns, (gsize) n, 0);
  g_assert_cmpfloat_with_epsilon (semio_frame_index_get_rate (index), expected, 1e-9);
}

static void
test_rate (void)
{
  static const gint64 one[] = { 5 * MS };
  g_autoptr (SemioFrameIndex) single = make_index (one, 1, 0);
  g_autoptr (SemioFrameIndex) shown = make_index (one, 1, 500 * MS);

  assert_rate (25, 1, 250, 25);
  assert_rate (30, 1, 250, 30);
  assert_rate (30000.0 / 1001, 1, 250, 30000.0 / 1001);
  /* Matroska rounds to milliseconds. */
  assert_rate (30000.0 / 1001, MS, 3000, 30000.0 / 1001);
  assert_rate (30, MS, 3000, 30);
  assert_rate (24000.0 / 1001, MS, 3000, 24000.0 / 1001);
  assert_rate (2, 1, 10, 2);
  g_assert_cmpfloat (semio_frame_index_get_rate (single), ==, 25);
  g_assert_cmpint (semio_frame_index_get_duration_ns (single), ==, 40 * MS);
  g_assert_cmpint (semio_frame_index_get_zero_ns (single), ==, 5 * MS);
  g_assert_cmpfloat (semio_frame_index_get_rate (shown), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/frame-index/lookup", test_lookup);
  g_test_add_func ("/model/frame-index/blob", test_blob);
  g_test_add_func ("/model/frame-index/blob-is-small", test_blob_is_small);
  g_test_add_func ("/model/frame-index/hostile", test_hostile);
  g_test_add_func ("/model/frame-index/hostile-signed", test_hostile_signed);
  g_test_add_func ("/model/frame-index/refused", test_refused);
  g_test_add_func ("/model/frame-index/rate", test_rate);
  return g_test_run ();
}

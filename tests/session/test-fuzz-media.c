/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damaged videos of every container are added to a study: each is refused by name or taken, none takes the program along,
 * keeps it waiting, or changes a study that refuses it. What is taken is read in every way.
 *
 * By itself it tries 64; SEMIO_TORTURE in the environment is how many, at least 512. SEMIO_FUZZ_SEED takes another seed. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "semio-media-error.h"
#include "semio-media-samples.h"
#include "semio-media-signals.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

#define FEW 64
#define MANY 512
/* A helper that hangs is given up after ten seconds; the rest is for machines that do much else. */
#define MAX_US (14 * G_USEC_PER_SEC)

static const char *const names[] = { "cfr.mp4", "vfr.mp4",  "fragmented.mp4", "ntsc.mov", "h264.mkv",  "vp8.webm",  "vp9.webm",
                                     "h264.ts", "h264.avi", "hevc.mkv",       "hevc.ts",  "mpeg2.m2t", "mjpeg.avi", "mpeg4.avi" };

static char *clips;

typedef void (*Mutation) (GByteArray *bytes, GByteArray *other, GRand *rand);

static guint
pick (GRand *rand, guint end)
{
  /* Of what is shorter than is to be left out there is nothing. */
  return end > 0 && end <= G_MAXINT32 ? (guint) g_rand_int_range (rand, 0, (gint32) end) : 0;
}

/* A length up to so much, and no more than there is; MIN would draw it twice. */
static guint
pick_length (GRand *rand, guint least, guint most, guint there)
{
  guint length = least + pick (rand, most);

  return MIN (length, there);
}

/* A place among the descriptions, which stand at the beginning or at the end. */
static guint
pick_head (GByteArray *bytes, GRand *rand)
{
  guint zone = MIN (bytes->len, 6000);

  return g_rand_boolean (rand) ? pick (rand, zone) : bytes->len - 1 - pick (rand, zone);
}

static void
cut (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  g_byte_array_set_size (bytes, 1 + pick (rand, bytes->len - 1));
}

static void
flip_bits (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  for (guint i = 1 + pick (rand, 60); i > 0; i--)
    bytes->data[pick (rand, bytes->len)] ^= (guint8) (1u << pick (rand, 8));
}

static void
mangle_head (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  for (guint i = 1 + pick (rand, 12); i > 0; i--)
    bytes->data[pick_head (bytes, rand)] = (guint8) pick (rand, 256);
}

/* Lengths and counts that are too large by far, or nothing. */
static void
mangle_number (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  static const guint32 values[] = { 0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0, 0x00ffffff };

  for (guint i = 1 + pick (rand, 3); i > 0; i--)
    {
      guint at = pick_head (bytes, rand);

      memcpy (bytes->data + MIN (at, bytes->len - 4), &values[pick (rand, G_N_ELEMENTS (values))], 4);
    }
}

static void
splice (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  guint n = pick_length (rand, 1, 30000, MIN (bytes->len, other->len));

  memcpy (bytes->data + pick (rand, bytes->len - n + 1), other->data + pick (rand, other->len - n + 1), n);
}

static void
blank (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  guint n = pick_length (rand, 1, 20000, bytes->len);

  memset (bytes->data + pick (rand, bytes->len - n + 1), g_rand_boolean (rand) ? 0 : 0xff, n);
}

static void
take_out (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  guint n = pick_length (rand, 1, 5000, bytes->len - 1);

  g_byte_array_remove_range (bytes, pick (rand, bytes->len - n), n);
}

/* The beginning of one kind with the rest of another. */
static void
change_kind (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  guint n = pick_length (rand, 8, 4000, MIN (bytes->len, other->len));

  memcpy (bytes->data, other->data, n);
}

static const Mutation mutations[] = { cut, flip_bits, mangle_head, mangle_number, splice, blank, take_out, change_kind };

static GByteArray *
read_clip (const char *name)
{
  g_autofree char *path = g_build_filename (clips, name, NULL);
  char *contents;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_byte_array_new_take ((guint8 *) contents, length);
}

static void
hash_rows (sqlite3 *database, const char *sql, GChecksum *sum)
{
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (rows); i++)
      {
        int length = sqlite3_column_bytes (rows, i);
        const void *value = sqlite3_column_blob (rows, i);

        g_checksum_update (sum, (const guchar *) &length, sizeof length);
        if (length > 0)
          g_checksum_update (sum, value, length);
      }
  sqlite3_finalize (rows);
}

/* What stands in a study, whatever its pages look like. */
static char *
hash_study (SemioTestStudy *test)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3 *database = NULL;
  sqlite3_stmt *tables = NULL;

  g_assert_cmpint (sqlite3_open_v2 (g_file_peek_path (test->file), &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (database,
                          "SELECT 'SELECT ' || (SELECT group_concat(quote(name)) FROM (SELECT '\"' || name || '\"' AS "
                          "name FROM pragma_table_info(t.name))) || ' FROM \"' || t.name || '\"', t.name FROM "
                          "sqlite_master AS t WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
                          -1, &tables, NULL),
      ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      g_auto (GStrv) parts = g_strsplit ((const char *) sqlite3_column_text (tables, 0), "'", -1);
      g_autofree char *sql = g_strjoinv ("", parts);

      g_checksum_update (sum, sqlite3_column_text (tables, 1), -1);
      hash_rows (database, sql, sum);
    }
  sqlite3_finalize (tables);
  sqlite3_close (database);
  return g_strdup (g_checksum_get_string (sum));
}

static void
nothing_cb (gint64 frame, gint64 time_ns, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data)
{
  g_assert_cmpuint (g_bytes_get_size (jpeg), >, 0);
}

/* Fails as it may, but with a sentence that begins with the file's name. */
static void
check_error (const GError *error, const char *name, guint *n_died)
{
  if (!error)
    return;
  g_assert_true (g_str_has_prefix (error->message, name));
  g_assert_true (error->domain == SEMIO_MEDIA_ERROR);
  if (error->code == SEMIO_MEDIA_ERROR_HELPER)
    {
      g_test_message ("%s", error->message);
      (*n_died)++;
    }
}

/* Frames from all over it, pictures, signals, sound. */
static void
read_in_all_ways (SemioMediaWorker *worker, const char *path, guint *n_died)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SemioSampleOptions options = { { 0, 20 * SEMIO_NS_PER_SECOND }, 2, 1, 90, 80 };
  g_autoptr (SemioProbe) probe = NULL;
  GAsyncResult *slot = NULL;

  for (int i = 0; i < 6; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      gint64 begin_us = g_get_monotonic_time ();

      slot = NULL;
      if (i == 0)
        semio_media_worker_probe_async (worker, file, NULL, NULL, NULL, semio_test_ready_cb, &slot);
      else if (i <= 2)
        semio_media_worker_frame_async (worker, file, probe->index, semio_frame_index_get_n_frames (probe->index) * i / 3, 64, 64,
                                        NULL, semio_test_ready_cb, &slot);
      else if (i == 3)
        semio_media_worker_signals_async (worker, file, probe->index, NULL, NULL, NULL, semio_test_ready_cb, &slot);
      else if (i == 4)
        semio_media_worker_sample_async (worker, file, probe->index, &options, nothing_cb, NULL, NULL, semio_test_ready_cb,
                                         &slot);
      else
        semio_media_worker_sound_async (worker, file, probe->index, options.span, NULL, semio_test_ready_cb, &slot);
      result = semio_test_wait_for (&slot);
      if (i == 0)
        probe = semio_media_worker_probe_finish (worker, result, &error);
      else if (i <= 2)
        g_clear_pointer (&(SemioFrame *){ semio_media_worker_frame_finish (worker, result, &error) }, semio_frame_unref);
      else if (i == 3)
        g_clear_pointer (&(SemioSignalSet *){ semio_media_worker_signals_finish (worker, result, &error) },
                         semio_signal_set_unref);
      else if (i == 4)
        semio_media_worker_sample_finish (worker, result, &error);
      else
        g_clear_pointer (&(GBytes *){ semio_media_worker_sound_finish (worker, result, &error) }, g_bytes_unref);
      check_error (error, name, n_died);
      if (g_get_monotonic_time () - begin_us > 3 * MAX_US)
        g_error ("%s: way %d took %d s", name, i, (int) ((g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC));
      if (!probe)
        return;
    }
}

static guint
get_n_tries (void)
{
  const char *rounds = g_getenv ("SEMIO_TORTURE");

  return rounds ? (guint) MAX (g_ascii_strtoull (rounds, NULL, 10), MANY) : FEW;
}

static void
test_mutations (SemioTestStudy *test, gconstpointer data)
{
  const char *seed = g_getenv ("SEMIO_FUZZ_SEED");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 20261);
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  guint n_tries = get_n_tries (), n_refused = 0, n_taken = 0, n_died = 0;
  gint64 longest_us = 0;

  for (guint i = 0; i < n_tries; i++)
    {
      const char *name = names[i % G_N_ELEMENTS (names)];
      guint kind = i / G_N_ELEMENTS (names) % G_N_ELEMENTS (mutations);
      g_autoptr (GByteArray) bytes = read_clip (name);
      g_autoptr (GByteArray) other = read_clip (names[pick (rand, G_N_ELEMENTS (names))]);
      g_autofree char *file_name = g_strdup_printf ("m%04u-%u-%s", i, kind, name);
      g_autofree char *path = g_build_filename (test->folder, file_name, NULL);
      g_autofree char *before = hash_study (test);
      g_autofree char *after = NULL;
      g_autoptr (GPtrArray) results = NULL;
      const SemioAddResult *result;
      gint64 begin_us;

      mutations[kind](bytes, other, rand);
      g_assert_true (g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, NULL));
      begin_us = g_get_monotonic_time ();
      results = semio_test_study_add (test, path, FALSE);
      longest_us = MAX (longest_us, g_get_monotonic_time () - begin_us);
      if (g_get_monotonic_time () - begin_us > 2 * MAX_US)
        g_error ("%s took too long", file_name);
      g_assert_cmpuint (results->len, ==, 1);
      result = results->pdata[0];
      after = hash_study (test);
      if (result->outcome == SEMIO_ADD_REFUSED)
        {
          n_refused++;
          g_assert_cmpstr (before, ==, after);
          g_assert_nonnull (result->message);
          g_assert_cmpuint (strlen (result->message), >, 10);
          if (strstr (result->message, "video process"))
            {
              g_test_message ("%s: %s", file_name, result->message);
              n_died++;
            }
        }
      else
        {
          n_taken++;
          if (result->outcome == SEMIO_ADD_ADDED)
            g_assert_cmpstr (before, !=, after);
          read_in_all_ways (worker, path, &n_died);
        }
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_test_message ("%u tried, %u refused, %u taken, helpers lost %u times, the longest took %d ms", n_tries, n_refused, n_taken,
                  n_died, (int) (longest_us / 1000));
  g_assert_cmpuint (n_refused, >, n_tries / 5);
  g_assert_cmpuint (n_taken, >, 0);
  semio_test_study_verify (test);
}

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  clips = semio_test_home_make_clips (argv[1]);
  g_test_add ("/fuzz/media", SemioTestStudy, NULL, semio_test_study_set_up, test_mutations, semio_test_study_tear_down);
  status = semio_test_home_run ();
  g_free (clips);
  return status;
}

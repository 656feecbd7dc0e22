/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rating goes through while another program imports, merges or verifies: it waits for a slice of theirs, not for the whole.
 * SEMIO_BESIDE_ROWS is the number of cells (20000 unless it says so). */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "semio-rating-table.h"
#include "semio-store-fixture.h"

#define DEFAULT_CELLS 20000
#define CELLS_PER_RECORDING 200
#define MIN_RATINGS 3

static char *program;

static guint
get_n_cells (void)
{
  const char *wanted = g_getenv ("SEMIO_BESIDE_ROWS");

  return wanted != NULL ? (guint) atoi (wanted) : DEFAULT_CELLS;
}

static SemioStoreImport *
make_import (guint n_cells)
{
  SemioStoreImport *import = semio_store_fixture_new_import ("Another model", 0);

  for (guint i = 0; i < n_cells / CELLS_PER_RECORDING; i++)
    {
      SemioRecording *recording = semio_recording_new ();

      recording->source_name = g_strdup_printf ("more%u.mp4", i);
      g_ptr_array_add (import->creates, recording);
      g_ptr_array_add (import->create_patients, g_strdup_printf ("B%04u", i));
      for (guint cell = 0; cell < CELLS_PER_RECORDING; cell++)
        {
          SemioPrediction prediction = { 0 };

          prediction.recording_id = -1 - (gint64) i;
          prediction.feature = cell % 20;
          prediction.segment = (int) (cell / 20);
          prediction.answer = cell % 3 == 0 ? SEMIO_ANSWER_YES : SEMIO_ANSWER_NO;
          prediction.explanation = g_strdup_printf ("What was seen in segment %u of clip %u, in about as many words as a model "
                                                    "writes when it is asked for one or two sentences on a feature.",
                                                    cell / 20, i);
          g_array_append_val (import->predictions, prediction);
        }
    }
  return import;
}

/* The other program. */
static int
run_child (const char *what, const char *path, const char *other)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  if (service == NULL)
    return 1;
  if (g_str_equal (what, "import"))
    {
      g_autoptr (SemioStoreImportResult) result = semio_store_fixture_import (service, make_import (get_n_cells ()), &error);
    }
  else if (g_str_equal (what, "merge"))
    {
      g_autofree char *text = semio_store_fixture_merge (service, other, &error);
    }
  else
    {
      g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);
    }
  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  semio_store_fixture_close (service);
  return 0;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 *p = a;
  const gint64 *q = b;

  return (*p > *q) - (*p < *q);
}

static void
rate_beside (const char *what, const char *path, const char *other, SemioStoreFacts *facts)
{
  const char *const argv[] = { program, "--child", what, path, other != NULL ? other : "", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  const gint64 begin_us = g_get_monotonic_time ();
  GPid child;
  int status = 0;

  g_assert_no_error (error);
  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, &error);
  g_assert_no_error (error);
  for (guint i = 0; waitpid (child, &status, WNOHANG) == 0; i++)
    {
      const gint64 sent_us = g_get_monotonic_time ();
      gint64 took_us;
      g_autoptr (SemioRating) rating = semio_store_fixture_rate (service, facts->person_id, facts->run_id,
                                                                 facts->recording_ids[0], i % 3, (int) (1 + i % 5), NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (rating);
      took_us = g_get_monotonic_time () - sent_us;
      g_array_append_val (times, took_us);
      if (took_us > 30000)
        g_test_message ("%s: %.1f ms at %.3f s", what, (double) took_us / 1000, (double) (sent_us - begin_us) / 1e6);
      g_usleep (5000);
    }
  g_assert_cmpint (status, ==, 0);
  g_array_sort (times, compare_times);
  /* How long each took is for the reader of the log; that ratings come through while the other works is what is promised. */
  g_assert_cmpuint (times->len, >=, MIN_RATINGS);
  g_test_message ("%s of %u cells: %u ratings in %.1f s, median %.1f ms, 99 %% %.1f ms, longest %.1f ms", what, get_n_cells (),
                  times->len, (double) (g_get_monotonic_time () - begin_us) / 1e6,
                  (double) g_array_index (times, gint64, times->len / 2) / 1000,
                  (double) g_array_index (times, gint64, times->len * 99 / 100) / 1000,
                  (double) g_array_index (times, gint64, times->len - 1) / 1000);
  semio_store_fixture_close (service);
}

static void
test_import (void)
{
  g_autofree char *path = semio_store_fixture_path ("beside-import.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;

  semio_store_fixture_fill (service, 1, &facts);
  semio_store_fixture_close (service);
  rate_beside ("import", path, NULL, &facts);
  rate_beside ("verify", path, NULL, &facts);
}

static void
test_merge (void)
{
  g_autofree char *path = semio_store_fixture_path ("beside-merge.semio");
  g_autofree char *other = NULL;
  g_autoptr (SemioStoreImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;

  semio_store_fixture_fill (service, 1, &facts);
  semio_store_fixture_close (service);
  other = semio_store_fixture_copy (path, "beside-other.semio");
  service = semio_store_fixture_open (other, &error);
  g_assert_no_error (error);
  result = semio_store_fixture_import (service, make_import (get_n_cells ()), &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
  rate_beside ("merge", path, other, &facts);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3], argv[4]);
  program = g_canonicalize_filename (argv[0], NULL);
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/beside/import", test_import);
  g_test_add_func ("/store/beside/merge", test_merge);
  {
    const int status = semio_store_fixture_run ();

    g_free (program);
    return status;
  }
}

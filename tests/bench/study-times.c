/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times what a person waits for in a study: opening it, changing the case, storing a rating, alone and beside an import
 * and a verify. Prints "name milliseconds" lines; tools/bench makes figures of them.
 *
 *   study-times STUDY                  only opens and closes it
 *   study-times STUDY PREDICTIONS.csv
 */
#include "semio-import.h"
#include "semio-study.h"
#include "semio-verify.h"

#define N_CASES 200
#define N_RATINGS 400

typedef struct {
  SemioStudy *study;
  SemioReview *review;
  GMainLoop *loop;
  gboolean import_done;
  gboolean verify_done;
} Bench;

static void
slot_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (slot);
}

static void
tell (const char *name, gint64 start_us)
{
  g_print ("%s %.3f\n", name, (double) (g_get_monotonic_time () - start_us) / 1000.0);
}

static void
fail (GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("study-times: %s\n", error->message);
  exit (1);
}

static SemioReview *
load_case (SemioStudy *study, gint64 recording_id)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  semio_study_load_review_async (study, recording_id, NULL, slot_cb, &slot);
  g_autoptr (GAsyncResult) result = wait_for (&slot);
  SemioReview *review = semio_study_load_review_finish (study, result, &error);
  fail (error);
  return review;
}

static void
time_cases (SemioStudy *study)
{
  GListModel *cases = semio_study_get_cases (study);
  for (guint i = 0; i < N_CASES; i++)
    {
      g_autoptr (SemioCase) one =
          g_list_model_get_item (cases, (guint) g_random_int_range (0, (gint32) g_list_model_get_n_items (cases)));
      gint64 start_us = g_get_monotonic_time ();
      g_autoptr (SemioReview) review = load_case (study, semio_case_get_id (one));
      tell ("case", start_us);
    }
}

static void
time_ratings (Bench *bench, const char *name)
{
  guint n_items = semio_review_get_n_items (bench->review);
  for (guint i = 0; i < N_RATINGS; i++)
    {
      const SemioItem *item = semio_review_get_item (bench->review, i % n_items);
      g_autoptr (SemioRating) rating = semio_rating_new ();
      rating->key = item->key;
      rating->explanation = item->shown;
      rating->score = 1 + (int) (i % 5);
      GAsyncResult *slot = NULL;
      g_autoptr (GError) error = NULL;
      gint64 start_us = g_get_monotonic_time ();
      semio_study_rate_async (bench->study, bench->review, rating, slot_cb, &slot);
      g_autoptr (GAsyncResult) result = wait_for (&slot);
      g_autoptr (SemioRating) stored = semio_study_rate_finish (bench->study, result, &error);
      fail (error);
      tell (name, start_us);
    }
}

static void
import_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_import_commit_finish (SEMIO_IMPORT (source), result, &error);
  fail (error);
  bench->import_done = TRUE;
}

static void
verify_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioVerifyReport) report = semio_study_verify_finish (bench->study, result, &error);
  fail (error);
  g_print ("verify_good %d\n", report->good);
  for (guint i = 0; report->findings[i] != NULL; i++)
    g_printerr ("study-times: verify: %s\n", report->findings[i]);
  bench->verify_done = TRUE;
}

static void
time_busy_ratings (Bench *bench, const char *csv)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (csv);
  semio_import_read_async (bench->study, SEMIO_IMPORT_PREDICTIONS, file, NULL, NULL, slot_cb, &slot);
  g_autoptr (GAsyncResult) result = wait_for (&slot);
  g_autoptr (SemioImport) import = semio_import_read_finish (result, &error);
  fail (error);
  g_autofree char *name = g_strdup_printf ("Imported while rating, %" G_GINT64_FORMAT, g_get_real_time ());
  semio_import_set_name (import, name);
  semio_import_set_create (import, TRUE);
  semio_import_commit_async (import, NULL, NULL, NULL, import_done_cb, bench);
  semio_study_verify_async (bench->study, NULL, NULL, NULL, verify_done_cb, bench);
  time_ratings (bench, "rating_busy");
  g_print ("work_still_going %d\n", !bench->import_done || !bench->verify_done);
  while (!bench->import_done || !bench->verify_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
time_work (Bench *bench, const char *csv)
{
  semio_study_set_person (bench->study, g_ptr_array_index (semio_study_get_persons (bench->study), 0));
  time_cases (bench->study);
  g_autoptr (SemioCase) first = g_list_model_get_item (semio_study_get_cases (bench->study), 0);
  bench->review = load_case (bench->study, semio_case_get_id (first));
  time_ratings (bench, "rating");
  time_busy_ratings (bench, csv);
  g_clear_object (&bench->review);
}

int
main (int argc, char **argv)
{
  if (argc != 2 && argc != 3)
    {
      g_printerr ("Usage: study-times STUDY [PREDICTIONS.csv]\n");
      return 2;
    }
  g_random_set_seed (11);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[1]);
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gint64 start_us = g_get_monotonic_time ();
  semio_study_open_async (file, NULL, NULL, NULL, slot_cb, &slot);
  g_autoptr (GAsyncResult) opened = wait_for (&slot);
  Bench bench = { .study = semio_study_open_finish (opened, &error) };
  fail (error);
  tell ("open", start_us);
  g_print ("cases %u\n", g_list_model_get_n_items (semio_study_get_cases (bench.study)));
  if (argc == 3)
    time_work (&bench, argv[2]);
  if (!semio_study_close_sync (bench.study, &error))
    fail (error);
  g_object_unref (bench.study);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the study that the benches open: 500 recordings, 1,000,000 predictions with explanations, 100,000 ratings.
 *
 *   big-study FILE [RECORDINGS RUNS SEGMENTS RATINGS]
 */
#include <stdlib.h>

#include "semio-feature-set.h"
#include "semio-person-table.h"
#include "semio-rating-table.h"
#include "semio-store-import.h"
#include "semio-store-service.h"

typedef struct {
  guint n_recordings;
  guint n_runs;
  guint n_segments;
  guint n_ratings;
} Size;

typedef struct {
  const Size *size;
  GArray *run_ids;
  GArray *recording_ids;
  GArray *person_ids;
  guint first;
  guint n;
} RatingBatch;

static const char *const SENTENCES[] = {
  "The right arm stiffens and stays extended at the elbow while the trunk becomes rigid; no jerks are seen yet.",
  "Both arms lie still on the blanket for the whole window; the patient looks towards the door and blinks normally.",
  "No.",
  "Rhythmic jerks of both arms at about three a second, slower towards the end of the window, with the head turned to the left.",
  "The mouth opens and closes in a chewing movement that repeats every second or so, with swallowing in between.",
};

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static SemioStoreImport *
make_import (const Size *size, guint run, guint n_features, GArray *recording_ids)
{
  g_autofree char *name = g_strdup_printf ("Run %02u", run);
  SemioStoreImport *import = semio_store_import_new ();
  import->run = semio_run_new ();
  import->run->name = g_steal_pointer (&name);
  import->run->model = g_strdup ("bench");
  import->run->enhancement = g_strdup ("none");
  import->run->origin = g_strdup ("import");
  import->predictions = g_array_new (FALSE, TRUE, sizeof (SemioPrediction));
  g_array_set_clear_func (import->predictions, (GDestroyNotify) semio_prediction_clear);
  for (guint r = 0; r < size->n_recordings; r++)
    {
      gint64 id = recording_ids->len > 0 ? g_array_index (recording_ids, gint64, r) : -(gint64) r - 1;
      if (recording_ids->len == 0)
        {
          SemioRecording *recording = semio_recording_new ();
          recording->source_name = g_strdup_printf ("B%04u@bench@sz_v%u.mp4", r / 3, r);
          g_ptr_array_add (import->creates, recording);
          g_ptr_array_add (import->create_patients, g_strdup_printf ("B%04u", r / 3));
        }
      for (guint f = 0; f < n_features; f++)
        for (guint s = 0; s < size->n_segments; s++)
          {
            guint draw = g_random_int_range (0, 1000);
            SemioPrediction prediction = { .recording_id = id, .feature = f, .segment = (int) s };
            prediction.answer = draw < 300 ? SEMIO_ANSWER_YES : draw < 980 ? SEMIO_ANSWER_NO : SEMIO_ANSWER_FAIL;
            prediction.explanation =
                g_strdup_printf ("%s Seen from 0:%02u on.", SENTENCES[draw % G_N_ELEMENTS (SENTENCES)], draw % 60);
            g_array_append_val (import->predictions, prediction);
          }
    }
  return import;
}

static gpointer
load_recordings (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_recording_table_load (database, error);
}

static gpointer
add_persons (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Rater %u", i + 1);
      g_autoptr (SemioPerson) person = semio_person_table_add (database, NULL, name, SEMIO_ROLE_EPILEPTOLOGIST, error);
      if (person == NULL)
        return NULL;
      g_array_append_val (ids, person->id);
    }
  return NULL;
}

static gpointer
add_ratings (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  RatingBatch *batch = data;
  for (guint i = batch->first; i < batch->first + batch->n; i++)
    {
      guint item = i / batch->person_ids->len;
      g_autoptr (SemioRating) rating = semio_rating_new ();
      rating->person_id = g_array_index (batch->person_ids, gint64, i % batch->person_ids->len);
      rating->key.feature = item % 20;
      rating->key.run_id = g_array_index (batch->run_ids, gint64, (item / 20) % batch->run_ids->len);
      rating->key.recording_id =
          g_array_index (batch->recording_ids, gint64, (item / 20 / batch->run_ids->len) % batch->recording_ids->len);
      rating->key.segment = SEMIO_SEGMENT_WHOLE;
      rating->score = g_random_int_range (1, 6);
      rating->seconds = g_random_int_range (5, 60);
      g_autoptr (SemioRating) stored = semio_rating_table_add (database, rating, error);
      if (stored == NULL)
        return NULL;
    }
  return NULL;
}

static gpointer
write_and_wait (SemioStoreService *service, SemioStoreFunc func, gpointer data, GError **error)
{
  GAsyncResult *slot = NULL;
  semio_store_service_write_async (service, SEMIO_STORE_PRIORITY_IMPORT, func, data, NULL, NULL, NULL, keep_result_cb, &slot);
  g_autoptr (GAsyncResult) result = wait_for (&slot);
  return semio_store_service_write_finish (service, result, error);
}

static gboolean
fill (SemioStoreService *service, const Size *size, guint n_features, GError **error)
{
  g_autoptr (GArray) run_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) recording_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) person_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint run = 0; run < size->n_runs; run++)
    {
      GAsyncResult *slot = NULL;
      semio_store_import_async (service, make_import (size, run, n_features, recording_ids), NULL, NULL, NULL, keep_result_cb,
                                &slot);
      g_autoptr (GAsyncResult) result = wait_for (&slot);
      g_autoptr (SemioStoreImportResult) done = semio_store_import_finish (service, result, error);
      if (done == NULL)
        return FALSE;
      g_array_append_val (run_ids, done->run_id);
      if (run == 0)
        {
          semio_store_service_read_async (service, load_recordings, NULL, NULL, NULL, NULL, keep_result_cb, &slot);
          g_autoptr (GAsyncResult) read = wait_for (&slot);
          g_autoptr (GPtrArray) recordings = semio_store_service_read_finish (service, read, error);
          if (recordings == NULL)
            return FALSE;
          for (guint i = 0; i < recordings->len; i++)
            g_array_append_val (recording_ids, ((SemioRecording *) recordings->pdata[i])->id);
        }
    }
  g_autoptr (GError) failure = NULL;
  write_and_wait (service, add_persons, person_ids, &failure);
  for (guint first = 0; failure == NULL && first < size->n_ratings; first += 1000)
    {
      RatingBatch batch = { size, run_ids, recording_ids, person_ids, first, MIN (1000, size->n_ratings - first) };
      write_and_wait (service, add_ratings, &batch, &failure);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

int
main (int argc, char **argv)
{
  Size size = { 500, 10, 10, 100000 };
  if (argc != 2 && argc != 6)
    {
      g_printerr ("Usage: big-study FILE [RECORDINGS RUNS SEGMENTS RATINGS]\n");
      return 2;
    }
  if (argc == 6)
    size = (Size){ atoi (argv[2]), atoi (argv[3]), atoi (argv[4]), atoi (argv[5]) };
  g_random_set_seed (7);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[1]);
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  semio_store_service_create_async (file, "Bench", features, NULL, keep_result_cb, &slot);
  g_autoptr (GAsyncResult) created = wait_for (&slot);
  g_autoptr (SemioStoreService) service = semio_store_service_create_finish (created, &error);
  gboolean good = service != NULL && fill (service, &size, semio_feature_set_get_n_features (features), &error);
  if (service != NULL)
    {
      semio_store_service_close_async (service, keep_result_cb, &slot);
      g_autoptr (GAsyncResult) closed = wait_for (&slot);
      good = semio_store_service_close_finish (service, closed, good ? &error : NULL) && good;
    }
  if (!good)
    g_printerr ("big-study: %s\n", error != NULL ? error->message : "failed");
  return good ? 0 : 1;
}

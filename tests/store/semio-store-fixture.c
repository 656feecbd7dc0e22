/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "semio-person-table.h"
#include "semio-prediction-table.h"
#include "semio-rating-table.h"
#include "semio-recording-table.h"

static char *test_folder;

void
semio_store_fixture_init (int *argc, char ***argv)
{
  g_autofree char *data = NULL;

  test_folder = g_dir_make_tmp ("semio-store-XXXXXX", NULL);
  data = g_build_filename (test_folder, "data", NULL);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (argc, argv, NULL);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

int
semio_store_fixture_run (void)
{
  const int status = g_test_run ();

  remove_folder (test_folder);
  g_clear_pointer (&test_folder, g_free);
  return status;
}

char *
semio_store_fixture_path (const char *name)
{
  char *path = g_build_filename (test_folder, name, NULL);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  return path;
}

char *
semio_store_fixture_copy (const char *source, const char *name)
{
  g_autofree char *from =
      g_path_is_absolute (source) ? g_strdup (source) : g_test_build_filename (G_TEST_DIST, "store", source, NULL);
  g_autofree char *to = g_build_filename (test_folder, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (from, &content, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (to, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&to);
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

void
semio_store_fixture_wait (gboolean *flag)
{
  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
}

SemioStoreService *
semio_store_fixture_create (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service;

  semio_store_service_create_async (file, "A study", features, NULL, keep_cb, &result);
  service = semio_store_service_create_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (service);
  return service;
}

SemioStoreService *
semio_store_fixture_open (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  semio_store_service_open_async (file, SEMIO_STORE_OPEN_NONE, NULL, NULL, NULL, keep_cb, &result);
  return semio_store_service_open_finish (wait_for (&result), error);
}

void
semio_store_fixture_close (SemioStoreService *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  semio_store_service_close_async (service, keep_cb, &result);
  semio_store_service_close_finish (service, wait_for (&result), &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (service);
}

gpointer
semio_store_fixture_write (SemioStoreService *service, SemioStoreFunc func, gpointer data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_store_service_write_async (service, SEMIO_STORE_PRIORITY_JUDGEMENT, func, data, NULL, NULL, NULL, keep_cb, &result);
  return semio_store_service_write_finish (service, wait_for (&result), error);
}

gpointer
semio_store_fixture_read (SemioStoreService *service, SemioStoreFunc func, gpointer data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_store_service_read_async (service, func, data, NULL, NULL, NULL, keep_cb, &result);
  return semio_store_service_read_finish (service, wait_for (&result), error);
}

SemioStoreImportResult *
semio_store_fixture_import (SemioStoreService *service, SemioStoreImport *import, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_store_import_async (service, import, NULL, NULL, NULL, keep_cb, &result);
  return semio_store_import_finish (service, wait_for (&result), error);
}

SemioStoreVerifyReport *
semio_store_fixture_verify (SemioStoreService *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreVerifyReport *report;

  semio_store_service_verify_async (service, NULL, NULL, NULL, keep_cb, &result);
  report = semio_store_service_verify_finish (service, wait_for (&result), &error);
  g_assert_no_error (error);
  return report;
}

char *
semio_store_fixture_merge (SemioStoreService *service, const char *other, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (other);
  g_autoptr (GAsyncResult) result = NULL;

  semio_store_service_merge_async (service, file, NULL, NULL, NULL, keep_cb, &result);
  return semio_store_service_merge_finish (service, wait_for (&result), error);
}

static gpointer
add_person_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_person_table_add (database, NULL, "Dr. Ada Example", SEMIO_ROLE_EPILEPTOLOGIST, error);
}

SemioStoreImport *
semio_store_fixture_new_import (const char *run, guint n_recordings)
{
  SemioStoreImport *import = semio_store_import_new ();

  import->run = semio_run_new ();
  import->run->name = g_strdup (run);
  import->run->model = g_strdup ("some-model");
  import->run->enhancement = g_strdup ("none");
  import->run->origin = g_strdup ("import");
  for (guint i = 0; i < n_recordings; i++)
    {
      SemioRecording *recording = semio_recording_new ();

      recording->source_name = g_strdup_printf ("clip%u.mp4", i);
      g_ptr_array_add (import->creates, recording);
      g_ptr_array_add (import->create_patients, g_strdup_printf ("A%04u", i / 2));
      for (guint cell = 0; cell < 6; cell++)
        {
          SemioPrediction prediction = { 0 };

          prediction.recording_id = -1 - (gint64) i;
          prediction.feature = cell / 2;
          prediction.segment = (int) (cell % 2);
          prediction.answer = cell % 3 == 0 ? SEMIO_ANSWER_YES : SEMIO_ANSWER_NO;
          prediction.explanation = g_strdup_printf ("Explanation %u of clip %u, \"quoted\",\nwith a line.", cell, i);
          g_array_append_val (import->predictions, prediction);
        }
    }
  return import;
}

static void
add_labels (SemioStoreImport *import, guint n_recordings)
{
  import->set = semio_reference_set_new ();
  import->set->name = g_strdup ("Consensus");
  for (guint i = 0; i < n_recordings; i++)
    {
      SemioLabel label = { -1 - (gint64) i, 0, SEMIO_ANSWER_YES, SEMIO_TIME_NONE, SEMIO_TIME_NONE };
      SemioRecordingEvent event = {
        -1 - (gint64) i, { 5 * SEMIO_NS_PER_SECOND, SEMIO_TIME_NONE, SEMIO_NS_PER_SECOND, SEMIO_EVENT_TYPE_EPILEPTIC }
      };

      g_array_append_val (import->labels, label);
      g_array_append_val (import->events, event);
    }
}

static gpointer
load_recordings_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_recording_table_load (database, error);
}

static int
compare_source_names (gconstpointer a, gconstpointer b)
{
  const SemioRecording *const *p = a;
  const SemioRecording *const *q = b;

  return g_strcmp0 ((*p)->source_name, (*q)->source_name);
}

void
semio_store_fixture_fill (SemioStoreService *service, guint n_recordings, SemioStoreFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioPerson) person = NULL;
  g_autoptr (SemioStoreImportResult) result = NULL;
  g_autoptr (GPtrArray) recordings = NULL;
  SemioStoreImport *import = semio_store_fixture_new_import ("Model one", n_recordings);

  person = semio_store_fixture_write (service, add_person_func, NULL, &error);
  g_assert_no_error (error);
  facts->person_id = person->id;
  add_labels (import, n_recordings);
  result = semio_store_fixture_import (service, import, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_added, ==, n_recordings * 8);
  g_assert_cmpuint (result->n_differences, ==, 0);
  facts->run_id = result->run_id;
  facts->set_id = result->set_id;
  recordings = semio_store_fixture_read (service, load_recordings_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (recordings->len, ==, n_recordings);
  g_ptr_array_sort (recordings, compare_source_names);
  facts->n_recordings = n_recordings;
  for (guint i = 0; i < n_recordings; i++)
    facts->recording_ids[i] = ((SemioRecording *) g_ptr_array_index (recordings, i))->id;
}

gboolean
semio_store_fixture_hash_shown (SemioDatabase *database, SemioRating *rating, GError **error)
{
  g_autoptr (GArray) cells = semio_prediction_table_load (database, rating->key.recording_id, error);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree const SemioPrediction **picked = NULL;
  g_autofree const char **texts = NULL;
  guint n_segments;

  if (cells == NULL)
    return FALSE;
  for (guint i = 0; i < cells->len; i++)
    {
      SemioPrediction *cell = &g_array_index (cells, SemioPrediction, i);

      if (cell->run_id == rating->key.run_id && cell->feature == rating->key.feature)
        g_ptr_array_add (chosen, cell);
    }
  picked = semio_prediction_pick ((const SemioPrediction *const *) chosen->pdata, chosen->len, &n_segments);
  texts = g_new0 (const char *, MAX (n_segments, 1));
  for (guint i = 0; i < MAX (n_segments, 1); i++)
    texts[i] = picked[i] != NULL ? picked[i]->explanation : NULL;
  rating->explanation = semio_prediction_hash_shown (texts, n_segments);
  return TRUE;
}

static gpointer
rate_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_store_fixture_hash_shown (database, data, error) ? semio_rating_table_add (database, data, error) : NULL;
}

SemioRating *
semio_store_fixture_rate (SemioStoreService *service, gint64 person_id, gint64 run_id, gint64 recording_id, guint feature,
                          int score, const char *comment, GError **error)
{
  g_autoptr (SemioRating) rating = semio_rating_new ();

  rating->person_id = person_id;
  rating->key = (SemioItemKey){ run_id, recording_id, feature, SEMIO_SEGMENT_WHOLE };
  rating->score = score;
  rating->supports = SEMIO_SUPPORTS_NO;
  rating->marks = SEMIO_MARK_WRONG_SIDE | SEMIO_MARK_LEFT_OUT;
  rating->comment = g_strdup (comment);
  rating->visible = SEMIO_VISIBLE_SOUND;
  rating->played_event = 0.5;
  rating->played_cited = 1;
  rating->seconds = 12.3456;
  return semio_store_fixture_write (service, rate_func, rating, error);
}

static gpointer
list_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_rating_table_load_current (database, 0, 0, error);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char *
semio_store_fixture_list_current (SemioStoreService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ratings = semio_store_fixture_read (service, list_func, NULL, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < ratings->len; i++)
    {
      const SemioRating *rating = g_ptr_array_index (ratings, i);

      g_ptr_array_add (lines, g_strdup_printf ("%d:%u=%d", (int) rating->key.recording_id, rating->key.feature, rating->score));
    }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (" ", (char **) lines->pdata);
}

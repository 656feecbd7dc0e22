/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-study.h"

#include "semio-test-home.h"

void
semio_test_ready_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

GAsyncResult *
semio_test_wait_for (GAsyncResult **slot)
{
  while (!*slot)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (slot);
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
semio_test_run_ms (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, stop_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

void
semio_test_wait_media (SemioTestStudy *test)
{
  while (semio_study_is_finding_media (test->study))
    g_main_context_iteration (NULL, TRUE);
}

void
semio_test_study_set_up (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  test->folder = g_dir_make_tmp ("semio-session-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (test->folder, "Study.semio", NULL);
  test->file = g_file_new_for_path (path);
  test->study = semio_study_create_sync (test->file, "Test", &error);
  g_assert_no_error (error);
  test->person = semio_test_study_add_person (test, "Dr. Test");
  semio_study_set_person (test->study, test->person);
}

void
semio_test_study_close (SemioTestStudy *test)
{
  g_autoptr (GError) error = NULL;
  gboolean closed = semio_study_close_sync (test->study, &error);

  g_assert_no_error (error);
  g_assert_true (closed);
  g_clear_object (&test->study);
  g_clear_pointer (&test->person, semio_person_unref);
}

void
semio_test_study_open (SemioTestStudy *test)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *persons;

  test->study = semio_study_open_sync (test->file, &error);
  g_assert_no_error (error);
  persons = semio_study_get_persons (test->study);
  g_assert_cmpuint (persons->len, >=, 1);
  test->person = semio_person_ref (persons->pdata[0]);
  semio_study_set_person (test->study, test->person);
}

void
semio_test_study_reopen (SemioTestStudy *test)
{
  semio_test_study_close (test);
  semio_test_study_open (test);
}

void
semio_test_study_tear_down (SemioTestStudy *test, gconstpointer data)
{
  if (test->study)
    semio_test_study_close (test);
  semio_test_home_remove_tree (test->folder);
  g_free (test->folder);
  g_object_unref (test->file);
}

char *
semio_test_study_put (SemioTestStudy *test, const char *name, const char *text)
{
  char *path = g_build_filename (test->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

SemioPerson *
semio_test_study_add_person (SemioTestStudy *test, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioPerson *person;

  semio_study_add_person_async (test->study, name, SEMIO_ROLE_EPILEPTOLOGIST, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  person = semio_study_add_person_finish (test->study, result, &error);
  g_assert_no_error (error);
  return person;
}

char *
semio_test_study_import (SemioTestStudy *test, SemioImportKind kind, const char *path, const char *name, gboolean create,
                         GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioImport) import = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_import_read_async (test->study, kind, file, NULL, NULL, semio_test_ready_cb, &slot);
  read = semio_test_wait_for (&slot);
  import = semio_import_read_finish (read, error);
  if (!import)
    return NULL;
  semio_import_set_name (import, name);
  semio_import_set_create (import, create);
  semio_import_commit_async (import, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_import_commit_finish (import, result, error);
}

GPtrArray *
semio_test_study_add (SemioTestStudy *test, const char *path, gboolean copy)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  SemioAddOptions options = { .copy = copy };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  GPtrArray *results;

  g_ptr_array_add (files, g_file_new_for_path (path));
  semio_add_async (test->study, files, &options, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  results = semio_add_finish (test->study, result, &error);
  g_assert_no_error (error);
  return results;
}

const SemioRecording *
semio_test_study_find (SemioTestStudy *test, const char *source_name)
{
  GListModel *cases = semio_study_get_cases (test->study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (cases, i);
      const SemioRecording *recording = semio_case_get_recording (row);

      if (g_strcmp0 (recording->source_name, source_name) == 0)
        return recording;
    }
  return NULL;
}

SemioReview *
semio_test_study_review (SemioTestStudy *test, const char *source_name)
{
  const SemioRecording *recording = semio_test_study_find (test, source_name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioReview *review;

  g_assert_nonnull (recording);
  semio_study_load_review_async (test->study, recording->id, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  review = semio_study_load_review_finish (test->study, result, &error);
  g_assert_no_error (error);
  return review;
}

guint
semio_test_study_find_item (SemioTestStudy *test, SemioReview *review, const char *feature, guint run)
{
  int index = semio_feature_set_find (semio_study_get_feature_set (test->study), feature);
  int item;

  g_assert_cmpint (index, >=, 0);
  item = semio_review_find_item (review, (guint) index, run);
  g_assert_cmpint (item, >=, 0);
  return (guint) item;
}

SemioRating *
semio_test_study_judge (SemioTestStudy *test, SemioReview *review, const SemioRating *rating, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_study_rate_async (test->study, review, rating, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_study_rate_finish (test->study, result, error);
}

SemioRating *
semio_test_study_rate (SemioTestStudy *test, SemioReview *review, guint item, int score, GError **error)
{
  g_autoptr (SemioRating) rating = semio_rating_new ();

  rating->key = semio_review_get_item (review, item)->key;
  rating->score = score;
  return semio_test_study_judge (test, review, rating, error);
}

gboolean
semio_test_study_undo (SemioTestStudy *test, gboolean redo, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  SemioItemKey key;

  if (redo)
    semio_study_redo_async (test->study, semio_test_ready_cb, &slot);
  else
    semio_study_undo_async (test->study, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_study_undo_finish (test->study, result, &key, error);
}

void
semio_test_study_verify (SemioTestStudy *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  semio_study_verify_async (test->study, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_study_verify_finish (test->study, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; report->findings && report->findings[i]; i++)
    g_test_message ("%s", report->findings[i]);
  g_assert_true (report->good);
}

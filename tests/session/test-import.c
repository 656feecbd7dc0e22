/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing labels and predictions: all or nothing, twice, against what stands, by name. */
#include "semio-test-home.h"
#include "semio-test-study.h"

static const char two[] = "file_name,tonic,justification_for_tonic\n"
                          "a.mp4,yes,Stiff.\n"
                          "b.mp4,no,Not stiff.\n";

static void
test_twice (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *path = semio_test_study_put (test, "p.csv", two);
  g_autofree char *changed =
      semio_test_study_put (test, "changed.csv", "file_name,tonic,justification_for_tonic\na.mp4,no,Stiff.\nb.mp4,no,Else.\n");
  g_autofree char *same_cells = semio_test_study_put (test, "same.csv",
                                                      "\357\273\277justification_for_tonic,TONIC,file_name\r\n"
                                                      "Not stiff.,NO.,b.mp4\r\n\"Stiff.\", Yes ,A.MP4\r\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, path, "run", TRUE, &error);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *other = NULL;
  g_autofree char *own_name = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (first);
  second = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, path, "run", TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strrstr (second, "Nothing changed"));
  /* Cells are compared, not files. */
  third = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, same_cells, "run", FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strrstr (third, "Nothing changed"));

  other = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, changed, "run", FALSE, &error);
  g_assert_null (other);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT);
  g_assert_nonnull (g_strrstr (error->message, "tonic: yes stands, the file has no"));
  g_assert_nonnull (g_strrstr (error->message, "tonic: another explanation"));
  g_clear_error (&error);
  own_name = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, changed, "run 2", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (semio_study_get_runs (test->study)->len, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (test->study)), ==, 2);
  semio_test_study_verify (test);
}

static void
test_names (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *path = semio_test_study_put (test, "p.csv", two);
  g_autofree char *part = semio_test_study_put (test, "part.csv", "file_name,tonic\na_1.mp4,yes\n");
  g_autofree char *twice = semio_test_study_put (test, "twice.csv", "file_name,tonic\na.mp4,yes\nA.m2t,yes\n");
  g_autofree char *broken = semio_test_study_put (test, "broken.csv", "file_name,tonic\na.mp4,yes\nb.mp4,perhaps\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, path, "run", FALSE, &error);

  g_assert_null (summary);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  g_assert_nonnull (g_strrstr (error->message, "a.mp4"));
  g_assert_cmpuint (semio_study_get_runs (test->study)->len, ==, 0);
  g_clear_error (&error);

  summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, path, "run", TRUE, &error);
  g_assert_no_error (error);
  g_clear_pointer (&summary, g_free);
  /* A part number is a candidate, never a match. */
  summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, part, "part", FALSE, &error);
  g_assert_null (summary);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  g_clear_error (&error);
  summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, twice, "twice", FALSE, &error);
  g_assert_null (summary);
  g_assert_nonnull (error);
  g_assert_nonnull (g_strrstr (error->message, "line 3"));
  g_clear_error (&error);
  summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, broken, "broken", FALSE, &error);
  g_assert_null (summary);
  g_assert_nonnull (g_strrstr (error->message, "broken.csv"));
  g_assert_nonnull (g_strrstr (error->message, "3"));
  g_assert_cmpuint (semio_study_get_runs (test->study)->len, ==, 1);
}

static SemioImport *
read_file (SemioTestStudy *test, SemioImportKind kind, const char *path, const char *map_path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) map = map_path ? g_file_new_for_path (map_path) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioImport *import;

  semio_import_read_async (test->study, kind, file, map, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  import = semio_import_read_finish (result, &error);
  g_assert_no_error (error);
  return import;
}

static void
test_preview (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *path = semio_test_study_put (test, "p.csv", two);
  g_autofree char *labels = semio_test_study_put (
      test, "r.csv", "file_name,gender,tonic,verbal_responsiveness,hair\nold.mp4,f,yes,,red\nz.mp4,m,,no,\n");
  g_autofree char *map = semio_test_study_put (test, "map.csv", "old,new\nold.mp4,a.mp4\n");
  g_autoptr (SemioImport) import = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, path, "run", TRUE, &error);

  g_assert_no_error (error);
  import = read_file (test, SEMIO_IMPORT_REFERENCE, labels, map);
  g_assert_cmpuint (semio_import_get_n_rows (import), ==, 2);
  g_assert_cmpuint (semio_import_get_n_columns (import), ==, 5);
  g_assert_cmpuint (semio_import_get_n_matched (import), ==, 1);
  g_assert_cmpstr (semio_import_get_unmatched_names (import)[0], ==, "z.mp4");
  g_assert_null (semio_import_get_unmatched_names (import)[1]);
  g_assert_nonnull (g_strrstr (semio_import_get_unmatched_recordings (import)[0], "b.mp4"));
  g_assert_cmpstr (semio_import_get_column (import, 4)->role, ==, "unknown");
  g_assert_cmpuint (semio_import_get_count (import, SEMIO_ANSWER_YES), ==, 1);
  g_assert_cmpuint (semio_import_get_count (import, SEMIO_ANSWER_MISSING), ==, 2);
  g_assert_cmpuint (semio_import_get_column (import, 3)->n_blank, ==, 1);
  semio_import_set_column_blank (import, 3, SEMIO_BLANK_NA);
  g_assert_cmpuint (semio_import_get_count (import, SEMIO_ANSWER_NA), ==, 1);
  g_assert_cmpuint (semio_import_get_count (import, SEMIO_ANSWER_MISSING), ==, 1);
  g_assert_cmpuint (semio_import_get_column (import, 2)->counts[SEMIO_ANSWER_MISSING], ==, 1);
}

/* The blank policy of a column reaches the labels; several sets may stand, one is current. */
static void
test_blank_and_sets (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *labels =
      semio_test_study_put (test, "r.csv", "file_name,tonic,verbal_responsiveness\na.mp4,yes,\nb.mp4,,no\n");
  g_autoptr (SemioImport) import = read_file (test, SEMIO_IMPORT_REFERENCE, labels, NULL);
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) edited = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *second = NULL;
  GAsyncResult *slot = NULL;
  SemioFeatureSet *set = semio_study_get_feature_set (test->study);
  guint verbal = (guint) semio_feature_set_find (set, "verbal_responsiveness");
  guint tonic = (guint) semio_feature_set_find (set, "tonic");
  GPtrArray *sets;
  gboolean done;

  semio_import_set_name (import, "One");
  semio_import_set_create (import, TRUE);
  semio_import_set_column_blank (import, 2, SEMIO_BLANK_NA);
  semio_import_commit_async (import, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  summary = semio_import_commit_finish (import, result, &error);
  g_assert_no_error (error);
  review = semio_test_study_review (test, "a.mp4");
  g_assert_true (semio_review_has_reference (review));
  g_assert_cmpint (semio_review_get_label (review, verbal).answer, ==, SEMIO_ANSWER_NA);
  g_assert_cmpint (semio_review_get_label (review, tonic).answer, ==, SEMIO_ANSWER_YES);
  g_clear_object (&review);
  review = semio_test_study_review (test, "b.mp4");
  g_assert_cmpint (semio_review_get_label (review, tonic).answer, ==, SEMIO_ANSWER_MISSING);

  second = semio_test_study_import (test, SEMIO_IMPORT_REFERENCE, labels, "Two", FALSE, &error);
  g_assert_no_error (error);
  sets = semio_study_get_reference_sets (test->study);
  g_assert_cmpuint (sets->len, ==, 2);
  g_assert_true (((SemioReferenceSet *) sets->pdata[0])->current);
  semio_study_set_current_reference_async (test->study, ((SemioReferenceSet *) sets->pdata[1])->id, semio_test_ready_cb, &slot);
  edited = semio_test_wait_for (&slot);
  done = semio_study_edit_finish (test->study, edited, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  sets = semio_study_get_reference_sets (test->study);
  g_assert_false (((SemioReferenceSet *) sets->pdata[0])->current);
  g_assert_true (((SemioReferenceSet *) sets->pdata[1])->current);
}

/* A check says what a commit would and writes nothing. */
static void
test_check (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *path = semio_test_study_put (test, "p.csv", two);
  g_autoptr (SemioImport) import = read_file (test, SEMIO_IMPORT_PREDICTIONS, path, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  GAsyncResult *slot = NULL;

  semio_import_set_name (import, "run");
  semio_import_set_create (import, TRUE);
  semio_import_check_async (import, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  summary = semio_import_check_finish (import, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strrstr (summary, "2 cells"));
  semio_test_study_reopen (test);
  g_assert_cmpuint (semio_study_get_runs (test->study)->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (test->study)), ==, 0);
}

#define ADD(path, func) g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down)

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  ADD ("/import/twice", test_twice);
  ADD ("/import/names", test_names);
  ADD ("/import/preview", test_preview);
  ADD ("/import/blank-and-sets", test_blank_and_sets);
  ADD ("/import/check", test_check);
  return semio_test_home_run ();
}

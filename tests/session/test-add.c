/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding videos through the real helper: what is added, joined, known, refused; lost and found again. */
#include <glib/gstdio.h>

#include "semio-study-metrics.h"
#include "semio-study-private.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

static char *clips;

static char *
copy_clip (SemioTestStudy *test, const char *clip, const char *name)
{
  g_autofree char *from = g_build_filename (clips, clip, NULL);
  char *to = g_build_filename (test->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (to);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (parent, 0700);
  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return to;
}

static const SemioAddResult *
find_result (GPtrArray *results, const char *name)
{
  for (guint i = 0; i < results->len; i++)
    {
      const SemioAddResult *result = results->pdata[i];
      g_autofree char *base = g_file_get_basename (result->file);

      if (g_str_equal (base, name))
        return result;
    }
  g_assert_not_reached ();
}

static void
check_poster (SemioTestStudy *test, gint64 recording_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) poster = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gsize length;
  const guint8 *data;

  semio_study_load_poster_async (test->study, recording_id, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  poster = semio_study_load_poster_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (poster);
  data = g_bytes_get_data (poster, &length);
  g_assert_cmpuint (length, >, 100);
  g_assert_cmpmem (data, 8, "\211PNG\r\n\032\n", 8);
}

static void
test_folder (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *a = copy_clip (test, "cfr.mp4", "in/P1@1@x@sz_v1.mp4");
  g_autofree char *b = copy_clip (test, "cfr.mp4", "in/deep/again.mp4");
  g_autofree char *c = copy_clip (test, "no-sound.mp4", "in/P1@1@x@sz_v2.mp4");
  g_autofree char *d = copy_clip (test, "text.mp4", "in/text.mp4");
  g_autofree char *e = copy_clip (test, "zero.mp4", "in/zero.mp4");
  g_autofree char *f = copy_clip (test, "truncated.mp4", "in/truncated.mp4");
  g_autofree char *folder = g_build_filename (test->folder, "in", NULL);
  g_autoptr (GPtrArray) results = semio_test_study_add (test, folder, FALSE);
  g_autoptr (GPtrArray) again = NULL;
  const SemioAddResult *first;
  const SemioRecording *recording;
  const SemioRecording *other;
  guint n_added = 0;
  guint n_known = 0;

  g_assert_cmpuint (results->len, ==, 6);
  for (guint i = 0; i < results->len; i++)
    {
      const SemioAddResult *result = results->pdata[i];

      g_test_message ("%s: %s %s", g_file_peek_path (result->file), semio_add_outcome_to_id (result->outcome), result->message);
      n_added += result->outcome == SEMIO_ADD_ADDED;
      n_known += result->outcome == SEMIO_ADD_KNOWN;
    }
  g_assert_cmpuint (n_added, ==, 2);
  g_assert_cmpuint (n_known, ==, 1);
  g_assert_cmpint (find_result (results, "text.mp4")->outcome, ==, SEMIO_ADD_REFUSED);
  g_assert_cmpint (find_result (results, "zero.mp4")->outcome, ==, SEMIO_ADD_REFUSED);
  g_assert_cmpint (find_result (results, "truncated.mp4")->outcome, ==, SEMIO_ADD_REFUSED);
  g_assert_cmpstr (find_result (results, "zero.mp4")->message, !=, "");

  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (test->study)), ==, 2);
  recording = semio_case_get_recording (semio_study_find_case (test->study, find_result (results, "again.mp4")->recording_id));
  other = semio_test_study_find (test, "P1@1@x@sz_v2.mp4");
  g_assert_true (recording->has_media);
  g_assert_cmpint (recording->width_px, ==, 320);
  g_assert_cmpint (recording->n_frames, ==, 240);
  g_assert_cmpint (recording->duration_ns, ==, 8 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (recording->sound, ==, SEMIO_SOUND_PRESENT);
  g_assert_cmpint (other->sound, ==, SEMIO_SOUND_NONE);
  g_assert_true (g_regex_match_simple ("^R[0-9]{3,}$", recording->pseudonym, 0, 0));
  first = find_result (results, "again.mp4");
  g_assert_true (semio_case_get_media_found (semio_study_find_case (test->study, first->recording_id)));
  check_poster (test, first->recording_id);

  again = semio_test_study_add (test, folder, FALSE);
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpint (((SemioAddResult *) again->pdata[i])->outcome, >=, SEMIO_ADD_KNOWN);
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (test->study)), ==, 2);
  semio_test_study_verify (test);
}

/* Labels first, the video later: everything hangs on the same recording. */
static void
test_joined_by_name (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *csv =
      semio_test_study_put (test, "p.csv", "file_name,tonic,justification_for_tonic\nP1@1@x@sz_v1.m2t,yes,Stiff.\n");
  g_autofree char *video = copy_clip (test, "cfr.mp4", "p1@1@x@SZ_V1.mp4");
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, csv, "run", TRUE, &error);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) stored = NULL;
  const SemioRecording *recording;
  SemioFrameIndex *index;
  gint64 id;

  g_assert_no_error (error);
  review = semio_test_study_review (test, "P1@1@x@sz_v1.m2t");
  g_assert_null (semio_review_get_file (review));
  g_assert_null (semio_review_get_frame_index (review));
  stored = semio_test_study_rate (test, review, 0, 4, &error);
  g_assert_no_error (error);
  id = semio_review_get_recording (review)->id;
  g_clear_object (&review);

  results = semio_test_study_add (test, video, FALSE);
  g_assert_cmpuint (results->len, ==, 1);
  g_assert_cmpint (((SemioAddResult *) results->pdata[0])->outcome, ==, SEMIO_ADD_JOINED);
  g_assert_cmpint (((SemioAddResult *) results->pdata[0])->recording_id, ==, id);
  recording = semio_case_get_recording (semio_study_find_case (test->study, id));
  g_assert_true (recording->has_media);
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (test->study)), ==, 1);
  review = semio_test_study_review (test, recording->source_name);
  g_assert_nonnull (semio_review_get_file (review));
  index = semio_review_get_frame_index (review);
  g_assert_nonnull (index);
  g_assert_cmpint (semio_frame_index_get_n_frames (index), ==, 240);
  g_assert_cmpint (semio_review_get_item (review, 0)->rating->score, ==, 4);
}

/* Two files of one name: listed, never chosen between. */
static void
test_two_candidates (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *csv = semio_test_study_put (test, "p.csv", "file_name,tonic\nsame.mp4,yes\n");
  g_autofree char *a = copy_clip (test, "cfr.mp4", "in/same.mp4");
  g_autofree char *b = copy_clip (test, "no-sound.mp4", "in/deep/SAME.mp4");
  g_autofree char *folder = g_build_filename (test->folder, "in", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, csv, "run", TRUE, &error);
  g_autoptr (GPtrArray) results = NULL;

  g_assert_no_error (error);
  results = semio_test_study_add (test, folder, FALSE);
  g_assert_cmpuint (results->len, ==, 2);
  for (guint i = 0; i < results->len; i++)
    g_assert_cmpint (((SemioAddResult *) results->pdata[i])->outcome, ==, SEMIO_ADD_REFUSED);
  g_assert_false (semio_test_study_find (test, "same.mp4")->has_media);
}

static void
forget_where (void)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "semioscope", "hashes", NULL);

  g_remove (cache);
}

static void
test_lost_and_found (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *outside = g_dir_make_tmp ("semio-outside-XXXXXX", NULL);
  g_autofree char *elsewhere = g_build_filename (outside, "other name.mp4", NULL);
  g_autofree char *video = copy_clip (test, "cfr.mp4", "v.mp4");
  g_autoptr (GPtrArray) results = semio_test_study_add (test, video, FALSE);
  g_autoptr (GFile) folder = g_file_new_for_path (outside);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gint64 id = ((SemioAddResult *) results->pdata[0])->recording_id;

  g_assert_cmpint (id, !=, 0);
  semio_test_study_reopen (test);
  semio_test_wait_media (test);
  g_assert_true (semio_case_get_media_found (semio_study_find_case (test->study, id)));

  semio_test_study_close (test);
  g_assert_cmpint (g_rename (video, elsewhere), ==, 0);
  forget_where ();
  semio_test_study_open (test);
  semio_test_wait_media (test);
  g_assert_false (semio_case_get_media_found (semio_study_find_case (test->study, id)));

  semio_add_locate_async (test->study, folder, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  found = semio_add_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (semio_case_get_media_found (semio_study_find_case (test->study, id)));
  semio_test_study_reopen (test);
  semio_test_wait_media (test);
  g_assert_true (semio_case_get_media_found (semio_study_find_case (test->study, id)));
  g_remove (elsewhere);
  g_rmdir (outside);
}

static void
test_copy (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *video = copy_clip (test, "cfr.mp4", "in/Name of a Patient.MP4");
  g_autoptr (GPtrArray) results = semio_test_study_add (test, video, TRUE);
  const SemioAddResult *result = results->pdata[0];
  g_autofree char *name = g_strconcat (result->pseudonym, ".mp4", NULL);
  g_autofree char *copy = g_build_filename (test->folder, "Study-media", name, NULL);

  g_assert_cmpint (result->outcome, ==, SEMIO_ADD_ADDED);
  g_assert_true (g_file_test (copy, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (g_file_peek_path (semio_study_get_media_file (test->study, result->recording_id)), ==, copy);
}

static void
test_no_sound (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *video = copy_clip (test, "no-sound.mp4", "v.mp4");
  g_autofree char *silent = copy_clip (test, "silent.mp4", "s.mp4");
  g_autofree char *csv = semio_test_study_put (
      test, "p.csv",
      "file_name,ictal_vocalization,justification_for_ictal_vocalization,tonic\nv.mp4,yes,A groan.,yes\ns.mp4,no,None.,no\n");
  g_autofree char *labels =
      semio_test_study_put (test, "r.csv", "file_name,ictal_vocalization,tonic\nv.mp4,yes,yes\ns.mp4,no,no\n");
  g_autoptr (GPtrArray) added = semio_test_study_add (test, video, FALSE);
  g_autoptr (GPtrArray) added_silent = semio_test_study_add (test, silent, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, csv, "run", FALSE, &error);
  g_autofree char *second = semio_test_study_import (test, SEMIO_IMPORT_REFERENCE, labels, "ref", FALSE, &error);
  g_autoptr (SemioRating) cannot = semio_rating_new ();
  g_autoptr (SemioRating) stored = NULL;
  const char *names[] = { "v.mp4", "s.mp4" };

  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SemioReview) review = semio_test_study_review (test, names[i]);
      guint item = semio_test_study_find_item (test, review, "ictal_vocalization", 0);
      g_autoptr (SemioRating) refused = semio_test_study_rate (test, review, item, 3, &error);
      g_autoptr (GPtrArray) history = semio_review_get_history (review, item);

      g_assert_null (refused);
      g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED);
      g_assert_nonnull (g_strrstr (error->message, "X"));
      g_clear_error (&error);
      g_assert_cmpuint (history->len, ==, 0);
      cannot->key = semio_review_get_item (review, item)->key;
      cannot->cannot_judge = SEMIO_CANNOT_JUDGE_NO_SOUND;
      g_clear_pointer (&stored, semio_rating_unref);
      stored = semio_test_study_judge (test, review, cannot, &error);
      g_assert_no_error (error);
      g_assert_cmpint (stored->cannot_judge, ==, SEMIO_CANNOT_JUDGE_NO_SOUND);
      g_assert_true (semio_item_is_rated (semio_review_get_item (review, item)));
    }
  {
    g_autoptr (SemioMetricsReport) report = NULL;
    g_autoptr (GAsyncResult) result = NULL;
    GAsyncResult *slot = NULL;

    semio_study_metrics_async (test->study, SEMIO_METRICS_POLICY_DEFAULT, NULL, semio_test_ready_cb, &slot);
    result = semio_test_wait_for (&slot);
    report = semio_study_metrics_finish (test->study, result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (report->rows->len, ==, 2);
    g_assert_cmpuint (g_array_index (report->rows, SemioMetricsRow, 0).metrics.scored, ==, 2);
    g_assert_cmpuint (g_array_index (report->rows, SemioMetricsRow, 1).metrics.scored, ==, 0);
    g_assert_cmpuint (g_array_index (report->rows, SemioMetricsRow, 1).metrics.left_out, ==, 2);
    g_assert_cmpuint (g_strv_length (report->remarks), ==, 2);
  }
}

static void
cancel_cb (double fraction, const char *what, gpointer cancellable)
{
  if (fraction > 0.5)
    g_cancellable_cancel (cancellable);
}

static void
test_cancel_keeps (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *a = copy_clip (test, "cfr.mp4", "in/a.mp4");
  g_autofree char *b = copy_clip (test, "h264.mkv", "in/b.mkv");
  g_autofree char *c = copy_clip (test, "vp8.webm", "in/c.webm");
  g_autofree char *folder = g_build_filename (test->folder, "in", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  g_ptr_array_add (files, g_file_new_for_path (folder));
  semio_add_async (test->study, files, NULL, cancel_cb, cancellable, cancellable, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  results = semio_add_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, <, 3);
  g_assert_cmpuint (results->len, ==, g_list_model_get_n_items (semio_study_get_cases (test->study)));
  semio_test_study_verify (test);
}

static void
count_cb (SemioStudy *study, guint *n_times)
{
  (*n_times)++;
}

/* Whoever waits for the end of looking for videos is told once, when nothing looks any more, found or not. */
static void
test_searched (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *video = copy_clip (test, "cfr.mp4", "searched.mp4");
  g_autoptr (GPtrArray) results = semio_test_study_add (test, video, FALSE);
  g_autoptr (GPtrArray) nowhere = g_ptr_array_new ();
  gint64 id = ((SemioAddResult *) results->pdata[0])->recording_id;
  guint n_times = 0;

  semio_test_wait_media (test);
  semio_test_study_close (test);
  g_assert_cmpint (g_remove (video), ==, 0);
  semio_test_study_open (test);
  g_signal_connect (test->study, "media-searched", G_CALLBACK (count_cb), &n_times);
  if (!semio_study_is_finding_media (test->study))
    semio_study_find_media (test->study);
  /* Asked again meanwhile: the end is that of the last search. */
  semio_study_set_media_folders (test->study, nowhere);
  g_assert_cmpuint (n_times, ==, 0);
  semio_test_wait_media (test);
  g_assert_cmpuint (n_times, ==, 1);
  g_assert_false (semio_study_is_finding_media (test->study));
  g_assert_false (semio_case_get_media_found (semio_study_find_case (test->study, id)));
}

#define ADD(path, func) g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down)

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  clips = semio_test_home_make_clips (argv[1]);
  ADD ("/add/folder", test_folder);
  ADD ("/add/joined-by-name", test_joined_by_name);
  ADD ("/add/two-candidates", test_two_candidates);
  ADD ("/add/lost-and-found", test_lost_and_found);
  ADD ("/add/searched", test_searched);
  ADD ("/add/copy", test_copy);
  ADD ("/add/no-sound", test_no_sound);
  ADD ("/add/cancel-keeps", test_cancel_keeps);
  status = semio_test_home_run ();
  g_free (clips);
  return status;
}

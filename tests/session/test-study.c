/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a study without videos: labels and predictions from files, judgements, undo, drafts, what was seen. */
#include <string.h>

#include "semio-study-copy.h"
#include "semio-study-metrics.h"
#include "semio-study-private.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

static const char predictions[] =
    "file_name,tonic,justification_for_tonic,ictal_vocalization,justification_for_ictal_vocalization,"
    "verbal_responsiveness,comment\r\n"
    "A1@1@x@sz_v1_segment_1.mp4,No,\"Nothing, \"\"yet\"\".\",no,Silence.,na,x\r\n"
    "A1@1@x@sz_v1_segment_2.mp4,YES. ,\"The right arm stiffens.\nThen the left.\",no,Silence.,na,x\r\n"
    "A2@1@x@sz_v1_segment_1.mp4,no,fail,yes,A groan.,,x\r\n";
static const char reference[] = "file_name,tonic,ictal_vocalization,start_time,end_time,label\n"
                                "A1@1@x@sz_v1.mp4,yes,no,0:05,0:50,1\n"
                                "A2@1@x@sz_v1.m2t,no,,,,NES\n";

static void
import_both (SemioTestStudy *test)
{
  g_autofree char *p = semio_test_study_put (test, "predictions.csv", predictions);
  g_autofree char *r = semio_test_study_put (test, "reference.csv", reference);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, p, "model one", TRUE, &error);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (first);
  second = semio_test_study_import (test, SEMIO_IMPORT_REFERENCE, r, "Consensus", FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (second);
}

static void
test_life (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) stored = NULL;
  g_autoptr (GError) error = NULL;
  const SemioItem *item;
  guint tonic;
  guint n_rated;
  guint n_items;

  import_both (test);
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (test->study)), ==, 2);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, review, "tonic", 0);
  item = semio_review_get_item (review, tonic);
  g_assert_cmpint (item->answer, ==, SEMIO_ANSWER_YES);
  g_assert_cmpuint (item->n_segments, ==, 2);
  g_assert_cmpstr (item->explanations[1], ==, "The right arm stiffens.\nThen the left.");
  g_assert_true (item->cited[1]);
  g_assert_false (item->cited[0]);
  g_assert_cmpint (semio_review_get_event (review)->onset_ns, ==, 5 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (semio_review_get_label (review, item->key.feature).answer, ==, SEMIO_ANSWER_YES);
  g_assert_cmpstr (semio_review_get_run_label (review, 0), ==, "A");

  stored = semio_test_study_rate (test, review, tonic, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->score, ==, 4);
  g_assert_cmpint (stored->person_id, ==, test->person->id);
  g_assert_false (semio_uuid_is_nil (&stored->entry));
  g_assert_true (semio_sha256_equal (&stored->explanation, &item->shown));
  g_assert_true (semio_item_is_rated (semio_review_get_item (review, tonic)));
  semio_study_get_progress (test->study, &n_rated, &n_items, NULL);
  g_assert_cmpuint (n_rated, ==, 1);
  g_assert_cmpuint (n_items, ==, 4);
  g_clear_object (&review);

  semio_test_study_reopen (test);
  semio_study_get_progress (test->study, &n_rated, &n_items, NULL);
  g_assert_cmpuint (n_rated, ==, 1);
  g_assert_cmpuint (n_items, ==, 4);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  g_assert_cmpint (semio_review_get_item (review, tonic)->rating->score, ==, 4);
  semio_test_study_verify (test);
}

/* The first item that is open, in the order of the queue, through the cases. */
static void
test_queue (SemioTestStudy *test, gconstpointer data)
{
  SemioItemKey key;
  guint n = 0;

  import_both (test);
  while (semio_study_find_next_item (test->study, NULL, &key))
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SemioReview) review = NULL;
      g_autoptr (SemioRating) stored = NULL;
      g_autoptr (GError) error = NULL;
      GAsyncResult *slot = NULL;
      gint64 before_id = key.recording_id;

      semio_study_load_review_async (test->study, key.recording_id, NULL, semio_test_ready_cb, &slot);
      result = semio_test_wait_for (&slot);
      review = semio_study_load_review_finish (test->study, result, &error);
      g_assert_no_error (error);
      stored =
          semio_test_study_rate (test, review, (guint) semio_review_find_item (review, key.feature, 0), 1 + (int) n % 5, &error);
      g_assert_no_error (error);
      g_assert_cmpint (stored->key.recording_id, ==, before_id);
      g_assert_cmpuint (++n, <=, 4);
    }
  g_assert_cmpuint (n, ==, 4);
}

static void
test_undo (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) four = NULL;
  g_autoptr (SemioRating) five = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;
  guint tonic;

  import_both (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, review, "tonic", 0);
  g_assert_false (semio_study_can_undo (test->study));

  /* Undoing a first judgement withdraws it. */
  four = semio_test_study_rate (test, review, tonic, 4, &error);
  g_assert_no_error (error);
  done = semio_test_study_undo (test, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_null (semio_review_get_item (review, tonic)->rating);
  g_assert_true (semio_study_can_redo (test->study));
  done = semio_test_study_undo (test, TRUE, &error);
  g_assert_true (done);
  g_assert_cmpint (semio_review_get_item (review, tonic)->rating->score, ==, 4);

  /* Undoing a correction supersedes it with what stood before. */
  five = semio_test_study_rate (test, review, tonic, 5, &error);
  g_assert_no_error (error);
  done = semio_test_study_undo (test, FALSE, &error);
  g_assert_true (done);
  g_assert_cmpint (semio_review_get_item (review, tonic)->rating->score, ==, 4);
  g_assert_false (semio_review_get_item (review, tonic)->has_conflict);

  history = semio_review_get_history (review, tonic);
  g_assert_cmpuint (history->len, ==, 5);
  g_assert_true (((SemioRating *) history->pdata[3])->withdrawn);
  for (guint i = 1; i < history->len; i++)
    g_assert_false (((SemioRating *) history->pdata[i])->current);
  g_assert_true (((SemioRating *) history->pdata[0])->current);

  /* Only this session's. */
  g_clear_object (&review);
  semio_test_study_reopen (test);
  g_assert_false (semio_study_can_undo (test->study));
  done = semio_test_study_undo (test, FALSE, &error);
  g_assert_false (done);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  semio_test_study_verify (test);
}

/* Calls made one after the other without waiting are stored in that order. */
static void
test_quick_hands (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) rating = semio_rating_new ();
  GAsyncResult *slots[4] = { NULL };
  guint tonic;

  import_both (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, review, "tonic", 0);
  rating->key = semio_review_get_item (review, tonic)->key;
  rating->score = 2;
  semio_study_rate_async (test->study, review, rating, semio_test_ready_cb, &slots[0]);
  rating->score = 5;
  semio_study_rate_async (test->study, review, rating, semio_test_ready_cb, &slots[1]);
  g_assert_true (semio_study_can_undo (test->study));
  semio_study_undo_async (test->study, semio_test_ready_cb, &slots[2]);
  semio_study_redo_async (test->study, semio_test_ready_cb, &slots[3]);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autoptr (GAsyncResult) result = semio_test_wait_for (&slots[i]);

      g_assert_nonnull (result);
    }
  g_assert_cmpint (semio_review_get_item (review, tonic)->rating->score, ==, 5);
  {
    g_autoptr (GPtrArray) history = semio_review_get_history (review, tonic);

    g_assert_cmpuint (history->len, ==, 4);
    g_assert_cmpint (((SemioRating *) history->pdata[1])->score, ==, 2);
  }
}

/* A review that is loaded while a judgement is on its way shows it. */
static void
test_loaded_while_judging (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) rating = semio_rating_new ();
  g_autoptr (GError) error = NULL;
  guint tonic;

  import_both (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, review, "tonic", 0);
  rating->key = semio_review_get_item (review, tonic)->key;
  for (int i = 0; i < 20; i++)
    {
      g_autoptr (GAsyncResult) loaded = NULL;
      g_autoptr (GAsyncResult) rated = NULL;
      g_autoptr (SemioReview) other = NULL;
      GAsyncResult *slots[2] = { NULL };

      rating->score = 1 + i % 5;
      semio_study_rate_async (test->study, review, rating, semio_test_ready_cb, &slots[0]);
      semio_study_load_review_async (test->study, rating->key.recording_id, NULL, semio_test_ready_cb, &slots[1]);
      loaded = semio_test_wait_for (&slots[1]);
      rated = semio_test_wait_for (&slots[0]);
      other = semio_study_load_review_finish (test->study, loaded, &error);
      g_assert_no_error (error);
      g_assert_cmpint (semio_review_get_item (other, tonic)->rating->score, ==, rating->score);
    }
}

static void
test_withdraw (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) stored = NULL;
  g_autoptr (SemioRating) gone = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  guint tonic;
  guint n_rated;

  import_both (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, review, "tonic", 0);
  stored = semio_test_study_rate (test, review, tonic, 3, &error);
  g_assert_no_error (error);
  semio_study_get_progress (test->study, &n_rated, NULL, NULL);
  g_assert_cmpuint (n_rated, ==, 1);
  semio_study_withdraw_async (test->study, review, tonic, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  gone = semio_study_rate_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_true (gone->withdrawn);
  g_assert_null (semio_review_get_item (review, tonic)->rating);
  semio_study_get_progress (test->study, &n_rated, NULL, NULL);
  g_assert_cmpuint (n_rated, ==, 0);
}

static void
test_draft (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) rating = semio_rating_new ();
  g_autoptr (SemioRating) stored = NULL;
  g_autoptr (GError) error = NULL;
  guint tonic;

  import_both (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, review, "tonic", 0);
  semio_study_set_draft (test->study, review, tonic, "the left a");
  semio_study_set_draft (test->study, review, tonic, "the left arm");
  g_clear_object (&review);

  /* Another opening of the file sees it half a second later, though nothing was closed. */
  semio_test_run_ms (500);
  {
    SemioTestStudy other = *test;

    semio_test_study_open (&other);
    review = semio_test_study_review (&other, "A1@1@x@sz_v1.mp4");
    g_assert_cmpstr (semio_review_get_item (review, tonic)->draft, ==, "the left arm");
    g_clear_object (&review);
    semio_test_study_close (&other);
  }

  semio_test_study_reopen (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  g_assert_cmpstr (semio_review_get_item (review, tonic)->draft, ==, "the left arm");
  rating->key = semio_review_get_item (review, tonic)->key;
  rating->comment = g_strdup ("the left arm");
  stored = semio_test_study_judge (test, review, rating, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stored->comment, ==, "the left arm");
  g_assert_null (semio_review_get_item (review, tonic)->draft);
  /* A comment alone is no judgement. */
  g_assert_false (semio_item_is_rated (semio_review_get_item (review, tonic)));
  g_clear_object (&review);
  semio_test_study_reopen (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  g_assert_null (semio_review_get_item (review, tonic)->draft);
  g_assert_cmpstr (semio_review_get_item (review, tonic)->rating->comment, ==, "the left arm");
}

static void
reveal (SemioTestStudy *test, SemioReview *review, gboolean reference_too, gboolean runs)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gboolean done;

  semio_study_reveal_async (test->study, review, reference_too, runs, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  done = semio_study_edit_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* What was revealed marks the ratings that follow, hidden again or not, now and after reopening. */
static void
test_exposure (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (SemioRating) before = NULL;
  g_autoptr (SemioRating) after = NULL;
  g_autoptr (SemioRating) later = NULL;
  g_autoptr (GError) error = NULL;
  guint tonic;
  guint sound;

  import_both (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, review, "tonic", 0);
  sound = semio_test_study_find_item (test, review, "ictal_vocalization", 0);
  before = semio_test_study_rate (test, review, tonic, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpint (before->visible & SEMIO_VISIBLE_REFERENCE, ==, 0);

  reveal (test, review, TRUE, FALSE);
  g_assert_true (semio_review_is_reference_revealed (review));
  g_assert_false (semio_review_are_runs_revealed (review));
  semio_study_hide (test->study, review, TRUE, FALSE);
  g_assert_false (semio_review_is_reference_revealed (review));
  after = semio_test_study_rate (test, review, sound, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after->visible & SEMIO_VISIBLE_REFERENCE, ==, SEMIO_VISIBLE_REFERENCE);
  g_assert_cmpint (after->visible & SEMIO_VISIBLE_RUN_NAME, ==, 0);
  g_clear_object (&review);

  semio_test_study_reopen (test);
  review = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  g_assert_false (semio_review_is_reference_revealed (review));
  reveal (test, review, FALSE, TRUE);
  g_assert_cmpstr (semio_review_get_run_label (review, 0), ==, "model one");
  later = semio_test_study_rate (test, review, tonic, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (later->visible & SEMIO_VISIBLE_REFERENCE, ==, SEMIO_VISIBLE_REFERENCE);
  g_assert_cmpint (later->visible & SEMIO_VISIBLE_RUN_NAME, ==, SEMIO_VISIBLE_RUN_NAME);

  /* Each is hidden again by itself. */
  reveal (test, review, TRUE, FALSE);
  semio_study_hide (test->study, review, FALSE, TRUE);
  g_assert_true (semio_review_is_reference_revealed (review));
  g_assert_false (semio_review_are_runs_revealed (review));
  reveal (test, review, FALSE, TRUE);
  semio_study_hide (test->study, review, TRUE, FALSE);
  g_assert_false (semio_review_is_reference_revealed (review));
  g_assert_true (semio_review_are_runs_revealed (review));
}

/* The progress and the judgements are the chosen person's. */
static void
test_persons (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioPerson) other = NULL;
  g_autoptr (SemioReview) mine = NULL;
  g_autoptr (SemioReview) theirs = NULL;
  g_autoptr (SemioRating) stored = NULL;
  g_autoptr (SemioRating) refused = NULL;
  g_autoptr (SemioReview) nobodys = NULL;
  g_autoptr (GError) error = NULL;
  guint tonic;
  guint n_rated;

  import_both (test);
  other = semio_test_study_add_person (test, "Resident");
  mine = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, mine, "tonic", 0);
  stored = semio_test_study_rate (test, mine, tonic, 3, &error);
  g_assert_no_error (error);

  semio_study_set_person (test->study, other);
  semio_study_get_progress (test->study, &n_rated, NULL, NULL);
  g_assert_cmpuint (n_rated, ==, 0);
  g_assert_false (semio_study_can_undo (test->study));
  theirs = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  g_assert_null (semio_review_get_item (theirs, tonic)->rating);

  semio_study_set_person (test->study, test->person);
  semio_study_get_progress (test->study, &n_rated, NULL, NULL);
  g_assert_cmpuint (n_rated, ==, 1);
  g_assert_true (semio_study_can_undo (test->study));

  semio_study_set_person (test->study, NULL);
  nobodys = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  refused = semio_test_study_rate (test, nobodys, tonic, 3, &error);
  g_assert_null (refused);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED);
}

static void
count_cb (gpointer source, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* What another opening of the file writes arrives once the window asks. */
static void
test_other_process (SemioTestStudy *test, gconstpointer data)
{
  SemioTestStudy other = { .folder = test->folder, .file = test->file };
  g_autoptr (SemioReview) mine = NULL;
  g_autoptr (SemioReview) theirs = NULL;
  g_autoptr (SemioRating) stored = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;
  guint n_rated;
  guint tonic;

  import_both (test);
  mine = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  tonic = semio_test_study_find_item (test, mine, "tonic", 0);
  g_signal_connect (test->study, "changed", G_CALLBACK (count_cb), &n_changed);
  semio_study_check_for_changes (test->study);
  semio_test_run_ms (100);
  n_changed = 0;

  semio_test_study_open (&other);
  theirs = semio_test_study_review (&other, "A1@1@x@sz_v1.mp4");
  stored = semio_test_study_rate (&other, theirs, tonic, 5, &error);
  g_assert_no_error (error);
  g_clear_object (&theirs);
  semio_study_check_for_changes (test->study);
  for (guint i = 0; i < 40 && !semio_review_get_item (mine, tonic)->rating; i++)
    semio_test_run_ms (50);
  g_assert_cmpuint (n_changed, >=, 1);
  g_assert_nonnull (semio_review_get_item (mine, tonic)->rating);
  g_assert_cmpint (semio_review_get_item (mine, tonic)->rating->score, ==, 5);
  semio_study_get_progress (test->study, &n_rated, NULL, NULL);
  g_assert_cmpuint (n_rated, ==, 1);
  semio_test_study_close (&other);
}

static gboolean
edited (SemioTestStudy *test, GAsyncResult **slot, GError **error)
{
  g_autoptr (GAsyncResult) result = semio_test_wait_for (slot);

  return semio_study_edit_finish (test->study, result, error);
}

static void
test_corrections (SemioTestStudy *test, gconstpointer data)
{
  const SemioRecording *a;
  const SemioRecording *b;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gint64 id;
  gboolean done;

  import_both (test);
  a = semio_test_study_find (test, "A1@1@x@sz_v1.mp4");
  b = semio_test_study_find (test, "A2@1@x@sz_v1.mp4");
  g_assert_cmpstr (a->patient, !=, b->patient);
  id = a->id;
  semio_study_set_pseudonym_async (test->study, id, "R9999", semio_test_ready_cb, &slot);
  done = edited (test, &slot, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpstr (semio_case_get_recording (semio_study_find_case (test->study, id))->pseudonym, ==, "R9999");
  b = semio_test_study_find (test, "A2@1@x@sz_v1.mp4");
  semio_study_set_pseudonym_async (test->study, b->id, "R9999", semio_test_ready_cb, &slot);
  done = edited (test, &slot, &error);
  g_assert_false (done);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_DUPLICATE);
  g_clear_error (&error);
  semio_study_set_mirrored_async (test->study, id, TRUE, semio_test_ready_cb, &slot);
  done = edited (test, &slot, &error);
  g_assert_no_error (error);
  semio_study_set_patient_async (test->study, id, "P77", semio_test_ready_cb, &slot);
  done = edited (test, &slot, &error);
  g_assert_no_error (error);
  semio_study_set_case_done_async (test->study, id, TRUE, semio_test_ready_cb, &slot);
  done = edited (test, &slot, &error);
  g_assert_no_error (error);
  semio_test_study_reopen (test);
  a = semio_case_get_recording (semio_study_find_case (test->study, id));
  g_assert_cmpstr (a->patient, ==, "P77");
  g_assert_true (a->mirrored);
  g_assert_cmpstr (semio_case_get_title (semio_study_find_case (test->study, id)), ==, "P77 · R9999");
  g_assert_true (semio_case_get_done (semio_study_find_case (test->study, id)));
  semio_test_study_verify (test);
}

static void
test_metrics (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioMetricsReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  const SemioMetricsRow *row;

  semio_study_metrics_async (test->study, SEMIO_METRICS_POLICY_DEFAULT, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_study_metrics_finish (test->study, result, &error);
  g_assert_null (report);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_object (&result);

  import_both (test);
  semio_study_metrics_async (test->study, SEMIO_METRICS_POLICY_DEFAULT, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_study_metrics_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->rows->len, ==, 3);
  /* Tonic: one yes found, and a fail that stands as "no" with "fail" for a no: wrong. */
  row = &g_array_index (report->rows, SemioMetricsRow, 0);
  g_assert_cmpuint (row->metrics.positives, ==, 1);
  g_assert_cmpuint (row->metrics.scored, ==, 2);
  g_assert_cmpfloat (row->metrics.accuracy, ==, 0.5);
  g_assert_cmpfloat (row->metrics.recall, ==, 1);
}

/* A copy is a study of its own file; what stands at the place is not touched. */
static void
test_save_copy (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *path = g_build_filename (test->folder, "Copy.semio", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SemioStudy *copy;
  GAsyncResult *slot = NULL;
  gsize before_size, after_size;
  gboolean done;

  import_both (test);
  semio_study_save_copy_async (test->study, target, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  first = semio_test_wait_for (&slot);
  done = semio_study_save_copy_finish (test->study, first, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  done = g_file_get_contents (path, &before, &before_size, &error);
  g_assert_no_error (error);
  semio_study_save_copy_async (test->study, target, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  second = semio_test_wait_for (&slot);
  done = semio_study_save_copy_finish (test->study, second, &error);
  g_assert_false (done);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "is there already"));
  g_clear_error (&error);
  done = g_file_get_contents (path, &after, &after_size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (before, before_size, after, after_size);

  copy = semio_study_open_sync (target, &error);
  g_assert_no_error (error);
  g_assert_true (semio_uuid_equal (semio_study_get_uuid (copy), semio_study_get_uuid (test->study)));
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (copy)), ==,
                    g_list_model_get_n_items (semio_study_get_cases (test->study)));
  done = semio_study_close_sync (copy, &error);
  g_assert_no_error (error);
  g_object_unref (copy);
}

/* The newest good backup stands for a file that was cut, and is copied beside it. */
static void
test_backup (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *path = g_file_get_path (test->file);
  g_autofree char *new_path = g_build_filename (test->folder, "Restored.semio", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (new_path);
  g_autoptr (GAsyncResult) backed_up = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) restored = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GFile) backup = NULL;
  g_autoptr (GError) error = NULL;
  SemioStudy *study;
  GAsyncResult *slot = NULL;
  gint64 made_us = 0;
  gboolean done;

  import_both (test);
  semio_store_service_back_up_async (test->study->store, 0, NULL, semio_test_ready_cb, &slot);
  backed_up = semio_test_wait_for (&slot);
  done = semio_store_service_back_up_finish (test->study->store, backed_up, &error);
  g_assert_no_error (error);
  semio_test_study_close (test);
  done = g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
  study = semio_study_open_sync (test->file, &error);
  g_assert_null (study);
  g_assert_true (semio_study_is_damage (error));
  g_clear_error (&error);

  semio_study_find_backup_async (test->file, NULL, semio_test_ready_cb, &slot);
  found = semio_test_wait_for (&slot);
  backup = semio_study_find_backup_finish (found, &made_us, &error);
  g_assert_no_error (error);
  g_assert_nonnull (backup);
  g_assert_cmpint (made_us, >, 0);
  semio_study_restore_backup_async (backup, test->file, NULL, semio_test_ready_cb, &slot);
  refused = semio_test_wait_for (&slot);
  done = semio_study_restore_backup_finish (refused, &error);
  g_assert_false (done);
  g_assert_nonnull (error);
  g_clear_error (&error);
  semio_study_restore_backup_async (backup, target, NULL, semio_test_ready_cb, &slot);
  restored = semio_test_wait_for (&slot);
  done = semio_study_restore_backup_finish (restored, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  study = semio_study_open_sync (target, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (study)), >, 0);
  done = semio_study_close_sync (study, &error);
  g_assert_no_error (error);
  g_object_unref (study);
}

#define ADD(path, func) g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down)

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  ADD ("/study/life", test_life);
  ADD ("/study/queue", test_queue);
  ADD ("/study/undo", test_undo);
  ADD ("/study/quick-hands", test_quick_hands);
  ADD ("/study/loaded-while-judging", test_loaded_while_judging);
  ADD ("/study/withdraw", test_withdraw);
  ADD ("/study/draft", test_draft);
  ADD ("/study/exposure", test_exposure);
  ADD ("/study/persons", test_persons);
  ADD ("/study/other-process", test_other_process);
  ADD ("/study/corrections", test_corrections);
  ADD ("/study/metrics", test_metrics);
  ADD ("/study/save-copy", test_save_copy);
  ADD ("/study/backup", test_backup);
  return semio_test_home_run ();
}

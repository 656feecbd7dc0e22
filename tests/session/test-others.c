/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other persons rated: told while the reference is shown and no sooner, and written into the ratings that follow. */
#include "semio-test-home.h"
#include "semio-test-study.h"

static const char predictions[] = "file_name,tonic,justification_for_tonic\r\n"
                                  "A1@1@x@sz_v1_segment_1.mp4,No,Nothing yet.\r\n"
                                  "A1@1@x@sz_v1_segment_2.mp4,Yes,The right arm stiffens.\r\n";
static const char reference[] = "file_name,tonic,start_time,end_time,label\nA1@1@x@sz_v1.mp4,yes,0:05,0:50,1\n";

static SemioReview *
open_review (SemioTestStudy *test)
{
  return semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
}

static void
import (SemioTestStudy *test)
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

/* What the review holds of the person's own afterwards. */
static SemioVisible
rate (SemioTestStudy *test, SemioReview *review, int score)
{
  guint tonic = semio_test_study_find_item (test, review, "tonic", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) rating = semio_test_study_rate (test, review, tonic, score, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rating->score, ==, score);
  return rating->visible;
}

static void
reveal (SemioTestStudy *test, SemioReview *review)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gboolean done;

  semio_study_reveal_async (test->study, review, TRUE, FALSE, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  done = semio_study_edit_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static guint
count (SemioReview *review)
{
  g_autoptr (GPtrArray) others = semio_review_get_others_ratings (review);

  return others->len;
}

static void
test_told_with_the_reference (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) mine = NULL;
  g_autoptr (SemioReview) theirs = NULL;
  g_autoptr (SemioPerson) other = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  SemioVisible visible;

  import (test);
  mine = open_review (test);
  reveal (test, mine);
  /* Nobody else has rated: there is nothing of others to see. */
  g_assert_cmpuint (count (mine), ==, 0);
  visible = rate (test, mine, 2);
  g_assert_cmpint (visible & SEMIO_VISIBLE_OTHERS_RATINGS, ==, 0);
  rate (test, mine, 4);

  other = semio_test_study_add_person (test, "Other");
  semio_study_set_person (test->study, other);
  theirs = open_review (test);
  g_assert_cmpuint (count (theirs), ==, 0);
  visible = rate (test, theirs, 1);
  g_assert_cmpint (visible & SEMIO_VISIBLE_OTHERS_RATINGS, ==, 0);

  reveal (test, theirs);
  shown = semio_review_get_others_ratings (theirs);
  /* Neither the own one nor what was superseded. */
  g_assert_cmpuint (shown->len, ==, 1);
  g_assert_cmpint (((SemioRating *) shown->pdata[0])->score, ==, 4);
  g_assert_cmpint (((SemioRating *) shown->pdata[0])->person_id, ==, test->person->id);
  g_assert_cmpstr (semio_review_get_person_name (theirs, test->person->id), ==, test->person->name);
  visible = rate (test, theirs, 3);
  g_assert_cmpint (visible & SEMIO_VISIBLE_OTHERS_RATINGS, ==, SEMIO_VISIBLE_OTHERS_RATINGS);

  /* Hidden again they are not told; who has seen them knows them. */
  semio_study_hide (test->study, theirs, TRUE, FALSE);
  g_assert_cmpuint (count (theirs), ==, 0);
  visible = rate (test, theirs, 5);
  g_assert_cmpint (visible & SEMIO_VISIBLE_OTHERS_RATINGS, ==, SEMIO_VISIBLE_OTHERS_RATINGS);
  semio_test_study_verify (test);
}

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  g_test_add ("/others/told-with-the-reference", SemioTestStudy, NULL, semio_test_study_set_up, test_told_with_the_reference,
              semio_test_study_tear_down);
  return semio_test_home_run ();
}

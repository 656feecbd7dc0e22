/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookmarks of an open study: set, renamed, removed, undone among judgements, hidden from others. */
#include "semio-test-home.h"
#include "semio-test-study.h"

#define S SEMIO_NS_PER_SECOND

static const char predictions[] = "file_name,tonic,justification_for_tonic\r\n"
                                  "A1@1@x@sz_v1_segment_1.mp4,No,Nothing yet.\r\n"
                                  "A1@1@x@sz_v1_segment_2.mp4,Yes,The right arm stiffens.\r\n";
static const char reference[] = "file_name,tonic,start_time,end_time,label\nA1@1@x@sz_v1.mp4,yes,0:05,0:50,1\n";

static SemioReview *
open_review (SemioTestStudy *test)
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
  return semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
}

static void
set (SemioTestStudy *test, SemioReview *review, gint64 time_ns, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gboolean done;

  semio_study_set_bookmark_async (test->study, review, time_ns, text, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  done = semio_study_set_bookmark_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static void
undo (SemioTestStudy *test, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  gboolean done = semio_test_study_undo (test, redo, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

/* "1 first, 3 -" for one at 1 s called first and one without a name at 3 s. */
static void
assert_shown (SemioReview *review, const char *expected)
{
  g_autoptr (GPtrArray) bookmarks = semio_review_get_bookmarks (review);
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; i < bookmarks->len; i++)
    {
      const SemioBookmark *bookmark = bookmarks->pdata[i];

      g_string_append_printf (seen, "%s%d %s", i > 0 ? ", " : "", (int) (bookmark->time_ns / S),
                              bookmark->text != NULL && *bookmark->text != '\0' ? bookmark->text : "-");
    }
  g_assert_cmpstr (seen->str, ==, expected);
}

static void
count_cb (SemioReview *review, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_life (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = open_review (test);
  g_autoptr (SemioReview) again = NULL;
  guint n_changed = 0;

  g_signal_connect (review, "bookmarks-changed", G_CALLBACK (count_cb), &n_changed);
  assert_shown (review, "");
  set (test, review, 3 * S, "");
  set (test, review, 1 * S, "  Head <b>turns</b> ");
  assert_shown (review, "1 Head <b>turns</b>, 3 -");
  g_assert_cmpuint (n_changed, ==, 2);
  set (test, review, 3 * S, "Arms rise");
  assert_shown (review, "1 Head <b>turns</b>, 3 Arms rise");
  /* The same again writes nothing, and removing where there is none neither. */
  set (test, review, 3 * S, "Arms rise");
  set (test, review, 2 * S, NULL);
  g_assert_cmpuint (n_changed, ==, 3);
  set (test, review, 1 * S, NULL);
  assert_shown (review, "3 Arms rise");
  g_clear_object (&review);
  semio_test_study_reopen (test);
  again = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  assert_shown (again, "3 Arms rise");
  semio_test_study_verify (test);
}

/* What was put back has another entry: the steps that follow still mean it. */
static void
test_undo (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = open_review (test);
  guint tonic = semio_test_study_find_item (test, review, "tonic", 0);
  g_autoptr (SemioRating) rating = NULL;
  g_autoptr (GError) error = NULL;

  set (test, review, 1 * S, "one");
  rating = semio_test_study_rate (test, review, tonic, 4, &error);
  g_assert_no_error (error);
  set (test, review, 1 * S, "two");
  set (test, review, 1 * S, NULL);
  assert_shown (review, "");
  undo (test, FALSE);
  assert_shown (review, "1 two");
  undo (test, FALSE);
  assert_shown (review, "1 one");
  undo (test, FALSE);
  g_assert_null (semio_review_get_item (review, tonic)->rating);
  assert_shown (review, "1 one");
  undo (test, FALSE);
  assert_shown (review, "");
  g_assert_false (semio_study_can_undo (test->study));
  for (guint i = 0; i < 3; i++)
    undo (test, TRUE);
  assert_shown (review, "1 two");
  g_assert_cmpint (semio_review_get_item (review, tonic)->rating->score, ==, 4);
  undo (test, TRUE);
  assert_shown (review, "");
  undo (test, FALSE);
  undo (test, FALSE);
  assert_shown (review, "1 one");
  semio_test_study_verify (test);
}

/* Each key means what stands when its turn comes, not what stood when it was pressed. */
static void
test_quick_hands (SemioTestStudy *test, gconstpointer data)
{
  static const char *const texts[] = { "one", "two", NULL, "three" };
  g_autoptr (SemioReview) review = open_review (test);
  GAsyncResult *slots[G_N_ELEMENTS (texts)] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    semio_study_set_bookmark_async (test->study, review, 1 * S, texts[i], semio_test_ready_cb, &slots[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GAsyncResult) result = semio_test_wait_for (&slots[i]);
      g_autoptr (GError) error = NULL;
      gboolean done = semio_study_set_bookmark_finish (test->study, result, &error);

      g_assert_no_error (error);
      g_assert_true (done);
    }
  assert_shown (review, "1 three");
}

static void
test_others (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = open_review (test);
  g_autoptr (SemioReview) theirs = NULL;
  g_autoptr (SemioPerson) other = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  set (test, review, 1 * S, "mine");
  other = semio_test_study_add_person (test, "Other");
  semio_study_set_person (test->study, other);
  theirs = semio_test_study_review (test, "A1@1@x@sz_v1.mp4");
  assert_shown (theirs, "");
  set (test, theirs, 1 * S, "theirs");
  assert_shown (theirs, "1 theirs");
  assert_shown (review, "1 mine");
  /* Revealed with the reference: both, and each changes the own one alone. */
  semio_study_reveal_async (test->study, theirs, TRUE, FALSE, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  done = semio_study_edit_finish (test->study, result, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  assert_shown (theirs, "1 mine, 1 theirs");
  g_assert_cmpstr (semio_review_get_person_name (theirs, test->person->id), ==, test->person->name);
  set (test, theirs, 1 * S, NULL);
  assert_shown (theirs, "1 mine");
  semio_study_hide (test->study, theirs, TRUE, FALSE);
  assert_shown (theirs, "");
}

static void
test_changed_elsewhere (SemioTestStudy *test, gconstpointer data)
{
  SemioTestStudy other = { .folder = test->folder, .file = test->file };
  g_autoptr (SemioReview) review = open_review (test);
  g_autoptr (SemioReview) theirs = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  set (test, review, 1 * S, "one");
  set (test, review, 2 * S, "two");
  semio_test_study_open (&other);
  theirs = semio_test_study_review (&other, "A1@1@x@sz_v1.mp4");
  set (&other, theirs, 2 * S, "changed elsewhere");
  g_clear_object (&theirs);
  semio_test_study_close (&other);
  /* Withdrawing what stands no more is done already; the step before it is still there. */
  done = semio_test_study_undo (test, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  undo (test, FALSE);
  semio_study_check_for_changes (test->study);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GPtrArray) shown = semio_review_get_bookmarks (review);

      if (shown->len == 1)
        break;
      semio_test_run_ms (50);
    }
  assert_shown (review, "2 changed elsewhere");
}

#define ADD(path, func) g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down)

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  ADD ("/bookmarks/life", test_life);
  ADD ("/bookmarks/undo", test_undo);
  ADD ("/bookmarks/quick-hands", test_quick_hands);
  ADD ("/bookmarks/others", test_others);
  ADD ("/bookmarks/changed-elsewhere", test_changed_elsewhere);
  return semio_test_home_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Review page over a real study: what its actions leave in the file. The video is left out: it is played elsewhere. */
#include <adwaita.h>

#include <glib/gstdio.h>

#include "semio-app-resources.h"
#include "semio-import.h"
#include "semio-review-page-private.h"

typedef struct {
  char *folder;
  SemioStudy *study;
  GtkWindow *window;
  SemioReviewPage *page;
} Fixture;

static const char *const reference = "file_name,arm_flexion,tonic,ictal_vocalization,start_time,end_time,label\n"
                                     "A1@x@sz1.mp4,yes,no,no,0:34,1:24,1\n"
                                     "A2@x@sz1.mp4,no,no,yes,0:34,1:24,0\n";

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
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

static void
import_text (Fixture *fixture, SemioImportKind kind, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "import.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioImport) import = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) committed = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  semio_import_read_async (fixture->study, kind, file, NULL, NULL, take_result_cb, &read);
  import = semio_import_read_finish (wait_for (&read), &error);
  g_assert_no_error (error);
  semio_import_set_create (import, TRUE);
  semio_import_set_name (import, name);
  semio_import_commit_async (import, NULL, NULL, NULL, take_result_cb, &committed);
  summary = semio_import_commit_finish (import, wait_for (&committed), &error);
  g_assert_no_error (error);
  g_assert_nonnull (summary);
}

static char *
make_predictions (const char *arm)
{
  GString *text = g_string_new ("file_name,arm_flexion,justification_for_arm_flexion,tonic,justification_for_tonic,"
                                "ictal_vocalization,justification_for_ictal_vocalization\n");

  for (int recording = 1; recording <= 2; recording++)
    for (int segment = 0; segment < 5; segment++)
      g_string_append_printf (text,
                              "A%d@x@sz1_segment_%d.mp4,%s,\"The <b>right</b> arm bends, segment %d\",no,Nothing "
                              "stiffens.,no,No sound is made.\n",
                              recording, segment, segment == 1 || segment == 2 ? arm : "no", segment);
  return g_string_free (text, FALSE);
}

static void
spin_until_idle (Fixture *fixture)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);
  int n_quiet = 0;

  while (n_quiet < 20)
    {
      if (g_main_context_iteration (NULL, FALSE) || semio_rating_controller_is_busy (controller)
          || semio_review_page_is_going_on (fixture->page) || semio_review_page_is_loading (fixture->page))
        n_quiet = 0;
      else
        n_quiet++;
      g_usleep (500);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *first = make_predictions ("yes");
  g_autofree char *second = make_predictions ("no");
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (SemioPerson) person = NULL;

  fixture->folder = g_dir_make_tmp ("semio-review-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "study.semio", NULL);
  file = g_file_new_for_path (path);
  fixture->study = semio_study_create_sync (file, "Test", &error);
  g_assert_no_error (error);
  import_text (fixture, SEMIO_IMPORT_REFERENCE, "consensus", reference);
  import_text (fixture, SEMIO_IMPORT_PREDICTIONS, "first", first);
  import_text (fixture, SEMIO_IMPORT_PREDICTIONS, "second", second);
  semio_study_add_person_async (fixture->study, "Rater", SEMIO_ROLE_EPILEPTOLOGIST, take_result_cb, &added);
  person = semio_study_add_person_finish (fixture->study, wait_for (&added), &error);
  g_assert_no_error (error);
  if (data == NULL)
    semio_study_set_person (fixture->study, person);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = SEMIO_REVIEW_PAGE (semio_review_page_new ());
  gtk_window_set_default_size (fixture->window, 1280, 800);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
  semio_review_page_set_study (fixture->page, fixture->study);
  semio_review_page_open_case (fixture->page,
                               semio_case_get_recording (g_list_model_get_item (semio_study_get_cases (fixture->study), 0))->id);
  spin_until_idle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name = NULL;

  semio_review_page_set_study (fixture->page, NULL);
  gtk_window_destroy (fixture->window);
  semio_study_close_sync (fixture->study, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->study);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
act (Fixture *fixture, const char *action, const char *target)
{
  g_autofree char *name = g_strconcat ("review.", action, NULL);
  g_autoptr (GVariant) value = target != NULL ? g_variant_ref_sink (g_variant_new_parsed (target)) : NULL;
  gboolean found = gtk_widget_activate_action_variant (GTK_WIDGET (fixture->page), name, value);

  g_assert_true (found);
  spin_until_idle (fixture);
}

static const SemioItem *
get_selected (Fixture *fixture)
{
  return semio_rating_controller_get_selected_item (semio_review_page_get_controller (fixture->page));
}

static const SemioItem *
get_item (Fixture *fixture, guint item)
{
  return semio_review_get_item (semio_rating_controller_get_review (semio_review_page_get_controller (fixture->page)), item);
}

static void
test_rate_goes_on (Fixture *fixture, gconstpointer data)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);

  g_assert_cmpuint (get_selected (fixture)->run, ==, 0);
  act (fixture, "rate", "3");
  g_assert_cmpuint (get_selected (fixture)->run, ==, 1);
  g_assert_nonnull (get_item (fixture, 0)->rating);
  g_assert_cmpint (get_item (fixture, 0)->rating->score, ==, 3);
  g_assert_true (semio_rating_controller_is_target_elsewhere (controller));

  /* S is still for the item just rated, until another is chosen. */
  act (fixture, "supports", NULL);
  g_assert_cmpint (get_item (fixture, 0)->rating->supports, ==, SEMIO_SUPPORTS_YES);
  g_assert_cmpint (get_item (fixture, 0)->rating->score, ==, 3);
  act (fixture, "feature", "1");
  g_assert_false (semio_rating_controller_is_target_elsewhere (controller));
  act (fixture, "supports", NULL);
  g_assert_cmpint (get_item (fixture, 0)->rating->supports, ==, SEMIO_SUPPORTS_YES);
  g_assert_cmpint (get_selected (fixture)->rating->supports, ==, SEMIO_SUPPORTS_YES);
}

/* A score that stays is of the selected item: S is for that one from then on. */
static void
test_target_follows (Fixture *fixture, gconstpointer data)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);

  act (fixture, "rate", "3");
  act (fixture, "rate-stay", "5");
  g_assert_false (semio_rating_controller_is_target_elsewhere (controller));
  act (fixture, "supports", NULL);
  g_assert_cmpint (get_item (fixture, 0)->rating->supports, ==, SEMIO_SUPPORTS_UNSET);
  g_assert_cmpint (get_item (fixture, 1)->rating->supports, ==, SEMIO_SUPPORTS_YES);
}

static void
test_stay_clear_undo (Fixture *fixture, gconstpointer data)
{
  act (fixture, "rate-stay", "2");
  g_assert_cmpuint (get_selected (fixture)->run, ==, 0);
  g_assert_cmpint (get_selected (fixture)->rating->score, ==, 2);
  act (fixture, "clear", NULL);
  g_assert_false (semio_item_is_rated (get_selected (fixture)));
  act (fixture, "undo", NULL);
  g_assert_cmpint (get_selected (fixture)->rating->score, ==, 2);

  act (fixture, "rate", "5");
  g_assert_cmpuint (get_selected (fixture)->run, ==, 1);
  act (fixture, "undo", NULL);
  g_assert_cmpuint (get_selected (fixture)->run, ==, 0);
  g_assert_cmpint (get_selected (fixture)->rating->score, ==, 2);
  act (fixture, "redo", NULL);
  g_assert_cmpint (get_item (fixture, 0)->rating->score, ==, 5);
}

/* Keys that come faster than the disk are each for the item that stands there when their turn comes. */
static void
test_fast_keys (Fixture *fixture, gconstpointer data)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);

  semio_rating_controller_rate (controller, 4, FALSE);
  semio_rating_controller_rate (controller, 2, FALSE);
  semio_rating_controller_cycle_supports (controller);
  semio_rating_controller_cycle_supports (controller);
  spin_until_idle (fixture);
  g_assert_cmpint (get_item (fixture, 0)->rating->score, ==, 4);
  g_assert_cmpint (get_item (fixture, 1)->rating->score, ==, 2);
  g_assert_cmpint (get_item (fixture, 0)->rating->supports, ==, SEMIO_SUPPORTS_UNSET);
  g_assert_cmpint (get_item (fixture, 1)->rating->supports, ==, SEMIO_SUPPORTS_NO);
}

/* Until the tick is painted the item stays; a key that comes before means the next one. */
static void
test_key_before_tick (Fixture *fixture, gconstpointer data)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);
  const SemioItem *first = get_selected (fixture);

  semio_rating_controller_rate (controller, 4, FALSE);
  while (semio_rating_controller_is_busy (controller))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (semio_review_page_is_going_on (fixture->page));
  g_assert_true (get_selected (fixture) == first);
  g_signal_emit_by_name (fixture->page->keys, "touched");
  g_assert_false (semio_review_page_is_going_on (fixture->page));
  g_assert_true (get_selected (fixture) != first);
  semio_rating_controller_rate (controller, 2, FALSE);
  spin_until_idle (fixture);
  g_assert_cmpint (get_item (fixture, 0)->rating->score, ==, 4);
  g_assert_cmpint (get_item (fixture, 1)->rating->score, ==, 2);
}

static void
test_marks_and_comment (Fixture *fixture, gconstpointer data)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);
  guint item = 0;
  SemioReview *review = NULL;

  act (fixture, "rate", "3");
  review = semio_rating_controller_get_target (controller, &item);
  semio_rating_controller_toggle_mark (controller, review, item, SEMIO_MARK_WRONG_SIDE);
  semio_rating_controller_toggle_mark (controller, review, item, SEMIO_MARK_WRONG_TIME);
  semio_rating_controller_toggle_mark (controller, review, item, SEMIO_MARK_WRONG_TIME);
  semio_rating_controller_set_comment (controller, review, item, "left, not right");
  spin_until_idle (fixture);
  g_assert_cmpuint (item, ==, 0);
  g_assert_cmpint (get_item (fixture, 0)->rating->marks, ==, SEMIO_MARK_WRONG_SIDE);
  g_assert_cmpstr (get_item (fixture, 0)->rating->comment, ==, "left, not right");
  g_assert_cmpint (get_item (fixture, 0)->rating->score, ==, 3);
  g_assert_null (get_item (fixture, 1)->rating);
}

static void
test_exposure (Fixture *fixture, gconstpointer data)
{
  act (fixture, "rate-stay", "4");
  g_assert_cmpint (get_selected (fixture)->rating->visible & SEMIO_VISIBLE_REFERENCE, ==, 0);
  g_assert_cmpint (get_selected (fixture)->rating->visible & SEMIO_VISIBLE_RUN_NAME, ==, 0);
  g_assert_cmpint (get_selected (fixture)->rating->visible & SEMIO_VISIBLE_OTHER_RUNS, !=, 0);
  act (fixture, "reveal-reference", NULL);
  act (fixture, "rate-stay", "3");
  g_assert_cmpint (get_selected (fixture)->rating->visible & SEMIO_VISIBLE_REFERENCE, !=, 0);
  g_assert_cmpint (get_selected (fixture)->rating->visible & SEMIO_VISIBLE_RUN_NAME, ==, 0);
}

static void
test_segments (Fixture *fixture, gconstpointer data)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);

  g_assert_cmpint (get_selected (fixture)->answer, ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (semio_rating_controller_get_segment (controller), ==, 1);
  act (fixture, "cited", "1");
  g_assert_cmpint (semio_rating_controller_get_segment (controller), ==, 1);
  act (fixture, "cited", "1");
  g_assert_cmpint (semio_rating_controller_get_segment (controller), ==, 2);
  act (fixture, "cited", "-1");
  g_assert_cmpint (semio_rating_controller_get_segment (controller), ==, 1);
}

static void
test_queue_crosses_cases (Fixture *fixture, gconstpointer data)
{
  gint64 first = semio_review_page_get_recording_id (fixture->page);

  for (int i = 0; i < 6; i++)
    act (fixture, "rate", "4");
  g_assert_cmpint (semio_review_page_get_recording_id (fixture->page), !=, first);
  act (fixture, "undo", NULL);
  g_assert_cmpint (semio_review_page_get_recording_id (fixture->page), ==, first);
  g_assert_false (semio_item_is_rated (get_selected (fixture)));
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  SemioRatingController *controller = semio_review_page_get_controller (fixture->page);

  act (fixture, "rate", "3");
  g_assert_nonnull (semio_rating_controller_get_message (controller));
  g_assert_null (get_item (fixture, 0)->rating);
  g_assert_cmpuint (get_selected (fixture)->run, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  semio_app_register_resource ();
  g_test_add ("/review-page/rate-goes-on", Fixture, NULL, set_up, test_rate_goes_on, tear_down);
  g_test_add ("/review-page/key-before-tick", Fixture, NULL, set_up, test_key_before_tick, tear_down);
  g_test_add ("/review-page/target-follows", Fixture, NULL, set_up, test_target_follows, tear_down);
  g_test_add ("/review-page/stay-clear-undo", Fixture, NULL, set_up, test_stay_clear_undo, tear_down);
  g_test_add ("/review-page/fast-keys", Fixture, NULL, set_up, test_fast_keys, tear_down);
  g_test_add ("/review-page/marks-and-comment", Fixture, NULL, set_up, test_marks_and_comment, tear_down);
  g_test_add ("/review-page/exposure", Fixture, NULL, set_up, test_exposure, tear_down);
  g_test_add ("/review-page/segments", Fixture, NULL, set_up, test_segments, tear_down);
  g_test_add ("/review-page/queue-crosses-cases", Fixture, NULL, set_up, test_queue_crosses_cases, tear_down);
  g_test_add ("/review-page/nobody", Fixture, "nobody", set_up, test_nobody, tear_down);
  return g_test_run ();
}

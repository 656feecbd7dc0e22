/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "semio-import.h"
#include "semio-lane-review.h"
#include "semio-study.h"

#define S SEMIO_NS_PER_SECOND

static const char reference_csv[] = "file_name,tonic,clonic,start_time,end_time,label\n"
                                    "P1@a.mp4,yes,no,0:34,1:24,1\n";
static const char predictions_csv[] = "file_name,tonic,justification_for_tonic,clonic,justification_for_clonic\n"
                                      "P1@a_segment_0.mp4,no,Still.,no,Still.\n"
                                      "P1@a_segment_1.mp4,yes,The right arm stiffens.,no,No jerks.\n"
                                      "P1@a_segment_2.mp4,yes,Still stiff.,fail,\n";

typedef struct {
  char *folder;
  SemioStudy *study;
  SemioReview *review;
} Fixture;

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **taken = user_data;

  *taken = g_object_ref (result);
}

static GAsyncResult *
wait_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
import_file (Fixture *fixture, SemioImportKind kind, const char *name, const char *text, const char *run)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *summary = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) committed = NULL;
  g_autoptr (SemioImport) import = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  semio_import_read_async (fixture->study, kind, file, NULL, NULL, take_result_cb, &read);
  import = semio_import_read_finish (wait_result (&read), &error);
  g_assert_no_error (error);
  semio_import_set_create (import, TRUE);
  semio_import_set_name (import, run);
  semio_import_commit_async (import, NULL, NULL, NULL, take_result_cb, &committed);
  summary = semio_import_commit_finish (import, wait_result (&committed), &error);
  g_assert_no_error (error);
}

static void
open_review (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (SemioCase) first = g_list_model_get_item (semio_study_get_cases (fixture->study), 0);

  g_assert_nonnull (first);
  g_clear_object (&fixture->review);
  semio_study_load_review_async (fixture->study, semio_case_get_id (first), NULL, take_result_cb, &loaded);
  fixture->review = semio_study_load_review_finish (fixture->study, wait_result (&loaded), &error);
  g_assert_no_error (error);
}

/* Another person takes the seat. */
static void
sit_down (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (SemioPerson) person = NULL;

  semio_study_add_person_async (fixture->study, name, SEMIO_ROLE_EPILEPTOLOGIST, take_result_cb, &added);
  person = semio_study_add_person_finish (fixture->study, wait_result (&added), &error);
  g_assert_no_error (error);
  semio_study_set_person (fixture->study, person);
  open_review (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  fixture->folder = g_dir_make_tmp ("semio-lanes-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "a.semio", NULL);
  file = g_file_new_for_path (path);
  fixture->study = semio_study_create_sync (file, "Lanes", &error);
  g_assert_no_error (error);
  import_file (fixture, SEMIO_IMPORT_REFERENCE, "reference.csv", reference_csv, "Consensus");
  import_file (fixture, SEMIO_IMPORT_PREDICTIONS, "predictions.csv", predictions_csv, "some model");
  sit_down (fixture, "Rater 1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&fixture->review);
  g_assert_true (semio_study_close_sync (fixture->study, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->study);
  dir = g_dir_open (fixture->folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static SemioLaneSet *
build (Fixture *fixture)
{
  return semio_lane_review_build (fixture->review, semio_study_get_feature_set (fixture->study));
}

static const SemioLane *
find_lane (SemioLaneSet *set, const char *label)
{
  for (guint i = 0; i < set->lanes->len; i++)
    {
      const SemioLane *lane = g_ptr_array_index (set->lanes, i);

      if (g_str_equal (lane->label, label))
        return lane;
    }
  g_assert_not_reached ();
}

static void
assert_sentence (SemioLaneSet *set, const char *label, const char *expected)
{
  g_autofree char *sentence = semio_lane_set_describe (set, find_lane (set, label));

  g_assert_cmpstr (sentence, ==, expected);
}

static void
reveal (Fixture *fixture, gboolean reference, gboolean runs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  semio_study_reveal_async (fixture->study, fixture->review, reference, runs, take_result_cb, &result);
  semio_study_edit_finish (fixture->study, wait_result (&result), &error);
  g_assert_no_error (error);
}

static void
test_lanes_of_a_review (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioLaneSet) set = build (fixture);
  const SemioLane *tonic = find_lane (set, "Tonic");
  const SemioLaneRun *run;

  g_assert_cmpuint (set->groups->len, ==, 3);
  g_assert_cmpuint (set->lanes->len, ==, 20);
  g_assert_cmpint (set->event.onset_ns, ==, 34 * S);
  g_assert_cmpuint (tonic->runs->len, ==, 1);
  run = g_ptr_array_index (tonic->runs, 0);
  g_assert_cmpuint (run->answers->len, ==, 3);
  g_assert_cmpint (g_array_index (run->answers, SemioLaneAnswer, 0).answer, ==, SEMIO_ANSWER_NO);
  g_assert_cmpint (g_array_index (run->answers, SemioLaneAnswer, 1).answer, ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (g_array_index (run->answers, SemioLaneAnswer, 1).span.begin_ns, ==, 25 * S);
  assert_sentence (set, "Tonic", "Tonic, A yes in 2 of 3 segments; reference hidden");
}

/* While the reference is hidden the lanes do not hold it, wherever they are handed to. */
static void
test_hidden_until_revealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioLaneSet) hidden = build (fixture);
  g_autoptr (SemioLaneSet) revealed = NULL;
  g_autoptr (SemioLaneSet) named = NULL;

  for (guint i = 0; i < hidden->lanes->len; i++)
    {
      const SemioLane *lane = g_ptr_array_index (hidden->lanes, i);

      g_assert_cmpint (lane->reference, ==, SEMIO_ANSWER_MISSING);
    }
  reveal (fixture, TRUE, FALSE);
  revealed = build (fixture);
  g_assert_cmpint (find_lane (revealed, "Tonic")->reference, ==, SEMIO_ANSWER_YES);
  assert_sentence (revealed, "Tonic", "Tonic, reference yes; A yes in 2 of 3 segments");
  assert_sentence (revealed, "Blank stare", "Blank stare, reference not given; A without an answer");

  reveal (fixture, TRUE, TRUE);
  named = build (fixture);
  assert_sentence (named, "Tonic", "Tonic, reference yes; some model yes in 2 of 3 segments");
}

static void
rate (Fixture *fixture, const char *feature, int score, const char *comment)
{
  SemioFeatureSet *features = semio_study_get_feature_set (fixture->study);

  for (guint i = 0; i < semio_review_get_n_items (fixture->review); i++)
    {
      const SemioItem *item = semio_review_get_item (fixture->review, i);
      g_autoptr (SemioRating) rating = semio_rating_new ();
      g_autoptr (SemioRating) stored = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_equal (semio_feature_set_get (features, item->key.feature)->label, feature))
        continue;
      rating->key = item->key;
      rating->explanation = item->shown;
      rating->score = score;
      rating->comment = g_strdup (comment);
      semio_study_rate_async (fixture->study, fixture->review, rating, take_result_cb, &result);
      stored = semio_study_rate_finish (fixture->study, wait_result (&result), &error);
      g_assert_no_error (error);
    }
}

static void
test_comments_stand_at_their_segment (Fixture *fixture, gconstpointer data)
{
  SemioFeatureSet *features = semio_study_get_feature_set (fixture->study);
  g_autoptr (GPtrArray) none = semio_lane_review_build_comments (fixture->review, features);
  g_autoptr (GPtrArray) comments = NULL;
  const SemioLaneNote *comment;

  g_assert_cmpuint (none->len, ==, 0);
  rate (fixture, "Clonic", 3, NULL);
  rate (fixture, "Tonic", 4, "The <b>left</b> arm, not the right.");
  comments = semio_lane_review_build_comments (fixture->review, features);
  g_assert_cmpuint (comments->len, ==, 1);
  comment = g_ptr_array_index (comments, 0);
  /* The first segment that said yes. */
  g_assert_cmpint (comment->time_ns, ==, 25 * S);
  g_assert_cmpstr (comment->text, ==, "Tonic · A: The <b>left</b> arm, not the right.");
}

/* "0-27 4 | 27-50 4 · 2": the row of a person. */
static char *
read_row (const SemioLanePerson *person)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < person->judgements->len; i++)
    {
      const SemioLaneJudgement *judgement = &g_array_index (person->judgements, SemioLaneJudgement, i);

      g_string_append_printf (text, "%s%d-%d %s", i > 0 ? " | " : "", (int) (judgement->span.begin_ns / S),
                              (int) (judgement->span.end_ns / S), judgement->word);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Each who judged has a row while the reference is shown, under the segments that speak for the answer. */
static void
test_rows_of_persons (Fixture *fixture, gconstpointer data)
{
  SemioFeatureSet *features = semio_study_get_feature_set (fixture->study);
  const SemioLane *tonic;
  g_autoptr (SemioLaneSet) alone = NULL, hidden = NULL, revealed = NULL;
  g_autoptr (GPtrArray) comments = NULL;

  reveal (fixture, TRUE, FALSE);
  rate (fixture, "Tonic", 4, "Left.");
  alone = build (fixture);
  g_assert_cmpuint (find_lane (alone, "Tonic")->persons->len, ==, 0);
  sit_down (fixture, "Rater 2");
  rate (fixture, "Tonic", 2, "Right.");
  rate (fixture, "Clonic", 5, NULL);
  sit_down (fixture, "Rater 3");
  rate (fixture, "Tonic", 3, NULL);
  hidden = build (fixture);
  g_assert_cmpuint (find_lane (hidden, "Tonic")->persons->len, ==, 0);
  comments = semio_lane_review_build_comments (fixture->review, features);
  g_assert_cmpuint (comments->len, ==, 0);
  g_clear_pointer (&comments, g_ptr_array_unref);

  reveal (fixture, TRUE, FALSE);
  revealed = build (fixture);
  tonic = find_lane (revealed, "Tonic");
  g_assert_cmpuint (tonic->persons->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const labels[] = { "You", "Rater 1", "Rater 2" };
      static const char *const rows[] = { "27-80 3", "27-80 4", "27-80 2" };
      const SemioLanePerson *person = g_ptr_array_index (tonic->persons, i);
      g_autofree char *row = read_row (person);

      g_assert_cmpstr (person->label, ==, labels[i]);
      g_assert_cmpstr (row, ==, rows[i]);
    }
  assert_sentence (revealed, "Tonic", "Tonic, reference yes; A yes in 2 of 3 segments; You: A 3; Rater 1: A 4; Rater 2: A 2");
  g_assert_cmpuint (find_lane (revealed, "Clonic")->persons->len, ==, 1);
  comments = semio_lane_review_build_comments (fixture->review, features);
  g_assert_cmpuint (comments->len, ==, 2);
  g_assert_cmpstr (((SemioLaneNote *) comments->pdata[0])->text, ==, "Rater 1 · Tonic · A: Left.");
  g_assert_false (((SemioLaneNote *) comments->pdata[0])->own);
}

/* Runs whose answers stand on other segments divide a row where either begins or ends. */
static void
test_rows_of_several_runs (Fixture *fixture, gconstpointer data)
{
  static const char csv[] = "file_name,tonic,justification_for_tonic\n"
                            "P1@a_segment_0.mp4,no,Nothing yet.\n"
                            "P1@a_segment_1.mp4,yes,Stiff.\n"
                            "P1@a_segment_2.mp4,no,Over.\n";
  static const char whole_csv[] = "file_name,tonic,justification_for_tonic\nP1@a.mp4,yes,The arms stiffen.\n";
  g_autoptr (SemioLaneSet) set = NULL;
  const SemioLane *tonic;
  g_autofree char *row = NULL;
  const SemioLaneJudgement *judgement;

  import_file (fixture, SEMIO_IMPORT_PREDICTIONS, "second.csv", csv, "second model");
  open_review (fixture);
  rate (fixture, "Tonic", 4, NULL);
  import_file (fixture, SEMIO_IMPORT_PREDICTIONS, "third.csv", whole_csv, "third model");
  sit_down (fixture, "Rater 2");
  reveal (fixture, TRUE, FALSE);
  set = build (fixture);
  tonic = find_lane (set, "Tonic");
  g_assert_cmpuint (tonic->runs->len, ==, 3);
  g_assert_cmpuint (tonic->persons->len, ==, 1);
  row = read_row (g_ptr_array_index (tonic->persons, 0));
  g_assert_cmpstr (row, ==, "27-52 4 · 4 · – | 52-80 4 · – · –");
  judgement = &g_array_index (((SemioLanePerson *) tonic->persons->pdata[0])->judgements, SemioLaneJudgement, 0);
  g_assert_cmpstr (judgement->text, ==, "A 4 (80 %), B 4 (80 %)");
  g_clear_pointer (&row, g_free);
  rate (fixture, "Tonic", 1, NULL);
  g_clear_pointer (&set, semio_lane_set_unref);
  set = build (fixture);
  tonic = find_lane (set, "Tonic");
  row = read_row (g_ptr_array_index (tonic->persons, 0));
  /* The third run speaks of the whole, so its score stands everywhere. */
  g_assert_cmpstr (row, ==, "0-27 – · – · 1 | 27-52 1 · 1 · 1 | 52-80 1 · – · 1 | 80-84 – · – · 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/lane-review/lanes-of-a-review", Fixture, NULL, set_up, test_lanes_of_a_review, tear_down);
  g_test_add ("/lane-review/hidden-until-revealed", Fixture, NULL, set_up, test_hidden_until_revealed, tear_down);
  g_test_add ("/lane-review/comments-stand-at-their-segment", Fixture, NULL, set_up, test_comments_stand_at_their_segment,
              tear_down);
  g_test_add ("/lane-review/rows-of-persons", Fixture, NULL, set_up, test_rows_of_persons, tear_down);
  g_test_add ("/lane-review/rows-of-several-runs", Fixture, NULL, set_up, test_rows_of_several_runs, tear_down);
  return g_test_run ();
}

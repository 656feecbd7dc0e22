/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the Results page and the report show where the study has little to say: a reason at the place of a number, and no figure of
 * nothing. And that what is written is the same twice. */
#include <string.h>

#include "semio-case-report.h"
#include "semio-results-export.h"
#include "semio-results-figures.h"
#include "semio-results-methods.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

#define N_RECORDINGS 12

typedef const char *(*AnswerFunc) (guint recording, guint column);

/* One patient when patients is 1, else each recording goes to the next. */
static char *
write_table (SemioTestStudy *test, const char *name, const char *const *features, AnswerFunc answer, guint patients)
{
  g_autoptr (GString) csv = g_string_new ("file_name");

  for (guint f = 0; features[f] != NULL; f++)
    g_string_append_printf (csv, ",%s,justification_for_%s", features[f], features[f]);
  g_string_append_c (csv, '\n');
  for (guint i = 0; i < N_RECORDINGS; i++)
    {
      g_string_append_printf (csv, "A%04u@5-13-2021@UA66LK@sz_v%u.mp4", i % patients, i / patients);
      for (guint f = 0; features[f] != NULL; f++)
        g_string_append_printf (csv, ",%s,%s", answer (i, f), "It is seen at 0:04 by Dr. Known.");
      g_string_append_c (csv, '\n');
    }
  return semio_test_study_put (test, name, csv->str);
}

static void
import (SemioTestStudy *test, SemioImportKind kind, const char *name, const char *const *features, AnswerFunc answer,
        guint patients)
{
  g_autofree char *file = g_strconcat (name, ".csv", NULL);
  g_autofree char *path = write_table (test, file, features, answer, patients);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_test_study_import (test, kind, path, name, TRUE, &error);

  g_assert_no_error (error);
}

static const char *
every_third (guint recording, guint column)
{
  return recording % 3 == 0 ? "yes" : "no";
}

static const char *
every_second (guint recording, guint column)
{
  return recording % 2 == 0 ? "yes" : "no";
}

static const char *
never (guint recording, guint column)
{
  return "no";
}

static const char *
fails (guint recording, guint column)
{
  return "fail";
}

static const char *const tonic[] = { "tonic", NULL };
static const char *const clonic[] = { "clonic", NULL };

static SemioResultsReport *
compute (SemioTestStudy *test, SemioMetricsPolicy policy, GError **error)
{
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  choice.policy = policy;
  choice.n_resamples = 200;
  semio_results_compute_async (results, &choice, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_results_compute_finish (results, result, error);
}

static SemioRatingsReport *
read_ratings (SemioTestStudy *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioRatingsReport *ratings;

  semio_study_ratings_async (test->study, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  ratings = semio_study_ratings_finish (test->study, result, &error);
  g_assert_no_error (error);
  return ratings;
}

/* Every part has exactly one of figure, table and reason; every mark has a link or none has; no word is NaN. */
static void
assert_sound (const SemioResultsView *view)
{
  g_autoptr (GPtrArray) tables = semio_results_make_all_tables (view, TRUE);
  g_autoptr (GBytes) json = semio_text_tables_write (tables, "T", SEMIO_TABLE_JSON);
  g_autofree char *text = g_ascii_strdown (g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json));

  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "infinity"));
  for (guint kind = 0; kind < SEMIO_RESULTS_N_PARTS; kind++)
    {
      g_autoptr (SemioResultsPart) part = semio_results_part_new ((SemioResultsPartKind) kind, view);

      g_assert_cmpint ((part->chart != NULL) + (part->table != NULL) + (part->why != NULL), ==, 1);
      g_assert_cmpuint (strlen (semio_results_part_get_sentence (part)), >, 10);
      if (part->chart == NULL)
        continue;
      g_assert_cmpuint (part->links->len, ==, semio_chart_get_n_marks (part->chart));
      for (guint mark = 0; mark < part->links->len; mark++)
        {
          g_autofree char *said = semio_chart_describe_mark (part->chart, mark);

          g_assert_null (strstr (said, "nan"));
        }
    }
}

static void
assert_why (const SemioResultsView *view, SemioResultsPartKind kind, const char *words)
{
  g_autoptr (SemioResultsPart) part = semio_results_part_new (kind, view);

  g_assert_nonnull (part->why);
  /* A report tells it as well, where nothing stands on the left. */
  g_assert_null (strstr (part->why, "on the left"));
  g_assert_nonnull (strstr (part->why, words));
}

static void
assert_mark (const SemioResultsView *view, SemioResultsPartKind kind, guint mark, const char *words)
{
  g_autoptr (SemioResultsPart) part = semio_results_part_new (kind, view);
  g_autofree char *said = part->chart != NULL ? semio_chart_describe_mark (part->chart, mark) : NULL;

  g_assert_cmpstr (said, ==, words);
}

static SemioResultsView
make_view (SemioTestStudy *test, SemioResultsReport *report, SemioRatingsReport *ratings)
{
  return (SemioResultsView){ report, ratings, semio_study_get_feature_set (test->study) };
}

static GBytes *
export_as (SemioTestStudy *test, SemioResultsExport what, const char *name, gboolean deidentified, GError **error)
{
  g_autofree char *path = g_build_filename (test->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  choice.n_resamples = 200;
  semio_results_export_async (test->study, &choice, what, file, deidentified, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  if (!semio_results_export_finish (test->study, result, error))
    return NULL;
  return g_file_load_bytes (file, NULL, NULL, error);
}

static void
test_no_reference (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) reported = NULL;
  g_autoptr (SemioRatingsReport) ratings = NULL;
  g_autoptr (GBytes) numbers = NULL;
  g_autoptr (GBytes) report = NULL;
  SemioResultsView view;

  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, N_RECORDINGS);
  g_assert_null (compute (test, SEMIO_METRICS_POLICY_DEFAULT, &error));
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  ratings = read_ratings (test);
  view = make_view (test, NULL, ratings);
  assert_sound (&view);
  assert_why (&view, SEMIO_RESULTS_PART_FOREST, "no reference set");
  assert_why (&view, SEMIO_RESULTS_PART_FAITHFULNESS, "Nobody who is chosen has scored");
  numbers = export_as (test, SEMIO_RESULTS_EXPORT_METRICS, "none.csv", FALSE, &refused);
  g_assert_error (refused, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  report = export_as (test, SEMIO_RESULTS_EXPORT_REPORT, "none.pdf", FALSE, &reported);
  g_assert_no_error (reported);
  g_assert_cmpuint (g_bytes_get_size (report), >, 1000);
}

static void
test_one_class (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResultsReport) report = NULL;
  SemioResultsView view;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, never, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, never, N_RECORDINGS);
  report = compute (test, SEMIO_METRICS_POLICY_DEFAULT, &error);
  g_assert_no_error (error);
  view = make_view (test, report, NULL);
  assert_sound (&view);
  assert_mark (&view, SEMIO_RESULTS_PART_FOREST, 0, "Tonic, run: the reference never says yes");
  assert_mark (&view, SEMIO_RESULTS_PART_HEAT, 0, "Tonic, run: the reference never says yes");
}

static void
test_one_patient (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResultsReport) report = NULL;
  SemioResultsView view;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, every_third, 1);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, 1);
  import (test, SEMIO_IMPORT_PREDICTIONS, "other", tonic, every_third, 1);
  report = compute (test, SEMIO_METRICS_POLICY_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_patients, ==, 1);
  view = make_view (test, report, NULL);
  assert_sound (&view);
  /* Two of four found, four wrong: 4 / 10. The number stands, its interval does not. */
  assert_mark (&view, SEMIO_RESULTS_PART_FOREST, 0, "Tonic, run: F1 0.40");
  g_assert_cmpint (g_array_index (report->rows, SemioResultsRow, 0).main.intervals[SEMIO_SCORE_F1].state, ==,
                   SEMIO_FIGURE_FEW_PATIENTS);
}

static void
test_all_fails (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResultsReport) report = NULL;
  SemioResultsView view;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, fails, N_RECORDINGS);
  report = compute (test, SEMIO_METRICS_POLICY_PUBLISHED, &error);
  g_assert_no_error (error);
  view = make_view (test, report, NULL);
  assert_sound (&view);
  assert_mark (&view, SEMIO_RESULTS_PART_FOREST, 0, "Tonic, run: nothing was scored");
  assert_mark (&view, SEMIO_RESULTS_PART_CONFUSION, 0, "Tonic, run: reference yes, answered yes: 0");
}

static void
test_ties (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResultsReport) report = NULL;
  const SemioResultsContrast *contrast;
  SemioResultsView view;
  gboolean turned;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "same", tonic, every_second, N_RECORDINGS);
  report = compute (test, SEMIO_METRICS_POLICY_DEFAULT, &error);
  g_assert_no_error (error);
  view = make_view (test, report, NULL);
  assert_sound (&view);
  contrast =
      semio_results_report_find_contrast (report, 0, 1, (guint) semio_feature_set_find (report->features, "tonic"), &turned);
  g_assert_nonnull (contrast);
  g_assert_cmpfloat (contrast->difference.value, ==, 0);
  g_assert_cmpfloat (contrast->mcnemar, ==, 1);
  g_assert_false (semio_results_contrast_is_clear (contrast));
  for (guint i = 0; i < report->rows->len; i++)
    g_assert_false (g_array_index (report->rows, SemioResultsRow, i).is_best);
}

static void
test_other_features (SemioTestStudy *test, gconstpointer data)
{
  static const char *const both[] = { "tonic", "clonic", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResultsReport) report = NULL;
  g_autoptr (SemioTextTable) table = NULL;
  SemioResultsView view;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", both, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "one", tonic, every_second, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "other", clonic, every_second, N_RECORDINGS);
  report = compute (test, SEMIO_METRICS_POLICY_DEFAULT, &error);
  g_assert_no_error (error);
  view = make_view (test, report, NULL);
  assert_sound (&view);
  assert_mark (&view, SEMIO_RESULTS_PART_HEAT, 1, "Tonic, other: nothing was scored");
  assert_why (&view, SEMIO_RESULTS_PART_CONTRASTS, "no recording in common");
  table = semio_results_make_table (report, NULL);
  g_assert_cmpstr (semio_text_table_get_cell (table, 0, 3, NULL, NULL), ==, "not asked");
}

static void
rate_some (SemioTestStudy *test, guint shift)
{
  GListModel *cases = semio_study_get_cases (test->study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) one = g_list_model_get_item (cases, i);
      g_autoptr (SemioReview) review = semio_test_study_review (test, semio_case_get_recording (one)->source_name);
      g_autoptr (SemioRating) rating = semio_rating_new ();
      g_autoptr (SemioRating) kept = NULL;
      g_autoptr (GError) error = NULL;

      rating->key = semio_review_get_item (review, 0)->key;
      rating->score = 1 + (int) ((i + shift) % 5);
      rating->marks = i == 0 ? SEMIO_MARK_WRONG_SIDE : 0;
      rating->comment = g_strdup ("Looks like his brother");
      kept = semio_test_study_judge (test, review, rating, &error);
      g_assert_no_error (error);
    }
}

static void
test_one_rater (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResultsReport) report = NULL;
  g_autoptr (SemioRatingsReport) ratings = NULL;
  g_autoptr (SemioRatingsReport) nobody = NULL;
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  SemioResultsView view;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, N_RECORDINGS);
  rate_some (test, 0);
  report = compute (test, SEMIO_METRICS_POLICY_DEFAULT, &error);
  ratings = read_ratings (test);
  view = make_view (test, report, ratings);
  assert_sound (&view);
  assert_why (&view, SEMIO_RESULTS_PART_AGREEMENT, "needs two raters");
  assert_why (&view, SEMIO_RESULTS_PART_AGREEMENT_MATRIX, "needs two raters");
  assert_why (&view, SEMIO_RESULTS_PART_CONTRASTS, "needs two runs");
  assert_why (&view, SEMIO_RESULTS_PART_ENHANCEMENT, "No enhanced run");
  assert_why (&view, SEMIO_RESULTS_PART_ROC, "score");
  assert_mark (&view, SEMIO_RESULTS_PART_SCORES, 0, "Tonic: score 1.00");
  nobody = semio_ratings_report_choose (ratings, none);
  view = make_view (test, report, nobody);
  assert_sound (&view);
  assert_why (&view, SEMIO_RESULTS_PART_SCORES, "Nobody who is chosen");
}

/* The line of this name; fails when there is none. */
static guint
find_line (const SemioTextTable *table, const char *name)
{
  for (guint row = 0; row < semio_text_table_get_n_rows (table); row++)
    if (g_strcmp0 (semio_text_table_get_cell (table, row, 0, NULL, NULL), name) == 0)
      return row;
  g_assert_not_reached ();
}

/* Every coefficient has its line, and says what it is of; intervals are there when they were drawn. */
static void
assert_agreement (const SemioResultsView *view, SemioRatingsReport *ratings)
{
  static const char *const names[] = { "Krippendorff’s α, ordinal",
                                       "Krippendorff’s α, interval",
                                       "Krippendorff’s α, nominal",
                                       "Gwet’s AC1",
                                       "Gwet’s AC2, linear",
                                       "Gwet’s AC2, quadratic",
                                       "Fleiss’ κ",
                                       "ICC(2,1)",
                                       "ICC(2,k)",
                                       "The same score" };
  g_autoptr (SemioResultsPart) before = semio_results_part_new (SEMIO_RESULTS_PART_AGREEMENT, view);
  g_autoptr (SemioResultsPart) part = NULL;
  guint row;

  row = find_line (before->table, names[0]);
  g_assert_cmpstr (semio_text_table_get_cell (before->table, row, 2, NULL, NULL), ==, "…");
  semio_ratings_report_draw (ratings, SEMIO_RESULTS_SEED, 2, NULL);
  part = semio_results_part_new (SEMIO_RESULTS_PART_AGREEMENT, view);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *n = g_strdup_printf ("%u", N_RECORDINGS);

      row = find_line (part->table, names[i]);
      g_assert_true (g_ascii_isdigit (*semio_text_table_get_cell (part->table, row, 1, NULL, NULL))
                     || *semio_text_table_get_cell (part->table, row, 1, NULL, NULL) == '-');
      g_assert_cmpstr (semio_text_table_get_cell (part->table, row, 4, NULL, NULL), ==, n);
    }
  row = find_line (part->table, names[0]);
  g_assert_cmpint (ratings->intervals.bootstrap[SEMIO_SCALE_ORDINAL].state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpstr (semio_text_table_get_cell (part->table, row, 2, NULL, NULL), !=, "…");
  row = find_line (part->table, "the same, jackknife");
  g_assert_cmpstr (semio_text_table_get_cell (part->table, row, 2, NULL, NULL), !=, "…");
}

/* Each error that was marked has its line, and so has the published way of counting. */
static void
assert_faithfulness (const SemioResultsView *view)
{
  g_autoptr (SemioResultsPart) part = semio_results_part_new (SEMIO_RESULTS_PART_FAITHFULNESS_TABLE, view);
  guint n_marked = 0, n_published = 0;

  for (guint row = 0; row < semio_text_table_get_n_rows (part->table); row++)
    {
      const char *group = semio_text_table_get_cell (part->table, row, 0, NULL, NULL);
      const char *name = semio_text_table_get_cell (part->table, row, 1, NULL, NULL);
      const char *scored = semio_text_table_get_cell (part->table, row, 2, NULL, NULL);

      n_published += g_str_equal (name, "counted as published");
      if (!g_str_equal (group, "marked"))
        continue;
      n_marked++;
      g_assert_cmpstr (name, ==, semio_mark_get_label (SEMIO_MARK_WRONG_SIDE));
      /* The first recording's, of both raters. */
      g_assert_cmpstr (scored, ==, "2");
    }
  g_assert_cmpuint (n_marked, ==, 1);
  g_assert_cmpuint (n_published, ==, 1);
}

/* Two raters agree in part; leaving one out leaves no agreement. */
static void
test_two_raters (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResultsReport) report = NULL;
  g_autoptr (SemioRatingsReport) ratings = NULL;
  g_autoptr (SemioRatingsReport) one = NULL;
  g_autoptr (SemioPerson) other = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  SemioResultsView view;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, N_RECORDINGS);
  rate_some (test, 0);
  other = semio_test_study_add_person (test, "Dr. Other");
  semio_study_set_person (test->study, other);
  rate_some (test, 1);
  report = compute (test, SEMIO_METRICS_POLICY_DEFAULT, &error);
  ratings = read_ratings (test);
  view = make_view (test, report, ratings);
  assert_sound (&view);
  g_assert_cmpuint (ratings->persons->len, ==, 2);
  assert_agreement (&view, ratings);
  assert_faithfulness (&view);
  assert_mark (&view, SEMIO_RESULTS_PART_AGREEMENT_MATRIX, 0, "Dr. Other, Dr. Other: nothing was scored");
  g_array_append_val (ids, ((SemioPerson *) ratings->persons->pdata[0])->id);
  one = semio_ratings_report_choose (ratings, ids);
  g_assert_cmpuint (one->points->len, ==, N_RECORDINGS);
  view = make_view (test, report, one);
  assert_sound (&view);
  assert_why (&view, SEMIO_RESULTS_PART_AGREEMENT, "needs two raters");
}

static GBytes *
write_case (SemioTestStudy *test, const char *name, gboolean deidentified)
{
  g_autofree char *path = g_build_filename (test->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  GBytes *bytes;

  semio_case_report_write_async (test->study, 0, file, deidentified, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  g_assert_true (semio_case_report_write_finish (test->study, result, &error));
  g_assert_no_error (error);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Whatever is written twice is the same, also by another process later on; names go only where they may. */
static void
test_same_bytes (SemioTestStudy *test, gconstpointer data)
{
  static const struct {
    SemioResultsExport what;
    const char *name, *again;
  } all[] = { { SEMIO_RESULTS_EXPORT_METRICS, "a.csv", "b.csv" },
              { SEMIO_RESULTS_EXPORT_METRICS, "a.json", "b.json" },
              { SEMIO_RESULTS_EXPORT_METRICS, "a.tex", "b.tex" },
              { SEMIO_RESULTS_EXPORT_METRICS, "a.html", "b.html" },
              { SEMIO_RESULTS_EXPORT_REPORT, "a.pdf", "b.pdf" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) case_one = NULL;
  g_autoptr (GBytes) case_again = NULL;
  g_autoptr (GBytes) case_other = NULL;
  g_autoptr (GBytes) named = NULL;
  g_autoptr (GBytes) nameless = NULL;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "other", tonic, every_third, N_RECORDINGS);
  rate_some (test, 0);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GBytes) one = export_as (test, all[i].what, all[i].name, FALSE, &error);
      g_autoptr (GBytes) again = NULL;

      g_assert_no_error (error);
      semio_test_study_reopen (test);
      again = export_as (test, all[i].what, all[i].again, FALSE, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (one, again));
    }
  case_one = write_case (test, "c.pdf", FALSE);
  case_again = write_case (test, "d.pdf", FALSE);
  case_other = write_case (test, "e.pdf", TRUE);
  g_assert_true (g_bytes_equal (case_one, case_again));
  g_assert_false (g_bytes_equal (case_one, case_other));
  named = export_as (test, SEMIO_RESULTS_EXPORT_METRICS, "n.json", FALSE, &error);
  nameless = export_as (test, SEMIO_RESULTS_EXPORT_METRICS, "m.json", TRUE, &error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (named, NULL), (gssize) g_bytes_get_size (named), "Dr. Test"));
  g_assert_null (g_strstr_len (g_bytes_get_data (nameless, NULL), (gssize) g_bytes_get_size (nameless), "Dr. Test"));
  g_assert_null (g_strstr_len (g_bytes_get_data (nameless, NULL), (gssize) g_bytes_get_size (nameless), "UA66LK"));
}

/* What a person reads in a PDF file of the test's folder. */
static char *
read_pdf (SemioTestStudy *test, const char *name)
{
  g_autofree char *path = g_build_filename (test->folder, name, NULL);
  const char *const command[] = { "pdftotext", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return text;
}

static char *
read_numbers (SemioTestStudy *test, const char *name, gboolean deidentified)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = export_as (test, SEMIO_RESULTS_EXPORT_METRICS, name, deidentified, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Names of files, of persons and of who annotated, and what was written, are in what names them and in nothing else. */
static void
test_deidentified (SemioTestStudy *test, gconstpointer data)
{
  static const char *const hidden[] = { "UA66LK", "sz_v", ".mp4", "Dr. Test", "Annabelle", "brother" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) report = NULL;
  g_autoptr (GBytes) named_report = NULL;
  g_autoptr (GBytes) cases = NULL;
  g_autoptr (GBytes) named_cases = NULL;
  g_autofree char *named = NULL;
  char *texts[5] = { NULL };

  import (test, SEMIO_IMPORT_REFERENCE, "Annabelle", tonic, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, N_RECORDINGS);
  rate_some (test, 0);
  report = export_as (test, SEMIO_RESULTS_EXPORT_REPORT, "hidden.pdf", TRUE, &error);
  g_assert_no_error (error);
  named_report = export_as (test, SEMIO_RESULTS_EXPORT_REPORT, "named.pdf", FALSE, &error);
  g_assert_no_error (error);
  cases = write_case (test, "hidden-cases.pdf", TRUE);
  named_cases = write_case (test, "named-cases.pdf", FALSE);
  texts[0] = read_numbers (test, "hidden.json", TRUE);
  texts[1] = read_numbers (test, "hidden.html", TRUE);
  texts[2] = read_numbers (test, "hidden.csv", TRUE);
  texts[3] = read_pdf (test, "hidden.pdf");
  texts[4] = read_pdf (test, "hidden-cases.pdf");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (hidden); j++)
      if (strstr (texts[i], hidden[j]) != NULL)
        g_error ("“%s” is in de-identified output %u", hidden[j], i);
  g_assert_nonnull (strstr (texts[0], "\"Reference 1\""));
  g_assert_nonnull (strstr (texts[3], "Reference 1"));
  g_assert_nonnull (strstr (texts[3], "Rater 1"));
  g_assert_nonnull (strstr (texts[4], "Rater 1"));
  named = read_pdf (test, "named.pdf");
  g_assert_nonnull (strstr (named, "Annabelle"));
  g_assert_nonnull (strstr (named, "Dr. Test"));
  g_free (named);
  named = read_pdf (test, "named-cases.pdf");
  g_assert_nonnull (strstr (named, "UA66LK"));
  g_assert_nonnull (strstr (named, "brother"));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

static SemioRun *
make_run (const char *name, gint64 id)
{
  SemioRun *run = semio_run_new ();

  run->id = id;
  run->name = g_strdup (name);
  return run;
}

/* Two features of one run that gives scores, one of them of one class; a second run gives none. */
static SemioCurvesReport *
make_curves (SemioFeatureSet *features)
{
  const SemioScoredAnswer mixed[] = { { 0.9, TRUE }, { 0.8, FALSE }, { 0.7, TRUE }, { 0.1, FALSE } };
  const SemioScoredAnswer alike[] = { { 0.9, FALSE }, { 0.2, FALSE } };
  SemioCurvesReport *report = g_new0 (SemioCurvesReport, 1);

  g_atomic_ref_count_init (&report->refs);
  report->features = semio_feature_set_ref (features);
  report->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_unref);
  g_ptr_array_add (report->runs, make_run ("mute", 1));
  g_ptr_array_add (report->runs, make_run ("scoring", 2));
  report->has_scores = g_new0 (gboolean, 2);
  report->has_scores[1] = TRUE;
  report->curves = g_array_new (FALSE, TRUE, sizeof (SemioScoreCurves));
  g_array_set_size (report->curves, 2);
  for (guint i = 0; i < 2; i++)
    {
      SemioScoreCurves *curves = &g_array_index (report->curves, SemioScoreCurves, i);

      curves->run = 1;
      curves->feature = i;
      curves->roc = semio_curve_new_roc (i == 0 ? mixed : alike, i == 0 ? 4 : 2);
      curves->precision_recall = semio_curve_new_precision_recall (i == 0 ? mixed : alike, i == 0 ? 4 : 2);
    }
  return report;
}

static void
test_curves (SemioTestStudy *test, gconstpointer data)
{
  SemioFeatureSet *features = semio_study_get_feature_set (test->study);
  g_autoptr (SemioCurvesReport) curves = make_curves (features);
  const SemioResultsView view = { NULL, NULL, features, curves, NULL };
  g_autoptr (SemioResultsPart) part = semio_results_part_new (SEMIO_RESULTS_PART_ROC, &view);
  g_autofree char *last = NULL;
  guint n;

  assert_sound (&view);
  assert_mark (&view, SEMIO_RESULTS_PART_ROC, 0, "Onset during sleep, scoring: 1 − specificity 0.00, recall 0.00");
  n = semio_chart_get_n_marks (part->chart);
  last = semio_chart_describe_mark (part->chart, n - 1);
  /* No curve is drawn of one class. */
  g_assert_cmpstr (last, ==, "Onset during sleep, scoring: 1 − specificity 1.00, recall 1.00");
  g_assert_cmpint (g_array_index (part->links, SemioResultsLink, 0).run_id, ==, 2);
}

static SemioTimesReport *
make_times (SemioFeatureSet *features)
{
  SemioTimesReport *report = g_new0 (SemioTimesReport, 1);
  const SemioTimesPoint points[] = { { 0, 1, 7, 10, 12.5 }, { 0, 1, 8, 20, 19 } };
  const SemioOnsetPair pairs[] = { { 10, 12.5 }, { 20, 19 } };
  SemioTimesOnset onset = { 0, 1, semio_onset_error_compute (pairs, 2) };

  g_atomic_ref_count_init (&report->refs);
  report->features = semio_feature_set_ref (features);
  report->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_unref);
  g_ptr_array_add (report->runs, make_run ("timed", 3));
  report->points = g_array_new (FALSE, FALSE, sizeof (SemioTimesPoint));
  g_array_append_vals (report->points, points, 2);
  report->onsets = g_array_new (FALSE, FALSE, sizeof (SemioTimesOnset));
  onset.beats_constant = TRUE;
  onset.mean_interval = onset.median_interval = semio_interval_missing (SEMIO_FIGURE_FEW_PATIENTS);
  for (guint i = 0; i < SEMIO_N_ONSET_LIMITS; i++)
    onset.within[i] = semio_interval_missing (SEMIO_FIGURE_NOT_DRAWN);
  g_array_append_val (report->onsets, onset);
  report->overlaps = g_array_new (FALSE, FALSE, sizeof (SemioTimesOverlap));
  report->orders = g_array_new (FALSE, FALSE, sizeof (SemioTimesOrder));
  report->sides = g_array_new (FALSE, FALSE, sizeof (SemioTimesClass));
  report->event_types = g_array_new (FALSE, FALSE, sizeof (SemioTimesClass));
  return report;
}

static void
test_onsets (SemioTestStudy *test, gconstpointer data)
{
  SemioFeatureSet *features = semio_study_get_feature_set (test->study);
  g_autoptr (SemioTimesReport) times = make_times (features);
  const SemioResultsView view = { NULL, NULL, features, NULL, times };
  g_autoptr (SemioResultsPart) part = semio_results_part_new (SEMIO_RESULTS_PART_ONSET, &view);
  g_autoptr (SemioResultsPart) numbers = semio_results_part_new (SEMIO_RESULTS_PART_ONSET_TABLE, &view);

  assert_sound (&view);
  assert_mark (&view, SEMIO_RESULTS_PART_ONSET, 0, "Arm flexion: seconds 2.50");
  assert_mark (&view, SEMIO_RESULTS_PART_ONSET, 1, "Arm flexion: seconds 1.00");
  g_assert_cmpint (g_array_index (part->links, SemioResultsLink, 1).recording_id, ==, 8);
  g_assert_cmpstr (semio_text_table_get_cell (numbers->table, 0, 4, NULL, NULL), ==, "1.75\302\240(needs four patients)");
  g_assert_cmpstr (semio_text_table_get_cell (numbers->table, 0, 6, NULL, NULL), ==, "0.50");
}

static void
test_no_format (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = NULL;

  import (test, SEMIO_IMPORT_REFERENCE, "reference", tonic, every_third, N_RECORDINGS);
  import (test, SEMIO_IMPORT_PREDICTIONS, "run", tonic, every_second, N_RECORDINGS);
  none = export_as (test, SEMIO_RESULTS_EXPORT_METRICS, "numbers.docx", FALSE, &error);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED);
}

#define ADD(path, func) g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down)

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  ADD ("/results-parts/no-reference", test_no_reference);
  ADD ("/results-parts/one-class", test_one_class);
  ADD ("/results-parts/one-patient", test_one_patient);
  ADD ("/results-parts/all-fails", test_all_fails);
  ADD ("/results-parts/ties", test_ties);
  ADD ("/results-parts/other-features", test_other_features);
  ADD ("/results-parts/one-rater", test_one_rater);
  ADD ("/results-parts/two-raters", test_two_raters);
  ADD ("/results-parts/same-bytes", test_same_bytes);
  ADD ("/results-parts/deidentified", test_deidentified);
  ADD ("/results-parts/curves", test_curves);
  ADD ("/results-parts/onsets", test_onsets);
  ADD ("/results-parts/no-format", test_no_format);
  return semio_test_home_run ();
}

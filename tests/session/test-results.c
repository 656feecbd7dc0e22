/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study in the shape of the published one: 90 recordings of 29 patients, answers by segments, fails, n/a and blanks. Every
 * number below is counted by hand from the rules in the functions that write the files. */
#include <math.h>
#include <string.h>

#include "semio-results.h"
#include "semio-test-home.h"
#include "semio-test-study.h"
#include "semio-tests.h"

#define N_RECORDINGS 90
#define N_PATIENTS 29
#define N_SEGMENTS 4
/* Of segments from 0, 25, 50, 75 s the event overlaps this one alone. */
#define EVENT "0:33,0:45"
#define EVENT_SEGMENT 1
#define EPSILON 1e-12

static void
append_name (GString *csv, guint i, const char *more)
{
  g_string_append_printf (csv, "A%04u@5-13-2021@UA66LK@sz_v%u%s.mp4", i % N_PATIENTS, i / N_PATIENTS, more);
}

/* Tonic: the first 30. Blank stare: the first 60, who are the epileptic ones. Answering: 37 blank, 23 yes, 25 no, 5 n/a. */
static char *
write_reference (SemioTestStudy *test)
{
  g_autoptr (GString) csv = g_string_new ("file_name,tonic,blank_stare,verbal_responsiveness,start_time,end_time,label\n");

  for (guint i = 0; i < N_RECORDINGS; i++)
    {
      append_name (csv, i, "");
      g_string_append_printf (csv, ",%s,%s,%s,%s,%d\n", i < 30 ? "yes" : "no", i < 60 ? "yes" : "no",
                              i < 37   ? ""
                              : i < 60 ? "yes"
                              : i < 85 ? "no"
                                       : "na",
                              EVENT, i < 60);
    }
  return semio_test_study_put (test, "reference.csv", csv->str);
}

/* In the event: 20 of 30 found, 5 fails, 5 missed; 45 to 50 wrong. Outside of it 30 to 44 are wrong. */
static const char *
get_plain_tonic (guint i, guint segment)
{
  if (segment == EVENT_SEGMENT)
    return i < 20 || (i >= 45 && i <= 50) ? "yes" : i >= 20 && i < 25 ? "fail" : "no";
  return segment == 3 && i >= 30 && i < 45 ? "yes" : "no";
}

static const char *
get_verbal (guint i)
{
  if (i < 37)
    return "no";
  if (i < 60)
    return i <= 50 ? "yes" : i <= 55 ? "no" : "na";
  if (i < 85)
    return i < 70 ? "no" : i < 80 ? "yes" : "na";
  return i < 88 ? "na" : i == 88 ? "yes" : "no";
}

static char *
write_plain (SemioTestStudy *test)
{
  g_autoptr (GString) csv = g_string_new ("file_name,tonic,blank_stare,verbal_responsiveness\n");

  for (guint i = 0; i < N_RECORDINGS; i++)
    for (guint segment = 0; segment < N_SEGMENTS; segment++)
      {
        g_autofree char *more = g_strdup_printf ("_segment_%u", segment);

        append_name (csv, i, more);
        g_string_append_printf (csv, ",%s,%s,%s\n", get_plain_tonic (i, segment), i < 70 ? "yes" : "no", get_verbal (i));
      }
  return semio_test_study_put (test, "plain.csv", csv->str);
}

/* Enhanced: one missed, nothing wrong; blank stare as before, nothing said of answering. */
static char *
write_enhanced (SemioTestStudy *test)
{
  g_autoptr (GString) csv = g_string_new ("file_name,tonic,blank_stare\n");

  for (guint i = 0; i < N_RECORDINGS; i++)
    for (guint segment = 0; segment < N_SEGMENTS; segment++)
      {
        g_autofree char *more = g_strdup_printf ("_segment_%u", segment);

        append_name (csv, i, more);
        g_string_append_printf (csv, ",%s,%s\n", i < 29 ? "yes" : "no", i < 70 ? "yes" : "no");
      }
  return semio_test_study_put (test, "enhanced.csv", csv->str);
}

static void
import_run (SemioTestStudy *test, const char *path, const char *name, const char *enhancement)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioImport) import = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  GAsyncResult *slot = NULL;

  semio_import_read_async (test->study, SEMIO_IMPORT_PREDICTIONS, file, NULL, NULL, semio_test_ready_cb, &slot);
  read = semio_test_wait_for (&slot);
  import = semio_import_read_finish (read, &error);
  g_assert_no_error (error);
  semio_import_set_name (import, name);
  semio_import_set_model (import, "M");
  semio_import_set_enhancement (import, enhancement);
  semio_import_commit_async (import, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  summary = semio_import_commit_finish (import, result, &error);
  g_assert_no_error (error);
}

static void
import_all (SemioTestStudy *test)
{
  g_autofree char *reference = write_reference (test);
  g_autofree char *plain = write_plain (test);
  g_autofree char *enhanced = write_enhanced (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_test_study_import (test, SEMIO_IMPORT_REFERENCE, reference, "Experts", TRUE, &error);

  g_assert_no_error (error);
  import_run (test, plain, "plain", "none");
  import_run (test, enhanced, "enhanced", "pose overlay");
}

static SemioResultsReport *
compute (SemioResults *results, const SemioResultsChoice *choice)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioResultsReport *report;

  semio_results_compute_async (results, choice, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_results_compute_finish (results, result, &error);
  g_assert_no_error (error);
  return report;
}

static guint
find_run (const SemioResultsReport *report, const char *name)
{
  for (guint i = 0; i < report->runs->len; i++)
    if (g_str_equal (((SemioRun *) report->runs->pdata[i])->name, name))
      return i;
  g_assert_not_reached ();
}

static const SemioResultsRow *
find_row (const SemioResultsReport *report, const char *run, const char *feature)
{
  return semio_results_report_find (report, find_run (report, run), (guint) semio_feature_set_find (report->features, feature));
}

static void
assert_scores (const SemioResultsScores *scores, double accuracy, double precision, double recall, double f1)
{
  g_assert_cmpfloat_with_epsilon (scores->scores[SEMIO_SCORE_ACCURACY].value, accuracy, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores->scores[SEMIO_SCORE_PRECISION].value, precision, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores->scores[SEMIO_SCORE_RECALL].value, recall, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores->scores[SEMIO_SCORE_F1].value, f1, EPSILON);
  /* The same by the other road. */
  g_assert_cmpfloat_with_epsilon (scores->metrics.accuracy, accuracy, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores->metrics.precision, precision, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores->metrics.recall, recall, EPSILON);
  g_assert_cmpfloat_with_epsilon (scores->metrics.f1, f1, EPSILON);
}

static void
assert_around (SemioInterval interval, double value)
{
  g_assert_cmpint (interval.state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpfloat (interval.low, <, value);
  g_assert_cmpfloat (interval.high, >, value);
}

static void
test_default (SemioTestStudy *test, gconstpointer data)
{
  const SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (SemioResultsReport) report = NULL;
  const SemioResultsRow *row;
  SemioInterval wilson;

  import_all (test);
  report = compute (results, &choice);
  g_assert_cmpuint (report->n_patients, ==, N_PATIENTS);
  g_assert_cmpuint (report->recordings->len, ==, N_RECORDINGS);
  g_assert_cmpuint (report->rows->len, ==, 5);

  /* TP 20, FN 10, FP 6, TN 54; five of the missed are fails. */
  row = find_row (report, "plain", "tonic");
  assert_scores (&row->main, 74.0 / 90, 20.0 / 26, 20.0 / 30, 40.0 / 56);
  g_assert_cmpfloat_with_epsilon (row->main.scores[SEMIO_SCORE_SPECIFICITY].value, 54.0 / 60, EPSILON);
  g_assert_cmpfloat_with_epsilon (row->main.scores[SEMIO_SCORE_BALANCED_ACCURACY].value, (20.0 / 30 + 54.0 / 60) / 2, EPSILON);
  g_assert_cmpfloat_with_epsilon (row->main.scores[SEMIO_SCORE_MCC].value, (20.0 * 54 - 6 * 10) / sqrt (26.0 * 30 * 60 * 64),
                                  EPSILON);
  g_assert_cmpuint (row->main.metrics.fails, ==, 5);
  g_assert_cmpfloat (row->main.metrics.coverage, ==, 1);
  g_assert_cmpuint (row->main.metrics.positives, ==, 30);
  wilson = semio_wilson_interval (20, 30, 0.95);
  g_assert_cmpfloat (row->main.intervals[SEMIO_SCORE_RECALL].low, ==, wilson.low);
  g_assert_cmpfloat (row->main.intervals[SEMIO_SCORE_RECALL].high, ==, wilson.high);
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    assert_around (row->main.intervals[s], row->main.scores[s].value);
  /* All segments: 15 more are wrong, and where one segment failed another said no. */
  assert_scores (&row->other, 59.0 / 90, 20.0 / 41, 20.0 / 30, 40.0 / 71);
  g_assert_cmpuint (row->other.metrics.fails, ==, 0);
  assert_around (row->other.intervals[SEMIO_SCORE_F1], 40.0 / 71);
  /* Always yes has an F1 of 60/120, always no an accuracy of 60/90. */
  g_assert_cmpfloat_with_epsilon (row->main.constants[SEMIO_SCORE_F1].value, 0.5, EPSILON);
  g_assert_cmpint (row->main.constant_answers[SEMIO_SCORE_F1], ==, SEMIO_ANSWER_YES);
  g_assert_cmpfloat_with_epsilon (row->main.constants[SEMIO_SCORE_ACCURACY].value, 60.0 / 90, EPSILON);
  g_assert_cmpint (row->main.constant_answers[SEMIO_SCORE_ACCURACY], ==, SEMIO_ANSWER_NO);
  g_assert_true (semio_results_scores_beat_constant (&row->main, SEMIO_SCORE_F1));
  /* Of the 30 epileptic ones without it, 45 to 50 were called. */
  g_assert_false (row->equals_type);
  g_assert_cmpint (row->within_type, ==, SEMIO_EVENT_TYPE_EPILEPTIC);
  g_assert_cmpfloat_with_epsilon (row->within_specificity.value, 24.0 / 30, EPSILON);

  /* 37 blank and 5 n/a are left out; an n/a where the reference is yes or no is wrong. */
  row = find_row (report, "plain", "verbal_responsiveness");
  assert_scores (&row->main, 24.0 / 48, 14.0 / 24, 14.0 / 23, 28.0 / 47);
  g_assert_cmpfloat_with_epsilon (row->main.scores[SEMIO_SCORE_SPECIFICITY].value, 10.0 / 25, EPSILON);
  g_assert_cmpuint (row->main.metrics.left_out, ==, 42);
  g_assert_false (semio_results_scores_beat_constant (&row->main, SEMIO_SCORE_F1));

  row = find_row (report, "plain", "blank_stare");
  g_assert_true (row->equals_type);
  g_assert_cmpint (row->within_specificity.state, ==, SEMIO_FIGURE_ONE_CLASS);
  g_assert_null (find_row (report, "enhanced", "verbal_responsiveness"));
}

/* Joining is chosen apart from the policy; what the other way says changes places with it. Matrices are counted by hand. */
static void
test_join (SemioTestStudy *test, gconstpointer data)
{
  static const guint by_event[SEMIO_RESULTS_N_CONFUSION] = { 20, 5, 5, 6, 54, 0 };
  /* A fail of one segment is made good by the no of the three others. */
  static const guint all[SEMIO_RESULTS_N_CONFUSION] = { 20, 10, 0, 21, 39, 0 };
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (SemioResultsReport) event = NULL;
  g_autoptr (SemioResultsReport) published = NULL;
  const SemioResultsRow *one;
  const SemioResultsRow *other;

  import_all (test);
  choice.n_resamples = 200;
  choice.join = SEMIO_RESULTS_JOIN_BY_EVENT;
  event = compute (results, &choice);
  choice.join = SEMIO_RESULTS_JOIN_AS_PUBLISHED;
  published = compute (results, &choice);
  one = find_row (event, "plain", "tonic");
  other = find_row (published, "plain", "tonic");
  g_assert_cmpfloat (one->main.scores[SEMIO_SCORE_F1].value, ==, other->other.scores[SEMIO_SCORE_F1].value);
  g_assert_cmpfloat (one->other.scores[SEMIO_SCORE_F1].value, ==, other->main.scores[SEMIO_SCORE_F1].value);
  g_assert_cmpfloat (one->main.intervals[SEMIO_SCORE_F1].low, ==, other->other.intervals[SEMIO_SCORE_F1].low);
  g_assert_cmpmem (one->confusion, sizeof one->confusion, by_event, sizeof by_event);
  g_assert_cmpmem (other->confusion, sizeof other->confusion, all, sizeof all);
}

static void
test_published (SemioTestStudy *test, gconstpointer data)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (SemioResultsReport) report = NULL;
  const SemioResultsRow *row;

  import_all (test);
  choice.policy = SEMIO_METRICS_POLICY_PUBLISHED;
  report = compute (results, &choice);
  row = find_row (report, "plain", "tonic");
  assert_scores (&row->main, 59.0 / 90, 20.0 / 41, 20.0 / 30, 40.0 / 71);
  assert_around (row->main.intervals[SEMIO_SCORE_F1], 40.0 / 71);
  /* By the event, the five fails are dropped. */
  assert_scores (&row->other, 74.0 / 85, 20.0 / 26, 20.0 / 25, 40.0 / 51);
  g_assert_cmpuint (row->other.metrics.fails, ==, 5);
  g_assert_cmpuint (row->other.metrics.left_out, ==, 5);
  /* Three classes, each against the others: yes 14 of 25 said and 23 true, no 10 of 16 and 25, n/a 3 of 12 and 5. */
  row = find_row (report, "plain", "verbal_responsiveness");
  assert_scores (&row->main, 27.0 / 53, (14.0 / 25 + 10.0 / 16 + 3.0 / 12) / 3, (14.0 / 23 + 10.0 / 25 + 3.0 / 5) / 3,
                 (28.0 / 48 + 20.0 / 41 + 6.0 / 17) / 3);
  assert_around (row->main.intervals[SEMIO_SCORE_F1], row->main.scores[SEMIO_SCORE_F1].value);
  assert_around (row->main.intervals[SEMIO_SCORE_RECALL], row->main.scores[SEMIO_SCORE_RECALL].value);
  g_assert_cmpuint (row->main.metrics.left_out, ==, 37);
  /* Always no: right in 25 of 53; its F1 is 50/78 for no, 0 for yes and n/a, which the reference has. */
  g_assert_cmpfloat_with_epsilon (row->main.constants[SEMIO_SCORE_ACCURACY].value, 25.0 / 53, EPSILON);
  g_assert_cmpfloat_with_epsilon (row->main.constants[SEMIO_SCORE_F1].value, 50.0 / 78 / 3, EPSILON);
}

static void
test_contrasts (SemioTestStudy *test, gconstpointer data)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (SemioResultsReport) report = NULL;
  g_autoptr (SemioResultsReport) planned = NULL;
  const SemioResultsContrast *contrast;
  guint tonic, stare, plain, enhanced;
  gboolean turned;

  import_all (test);
  report = compute (results, &choice);
  tonic = (guint) semio_feature_set_find (report->features, "tonic");
  stare = (guint) semio_feature_set_find (report->features, "blank_stare");
  plain = find_run (report, "plain");
  enhanced = find_run (report, "enhanced");
  contrast = semio_results_report_find_contrast (report, enhanced, plain, tonic, &turned);
  g_assert_false (turned);
  g_assert_cmpint (contrast->kind, ==, SEMIO_CONTRAST_ENHANCEMENT);
  /* 20 to 28 and 45 to 50 are right with the enhancement alone. */
  g_assert_cmpuint (contrast->n_both, ==, N_RECORDINGS);
  g_assert_cmpuint (contrast->only_run, ==, 15);
  g_assert_cmpuint (contrast->only_other, ==, 0);
  g_assert_cmpfloat_with_epsilon (contrast->mcnemar, 2 * pow (0.5, 15), EPSILON);
  g_assert_cmpuint (report->n_tests, ==, 2);
  g_assert_cmpfloat_with_epsilon (contrast->mcnemar_holm, 4 * pow (0.5, 15), EPSILON);
  g_assert_cmpfloat_with_epsilon (contrast->difference.value, 58.0 / 59 - 40.0 / 56, EPSILON);
  g_assert_true (semio_results_contrast_is_clear (contrast));
  g_assert_true (find_row (report, "enhanced", "tonic")->is_best);
  g_assert_false (find_row (report, "plain", "tonic")->is_best);
  /* No better than each other: neither is best. */
  contrast = semio_results_report_find_contrast (report, plain, enhanced, stare, &turned);
  g_assert_true (turned);
  g_assert_false (semio_results_contrast_is_clear (contrast));
  g_assert_false (find_row (report, "enhanced", "blank_stare")->is_best);
  /* One run alone is not the best of anything. */
  g_assert_false (find_row (report, "plain", "verbal_responsiveness")->is_best);

  choice.primary = (SemioPrimaryContrast){ ((SemioRun *) report->runs->pdata[enhanced])->id,
                                           ((SemioRun *) report->runs->pdata[plain])->id, (int) tonic };
  planned = compute (results, &choice);
  contrast = semio_results_report_find_contrast (planned, enhanced, plain, tonic, &turned);
  g_assert_true (contrast->is_primary);
  g_assert_cmpuint (planned->n_tests, ==, 1);
  g_assert_cmpfloat (contrast->mcnemar_holm, ==, contrast->mcnemar);
}

/* Recordings 10 to 59 alone. */
static char *
write_partial (SemioTestStudy *test)
{
  g_autoptr (GString) csv = g_string_new ("file_name,tonic,verbal_responsiveness\n");

  for (guint i = 10; i < 60; i++)
    {
      append_name (csv, i, "_segment_1");
      g_string_append_printf (csv, ",%s,%s\n", i < 29 ? "yes" : "no", "yes");
    }
  return semio_test_study_put (test, "partial.csv", csv->str);
}

/* Two runs are compared on what both are scored on, under either policy. */
static void
test_common (SemioTestStudy *test, gconstpointer data)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (SemioResultsReport) report = NULL;
  g_autoptr (SemioResultsReport) published = NULL;
  g_autofree char *partial = NULL;
  const SemioResultsContrast *contrast;
  gboolean turned;

  import_all (test);
  partial = write_partial (test);
  import_run (test, partial, "partial", "other");
  report = compute (results, &choice);
  contrast = semio_results_report_find_contrast (report, find_run (report, "partial"), find_run (report, "plain"),
                                                 (guint) semio_feature_set_find (report->features, "tonic"), &turned);
  g_assert_nonnull (contrast);
  g_assert_false (turned);
  g_assert_cmpuint (contrast->n_both, ==, 50);
  /* Of 20 to 29 and 45 to 50 the partial one is wrong at 29, as the plain one is. */
  g_assert_cmpuint (contrast->only_run, ==, 15);
  g_assert_cmpuint (contrast->only_other, ==, 0);
  g_assert_cmpfloat_with_epsilon (contrast->f1_run.value, 38.0 / 39, EPSILON);
  g_assert_cmpfloat_with_epsilon (contrast->f1_other.value, 20.0 / 36, EPSILON);
  g_assert_cmpfloat_with_epsilon (contrast->difference.value, 38.0 / 39 - 20.0 / 36, EPSILON);
  assert_around (contrast->interval, contrast->difference.value);
  g_assert_true (semio_results_contrast_is_clear (contrast));
  g_assert_cmpfloat (semio_results_report_find (report, find_run (report, "partial"), contrast->feature)->main.metrics.coverage,
                     <, 1);

  choice.policy = SEMIO_METRICS_POLICY_PUBLISHED;
  published = compute (results, &choice);
  contrast =
      semio_results_report_find_contrast (published, find_run (published, "partial"), find_run (published, "plain"),
                                          (guint) semio_feature_set_find (published->features, "verbal_responsiveness"), &turned);
  /* 37 to 59, all yes: always right; of 14 yes, 5 no and 4 n/a the other is right in 14, and three classes occur. */
  g_assert_cmpuint (contrast->n_both, ==, 23);
  g_assert_cmpfloat_with_epsilon (contrast->f1_run.value, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (contrast->f1_other.value, 28.0 / 37 / 3, EPSILON);
}

static void
test_means_and_types (SemioTestStudy *test, gconstpointer data)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (SemioResultsReport) report = NULL;
  const SemioResultsMean *mean;
  const SemioResultsRow *row;

  import_all (test);
  choice.with_types = TRUE;
  choice.n_resamples = 500;
  report = compute (results, &choice);
  g_assert_cmpuint (report->means->len, ==, 2 * (1 + semio_feature_set_get_n_groups (report->features)));
  mean = &g_array_index (report->means, SemioResultsMean, find_run (report, "plain") * (report->means->len / 2));
  g_assert_cmpint (mean->group, ==, -1);
  g_assert_cmpuint (mean->n_features, ==, 3);
  g_assert_cmpfloat_with_epsilon (mean->macro[SEMIO_SCORE_F1].value, (40.0 / 56 + 120.0 / 130 + 28.0 / 47) / 3, EPSILON);
  g_assert_cmpfloat_with_epsilon (mean->micro[SEMIO_SCORE_F1].value, (40.0 + 120 + 28) / (56 + 130 + 47), EPSILON);
  assert_around (mean->macro_f1, mean->macro[SEMIO_SCORE_F1].value);
  assert_around (mean->micro_f1, mean->micro[SEMIO_SCORE_F1].value);
  /* Of the epileptic ones first, then of the others: tonic never is there. */
  g_assert_cmpuint (report->type_rows->len, ==, 10);
  row = &g_array_index (report->type_rows, SemioResultsRow, 0);
  g_assert_cmpint (row->type, ==, SEMIO_EVENT_TYPE_EPILEPTIC);
  row = &g_array_index (report->type_rows, SemioResultsRow, 9);
  g_assert_cmpint (row->type, ==, SEMIO_EVENT_TYPE_NON_EPILEPTIC);
  for (guint i = 5; i < 10; i++)
    {
      row = &g_array_index (report->type_rows, SemioResultsRow, i);
      if (row->feature == (guint) semio_feature_set_find (report->features, "tonic"))
        g_assert_cmpint (row->main.scores[SEMIO_SCORE_RECALL].state, ==, SEMIO_FIGURE_NO_POSITIVES);
    }
}

static void
assert_same (const SemioResultsRow *one, const SemioResultsRow *other)
{
  for (guint i = 0; i < SEMIO_N_SCORES; i++)
    {
      g_assert_cmpfloat (one->main.scores[i].value, ==, other->main.scores[i].value);
      g_assert_cmpint (one->main.intervals[i].state, ==, other->main.intervals[i].state);
      g_assert_cmpfloat (one->main.intervals[i].low, ==, other->main.intervals[i].low);
      g_assert_cmpfloat (one->main.intervals[i].high, ==, other->main.intervals[i].high);
    }
}

/* A choice of a run, a group and some patients; the same choice gives the same numbers, whatever was computed before and on how
 * many threads. */
static void
test_choice (SemioTestStudy *test, gconstpointer data)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (SemioResults) fresh = semio_results_new (test->study);
  g_autoptr (SemioResultsReport) all = NULL;
  g_autoptr (SemioResultsReport) some = NULL;
  g_autoptr (SemioResultsReport) again = NULL;
  g_autoptr (SemioResultsReport) few = NULL;
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) pairs = NULL;
  guint group;

  import_all (test);
  choice.n_resamples = 2000;
  all = compute (results, &choice);
  g_array_append_val (runs, ((SemioRun *) all->runs->pdata[find_run (all, "plain")])->id);
  group = semio_feature_set_get (all->features, (guint) semio_feature_set_find (all->features, "tonic"))->group;
  g_array_append_val (groups, group);
  choice.runs = runs;
  choice.groups = groups;
  some = compute (results, &choice);
  g_assert_cmpuint (some->runs->len, ==, 1);
  g_assert_cmpuint (some->rows->len, ==, 1);
  g_assert_cmpuint (some->contrasts->len, ==, 0);
  assert_same (find_row (some, "plain", "tonic"), find_row (all, "plain", "tonic"));
  choice.n_threads = 3;
  again = compute (fresh, &choice);
  g_assert_cmpuint (again->rows->len, ==, 1);
  assert_same (find_row (again, "plain", "tonic"), find_row (some, "plain", "tonic"));
  pairs = semio_results_list_pairs (results, some, 0, (guint) semio_feature_set_find (all->features, "tonic"));
  g_assert_cmpuint (pairs->len, ==, N_RECORDINGS);

  /* One patient with the recordings there are. */
  g_array_append_val (patients, ((SemioRecording *) all->recordings->pdata[0])->patient_id);
  choice.patients = patients;
  choice.runs = NULL;
  few = compute (results, &choice);
  g_assert_cmpuint (few->n_patients, ==, 1);
  g_assert_cmpuint (few->recordings->len, >=, 3);
  g_assert_cmpint (g_array_index (few->rows, SemioResultsRow, 0).main.intervals[SEMIO_SCORE_KAPPA].state, !=, SEMIO_FIGURE_KNOWN);
}

static void
count_cb (double fraction, const char *what, gpointer user_data)
{
  guint *n_told = user_data;

  g_assert_cmpfloat (fraction, >=, 0);
  g_assert_cmpfloat (fraction, <=, 1);
  *n_told += 1;
}

static void
test_progress_and_cancel (SemioTestStudy *test, gconstpointer data)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SemioResultsReport) report = NULL;
  g_autoptr (GAsyncResult) none = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) stopped = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  guint n_told = 0;

  semio_results_compute_async (results, &choice, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  none = semio_test_wait_for (&slot);
  report = semio_results_compute_finish (results, none, &error);
  g_assert_null (report);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  g_clear_error (&error);

  import_all (test);
  semio_results_compute_async (results, &choice, count_cb, &n_told, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_results_compute_finish (results, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_told, >, 0);
  g_clear_pointer (&report, semio_results_report_unref);

  choice.seed++;
  semio_results_compute_async (results, &choice, NULL, NULL, cancellable, semio_test_ready_cb, &slot);
  g_cancellable_cancel (cancellable);
  stopped = semio_test_wait_for (&slot);
  report = semio_results_compute_finish (results, stopped, &error);
  g_assert_null (report);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, func) g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down)

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  ADD ("/results/default", test_default);
  ADD ("/results/join", test_join);
  ADD ("/results/published", test_published);
  ADD ("/results/contrasts", test_contrasts);
  ADD ("/results/common", test_common);
  ADD ("/results/means-and-types", test_means_and_types);
  ADD ("/results/choice", test_choice);
  ADD ("/results/progress-and-cancel", test_progress_and_cancel);
  return semio_test_home_run ();
}

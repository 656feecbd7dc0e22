/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times, order, sides, types and scores of a small study whose every number is counted by hand. */
#include <math.h>
#include <string.h>

#include "semio-results-curves.h"
#include "semio-results-parts.h"
#include "semio-results-times.h"
#include "semio-store-import.h"
#include "semio-study-private.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

#define S SEMIO_NS_PER_SECOND
#define EPSILON 1e-12

static guint tonic, clonic;

static void
add_label (SemioStoreImport *import, int recording, guint feature, SemioAnswer answer, gint64 begin_s, gint64 end_s)
{
  const SemioLabel label = { -1 - recording, feature, answer, begin_s < 0 ? SEMIO_TIME_NONE : begin_s * S,
                             end_s < 0 ? SEMIO_TIME_NONE : end_s * S };

  g_array_append_val (import->labels, label);
}

static void
add_finding (SemioStoreImport *import, int recording, SemioFindingKind kind, guint feature, double begin_s, const char *text)
{
  const SemioFinding finding = { .recording_id = -1 - recording,
                                 .kind = kind,
                                 .feature = feature,
                                 .segment = SEMIO_SEGMENT_WHOLE,
                                 .begin_ns = begin_s < 0 ? SEMIO_TIME_NONE : (gint64) (begin_s * (double) S),
                                 .end_ns = SEMIO_TIME_NONE,
                                 .failed = g_strcmp0 (text, "fail") == 0,
                                 .text = g_strcmp0 (text, "fail") == 0 ? NULL : g_strdup (text) };

  g_array_append_val (import->findings, finding);
}

static void
add_answer (SemioStoreImport *import, int recording, int segment, SemioAnswer answer, double score, gint64 begin_s, gint64 end_s)
{
  const SemioPrediction prediction = { .recording_id = -1 - recording,
                                       .feature = tonic,
                                       .segment = segment,
                                       .answer = answer,
                                       .has_span = begin_s >= 0,
                                       .begin_ns = begin_s * S,
                                       .end_ns = end_s * S,
                                       .has_score = TRUE,
                                       .score = score };

  g_array_append_val (import->predictions, prediction);
}

static void
bring (SemioTestStudy *test, SemioStoreImport *import, guint n_create)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreImportResult) done = NULL;
  GAsyncResult *slot = NULL;

  for (guint i = 0; i < n_create; i++)
    {
      SemioRecording *recording = semio_recording_new ();

      recording->source_name = g_strdup_printf ("r%u.mp4", i);
      g_ptr_array_add (import->creates, recording);
      g_ptr_array_add (import->create_patients, NULL);
    }
  semio_store_import_async (test->study->store, import, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  done = semio_store_import_finish (test->study->store, result, &error);
  g_assert_no_error (error);
}

/* What stands gets ids by source name, which the store gives in order: 1 to 4. */
static void
number_recordings (SemioStoreImport *import)
{
  for (guint i = 0; i < import->findings->len; i++)
    g_array_index (import->findings, SemioFinding, i).recording_id *= -1;
  for (guint i = 0; i < import->predictions->len; i++)
    g_array_index (import->predictions, SemioPrediction, i).recording_id *= -1;
}

static void
bring_reference (SemioTestStudy *test)
{
  SemioStoreImport *import = semio_store_import_new ();
  static const SemioEventType types[] = { SEMIO_EVENT_TYPE_EPILEPTIC, SEMIO_EVENT_TYPE_FUNCTIONAL, SEMIO_EVENT_TYPE_EPILEPTIC,
                                          SEMIO_EVENT_TYPE_NON_EPILEPTIC };
  static const char *const sides[] = { "left", "right", "both", "none" };

  import->set = semio_reference_set_new ();
  import->set->name = g_strdup ("Experts");
  for (int r = 0; r < 4; r++)
    {
      const SemioRecordingEvent event = { -1 - r, { SEMIO_TIME_NONE, SEMIO_TIME_NONE, 0, types[r] } };

      g_array_append_val (import->events, event);
      add_finding (import, r, SEMIO_FINDING_SIDE, SEMIO_FEATURE_HEAD, -1, sides[r]);
    }
  add_label (import, 0, tonic, SEMIO_ANSWER_YES, 10, 20);
  add_label (import, 0, clonic, SEMIO_ANSWER_YES, 20, 30);
  add_label (import, 1, tonic, SEMIO_ANSWER_YES, 12, 22);
  add_label (import, 1, clonic, SEMIO_ANSWER_YES, -1, -1);
  add_label (import, 2, tonic, SEMIO_ANSWER_YES, 20, 40);
  add_label (import, 3, tonic, SEMIO_ANSWER_NO, -1, -1);
  /* An interval beside a no counts for nothing. */
  add_finding (import, 3, SEMIO_FINDING_ANSWER, tonic, 4, "Only a stretch.");
  add_finding (import, 1, SEMIO_FINDING_ONSET, clonic, 30, NULL);
  add_finding (import, 0, SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE, -1, "tonic, clonic");
  bring (test, import, 4);
}

static void
bring_run (SemioTestStudy *test, const char *name, gboolean is_silent)
{
  SemioStoreImport *import = semio_store_import_new ();
  static const char *const sides[] = { "left", "left", "right", "none" };
  static const char *const types[] = { "epileptic", "epileptic", "fail", "NES" };

  import->run = semio_run_new ();
  import->run->name = g_strdup (name);
  if (is_silent)
    {
      add_answer (import, 0, SEMIO_SEGMENT_WHOLE, SEMIO_ANSWER_NO, 0, -1, -1);
      g_array_index (import->predictions, SemioPrediction, 0).has_score = FALSE;
      number_recordings (import);
      bring (test, import, 0);
      return;
    }
  for (int r = 0; r < 4; r++)
    {
      add_finding (import, r, SEMIO_FINDING_SIDE, SEMIO_FEATURE_HEAD, -1, sides[r]);
      add_finding (import, r, SEMIO_FINDING_EVENT_TYPE, SEMIO_FEATURE_NONE, -1, types[r]);
    }
  add_answer (import, 0, SEMIO_SEGMENT_WHOLE, SEMIO_ANSWER_YES, 0.9, 11, 21);
  add_answer (import, 1, SEMIO_SEGMENT_WHOLE, SEMIO_ANSWER_NO, 0.4, -1, -1);
  add_answer (import, 2, 0, SEMIO_ANSWER_NO, 0.2, -1, -1);
  add_answer (import, 2, 1, SEMIO_ANSWER_YES, 0.6, -1, -1);
  add_answer (import, 3, SEMIO_SEGMENT_WHOLE, SEMIO_ANSWER_NO, 0.5, -1, -1);
  add_finding (import, 0, SEMIO_FINDING_ONSET, clonic, 26, NULL);
  add_finding (import, 1, SEMIO_FINDING_ONSET, tonic, 12.5, NULL);
  add_finding (import, 1, SEMIO_FINDING_ONSET, clonic, 29, NULL);
  add_finding (import, 2, SEMIO_FINDING_ONSET, tonic, -1, "fail");
  add_finding (import, 3, SEMIO_FINDING_ONSET, tonic, 5, NULL);
  add_finding (import, 0, SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE, -1, "clonic, tonic");
  number_recordings (import);
  bring (test, import, 0);
}

static void
set_up (SemioTestStudy *test, gconstpointer data)
{
  semio_test_study_set_up (test, data);
  tonic = (guint) semio_feature_set_find (semio_study_get_feature_set (test->study), "tonic");
  clonic = (guint) semio_feature_set_find (semio_study_get_feature_set (test->study), "clonic");
}

static SemioTimesReport *
compute_group (SemioTestStudy *test, SemioPatientGroup group, GError **error)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  choice.patient_group = group;
  semio_times_compute_async (test->study, &choice, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_times_compute_finish (test->study, result, error);
}

static SemioTimesReport *
compute (SemioTestStudy *test, GError **error)
{
  return compute_group (test, SEMIO_PATIENT_GROUP_ALL, error);
}

#define assert_value(figure, expected)                                                                                           \
  G_STMT_START                                                                                                                   \
  {                                                                                                                              \
    g_assert_cmpint ((figure).state, ==, SEMIO_FIGURE_KNOWN);                                                                    \
    g_assert_cmpfloat_with_epsilon ((figure).value, expected, EPSILON);                                                          \
  }                                                                                                                              \
  G_STMT_END

static void
expect_onsets (const SemioTimesReport *report)
{
  const SemioTimesOnset *onset = &g_array_index (report->onsets, SemioTimesOnset, 0);

  g_assert_cmpuint (report->onsets->len, ==, 3);
  g_assert_cmpuint (report->points->len, ==, 4);
  /* Errors 1, 0.5, 6, 1; the constants 11 and 25 err by 1, 1, 5, 5. */
  g_assert_cmpint (onset->feature, ==, -1);
  g_assert_cmpuint (onset->error.n_reference, ==, 5);
  assert_value (onset->error.coverage, 0.8);
  assert_value (onset->error.mean_s, 2.125);
  assert_value (onset->error.median_s, 1);
  assert_value (onset->error.within[0], 0.75);
  assert_value (onset->error.within[2], 0.75);
  assert_value (onset->error.constant_mean_s, 3);
  assert_value (onset->error.constant_median_s, 3);
  assert_value (onset->error.constant_within[2], 1);
  g_assert_true (onset->beats_constant);
  /* Wilson of 3 in 4, by R's prop.test (correct = FALSE). */
  g_assert_cmpfloat_with_epsilon (onset->within[0].low, 0.3006418, 1e-6);
  g_assert_cmpfloat_with_epsilon (onset->within[0].high, 0.9544127, 1e-6);
  onset = &g_array_index (report->onsets, SemioTimesOnset, 1);
  g_assert_cmpint (onset->feature, ==, (int) tonic);
  assert_value (onset->error.coverage, 2.0 / 3);
  assert_value (onset->error.mean_s, 0.75);
  assert_value (onset->error.within[0], 1);
  g_assert_cmpfloat_with_epsilon (onset->error.constant_s, 11, EPSILON);
  onset = &g_array_index (report->onsets, SemioTimesOnset, 2);
  assert_value (onset->error.mean_s, 3.5);
  assert_value (onset->error.within[2], 0.5);
  assert_value (onset->error.constant_mean_s, 5);
}

static void
expect_overlap_and_order (const SemioTimesReport *report)
{
  const SemioTimesOverlap *overlap = &g_array_index (report->overlaps, SemioTimesOverlap, 0);
  const SemioTimesOrder *order = &g_array_index (report->orders, SemioTimesOrder, 0);

  g_assert_cmpuint (report->overlaps->len, ==, 2);
  g_assert_cmpuint (overlap->feature, ==, tonic);
  assert_value (overlap->coverage, 1.0 / 3);
  assert_value (overlap->iou, 9.0 / 11);
  assert_value (overlap->precision, 0.9);
  assert_value (overlap->recall, 0.9);
  assert_value (overlap->constant_iou, 1);
  g_assert_false (overlap->beats_constant);
  overlap = &g_array_index (report->overlaps, SemioTimesOverlap, 1);
  g_assert_cmpuint (overlap->n_reference, ==, 1);
  g_assert_cmpint (overlap->iou.state, ==, SEMIO_FIGURE_NO_TIMES);

  /* Of the first recording both features are turned; the second's orders come of its onsets. */
  g_assert_cmpuint (report->orders->len, ==, 1);
  g_assert_cmpuint (order->n_reference, ==, 2);
  g_assert_cmpuint (order->n_scored, ==, 2);
  assert_value (order->edit, 0.5);
  assert_value (order->common, 0.75);
  assert_value (order->tau, 0);
  g_assert_cmpstr (order->constant, ==, "tonic, clonic");
  assert_value (order->constant_edit, 0);
  assert_value (order->constant_tau, 1);
  g_assert_false (order->beats_constant);
}

static void
expect_classes (const SemioTimesReport *report)
{
  const SemioTimesClass *left = &g_array_index (report->sides, SemioTimesClass, 0);
  const SemioTimesClass *right = &g_array_index (report->sides, SemioTimesClass, 1);
  const SemioTimesClass *type = &g_array_index (report->event_types, SemioTimesClass, 0);

  g_assert_cmpuint (report->sides->len, ==, 2);
  g_assert_cmpuint (left->part, ==, SEMIO_FEATURE_HEAD);
  g_assert_cmpint (left->side, ==, SEMIO_SIDE_LEFT);
  assert_value (left->coverage, 1);
  assert_value (left->f1, 0.5);
  assert_value (left->constant_f1, 4.0 / 6);
  assert_value (right->f1, 2.0 / 3);
  assert_value (right->constant_f1, 2.0 / 3);
  g_assert_false (right->beats_constant);
  g_assert_cmpuint (report->event_types->len, ==, 1);
  g_assert_cmpuint (type->n_fails, ==, 1);
  assert_value (type->precision, 0.5);
  assert_value (type->recall, 0.5);
  assert_value (type->f1, 0.5);
  assert_value (type->constant_f1, 4.0 / 6);
  /* Wilson of 1 in 2, by R's prop.test (correct = FALSE); each recording stands for a patient. */
  g_assert_cmpfloat_with_epsilon (type->recall_interval.low, 0.0945312, 1e-6);
  g_assert_cmpfloat_with_epsilon (type->recall_interval.high, 0.9054688, 1e-6);
  g_assert_cmpint (type->f1_interval.state, ==, SEMIO_FIGURE_KNOWN);
  /* By all 256 draws of four patients: BCa's ends are the least and the greatest, however ties with the estimate count. */
  g_assert_cmpfloat_with_epsilon (type->f1_interval.low, 0, EPSILON);
  g_assert_cmpfloat_with_epsilon (type->f1_interval.high, 1, EPSILON);
}

/* A row of a part's table as it is shown, its cells with a bar between. */
static char *
show_row (const SemioResultsView *view, SemioResultsPartKind kind, guint row)
{
  g_autoptr (SemioResultsPart) part = semio_results_part_new (kind, view);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (part->table);
  g_assert_cmpuint (row, <, semio_text_table_get_n_rows (part->table));
  for (guint i = 0; i < semio_text_table_get_n_columns (part->table); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", semio_text_table_get_cell (part->table, row, i, NULL, NULL));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
expect_shown (const SemioResultsView *view, SemioResultsPartKind kind, guint row, const char *wanted)
{
  g_autofree char *shown = show_row (view, kind, row);
  g_autoptr (GString) spaced = g_string_new (shown);

  g_string_replace (spaced, "\302\240", " ", 0);
  g_assert_cmpstr (spaced->str, ==, wanted);
}

static void
expect_row (SemioTestStudy *test, const SemioTimesReport *report, SemioResultsPartKind kind, guint row, const char *wanted)
{
  const SemioResultsView view = { .features = semio_study_get_feature_set (test->study), .times = (SemioTimesReport *) report };

  expect_shown (&view, kind, row, wanted);
}

static void
expect_curve_row (SemioTestStudy *test, const SemioCurvesReport *report, guint row, const char *wanted)
{
  const SemioResultsView view = { .features = semio_study_get_feature_set (test->study), .curves = (SemioCurvesReport *) report };

  expect_shown (&view, SEMIO_RESULTS_PART_AREAS_TABLE, row, wanted);
}

/* The same numbers as tables: what does not beat its constant is marked, what has no number says why. */
static void
expect_tables (SemioTestStudy *test, const SemioTimesReport *report)
{
  /* Drawn four at a time, three in ten of the draws that have any have one recording of the two alone: the ends are its numbers. */
  expect_row (test, report, SEMIO_RESULTS_PART_ONSET_TABLE, 0,
              "says|all together|5|0.800|2.13 (0.75, 3.50)|1.00 (0.75, 3.50)|"
              "0.75 (0.30, 0.95)|0.75 (0.30, 0.95)|0.75 ▾ (0.30, 0.95)");
  expect_row (test, report, SEMIO_RESULTS_PART_ONSET_TABLE, 1, "  always each median||5||3.00|3.00|0.50|0.50|1.00");
  expect_row (test, report, SEMIO_RESULTS_PART_ONSET_TABLE, 3, "  always 11.0 s||3||1.00|1.00|1.00|1.00|1.00");
  expect_row (
      test, report, SEMIO_RESULTS_PART_OVERLAP_TABLE, 0,
      "says|Tonic|3|0.333|0.82 ▾ (too rare for an interval)|0.90 ▾ (too rare for an interval)|0.90 ▾ (too rare for an interval)");
  expect_row (test, report, SEMIO_RESULTS_PART_OVERLAP_TABLE, 1, "  always 10.0 to 20.0 s||3||1.00|1.00|1.00");
  expect_row (test, report, SEMIO_RESULTS_PART_OVERLAP_TABLE, 2, "says|Clonic|1|0.000|needs times|needs times|needs times");
  expect_row (test, report, SEMIO_RESULTS_PART_ORDER_TABLE, 0,
              "says|all features|2|1.000|0.50 ▾ (0.00, 1.00)|"
              "0.75 ▾ (0.50, 1.00)|0.00 ▾ (-1.00, 1.00)");
  expect_row (test, report, SEMIO_RESULTS_PART_ORDER_TABLE, 1, "  always one order||2||0.00|1.00|1.00");
  expect_row (test, report, SEMIO_RESULTS_PART_SIDES_TABLE, 0,
              "says|Head, left|4|1.000|0.50 ▾ (0.09, 0.91)|0.50 (0.09, 0.91)|0.50 ▾ (0.00, 1.00)");
  expect_row (test, report, SEMIO_RESULTS_PART_SIDES_TABLE, 1, "  always this side||4||0.50|1.00|0.67");
  expect_row (test, report, SEMIO_RESULTS_PART_EVENT_TYPES_TABLE, 0,
              "says|Epileptic|4|1.000|0.50 ▾ (0.09, 0.91)|0.50 (0.09, 0.91)|0.50 ▾ (0.00, 1.00)");
  expect_row (test, report, SEMIO_RESULTS_PART_EVENT_TYPES_TABLE, 1, "  always epileptic||4||0.50|1.00|0.67");
}

static void
test_counted (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioTimesReport) report = NULL;
  g_autoptr (GError) error = NULL;

  bring_reference (test);
  bring_run (test, "says", FALSE);
  bring_run (test, "silent", TRUE);
  report = compute (test, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->runs->len, ==, 2);
  g_assert_cmpuint (report->n_recordings, ==, 4);
  expect_onsets (report);
  expect_overlap_and_order (report);
  expect_classes (report);
  expect_tables (test, report);
  for (guint i = 0; i < SEMIO_N_TIMES_PARTS; i++)
    g_assert_null (report->missing[i]);
}

/* Two of the four are epileptic, and nobody has a second event. */
static void
test_patients (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioTimesReport) epileptic = NULL;
  g_autoptr (SemioTimesReport) both = NULL;
  g_autoptr (GError) error = NULL;

  bring_reference (test);
  bring_run (test, "says", FALSE);
  epileptic = compute_group (test, SEMIO_PATIENT_GROUP_EPILEPTIC, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (epileptic->n_recordings, ==, 2);
  g_assert_cmpuint (g_array_index (epileptic->event_types, SemioTimesClass, 0).n_reference, ==, 2);
  both = compute_group (test, SEMIO_PATIENT_GROUP_BOTH, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (both->n_recordings, ==, 0);
  g_assert_nonnull (both->missing[SEMIO_TIMES_ONSETS]);
}

/* Where nothing can be scored, each part says why. */
static void
test_nothing (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioTimesReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (compute (test, &error));
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  g_clear_error (&error);
  bring_reference (test);
  bring_run (test, "silent", TRUE);
  report = compute (test, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->onsets->len + report->overlaps->len + report->orders->len + report->sides->len
                        + report->event_types->len + report->points->len,
                    ==, 0);
  g_assert_cmpstr (report->missing[SEMIO_TIMES_ONSETS], ==, "No chosen run tells onset times.");
  g_assert_cmpstr (report->missing[SEMIO_TIMES_SIDES], ==, "No chosen run tells sides.");
  for (guint kind = SEMIO_RESULTS_PART_ONSET; kind < SEMIO_RESULTS_N_PARTS; kind++)
    {
      const SemioResultsView view = { .features = semio_study_get_feature_set (test->study), .times = report };
      g_autoptr (SemioResultsPart) part = semio_results_part_new ((SemioResultsPartKind) kind, &view);

      g_assert_null (part->table);
      g_assert_true (g_str_has_prefix (part->why, "No chosen run tells "));
    }
}

static SemioCurvesReport *
compute_curves (SemioTestStudy *test)
{
  const SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioCurvesReport *report;

  semio_curves_compute_async (test->study, &choice, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_curves_compute_finish (test->study, result, &error);
  g_assert_no_error (error);
  return report;
}

static void
test_curves (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioCurvesReport) without = NULL;
  g_autoptr (SemioCurvesReport) report = NULL;
  const SemioScoreCurves *curves;

  bring_reference (test);
  bring_run (test, "silent", TRUE);
  without = compute_curves (test);
  g_assert_cmpuint (without->curves->len, ==, 0);
  g_assert_nonnull (strstr (without->missing, "without scores"));
  bring_run (test, "says", FALSE);
  report = compute_curves (test);
  g_assert_null (report->missing);
  g_assert_false (report->has_scores[0]);
  g_assert_true (report->has_scores[1]);
  g_assert_null (semio_curves_report_find (report, 0, tonic));
  curves = semio_curves_report_find (report, 1, tonic);
  g_assert_nonnull (curves);
  /* Yes: 0.9, 0.4, and 0.6 as the higher of two segments; no: 0.5. Two of the three pairs are the right way round. */
  g_assert_cmpuint (curves->n_scored, ==, 4);
  assert_value (curves->coverage, 1);
  assert_value (curves->roc.area, 2.0 / 3);
  assert_value (curves->precision_recall.area, (1 + 1 + 0.75) / 3);
  /* The only no is of one patient in four, who is missing in a third of the draws. */
  g_assert_cmpint (curves->roc_interval.state, ==, SEMIO_FIGURE_TOO_RARE);
  expect_curve_row (test, report, 0, "says|Tonic|4|1.000|3|1|0.67 (too rare for an interval)|0.92 (too rare for an interval)");
  expect_curve_row (test, report, 1, "  one score for all||4||||0.50|0.75");
}

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
#define ADD(name, function) g_test_add (name, SemioTestStudy, NULL, set_up, function, semio_test_study_tear_down)
  ADD ("/session/times/counted", test_counted);
  ADD ("/session/times/patients", test_patients);
  ADD ("/session/times/nothing", test_nothing);
  ADD ("/session/times/curves", test_curves);
#undef ADD
  return semio_test_home_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dense annotations and their companions, with the quirks that the published files have, as a reference and as predictions. */
#include <string.h>

#include "semio-finding-table.h"
#include "semio-prediction-table.h"
#include "semio-reference-table.h"
#include "semio-results-times.h"
#include "semio-study-private.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

#define S SEMIO_NS_PER_SECOND

static const char dense[] =
    "\xef\xbb\xbf"
    "file_name,occur_during_sleep,justification_for_occur_during_sleep,tonic,justification_for_tonic,start_time_for_tonic,"
    "end_time_for_tonic,clonic,justification_for_clonic,start_time_for_clonic,end_time_for_clonic\r\n"
    "A1@x@sz_v1.mp4,no,\"Eyes open,\r\nthen closed.\", yes ,\"Stiff, \"\"both\"\" arms\",00:12:00,0:15,no,Only a "
    "jerk,0:01,00:02:00\r\n"
    "A2@x@sz_v1.mp4,yes,,YES,,0:20,,no.,, N/A ,\r\n"
    "A3@x@sz_v1.mp4,no,,yes,,0:30,0:25,,,0:05,0:06\r\n";

/* What a set or run says. */
typedef struct {
  gint64 set_id, run_id;
  GArray *labels, *findings, *answers;
} Stands;

static gpointer
load_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Stands *stands = data;

  stands->labels = semio_reference_table_load_labels (database, stands->set_id, 0, error);
  stands->findings = stands->set_id != 0 ? semio_finding_table_load_reference (database, stands->set_id, 0, error)
                                         : semio_finding_table_load_runs (database, stands->run_id, 0, error);
  stands->answers = semio_prediction_table_load_answers (database, stands->run_id, error);
  return NULL;
}

static Stands
load (SemioTestStudy *test, gboolean is_run)
{
  Stands stands = { 0 };
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (is_run)
    stands.run_id = ((SemioRun *) semio_study_get_runs (test->study)->pdata[0])->id;
  else
    stands.set_id = ((SemioReferenceSet *) semio_study_get_reference_sets (test->study)->pdata[0])->id;
  semio_store_service_read_async (test->study->store, load_func, &stands, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  semio_store_service_read_finish (test->study->store, result, &error);
  g_assert_no_error (error);
  return stands;
}

static void
stands_clear (Stands *stands)
{
  g_clear_pointer (&stands->labels, g_array_unref);
  g_clear_pointer (&stands->findings, g_array_unref);
  g_clear_pointer (&stands->answers, g_array_unref);
}

static guint
find (SemioTestStudy *test, const char *feature)
{
  return (guint) semio_feature_set_find (semio_study_get_feature_set (test->study), feature);
}

static char *
bring (SemioTestStudy *test, SemioImportKind kind, const char *text, const char *name, GError **error)
{
  g_autofree char *path = semio_test_study_put (test, "file.csv", text);

  return semio_test_study_import (test, kind, path, name, TRUE, error);
}

static void
bring_good (SemioTestStudy *test, SemioImportKind kind, const char *text, const char *name, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = bring (test, kind, text, name, &error);

  g_assert_no_error (error);
  if (strstr (summary, said) == NULL)
    g_error ("“%s” does not say “%s”", summary, said);
}

static void
bring_bad (SemioTestStudy *test, SemioImportKind kind, const char *text, const char *name, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = bring (test, kind, text, name, &error);

  g_assert_null (summary);
  if (strstr (error->message, said) == NULL)
    g_error ("“%s” does not say “%s”", error->message, said);
}

static const SemioFinding *
find_finding (const Stands *stands, gint64 recording_id, SemioFindingKind kind, guint feature)
{
  for (guint i = 0; i < stands->findings->len; i++)
    {
      const SemioFinding *finding = &g_array_index (stands->findings, SemioFinding, i);

      if (finding->recording_id == recording_id && finding->kind == kind && finding->feature == feature)
        return finding;
    }
  return NULL;
}

static const SemioLabel *
find_label (const Stands *stands, gint64 recording_id, guint feature)
{
  for (guint i = 0; i < stands->labels->len; i++)
    {
      const SemioLabel *label = &g_array_index (stands->labels, SemioLabel, i);

      if (label->recording_id == recording_id && label->feature == feature)
        return label;
    }
  return NULL;
}

static void
test_dense_reference (SemioTestStudy *test, gconstpointer data)
{
  Stands stands;
  const SemioFinding *finding;
  gint64 first, second, third;
  g_autofree char *other = g_strndup (dense, strlen (dense));

  bring_good (test, SEMIO_IMPORT_REFERENCE, dense, "Ada", "Imported 14 cells");
  stands = load (test, FALSE);
  first = semio_test_study_find (test, "A1@x@sz_v1.mp4")->id;
  second = semio_test_study_find (test, "A2@x@sz_v1.mp4")->id;
  third = semio_test_study_find (test, "A3@x@sz_v1.mp4")->id;
  /* 00:12:00 is 12 s, beside 0:15 in one row. */
  g_assert_cmpint (find_label (&stands, first, find (test, "tonic"))->begin_ns, ==, 12 * S);
  g_assert_cmpint (find_label (&stands, first, find (test, "tonic"))->end_ns, ==, 15 * S);
  finding = find_finding (&stands, first, SEMIO_FINDING_ANSWER, find (test, "tonic"));
  g_assert_cmpstr (finding->text, ==, "Stiff, \"both\" arms");
  g_assert_cmpint (finding->begin_ns, ==, SEMIO_TIME_NONE);
  g_assert_cmpstr (find_finding (&stands, first, SEMIO_FINDING_ANSWER, find (test, "occur_during_sleep"))->text, ==,
                   "Eyes open,\nthen closed.");
  /* The interval beside a no is no time of the feature, and is kept. */
  g_assert_cmpint (find_label (&stands, first, find (test, "clonic"))->answer, ==, SEMIO_ANSWER_NO);
  g_assert_cmpint (find_label (&stands, first, find (test, "clonic"))->begin_ns, ==, SEMIO_TIME_NONE);
  finding = find_finding (&stands, first, SEMIO_FINDING_ANSWER, find (test, "clonic"));
  g_assert_cmpint (finding->begin_ns, ==, 1 * S);
  g_assert_cmpint (finding->end_ns, ==, 2 * S);
  g_assert_cmpstr (finding->text, ==, "Only a jerk");
  /* A beginning alone, and one whose end comes before it, are onsets. */
  g_assert_cmpint (find_finding (&stands, second, SEMIO_FINDING_ONSET, find (test, "tonic"))->begin_ns, ==, 20 * S);
  g_assert_cmpint (find_label (&stands, second, find (test, "tonic"))->begin_ns, ==, SEMIO_TIME_NONE);
  g_assert_null (find_finding (&stands, second, SEMIO_FINDING_ANSWER, find (test, "clonic")));
  g_assert_cmpint (find_finding (&stands, third, SEMIO_FINDING_ONSET, find (test, "tonic"))->begin_ns, ==, 30 * S);
  g_assert_cmpint (find_finding (&stands, third, SEMIO_FINDING_ANSWER, find (test, "clonic"))->end_ns, ==, 6 * S);
  stands_clear (&stands);

  bring_good (test, SEMIO_IMPORT_REFERENCE, dense, "Ada", "Nothing changed: the same 14 cells");
  memcpy (strstr (other, "Stiff"), "Stuff", 5);
  bring_bad (test, SEMIO_IMPORT_REFERENCE, other, "Ada", "tonic: another answer");
  semio_test_study_verify (test);
}

/* What cannot be read is refused with file, line and column, and nothing of it stays; what is odd is told. */
static void
test_dense_errors (SemioTestStudy *test, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *said;
  } files[] = {
    { "file_name,tonic,start_time_for_tonic,end_time_for_tonic\nA.mp4,yes,soon,0:12\n",
      "file.csv, line 2, column 3: “soon” is no time" },
    { "file_name,tonic,start_time_for_tonic,end_time_for_tonic\nA.mp4,yes,0:10,0:72\n", "line 2, column 4: “0:72”" },
    { "file_name,tonic,start_time_for_tonic,end_time_for_tonic\nA.mp4,yes,01:02:03,0:72\n", "line 2, column 3: “01:02:03”" },
    { "file_name,tonic,score_for_tonic\nA.mp4,yes,high\n", "line 2, column 3: “high” is no score" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    bring_bad (test, SEMIO_IMPORT_PREDICTIONS, files[i].text, "run", files[i].said);
  g_assert_cmpuint (semio_study_get_runs (test->study)->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (semio_study_get_cases (test->study)), ==, 0);
}

static SemioImport *
read_text (SemioTestStudy *test, SemioImportKind kind, SemioImportForm form, const char *text, GError **error)
{
  g_autofree char *path = semio_test_study_put (test, "file.csv", text);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_import_read_form_async (test->study, kind, form, file, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_import_read_finish (result, error);
}

static gboolean
has_line (const char *const *lines, const char *said)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], said) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_preview (SemioTestStudy *test, gconstpointer data)
{
  static const struct {
    const char *text;
    SemioImportForm form;
    const char *content;
  } files[] = {
    { "file_name,tonic\nA.mp4,yes\n", SEMIO_IMPORT_FORM_WIDE, NULL },
    { "file_name,tonic,start_time_for_tonic,end_time_for_tonic\nA.mp4,yes,1,2\nB.mp4,no,1,2\n", SEMIO_IMPORT_FORM_DENSE,
      "1 time beside an answer that is not yes (line 3, column 2)" },
    { "file_name,left_right_head_turning,start_time_for_head_turning,end_time_for_head_turning,left_right_arm_movement,"
      "arm_movement_start_time,arm_moverment_end_time,body_region_onset\nA.mp4, right ,0:01,0:02,N/A,,,face\n",
      SEMIO_IMPORT_FORM_SIDES, "Head: 0 left, 1 right, 0 both, 0 neither, 0 failed; 1 with times" },
    { "file_name,target_time,feature\nA.mp4,12.5,tonic\nA.mp4,3,hiccup\n", SEMIO_IMPORT_FORM_ONSETS, "1 onset time" },
    { "file_name,event_sequence\nA.mp4,tonic, clonic\n", SEMIO_IMPORT_FORM_ORDER, "1 sequence of features" },
    { "file_name,report\nA.mp4,\"Two,\nlines\"\n", SEMIO_IMPORT_FORM_REPORTS, "1 report" },
    { "file_name,label\nA.mp4,ES\nB.mp4,NES\n", SEMIO_IMPORT_FORM_EVENT_TYPES, "2 event types, 1 epileptic" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioImport) wrong = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (SemioImport) import = read_text (test, SEMIO_IMPORT_REFERENCE, SEMIO_IMPORT_FORM_AUTO, files[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpint (semio_import_get_form (import), ==, files[i].form);
      g_assert_true (files[i].content == NULL || has_line (semio_import_get_contents (import), files[i].content));
      g_assert_true (has_line (semio_import_get_unmatched_names (import), "A.mp4"));
      g_assert_cmpuint (semio_import_get_n_columns (import), >=, 2);
      if (files[i].form == SEMIO_IMPORT_FORM_ONSETS)
        g_assert_true (has_line (semio_import_get_remarks (import), "“hiccup” is no feature"));
    }
  wrong = read_text (test, SEMIO_IMPORT_REFERENCE, SEMIO_IMPORT_FORM_ORDER, files[3].text, &error);
  g_assert_null (wrong);
  g_assert_nonnull (strstr (error->message, "are those of “Onset times”, not of “Order of features”"));
}

/* The words of a misspelt header are told, never guessed. */
static void
test_misspelt (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioImport) import =
      read_text (test, SEMIO_IMPORT_REFERENCE, SEMIO_IMPORT_FORM_AUTO,
                 "file_name,tonic,start_tme_for_tonic,justificaton_for_tonic,patient_age\nA.mp4,yes,0:01,x,9\n", &error);
  const char *const *remarks = semio_import_get_remarks (import);

  g_assert_no_error (error);
  g_assert_true (has_line (remarks, "Column 3, “start_tme_for_tonic”, was left alone. If it is meant as “start_time_for_tonic”"));
  g_assert_true (has_line (remarks, "“justification_for_tonic”"));
  g_assert_false (has_line (remarks, "patient_age"));
}

static void
test_dry_run (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioImport) import =
      read_text (test, SEMIO_IMPORT_REFERENCE, SEMIO_IMPORT_FORM_AUTO, "file_name,report\nA.mp4,words\n", &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *summary = NULL;
  GAsyncResult *slot = NULL;

  semio_import_set_create (import, TRUE);
  semio_import_check_async (import, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  summary = semio_import_check_finish (import, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (summary, "Would import 1 cell into"));
  g_assert_nonnull (strstr (summary, "1 recording without a video would be created."));
  g_assert_cmpuint (semio_study_get_reference_sets (test->study)->len, ==, 0);
}

static const char sides[] =
    "file_name,left_right_head_turning,start_time_for_head_turning,end_time_for_head_turning,left_right_arm_movement,"
    "arm_movement_start_time,arm_moverment_end_time,body_region_onset\r\n"
    "A1.mp4, right ,00:12:00,0:15,left and right arm ,,,\"face,\r\nthen arm\"\r\nA2.mp4,N/A,,,,,,\r\n";

/* Each companion goes in, again changes nothing, and one that differs is refused and named. */
static void
bring_companions (SemioTestStudy *test, SemioImportKind kind, const char *name)
{
  const gboolean is_run = kind == SEMIO_IMPORT_PREDICTIONS;
  const struct {
    const char *text;
    const char *added, *same;
    const char *other, *said;
  } files[] = {
    { sides, "Imported 4 cells", "the same 4 cells", "file_name,left_right_head_turning\nA1.mp4,left\n", "head: another side" },
    { is_run ? "file_name,feature,timestamp\nA1.mp4,tonic,00:14\nA1.mp4,clonic,00:31:00\n"
             : "file_name,target_time,feature\nA1.mp4,12.5,tonic\nA1.mp4,30,Clonic\n",
      "Imported 2 cells", "the same 2 cells", "file_name,feature,timestamp\nA1.mp4,tonic,0:13\n", "tonic: another onset" },
    { "file_name,event_sequence\nA1.mp4,\"tonic, clonic\"\nA2.mp4,clonic,tonic\n", "Imported 2 cells", "the same 2 cells",
      "file_name,event_sequence\nA2.mp4,tonic\n", "event: another order" },
    { "file_name,report\nA1.mp4,\"First,\nsecond.\"\n", "Imported 1 cell", "the same 1 cell", "file_name,report\nA1.mp4,other\n",
      "event: another report" },
    { "file_name,label\nA1.mp4,ES\nA2.mp4, NES\n", "Imported 2 cells", "the same 2 cells", "file_name,label\nA1.mp4,NES\n",
      is_run ? "event: another event type" : "event: other times or another type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      bring_good (test, kind, files[i].text, name, files[i].added);
      bring_good (test, kind, files[i].text, name, files[i].same);
      bring_bad (test, kind, files[i].other, name, files[i].said);
    }
  semio_test_study_verify (test);
}

static void
expect_companions (SemioTestStudy *test, gboolean is_run)
{
  Stands stands = load (test, is_run);
  const gint64 first = semio_test_study_find (test, "A1.mp4")->id;
  const gint64 second = semio_test_study_find (test, "A2.mp4")->id;
  const SemioFinding *head = find_finding (&stands, first, SEMIO_FINDING_SIDE, SEMIO_FEATURE_HEAD);

  g_assert_cmpstr (head->text, ==, "right");
  g_assert_cmpint (head->begin_ns, ==, 12 * S);
  g_assert_cmpint (head->end_ns, ==, 15 * S);
  g_assert_cmpstr (find_finding (&stands, first, SEMIO_FINDING_SIDE, SEMIO_FEATURE_ARM)->text, ==, "both");
  g_assert_cmpstr (find_finding (&stands, second, SEMIO_FINDING_SIDE, SEMIO_FEATURE_HEAD)->text, ==, "none");
  g_assert_null (find_finding (&stands, second, SEMIO_FINDING_SIDE, SEMIO_FEATURE_ARM));
  g_assert_cmpstr (find_finding (&stands, first, SEMIO_FINDING_REGION, SEMIO_FEATURE_NONE)->text, ==, "face,\nthen arm");
  g_assert_cmpint (find_finding (&stands, first, SEMIO_FINDING_ONSET, find (test, "tonic"))->begin_ns, ==,
                   is_run ? 14 * S : 25 * S / 2);
  g_assert_cmpint (find_finding (&stands, first, SEMIO_FINDING_ONSET, find (test, "clonic"))->begin_ns, ==,
                   is_run ? 31 * S : 30 * S);
  g_assert_cmpstr (find_finding (&stands, second, SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE)->text, ==, "clonic, tonic");
  g_assert_cmpstr (find_finding (&stands, first, SEMIO_FINDING_NARRATIVE, SEMIO_FEATURE_NONE)->text, ==, "First,\nsecond.");
  if (is_run)
    g_assert_cmpstr (find_finding (&stands, second, SEMIO_FINDING_EVENT_TYPE, SEMIO_FEATURE_NONE)->text, ==, "non_epileptic");
  stands_clear (&stands);
}

static void
test_companions (SemioTestStudy *test, gconstpointer data)
{
  bring_companions (test, SEMIO_IMPORT_REFERENCE, "Ada");
  expect_companions (test, FALSE);
  bring_companions (test, SEMIO_IMPORT_PREDICTIONS, "model");
  expect_companions (test, TRUE);
  /* A reference does not fail; a model may. */
  bring_bad (test, SEMIO_IMPORT_REFERENCE, "file_name,label\nA1.mp4,fail\n", "Ada", "“fail” is what a model says");
  bring_good (test, SEMIO_IMPORT_PREDICTIONS, "file_name,feature,timestamp\nA2.mp4,tonic,fail\nA2.mp4,clonic,N/A\n", "model",
              "Imported 2 cells");
}

static void
test_dense_predictions (SemioTestStudy *test, gconstpointer data)
{
  Stands stands;
  const SemioPrediction *answer;

  bring_good (test, SEMIO_IMPORT_PREDICTIONS,
              "file_name,tonic,justification_for_tonic,start_time_for_tonic,end_time_for_tonic,score_for_tonic\n"
              "A1.mp4,yes,stiff,00:12:00,0:15,0.875\nA2.mp4,no,,0:01,0:02,1e-3\nA3.mp4,fail,fail,,,\n",
              "model", "Imported 3 cells");
  stands = load (test, TRUE);
  g_assert_cmpuint (stands.answers->len, ==, 3);
  answer = &g_array_index (stands.answers, SemioPrediction, 0);
  g_assert_true (answer->has_span && answer->has_score);
  g_assert_cmpint (answer->begin_ns, ==, 12 * S);
  g_assert_cmpint (answer->end_ns, ==, 15 * S);
  g_assert_cmpfloat (answer->score, ==, 0.875);
  answer = &g_array_index (stands.answers, SemioPrediction, 1);
  g_assert_cmpint (answer->answer, ==, SEMIO_ANSWER_NO);
  g_assert_true (answer->has_span);
  g_assert_cmpfloat (answer->score, ==, 1e-3);
  answer = &g_array_index (stands.answers, SemioPrediction, 2);
  g_assert_cmpint (answer->answer, ==, SEMIO_ANSWER_FAIL);
  g_assert_false (answer->has_span || answer->has_score);
  stands_clear (&stands);
  semio_test_study_verify (test);
}

static void
test_person (SemioTestStudy *test, gconstpointer data)
{
  const guint before = semio_study_get_persons (test->study)->len;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioImport) import =
          read_text (test, SEMIO_IMPORT_REFERENCE, SEMIO_IMPORT_FORM_AUTO,
                     i == 0 ? "file_name,report\nA.mp4,words\n" : "file_name,label\nA.mp4,ES\n", &error);
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *summary = NULL;
      GAsyncResult *slot = NULL;

      semio_import_set_create (import, TRUE);
      semio_import_set_name (import, "Ada");
      semio_import_set_person (import, "Dr. Ada");
      semio_import_commit_async (import, NULL, NULL, NULL, semio_test_ready_cb, &slot);
      result = semio_test_wait_for (&slot);
      summary = semio_import_commit_finish (import, result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (semio_study_get_persons (test->study)->len, ==, before + 1);
    }
  semio_test_study_verify (test);
}

/* An annotator's words are part of what is hidden until the reference is revealed. */
static void
test_revealed (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  const guint tonic = find (test, "tonic");

  bring_good (test, SEMIO_IMPORT_REFERENCE, dense, "Ada", "Imported");
  review = semio_test_study_review (test, "A1@x@sz_v1.mp4");
  g_assert_null (semio_review_find_reference (review, SEMIO_FINDING_ANSWER, tonic));
  semio_study_reveal_async (test->study, review, TRUE, FALSE, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  g_assert_true (semio_study_edit_finish (test->study, result, &error));
  g_assert_cmpstr (semio_review_find_reference (review, SEMIO_FINDING_ANSWER, tonic)->text, ==, "Stiff, \"both\" arms");
  g_assert_null (semio_review_find_reference (review, SEMIO_FINDING_ONSET, tonic));
}

/* So are a report and the sides. */
static void
test_report (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *shown = NULL;
  GAsyncResult *slot = NULL;

  bring_good (test, SEMIO_IMPORT_REFERENCE, dense, "Ada", "Imported");
  bring_good (test, SEMIO_IMPORT_REFERENCE, "file_name,report\nA1@x@sz_v1.mp4,\"First stiff,\nthen <i>jerks</i>.\"\n", "Ada",
              "Imported");
  bring_good (test, SEMIO_IMPORT_REFERENCE, "file_name,event_sequence\nA1@x@sz_v1.mp4,\"tonic, clonic\"\n", "Ada", "Imported");
  review = semio_test_study_review (test, "A1@x@sz_v1.mp4");
  hidden = semio_review_describe_reference (review);
  g_assert_null (hidden);
  semio_study_reveal_async (test->study, review, TRUE, FALSE, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  g_assert_true (semio_study_edit_finish (test->study, result, &error));
  shown = semio_review_describe_reference (review);
  g_assert_cmpstr (shown, ==, "Report: First stiff,\nthen <i>jerks</i>.\nOrder: Tonic, Clonic");
}

static void
test_not_applicable (SemioTestStudy *test, gconstpointer data)
{
  const char *text = "file_name,tonic,verbal_responsiveness\nA.mp4,yes, N/A \n";
  Stands stands;

  bring_good (test, SEMIO_IMPORT_REFERENCE, text, "Ada", "Imported 2 cells");
  bring_bad (test, SEMIO_IMPORT_PREDICTIONS, text, "run", "line 2, column 3");
  stands = load (test, FALSE);
  g_assert_cmpint (find_label (&stands, semio_test_study_find (test, "A.mp4")->id, find (test, "verbal_responsiveness"))->answer,
                   ==, SEMIO_ANSWER_NA);
  stands_clear (&stands);
}

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
#define ADD(name, function) g_test_add (name, SemioTestStudy, NULL, semio_test_study_set_up, function, semio_test_study_tear_down)
  ADD ("/session/annotations/dense-reference", test_dense_reference);
  ADD ("/session/annotations/dense-errors", test_dense_errors);
  ADD ("/session/annotations/preview", test_preview);
  ADD ("/session/annotations/misspelt", test_misspelt);
  ADD ("/session/annotations/dry-run", test_dry_run);
  ADD ("/session/annotations/companions", test_companions);
  ADD ("/session/annotations/dense-predictions", test_dense_predictions);
  ADD ("/session/annotations/person", test_person);
  ADD ("/session/annotations/revealed", test_revealed);
  ADD ("/session/annotations/report", test_report);
  ADD ("/session/annotations/not-applicable", test_not_applicable);
#undef ADD
  return semio_test_home_run ();
}

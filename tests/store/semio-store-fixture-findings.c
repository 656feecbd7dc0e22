/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-fixture-findings.h"

#include "semio-finding-table.h"
#include "semio-prediction-table.h"
#include "semio-reference-table.h"
#include "semio-run-table.h"

#define S SEMIO_NS_PER_SECOND
#define RECORDING 2

static void
add (SemioStoreImport *import, SemioFindingKind kind, guint feature, gint64 begin_ns, gint64 end_ns, const char *text)
{
  const SemioFinding finding = { 0, RECORDING, kind, feature, SEMIO_SEGMENT_WHOLE, begin_ns, end_ns, S, FALSE, g_strdup (text) };

  g_array_append_val (import->findings, finding);
}

SemioStoreImport *
semio_store_fixture_new_annotations (gint64 set_id, gboolean changed)
{
  SemioStoreImport *import = semio_store_import_new ();
  const SemioLabel label = { RECORDING, 1, SEMIO_ANSWER_YES, 3 * S, 7 * S };

  import->set = semio_reference_set_new ();
  import->set->id = set_id;
  import->set->name = g_strdup ("Annotator");
  g_array_append_val (import->labels, label);
  add (import, SEMIO_FINDING_ANSWER, 1, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "The arm is stretched.");
  add (import, SEMIO_FINDING_ANSWER, 2, 1 * S, 2 * S, NULL);
  add (import, SEMIO_FINDING_ONSET, 1, 3 * S, SEMIO_TIME_NONE, NULL);
  add (import, SEMIO_FINDING_NARRATIVE, SEMIO_FEATURE_NONE, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "A report,\nin two lines.");
  add (import, SEMIO_FINDING_SIDE, SEMIO_FEATURE_HEAD, 4 * S, 6 * S, changed ? "right" : "left");
  add (import, SEMIO_FINDING_SIDE, SEMIO_FEATURE_ARM, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "both");
  add (import, SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "arm_straightening, tonic");
  add (import, SEMIO_FINDING_REGION, SEMIO_FEATURE_NONE, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "face");
  return import;
}

SemioStoreImport *
semio_store_fixture_new_said (gint64 run_id, gboolean changed)
{
  SemioStoreImport *import = semio_store_import_new ();
  SemioPrediction answer = { 0 };

  import->run = semio_run_new ();
  import->run->id = run_id;
  import->run->name = g_strdup ("Model two");
  import->run->origin = g_strdup ("import");
  answer.recording_id = RECORDING;
  answer.feature = 1;
  answer.segment = SEMIO_SEGMENT_WHOLE;
  answer.answer = SEMIO_ANSWER_YES;
  answer.has_span = TRUE;
  answer.begin_ns = 2 * S;
  answer.end_ns = 8 * S;
  answer.has_score = TRUE;
  answer.score = changed ? 0.5 : 0.1;
  g_array_append_val (import->predictions, answer);
  add (import, SEMIO_FINDING_ONSET, 1, 2 * S, SEMIO_TIME_NONE, NULL);
  add (import, SEMIO_FINDING_ONSET, 2, SEMIO_TIME_NONE, SEMIO_TIME_NONE, NULL);
  add (import, SEMIO_FINDING_SIDE, SEMIO_FEATURE_HEAD, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "right");
  add (import, SEMIO_FINDING_EVENT_TYPE, SEMIO_FEATURE_NONE, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "epileptic");
  add (import, SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE, SEMIO_TIME_NONE, SEMIO_TIME_NONE, "tonic");
  return import;
}

void
semio_store_fixture_fill_findings (SemioStoreService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreImportResult) annotations =
      semio_store_fixture_import (service, semio_store_fixture_new_annotations (0, FALSE), &error);
  g_autoptr (SemioStoreImportResult) said = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (annotations->n_added, ==, 9);
  said = semio_store_fixture_import (service, semio_store_fixture_new_said (0, FALSE), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (said->n_added, ==, 6);
}

static void
expect_finding (const GArray *findings, guint index, const SemioFinding *expected)
{
  const SemioFinding *finding = &g_array_index (findings, SemioFinding, index);

  g_assert_cmpint (finding->recording_id, ==, RECORDING);
  g_assert_cmpint (finding->kind, ==, expected->kind);
  g_assert_cmpuint (finding->feature, ==, expected->feature);
  g_assert_cmpint (finding->segment, ==, SEMIO_SEGMENT_WHOLE);
  g_assert_cmpint (finding->begin_ns, ==, expected->begin_ns);
  g_assert_cmpint (finding->end_ns, ==, expected->end_ns);
  g_assert_cmpstr (finding->text, ==, expected->text);
  g_assert_false (finding->failed);
}

/* In the order in which they are loaded, which is that of the rows' features. */
static void
expect_all (const GArray *findings, const SemioStoreImport *brought)
{
  g_assert_cmpuint (findings->len, ==, brought->findings->len);
  for (guint i = 0; i < findings->len; i++)
    {
      const SemioFinding *finding = &g_array_index (findings, SemioFinding, i);
      guint n = 0;

      for (guint j = 0; j < brought->findings->len; j++)
        {
          const SemioFinding *other = &g_array_index (brought->findings, SemioFinding, j);

          if (other->kind != finding->kind || other->feature != finding->feature)
            continue;
          expect_finding (findings, i, other);
          n++;
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

static gpointer
expect_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioReferenceSet) set = semio_reference_table_find (database, "Annotator", error);
  g_autoptr (GPtrArray) runs = set ? semio_run_table_load (database, error) : NULL;
  g_autoptr (SemioStoreImport) annotations = semio_store_fixture_new_annotations (0, FALSE);
  g_autoptr (SemioStoreImport) said = semio_store_fixture_new_said (0, FALSE);
  g_autoptr (GArray) findings = NULL, of_run = NULL, answers = NULL;
  const SemioPrediction *answer;
  gint64 run_id = 0;

  g_assert_nonnull (runs);
  for (guint i = 0; i < runs->len; i++)
    if (g_str_equal (((SemioRun *) runs->pdata[i])->name, "Model two"))
      run_id = ((SemioRun *) runs->pdata[i])->id;
  findings = semio_finding_table_load_reference (database, set->id, 0, error);
  of_run = semio_finding_table_load_runs (database, run_id, RECORDING, error);
  answers = semio_prediction_table_load_answers (database, run_id, error);
  g_assert_true (findings && of_run && answers);
  expect_all (findings, annotations);
  expect_all (of_run, said);
  g_assert_cmpuint (answers->len, ==, 1);
  answer = &g_array_index (answers, SemioPrediction, 0);
  g_assert_true (answer->has_span && answer->has_score);
  g_assert_cmpint (answer->begin_ns, ==, 2 * S);
  g_assert_cmpint (answer->end_ns, ==, 8 * S);
  g_assert_cmpfloat (answer->score, ==, 0.1);
  return NULL;
}

void
semio_store_fixture_expect_findings (SemioStoreService *service)
{
  g_autoptr (GError) error = NULL;

  semio_store_fixture_read (service, expect_func, NULL, &error);
  g_assert_no_error (error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-study-metrics.h"

#include <glib/gi18n-lib.h>

#include "semio-joined.h"
#include "semio-study-private.h"

typedef struct {
  SemioFeatureSet *features;
  SemioMetricsPolicy policy;
} Work;

static void
work_free (Work *work)
{
  semio_feature_set_unref (work->features);
  g_free (work);
}

void
semio_metrics_report_free (SemioMetricsReport *report)
{
  g_free (report->reference_name);
  g_clear_pointer (&report->runs, g_ptr_array_unref);
  g_clear_pointer (&report->rows, g_array_unref);
  g_strfreev (report->remarks);
  g_free (report);
}

static gboolean
has_no_sound (const SemioRecording *recording)
{
  return recording->sound == SEMIO_SOUND_NONE || recording->sound == SEMIO_SOUND_SILENT;
}

/* The pairs of one run and feature; FALSE when neither the reference nor the run has the feature at all. */
static gboolean
collect_pairs (SemioJoined *joined, SemioMetricsPolicy policy, gint64 run_id, guint feature, GArray *pairs)
{
  /* The published figures know nothing of sound: they count every label. */
  gboolean from_sound = policy != SEMIO_METRICS_POLICY_PUBLISHED && semio_feature_set_is_from_sound (joined->features, feature);
  gboolean is_answered = FALSE;

  g_array_set_size (pairs, 0);
  for (guint i = 0; i < joined->recordings->len; i++)
    {
      const SemioRecording *recording = joined->recordings->pdata[i];
      SemioMetricsPair pair = { semio_joined_get_label (joined, recording->id, feature), SEMIO_ANSWER_MISSING };
      gboolean answered = semio_joined_get_answer (joined, run_id, recording->id, feature, &pair.prediction);

      is_answered |= answered;
      if (!answered && pair.reference == SEMIO_ANSWER_MISSING)
        continue;
      /* Nobody can hear what is not there: whatever the label says, the pair tells nothing of the run. */
      if (from_sound && has_no_sound (recording))
        pair.reference = SEMIO_ANSWER_NOT_ASSESSABLE;
      g_array_append_val (pairs, pair);
    }
  return is_answered;
}

/* "R031 has no sound: “…” and “…” are left out there." */
static void
remark_silence (SemioJoined *joined, GStrvBuilder *remarks)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < semio_feature_set_get_n_features (joined->features); i++)
    if (semio_feature_set_is_from_sound (joined->features, i))
      g_string_append_printf (labels, "%s“%s”", labels->len ? ", " : "", semio_feature_set_get (joined->features, i)->label);
  if (labels->len == 0)
    return;
  for (guint i = 0; i < joined->recordings->len; i++)
    {
      const SemioRecording *recording = joined->recordings->pdata[i];
      g_autofree char *remark = NULL;

      if (!has_no_sound (recording))
        continue;
      remark = g_strdup_printf (_ ("%s has no sound: what is judged by ear is left out there (%s)."), recording->pseudonym,
                                labels->str);
      g_strv_builder_add (remarks, remark);
    }
}

static gpointer
compute (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;
  SemioJoinPolicy join = work->policy == SEMIO_METRICS_POLICY_PUBLISHED ? SEMIO_JOIN_POLICY_PUBLISHED : SEMIO_JOIN_POLICY_EVENT;
  g_autoptr (SemioJoined) joined = semio_joined_load (database, work->features, join, 0, cancellable, error);
  g_autoptr (SemioMetricsReport) report = g_new0 (SemioMetricsReport, 1);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (SemioMetricsPair));
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();

  if (!joined)
    return NULL;
  if (!joined->has_reference)
    {
      g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                           _ ("The study has no reference labels to score against. Import them first."));
      return NULL;
    }
  report->policy = work->policy;
  report->reference_name = g_strdup (joined->reference_name);
  report->runs = g_ptr_array_ref (joined->runs);
  report->rows = g_array_new (FALSE, FALSE, sizeof (SemioMetricsRow));
  for (guint run = 0; run < joined->runs->len; run++)
    for (guint feature = 0; feature < semio_feature_set_get_n_features (work->features); feature++)
      {
        SemioMetricsRow row = { run, feature, { 0 } };

        if (!collect_pairs (joined, work->policy, ((SemioRun *) joined->runs->pdata[run])->id, feature, pairs))
          continue;
        row.metrics = semio_metrics_compute (semio_feature_set_get (work->features, feature), work->policy,
                                             (const SemioMetricsPair *) (gpointer) pairs->data, pairs->len);
        g_array_append_val (report->rows, row);
      }
  if (work->policy != SEMIO_METRICS_POLICY_PUBLISHED)
    remark_silence (joined, remarks);
  report->remarks = g_strv_builder_end (remarks);
  return g_steal_pointer (&report);
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioMetricsReport *report = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (report)
    g_task_return_pointer (task, report, (GDestroyNotify) semio_metrics_report_free);
  else
    semio_study_take_error (task, error);
}

void
semio_study_metrics_async (SemioStudy *study, SemioMetricsPolicy policy, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->features = semio_feature_set_ref (semio_study_get_feature_set (study));
  work->policy = policy;
  g_task_set_source_tag (task, semio_study_metrics_async);
  semio_store_service_read_long_async (study->store, compute, work, (GDestroyNotify) work_free,
                                       (GDestroyNotify) semio_metrics_report_free, cancellable, computed_cb, task);
}

SemioMetricsReport *
semio_study_metrics_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

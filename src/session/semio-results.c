/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results.h"

#include <glib/gi18n-lib.h>

#include "semio-results-private.h"
#include "semio-study-private.h"

struct _SemioResults {
  GObject parent_instance;

  SemioStudy *study;
  SemioResultsData *data; /* (nullable): of the last choice */
  guint n_changes; /* of the study, so far: what was loaded before one is not kept */
};

G_DEFINE_FINAL_TYPE (SemioResults, semio_results, G_TYPE_OBJECT)

/* One computation on its way. */
typedef struct {
  SemioResultsChoice choice; /* with arrays of its own */
  SemioFeatureSet *features;
  SemioResultsData *data; /* (nullable) until it is loaded */
  guint n_changes;
  SemioProgressFunc progress;
  gpointer progress_data;
  GMainContext *context;
  gint64 last_told_us;
} Job;

/* A step of the progress on its way to the caller's thread. */
typedef struct {
  GTask *task;
  double fraction;
} Step;

#define TELL_EVERY_US (50 * 1000)

static void
job_free (Job *job)
{
  semio_results_choice_clear (&job->choice);
  g_clear_pointer (&job->features, semio_feature_set_unref);
  g_clear_pointer (&job->data, semio_results_data_unref);
  g_main_context_unref (job->context);
  g_free (job);
}

SemioResultsReport *
semio_results_report_ref (SemioResultsReport *report)
{
  g_atomic_ref_count_inc (&report->refs);
  return report;
}

void
semio_results_report_drop_names (SemioResultsReport *report, guint number)
{
  g_free (report->reference_name);
  report->reference_name = g_strdup_printf (_ ("Reference %u"), number);
}

void
semio_results_report_unref (SemioResultsReport *report)
{
  if (report == NULL || !g_atomic_ref_count_dec (&report->refs))
    return;
  g_free (report->reference_name);
  g_clear_pointer (&report->features, semio_feature_set_unref);
  g_clear_pointer (&report->runs, g_ptr_array_unref);
  g_clear_pointer (&report->recordings, g_ptr_array_unref);
  g_clear_pointer (&report->rows, g_array_unref);
  g_clear_pointer (&report->type_rows, g_array_unref);
  g_clear_pointer (&report->means, g_array_unref);
  g_clear_pointer (&report->contrasts, g_array_unref);
  g_strfreev (report->remarks);
  g_free (report);
}

const SemioResultsRow *
semio_results_report_find (const SemioResultsReport *report, guint run, guint feature)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const SemioResultsRow *row = &g_array_index (report->rows, SemioResultsRow, i);

      if (row->run == run && row->feature == feature)
        return row;
    }
  return NULL;
}

const SemioResultsContrast *
semio_results_report_find_contrast (const SemioResultsReport *report, guint run, guint other, guint feature, gboolean *turned)
{
  for (guint i = 0; i < report->contrasts->len; i++)
    {
      const SemioResultsContrast *contrast = &g_array_index (report->contrasts, SemioResultsContrast, i);

      if (contrast->feature != feature)
        continue;
      *turned = contrast->run == other && contrast->other == run;
      if (*turned || (contrast->run == run && contrast->other == other))
        return contrast;
    }
  return NULL;
}

/* type: −1 for those that the choice names. */
static GArray *
choose_recordings (const SemioResultsData *data, const SemioResultsChoice *choice, int type)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree SemioPatientGroup *groups = semio_patient_group_find (data->recordings, data->types);

  for (guint i = 0; i < data->recordings->len; i++)
    {
      if (semio_results_choice_has_recording (choice, data->recordings->pdata[i], data->types[i], groups[i])
          && (type < 0 || data->types[i] == type))
        g_array_append_val (chosen, i);
    }
  return chosen;
}

/* Only what is judged by ear, and only by the default policy: the published figures know nothing of sound. */
static void
remark_silence (const SemioResultsReport *report, GStrvBuilder *remarks)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < semio_feature_set_get_n_features (report->features); i++)
    if (semio_feature_set_is_from_sound (report->features, i))
      g_string_append_printf (labels, "%s“%s”", labels->len ? ", " : "", semio_feature_set_get (report->features, i)->label);
  for (guint i = 0; labels->len > 0 && i < report->recordings->len; i++)
    {
      const SemioRecording *recording = report->recordings->pdata[i];
      g_autofree char *remark = NULL;

      if (!semio_results_has_no_sound (recording))
        continue;
      remark = g_strdup_printf (_ ("%s has no sound: what is judged by ear is left out there (%s)."), recording->pseudonym,
                                labels->str);
      g_strv_builder_add (remarks, remark);
    }
}

/* Numbers of some of the patients say so wherever they go. */
static void
remark_patients (const SemioResultsReport *report, GStrvBuilder *remarks)
{
  g_autofree char *remark = NULL;

  if (report->patient_group == SEMIO_PATIENT_GROUP_ALL)
    return;
  remark = g_strdup_printf (_ ("%s, by the reference set: %u of %u recordings."),
                            semio_patient_group_get_label (report->patient_group), report->recordings->len, report->n_recordings);
  g_strv_builder_add (remarks, remark);
}

static SemioResultsReport *
begin_report (const SemioResultsWork *work, const GArray *recordings)
{
  SemioResultsReport *report = g_new0 (SemioResultsReport, 1);

  g_atomic_ref_count_init (&report->refs);
  report->policy = work->choice->policy;
  report->join = work->choice->join;
  report->patient_group = work->choice->patient_group;
  report->n_recordings = work->data->recordings->len;
  report->reference_name = g_strdup (work->data->reference_name);
  report->features = semio_feature_set_ref (work->data->features);
  report->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_unref);
  for (guint i = 0; i < work->runs->len; i++)
    g_ptr_array_add (report->runs, semio_run_ref (work->data->runs->pdata[g_array_index (work->runs, guint, i)]));
  report->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  for (guint i = 0; i < recordings->len; i++)
    g_ptr_array_add (report->recordings,
                     semio_recording_ref (work->data->recordings->pdata[g_array_index (recordings, guint, i)]));
  report->n_resamples = work->choice->n_resamples;
  report->seed = work->choice->seed;
  report->level = SEMIO_RESULTS_LEVEL;
  report->rows = g_array_new (FALSE, FALSE, sizeof (SemioResultsRow));
  report->type_rows = g_array_new (FALSE, FALSE, sizeof (SemioResultsRow));
  report->means = g_array_new (FALSE, FALSE, sizeof (SemioResultsMean));
  report->contrasts = g_array_new (FALSE, FALSE, sizeof (SemioResultsContrast));
  return report;
}

static gboolean
add_type_rows (const SemioResultsWork *work, SemioResultsReport *report, GError **error)
{
  for (int type = 0; type <= SEMIO_EVENT_TYPE_NON_EPILEPTIC; type++)
    {
      g_autoptr (GArray) recordings = choose_recordings (work->data, work->choice, type);
      SemioResultsSample *sample;

      if (recordings->len == 0)
        continue;
      sample = semio_results_data_get_sample (work->data, recordings, work->choice->policy, work->choice->n_resamples,
                                              work->choice->seed, work->watch, error);
      if (sample == NULL || !semio_results_add_rows (work, sample, type, report->type_rows, error))
        return FALSE;
    }
  return TRUE;
}

static SemioResultsReport *
compute (const SemioResultsWork *work, GError **error)
{
  const SemioResultsChoice *choice = work->choice;
  g_autoptr (GArray) recordings = choose_recordings (work->data, choice, -1);
  g_autoptr (SemioResultsReport) report = begin_report (work, recordings);
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  SemioResultsSample *sample = semio_results_data_get_sample (work->data, recordings, choice->policy, choice->n_resamples,
                                                              choice->seed, work->watch, error);

  if (sample == NULL)
    return NULL;
  report->n_patients = sample->n_clusters;
  if (!semio_results_add_rows (work, sample, -1, report->rows, error)
      || !semio_results_add_means (work, sample, report->rows, report->means, error))
    return NULL;
  if (choice->with_contrasts && !semio_results_add_contrasts (work, sample, report->contrasts, &report->n_tests, error))
    return NULL;
  semio_results_mark_best (report->rows, report->contrasts);
  if (choice->with_types && !add_type_rows (work, report, error))
    return NULL;
  remark_patients (report, remarks);
  if (choice->policy != SEMIO_METRICS_POLICY_PUBLISHED)
    remark_silence (report, remarks);
  report->remarks = g_strv_builder_end (remarks);
  return g_steal_pointer (&report);
}

static gboolean
tell_cb (gpointer data)
{
  Step *step = data;
  Job *job = g_task_get_task_data (step->task);

  if (!g_task_get_completed (step->task) && !g_cancellable_is_cancelled (g_task_get_cancellable (step->task)))
    job->progress (step->fraction, NULL, job->progress_data);
  return G_SOURCE_REMOVE;
}

static void
step_free (Step *step)
{
  g_object_unref (step->task);
  g_free (step);
}

/* In the computing thread. */
static void
tell (double fraction, const char *what, gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  gint64 now = g_get_monotonic_time ();
  GSource *source;
  Step *step;

  if (job->progress == NULL || now < job->last_told_us + TELL_EVERY_US)
    return;
  job->last_told_us = now;
  step = g_new0 (Step, 1);
  step->task = g_object_ref (task);
  step->fraction = fraction;
  /* Not g_main_context_invoke(): while nobody iterates the context it would call back in this thread. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, step, (GDestroyNotify) step_free);
  g_source_attach (source, job->context);
  g_source_unref (source);
}

static void
compute_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  SemioResultsData *data = job->data;
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (guint));
  const SemioResultsWatch watch = { .progress = tell,
                                    .progress_data = task,
                                    .n_threads = job->choice.n_threads > 0 ? job->choice.n_threads : g_get_num_processors (),
                                    .cancellable = cancellable };
  const SemioResultsWork work = { data, &job->choice, runs, features, &watch };
  SemioResultsReport *report;
  GError *error = NULL;

  for (guint i = 0; i < data->runs->len; i++)
    if (semio_results_choice_has_run (&job->choice, ((SemioRun *) data->runs->pdata[i])->id))
      g_array_append_val (runs, i);
  for (guint i = 0; i < semio_feature_set_get_n_features (data->features); i++)
    if (semio_results_choice_has_feature (&job->choice, data->features, i))
      g_array_append_val (features, i);
  g_mutex_lock (&data->lock);
  report = compute (&work, &error);
  g_mutex_unlock (&data->lock);
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) semio_results_report_unref);
  else
    g_task_return_error (task, error);
}

static gpointer
load (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return semio_results_data_load (database, job->features, job->choice.reference_id, cancellable, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioResults *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->data = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (job->data == NULL)
    {
      semio_study_take_error (task, error);
      return;
    }
  if (job->n_changes == self->n_changes)
    {
      g_clear_pointer (&self->data, semio_results_data_unref);
      self->data = semio_results_data_ref (job->data);
    }
  g_task_run_in_thread (task, compute_thread);
}

void
semio_results_compute_async (SemioResults *self, const SemioResultsChoice *choice, SemioProgressFunc progress,
                             gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->choice = semio_results_choice_copy (choice);
  job->features = semio_feature_set_ref (semio_study_get_feature_set (self->study));
  job->n_changes = self->n_changes;
  job->progress = progress;
  job->progress_data = progress_data;
  job->context = g_main_context_ref_thread_default ();
  g_task_set_source_tag (task, semio_results_compute_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  if (self->data != NULL && self->data->wanted_reference == choice->reference_id)
    {
      job->data = semio_results_data_ref (self->data);
      g_task_run_in_thread (task, compute_thread);
      g_object_unref (task);
      return;
    }
  semio_store_service_read_long_async (self->study->store, load, job, NULL, (GDestroyNotify) semio_results_data_unref,
                                       cancellable, loaded_cb, task);
}

SemioResultsReport *
semio_results_compute_finish (SemioResults *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static int
find_run (const SemioResultsData *data, gint64 id)
{
  for (guint i = 0; i < data->runs->len; i++)
    if (((SemioRun *) data->runs->pdata[i])->id == id)
      return (int) i;
  return -1;
}

GArray *
semio_results_list_pairs (SemioResults *self, const SemioResultsReport *report, guint run, guint feature)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (SemioResultsPair));
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_int64_hash, g_int64_equal);
  const SemioResultsChoice choice = { .policy = report->policy, .join = report->join };
  int place = self->data != NULL ? find_run (self->data, ((SemioRun *) report->runs->pdata[run])->id) : -1;

  for (guint i = 0; i < report->recordings->len; i++)
    g_hash_table_add (chosen, &((SemioRecording *) report->recordings->pdata[i])->id);
  for (guint i = 0; place >= 0 && i < self->data->recordings->len; i++)
    {
      SemioRecording *recording = self->data->recordings->pdata[i];
      SemioResultsPair pair = { .recording_id = recording->id };
      gboolean answered;

      if (g_hash_table_contains (chosen, &recording->id)
          && semio_results_data_get_pair (self->data, report->policy, semio_results_get_join (&choice, FALSE), (guint) place, i,
                                          feature, &pair.pair, &answered))
        g_array_append_val (pairs, pair);
    }
  return pairs;
}

static void
changed_cb (SemioResults *self)
{
  self->n_changes++;
  g_clear_pointer (&self->data, semio_results_data_unref);
}

SemioResults *
semio_results_new (SemioStudy *study)
{
  SemioResults *self = g_object_new (SEMIO_TYPE_RESULTS, NULL);

  self->study = g_object_ref (study);
  g_signal_connect_object (study, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static void
semio_results_finalize (GObject *object)
{
  SemioResults *self = SEMIO_RESULTS (object);

  g_clear_pointer (&self->data, semio_results_data_unref);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_results_parent_class)->finalize (object);
}

static void
semio_results_class_init (SemioResultsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = semio_results_finalize;
}

static void
semio_results_init (SemioResults *self)
{
}

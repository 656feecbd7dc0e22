/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-export.h"

#include <glib/gi18n-lib.h>

#include "semio-file-write.h"
#include "semio-results-figures.h"
#include "semio-results-methods.h"
#include "semio-results-private.h"
#include "semio-results-report.h"
#include "semio-schema.h"
#include "semio-study-private.h"

typedef struct {
  SemioStudy *study;
  SemioResults *results;
  SemioResultsExport what;
  GFile *out;
  gboolean deidentified;
  SemioResultsChoice choice; /* a copy */
  SemioCurvesReport *curves; /* (nullable) */
  SemioTimesReport *times; /* (nullable) */
  SemioResultsReport *report; /* (nullable) */
  SemioRatingsReport *ratings;
  gint64 utc_us;
  SemioUuid uuid;
  char *title;
  SemioFeatureSet *features;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->results);
  semio_results_choice_clear (&job->choice);
  g_clear_pointer (&job->curves, semio_curves_report_unref);
  g_clear_pointer (&job->times, semio_times_report_unref);
  g_clear_object (&job->study);
  g_clear_object (&job->out);
  g_clear_pointer (&job->report, semio_results_report_unref);
  g_clear_pointer (&job->ratings, semio_ratings_report_free);
  g_clear_pointer (&job->features, semio_feature_set_unref);
  g_free (job->title);
  g_free (job);
}

static GBytes *
write_metrics (const Job *job, const SemioResultsView *view, GError **error)
{
  g_autofree char *name = g_file_get_basename (job->out);
  g_autoptr (GPtrArray) tables = NULL;
  SemioTableFormat format;

  if (!semio_table_format_from_name (name, &format))
    {
      g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                   _ ("“%s” says no format. End the name in .csv, .json, .tex, .html or .tsv."), name);
      return NULL;
    }
  /* A sheet holds one table: that of all numbers. */
  if (format == SEMIO_TABLE_CSV || format == SEMIO_TABLE_TSV)
    {
      g_autoptr (SemioTextTable) all = semio_results_make_long_table (job->report);

      return semio_text_table_write (all, format);
    }
  tables = semio_results_make_all_tables (view, format == SEMIO_TABLE_JSON);
  return semio_text_tables_write (tables, job->title != NULL ? job->title : _ ("Results"), format);
}

/* Each figure in each format; the folder is made when it is not there. */
static gboolean
write_figures (const Job *job, const SemioResultsView *view, GCancellable *cancellable, GError **error)
{
  static const char *const endings[] = { "svg", "pdf", "png" };
  const SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);
  g_autoptr (GError) made = NULL;

  if (!g_file_make_directory_with_parents (job->out, cancellable, &made)
      && !g_error_matches (made, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&made));
      return FALSE;
    }
  for (guint kind = 0; kind < SEMIO_RESULTS_N_PARTS; kind++)
    {
      g_autoptr (SemioResultsPart) part = semio_results_part_new ((SemioResultsPartKind) kind, view);
      double width, height;

      if (part->chart == NULL)
        continue;
      semio_chart_get_natural_size (part->chart, &style, &width, &height);
      for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
        {
          g_autofree char *name = g_strdup_printf ("%s.%s", semio_results_part_get_id (part->kind), endings[i]);
          g_autoptr (GFile) file = g_file_get_child (job->out, name);
          g_autoptr (GBytes) bytes =
              semio_chart_render (part->chart, (SemioChartFormat) i, SEMIO_CHART_LIGHT, width, height, error);

          if (bytes == NULL || !semio_file_write (file, bytes, cancellable, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_out (Job *job, GCancellable *cancellable, GError **error)
{
  const SemioResultsView view = { job->report, job->ratings, job->features, job->curves, job->times };
  const SemioReportHead head = { job->title, &job->uuid, job->utc_us };
  g_autoptr (GBytes) bytes = NULL;

  semio_ratings_report_draw (job->ratings, job->choice.seed, g_get_num_processors (), cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  switch (job->what)
    {
    case SEMIO_RESULTS_EXPORT_FIGURES:
      return write_figures (job, &view, cancellable, error);
    case SEMIO_RESULTS_EXPORT_REPORT:
      bytes = semio_results_write_report (&view, &head, error);
      break;
    case SEMIO_RESULTS_EXPORT_METRICS:
    default:
      bytes = write_metrics (job, &view, error);
    }
  return bytes != NULL && semio_file_write (job->out, bytes, cancellable, error);
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_out (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The study's own time: when it was made. */
static gpointer
read_time (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioStudyHead) head = semio_schema_read_head (database, error);

  return head != NULL ? g_memdup2 (&head->created_utc_us, sizeof head->created_utc_us) : NULL;
}

static void
time_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree gint64 *utc_us = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (utc_us == NULL)
    {
      semio_study_take_error (task, error);
      return;
    }
  job->utc_us = *utc_us;
  g_task_run_in_thread (task, write_thread);
}

/* Persons and the reference set are counted: either name can be that of somebody. Runs name models. */
static void
drop_names (Job *job)
{
  GPtrArray *sets = semio_study_get_reference_sets (job->study);
  guint number = 1;

  semio_ratings_report_drop_names (job->ratings);
  if (job->report == NULL)
    return;
  for (guint i = 0; i < sets->len; i++)
    if (g_strcmp0 (((SemioReferenceSet *) sets->pdata[i])->name, job->report->reference_name) == 0)
      number = i + 1;
  semio_results_report_drop_names (job->report, number);
}

static void
ratings_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->ratings = semio_study_ratings_finish (SEMIO_STUDY (source), result, &error);
  if (job->ratings == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (job->choice.persons != NULL)
    {
      SemioRatingsReport *chosen = semio_ratings_report_choose (job->ratings, job->choice.persons);

      semio_ratings_report_free (job->ratings);
      job->ratings = chosen;
    }
  if (job->deidentified)
    drop_names (job);
  semio_store_service_read_async (job->study->store, read_time, NULL, NULL, g_free, g_task_get_cancellable (task), time_cb,
                                  g_object_ref (task));
}

static void
times_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->times = semio_times_compute_finish (SEMIO_STUDY (source), result, &error);
  if (job->times != NULL)
    semio_study_ratings_async (job->study, g_task_get_cancellable (task), ratings_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
curves_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->curves = semio_curves_compute_finish (SEMIO_STUDY (source), result, &error);
  if (job->curves != NULL)
    semio_times_compute_async (job->study, &job->choice, NULL, g_task_get_cancellable (task), times_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->report = semio_results_compute_finish (SEMIO_RESULTS (source), result, &error);
  /* A report says why there is nothing; a table of numbers without any is no table. */
  if (job->report == NULL
      && (job->what != SEMIO_RESULTS_EXPORT_REPORT
          || !g_error_matches (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (job->report == NULL)
    {
      semio_study_ratings_async (job->study, g_task_get_cancellable (task), ratings_cb, g_object_ref (task));
      return;
    }
  semio_curves_compute_async (job->study, &job->choice, NULL, g_task_get_cancellable (task), curves_cb, g_object_ref (task));
}

void
semio_results_export_async (SemioStudy *study, const SemioResultsChoice *choice, SemioResultsExport what, GFile *out,
                            gboolean deidentified, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->study = g_object_ref (study);
  job->results = semio_results_new (study);
  job->what = what;
  job->out = g_object_ref (out);
  job->deidentified = deidentified;
  job->choice = semio_results_choice_copy (choice);
  job->uuid = *semio_study_get_uuid (study);
  /* A title is free text: it can name somebody. */
  job->title = deidentified ? NULL : g_strdup (semio_study_get_title (study));
  job->features = semio_feature_set_ref (semio_study_get_feature_set (study));
  g_task_set_source_tag (task, semio_results_export_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  semio_results_compute_async (job->results, choice, progress, progress_data, cancellable, computed_cb, task);
}

gboolean
semio_results_export_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-times.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-times-job.h"
#include "semio-times-scores.h"

static const char *const part_ids[SEMIO_N_TIMES_PARTS] = { "onsets", "overlap", "order", "sides", "event_types" };

const char *
semio_times_part_to_id (SemioTimesPart part)
{
  g_return_val_if_fail ((guint) part < SEMIO_N_TIMES_PARTS, NULL);

  return part_ids[part];
}

const char *
semio_times_part_get_label (SemioTimesPart part)
{
  switch (part)
    {
    case SEMIO_TIMES_ONSETS:
      return _ ("Onset times");
    case SEMIO_TIMES_OVERLAP:
      return _ ("Overlap of intervals");
    case SEMIO_TIMES_ORDER:
      return _ ("Order of features");
    case SEMIO_TIMES_SIDES:
      return _ ("Sides");
    case SEMIO_TIMES_EVENT_TYPES:
      return _ ("Event type");
    default:
      g_return_val_if_reached (NULL);
    }
}

SemioTimesReport *
semio_times_report_ref (SemioTimesReport *report)
{
  g_atomic_ref_count_inc (&report->refs);
  return report;
}

static void
clear_order (gpointer data)
{
  g_free (((SemioTimesOrder *) data)->constant);
}

void
semio_times_report_unref (SemioTimesReport *report)
{
  if (report == NULL || !g_atomic_ref_count_dec (&report->refs))
    return;
  g_free (report->reference_name);
  g_clear_pointer (&report->features, semio_feature_set_unref);
  g_clear_pointer (&report->runs, g_ptr_array_unref);
  g_clear_pointer (&report->onsets, g_array_unref);
  g_clear_pointer (&report->points, g_array_unref);
  g_clear_pointer (&report->overlaps, g_array_unref);
  g_clear_pointer (&report->orders, g_array_unref);
  g_clear_pointer (&report->sides, g_array_unref);
  g_clear_pointer (&report->event_types, g_array_unref);
  for (guint i = 0; i < SEMIO_N_TIMES_PARTS; i++)
    g_free (report->missing[i]);
  g_free (report);
}

static gboolean
voice_says (const SemioTimesData *data, const SemioTimesVoice *voice, SemioTimesPart part)
{
  for (gsize cell = 0; cell < voice->n_cells; cell++)
    if ((part == SEMIO_TIMES_ONSETS && isfinite (voice->onsets_s[cell]))
        || (part == SEMIO_TIMES_OVERLAP && voice->spans[cell] != NULL))
      return TRUE;
  for (gsize r = 0; r < voice->n_recordings; r++)
    if ((part == SEMIO_TIMES_ORDER && voice->orders[r] != NULL && voice->orders[r]->len > 0)
        || (part == SEMIO_TIMES_SIDES && (voice->sides[0][r] != SEMIO_TIMES_SILENT || voice->sides[1][r] != SEMIO_TIMES_SILENT))
        || (part == SEMIO_TIMES_EVENT_TYPES && voice->types[r] != SEMIO_TIMES_SILENT))
      return TRUE;
  return FALSE;
}

static char *
explain_missing (const SemioTimesData *data, SemioTimesPart part)
{
  static const char *const of_reference[] = {
    N_ ("The reference set tells no onset times."),       N_ ("The reference set tells no intervals."),
    N_ ("The reference set tells no order of features."), N_ ("The reference set tells no sides."),
    N_ ("The reference set tells no event types."),
  };
  static const char *const of_runs[] = {
    N_ ("No chosen run tells onset times."),          N_ ("No chosen run tells intervals."),
    N_ ("No chosen run tells an order of features."), N_ ("No chosen run tells sides."),
    N_ ("No chosen run tells event types."),
  };
  gboolean any = FALSE;

  if (!voice_says (data, data->reference, part))
    return g_strdup (_ (of_reference[part]));
  for (guint i = 0; i < data->voices->len; i++)
    any |= voice_says (data, data->voices->pdata[i], part);
  return g_strdup (any ? _ ("No recording has it from the reference set and a chosen run.") : _ (of_runs[part]));
}

static gpointer
make_report (SemioTimesData *data, const SemioResultsChoice *choice, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioTimesReport) report = g_new0 (SemioTimesReport, 1);
  g_autoptr (SemioTimesDraws) draws = semio_times_draws_new (data);
  const GArray *parts[SEMIO_N_TIMES_PARTS];

  g_atomic_ref_count_init (&report->refs);
  report->reference_name = g_strdup (data->reference_name);
  report->features = semio_feature_set_ref (data->features);
  report->runs = g_ptr_array_ref (data->runs);
  report->n_recordings = data->recordings->len;
  report->n_resamples = choice->n_resamples;
  report->points = g_array_new (FALSE, FALSE, sizeof (SemioTimesPoint));
  parts[SEMIO_TIMES_ONSETS] = report->onsets = g_array_new (FALSE, FALSE, sizeof (SemioTimesOnset));
  parts[SEMIO_TIMES_OVERLAP] = report->overlaps = g_array_new (FALSE, FALSE, sizeof (SemioTimesOverlap));
  parts[SEMIO_TIMES_ORDER] = report->orders = g_array_new (FALSE, FALSE, sizeof (SemioTimesOrder));
  g_array_set_clear_func (report->orders, clear_order);
  parts[SEMIO_TIMES_SIDES] = report->sides = g_array_new (FALSE, FALSE, sizeof (SemioTimesClass));
  parts[SEMIO_TIMES_EVENT_TYPES] = report->event_types = g_array_new (FALSE, FALSE, sizeof (SemioTimesClass));
  semio_times_add_onsets (data, draws, report);
  semio_times_add_overlaps (data, draws, report);
  semio_times_add_orders (data, draws, report);
  if (!semio_times_draws_run (draws, choice, cancellable, error)
      || !semio_times_add_classes (data, choice, draws, report, cancellable, error))
    return NULL;
  for (guint i = 0; i < SEMIO_N_TIMES_PARTS; i++)
    if (parts[i]->len == 0)
      report->missing[i] = explain_missing (data, (SemioTimesPart) i);
  return g_steal_pointer (&report);
}

void
semio_times_compute_async (SemioStudy *study, const SemioResultsChoice *choice, SemioShare *share, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  semio_times_job_run_async (study, choice, make_report, (GDestroyNotify) semio_times_report_unref, semio_times_compute_async,
                             share, cancellable, callback, user_data);
}

SemioTimesReport *
semio_times_compute_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return semio_times_job_finish (result, error);
}

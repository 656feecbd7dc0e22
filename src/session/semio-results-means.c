/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Features together: macro and micro means of a group and over all. */
#include <string.h>

#include "semio-results-private.h"

typedef struct {
  SemioResultsMean mean;
  guint macro_f1, micro_f1; /* places in the batch */
  gboolean is_empty;
} Pending;

/* The statistic's data with its list in one piece of memory, as a batch frees it. */
static gpointer
pack_macro (const SemioCellClasses *parts, guint n)
{
  gsize list = sizeof *parts * n;
  SemioClassesMean *mean = g_malloc (sizeof *mean + list);

  mean->parts = memcpy (mean + 1, parts, list);
  mean->n_parts = n;
  return mean;
}

static gpointer
pack_micro (const SemioCellClasses *parts, guint n, SemioScore score)
{
  SemioCellMean *mean = g_malloc (sizeof *mean + sizeof (guint) * n);
  guint *cells = (guint *) (gpointer) (mean + 1);

  for (guint i = 0; i < n; i++)
    cells[i] = parts[i].cell;
  *mean = (SemioCellMean){ score, cells, n };
  return mean;
}

static gboolean
belongs (const SemioResultsWork *work, const SemioResultsRow *row, guint run, int group)
{
  return row->run == run && (group < 0 || semio_feature_set_get (work->data->features, row->feature)->group == (guint) group);
}

static void
add_mean (const SemioResultsWork *work, SemioResultsSample *sample, SemioResultsBatch *batch, const GArray *rows, guint run,
          int group, Pending *pending)
{
  SemioJoinPolicy join = semio_results_get_join (work->choice, FALSE);
  g_autofree SemioCellClasses *parts = g_new0 (SemioCellClasses, MAX (rows->len, 1));
  g_autoptr (GString) key = g_string_new (NULL);
  guint n = 0;

  *pending = (Pending){ .mean = { .run = run, .group = group } };
  for (guint i = 0; i < rows->len; i++)
    {
      const SemioResultsRow *row = &g_array_index (rows, SemioResultsRow, i);

      if (!belongs (work, row, run, group) || row->main.metrics.scored == 0)
        continue;
      parts[n++] = semio_results_sample_get_cell (sample, work->data, join, g_array_index (work->runs, guint, run), row->feature,
                                                  SEMIO_SCORE_F1);
      pending->mean.n_features += row->main.scores[SEMIO_SCORE_F1].state == SEMIO_FIGURE_KNOWN;
      g_string_append_printf (key, "%u,", parts[n - 1].cell);
    }
  pending->is_empty = n == 0;
  for (guint s = 0; s < SEMIO_N_SCORES && n > 0; s++)
    {
      g_autofree SemioClassesMean *macro = NULL;
      g_autofree SemioCellMean *micro = NULL;

      for (guint i = 0; i < n; i++)
        parts[i].score = (SemioScore) s;
      macro = pack_macro (parts, n);
      micro = pack_micro (parts, n, (SemioScore) s);
      pending->mean.macro[s] = semio_bootstrap_estimate (sample->bootstrap, semio_bootstrap_classes_macro, macro);
      pending->mean.micro[s] = semio_bootstrap_estimate (sample->bootstrap, semio_bootstrap_cell_micro, micro);
      if (s != SEMIO_SCORE_F1)
        continue;
      pending->macro_f1 = semio_results_batch_add (batch, g_strdup_printf ("macro%s", key->str), semio_bootstrap_classes_macro,
                                                   g_steal_pointer (&macro), FALSE);
      pending->micro_f1 = semio_results_batch_add (batch, g_strdup_printf ("micro%s", key->str), semio_bootstrap_cell_micro,
                                                   g_steal_pointer (&micro), FALSE);
    }
}

static void
finish_mean (const SemioResultsBatch *batch, Pending *pending)
{
  SemioResultsMean *mean = &pending->mean;

  if (pending->is_empty)
    {
      for (guint s = 0; s < SEMIO_N_SCORES; s++)
        mean->macro[s] = mean->micro[s] = semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
      mean->macro_f1 = mean->micro_f1 = semio_interval_missing (SEMIO_FIGURE_NO_PAIRS);
      return;
    }
  mean->macro_f1 = semio_results_batch_get (batch, pending->macro_f1)->interval;
  mean->micro_f1 = semio_results_batch_get (batch, pending->micro_f1)->interval;
}

gboolean
semio_results_add_means (const SemioResultsWork *work, SemioResultsSample *sample, GArray *rows, GArray *means, GError **error)
{
  g_autoptr (SemioResultsBatch) batch = semio_results_batch_new (sample, sample->bootstrap);
  g_autoptr (GArray) pendings = g_array_new (FALSE, FALSE, sizeof (Pending));
  int n_groups = (int) semio_feature_set_get_n_groups (work->data->features);

  for (guint run = 0; run < work->runs->len; run++)
    for (int group = -1; group < n_groups; group++)
      {
        Pending pending;
        gboolean is_chosen = group < 0 || work->choice->groups == NULL;

        for (guint i = 0; !is_chosen && i < work->choice->groups->len; i++)
          is_chosen = g_array_index (work->choice->groups, guint, i) == (guint) group;
        if (!is_chosen)
          continue;
        add_mean (work, sample, batch, rows, run, group, &pending);
        g_array_append_val (pendings, pending);
      }
  if (!semio_results_batch_run (batch, work->watch, error))
    return FALSE;
  for (guint i = 0; i < pendings->len; i++)
    {
      Pending *pending = &g_array_index (pendings, Pending, i);

      finish_mean (batch, pending);
      g_array_append_val (means, pending->mean);
    }
  return TRUE;
}

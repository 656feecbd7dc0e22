/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run against another on the same recordings. */
#include <json-glib/json-glib.h>

#include "semio-results-figures.h"
#include "semio-results-private.h"
#include "semio-tests.h"

/* Where a contrast's numbers stand. */
typedef struct {
  SemioResultsContrast contrast;
  SemioClassesContrast cells;
  gboolean is_common; /* cells of the recordings that both score, in a draw of their own */
  guint place;
} Pending;

static gboolean
is_plain (const SemioRun *run)
{
  return run->enhancement == NULL || run->enhancement[0] == '\0' || g_str_equal (run->enhancement, "none");
}

/* What a run asked with, as its settings name it; "" where they do not. Free with g_free(). */
static char *
get_prompts (const SemioRun *run)
{
  g_autoptr (JsonNode) node = run->settings != NULL ? json_from_string (run->settings, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return g_strdup (object != NULL ? json_object_get_string_member_with_default (object, "prompts_sha256", "") : "");
}

static SemioContrastKind
get_kind (const SemioRun *run, const SemioRun *other)
{
  g_autofree char *prompts = get_prompts (run);
  g_autofree char *other_prompts = get_prompts (other);
  gboolean same_prompts = g_str_equal (prompts, other_prompts);

  if (run->model == NULL || run->model[0] == '\0' || g_strcmp0 (run->model, other->model) != 0)
    return SEMIO_CONTRAST_RUNS;
  if (same_prompts && is_plain (run) != is_plain (other))
    return SEMIO_CONTRAST_ENHANCEMENT;
  if (!same_prompts && (g_strcmp0 (run->enhancement, other->enhancement) == 0 || (is_plain (run) && is_plain (other))))
    return SEMIO_CONTRAST_PROMPTS;
  return SEMIO_CONTRAST_RUNS;
}

gboolean
semio_results_is_enhanced_of (const SemioRun *run, const SemioRun *plain)
{
  return run != plain && get_kind (run, plain) == SEMIO_CONTRAST_ENHANCEMENT && is_plain (plain);
}

/* Counts what both say; FALSE in *same_recordings when one scores a recording that the other does not. */
static void
compare_answers (const SemioResultsWork *work, const SemioResultsSample *sample, SemioResultsContrast *contrast,
                 gboolean *same_recordings)
{
  SemioJoinPolicy join = semio_results_get_join (work->choice, FALSE);

  *same_recordings = TRUE;
  for (guint i = 0; i < sample->recordings->len; i++)
    {
      guint recording = g_array_index (sample->recordings, guint, i);
      SemioMetricsPair one = { SEMIO_ANSWER_MISSING, SEMIO_ANSWER_MISSING };
      SemioMetricsPair other = one;
      gboolean answered, has_one, has_other, one_right, other_right;

      semio_results_data_get_pair (work->data, sample->policy, join, g_array_index (work->runs, guint, contrast->run), recording,
                                   contrast->feature, &one, &answered);
      semio_results_data_get_pair (work->data, sample->policy, join, g_array_index (work->runs, guint, contrast->other),
                                   recording, contrast->feature, &other, &answered);
      has_one = semio_results_is_scored (&one, sample->policy);
      has_other = semio_results_is_scored (&other, sample->policy);
      *same_recordings &= has_one == has_other;
      if (!has_one || !has_other)
        continue;
      one_right = one.reference == one.prediction;
      other_right = other.reference == other.prediction;
      contrast->n_both++;
      contrast->only_run += one_right && !other_right;
      contrast->only_other += other_right && !one_right;
    }
}

static gboolean
is_primary (const SemioResultsWork *work, const SemioResultsContrast *contrast)
{
  const SemioPrimaryContrast *primary = &work->choice->primary;
  gint64 run = ((SemioRun *) work->data->runs->pdata[g_array_index (work->runs, guint, contrast->run)])->id;
  gint64 other = ((SemioRun *) work->data->runs->pdata[g_array_index (work->runs, guint, contrast->other)])->id;

  return primary->feature == (int) contrast->feature && primary->run_id == run && primary->other_id == other;
}

static void
add_pending (const SemioResultsWork *work, const SemioResultsSample *sample, guint one, guint other, guint feature,
             guint *n_common, GArray *pendings)
{
  const SemioRun *run = work->data->runs->pdata[g_array_index (work->runs, guint, one)];
  const SemioRun *against = work->data->runs->pdata[g_array_index (work->runs, guint, other)];
  SemioJoinPolicy join = semio_results_get_join (work->choice, FALSE);
  Pending pending = { .contrast = { .kind = get_kind (run, against), .run = one, .other = other, .feature = feature } };
  SemioResultsContrast turned = pending.contrast;
  SemioResultsContrast *contrast = &pending.contrast;
  gboolean same_recordings;

  turned.run = other;
  turned.other = one;
  if ((contrast->kind == SEMIO_CONTRAST_ENHANCEMENT && is_plain (run)) || is_primary (work, &turned))
    *contrast = turned;
  contrast->is_primary = is_primary (work, contrast);
  compare_answers (work, sample, contrast, &same_recordings);
  contrast->mcnemar = contrast->n_both > 0 ? semio_mcnemar_exact (contrast->only_run, contrast->only_other) : -1;
  pending.cells.one = semio_results_sample_get_cell (sample, work->data, join, g_array_index (work->runs, guint, contrast->run),
                                                     feature, SEMIO_SCORE_F1);
  pending.cells.other = semio_results_sample_get_cell (
      sample, work->data, join, g_array_index (work->runs, guint, contrast->other), feature, SEMIO_SCORE_F1);
  pending.is_common = !same_recordings && contrast->n_both > 0;
  if (pending.is_common)
    {
      guint n_cells = MAX (pending.cells.one.n_classes, 1);

      pending.cells.one.cell = *n_common;
      pending.cells.other.cell = *n_common + n_cells;
      *n_common += 2 * n_cells;
    }
  g_array_append_val (pendings, pending);
}

/* Fills the cells of one contrast with the recordings that both runs score. */
static void
fill_common (const SemioResultsWork *work, const SemioResultsSample *sample, const Pending *pending, SemioBootstrap *common)
{
  SemioJoinPolicy join = semio_results_get_join (work->choice, FALSE);
  const SemioResultsContrast *contrast = &pending->contrast;
  guint n_classes = pending->cells.one.n_classes;

  for (guint i = 0; i < sample->recordings->len; i++)
    {
      guint recording = g_array_index (sample->recordings, guint, i);
      SemioMetricsPair pairs[2] = { { SEMIO_ANSWER_MISSING, SEMIO_ANSWER_MISSING },
                                    { SEMIO_ANSWER_MISSING, SEMIO_ANSWER_MISSING } };
      SemioCounts counts[2][3] = { { { 0 } } };
      gboolean answered;

      semio_results_data_get_pair (work->data, sample->policy, join, g_array_index (work->runs, guint, contrast->run), recording,
                                   contrast->feature, &pairs[0], &answered);
      semio_results_data_get_pair (work->data, sample->policy, join, g_array_index (work->runs, guint, contrast->other),
                                   recording, contrast->feature, &pairs[1], &answered);
      if (!semio_results_is_scored (&pairs[0], sample->policy) || !semio_results_is_scored (&pairs[1], sample->policy))
        continue;
      for (guint side = 0; side < 2; side++)
        {
          guint first = side == 0 ? pending->cells.one.cell : pending->cells.other.cell;

          semio_results_count (&pairs[side], sample->policy, n_classes, counts[side]);
          for (guint k = 0; k < MAX (n_classes, 1); k++)
            semio_bootstrap_add (common, sample->clusters[i], first + k, &counts[side][k]);
        }
    }
}

/* The same seed draws the same patients as the sample has. */
static SemioBootstrap *
draw_common (const SemioResultsWork *work, const SemioResultsSample *sample, const GArray *pendings, guint n_common,
             GError **error)
{
  g_autoptr (SemioBootstrap) common = semio_bootstrap_new (sample->n_clusters, n_common);
  const SemioResultsWatch *watch = work->watch;

  for (guint i = 0; i < pendings->len; i++)
    if (g_array_index (pendings, Pending, i).is_common)
      fill_common (work, sample, &g_array_index (pendings, Pending, i), common);
  if (sample->n_resamples > 0
      && !semio_bootstrap_draw (common, sample->n_resamples, sample->seed, watch->n_threads, watch->progress,
                                watch->progress_data, watch->cancellable, error))
    return NULL;
  return g_steal_pointer (&common);
}

static void
finish_contrast (Pending *pending, SemioResultsBatch *batch, SemioBootstrap *bootstrap)
{
  SemioResultsContrast *contrast = &pending->contrast;
  const SemioBootstrapTask *task = semio_results_batch_get (batch, pending->place);

  contrast->f1_run = semio_bootstrap_estimate (bootstrap, semio_bootstrap_cell_classes, &pending->cells.one);
  contrast->f1_other = semio_bootstrap_estimate (bootstrap, semio_bootstrap_cell_classes, &pending->cells.other);
  contrast->difference = task->estimate;
  contrast->interval = task->interval;
  contrast->p = task->p;
  if (contrast->n_both > 0)
    return;
  contrast->f1_run = contrast->f1_other = contrast->difference = contrast->p = semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  contrast->interval = semio_interval_missing (SEMIO_FIGURE_NO_PAIRS);
}

static void
adjust (GArray *contrasts, guint *n_tests)
{
  g_autofree double *exact = g_new (double, MAX (contrasts->len, 1));
  g_autofree double *drawn = g_new (double, MAX (contrasts->len, 1));

  *n_tests = 0;
  for (guint i = 0; i < contrasts->len; i++)
    {
      const SemioResultsContrast *contrast = &g_array_index (contrasts, SemioResultsContrast, i);

      exact[i] = contrast->is_primary ? -1 : contrast->mcnemar;
      drawn[i] = contrast->is_primary || contrast->p.state != SEMIO_FIGURE_KNOWN ? -1 : contrast->p.value;
      *n_tests += exact[i] >= 0;
    }
  semio_holm_adjust (exact, contrasts->len);
  semio_holm_adjust (drawn, contrasts->len);
  for (guint i = 0; i < contrasts->len; i++)
    {
      SemioResultsContrast *contrast = &g_array_index (contrasts, SemioResultsContrast, i);

      contrast->mcnemar_holm = contrast->is_primary ? contrast->mcnemar : exact[i];
      contrast->p_holm = drawn[i];
      if (contrast->is_primary)
        contrast->p_holm = contrast->p.state == SEMIO_FIGURE_KNOWN ? contrast->p.value : -1;
    }
}

static gboolean
run_contrasts (const SemioResultsWork *work, SemioResultsSample *sample, GArray *pendings, guint n_common, GError **error)
{
  g_autoptr (SemioBootstrap) common = draw_common (work, sample, pendings, n_common, error);
  g_autoptr (SemioResultsBatch) whole = semio_results_batch_new (sample, sample->bootstrap);
  g_autoptr (SemioResultsBatch) parts = NULL;

  if (common == NULL)
    return FALSE;
  parts = semio_results_batch_new (sample, common);
  for (guint i = 0; i < pendings->len; i++)
    {
      Pending *pending = &g_array_index (pendings, Pending, i);
      const SemioResultsContrast *contrast = &pending->contrast;

      pending->place = semio_results_batch_add (
          pending->is_common ? parts : whole,
          g_strdup_printf ("c%u/%u/%u", contrast->feature, g_array_index (work->runs, guint, contrast->run),
                           g_array_index (work->runs, guint, contrast->other)),
          semio_bootstrap_classes_difference, g_memdup2 (&pending->cells, sizeof pending->cells), TRUE);
    }
  if (!semio_results_batch_run (whole, work->watch, error) || !semio_results_batch_run (parts, work->watch, error))
    return FALSE;
  for (guint i = 0; i < pendings->len; i++)
    {
      Pending *pending = &g_array_index (pendings, Pending, i);

      finish_contrast (pending, pending->is_common ? parts : whole, pending->is_common ? common : sample->bootstrap);
    }
  return TRUE;
}

gboolean
semio_results_add_contrasts (const SemioResultsWork *work, SemioResultsSample *sample, GArray *contrasts, guint *n_tests,
                             GError **error)
{
  g_autoptr (GArray) pendings = g_array_new (FALSE, FALSE, sizeof (Pending));
  guint n_common = 0;

  for (guint f = 0; f < work->features->len; f++)
    for (guint one = 0; one < work->runs->len; one++)
      for (guint other = one + 1; other < work->runs->len; other++)
        add_pending (work, sample, one, other, g_array_index (work->features, guint, f), &n_common, pendings);
  if (!run_contrasts (work, sample, pendings, n_common, error))
    return FALSE;
  for (guint i = 0; i < pendings->len; i++)
    g_array_append_val (contrasts, g_array_index (pendings, Pending, i).contrast);
  adjust (contrasts, n_tests);
  return TRUE;
}

gboolean
semio_results_contrast_is_clear (const SemioResultsContrast *contrast)
{
  return contrast->interval.state == SEMIO_FIGURE_KNOWN && (contrast->interval.low > 0 || contrast->interval.high < 0);
}

/* Whether run is above other in the feature, beyond doubt. */
static gboolean
is_above (const GArray *contrasts, guint run, guint other, guint feature)
{
  for (guint i = 0; i < contrasts->len; i++)
    {
      const SemioResultsContrast *contrast = &g_array_index (contrasts, SemioResultsContrast, i);

      if (contrast->feature != feature || !semio_results_contrast_is_clear (contrast))
        continue;
      if (contrast->run == run && contrast->other == other)
        return contrast->interval.low > 0;
      if (contrast->run == other && contrast->other == run)
        return contrast->interval.high < 0;
    }
  return FALSE;
}

void
semio_results_mark_best (GArray *rows, const GArray *contrasts)
{
  for (guint i = 0; i < rows->len; i++)
    {
      SemioResultsRow *row = &g_array_index (rows, SemioResultsRow, i);
      guint n_rivals = 0, n_below = 0;

      for (guint j = 0; j < rows->len; j++)
        {
          const SemioResultsRow *rival = &g_array_index (rows, SemioResultsRow, j);

          if (rival->feature != row->feature || rival->run == row->run || rival->main.metrics.scored == 0)
            continue;
          n_rivals++;
          n_below += is_above (contrasts, row->run, rival->run, row->feature);
        }
      row->is_best = n_rivals > 0 && n_below == n_rivals;
    }
}

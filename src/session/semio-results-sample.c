/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws over the patients of some recordings, and the numbers that were taken from them. */
#include <string.h>

#include "semio-results-private.h"

/* The whole study, its event types and a choice or two: more are seldom gone back to, and each holds its draws. */
#define MAX_SAMPLES 4

void
semio_results_sample_free (SemioResultsSample *sample)
{
  g_clear_pointer (&sample->recordings, g_array_unref);
  g_clear_pointer (&sample->bootstrap, semio_bootstrap_free);
  g_clear_pointer (&sample->known, g_hash_table_unref);
  g_free (sample->clusters);
  g_free (sample->first_cell);
  g_free (sample);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioResultsSample, semio_results_sample_free)

/* Patients, numbered as they come; a recording without one stands for itself. */
static void
find_clusters (SemioResultsSample *sample, const SemioResultsData *data)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_int64_hash, g_int64_equal);

  sample->clusters = g_new0 (guint, MAX (sample->recordings->len, 1));
  for (guint i = 0; i < sample->recordings->len; i++)
    {
      SemioRecording *recording = data->recordings->pdata[g_array_index (sample->recordings, guint, i)];
      gpointer number;

      if (recording->patient_id > 0 && g_hash_table_lookup_extended (numbers, &recording->patient_id, NULL, &number))
        {
          sample->clusters[i] = GPOINTER_TO_UINT (number);
          continue;
        }
      sample->clusters[i] = sample->n_clusters++;
      if (recording->patient_id > 0)
        g_hash_table_insert (numbers, &recording->patient_id, GUINT_TO_POINTER (sample->clusters[i]));
    }
}

static void
place_cells (SemioResultsSample *sample, const SemioResultsData *data)
{
  guint n_features = semio_feature_set_get_n_features (data->features);

  sample->first_cell = g_new0 (guint, MAX (n_features, 1));
  for (guint f = 0; f < n_features; f++)
    {
      sample->first_cell[f] = sample->run_cells;
      sample->run_cells += MAX (semio_results_count_classes (semio_feature_set_get (data->features, f), sample->policy), 1);
    }
  sample->n_cells = sample->run_cells * data->runs->len * SEMIO_RESULTS_N_JOINS;
}

SemioCellClasses
semio_results_sample_get_cell (const SemioResultsSample *sample, const SemioResultsData *data, SemioJoinPolicy join, guint run,
                               guint feature, SemioScore score)
{
  return (SemioCellClasses){ score, ((guint) join * data->runs->len + run) * sample->run_cells + sample->first_cell[feature],
                             semio_results_count_classes (semio_feature_set_get (data->features, feature), sample->policy) };
}

static void
add_recording (SemioResultsSample *sample, const SemioResultsData *data, SemioJoinPolicy join, guint run, guint i)
{
  for (guint f = 0; f < semio_feature_set_get_n_features (data->features); f++)
    {
      SemioCellClasses cell = semio_results_sample_get_cell (sample, data, join, run, f, SEMIO_SCORE_F1);
      SemioCounts counts[3] = { 0 };
      SemioMetricsPair pair;
      gboolean answered;

      if (!semio_results_data_get_pair (data, sample->policy, join, run, g_array_index (sample->recordings, guint, i), f, &pair,
                                        &answered))
        continue;
      semio_results_count (&pair, sample->policy, cell.n_classes, counts);
      for (guint k = 0; k < MAX (cell.n_classes, 1); k++)
        semio_bootstrap_add (sample->bootstrap, sample->clusters[i], cell.cell + k, &counts[k]);
    }
}

static SemioResultsSample *
make_sample (SemioResultsData *data, GArray *recordings, SemioMetricsPolicy policy, guint n_resamples, guint64 seed,
             const SemioResultsWatch *watch, GError **error)
{
  g_autoptr (SemioResultsSample) sample = g_new0 (SemioResultsSample, 1);

  sample->policy = policy;
  sample->recordings = g_array_ref (recordings);
  sample->n_resamples = n_resamples;
  sample->seed = seed;
  sample->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  find_clusters (sample, data);
  place_cells (sample, data);
  sample->bootstrap = semio_bootstrap_new (sample->n_clusters, sample->n_cells);
  for (guint join = 0; join < SEMIO_RESULTS_N_JOINS; join++)
    for (guint run = 0; run < data->runs->len; run++)
      for (guint i = 0; i < recordings->len; i++)
        add_recording (sample, data, (SemioJoinPolicy) join, run, i);
  if (n_resamples > 0
      && !semio_bootstrap_draw (sample->bootstrap, n_resamples, seed, watch->n_threads, watch->progress, watch->progress_data,
                                watch->cancellable, error))
    return NULL;
  return g_steal_pointer (&sample);
}

static gboolean
is_sample (const SemioResultsSample *sample, const GArray *recordings, SemioMetricsPolicy policy, guint n_resamples, guint64 seed)
{
  return sample->policy == policy && sample->n_resamples == n_resamples && sample->seed == seed
         && sample->recordings->len == recordings->len
         && memcmp (sample->recordings->data, recordings->data, sizeof (guint) * recordings->len) == 0;
}

SemioResultsSample *
semio_results_data_get_sample (SemioResultsData *data, GArray *recordings, SemioMetricsPolicy policy, guint n_resamples,
                               guint64 seed, const SemioResultsWatch *watch, GError **error)
{
  SemioResultsSample *sample;

  for (guint i = 0; i < data->samples->len; i++)
    if (is_sample (data->samples->pdata[i], recordings, policy, n_resamples, seed))
      {
        sample = g_ptr_array_steal_index (data->samples, i);
        g_ptr_array_add (data->samples, sample);
        return sample;
      }
  sample = make_sample (data, recordings, policy, n_resamples, seed, watch, error);
  if (sample == NULL)
    return NULL;
  if (data->samples->len == MAX_SAMPLES)
    g_ptr_array_remove_index (data->samples, 0);
  g_ptr_array_add (data->samples, sample);
  return sample;
}

struct _SemioResultsBatch {
  SemioResultsSample *sample;
  SemioBootstrap *bootstrap;
  GPtrArray *keys; /* of what is wanted, in the order of its places */
  GPtrArray *new_keys; /* borrowed: what is not known */
  GArray *tasks; /* of these */
  GPtrArray *datas; /* owned by them */
};

SemioResultsBatch *
semio_results_batch_new (SemioResultsSample *sample, SemioBootstrap *bootstrap)
{
  SemioResultsBatch *batch = g_new0 (SemioResultsBatch, 1);

  batch->sample = sample;
  batch->bootstrap = bootstrap;
  batch->keys = g_ptr_array_new_with_free_func (g_free);
  batch->new_keys = g_ptr_array_new ();
  batch->tasks = g_array_new (FALSE, FALSE, sizeof (SemioBootstrapTask));
  batch->datas = g_ptr_array_new_with_free_func (g_free);
  return batch;
}

void
semio_results_batch_free (SemioResultsBatch *batch)
{
  g_ptr_array_unref (batch->keys);
  g_ptr_array_unref (batch->new_keys);
  g_array_unref (batch->tasks);
  g_ptr_array_unref (batch->datas);
  g_free (batch);
}

guint
semio_results_batch_add (SemioResultsBatch *batch, char *key, SemioStatisticFunc statistic, gpointer data, gboolean with_p)
{
  SemioBootstrapTask task = { .statistic = statistic, .data = data, .with_p = with_p };

  g_ptr_array_add (batch->keys, key);
  g_ptr_array_add (batch->datas, data);
  if (g_hash_table_contains (batch->sample->known, key))
    return batch->keys->len - 1;
  g_ptr_array_add (batch->new_keys, key);
  g_array_append_val (batch->tasks, task);
  return batch->keys->len - 1;
}

gboolean
semio_results_batch_run (SemioResultsBatch *batch, const SemioResultsWatch *watch, GError **error)
{
  SemioBootstrapTask *tasks = (SemioBootstrapTask *) (gpointer) batch->tasks->data;

  if (batch->sample->n_resamples > 0)
    {
      if (!semio_bootstrap_run (batch->bootstrap, tasks, batch->tasks->len, SEMIO_RESULTS_LEVEL, watch->n_threads,
                                watch->progress, watch->progress_data, watch->cancellable, error))
        return FALSE;
    }
  else
    for (guint i = 0; i < batch->tasks->len; i++)
      {
        tasks[i].estimate = semio_bootstrap_estimate (batch->bootstrap, tasks[i].statistic, tasks[i].data);
        tasks[i].interval = semio_interval_missing (SEMIO_FIGURE_NOT_DRAWN);
        tasks[i].p = semio_figure_missing (SEMIO_FIGURE_NOT_DRAWN);
      }
  for (guint i = 0; i < batch->tasks->len; i++)
    {
      /* What it was asked with goes with the batch; the numbers stay. */
      tasks[i].data = NULL;
      g_hash_table_insert (batch->sample->known, g_strdup (batch->new_keys->pdata[i]), g_memdup2 (&tasks[i], sizeof tasks[i]));
    }
  return TRUE;
}

const SemioBootstrapTask *
semio_results_batch_get (const SemioResultsBatch *batch, guint place)
{
  return g_hash_table_lookup (batch->sample->known, batch->keys->pdata[place]);
}

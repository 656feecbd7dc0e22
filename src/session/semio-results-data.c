/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the results are made from: loaded once, in bytes, for any choice. */
#include <string.h>

#include "semio-joined.h"
#include "semio-results-private.h"

#include <glib/gi18n-lib.h>

static gsize
get_label_place (const SemioResultsData *data, guint recording, guint feature)
{
  return (gsize) recording * semio_feature_set_get_n_features (data->features) + feature;
}

static gsize
get_answer_place (const SemioResultsData *data, guint run, guint recording, guint feature)
{
  return get_label_place (data, run * data->recordings->len + recording, feature);
}

static void
take_labels (SemioResultsData *data, SemioJoined *joined)
{
  guint n_features = semio_feature_set_get_n_features (data->features);

  data->labels = g_malloc (MAX ((gsize) data->recordings->len * n_features, 1));
  data->types = g_new0 (guint8, MAX (data->recordings->len, 1));
  for (guint r = 0; r < data->recordings->len; r++)
    {
      const SemioRecording *recording = data->recordings->pdata[r];
      const SemioEvent *event = g_hash_table_lookup (joined->events, &recording->id);

      data->types[r] = (guint8) (event != NULL ? event->type : SEMIO_EVENT_TYPE_UNDETERMINED);
      for (guint f = 0; f < n_features; f++)
        data->labels[get_label_place (data, r, f)] = (guint8) semio_joined_get_label (joined, recording->id, f);
    }
}

static void
take_answers (SemioResultsData *data, SemioJoined *joined, SemioJoinPolicy join)
{
  guint n_features = semio_feature_set_get_n_features (data->features);
  gsize n = (gsize) data->runs->len * data->recordings->len * n_features;

  data->answers[join] = g_malloc (MAX (n, 1));
  memset (data->answers[join], SEMIO_RESULTS_NOT_ASKED, n);
  for (guint run = 0; run < data->runs->len; run++)
    for (guint r = 0; r < data->recordings->len; r++)
      for (guint f = 0; f < n_features; f++)
        {
          SemioAnswer answer;

          if (semio_joined_get_answer (joined, ((SemioRun *) data->runs->pdata[run])->id,
                                       ((SemioRecording *) data->recordings->pdata[r])->id, f, &answer))
            data->answers[join][get_answer_place (data, run, r, f)] = (guint8) answer;
        }
}

SemioResultsData *
semio_results_data_load (SemioDatabase *database, SemioFeatureSet *features, gint64 reference_id, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (SemioResultsData) data = g_new0 (SemioResultsData, 1);

  g_atomic_ref_count_init (&data->refs);
  g_mutex_init (&data->lock);
  data->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_results_sample_free);
  data->features = semio_feature_set_ref (features);
  data->wanted_reference = reference_id;
  for (guint join = 0; join < SEMIO_RESULTS_N_JOINS; join++)
    {
      g_autoptr (SemioJoined) joined =
          semio_joined_load_against (database, features, (SemioJoinPolicy) join, 0, reference_id, cancellable, error);

      if (joined == NULL)
        return NULL;
      if (!joined->has_reference)
        {
          g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                               _ ("The study has no reference labels to score against. Import them first."));
          return NULL;
        }
      if (join == 0)
        {
          data->recordings = g_ptr_array_ref (joined->recordings);
          data->runs = g_ptr_array_ref (joined->runs);
          data->reference_name = g_strdup (joined->reference_name);
          take_labels (data, joined);
        }
      /* Another process may have added some in between: both ways of joining are of one state of the study. */
      else if (joined->recordings->len != data->recordings->len || joined->runs->len != data->runs->len)
        {
          g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT,
                               _ ("The study changed while its results were loaded. Ask for them again."));
          return NULL;
        }
      take_answers (data, joined, (SemioJoinPolicy) join);
    }
  return g_steal_pointer (&data);
}

SemioResultsData *
semio_results_data_ref (SemioResultsData *data)
{
  g_atomic_ref_count_inc (&data->refs);
  return data;
}

void
semio_results_data_unref (SemioResultsData *data)
{
  if (data == NULL || !g_atomic_ref_count_dec (&data->refs))
    return;
  g_clear_pointer (&data->features, semio_feature_set_unref);
  g_clear_pointer (&data->recordings, g_ptr_array_unref);
  g_clear_pointer (&data->runs, g_ptr_array_unref);
  g_clear_pointer (&data->samples, g_ptr_array_unref);
  g_free (data->reference_name);
  g_free (data->types);
  g_free (data->labels);
  for (guint join = 0; join < SEMIO_RESULTS_N_JOINS; join++)
    g_free (data->answers[join]);
  g_mutex_clear (&data->lock);
  g_free (data);
}

gboolean
semio_results_has_no_sound (const SemioRecording *recording)
{
  return recording->sound == SEMIO_SOUND_NONE || recording->sound == SEMIO_SOUND_SILENT;
}

gboolean
semio_results_data_get_pair (const SemioResultsData *data, SemioMetricsPolicy policy, SemioJoinPolicy join, guint run,
                             guint recording, guint feature, SemioMetricsPair *pair, gboolean *answered)
{
  guint8 answer = data->answers[join][get_answer_place (data, run, recording, feature)];

  *answered = answer != SEMIO_RESULTS_NOT_ASKED;
  pair->reference = (SemioAnswer) data->labels[get_label_place (data, recording, feature)];
  pair->prediction = *answered ? (SemioAnswer) answer : SEMIO_ANSWER_MISSING;
  if (!*answered && pair->reference == SEMIO_ANSWER_MISSING)
    return FALSE;
  /* Nobody can hear what is not there: whatever the label says, the pair tells nothing of the run. The published figures know
   * nothing of sound: they count every label. */
  if (policy != SEMIO_METRICS_POLICY_PUBLISHED && semio_feature_set_is_from_sound (data->features, feature)
      && semio_results_has_no_sound (data->recordings->pdata[recording]))
    pair->reference = SEMIO_ANSWER_NOT_ASSESSABLE;
  return TRUE;
}

gboolean
semio_results_is_scored (const SemioMetricsPair *pair, SemioMetricsPolicy policy)
{
  SemioCounts counts = { 0 };

  if (policy == SEMIO_METRICS_POLICY_PUBLISHED)
    return semio_answer_is_usable (pair->reference) && semio_answer_is_usable (pair->prediction);
  return semio_counts_add (&counts, pair);
}

guint
semio_results_count_classes (const SemioFeature *feature, SemioMetricsPolicy policy)
{
  if (policy != SEMIO_METRICS_POLICY_PUBLISHED)
    return 0;
  return feature->takes_na ? 3 : 1;
}

void
semio_results_count (const SemioMetricsPair *pair, SemioMetricsPolicy policy, guint n_classes, SemioCounts *cells)
{
  static const SemioAnswer classes[] = { SEMIO_ANSWER_YES, SEMIO_ANSWER_NO, SEMIO_ANSWER_NA };

  if (!semio_results_is_scored (pair, policy))
    return;
  if (n_classes == 0)
    semio_counts_add (&cells[0], pair);
  for (guint i = 0; i < n_classes; i++)
    {
      gboolean is = pair->reference == classes[i];
      gboolean said = pair->prediction == classes[i];

      if (is)
        *(said ? &cells[i].tp : &cells[i].fn) += 1;
      else if (said)
        cells[i].fp++;
      else
        *(pair->reference == pair->prediction ? &cells[i].tn : &cells[i].other) += 1;
    }
}

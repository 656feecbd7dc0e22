/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-joined.h"

#include "semio-item-private.h"
#include "semio-prediction-table.h"
#include "semio-recording-table.h"
#include "semio-reference-table.h"
#include "semio-run-table.h"

static GHashTable *
new_answers (void)
{
  return g_hash_table_new_full ((GHashFunc) semio_item_key_hash, (GEqualFunc) semio_item_key_equal, g_free, NULL);
}

static void
put (GHashTable *answers, gint64 run_id, gint64 recording_id, guint feature, SemioAnswer answer)
{
  SemioItemKey key = { run_id, recording_id, feature, SEMIO_SEGMENT_WHOLE };

  g_hash_table_insert (answers, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER ((guint) answer));
}

/* (nullable): NULL without error when there is none. */
static SemioReferenceSet *
find_reference (SemioDatabase *database, gint64 reference_id, GError **error)
{
  g_autoptr (GPtrArray) sets = NULL;

  if (reference_id == 0)
    return semio_reference_table_get_current (database, error);
  sets = semio_reference_table_load_sets (database, error);
  for (guint i = 0; sets && i < sets->len; i++)
    if (((SemioReferenceSet *) sets->pdata[i])->id == reference_id)
      return semio_reference_set_ref (sets->pdata[i]);
  return NULL;
}

static gboolean
load_reference (SemioDatabase *database, SemioJoined *joined, gint64 reference_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioReferenceSet) set = find_reference (database, reference_id, &local);
  g_autoptr (GArray) labels = NULL;
  g_autoptr (GArray) events = NULL;

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!set)
    return TRUE;
  joined->has_reference = TRUE;
  joined->reference_name = g_strdup (set->name);
  labels = semio_reference_table_load_labels (database, set->id, 0, error);
  if (!labels)
    return FALSE;
  events = semio_reference_table_load_events (database, set->id, 0, error);
  if (!events)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    {
      const SemioLabel *label = &g_array_index (labels, SemioLabel, i);

      put (joined->labels, 0, label->recording_id, label->feature, label->answer);
    }
  for (guint i = 0; i < events->len; i++)
    {
      const SemioRecordingEvent *event = &g_array_index (events, SemioRecordingEvent, i);

      g_hash_table_insert (joined->events, g_memdup2 (&event->recording_id, sizeof event->recording_id),
                           g_memdup2 (&event->event, sizeof event->event));
    }
  return TRUE;
}

static gboolean
is_same_item (const SemioPrediction *a, const SemioPrediction *b)
{
  return a->run_id == b->run_id && a->recording_id == b->recording_id && a->feature == b->feature;
}

static void
join_group (SemioJoined *joined, SemioJoinPolicy policy, const SemioPrediction *const *group, guint n)
{
  const SemioRecording *recording = g_hash_table_lookup (joined->recordings_by_id, &group[0]->recording_id);
  const SemioRun *run = g_hash_table_lookup (joined->runs_by_id, &group[0]->run_id);
  const SemioEvent *event;
  SemioSpan span;
  gboolean has_span;
  SemioItem *item;

  if (!recording || group[0]->feature >= semio_feature_set_get_n_features (joined->features))
    return;
  event = g_hash_table_lookup (joined->events, &recording->id);
  has_span = event && semio_event_get_span (event, recording->duration_ns > 0 ? recording->duration_ns : G_MAXINT64, &span);
  item = semio_item_build (semio_feature_set_get (joined->features, group[0]->feature), policy,
                           run ? run->segments : (SemioSegmentPlan){ 0, 0 }, recording, has_span ? &span : NULL, group, n);
  put (joined->answers, group[0]->run_id, recording->id, group[0]->feature, item->answer);
  semio_item_free (item);
}

static gboolean
load_answers (SemioDatabase *database, SemioJoined *joined, SemioJoinPolicy policy, gint64 run_id, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GArray) predictions = semio_prediction_table_load_answers (database, run_id, error);
  g_autoptr (GPtrArray) group = g_ptr_array_new ();

  if (!predictions)
    return FALSE;
  for (guint i = 0; i < predictions->len;)
    {
      const SemioPrediction *first = &g_array_index (predictions, SemioPrediction, i);

      g_ptr_array_set_size (group, 0);
      for (; i < predictions->len && is_same_item (first, &g_array_index (predictions, SemioPrediction, i)); i++)
        g_ptr_array_add (group, &g_array_index (predictions, SemioPrediction, i));
      join_group (joined, policy, (const SemioPrediction *const *) group->pdata, group->len);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

SemioJoined *
semio_joined_load (SemioDatabase *database, SemioFeatureSet *features, SemioJoinPolicy policy, gint64 run_id,
                   GCancellable *cancellable, GError **error)
{
  return semio_joined_load_against (database, features, policy, run_id, 0, cancellable, error);
}

SemioJoined *
semio_joined_load_against (SemioDatabase *database, SemioFeatureSet *features, SemioJoinPolicy policy, gint64 run_id,
                           gint64 reference_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioJoined) joined = g_new0 (SemioJoined, 1);

  joined->features = semio_feature_set_ref (features);
  joined->recordings_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  joined->runs_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  joined->events = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  joined->labels = new_answers ();
  joined->answers = new_answers ();
  if (!(joined->recordings = semio_recording_table_load (database, error))
      || !(joined->runs = semio_run_table_load (database, error)))
    return NULL;
  for (guint i = 0; i < joined->recordings->len; i++)
    {
      SemioRecording *recording = joined->recordings->pdata[i];

      g_hash_table_insert (joined->recordings_by_id, &recording->id, recording);
    }
  for (guint i = 0; i < joined->runs->len; i++)
    {
      SemioRun *run = joined->runs->pdata[i];

      g_hash_table_insert (joined->runs_by_id, &run->id, run);
    }
  if (!load_reference (database, joined, reference_id, error)
      || !load_answers (database, joined, policy, run_id, cancellable, error))
    return NULL;
  return g_steal_pointer (&joined);
}

void
semio_joined_free (SemioJoined *joined)
{
  g_clear_pointer (&joined->recordings_by_id, g_hash_table_unref);
  g_clear_pointer (&joined->runs_by_id, g_hash_table_unref);
  g_clear_pointer (&joined->events, g_hash_table_unref);
  g_clear_pointer (&joined->labels, g_hash_table_unref);
  g_clear_pointer (&joined->answers, g_hash_table_unref);
  g_clear_pointer (&joined->recordings, g_ptr_array_unref);
  g_clear_pointer (&joined->runs, g_ptr_array_unref);
  g_clear_pointer (&joined->features, semio_feature_set_unref);
  g_free (joined->reference_name);
  g_free (joined);
}

SemioAnswer
semio_joined_get_label (SemioJoined *joined, gint64 recording_id, guint feature)
{
  SemioItemKey key = { 0, recording_id, feature, SEMIO_SEGMENT_WHOLE };

  return (SemioAnswer) GPOINTER_TO_UINT (g_hash_table_lookup (joined->labels, &key));
}

gboolean
semio_joined_get_answer (SemioJoined *joined, gint64 run_id, gint64 recording_id, guint feature, SemioAnswer *answer)
{
  SemioItemKey key = { run_id, recording_id, feature, SEMIO_SEGMENT_WHOLE };
  gpointer value;

  if (!g_hash_table_lookup_extended (joined->answers, &key, NULL, &value))
    return FALSE;
  *answer = (SemioAnswer) GPOINTER_TO_UINT (value);
  return TRUE;
}

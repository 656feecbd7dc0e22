/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-item-private.h"

void
semio_item_free (SemioItem *item)
{
  guint n = MAX (item->n_segments, 1);

  for (guint i = 0; i < n && item->explanations; i++)
    g_free (item->explanations[i]);
  g_free (item->explanations);
  g_free (item->answers);
  g_free (item->cited);
  g_free (item->draft);
  g_clear_pointer (&item->rating, semio_rating_unref);
  g_free (item);
}

static gboolean
has_text (const char *text)
{
  if (!text)
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;
  return *text != '\0';
}

gboolean
semio_item_is_ratable (const SemioItem *item)
{
  guint n = MAX (item->n_segments, 1);

  for (guint i = 0; i < n; i++)
    if (has_text (item->explanations[i]))
      return TRUE;
  return FALSE;
}

gboolean
semio_item_is_rated (const SemioItem *item)
{
  const SemioRating *rating = item->rating;

  return rating && !rating->withdrawn && (rating->score > 0 || rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET);
}

SemioSpan
semio_item_get_span (const SemioItem *item, guint segment, gint64 duration_ns)
{
  return semio_segment_plan_get_span (item->segments, segment, duration_ns);
}

int
semio_item_get_next_cited (const SemioItem *item, int segment, int direction)
{
  int n = (int) item->n_segments;
  int step = direction < 0 ? -1 : 1;
  int i = segment < 0 ? (step > 0 ? 0 : n - 1) : segment + step;

  for (; i >= 0 && i < n; i += step)
    if (item->cited[i])
      return i;
  return -1;
}

SemioItem *
semio_item_build (const SemioFeature *feature, SemioJoinPolicy policy, SemioSegmentPlan plan, const SemioRecording *recording,
                  const SemioSpan *event, const SemioPrediction *const *predictions, guint n_predictions)
{
  guint n_segments;
  g_autofree const SemioPrediction **picked = semio_prediction_pick (predictions, n_predictions, &n_segments);
  SemioItem *item = g_new0 (SemioItem, 1);
  guint n = MAX (n_segments, 1);

  item->segments = plan;
  item->n_segments = n_segments;
  item->answers = g_new0 (SemioAnswer, n);
  item->explanations = g_new0 (char *, n);
  item->cited = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    if (picked[i])
      {
        item->answers[i] = picked[i]->answer;
        item->explanations[i] = g_strdup (picked[i]->explanation);
      }
  if (n_segments > 0)
    item->answer = semio_segments_join (feature, policy, plan, item->answers, n, recording->duration_ns, event, item->cited);
  else if (picked[0])
    item->answer = picked[0]->answer;
  return item;
}

typedef struct {
  const SemioPrediction *prediction;
  guint run;
} Slot;

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const Slot *x = a;
  const Slot *y = b;

  if (x->prediction->feature != y->prediction->feature)
    return x->prediction->feature < y->prediction->feature ? -1 : 1;
  if (x->run != y->run)
    return x->run < y->run ? -1 : 1;
  return 0;
}

static GArray *
sort_into_slots (SemioFeatureSet *set, GPtrArray *runs, GArray *predictions)
{
  g_autoptr (GHashTable) run_indices = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *slots = g_array_sized_new (FALSE, FALSE, sizeof (Slot), predictions->len);

  for (guint i = 0; i < runs->len; i++)
    g_hash_table_insert (run_indices, &((SemioRun *) runs->pdata[i])->id, GUINT_TO_POINTER (i));
  for (guint i = 0; i < predictions->len; i++)
    {
      const SemioPrediction *prediction = &g_array_index (predictions, SemioPrediction, i);
      gpointer run;

      if (prediction->feature < semio_feature_set_get_n_features (set)
          && g_hash_table_lookup_extended (run_indices, &prediction->run_id, NULL, &run))
        {
          Slot slot = { prediction, GPOINTER_TO_UINT (run) };

          g_array_append_val (slots, slot);
        }
    }
  g_array_sort (slots, compare_slots);
  return slots;
}

GPtrArray *
semio_item_build_all (SemioFeatureSet *set, const SemioRecording *recording, const SemioSpan *event, GPtrArray *runs,
                      GArray *predictions)
{
  g_autoptr (GArray) slots = sort_into_slots (set, runs, predictions);
  g_autofree const SemioPrediction **group = g_new (const SemioPrediction *, MAX (slots->len, 1));
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_item_free);

  for (guint i = 0; i < slots->len;)
    {
      const Slot *first = &g_array_index (slots, Slot, i);
      guint n = 0;
      SemioItem *item;

      for (; i < slots->len && compare_slots (first, &g_array_index (slots, Slot, i)) == 0; i++)
        group[n++] = g_array_index (slots, Slot, i).prediction;
      item = semio_item_build (semio_feature_set_get (set, first->prediction->feature), SEMIO_JOIN_POLICY_EVENT,
                               ((const SemioRun *) runs->pdata[first->run])->segments, recording, event, group, n);
      item->run = first->run;
      item->key.run_id = first->prediction->run_id;
      item->key.recording_id = recording->id;
      item->key.feature = first->prediction->feature;
      item->key.segment = SEMIO_SEGMENT_WHOLE;
      item->shown = semio_prediction_hash_shown ((const char *const *) item->explanations, item->n_segments);
      g_ptr_array_add (items, item);
    }
  return items;
}

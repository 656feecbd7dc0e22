/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-item-private.h"

#include "semio-json.h"

/* More segments than this are no recording but a broken file: 10,000 × 25 s are three days. */
#define MAX_SEGMENTS 10000

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

SemioSha256
semio_item_hash_shown (const SemioItem *item)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonArray *array;

  if (item->n_segments == 0)
    return semio_sha256_of_text (item->explanations[0] ? item->explanations[0] : "");

  array = json_array_new ();
  for (guint i = 0; i < item->n_segments; i++)
    {
      if (item->explanations[i])
        json_array_add_string_element (array, item->explanations[i]);
      else
        json_array_add_null_element (array);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  text = semio_json_canonical (node);
  return semio_sha256_of_text (text);
}

/* Which of two predictions of one segment counts: the last usable attempt, else the last. */
static gboolean
goes_before (const SemioPrediction *candidate, const SemioPrediction *standing)
{
  gboolean usable = semio_answer_is_usable (candidate->answer);

  if (!standing)
    return TRUE;
  if (usable != semio_answer_is_usable (standing->answer))
    return usable;
  return candidate->attempt >= standing->attempt;
}

SemioItem *
semio_item_build (const SemioFeature *feature, SemioJoinPolicy policy, const SemioRecording *recording, const SemioSpan *event,
                  const SemioPrediction *const *predictions, guint n_predictions)
{
  const SemioPrediction *whole = NULL;
  g_autofree const SemioPrediction **by_segment = NULL;
  SemioItem *item = g_new0 (SemioItem, 1);
  guint n_segments = 0;
  guint n;

  for (guint i = 0; i < n_predictions; i++)
    {
      if (predictions[i]->segment == SEMIO_SEGMENT_WHOLE)
        {
          if (goes_before (predictions[i], whole))
            whole = predictions[i];
        }
      else if (predictions[i]->segment >= 0 && predictions[i]->segment < MAX_SEGMENTS)
        n_segments = MAX (n_segments, (guint) predictions[i]->segment + 1);
    }

  item->n_segments = whole ? 0 : n_segments;
  n = MAX (item->n_segments, 1);
  item->answers = g_new0 (SemioAnswer, n);
  item->explanations = g_new0 (char *, n);
  item->cited = g_new0 (gboolean, n);
  if (whole || n_segments == 0)
    {
      if (whole)
        {
          item->answer = item->answers[0] = whole->answer;
          item->explanations[0] = g_strdup (whole->explanation);
        }
      return item;
    }

  by_segment = g_new0 (const SemioPrediction *, n);
  for (guint i = 0; i < n_predictions; i++)
    if (predictions[i]->segment >= 0 && predictions[i]->segment < (int) n)
      if (goes_before (predictions[i], by_segment[predictions[i]->segment]))
        by_segment[predictions[i]->segment] = predictions[i];
  for (guint i = 0; i < n; i++)
    if (by_segment[i])
      {
        item->answers[i] = by_segment[i]->answer;
        item->explanations[i] = g_strdup (by_segment[i]->explanation);
      }
  item->answer = semio_segments_join (feature, policy, item->answers, n, recording->duration_ns, event, item->cited);
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
      item = semio_item_build (semio_feature_set_get (set, first->prediction->feature), SEMIO_JOIN_POLICY_EVENT, recording, event,
                               group, n);
      item->run = first->run;
      item->key.run_id = first->prediction->run_id;
      item->key.recording_id = recording->id;
      item->key.feature = first->prediction->feature;
      item->key.segment = SEMIO_SEGMENT_WHOLE;
      item->shown = semio_item_hash_shown (item);
      g_ptr_array_add (items, item);
    }
  return items;
}

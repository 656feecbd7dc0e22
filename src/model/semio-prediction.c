/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prediction.h"

#include "semio-json.h"

/* More segments than this are no recording but a broken file: 10,000 × 25 s are three days. */
#define MAX_SEGMENTS 10000

/* Frees what the prediction holds, not the prediction: it stands in an array. */
void
semio_prediction_clear (SemioPrediction *prediction)
{
  g_clear_pointer (&prediction->explanation, g_free);
}

/* Which of two predictions of one segment counts. */
static gboolean
goes_before (const SemioPrediction *candidate, const SemioPrediction *standing)
{
  const gboolean usable = semio_answer_is_usable (candidate->answer);

  if (standing == NULL)
    return TRUE;
  if (usable != semio_answer_is_usable (standing->answer))
    return usable;
  return candidate->attempt >= standing->attempt;
}

const SemioPrediction **
semio_prediction_pick (const SemioPrediction *const *predictions, guint n_predictions, guint *n_segments)
{
  const SemioPrediction *whole = NULL;
  const SemioPrediction **picked;
  guint n = 0;

  for (guint i = 0; i < n_predictions; i++)
    {
      if (predictions[i]->segment == SEMIO_SEGMENT_WHOLE)
        {
          if (goes_before (predictions[i], whole))
            whole = predictions[i];
        }
      else if (predictions[i]->segment >= 0 && predictions[i]->segment < MAX_SEGMENTS)
        n = MAX (n, (guint) predictions[i]->segment + 1);
    }
  *n_segments = whole != NULL ? 0 : n;
  picked = g_new0 (const SemioPrediction *, MAX (*n_segments, 1));
  if (whole != NULL)
    picked[0] = whole;
  for (guint i = 0; i<n_predictions && * n_segments> 0; i++)
    {
      const int segment = predictions[i]->segment;

      if (segment >= 0 && segment < (int) *n_segments && goes_before (predictions[i], picked[segment]))
        picked[segment] = predictions[i];
    }
  return picked;
}

SemioSha256
semio_prediction_hash_shown (const char *const *explanations, guint n_segments)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonArray *array;

  if (n_segments == 0)
    return semio_sha256_of_text (explanations[0] != NULL ? explanations[0] : "");
  array = json_array_new ();
  for (guint i = 0; i < n_segments; i++)
    {
      if (explanations[i] != NULL)
        json_array_add_string_element (array, explanations[i]);
      else
        json_array_add_null_element (array);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  text = semio_json_canonical (node);
  return semio_sha256_of_text (text);
}

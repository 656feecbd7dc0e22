/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-payload.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-json.h"
#include "semio-store-error.h"

#define N_VISIBLE 5

/* Rounded so that an entry does not tell more than was measured. */
static double
round_to (double value, double unit, double max)
{
  if (!isfinite (value))
    return 0;
  return CLAMP (round (value / unit) * unit, 0, max);
}

static void
set_double (JsonObject *payload, const char *member, double value, int decimals, double max)
{
  const double scale = decimals == 3 ? 1000 : 10000;

  json_object_set_double_member (payload, member, round_to (value * scale, 1, max * scale) / scale);
}

static void
write_visible (JsonObject *payload, SemioVisible visible)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < N_VISIBLE; i++)
    if (visible & (1u << i))
      json_array_add_string_element (array, semio_visible_to_id ((SemioVisible) (1u << i)));
  json_object_set_array_member (payload, "visible", array);
}

static void
write_marks (JsonObject *payload, SemioMarks marks)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < SEMIO_N_MARKS; i++)
    if (marks & (1u << i))
      json_array_add_string_element (array, semio_mark_to_id ((SemioMarks) (1u << i)));
  json_object_set_array_member (payload, "marks", array);
}

void
semio_rating_payload_write (JsonObject *payload, const SemioRating *rating)
{
  char hash[SEMIO_SHA256_TEXT];

  semio_sha256_format (&rating->explanation, hash);
  json_object_set_string_member (payload, "explanation", hash);
  if (rating->score > 0)
    json_object_set_int_member (payload, "score", rating->score);
  else
    json_object_set_null_member (payload, "score");
  if (rating->supports != SEMIO_SUPPORTS_UNSET)
    json_object_set_boolean_member (payload, "supports", rating->supports == SEMIO_SUPPORTS_YES);
  else
    json_object_set_null_member (payload, "supports");
  if (rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    json_object_set_string_member (payload, "cannot_judge", semio_cannot_judge_to_id (rating->cannot_judge));
  else
    json_object_set_null_member (payload, "cannot_judge");
  write_marks (payload, rating->marks);
  write_visible (payload, rating->visible);
  set_double (payload, "played_event", rating->played_event, 4, 1);
  set_double (payload, "played_cited", rating->played_cited, 4, 1);
  set_double (payload, "seconds", rating->seconds, 3, 1e9);
}

/* A whole number stands without a point, so a number may be read as either. */
static double
get_double (JsonObject *payload, const char *member)
{
  JsonNode *node = json_object_get_member (payload, member);
  double value = 0;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    value = json_node_get_double (node);
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    value = (double) json_node_get_int (node);
  return isfinite (value) ? value : 0;
}

static const char *
get_element (JsonObject *payload, const char *member, guint index)
{
  JsonNode *node = json_object_get_member (payload, member);
  JsonNode *element;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || index >= json_array_get_length (json_node_get_array (node)))
    return NULL;
  element = json_array_get_element (json_node_get_array (node), index);
  return json_node_get_value_type (element) == G_TYPE_STRING ? json_node_get_string (element) : "";
}

static void
read_flags (JsonObject *payload, SemioRating *rating)
{
  const char *id;

  for (guint i = 0; (id = get_element (payload, "marks", i)) != NULL; i++)
    {
      SemioMarks mark;

      if (semio_mark_from_id (id, &mark))
        rating->marks |= mark;
    }
  for (guint i = 0; (id = get_element (payload, "visible", i)) != NULL; i++)
    {
      SemioVisible thing;

      if (semio_visible_from_id (id, &thing))
        rating->visible |= thing;
    }
}

gboolean
semio_rating_payload_read (JsonObject *payload, SemioRating *rating, GError **error)
{
  const char *explanation = semio_json_get_text_or (payload, "explanation", NULL);
  const char *reason = semio_json_get_text_or (payload, "cannot_judge", NULL);
  JsonNode *supports = json_object_get_member (payload, "supports");
  const gint64 score = semio_json_get_int_or (payload, "score", 0);

  if (score < 0 || score > 5)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("A score is a number from 1 to 5."));
      return FALSE;
    }
  if (explanation != NULL && !semio_sha256_parse (explanation, &rating->explanation, error))
    return FALSE;
  rating->score = (int) score;
  if (reason != NULL && !semio_cannot_judge_from_id (reason, &rating->cannot_judge))
    rating->cannot_judge = SEMIO_CANNOT_JUDGE_UNSET;
  if (supports != NULL && JSON_NODE_HOLDS_VALUE (supports) && json_node_get_value_type (supports) == G_TYPE_BOOLEAN)
    rating->supports = json_node_get_boolean (supports) ? SEMIO_SUPPORTS_YES : SEMIO_SUPPORTS_NO;
  read_flags (payload, rating);
  rating->played_event = get_double (payload, "played_event");
  rating->played_cited = get_double (payload, "played_cited");
  rating->seconds = get_double (payload, "seconds");
  return TRUE;
}

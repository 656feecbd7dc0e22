/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-choreography-reader.h"

#include <glib/gi18n-lib.h>

#include "semio-demo-error.h"

static void
interval_free (SemioDemoInterval *interval)
{
  g_free (interval->side);
  g_free (interval);
}

void
semio_demo_feature_free (SemioDemoFeature *feature)
{
  g_free (feature->id);
  g_clear_pointer (&feature->intervals, g_ptr_array_unref);
  g_free (feature);
}

static gboolean
fail (GError **error, const char *where, const char *what)
{
  g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_CHOREOGRAPHY, _ ("“%s” %s."), where, what);
  return FALSE;
}

static double
get_number (JsonObject *object, const char *member, double fallback)
{
  return json_object_get_double_member_with_default (object, member, fallback);
}

/* A pair [a, b], or a single number that stands for both. */
static void
get_pair (JsonObject *object, const char *member, double fallback, double *a, double *b)
{
  JsonNode *node = json_object_get_member (object, member);

  *a = *b = fallback;
  if (node && JSON_NODE_HOLDS_VALUE (node))
    *a = *b = json_node_get_double (node);
  else if (node && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 2)
    {
      *a = json_array_get_double_element (json_node_get_array (node), 0);
      *b = json_array_get_double_element (json_node_get_array (node), 1);
    }
}

static SemioDemoColor
get_color (JsonObject *object, const char *member, guint32 fallback)
{
  const char *text = json_object_get_string_member_with_default (object, member, NULL);
  guint64 rgb = fallback;

  if (text && text[0] == '#' && !g_ascii_string_to_unsigned (text + 1, 16, 0, 0xffffff, &rgb, NULL))
    rgb = fallback;
  return (SemioDemoColor){ (double) (rgb >> 16 & 0xff) / 255, (double) (rgb >> 8 & 0xff) / 255, (double) (rgb & 0xff) / 255 };
}

static void
read_look (JsonObject *object, SemioDemoLook *look)
{
  const char *hair = json_object_get_string_member_with_default (object, "hair_style", "short");

  look->skin = get_color (object, "skin", 0xdca683);
  look->hair = get_color (object, "hair", 0x3a2418);
  look->gown = get_color (object, "gown", 0xa3c4cb);
  look->blanket = get_color (object, "blanket", 0x4f86a6);
  look->scrubs = get_color (object, "scrubs", 0x2f7a68);
  look->nurse_skin = get_color (object, "nurse_skin", 0x7a4f38);
  look->nurse_hair = get_color (object, "nurse_hair", 0x1d1412);
  look->iris = get_color (object, "iris", 0x4a3524);
  look->hair_style = g_str_equal (hair, "long")      ? SEMIO_DEMO_HAIR_LONG
                     : g_str_equal (hair, "cropped") ? SEMIO_DEMO_HAIR_CROPPED
                                                     : SEMIO_DEMO_HAIR_SHORT;
  look->beard = json_object_get_boolean_member_with_default (object, "beard", FALSE);
  look->infrared = json_object_get_boolean_member_with_default (object, "infrared", FALSE);
  look->table_left = json_object_get_boolean_member_with_default (object, "table_left", FALSE);
}

static gboolean
read_tracks (JsonObject *object, SemioChoreography *self, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      SemioDemoChannel channel;
      JsonArray *keys;

      if (!semio_demo_channel_from_name (name, &channel))
        return fail (error, name, _ ("is no channel"));
      if (!JSON_NODE_HOLDS_ARRAY (node))
        return fail (error, name, _ ("needs a list of times and values"));
      keys = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (keys); i++)
        {
          JsonNode *key = json_array_get_element (keys, i);

          if (!JSON_NODE_HOLDS_ARRAY (key) || json_array_get_length (json_node_get_array (key)) != 2)
            return fail (error, name, _ ("holds a key that is no pair of time and value"));
          if (!semio_demo_track_add_key (&self->tracks[channel], json_array_get_double_element (json_node_get_array (key), 0),
                                         json_array_get_double_element (json_node_get_array (key), 1)))
            return fail (error, name, _ ("holds keys whose times do not rise"));
        }
    }
  return TRUE;
}

static gboolean
read_move (JsonObject *object, SemioChoreography *self, GError **error)
{
  const char *shape = json_object_get_string_member_with_default (object, "shape", "sine");
  JsonObject *channels = NULL;
  SemioDemoMove move = { 0 };
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  move.wave.begin_s = get_number (object, "from", 0);
  move.wave.end_s = get_number (object, "to", 0);
  get_pair (object, "hz", 1, &move.wave.begin_hz, &move.wave.end_hz);
  get_pair (object, "share", 1, &move.wave.begin_share, &move.wave.end_share);
  move.wave.fade_s = get_number (object, "fade", 0.4);
  move.wave.wander = get_number (object, "wander", 0.4);
  move.wave.shape = g_str_equal (shape, "jerk")     ? SEMIO_DEMO_SHAPE_JERK
                    : g_str_equal (shape, "tremor") ? SEMIO_DEMO_SHAPE_TREMOR
                                                    : SEMIO_DEMO_SHAPE_SINE;
  if (json_object_has_member (object, "channels"))
    channels = json_object_get_object_member (object, "channels");
  if (!channels || move.wave.end_s <= move.wave.begin_s)
    return fail (error, "moves", _ ("holds a move without channels or without length"));
  json_object_iter_init_ordered (&iter, channels);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (!semio_demo_channel_from_name (name, &move.channel))
        return fail (error, name, _ ("is no channel"));
      move.wave.phase = 0;
      if (JSON_NODE_HOLDS_VALUE (node))
        move.wave.amplitude = json_node_get_double (node);
      else
        get_pair (channels, name, 0, &move.wave.amplitude, &move.wave.phase);
      g_array_append_val (self->moves, move);
    }
  return TRUE;
}

static gboolean
read_sound (JsonObject *object, SemioChoreography *self, GError **error)
{
  static const char *const kinds[] = { "groan", "cry", "nurse", "patient", "alarm", "snore", "smack", "steps", "rattle", NULL };
  const char *kind = json_object_get_string_member_with_default (object, "kind", "");
  SemioDemoSoundCue cue = { 0 };
  gint found = -1;

  for (gint i = 0; kinds[i]; i++)
    if (g_str_equal (kinds[i], kind))
      found = i;
  if (found < 0)
    return fail (error, kind, _ ("is no kind of sound"));
  cue.kind = (SemioDemoSoundKind) found;
  cue.begin_s = get_number (object, "from", 0);
  cue.end_s = get_number (object, "to", 0);
  cue.gain = get_number (object, "gain", 1);
  cue.pitch_hz = get_number (object, "pitch", 0);
  get_pair (object, "hz", 0, &cue.rate_hz, &cue.end_rate_hz);
  if (cue.end_s <= cue.begin_s)
    return fail (error, kind, _ ("sounds for no time"));
  g_array_append_val (self->sounds, cue);
  return TRUE;
}

static gboolean
read_intervals (JsonArray *array, SemioDemoFeature *feature, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      SemioDemoInterval *interval = g_new0 (SemioDemoInterval, 1);

      g_ptr_array_add (feature->intervals, interval);
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, feature->id, _ ("holds something that is no interval"));
      interval->begin_s = get_number (json_node_get_object (node), "from", 0);
      interval->end_s = get_number (json_node_get_object (node), "to", 0);
      interval->side = g_strdup (json_object_get_string_member_with_default (json_node_get_object (node), "side", NULL));
      if (interval->end_s <= interval->begin_s)
        return fail (error, feature->id, _ ("holds an interval without length"));
    }
  feature->answer = SEMIO_ANSWER_YES;
  return TRUE;
}

static gboolean
read_features (JsonObject *object, SemioChoreography *self, GError **error)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &id, &node))
    {
      SemioDemoFeature *feature = g_new0 (SemioDemoFeature, 1);
      const char *text;

      feature->id = g_strdup (id);
      feature->intervals = g_ptr_array_new_with_free_func ((GDestroyNotify) interval_free);
      g_ptr_array_add (self->features, feature);
      if (JSON_NODE_HOLDS_ARRAY (node))
        {
          if (!read_intervals (json_node_get_array (node), feature, error))
            return FALSE;
          continue;
        }
      text = json_node_get_string (node);
      if (g_strcmp0 (text, "yes") == 0)
        feature->answer = SEMIO_ANSWER_YES;
      else if (g_strcmp0 (text, "no") == 0)
        feature->answer = SEMIO_ANSWER_NO;
      else if (g_strcmp0 (text, "na") == 0)
        feature->answer = SEMIO_ANSWER_NA;
      else
        return fail (error, id, _ ("needs intervals, “yes”, “no” or “na”"));
    }
  return TRUE;
}

typedef gboolean (*ReadFunc) (JsonObject *object, SemioChoreography *self, GError **error);

static gboolean
read_each (JsonObject *root, const char *member, ReadFunc read, SemioChoreography *self, GError **error)
{
  JsonArray *array = json_object_has_member (root, member) ? json_object_get_array_member (root, member) : NULL;

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (!read (json_array_get_object_element (array, i), self, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_head (JsonObject *root, SemioChoreography *self, GError **error)
{
  const char *type = json_object_get_string_member_with_default (root, "type", "");
  JsonArray *blinks = json_object_has_member (root, "blinks") ? json_object_get_array_member (root, "blinks") : NULL;

  self->id = g_strdup (json_object_get_string_member_with_default (root, "id", ""));
  self->file_name = g_strdup (json_object_get_string_member_with_default (root, "file", ""));
  self->title = g_strdup (json_object_get_string_member_with_default (root, "title", ""));
  self->patient = g_strdup (json_object_get_string_member_with_default (root, "patient", ""));
  self->pseudonym = g_strdup (json_object_get_string_member_with_default (root, "pseudonym", ""));
  self->gender = g_strdup (json_object_get_string_member_with_default (root, "gender", ""));
  self->duration_s = get_number (root, "duration", 0);
  self->onset_s = get_number (root, "onset", 0);
  self->offset_s = get_number (root, "offset", 0);
  self->mirrored = json_object_get_boolean_member_with_default (root, "mirrored", FALSE);
  self->silent = !json_object_get_boolean_member_with_default (root, "sound", TRUE);
  self->seed = (guint32) get_number (root, "seed", 1);
  for (guint i = 0; blinks && i < json_array_get_length (blinks); i++)
    {
      double time_s = json_array_get_double_element (blinks, i);

      g_array_append_val (self->blinks_s, time_s);
    }
  if (g_str_equal (type, "epileptic"))
    self->type = SEMIO_EVENT_TYPE_EPILEPTIC;
  else if (g_str_equal (type, "functional"))
    self->type = SEMIO_EVENT_TYPE_FUNCTIONAL;
  else
    return fail (error, "type", _ ("must be “epileptic” or “functional”"));
  if (self->duration_s <= 0 || self->onset_s < 0 || self->offset_s <= self->onset_s || self->offset_s > self->duration_s)
    return fail (error, "duration", _ ("does not hold onset and offset in order"));
  if (!*self->id || !*self->pseudonym || !*self->patient
      || (!g_str_has_suffix (self->file_name, ".mp4") && !g_str_has_suffix (self->file_name, ".webm")))
    return fail (error, "file", _ ("or another name is missing"));
  return TRUE;
}

/**
 * semio_choreography_new_from_json:
 * @json: text
 * @length: its bytes, or -1
 * @error: return location
 *
 * Reads one choreography, as data/demo/README.md describes it.
 *
 * Returns: (nullable): the choreography, or %NULL with #SEMIO_DEMO_ERROR_CHOREOGRAPHY or the parser's error.
 */
SemioChoreography *
semio_choreography_new_from_json (const char *json, gssize length, GError **error)
{
  g_autoptr (SemioChoreography) self = g_new0 (SemioChoreography, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *root;

  self->moves = g_array_new (FALSE, FALSE, sizeof (SemioDemoMove));
  self->blinks_s = g_array_new (FALSE, FALSE, sizeof (double));
  self->sounds = g_array_new (FALSE, FALSE, sizeof (SemioDemoSoundCue));
  self->features = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_demo_feature_free);
  for (guint i = 0; i < SEMIO_N_CHANNELS; i++)
    semio_demo_track_init (&self->tracks[i], semio_demo_channel_get_rest (i));
  if (!json_parser_load_from_data (parser, json, length, error))
    return NULL;
  if (!json_parser_get_root (parser) || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      fail (error, "choreography", _ ("is no object"));
      return NULL;
    }
  root = json_node_get_object (json_parser_get_root (parser));
  if (!read_head (root, self, error))
    return NULL;
  if (json_object_has_member (root, "look"))
    read_look (json_object_get_object_member (root, "look"), &self->look);
  if (json_object_has_member (root, "tracks") && !read_tracks (json_object_get_object_member (root, "tracks"), self, error))
    return NULL;
  if (!read_each (root, "moves", read_move, self, error) || !read_each (root, "sounds", read_sound, self, error))
    return NULL;
  if (json_object_has_member (root, "features") && !read_features (json_object_get_object_member (root, "features"), self, error))
    return NULL;
  return g_steal_pointer (&self);
}

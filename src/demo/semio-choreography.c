/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-choreography.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-choreography-reader.h"
#include "semio-demo-resources.h"

#define RESOURCE_FOLDER "/io/github/semioscope/Semioscope/demo/"
#define N_RECORDINGS 9
#define BLINK_S 0.24

void
semio_choreography_free (SemioChoreography *self)
{
  g_free (self->id);
  g_free (self->file_name);
  g_free (self->title);
  g_free (self->patient);
  g_free (self->pseudonym);
  g_free (self->gender);
  for (guint i = 0; i < SEMIO_N_CHANNELS; i++)
    semio_demo_track_clear (&self->tracks[i]);
  g_clear_pointer (&self->moves, g_array_unref);
  g_clear_pointer (&self->blinks_s, g_array_unref);
  g_clear_pointer (&self->sounds, g_array_unref);
  g_clear_pointer (&self->features, g_ptr_array_unref);
  g_free (self);
}

/**
 * semio_choreography_load_all:
 *
 * Reads the choreographies that are compiled in.
 *
 * Returns: (element-type SemioChoreography): nine of them, in the order of their pseudonyms, or %NULL with
 * #SEMIO_DEMO_ERROR_CHOREOGRAPHY.
 */
GPtrArray *
semio_choreography_load_all (GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_choreography_free);

  for (guint i = 1; i <= N_RECORDINGS; i++)
    {
      g_autofree char *path = g_strdup_printf (RESOURCE_FOLDER "r%02u.json", i);
      g_autoptr (GBytes) bytes = NULL;
      SemioChoreography *choreography;

      bytes = g_resource_lookup_data (semio_demo_resources_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      if (!bytes)
        return NULL;
      choreography = semio_choreography_new_from_json (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
      if (!choreography)
        {
          g_prefix_error (error, "r%02u.json: ", i);
          return NULL;
        }
      g_ptr_array_add (all, choreography);
    }
  return g_steal_pointer (&all);
}

guint
semio_choreography_get_n_frames (const SemioChoreography *self)
{
  return (guint) lround (self->duration_s * SEMIO_DEMO_RATE_HZ);
}

double
semio_choreography_get_value (const SemioChoreography *self, SemioDemoChannel channel, double time_s)
{
  double value = semio_demo_track_get (&self->tracks[channel], time_s);

  for (guint i = 0; i < self->moves->len; i++)
    {
      const SemioDemoMove *move = &g_array_index (self->moves, SemioDemoMove, i);

      if (move->channel == channel)
        value += semio_demo_wave_get (&move->wave, time_s);
    }
  return value;
}

/* Lids shut in a third of a blink and open in the rest. */
static double
get_blink (const SemioChoreography *self, double time_s)
{
  for (guint i = 0; i < self->blinks_s->len; i++)
    {
      double share = (time_s - g_array_index (self->blinks_s, double, i)) / BLINK_S;

      if (share > 0 && share < 1)
        return share < 0.33 ? share / 0.33 : MIN (1, (1 - share) / 0.45);
    }
  return 0;
}

/**
 * semio_choreography_get_values:
 * @self: a choreography
 * @time_s: seconds from the first frame
 * @values: (out): a value for each channel
 *
 * Where everything stands at a time.
 */
void
semio_choreography_get_values (const SemioChoreography *self, double time_s, double values[SEMIO_N_CHANNELS])
{
  double open = 1 - get_blink (self, time_s);

  for (guint i = 0; i < SEMIO_N_CHANNELS; i++)
    values[i] = semio_demo_track_get (&self->tracks[i], time_s);
  for (guint i = 0; i < self->moves->len; i++)
    {
      const SemioDemoMove *move = &g_array_index (self->moves, SemioDemoMove, i);

      values[move->channel] += semio_demo_wave_get (&move->wave, time_s);
    }
  values[SEMIO_CHANNEL_EYE_LEFT] = CLAMP (values[SEMIO_CHANNEL_EYE_LEFT], 0, 1.2) * open;
  values[SEMIO_CHANNEL_EYE_RIGHT] = CLAMP (values[SEMIO_CHANNEL_EYE_RIGHT], 0, 1.2) * open;
}

const SemioDemoFeature *
semio_choreography_find_feature (const SemioChoreography *self, const char *id)
{
  for (guint i = 0; i < self->features->len; i++)
    {
      const SemioDemoFeature *feature = g_ptr_array_index (self->features, i);

      if (g_str_equal (feature->id, id))
        return feature;
    }
  return NULL;
}

SemioAnswer
semio_choreography_get_answer (const SemioChoreography *self, const SemioFeature *feature, gboolean from_sound)
{
  const SemioDemoFeature *found = semio_choreography_find_feature (self, feature->id);

  if (from_sound && self->silent)
    return SEMIO_ANSWER_MISSING;
  return found ? found->answer : SEMIO_ANSWER_NO;
}

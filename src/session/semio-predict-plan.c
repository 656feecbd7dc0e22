/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-predict-plan.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)
/* For what is shown before a run: what camera pictures come to at the usual quality, and near the best. */
#define BYTES_PER_PIXEL 0.13
#define BYTES_PER_PIXEL_FINE 0.4
#define USUAL_WIDTH_PX 1280
#define USUAL_HEIGHT_PX 720
/* 16 kHz, one channel, two bytes a sample. */
#define WAV_BYTES_PER_S 32000

typedef struct {
  const SemioRunConfig *config;
  SemioFeatureSet *features;
  GArray *indexes; /* of guint: the config's features in the study's set */
  GHashTable *done;
  GHashTable *patients; /* gint64, borrowed */
  SemioPredictPlan *plan;
} Work;

guint
semio_question_key_hash (gconstpointer data)
{
  const SemioQuestionKey *key = data;

  return (guint) key->recording_id * 1000003u ^ (guint) key->segment * 8191u ^ (guint) key->kind * 131u ^ key->feature;
}

gboolean
semio_question_key_equal (gconstpointer a, gconstpointer b)
{
  const SemioQuestionKey *one = a;
  const SemioQuestionKey *other = b;

  return one->recording_id == other->recording_id && one->segment == other->segment && one->kind == other->kind
         && one->feature == other->feature;
}

static void
fan_free (gpointer data)
{
  SemioPlannedFan *fan = data;

  g_array_unref (fan->keys);
  g_free (fan);
}

static void
segment_free (gpointer data)
{
  SemioPlannedSegment *segment = data;

  g_ptr_array_unref (segment->fans);
  g_free (segment);
}

void
semio_predict_plan_free (SemioPredictPlan *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->segments);
  g_free (plan);
}

static SemioPlannedFan *
fan_new (const char *group, gboolean with_frames, gboolean with_sound)
{
  SemioPlannedFan *fan = g_new0 (SemioPlannedFan, 1);

  fan->group = group;
  fan->with_frames = with_frames;
  fan->with_sound = with_sound;
  fan->keys = g_array_new (FALSE, FALSE, sizeof (SemioQuestionKey));
  return fan;
}

/* Adds a question unless it was asked, and counts it. */
static void
ask (Work *work, SemioPlannedFan *fan, gint64 recording_id, int segment, SemioQuestionKind kind, guint feature)
{
  SemioQuestionKey key = { recording_id, segment, kind, feature };

  work->plan->n_questions++;
  if (work->done && g_hash_table_contains (work->done, &key))
    return;
  work->plan->n_open++;
  g_array_append_val (fan->keys, key);
}

static void
ask_features (Work *work, SemioPlannedFan *fan, gint64 recording_id, int segment, gboolean from_sound)
{
  static const SemioQuestionKind kinds[] = { SEMIO_QUESTION_ANSWER, SEMIO_QUESTION_ONSET };

  for (guint i = 0; i < work->indexes->len; i++)
    {
      guint feature = g_array_index (work->indexes, guint, i);
      const char *id = semio_feature_set_get (work->features, feature)->id;

      if (semio_feature_set_is_from_sound (work->features, feature) != from_sound)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        if ((work->config->kinds & (1u << kinds[k])) && semio_prompt_set_get_question (work->config->prompts, kinds[k], id))
          ask (work, fan, recording_id, segment, kinds[k], feature);
    }
}

static gint64
count_frames (const SemioRunConfig *config, SemioSpan span)
{
  gint64 step_ns = G_GINT64_CONSTANT (1000000000) * config->rate_den / MAX (config->rate_num, 1);
  gint64 wanted = (semio_span_get_length (span) + step_ns - 1) / MAX (step_ns, 1);

  return MIN (wanted, (gint64) config->max_frames);
}

/* About so many bytes a picture of the recording has as JPEG. */
static gint64
estimate_picture (const SemioRunConfig *config, const SemioRecording *recording)
{
  double height_px = recording->height_px > 0 ? recording->height_px : USUAL_HEIGHT_PX;
  double width_px = recording->width_px > 0 ? recording->width_px : USUAL_WIDTH_PX;
  double scale = config->height_px > 0 ? MIN (1, config->height_px / height_px) : 1;
  double bytes_per_pixel = config->quality > 92 ? BYTES_PER_PIXEL_FINE : BYTES_PER_PIXEL;

  return (gint64) (width_px * height_px * scale * scale * bytes_per_pixel);
}

static gint64
estimate_upload (Work *work, const SemioRecording *recording, SemioSpan span, const SemioPlannedFan *fan)
{
  gint64 bytes = fan->with_frames ? count_frames (work->config, span) * estimate_picture (work->config, recording) : 0;

  if (fan->with_sound)
    bytes += semio_span_get_length (span) / NS_PER_S * WAV_BYTES_PER_S;
  /* Base64 makes four characters of three bytes. */
  return bytes / 3 * 4 * (gint64) fan->keys->len;
}

/* Takes the fans that have something to ask; the others are dropped. */
static void
add_segment (Work *work, const SemioRecording *recording, int number, SemioSpan span, SemioPlannedFan **fans, guint n_fans)
{
  SemioPlannedSegment *segment = g_new0 (SemioPlannedSegment, 1);
  gboolean with_frames = FALSE;
  gboolean with_sound = FALSE;

  segment->recording_id = recording->id;
  segment->segment = number;
  segment->span = span;
  segment->fans = g_ptr_array_new_with_free_func (fan_free);
  for (guint i = 0; i < n_fans; i++)
    {
      if (fans[i]->keys->len == 0)
        {
          fan_free (fans[i]);
          continue;
        }
      with_frames |= fans[i]->with_frames;
      with_sound |= fans[i]->with_sound;
      work->plan->upload_bytes += estimate_upload (work, recording, span, fans[i]);
      g_ptr_array_add (segment->fans, fans[i]);
    }
  if (segment->fans->len == 0)
    {
      segment_free (segment);
      return;
    }
  if (with_frames)
    work->plan->frames += count_frames (work->config, span);
  if (with_sound)
    work->plan->sound_ns += semio_span_get_length (span);
  g_ptr_array_add (work->plan->segments, segment);
}

static gboolean
has_sound_feature (Work *work)
{
  for (guint i = 0; i < work->indexes->len; i++)
    if (semio_feature_set_is_from_sound (work->features, g_array_index (work->indexes, guint, i)))
      return TRUE;
  return FALSE;
}

static void
plan_whole (Work *work, const SemioRecording *recording, gboolean by_ear)
{
  const SemioRunConfig *config = work->config;
  SemioSpan span = { 0, recording->duration_ns };
  gboolean has_sound = by_ear && config->sound != SEMIO_SOUND_SCOPE_NONE;
  SemioPlannedFan *fans[2] = { fan_new ("sound", config->frames_with_sound, TRUE), fan_new ("narrative", TRUE, has_sound) };

  if (by_ear && config->sound == SEMIO_SOUND_SCOPE_RECORDING)
    ask_features (work, fans[0], recording->id, SEMIO_SEGMENT_WHOLE, TRUE);
  if ((config->kinds & (1u << SEMIO_QUESTION_NARRATIVE))
      && semio_prompt_set_get_question (config->prompts, SEMIO_QUESTION_NARRATIVE, NULL))
    ask (work, fans[1], recording->id, SEMIO_SEGMENT_WHOLE, SEMIO_QUESTION_NARRATIVE, SEMIO_FEATURE_NONE);
  add_segment (work, recording, SEMIO_SEGMENT_WHOLE, span, fans, G_N_ELEMENTS (fans));
}

static void
plan_recording (Work *work, const SemioRecording *recording)
{
  const SemioRunConfig *config = work->config;
  gboolean by_ear = recording->sound == SEMIO_SOUND_PRESENT;
  guint n_segments = semio_run_config_count_segments (config, recording->duration_ns);

  work->plan->n_recordings++;
  if (recording->patient_id == 0 || g_hash_table_add (work->patients, (gpointer) &recording->patient_id))
    work->plan->n_patients++;
  if (!by_ear && config->sound != SEMIO_SOUND_SCOPE_NONE && has_sound_feature (work))
    work->plan->n_without_sound++;
  for (guint i = 0; i < n_segments; i++)
    {
      SemioSpan span = semio_run_config_get_segment (config, i, recording->duration_ns);
      SemioPlannedFan *fans[2] = { fan_new ("frames", TRUE, FALSE), fan_new ("sound", config->frames_with_sound, TRUE) };

      ask_features (work, fans[0], recording->id, (int) i, FALSE);
      if (by_ear && config->sound == SEMIO_SOUND_SCOPE_SEGMENT)
        ask_features (work, fans[1], recording->id, (int) i, TRUE);
      add_segment (work, recording, (int) i, span, fans, G_N_ELEMENTS (fans));
    }
  plan_whole (work, recording, by_ear);
}

SemioPredictPlan *
semio_predict_plan_new (const SemioRunConfig *config, SemioFeatureSet *features, GPtrArray *recordings, GHashTable *done)
{
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  SemioPredictPlan *plan = g_new0 (SemioPredictPlan, 1);
  g_autoptr (GHashTable) patients = g_hash_table_new (g_int64_hash, g_int64_equal);
  Work work = { config, features, indexes, done, patients, plan };

  plan->segments = g_ptr_array_new_with_free_func (segment_free);
  for (guint i = 0; config->features && config->features[i]; i++)
    {
      int index = semio_feature_set_find (features, config->features[i]);

      if (index >= 0)
        g_array_append_val (indexes, index);
    }
  for (guint i = 0; i < recordings->len; i++)
    {
      const SemioRecording *recording = recordings->pdata[i];

      if (recording->has_media && recording->duration_ns > 0)
        plan_recording (&work, recording);
      else
        plan->n_without_video++;
    }
  return plan;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels against movements: what each label says is measured in the channels that the patient is drawn from. */
#include <math.h>
#include <string.h>

#include "semio-choreography.h"
#include "semio-csv-reader.h"
#include "semio-demo-tables.h"
#include "semio-span.h"

#define STEP_S 0.04

typedef gboolean (*SeenFunc) (const SemioChoreography *it);

static double
get (const SemioChoreography *it, SemioDemoChannel channel, double time_s)
{
  return semio_choreography_get_value (it, channel, time_s);
}

static double
get_track (const SemioChoreography *it, SemioDemoChannel channel, double time_s)
{
  return semio_demo_track_get (&it->tracks[channel], time_s);
}

static gboolean
sees_sleep (const SemioChoreography *it)
{
  double before = MIN (4, it->onset_s - 0.2);

  for (double t = it->onset_s - before; t < it->onset_s - 0.15; t += STEP_S)
    if (get (it, SEMIO_CHANNEL_EYE_LEFT, t) > 0.1)
      return FALSE;
  return TRUE;
}

static gboolean
sees_flexion (const SemioChoreography *it)
{
  static const SemioDemoChannel elbows[] = { SEMIO_CHANNEL_LEFT_ELBOW, SEMIO_CHANNEL_RIGHT_ELBOW };

  for (guint i = 0; i < 2; i++)
    for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
      if (get (it, elbows[i], t) > MAX (60, get (it, elbows[i], it->onset_s) + 25))
        return TRUE;
  return FALSE;
}

static gboolean
sees_straightening (const SemioChoreography *it)
{
  static const SemioDemoChannel elbows[] = { SEMIO_CHANNEL_LEFT_ELBOW, SEMIO_CHANNEL_RIGHT_ELBOW };

  for (guint i = 0; i < 2; i++)
    for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
      if (get (it, elbows[i], t) < MIN (8, get (it, elbows[i], it->onset_s) - 15))
        return TRUE;
  return FALSE;
}

/* When an arm has moved by ten degrees; never is far away. */
static double
get_start (const SemioChoreography *it, SemioDemoChannel elbow, SemioDemoChannel shoulder)
{
  for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
    if (fabs (get (it, elbow, t) - get (it, elbow, it->onset_s)) + fabs (get (it, shoulder, t) - get (it, shoulder, it->onset_s))
        > 10)
      return t;
  return INFINITY;
}

static gboolean
sees_simultaneous (const SemioChoreography *it)
{
  double left = get_start (it, SEMIO_CHANNEL_LEFT_ELBOW, SEMIO_CHANNEL_LEFT_SHOULDER);
  double right = get_start (it, SEMIO_CHANNEL_RIGHT_ELBOW, SEMIO_CHANNEL_RIGHT_SHOULDER);

  return isfinite (left) && isfinite (right) && fabs (left - right) < 0.5;
}

static gboolean
sees_figure4 (const SemioChoreography *it)
{
  double held_s = 0;

  for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
    {
      double left = get (it, SEMIO_CHANNEL_LEFT_ELBOW, t), right = get (it, SEMIO_CHANNEL_RIGHT_ELBOW, t);

      held_s += MIN (left, right) < 10 && MAX (left, right) > 90 ? STEP_S : 0;
    }
  return held_s > 3;
}

/* Clenched hands and no change of the elbows beyond a fine tremor for four seconds. */
static gboolean
sees_tonic (const SemioChoreography *it)
{
  for (double t = it->onset_s; t + 4 < it->offset_s; t += 0.2)
    {
      double low = 360, high = 0;
      gboolean clenched = TRUE;

      for (double u = t; u < t + 4; u += STEP_S)
        {
          low = MIN (low, get (it, SEMIO_CHANNEL_LEFT_ELBOW, u));
          high = MAX (high, get (it, SEMIO_CHANNEL_LEFT_ELBOW, u));
          clenched = clenched && get (it, SEMIO_CHANNEL_LEFT_GRIP, u) > 0.8 && get (it, SEMIO_CHANNEL_TRUNK_ARCH, u) > 0.45;
        }
      if (clenched && high - low < 8)
        return TRUE;
    }
  return FALSE;
}

/* A move of this shape, at least so large and long, of a channel. */
static gboolean
has_wave (const SemioChoreography *it, SemioDemoChannel channel, SemioDemoShape shape, double amplitude, double length_s)
{
  for (guint i = 0; i < it->moves->len; i++)
    {
      const SemioDemoMove *move = &g_array_index (it->moves, SemioDemoMove, i);

      if (move->channel == channel && move->wave.shape == shape && move->wave.amplitude >= amplitude
          && move->wave.end_s - move->wave.begin_s >= length_s && move->wave.end_s > it->onset_s)
        return TRUE;
    }
  return FALSE;
}

static gboolean
sees_clonic (const SemioChoreography *it)
{
  return has_wave (it, SEMIO_CHANNEL_LEFT_ELBOW, SEMIO_DEMO_SHAPE_JERK, 15, 5)
         || has_wave (it, SEMIO_CHANNEL_RIGHT_ELBOW, SEMIO_DEMO_SHAPE_JERK, 15, 5);
}

static gboolean
sees_limb_automatisms (const SemioChoreography *it)
{
  return has_wave (it, SEMIO_CHANNEL_LEFT_GRIP, SEMIO_DEMO_SHAPE_SINE, 0.3, 5)
         || has_wave (it, SEMIO_CHANNEL_RIGHT_GRIP, SEMIO_DEMO_SHAPE_SINE, 0.3, 5);
}

static gboolean
sees_asynchronous (const SemioChoreography *it)
{
  return has_wave (it, SEMIO_CHANNEL_LEFT_ELBOW, SEMIO_DEMO_SHAPE_TREMOR, 8, 3)
         && has_wave (it, SEMIO_CHANNEL_RIGHT_ELBOW, SEMIO_DEMO_SHAPE_TREMOR, 8, 3);
}

/* The hips rise by ten pixels and sink again, four times at least. */
static gboolean
sees_thrusting (const SemioChoreography *it)
{
  double low = 0, high = 0;
  guint n_thrusts = 0;
  gboolean rising = TRUE;

  for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
    {
      double lift = get (it, SEMIO_CHANNEL_PELVIS_LIFT, t);

      if (rising && lift < high - 10)
        {
          n_thrusts++;
          rising = FALSE;
          low = lift;
        }
      else if (!rising && lift > low + 10)
        {
          rising = TRUE;
          high = lift;
        }
      low = MIN (low, lift);
      high = rising ? MAX (high, lift) : high;
    }
  return n_thrusts >= 4;
}

static gboolean
sees_shaking (const SemioChoreography *it)
{
  static const SemioDemoChannel all[] = { SEMIO_CHANNEL_LEFT_ELBOW, SEMIO_CHANNEL_RIGHT_ELBOW, SEMIO_CHANNEL_LEFT_KNEE,
                                          SEMIO_CHANNEL_RIGHT_KNEE };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    n += has_wave (it, all[i], SEMIO_DEMO_SHAPE_JERK, 10, 5) || has_wave (it, all[i], SEMIO_DEMO_SHAPE_TREMOR, 10, 5);
  return n == 4
         && (has_wave (it, SEMIO_CHANNEL_TRUNK_X, SEMIO_DEMO_SHAPE_TREMOR, 3, 5)
             || has_wave (it, SEMIO_CHANNEL_TRUNK_ARCH, SEMIO_DEMO_SHAPE_JERK, 0.2, 5));
}

/* Lids open and gaze unmoved, not driven to an edge, for three seconds. */
static gboolean
sees_stare (const SemioChoreography *it)
{
  double held_s = 0;

  for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
    {
      double x = get_track (it, SEMIO_CHANNEL_GAZE_X, t), y = get_track (it, SEMIO_CHANNEL_GAZE_Y, t);
      gboolean stays = fabs (x - get_track (it, SEMIO_CHANNEL_GAZE_X, t - STEP_S)) < 0.005
                       && fabs (y - get_track (it, SEMIO_CHANNEL_GAZE_Y, t - STEP_S)) < 0.005;

      held_s =
          stays && fabs (x) < 0.36 && fabs (y) < 0.36 && get_track (it, SEMIO_CHANNEL_EYE_LEFT, t) > 0.85 ? held_s + STEP_S : 0;
      if (held_s > 2.5)
        return TRUE;
    }
  return FALSE;
}

static gboolean
sees_closed (const SemioChoreography *it)
{
  double closed_s = 0;

  for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
    {
      double values[SEMIO_N_CHANNELS];

      semio_choreography_get_values (it, t, values);
      closed_s += values[SEMIO_CHANNEL_EYE_LEFT] < 0.2 && values[SEMIO_CHANNEL_EYE_RIGHT] < 0.2 ? STEP_S : 0;
    }
  return closed_s > (it->offset_s - it->onset_s) / 2;
}

/* Six closings of the lids within three seconds. */
static gboolean
sees_blinking (const SemioChoreography *it)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean closed = FALSE;

  for (double t = it->onset_s; t < it->offset_s; t += STEP_S / 2)
    {
      double values[SEMIO_N_CHANNELS];

      semio_choreography_get_values (it, t, values);
      if (!closed && values[SEMIO_CHANNEL_EYE_LEFT] < 0.35)
        g_array_append_val (times, t);
      closed = values[SEMIO_CHANNEL_EYE_LEFT] < 0.35;
    }
  for (guint i = 5; i < times->len; i++)
    if (g_array_index (times, double, i) - g_array_index (times, double, i - 5) < 3)
      return TRUE;
  return FALSE;
}

static gboolean
sees_chewing (const SemioChoreography *it)
{
  return has_wave (it, SEMIO_CHANNEL_MOUTH_OPEN, SEMIO_DEMO_SHAPE_SINE, 0.15, 5)
         && has_wave (it, SEMIO_CHANNEL_JAW_X, SEMIO_DEMO_SHAPE_SINE, 1, 5);
}

/* How long a channel stays beyond a limit; below 0 when it is on the negative side. */
static double
get_held_s (const SemioChoreography *it, SemioDemoChannel channel, double limit)
{
  double held_s = 0, side = 0;

  for (double t = it->onset_s; t < it->offset_s; t += STEP_S)
    {
      double value = get (it, channel, t);

      held_s += fabs (value) > limit ? STEP_S : 0;
      side += fabs (value) > limit ? value : 0;
    }
  return side < 0 ? -held_s : held_s;
}

static gboolean
sees_pulling (const SemioChoreography *it)
{
  return fabs (get_held_s (it, SEMIO_CHANNEL_MOUTH_PULL, 0.6)) > 2;
}

static gboolean
sees_twitching (const SemioChoreography *it)
{
  return has_wave (it, SEMIO_CHANNEL_TWITCH_LEFT, SEMIO_DEMO_SHAPE_JERK, 0.5, 5)
         || has_wave (it, SEMIO_CHANNEL_TWITCH_RIGHT, SEMIO_DEMO_SHAPE_JERK, 0.5, 5);
}

static gboolean
sees_turning (const SemioChoreography *it)
{
  return fabs (get_held_s (it, SEMIO_CHANNEL_HEAD_YAW, 40)) > 3;
}

static gboolean
hears (const SemioChoreography *it, SemioDemoSoundKind kind)
{
  for (guint i = 0; i < it->sounds->len; i++)
    {
      const SemioDemoSoundCue *cue = &g_array_index (it->sounds, SemioDemoSoundCue, i);

      if (cue->kind == kind && cue->begin_s >= it->onset_s && cue->begin_s < it->offset_s)
        return TRUE;
    }
  return FALSE;
}

static gboolean
hears_answer (const SemioChoreography *it)
{
  return hears (it, SEMIO_DEMO_SOUND_NURSE) && hears (it, SEMIO_DEMO_SOUND_PATIENT);
}

static gboolean
hears_vocalization (const SemioChoreography *it)
{
  return hears (it, SEMIO_DEMO_SOUND_GROAN) || hears (it, SEMIO_DEMO_SOUND_CRY);
}

static const struct {
  const char *id;
  SeenFunc sees;
} measures[] = {
  { "occur_during_sleep", sees_sleep },
  { "arm_flexion", sees_flexion },
  { "arm_straightening", sees_straightening },
  { "arms_move_simultaneously", sees_simultaneous },
  { "figure4", sees_figure4 },
  { "tonic", sees_tonic },
  { "clonic", sees_clonic },
  { "limb_automatisms", sees_limb_automatisms },
  { "asynchronous_movement", sees_asynchronous },
  { "pelvic_thrusting", sees_thrusting },
  { "full_body_shaking", sees_shaking },
  { "blank_stare", sees_stare },
  { "close_eyes", sees_closed },
  { "eye_blinking", sees_blinking },
  { "oral_automatisms", sees_chewing },
  { "face_pulling", sees_pulling },
  { "face_twitching", sees_twitching },
  { "head_turning", sees_turning },
  { "verbal_responsiveness", hears_answer },
  { "ictal_vocalization", hears_vocalization },
};

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = semio_choreography_load_all (&error);

  g_assert_no_error (error);
  return all;
}

static void
test_seen (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) all = load ();

  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);
      const SemioDemoFeature *feature = semio_choreography_find_feature (it, measures[index].id);
      gboolean labelled = feature && feature->answer == SEMIO_ANSWER_YES, seen = measures[index].sees (it);

      if (labelled != seen)
        g_test_message ("%s of %s: labelled %d, seen %d", measures[index].id, it->id, labelled, seen);
      g_assert_cmpint (labelled, ==, seen);
    }
}

/* Nobody addresses the patient where the label says that the question does not arise, and only there. */
static void
test_addressed (void)
{
  g_autoptr (GPtrArray) all = load ();

  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);
      const SemioDemoFeature *feature = semio_choreography_find_feature (it, "verbal_responsiveness");

      if (!it->silent)
        g_assert_true ((feature->answer == SEMIO_ANSWER_NA) == !hears (it, SEMIO_DEMO_SOUND_NURSE));
    }
}

static const char *
get_side (const SemioChoreography *it, const char *id)
{
  const SemioDemoFeature *feature = semio_choreography_find_feature (it, id);

  return feature ? ((SemioDemoInterval *) g_ptr_array_index (feature->intervals, 0))->side : NULL;
}

static void
test_sides (void)
{
  g_autoptr (GPtrArray) all = load ();

  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);
      double turned_s = get_held_s (it, SEMIO_CHANNEL_HEAD_YAW, 40), pulled_s = get_held_s (it, SEMIO_CHANNEL_MOUTH_PULL, 0.6);

      if (get_side (it, "head_turning"))
        g_assert_cmpstr (get_side (it, "head_turning"), ==, turned_s > 0 ? "left" : "right");
      if (get_side (it, "face_pulling"))
        g_assert_cmpstr (get_side (it, "face_pulling"), ==, pulled_s > 0 ? "left" : "right");
    }
}

/* The table that is imported says what the choreographies say, cell by cell. */
static void
test_table (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (GBytes) bytes = semio_demo_tables_write_labels (all, features);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCsvTable) table = semio_csv_read (bytes, "labels.csv", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (semio_csv_table_get_n_rows (table), ==, 10);
  g_assert_cmpuint (semio_csv_table_get_n_columns (table), ==, 65);
  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);
      gint64 onset_ns = 0;
      gboolean read;

      g_assert_cmpstr (semio_csv_table_get_cell (table, i + 1, 0), ==, it->file_name);
      read = semio_time_parse (semio_csv_table_get_cell (table, i + 1, 22), &onset_ns, NULL, NULL);
      g_assert_true (read);
      g_assert_cmpint (onset_ns, ==, (gint64) llround (it->onset_s * 1e9));
      for (guint f = 0; f < 20; f++)
        {
          const char *id = semio_feature_set_get (features, f)->id, *begin = semio_csv_table_get_cell (table, i + 1, 25 + f);
          const SemioDemoFeature *feature = semio_choreography_find_feature (it, id);
          SemioAnswer answer = SEMIO_ANSWER_FAIL;
          gint64 begin_ns = 0;

          g_assert_cmpstr (semio_csv_table_get_cell (table, 0, 2 + f), ==, id);
          read = semio_answer_from_text (semio_csv_table_get_cell (table, i + 1, 2 + f), &answer);
          g_assert_true (read);
          g_assert_cmpint (answer, ==,
                           semio_choreography_get_answer (it, semio_feature_set_get (features, f),
                                                          semio_feature_set_is_from_sound (features, f)));
          if (!feature || answer != SEMIO_ANSWER_YES || feature->intervals->len == 0)
            {
              g_assert_cmpstr (begin, ==, "");
              continue;
            }
          read = semio_time_parse (begin, &begin_ns, NULL, NULL);
          g_assert_true (read);
          g_assert_cmpint (begin_ns, ==, (gint64) llround (((SemioDemoInterval *) feature->intervals->pdata[0])->begin_s * 1e9));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/demo/labels/seen/%s", measures[i].id);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_seen);
    }
  g_test_add_func ("/demo/labels/addressed", test_addressed);
  g_test_add_func ("/demo/labels/sides", test_sides);
  g_test_add_func ("/demo/labels/table", test_table);
  return g_test_run ();
}

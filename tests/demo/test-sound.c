/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is heard, measured in the samples. */
#include <math.h>

#include "semio-demo-sound.h"

typedef struct {
  gint16 *samples;
  gsize n_samples;
} Sound;

static void
sound_clear (Sound *sound)
{
  g_free (sound->samples);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sound, sound_clear)

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = semio_choreography_load_all (&error);

  g_assert_no_error (error);
  return all;
}

static double
get_level (const Sound *sound, double begin_s, double end_s)
{
  double sum = 0;
  gsize begin = (gsize) (begin_s * SEMIO_DEMO_SOUND_RATE_HZ),
        end = MIN (sound->n_samples, (gsize) (end_s * SEMIO_DEMO_SOUND_RATE_HZ));

  for (gsize i = begin; i < end; i++)
    sum += (double) sound->samples[i] * sound->samples[i];
  return sqrt (sum / (double) (end - begin));
}

/* The pitch at a time, from the lag at which 60 ms of sound best repeat. */
static double
get_pitch_hz (const Sound *sound, double time_s)
{
  const gint16 *at = sound->samples + (gsize) (time_s * SEMIO_DEMO_SOUND_RATE_HZ);
  int n = SEMIO_DEMO_SOUND_RATE_HZ * 6 / 100, best_lag = 0;
  double best = 0;

  for (int lag = SEMIO_DEMO_SOUND_RATE_HZ / 400; lag < SEMIO_DEMO_SOUND_RATE_HZ / 70; lag++)
    {
      double ab = 0, aa = 0, bb = 0;

      for (int i = 0; i < n; i++)
        {
          ab += (double) at[i] * at[i + lag];
          aa += (double) at[i] * at[i];
          bb += (double) at[i + lag] * at[i + lag];
        }
      if (ab / sqrt (MAX (aa * bb, 1)) > best * 1.03)
        {
          best = ab / sqrt (MAX (aa * bb, 1));
          best_lag = lag;
        }
    }
  g_assert_cmpfloat (best, >, 0.5);
  return (double) SEMIO_DEMO_SOUND_RATE_HZ / best_lag;
}

/* Where a recording is labelled so the patient is heard: louder than the room by far, with the pitch of a voice. */
static void
test_vocalization (void)
{
  g_autoptr (GPtrArray) all = load ();
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);
      const SemioDemoFeature *feature = semio_choreography_find_feature (it, "ictal_vocalization");
      g_auto (Sound) sound = { NULL, 0 };
      const SemioDemoInterval *interval;

      if (!feature || feature->answer != SEMIO_ANSWER_YES)
        continue;
      n++;
      interval = g_ptr_array_index (feature->intervals, 0);
      sound.samples = semio_demo_sound_make (it, &sound.n_samples);
      g_assert_cmpuint (sound.n_samples, ==, (gsize) (it->duration_s * SEMIO_DEMO_SOUND_RATE_HZ));
      g_assert_cmpfloat (get_level (&sound, interval->begin_s + 0.3, interval->begin_s + 1.5), >,
                         4 * get_level (&sound, it->onset_s - 1.5, it->onset_s));
      g_assert_cmpfloat (get_pitch_hz (&sound, interval->begin_s + 0.8), <, 330);
      g_assert_cmpfloat (get_pitch_hz (&sound, interval->begin_s + 0.8), >, 80);
    }
  g_assert_cmpuint (n, >=, 3);
}

/* Nurse and patient can be told apart by ear: their voices lie at different heights. */
static void
test_speech (void)
{
  g_autoptr (GPtrArray) all = load ();
  const SemioChoreography *it = g_ptr_array_index (all, 3);
  g_auto (Sound) sound = { NULL, 0 };

  sound.samples = semio_demo_sound_make (it, &sound.n_samples);
  for (guint i = 0; i < it->sounds->len; i++)
    {
      const SemioDemoSoundCue *cue = &g_array_index (it->sounds, SemioDemoSoundCue, i);

      g_assert_cmpfloat (get_level (&sound, cue->begin_s, cue->end_s), >, 3 * get_level (&sound, 4, 8));
    }
}

static void
test_never_cut (void)
{
  g_autoptr (GPtrArray) all = load ();

  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);
      g_auto (Sound) sound = { NULL, 0 };
      int peak = 0;

      sound.samples = semio_demo_sound_make (it, &sound.n_samples);
      for (gsize k = 0; k < sound.n_samples; k++)
        peak = MAX (peak, ABS ((int) sound.samples[k]));
      g_test_message ("%s: peak %d", it->id, peak);
      g_assert_cmpint (peak, <, 32000);
    }
}

static void
test_repeatable (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_auto (Sound) a = { NULL, 0 }, b = { NULL, 0 };

  a.samples = semio_demo_sound_make (g_ptr_array_index (all, 8), &a.n_samples);
  b.samples = semio_demo_sound_make (g_ptr_array_index (all, 8), &b.n_samples);
  g_assert_cmpmem (a.samples, a.n_samples * 2, b.samples, b.n_samples * 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/sound/vocalization", test_vocalization);
  g_test_add_func ("/demo/sound/speech", test_speech);
  g_test_add_func ("/demo/sound/never-cut", test_never_cut);
  g_test_add_func ("/demo/sound/repeatable", test_repeatable);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-voice.h"

#include <math.h>

#include "semio-choreography.h"

#define RATE SEMIO_DEMO_SOUND_RATE_HZ
/* Resonances move slowly: their coefficients are computed anew after this many samples. */
#define STEP 48

static const double bandwidths_hz[3] = { 90, 110, 170 };
static const double weights[3] = { 1.0, 0.62, 0.30 };
/* First three formants of a, e, i, o, u and the neutral vowel (Peterson and Barney 1952, rounded). */
static const double vowels_hz[6][3] = { { 730, 1090, 2440 }, { 530, 1840, 2480 }, { 300, 2200, 2950 },
                                        { 570, 840, 2410 },  { 320, 900, 2240 },  { 500, 1500, 2450 } };

typedef struct {
  double a, b, gain;
  double y1, y2;
} Resonance;

static void
tune (Resonance *resonance, double frequency_hz, double bandwidth_hz)
{
  double r = exp (-G_PI * bandwidth_hz / RATE);

  resonance->a = 2 * r * cos (2 * G_PI * frequency_hz / RATE);
  resonance->b = -r * r;
  resonance->gain = (1 - r) * sqrt (1 - 2 * r * cos (4 * G_PI * frequency_hz / RATE) + r * r);
}

static double
ring (Resonance *resonance, double in)
{
  double out = resonance->gain * in + resonance->a * resonance->y1 + resonance->b * resonance->y2;

  resonance->y2 = resonance->y1;
  resonance->y1 = out;
  return out;
}

void
semio_demo_voice_add (float *samples, gsize n_samples, double gain, GRand *rand, SemioDemoVoiceFunc func, gpointer user_data)
{
  Resonance resonances[3] = { 0 };
  SemioDemoVoiceState state = { 0 };
  double phase = 0, uneven = 0, loudness = 0, last = 0;

  for (gsize i = 0; i < n_samples; i++)
    {
      double source, bright, noise = g_rand_double_range (rand, -1, 1), sum = 0;

      if (i % STEP == 0)
        {
          func ((double) i / RATE, &state, user_data);
          for (guint k = 0; k < 3; k++)
            tune (&resonances[k], state.formants_hz[k], bandwidths_hz[k]);
        }
      phase += state.pitch_hz * (1 + uneven) / RATE;
      if (phase >= 1)
        {
          phase -= 1;
          uneven = state.rough * 0.22 * g_rand_double_range (rand, -1, 1);
        }
      /* The cords open slowly and close fast. */
      source = phase < 0.6 ? phase * phase * (3 - 5 * phase) * 6 : 0;
      source = (source - 0.25) * (1 - state.breath) + noise * state.breath * 0.7;
      /* Lips radiate the treble better than the bass. */
      bright = source - 0.86 * last;
      last = source;
      loudness += (state.loudness - loudness) * 0.002;
      for (guint k = 0; k < 3; k++)
        sum += weights[k] * ring (&resonances[k], bright);
      samples[i] += (float) (gain * loudness * sum * 11);
    }
}

GArray *
semio_demo_voice_make_speech (double length_s, double pitch_hz, gboolean question, GRand *rand)
{
  GArray *syllables = g_array_new (FALSE, FALSE, sizeof (SemioDemoSyllable));
  double at = 0;
  guint in_word = 0;

  while (at < length_s - 0.12)
    {
      double share = at / length_s, length = g_rand_double_range (rand, 0.13, 0.23);
      double tune_up = question && share > 0.72 ? (share - 0.72) * 1.6 : 0;
      SemioDemoSyllable syllable = { at, MIN (at + length, length_s), (guint) g_rand_int_range (rand, 0, 6),
                                     g_rand_double (rand) < 0.35,
                                     pitch_hz * (1.10 - 0.22 * share + tune_up + g_rand_double_range (rand, -0.07, 0.07)) };

      g_array_append_val (syllables, syllable);
      at += length + 0.02;
      if (++in_word >= (guint) g_rand_int_range (rand, 2, 5))
        {
          at += g_rand_double_range (rand, 0.04, 0.16);
          in_word = 0;
        }
    }
  return syllables;
}

void
semio_demo_voice_speak (double time_s, SemioDemoVoiceState *state, gpointer user_data)
{
  GArray *syllables = user_data;

  state->loudness = 0;
  state->rough = 0.05;
  for (guint i = 0; i < syllables->len; i++)
    {
      const SemioDemoSyllable *syllable = &g_array_index (syllables, SemioDemoSyllable, i);
      double share = (time_s - syllable->begin_s) / (syllable->end_s - syllable->begin_s);
      const double *vowel = vowels_hz[syllable->vowel];

      if (share < 0 || share >= 1)
        continue;
      state->pitch_hz = syllable->pitch * (1.03 - 0.08 * share);
      for (guint k = 0; k < 3; k++)
        state->formants_hz[k] = vowel[k] * (state->pitch_hz > 160 ? 1.12 : 1.0);
      state->loudness = sin (G_PI * MIN (1, share * 0.9 + 0.1));
      state->breath = 0.06;
      if (syllable->hisses && share < 0.28)
        {
          state->breath = 1;
          state->loudness = 0.5;
          state->formants_hz[1] = 2900;
          state->formants_hz[2] = 5200;
        }
      return;
    }
}

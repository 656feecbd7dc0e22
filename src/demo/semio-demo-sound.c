/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-sound.h"

#include <math.h>
#include <string.h>

#include "semio-demo-voice.h"

#define RATE SEMIO_DEMO_SOUND_RATE_HZ

typedef struct {
  const SemioChoreography *choreography;
  GRand *rand;
  float *samples;
  gsize n_samples;
} Mix;

/* A part of the mix, cut to the recording. */
static float *
get_part (Mix *mix, double begin_s, double end_s, gsize *n_samples)
{
  gsize begin = (gsize) (CLAMP (begin_s, 0, mix->choreography->duration_s) * RATE);
  gsize end = MIN (mix->n_samples, (gsize) (CLAMP (end_s, 0, mix->choreography->duration_s) * RATE));

  *n_samples = end > begin ? end - begin : 0;
  return mix->samples + begin;
}

/* Air and mains of a hospital room: noise without treble, and a faint hum. */
static void
add_room (Mix *mix)
{
  double low = 0, lower = 0;
  guint32 noise = mix->choreography->seed * 2654435761u + 1;

  for (gsize i = 0; i < mix->n_samples; i++)
    {
      double white;

      noise = noise * 1664525u + 1013904223u;
      white = (double) (gint32) noise / 2147483648.0;
      low += (white - low) * 0.030;
      lower += (low - lower) * 0.012;
      mix->samples[i] = (float) (0.05 * low + 0.16 * lower);
    }
  for (gsize i = 0; i < mix->n_samples; i++)
    mix->samples[i] += (float) (0.0022 * sin (2 * G_PI * 100 * (double) i / RATE));
}

static void
add_beep (Mix *mix, double at_s, double length_s, double pitch_hz, double gain)
{
  gsize n;
  float *part = get_part (mix, at_s, at_s + length_s, &n);

  for (gsize i = 0; i < n; i++)
    {
      double time_s = (double) i / RATE, fade = MIN (1, MIN (time_s, length_s - time_s) / 0.008);

      part[i] += (float) (gain * fade * (sin (2 * G_PI * pitch_hz * time_s) + 0.25 * sin (4 * G_PI * pitch_hz * time_s)));
    }
}

/* The monitor beeps once a beat. */
static void
add_monitor (Mix *mix)
{
  const SemioDemoTrack *pulse = &mix->choreography->tracks[SEMIO_CHANNEL_PULSE];
  double last = 0;

  for (double time_s = 0; time_s < mix->choreography->duration_s; time_s += 0.01)
    {
      double beats = semio_demo_track_integrate (pulse, time_s) / 60;

      if (floor (beats) > floor (last))
        add_beep (mix, time_s, 0.07, 940, 0.014);
      last = beats;
    }
}

/* A burst of noise through one resonance: steps, smacking lips, a rattling rail. */
static void
add_knock (Mix *mix, double at_s, double length_s, double pitch_hz, double ringing, double gain)
{
  double y1 = 0, y2 = 0, a = 2 * ringing * cos (2 * G_PI * pitch_hz / RATE), b = -ringing * ringing;
  gsize n;
  float *part = get_part (mix, at_s, at_s + length_s, &n);

  for (gsize i = 0; i < n; i++)
    {
      double fade = 1 - (double) i / (double) n, in = i < n / 4 ? g_rand_double_range (mix->rand, -1, 1) : 0;
      double out = (1 - ringing) * in * 3 + a * y1 + b * y2;

      y2 = y1;
      y1 = out;
      part[i] += (float) (gain * fade * fade * out);
    }
}

/* Once a cycle of a rate that changes evenly. */
static void
add_cycles (Mix *mix, const SemioDemoSoundCue *cue)
{
  SemioDemoWave wave = { .begin_s = cue->begin_s, .end_s = cue->end_s, .begin_hz = cue->rate_hz, .end_hz = cue->end_rate_hz };
  double last = -1;

  for (double time_s = cue->begin_s; time_s < cue->end_s; time_s += 0.005)
    {
      double cycles = floor (semio_demo_wave_get_cycles (&wave, time_s));

      if (cycles <= last)
        continue;
      last = cycles;
      if (cue->kind == SEMIO_DEMO_SOUND_STEPS)
        add_knock (mix, time_s, 0.10, 110 + 30 * g_rand_double (mix->rand), 0.985, cue->gain * 0.13);
      else if (cue->kind == SEMIO_DEMO_SOUND_SMACK)
        {
          add_knock (mix, time_s, 0.035, 1700 + 500 * g_rand_double (mix->rand), 0.96, cue->gain * 0.22);
          add_knock (mix, time_s + 0.06, 0.05, 900, 0.95, cue->gain * 0.14);
        }
      else
        for (guint i = 0; i < 3; i++)
          add_knock (mix, time_s + i * 0.035, 0.12, 320 + 700 * g_rand_double (mix->rand), 0.992, cue->gain * (0.26 - 0.06 * i));
    }
}

static void
add_alarm (Mix *mix, const SemioDemoSoundCue *cue)
{
  for (double time_s = cue->begin_s; time_s + 0.6 < cue->end_s; time_s += 1.3)
    for (guint i = 0; i < 3; i++)
      add_beep (mix, time_s + i * 0.2, 0.14, i == 1 ? 784 : 988, cue->gain * 0.14);
}

/* Heavy breath: noise that swells in, rattles, and swells out again. */
static void
add_snore (Mix *mix, const SemioDemoSoundCue *cue)
{
  SemioDemoWave wave = { .begin_s = cue->begin_s, .end_s = cue->end_s, .begin_hz = cue->rate_hz, .end_hz = cue->end_rate_hz };
  double low = 0, band = 0, cycle = 0;
  gsize n;
  float *part = get_part (mix, cue->begin_s, cue->end_s, &n);

  for (gsize i = 0; i < n; i++)
    {
      double time_s = (double) i / RATE, in, out, rattle;

      if (i % 32 == 0)
        {
          cycle = semio_demo_wave_get_cycles (&wave, cue->begin_s + time_s);
          cycle -= floor (cycle);
        }
      in = cycle < 0.42 ? sin (G_PI * cycle / 0.42) : 0;
      out = cycle > 0.5 && cycle < 0.92 ? 0.6 * sin (G_PI * (cycle - 0.5) / 0.42) : 0;
      rattle = 0.65 + 0.35 * sin (2 * G_PI * 31 * time_s + 2 * sin (2 * G_PI * 7 * time_s));
      low += (g_rand_double_range (mix->rand, -1, 1) - low) * (in > 0 ? 0.09 : 0.05);
      band += (low - band) * 0.02;
      part[i] += (float) (cue->gain * 1.3 * (low - band) * (in * rattle + out));
    }
}

typedef struct {
  const SemioDemoSoundCue *cue;
  double length_s;
} Groan;

/* A cry is forced out in one breath and falls; a groan swells, wavers and sinks. */
static void
groan (double time_s, SemioDemoVoiceState *state, gpointer user_data)
{
  const Groan *self = user_data;
  gboolean cry = self->cue->kind == SEMIO_DEMO_SOUND_CRY;
  double share = time_s / self->length_s, rise = MIN (1, time_s / 0.18), fall = MIN (1, (self->length_s - time_s) / 0.5);
  double swell = cry ? 1 : 0.55 + 0.45 * sin (2 * G_PI * time_s / 1.45 - 0.9);

  state->pitch_hz =
      self->cue->pitch_hz * (cry ? 1.25 - 0.35 * share + 0.03 * sin (2 * G_PI * 6 * time_s) : 1.06 - 0.2 * share + 0.06 * swell);
  state->formants_hz[0] = cry ? 720 - 150 * share : 480 + 90 * swell;
  state->formants_hz[1] = cry ? 1150 : 1000 + 120 * swell;
  state->formants_hz[2] = 2450;
  state->loudness = rise * MAX (0, fall) * swell;
  state->breath = cry ? 0.10 : 0.14;
  state->rough = cry ? 0.45 : 0.30;
}

static void
add_voice (Mix *mix, const SemioDemoSoundCue *cue)
{
  gsize n;
  float *part = get_part (mix, cue->begin_s, cue->end_s, &n);

  if (cue->kind == SEMIO_DEMO_SOUND_NURSE || cue->kind == SEMIO_DEMO_SOUND_PATIENT)
    {
      g_autoptr (GArray) speech =
          semio_demo_voice_make_speech (cue->end_s - cue->begin_s, cue->pitch_hz, cue->kind == SEMIO_DEMO_SOUND_NURSE, mix->rand);

      semio_demo_voice_add (part, n, cue->gain, mix->rand, semio_demo_voice_speak, speech);
    }
  else
    {
      Groan self = { cue, cue->end_s - cue->begin_s };

      semio_demo_voice_add (part, n, cue->gain, mix->rand, groan, &self);
    }
}

static void
add_cue (Mix *mix, const SemioDemoSoundCue *cue)
{
  switch (cue->kind)
    {
    case SEMIO_DEMO_SOUND_ALARM:
      add_alarm (mix, cue);
      break;
    case SEMIO_DEMO_SOUND_SNORE:
      add_snore (mix, cue);
      break;
    case SEMIO_DEMO_SOUND_SMACK:
    case SEMIO_DEMO_SOUND_STEPS:
    case SEMIO_DEMO_SOUND_RATTLE:
      add_cycles (mix, cue);
      break;
    case SEMIO_DEMO_SOUND_GROAN:
    case SEMIO_DEMO_SOUND_CRY:
    case SEMIO_DEMO_SOUND_NURSE:
    case SEMIO_DEMO_SOUND_PATIENT:
    default:
      add_voice (mix, cue);
    }
}

/**
 * semio_demo_sound_make:
 * @choreography: what is sounded
 * @n_samples: (out): how many samples
 *
 * Synthesises all that is heard. The same choreography always gives the same samples.
 *
 * Returns: (transfer full): the samples
 */
gint16 *
semio_demo_sound_make (const SemioChoreography *choreography, gsize *n_samples)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (choreography->seed);
  Mix mix = { choreography, rand, NULL, (gsize) (choreography->duration_s * RATE) };
  g_autofree float *samples = g_new0 (float, mix.n_samples);
  gint16 *out = g_new (gint16, mix.n_samples);

  mix.samples = samples;
  add_room (&mix);
  add_monitor (&mix);
  for (guint i = 0; i < choreography->sounds->len; i++)
    add_cue (&mix, &g_array_index (choreography->sounds, SemioDemoSoundCue, i));
  for (gsize i = 0; i < mix.n_samples; i++)
    {
      /* Loud sounds are bent, not cut, as a room microphone's limiter does. */
      double value = 0.9 * samples[i] / sqrt (1 + 0.8 * samples[i] * samples[i]);

      out[i] = (gint16) lround (CLAMP (value, -0.99, 0.99) * 32000);
    }
  *n_samples = mix.n_samples;
  return out;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A voice at one moment. */
typedef struct {
  double pitch_hz;
  double formants_hz[3];
  double loudness; /* 0 to 1 */
  double breath; /* share of noise in the source */
  double rough; /* 0 to 1: how unevenly the cords swing */
} SemioDemoVoiceState;

/* Tells the state at a time since the begin of the sound. */
typedef void (*SemioDemoVoiceFunc) (double time_s, SemioDemoVoiceState *state, gpointer user_data);

/* Adds a voice to samples: a swinging source through three resonances. */
void semio_demo_voice_add (float *samples, gsize n_samples, double gain, GRand *rand, SemioDemoVoiceFunc func,
                           gpointer user_data);

/* One syllable of a speech that has sound and melody, but no words. */
typedef struct {
  double begin_s, end_s;
  guint vowel;
  gboolean hisses; /* begins with a hissing sound */
  double pitch;
} SemioDemoSyllable;

/* Fills the time with syllables in words; the last ones rise when it is a question. Array of #SemioDemoSyllable. */
GArray *semio_demo_voice_make_speech (double length_s, double pitch_hz, gboolean question, GRand *rand);
/* A #SemioDemoVoiceFunc; user_data is such an array. */
void semio_demo_voice_speak (double time_s, SemioDemoVoiceState *state, gpointer user_data);

G_END_DECLS

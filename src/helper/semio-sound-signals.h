/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-signal-set.h"

G_BEGIN_DECLS

/* What the samples must be brought to. */
#define SEMIO_SOUND_SIGNALS_RATE_HZ 16000

/**
 * SemioSoundSignals:
 *
 * Makes waveform and spectrogram out of the samples of a recording, as they come.
 */
typedef struct _SemioSoundSignals SemioSoundSignals;

/* duration_ns: of the picture; sound beyond it is left out. */
SemioSoundSignals *semio_sound_signals_new (gint64 duration_ns);
void semio_sound_signals_free (SemioSoundSignals *signals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSoundSignals, semio_sound_signals_free)
/* Mono samples from a time on, which may be before the first frame. */
void semio_sound_signals_add (SemioSoundSignals *signals, gint64 begin_ns, const float *samples, gsize n_samples);
/* Puts what came into the set; nothing when no sample did. */
void semio_sound_signals_finish (SemioSoundSignals *signals, SemioSignalSet *set);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Samples that one spectrum is made of. */
#define SEMIO_SPECTRUM_SAMPLES 1024

/**
 * SemioSpectrum:
 *
 * Turns a short piece of sound into levels of bands that are equally wide to the ear.
 */
typedef struct _SemioSpectrum SemioSpectrum;

SemioSpectrum *semio_spectrum_new (guint rate_hz, guint n_bands, guint lowest_hz, guint highest_hz);
void semio_spectrum_free (SemioSpectrum *spectrum);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSpectrum, semio_spectrum_free)
/* samples: %SEMIO_SPECTRUM_SAMPLES of them, −1 to 1; levels: one for each band, as SemioSpectrogram keeps them. */
void semio_spectrum_run (SemioSpectrum *spectrum, const float *samples, guint8 *levels);

G_END_DECLS

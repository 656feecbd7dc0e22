/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-span.h"

G_BEGIN_DECLS

/* What the lowest level stands for; 0 dB, a sine at full scale, is 255. */
#define SEMIO_SPECTROGRAM_FLOOR_DB (-96)

/**
 * SemioSpectrogram:
 *
 * How loud the sound of a recording is at each time and pitch: a column for each step of time, in it a number for each
 * band, from the lowest. The bands are equally wide to the ear (logarithmic). A number is a level from −96 dB or nothing
 * (0) to full scale (255). Immutable, reference counted, safe to use from several threads.
 */
typedef struct _SemioSpectrogram SemioSpectrogram;

/* levels: n_columns times n_bands, column after column. */
SemioSpectrogram *semio_spectrogram_new (const guint8 *levels, gsize n_columns, guint n_bands, gint64 step_ns, guint lowest_hz,
                                         guint highest_hz);
SemioSpectrogram *semio_spectrogram_ref (SemioSpectrogram *spectrogram);
void semio_spectrogram_unref (SemioSpectrogram *spectrogram);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSpectrogram, semio_spectrogram_unref)

gint64 semio_spectrogram_get_step_ns (SemioSpectrogram *spectrogram);
gint64 semio_spectrogram_get_n_columns (SemioSpectrogram *spectrogram);
guint semio_spectrogram_get_n_bands (SemioSpectrogram *spectrogram);
/* The pitch between two bands; @edge from 0, the lower edge of the lowest, to the number of bands. */
double semio_spectrogram_get_edge_hz (SemioSpectrogram *spectrogram, guint edge);
/* The band that a pitch falls into, −1 when none does. */
int semio_spectrogram_find_band (SemioSpectrogram *spectrogram, double hz);

/**
 * semio_spectrogram_read:
 * @span: what to show; parts of it may lie outside the recording
 * @levels: (out caller-allocates): n_columns times the number of bands, column after column
 *
 * Divides the span into equal columns. Each holds the loudest of every step that it touches, so that a short cry is not
 * lost by zooming out; those outside the recording are 0.
 */
void semio_spectrogram_read (SemioSpectrogram *spectrogram, SemioSpan span, guint8 *levels, guint n_columns);

/* The versioned blob. */
GBytes *semio_spectrogram_to_bytes (SemioSpectrogram *spectrogram);
SemioSpectrogram *semio_spectrogram_from_bytes (GBytes *bytes, GError **error);

G_END_DECLS

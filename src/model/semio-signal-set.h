/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-signal-pyramid.h"
#include "semio-spectrogram.h"
#include "semio-thumb-strip.h"

G_BEGIN_DECLS

/**
 * SemioSignalKind:
 * @SEMIO_SIGNAL_WAVEFORM: the sound, all channels as one: lowest and highest sample, −1 to 1; the mean is that of the
 *   magnitude
 * @SEMIO_SIGNAL_MOTION: how much of the picture changed from one frame that was looked at to the next: mean difference of
 *   brightness, 0 to 1. It is small by nature; scale it by semio_signal_pyramid_get_range().
 * @SEMIO_SIGNAL_MOTION_TOP_LEFT: the same of a quarter of the picture, as it is shown
 * @SEMIO_SIGNAL_MOTION_TOP_RIGHT: the same
 * @SEMIO_SIGNAL_MOTION_BOTTOM_LEFT: the same
 * @SEMIO_SIGNAL_MOTION_BOTTOM_RIGHT: the same
 */
typedef enum {
  SEMIO_SIGNAL_WAVEFORM,
  SEMIO_SIGNAL_MOTION,
  SEMIO_SIGNAL_MOTION_TOP_LEFT,
  SEMIO_SIGNAL_MOTION_TOP_RIGHT,
  SEMIO_SIGNAL_MOTION_BOTTOM_LEFT,
  SEMIO_SIGNAL_MOTION_BOTTOM_RIGHT,
} SemioSignalKind;

#define SEMIO_SIGNAL_N_KINDS (SEMIO_SIGNAL_MOTION_BOTTOM_RIGHT + 1)

/**
 * SemioSignalSet:
 *
 * All that was computed from sound and picture of one recording. What a recording does not have is NULL: one without sound
 * has neither waveform nor spectrogram. Reference counted; filled by whoever makes it, not changed afterwards.
 */
typedef struct {
  gatomicrefcount refs;
  SemioSignalPyramid *pyramids[SEMIO_SIGNAL_N_KINDS]; /* (nullable) each, by #SemioSignalKind */
  SemioSpectrogram *spectrogram; /* (nullable) */
  SemioThumbStrip *thumbs; /* (nullable) */
} SemioSignalSet;

SemioSignalSet *semio_signal_set_new (void);
SemioSignalSet *semio_signal_set_ref (SemioSignalSet *set);
void semio_signal_set_unref (SemioSignalSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSignalSet, semio_signal_set_unref)

/* The versioned blob with a check sum at its end; any other byte in it is noticed. */
GBytes *semio_signal_set_to_bytes (SemioSignalSet *set);
SemioSignalSet *semio_signal_set_from_bytes (GBytes *bytes, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-signal-set.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

/* Draw a signal over the track between two heights; the origin is the track's left end. */
/* Lowest to highest of each pixel as a bar about the middle, the mean loudness as a darker one. */
void semio_signal_painter_draw_waveform (SemioTimelineLayer *layer, cairo_t *cr, SemioSignalPyramid *pyramid, double y_px,
                                         double height_px);
/* From the bottom: the most of each pixel as a bar, the mean as a darker one; most fills the height. */
void semio_signal_painter_draw_motion (SemioTimelineLayer *layer, cairo_t *cr, SemioSignalPyramid *pyramid, float most,
                                       double y_px, double height_px);
/* The darker the louder, high pitches at the top. */
void semio_signal_painter_draw_spectrogram (SemioTimelineLayer *layer, cairo_t *cr, SemioSpectrogram *spectrogram, double y_px,
                                            double height_px);
/* Side by side, each the picture that is nearest to the middle of its place. */
void semio_signal_painter_draw_thumbs (SemioTimelineLayer *layer, cairo_t *cr, SemioThumbStrip *strip, double y_px,
                                       double height_px);

G_END_DECLS

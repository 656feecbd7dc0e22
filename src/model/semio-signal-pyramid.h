/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-span.h"

G_BEGIN_DECLS

/* What a signal was over a while. With nothing measured in it, @minimum is above @maximum. */
typedef struct {
  float minimum;
  float maximum;
  float mean;
} SemioSignalValue;

#define SEMIO_SIGNAL_VALUE_EMPTY ((SemioSignalValue){ 1.0f, -1.0f, 0.0f })

static inline gboolean
semio_signal_value_is_empty (const SemioSignalValue *value)
{
  return value->minimum > value->maximum;
}

/**
 * SemioSignalPyramid:
 *
 * A signal over the time of a recording, in equal steps from the first displayed frame, with coarser levels above, each of
 * a quarter of the values, so that any part of it can be drawn at any width in time that depends on the width alone.
 * Values are kept in 16 bits. Immutable, reference counted, safe to use from several threads.
 */
typedef struct _SemioSignalPyramid SemioSignalPyramid;

/* values: one for each step, the first from 0 ns on; limit: the largest magnitude that can occur, above 0. */
SemioSignalPyramid *semio_signal_pyramid_new (const SemioSignalValue *values, gsize n_values, gint64 step_ns, float limit);
SemioSignalPyramid *semio_signal_pyramid_ref (SemioSignalPyramid *pyramid);
void semio_signal_pyramid_unref (SemioSignalPyramid *pyramid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSignalPyramid, semio_signal_pyramid_unref)

gint64 semio_signal_pyramid_get_step_ns (SemioSignalPyramid *pyramid);
gint64 semio_signal_pyramid_get_n_values (SemioSignalPyramid *pyramid);
float semio_signal_pyramid_get_limit (SemioSignalPyramid *pyramid);

/**
 * semio_signal_pyramid_read:
 * @span: what to show; parts of it may lie outside the recording
 * @columns: (out caller-allocates) (array length=n_columns): one value for each pixel
 *
 * Divides the span into equal columns. Each holds minimum, maximum and mean of every step that it touches, exactly: a peak
 * is never lost by zooming out. Columns narrower than a step repeat it; those outside are empty. No memory is taken.
 */
void semio_signal_pyramid_read (SemioSignalPyramid *pyramid, SemioSpan span, SemioSignalValue *columns, guint n_columns);
/* The value of a part as one; empty when nothing was measured there. */
SemioSignalValue semio_signal_pyramid_get_value (SemioSignalPyramid *pyramid, SemioSpan span);
/* The value of the whole, for choosing a scale. */
SemioSignalValue semio_signal_pyramid_get_range (SemioSignalPyramid *pyramid);

/* The versioned blob; the coarser levels are made again from it. */
GBytes *semio_signal_pyramid_to_bytes (SemioSignalPyramid *pyramid);
SemioSignalPyramid *semio_signal_pyramid_from_bytes (GBytes *bytes, GError **error);

G_END_DECLS

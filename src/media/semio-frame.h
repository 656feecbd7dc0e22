/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SemioFrame:
 *
 * One decoded frame as the helper handed it over, scaled. Reference counted, immutable.
 */
typedef struct {
  gatomicrefcount refs;
  gint64 frame; /* index of the frame */
  gint64 time_ns; /* from the first displayed frame */
  int width_px, height_px;
  int stride; /* bytes a row */
  GBytes *bgra; /* premultiplied B8G8R8A8, a mapping of the helper's buffer */
  gboolean verified; /* the frame under the number was confirmed by its stream time */
} SemioFrame;

SemioFrame *semio_frame_ref (SemioFrame *frame);
void semio_frame_unref (SemioFrame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFrame, semio_frame_unref)

G_END_DECLS

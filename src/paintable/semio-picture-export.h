/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-picture-change.h"

G_BEGIN_DECLS

/* What is drawn on a picture that is kept: nothing when there is no caption. */
typedef struct {
  const char *caption; /* (nullable) in a strip under the picture: pseudonym, time, number of the frame */
  const char *right, *left; /* the letters of the patient's sides */
  gboolean mirrored;
} SemioPictureOverlay;

/* The frame as it is seen, as a PNG file; takes a moment, on any thread. NULL for a frame without pixels. */
GBytes *semio_picture_export_png (SemioFrame *frame, SemioPictureChange change, const SemioPictureOverlay *overlay,
                                  GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"
#include "semio-frame-source.h"

G_BEGIN_DECLS

/* One picture, in the order of the plan; FALSE to stop. */
typedef gboolean (*SemioSampledFunc) (gint64 frame, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data);

/**
 * SemioSampling:
 *
 * What is wanted: frames (rising, from semio_sample_plan_new()), the largest height (0: as it is) and the quality of the
 * JPEG, 1 to 100; who takes the pictures; and who tells whether they are still wanted.
 */
typedef struct {
  GArray *frames;
  guint height_px;
  guint quality;
  SemioSampledFunc sampled;
  SemioAliveFunc alive;
  gpointer data; /* of both */
} SemioSampling;

/* Decodes what the frames need and nothing more, and hands on exactly them. %SEMIO_MEDIA_ERROR_NOT_VERIFIED when one of
 * them cannot be confirmed. */
gboolean semio_sampler_run (int fd, SemioFrameIndex *index, const SemioSampling *sampling, GError **error);

/* The sound of a part of a recording as a WAV file: one channel, 16 bits, 16,000 a second; silence where there is none. */
GBytes *semio_sampler_run_sound (int fd, SemioFrameIndex *index, SemioSpan span, SemioAliveFunc alive, gpointer alive_data,
                                 GError **error);

G_END_DECLS

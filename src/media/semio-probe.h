/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-frame-index.h"
#include "semio-recording.h"

G_BEGIN_DECLS

/* What demuxing a file told. Reference counted. */
typedef struct {
  gatomicrefcount refs;
  char *container; /* "mp4", "matroska", "webm", "mpegts", "avi", "quicktime" */
  char *video_codec; /* "h264", "vp8", "vp9", … */
  char *audio_codec; /* (nullable) */
  int width_px, height_px; /* as displayed */
  int rate_num, rate_den;
  int audio_rate_hz, audio_channels;
  SemioSound sound;
  SemioWarnings warnings;
  SemioFrameIndex *index;
} SemioProbe;

SemioProbe *semio_probe_ref (SemioProbe *probe);
void semio_probe_unref (SemioProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioProbe, semio_probe_unref)

G_END_DECLS

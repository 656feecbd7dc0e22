/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-sha256.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_SOUND_UNKNOWN,
  SEMIO_SOUND_NONE, /* no track */
  SEMIO_SOUND_SILENT, /* a track with nothing in it */
  SEMIO_SOUND_PRESENT,
} SemioSound;

typedef enum {
  SEMIO_WARNING_VARIABLE_RATE = 1 << 0,
  SEMIO_WARNING_FRAGMENTED = 1 << 1,
  SEMIO_WARNING_NO_TIME_STAMPS = 1 << 2,
  SEMIO_WARNING_LATE_START = 1 << 3,
  SEMIO_WARNING_SOUND_SHORTER = 1 << 4,
  SEMIO_WARNING_NO_SOUND = 1 << 5,
  SEMIO_WARNING_SILENT = 1 << 6,
  SEMIO_WARNING_LOW_RATE = 1 << 7,
  SEMIO_WARNING_INTERLACED = 1 << 8, /* the highest */
} SemioWarnings;

/**
 * SemioRecording:
 *
 * One video of a study, known by content, shown under a pseudonym. Reference counted, not changed once made: a change
 * makes a new one.
 */
typedef struct {
  gatomicrefcount refs;
  gint64 id; /* local to the open file */
  SemioUuid uuid;
  char *pseudonym; /* "R031" */
  char *patient; /* "P07" */
  gint64 patient_id;
  char *source_name; /* (nullable) the file's name; not in a de-identified copy */
  gboolean has_media; /* a video was added; otherwise it stands by name alone */
  SemioSha256 content;
  gint64 size_bytes;
  int width_px, height_px;
  double rate; /* frames a second, 0 unknown */
  gint64 duration_ns; /* 0 unknown */
  gint64 n_frames;
  SemioSound sound;
  SemioWarnings warnings;
  gboolean mirrored;
} SemioRecording;

#define SEMIO_TYPE_RECORDING (semio_recording_get_type ())
GType semio_recording_get_type (void);
SemioRecording *semio_recording_new (void);
SemioRecording *semio_recording_copy (const SemioRecording *recording);
SemioRecording *semio_recording_ref (SemioRecording *recording);
void semio_recording_unref (SemioRecording *recording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRecording, semio_recording_unref)

/* One translated sentence for a single warning flag. */
const char *semio_warning_get_label (SemioWarnings warning);

G_END_DECLS

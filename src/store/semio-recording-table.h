/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-database.h"
#include "semio-recording.h"

G_BEGIN_DECLS

/* What becomes a recording. Facts of the medium are those of #SemioRecording. */
typedef struct {
  const SemioRecording *facts; /* source_name, has_media, content … warnings; a nil uuid makes a new one; a NULL
                                  pseudonym a random one ("R031") */
  const char *patient_source; /* (nullable) the patient as the file's name has it: the same name, the same patient */
  GBytes *frame_index; /* (nullable) */
  GBytes *poster; /* (nullable) PNG */
} SemioNewRecording;

/* Writes entries; the recording read back. SEMIO_STORE_ERROR_EXISTS when the content is in the study already. */
SemioRecording *semio_recording_table_add (SemioDatabase *database, const SemioUuid *actor, const SemioNewRecording *recording,
                                           GError **error);
/* Gives a recording that stands by name alone its video. Writes an entry. */
SemioRecording *semio_recording_table_attach_media (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id,
                                                    const SemioNewRecording *media, GError **error);
/* All that are not aliases, by pseudonym. Array of #SemioRecording. */
GPtrArray *semio_recording_table_load (SemioDatabase *database, GError **error);
SemioRecording *semio_recording_table_get (SemioDatabase *database, gint64 recording_id, GError **error);
/* (nullable): NULL without error when the content is not in the study. */
SemioRecording *semio_recording_table_find_content (SemioDatabase *database, const SemioSha256 *content, GError **error);
/* Recordings whose source name has this stem (semio_text_stem()): two candidates are listed, never chosen between. */
GPtrArray *semio_recording_table_find_stem (SemioDatabase *database, const char *stem, GError **error);
/* (nullable) (transfer full): NULL without error when there is none. */
GBytes *semio_recording_table_get_frame_index (SemioDatabase *database, gint64 recording_id, GError **error);
GBytes *semio_recording_table_get_poster (SemioDatabase *database, gint64 recording_id, GError **error);
gboolean semio_recording_table_set_poster (SemioDatabase *database, gint64 recording_id, GBytes *poster, GError **error);

/* Each writes an entry; reason may be NULL. A pseudonym in use gives SEMIO_STORE_ERROR_EXISTS. */
gboolean semio_recording_table_set_pseudonym (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id,
                                              const char *pseudonym, const char *reason, GError **error);
gboolean semio_recording_table_set_mirrored (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id,
                                             gboolean mirrored, const char *reason, GError **error);
/* To the patient of that pseudonym, made when there is none. */
gboolean semio_recording_table_set_patient (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id,
                                            const char *patient, const char *reason, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "semio-question.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/* Batch services take files of lines {"custom_id", "method", "url", "body"}, and give lines {"custom_id", "response", "error"}
 * in any order. Usual limits of the hosted ones: */
#define SEMIO_BATCH_MAX_BYTES (200 * 1000 * 1000)
#define SEMIO_BATCH_MAX_LINES 50000
/* A longer line of a result is no answer. */
#define SEMIO_BATCH_MAX_LINE_BYTES (16 * 1024 * 1024)

/* What a question is called in a batch: tells nothing of study, patient or recording, and is another one in every run. Free with
 * g_free(). feature: the id, NULL for a narrative. */
char *semio_batch_make_id (const SemioUuid *run, const SemioUuid *recording, int segment, SemioQuestionKind kind,
                           const char *feature);

/**
 * SemioBatchWriter:
 *
 * Writes the questions of a run into files NAME-001.jsonl, NAME-002.jsonl … of a folder and NAME-manifest.json with their
 * hashes beside them. They have those names only when all of it is written and synced; freed before, it leaves nothing.
 * Blocks; used from one thread at a time.
 */
typedef struct _SemioBatchWriter SemioBatchWriter;

SemioBatchWriter *semio_batch_writer_new (GFile *folder, const char *name, guint64 max_bytes, guint max_lines);
void semio_batch_writer_free (SemioBatchWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioBatchWriter, semio_batch_writer_free)
/* Before the lines of a segment, which stay together: what would not fit any more begins a file. */
gboolean semio_batch_writer_begin_segment (SemioBatchWriter *writer, guint64 n_bytes, guint n_lines, GError **error);
/* prefix ‖ tail is the body. */
gboolean semio_batch_writer_add (SemioBatchWriter *writer, const char *custom_id, GBytes *prefix, GBytes *tail, GError **error);
/* Bytes of a line beside its body. */
guint64 semio_batch_writer_get_frame_bytes (const char *custom_id);
/* Takes the manifest's other members. */
gboolean semio_batch_writer_finish (SemioBatchWriter *writer, JsonObject *manifest, GError **error);
guint semio_batch_writer_get_n_files (SemioBatchWriter *writer);

/* One line of a result. Owned by the caller. */
typedef struct {
  char *custom_id;
  guint status; /* 0: no response */
  GBytes *body; /* (nullable): as JSON */
  char *problem; /* (nullable): the service's own words for what went wrong */
} SemioBatchResult;

void semio_batch_result_free (SemioBatchResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioBatchResult, semio_batch_result_free)
SemioBatchResult *semio_batch_result_parse (const char *line, gsize length, GError **error);

G_END_DECLS

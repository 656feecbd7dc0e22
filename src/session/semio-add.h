/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"

G_BEGIN_DECLS

/* What became of one file. */
typedef enum {
  SEMIO_ADD_ADDED,
  SEMIO_ADD_JOINED, /* a recording that stood by name got its video */
  SEMIO_ADD_KNOWN, /* the same content is there already */
  SEMIO_ADD_REFUSED,
} SemioAddOutcome;

typedef struct {
  GFile *file;
  SemioAddOutcome outcome;
  gint64 recording_id; /* 0 when refused */
  char *pseudonym; /* (nullable) */
  char *message; /* for people: reason, warnings, candidates */
} SemioAddResult;

void semio_add_result_free (SemioAddResult *result);
/* "added", "joined", "known", "refused": never translated. */
const char *semio_add_outcome_to_id (SemioAddOutcome outcome);

typedef struct {
  gboolean copy; /* copy the video into the folder "STUDY-media" beside the study, named by its pseudonym */
  const char *patient_pattern; /* (nullable) regular expression whose first group is the patient; default "^([^@]+)@" */
} SemioAddOptions;

/* Adds files, and the files of folders (recursively, hidden ones left out): hash, probe, poster, then one short commit
 * each. Progress tells the fraction of all bytes. What was added stays when it is cancelled. */
void semio_add_async (SemioStudy *study, GPtrArray *files, const SemioAddOptions *options, SemioProgressFunc progress,
                      gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Finishes both calls. Array of #SemioAddResult in the order of the files; when it was cancelled, of those that were
 * dealt with before. */
GPtrArray *semio_add_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* Looks for the videos of recordings whose media are missing in a folder, by size, then content. Array of #SemioAddResult. */
void semio_add_locate_async (SemioStudy *study, GFile *folder, SemioProgressFunc progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS

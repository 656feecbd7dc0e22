/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-rating.h"
#include "semio-store-import.h"
#include "semio-store-service.h"

G_BEGIN_DECLS

/* A folder of its own with a data folder of its own, and blocking forms of the service's calls. */

/* Call first in main(): nothing is read from or written to the user's own folders. */
void semio_store_fixture_init (int *argc, char ***argv);
/* Removes what the program left. */
int semio_store_fixture_run (void);
/* A path in the test's folder that is free. */
char *semio_store_fixture_path (const char *name);
/* A copy of a file of tests/store. */
char *semio_store_fixture_copy (const char *source, const char *name);

SemioStoreService *semio_store_fixture_create (const char *path);
SemioStoreService *semio_store_fixture_open (const char *path, GError **error);
void semio_store_fixture_close (SemioStoreService *service);
gpointer semio_store_fixture_write (SemioStoreService *service, SemioStoreFunc func, gpointer data, GError **error);
gpointer semio_store_fixture_read (SemioStoreService *service, SemioStoreFunc func, gpointer data, GError **error);
SemioStoreImportResult *semio_store_fixture_import (SemioStoreService *service, SemioStoreImport *import, GError **error);
SemioStoreVerifyReport *semio_store_fixture_verify (SemioStoreService *service);
char *semio_store_fixture_merge (SemioStoreService *service, const char *other, GError **error);
/* Waits until *flag. */
void semio_store_fixture_wait (gboolean *flag);

/* A study with a person, n recordings "clip0.mp4" …, a run with an answer and an explanation for features 0 to 2 of each
 * of two segments, and a reference set. What was made is told in *facts. */
typedef struct {
  gint64 person_id;
  gint64 run_id;
  gint64 set_id;
  gint64 recording_ids[8];
  guint n_recordings;
} SemioStoreFacts;

void semio_store_fixture_fill (SemioStoreService *service, guint n_recordings, SemioStoreFacts *facts);
SemioStoreImport *semio_store_fixture_new_import (const char *run, guint n_recordings);
/* A rating of feature f of a recording. */
SemioRating *semio_store_fixture_rate (SemioStoreService *service, gint64 person_id, gint64 run_id, gint64 recording_id,
                                       guint feature, int score, const char *comment, GError **error);
/* Gives the rating the hash of what stands for its item of a whole recording, as a page that shows it does. */
gboolean semio_store_fixture_hash_shown (SemioDatabase *database, SemioRating *rating, GError **error);
/* Current ratings as "<recording>:<feature>=<score>" in a fixed order. */
char *semio_store_fixture_list_current (SemioStoreService *service);

G_END_DECLS

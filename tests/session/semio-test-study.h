/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-add.h"
#include "semio-import.h"
#include "semio-study.h"
#include "semio-verify.h"

G_BEGIN_DECLS

/* A folder of one test with a study in it, and the waiting forms of what a study does. Everything that fails ends the
 * test. */
typedef struct {
  char *folder;
  GFile *file;
  SemioStudy *study;
  SemioPerson *person;
} SemioTestStudy;

/* Makes the folder and an empty study with a person chosen. */
void semio_test_study_set_up (SemioTestStudy *test, gconstpointer data);
void semio_test_study_tear_down (SemioTestStudy *test, gconstpointer data);
void semio_test_study_reopen (SemioTestStudy *test);
void semio_test_study_close (SemioTestStudy *test);
/* Opens the file anew and chooses the first person. */
void semio_test_study_open (SemioTestStudy *test);

/* Waits for one call: pass semio_test_ready_cb and the address of a NULL result. */
void semio_test_ready_cb (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *semio_test_wait_for (GAsyncResult **slot);
/* Runs the main context for a while, or until nothing looks for videos. */
void semio_test_run_ms (guint ms);
void semio_test_wait_media (SemioTestStudy *test);

char *semio_test_study_put (SemioTestStudy *test, const char *name, const char *text);
SemioPerson *semio_test_study_add_person (SemioTestStudy *test, const char *name);
/* The summary, or NULL with an error. */
char *semio_test_study_import (SemioTestStudy *test, SemioImportKind kind, const char *path, const char *name, gboolean create,
                               GError **error);
/* Array of #SemioAddResult for a file or folder. */
GPtrArray *semio_test_study_add (SemioTestStudy *test, const char *path, gboolean copy);
/* The recording of a source name. */
const SemioRecording *semio_test_study_find (SemioTestStudy *test, const char *source_name);
SemioReview *semio_test_study_review (SemioTestStudy *test, const char *source_name);
guint semio_test_study_find_item (SemioTestStudy *test, SemioReview *review, const char *feature, guint run);
/* The judgement read back, or NULL with an error. */
SemioRating *semio_test_study_rate (SemioTestStudy *test, SemioReview *review, guint item, int score, GError **error);
SemioRating *semio_test_study_judge (SemioTestStudy *test, SemioReview *review, const SemioRating *rating, GError **error);
gboolean semio_test_study_undo (SemioTestStudy *test, gboolean redo, GError **error);
void semio_test_study_verify (SemioTestStudy *test);

G_END_DECLS

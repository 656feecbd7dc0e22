/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-case.h"
#include "semio-feature-set.h"
#include "semio-label.h"
#include "semio-person.h"
#include "semio-progress.h"
#include "semio-rating.h"
#include "semio-review.h"
#include "semio-run.h"
#include "semio-session-error.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_STUDY (semio_study_get_type ())
G_DECLARE_FINAL_TYPE (SemioStudy, semio_study, SEMIO, STUDY, GObject)

/**
 * SemioStudy:
 *
 * An open study. Used from one thread (the one that opened it); nothing blocks but the _sync calls, which are for
 * tests and the command line and iterate the thread-default main context.
 *
 * Properties: "title", "read-only", "person" (boxed #SemioPerson, whose progress the cases show).
 * Signals: "changed" (what the lists hold was changed, also by another process), "notice" (const char *: a sentence
 * for the page), "media-searched" (nothing looks for videos any more).
 */

/* What opening may show before it is done: that a study which came from elsewhere is checked. */
void semio_study_create_async (GFile *file, const char *title, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
SemioStudy *semio_study_create_finish (GAsyncResult *result, GError **error);
void semio_study_open_async (GFile *file, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
SemioStudy *semio_study_open_finish (GAsyncResult *result, GError **error);
/* Waits for what is queued, checkpoints, leaves one file. */
void semio_study_close_async (SemioStudy *study, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_study_close_finish (SemioStudy *study, GAsyncResult *result, GError **error);

SemioStudy *semio_study_create_sync (GFile *file, const char *title, GError **error);
SemioStudy *semio_study_open_sync (GFile *file, GError **error);
gboolean semio_study_close_sync (SemioStudy *study, GError **error);

GFile *semio_study_get_file (SemioStudy *study);
const SemioUuid *semio_study_get_uuid (SemioStudy *study);
const char *semio_study_get_title (SemioStudy *study);
gboolean semio_study_is_read_only (SemioStudy *study);
/* (nullable): why, and what to do. */
const char *semio_study_get_read_only_reason (SemioStudy *study);
/* Sentences worth showing about this opening ("The study lies on a network drive: …"). NULL-terminated. */
const char *const *semio_study_get_remarks (SemioStudy *study);
SemioFeatureSet *semio_study_get_feature_set (SemioStudy *study);

/* GListModel of #SemioCase, sorted by title; stays the same object and is updated in place. */
GListModel *semio_study_get_cases (SemioStudy *study);
SemioCase *semio_study_find_case (SemioStudy *study, gint64 recording_id);
/* Arrays of #SemioRun, #SemioPerson, #SemioReferenceSet, owned by the study, replaced at "changed". */
GPtrArray *semio_study_get_runs (SemioStudy *study);
GPtrArray *semio_study_get_persons (SemioStudy *study);
GPtrArray *semio_study_get_reference_sets (SemioStudy *study);

/* Looks whether another process changed the file; for a focused window, about once a second. When it did, the lists and
 * the reviews are loaded anew and "changed" is emitted. */
void semio_study_check_for_changes (SemioStudy *study);

/* The user's media folders (array of #GFile), in which videos are looked for beside the study's own folder. */
void semio_study_set_media_folders (SemioStudy *study, GPtrArray *folders);
/* TRUE while videos are looked for; cases say "media-found" as they are. */
gboolean semio_study_is_finding_media (SemioStudy *study);
/* (nullable): where the video of a recording was found. */
GFile *semio_study_get_media_file (SemioStudy *study, gint64 recording_id);

/* Persons. Adding writes an entry. */
void semio_study_add_person_async (SemioStudy *study, const char *name, SemioRole role, GAsyncReadyCallback callback,
                                   gpointer user_data);
SemioPerson *semio_study_add_person_finish (SemioStudy *study, GAsyncResult *result, GError **error);
/* Whose progress the cases show and who the judgements are of; NULL for nobody. */
void semio_study_set_person (SemioStudy *study, SemioPerson *person);
SemioPerson *semio_study_get_person (SemioStudy *study);
/* Items judged and items to judge of the person, over all cases; median seconds an item (0 unknown). */
void semio_study_get_progress (SemioStudy *study, guint *n_rated, guint *n_items, double *median_seconds);

/* Corrections by a person; each writes an entry and can be undone by another. */
void semio_study_set_pseudonym_async (SemioStudy *study, gint64 recording_id, const char *pseudonym, GAsyncReadyCallback callback,
                                      gpointer user_data);
void semio_study_set_patient_async (SemioStudy *study, gint64 recording_id, const char *patient, GAsyncReadyCallback callback,
                                    gpointer user_data);
void semio_study_set_mirrored_async (SemioStudy *study, gint64 recording_id, gboolean mirrored, GAsyncReadyCallback callback,
                                     gpointer user_data);
void semio_study_set_current_reference_async (SemioStudy *study, gint64 reference_set_id, GAsyncReadyCallback callback,
                                              gpointer user_data);
void semio_study_set_case_done_async (SemioStudy *study, gint64 recording_id, gboolean done, GAsyncReadyCallback callback,
                                      gpointer user_data);
/* For each call above. */
gboolean semio_study_edit_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* The poster frame as PNG bytes made at adding and kept in the study, NULL bytes when there is none. */
void semio_study_load_poster_async (SemioStudy *study, gint64 recording_id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GBytes *semio_study_load_poster_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* Review. Loads for the window's person. The study keeps weak track of loaded reviews and updates them. */
void semio_study_load_review_async (SemioStudy *study, gint64 recording_id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
SemioReview *semio_study_load_review_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* Stores a judgement: entry and projection in one transaction, durable (synced) before it finishes, the row read back.
 * rating->entry, person_id, utc_us are filled in; it supersedes the person's current ones on the item. A score on an
 * audio feature of a recording without sound is refused with SEMIO_SESSION_ERROR_REFUSED. Judgements of one window
 * are stored in the order of the calls. The review's item is updated before the callback. */
void semio_study_rate_async (SemioStudy *study, SemioReview *review, const SemioRating *rating, GAsyncReadyCallback callback,
                             gpointer user_data);
SemioRating *semio_study_rate_finish (SemioStudy *study, GAsyncResult *result, GError **error);
/* Clears the person's judgement of an item: a withdrawal. Finished by semio_study_rate_finish(), which may give NULL. */
void semio_study_withdraw_async (SemioStudy *study, SemioReview *review, guint item, GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Sets the person's bookmark at the time of a frame, or changes its name; NULL removes it. "" has no name. Stored and undone like a
 * judgement, in the order of the calls; the review is updated before the callback. */
void semio_study_set_bookmark_async (SemioStudy *study, SemioReview *review, gint64 time_ns, const char *text,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_study_set_bookmark_finish (SemioStudy *study, GAsyncResult *result, GError **error);
/* Undo covers this session's judgements and bookmarks of this person only. Finish gives the key of the item that changed; of a
 * bookmark only the recording, its run is 0. */
gboolean semio_study_can_undo (SemioStudy *study);
gboolean semio_study_can_redo (SemioStudy *study);
void semio_study_undo_async (SemioStudy *study, GAsyncReadyCallback callback, gpointer user_data);
void semio_study_redo_async (SemioStudy *study, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_study_undo_finish (SemioStudy *study, GAsyncResult *result, SemioItemKey *key, GError **error);

/* Unfinished comment, outside the chains; NULL or "" clears it. Durable within 500 ms of the call. */
void semio_study_set_draft (SemioStudy *study, SemioReview *review, guint item, const char *text);

/* Revealing writes an entry; hiding again only changes the view. Either is done for the reference, the runs' names, or both. */
void semio_study_reveal_async (SemioStudy *study, SemioReview *review, gboolean reference, gboolean runs,
                               GAsyncReadyCallback callback, gpointer user_data);
/* Results show the reference and the names of the runs of all recordings: an entry for each that the person had not seen whole,
 * so that ratings after it stand apart. Without a person, or read only, nothing is written. Finished by
 * semio_study_edit_finish(). */
void semio_study_reveal_all_async (SemioStudy *study, GAsyncReadyCallback callback, gpointer user_data);
void semio_study_hide (SemioStudy *study, SemioReview *review, gboolean reference, gboolean runs);

/* The next item the person has not judged in the order of the queue (cases by title, features in the set's order, then
 * runs), after the given one, wrapping; FALSE when all are judged. From NULL the first. Cheap: kept in memory. */
gboolean semio_study_find_next_item (SemioStudy *study, const SemioItemKey *after, SemioItemKey *next);

G_END_DECLS

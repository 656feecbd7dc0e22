/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-case-private.h"
#include "semio-media-finder.h"
#include "semio-queue.h"
#include "semio-rating-table.h"
#include "semio-review-private.h"
#include "semio-store-service.h"
#include "semio-study.h"
#include "semio-undo.h"

G_BEGIN_DECLS

/* What one person did, for the queue and the progress. */
typedef struct {
  gint64 person_id;
  GArray *rated; /* of SemioRatedItem; later ones go before earlier ones of the same item */
  GArray *done; /* of gint64: recordings the person closed */
  double median_seconds;
} SemioPersonWork;

void semio_person_work_free (SemioPersonWork *work);

struct _SemioStudy {
  GObject parent_instance;

  SemioStoreService *store;
  SemioFeatureSet *features; /* owned by the store */

  GListStore *cases;
  GHashTable *cases_by_id; /* gint64 → SemioCase, borrowed from cases */
  GPtrArray *runs;
  GPtrArray *persons;
  GPtrArray *reference_sets;
  GHashTable *work; /* person id → SemioPersonWork */
  SemioQueue *queue;
  SemioPerson *person;

  GPtrArray *reviews; /* of GWeakRef */
  GHashTable *undos; /* person id → SemioUndo */
  GQueue judgements; /* waiting ones */
  gboolean is_judging;
  guint n_judged; /* judgements stored so far: a snapshot that was read before one of them is read again */

  GHashTable *drafts; /* what is not written yet */
  GHashTable *session_drafts; /* the newest text of each draft: a read may be older than the last key */
  guint draft_source;

  SemioHashCache *hash_cache;
  GPtrArray *media_folders; /* of GFile */
  GHashTable *files; /* recording id → GFile: where videos were found */
  GCancellable *media_cancellable;
  guint n_searches;
  gboolean is_closed;
};

/* Loads what the lists hold and applies it, then calls back. Runs also after this process' own changes. */
void semio_study_reload_async (SemioStudy *study, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_study_reload_finish (SemioStudy *study, GAsyncResult *result, GError **error);
/* Counts of one case, after a judgement. */
void semio_study_update_case (SemioStudy *study, gint64 recording_id);
/* Puts the person's judgements into the queue and the progress of all cases. */
void semio_study_apply_person (SemioStudy *study);
/* Reads the chosen person's median time anew, behind whatever else is read: sorting all times takes longer than a list
 * may wait. */
void semio_study_load_median (SemioStudy *study);
SemioPersonWork *semio_study_get_work (SemioStudy *study, gint64 person_id);

/* Loads every review in use anew, after a change that did not come from it. */
void semio_study_refresh_reviews (SemioStudy *study);
/* Calls func for every review in use of a recording and person (0: all). */
void semio_study_foreach_review (SemioStudy *study, gint64 recording_id, gint64 person_id, void (*func) (SemioReview *, gpointer),
                                 gpointer user_data);

/* The chosen person's identity for entries; nil for nobody. */
SemioUuid semio_study_get_actor (SemioStudy *study);
/* FALSE with SEMIO_SESSION_ERROR_READ_ONLY. */
gboolean semio_study_check_writable (SemioStudy *study, GError **error);

/* Looks for all videos in a thread; cases and reviews are told what was found. */
void semio_study_find_media (SemioStudy *study);
void semio_study_set_file_found (SemioStudy *study, gint64 recording_id, GFile *file);

/* One bookmark on its way through the queue of judgements. */
typedef struct {
  SemioReview *review; /* (nullable): which was asked; NULL for a step that is undone or done again */
  gint64 time_ns;
  char *text; /* (nullable): NULL removes */
  SemioBookmark *from; /* (nullable): what is to stand no more */
  SemioBookmark *to; /* (nullable): what is to stand instead */
} SemioBookmarkChange;

SemioBookmarkChange *semio_bookmark_change_new (SemioReview *review, gint64 time_ns, const char *text, SemioBookmark *from,
                                                SemioBookmark *to);
void semio_bookmark_change_free (SemioBookmarkChange *change);
/* What it means is known only when its turn comes. FALSE: nothing is to be done. */
gboolean semio_bookmark_change_settle (SemioBookmarkChange *change);
/* On the writing thread. written (nullable): what stands now. */
gboolean semio_bookmark_change_write (const SemioBookmarkChange *change, SemioDatabase *database, gint64 person_id,
                                      SemioBookmark **written, GError **error);
/* Tells all reviews of the recording. */
void semio_bookmark_change_apply (const SemioBookmarkChange *change, SemioStudy *study, SemioBookmark *written);
gint64 semio_bookmark_change_get_recording (const SemioBookmarkChange *change);
/* Puts it at the end of the queue of judgements; takes the change. */
void semio_study_submit_bookmark (SemioStudy *study, GTask *task, gint64 person_id, SemioBookmarkChange *change);

/* Calls func when no judgement waits or is being stored. */
void semio_study_when_judged (SemioStudy *study, void (*func) (SemioStudy *, GTask *), GTask *task);

GHashTable *semio_study_drafts_new (void);
/* Writes what is pending at once. */
void semio_study_flush_drafts (SemioStudy *study);
/* Puts this session's drafts over those that were read. */
void semio_study_overlay_drafts (SemioStudy *study, SemioReview *review);
/* The comment became an entry: what is pending of it is dropped. */
void semio_study_drop_draft (SemioStudy *study, gint64 person_id, const SemioItemKey *key);

/* Reports a store error in the session's words where it has some. */
void semio_study_take_error (GTask *task, GError *error);

G_END_DECLS

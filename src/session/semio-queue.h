/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-rating.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_QUEUE_ANSWERED = 1 << 0, /* the run gave an answer, whatever it is */
  SEMIO_QUEUE_RATABLE = 1 << 1, /* with a text to rate */
  SEMIO_QUEUE_RATED = 1 << 2, /* judged by the window's person */
} SemioQueueFlags;

/**
 * SemioQueue:
 *
 * Every item of a study as one byte, in the order in which they are to be rated: recordings as given, features in the
 * set's order, then runs. Pure memory: what 200,000 items need is 200 kB.
 */
typedef struct _SemioQueue SemioQueue;

SemioQueue *semio_queue_new (guint n_features, const gint64 *run_ids, guint n_runs);
void semio_queue_free (SemioQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioQueue, semio_queue_free)

/* Recordings in their order; those that stood already keep their flags, those not named are dropped. */
void semio_queue_set_order (SemioQueue *queue, const gint64 *recording_ids, guint n_recordings);
/* Adds flags to an item; unknown recordings, runs and features are passed over. */
void semio_queue_add_flags (SemioQueue *queue, const SemioItemKey *key, SemioQueueFlags flags);
void semio_queue_set_rated (SemioQueue *queue, const SemioItemKey *key, gboolean rated);
/* Nobody has rated anything: another person is looked at. */
void semio_queue_clear_rated (SemioQueue *queue);

/* Items to rate and items rated of a recording. */
void semio_queue_get_counts (SemioQueue *queue, gint64 recording_id, guint *n_rated, guint *n_items);
void semio_queue_get_totals (SemioQueue *queue, guint *n_rated, guint *n_items);
/* Features that a run answers in a recording. */
guint semio_queue_get_n_answered (SemioQueue *queue, gint64 recording_id, guint run);
/* The next item to rate after one, wrapping; from NULL the first. */
gboolean semio_queue_find_next (SemioQueue *queue, const SemioItemKey *after, SemioItemKey *next);

G_END_DECLS

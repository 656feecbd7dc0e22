/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-rating.h"

G_BEGIN_DECLS

/**
 * SemioRatingClock:
 *
 * How long a person was at each item: time with the item selected and the window active, with pauses of more than a
 * minute left out. Plain memory: the caller tells the time (microseconds of any steady clock).
 */
typedef struct _SemioRatingClock SemioRatingClock;

SemioRatingClock *semio_rating_clock_new (void);
void semio_rating_clock_free (SemioRatingClock *clock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRatingClock, semio_rating_clock_free)

/* From now on time goes to this item; NULL when none is selected or the window is not active. */
void semio_rating_clock_set_item (SemioRatingClock *clock, const SemioItemKey *item, gint64 now_us);
/* The person did something, or something plays. */
void semio_rating_clock_touch (SemioRatingClock *clock, gint64 now_us);
/* Seconds of an item up to now. */
double semio_rating_clock_get_seconds (SemioRatingClock *clock, const SemioItemKey *item, gint64 now_us);

G_END_DECLS

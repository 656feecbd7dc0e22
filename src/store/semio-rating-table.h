/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-rating.h"

G_BEGIN_DECLS

/* An item that a person has judged: scored, or said that it cannot be judged. */
typedef struct {
  SemioItemKey key;
  gboolean judged; /* FALSE: only marks or a comment so far */
  guint n_current; /* more than one is a conflict */
} SemioRatedItem;

/* Writes a rating entry that supersedes the person's current ones on the item; read back from its row. */
SemioRating *semio_rating_table_add (SemioDatabase *database, const SemioRating *rating, GError **error);
/* Writes a withdrawal that supersedes the person's current ones on the item. (nullable): NULL without error when there was
 * nothing to withdraw. */
SemioRating *semio_rating_table_withdraw (SemioDatabase *database, gint64 person_id, const SemioItemKey *key, const char *reason,
                                          GError **error);
SemioRating *semio_rating_table_get (SemioDatabase *database, const SemioUuid *entry, GError **error);
/* All of a person (0: of all persons) on a recording (0: on all), withdrawals and superseded ones too, in the order of
 * entries, oldest first. Array of #SemioRating. */
GPtrArray *semio_rating_table_load (SemioDatabase *database, gint64 person_id, gint64 recording_id, GError **error);
/* (nullable): what stands of a person on an item, the newest of a conflict; NULL without error when nothing does. */
SemioRating *semio_rating_table_find_current (SemioDatabase *database, gint64 person_id, const SemioItemKey *key, GError **error);
/* Only current ones, withdrawals left out. */
GPtrArray *semio_rating_table_load_current (SemioDatabase *database, gint64 person_id, gint64 recording_id, GError **error);
/* The items with a current rating of a person, from an index alone. Array of #SemioRatedItem. */
GArray *semio_rating_table_load_rated (SemioDatabase *database, gint64 person_id, GError **error);
/* Median seconds of the person's current judged items, 0 when there are none. */
gboolean semio_rating_table_get_median_seconds (SemioDatabase *database, gint64 person_id, double *seconds, GError **error);

G_END_DECLS

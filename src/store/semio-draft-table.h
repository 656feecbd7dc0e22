/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-rating.h"

G_BEGIN_DECLS

typedef struct {
  SemioItemKey key;
  char *text;
} SemioDraft;

void semio_draft_clear (SemioDraft *draft);

/* Unfinished text, outside the chains; NULL or "" removes it. */
gboolean semio_draft_table_set (SemioDatabase *database, gint64 person_id, const SemioItemKey *key, const char *text,
                                GError **error);
/* Array of #SemioDraft of a person on a recording (0: on all). */
GArray *semio_draft_table_load (SemioDatabase *database, gint64 person_id, gint64 recording_id, GError **error);

G_END_DECLS

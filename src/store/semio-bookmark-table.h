/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-bookmark.h"
#include "semio-database.h"

G_BEGIN_DECLS

/* Writes an entry: a nil entry makes a new bookmark, otherwise it supersedes that one, whoever noted it. bookmark->person_id
 * is who does it; utc_us is ignored. Read back. SEMIO_STORE_ERROR_NOT_FOUND when what it should supersede stands no more. */
SemioBookmark *semio_bookmark_table_put (SemioDatabase *database, const SemioBookmark *bookmark, GError **error);
/* Writes a withdrawal by a person that removes the bookmark; withdrawing twice does nothing. */
gboolean semio_bookmark_table_withdraw (SemioDatabase *database, gint64 person_id, const SemioUuid *entry, GError **error);
/* What stands on a recording (0: on all), by recording, then time. After a merge two may stand for one that was changed in both
 * copies. Array of #SemioBookmark. */
GPtrArray *semio_bookmark_table_load (SemioDatabase *database, gint64 recording_id, GError **error);

G_END_DECLS

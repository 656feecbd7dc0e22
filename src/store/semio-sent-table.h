/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-sent-segment.h"

G_BEGIN_DECLS

/* Writes an entry; when the write finishes it is on disk and the first question may go out. actor (nullable). sent->entry and
 * utc_us are ignored. */
gboolean semio_sent_table_put (SemioDatabase *database, const SemioUuid *actor, const SemioSentSegment *sent, GError **error);
/* What was sent of a segment in a run, oldest first: one for each group, and again for each time it was sent anew. Array of
 * #SemioSentSegment. */
GPtrArray *semio_sent_table_load (SemioDatabase *database, gint64 run_id, gint64 recording_id, int segment, GError **error);
/* (nullable): what was sent last for a group (NULL: any); NULL without error when nothing was. */
SemioSentSegment *semio_sent_table_find (SemioDatabase *database, gint64 run_id, gint64 recording_id, int segment,
                                         const char *group, GError **error);

G_END_DECLS

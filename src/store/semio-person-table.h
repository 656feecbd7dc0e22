/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-person.h"

G_BEGIN_DECLS

/* Writes an entry. actor (nullable): who adds, when somebody is chosen. */
SemioPerson *semio_person_table_add (SemioDatabase *database, const SemioUuid *actor, const char *name, SemioRole role,
                                     GError **error);
/* A correction of name or role: an entry that supersedes the last; reason is kept. */
gboolean semio_person_table_correct (SemioDatabase *database, const SemioUuid *actor, const SemioUuid *person, const char *name,
                                     SemioRole role, const char *reason, GError **error);
/* Array of #SemioPerson by name. */
GPtrArray *semio_person_table_load (SemioDatabase *database, GError **error);
SemioPerson *semio_person_table_get (SemioDatabase *database, gint64 person_id, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-run.h"

G_BEGIN_DECLS

/* Writes an entry that makes the run, or corrects the one of the same uuid (a nil uuid makes a new one). Read back. */
SemioRun *semio_run_table_put (SemioDatabase *database, const SemioUuid *actor, const SemioRun *run, const char *reason,
                               GError **error);
/* Puts a run away, or takes it out again: an entry; nothing of it goes. reason may be NULL. */
gboolean semio_run_table_set_archived (SemioDatabase *database, const SemioUuid *actor, gint64 run_id, gboolean archived,
                                       const char *reason, GError **error);
/* Array of #SemioRun in the order of their making, archived ones too. */
GPtrArray *semio_run_table_load (SemioDatabase *database, GError **error);
/* (nullable): NULL without error when there is none of that name. */
SemioRun *semio_run_table_find (SemioDatabase *database, const char *name, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"

G_BEGIN_DECLS

/* One step to a newer schema; it runs inside a transaction that sets user_version too. */
typedef struct {
  int version; /* the version that the step makes */
  gboolean (*step) (SemioDatabase *database, GError **error);
} SemioMigration;

/* The program's own, by version, ended by version 0. Version 1 is where studies begin. */
extern const SemioMigration semio_migrations[];

/* The newest version of a list. */
int semio_migration_get_newest (const SemioMigration *migrations);
/* Runs the steps that a study lacks up to a version, inside the caller's transaction. */
gboolean semio_migration_apply (SemioDatabase *database, const SemioMigration *migrations, int up_to, GError **error);
/* The whole way for an opened study: nothing to do when it is at the newest; otherwise a checked backup, then each step in
 * a transaction of its own; with the last the projections are filled anew from the entries. */
gboolean semio_migration_run (SemioDatabase *database, const SemioMigration *migrations, GError **error);
gboolean semio_migration_set_version (SemioDatabase *database, int version, GError **error);

G_END_DECLS

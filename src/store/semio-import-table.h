/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"

G_BEGIN_DECLS

/* One act of bringing cells in. Rows of an import are invisible until its state is 1. */

/* Who stages: a process that still lives, as far as can be told. */
char *semio_import_table_get_owner (void);

/* Makes the row of a staged import; its local id. run_id or set_id may be 0. */
gint64 semio_import_table_begin (SemioDatabase *database, const SemioUuid *uuid, gint64 run_id, gint64 set_id, GError **error);
/* Says that it is still being staged; fails when somebody swept it. */
gboolean semio_import_table_touch (SemioDatabase *database, gint64 import_id, GError **error);
/* Makes its rows visible. */
gboolean semio_import_table_commit (SemioDatabase *database, gint64 import_id, GError **error);
/* The newest visible import into a run or set, to see whether another came in between. */
gboolean semio_import_table_get_newest (SemioDatabase *database, gint64 run_id, gint64 set_id, gint64 *import_id, GError **error);
/* An import whose program has ended; 0 when there is none. */
gboolean semio_import_table_find_leftover (SemioDatabase *database, gint64 *import_id, GError **error);
/* Removes a part of a staged import's rows, at most what fits a slice; *done when nothing is left of it. */
gboolean semio_import_table_discard_slice (SemioDatabase *database, gint64 import_id, gboolean *done, GError **error);

G_END_DECLS

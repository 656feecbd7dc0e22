/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-finding.h"

G_BEGIN_DECLS

/* What a reference set says beside its labels, of a recording (0: of all), by recording, feature, kind. Array of
 * #SemioFinding. */
GArray *semio_finding_table_load_reference (SemioDatabase *database, gint64 set_id, gint64 recording_id, GError **error);
/* What runs say beside their answers: of a run (0: all) and a recording (0: all), by recording, run, feature, kind, segment; of
 * each the last usable attempt, else the last. Array of #SemioFinding. */
GArray *semio_finding_table_load_runs (SemioDatabase *database, gint64 run_id, gint64 recording_id, GError **error);

/* The local row of a finding's feature; made when there is none. */
gboolean semio_finding_table_ensure_feature (SemioDatabase *database, guint feature, gint64 *feature_id, GError **error);
/* The row of one that is not of the set; -1 when there is none. */
gboolean semio_finding_table_find_special (SemioDatabase *database, guint feature, gint64 *feature_id, GError **error);

G_END_DECLS

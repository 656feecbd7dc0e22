/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-store-fixture.h"

G_BEGIN_DECLS

/* What version 3 brought, in a reference set "Annotator" and a run "Model two" of recording 2: findings of each kind, intervals
 * and scores. */
void semio_store_fixture_fill_findings (SemioStoreService *service);
/* Asserts that all of it is there, word for word. */
void semio_store_fixture_expect_findings (SemioStoreService *service);

/* The two imports, of new cells where none stand: for the set, and for the run. changed: one cell says something else. */
SemioStoreImport *semio_store_fixture_new_annotations (gint64 set_id, gboolean changed);
SemioStoreImport *semio_store_fixture_new_said (gint64 run_id, gboolean changed);

G_END_DECLS

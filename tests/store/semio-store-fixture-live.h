/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-store-fixture.h"

G_BEGIN_DECLS

/* Something in every table that version 2 brought: a run "asked", answers of each kind in it, a covered and an uncovered
 * segment, what was sent, consent, a transcript, bookmarks and a run that was put away. The study has person 1, run 1 and
 * recordings 1 and 2. */
void semio_store_fixture_fill_live (SemioStoreService *service);
/* Asserts that all of it is there, word for word. */
void semio_store_fixture_expect_live (SemioStoreService *service);

G_END_DECLS

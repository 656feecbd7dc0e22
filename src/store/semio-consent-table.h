/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-consent.h"
#include "semio-database.h"

G_BEGIN_DECLS

/* Writes an entry that supersedes what stands for the host and the same plain_http. consent->entry and utc_us are ignored. */
gboolean semio_consent_table_put (SemioDatabase *database, const SemioConsent *consent, GError **error);
/* Writes a withdrawal; what does not stand is left. person_id may be 0. */
gboolean semio_consent_table_withdraw (SemioDatabase *database, gint64 person_id, const SemioUuid *entry, GError **error);
/* (nullable): the newest that stands for a host; for plain_http only one that says so. NULL without error when there is none.
 * What it covers (what) is the caller's to compare. */
SemioConsent *semio_consent_table_find (SemioDatabase *database, const char *host, gboolean plain_http, GError **error);
/* All that stand, newest first. Array of #SemioConsent. */
GPtrArray *semio_consent_table_load (SemioDatabase *database, GError **error);

G_END_DECLS

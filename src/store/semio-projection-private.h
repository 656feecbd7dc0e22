/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-entry.h"

G_BEGIN_DECLS

/* Each in the file of its table. */
gboolean semio_person_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_run_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_reference_table_apply_set (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_reference_table_apply_current (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_recording_table_apply_patient (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_recording_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_recording_table_apply_media (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_recording_table_apply_pseudonym (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_recording_table_apply_recording_patient (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_recording_table_apply_mirrored (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_recording_table_apply_alias (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_rating_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
/* Of a rating as one more row; of other things that can be withdrawn what is superseded says it all. */
gboolean semio_rating_table_apply_withdrawal (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_run_table_apply_archived (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_bookmark_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_live_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_live_table_apply_answers (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_sent_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_consent_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_transcript_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_case_table_apply_done (SemioDatabase *database, const SemioEntry *entry, GError **error);
gboolean semio_case_table_apply_reveal (SemioDatabase *database, const SemioEntry *entry, GError **error);

/* The local row of what a member of the payload names; made when there is none. */
gboolean semio_projection_ensure (SemioDatabase *database, JsonObject *payload, const char *member, int identity, gint64 *id,
                                  GError **error);
/* The local row of who wrote the entry; fails when nobody did. */
gboolean semio_projection_ensure_person (SemioDatabase *database, const SemioEntry *entry, gint64 *id, GError **error);

G_END_DECLS

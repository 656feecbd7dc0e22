/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"

G_BEGIN_DECLS

/* What a person did to a case beside rating. Each writes an entry. */
gboolean semio_case_table_set_done (SemioDatabase *database, const SemioUuid *person, gint64 recording_id, gboolean done,
                                    GError **error);
/* Recordings that the person closed. Array of gint64. */
GArray *semio_case_table_load_done (SemioDatabase *database, gint64 person_id, GError **error);

typedef struct {
  gboolean reference;
  gboolean runs;
} SemioRevealed;

gboolean semio_case_table_reveal (SemioDatabase *database, const SemioUuid *person, gint64 recording_id, gboolean reference,
                                  gboolean runs, GError **error);
/* What the person ever revealed of a recording. */
gboolean semio_case_table_get_revealed (SemioDatabase *database, gint64 person_id, gint64 recording_id, SemioRevealed *revealed,
                                        GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-sha256.h"

G_BEGIN_DECLS

/* Things with a UUID of their own whose local integers never leave the file. */
typedef enum {
  SEMIO_IDENTITY_PERSON,
  SEMIO_IDENTITY_PATIENT,
  SEMIO_IDENTITY_RECORDING,
  SEMIO_IDENTITY_RUN,
  SEMIO_IDENTITY_REFERENCE_SET,
  SEMIO_IDENTITY_WRITER,
  SEMIO_IDENTITY_IMPORT,
  SEMIO_IDENTITY_LIVE,
} SemioIdentity;

/* *id is 0 when there is none. */
gboolean semio_identity_find (SemioDatabase *database, SemioIdentity identity, const SemioUuid *uuid, gint64 *id, GError **error);
/* Makes the bare row when there is none: entries may speak of things whose own entry comes later. Not for imports. */
gboolean semio_identity_ensure (SemioDatabase *database, SemioIdentity identity, const SemioUuid *uuid, gint64 *id,
                                GError **error);
/* SEMIO_STORE_ERROR_NOT_FOUND when there is none. */
gboolean semio_identity_get_uuid (SemioDatabase *database, SemioIdentity identity, gint64 id, SemioUuid *uuid, GError **error);

/* The same for media, known by content, and features, known by name. */
gboolean semio_identity_find_medium (SemioDatabase *database, const SemioSha256 *content, gint64 *id, GError **error);
gboolean semio_identity_ensure_medium (SemioDatabase *database, const SemioSha256 *content, gint64 *id, GError **error);
/* *id is -1 when there is none. */
gboolean semio_identity_find_feature (SemioDatabase *database, const char *name, gint64 *id, GError **error);
gboolean semio_identity_ensure_feature (SemioDatabase *database, const char *name, gint64 *id, GError **error);
/* (transfer full) */
char *semio_identity_get_feature (SemioDatabase *database, gint64 id, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEMIO_UUID_BYTES 16
#define SEMIO_UUID_TEXT 37

typedef struct {
  guint8 bytes[SEMIO_UUID_BYTES];
} SemioUuid;

/* A random version 4 UUID, from the system's randomness, or from SEMIO_SEED when a test sets it. */
SemioUuid semio_uuid_new (void);
/* A version 8 UUID made from the SHA-256 of the bytes: the same input gives the same identity. */
SemioUuid semio_uuid_from_data (const void *data, gsize length);
gboolean semio_uuid_equal (const SemioUuid *a, const SemioUuid *b);
int semio_uuid_compare (const SemioUuid *a, const SemioUuid *b);
guint semio_uuid_hash (const SemioUuid *uuid);
gboolean semio_uuid_is_nil (const SemioUuid *uuid);
void semio_uuid_format (const SemioUuid *uuid, char text[SEMIO_UUID_TEXT]);
char *semio_uuid_to_string (const SemioUuid *uuid);
gboolean semio_uuid_parse (const char *text, SemioUuid *uuid, GError **error);

/* Uniform random numbers from the same source: bytes, and an integer in [0, limit). */
void semio_random_bytes (void *bytes, gsize length);
guint32 semio_random_below (guint32 limit);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-progress.h"

G_BEGIN_DECLS

#define SEMIO_SHA256_BYTES 32
#define SEMIO_SHA256_TEXT 65

typedef struct {
  guint8 bytes[SEMIO_SHA256_BYTES];
} SemioSha256;

SemioSha256 semio_sha256_of_data (const void *data, gsize length);
SemioSha256 semio_sha256_of_text (const char *text);
SemioSha256 semio_sha256_of_bytes (GBytes *bytes);
gboolean semio_sha256_equal (const SemioSha256 *a, const SemioSha256 *b);
void semio_sha256_format (const SemioSha256 *hash, char text[SEMIO_SHA256_TEXT]);
char *semio_sha256_to_string (const SemioSha256 *hash);
gboolean semio_sha256_parse (const char *text, SemioSha256 *hash, GError **error);

/* Hashes a file; blocks, so call it from a thread. progress may be NULL. */
gboolean semio_sha256_of_file (GFile *file, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                               SemioSha256 *hash, GError **error);

G_END_DECLS

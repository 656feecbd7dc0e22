/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading and writing the blobs of signals: numbers low byte first, each reading checked against the end. */
typedef struct {
  const guint8 *position;
  const guint8 *end;
} SemioSignalReader;

SemioSignalReader semio_signal_reader_open (GBytes *bytes);
gsize semio_signal_reader_get_left (const SemioSignalReader *reader);
gboolean semio_signal_reader_take_uint32 (SemioSignalReader *reader, guint32 *value);
gboolean semio_signal_reader_take_int64 (SemioSignalReader *reader, gint64 *value);
/* The bytes stay the blob's. NULL when there are not so many. */
const guint8 *semio_signal_reader_take (SemioSignalReader *reader, gsize n_bytes);

void semio_signal_append_uint32 (GByteArray *out, guint32 value);
void semio_signal_append_int64 (GByteArray *out, gint64 value);

/* Sets %SEMIO_MODEL_ERROR_SIGNAL. Always FALSE. */
gboolean semio_signal_set_damaged (GError **error, const char *what);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-signal-bytes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-model-error.h"

SemioSignalReader
semio_signal_reader_open (GBytes *bytes)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  return (SemioSignalReader){ data, data + n_bytes };
}

gsize
semio_signal_reader_get_left (const SemioSignalReader *reader)
{
  return (gsize) (reader->end - reader->position);
}

const guint8 *
semio_signal_reader_take (SemioSignalReader *reader, gsize n_bytes)
{
  const guint8 *taken = reader->position;

  if (n_bytes > semio_signal_reader_get_left (reader))
    return NULL;
  reader->position += n_bytes;
  return taken;
}

gboolean
semio_signal_reader_take_uint32 (SemioSignalReader *reader, guint32 *value)
{
  const guint8 *data = semio_signal_reader_take (reader, sizeof *value);

  if (!data)
    return FALSE;
  memcpy (value, data, sizeof *value);
  *value = GUINT32_FROM_LE (*value);
  return TRUE;
}

gboolean
semio_signal_reader_take_int64 (SemioSignalReader *reader, gint64 *value)
{
  const guint8 *data = semio_signal_reader_take (reader, sizeof *value);

  if (!data)
    return FALSE;
  memcpy (value, data, sizeof *value);
  *value = GINT64_FROM_LE (*value);
  return TRUE;
}

void
semio_signal_append_uint32 (GByteArray *out, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

void
semio_signal_append_int64 (GByteArray *out, gint64 value)
{
  value = GINT64_TO_LE (value);
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

gboolean
semio_signal_set_damaged (GError **error, const char *what)
{
  g_set_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_SIGNAL,
               _ ("The signals of a recording are damaged (%s). They can be computed again."), what);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signal-set.h"

#include <string.h>

#include "semio-sha256.h"
#include "semio-signal-bytes.h"

/* The blob: magic, version, then parts (kind, length, bytes), then the SHA-256 of all before it. Version 1 is what the
 * signals mean as much as how they are written: it rises when they are computed in another way. */
#define MAGIC 0x53534d53u /* "SMSS" */
#define VERSION 1

#define PART_SPECTROGRAM 100
#define PART_THUMBS 101

SemioSignalSet *
semio_signal_set_new (void)
{
  SemioSignalSet *self = g_new0 (SemioSignalSet, 1);

  g_atomic_ref_count_init (&self->refs);
  return self;
}

SemioSignalSet *
semio_signal_set_ref (SemioSignalSet *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
semio_signal_set_unref (SemioSignalSet *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (int i = 0; i < SEMIO_SIGNAL_N_KINDS; i++)
    g_clear_pointer (&self->pyramids[i], semio_signal_pyramid_unref);
  g_clear_pointer (&self->spectrogram, semio_spectrogram_unref);
  g_clear_pointer (&self->thumbs, semio_thumb_strip_unref);
  g_free (self);
}

static void
append_part (GByteArray *out, guint32 kind, GBytes *bytes)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  semio_signal_append_uint32 (out, kind);
  semio_signal_append_int64 (out, (gint64) n_bytes);
  g_byte_array_append (out, data, (guint) n_bytes);
  g_bytes_unref (bytes);
}

GBytes *
semio_signal_set_to_bytes (SemioSignalSet *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  SemioSha256 sum;

  semio_signal_append_uint32 (out, MAGIC);
  semio_signal_append_uint32 (out, VERSION);
  for (guint32 i = 0; i < SEMIO_SIGNAL_N_KINDS; i++)
    if (self->pyramids[i])
      append_part (out, i, semio_signal_pyramid_to_bytes (self->pyramids[i]));
  if (self->spectrogram)
    append_part (out, PART_SPECTROGRAM, semio_spectrogram_to_bytes (self->spectrogram));
  if (self->thumbs)
    append_part (out, PART_THUMBS, semio_thumb_strip_to_bytes (self->thumbs));
  sum = semio_sha256_of_data (out->data, out->len);
  g_byte_array_append (out, sum.bytes, sizeof sum.bytes);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
read_part (SemioSignalSet *self, guint32 kind, GBytes *bytes, GError **error)
{
  if (kind < SEMIO_SIGNAL_N_KINDS && !self->pyramids[kind])
    return (self->pyramids[kind] = semio_signal_pyramid_from_bytes (bytes, error)) != NULL;
  if (kind == PART_SPECTROGRAM && !self->spectrogram)
    return (self->spectrogram = semio_spectrogram_from_bytes (bytes, error)) != NULL;
  if (kind == PART_THUMBS && !self->thumbs)
    return (self->thumbs = semio_thumb_strip_from_bytes (bytes, error)) != NULL;
  return semio_signal_set_damaged (error, "part");
}

/**
 * semio_signal_set_from_bytes:
 * @bytes: a blob, from anywhere
 * @error: set to %SEMIO_MODEL_ERROR_SIGNAL
 *
 * Returns: (transfer full): the set, or NULL when a single byte is not as it was written
 */
SemioSignalSet *
semio_signal_set_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (SemioSignalSet) self = semio_signal_set_new ();
  SemioSignalReader reader = semio_signal_reader_open (bytes);
  const guint8 *begin = reader.position;
  guint32 magic, version, kind;
  gint64 n_bytes;
  SemioSha256 sum;

  if (semio_signal_reader_get_left (&reader) < sizeof sum.bytes)
    {
      semio_signal_set_damaged (error, "length");
      return NULL;
    }
  reader.end -= sizeof sum.bytes;
  sum = semio_sha256_of_data (begin, (gsize) (reader.end - begin));
  if (memcmp (sum.bytes, reader.end, sizeof sum.bytes) != 0 || !semio_signal_reader_take_uint32 (&reader, &magic)
      || !semio_signal_reader_take_uint32 (&reader, &version) || magic != MAGIC || version != VERSION)
    {
      semio_signal_set_damaged (error, "check sum");
      return NULL;
    }
  while (semio_signal_reader_get_left (&reader) > 0)
    {
      g_autoptr (GBytes) part = NULL;
      const guint8 *data = NULL;

      if (semio_signal_reader_take_uint32 (&reader, &kind) && semio_signal_reader_take_int64 (&reader, &n_bytes) && n_bytes >= 0)
        data = semio_signal_reader_take (&reader, (gsize) n_bytes);
      if (!data)
        {
          semio_signal_set_damaged (error, "length");
          return NULL;
        }
      part = g_bytes_new_from_bytes (bytes, (gsize) (data - begin), (gsize) n_bytes);
      if (!read_part (self, kind, part, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-uuid.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "semio-error.h"
#include "semio-sha256.h"

/* The stream of bytes that SEMIO_SEED names: block n is SHA-256 of the seed and n. One per process, because the order
 * in which its bytes are drawn is what makes a test's identities repeat. */
typedef struct {
  GMutex mutex;
  char *seed;
  guint64 block;
  SemioSha256 bytes;
  gsize used;
} SeededStream;

static gpointer
seeded_stream_new (gpointer unused)
{
  const char *seed = g_getenv ("SEMIO_SEED");
  SeededStream *stream;

  if (seed == NULL || *seed == '\0')
    return NULL;
  stream = g_new0 (SeededStream, 1);
  g_mutex_init (&stream->mutex);
  stream->seed = g_strdup (seed);
  stream->used = SEMIO_SHA256_BYTES;
  return stream;
}

static void
seeded_stream_read (SeededStream *stream, guint8 *bytes, gsize length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&stream->mutex);

  for (gsize i = 0; i < length; i++)
    {
      if (stream->used == SEMIO_SHA256_BYTES)
        {
          g_autofree char *name = g_strdup_printf ("%s:%" G_GUINT64_FORMAT, stream->seed, stream->block);

          stream->bytes = semio_sha256_of_text (name);
          stream->block += 1;
          stream->used = 0;
        }
      bytes[i] = stream->bytes.bytes[stream->used];
      stream->used += 1;
    }
}

static void
set_version (SemioUuid *uuid, guint8 version)
{
  uuid->bytes[6] = (guint8) ((uuid->bytes[6] & 0x0f) | (version << 4));
  uuid->bytes[8] = (guint8) ((uuid->bytes[8] & 0x3f) | 0x80);
}

/**
 * semio_random_bytes:
 * @bytes: (out) (array length=length): where they go
 * @length: how many
 *
 * Random bytes from the system, or from the stream named by SEMIO_SEED when a test sets it. A system without
 * randomness ends the program, because identities must not repeat.
 */
void
semio_random_bytes (void *bytes, gsize length)
{
  static GOnce once = G_ONCE_INIT;
  SeededStream *stream = g_once (&once, seeded_stream_new, NULL);
  gsize done = 0;

  if (stream != NULL)
    {
      seeded_stream_read (stream, bytes, length);
      return;
    }
  while (done < length)
    {
      gssize n = getrandom ((guint8 *) bytes + done, length - done, 0);

      if (n > 0)
        done += (gsize) n;
      else if (errno != EINTR)
        g_error ("The system gives no random bytes: %s", g_strerror (errno));
    }
}

/**
 * semio_random_below:
 * @limit: at least 1
 *
 * Returns: a uniform random integer in [0, @limit)
 */
guint32
semio_random_below (guint32 limit)
{
  guint32 value;
  guint32 unfair;

  g_return_val_if_fail (limit > 0, 0);

  /* The lowest 2³² mod limit values are thrown away, so that every remainder is as likely as any other. */
  unfair = (guint32) (-limit) % limit;
  do
    semio_random_bytes (&value, sizeof value);
  while (value < unfair);
  return value % limit;
}

SemioUuid
semio_uuid_new (void)
{
  SemioUuid uuid;

  semio_random_bytes (uuid.bytes, SEMIO_UUID_BYTES);
  set_version (&uuid, 4);
  return uuid;
}

SemioUuid
semio_uuid_from_data (const void *data, gsize length)
{
  SemioSha256 hash = semio_sha256_of_data (data, length);
  SemioUuid uuid;

  memcpy (uuid.bytes, hash.bytes, SEMIO_UUID_BYTES);
  set_version (&uuid, 8);
  return uuid;
}

gboolean
semio_uuid_equal (const SemioUuid *a, const SemioUuid *b)
{
  return memcmp (a->bytes, b->bytes, SEMIO_UUID_BYTES) == 0;
}

int
semio_uuid_compare (const SemioUuid *a, const SemioUuid *b)
{
  return memcmp (a->bytes, b->bytes, SEMIO_UUID_BYTES);
}

guint
semio_uuid_hash (const SemioUuid *uuid)
{
  guint32 words[SEMIO_UUID_BYTES / 4];

  memcpy (words, uuid->bytes, SEMIO_UUID_BYTES);
  return words[0] ^ words[1] ^ words[2] ^ words[3];
}

gboolean
semio_uuid_is_nil (const SemioUuid *uuid)
{
  static const SemioUuid nil = { { 0 } };

  return semio_uuid_equal (uuid, &nil);
}

/* Lower case, 8-4-4-4-12. */
void
semio_uuid_format (const SemioUuid *uuid, char text[SEMIO_UUID_TEXT])
{
  static const char digits[] = "0123456789abcdef";
  char *position = text;

  for (int i = 0; i < SEMIO_UUID_BYTES; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *position++ = '-';
      *position++ = digits[uuid->bytes[i] >> 4];
      *position++ = digits[uuid->bytes[i] & 15];
    }
  *position = '\0';
}

char *
semio_uuid_to_string (const SemioUuid *uuid)
{
  char text[SEMIO_UUID_TEXT];

  semio_uuid_format (uuid, text);
  return g_strdup (text);
}

/**
 * semio_uuid_parse:
 * @text: such as "0b4f2a5e-8f0f-4d5e-9a64-2f6f3c1a7b90", in either case
 * @uuid: (out): the UUID
 * @error: return location for a #SemioBaseError
 *
 * Returns: whether @text was a UUID
 */
gboolean
semio_uuid_parse (const char *text, SemioUuid *uuid, GError **error)
{
  gboolean good;
  int n = 0;

  g_return_val_if_fail (uuid != NULL, FALSE);

  good = text != NULL && strlen (text) == SEMIO_UUID_TEXT - 1;
  for (int i = 0; good && i < SEMIO_UUID_TEXT - 1; i++)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          good = text[i] == '-';
          continue;
        }
      good = g_ascii_isxdigit (text[i]);
      if (n % 2 == 0)
        uuid->bytes[n / 2] = (guint8) (g_ascii_xdigit_value (text[i]) << 4);
      else
        uuid->bytes[n / 2] = (guint8) (uuid->bytes[n / 2] | g_ascii_xdigit_value (text[i]));
      n++;
    }
  if (!good)
    g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("“%.60s” is no UUID."), text != NULL ? text : "");
  return good;
}

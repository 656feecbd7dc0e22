/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-sha256.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <string.h>

#include "semio-error.h"
#include "semio-file-error.h"

#define READ_BYTES (1024 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)

static gboolean
set_hash_error (GError **error)
{
  g_set_error_literal (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_HASH,
                       _ ("The cryptographic library cannot compute SHA-256. Check the installation of OpenSSL."));
  return FALSE;
}

/**
 * semio_sha256_of_data:
 * @data: (nullable) (array length=length): bytes
 * @length: how many
 *
 * A library that cannot hash in memory ends the program: every identity in a study rests on this value, and going on
 * with a wrong one would damage it.
 *
 * Returns: the SHA-256 (FIPS 180-4)
 */
SemioSha256
semio_sha256_of_data (const void *data, gsize length)
{
  SemioSha256 hash = { { 0 } };

  if (EVP_Digest (length > 0 ? data : "", length, hash.bytes, NULL, EVP_sha256 (), NULL) != 1)
    g_error ("The cryptographic library cannot compute SHA-256.");
  return hash;
}

SemioSha256
semio_sha256_of_text (const char *text)
{
  return semio_sha256_of_data (text, text != NULL ? strlen (text) : 0);
}

SemioSha256
semio_sha256_of_bytes (GBytes *bytes)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);

  return semio_sha256_of_data (data, length);
}

gboolean
semio_sha256_equal (const SemioSha256 *a, const SemioSha256 *b)
{
  return memcmp (a->bytes, b->bytes, SEMIO_SHA256_BYTES) == 0;
}

/* Lower-case hexadecimal. */
void
semio_sha256_format (const SemioSha256 *hash, char text[SEMIO_SHA256_TEXT])
{
  static const char digits[] = "0123456789abcdef";

  for (int i = 0; i < SEMIO_SHA256_BYTES; i++)
    {
      text[2 * i] = digits[hash->bytes[i] >> 4];
      text[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
  text[SEMIO_SHA256_TEXT - 1] = '\0';
}

char *
semio_sha256_to_string (const SemioSha256 *hash)
{
  char text[SEMIO_SHA256_TEXT];

  semio_sha256_format (hash, text);
  return g_strdup (text);
}

/**
 * semio_sha256_parse:
 * @text: 64 hexadecimal digits
 * @hash: (out): the hash
 * @error: return location for a #SemioBaseError
 *
 * Returns: whether @text was a hash
 */
gboolean
semio_sha256_parse (const char *text, SemioSha256 *hash, GError **error)
{
  gboolean good;

  g_return_val_if_fail (hash != NULL, FALSE);

  good = text != NULL && strlen (text) == SEMIO_SHA256_TEXT - 1;
  for (int i = 0; good && i < SEMIO_SHA256_TEXT - 1; i++)
    good = g_ascii_isxdigit (text[i]);
  if (!good)
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("“%.80s” is no SHA-256: it needs 64 hexadecimal digits."),
                   text != NULL ? text : "");
      return FALSE;
    }
  for (int i = 0; i < SEMIO_SHA256_BYTES; i++)
    hash->bytes[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) * 16 + g_ascii_xdigit_value (text[2 * i + 1]));
  return TRUE;
}

/**
 * semio_sha256_of_file:
 * @file: what to hash
 * @progress: (nullable): told of the share read, in the calling thread
 * @progress_data: data for @progress
 * @cancellable: (nullable): asked between reads
 * @hash: (out): the hash of the bytes
 * @error: return location for a #GIOErrorEnum or #SemioBaseError
 *
 * Blocks, so call it from a thread.
 *
 * Returns: whether the whole file was read
 */
gboolean
semio_sha256_of_file (GFile *file, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                      SemioSha256 *hash, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  goffset size_bytes, done_bytes = 0;
  gssize n;

  g_return_val_if_fail (G_IS_FILE (file) && hash != NULL, FALSE);

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    {
      semio_file_error_explain_read (error, file);
      return FALSE;
    }
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, error);
  if (info == NULL)
    return FALSE;
  size_bytes = g_file_info_get_size (info);
  if (context == NULL || EVP_DigestInit_ex (context, EVP_sha256 (), NULL) != 1)
    return set_hash_error (error);

  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, READ_BYTES, cancellable, error)) > 0)
    {
      if (EVP_DigestUpdate (context, buffer, (gsize) n) != 1)
        return set_hash_error (error);
      done_bytes += n;
      if (progress != NULL)
        progress (size_bytes > 0 ? MIN ((double) done_bytes / (double) size_bytes, 1.0) : -1.0, NULL, progress_data);
    }
  if (n < 0)
    return FALSE;
  if (EVP_DigestFinal_ex (context, hash->bytes, NULL) != 1)
    return set_hash_error (error);
  return TRUE;
}

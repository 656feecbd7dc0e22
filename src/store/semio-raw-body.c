/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-raw-body.h"

#include <glib/gi18n-lib.h>

#include "semio-store-error.h"

/* Bodies are a few thousand bytes: more would hardly make them smaller. */
#define LEVEL 4
/* No client lets through more; a file that says so was made to fill the memory. */
#define MAX_BYTES (256 * 1024 * 1024)
#define STEP_BYTES 16384

static GBytes *
convert (GConverter *converter, GBytes *bytes, GError **error)
{
  g_autoptr (GByteArray) output = g_byte_array_new ();
  gsize size, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  while (TRUE)
    {
      gsize n_read, n_written;
      const guint old = output->len;
      GConverterResult result;

      if (old > MAX_BYTES)
        {
          g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                               _ ("A server’s reply in the study is too large to be shown."));
          return NULL;
        }
      g_byte_array_set_size (output, old + STEP_BYTES);
      result = g_converter_convert (converter, data + done, size - done, output->data + old, STEP_BYTES, G_CONVERTER_INPUT_AT_END,
                                    &n_read, &n_written, error);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      done += n_read;
      g_byte_array_set_size (output, old + (guint) n_written);
      if (result == G_CONVERTER_FINISHED)
        return g_byte_array_free_to_bytes (g_steal_pointer (&output));
    }
}

GBytes *
semio_raw_body_deflate (GBytes *raw, GError **error)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL);

  return convert (G_CONVERTER (compressor), raw, error);
}

GBytes *
semio_raw_body_inflate (GBytes *stored, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GError) local = NULL;
  GBytes *raw = convert (G_CONVERTER (decompressor), stored, &local);

  if (raw == NULL && local->domain != SEMIO_STORE_ERROR)
    g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED,
                 _ ("A server’s reply in the study is damaged and cannot be shown (%s)."), local->message);
  else if (raw == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return raw;
}

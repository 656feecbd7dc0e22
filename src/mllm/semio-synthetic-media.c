/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-synthetic-media.h"

#include <math.h>
#include <string.h>

#define SOUND_RATE 16000
#define SOUND_SAMPLES (SOUND_RATE / 2)
#define SOUND_TONE_HZ 220

static const guint8 glyphs[10][SEMIO_SYNTHETIC_GLYPH_HEIGHT] = {
  { 0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e }, { 0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e },
  { 0x0e, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1f }, { 0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e },
  { 0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02 }, { 0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e },
  { 0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e }, { 0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08 },
  { 0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e }, { 0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c },
};

/**
 * semio_synthetic_get_glyph:
 * @digit: 0 to 9
 *
 * Returns: its rows, so that a test can read a picture back
 */
const guint8 *
semio_synthetic_get_glyph (guint digit)
{
  g_return_val_if_fail (digit < G_N_ELEMENTS (glyphs), NULL);
  return glyphs[digit];
}

static void
append_u32 (GByteArray *array, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (array, (const guint8 *) &big, sizeof big);
}

/* The check of the PNG format, bit by bit: pictures are small and few. */
static guint32
crc_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (crc >> 1) ^ 0xedb88320u : crc >> 1;
    }
  return ~crc;
}

static void
append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize length)
{
  guint begin;

  append_u32 (png, (guint32) length);
  begin = png->len;
  g_byte_array_append (png, (const guint8 *) type, 4);
  if (length > 0)
    g_byte_array_append (png, data, (guint) length);
  append_u32 (png, crc_of (png->data + begin, png->len - begin));
}

static gboolean
is_ink (const char *code, guint n_digits, guint x_px, guint y_px)
{
  guint digit;
  guint column;
  guint row;

  if (x_px < SEMIO_SYNTHETIC_MARGIN_PX || y_px < SEMIO_SYNTHETIC_MARGIN_PX)
    return FALSE;
  x_px -= SEMIO_SYNTHETIC_MARGIN_PX;
  digit = x_px / SEMIO_SYNTHETIC_ADVANCE_PX;
  column = x_px % SEMIO_SYNTHETIC_ADVANCE_PX / SEMIO_SYNTHETIC_DOT_PX;
  row = (y_px - SEMIO_SYNTHETIC_MARGIN_PX) / SEMIO_SYNTHETIC_DOT_PX;
  return digit < n_digits && column < SEMIO_SYNTHETIC_GLYPH_WIDTH && row < SEMIO_SYNTHETIC_GLYPH_HEIGHT
         && (glyphs[code[digit] - '0'][row] >> (SEMIO_SYNTHETIC_GLYPH_WIDTH - 1 - column) & 1) != 0;
}

static GBytes *
compress (const guint8 *data, gsize length)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);

  /* Writing into memory fails only where memory ends, and there GLib ends the program. */
  g_output_stream_write_all (stream, data, length, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/**
 * semio_synthetic_make_picture:
 * @code: digits
 * @shade: how much darker than white the ground is
 *
 * Returns: (transfer full): a PNG in three colours, because some readers take no grey ones
 */
GBytes *
semio_synthetic_make_picture (const char *code, guint8 shade)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  guint n_digits = (guint) strlen (code);
  guint width_px = 2 * SEMIO_SYNTHETIC_MARGIN_PX + n_digits * SEMIO_SYNTHETIC_ADVANCE_PX;
  guint height_px = 2 * SEMIO_SYNTHETIC_MARGIN_PX + SEMIO_SYNTHETIC_GLYPH_HEIGHT * SEMIO_SYNTHETIC_DOT_PX;
  gsize row_bytes = 1 + 3 * (gsize) width_px;
  g_autofree guint8 *rows = g_malloc0 (row_bytes * height_px);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GBytes) packed = NULL;
  static const guint8 rest[] = { 8, 2, 0, 0, 0 };

  for (guint y = 0; y < height_px; y++)
    {
      for (guint x = 0; x < width_px; x++)
        memset (rows + y * row_bytes + 1 + 3 * (gsize) x, is_ink (code, n_digits, x, y) ? 0 : 255 - shade, 3);
    }
  packed = compress (rows, row_bytes * height_px);
  append_u32 (header, width_px);
  append_u32 (header, height_px);
  g_byte_array_append (header, rest, sizeof rest);
  g_byte_array_append (png, signature, sizeof signature);
  append_chunk (png, "IHDR", header->data, header->len);
  append_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}

static void
append_le (GByteArray *array, guint32 value, guint n_bytes)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (array, (const guint8 *) &little, n_bytes);
}

/**
 * semio_synthetic_make_sound:
 *
 * Returns: (transfer full): a short WAV
 */
GBytes *
semio_synthetic_make_sound (void)
{
  g_autoptr (GByteArray) wav = g_byte_array_new ();

  g_byte_array_append (wav, (const guint8 *) "RIFF", 4);
  append_le (wav, 36 + 2 * SOUND_SAMPLES, 4);
  g_byte_array_append (wav, (const guint8 *) "WAVEfmt ", 8);
  append_le (wav, 16, 4);
  append_le (wav, 1, 2);
  append_le (wav, 1, 2);
  append_le (wav, SOUND_RATE, 4);
  append_le (wav, 2 * SOUND_RATE, 4);
  append_le (wav, 2, 2);
  append_le (wav, 16, 2);
  g_byte_array_append (wav, (const guint8 *) "data", 4);
  append_le (wav, 2 * SOUND_SAMPLES, 4);
  for (guint i = 0; i < SOUND_SAMPLES; i++)
    append_le (wav, (guint32) (gint32) lrint (8000 * sin (2 * G_PI * SOUND_TONE_HZ * i / SOUND_RATE)), 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&wav));
}

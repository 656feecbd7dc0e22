/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-request-writer.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Every 12 bits as the two characters they become, so that three bytes take two look-ups. */
static const char *
get_pairs (void)
{
  static char pairs[4096 * 2];
  static gsize is_ready = 0;

  if (g_once_init_enter (&is_ready))
    {
      for (guint i = 0; i < 4096; i++)
        {
          pairs[2 * i] = digits[i >> 6];
          pairs[2 * i + 1] = digits[i & 63];
        }
      g_once_init_leave (&is_ready, 1);
    }
  return pairs;
}

gsize
semio_request_get_base64_length (gsize n_bytes)
{
  return (n_bytes + 2) / 3 * 4;
}

static void
write_rest (const guint8 *in, gsize n, char *out)
{
  guint bits = (guint) in[0] << 16 | (n > 1 ? (guint) in[1] << 8 : 0);

  out[0] = digits[bits >> 18];
  out[1] = digits[bits >> 12 & 63];
  out[2] = n > 1 ? digits[bits >> 6 & 63] : '=';
  out[3] = '=';
}

void
semio_request_append_base64 (GString *out, GBytes *bytes)
{
  const char *pairs = get_pairs ();
  gsize n_bytes;
  const guint8 *in = g_bytes_get_data (bytes, &n_bytes);
  gsize begin = out->len;
  char *to;

  g_string_set_size (out, begin + semio_request_get_base64_length (n_bytes));
  to = out->str + begin;
  for (; n_bytes >= 3; n_bytes -= 3, in += 3, to += 4)
    {
      guint bits = (guint) in[0] << 16 | (guint) in[1] << 8 | in[2];

      memcpy (to, pairs + 2 * (bits >> 12), 2);
      memcpy (to + 2, pairs + 2 * (bits & 4095), 2);
    }
  if (n_bytes > 0)
    write_rest (in, n_bytes, to);
}

static void
append_escaped (GString *out, guchar byte)
{
  switch (byte)
    {
    case '"':
      g_string_append (out, "\\\"");
      break;
    case '\\':
      g_string_append (out, "\\\\");
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      g_string_append_printf (out, "\\u%04x", byte);
      break;
    }
}

void
semio_request_append_text (GString *out, const char *text)
{
  const char *begin = text;

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar byte = (guchar) *p;

      if (byte >= 0x20 && byte != '"' && byte != '\\')
        continue;
      g_string_append_len (out, begin, p - begin);
      append_escaped (out, byte);
      begin = p + 1;
    }
  g_string_append (out, begin);
  g_string_append_c (out, '"');
}

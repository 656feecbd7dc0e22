/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a companion is looked at before it is read as a table. */
#include "semio-companion-private.h"

#include <string.h>

#define MAX_HEADER_BYTES 4096

/* Copies a quoted cell with its line breaks up to its closing quote. Returns where it ends. */
static const char *
copy_quoted (const char *at, const char *end, GString *text)
{
  g_string_append_c (text, *at++);
  while (at < end)
    {
      gboolean closes = *at == '"' && !(at + 1 < end && at[1] == '"');

      g_string_append_c (text, *at);
      if (*at == '"' && !closes)
        g_string_append_c (text, *++at);
      at++;
      if (closes)
        break;
    }
  return at;
}

/* Some files of "file_name,event_sequence" leave the list's commas unquoted: what follows the first comma of a line is then put
 * in quotes, line by line, so that places in errors stay those of the file. */
static GBytes *
quote (GBytes *bytes)
{
  gsize size;
  const char *at = g_bytes_get_data (bytes, &size);
  const char *end = at + size;
  g_autoptr (GString) text = g_string_sized_new (size + size / 8);

  while (at < end)
    {
      while (at < end && *at != ',' && *at != '\n')
        at = *at == '"' ? copy_quoted (at, end, text) : (g_string_append_c (text, *at), at + 1);
      if (at < end && *at == ',')
        {
          const char *rest = at + 1;

          g_string_append_c (text, ',');
          while (rest < end && (*rest == ' ' || *rest == '\t'))
            rest++;
          at = rest;
          if (at < end && *at == '"')
            at = copy_quoted (at, end, text);
          else
            {
              g_string_append_c (text, '"');
              for (; at < end && *at != '\n' && *at != '\r'; at++)
                {
                  if (*at == '"')
                    g_string_append_c (text, '"');
                  g_string_append_c (text, *at);
                }
              g_string_append_c (text, '"');
            }
        }
      while (at < end && *at != '\n')
        g_string_append_c (text, *at++);
      if (at < end)
        g_string_append_c (text, *at++);
    }
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* Whether the first line is "file_name,event_sequence". */
static gboolean
is_sequence_file (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize length = 0;
  g_autofree char *line = NULL;
  g_auto (GStrv) titles = NULL;

  if (size == 0)
    return FALSE;
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  while (length < size && length < 200 && data[length] != '\n' && data[length] != '\r' && data[length] != '\0')
    length++;
  line = g_strndup (data, length);
  titles = g_strsplit (g_strdelimit (line, "\"", ' '), ",", -1);
  return g_strv_length (titles) == 2 && g_ascii_strcasecmp (g_strstrip (titles[0]), "file_name") == 0
         && g_ascii_strcasecmp (g_strstrip (titles[1]), "event_sequence") == 0;
}

GBytes *
semio_companion_quote_sequences (GBytes *bytes)
{
  return is_sequence_file (bytes) ? quote (bytes) : g_bytes_ref (bytes);
}

SemioCsvTable *
semio_companion_read_header (GBytes *bytes)
{
  gsize size, length = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (GString) text = NULL;

  while (length < MIN (size, MAX_HEADER_BYTES) && data[length] != '\n' && data[length] != '\r')
    length++;
  if (length == 0 || length == MAX_HEADER_BYTES)
    return NULL;
  /* A table needs a row: the header once more is one of its width. */
  text = g_string_new_len (data, (gssize) length);
  g_string_append_c (text, '\n');
  g_string_append_len (text, data, (gssize) length);
  twice = g_bytes_new (text->str, text->len);
  return semio_csv_read (twice, "header", NULL, NULL);
}

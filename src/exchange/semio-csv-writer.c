/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-csv-writer.h"

#include <math.h>
#include <string.h>

#include "semio-text.h"

struct _SemioCsvWriter {
  GString *out;
  gsize row_begin;
  gboolean in_row;
};

/* What makes a spreadsheet take a text for a formula, or lose its first character. */
static gboolean
needs_guard (const char *text)
{
  /* A text that looks guarded already is guarded again, so that reading takes exactly one apostrophe away. */
  while (*text == '\'')
    text++;
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

static void
begin_cell (SemioCsvWriter *writer)
{
  if (writer->in_row)
    g_string_append_c (writer->out, ',');
  writer->in_row = TRUE;
}

SemioCsvWriter *
semio_csv_writer_new (void)
{
  SemioCsvWriter *writer = g_new0 (SemioCsvWriter, 1);

  writer->out = g_string_new (NULL);
  return writer;
}

void
semio_csv_writer_free (SemioCsvWriter *writer)
{
  g_string_free (writer->out, TRUE);
  g_free (writer);
}

void
semio_csv_writer_add_text (SemioCsvWriter *writer, const char *text)
{
  g_autofree char *valid = NULL;
  gboolean quoted;

  begin_cell (writer);
  if (text == NULL || *text == '\0')
    return;
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  /* Blanks at either end are kept by quotes in programs that would trim them. */
  quoted = strpbrk (text, ",\"\r\n") != NULL || *text == ' ' || text[strlen (text) - 1] == ' ';
  if (quoted)
    g_string_append_c (writer->out, '"');
  if (needs_guard (text))
    g_string_append_c (writer->out, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (writer->out, '"');
      g_string_append_c (writer->out, *p);
    }
  if (quoted)
    g_string_append_c (writer->out, '"');
}

void
semio_csv_writer_add_int (SemioCsvWriter *writer, gint64 value)
{
  begin_cell (writer);
  g_string_append_printf (writer->out, "%" G_GINT64_FORMAT, value);
}

void
semio_csv_writer_add_double (SemioCsvWriter *writer, double value)
{
  g_autofree char *text = NULL;

  begin_cell (writer);
  if (!isfinite (value))
    return;
  text = semio_text_from_double (value);
  g_string_append (writer->out, text);
}

void
semio_csv_writer_end_row (SemioCsvWriter *writer)
{
  /* A row of one empty cell must not read as an empty line. */
  if (writer->out->len == writer->row_begin)
    g_string_append (writer->out, "\"\"");
  g_string_append (writer->out, "\r\n");
  writer->row_begin = writer->out->len;
  writer->in_row = FALSE;
}

GBytes *
semio_csv_writer_steal_bytes (SemioCsvWriter *writer)
{
  GBytes *bytes = g_string_free_to_bytes (writer->out);

  writer->out = g_string_new (NULL);
  writer->row_begin = 0;
  writer->in_row = FALSE;
  return bytes;
}

const char *
semio_csv_skip_guard (const char *text)
{
  return *text == '\'' && needs_guard (text) ? text + 1 : text;
}

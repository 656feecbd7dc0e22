/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-csv-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where a cell's text stands in the table's buffer, and on which line of the file it begins. */
typedef struct {
  gsize offset;
  guint line;
} Cell;

struct _SemioCsvTable {
  gatomicrefcount refs;
  char *name;
  GString *text; /* all cells, each ended by a NUL */
  GArray *cells; /* Cell, row by row */
  guint n_rows;
  guint n_columns;
};

typedef struct {
  SemioCsvTable *table;
  const SemioCsvLimits *limits;
  const char *position;
  const char *end;
  const char *bad; /* (nullable) first byte that is no UTF-8 or a NUL */
  guint line;
  guint column; /* cells of the row that are done */
  GError **error;
} Reader;

static void set_place_error (GError **error, int code, const char *name, guint line, guint column, const char *format,
                             va_list args) G_GNUC_PRINTF (6, 0);

static void
set_place_error (GError **error, int code, const char *name, guint line, guint column, const char *format, va_list args)
{
  g_autofree char *what = g_strdup_vprintf (format, args);

  g_set_error (error, SEMIO_EXCHANGE_ERROR, code, _ ("%s, line %u, column %u: %s"), name, line, column, what);
}

static gboolean fail (Reader *reader, int code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* At the cell that is being read. */
static gboolean
fail (Reader *reader, int code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_place_error (reader->error, code, reader->table->name, reader->line, reader->column + 1, format, args);
  va_end (args);
  return FALSE;
}

static gboolean
fail_encoding (Reader *reader)
{
  guint byte = (guchar) *reader->bad;

  if (byte == 0)
    return fail (reader, SEMIO_EXCHANGE_ERROR_ENCODING,
                 _ ("a NUL byte stands here. Save the file as CSV in UTF-8 and try again."));
  return fail (reader, SEMIO_EXCHANGE_ERROR_ENCODING,
               _ ("the byte 0x%02X is not UTF-8. Save the file as CSV in UTF-8 and try again."), byte);
}

/* Moves past CR, LF or CRLF. */
static void
skip_line_end (Reader *reader)
{
  if (*reader->position == '\r' && reader->position + 1 < reader->end && reader->position[1] == '\n')
    reader->position++;
  reader->position++;
  reader->line++;
}

static gboolean
append_text (Reader *reader, const char *begin, gsize length, gsize cell_begin)
{
  GString *text = reader->table->text;

  if (text->len - cell_begin + length > reader->limits->max_cell_bytes)
    return fail (reader, SEMIO_EXCHANGE_ERROR_LIMIT, _ ("the cell is longer than %" G_GSIZE_FORMAT " bytes."),
                 reader->limits->max_cell_bytes);
  g_string_append_len (text, begin, (gssize) length);
  return TRUE;
}

/* A cell that began with a quote; the position stands behind it. Line breaks inside are kept as they are. */
static gboolean
read_quoted (Reader *reader, gsize cell_begin, guint begin_line)
{
  while (reader->position < reader->end)
    {
      const char *begin = reader->position;

      while (reader->position < reader->end && *reader->position != '"')
        if (*reader->position == '\n' || *reader->position == '\r')
          skip_line_end (reader);
        else
          reader->position++;
      if (!append_text (reader, begin, (gsize) (reader->position - begin), cell_begin))
        return FALSE;
      if (reader->position == reader->end)
        break;
      reader->position++;
      if (reader->position == reader->end || *reader->position != '"')
        return TRUE;
      if (!append_text (reader, "\"", 1, cell_begin))
        return FALSE;
      reader->position++;
    }
  if (reader->bad != NULL)
    return fail_encoding (reader);
  reader->line = begin_line;
  return fail (reader, SEMIO_EXCHANGE_ERROR_FORM, _ ("the quoted cell that begins here does not end. Close it with a quote."));
}

static gboolean
read_plain (Reader *reader, gsize cell_begin)
{
  const char *begin = reader->position;

  for (; reader->position < reader->end; reader->position++)
    {
      char c = *reader->position;

      if (c == ',' || c == '\n' || c == '\r')
        break;
      if (c == '"')
        return fail (reader, SEMIO_EXCHANGE_ERROR_FORM,
                     _ ("a quote stands inside a cell. Quote the whole cell and double the quotes in it."));
    }
  return append_text (reader, begin, (gsize) (reader->position - begin), cell_begin);
}

/* Reads one cell and what ends it; at_end tells whether that ended the row. */
static gboolean
read_cell (Reader *reader, gboolean *at_end)
{
  Cell cell = { reader->table->text->len, reader->line };
  guint begin_line = reader->line;

  if (reader->column == reader->limits->max_columns)
    return fail (reader, SEMIO_EXCHANGE_ERROR_LIMIT, _ ("there are more than %u columns."), reader->limits->max_columns);
  if (reader->position < reader->end && *reader->position == '"')
    {
      reader->position++;
      if (!read_quoted (reader, cell.offset, begin_line))
        return FALSE;
    }
  else if (!read_plain (reader, cell.offset))
    return FALSE;
  g_string_append_c (reader->table->text, '\0');
  g_array_append_val (reader->table->cells, cell);
  if (reader->position == reader->end)
    {
      if (reader->bad != NULL)
        return fail_encoding (reader);
      *at_end = TRUE;
    }
  else if (*reader->position == ',')
    {
      reader->position++;
      *at_end = FALSE;
    }
  else if (*reader->position == '\n' || *reader->position == '\r')
    {
      skip_line_end (reader);
      *at_end = TRUE;
    }
  else
    return fail (reader, SEMIO_EXCHANGE_ERROR_FORM,
                 _ ("text stands after the closing quote. Double the quotes inside the cell."));
  reader->column++;
  return TRUE;
}

static gboolean
read_row (Reader *reader)
{
  SemioCsvTable *table = reader->table;
  guint line = reader->line;
  gboolean at_end = FALSE;

  reader->column = 0;
  while (!at_end)
    if (!read_cell (reader, &at_end))
      return FALSE;
  if (table->n_rows == 0)
    table->n_columns = reader->column;
  if (reader->column != table->n_columns)
    {
      guint n_cells = reader->column;

      reader->line = line;
      reader->column = MIN (n_cells, table->n_columns);
      return fail (reader, SEMIO_EXCHANGE_ERROR_FORM,
                   ngettext ("the row has %u cell, the header has %u. Give every row as many cells as the header.",
                             "the row has %u cells, the header has %u. Give every row as many cells as the header.", n_cells),
                   n_cells, table->n_columns);
    }
  if (table->n_rows == reader->limits->max_rows)
    return fail (reader, SEMIO_EXCHANGE_ERROR_LIMIT, _ ("there are more than %u rows."), reader->limits->max_rows);
  table->n_rows++;
  return TRUE;
}

static gboolean
read_rows (Reader *reader)
{
  while (reader->position < reader->end)
    {
      /* Lines with nothing on them, at the end or between rows, are no rows. */
      if (*reader->position == '\n' || *reader->position == '\r')
        skip_line_end (reader);
      else if (!read_row (reader))
        return FALSE;
    }
  reader->column = 0;
  if (reader->bad != NULL)
    return fail_encoding (reader);
  if (reader->table->n_rows == 0)
    return fail (reader, SEMIO_EXCHANGE_ERROR_FORM, _ ("the file is empty. It needs a header with the names of its columns."));
  return TRUE;
}

/* Byte order marks: that of UTF-8 is skipped; those of UTF-16 tell what is wrong better than the first odd byte does. */
static gboolean
skip_bom (Reader *reader)
{
  gsize length = (gsize) (reader->end - reader->position);

  if (length >= 3 && memcmp (reader->position, "\xef\xbb\xbf", 3) == 0)
    reader->position += 3;
  else if (length >= 2 && (memcmp (reader->position, "\xff\xfe", 2) == 0 || memcmp (reader->position, "\xfe\xff", 2) == 0))
    return fail (reader, SEMIO_EXCHANGE_ERROR_ENCODING, _ ("the file is UTF-16. Save the file as CSV in UTF-8 and try again."));
  return TRUE;
}

/**
 * semio_csv_read:
 * @bytes: a file's content
 * @name: what errors call the file
 * @limits: (nullable): what is refused, or %NULL for the usual limits
 * @error: return location for a #SemioExchangeError that names file, line and column
 *
 * Reads RFC 4180: UTF-8 with or without BOM; LF, CRLF or CR; cells in quotes may hold line breaks, commas and doubled
 * quotes. Empty lines are passed over. All rows must be as wide as the first.
 *
 * Returns: (transfer full): the table
 */
SemioCsvTable *
semio_csv_read (GBytes *bytes, const char *name, const SemioCsvLimits *limits, GError **error)
{
  static const SemioCsvLimits usual = SEMIO_CSV_LIMITS_INIT;
  g_autoptr (SemioCsvTable) table = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *valid_end;
  Reader reader = { 0 };

  g_return_val_if_fail (name != NULL, NULL);

  if (data == NULL)
    data = "";
  table = g_new0 (SemioCsvTable, 1);
  g_atomic_ref_count_init (&table->refs);
  table->name = g_strdup (name);
  table->text = g_string_sized_new (length / 2 + 1);
  table->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  reader.table = table;
  reader.limits = limits != NULL ? limits : &usual;
  reader.position = data;
  reader.end = data + length;
  reader.line = 1;
  reader.error = error;
  if (length > reader.limits->max_bytes)
    {
      fail (&reader, SEMIO_EXCHANGE_ERROR_LIMIT, _ ("the file is larger than %" G_GSIZE_FORMAT " bytes."),
            reader.limits->max_bytes);
      return NULL;
    }
  if (!skip_bom (&reader))
    return NULL;
  /* What is valid is read; the reader that arrives at its end knows line and column of the bad byte. */
  if (!g_utf8_validate_len (reader.position, (gsize) (reader.end - reader.position), &valid_end))
    {
      reader.bad = valid_end;
      reader.end = valid_end;
    }
  if (!read_rows (&reader))
    return NULL;
  return g_steal_pointer (&table);
}

gboolean
semio_csv_check_separator (GBytes *bytes, const char *name, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  guint n_commas = 0, n_semicolons = 0, n_tabs = 0, line = 1;
  gboolean in_quotes = FALSE, in_line = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      const char c = data[i];

      if (c == '"')
        in_quotes = !in_quotes;
      if (in_quotes)
        continue;
      if ((c == '\n' || c == '\r') && in_line)
        break;
      line += c == '\n';
      in_line = in_line || (c != '\n' && c != '\r');
      n_commas += c == ',';
      n_semicolons += c == ';';
      n_tabs += c == '\t';
    }
  if (n_semicolons <= n_commas && n_tabs <= n_commas)
    return TRUE;
  g_set_error (error, SEMIO_EXCHANGE_ERROR, SEMIO_EXCHANGE_ERROR_FORM,
               n_semicolons >= n_tabs
                   ? _ ("%s, line %u, column 1: the columns look separated by semicolons. Separate them by commas: in a "
                        "spreadsheet, save the table as CSV with the comma as separator.")
                   : _ ("%s, line %u, column 1: the columns look separated by tabs. Separate them by commas: in a spreadsheet, "
                        "save the table as CSV with the comma as separator."),
               name, line);
  return FALSE;
}

SemioCsvTable *
semio_csv_table_ref (SemioCsvTable *table)
{
  g_atomic_ref_count_inc (&table->refs);
  return table;
}

void
semio_csv_table_unref (SemioCsvTable *table)
{
  if (!g_atomic_ref_count_dec (&table->refs))
    return;
  g_free (table->name);
  g_string_free (table->text, TRUE);
  g_array_unref (table->cells);
  g_free (table);
}

const char *
semio_csv_table_get_name (SemioCsvTable *table)
{
  return table->name;
}

guint
semio_csv_table_get_n_rows (SemioCsvTable *table)
{
  return table->n_rows;
}

guint
semio_csv_table_get_n_columns (SemioCsvTable *table)
{
  return table->n_columns;
}

static const Cell *
get_cell (SemioCsvTable *table, guint row, guint column)
{
  return &g_array_index (table->cells, Cell, (gsize) row * table->n_columns + column);
}

const char *
semio_csv_table_get_cell (SemioCsvTable *table, guint row, guint column)
{
  g_return_val_if_fail (row < table->n_rows && column < table->n_columns, "");

  return table->text->str + get_cell (table, row, column)->offset;
}

guint
semio_csv_table_get_line (SemioCsvTable *table, guint row, guint column)
{
  g_return_val_if_fail (row < table->n_rows && column < table->n_columns, 0);

  return get_cell (table, row, column)->line;
}

gboolean
semio_csv_table_fail (SemioCsvTable *table, guint row, guint column, GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_place_error (error, SEMIO_EXCHANGE_ERROR_FORM, table->name, semio_csv_table_get_line (table, row, column), column + 1,
                   format, args);
  va_end (args);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-text-table.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "semio-csv-writer.h"

typedef enum { CELL_TEXT, CELL_INT, CELL_NUMBER } CellKind;

typedef struct {
  CellKind kind;
  gboolean bold;
  double value;
  char *text; /* as it is shown */
} Cell;

struct _SemioTextTable {
  char *title, *sentence;
  GPtrArray *heads; /* of char * */
  GPtrArray *rows; /* of arrays of Cell */
};

static void
cell_clear (gpointer data)
{
  g_free (((Cell *) data)->text);
}

SemioTextTable *
semio_text_table_new (const char *title, const char *sentence)
{
  SemioTextTable *self = g_new0 (SemioTextTable, 1);

  self->title = g_strdup (title);
  self->sentence = g_strdup (sentence);
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return self;
}

void
semio_text_table_free (SemioTextTable *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->sentence);
  g_ptr_array_unref (self->heads);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const char *
semio_text_table_get_sentence (const SemioTextTable *self)
{
  return self->sentence;
}

void
semio_text_table_add_head (SemioTextTable *self, const char *text)
{
  g_ptr_array_add (self->heads, g_strdup (text));
}

void
semio_text_table_begin_row (SemioTextTable *self)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Cell));

  g_array_set_clear_func (row, cell_clear);
  g_ptr_array_add (self->rows, row);
}

static void
add (SemioTextTable *self, Cell cell)
{
  g_return_if_fail (self->rows->len > 0);
  g_array_append_val ((GArray *) self->rows->pdata[self->rows->len - 1], cell);
}

void
semio_text_table_add_text (SemioTextTable *self, const char *text)
{
  add (self, (Cell){ CELL_TEXT, FALSE, 0, g_strdup (text != NULL ? text : "") });
}

void
semio_text_table_add_int (SemioTextTable *self, gint64 value)
{
  add (self, (Cell){ CELL_INT, FALSE, (double) value, g_strdup_printf ("%" G_GINT64_FORMAT, value) });
}

char *
semio_text_table_format_number (double value)
{
  int thousandths = (int) lround (fabs (value) * 1000);

  return g_strdup_printf ("%s%d.%03d", value < 0 && thousandths > 0 ? "-" : "", thousandths / 1000, thousandths % 1000);
}

void
semio_text_table_add_number (SemioTextTable *self, double value, gboolean bold)
{
  g_return_if_fail (isfinite (value));
  add (self, (Cell){ CELL_NUMBER, bold, value, semio_text_table_format_number (value) });
}

gboolean
semio_table_format_from_name (const char *file_name, SemioTableFormat *format)
{
  static const struct {
    const char *ending;
    SemioTableFormat format;
  } endings[] = { { ".csv", SEMIO_TABLE_CSV },   { ".json", SEMIO_TABLE_JSON }, { ".tex", SEMIO_TABLE_LATEX },
                  { ".html", SEMIO_TABLE_HTML }, { ".htm", SEMIO_TABLE_HTML },  { ".tsv", SEMIO_TABLE_TSV } };
  g_autofree char *name = g_ascii_strdown (file_name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i].ending))
      {
        *format = endings[i].format;
        return TRUE;
      }
  return FALSE;
}

static GBytes *
write_csv (const SemioTextTable *self)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();

  for (guint i = 0; i < self->heads->len; i++)
    semio_csv_writer_add_text (writer, self->heads->pdata[i]);
  semio_csv_writer_end_row (writer);
  for (guint r = 0; r < self->rows->len; r++)
    {
      const GArray *row = self->rows->pdata[r];

      for (guint i = 0; i < row->len; i++)
        {
          const Cell *cell = &g_array_index (row, Cell, i);

          if (cell->kind == CELL_TEXT)
            semio_csv_writer_add_text (writer, cell->text);
          else if (cell->kind == CELL_INT)
            semio_csv_writer_add_int (writer, (gint64) cell->value);
          else
            semio_csv_writer_add_double (writer, cell->value);
        }
      semio_csv_writer_end_row (writer);
    }
  return semio_csv_writer_steal_bytes (writer);
}

static void
add_json_row (JsonBuilder *builder, const GArray *row)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < row->len; i++)
    {
      const Cell *cell = &g_array_index (row, Cell, i);

      if (cell->kind == CELL_TEXT)
        json_builder_add_string_value (builder, cell->text);
      else if (cell->kind == CELL_INT)
        json_builder_add_int_value (builder, (gint64) cell->value);
      else
        json_builder_add_double_value (builder, cell->value);
    }
  json_builder_end_array (builder);
}

static GBytes *
write_json (const SemioTextTable *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, self->title);
  json_builder_set_member_name (builder, "sentence");
  json_builder_add_string_value (builder, self->sentence);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->heads->len; i++)
    json_builder_add_string_value (builder, self->heads->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rows->len; i++)
    add_json_row (builder, self->rows->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

/* What LaTeX reads as commands stands as itself. */
static void
append_latex (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    switch (*at)
      {
      case '\\':
        g_string_append (out, "\\textbackslash{}");
        break;
      case '~':
        g_string_append (out, "\\textasciitilde{}");
        break;
      case '^':
        g_string_append (out, "\\textasciicircum{}");
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *at);
        break;
      case '\n':
      case '\t':
        g_string_append_c (out, ' ');
        break;
      default:
        g_string_append_c (out, *at);
      }
}

static GBytes *
write_latex (const SemioTextTable *self)
{
  g_autoptr (GString) out = g_string_new ("% Needs \\usepackage{booktabs}.\n\\begin{table}\n\\caption{");

  append_latex (out, self->title);
  g_string_append (out, ". ");
  append_latex (out, self->sentence);
  g_string_append (out, "}\n\\begin{tabular}{l");
  for (guint i = 1; i < self->heads->len; i++)
    g_string_append_c (out, 'r');
  g_string_append (out, "}\n\\toprule\n");
  for (guint i = 0; i < self->heads->len; i++)
    {
      g_string_append (out, i > 0 ? " & " : "");
      append_latex (out, self->heads->pdata[i]);
    }
  g_string_append (out, " \\\\\n\\midrule\n");
  for (guint r = 0; r < self->rows->len; r++)
    {
      const GArray *row = self->rows->pdata[r];

      for (guint i = 0; i < row->len; i++)
        {
          const Cell *cell = &g_array_index (row, Cell, i);

          g_string_append (out, i > 0 ? " & " : "");
          g_string_append (out, cell->bold ? "\\textbf{" : "");
          append_latex (out, cell->text);
          g_string_append (out, cell->bold ? "}" : "");
        }
      g_string_append (out, " \\\\\n");
    }
  g_string_append (out, "\\bottomrule\n\\end{tabular}\n\\end{table}\n");
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static void
append_html (GString *out, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (out, "%s%s%s", before, escaped, after);
}

static GBytes *
write_html (const SemioTextTable *self)
{
  g_autoptr (GString) out = g_string_new ("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");

  append_html (out, "<title>", self->title, "</title>\n</head>\n<body>\n");
  append_html (out, "<table border=\"1\" cellpadding=\"4\" style=\"border-collapse:collapse\">\n<caption>", self->title, ". ");
  append_html (out, "", self->sentence, "</caption>\n<thead>\n<tr>");
  for (guint i = 0; i < self->heads->len; i++)
    append_html (out, "<th>", self->heads->pdata[i], "</th>");
  g_string_append (out, "</tr>\n</thead>\n<tbody>\n");
  for (guint r = 0; r < self->rows->len; r++)
    {
      const GArray *row = self->rows->pdata[r];

      g_string_append (out, "<tr>");
      for (guint i = 0; i < row->len; i++)
        {
          const Cell *cell = &g_array_index (row, Cell, i);

          g_string_append (out, cell->kind == CELL_TEXT ? "<td>" : "<td align=\"right\">");
          append_html (out, cell->bold ? "<b>" : "", cell->text, cell->bold ? "</b></td>" : "</td>");
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody>\n</table>\n</body>\n</html>\n");
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static void
append_tsv (GString *out, const char *text, gboolean last)
{
  for (const char *at = text; *at != '\0'; at++)
    g_string_append_c (out, *at == '\t' || *at == '\n' || *at == '\r' ? ' ' : *at);
  g_string_append_c (out, last ? '\n' : '\t');
}

static GBytes *
write_tsv (const SemioTextTable *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->heads->len; i++)
    append_tsv (out, self->heads->pdata[i], i + 1 == self->heads->len);
  for (guint r = 0; r < self->rows->len; r++)
    {
      const GArray *row = self->rows->pdata[r];

      for (guint i = 0; i < row->len; i++)
        append_tsv (out, g_array_index (row, Cell, i).text, i + 1 == row->len);
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
semio_text_table_write (const SemioTextTable *self, SemioTableFormat format)
{
  switch (format)
    {
    case SEMIO_TABLE_CSV:
      return write_csv (self);
    case SEMIO_TABLE_JSON:
      return write_json (self);
    case SEMIO_TABLE_LATEX:
      return write_latex (self);
    case SEMIO_TABLE_HTML:
      return write_html (self);
    case SEMIO_TABLE_TSV:
    default:
      return write_tsv (self);
    }
}

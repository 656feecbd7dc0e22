/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as files. */
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "semio-csv-writer.h"
#include "semio-text-table-private.h"

static gboolean
has_intervals (const SemioTextTable *self, guint column)
{
  return column < self->with_intervals->len && g_array_index (self->with_intervals, gboolean, column);
}

/* Heads where ends of intervals stand in columns of their own. Array of char *. */
static GPtrArray *
list_heads (const SemioTextTable *self)
{
  GPtrArray *heads = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->heads->len; i++)
    {
      g_ptr_array_add (heads, g_strdup (self->heads->pdata[i]));
      if (!has_intervals (self, i))
        continue;
      g_ptr_array_add (heads, g_strdup_printf (_ ("%s, low"), (const char *) self->heads->pdata[i]));
      g_ptr_array_add (heads, g_strdup_printf (_ ("%s, high"), (const char *) self->heads->pdata[i]));
    }
  return heads;
}

static void
append_csv_ends (SemioCsvWriter *writer, const SemioTextCell *cell)
{
  for (guint i = 0; i < 2; i++)
    if (cell->has_interval)
      semio_csv_writer_add_double (writer, i == 0 ? cell->low : cell->high);
    else
      semio_csv_writer_add_text (writer, cell->why != NULL ? cell->why : "");
}

static void
append_csv (SemioCsvWriter *writer, const SemioTextTable *self)
{
  g_autoptr (GPtrArray) heads = list_heads (self);

  for (guint i = 0; i < heads->len; i++)
    semio_csv_writer_add_text (writer, heads->pdata[i]);
  semio_csv_writer_end_row (writer);
  for (guint r = 0; r < self->rows->len; r++)
    {
      const GArray *row = self->rows->pdata[r];

      for (guint i = 0; i < row->len; i++)
        {
          const SemioTextCell *cell = &g_array_index (row, SemioTextCell, i);

          if (cell->kind == SEMIO_TEXT_CELL_TEXT)
            semio_csv_writer_add_text (writer, cell->full != NULL ? cell->full : cell->text);
          else if (cell->kind == SEMIO_TEXT_CELL_INT)
            semio_csv_writer_add_int (writer, (gint64) cell->value);
          else
            semio_csv_writer_add_double (writer, cell->value);
          if (has_intervals (self, i))
            append_csv_ends (writer, cell);
        }
      semio_csv_writer_end_row (writer);
    }
}

static void
add_json_ends (JsonBuilder *builder, const SemioTextCell *cell)
{
  for (guint i = 0; i < 2; i++)
    if (cell->has_interval)
      json_builder_add_double_value (builder, i == 0 ? cell->low : cell->high);
    else
      json_builder_add_string_value (builder, cell->why != NULL ? cell->why : "");
}

static void
add_json_row (JsonBuilder *builder, const SemioTextTable *self, const GArray *row)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < row->len; i++)
    {
      const SemioTextCell *cell = &g_array_index (row, SemioTextCell, i);

      if (cell->kind == SEMIO_TEXT_CELL_TEXT)
        json_builder_add_string_value (builder, cell->full != NULL ? cell->full : cell->text);
      else if (cell->kind == SEMIO_TEXT_CELL_INT)
        json_builder_add_int_value (builder, (gint64) cell->value);
      else
        json_builder_add_double_value (builder, cell->value);
      if (has_intervals (self, i))
        add_json_ends (builder, cell);
    }
  json_builder_end_array (builder);
}

/* Members of an object that was begun. */
static void
append_json (JsonBuilder *builder, const SemioTextTable *self)
{
  g_autoptr (GPtrArray) heads = list_heads (self);

  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, self->title);
  json_builder_set_member_name (builder, "sentence");
  json_builder_add_string_value (builder, self->sentence);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < heads->len; i++)
    json_builder_add_string_value (builder, heads->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rows->len; i++)
    add_json_row (builder, self, self->rows->pdata[i]);
  json_builder_end_array (builder);
}

/* A table of more rows goes over pages: a float is cut at the end of its page. */
#define MAX_FLOAT_ROWS 40

/* What a font of LaTeX has no letter for, or another. */
static const struct {
  const char *text, *command;
} letters[] = {
  { "\\", "\\textbackslash{}" },
  { "~", "\\textasciitilde{}" },
  { "^", "\\textasciicircum{}" },
  { "<", "\\textless{}" },
  { ">", "\\textgreater{}" },
  { "&", "\\&" },
  { "%", "\\%" },
  { "$", "\\$" },
  { "#", "\\#" },
  { "_", "\\_" },
  { "{", "\\{" },
  { "}", "\\}" },
  { "\n", " " },
  { "\t", " " },
  { "▾", "\\ensuremath{\\blacktriangledown}" },
  { "≤", "\\ensuremath{\\leq}" },
  { "≥", "\\ensuremath{\\geq}" },
  { "→", "\\ensuremath{\\rightarrow}" },
  { "−", "\\ensuremath{-}" },
  { "α", "\\ensuremath{\\alpha}" },
  { "κ", "\\ensuremath{\\kappa}" },
  { "τ", "\\ensuremath{\\tau}" },
};

/* What LaTeX reads as commands stands as itself. */
static void
append_latex (GString *out, const char *text)
{
  while (*text != '\0')
    {
      const char *next = g_utf8_next_char (text);
      const char *command = NULL;

      for (guint i = 0; command == NULL && i < G_N_ELEMENTS (letters); i++)
        if (g_str_has_prefix (text, letters[i].text))
          command = letters[i].command;
      if (command != NULL)
        g_string_append (out, command);
      else
        g_string_append_len (out, text, next - text);
      text = next;
    }
}

static void
append_latex_heads (GString *out, const SemioTextTable *self)
{
  g_string_append (out, "\\toprule\n");
  for (guint i = 0; i < self->heads->len; i++)
    {
      if (i > 0)
        g_string_append (out, " & ");
      append_latex (out, self->heads->pdata[i]);
    }
  g_string_append (out, " \\\\\n\\midrule\n");
}

static void
append_latex_row (GString *out, const GArray *row)
{
  for (guint i = 0; i < row->len; i++)
    {
      const SemioTextCell *cell = &g_array_index (row, SemioTextCell, i);

      if (i > 0)
        g_string_append (out, " & ");
      if (cell->bold)
        g_string_append (out, "\\textbf{");
      append_latex (out, cell->text);
      if (cell->bold)
        g_string_append_c (out, '}');
    }
  g_string_append (out, " \\\\\n");
}

static void
append_latex_columns (GString *out, const SemioTextTable *self)
{
  g_string_append (out, "{l");
  for (guint i = 1; i < self->heads->len; i++)
    g_string_append_c (out, 'r');
  g_string_append (out, "}\n");
}

static void
append_latex_table (GString *out, const SemioTextTable *self)
{
  const gboolean is_long = self->rows->len > MAX_FLOAT_ROWS;

  g_string_append (out, is_long ? "\\begin{longtable}" : "\\begin{table}\n");
  if (is_long)
    append_latex_columns (out, self);
  g_string_append (out, "\\caption{");
  append_latex (out, self->title);
  g_string_append (out, ". ");
  append_latex (out, self->sentence);
  if (is_long)
    g_string_append (out, "} \\\\\n");
  else
    {
      g_string_append (out, "}\n\\begin{tabular}");
      append_latex_columns (out, self);
    }
  append_latex_heads (out, self);
  if (is_long)
    {
      /* Above this, what stands on its first page; the heads come again on each that follows. */
      g_string_append (out, "\\endfirsthead\n");
      append_latex_heads (out, self);
      g_string_append (out, "\\endhead\n\\bottomrule\n\\endfoot\n");
    }
  for (guint r = 0; r < self->rows->len; r++)
    append_latex_row (out, self->rows->pdata[r]);
  g_string_append (out, is_long ? "\\end{longtable}\n" : "\\bottomrule\n\\end{tabular}\n\\end{table}\n");
}

static void
append_html (GString *out, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (out, "%s%s%s", before, escaped, after);
}

static void
append_html_table (GString *out, const SemioTextTable *self)
{
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
          const SemioTextCell *cell = &g_array_index (row, SemioTextCell, i);

          g_string_append (out, cell->kind == SEMIO_TEXT_CELL_TEXT ? "<td>" : "<td align=\"right\">");
          append_html (out, cell->bold ? "<b>" : "", cell->text, cell->bold ? "</b></td>" : "</td>");
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody>\n</table>\n");
}

static void
append_tsv (GString *out, const char *text, gboolean last)
{
  for (const char *at = text; *at != '\0'; at++)
    g_string_append_c (out, *at == '\t' || *at == '\n' || *at == '\r' ? ' ' : *at);
  g_string_append_c (out, last ? '\n' : '\t');
}

static void
append_tsv_table (GString *out, const SemioTextTable *self)
{
  for (guint i = 0; i < self->heads->len; i++)
    append_tsv (out, self->heads->pdata[i], i + 1 == self->heads->len);
  for (guint r = 0; r < self->rows->len; r++)
    {
      const GArray *row = self->rows->pdata[r];

      for (guint i = 0; i < row->len; i++)
        append_tsv (out, g_array_index (row, SemioTextCell, i).text, i + 1 == row->len);
    }
}

static GBytes *
write_csv (GPtrArray *tables, const char *title)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();

  for (guint i = 0; i < tables->len; i++)
    {
      const SemioTextTable *table = tables->pdata[i];

      if (i > 0)
        semio_csv_writer_end_row (writer);
      if (title != NULL)
        {
          semio_csv_writer_add_text (writer, table->title);
          semio_csv_writer_end_row (writer);
        }
      append_csv (writer, table);
    }
  return semio_csv_writer_steal_bytes (writer);
}

static GBytes *
write_json (GPtrArray *tables, const char *title)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, 1);
  if (title == NULL)
    append_json (builder, tables->pdata[0]);
  else
    {
      json_builder_set_member_name (builder, "title");
      json_builder_add_string_value (builder, title);
      json_builder_set_member_name (builder, "tables");
      json_builder_begin_array (builder);
      for (guint i = 0; i < tables->len; i++)
        {
          json_builder_begin_object (builder);
          append_json (builder, tables->pdata[i]);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
write_latex (GPtrArray *tables)
{
  g_autoptr (GString) out = g_string_new ("% Needs \\usepackage{amssymb}, \\usepackage{booktabs} and \\usepackage{longtable}.\n");

  for (guint i = 0; i < tables->len; i++)
    append_latex_table (out, tables->pdata[i]);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
write_html (GPtrArray *tables, const char *title)
{
  g_autoptr (GString) out = g_string_new ("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");

  append_html (out, "<title>", title != NULL ? title : ((SemioTextTable *) tables->pdata[0])->title,
               "</title>\n</head>\n<body>\n");
  if (title != NULL)
    append_html (out, "<h1>", title, "</h1>\n");
  for (guint i = 0; i < tables->len; i++)
    {
      g_string_append (out, i > 0 ? "<p></p>\n" : "");
      append_html_table (out, tables->pdata[i]);
    }
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
write_tsv (GPtrArray *tables, const char *title)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < tables->len; i++)
    {
      if (title != NULL)
        g_string_append_printf (out, "%s%s\n", i > 0 ? "\n" : "", ((SemioTextTable *) tables->pdata[i])->title);
      append_tsv_table (out, tables->pdata[i]);
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
semio_text_tables_write (GPtrArray *tables, const char *title, SemioTableFormat format)
{
  g_return_val_if_fail (title != NULL || tables->len == 1, NULL);
  switch (format)
    {
    case SEMIO_TABLE_CSV:
      return write_csv (tables, title);
    case SEMIO_TABLE_JSON:
      return write_json (tables, title);
    case SEMIO_TABLE_LATEX:
      return write_latex (tables);
    case SEMIO_TABLE_HTML:
      return write_html (tables, title);
    case SEMIO_TABLE_TSV:
    default:
      return write_tsv (tables, title);
    }
}

GBytes *
semio_text_table_write (const SemioTextTable *self, SemioTableFormat format)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, (gpointer) self);
  return semio_text_tables_write (one, NULL, format);
}

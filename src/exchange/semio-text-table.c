/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "semio-text-table-private.h"

static void
cell_clear (gpointer data)
{
  g_free (((SemioTextCell *) data)->text);
  g_free (((SemioTextCell *) data)->why);
  g_free (((SemioTextCell *) data)->full);
}

SemioTextTable *
semio_text_table_new (const char *title, const char *sentence)
{
  SemioTextTable *self = g_new0 (SemioTextTable, 1);

  self->title = g_strdup (title);
  self->sentence = g_strdup (sentence);
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->with_intervals = g_array_new (FALSE, FALSE, sizeof (gboolean));
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return self;
}

static void
add_head (SemioTextTable *self, const char *text, gboolean with_intervals)
{
  g_ptr_array_add (self->heads, g_strdup (text));
  g_array_append_val (self->with_intervals, with_intervals);
}

SemioTextTable *
semio_text_table_copy (const SemioTextTable *self)
{
  SemioTextTable *copy = semio_text_table_new (self->title, self->sentence);

  for (guint i = 0; i < self->heads->len; i++)
    add_head (copy, self->heads->pdata[i], g_array_index (self->with_intervals, gboolean, i));
  for (guint r = 0; r < self->rows->len; r++)
    {
      const GArray *row = self->rows->pdata[r];

      semio_text_table_begin_row (copy);
      for (guint i = 0; i < row->len; i++)
        {
          SemioTextCell cell = g_array_index (row, SemioTextCell, i);

          cell.text = g_strdup (cell.text);
          cell.why = g_strdup (cell.why);
          cell.full = g_strdup (cell.full);
          g_array_append_val ((GArray *) copy->rows->pdata[r], cell);
        }
    }
  return copy;
}

void
semio_text_table_free (SemioTextTable *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->sentence);
  g_ptr_array_unref (self->heads);
  g_array_unref (self->with_intervals);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const char *
semio_text_table_get_title (const SemioTextTable *self)
{
  return self->title;
}

guint
semio_text_table_get_n_columns (const SemioTextTable *self)
{
  return self->heads->len;
}

guint
semio_text_table_get_n_rows (const SemioTextTable *self)
{
  return self->rows->len;
}

const char *
semio_text_table_get_head (const SemioTextTable *self, guint column)
{
  g_return_val_if_fail (column < self->heads->len, NULL);
  return self->heads->pdata[column];
}

const char *
semio_text_table_get_cell (const SemioTextTable *self, guint row, guint column, gboolean *is_number, gboolean *bold)
{
  const GArray *cells = row < self->rows->len ? self->rows->pdata[row] : NULL;
  const SemioTextCell *cell = cells != NULL && column < cells->len ? &g_array_index (cells, SemioTextCell, column) : NULL;

  if (is_number != NULL)
    *is_number = cell != NULL && cell->kind != SEMIO_TEXT_CELL_TEXT;
  if (bold != NULL)
    *bold = cell != NULL && cell->bold;
  return cell != NULL ? cell->text : "";
}

const char *
semio_text_table_get_sentence (const SemioTextTable *self)
{
  return self->sentence;
}

void
semio_text_table_add_head (SemioTextTable *self, const char *text)
{
  add_head (self, text, FALSE);
}

void
semio_text_table_add_interval_head (SemioTextTable *self, const char *text)
{
  add_head (self, text, TRUE);
}

void
semio_text_table_begin_row (SemioTextTable *self)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (SemioTextCell));

  g_array_set_clear_func (row, cell_clear);
  g_ptr_array_add (self->rows, row);
}

static void
add (SemioTextTable *self, SemioTextCell cell)
{
  g_return_if_fail (self->rows->len > 0);
  g_array_append_val ((GArray *) self->rows->pdata[self->rows->len - 1], cell);
}

void
semio_text_table_add_text (SemioTextTable *self, const char *text)
{
  add (self, (SemioTextCell){ .kind = SEMIO_TEXT_CELL_TEXT, .text = g_strdup (text != NULL ? text : "") });
}

void
semio_text_table_add_short_text (SemioTextTable *self, const char *text, const char *full)
{
  add (self, (SemioTextCell){ .kind = SEMIO_TEXT_CELL_TEXT, .text = g_strdup (text), .full = g_strdup (full) });
}

void
semio_text_table_add_int (SemioTextTable *self, gint64 value)
{
  add (self, (SemioTextCell){
                 .kind = SEMIO_TEXT_CELL_INT, .value = (double) value, .text = g_strdup_printf ("%" G_GINT64_FORMAT, value) });
}

char *
semio_text_table_format_number (double value)
{
  int thousandths = (int) lround (fabs (value) * 1000);

  return g_strdup_printf ("%s%d.%03d", value < 0 && thousandths > 0 ? "-" : "", thousandths / 1000, thousandths % 1000);
}

/* "0.77": ends of intervals say how little the third decimal means. */
static char *
format_short (double value)
{
  int hundredths = (int) lround (fabs (value) * 100);

  return g_strdup_printf ("%s%d.%02d", value < 0 && hundredths > 0 ? "-" : "", hundredths / 100, hundredths % 100);
}

/* In a column with intervals all numbers have as many decimals. */
static char *
format_in_column (const SemioTextTable *self, double value)
{
  const GArray *row = self->rows->len > 0 ? self->rows->pdata[self->rows->len - 1] : NULL;
  const guint column = row != NULL ? row->len : 0;

  if (column < self->with_intervals->len && g_array_index (self->with_intervals, gboolean, column))
    return format_short (value);
  return semio_text_table_format_number (value);
}

void
semio_text_table_add_number (SemioTextTable *self, double value, gboolean bold)
{
  g_return_if_fail (isfinite (value));
  add (self,
       (SemioTextCell){ .kind = SEMIO_TEXT_CELL_NUMBER, .bold = bold, .value = value, .text = format_in_column (self, value) });
}

void
semio_text_table_add_marked (SemioTextTable *self, double value, gboolean bold, const char *sign)
{
  g_autofree char *number = semio_text_table_format_number (value);

  g_return_if_fail (isfinite (value));
  add (self, (SemioTextCell){
                 .kind = SEMIO_TEXT_CELL_NUMBER, .bold = bold, .value = value, .text = g_strdup_printf ("%s %s", number, sign) });
}

/* Ends and brackets break no line: the number may stand above them. */
#define NO_BREAK "\302\240"

void
semio_text_table_add_interval (SemioTextTable *self, double value, double low, double high, const char *sign)
{
  g_autofree char *number = format_short (value);
  g_autofree char *from = format_short (low);
  g_autofree char *to = format_short (high);

  g_return_if_fail (isfinite (value) && isfinite (low) && isfinite (high));
  add (self, (SemioTextCell){ .kind = SEMIO_TEXT_CELL_NUMBER,
                              .value = value,
                              .text = g_strdup_printf ("%s%s%s (%s," NO_BREAK "%s)", number, sign != NULL ? NO_BREAK : "",
                                                       sign != NULL ? sign : "", from, to),
                              .has_interval = TRUE,
                              .low = low,
                              .high = high });
}

void
semio_text_table_add_without_interval (SemioTextTable *self, double value, const char *why, const char *sign)
{
  g_autofree char *number = format_short (value);

  g_return_if_fail (isfinite (value));
  add (self, (SemioTextCell){ .kind = SEMIO_TEXT_CELL_NUMBER,
                              .value = value,
                              .text = g_strdup_printf ("%s%s%s", number, sign != NULL ? NO_BREAK : "", sign != NULL ? sign : ""),
                              .why = g_strdup (why) });
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

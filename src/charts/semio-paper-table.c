/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a report: columns as wide as their words where there is room, words broken where there is not. */
#include <pango/pangocairo.h>

#include "semio-paper-private.h"

#define CELL_PT 8.0
#define GAP_PT 8.0
#define ROW_GAP_PT 2.5
/* A column of words is not made narrower than this. */
#define LEAST_PT 40.0
#define MAX_HEAD_PT 62.0
#define MAX_WORD_PT 90.0
#define STEP_PT 2.0

typedef struct {
  SemioPaper *paper;
  const char *const *heads;
  const SemioPaperCell *cells;
  guint n_columns, n_rows;
  double *widths;
  double *leasts; /* the longest word of a column, which nothing breaks */
  gboolean *is_number; /* of a column */
} Table;

static double
measure (SemioPaper *paper, const char *text, gboolean bold)
{
  g_autoptr (PangoLayout) layout = semio_paper_make_layout (paper, text, CELL_PT, bold, 0);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE + 0.5;
}

static double
measure_longest_word (SemioPaper *paper, const char *text, gboolean bold)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  double longest = 0;

  for (guint i = 0; words[i] != NULL; i++)
    longest = MAX (longest, measure (paper, words[i], bold));
  return MIN (longest, MAX_WORD_PT);
}

/* Columns of numbers do not break in a word. */
static void
measure_words (Table *table)
{
  for (guint c = 0; c < table->n_columns; c++)
    {
      table->leasts[c] = LEAST_PT;
      for (guint r = 0; r < table->n_rows; r++)
        {
          const SemioPaperCell *cell = &table->cells[r * table->n_columns + c];

          table->leasts[c] = MAX (table->leasts[c], measure_longest_word (table->paper, cell->text, cell->bold));
        }
    }
}

/* Columns that are still wider than their longest word; the widest of them. */
static guint
find_widest (const Table *table, double step)
{
  guint widest = G_MAXUINT;

  for (guint c = 0; c < table->n_columns; c++)
    if (table->widths[c] - step >= table->leasts[c] && (widest == G_MAXUINT || table->widths[c] > table->widths[widest]))
      widest = c;
  return widest;
}

/* The widest cell of each column; a head is broken sooner than that its column is made wide by it. */
static double
measure_columns (Table *table, double max_head_pt)
{
  double sum = GAP_PT * (table->n_columns - 1);

  for (guint c = 0; c < table->n_columns; c++)
    {
      table->widths[c] = MIN (measure (table->paper, table->heads[c], TRUE), max_head_pt);
      for (guint r = 0; r < table->n_rows; r++)
        {
          const SemioPaperCell *cell = &table->cells[r * table->n_columns + c];

          table->widths[c] = MAX (table->widths[c], measure (table->paper, cell->text, cell->bold));
          table->is_number[c] |= cell->is_number;
        }
      sum += table->widths[c];
    }
  return sum;
}

/* Takes from the widest columns until all fit. */
static void
fit_columns (Table *table)
{
  double over = measure_columns (table, MAX_HEAD_PT) - SEMIO_PAPER_TEXT_PT;

  if (over > 0)
    over = measure_columns (table, LEAST_PT) - SEMIO_PAPER_TEXT_PT;
  if (over > 0)
    measure_words (table);
  while (over > 0)
    {
      const double step = MIN (over, STEP_PT);
      const guint widest = find_widest (table, step);

      if (widest == G_MAXUINT)
        break;
      table->widths[widest] -= step;
      over -= step;
    }
  /* So many columns that even the least width of each is too much: all get their share. */
  for (guint c = 0; over > 0 && c < table->n_columns; c++)
    table->widths[c] *= SEMIO_PAPER_TEXT_PT / (SEMIO_PAPER_TEXT_PT + over);
}

static double
get_row_height (const Table *table, const SemioPaperCell *row)
{
  double height = 0;

  for (guint c = 0; c < table->n_columns; c++)
    {
      g_autoptr (PangoLayout) layout =
          semio_paper_make_layout (table->paper, row[c].text, CELL_PT, row[c].bold, table->widths[c]);
      int cell;

      pango_layout_get_size (layout, NULL, &cell);
      height = MAX (height, (double) cell / PANGO_SCALE);
    }
  return height;
}

/* Words of a row lie on its foot when it is a head, else at its top. */
static void
draw_row (const Table *table, const SemioPaperCell *row, double height, gboolean is_head)
{
  double x = SEMIO_PAPER_MARGIN_PT;

  for (guint c = 0; c < table->n_columns; c++)
    {
      g_autoptr (PangoLayout) layout =
          semio_paper_make_layout (table->paper, row[c].text, CELL_PT, row[c].bold, table->widths[c]);
      int cell;

      pango_layout_get_size (layout, NULL, &cell);
      pango_layout_set_alignment (layout, table->is_number[c] ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
      semio_color_set (table->paper->cr, table->paper->style.text);
      cairo_move_to (table->paper->cr, x, table->paper->y + (is_head ? height - (double) cell / PANGO_SCALE : 0));
      pango_cairo_show_layout (table->paper->cr, layout);
      x += table->widths[c] + GAP_PT;
    }
  table->paper->y += height + ROW_GAP_PT;
}

static void
draw_rule (const Table *table, double width)
{
  SemioPaper *paper = table->paper;
  double length = GAP_PT * (table->n_columns - 1);

  for (guint c = 0; c < table->n_columns; c++)
    length += table->widths[c];
  semio_color_set (paper->cr, paper->style.text);
  cairo_set_line_width (paper->cr, width);
  cairo_move_to (paper->cr, SEMIO_PAPER_MARGIN_PT, paper->y);
  cairo_line_to (paper->cr, SEMIO_PAPER_MARGIN_PT + length, paper->y);
  cairo_stroke (paper->cr);
  paper->y += ROW_GAP_PT;
}

static void
draw_heads (const Table *table)
{
  g_autofree SemioPaperCell *row = g_new0 (SemioPaperCell, table->n_columns);

  for (guint c = 0; c < table->n_columns; c++)
    row[c] = (SemioPaperCell){ table->heads[c], FALSE, TRUE };
  draw_rule (table, 1);
  draw_row (table, row, get_row_height (table, row), TRUE);
  draw_rule (table, 0.5);
}

void
semio_paper_add_table (SemioPaper *paper, const char *const *heads, const SemioPaperCell *cells, guint n_rows)
{
  guint n_columns = g_strv_length ((char **) heads);
  g_autofree double *widths = g_new0 (double, MAX (n_columns, 1));
  g_autofree double *leasts = g_new0 (double, MAX (n_columns, 1));
  g_autofree gboolean *is_number = g_new0 (gboolean, MAX (n_columns, 1));
  Table table = { paper, heads, cells, n_columns, n_rows, widths, leasts, is_number };

  if (n_columns == 0)
    return;
  fit_columns (&table);
  /* The heads and a few rows at least stand together. */
  if (semio_paper_get_room (paper) < CELL_PT * 8)
    semio_paper_new_page (paper);
  draw_heads (&table);
  for (guint r = 0; r < n_rows; r++)
    {
      double height = get_row_height (&table, cells + (gsize) r * n_columns);

      if (height + ROW_GAP_PT * 2 > semio_paper_get_room (paper))
        {
          draw_rule (&table, 1);
          semio_paper_new_page (paper);
          draw_heads (&table);
        }
      draw_row (&table, cells + (gsize) r * n_columns, height, FALSE);
    }
  draw_rule (&table, 1);
  paper->y += 8;
}

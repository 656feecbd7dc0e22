/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioTextTable:
 *
 * A table of a publication: a title, a sentence under it, heads, rows of cells. A cell is a text, a number, or words on why
 * there is no number. The same table gives the same bytes in every locale. Owned by the caller.
 */
typedef struct _SemioTextTable SemioTextTable;

typedef enum {
  SEMIO_TABLE_CSV, /* numbers in full */
  SEMIO_TABLE_JSON, /* {"schema":1,…}: numbers in full */
  SEMIO_TABLE_LATEX, /* a tabular with booktabs; numbers with three decimals */
  SEMIO_TABLE_HTML, /* a page with the table, as word processors take it */
  SEMIO_TABLE_TSV, /* as it is shown, for the clipboard */
} SemioTableFormat;

SemioTextTable *semio_text_table_new (const char *title, const char *sentence);
SemioTextTable *semio_text_table_copy (const SemioTextTable *table);
void semio_text_table_free (SemioTextTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTextTable, semio_text_table_free)

const char *semio_text_table_get_sentence (const SemioTextTable *table);
void semio_text_table_add_head (SemioTextTable *table, const char *text);
/* The head of a column whose numbers have intervals and two decimals. Where they are for programs they stand in full, and two columns more
 * follow, the ends. */
void semio_text_table_add_interval_head (SemioTextTable *table, const char *text);
/* Cells go to the last row that was begun. */
void semio_text_table_begin_row (SemioTextTable *table);
void semio_text_table_add_text (SemioTextTable *table, const char *text);
/* What people see under a row that says the rest of it; programs, which take each row by itself, are told all: full. */
void semio_text_table_add_short_text (SemioTextTable *table, const char *text, const char *full);
void semio_text_table_add_int (SemioTextTable *table, gint64 value);
/* bold: the one that is marked as best. Not a finite number: use semio_text_table_add_text() with the reason. */
void semio_text_table_add_number (SemioTextTable *table, double value, gboolean bold);
/* A number with a sign behind it; where numbers are for programs it stands without. */
void semio_text_table_add_marked (SemioTextTable *table, double value, gboolean bold, const char *sign);
/* A number and the ends of its interval, shown as "0.55 (0.41, 0.68)", in a column that has intervals; sign (nullable). */
void semio_text_table_add_interval (SemioTextTable *table, double value, double low, double high, const char *sign);
/* A number in such a column that has no interval, and why. */
void semio_text_table_add_without_interval (SemioTextTable *table, double value, const char *why, const char *sign);

/* What stands in a table, for whoever draws it. */
const char *semio_text_table_get_title (const SemioTextTable *table);
guint semio_text_table_get_n_columns (const SemioTextTable *table);
guint semio_text_table_get_n_rows (const SemioTextTable *table);
const char *semio_text_table_get_head (const SemioTextTable *table, guint column);
/* The cell as it is shown; "" where a row is shorter. is_number, bold: (nullable). */
const char *semio_text_table_get_cell (const SemioTextTable *table, guint row, guint column, gboolean *is_number, gboolean *bold);

/* By the name's ending; FALSE when it is none of them. */
gboolean semio_table_format_from_name (const char *file_name, SemioTableFormat *format);
GBytes *semio_text_table_write (const SemioTextTable *table, SemioTableFormat format);
/* Several in one file; title (of HTML). CSV and TSV: with a line for the title of each, and an empty one between. JSON:
 * {"schema":1,"title":…,"tables":[…]}. */
GBytes *semio_text_tables_write (GPtrArray *tables, const char *title, SemioTableFormat format);
/* "0.771": three decimals, the same in every locale. */
char *semio_text_table_format_number (double value);

G_END_DECLS

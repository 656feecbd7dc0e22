/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-exchange-error.h"

G_BEGIN_DECLS

/* What is refused rather than read. */
typedef struct {
  gsize max_bytes; /* of the file */
  guint max_rows;
  guint max_columns;
  gsize max_cell_bytes;
} SemioCsvLimits;

#define SEMIO_CSV_LIMITS_INIT                                                                                                    \
  {                                                                                                                              \
    512 * 1024 * 1024, 2000000, 4096, 1024 * 1024                                                                                \
  }

/**
 * SemioCsvTable:
 *
 * A CSV file as rows of cells, all of one width, each with the place it came from. Row 0 is the header. Immutable,
 * reference counted.
 */
typedef struct _SemioCsvTable SemioCsvTable;

/* name: what errors call the file. limits: NULL for the usual ones. Lines count from 1 and are those of the file, so that a
 * quoted line break moves them on; columns are cells, from 1, as a spreadsheet counts them. */
SemioCsvTable *semio_csv_read (GBytes *bytes, const char *name, const SemioCsvLimits *limits, GError **error);
/* Whether the first line looks separated by commas. A file separated by semicolons or tabs reads as one wide column, which
 * says nothing about what is wrong with it: the error names the separator and what to do. For tables of two columns or more. */
gboolean semio_csv_check_separator (GBytes *bytes, const char *name, GError **error);
SemioCsvTable *semio_csv_table_ref (SemioCsvTable *table);
void semio_csv_table_unref (SemioCsvTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCsvTable, semio_csv_table_unref)

const char *semio_csv_table_get_name (SemioCsvTable *table);
/* With the header. */
guint semio_csv_table_get_n_rows (SemioCsvTable *table);
guint semio_csv_table_get_n_columns (SemioCsvTable *table);
/* As it stands in the file, without quotes: valid UTF-8. */
const char *semio_csv_table_get_cell (SemioCsvTable *table, guint row, guint column);
/* The line on which the cell begins. */
guint semio_csv_table_get_line (SemioCsvTable *table, guint row, guint column);
/* Sets an error that names file, line and column of a cell (column from 0) before what is said. Always FALSE. */
gboolean semio_csv_table_fail (SemioCsvTable *table, guint row, guint column, GError **error, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

G_END_DECLS

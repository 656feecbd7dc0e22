/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-published.h"

#include "semio-csv-reader.h"
#include "semio-session-resources.h"
#include "semio-text.h"

#define RESOURCE "/io/github/semioscope/Semioscope/published/metrics.csv"

enum {
  FEATURE,
  GROUP,
  MODEL,
  ENHANCEMENT,
  ACCURACY,
  PRECISION,
  RECALL,
  F1,
  POSITIVES,
  N_COLUMNS,
};

static gboolean
read_share (SemioCsvTable *table, guint row, guint column, double *value, GError **error)
{
  const char *cell = semio_csv_table_get_cell (table, row, column);

  if (semio_text_to_double (cell, value, NULL) && *value >= 0 && *value <= 1)
    return TRUE;
  return semio_csv_table_fail (table, row, column, error, "“%s” is no share.", cell);
}

static SemioPublishedRow *
read_row (SemioCsvTable *table, guint number, GError **error)
{
  SemioPublishedRow *row = g_new0 (SemioPublishedRow, 1);
  gint64 positives = -1;

  row->feature = g_strdup (semio_csv_table_get_cell (table, number, FEATURE));
  row->group = g_strdup (semio_csv_table_get_cell (table, number, GROUP));
  row->model = g_strdup (semio_csv_table_get_cell (table, number, MODEL));
  row->enhancement = g_strdup (semio_csv_table_get_cell (table, number, ENHANCEMENT));
  if (!semio_text_to_int64 (semio_csv_table_get_cell (table, number, POSITIVES), &positives, NULL))
    positives = -1;
  row->positives = (int) positives;
  if (read_share (table, number, ACCURACY, &row->accuracy, error) && read_share (table, number, PRECISION, &row->precision, error)
      && read_share (table, number, RECALL, &row->recall, error) && read_share (table, number, F1, &row->f1, error))
    return row;
  semio_published_row_free (row);
  return NULL;
}

GPtrArray *
semio_published_load (GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_published_row_free);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (semio_session_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (SemioCsvTable) table = bytes ? semio_csv_read (bytes, "metrics.csv", NULL, error) : NULL;

  if (table == NULL)
    return NULL;
  g_return_val_if_fail (semio_csv_table_get_n_columns (table) == N_COLUMNS, NULL);
  for (guint i = 1; i < semio_csv_table_get_n_rows (table); i++)
    {
      SemioPublishedRow *row = read_row (table, i, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-projection.h"
#include "semio-verify-chains.h"

/* Bytes decide: numbers and texts are compared as SQLite renders them. */
static gboolean
is_same_row (SemioStatement *a, SemioStatement *b)
{
  const int n = semio_statement_get_n_columns (a);

  if (n != semio_statement_get_n_columns (b))
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      gsize a_length, b_length;
      const void *a_data, *b_data;

      if (semio_statement_is_null (a, i) != semio_statement_is_null (b, i))
        return FALSE;
      a_data = semio_statement_get_blob (a, i, &a_length);
      b_data = semio_statement_get_blob (b, i, &b_length);
      if (a_length != b_length || (a_length > 0 && memcmp (a_data, b_data, a_length) != 0))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compare (SemioVerify *verify, const SemioProjection *projection, GError **error)
{
  g_autoptr (SemioStatement) stands = semio_database_prepare (verify->database, projection->dump_sql, error);
  g_autoptr (SemioStatement) should =
      stands != NULL ? semio_database_prepare (verify->replay, projection->dump_sql, error) : NULL;
  guint n_rows = 0;

  if (should == NULL)
    return FALSE;
  while (TRUE)
    {
      gboolean stands_row, should_row;

      if (!semio_statement_step (stands, &stands_row, error) || !semio_statement_step (should, &should_row, error))
        return FALSE;
      if (!stands_row && !should_row)
        return TRUE;
      n_rows += 1;
      if (stands_row != should_row || !is_same_row (stands, should))
        {
          semio_verify_find (verify, _ ("The table of %s does not agree with the entries (row %u). It can be rebuilt from them."),
                             projection->label != NULL ? _ (projection->label) : projection->kind, n_rows);
          return TRUE;
        }
    }
}

gboolean
semio_verify_projections (SemioVerify *verify, GError **error)
{
  const SemioProjection *projections = semio_projection_get_list (verify->database);

  for (gsize i = 0; projections[i].kind != NULL; i++)
    if (projections[i].dump_sql != NULL && !compare (verify, &projections[i], error))
      return FALSE;
  return TRUE;
}

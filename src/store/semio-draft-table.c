/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-draft-table.h"

#include "semio-clock.h"

static const char *PUT_SQL = "INSERT INTO draft (person_id, recording_id, run_id, feature_id, segment, text, utc_us)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                             " ON CONFLICT (person_id, recording_id, run_id, feature_id, segment)"
                             " DO UPDATE SET text = excluded.text, utc_us = excluded.utc_us";
static const char *REMOVE_SQL = "DELETE FROM draft WHERE person_id = ?1 AND recording_id = ?2 AND run_id = ?3"
                                " AND feature_id = ?4 AND segment = ?5";
static const char *LOAD_SQL = "SELECT recording_id, run_id, feature_id, segment, text FROM draft"
                              " WHERE person_id = ?1 AND (?2 = 0 OR recording_id = ?2)";

void
semio_draft_clear (SemioDraft *draft)
{
  g_clear_pointer (&draft->text, g_free);
}

gboolean
semio_draft_table_set (SemioDatabase *database, gint64 person_id, const SemioItemKey *key, const char *text, GError **error)
{
  const gboolean remove = text == NULL || *text == '\0';
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, remove ? REMOVE_SQL : PUT_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, person_id);
  semio_statement_bind_int (statement, 2, key->recording_id);
  semio_statement_bind_int (statement, 3, key->run_id);
  semio_statement_bind_int (statement, 4, key->feature);
  semio_statement_bind_int (statement, 5, key->segment);
  if (!remove)
    {
      semio_statement_bind_text (statement, 6, text);
      semio_statement_bind_int (statement, 7, semio_clock_get_utc_us ());
    }
  return semio_statement_run (statement, error);
}

GArray *
semio_draft_table_load (SemioDatabase *database, gint64 person_id, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GArray) drafts = g_array_new (FALSE, TRUE, sizeof (SemioDraft));
  gboolean has_row;

  g_array_set_clear_func (drafts, (GDestroyNotify) semio_draft_clear);
  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, person_id);
  semio_statement_bind_int (statement, 2, recording_id);
  while (TRUE)
    {
      SemioDraft draft = { { 0 }, NULL };

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&drafts);
      draft.key.recording_id = semio_statement_get_int (statement, 0);
      draft.key.run_id = semio_statement_get_int (statement, 1);
      draft.key.feature = (guint) semio_statement_get_int (statement, 2);
      draft.key.segment = (int) semio_statement_get_int (statement, 3);
      draft.text = semio_statement_dup_text (statement, 4);
      g_array_append_val (drafts, draft);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-verify.h"

#include <glib/gi18n-lib.h>

#include "semio-projection.h"
#include "semio-schema.h"
#include "semio-verify-chains.h"

static const char *FEATURES_SQL = "SELECT id, name FROM feature ORDER BY id";
static const char *ADD_FEATURE_SQL = "INSERT INTO feature (id, name) VALUES (?1, ?2)";

void
semio_store_verify_report_free (SemioStoreVerifyReport *report)
{
  g_strfreev (report->findings);
  g_strfreev (report->remarks);
  g_free (report);
}

/* A private study of the same schema, still empty, in which the entries are applied anew. */
static SemioDatabase *
open_replay (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioDatabase) replay = semio_database_open_temporary (error);
  g_autoptr (SemioStatement) read = NULL;
  g_autoptr (SemioStatement) add = NULL;
  gboolean has_row = TRUE;

  if (replay == NULL || !semio_database_begin (replay, error) || !semio_schema_copy (database, replay, error))
    return NULL;
  read = semio_database_prepare (database, FEATURES_SQL, error);
  add = read != NULL ? semio_database_prepare (replay, ADD_FEATURE_SQL, error) : NULL;
  if (add == NULL)
    return NULL;
  while (has_row)
    {
      if (!semio_statement_step (read, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      semio_statement_bind_int (add, 1, semio_statement_get_int (read, 0));
      semio_statement_bind_text (add, 2, semio_statement_get_text (read, 1));
      if (!semio_statement_run (add, error))
        return NULL;
    }
  g_clear_pointer (&add, semio_statement_free);
  semio_projection_set_list (replay, semio_projection_get_list (database));
  return g_steal_pointer (&replay);
}

static SemioStoreVerifyReport *
make_report (SemioVerify *verify)
{
  SemioStoreVerifyReport *report = g_new0 (SemioStoreVerifyReport, 1);

  if (verify->n_redacted > 0)
    semio_verify_remark (verify, ngettext ("%u text is redacted.", "%u texts are redacted.", verify->n_redacted),
                         verify->n_redacted);
  if (verify->n_unread > 0)
    semio_verify_remark (verify,
                         ngettext ("%u entry is of a form that this version keeps but cannot show.",
                                   "%u entries are of a form that this version keeps but cannot show.", verify->n_unread),
                         verify->n_unread);
  semio_verify_remark (
      verify, "%s",
      _ ("Checked is what persons and the program decided, and that labels and answers are those that were imported or came. "
         "The study’s title, names of files and what was measured of the videos are not in the chains."));
  semio_verify_remark (verify, "%s",
                       _ ("This is no signature: it shows that entries were not changed by mistake or by one hand alone, not who "
                          "wrote them. Whoever rewrites the whole file can rewrite its chains."));
  report->good = verify->findings->len == 0;
  report->n_entries = verify->n_entries;
  report->n_writers = verify->n_writers;
  report->n_ratings = verify->n_ratings;
  report->n_ratings_differing = verify->n_ratings_differing;
  report->n_ratings_missing = verify->n_ratings_missing;
  g_ptr_array_add (verify->findings, NULL);
  g_ptr_array_add (verify->remarks, NULL);
  report->findings = (char **) g_ptr_array_free (g_steal_pointer (&verify->findings), FALSE);
  report->remarks = (char **) g_ptr_array_free (g_steal_pointer (&verify->remarks), FALSE);
  return report;
}

static gboolean
run (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!semio_schema_check (verify->database, TRUE, &local))
    {
      if (!g_error_matches (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      semio_verify_find (verify, "%s", local->message);
    }
  return semio_verify_chains (verify, progress, progress_data, cancellable, error) && semio_verify_tails (verify, error)
         && semio_verify_projections (verify, error) && semio_verify_imports (verify, progress, progress_data, cancellable, error)
         && semio_verify_live (verify, progress, progress_data, cancellable, error)
         && semio_verify_ratings (verify, progress, progress_data, cancellable, error);
}

SemioStoreVerifyReport *
semio_store_verify (SemioDatabase *database, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (SemioStudyHead) head = semio_schema_read_head (database, error);
  g_autoptr (SemioDatabase) replay = head != NULL ? open_replay (database, error) : NULL;
  SemioVerify verify = { 0 };
  SemioStoreVerifyReport *report = NULL;

  if (replay == NULL)
    return NULL;
  verify.database = database;
  verify.replay = replay;
  verify.study = head->uuid;
  verify.findings = g_ptr_array_new_with_free_func (g_free);
  verify.remarks = g_ptr_array_new_with_free_func (g_free);
  if (run (&verify, progress, progress_data, cancellable, error))
    report = make_report (&verify);
  semio_database_rollback (replay);
  g_clear_pointer (&verify.places, g_hash_table_unref);
  g_clear_pointer (&verify.findings, g_ptr_array_unref);
  g_clear_pointer (&verify.remarks, g_ptr_array_unref);
  return report;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-import-table.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "semio-clock.h"
#include "semio-text.h"

/* Where it cannot be told whether a program lives, one that has not touched its import for so long has ended. */
#define LEFTOVER_US (60 * G_USEC_PER_SEC)
#define MAX_LINK 128

static const char *BEGIN_SQL = "INSERT INTO import (uuid, state, run_id, reference_set_id, owner, touched_utc_us)"
                               " VALUES (?1, 0, ?2, ?3, ?4, ?5)";
static const char *TOUCH_SQL = "UPDATE import SET touched_utc_us = ?2 WHERE id = ?1 AND state = 0";
static const char *COMMIT_SQL = "UPDATE import SET state = 1, owner = '' WHERE id = ?1 AND state = 0";
static const char *NEWEST_SQL = "SELECT coalesce (max (id), 0) FROM import"
                                " WHERE state = 1 AND (run_id = ?1 OR reference_set_id = ?2)";
static const char *STAGED_SQL = "SELECT id, owner, touched_utc_us FROM import WHERE state = 0 ORDER BY id";
static const char *FIND_PART_SQL = "SELECT recording_id, run_id FROM coverage"
                                   " WHERE import_id = ?1 AND EXISTS (SELECT 1 FROM import WHERE id = ?1 AND state = 0) LIMIT 1";
static const char *DISCARD_PARTS_SQL[] = {
  "DELETE FROM reply_body WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3",
  "DELETE FROM reply WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3",
  "DELETE FROM explanation WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3",
  "DELETE FROM prediction WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3",
  "DELETE FROM coverage WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3",
};
static const char *DISCARD_SET_SQL[] = {
  "DELETE FROM label WHERE import_id = ?1 AND reference_set_id = (SELECT reference_set_id FROM import WHERE id = ?1)",
  "DELETE FROM event WHERE import_id = ?1 AND reference_set_id = (SELECT reference_set_id FROM import WHERE id = ?1)",
  "DELETE FROM finding WHERE import_id = ?1 AND reference_set_id = (SELECT reference_set_id FROM import WHERE id = ?1)",
  "DELETE FROM import WHERE id = ?1 AND state = 0",
};

/* "<boot>:<process namespace>:<process>". A process number means something only where the first two agree. */
char *
semio_import_table_get_owner (void)
{
  g_autofree char *boot = NULL;
  char space[MAX_LINK] = "";

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL))
    boot = g_strdup ("unknown");
  if (readlink ("/proc/self/ns/pid", space, sizeof space - 1) < 0)
    space[0] = '\0';
  g_strdelimit (space, ":", '-');
  return g_strdup_printf ("%s:%s:%ld", g_strstrip (boot), space, (long) getpid ());
}

static gboolean
has_ended (const char *owner, gint64 touched_utc_us)
{
  g_autofree char *own = semio_import_table_get_owner ();
  g_auto (GStrv) own_parts = g_strsplit (own, ":", 3);
  g_auto (GStrv) parts = g_strsplit (owner, ":", 3);
  const gint64 age_us = semio_clock_get_utc_us () - touched_utc_us;
  gint64 pid;

  if (g_strv_length (parts) != 3 || !semio_text_to_int64 (parts[2], &pid, NULL))
    return TRUE;
  if (!g_str_equal (parts[0], own_parts[0]) && !g_str_equal (own_parts[0], "unknown"))
    return age_us > LEFTOVER_US || age_us < -LEFTOVER_US;
  if (*parts[1] == '\0' || !g_str_equal (parts[1], own_parts[1]))
    return age_us > LEFTOVER_US || age_us < -LEFTOVER_US;
  return kill ((pid_t) pid, 0) != 0 && errno == ESRCH;
}

gint64
semio_import_table_begin (SemioDatabase *database, const SemioUuid *uuid, gint64 run_id, gint64 set_id, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, BEGIN_SQL, error);
  g_autofree char *owner = semio_import_table_get_owner ();

  if (insert == NULL)
    return 0;
  semio_statement_bind_uuid (insert, 1, uuid);
  if (run_id != 0)
    semio_statement_bind_int (insert, 2, run_id);
  else
    semio_statement_bind_null (insert, 2);
  if (set_id != 0)
    semio_statement_bind_int (insert, 3, set_id);
  else
    semio_statement_bind_null (insert, 3);
  semio_statement_bind_text (insert, 4, owner);
  semio_statement_bind_int (insert, 5, semio_clock_get_utc_us ());
  return semio_statement_run (insert, error) ? semio_database_get_last_row_id (database) : 0;
}

static gboolean
expect_change (SemioDatabase *database, SemioStatement *statement, GError **error)
{
  if (!semio_statement_run (statement, error))
    return FALSE;
  if (semio_database_get_n_changes (database) == 1)
    return TRUE;
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND,
                       _ ("The import rested for too long and was cleared away. Start it again."));
  return FALSE;
}

gboolean
semio_import_table_touch (SemioDatabase *database, gint64 import_id, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, TOUCH_SQL, error);

  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, import_id);
  semio_statement_bind_int (update, 2, semio_clock_get_utc_us ());
  return expect_change (database, update, error);
}

gboolean
semio_import_table_commit (SemioDatabase *database, gint64 import_id, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, COMMIT_SQL, error);

  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, import_id);
  return expect_change (database, update, error);
}

gboolean
semio_import_table_get_newest (SemioDatabase *database, gint64 run_id, gint64 set_id, gint64 *import_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, NEWEST_SQL, error);
  gboolean has_row;

  *import_id = 0;
  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, run_id);
  semio_statement_bind_int (statement, 2, set_id);
  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *import_id = semio_statement_get_int (statement, 0);
  return TRUE;
}

gboolean
semio_import_table_find_leftover (SemioDatabase *database, gint64 *import_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, STAGED_SQL, error);
  gboolean has_row;

  *import_id = 0;
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (has_ended (semio_statement_get_text (statement, 1), semio_statement_get_int (statement, 2)))
        {
          *import_id = semio_statement_get_int (statement, 0);
          return TRUE;
        }
    }
}

static gboolean
discard_part (SemioDatabase *database, gint64 recording_id, gint64 run_id, gint64 import_id, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (DISCARD_PARTS_SQL); i++)
    {
      g_autoptr (SemioStatement) statement = semio_database_prepare (database, DISCARD_PARTS_SQL[i], error);

      if (statement == NULL)
        return FALSE;
      semio_statement_bind_int (statement, 1, recording_id);
      semio_statement_bind_int (statement, 2, run_id);
      semio_statement_bind_int (statement, 3, import_id);
      if (!semio_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
discard_rest (SemioDatabase *database, gint64 import_id, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (DISCARD_SET_SQL); i++)
    {
      g_autoptr (SemioStatement) statement = semio_database_prepare (database, DISCARD_SET_SQL[i], error);

      if (statement == NULL)
        return FALSE;
      semio_statement_bind_int (statement, 1, import_id);
      if (!semio_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
semio_import_table_discard_slice (SemioDatabase *database, gint64 import_id, gboolean *done, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, FIND_PART_SQL, error);
  gboolean has_row;
  gint64 recording_id, run_id;

  *done = FALSE;
  if (find == NULL)
    return FALSE;
  semio_statement_bind_int (find, 1, import_id);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      *done = TRUE;
      return discard_rest (database, import_id, error);
    }
  recording_id = semio_statement_get_int (find, 0);
  run_id = semio_statement_get_int (find, 1);
  semio_statement_reset (find);
  return discard_part (database, recording_id, run_id, import_id, error);
}

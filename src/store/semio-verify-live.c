/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of models that were asked, against the entries that say which came. */
#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-error.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-live-private.h"
#include "semio-verify-chains.h"

#define ROWS_PER_LOOK 2000
#define MAX_NAMED 5
#define FIRST_CELL_COLUMN 4

static const char *CELLS_SQL =
    "SELECT i.live_id, p.recording_id, c.uuid, p.feature_id, " SEMIO_LIVE_CELL_COLUMNS
    " FROM prediction AS p CROSS JOIN import AS i ON i.id = p.import_id"
    " CROSS JOIN recording AS c ON c.id = p.recording_id" SEMIO_LIVE_CELL_JOINS " WHERE i.live_id IS NOT NULL AND i.state = 1";
static const char *STRANGE_SQL = "SELECT count (*) FROM import AS i JOIN live AS l ON l.id = i.live_id"
                                 " WHERE i.state = 1 AND (l.run_id IS NULL OR l.run_id <> i.run_id)";
/* What belongs to no answer. */
static const char *LOOSE_SQL =
    "SELECT count (*) FROM reply AS r WHERE NOT EXISTS (SELECT 1 FROM prediction AS p WHERE p.recording_id = r.recording_id"
    " AND p.run_id = r.run_id AND p.feature_id = r.feature_id AND p.segment = r.segment AND p.kind = r.kind"
    " AND p.attempt = r.attempt AND p.import_id = r.import_id)";
static const char *NAMES_SQL = "SELECT coalesce (a.pseudonym, c.pseudonym), t.text FROM recording AS c"
                               " LEFT JOIN recording AS a ON a.id = c.alias_of LEFT JOIN run AS r ON r.uuid = ?2"
                               " LEFT JOIN entry_text AS t ON t.hash = r.name_hash WHERE c.uuid = ?1";

/* One answer; all members are looked at byte by byte, so there is no padding. */
typedef struct {
  gint64 live_id;
  gint64 recording_id;
  gint64 feature_id;
  gint64 segment;
  gint64 kind;
  gint64 attempt;
} Key;

/* An entry that speaks of answers, and what stands of them. */
typedef struct {
  SemioUuid run;
  SemioUuid recording;
  int segment;
  SemioImportDigest told;
  SemioImportDigest stands;
} Told;

typedef struct {
  SemioVerify *verify;
  GArray *told; /* of Told */
  GHashTable *cells; /* Key → GArray of guint: places in told; two copies may both have told of one */
  guint n_untold;
  guint n_differing;
  GString *names;
  GCancellable *cancellable;
} Live;

static guint
hash_key (gconstpointer data)
{
  const guint8 *bytes = data;
  guint hash = 2166136261u;

  for (gsize i = 0; i < sizeof (Key); i++)
    hash = (hash ^ bytes[i]) * 16777619u;
  return hash;
}

static gboolean
equal_key (gconstpointer a, gconstpointer b)
{
  const Key *p = a;
  const Key *q = b;

  return p->live_id == q->live_id && p->recording_id == q->recording_id && p->feature_id == q->feature_id
         && p->segment == q->segment && p->kind == q->kind && p->attempt == q->attempt;
}

static void
note_cell (Live *live, const Key *key, guint place)
{
  GArray *places = g_hash_table_lookup (live->cells, key);

  if (places == NULL)
    {
      places = g_array_sized_new (FALSE, FALSE, sizeof (guint), 1);
      g_hash_table_insert (live->cells, g_memdup2 (key, sizeof *key), places);
    }
  g_array_append_val (places, place);
}

static gboolean
note_cells (Live *live, const SemioEntry *entry, GArray *names, Key *key, guint place, GError **error)
{
  SemioDatabase *database = live->verify->database;
  SemioUuid uuid;

  if (!semio_entry_payload_get_uuid (entry->payload, "live", &uuid, error)
      || !semio_identity_find (database, SEMIO_IDENTITY_LIVE, &uuid, &key->live_id, error)
      || !semio_entry_payload_get_uuid (entry->payload, "recording", &uuid, error)
      || !semio_identity_find (database, SEMIO_IDENTITY_RECORDING, &uuid, &key->recording_id, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const SemioLiveCellName *name = &g_array_index (names, SemioLiveCellName, i);

      if (!semio_identity_find_feature (database, name->feature, &key->feature_id, error))
        return FALSE;
      key->kind = name->kind;
      key->attempt = name->attempt;
      note_cell (live, key, place);
    }
  return TRUE;
}

static gboolean
note_entry (SemioEntry *entry, gpointer user_data, GError **error)
{
  Live *live = user_data;
  g_autoptr (GArray) names = semio_live_cells_from_json (entry->payload);
  const guint place = live->told->len;
  Told told = { .segment = 0 };
  Key key = { 0 };

  if (names == NULL || !semio_import_digest_from_json (entry->payload, &told.told)
      || !semio_entry_payload_get_uuid (entry->payload, "run", &told.run, NULL)
      || !semio_entry_payload_get_uuid (entry->payload, "recording", &told.recording, NULL)
      || !semio_json_get_int (entry->payload, "segment", &key.segment, NULL))
    {
      live->verify->n_unread += 1;
      return TRUE;
    }
  told.segment = (int) key.segment;
  g_array_append_val (live->told, told);
  return note_cells (live, entry, names, &key, place, error);
}

static void
add_cell (Live *live, SemioStatement *statement)
{
  const Key key = { semio_statement_get_int (statement, 0),
                    semio_statement_get_int (statement, 1),
                    semio_statement_get_int (statement, 3),
                    semio_statement_get_int (statement, FIRST_CELL_COLUMN + 1),
                    semio_statement_get_int (statement, FIRST_CELL_COLUMN + 2),
                    semio_statement_get_int (statement, FIRST_CELL_COLUMN + 3) };
  const SemioUuid recording = semio_statement_get_uuid (statement, 2);
  const GArray *places = g_hash_table_lookup (live->cells, &key);

  live->n_untold += places == NULL;
  for (guint i = 0; places != NULL && i < places->len; i++)
    semio_live_digest_add (&g_array_index (live->told, Told, g_array_index (places, guint, i)).stands, &recording, statement,
                           FIRST_CELL_COLUMN);
}

static gboolean
read_cells (Live *live, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (live->verify->database, CELLS_SQL, error);
  gboolean has_row;

  if (read == NULL)
    return FALSE;
  for (guint row = 0;; row++)
    {
      if (row % ROWS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (live->cancellable, error))
        return FALSE;
      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      add_cell (live, read);
    }
}

static void
name_told (Live *live, const Told *told)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (live->verify->database, NAMES_SQL, NULL);
  const char *recording = NULL;
  const char *run = NULL;
  gboolean has_row = FALSE;

  live->n_differing += 1;
  if (live->n_differing > MAX_NAMED + 1)
    return;
  if (live->n_differing > MAX_NAMED)
    {
      g_string_append (live->names, " …");
      return;
    }
  if (read != NULL)
    {
      semio_statement_bind_uuid (read, 1, &told->recording);
      semio_statement_bind_uuid (read, 2, &told->run);
      if (semio_statement_step (read, &has_row, NULL) && has_row)
        {
          recording = semio_statement_is_null (read, 0) ? NULL : semio_statement_get_text (read, 0);
          run = semio_statement_is_null (read, 1) ? NULL : semio_statement_get_text (read, 1);
        }
    }
  if (live->n_differing > 1)
    g_string_append (live->names, "; ");
  if (told->segment < 0)
    /* Translators: a recording's pseudonym, the name of a run. */
    g_string_append_printf (live->names, _ ("%s in run “%s”"), recording != NULL ? recording : "?", run != NULL ? run : "?");
  else
    /* Translators: a recording's pseudonym, the number of a segment from 1, the name of a run. */
    g_string_append_printf (live->names, _ ("%s segment %d in run “%s”"), recording != NULL ? recording : "?", told->segment + 1,
                            run != NULL ? run : "?");
}

static void
compare (Live *live)
{
  for (guint i = 0; i < live->told->len; i++)
    {
      const Told *told = &g_array_index (live->told, Told, i);

      for (guint part = 0; part < SEMIO_IMPORT_N_PARTS; part++)
        if (!semio_import_digest_part_equal (&told->told, &told->stands, part))
          {
            name_told (live, told);
            break;
          }
    }
  if (live->n_differing > 0)
    semio_verify_find (live->verify,
                       ngettext ("The answers that a model gave are not those that came, in %u place: %s.",
                                 "The answers that a model gave are not those that came, in %u places: %s.", live->n_differing),
                       live->n_differing, live->names->str);
  if (live->n_untold > 0)
    semio_verify_remark (live->verify,
                         ngettext ("%u answer of a model is not covered by an entry yet: whether it was changed cannot be told "
                                   "before its run goes on or ends.",
                                   "%u answers of models are not covered by entries yet: whether they were changed cannot be "
                                   "told before their runs go on or end.",
                                   live->n_untold),
                         live->n_untold);
}

static gboolean
check_loose (Live *live, GError **error)
{
  gint64 n_strange, n_loose;

  if (!semio_database_get_int (live->verify->database, STRANGE_SQL, 0, &n_strange, error)
      || !semio_database_get_int (live->verify->database, LOOSE_SQL, 0, &n_loose, error))
    return FALSE;
  if (n_strange > 0)
    semio_verify_find (live->verify,
                       ngettext ("Answers of models stand in the file in %d place that no entry speaks of.",
                                 "Answers of models stand in the file in %d places that no entry speaks of.", (gulong) n_strange),
                       (int) n_strange);
  if (n_loose > 0)
    semio_verify_find (live->verify,
                       ngettext ("%d reply of a server stands in the file without its answer.",
                                 "%d replies of servers stand in the file without their answers.", (gulong) n_loose),
                       (int) n_loose);
  return TRUE;
}

static void
free_places (gpointer data)
{
  g_array_unref (data);
}

gboolean
semio_verify_live (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GArray) told = g_array_new (FALSE, TRUE, sizeof (Told));
  g_autoptr (GHashTable) cells = g_hash_table_new_full (hash_key, equal_key, g_free, free_places);
  g_autoptr (GString) names = g_string_new (NULL);
  Live live = { .verify = verify, .told = told, .cells = cells, .names = names, .cancellable = cancellable };
  g_autoptr (GError) local = NULL;

  if (progress != NULL)
    progress (0, _ ("Checking answers of models"), progress_data);
  /* An entry that cannot be read was told already. */
  if (!semio_entry_table_foreach (verify->database, SEMIO_ENTRY_ANSWERS, note_entry, &live, &local)
      && local->domain != SEMIO_BASE_ERROR && !g_error_matches (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!read_cells (&live, error))
    return FALSE;
  compare (&live);
  return check_loose (&live, error);
}

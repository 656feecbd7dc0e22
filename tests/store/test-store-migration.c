/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "semio-backup.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-migration.h"
#include "semio-projection.h"
#include "semio-rating-table.h"
#include "semio-schema.h"
#include "semio-store-fixture-findings.h"
#include "semio-store-fixture-live.h"
#include "semio-store-service-private.h"

/* A kind that no version has: what the weather was when a recording was made. */
static const char *ADD_WEATHER_SQL = "INSERT INTO weather (recording_id, sky) VALUES (?1, ?2)"
                                     " ON CONFLICT (recording_id) DO UPDATE SET sky = excluded.sky";

static gboolean
apply_weather (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, ADD_WEATHER_SQL, error);
  const char *sky = semio_json_get_text (entry->payload, "sky", error);
  SemioUuid recording;
  gint64 recording_id;

  if (insert == NULL || sky == NULL || !semio_entry_payload_get_uuid (entry->payload, "recording", &recording, error)
      || !semio_identity_ensure (database, SEMIO_IDENTITY_RECORDING, &recording, &recording_id, error))
    return FALSE;
  semio_statement_bind_int (insert, 1, recording_id);
  semio_statement_bind_text (insert, 2, sky);
  return semio_statement_run (insert, error);
}

static const SemioProjection weather_projections[] = {
  { "weather", apply_weather, "DELETE FROM weather",
    "SELECT r.uuid, w.sky FROM weather AS w JOIN recording AS r ON r.id = w.recording_id ORDER BY r.uuid", "weathers" },
  { SEMIO_ENTRY_RATING, NULL, NULL, NULL, NULL },
  { NULL, NULL, NULL, NULL, NULL },
};

static gboolean
add_weather_table (SemioDatabase *database, GError **error)
{
  return semio_database_execute (database,
                                 "CREATE TABLE weather (recording_id INTEGER PRIMARY KEY REFERENCES recording (id),"
                                 " sky TEXT NOT NULL) STRICT",
                                 error);
}

/* What comes before is the program's own. */
static gboolean
go_to_2 (SemioDatabase *database, GError **error)
{
  return semio_migrations[0].step (database, error);
}

static gboolean
go_to_3 (SemioDatabase *database, GError **error)
{
  return semio_migrations[1].step (database, error);
}

static const SemioMigration weather_migrations[] = { { 2, go_to_2 }, { 3, go_to_3 }, { 4, add_weather_table }, { 0, NULL } };

static gboolean
fail_half_way (SemioDatabase *database, GError **error)
{
  return add_weather_table (database, error) && semio_database_execute (database, "CREATE TABLE weather (x) STRICT", error);
}

static const SemioMigration failing_migrations[] = { { 2, go_to_2 }, { 3, go_to_3 }, { 4, fail_half_way }, { 0, NULL } };

static gint64
get_int (SemioDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  semio_database_get_int (database, sql, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static gint64
get_newest_backup (SemioDatabase *database)
{
  g_autoptr (SemioStudyHead) head = semio_schema_read_head (database, NULL);

  return semio_backup_get_newest_us (&head->uuid);
}

static SemioDatabase *
open_direct (const char *path)
{
  g_autoptr (GError) error = NULL;
  const SemioUuid writer = { "migrations write" };
  SemioDatabase *database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, &error);

  g_assert_no_error (error);
  semio_database_set_writer (database, &writer);
  return database;
}

static void
migrate (SemioDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gboolean done = semio_migration_run (database, semio_migrations, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
append_weather (SemioDatabase *database, const char *sky)
{
  g_autoptr (SemioEntry) entry = semio_entry_new ("weather", NULL, json_object_new ());
  g_autoptr (GError) error = NULL;
  SemioUuid recording;
  gboolean done;

  semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, 1, &recording, &error);
  g_assert_no_error (error);
  semio_entry_payload_set_uuid (entry->payload, "recording", &recording);
  json_object_set_string_member (entry->payload, "sky", sky);
  done = semio_database_begin (database, &error) && semio_entry_table_append (database, entry, &error)
         && semio_database_commit (database, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* Entries of a kind without a table are kept; the migration that brings the table fills it from them. */
static void
test_new_kind (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "weather.semio");
  g_autoptr (SemioDatabase) database = open_direct (path);
  g_autoptr (SemioStatement) sky = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_row, done;
  guint n_skipped;
  gint64 first_us, second_us;

  migrate (database);
  first_us = get_newest_backup (database);
  g_assert_cmpint (first_us, >, 0);
  append_weather (database, "cloudy");
  semio_projection_set_list (database, weather_projections);
  done = semio_migration_run (database, weather_migrations, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 4);
  second_us = get_newest_backup (database);
  g_assert_cmpint (second_us, >, first_us);
  g_assert_cmpint (get_int (database, "SELECT count (*) FROM weather WHERE sky = 'cloudy'"), ==, 1);

  done = semio_database_begin (database, &error) && semio_projection_rebuild (database, &n_skipped, &error)
         && semio_database_commit (database, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpuint (n_skipped, ==, 0);
  append_weather (database, "a “clear” sky");
  g_assert_cmpint (get_int (database, "SELECT count (*) FROM weather"), ==, 1);
  sky = semio_database_prepare (database, "SELECT sky FROM weather", &error);
  done = semio_statement_step (sky, &has_row, &error);
  g_assert_true (done && has_row);
  g_assert_cmpstr (semio_statement_get_text (sky, 0), ==, "a “clear” sky");
  /* Running it again has nothing to do and makes no further backup. */
  done = semio_migration_run (database, weather_migrations, &error);
  g_assert_true (done);
  g_assert_cmpint (get_newest_backup (database), ==, second_us);
}

/* A step that fails leaves the study as it was, at its old version. */
static void
test_failing_step (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "failing.semio");
  g_autoptr (SemioDatabase) database = open_direct (path);
  g_autoptr (GError) error = NULL;
  gboolean done = semio_migration_run (database, failing_migrations, &error);

  g_assert_false (done);
  g_assert_nonnull (error);
  /* The step before it stands. */
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (get_int (database, "SELECT count (*) FROM sqlite_schema WHERE name = 'weather'"), ==, 0);
}

/* An older study from elsewhere is compared with the schema of its own version, then migrated; the program before refuses it. */
static void
test_open_older (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "older.semio");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_service_open_with (file, SEMIO_STORE_OPEN_NONE, weather_migrations, NULL, &error);

  g_assert_no_error (error);
  semio_store_fixture_close (service);
  service = semio_store_fixture_open (path, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NEWER);
  g_assert_null (service);
}

static gpointer
ratings_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_rating_table_load (database, 0, 0, error);
}

/* What version 1 wrote is read word for word by today's program, and its chains hold. */
static void
test_fixture (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "fixture.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ratings = NULL;
  g_autofree char *remarks = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  g_assert_no_error (error);
  ratings = semio_store_fixture_read (service, ratings_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ratings->len, ==, 5);
  g_assert_cmpstr (((SemioRating *) g_ptr_array_index (ratings, 1))->comment, ==, "left, not right");
  g_assert_cmpint (((SemioRating *) g_ptr_array_index (ratings, 1))->score, ==, 3);
  g_assert_true (((SemioRating *) g_ptr_array_index (ratings, 4))->withdrawn);
  report = semio_store_fixture_verify (service);
  remarks = g_strjoinv ("\n", report->remarks);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  g_assert_cmpuint (report->n_entries, ==, 17);
  /* What its ratings were given for was made up, and its import is of the time before the digest. */
  g_assert_nonnull (strstr (remarks, "4 ratings were given for other explanations than those that stand, which came with imports "
                                     "from before the digest"));
  semio_store_fixture_close (service);
}

/* Rebuilding from entries gives the tables that stood. */
static void
test_rebuild (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "rebuild.semio");
  g_autoptr (SemioDatabase) database = open_direct (path);
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 n_ratings = get_int (database, "SELECT count (*) FROM rating");
  gboolean done;

  migrate (database);
  done = semio_database_begin (database, &error)
         && semio_database_execute (database, "DELETE FROM rating; UPDATE recording SET pseudonym = 'lost'", &error)
         && semio_projection_rebuild (database, NULL, &error) && semio_database_commit (database, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpint (get_int (database, "SELECT count (*) FROM rating"), ==, n_ratings);
  g_assert_cmpint (get_int (database, "SELECT count (*) FROM recording WHERE pseudonym = 'lost'"), ==, 0);
  report = semio_store_verify (database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->findings[0], ==, NULL);
}

/* The rows of a version 1 study, table by table; what was added to tables since is left out. */
static const char *const v1_rows_sql[] = {
  "SELECT id || title || features || created_utc_us || program || hex (uuid) FROM study",
  "SELECT id || name FROM feature ORDER BY id",
  "SELECT id || hex (uuid) || seq || hex (hash) || head_entry_id FROM writer ORDER BY id",
  "SELECT id || hex (uuid) || writer_id || seq || lamport || kind || json || hex (hash) || forked FROM entry ORDER BY id",
  "SELECT hex (hash) || hex (salt) || text FROM entry_text ORDER BY hash",
  "SELECT hex (superseded) || entry_id FROM supersession ORDER BY superseded, entry_id",
  "SELECT id || hex (uuid) || hex (name_hash) || role FROM person ORDER BY id",
  "SELECT id || hex (uuid) || coalesce (pseudonym, '-') FROM patient ORDER BY id",
  "SELECT id || hex (content) || size_bytes || duration_ns || n_frames || sound || hex (frame_index) FROM medium ORDER BY id",
  "SELECT id || hex (uuid) || pseudonym || coalesce (patient_id, 0) || coalesce (medium_id, 0) || mirrored FROM recording"
  " ORDER BY id",
  "SELECT id || coalesce (recording_id, 0) || coalesce (patient_id, 0) || name || stem FROM source_name ORDER BY id",
  "SELECT id || hex (uuid) || hex (name_hash) || coalesce (model, '-') || enhancement || origin || coalesce (settings, '-')"
  " FROM run ORDER BY id",
  "SELECT id || hex (uuid) || hex (name_hash) || known || current FROM reference_set ORDER BY id",
  "SELECT id || hex (uuid) || state || coalesce (run_id, 0) || coalesce (reference_set_id, 0) FROM import ORDER BY id",
  "SELECT recording_id || ':' || run_id || ':' || feature_id || ':' || segment || kind || attempt || import_id || answer"
  " FROM prediction ORDER BY recording_id, run_id, feature_id, segment",
  "SELECT recording_id || ':' || run_id || ':' || feature_id || ':' || segment || kind || attempt || import_id || text"
  " FROM explanation ORDER BY recording_id, run_id, feature_id, segment",
  "SELECT recording_id || run_id || import_id || hex (answered) || hex (ratable) FROM coverage ORDER BY recording_id, run_id",
  "SELECT reference_set_id || recording_id || feature_id || import_id || answer FROM label ORDER BY recording_id, feature_id",
  "SELECT reference_set_id || recording_id || import_id || coalesce (onset_ns, 'x') || type FROM event ORDER BY recording_id",
  "SELECT entry_id || person_id || recording_id || run_id || feature_id || segment || coalesce (attempt, 'x')"
  " || hex (explanation) || score || supports || cannot_judge || marks || hex (comment_hash) || visible || played_event"
  " || played_cited || seconds || utc_us || withdrawn || judged || current FROM rating ORDER BY entry_id",
  "SELECT person_id || recording_id || done FROM case_done ORDER BY recording_id",
  "SELECT person_id || recording_id || reference || runs FROM reveal ORDER BY recording_id",
  "SELECT person_id || recording_id || run_id || feature_id || segment || text || utc_us FROM draft ORDER BY recording_id",
};

static char *
dump (SemioDatabase *database)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (v1_rows_sql); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioStatement) read = semio_database_prepare (database, v1_rows_sql[i], &error);
      gboolean has_row = TRUE, done;

      g_assert_no_error (error);
      for (guint row = 0; has_row; row++)
        {
          done = semio_statement_step (read, &has_row, &error);
          g_assert_no_error (error);
          g_assert_true (done);
          if (row == 0 && !has_row)
            g_string_append_printf (text, "none in %u\n", i);
          if (has_row)
            g_string_append_printf (text, "%u %s\n", i, semio_statement_get_text (read, 0));
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* On the way to the newest version nothing of a study changes, and all that is new works in it as in a new study. */
static void
test_to_newest (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "to-newest.semio");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  SemioDatabase *database = open_direct (path);
  SemioStoreService *service;

  before = dump (database);
  g_assert_cmpuint (strlen (before), >, 10000);
  migrate (database);
  after = dump (database);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (get_int (database, "SELECT count (*) FROM run WHERE created_utc_us > 0 AND archived = 0"), ==, 1);
  semio_schema_compare (database, SEMIO_SCHEMA_VERSION, semio_migrations, &error);
  g_assert_no_error (error);
  semio_database_close (database);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  semio_store_fixture_fill_live (service);
  semio_store_fixture_expect_live (service);
  semio_store_fixture_fill_findings (service);
  semio_store_fixture_expect_findings (service);
  semio_store_fixture_close (service);
}

/* What cannot be changed is not changed, and a sentence says what to do. */
static void
test_read_only (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "read-only.semio");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  SemioStoreService *service;

  g_file_get_contents (path, &before, &before_length, NULL);
  service = semio_store_service_open_with (file, SEMIO_STORE_OPEN_READ_ONLY, semio_migrations, NULL, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "older format"));
  g_assert_null (service);
  g_file_get_contents (path, &after, &after_length, NULL);
  g_assert_cmpmem (before, before_length, after, after_length);
}

/* A copy of version 1 is not merged, but said what to do with. */
static void
test_merge_older (void)
{
  g_autofree char *older = semio_store_fixture_copy ("fixtures/study-v1.semio", "merge-older.semio");
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v1.semio", "merge-newer.semio");
  g_autofree char *summary = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  g_assert_no_error (error);
  summary = semio_store_fixture_merge (service, older, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Open it once with this program"));
  g_clear_error (&error);
  /* What it says helps. */
  semio_store_fixture_close (semio_store_fixture_open (older, &error));
  g_assert_no_error (error);
  summary = semio_store_fixture_merge (service, older, &error);
  g_assert_no_error (error);
  g_assert_nonnull (summary);
  semio_store_fixture_close (service);
}

/* A study of version 2 is compared with the schema of its version, and holds all that it held after the way to today's. */
static void
test_fixture_2 (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v2.semio", "fixture-2.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  SemioDatabase *database = open_direct (path);
  SemioStoreService *service;

  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 2);
  semio_schema_compare (database, 2, semio_migrations, &error);
  g_assert_no_error (error);
  semio_database_close (database);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  semio_store_fixture_expect_live (service);
  semio_store_fixture_fill_findings (service);
  semio_store_fixture_expect_findings (service);
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  semio_store_fixture_close (service);
}

/* A new study is of version 3, and so is the fixture that is kept of it. */
static void
test_fixture_3 (void)
{
  g_autofree char *path = semio_store_fixture_copy ("fixtures/study-v3.semio", "fixture-3.semio");
  g_autofree char *new_path = semio_store_fixture_path ("new.semio");
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  SemioDatabase *database = open_direct (path);
  SemioStoreService *service;

  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 3);
  semio_schema_compare (database, 3, semio_migrations, &error);
  g_assert_no_error (error);
  semio_database_close (database);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  semio_store_fixture_expect_live (service);
  semio_store_fixture_expect_findings (service);
  semio_store_fixture_close (service);

  service = semio_store_fixture_create (new_path);
  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_fill_live (service);
  semio_store_fixture_expect_live (service);
  semio_store_fixture_close (service);
  database = open_direct (new_path);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, SEMIO_SCHEMA_VERSION);
  semio_database_close (database);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/migration/fixture", test_fixture);
  g_test_add_func ("/store/migration/fixture-2", test_fixture_2);
  g_test_add_func ("/store/migration/fixture-3", test_fixture_3);
  g_test_add_func ("/store/migration/to-newest", test_to_newest);
  g_test_add_func ("/store/migration/read-only", test_read_only);
  g_test_add_func ("/store/migration/merge-older", test_merge_older);
  g_test_add_func ("/store/migration/new-kind", test_new_kind);
  g_test_add_func ("/store/migration/open-older", test_open_older);
  g_test_add_func ("/store/migration/failing-step", test_failing_step);
  g_test_add_func ("/store/migration/rebuild", test_rebuild);
  return semio_store_fixture_run ();
}

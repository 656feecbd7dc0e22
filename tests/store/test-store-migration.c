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
#include "semio-store-fixture.h"
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

static const SemioMigration weather_migrations[] = { { 2, go_to_2 }, { 3, add_weather_table }, { 0, NULL } };

static gboolean
fail_half_way (SemioDatabase *database, GError **error)
{
  return add_weather_table (database, error) && semio_database_execute (database, "CREATE TABLE weather (x) STRICT", error);
}

static const SemioMigration failing_migrations[] = { { 2, go_to_2 }, { 3, fail_half_way }, { 0, NULL } };

static gint64
get_int (SemioDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  semio_database_get_int (database, sql, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static guint
count_backups (SemioDatabase *database)
{
  g_autoptr (SemioStudyHead) head = semio_schema_read_head (database, NULL);
  g_autoptr (GPtrArray) backups = semio_backup_list (&head->uuid, NULL);

  return backups->len;
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
  guint n_skipped, n_backups;

  migrate (database);
  n_backups = count_backups (database);
  g_assert_cmpuint (n_backups, >, 0);
  append_weather (database, "cloudy");
  semio_projection_set_list (database, weather_projections);
  done = semio_migration_run (database, weather_migrations, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 3);
  g_assert_cmpuint (count_backups (database), ==, n_backups + 1);
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
  g_assert_cmpuint (count_backups (database), ==, n_backups + 1);
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
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 2);
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

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/migration/fixture", test_fixture);
  g_test_add_func ("/store/migration/new-kind", test_new_kind);
  g_test_add_func ("/store/migration/open-older", test_open_older);
  g_test_add_func ("/store/migration/failing-step", test_failing_step);
  g_test_add_func ("/store/migration/rebuild", test_rebuild);
  return semio_store_fixture_run ();
}

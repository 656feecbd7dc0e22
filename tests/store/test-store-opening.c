/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "semio-backup.h"
#include "semio-file-system.h"
#include "semio-known-study.h"
#include "semio-store-fixture.h"
#include "semio-store-service-private.h"

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

static char *
make_study (const char *name)
{
  char *path = semio_store_fixture_path (name);
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;

  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_close (service);
  return path;
}

static void
refuse (const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  g_assert_null (service);
  g_assert_error (error, SEMIO_STORE_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static char *
write_file (const char *name, const char *content, gssize length)
{
  char *path = semio_store_fixture_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_not_a_study (void)
{
  g_autofree char *text =
      write_file ("text.semio", "This is a text that was renamed, long enough to be looked at as a database would be.", -1);
  g_autofree char *empty = write_file ("empty.semio", "", 0);
  g_autofree char *database = semio_store_fixture_path ("database.semio");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;

  refuse (text, SEMIO_STORE_ERROR_NOT_A_STUDY, "is not a study file");
  refuse (empty, SEMIO_STORE_ERROR_DAMAGED, "is empty");
  refuse ("/nowhere/at/all.semio", SEMIO_STORE_ERROR_NOT_FOUND, "cannot be opened");
  run_sql (database, "CREATE TABLE other (x); INSERT INTO other VALUES (1)");
  g_file_get_contents (database, &before, &before_length, NULL);
  refuse (database, SEMIO_STORE_ERROR_NOT_A_STUDY, "not a study of Semioscope");
  /* Another program's database is not touched. */
  g_file_get_contents (database, &after, &after_length, NULL);
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_newer (void)
{
  g_autofree char *path = make_study ("newer.semio");

  run_sql (path, "PRAGMA user_version = 99");
  refuse (path, SEMIO_STORE_ERROR_NEWER, "newer Semioscope");
}

/* A study from elsewhere whose schema brings more than ours is not opened, known or not its content. */
static void
test_hostile (void)
{
  g_autofree char *path = make_study ("hostile.semio");
  g_autofree char *folder = semio_known_study_get_folder ();
  g_autofree char *studies = g_build_filename (folder, "studies", NULL);
  g_autofree char *aside = g_build_filename (folder, "aside", NULL);
  g_autoptr (GError) error = NULL;
  SemioStoreService *service;

  /* Another user's data folder knows nothing. */
  g_assert_cmpint (g_rename (studies, aside), ==, 0);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
  run_sql (path, "CREATE TRIGGER sly AFTER INSERT ON draft BEGIN UPDATE rating SET score = 5; END");
  {
    g_autofree char *again = g_build_filename (folder, "again", NULL);

    g_assert_cmpint (g_rename (studies, again), ==, 0);
  }
  refuse (path, SEMIO_STORE_ERROR_NOT_A_STUDY, "other tables or rules");
}

static void
test_damaged_and_backup (void)
{
  g_autofree char *path = make_study ("damaged.semio");
  g_autofree char *restored = semio_store_fixture_path ("restored.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) target = g_file_new_for_path (restored);
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *content = NULL;
  gsize length;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  SemioUuid study;
  gboolean done;

  g_assert_no_error (error);
  study = *semio_store_service_get_uuid (service);
  {
    g_autoptr (SemioDatabase) reader = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, &error);

    for (guint i = 0; i < SEMIO_BACKUP_KEEP + 2; i++)
      {
        done = semio_backup_make (reader, &study, NULL, &error);
        g_assert_no_error (error);
        g_assert_true (done);
      }
  }
  semio_store_fixture_close (service);

  /* Cut in the middle, then to nothing: either way the backups are found, the first by content, the other by path. */
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (truncate (path, (off_t) (length / 2 / 4096 * 4096)), ==, 0);
  service = semio_store_fixture_open (path, &error);
  g_assert_null (service);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  backups = semio_backup_find (file, NULL);
  g_assert_cmpuint (backups->len, ==, SEMIO_BACKUP_KEEP);
  g_assert_cmpint (truncate (path, 0), ==, 0);
  refuse (path, SEMIO_STORE_ERROR_DAMAGED, "a backup may hold a good copy");
  g_clear_pointer (&backups, g_ptr_array_unref);
  backups = semio_backup_find (file, NULL);
  g_assert_cmpuint (backups->len, ==, SEMIO_BACKUP_KEEP);
  g_assert_cmpint (((SemioBackup *) g_ptr_array_index (backups, 0))->utc_us, >,
                   ((SemioBackup *) g_ptr_array_index (backups, 1))->utc_us);
  done = semio_backup_restore (g_ptr_array_index (backups, 0), target, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  service = semio_store_fixture_open (restored, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
  done = semio_backup_restore (g_ptr_array_index (backups, 0), target, &error);
  g_assert_false (done);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS);
}

/* A page in the middle is overwritten in a file that nobody here knows: the whole check finds it before any page. */
static void
test_damaged_page (void)
{
  g_autofree char *path = make_study ("page.semio");
  g_autofree char *content = NULL;
  g_autofree char *name = semio_store_fixture_path ("page-2.semio");
  g_autoptr (GError) error = NULL;
  gsize length;

  run_sql (path, "UPDATE study SET uuid = x'000102030405060708090a0b0c0d0e0f'");
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  for (gsize page = 3; page < length / 4096; page++)
    memset (content + page * 4096, 0xa5, 64);
  g_file_set_contents (name, content, (gssize) length, &error);
  g_assert_no_error (error);
  refuse (name, SEMIO_STORE_ERROR_DAMAGED, "is damaged");
}

static gpointer
nothing_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
test_read_only (void)
{
  g_autofree char *path = make_study ("reading.semio");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *current = NULL;
  gsize before_length, after_length;
  SemioStoreService *service;

  g_file_get_contents (path, &before, &before_length, NULL);
  service = semio_store_service_open_with (file, SEMIO_STORE_OPEN_READ_ONLY, semio_migrations, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (semio_store_service_is_read_only (service));
  g_assert_nonnull (semio_store_service_get_read_only_reason (service));
  semio_store_fixture_write (service, nothing_func, NULL, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY);
  current = semio_store_fixture_list_current (service);
  semio_store_fixture_close (service);
  g_file_get_contents (path, &after, &after_length, NULL);
  g_assert_cmpmem (before, before_length, after, after_length);
}

/* A study as a program leaves it that is killed while it writes with a rollback journal, as it does on a network drive and for a
 * moment at each opening and closing: some pages are new already, the journal holds the old ones. */
static char *
leave_interrupted (const char *name)
{
  g_autofree char *source = make_study ("source.semio");
  g_autofree char *source_journal = g_strconcat (source, "-journal", NULL);
  char *path = semio_store_fixture_path (name);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  const char *const pairs[][2] = { { source, path }, { source_journal, journal } };
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (source, &handle), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (handle,
                    "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 2; BEGIN; UPDATE study SET title = 'Half';"
                    " CREATE TABLE much (bytes BLOB); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    " WHERE i < 300) INSERT INTO much SELECT randomblob (2000) FROM n",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (pairs[i][0], &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (pairs[i][1], bytes, (gssize) length, NULL));
    }
  sqlite3_close (handle);
  g_unlink (source);
  return path;
}

static void
test_interrupted (void)
{
  static const SemioStoreOpenFlags all_flags[] = { SEMIO_STORE_OPEN_NONE, SEMIO_STORE_OPEN_READ_ONLY };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (all_flags); i++)
    {
      g_autofree char *path = leave_interrupted ("interrupted.semio");
      g_autofree char *journal = g_strconcat (path, "-journal", NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      SemioDatabase *reader = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, &error);
      SemioStoreService *service;
      gint64 value;

      /* A connection for reading alone cannot, and says what to do. */
      g_assert_no_error (error);
      g_assert_false (semio_database_get_int (reader, "SELECT count (*) FROM study", 0, &value, &error));
      g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY);
      g_assert_nonnull (strstr (error->message, "-journal"));
      g_clear_error (&error);
      semio_database_close (reader);

      service = semio_store_service_open_with (file, all_flags[i], semio_migrations, NULL, &error);
      g_assert_no_error (error);
      semio_store_fixture_close (service);
      g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
      reader = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (semio_database_get_int (reader, "SELECT count (*) FROM study WHERE title = 'Half'", -1, &value, &error));
      g_assert_cmpint (value, ==, 0);
      semio_database_close (reader);
      g_unlink (path);
    }
}

/* As on a network drive: one connection, a rollback journal, everything still works, and a second program is told. */
static void
test_network (void)
{
  g_autofree char *path = make_study ("network.semio");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);
  g_autoptr (GError) error = NULL;
  SemioDatabase *database = semio_database_open (path, SEMIO_DATABASE_NETWORK, NULL, &error);
  SemioDatabase *other;
  gboolean done;

  g_assert_no_error (error);
  done = semio_database_begin (database, &error)
         && semio_database_execute (database, "UPDATE study SET title = 'On the net'", &error)
         && semio_database_commit (database, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (shared, G_FILE_TEST_EXISTS));
  other = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, &error);
  if (other != NULL)
    {
      gint64 value;

      sqlite3_busy_timeout (semio_database_get_handle (other), 0);
      semio_database_get_int (other, "SELECT count (*) FROM study", 0, &value, &error);
      semio_database_close (other);
    }
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_BUSY);
  semio_database_close (database);
  g_assert_true (semio_file_system_is_network_type (0x6969));
  g_assert_true (semio_file_system_is_network_type (0xFF534D42));
  g_assert_true (semio_file_system_is_network_type (G_GUINT64_CONSTANT (0xFFFFFFFFFE534D42)));
  g_assert_false (semio_file_system_is_network_type (0xEF53));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *state = user_data;
  g_autoptr (GError) error = NULL;

  *state = semio_store_service_save_copy_finish (SEMIO_STORE_SERVICE (source), result, &error) ? 1
           : g_error_matches (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS)              ? 2
                                                                                               : 3;
}

static void
test_save_copy (void)
{
  g_autofree char *path = make_study ("saving.semio");
  g_autofree char *copy = semio_store_fixture_path ("saved.semio");
  g_autoptr (GFile) target = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  int state = 0;

  g_assert_no_error (error);
  semio_store_service_save_copy_async (service, target, NULL, NULL, NULL, saved_cb, &state);
  while (state == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (state, ==, 1);
  state = 0;
  semio_store_service_save_copy_async (service, target, NULL, NULL, NULL, saved_cb, &state);
  while (state == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (state, ==, 2);
  semio_store_fixture_close (service);
  service = semio_store_fixture_open (copy, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *state = user_data;
  g_autoptr (GError) error = NULL;

  *state = semio_store_service_back_up_finish (SEMIO_STORE_SERVICE (source), result, &error) ? 1 : 2;
}

static void
back_up (SemioStoreService *service, gint64 min_age_us)
{
  int state = 0;

  semio_store_service_back_up_async (service, min_age_us, NULL, backed_up_cb, &state);
  while (state == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (state, ==, 1);
}

static void
test_back_up (void)
{
  g_autofree char *path = make_study ("backed-up.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  const SemioUuid *study;

  g_assert_no_error (error);
  study = semio_store_service_get_uuid (service);
  g_assert_cmpint (semio_backup_get_newest_us (study), ==, 0);
  back_up (service, 0);
  g_assert_cmpint (semio_backup_get_newest_us (study), >, 0);
  /* There is one that is young enough. */
  back_up (service, G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  backups = semio_backup_list (study, NULL);
  g_assert_cmpuint (backups->len, ==, 1);
  g_assert_cmpint (((SemioBackup *) g_ptr_array_index (backups, 0))->n_entries, ==, 8);
  semio_store_fixture_close (service);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/opening/not-a-study", test_not_a_study);
  g_test_add_func ("/store/opening/newer", test_newer);
  g_test_add_func ("/store/opening/hostile", test_hostile);
  g_test_add_func ("/store/opening/damaged-and-backup", test_damaged_and_backup);
  g_test_add_func ("/store/opening/damaged-page", test_damaged_page);
  g_test_add_func ("/store/opening/read-only", test_read_only);
  g_test_add_func ("/store/opening/interrupted", test_interrupted);
  g_test_add_func ("/store/opening/network", test_network);
  g_test_add_func ("/store/opening/save-copy", test_save_copy);
  g_test_add_func ("/store/opening/back-up", test_back_up);
  return semio_store_fixture_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "semio-backup.h"
#include "semio-fault-vfs.h"
#include "semio-live-table.h"
#include "semio-migration.h"
#include "semio-rating-table.h"
#include "semio-run-table.h"
#include "semio-schema.h"
#include "semio-store-fixture.h"
#include "semio-store-merge.h"

#define N_POWER_ROUNDS 80
/* The run that is asked. */
#define LIVE_RUN 2
/* In fixtures/study-v1.semio. */
#define N_FIXTURE_RATINGS 5

static const SemioUuid writer = { "faulty writer..." };

static char *base_path; /* a study with one item to rate, person 1, run 1, recording 1, and a run to be asked */

static gpointer
make_run_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioRun) run = semio_run_new ();

  run->name = g_strdup ("asked");
  return semio_run_table_put (database, NULL, run, NULL, error);
}

static void
make_base (void)
{
  g_autoptr (SemioRun) run = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service;
  SemioStoreFacts facts;

  base_path = semio_store_fixture_path ("base.semio");
  service = semio_store_fixture_create (base_path);
  semio_store_fixture_fill (service, 2, &facts);
  run = semio_store_fixture_write (service, make_run_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run->id, ==, LIVE_RUN);
  semio_store_fixture_close (service);
}

static gboolean
rate (SemioDatabase *database, int number, GError **error)
{
  g_autoptr (SemioRating) rating = semio_rating_new ();
  g_autoptr (SemioRating) made = NULL;

  rating->person_id = 1;
  rating->key = (SemioItemKey){ 1, 1, 0, SEMIO_SEGMENT_WHOLE };
  rating->score = 1 + number % 5;
  rating->seconds = number;
  if (!semio_database_begin (database, error))
    return FALSE;
  made = semio_rating_table_add (database, rating, error);
  if (made == NULL)
    {
      semio_database_rollback (database);
      return FALSE;
    }
  return semio_database_commit (database, error);
}

static void
remove_study (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal", ".part", ".part-wal", ".part-shm", ".part-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/* What a save does from opening to closing; *n_acknowledged counts the commits that were said to be done. */
static void
save (const char *path, int *n_acknowledged, gboolean careless)
{
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, NULL);

  *n_acknowledged = 0;
  if (database == NULL)
    return;
  semio_database_set_writer (database, &writer);
  if (careless)
    semio_database_execute (database, "PRAGMA synchronous = OFF", NULL);
  for (int i = 1; i <= 12; i++)
    {
      if (!rate (database, i, NULL))
        return;
      *n_acknowledged = i;
      if (i % 4 == 0)
        sqlite3_wal_checkpoint_v2 (semio_database_get_handle (database), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
  semio_database_execute (database, "PRAGMA journal_mode = DELETE", NULL);
}

/* Whether the file is whole and has everything that was acknowledged, in order. */
static gboolean
is_whole (const char *path, int n_acknowledged, char **why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, &error);
  g_autoptr (GPtrArray) ratings = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;

  if (database != NULL && semio_schema_check (database, FALSE, &error))
    ratings = semio_rating_table_load (database, 1, 0, &error);
  if (ratings == NULL)
    {
      *why = g_strdup (error->message);
      return FALSE;
    }
  if ((int) ratings->len < n_acknowledged)
    {
      *why = g_strdup_printf ("%u of %d are there", ratings->len, n_acknowledged);
      return FALSE;
    }
  for (guint i = 0; i < ratings->len; i++)
    if (((SemioRating *) g_ptr_array_index (ratings, i))->seconds != i + 1)
      {
        *why = g_strdup_printf ("rating %u is another one", i);
        return FALSE;
      }
  report = semio_store_verify (database, NULL, NULL, NULL, &error);
  if (report == NULL || !report->good)
    {
      *why = g_strdup (report != NULL ? report->findings[0] : error->message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
answer (SemioDatabase *database, int number, GError **error)
{
  g_autoptr (SemioModelReply) reply = semio_model_reply_new ();
  gint64 import_id;

  reply->state = SEMIO_REPLY_AS_SENT;
  reply->answer = SEMIO_ANSWER_NO;
  reply->explanation = g_strdup_printf ("answer %d", number);
  reply->raw = g_bytes_new (reply->explanation, strlen (reply->explanation));
  if (!semio_database_begin (database, error))
    return FALSE;
  import_id = semio_live_table_begin (database, LIVE_RUN, error);
  if (import_id != 0
      && semio_live_table_store (database, import_id, LIVE_RUN, 1, SEMIO_QUESTION_ANSWER, (guint) number, 0, reply, NULL, error)
      && (number % 4 != 0 || semio_live_table_finish_segment (database, NULL, LIVE_RUN, 1, 0, error)))
    return semio_database_commit (database, error);
  semio_database_rollback (database);
  return FALSE;
}

/* The same with answers of a model. */
static void
save_answers (const char *path, int *n_acknowledged, gboolean careless)
{
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, NULL);

  *n_acknowledged = 0;
  if (database == NULL)
    return;
  semio_database_set_writer (database, &writer);
  if (careless)
    semio_database_execute (database, "PRAGMA synchronous = OFF", NULL);
  for (int i = 1; i <= 12; i++)
    {
      if (!answer (database, i, NULL))
        return;
      *n_acknowledged = i;
      if (i % 4 == 0)
        sqlite3_wal_checkpoint_v2 (semio_database_get_handle (database), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
  semio_database_execute (database, "PRAGMA journal_mode = DELETE", NULL);
}

/* Each answer that was acknowledged is there with all that came, and once. */
static gboolean
has_answers (const char *path, int n_acknowledged, char **why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioDatabase) database = NULL;
  g_autoptr (GArray) cells = NULL;

  if (!is_whole (path, 0, why))
    return FALSE;
  database = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, &error);
  cells = database != NULL ? semio_live_table_load_cells (database, LIVE_RUN, &error) : NULL;
  if (cells == NULL || (int) cells->len < n_acknowledged)
    {
      *why = cells == NULL ? g_strdup (error->message) : g_strdup_printf ("%u of %d are there", cells->len, n_acknowledged);
      return FALSE;
    }
  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *text = g_strdup_printf ("answer %u", i + 1);
      g_autoptr (SemioModelReply) reply =
          semio_live_table_get_reply (database, LIVE_RUN, 1, SEMIO_QUESTION_ANSWER, i + 1, 0, -1, &error);

      if (reply == NULL || reply->raw == NULL || g_strcmp0 (reply->explanation, text) != 0
          || g_array_index (cells, SemioLiveCell, i).n_attempts != 1)
        {
          *why = g_strdup_printf ("answer %u is another one", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* What is saved, and how it is seen to be there. */
typedef struct {
  void (*save) (const char *path, int *n_acknowledged, gboolean careless);
  gboolean (*check) (const char *path, int n_acknowledged, char **why);
  gboolean sticky;
} Saving;

static const Saving of_ratings_once = { save, is_whole, FALSE };
static const Saving of_ratings = { save, is_whole, TRUE };
static const Saving of_answers_once = { save_answers, has_answers, FALSE };
static const Saving of_answers = { save_answers, has_answers, TRUE };

static void
test_every_call_of_a_save (gconstpointer data)
{
  const Saving *saving = data;
  guint n = 0;

  semio_fault_vfs_install ();
  do
    {
      g_autofree char *path = semio_store_fixture_copy (base_path, "save.semio");
      g_autofree char *why = NULL;
      int n_acknowledged;
      gboolean whole;

      n += 1;
      semio_fault_vfs_fail_at (n, saving->sticky);
      saving->save (path, &n_acknowledged, FALSE);
      if (!semio_fault_vfs_has_failed ())
        {
          g_assert_cmpint (n_acknowledged, ==, 12);
          n = 0;
        }
      semio_fault_vfs_fail_at (0, FALSE);
      whole = saving->check (path, n_acknowledged, &why);
      if (!whole)
        g_error ("call %u: %s", n, why);
      remove_study (path);
      g_assert_cmpuint (n, <, 2000);
  } while (n != 0);
  semio_fault_vfs_remove ();
}

static guint
cut_power (const Saving *saving, gboolean careless)
{
  guint n_lost = 0;

  semio_fault_vfs_install ();
  for (guint round = 0; round < N_POWER_ROUNDS; round++)
    {
      g_autofree char *path = semio_store_fixture_copy (base_path, "power.semio");
      g_autofree char *shared = g_strconcat (path, "-shm", NULL);
      g_autofree char *why = NULL;
      int n_acknowledged;

      semio_fault_vfs_cut_power_at (3 + round * 3, round);
      saving->save (path, &n_acknowledged, careless);
      semio_fault_vfs_restore_power ();
      /* Shared memory does not outlive the machine. */
      g_unlink (shared);
      if (!saving->check (path, n_acknowledged, &why))
        {
          n_lost += 1;
          if (!careless)
            g_error ("round %u: %s", round, why);
        }
      remove_study (path);
    }
  semio_fault_vfs_remove ();
  return n_lost;
}

static void
test_power_cut (gconstpointer saving)
{
  g_assert_cmpuint (cut_power (saving, FALSE), ==, 0);
}

/* The same with synchronous = OFF must lose something, or this test would prove nothing. */
static void
test_power_cut_detects (gconstpointer saving)
{
  const guint n_lost = cut_power (saving, TRUE);

  g_test_message ("%u of %d rounds lost something without syncing", n_lost, N_POWER_ROUNDS);
  g_assert_cmpuint (n_lost, >, 5);
}

static gboolean
migrate (const char *path, const char *other)
{
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, NULL);

  return database != NULL && semio_migration_run (database, semio_migrations, NULL);
}

static gboolean
stage (SemioDatabase *database, SemioMerge *steps)
{
  gboolean staged = FALSE;

  while (!staged)
    if (!semio_database_begin (database, NULL) || !semio_merge_stage (steps, database, 0, &staged, NULL)
        || !semio_database_commit (database, NULL))
      return FALSE;
  return TRUE;
}

/* The steps that the service takes, each in its transaction. */
static gboolean
merge (const char *path, const char *other)
{
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, NULL);
  g_autoptr (SemioMerge) steps = semio_merge_new (other);
  g_autofree char *summary = NULL;

  if (database == NULL || !semio_database_begin_read (database, NULL) || !semio_merge_prepare (steps, database, NULL, NULL))
    return FALSE;
  semio_database_rollback (database);
  if (!semio_database_begin (database, NULL) || !semio_merge_begin (steps, database, NULL)
      || !semio_database_commit (database, NULL) || !stage (database, steps) || !semio_database_begin (database, NULL))
    return FALSE;
  summary = semio_merge_commit (steps, database, NULL);
  if (summary != NULL)
    return semio_database_commit (database, NULL);
  semio_database_rollback (database);
  return FALSE;
}

static gboolean
back_up (const char *path, const char *other)
{
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, NULL);
  g_autofree char *copy = g_strconcat (path, ".copy", NULL);
  g_autofree char *why = NULL;
  gboolean done = database != NULL && semio_backup_copy (database, copy, NULL, NULL, NULL, NULL);

  semio_fault_vfs_fail_at (0, FALSE);
  /* A copy stands under its name whole or not at all. */
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    g_assert_true (is_whole (copy, 0, &why));
  else
    g_assert_false (done);
  remove_study (copy);
  return done;
}

typedef gboolean (*Work) (const char *path, const char *other);
typedef gboolean (*Check) (const char *path, int n_acknowledged, char **why);

/* Whatever call fails, the study is whole afterwards: as before or as after. */
static void
fail_every_call (Work work, Check check, const char *base, const char *other)
{
  guint n = 0;
  gboolean done;

  semio_fault_vfs_install ();
  do
    {
      g_autofree char *path = semio_store_fixture_copy (base, "work.semio");
      g_autofree char *why = NULL;
      gboolean whole;

      n += 1;
      semio_fault_vfs_fail_at (n, TRUE);
      done = work (path, other);
      semio_fault_vfs_fail_at (0, FALSE);
      whole = check (path, 0, &why);
      if (!whole)
        g_error ("call %u: %s", n, why);
      remove_study (path);
      g_assert_cmpuint (n, <, 2000);
  } while (!done);
  g_test_message ("%u calls", n);
  g_assert_cmpuint (n, >, 3);
  semio_fault_vfs_remove ();
}

/* Of the version before or of the next, whole in either case; the next try goes the rest of the way. */
static gboolean
is_migrated (const char *path, int n_acknowledged, char **why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, &error);
  g_autoptr (GPtrArray) ratings = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  int version = 0;

  if (database != NULL && semio_schema_identify (database, SEMIO_SCHEMA_VERSION, &version, &error)
      && semio_schema_compare (database, version, semio_migrations, &error) && semio_schema_check (database, FALSE, &error)
      && semio_migration_run (database, semio_migrations, &error))
    ratings = semio_rating_table_load (database, 0, 0, &error);
  report = ratings != NULL ? semio_store_verify (database, NULL, NULL, NULL, &error) : NULL;
  if (report != NULL && report->good && ratings->len == N_FIXTURE_RATINGS)
    return TRUE;
  *why = g_strdup (report == NULL ? error->message : report->good ? "ratings are lost" : report->findings[0]);
  return FALSE;
}

static void
test_migration (void)
{
  fail_every_call (migrate, is_migrated, "fixtures/study-v1.semio", NULL);
}

static void
test_merge (void)
{
  g_autofree char *other = semio_store_fixture_copy (base_path, "merge-other.semio");
  int n_acknowledged;

  save (other, &n_acknowledged, FALSE);
  g_assert_cmpint (n_acknowledged, ==, 12);
  save_answers (other, &n_acknowledged, FALSE);
  g_assert_cmpint (n_acknowledged, ==, 12);
  fail_every_call (merge, has_answers, base_path, other);
}

static void
test_backup (void)
{
  fail_every_call (back_up, is_whole, base_path, NULL);
}

int
main (int argc, char **argv)
{
  int status;

  semio_store_fixture_init (&argc, &argv);
  make_base ();
  g_test_add_data_func ("/store/faults/save-once", &of_ratings_once, test_every_call_of_a_save);
  g_test_add_data_func ("/store/faults/save-from-then-on", &of_ratings, test_every_call_of_a_save);
  g_test_add_data_func ("/store/faults/answers-once", &of_answers_once, test_every_call_of_a_save);
  g_test_add_data_func ("/store/faults/answers-from-then-on", &of_answers, test_every_call_of_a_save);
  g_test_add_data_func ("/store/faults/power-cut", &of_ratings, test_power_cut);
  g_test_add_data_func ("/store/faults/power-cut-detects", &of_ratings, test_power_cut_detects);
  g_test_add_data_func ("/store/faults/answers-power-cut", &of_answers, test_power_cut);
  g_test_add_data_func ("/store/faults/answers-power-cut-detects", &of_answers, test_power_cut_detects);
  g_test_add_func ("/store/faults/migration", test_migration);
  g_test_add_func ("/store/faults/merge", test_merge);
  g_test_add_func ("/store/faults/backup", test_backup);
  status = semio_store_fixture_run ();
  g_free (base_path);
  return status;
}

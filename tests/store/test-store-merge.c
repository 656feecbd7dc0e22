/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "semio-entry-table.h"
#include "semio-person-table.h"
#include "semio-prediction-table.h"
#include "semio-projection.h"
#include "semio-rating-table.h"
#include "semio-store-fixture.h"

#define N_KILL_RECORDINGS 8
#define N_KILL_SEGMENTS 2000
#define STAGED_CELLS_SQL "SELECT count (*) FROM prediction AS p JOIN import AS i ON i.id = p.import_id WHERE i.state = 0"

static char *program;

static void
append_row (SemioStatement *statement, GChecksum *sum)
{
  for (int i = 0; i < semio_statement_get_n_columns (statement); i++)
    {
      gsize length;
      const void *data = semio_statement_get_blob (statement, i, &length);
      const guint32 mark = (guint32) length + (semio_statement_is_null (statement, i) ? 1u << 31 : 0);

      g_checksum_update (sum, (const guchar *) &mark, sizeof mark);
      g_checksum_update (sum, data, (gssize) length);
    }
}

static guint
sum_query (SemioDatabase *database, const char *sql, GChecksum *sum, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);
  gboolean has_row = TRUE;
  guint n = 0;

  g_assert_nonnull (statement);
  while (semio_statement_step (statement, &has_row, error) && has_row)
    {
      append_row (statement, sum);
      n += 1;
    }
  g_assert_true (error == NULL || *error == NULL);
  return n;
}

/* All that a study says, by identities that leave the file: entries, projections, cells. */
static gpointer
digest_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const queries[] = {
    "SELECT hash FROM entry ORDER BY hash",
    "SELECT hash, text FROM entry_text ORDER BY hash",
    "SELECT content, size_bytes, frame_index FROM medium ORDER BY content",
    "SELECT r.uuid, s.name FROM source_name AS s JOIN recording AS r ON r.id = s.recording_id ORDER BY r.uuid, s.name",
    "SELECT r.uuid, u.uuid, f.name, p.segment, p.attempt, i.uuid, p.answer, x.text FROM prediction AS p"
    " JOIN recording AS r ON r.id = p.recording_id JOIN run AS u ON u.id = p.run_id JOIN feature AS f ON f.id = p.feature_id"
    " JOIN import AS i ON i.id = p.import_id LEFT JOIN explanation AS x ON x.recording_id = p.recording_id"
    " AND x.run_id = p.run_id AND x.feature_id = p.feature_id AND x.segment = p.segment AND x.attempt = p.attempt"
    " AND x.import_id = p.import_id ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT s.uuid, r.uuid, f.name, l.answer FROM label AS l JOIN reference_set AS s ON s.id = l.reference_set_id"
    " JOIN recording AS r ON r.id = l.recording_id JOIN feature AS f ON f.id = l.feature_id ORDER BY 1, 2, 3",
    "SELECT s.uuid, r.uuid, v.onset_ns, v.type FROM event AS v JOIN reference_set AS s ON s.id = v.reference_set_id"
    " JOIN recording AS r ON r.id = v.recording_id ORDER BY 1, 2",
    "SELECT r.uuid, u.uuid, c.answered, c.ratable FROM coverage AS c JOIN recording AS r ON r.id = c.recording_id"
    " JOIN run AS u ON u.id = c.run_id ORDER BY 1, 2",
  };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    g_string_append_printf (text, "%u ", sum_query (database, queries[i], sum, error));
  for (guint i = 0; semio_projections[i].kind != NULL; i++)
    if (semio_projections[i].dump_sql != NULL)
      g_string_append_printf (text, "%u ", sum_query (database, semio_projections[i].dump_sql, sum, error));
  g_string_append (text, g_checksum_get_string (sum));
  return g_string_free (text, FALSE);
}

static char *
digest (SemioStoreService *service)
{
  g_autoptr (GError) error = NULL;
  char *text = semio_store_fixture_read (service, digest_func, NULL, &error);

  g_assert_no_error (error);
  return text;
}

static gpointer
add_media_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *name = data;
  g_autoptr (SemioRecording) media = semio_recording_new ();
  g_autoptr (GBytes) index = g_bytes_new_static ("index", 5);
  const SemioNewRecording adding = { media, NULL, index, NULL };

  media->has_media = TRUE;
  media->content = semio_sha256_of_text ("the same video in both");
  media->size_bytes = 4321;
  media->source_name = g_strdup (name);
  return semio_recording_table_add (database, NULL, &adding, error);
}

static gpointer
add_person_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_person_table_add (database, NULL, data, SEMIO_ROLE_RESIDENT, error);
}

typedef struct {
  gint64 recording_id;
  char *pseudonym;
} Naming;

static gpointer
name_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Naming *naming = data;

  semio_recording_table_set_pseudonym (database, NULL, naming->recording_id, naming->pseudonym, NULL, error);
  return NULL;
}

/* Works on a copy: ratings, a run, a person, and a video that the other copy adds too. */
static void
diverge (const char *path, const SemioStoreFacts *facts, const char *name, int score)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  g_autoptr (SemioPerson) person = NULL;
  g_autoptr (SemioRecording) recording = NULL;
  g_autofree char *pseudonym = g_strconcat ("Of ", name, NULL);
  Naming naming = { facts->recording_ids[0], pseudonym };
  g_autofree char *media_run = g_strconcat (name, " of the video", NULL);
  SemioStoreImport *import = semio_store_fixture_new_import (media_run, 1);
  g_autoptr (SemioStoreImportResult) on_media_result = NULL;
  g_autoptr (SemioStoreImportResult) result = NULL;
  g_autoptr (SemioRating) both = NULL;
  g_autoptr (SemioRating) own = NULL;
  g_autoptr (SemioRating) on_media = NULL;

  g_assert_no_error (error);
  semio_store_fixture_write (service, name_func, &naming, &error);
  g_assert_no_error (error);
  person = semio_store_fixture_write (service, add_person_func, (gpointer) name, &error);
  recording = semio_store_fixture_write (service, add_media_func, (gpointer) name, &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (import->creates, 0);
  g_ptr_array_set_size (import->create_patients, 0);
  for (guint i = 0; i < import->predictions->len; i++)
    g_array_index (import->predictions, SemioPrediction, i).recording_id = recording->id;
  on_media_result = semio_store_fixture_import (service, import, &error);
  g_assert_no_error (error);
  both = semio_store_fixture_rate (service, facts->person_id, facts->run_id, facts->recording_ids[0], 0, score, name, &error);
  own = semio_store_fixture_rate (service, person->id, facts->run_id, facts->recording_ids[1], 2, score, NULL, &error);
  on_media = semio_store_fixture_rate (service, person->id, on_media_result->run_id, recording->id, 1, score, NULL, &error);
  result = semio_store_fixture_import (service, semio_store_fixture_new_import (name, 1), &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
}

static SemioStoreService *
open_merged (const char *path, const char *other, char **summary)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  g_assert_no_error (error);
  *summary = semio_store_fixture_merge (service, other, &error);
  g_assert_no_error (error);
  return service;
}

static gpointer
current_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;

  return semio_rating_table_load_current (database, facts->person_id, facts->recording_ids[0], error);
}

static gpointer
recordings_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_recording_table_load (database, error);
}

typedef struct {
  char *a;
  char *b;
  SemioStoreFacts facts;
} Copies;

static Copies
make_copies (const char *prefix)
{
  g_autofree char *name_a = g_strconcat (prefix, "-a.semio", NULL);
  g_autofree char *name_b = g_strconcat (prefix, "-b.semio", NULL);
  Copies copies = { 0 };
  SemioStoreService *service;

  copies.a = semio_store_fixture_path (name_a);
  service = semio_store_fixture_create (copies.a);
  semio_store_fixture_fill (service, 2, &copies.facts);
  semio_store_fixture_close (service);
  copies.b = semio_store_fixture_copy (copies.a, name_b);
  diverge (copies.a, &copies.facts, "Anna", 2);
  diverge (copies.b, &copies.facts, "Berta", 4);
  return copies;
}

static void
test_both_orders (void)
{
  Copies copies = make_copies ("orders");
  g_autofree char *a_into = semio_store_fixture_copy (copies.a, "orders-a-into.semio");
  g_autofree char *b_into = semio_store_fixture_copy (copies.b, "orders-b-into.semio");
  g_autofree char *summary_a = NULL;
  g_autofree char *summary_b = NULL;
  g_autofree char *again = NULL;
  g_autofree char *digest_a = NULL;
  g_autofree char *digest_b = NULL;
  g_autofree char *digest_again = NULL;
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (GPtrArray) recordings = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *a = open_merged (a_into, copies.b, &summary_a);
  SemioStoreService *b = open_merged (b_into, copies.a, &summary_b);

  digest_a = digest (a);
  digest_b = digest (b);
  g_assert_cmpstr (digest_a, ==, digest_b);
  g_test_message ("%s", summary_a);
  g_assert_nonnull (strstr (summary_a, "1 recording was found to be the same"));
  /* What was taken over is told in the words of the person who merges. */
  g_assert_true (g_str_has_prefix (summary_a, "Taken over: 3 ratings, 1 person, 2 recordings, 2 runs, 12 answers of models, "));
  g_assert_true (g_str_has_prefix (summary_b, "Taken over: 3 ratings, 1 person, "));

  /* The one person judged the one item in both copies: a conflict, and both stand. */
  current = semio_store_fixture_read (a, current_func, &copies.facts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (current->len, ==, 2);
  /* Two from the start, one imported in each copy, one video that both added. */
  recordings = semio_store_fixture_read (a, recordings_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (recordings->len, ==, 5);

  again = semio_store_fixture_merge (a, copies.b, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (again, "Nothing changed"));
  digest_again = digest (a);
  g_assert_cmpstr (digest_a, ==, digest_again);
  report = semio_store_fixture_verify (a);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  semio_store_fixture_close (a);
  semio_store_fixture_close (b);
  g_free (copies.a);
  g_free (copies.b);
}

/* A copy that was not worked on since takes over what came after it, and then says the same. */
static void
test_only_theirs (void)
{
  g_autofree char *path = semio_store_fixture_path ("theirs.semio");
  g_autofree char *other = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;

  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_close (service);
  other = semio_store_fixture_copy (path, "theirs-other.semio");
  diverge (other, &facts, "Clara", 3);
  service = semio_store_fixture_open (other, &error);
  g_assert_no_error (error);
  theirs = digest (service);
  semio_store_fixture_close (service);
  service = open_merged (path, other, &summary);
  ours = digest (service);
  g_assert_cmpstr (ours, ==, theirs);
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  semio_store_fixture_close (service);
}

/* A later judgement supersedes both sides of a conflict and closes it. */
static void
test_close_conflict (void)
{
  Copies copies = make_copies ("conflict");
  g_autofree char *summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (SemioRating) closing = NULL;
  SemioStoreService *service = open_merged (copies.a, copies.b, &summary);

  closing = semio_store_fixture_rate (service, copies.facts.person_id, copies.facts.run_id, copies.facts.recording_ids[0], 0, 3,
                                      NULL, &error);
  g_assert_no_error (error);
  current = semio_store_fixture_read (service, current_func, &copies.facts, &error);
  g_assert_cmpuint (current->len, ==, 1);
  g_assert_cmpint (((SemioRating *) g_ptr_array_index (current, 0))->score, ==, 3);
  semio_store_fixture_close (service);
  g_free (copies.a);
  g_free (copies.b);
}

/* Three copies in different orders come to the same. */
static void
test_three (void)
{
  Copies copies = make_copies ("three");
  g_autofree char *c = semio_store_fixture_copy (copies.a, "three-c.semio");
  g_autofree char *first = semio_store_fixture_copy (copies.a, "three-first.semio");
  g_autofree char *second = semio_store_fixture_copy (copies.b, "three-second.semio");
  g_autofree char *summary_1 = NULL;
  g_autofree char *summary_2 = NULL;
  g_autofree char *summary_3 = NULL;
  g_autofree char *summary_4 = NULL;
  g_autofree char *digest_1 = NULL;
  g_autofree char *digest_2 = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) rating = NULL;
  SemioStoreService *one;
  SemioStoreService *two;

  one = semio_store_fixture_open (c, &error);
  g_assert_no_error (error);
  rating = semio_store_fixture_rate (one, copies.facts.person_id, copies.facts.run_id, copies.facts.recording_ids[0], 0, 5,
                                     "from the third", &error);
  g_assert_no_error (error);
  semio_store_fixture_close (one);

  one = open_merged (first, copies.b, &summary_1);
  summary_2 = semio_store_fixture_merge (one, c, &error);
  g_assert_no_error (error);
  two = open_merged (second, c, &summary_3);
  summary_4 = semio_store_fixture_merge (two, copies.a, &error);
  g_assert_no_error (error);
  digest_1 = digest (one);
  digest_2 = digest (two);
  g_assert_cmpstr (digest_1, ==, digest_2);
  semio_store_fixture_close (one);
  semio_store_fixture_close (two);
  g_free (copies.a);
  g_free (copies.b);
}

static void
test_other_study (void)
{
  g_autofree char *path = semio_store_fixture_path ("one.semio");
  g_autofree char *other_path = semio_store_fixture_path ("other.semio");
  g_autofree char *summary = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_close (semio_store_fixture_create (other_path));
  summary = semio_store_fixture_merge (service, other_path, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_OTHER_STUDY);
  g_assert_null (summary);
  semio_store_fixture_close (service);
}

/* One writer in two places, as when a whole machine was copied: both branches are kept and verify names the fork. */
static gpointer
rate_as_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioUuid writer = { "one writer for 2" };
  const SemioStoreFacts *facts = data;
  g_autoptr (SemioRating) rating = semio_rating_new ();

  semio_database_set_writer (database, &writer);
  rating->person_id = facts->person_id;
  rating->key = (SemioItemKey){ facts->run_id, facts->recording_ids[0], 1, SEMIO_SEGMENT_WHOLE };
  rating->score = 1;
  return semio_store_fixture_hash_shown (database, rating, error) ? semio_rating_table_add (database, rating, error) : NULL;
}

static void
rate_as (const char *path, const SemioStoreFacts *facts)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  g_autoptr (SemioRating) rating = NULL;

  g_assert_no_error (error);
  rating = semio_store_fixture_write (service, rate_as_func, (gpointer) facts, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
}

static void
test_fork (void)
{
  Copies copies = make_copies ("fork");
  g_autofree char *summary = NULL;
  g_autofree char *findings = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  SemioStoreService *service;

  rate_as (copies.a, &copies.facts);
  rate_as (copies.b, &copies.facts);
  service = open_merged (copies.a, copies.b, &summary);
  g_assert_nonnull (strstr (summary, "stands beside another with its number"));
  report = semio_store_fixture_verify (service);
  findings = g_strjoinv ("\n", report->findings);
  g_assert_nonnull (strstr (findings, "forked: 2 entries stand at 1"));
  g_assert_cmpuint (g_strv_length (report->findings), ==, 1);
  semio_store_fixture_close (service);
  g_free (copies.a);
  g_free (copies.b);
}

/* The program that is killed. */
static int
run_child (const char *path, const char *other)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  g_autofree char *summary = NULL;

  if (service == NULL)
    return 1;
  summary = semio_store_fixture_merge (service, other, &error);
  semio_store_fixture_close (service);
  return summary != NULL ? 0 : 1;
}

static gint64
count_rows (const char *path, const char *sql)
{
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, NULL);
  gint64 n;

  g_assert_nonnull (database);
  semio_database_get_int (database, sql, 0, &n, NULL);
  return n;
}

static void
add_many_cells (const char *path)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  SemioStoreImport *import = semio_store_fixture_new_import ("Many", N_KILL_RECORDINGS);
  g_autoptr (SemioStoreImportResult) result = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < N_KILL_RECORDINGS * N_KILL_SEGMENTS; i++)
    {
      SemioPrediction cell = { 0,
                               -1 - (gint64) (i % N_KILL_RECORDINGS),
                               3,
                               (int) (i / N_KILL_RECORDINGS),
                               0,
                               SEMIO_ANSWER_YES,
                               g_strdup_printf ("Seen in part %u.", i) };

      g_array_append_val (import->predictions, cell);
    }
  result = semio_store_fixture_import (service, import, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
}

/* Merges in another program and kills it while it stages. */
static void
kill_merge (const char *path, const char *other)
{
  const char *const argv[] = { program, "--child", path, other, NULL };
  g_autoptr (GError) error = NULL;
  GPid child;
  int status = 0;

  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, &error);
  g_assert_no_error (error);
  while (count_rows (path, STAGED_CELLS_SQL) == 0)
    {
      g_assert_cmpint (waitpid (child, &status, WNOHANG), ==, 0);
      g_usleep (500);
    }
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

/* A merge that was killed has shown nothing, what it left goes at the next opening, and merging again gives the same as ever. */
static void
test_killed (void)
{
  Copies copies = make_copies ("killed");
  g_autofree char *other_into = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *summary_other = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *merged = NULL;
  g_autofree char *merged_other = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service;
  gint64 n_entries;

  add_many_cells (copies.b);
  other_into = semio_store_fixture_copy (copies.b, "killed-other-into.semio");
  service = semio_store_fixture_open (copies.a, &error);
  g_assert_no_error (error);
  before = digest (service);
  semio_store_fixture_close (service);
  n_entries = count_rows (copies.a, "SELECT count (*) FROM entry");

  kill_merge (copies.a, copies.b);
  g_assert_cmpint (count_rows (copies.a, STAGED_CELLS_SQL), >, 0);
  g_assert_cmpint (count_rows (copies.a, "SELECT count (*) FROM entry"), ==, n_entries);
  service = semio_store_fixture_open (copies.a, &error);
  g_assert_no_error (error);
  while (count_rows (copies.a, "SELECT count (*) FROM import WHERE state = 0") > 0)
    g_usleep (1000);
  after = digest (service);
  g_assert_cmpstr (before, ==, after);
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);

  summary = semio_store_fixture_merge (service, copies.b, &error);
  g_assert_no_error (error);
  merged = digest (service);
  semio_store_fixture_close (service);
  service = open_merged (other_into, copies.a, &summary_other);
  merged_other = digest (service);
  g_assert_cmpstr (merged, ==, merged_other);
  semio_store_fixture_close (service);
  g_free (copies.a);
  g_free (copies.b);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);
  program = g_canonicalize_filename (argv[0], NULL);
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/merge/both-orders", test_both_orders);
  g_test_add_func ("/store/merge/only-theirs", test_only_theirs);
  g_test_add_func ("/store/merge/close-conflict", test_close_conflict);
  g_test_add_func ("/store/merge/three", test_three);
  g_test_add_func ("/store/merge/other-study", test_other_study);
  g_test_add_func ("/store/merge/fork", test_fork);
  g_test_add_func ("/store/merge/killed", test_killed);
  {
    const int status = semio_store_fixture_run ();

    g_free (program);
    return status;
  }
}

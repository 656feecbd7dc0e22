/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of a run that is being asked: stored one by one, read, covered by entries, verified, merged. */
#include <glib/gstdio.h>
#include <string.h>

#include "semio-live-table.h"
#include "semio-prediction-table.h"
#include "semio-prediction.h"
#include "semio-rating-table.h"
#include "semio-run-table.h"
#include "semio-span.h"
#include "semio-store-fixture.h"

#define N_COST 400

/* A write on its way to the writing connection. */
typedef struct {
  gint64 run_id;
  SemioLiveAnswer *answers;
  guint n_answers;
  gint64 import_id;
  gint64 recording_id;
  int segment;
} Job;

static gpointer
make_run_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioRun) run = semio_run_new ();

  run->name = g_strdup (data);
  run->model = g_strdup ("test-model");
  run->origin = g_strdup ("live");
  return semio_run_table_put (database, NULL, run, NULL, error);
}

static gint64
make_run (SemioStoreService *service, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRun) run = semio_store_fixture_write (service, make_run_func, (gpointer) name, &error);

  g_assert_no_error (error);
  g_assert_cmpint (run->created_utc_us, >, 0);
  g_assert_false (run->archived);
  return run->id;
}

static gpointer
store_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->import_id = semio_live_table_begin (database, job->run_id, error);
  if (job->import_id != 0)
    semio_live_table_store_all (database, job->import_id, job->run_id, job->answers, job->n_answers, error);
  return NULL;
}

static gpointer
finish_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  if (job->recording_id != 0)
    semio_live_table_finish_segment (database, NULL, job->run_id, job->recording_id, job->segment, error);
  else
    semio_live_table_finish_run (database, NULL, job->run_id, error);
  return NULL;
}

static void
finish (SemioStoreService *service, gint64 run_id, gint64 recording_id, int segment)
{
  g_autoptr (GError) error = NULL;
  Job job = { .run_id = run_id, .recording_id = recording_id, .segment = segment };

  semio_store_fixture_write (service, finish_func, &job, &error);
  g_assert_no_error (error);
}

/* A reply as a server gives it; answer FAIL makes an unusable one. */
static SemioModelReply *
make_reply (SemioAnswer answer, const char *text)
{
  SemioModelReply *reply = semio_model_reply_new ();
  g_autofree char *raw = g_strdup_printf ("{\"choices\":[{\"message\":{\"content\":\"%s\"}}],\"padding\":\"%0300d\"}", text, 7);

  reply->state = SEMIO_REPLY_AS_SENT;
  reply->answer = answer;
  reply->explanation = g_strdup (text);
  reply->reasoning = g_strdup ("thought about it");
  reply->finish_reason = g_strdup ("stop");
  reply->http_status = 200;
  reply->prompt_tokens = 1000;
  reply->cached_tokens = 900;
  reply->completion_tokens = 20;
  reply->first_us = 5000;
  reply->total_us = 9000;
  reply->utc_us = G_GINT64_CONSTANT (1767323045000000) + (gint64) g_test_rand_int_range (0, 1000000);
  reply->request = semio_sha256_of_text (text);
  reply->host = g_strdup ("127.0.0.1:8000");
  reply->raw = g_bytes_new (raw, strlen (raw));
  if (answer == SEMIO_ANSWER_FAIL)
    semio_model_reply_set_unusable (reply, "The answer was cut.");
  return reply;
}

/* *attempt: under which it came to stand. */
static void
store (SemioStoreService *service, gint64 run_id, gint64 recording_id, SemioQuestionKind kind, guint feature, int segment,
       SemioModelReply *reply, int *attempt)
{
  g_autoptr (SemioModelReply) owned = reply;
  g_autoptr (GError) error = NULL;
  SemioLiveAnswer answer = { recording_id, kind, feature, segment, owned, -1 };
  Job job = { .run_id = run_id, .answers = &answer, .n_answers = 1 };

  semio_store_fixture_write (service, store_func, &job, &error);
  g_assert_no_error (error);
  if (attempt != NULL)
    *attempt = answer.attempt;
}

static gpointer
cells_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_live_table_load_cells (database, *(gint64 *) data, error);
}

/* Every question as "<recording>/<kind>/<feature>/<segment>=<answer>@<attempt> of <attempts> <state>", with the text that counts. */
typedef struct {
  gint64 run_id;
  GString *text;
} Listing;

static gpointer
list_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Listing *listing = data;
  g_autoptr (GArray) cells = semio_live_table_load_cells (database, listing->run_id, error);

  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      const SemioLiveCell *cell = &g_array_index (cells, SemioLiveCell, i);
      g_autoptr (SemioModelReply) reply = semio_live_table_get_reply (database, listing->run_id, cell->recording_id, cell->kind,
                                                                      cell->feature, cell->segment, -1, error);

      g_string_append_printf (
          listing->text, "%d/%s/%d/%d=%s@%d of %u %d %s\n", (int) cell->recording_id, semio_question_kind_to_id (cell->kind),
          cell->feature == SEMIO_FEATURE_NONE ? -1 : (int) cell->feature, cell->segment, semio_answer_to_id (cell->answer),
          cell->attempt, cell->n_attempts, cell->state, reply->explanation != NULL ? reply->explanation : reply->problem);
    }
  return NULL;
}

static char *
list (SemioStoreService *service, gint64 run_id)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Listing listing = { run_id, text };

  semio_store_fixture_read (service, list_func, &listing, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
expect (SemioStoreService *service, gint64 run_id, const char *expected)
{
  g_autofree char *found = list (service, run_id);

  g_assert_cmpstr (found, ==, expected);
}

static void
expect_verified (SemioStoreService *service, const char *finding, const char *remark)
{
  g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);
  g_autofree char *remarks = g_strjoinv ("\n", report->remarks);

  if (finding == NULL)
    g_assert_cmpstr (report->findings[0], ==, NULL);
  else
    {
      g_assert_cmpuint (g_strv_length (report->findings), ==, 1);
      g_assert_nonnull (strstr (report->findings[0], finding));
    }
  if (remark != NULL)
    g_assert_nonnull (strstr (remarks, remark));
  else
    g_assert_null (strstr (remarks, "not covered"));
}

static gpointer
sql_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  semio_database_execute (database, data, error);
  return NULL;
}

static void
run_sql (SemioStoreService *service, const char *sql)
{
  g_autoptr (GError) error = NULL;

  semio_store_fixture_write (service, sql_func, (gpointer) sql, &error);
  g_assert_no_error (error);
}

static SemioStoreService *
reopen (const char *path)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  g_assert_no_error (error);
  return service;
}

static gpointer
look_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autoptr (SemioModelReply) reply = NULL;
  g_autoptr (SemioModelReply) failed = NULL;
  g_autoptr (GArray) predictions = NULL;
  g_autoptr (GArray) onsets = NULL;
  g_autoptr (GArray) narratives = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  SemioLiveSums sums;
  gboolean done;

  reply = semio_live_table_get_reply (database, job->run_id, job->recording_id, SEMIO_QUESTION_ANSWER, 0, 0, -1, error);
  g_assert_cmpint (reply->answer, ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (reply->state, ==, SEMIO_REPLY_REPAIRED);
  g_assert_cmpstr (reply->explanation, ==, "the arm bends");
  g_assert_cmpstr (reply->reasoning, ==, "thought about it");
  g_assert_cmpstr (reply->problem, ==, "There was a comma too many.");
  g_assert_cmpstr (reply->finish_reason, ==, "stop");
  g_assert_cmpstr (reply->host, ==, "127.0.0.1:8000");
  g_assert_cmpint (reply->http_status, ==, 200);
  g_assert_cmpint (reply->cached_tokens, ==, -1);
  g_assert_cmpint (reply->total_us, ==, 9000);
  g_assert_cmpuint (g_bytes_get_size (reply->raw), >, 300);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (reply->raw, NULL), g_bytes_get_size (reply->raw), "the arm bends"));
  failed = semio_live_table_get_reply (database, job->run_id, job->recording_id, SEMIO_QUESTION_ANSWER, 0, 0, 0, error);
  g_assert_cmpint (failed->answer, ==, SEMIO_ANSWER_FAIL);
  g_assert_cmpint (failed->state, ==, SEMIO_REPLY_UNUSABLE);
  g_assert_null (semio_live_table_get_reply (database, job->run_id, job->recording_id, SEMIO_QUESTION_ANSWER, 0, 7, -1, error));

  predictions = semio_prediction_table_load (database, job->recording_id, error);
  for (guint i = 0; i < predictions->len; i++)
    {
      const SemioPrediction *prediction = &g_array_index (predictions, SemioPrediction, i);

      /* Three attempts at one feature, and nothing of other kinds. */
      if (prediction->run_id == job->run_id)
        g_assert_cmpuint (prediction->feature, ==, 0);
    }
  onsets = semio_prediction_table_load_onsets (database, job->recording_id, error);
  g_assert_cmpuint (onsets->len, ==, 1);
  g_assert_cmpint (g_array_index (onsets, SemioPredictedOnset, 0).onset_ns, ==, 12 * SEMIO_NS_PER_SECOND);
  g_assert_cmpuint (g_array_index (onsets, SemioPredictedOnset, 0).feature, ==, 0);
  g_assert_cmpstr (g_array_index (onsets, SemioPredictedOnset, 0).explanation, ==, "bends at twelve");
  narratives = semio_prediction_table_load_narratives (database, job->recording_id, error);
  g_assert_cmpuint (narratives->len, ==, 1);
  g_assert_cmpstr (g_array_index (narratives, SemioNarrative, 0).text, ==, "first the arm, then the head");

  problems = semio_live_table_load_problems (database, job->run_id, 10, error);
  g_assert_cmpuint (problems->len, ==, 3);
  done = semio_live_table_load_sums (database, job->run_id, &sums, error);
  g_assert_true (done);
  g_assert_cmpuint (sums.n_questions, ==, 3);
  g_assert_cmpuint (sums.n_attempts, ==, 5);
  g_assert_cmpuint (sums.n_answered, ==, 2);
  g_assert_cmpuint (sums.n_repaired, ==, 1);
  g_assert_cmpuint (sums.n_unusable, ==, 0);
  g_assert_cmpint (sums.prompt_tokens, ==, 5000);
  g_assert_cmpint (sums.cached_tokens, ==, 3600);
  g_assert_cmpint (sums.cached_of_tokens, ==, 4000);
  g_assert_cmpint (sums.completion_tokens, ==, 100);
  g_assert_cmpint (sums.first_utc_us, >, 0);
  g_assert_cmpint (sums.last_utc_us, >=, sums.first_utc_us);
  return NULL;
}

/* A fail, then a repaired answer, then another fail: the usable one counts. An onset, a narrative; all of it is read back. */
static void
test_store (void)
{
  g_autofree char *path = semio_store_fixture_path ("live.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) cells = NULL;
  SemioModelReply *repaired, *onset;
  SemioStoreFacts facts;
  gint64 run_id, import_id;
  Job job;
  int attempt;

  semio_store_fixture_fill (service, 2, &facts);
  run_id = make_run (service, "asked");
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_FAIL, "cut"), &attempt);
  g_assert_cmpint (attempt, ==, 0);
  repaired = make_reply (SEMIO_ANSWER_YES, "the arm bends");
  repaired->state = SEMIO_REPLY_REPAIRED;
  repaired->problem = g_strdup ("There was a comma too many.");
  repaired->cached_tokens = -1;
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, repaired, &attempt);
  g_assert_cmpint (attempt, ==, 1);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_FAIL, "cut"), &attempt);
  g_assert_cmpint (attempt, ==, 2);
  onset = make_reply (SEMIO_ANSWER_YES, "bends at twelve");
  onset->onset_ns = 12 * SEMIO_NS_PER_SECOND;
  store (service, run_id, 1, SEMIO_QUESTION_ONSET, 0, 0, onset, &attempt);
  g_assert_cmpint (attempt, ==, 0);
  store (service, run_id, 1, SEMIO_QUESTION_NARRATIVE, SEMIO_FEATURE_NONE, SEMIO_SEGMENT_WHOLE,
         make_reply (SEMIO_ANSWER_MISSING, "first the arm, then the head"), NULL);
  expect (service, run_id,
          "1/answer/0/0=yes@1 of 3 1 the arm bends\n"
          "1/onset/0/0=yes@0 of 1 0 bends at twelve\n"
          "1/narrative/-1/-1=missing@0 of 1 0 first the arm, then the head\n");
  job = (Job){ .run_id = run_id, .recording_id = 1 };
  semio_store_fixture_read (service, look_func, &job, &error);
  g_assert_no_error (error);
  /* Asking for the import again gives the same; another opening gets its own and goes on with the attempts. */
  job.n_answers = 0;
  semio_store_fixture_write (service, store_func, &job, &error);
  import_id = job.import_id;
  semio_store_fixture_write (service, store_func, &job, &error);
  g_assert_cmpint (job.import_id, ==, import_id);
  semio_store_fixture_close (service);
  service = reopen (path);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_NO, "it rests"), &attempt);
  g_assert_cmpint (attempt, ==, 3);
  semio_store_fixture_write (service, store_func, &job, &error);
  g_assert_no_error (error);
  g_assert_cmpint (job.import_id, !=, import_id);
  /* A run that came from a file has a grid too. */
  cells = semio_store_fixture_read (service, cells_func, &facts.run_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cells->len, ==, 12);
  semio_store_fixture_close (service);
}

static gpointer
coverage_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_prediction_table_load_coverage (database, error);
}

/* Lists know which features were answered; other kinds and fails do not count. */
static void
test_coverage (void)
{
  g_autofree char *path = semio_store_fixture_path ("live-coverage.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (GArray) coverages = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  gboolean found = FALSE;
  gint64 run_id;

  semio_store_fixture_fill (service, 1, &facts);
  run_id = make_run (service, "asked");
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 9, 0, make_reply (SEMIO_ANSWER_NO, "no"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 2, 0, make_reply (SEMIO_ANSWER_FAIL, "cut"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_ONSET, 3, 0, make_reply (SEMIO_ANSWER_YES, "when"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_YES, "yes"), NULL);
  coverages = semio_store_fixture_read (service, coverage_func, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < coverages->len; i++)
    {
      const SemioCoverage *coverage = &g_array_index (coverages, SemioCoverage, i);

      if (coverage->run_id != run_id)
        continue;
      found = TRUE;
      g_assert_cmpuint (coverage->n_features, ==, 2);
      g_assert_true (semio_coverage_has_bit (coverage->answered, 0) && semio_coverage_has_bit (coverage->answered, 9));
      g_assert_false (semio_coverage_has_bit (coverage->answered, 2) || semio_coverage_has_bit (coverage->ratable, 3));
      g_assert_true (semio_coverage_has_bit (coverage->ratable, 9));
    }
  g_assert_true (found);
  semio_store_fixture_close (service);
}

/* Files and models do not mix in one run. */
static void
test_refuse (void)
{
  g_autofree char *path = semio_store_fixture_path ("live-refuse.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (SemioStoreImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SemioLiveAnswer wrong = { 1, SEMIO_QUESTION_ANSWER, SEMIO_FEATURE_NONE, 0, NULL, 0 };
  SemioStoreFacts facts;
  SemioStoreImport *import;
  gint64 run_id;
  Job job;

  semio_store_fixture_fill (service, 1, &facts);
  job = (Job){ .run_id = facts.run_id };
  semio_store_fixture_write (service, store_func, &job, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "came from a file"));
  g_clear_error (&error);

  run_id = make_run (service, "asked");
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_YES, "yes"), NULL);
  import = semio_store_fixture_new_import ("asked", 1);
  import->run->id = run_id;
  result = semio_store_fixture_import (service, import, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "“asked”"));
  g_assert_null (result);
  g_clear_error (&error);

  job = (Job){ .run_id = run_id, .answers = &wrong, .n_answers = 1 };
  semio_store_fixture_write (service, store_func, &job, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID);
  semio_store_fixture_close (service);
}

/* A study in which one segment is finished and another is not. */
static gint64
make_covered (SemioStoreService *service)
{
  SemioStoreFacts facts;
  gint64 run_id;

  semio_store_fixture_fill (service, 2, &facts);
  run_id = make_run (service, "asked");
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_FAIL, "cut"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_YES, "it bends"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_ONSET, 1, 0, make_reply (SEMIO_ANSWER_YES, "early"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_NARRATIVE, SEMIO_FEATURE_NONE, 0, make_reply (SEMIO_ANSWER_MISSING, "a tale"), NULL);
  finish (service, run_id, 1, 0);
  finish (service, run_id, 1, 0);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 1, make_reply (SEMIO_ANSWER_NO, "it rests"), NULL);
  return run_id;
}

static void
test_verify (void)
{
  static const char *const tampering[] = {
    "UPDATE prediction SET answer = 2 WHERE kind = 0 AND attempt = 1 AND segment = 0 AND import_id = 2",
    "UPDATE prediction SET onset_ns = 5 WHERE kind = 1",
    "UPDATE explanation SET text = 'another tale' WHERE kind = 2",
    "DELETE FROM explanation WHERE kind = 2",
    "UPDATE reply SET state = 1 WHERE kind = 1",
    "UPDATE reply SET cached_tokens = NULL WHERE kind = 2",
    "UPDATE reply SET problem = 'none' WHERE kind = 0 AND attempt = 0 AND segment = 0",
    "UPDATE reply_body SET raw = x'00' WHERE kind = 1",
    "UPDATE reply_body SET reasoning = 'none' WHERE kind = 1",
    "DELETE FROM reply_body WHERE kind = 1",
    "DELETE FROM reply_body WHERE kind = 1; DELETE FROM reply WHERE kind = 1; DELETE FROM explanation WHERE kind = 1;"
    " DELETE FROM prediction WHERE kind = 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autofree char *name = g_strdup_printf ("live-verify-%u.semio", i);
      g_autofree char *path = semio_store_fixture_path (name);
      SemioStoreService *service = semio_store_fixture_create (path);
      const gint64 run_id = make_covered (service);

      expect_verified (service, NULL, "1 answer of a model is not covered");
      finish (service, run_id, 0, 0);
      expect_verified (service, NULL, NULL);
      run_sql (service, tampering[i]);
      expect_verified (service, "in 1 place: R", NULL);
      semio_store_fixture_close (service);
    }
}

/* What no entry speaks of. */
static void
test_verify_loose (void)
{
  g_autofree char *path = semio_store_fixture_path ("live-loose.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  const gint64 run_id = make_covered (service);

  finish (service, run_id, 0, 0);
  run_sql (service, "INSERT INTO live (id, uuid) VALUES (99, zeroblob (16));"
                    "INSERT INTO import (uuid, state, run_id, owner, touched_utc_us, live_id)"
                    " VALUES (zeroblob (16), 1, 2, '', 0, 99)");
  expect_verified (service, "in 1 place that no entry speaks of", NULL);
  run_sql (service, "DELETE FROM import WHERE live_id = 99; DELETE FROM live WHERE id = 99;"
                    "DELETE FROM explanation WHERE import_id = 2 AND kind = 2;"
                    "UPDATE reply SET attempt = 5 WHERE kind = 2; UPDATE reply_body SET attempt = 5 WHERE kind = 2");
  {
    g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);
    g_autofree char *findings = g_strjoinv ("\n", report->findings);

    g_assert_nonnull (strstr (findings, "1 reply of a server stands in the file without its answer"));
  }
  semio_store_fixture_close (service);
}

typedef struct {
  gint64 person_id;
  gint64 run_id;
} Rating;

static gpointer
rate_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Rating *wish = data;
  g_autoptr (SemioRating) rating = semio_rating_new ();

  rating->person_id = wish->person_id;
  rating->key = (SemioItemKey){ wish->run_id, 1, 0, SEMIO_SEGMENT_WHOLE };
  rating->score = 4;
  if (!semio_store_fixture_hash_shown (database, rating, error))
    return NULL;
  return semio_rating_table_add (database, rating, error);
}

/* Who rates while the run goes on has rated what stood then; that is no fault. One that is of no such text is. */
static void
test_rated_meanwhile (void)
{
  g_autofree char *path = semio_store_fixture_path ("live-rated.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (SemioRating) rating = NULL;
  g_autoptr (GError) error = NULL;
  SemioModelReply *reply;
  SemioStoreFacts facts;
  Rating wish;

  semio_store_fixture_fill (service, 1, &facts);
  wish = (Rating){ facts.person_id, make_run (service, "asked") };
  for (int segment = 0; segment < 3; segment++)
    {
      reply = make_reply (SEMIO_ANSWER_YES, segment == 0 ? "one" : segment == 1 ? "two" : "three");
      reply->utc_us = 1000 * (segment + 1);
      store (service, wish.run_id, 1, SEMIO_QUESTION_ANSWER, 0, segment, reply, NULL);
      finish (service, wish.run_id, 1, segment);
      if (segment == 1)
        rating = semio_store_fixture_write (service, rate_func, &wish, &error);
      g_assert_no_error (error);
    }
  expect_verified (service, NULL, "1 rating was given before a later import or answer added to its explanation");
  run_sql (service, "UPDATE rating SET explanation = randomblob (32)");
  {
    g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);
    g_autofree char *findings = g_strjoinv ("\n", report->findings);

    g_assert_cmpuint (report->n_ratings_differing, ==, 1);
    g_assert_nonnull (strstr (findings, "1 rating was given for another explanation"));
  }
  semio_store_fixture_close (service);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
merge (SemioStoreService *service, const char *other)
{
  g_autoptr (GError) error = NULL;
  char *summary = semio_store_fixture_merge (service, other, &error);

  g_assert_no_error (error);
  return summary;
}

static gpointer
count_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 count = -1;

  semio_database_get_int (database, data, 0, &count, error);
  return GINT_TO_POINTER ((int) count);
}

static int
count (SemioStoreService *service, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gpointer result = semio_store_fixture_read (service, count_func, (gpointer) sql, &error);

  g_assert_no_error (error);
  return GPOINTER_TO_INT (result);
}

/* A run copied in the middle and asked on in both copies: the union, with the same answers counting on both sides. */
static void
test_merge (void)
{
  g_autofree char *path = semio_store_fixture_path ("live-merge-a.semio");
  g_autofree char *other_path = semio_store_fixture_path ("live-merge-b.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreService *other;
  SemioStoreFacts facts;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *again = NULL;
  gint64 run_id;

  semio_store_fixture_fill (service, 2, &facts);
  run_id = make_run (service, "asked");
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_FAIL, "cut"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 1, 0, make_reply (SEMIO_ANSWER_YES, "before"), NULL);
  semio_store_fixture_close (service);
  copy_file (path, other_path);

  service = reopen (path);
  store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_YES, "in A"), NULL);
  store (service, run_id, 1, SEMIO_QUESTION_NARRATIVE, SEMIO_FEATURE_NONE, 0, make_reply (SEMIO_ANSWER_MISSING, "A tells"), NULL);
  finish (service, run_id, 0, 0);
  semio_store_fixture_close (service);
  other = reopen (other_path);
  store (other, run_id, 1, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_NO, "in B"), NULL);
  store (other, run_id, 2, SEMIO_QUESTION_ANSWER, 0, 0, make_reply (SEMIO_ANSWER_YES, "second, in B"), NULL);
  finish (other, run_id, 0, 0);
  semio_store_fixture_close (other);

  service = reopen (path);
  g_free (merge (service, other_path));
  ours = list (service, run_id);
  g_assert_nonnull (strstr (ours, "1/answer/0/0="));
  g_assert_nonnull (strstr (ours, "of 3"));
  g_assert_nonnull (strstr (ours, "second, in B"));
  g_assert_cmpint (count (service, "SELECT count (*) FROM reply"), ==, 6);
  g_assert_cmpint (count (service, "SELECT count (*) FROM reply_body"), ==, 6);
  expect_verified (service, NULL, NULL);
  again = merge (service, other_path);
  g_assert_nonnull (strstr (again, "Nothing changed"));
  g_assert_cmpint (count (service, "SELECT count (*) FROM import"), ==, 4);
  semio_store_fixture_close (service);

  other = reopen (other_path);
  g_free (merge (other, path));
  theirs = list (other, run_id);
  g_assert_cmpstr (ours, ==, theirs);
  g_assert_cmpint (count (other, "SELECT count (*) FROM reply"), ==, 6);
  expect_verified (other, NULL, NULL);
  semio_store_fixture_close (other);
}

/* One opening asks on and on while another copy takes in what is there, three times: it never loses or doubles an answer. */
static void
test_merge_on_the_way (void)
{
  g_autofree char *path = semio_store_fixture_path ("live-way-a.semio");
  g_autofree char *other_path = semio_store_fixture_path ("live-way-b.semio");
  g_autofree char *third_path = semio_store_fixture_path ("live-way-c.semio");
  g_autofree char *snapshot = semio_store_fixture_path ("live-way-snapshot.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreService *other;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *third = NULL;
  SemioStoreFacts facts;
  gint64 run_id;

  semio_store_fixture_fill (service, 1, &facts);
  run_id = make_run (service, "asked");
  semio_store_fixture_close (service);
  copy_file (path, other_path);
  copy_file (path, third_path);
  service = reopen (path);
  other = reopen (other_path);
  for (int segment = 0; segment < 3; segment++)
    {
      store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 0, segment, make_reply (SEMIO_ANSWER_YES, "first"), NULL);
      store (service, run_id, 1, SEMIO_QUESTION_ANSWER, 5, segment, make_reply (SEMIO_ANSWER_NO, "sixth"), NULL);
      if (segment == 1)
        finish (service, run_id, 1, segment);
      run_sql (service, "DELETE FROM draft");
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, &error);
        g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", snapshot);

        g_assert_no_error (error);
        g_remove (snapshot);
        semio_database_execute (database, sql, &error);
        g_assert_no_error (error);
      }
      g_free (merge (other, snapshot));
      expect_verified (other, NULL, "covered by");
    }
  finish (service, run_id, 0, 0);
  /* Both say of the same answers that they came. */
  finish (other, run_id, 0, 0);
  ours = list (service, run_id);
  theirs = list (other, run_id);
  g_assert_cmpstr (ours, ==, theirs);
  g_assert_cmpint (count (other, "SELECT count (*) FROM prediction WHERE run_id = 2"), ==, 6);
  expect_verified (other, NULL, NULL);
  semio_store_fixture_close (service);
  semio_store_fixture_close (other);

  /* A third copy gets the parts as one. */
  service = reopen (third_path);
  g_free (merge (service, other_path));
  g_free (merge (service, path));
  third = list (service, run_id);
  g_assert_cmpstr (third, ==, ours);
  g_assert_cmpint (count (service, "SELECT count (*) FROM prediction WHERE run_id = 2"), ==, 6);
  expect_verified (service, NULL, NULL);
  semio_store_fixture_close (service);
}

typedef struct {
  gint64 run_id;
  guint n;
  double seconds;
} Cost;

static gpointer
cost_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Cost *cost = data;
  g_autoptr (SemioModelReply) reply = make_reply (SEMIO_ANSWER_YES, "the arm bends and stretches in turn");
  g_autoptr (GTimer) timer = g_timer_new ();
  const gint64 import_id = semio_live_table_begin (database, cost->run_id, error);

  for (guint i = 0; i < cost->n; i++)
    if (!semio_live_table_store (database, import_id, cost->run_id, 1, SEMIO_QUESTION_ANSWER, i % 20, (int) (i / 20), reply, NULL,
                                 error))
      return NULL;
  cost->seconds = g_timer_elapsed (timer, NULL);
  return NULL;
}

/* Hundreds of answers a second leave most of the second to others. */
static void
test_cost (void)
{
  g_autofree char *path = semio_store_fixture_path ("live-cost.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimer) timer = NULL;
  SemioStoreFacts facts;
  Cost cost = { .n = N_COST };

  semio_store_fixture_fill (service, 1, &facts);
  cost.run_id = make_run (service, "asked");
  semio_store_fixture_write (service, cost_func, &cost, &error);
  g_assert_no_error (error);
  g_test_message ("%d µs for an answer in one transaction of %d", (int) (cost.seconds * 1e6 / N_COST), N_COST);
  g_assert_cmpfloat (cost.seconds / N_COST, <, 0.001);
  timer = g_timer_new ();
  for (guint i = 0; i < 50; i++)
    store (service, cost.run_id, 1, SEMIO_QUESTION_ANSWER, i % 20, 100, make_reply (SEMIO_ANSWER_YES, "alone"), NULL);
  g_test_message ("%d µs for an answer on its own, synced", (int) (g_timer_elapsed (timer, NULL) * 1e6 / 50));
  g_timer_start (timer);
  finish (service, cost.run_id, 1, 0);
  g_test_message ("%d µs for the entry of a segment, synced", (int) (g_timer_elapsed (timer, NULL) * 1e6));
  g_timer_start (timer);
  g_free (list (service, cost.run_id));
  finish (service, cost.run_id, 0, 0);
  g_test_message ("%d µs for the entries of 20 segments", (int) (g_timer_elapsed (timer, NULL) * 1e6));
  expect_verified (service, NULL, NULL);
  semio_store_fixture_close (service);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/live/store", test_store);
  g_test_add_func ("/store/live/coverage", test_coverage);
  g_test_add_func ("/store/live/refuse", test_refuse);
  g_test_add_func ("/store/live/verify", test_verify);
  g_test_add_func ("/store/live/verify-loose", test_verify_loose);
  g_test_add_func ("/store/live/rated-meanwhile", test_rated_meanwhile);
  g_test_add_func ("/store/live/merge", test_merge);
  g_test_add_func ("/store/live/merge-on-the-way", test_merge_on_the_way);
  g_test_add_func ("/store/live/cost", test_cost);
  return semio_store_fixture_run ();
}

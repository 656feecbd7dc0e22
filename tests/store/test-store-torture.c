/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that rates, or stores answers of a model, as fast as it can is killed again and again. SEMIO_TORTURE is how often (60 unless it says so). */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "semio-live-table.h"
#include "semio-rating-table.h"
#include "semio-run-table.h"
#include "semio-schema.h"
#include "semio-store-fixture.h"
#include "semio-text.h"

#define DEFAULT_ROUNDS 60
#define LONGEST_LIFE_MS 60
/* The run that is asked, and how many questions a segment has. */
#define LIVE_RUN 2
#define QUESTIONS 7

static char *program;

/* The child: every number goes out when its rating was acknowledged. */
static int
run_child (const char *path, int first)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  if (service == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (int i = first;; i++)
    {
      g_autofree char *comment = g_strdup_printf ("%d", i);
      g_autofree char *line = g_strdup_printf ("%d\n", i);
      g_autoptr (SemioRating) rating = semio_store_fixture_rate (service, 1, 1, 1, (guint) i % 3, 1 + i % 5, comment, &error);

      if (rating == NULL || write (STDOUT_FILENO, line, strlen (line)) < 0)
        return 1;
    }
}

static gpointer
answer_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const int i = GPOINTER_TO_INT (data);
  const gint64 import_id = semio_live_table_begin (database, LIVE_RUN, error);
  g_autofree char *text = g_strdup_printf ("answer %d", i);
  g_autoptr (SemioModelReply) reply = semio_model_reply_new ();

  reply->state = SEMIO_REPLY_AS_SENT;
  reply->answer = SEMIO_ANSWER_YES;
  reply->explanation = g_steal_pointer (&text);
  reply->raw = g_bytes_new (reply->explanation, strlen (reply->explanation));
  if (import_id != 0
      && semio_live_table_store (database, import_id, LIVE_RUN, 1, SEMIO_QUESTION_ANSWER, (guint) i % QUESTIONS, i / QUESTIONS,
                                 reply, NULL, error)
      && i % QUESTIONS == QUESTIONS - 1)
    semio_live_table_finish_segment (database, NULL, LIVE_RUN, 1, i / QUESTIONS, error);
  return NULL;
}

/* The same with answers of a model. */
static int
run_live_child (const char *path, int first)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  for (int i = first; service != NULL; i++)
    {
      g_autofree char *line = g_strdup_printf ("%d\n", i);

      semio_store_fixture_write (service, answer_func, GINT_TO_POINTER (i), &error);
      if (error != NULL || write (STDOUT_FILENO, line, strlen (line)) < 0)
        break;
    }
  g_printerr ("%s\n", error != NULL ? error->message : "nobody listens");
  return 1;
}

/* The last number that came out. */
static int
run_round (const char *what, const char *path, int first, guint life_ms)
{
  g_autofree char *number = g_strdup_printf ("%d", first);
  const char *const argv[] = { program, what, path, number, NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *tail = NULL;
  char buffer[4096];
  GPid child;
  gint out, status;
  gssize n;
  gint64 last = first - 1;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  /* Life begins with the first rating; before that there is nothing to lose. */
  n = read (out, buffer, sizeof buffer);
  g_assert_cmpint (n, >, 0);
  g_string_append_len (text, buffer, n);
  g_usleep (life_ms * 1000);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  while ((n = read (out, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    g_string_append_len (text, buffer, MAX (n, 0));
  close (out);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_spawn_close_pid (child);
  for (char **lines = g_strsplit (text->str, "\n", -1), **line = lines;; line++)
    {
      if (*line == NULL)
        {
          g_strfreev (lines);
          break;
        }
      if (**line != '\0' && line[1] != NULL)
        semio_text_to_int64 (*line, &last, NULL);
    }
  return (int) last;
}

/* How many ratings there are; every number from 1 on stands exactly once. */
static int
check (const char *path, int n_acknowledged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, &error);
  g_autoptr (GPtrArray) ratings = NULL;
  gboolean whole;

  g_assert_no_error (error);
  whole = semio_schema_check (database, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (whole);
  ratings = semio_rating_table_load (database, 1, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ratings->len, >=, (guint) n_acknowledged);
  for (guint i = 0; i < ratings->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      g_assert_cmpstr (((SemioRating *) g_ptr_array_index (ratings, i))->comment, ==, number);
    }
  return (int) ratings->len;
}

static void
test_kill (void)
{
  g_autofree char *path = semio_store_fixture_path ("killed.semio");
  const char *wanted = g_getenv ("SEMIO_TORTURE");
  const int n_rounds = wanted != NULL ? atoi (wanted) : DEFAULT_ROUNDS;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;
  int n_ratings = 0;

  semio_store_fixture_fill (service, 1, &facts);
  semio_store_fixture_close (service);
  for (int round = 0; round < n_rounds; round++)
    {
      const int n_acknowledged = run_round ("--child", path, n_ratings + 1, (guint) g_random_int_range (0, LONGEST_LIFE_MS));

      n_ratings = check (path, n_acknowledged);
      /* One may have been committed without coming to say so. */
      g_assert_cmpint (n_ratings - n_acknowledged, <=, 1);
    }
  g_test_message ("%d rounds, %d ratings", n_rounds, n_ratings);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  semio_store_fixture_close (service);
}

static gpointer
make_run_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioRun) run = semio_run_new ();
  g_autoptr (SemioRun) made = NULL;

  run->name = g_strdup ("asked");
  made = semio_run_table_put (database, NULL, run, NULL, error);
  return made != NULL ? GINT_TO_POINTER ((int) made->id) : NULL;
}

/* Each question that was acknowledged has one answer, whole; how many there are. */
static int
check_answers (SemioDatabase *database, int n_acknowledged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) cells = semio_live_table_load_cells (database, LIVE_RUN, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cells->len, >=, (guint) n_acknowledged);
  for (guint i = 0; i < cells->len; i++)
    {
      const SemioLiveCell *cell = &g_array_index (cells, SemioLiveCell, i);
      g_autofree char *text = g_strdup_printf ("answer %d", cell->segment * QUESTIONS + (int) cell->feature);
      g_autoptr (SemioModelReply) reply =
          semio_live_table_get_reply (database, LIVE_RUN, 1, cell->kind, cell->feature, cell->segment, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (cell->n_attempts, ==, 1);
      g_assert_cmpint (cell->segment * QUESTIONS + (int) cell->feature, <, (int) cells->len);
      g_assert_cmpstr (reply->explanation, ==, text);
      g_assert_cmpmem (g_bytes_get_data (reply->raw, NULL), g_bytes_get_size (reply->raw), text, strlen (text));
    }
  return (int) cells->len;
}

static gpointer
finish_run_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  semio_live_table_finish_run (database, NULL, LIVE_RUN, error);
  return NULL;
}

/* Going on after each kill, in the end every question has exactly one answer, and entries speak of all of them. */
static void
test_kill_live (void)
{
  g_autofree char *path = semio_store_fixture_path ("killed-live.semio");
  const char *wanted = g_getenv ("SEMIO_TORTURE");
  const int n_rounds = wanted != NULL ? atoi (wanted) : DEFAULT_ROUNDS;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autofree char *remarks = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;
  gpointer run_id;
  int n_answers = 0;

  semio_store_fixture_fill (service, 1, &facts);
  run_id = semio_store_fixture_write (service, make_run_func, NULL, &error);
  g_assert_cmpint (GPOINTER_TO_INT (run_id), ==, LIVE_RUN);
  semio_store_fixture_close (service);
  for (int round = 0; round < n_rounds; round++)
    {
      const int last = run_round ("--live-child", path, n_answers, (guint) g_random_int_range (0, LONGEST_LIFE_MS));
      g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, &error);

      g_assert_no_error (error);
      n_answers = check_answers (database, last + 1);
      /* One may have been committed without coming to say so. */
      g_assert_cmpint (n_answers - (last + 1), <=, 1);
    }
  g_test_message ("%d rounds, %d answers", n_rounds, n_answers);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  semio_store_fixture_write (service, finish_run_func, NULL, &error);
  g_assert_no_error (error);
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  remarks = g_strjoinv ("\n", report->remarks);
  g_assert_null (strstr (remarks, "not covered"));
  semio_store_fixture_close (service);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], atoi (argv[3]));
  if (argc == 4 && g_str_equal (argv[1], "--live-child"))
    return run_live_child (argv[2], atoi (argv[3]));
  program = g_canonicalize_filename (argv[0], NULL);
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/torture/kill", test_kill);
  g_test_add_func ("/store/torture/kill-live", test_kill_live);
  {
    const int status = semio_store_fixture_run ();

    g_free (program);
    return status;
  }
}

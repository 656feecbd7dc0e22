/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that rates as fast as it can is killed again and again. SEMIO_TORTURE is how often (60 unless it says so). */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "semio-rating-table.h"
#include "semio-schema.h"
#include "semio-store-fixture.h"
#include "semio-text.h"

#define DEFAULT_ROUNDS 60
#define LONGEST_LIFE_MS 60

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

/* The last number that came out. */
static int
run_round (const char *path, int first, guint life_ms)
{
  g_autofree char *number = g_strdup_printf ("%d", first);
  const char *const argv[] = { program, "--child", path, number, NULL };
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
      const int n_acknowledged = run_round (path, n_ratings + 1, (guint) g_random_int_range (0, LONGEST_LIFE_MS));

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

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], atoi (argv[3]));
  program = g_canonicalize_filename (argv[0], NULL);
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/torture/kill", test_kill);
  {
    const int status = semio_store_fixture_run ();

    g_free (program);
    return status;
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file dialog that looks at the files of the study's folder gives up the locks of SQLite: what is rated afterwards must be
 * seen by other programs all the same, and be there when this one is killed. */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "semio-store-fixture.h"

static char *program;

/* What a file dialog does to know what kind of file it is. */
static void
sniff (const char *path)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC);
  char byte;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (read (fd, &byte, 1), >=, 0);
  close (fd);
}

/* Another program opens the study, reads the ratings that stand, and closes it. */
static char *
read_beside (const char *path)
{
  const char *const argv[] = { program, "--child", path, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return g_strdup (g_strstrip (out));
}

static int
run_child (const char *path)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  g_autofree char *current = NULL;

  if (service == NULL)
    return 1;
  current = semio_store_fixture_list_current (service);
  semio_store_fixture_close (service);
  g_print ("%s\n", current);
  return 0;
}

static void
test_sniffed (void)
{
  g_autofree char *path = semio_store_fixture_path ("sniffed.semio");
  g_autofree char *memory = g_strconcat (path, "-shm", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *own = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) rating = NULL;
  SemioStoreFacts facts = { 0 };
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 1, &facts);
  sniff (path);
  sniff (memory);
  before = read_beside (path);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  rating = semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[0], 0, 4, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (rating);
  after = read_beside (path);
  own = semio_store_fixture_list_current (service);
  g_assert_cmpstr (after, !=, before);
  g_assert_cmpstr (after, ==, g_strstrip (own));
  /* Closed by itself it is one file again. */
  semio_store_fixture_close (service);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);
  program = argv[0];
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/guard/sniffed", test_sniffed);
  return semio_store_fixture_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding with the real program: killed half-way, joined to what was imported before, sound that is not there. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "semio-test-cli.h"
#include "semio-test-home.h"

#define run semio_test_cli_run
#define put semio_test_cli_put
#define read_json semio_test_cli_read_json
#define assert_err semio_test_cli_assert_err
#define assert_out semio_test_cli_assert_out

/* Kills of one adding, each a little later. */
#define N_KILLS 6
#define KILL_STEP_MS 60

static const char *const clip_names[] = { "cfr.mp4", "no-sound.mp4" };

static void
copy_clip (Fixture *fixture, const char *clip, const char *name)
{
  g_autofree char *from = g_build_filename (semio_test_cli_get_clips (), clip, NULL);
  g_autofree char *to = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (to);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_mkdir_with_parents (parent, 0700);
  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

static JsonObject *
get_recording (JsonObject *info, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (info, "recordings"), index);
}

static guint
count (JsonObject *object, const char *member)
{
  return json_array_get_length (json_object_get_array_member (object, member));
}

static JsonObject *
read_info (Fixture *fixture)
{
  g_assert_cmpint (run (fixture, "info", fixture->study, "--json", NULL), ==, 0);
  return read_json (fixture);
}

#define HIDDEN ".5b3d4f0a-7c61-4d0e-9a8e-2f6c1d0b9e77.part"

/* The names in the folder of copies, hidden ones too, sorted and joined by blanks. */
static char *
list_copies (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "Study-media", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, <=, 2);
  if (names->len == 2 && strcmp (names->pdata[0], names->pdata[1]) > 0)
    return g_strconcat (names->pdata[1], " ", names->pdata[0], NULL);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

/* Killed at any moment, what is there is there whole; repeated, nothing is there twice. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *videos = g_build_filename (fixture->folder, "videos", NULL);
  g_autoptr (JsonObject) whole = NULL;
  g_autofree char *copies = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (clip_names); i++)
    {
      g_autofree char *name = g_build_filename ("videos", clip_names[i], NULL);

      copy_clip (fixture, clip_names[i], name);
    }
  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autoptr (GSubprocess) process = semio_test_cli_spawn (fixture, "add", fixture->study, videos, "--copy", NULL);
      g_autoptr (JsonObject) info = NULL;

      g_usleep ((i + 1) * KILL_STEP_MS * 1000);
      g_subprocess_send_signal (process, SIGKILL);
      g_subprocess_wait (process, NULL, NULL);
      info = read_info (fixture);
      g_test_message ("after %u ms: %u", (i + 1) * KILL_STEP_MS, count (info, "recordings"));
      g_assert_cmpuint (count (info, "recordings"), <=, G_N_ELEMENTS (clip_names));
      for (guint j = 0; j < count (info, "recordings"); j++)
        {
          g_assert_true (json_object_get_boolean_member (get_recording (info, j), "has_media"));
          g_assert_cmpint (json_object_get_int_member (get_recording (info, j), "frames"), >, 0);
        }
      g_assert_cmpint (run (fixture, "verify", fixture->study, NULL), ==, 0);
    }
  g_assert_cmpint (run (fixture, "add", fixture->study, videos, "--copy", NULL), ==, 0);
  copies = list_copies (fixture);
  g_assert_null (strstr (copies, ".part"));
  whole = read_info (fixture);
  g_assert_cmpuint (count (whole, "recordings"), ==, G_N_ELEMENTS (clip_names));
  g_assert_cmpint (run (fixture, "add", fixture->study, videos, NULL), ==, 0);
  assert_out (fixture, "0 added, 0 joined, 2 known, 0 refused.");
  g_assert_cmpint (run (fixture, "verify", fixture->study, NULL), ==, 0);
}

static void
put_half (Fixture *fixture, const char *path)
{
  g_autofree char *clip = g_build_filename (semio_test_cli_get_clips (), "cfr.mp4", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (clip, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) (length / 2), &error);
  g_assert_no_error (error);
}

/* What an adding leaves when it is killed while it copies, or before the copy has its name, is mended: the half copy goes, the
 * whole one gets its name, and one that is gone is made again. */
static void
test_copy_mended (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (fixture->folder, "a.mp4", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "Study-media", NULL);
  g_autofree char *hidden = g_build_filename (folder, HIDDEN, NULL);
  g_autofree char *whole = NULL;
  g_autofree char *again = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (JsonObject) info = NULL;

  /* Killed while it copied. */
  copy_clip (fixture, "cfr.mp4", "a.mp4");
  g_mkdir (folder, 0700);
  put_half (fixture, hidden);
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--copy", NULL), ==, 0);
  whole = list_copies (fixture);
  g_assert_true (g_str_has_suffix (whole, ".mp4"));
  g_assert_null (strchr (whole, ' '));
  copy = g_build_filename (folder, whole, NULL);

  /* Killed before the copy had its name, and the video taken away since: found at the next opening. */
  g_assert_cmpint (g_rename (copy, hidden), ==, 0);
  g_assert_cmpint (g_unlink (video), ==, 0);
  info = read_info (fixture);
  g_assert_true (json_object_get_boolean_member (get_recording (info, 0), "media_found"));
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));

  /* The same with the video in its place, and the adding repeated. */
  copy_clip (fixture, "cfr.mp4", "a.mp4");
  g_assert_cmpint (g_rename (copy, hidden), ==, 0);
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--copy", NULL), ==, 0);
  assert_out (fixture, "is in the study already");
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  again = list_copies (fixture);
  g_assert_cmpstr (again, ==, whole);

  /* No copy at all. */
  g_assert_cmpint (g_unlink (copy), ==, 0);
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--copy", NULL), ==, 0);
  assert_out (fixture, "it is copied beside the study now");
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--copy", NULL), ==, 0);
  g_assert_null (strstr (fixture->out, "copied"));
}

/* What another program is copying just now is left alone, and so are files of other names. */
static void
test_copy_in_use (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (fixture->folder, "a.mp4", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "Study-media", NULL);
  g_autofree char *hidden = g_build_filename (folder, HIDDEN, NULL);
  g_autofree char *other = g_build_filename (folder, ".mine.part", NULL);
  int lock;

  copy_clip (fixture, "cfr.mp4", "a.mp4");
  g_mkdir (folder, 0700);
  put_half (fixture, hidden);
  lock = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (flock (lock, LOCK_SH), ==, 0);
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--copy", NULL), ==, 0);
  g_assert_true (g_file_test (hidden, G_FILE_TEST_EXISTS));
  close (lock);
  g_assert_cmpint (g_rename (hidden, other), ==, 0);
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--copy", NULL), ==, 0);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* Answers first, the video later: they hang on the same recording, which has a video then. */
static void
test_joined (Fixture *fixture, gconstpointer data)
{
  g_autofree char *csv = put (fixture, "p.csv", "file_name,tonic,justification_for_tonic\nP1@x@sz_v1.m2t,yes,Stiff.\n");
  g_autofree char *video = g_build_filename (fixture->folder, "p1@x@SZ_v1.mp4", NULL);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) after = NULL;
  JsonObject *file;

  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, csv, "--run", "m1", "--create", NULL), ==, 0);
  before = read_info (fixture);
  g_assert_false (json_object_get_boolean_member (get_recording (before, 0), "has_media"));
  copy_clip (fixture, "cfr.mp4", "p1@x@SZ_v1.mp4");
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--json", NULL), ==, 0);
  added = read_json (fixture);
  file = json_array_get_object_element (json_object_get_array_member (added, "files"), 0);
  g_assert_cmpstr (json_object_get_string_member (file, "outcome"), ==, "joined");
  g_assert_cmpstr (json_object_get_string_member (file, "file"), ==, video);
  g_assert_cmpstr (json_object_get_string_member (file, "uuid"), ==,
                   json_object_get_string_member (get_recording (before, 0), "uuid"));
  after = read_info (fixture);
  g_assert_cmpuint (count (after, "recordings"), ==, 1);
  g_assert_true (json_object_get_boolean_member (get_recording (after, 0), "has_media"));
  g_assert_true (json_object_get_boolean_member (get_recording (after, 0), "media_found"));
  g_assert_cmpint (json_object_get_int_member (get_recording (after, 0), "items"), ==, 1);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, csv, "--run", "m1", NULL), ==, 0);
  assert_out (fixture, "Nothing changed");
}

/* Two files that could be one recording are both refused with its name, and neither is taken for it. */
static void
test_two_candidates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *csv = put (fixture, "p.csv", "file_name,tonic\na.mp4,yes\n");
  g_autofree char *videos = g_build_filename (fixture->folder, "videos", NULL);
  g_autoptr (JsonObject) info = NULL;

  copy_clip (fixture, "cfr.mp4", "videos/one/a.mp4");
  copy_clip (fixture, "no-sound.mp4", "videos/two/a.mp4");
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, csv, "--run", "m1", "--create", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "add", fixture->study, videos, NULL), ==, 1);
  assert_err (fixture, "one/a.mp4: refused.");
  assert_err (fixture, "two/a.mp4: refused.");
  info = read_info (fixture);
  g_assert_cmpuint (count (info, "recordings"), ==, 1);
  g_assert_false (json_object_get_boolean_member (get_recording (info, 0), "has_media"));
}

/* By the default policy what is judged by ear is scored where there is sound only, and the numbers say so. The published
 * policy knows nothing of sound, because the published figures count every label; it must not say otherwise. */
static void
check_sound (Fixture *fixture, const char *policy, guint n_scored, guint n_left_out)
{
  g_autoptr (JsonObject) object = NULL;
  JsonArray *rows;
  guint n_by_ear = 0;

  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--policy", policy, "--json", NULL), ==, 0);
  object = read_json (fixture);
  rows = json_object_get_array_member (object, "rows");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *feature = json_object_get_string_member (row, "feature");
      const gboolean by_ear = g_str_equal (feature, "ictal_vocalization") || g_str_equal (feature, "verbal_responsiveness");

      n_by_ear += by_ear;
      if (!by_ear && !g_str_equal (feature, "tonic"))
        continue;
      g_assert_cmpint (json_object_get_int_member (row, "scored"), ==, by_ear ? n_scored : 2);
      g_assert_cmpint (json_object_get_int_member (row, "left_out"), ==, by_ear ? n_left_out : 0);
    }
  g_assert_cmpuint (n_by_ear, ==, 2);
  g_assert_cmpuint (count (object, "remarks"), ==, n_left_out);
  if (n_left_out > 0)
    g_assert_nonnull (
        strstr (json_array_get_string_element (json_object_get_array_member (object, "remarks"), 0), "has no sound"));
}

static void
test_no_sound (Fixture *fixture, gconstpointer data)
{
  g_autofree char *csv = put (fixture, "p.csv",
                              "file_name,tonic,ictal_vocalization,verbal_responsiveness\ncfr.mp4,yes,yes,no\n"
                              "no-sound.mp4,yes,yes,no\n");
  g_autofree char *videos = g_build_filename (fixture->folder, "videos", NULL);

  copy_clip (fixture, "cfr.mp4", "videos/cfr.mp4");
  copy_clip (fixture, "no-sound.mp4", "videos/no-sound.mp4");
  g_assert_cmpint (run (fixture, "add", fixture->study, videos, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, csv, "--set", "r", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, csv, "--run", "m1", NULL), ==, 0);
  check_sound (fixture, "default", 1, 1);
  check_sound (fixture, "published", 2, 0);
}

/* Files and folders that are not there are told in sentences by every command. */
static void
test_missing (Fixture *fixture, gconstpointer data)
{
  static const char *const calls[][4] = {
    { "info", "gone.semio", NULL },
    { "metrics", "gone.semio", NULL },
    { "verify", "gone.semio", NULL },
    { "add", "gone.semio", "x.mp4", NULL },
    { "add", "Study.semio", "gone.mp4" },
    { "merge", "Study.semio", "gone.semio" },
    { "probe", "gone.mp4", NULL },
    { "frame", "gone.mp4", "0", "x.png" },
    { "import", "reference", "Study.semio", "gone.csv" },
  };
  static const char *const folders[][3] = { { "info", "inside", NULL }, { "probe", "inside", NULL } };
  g_autofree char *inside = g_build_filename (fixture->folder, "inside", NULL);

  g_mkdir (inside, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_assert_cmpint (run (fixture, calls[i][0], calls[i][1], calls[i][2], calls[i][2] ? calls[i][3] : NULL, NULL), ==, 1);
      g_test_message ("%s", fixture->err);
      assert_err (fixture, "gone.");
      assert_err (fixture, "there is no such file. Check the name.");
      g_assert_null (strstr (fixture->err, "No such file or directory"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_assert_cmpint (run (fixture, folders[i][0], folders[i][1], NULL), ==, 1);
      assert_err (fixture, "is a folder");
    }
  g_assert_cmpint (run (fixture, "export", fixture->study, "ratings", "none/x.csv", NULL), ==, 1);
  assert_err (fixture, "Make the folder first");
  g_assert_cmpint (run (fixture, "export", fixture->study, "ratings", "inside", NULL), ==, 1);
  assert_err (fixture, "it is a folder");
  g_assert_cmpint (run (fixture, "new", "none/x.semio", NULL), ==, 1);
  assert_err (fixture, "Make the folder first");
  g_assert_cmpint (run (fixture, "demo", fixture->study, NULL), ==, 1);
  assert_err (fixture, "is a file. Choose a folder");
  g_assert_cmpint (run (fixture, "add", fixture->study, "inside", NULL), ==, 1);
  assert_err (fixture, "No video was found");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, semio_test_cli_set_up, func, semio_test_cli_tear_down)

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  semio_test_cli_init (argc, argv);
  ADD ("/cli/add/killed", test_killed);
  ADD ("/cli/add/copy-mended", test_copy_mended);
  ADD ("/cli/add/copy-in-use", test_copy_in_use);
  ADD ("/cli/add/joined", test_joined);
  ADD ("/cli/add/two-candidates", test_two_candidates);
  ADD ("/cli/add/no-sound", test_no_sound);
  ADD ("/cli/add/missing", test_missing);
  status = semio_test_home_run ();
  semio_test_cli_clear ();
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "semio-add-files.h"
#include "semio-media-finder.h"
#include "semio-patient-name.h"
#include "semio-test-home.h"

typedef struct {
  char *folder;
  SemioHashCache *cache;
  GPtrArray *folders;
  SemioRecording *recording;
} Fixture;

static char *
put (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_mkdir_with_parents (parent, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("semio-finder-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->cache = semio_hash_cache_new ();
  fixture->folders = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (fixture->folders, g_file_new_for_path (fixture->folder));
  fixture->recording = semio_recording_new ();
  fixture->recording->has_media = TRUE;
  fixture->recording->content = semio_sha256_of_text ("the video");
  fixture->recording->size_bytes = 9;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  semio_test_home_remove_tree (fixture->folder);
  g_free (fixture->folder);
  semio_hash_cache_free (fixture->cache);
  g_ptr_array_unref (fixture->folders);
  semio_recording_unref (fixture->recording);
}

static void
test_found_by_content (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wrong = put (fixture, "a.mp4", "THE VIDEO");
  g_autofree char *right = put (fixture, "deep/renamed.mp4", "the video");
  g_autofree char *hidden = put (fixture, ".hidden/b.mp4", "the video");
  g_autoptr (SemioMediaFinder) finder = semio_media_finder_new (fixture->cache, fixture->folders);
  g_autoptr (GFile) before = semio_media_finder_find_known (finder, fixture->recording);
  g_autoptr (GFile) found = semio_media_finder_find (finder, fixture->recording, NULL, NULL, NULL);
  g_autoptr (GFile) after = semio_media_finder_find_known (finder, fixture->recording);

  /* Nothing is known before a file was read, everything after. */
  g_assert_null (before);
  g_assert_cmpstr (g_file_peek_path (found), ==, right);
  g_assert_true (g_file_equal (found, after));
  g_assert_nonnull (wrong);
  g_assert_nonnull (hidden);
}

/* The cache is a file: another process knows what this one has read. */
static void
test_cache_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = put (fixture, "name with ü, %41 and\ttab.mp4", "the video");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) nowhere = g_ptr_array_new ();
  g_autoptr (SemioHashCache) second = NULL;
  g_autoptr (SemioMediaFinder) finder = NULL;
  g_autoptr (GFile) found = NULL;
  SemioFileStamp stamp;
  SemioSha256 hash;
  gboolean hashed = semio_hash_cache_hash_file (fixture->cache, file, NULL, NULL, NULL, &hash, &stamp, NULL);

  g_assert_true (hashed);
  g_assert_true (semio_sha256_equal (&hash, &fixture->recording->content));
  second = semio_hash_cache_new ();
  finder = semio_media_finder_new (second, nowhere);
  found = semio_media_finder_check (finder, fixture->recording, NULL);
  g_assert_nonnull (found);
  g_assert_true (g_file_equal (found, file));
}

/* A file that was changed is another one, whatever its name and size say. */
static void
test_changed_file_is_read_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = put (fixture, "a.mp4", "the video");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioMediaFinder) finder = semio_media_finder_new (fixture->cache, fixture->folders);
  g_autoptr (GFile) found = semio_media_finder_find (finder, fixture->recording, NULL, NULL, NULL);
  g_autoptr (GFile) again = NULL;
  g_autofree char *changed = NULL;
  struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

  g_assert_nonnull (found);
  changed = put (fixture, "a.mp4", "the vidEO");
  g_assert_cmpint (utimensat (AT_FDCWD, changed, times, 0), ==, 0);
  again = semio_media_finder_check (finder, fixture->recording, file);
  g_assert_null (again);
  again = semio_media_finder_find (finder, fixture->recording, NULL, NULL, NULL);
  g_assert_null (again);
}

static void
test_files_of_folders (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = put (fixture, "x/A.MP4", "1");
  g_autofree char *b = put (fixture, "x/y/a.mkv", "22");
  g_autofree char *c = put (fixture, "x/notes.txt", "3");
  g_autofree char *d = put (fixture, "x/.z/d.mp4", "4");
  g_autofree char *e = put (fixture, "x/e.webm", "5");
  g_autofree char *folder = g_build_filename (fixture->folder, "x", NULL);
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) files = NULL;
  guint n_twins = 0;

  g_ptr_array_add (roots, g_file_new_for_path (folder));
  g_ptr_array_add (roots, g_file_new_for_path (c));
  g_ptr_array_add (roots, g_file_new_for_path (e));
  files = semio_add_files_expand (roots, NULL);
  /* Both with the stem "a", the one named by itself though it is no video, and what is named twice once. */
  g_assert_cmpuint (files->len, ==, 4);
  for (guint i = 0; i < files->len; i++)
    n_twins += ((SemioAddFile *) files->pdata[i])->is_twin;
  g_assert_cmpuint (n_twins, ==, 2);
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_nonnull (d);
}

static void
test_patient_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *usual = semio_patient_name_read ("A0002@5-13-2021@UA6693LK@sz_v1.mp4", NULL, &error);
  g_autofree char *none = semio_patient_name_read ("video.mp4", NULL, &error);
  g_autofree char *own = semio_patient_name_read ("/x/pt-17_night.mkv", "^pt-([0-9]+)_", &error);
  g_autofree char *bad = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (usual, ==, "A0002");
  g_assert_null (none);
  g_assert_cmpstr (own, ==, "17");
  bad = semio_patient_name_read ("x", "(", &error);
  g_assert_null (bad);
  g_assert_nonnull (error);
  g_clear_error (&error);
  bad = semio_patient_name_read ("x", "x", &error);
  g_assert_null (bad);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  ADD ("/finder/found-by-content", test_found_by_content);
  ADD ("/finder/cache-is-kept", test_cache_is_kept);
  ADD ("/finder/changed-file-is-read-again", test_changed_file_is_read_again);
  ADD ("/finder/files-of-folders", test_files_of_folders);
  g_test_add_func ("/finder/patient-names", test_patient_names);
  return semio_test_home_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "semio-error.h"
#include "semio-sha256-state.h"
#include "semio-sha256.h"
#include "semio-uuid.h"

/* Run again in a process of its own, because the seed is read once. */
static void
print_seeded (void)
{
  for (int i = 0; i < 3; i++)
    {
      SemioUuid uuid = semio_uuid_new ();
      g_autofree char *text = semio_uuid_to_string (&uuid);

      g_print ("%s\n", text);
    }
}

static char *
run_seeded (const char *program, const char *seed)
{
  const char *argv[] = { program, "--print-seeded", NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "SEMIO_SEED", seed, TRUE);
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

static void
test_seed (gconstpointer program)
{
  g_autofree char *first = run_seeded (program, "17");
  g_autofree char *again = run_seeded (program, "17");
  g_autofree char *other = run_seeded (program, "18");
  g_auto (GStrv) lines = g_strsplit (first, "\n", -1);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[0], !=, lines[1]);
}

static void
test_uuid (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full ((GHashFunc) semio_uuid_hash, (GEqualFunc) semio_uuid_equal, g_free, NULL);
  SemioUuid a, b, parsed;
  SemioUuid nil = { { 0 } };

  for (int i = 0; i < 2000; i++)
    {
      SemioUuid uuid = semio_uuid_new ();
      g_autofree char *text = semio_uuid_to_string (&uuid);

      g_assert_cmpuint (strlen (text), ==, 36);
      g_assert_cmpint (text[14], ==, '4');
      g_assert_nonnull (strchr ("89ab", text[19]));
      g_assert_true (g_uuid_string_is_valid (text));
      g_assert_true (semio_uuid_parse (text, &parsed, NULL));
      g_assert_true (semio_uuid_equal (&uuid, &parsed));
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&uuid, sizeof uuid)));
    }
  a = semio_uuid_from_data ("x", 1);
  b = semio_uuid_from_data ("x", 1);
  g_assert_true (semio_uuid_equal (&a, &b));
  g_assert_cmpint (semio_uuid_compare (&a, &b), ==, 0);
  g_assert_cmpint (a.bytes[6] >> 4, ==, 8);
  b = semio_uuid_from_data ("y", 1);
  g_assert_false (semio_uuid_equal (&a, &b));
  g_assert_true (semio_uuid_is_nil (&nil));
  g_assert_false (semio_uuid_is_nil (&a));
}

static void
test_uuid_refused (void)
{
  static const char *const bad[] = { "", "0b4f2a5e-8f0f-4d5e-9a64-2f6f3c1a7b9", "0b4f2a5e-8f0f-4d5e-9a64-2f6f3c1a7b9g",
                                     "0b4f2a5e88f0f-4d5e-9a64-2f6f3c1a7b90", "0b4f2a5e-8f0f-4d5e-9a64-2f6f3c1a7b900" };
  SemioUuid uuid;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (semio_uuid_parse (bad[i], &uuid, &error));
      g_assert_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE);
    }
  g_assert_true (semio_uuid_parse ("0B4F2A5E-8F0F-4D5E-9A64-2F6F3C1A7B90", &uuid, NULL));
}

static void
test_random_below (void)
{
  guint counts[3] = { 0 };

  for (int i = 0; i < 6000; i++)
    {
      guint32 value = semio_random_below (3);

      g_assert_cmpuint (value, <, 3);
      counts[value]++;
    }
  /* Six standard deviations from 2000. */
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (ABS ((int) counts[i] - 2000), <, 220);
  g_assert_cmpuint (semio_random_below (1), ==, 0);
}

/* The vectors of FIPS 180-4. */
/* A copy goes its own way, and taking the hash does not end it. */
static void
test_sha256_state (void)
{
  g_autoptr (SemioSha256State) state = semio_sha256_state_new ();
  g_autoptr (SemioSha256State) copy = NULL;
  SemioSha256 abcd = semio_sha256_of_text ("abcd");
  SemioSha256 abx = semio_sha256_of_text ("abx");
  SemioSha256 ab = semio_sha256_of_text ("ab");
  SemioSha256 read;

  semio_sha256_state_add (state, "ab", 2);
  copy = semio_sha256_state_copy (state);
  semio_sha256_state_add (copy, "x", 1);
  read = semio_sha256_state_get (state);
  g_assert_true (semio_sha256_equal (&read, &ab));
  semio_sha256_state_add (state, "c", 1);
  semio_sha256_state_add (state, "d", 1);
  semio_sha256_state_add (state, NULL, 0);
  read = semio_sha256_state_get (state);
  g_assert_true (semio_sha256_equal (&read, &abcd));
  read = semio_sha256_state_get (copy);
  g_assert_true (semio_sha256_equal (&read, &abx));
}

static void
test_sha256 (void)
{
  SemioSha256 empty = semio_sha256_of_data (NULL, 0);
  SemioSha256 abc = semio_sha256_of_text ("abc");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  SemioSha256 same = semio_sha256_of_bytes (bytes);
  g_autofree char *empty_text = semio_sha256_to_string (&empty);
  g_autofree char *abc_text = semio_sha256_to_string (&abc);
  SemioSha256 parsed;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (empty_text, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc_text, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (semio_sha256_equal (&abc, &same));
  g_assert_true (semio_sha256_parse (abc_text, &parsed, &error));
  g_assert_true (semio_sha256_equal (&abc, &parsed));
  g_assert_false (semio_sha256_parse ("ba78", &parsed, &error));
  g_assert_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE);
}

static void
count_cb (double fraction, const char *what, gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  *last = fraction;
}

static void
test_sha256_of_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("semio-hash-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *contents = g_strnfill (3 * 1024 * 1024 + 7, 'x');
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  SemioSha256 expected = semio_sha256_of_text (contents);
  SemioSha256 hash;
  double last = 0;

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  g_assert_true (semio_sha256_of_file (file, count_cb, &last, NULL, &hash, &error));
  g_assert_no_error (error);
  g_assert_true (semio_sha256_equal (&hash, &expected));
  g_assert_cmpfloat (last, ==, 1.0);
  g_cancellable_cancel (cancellable);
  g_assert_false (semio_sha256_of_file (file, NULL, NULL, cancellable, &hash, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_false (semio_sha256_of_file (file, NULL, NULL, NULL, &hash, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *program = NULL;

  if (argc > 1 && g_str_equal (argv[1], "--print-seeded"))
    {
      print_seeded ();
      return 0;
    }
  program = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/base/identity/seed", program, test_seed);
  g_test_add_func ("/base/identity/uuid", test_uuid);
  g_test_add_func ("/base/identity/uuid-refused", test_uuid_refused);
  g_test_add_func ("/base/identity/random-below", test_random_below);
  g_test_add_func ("/base/identity/sha256", test_sha256);
  g_test_add_func ("/base/identity/sha256-state", test_sha256_state);
  g_test_add_func ("/base/identity/sha256-of-file", test_sha256_of_file);
  return g_test_run ();
}

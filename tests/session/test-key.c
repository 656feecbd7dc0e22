/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys stay in memory that is wiped, and servers are kept without them. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-endpoint-list.h"
#include "semio-key.h"
#include "semio-mllm-error.h"
#include "semio-test-home.h"

#define NAME "SEMIO_TEST_KEY_VARIABLE"

static void
test_environment (void)
{
  g_autoptr (SemioKey) key = NULL;
  const char *place;

  g_setenv (NAME, "  sk-secret-one\n", TRUE);
  place = g_getenv (NAME);
  key = semio_key_take_environment (NAME);
  g_assert_cmpstr (semio_key_get_text (key), ==, "sk-secret-one");
  g_assert_null (g_getenv (NAME));
  /* What /proc shows of the environment is this memory. */
  for (guint i = 0; i < strlen ("  sk-secret-one\n"); i++)
    g_assert_cmpint (place[i], ==, 0);
  g_assert_null (semio_key_take_environment (NAME));
}

static void
test_descriptor (void)
{
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_no_errno (pipe (ends));
  g_assert_cmpint (write (ends[1], "abc\n", 4), ==, 4);
  close (ends[1]);
  {
    g_autoptr (SemioKey) key = semio_key_read_descriptor (ends[0], &error);

    g_assert_no_error (error);
    g_assert_cmpstr (semio_key_get_text (key), ==, "abc");
  }
  close (ends[0]);
  g_assert_null (semio_key_read_descriptor (ends[0], &error));
  g_assert_nonnull (error);
}

static void
test_empty (void)
{
  g_assert_null (semio_key_new (NULL));
  g_assert_null (semio_key_new (" \n"));
  g_assert_null (semio_key_get_text (NULL));
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) endpoints = semio_endpoint_list_load (NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "semioscope", "endpoints.json", NULL);
  SemioEndpoint *endpoint = semio_endpoint_new ("Room 4");
  struct stat info;

  g_assert_cmpuint (endpoints->len, ==, 0);
  g_strfreev (endpoint->urls);
  endpoint->urls = g_strsplit ("http://127.0.0.1:8000,http://127.0.0.1:8001", ",", -1);
  endpoint->max_in_flight = 5;
  g_ptr_array_add (endpoints, endpoint);
  g_assert_true (semio_endpoint_list_save (endpoints, &error));
  g_assert_no_error (error);
  again = semio_endpoint_list_load (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpstr (((SemioEndpoint *) again->pdata[0])->name, ==, "Room 4");
  g_assert_cmpstr (((SemioEndpoint *) again->pdata[0])->urls[1], ==, "http://127.0.0.1:8001");
  g_assert_cmpuint (((SemioEndpoint *) again->pdata[0])->max_in_flight, ==, 5);
  g_assert_no_errno (stat (path, &info));
  g_assert_cmpint (info.st_mode & (S_IRWXG | S_IRWXO), ==, 0);

  /* A damaged list is told of and stays. */
  g_assert_true (g_file_set_contents (path, "{\"version\":1,\"endpoints\":[{}", -1, NULL));
  g_assert_null (semio_endpoint_list_load (&error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "endpoints.json"));
}

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  g_test_add_func ("/session/key/environment", test_environment);
  g_test_add_func ("/session/key/descriptor", test_descriptor);
  g_test_add_func ("/session/key/empty", test_empty);
  g_test_add_func ("/session/key/list", test_list);
  return semio_test_home_run ();
}

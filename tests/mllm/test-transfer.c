/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "semio-mllm-error.h"
#include "semio-sha256.h"
#include "semio-test-send.h"
#include "semio-test-server.h"

#define KEY "sk-very-secret-0123456789"
#define BODY "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Is it?\"}]}]}"

typedef struct {
  SemioTestServer *server;
  SemioTransfer *transfer;
  GBytes *body;
  GBytes *parts[2];
  char *url;
  SemioTestSend send;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = semio_test_server_new (NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->transfer = semio_transfer_new (4);
  fixture->body = g_bytes_new_static (BODY, strlen (BODY));
  fixture->parts[0] = fixture->body;
  fixture->url = g_strconcat (semio_test_server_get_url (fixture->server), "/v1/chat/completions", NULL);
  fixture->send.transfer = fixture->transfer;
  fixture->send.request.url = fixture->url;
  fixture->send.request.content_type = "application/json";
  fixture->send.request.key = KEY;
  fixture->send.request.parts = fixture->parts;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  semio_test_send_clear (&fixture->send);
  g_assert_finalize_object (fixture->transfer);
  semio_test_server_free (fixture->server);
  g_bytes_unref (fixture->body);
  g_free (fixture->url);
}

static void
run (Fixture *fixture)
{
  semio_test_send_clear (&fixture->send);
  semio_test_send_begin (&fixture->send, NULL);
  semio_test_send_wait (&fixture->send);
  if (fixture->send.error != NULL)
    g_assert_null (strstr (fixture->send.error->message, KEY));
}

static SemioTestRequest *
get_request (SemioTestServer *server, guint number)
{
  g_autoptr (GPtrArray) requests = semio_test_server_get_requests (server);

  g_assert_cmpuint (requests->len, >, number);
  return requests->pdata[number];
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  SemioTestRequest *request;

  run (fixture);
  g_assert_no_error (fixture->send.error);
  g_assert_cmpuint (fixture->send.response->status, ==, 200);
  g_assert_false (fixture->send.response->truncated);
  g_assert_cmpint (fixture->send.response->retry_after_us, ==, -1);
  g_assert_cmpint (fixture->send.response->first_us, <=, fixture->send.response->total_us);
  request = get_request (fixture->server, 0);
  g_assert_true (g_bytes_equal (request->body, fixture->body));
  g_assert_nonnull (strstr (request->head, "\r\nAuthorization: Bearer " KEY "\r\n"));
  g_assert_nonnull (strstr (request->head, "\r\nContent-Type: application/json\r\n"));
  g_assert_null (strstr (request->head, "Expect"));
  semio_test_server_push (fixture->server, SEMIO_TEST_CHUNKED);
  run (fixture);
  g_assert_no_error (fixture->send.error);
  /* One connection is kept for both. */
  g_assert_cmpuint (semio_test_server_get_n_connections (fixture->server), ==, 1);
}

static void
test_get (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strconcat (semio_test_server_get_url (fixture->server), "/v1/models", NULL);

  fixture->send.request.method = "GET";
  fixture->send.request.url = url;
  fixture->send.request.parts = NULL;
  fixture->send.request.key = NULL;
  run (fixture);
  g_assert_no_error (fixture->send.error);
  g_assert_nonnull (strstr (g_bytes_get_data (fixture->send.response->body, NULL), "test-model"));
  g_assert_null (strstr (get_request (fixture->server, 0)->head, "Authorization"));
  g_assert_cmpstr (get_request (fixture->server, 0)->path, ==, "/v1/models");
}

/* Many parts of awkward sizes, larger than any buffer, arrive as one body. */
static void
test_parts (Fixture *fixture, gconstpointer data)
{
  GBytes *parts[12] = { NULL };
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GBytes) sent = NULL;

  for (guint i = 0; i < 11; i++)
    {
      gsize length = i == 3 ? 0 : i == 5 ? 3000000 : 1 + i * 70001;
      g_autofree guint8 *bytes = g_malloc (length + 1);

      for (gsize j = 0; j < length; j++)
        bytes[j] = (guint8) (i * 31 + j * 7 + j / 256);
      g_byte_array_append (whole, bytes, (guint) length);
      parts[i] = g_bytes_new_take (g_steal_pointer (&bytes), length);
    }
  fixture->send.request.parts = parts;
  semio_test_server_set_usual (fixture->server, SEMIO_TEST_400);
  run (fixture);
  g_assert_no_error (fixture->send.error);
  g_assert_cmpuint (fixture->send.response->status, ==, 400);
  sent = g_byte_array_free_to_bytes (g_steal_pointer (&whole));
  g_assert_true (g_bytes_equal (get_request (fixture->server, 0)->body, sent));
  for (guint i = 0; i < 11; i++)
    g_bytes_unref (parts[i]);
}

/* A kept connection that the server has closed meanwhile: the body is sent once more, whole. */
static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *bytes = g_malloc0 (2000000);
  g_autoptr (GBytes) large = g_bytes_new_take (g_steal_pointer (&bytes), 2000000);
  GBytes *parts[] = { fixture->body, large, NULL };

  fixture->send.request.parts = parts;
  for (guint i = 0; i < 4; i++)
    {
      /* The answer is whole, then the connection breaks. */
      semio_test_server_push (fixture->server, SEMIO_TEST_BREAK);
      run (fixture);
      g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CONNECTION);
      semio_test_server_push (fixture->server, SEMIO_TEST_503);
      run (fixture);
      g_assert_no_error (fixture->send.error);
      g_assert_cmpuint (get_request (fixture->server, 2 * i + 1)->n_bytes, ==, 2000000 + strlen (BODY));
    }
  /* Reset before a byte of the answer on a kept connection: the same body goes out once more on a new one. */
  semio_test_server_push (fixture->server, SEMIO_TEST_503);
  semio_test_server_push (fixture->server, SEMIO_TEST_RESET);
  semio_test_server_push (fixture->server, SEMIO_TEST_413);
  run (fixture);
  run (fixture);
  g_assert_no_error (fixture->send.error);
  g_assert_cmpuint (fixture->send.response->status, ==, 413);
  g_assert_true (g_bytes_equal (get_request (fixture->server, 9)->body, get_request (fixture->server, 10)->body));
}

static void
test_limits (Fixture *fixture, gconstpointer data)
{
  static const SemioTestAct acts[] = { SEMIO_TEST_HUGE, SEMIO_TEST_ENDLESS, SEMIO_TEST_BRACKETS };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      semio_test_server_push (fixture->server, acts[i]);
      run (fixture);
      g_assert_no_error (fixture->send.error);
      g_assert_true (fixture->send.response->truncated);
      g_assert_cmpuint (g_bytes_get_size (fixture->send.response->body), ==, 64 * 1024);
    }
  semio_test_server_push (fixture->server, SEMIO_TEST_ENDLESS_HEAD);
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CONNECTION);
  g_assert_null (strstr (fixture->send.error->message, "and more and more"));
}

static void
test_stalls (Fixture *fixture, gconstpointer data)
{
  gint64 begin_us = g_get_monotonic_time ();

  fixture->send.request.timeout_s = 1;
  semio_test_server_push (fixture->server, SEMIO_TEST_STALL_HEAD);
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_TIMEOUT);
  g_assert_nonnull (strstr (fixture->send.error->message, "127.0.0.1"));
  fixture->send.request.timeout_s = 60;
  fixture->send.request.stall_s = 1;
  semio_test_server_push (fixture->server, SEMIO_TEST_STALL_BODY);
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 30 * G_USEC_PER_SEC);
}

/* A server that thinks longer than stall_s has not stalled. */
static void
test_thinking (Fixture *fixture, gconstpointer data)
{
  fixture->send.request.stall_s = 1;
  semio_test_server_set_delay (fixture->server, 2500);
  run (fixture);
  g_assert_no_error (fixture->send.error);
  g_assert_cmpint (fixture->send.response->first_us, >=, 2400000);
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const SemioTestAct acts[] = { SEMIO_TEST_RESET, SEMIO_TEST_BREAK };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      semio_test_server_push (fixture->server, acts[i]);
      run (fixture);
      g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CONNECTION);
    }
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (SemioTestServer) gone = semio_test_server_new (NULL, 0, NULL, NULL, NULL);

  url = g_strconcat (semio_test_server_get_url (gone), "/v1/models", NULL);
  g_clear_pointer (&gone, semio_test_server_free);
  fixture->send.request.url = url;
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_UNREACHABLE);
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  semio_test_server_push (fixture->server, SEMIO_TEST_429_SECONDS);
  semio_test_server_push (fixture->server, SEMIO_TEST_429_DATE);
  semio_test_server_push (fixture->server, SEMIO_TEST_503);
  run (fixture);
  g_assert_cmpuint (fixture->send.response->status, ==, 429);
  g_assert_cmpint (fixture->send.response->retry_after_us, ==, G_USEC_PER_SEC);
  run (fixture);
  g_assert_cmpint (fixture->send.response->retry_after_us, >=, 0);
  g_assert_cmpint (fixture->send.response->retry_after_us, <=, 2 * G_USEC_PER_SEC);
  run (fixture);
  g_assert_cmpint (fixture->send.response->retry_after_us, ==, -1);
}

static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioTestServer) other = semio_test_server_new (NULL, 0, NULL, NULL, NULL);
  g_autofree char *where = g_strconcat (semio_test_server_get_url (other), "/v1/chat/completions", NULL);

  semio_test_server_set_redirect (fixture->server, where);
  semio_test_server_push (fixture->server, SEMIO_TEST_REDIRECT);
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REDIRECT);
  g_assert_nonnull (strstr (fixture->send.error->message, where));
  /* It was not even knocked at. */
  g_assert_cmpuint (semio_test_server_get_n_connections (other), ==, 0);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, 1);
}

static gboolean
has_come (gpointer data)
{
  return semio_test_server_get_n_requests (data) > 0;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 begin_us;

  semio_test_server_push (fixture->server, SEMIO_TEST_STALL_HEAD);
  semio_test_send_begin (&fixture->send, cancellable);
  g_assert_true (semio_test_wait_for (has_come, fixture->server, 20));
  begin_us = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  semio_test_send_wait (&fixture->send);
  g_assert_error (fixture->send.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* Far below the request's own twenty seconds. */
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 5 * G_USEC_PER_SEC);
  semio_test_send_clear (&fixture->send);
  semio_test_send_begin (&fixture->send, cancellable);
  semio_test_send_wait (&fixture->send);
  g_assert_error (fixture->send.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  SemioTestSend sends[12] = { 0 };

  semio_transfer_set_max_in_flight (fixture->transfer, 3);
  /* Three stand together; the delay is the time in which a fourth would come. */
  semio_test_server_hold (fixture->server, 0, 3);
  semio_test_server_set_delay (fixture->server, 60);
  fixture->send.request.timeout_s = 120;
  for (guint i = 0; i < G_N_ELEMENTS (sends); i++)
    {
      sends[i].transfer = fixture->transfer;
      sends[i].request = fixture->send.request;
      semio_test_send_begin (&sends[i], NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sends); i++)
    {
      semio_test_send_wait (&sends[i]);
      g_assert_no_error (sends[i].error);
      semio_test_send_clear (&sends[i]);
    }
  g_assert_cmpuint (semio_test_server_get_most_in_flight (fixture->server), ==, 3);
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  semio_transfer_set_offline (TRUE);
  /* Loopback stays open. */
  run (fixture);
  g_assert_no_error (fixture->send.error);
  fixture->send.request.url = "http://192.0.2.1/v1/models";
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_OFFLINE);
  semio_transfer_set_offline (FALSE);
}

/* 192.0.2.1 is set apart for documents: whether it is reached or not, the door ends the waiting for it. */
static void
test_offline_cuts (Fixture *fixture, gconstpointer data)
{
  gint64 begin_us = g_get_monotonic_time ();

  fixture->send.request.url = "http://192.0.2.1:81/v1/models";
  semio_test_send_begin (&fixture->send, NULL);
  semio_transfer_set_offline (TRUE);
  semio_test_send_wait (&fixture->send);
  semio_transfer_set_offline (FALSE);
  g_assert_nonnull (fixture->send.error);
  if (!g_error_matches (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_UNREACHABLE))
    g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_OFFLINE);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 10 * G_USEC_PER_SEC);
}

static void
test_bad_requests (Fixture *fixture, gconstpointer data)
{
  fixture->send.request.key = "a\r\nX-Evil: 1";
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
  fixture->send.request.key = NULL;
  fixture->send.request.url = "http://127.0.0.1@evil.example/";
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
  fixture->send.request.url = "file:///etc/passwd";
  run (fixture);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
  g_assert_cmpuint (semio_test_server_get_n_connections (fixture->server), ==, 0);
}

/* No proxy, whatever the environment says. */
static void
test_proxy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioTestServer) proxy = semio_test_server_new (NULL, 0, NULL, NULL, NULL);

  g_setenv ("http_proxy", semio_test_server_get_url (proxy), TRUE);
  g_setenv ("all_proxy", semio_test_server_get_url (proxy), TRUE);
  run (fixture);
  g_unsetenv ("http_proxy");
  g_unsetenv ("all_proxy");
  g_assert_no_error (fixture->send.error);
  g_assert_cmpuint (semio_test_server_get_n_connections (proxy), ==, 0);
}

/* ── certificates ── */

static void
make_certificate (const char *folder, const char *name, const char *alternative)
{
  g_autofree char *certificate = g_strdup_printf ("%s/%s.pem", folder, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", folder, name);
  const char *command[] = { "openssl",  "req",     "-x509",     "-newkey", "rsa:2048", "-nodes", "-days",     "2", "-subj",
                            "/CN=test", "-addext", alternative, "-keyout", key,        "-out",   certificate, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
remove_certificate (const char *folder, const char *name)
{
  g_autofree char *certificate = g_strdup_printf ("%s/%s.pem", folder, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", folder, name);

  g_unlink (certificate);
  g_unlink (key);
}

static void
ask_secure (Fixture *fixture, const char *folder, const char *served, const char *trusted)
{
  g_autofree char *certificate = g_strdup_printf ("%s/%s.pem", folder, served);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", folder, served);
  g_autofree char *authority = trusted != NULL ? g_strdup_printf ("%s/%s.pem", folder, trusted) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioTestServer) server = semio_test_server_new (NULL, 0, certificate, key, &error);
  g_autofree char *url = NULL;
  gboolean good;

  g_assert_no_error (error);
  url = g_strconcat (semio_test_server_get_url (server), "/v1/chat/completions", NULL);
  fixture->send.request.url = url;
  if (authority != NULL)
    g_setenv ("SSL_CERT_FILE", authority, TRUE);
  else
    g_unsetenv ("SSL_CERT_FILE");
  run (fixture);
  g_unsetenv ("SSL_CERT_FILE");
  good = fixture->send.error == NULL;
  g_assert_cmpuint (semio_test_server_get_n_requests (server), ==, good ? 1 : 0);
}

static void
test_certificates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("semio-certificates-XXXXXX", &error);

  g_assert_no_error (error);
  make_certificate (folder, "here", "subjectAltName=IP:127.0.0.1");
  make_certificate (folder, "elsewhere", "subjectAltName=DNS:other.example");
  ask_secure (fixture, folder, "here", "here");
  g_assert_no_error (fixture->send.error);
  ask_secure (fixture, folder, "here", NULL);
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CERTIFICATE);
  ask_secure (fixture, folder, "here", "elsewhere");
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CERTIFICATE);
  ask_secure (fixture, folder, "elsewhere", "elsewhere");
  g_assert_error (fixture->send.error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CERTIFICATE);
  remove_certificate (folder, "here");
  remove_certificate (folder, "elsewhere");
  g_rmdir (folder);
}

/* Hundreds of requests share a handful of kept connections. */
static void
test_load (Fixture *fixture, gconstpointer data)
{
  SemioTestSend sends[64] = { 0 };

  semio_transfer_set_max_in_flight (fixture->transfer, 16);
  for (guint round = 0; round < 4; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (sends); i++)
        {
          sends[i].transfer = fixture->transfer;
          sends[i].request = fixture->send.request;
          semio_test_send_begin (&sends[i], NULL);
        }
      for (guint i = 0; i < G_N_ELEMENTS (sends); i++)
        {
          semio_test_send_wait (&sends[i]);
          g_assert_no_error (sends[i].error);
          semio_test_send_clear (&sends[i]);
        }
    }
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, 4 * G_N_ELEMENTS (sends));
  g_assert_cmpuint (semio_test_server_get_n_connections (fixture->server), <=, 16);
}

/* ── what is left of a key ── */

#define SECRET_BYTES 40

/* The secret itself is nowhere but where it is looked for: this gives it letter by letter. */
static char
get_secret (guint index)
{
  return (char) ('a' + (index * 7 + index * index * 3) % 26);
}

static void
write_secret (char *text)
{
  for (guint i = 0; i < SECRET_BYTES; i++)
    text[i] = get_secret (i);
  text[SECRET_BYTES] = '\0';
}

static guint
count_secrets (const char *memory, gsize length)
{
  guint count = 0;

  for (gsize i = 0; i + SECRET_BYTES <= length; i++)
    {
      guint j = 0;

      while (j < SECRET_BYTES && memory[i + j] == get_secret (j))
        j++;
      count += j == SECRET_BYTES;
    }
  return count;
}

/* In all memory of this process that can be written. */
static guint
count_left (void)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *block = g_malloc (1024 * 1024 + SECRET_BYTES);
  FILE *memory = fopen ("/proc/self/mem", "re");
  guint count = 0;

  g_assert_nonnull (memory);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char *rest;
      guint64 begin = g_ascii_strtoull (lines[i], &rest, 16);
      guint64 end = g_ascii_strtoull (rest + 1, &rest, 16);

      if (!g_str_has_prefix (rest, " rw"))
        continue;
      for (; begin < end; begin += 1024 * 1024)
        {
          gsize n_read;

          if (fseeko (memory, (off_t) begin, SEEK_SET) != 0)
            break;
          n_read = fread (block, 1, (gsize) MIN (end - begin, 1024 * 1024 + SECRET_BYTES), memory);
          count += count_secrets (block, n_read);
          memset (block, 0, n_read);
        }
    }
  fclose (memory);
  return count;
}

/* The server runs by itself, because it keeps what it was sent. */
static GSubprocess *
start_server (char **url)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "mllm", "test-server", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--then", "401", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  *url = g_strconcat ("http://127.0.0.1:", line + strlen ("port "), "/v1/chat/completions", NULL);
  return process;
}

static void
test_key_wiped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (GSubprocess) process = start_server (&url);
  char key[SECRET_BYTES + 1];

  /* Freed memory is not to be overwritten by the test's own settings. */
  mallopt (M_PERTURB, 0);
  fixture->send.request.url = url;
  for (guint i = 0; i < 3; i++)
    {
      write_secret (key);
      fixture->send.request.key = key;
      semio_test_send_clear (&fixture->send);
      semio_test_send_begin (&fixture->send, NULL);
      if (i == 0)
        g_assert_cmpuint (count_left (), >, 0);
      explicit_bzero (key, sizeof key);
      semio_test_send_wait (&fixture->send);
      g_assert_no_error (fixture->send.error);
      g_assert_cmpuint (fixture->send.response->status, ==, 401);
    }
  g_assert_cmpuint (count_left (), ==, 0);
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_subprocess_wait (process, NULL, NULL);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "good", test_good },
    { "get", test_get },
    { "parts", test_parts },
    { "stale", test_stale },
    { "limits", test_limits },
    { "stalls", test_stalls },
    { "thinking", test_thinking },
    { "broken", test_broken },
    { "nobody", test_nobody },
    { "retry-after", test_retry_after },
    { "redirect", test_redirect },
    { "cancel", test_cancel },
    { "places", test_places },
    { "offline", test_offline },
    { "offline-cuts", test_offline_cuts },
    { "bad-requests", test_bad_requests },
    { "proxy", test_proxy },
    { "certificates", test_certificates },
    { "load", test_load },
    { "key-wiped", test_key_wiped },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/transfer/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}

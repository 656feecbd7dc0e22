/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-connection.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "semio-sha256.h"
#include "semio-test-server-private.h"

#define MAX_HEAD (256 * 1024)
#define BLOCK (64 * 1024)
#define GIGABYTE (1024ull * 1024 * 1024)

/* One connection. On the stack of its thread. */
typedef struct {
  SemioTestServer *server;
  GSocket *socket;
  GInputStream *input;
  GOutputStream *output;
  GByteArray *waiting; /* read and not yet used */
} Line;

static gboolean
write_all (Line *line, const void *data, gsize length)
{
  return g_output_stream_write_all (line->output, data, length, NULL, line->server->cancellable, NULL);
}

/* Until the other side closes, or the server ends. */
static void
stall (Line *line)
{
  g_socket_condition_wait (line->socket, G_IO_IN | G_IO_HUP, line->server->cancellable, NULL);
}

static gboolean
wait_ms (Line *line, guint delay_ms)
{
  GPollFD fd;

  if (delay_ms == 0)
    return TRUE;
  if (!g_cancellable_make_pollfd (line->server->cancellable, &fd))
    return FALSE;
  g_poll (&fd, 1, (int) delay_ms);
  g_cancellable_release_fd (line->server->cancellable);
  return !g_cancellable_is_cancelled (line->server->cancellable);
}

/* ── reading ── */

static gboolean
fill (Line *line)
{
  guint before = line->waiting->len;
  gssize n_read;

  g_byte_array_set_size (line->waiting, before + BLOCK);
  n_read = g_input_stream_read (line->input, line->waiting->data + before, BLOCK, line->server->cancellable, NULL);
  g_byte_array_set_size (line->waiting, before + (guint) MAX (n_read, 0));
  return n_read > 0;
}

static char *
read_head (Line *line)
{
  while (TRUE)
    {
      const guint8 *end = line->waiting->len > 0 ? memmem (line->waiting->data, line->waiting->len, "\r\n\r\n", 4) : NULL;
      char *head;

      if (end != NULL)
        {
          gsize length = (gsize) (end - line->waiting->data) + 4;

          head = g_strndup ((const char *) line->waiting->data, length);
          g_byte_array_remove_range (line->waiting, 0, (guint) length);
          return head;
        }
      if (line->waiting->len > MAX_HEAD || !fill (line))
        return NULL;
    }
}

static char *
find_header (const char *head, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return g_strstrip (g_strdup (lines[i] + length + 1));
    }
  return NULL;
}

static GBytes *
read_body (Line *line, gsize length)
{
  g_autofree guint8 *body = g_malloc (length + 1);
  gsize have = MIN (length, line->waiting->len);
  gsize n_read = 0;

  if (have > 0)
    {
      memcpy (body, line->waiting->data, have);
      g_byte_array_remove_range (line->waiting, 0, (guint) have);
    }
  if (have < length
      && (!g_input_stream_read_all (line->input, body + have, length - have, &n_read, line->server->cancellable, NULL)
          || n_read < length - have))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&body), length);
}

static SemioTestRequest *
read_request (Line *line)
{
  g_autofree char *head = read_head (line);
  g_auto (GStrv) words = NULL;
  g_autofree char *length = NULL;
  g_autofree char *expect = NULL;
  g_autoptr (GBytes) body = NULL;
  SemioTestRequest *request;

  if (head == NULL)
    return NULL;
  words = g_strsplit_set (head, " \r", 3);
  if (g_strv_length (words) < 3)
    return NULL;
  length = find_header (head, "Content-Length");
  expect = find_header (head, "Expect");
  if (expect != NULL && !write_all (line, "HTTP/1.1 100 Continue\r\n\r\n", 25))
    return NULL;
  body = read_body (line, length != NULL ? (gsize) strtoull (length, NULL, 10) : 0);
  if (body == NULL)
    return NULL;
  request = g_new0 (SemioTestRequest, 1);
  request->method = g_strdup (words[0]);
  request->path = g_strdup (words[1]);
  request->head = g_steal_pointer (&head);
  request->n_bytes = g_bytes_get_size (body);
  request->body = g_steal_pointer (&body);
  request->come_us = g_get_monotonic_time ();
  return request;
}

/* ── answering ── */

static gboolean
send_head (Line *line, guint status, const char *extra, gint64 length)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\nContent-Type: application/json\r\n", status, status < 400 ? "OK" : "No");
  if (extra != NULL)
    g_string_append (head, extra);
  if (length >= 0)
    g_string_append_printf (head, "Content-Length: %" G_GINT64_FORMAT "\r\n\r\n", length);
  else
    g_string_append (head, "Transfer-Encoding: chunked\r\n\r\n");
  return write_all (line, head->str, head->len);
}

static gboolean
send_reply (Line *line, SemioTestRequest *request, guint status, const char *extra, const void *body, gsize length)
{
  request->status = status;
  semio_test_server_over (line->server, request);
  return send_head (line, status, extra, (gint64) length) && write_all (line, body, length);
}

static gboolean
send_text (Line *line, SemioTestRequest *request, guint status, const char *extra, const char *body)
{
  return send_reply (line, request, status, extra, body, strlen (body));
}

static gboolean
send_refusal (Line *line, SemioTestRequest *request, guint status, const char *extra, const char *message, const char *type)
{
  g_autofree char *body = semio_test_model_refusal (message, type);

  return send_text (line, request, status, extra, body);
}

static gboolean
send_content (Line *line, SemioTestRequest *request, const char *content, const char *finish)
{
  g_autofree char *body = semio_test_model_wrap (content, finish, (gint64) request->n_bytes / 4, 0);

  return send_text (line, request, 200, NULL, body);
}

static gboolean
send_flood (Line *line, SemioTestRequest *request, gboolean in_head)
{
  g_autofree char *block = g_malloc (BLOCK);

  request->status = 200;
  if (in_head)
    {
      if (!write_all (line, "HTTP/1.1 200 OK\r\n", 17))
        return FALSE;
      while (write_all (line, "X-More: and more and more and more and more\r\n", 45))
        continue;
      return FALSE;
    }
  memset (block, 'a', BLOCK);
  if (request->act == SEMIO_TEST_HUGE)
    {
      gsize sent = 0;

      if (!send_head (line, 200, NULL, (gint64) GIGABYTE))
        return FALSE;
      while (sent < GIGABYTE && write_all (line, block, BLOCK))
        sent += BLOCK;
      return sent >= GIGABYTE;
    }
  if (!send_head (line, 200, NULL, -1))
    return FALSE;
  while (write_all (line, "10000\r\n", 7) && write_all (line, block, BLOCK) && write_all (line, "\r\n", 2))
    continue;
  return FALSE;
}

static gboolean
send_brackets (Line *line, SemioTestRequest *request)
{
  gsize count = 1000000;
  g_autofree char *body = g_malloc (count);

  memset (body, '[', count);
  return send_reply (line, request, 200, NULL, body, count);
}

static gboolean
send_date (Line *line, SemioTestRequest *request)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, 2);
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char *extra =
      g_strdup_printf ("Retry-After: %s, %02d %s %d %02d:%02d:%02d GMT\r\n", days[g_date_time_get_day_of_week (then) - 1],
                       g_date_time_get_day_of_month (then), months[g_date_time_get_month (then) - 1], g_date_time_get_year (then),
                       g_date_time_get_hour (then), g_date_time_get_minute (then), g_date_time_get_second (then));

  return send_refusal (line, request, 429, extra, "Too many requests", "rate_limit_error");
}

static gboolean
reset (Line *line)
{
  struct linger now = { 1, 0 };

  setsockopt (g_socket_get_fd (line->socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  return FALSE;
}

static gboolean
send_good (Line *line, SemioTestRequest *request, const char *body, guint status)
{
  gsize length = strlen (body);
  g_autofree char *first = NULL;

  if (request->act == SEMIO_TEST_CHUNKED)
    {
      gboolean good;

      request->status = status;
      first = g_strdup_printf ("%x;note=1\r\n", (guint) (length / 2));
      semio_test_server_over (line->server, request);
      good = send_head (line, status, NULL, -1) && write_all (line, first, strlen (first)) && write_all (line, body, length / 2);
      g_free (first);
      first = g_strdup_printf ("\r\n%x\r\n%s\r\n0\r\n\r\n", (guint) (length - length / 2), body + length / 2);
      return good && write_all (line, first, strlen (first));
    }
  if (request->act == SEMIO_TEST_STALL_BODY || request->act == SEMIO_TEST_BREAK)
    {
      request->status = status;
      if (send_head (line, status, NULL, (gint64) length) && write_all (line, body, length / 2)
          && request->act == SEMIO_TEST_STALL_BODY)
        stall (line);
      return FALSE;
    }
  return send_text (line, request, status, NULL, body);
}

/* What the content of an answer may be, though the reply around it is good. */
static const char *
get_bad_content (SemioTestAct act)
{
  switch (act)
    {
    case SEMIO_TEST_NOT_JSON:
      return "I would rather not say.";
    case SEMIO_TEST_WRONG_SCHEMA:
      return "{\"result\":[1,2,3]}";
    case SEMIO_TEST_OUTSIDE:
      return "{\"answer\":\"perhaps\",\"justification\":\"It could be.\"}";
    case SEMIO_TEST_BIDI:
      return "{\"answer\":\"yes\",\"justification\":\"left \xe2\x80\xaethgir\xe2\x80\xac arm\"}";
    case SEMIO_TEST_MARKUP:
      return "{\"answer\":\"yes\",\"justification\":\"<span size='999999'>big</span> &amp; <b>bold\"}";
    case SEMIO_TEST_FENCED:
      return "```json\n{\"answer\": \"yes\", \"justification\": \"The arm stiffens.\"}\n```";
    default:
      return NULL;
    }
}

static gboolean
play_refusal (Line *line, SemioTestRequest *request)
{
  switch (request->act)
    {
    case SEMIO_TEST_400:
      return send_refusal (line, request, 400, NULL, "The picture could not be decoded", "invalid_request_error");
    case SEMIO_TEST_OVERFLOW:
      return send_text (line, request, 400, NULL,
                        "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size\","
                        "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":40000,\"n_ctx\":32768}}");
    case SEMIO_TEST_401:
      return send_refusal (line, request, 401, NULL, "Invalid API Key", "authentication_error");
    case SEMIO_TEST_403:
      return send_refusal (line, request, 403, NULL, "Not for you", "permission_error");
    case SEMIO_TEST_404:
      return send_refusal (line, request, 404, NULL, "The model does not exist", "NotFoundError");
    case SEMIO_TEST_408:
      return send_refusal (line, request, 408, NULL, "Too slow", "timeout");
    case SEMIO_TEST_413:
      return send_refusal (line, request, 413, NULL, "Too large", "invalid_request_error");
    case SEMIO_TEST_429_SECONDS:
      return send_refusal (line, request, 429, "Retry-After: 1\r\n", "Too many requests", "rate_limit_error");
    case SEMIO_TEST_429_DATE:
      return send_date (line, request);
    case SEMIO_TEST_500:
      return send_refusal (line, request, 500, NULL, "Something broke", "server_error");
    default:
      return send_refusal (line, request, 503, NULL, "Loading model", "unavailable_error");
    }
}

/* An answer inside far more lists than any reader should go into. */
static gboolean
send_nested (Line *line, SemioTestRequest *request)
{
  g_autofree char *open = g_strnfill (10000, '[');
  g_autofree char *close = g_strnfill (10000, ']');
  g_autofree char *content = g_strconcat (open, "{\"answer\":\"yes\",\"justification\":\"x\"}", close, NULL);

  return send_content (line, request, content, "stop");
}

static gboolean
play_bad (Line *line, SemioTestRequest *request)
{
  static const char bad_utf8[] = "{\"choices\":[{\"message\":{\"content\":\"{\\\"answer\\\":\\\"yes\\\",\\\"justification\\\":"
                                 "\\\"a\xff\xfe\xc0\x80z\\\"}\"},\"finish_reason\":\"stop\"}]}";
  static const char nul[] = "{\"choices\":[{\"message\":{\"content\":\"{\\\"answer\\\":\\\"yes\\\",\\\"justification\\\":"
                            "\\\"a\0z\\\"}\"},\"finish_reason\":\"stop\"}]}";

  switch (request->act)
    {
    case SEMIO_TEST_CUT:
      return send_content (line, request, "{\"answer\":\"yes\",\"justification\":\"The left a", "length");
    case SEMIO_TEST_HUGE:
    case SEMIO_TEST_ENDLESS:
      return send_flood (line, request, FALSE);
    case SEMIO_TEST_ENDLESS_HEAD:
      return send_flood (line, request, TRUE);
    case SEMIO_TEST_BRACKETS:
      return send_brackets (line, request);
    case SEMIO_TEST_NESTED:
      return send_nested (line, request);
    case SEMIO_TEST_PAGE:
      return send_text (line, request, 200, NULL, "<!DOCTYPE html><html><body>Sign in to the network: yes</body></html>");
    case SEMIO_TEST_BAD_UTF8:
      return send_reply (line, request, 200, NULL, bad_utf8, sizeof bad_utf8 - 1);
    case SEMIO_TEST_NUL:
      return send_reply (line, request, 200, NULL, nul, sizeof nul - 1);
    case SEMIO_TEST_EMPTY:
      return send_text (line, request, 200, NULL, "");
    case SEMIO_TEST_STALL_HEAD:
      stall (line);
      return FALSE;
    case SEMIO_TEST_RESET:
      return reset (line);
    default:
      return play_refusal (line, request);
    }
}

static gboolean
play_redirect (Line *line, SemioTestRequest *request)
{
  g_autofree char *extra = NULL;

  g_mutex_lock (&line->server->lock);
  extra = g_strdup_printf ("Location: %s\r\n", line->server->redirect != NULL ? line->server->redirect : "http://127.0.0.1:1/");
  g_mutex_unlock (&line->server->lock);
  return send_text (line, request, 307, extra, "");
}

static gboolean
answer (Line *line, SemioTestRequest *request, const char *good, guint status)
{
  switch (request->act)
    {
    case SEMIO_TEST_GOOD:
    case SEMIO_TEST_CHUNKED:
    case SEMIO_TEST_STALL_BODY:
    case SEMIO_TEST_BREAK:
      return send_good (line, request, good, status);
    case SEMIO_TEST_REDIRECT:
      return play_redirect (line, request);
    default:
      if (get_bad_content (request->act) != NULL)
        return send_content (line, request, get_bad_content (request->act), "stop");
      return play_bad (line, request);
    }
}

static gboolean
is_allowed (Line *line, SemioTestRequest *request)
{
  g_autofree char *given = find_header (request->head, "Authorization");
  g_autofree char *wanted = NULL;

  g_mutex_lock (&line->server->lock);
  if (line->server->key != NULL)
    wanted = g_strconcat ("Bearer ", line->server->key, NULL);
  g_mutex_unlock (&line->server->lock);
  return wanted == NULL || g_strcmp0 (wanted, given) == 0;
}

/* The good reply to a request, whether it is sent or not: the question is found on the way. */
static char *
make_good (Line *line, SemioTestRequest *request, guint *status)
{
  SemioTestModel *model = line->server->model;
  g_autofree char *content = NULL;
  g_autofree char *fixed = NULL;
  g_autofree char *body = NULL;

  *status = 200;
  if (g_str_has_suffix (request->path, "/v1/models"))
    return semio_test_model_list (model);
  if (g_str_has_suffix (request->path, "/v1/audio/transcriptions"))
    return semio_test_model_transcribe (model, request->body, status);
  if (!g_str_has_suffix (request->path, "/v1/chat/completions"))
    {
      *status = 404;
      return g_strdup ("{\"detail\":\"Not Found\"}");
    }
  body = semio_test_model_answer (model, request->body, status, &request->question, &content);
  fixed = semio_test_server_take_answer (line->server, request->question);
  if (fixed != NULL && *status == 200)
    return semio_test_model_wrap (fixed, "stop", (gint64) request->n_bytes / 4, 0);
  return g_steal_pointer (&body);
}

static gboolean
serve_one (Line *line)
{
  SemioTestRequest *request = read_request (line);
  g_autofree char *good = NULL;
  guint status = 0;
  guint delay_ms;
  gboolean goes_on;

  if (request == NULL)
    return FALSE;
  if (!semio_test_model_get_options (line->server->model)->is_fast)
    {
      SemioSha256 hash = semio_sha256_of_bytes (request->body);

      request->sha256 = semio_sha256_to_string (&hash);
    }
  good = make_good (line, request, &status);
  if (line->server->drops_bodies)
    g_clear_pointer (&request->body, g_bytes_unref);
  semio_test_server_begin (line->server, request);
  delay_ms = line->server->delay_ms;
  if (!semio_test_server_wait_held (line->server, request) || !wait_ms (line, delay_ms))
    goes_on = FALSE;
  else if (!is_allowed (line, request))
    goes_on = send_refusal (line, request, 401, NULL, "Invalid API Key", "authentication_error");
  else
    goes_on = answer (line, request, good, status);
  semio_test_server_end (line->server, request);
  return goes_on;
}

void
semio_test_connection_serve (SemioTestServer *server, GSocketConnection *connection)
{
  g_autoptr (GIOStream) secure = NULL;
  Line line = { server };

  line.socket = g_socket_connection_get_socket (connection);
  if (server->certificate != NULL)
    {
      secure = g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, NULL);
      if (secure == NULL || !g_tls_connection_handshake (G_TLS_CONNECTION (secure), server->cancellable, NULL))
        return;
    }
  line.input = g_io_stream_get_input_stream (secure != NULL ? secure : G_IO_STREAM (connection));
  line.output = g_io_stream_get_output_stream (secure != NULL ? secure : G_IO_STREAM (connection));
  line.waiting = g_byte_array_new ();
  while (serve_one (&line))
    continue;
  g_byte_array_unref (line.waiting);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

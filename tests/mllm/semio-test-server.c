/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-server.h"

#include <string.h>
#include <sys/socket.h>

#include "semio-sha256.h"
#include "semio-test-connection.h"
#include "semio-test-server-private.h"

/* The lines are read here and the acts played in semio-test-connection.c. */

/* No machine takes so long for requests that are on their way. */
#define HOLD_S 60

static void
request_free (gpointer data)
{
  SemioTestRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->head);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->sha256);
  g_free (request->question);
  g_free (request);
}

typedef struct {
  SemioTestServer *server;
  GSocketConnection *connection;
} Visit;

static gpointer
visit_thread (gpointer data)
{
  Visit *visit = data;

  semio_test_connection_serve (visit->server, visit->connection);
  g_object_unref (visit->connection);
  g_free (visit);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  SemioTestServer *server = data;

  while (TRUE)
    {
      GSocketConnection *connection = g_socket_listener_accept (server->listener, NULL, server->cancellable, NULL);
      Visit *visit;

      if (connection == NULL)
        break;
      visit = g_new0 (Visit, 1);
      visit->server = server;
      visit->connection = connection;
      g_mutex_lock (&server->lock);
      server->n_connections++;
      g_ptr_array_add (server->threads, g_thread_new ("test-visit", visit_thread, visit));
      g_mutex_unlock (&server->lock);
    }
  return NULL;
}

SemioTestServer *
semio_test_server_new (const char *address, guint16 port, const char *certificate, const char *key, GError **error)
{
  g_autoptr (SemioTestServer) server = g_new0 (SemioTestServer, 1);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address != NULL ? address : "127.0.0.1", port);
  g_autoptr (GSocketAddress) bound = NULL;

  g_mutex_init (&server->lock);
  g_cond_init (&server->held);
  server->cancellable = g_cancellable_new ();
  server->listener = g_socket_listener_new ();
  server->threads = g_ptr_array_new ();
  server->requests = g_ptr_array_new_with_free_func (request_free);
  server->acts_for = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->answers_for = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  server->model = semio_test_model_new ();
  g_queue_init (&server->pushed);
  g_socket_listener_set_backlog (server->listener, 128);
  if (certificate != NULL)
    {
      server->certificate = g_tls_certificate_new_from_files (certificate, key, error);
      if (server->certificate == NULL)
        return NULL;
    }
  if (!g_socket_listener_add_address (server->listener, wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return NULL;
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  server->url = g_strdup_printf ("%s://%s:%u", certificate != NULL ? "https" : "http",
                                 address != NULL && strchr (address, ':') != NULL ? "[::1]" : "127.0.0.1", server->port);
  server->acceptor = g_thread_new ("test-accept", accept_thread, server);
  return g_steal_pointer (&server);
}

void
semio_test_server_free (SemioTestServer *server)
{
  g_cancellable_cancel (server->cancellable);
  semio_test_server_let_go (server);
  g_clear_pointer (&server->acceptor, g_thread_join);
  for (guint i = 0; i < server->threads->len; i++)
    g_thread_join (server->threads->pdata[i]);
  g_socket_listener_close (server->listener);
  g_object_unref (server->listener);
  g_object_unref (server->cancellable);
  g_clear_object (&server->certificate);
  g_ptr_array_unref (server->threads);
  g_ptr_array_unref (server->requests);
  g_hash_table_unref (server->acts_for);
  g_hash_table_unref (server->answers_for);
  g_queue_clear (&server->pushed);
  semio_test_model_free (server->model);
  g_cond_clear (&server->held);
  g_mutex_clear (&server->lock);
  g_free (server->url);
  g_free (server->key);
  g_free (server->redirect);
  g_free (server->answer);
  g_free (server);
}

guint16
semio_test_server_get_port (SemioTestServer *server)
{
  return server->port;
}

const char *
semio_test_server_get_url (SemioTestServer *server)
{
  return server->url;
}

SemioTestModelOptions *
semio_test_server_get_model (SemioTestServer *server)
{
  return semio_test_model_get_options (server->model);
}

void
semio_test_server_push (SemioTestServer *server, SemioTestAct act)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  g_queue_push_tail (&server->pushed, GUINT_TO_POINTER (act));
}

void
semio_test_server_set_usual (SemioTestServer *server, SemioTestAct act)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  server->usual = act;
}

void
semio_test_server_set_for (SemioTestServer *server, const char *text, SemioTestAct act)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  g_hash_table_insert (server->acts_for, g_strdup (text), GUINT_TO_POINTER (act));
}

static void
set_text (SemioTestServer *server, char **member, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  g_free (*member);
  *member = g_strdup (text);
}

void
semio_test_server_set_key (SemioTestServer *server, const char *key)
{
  set_text (server, &server->key, key);
}

void
semio_test_server_set_redirect (SemioTestServer *server, const char *url)
{
  set_text (server, &server->redirect, url);
}

void
semio_test_server_set_answer (SemioTestServer *server, const char *content)
{
  set_text (server, &server->answer, content);
}

void
semio_test_server_push_answer (SemioTestServer *server, const char *text, const char *content)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  g_hash_table_insert (server->answers_for, g_strdup (text), g_strdup (content));
}

char *
semio_test_server_take_answer (SemioTestServer *server, const char *question)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);
  GHashTableIter iter;
  gpointer text;
  gpointer content;

  g_hash_table_iter_init (&iter, server->answers_for);
  while (question != NULL && g_hash_table_iter_next (&iter, &text, &content))
    {
      if (strstr (question, text) != NULL)
        {
          char *taken = g_strdup (content);

          g_hash_table_iter_remove (&iter);
          return taken;
        }
    }
  return g_strdup (server->answer);
}

void
semio_test_server_set_delay (SemioTestServer *server, guint delay_ms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  server->delay_ms = delay_ms;
}

void
semio_test_server_hold (SemioTestServer *server, guint first, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  server->hold_first = first;
  server->hold_n = n;
  g_cond_broadcast (&server->held);
}

void
semio_test_server_let_go (SemioTestServer *server)
{
  semio_test_server_hold (server, 0, 0);
}

gboolean
semio_test_server_wait_held (SemioTestServer *server, SemioTestRequest *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);
  gint64 end_us = g_get_monotonic_time () + HOLD_S * G_USEC_PER_SEC;

  if (!g_str_equal (request->method, "POST"))
    return TRUE;
  server->n_held++;
  while (server->hold_n > 0 && request->number >= server->hold_first && !g_cancellable_is_cancelled (server->cancellable))
    {
      if (server->hold_n != G_MAXUINT && server->n_held >= server->hold_n)
        {
          server->hold_n = 0;
          g_cond_broadcast (&server->held);
        }
      else if (server->hold_n == G_MAXUINT)
        g_cond_wait (&server->held, &server->lock);
      else if (!g_cond_wait_until (&server->held, &server->lock, end_us))
        g_error ("%u requests were to come together, and %u came", server->hold_n, server->n_held);
    }
  server->n_held--;
  return !g_cancellable_is_cancelled (server->cancellable);
}

void
semio_test_server_set_drop_bodies (SemioTestServer *server, gboolean drop)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  server->drops_bodies = drop;
}

void
semio_test_server_set_watch (SemioTestServer *server, SemioTestServerFunc func, gpointer user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  server->watch = func;
  server->watch_data = user_data;
}

GPtrArray *
semio_test_server_get_requests (SemioTestServer *server)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);
  GPtrArray *copy = g_ptr_array_new ();

  for (guint i = 0; i < server->requests->len; i++)
    g_ptr_array_add (copy, server->requests->pdata[i]);
  return copy;
}

guint
semio_test_server_get_n_requests (SemioTestServer *server)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  return server->requests->len;
}

guint
semio_test_server_get_n_connections (SemioTestServer *server)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  return server->n_connections;
}

guint
semio_test_server_get_most_in_flight (SemioTestServer *server)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  return server->most_in_flight;
}

SemioTestAct
semio_test_server_begin (SemioTestServer *server, SemioTestRequest *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);
  GHashTableIter iter;
  gpointer text;
  gpointer act;

  request->number = server->requests->len;
  request->n_in_flight = ++server->n_in_flight;
  server->most_in_flight = MAX (server->most_in_flight, server->n_in_flight);
  g_ptr_array_add (server->requests, request);
  request->act = SEMIO_TEST_GOOD;
  if (!g_str_equal (request->method, "POST"))
    return request->act;
  g_hash_table_iter_init (&iter, server->acts_for);
  while (request->question != NULL && g_hash_table_iter_next (&iter, &text, &act))
    {
      if (strstr (request->question, text) != NULL)
        return request->act = GPOINTER_TO_UINT (act);
    }
  if (!g_queue_is_empty (&server->pushed))
    return request->act = GPOINTER_TO_UINT (g_queue_pop_head (&server->pushed));
  return request->act = server->usual;
}

void
semio_test_server_over (SemioTestServer *server, SemioTestRequest *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->lock);

  if (request->done_us != 0)
    return;
  server->n_in_flight--;
  request->done_us = g_get_monotonic_time ();
}

void
semio_test_server_end (SemioTestServer *server, SemioTestRequest *request)
{
  SemioTestServerFunc watch;
  gpointer watch_data;

  semio_test_server_over (server, request);
  g_mutex_lock (&server->lock);
  watch = server->watch;
  watch_data = server->watch_data;
  g_mutex_unlock (&server->lock);
  if (watch != NULL)
    watch (request, watch_data);
}

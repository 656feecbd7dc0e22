/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-test-act.h"
#include "semio-test-model.h"

G_BEGIN_DECLS

/* One request as it came. Owned by the server. */
typedef struct {
  guint number; /* from 0 in the order in which they had come whole */
  char *method;
  char *path;
  char *head; /* all header lines */
  gsize n_bytes;
  GBytes *body; /* (nullable): kept unless the server was told to drop them */
  char *sha256; /* of the body; NULL for a fast server */
  char *question; /* (nullable): the last text of a chat request */
  SemioTestAct act;
  guint status; /* 0: none was sent */
  guint n_in_flight; /* with this one */
  gint64 come_us;
  gint64 done_us; /* when its answer began to go out, or it was given up; 0 before */
} SemioTestRequest;

/**
 * SemioTestServer:
 *
 * A real HTTP/1.1 server on loopback, with threads of its own, that behaves as it is told, well or badly. Not an object: made
 * and freed by a test or by the test-server program.
 */
typedef struct _SemioTestServer SemioTestServer;

/* port 0: any. certificate and key (nullable): PEM files, then it speaks TLS. address (nullable): "127.0.0.1". */
SemioTestServer *semio_test_server_new (const char *address, guint16 port, const char *certificate, const char *key,
                                        GError **error);
/* Closes every connection and waits for its threads. */
void semio_test_server_free (SemioTestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTestServer, semio_test_server_free)
guint16 semio_test_server_get_port (SemioTestServer *server);
/* "http://127.0.0.1:PORT", for as long as the server lives. */
const char *semio_test_server_get_url (SemioTestServer *server);
SemioTestModelOptions *semio_test_server_get_model (SemioTestServer *server);

/* What POST requests meet: first what was pushed, one for each, then the usual (good unless set). */
void semio_test_server_push (SemioTestServer *server, SemioTestAct act);
void semio_test_server_set_usual (SemioTestServer *server, SemioTestAct act);
/* Requests whose question holds text meet act, whatever was pushed. */
void semio_test_server_set_for (SemioTestServer *server, const char *text, SemioTestAct act);
void semio_test_server_set_key (SemioTestServer *server, const char *key); /* (nullable): others get 401 */
void semio_test_server_set_redirect (SemioTestServer *server, const char *url);
void semio_test_server_set_delay (SemioTestServer *server, guint delay_ms); /* before each answer */
/* Answers no POST request from number first on before n of them stand at the same time, then all; when they do not come together
 * within a minute, the program ends with words. G_MAXUINT: not before semio_test_server_let_go(), however long that takes. */
void semio_test_server_hold (SemioTestServer *server, guint first, guint n);
void semio_test_server_let_go (SemioTestServer *server);
/* (nullable): the model's text for every good answer, instead of one made from the request. */
void semio_test_server_set_answer (SemioTestServer *server, const char *content);
/* The model's text for the next good answer to a question that holds text, once. */
void semio_test_server_push_answer (SemioTestServer *server, const char *text, const char *content);
void semio_test_server_set_drop_bodies (SemioTestServer *server, gboolean drop);
/* Called on a connection's thread when an answer is out. */
typedef void (*SemioTestServerFunc) (const SemioTestRequest *request, gpointer user_data);
void semio_test_server_set_watch (SemioTestServer *server, SemioTestServerFunc func, gpointer user_data);

/* What came so far; the result holds requests that live as long as the server. */
GPtrArray *semio_test_server_get_requests (SemioTestServer *server);
guint semio_test_server_get_n_requests (SemioTestServer *server);
guint semio_test_server_get_n_connections (SemioTestServer *server);
guint semio_test_server_get_most_in_flight (SemioTestServer *server);

G_END_DECLS

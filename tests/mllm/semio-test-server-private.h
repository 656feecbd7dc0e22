/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-test-server.h"

G_BEGIN_DECLS

struct _SemioTestServer {
  GSocketListener *listener;
  GCancellable *cancellable;
  GTlsCertificate *certificate; /* (nullable) */
  GThread *acceptor;
  SemioTestModel *model;
  char *url;
  guint16 port;

  GMutex lock; /* what follows */
  GPtrArray *threads;
  GPtrArray *requests;
  GQueue pushed;
  GHashTable *acts_for;
  GHashTable *answers_for; /* of texts to be written once, by a text of the question */
  SemioTestAct usual;
  char *key;
  char *redirect;
  char *answer;
  guint delay_ms;
  gboolean drops_bodies;
  guint n_connections;
  GCond held; /* waited for with lock */
  guint hold_first; /* number of the first request that is held */
  guint hold_n; /* so many are waited for; 0: none is held */
  guint n_held;
  guint n_in_flight;
  guint most_in_flight;
  SemioTestServerFunc watch;
  gpointer watch_data;
};

/* Keeps the request and says what it meets. */
SemioTestAct semio_test_server_begin (SemioTestServer *server, SemioTestRequest *request);
/* The model's text that was set for a question; NULL: it writes its own. Free with g_free(). */
char *semio_test_server_take_answer (SemioTestServer *server, const char *question);
/* Waits as semio_test_server_hold() says. FALSE: the server ends. */
gboolean semio_test_server_wait_held (SemioTestServer *server, SemioTestRequest *request);
/* Called right before an answer goes out, because who has it may send the next request at once. More than one call is fine. */
void semio_test_server_over (SemioTestServer *server, SemioTestRequest *request);
void semio_test_server_end (SemioTestServer *server, SemioTestRequest *request);

G_END_DECLS

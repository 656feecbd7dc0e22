/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-predict.h"
#include "semio-run-detail.h"
#include "semio-test-server.h"
#include "semio-test-study.h"

G_BEGIN_DECLS

/* 8 s are 3 segments (0–4, 3–7, 6–8), 5 s are 2: 3 × 4 + 2 × 3 questions. */
#define SEMIO_TEST_PREDICT_N_QUESTIONS 18
#define SEMIO_TEST_PREDICT_N_FANS (3 * 2 + 2)

/* A study of two clips, a server of this process, and a run of four features over both that is ready to begin. */
typedef struct {
  SemioTestStudy study;
  SemioTestServer *server;
  SemioEndpoint *endpoint;
  SemioRunConfig *config;
  GPtrArray *problems; /* of char *: told since the beginning */
  guint n_answered; /* told since the start */
  guint bad_after; /* the server meets all with bad_act when so many came; 0: never */
  SemioTestAct bad_act;
  guint stop_after; /* cancel when so many came; 0: never */
  void (*on_answered) (gpointer user_data); /* (nullable): called for each answer that was kept */
  gpointer on_answered_data;
  GCancellable *cancellable;
} SemioTestPredict;

/* Where semio_test_home_make_clips() made them; for all tests of the process. */
void semio_test_predict_set_clips (const char *folder);
void semio_test_predict_set_up (SemioTestPredict *test, gconstpointer data);
void semio_test_predict_tear_down (SemioTestPredict *test, gconstpointer data);
/* Runs until the end and tells how it stood there. key (nullable). */
SemioPredictProgress semio_test_predict_run (SemioTestPredict *test, const char *key, gboolean retry_failed, GError **error);
/* Requests about the study, without those of the canary. Free the array alone. */
GPtrArray *semio_test_predict_list_asked (SemioTestPredict *test);
/* How many different bodies the requests have. */
guint semio_test_predict_count_different (GPtrArray *requests);
/* What the study holds of its only run. */
SemioRunDetail *semio_test_predict_load_detail (SemioTestPredict *test);

#define SEMIO_TEST_PREDICT_ADD(path, func)                                                                                       \
  g_test_add (path, SemioTestPredict, NULL, semio_test_predict_set_up, func, semio_test_predict_tear_down)

G_END_DECLS

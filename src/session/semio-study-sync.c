/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The waiting forms of opening and closing, for tests and the command line. */
#include "semio-study.h"

typedef struct {
  GMainContext *context;
  GAsyncResult *result;
} Wait;

static void
wait_start (Wait *wait)
{
  wait->context = g_main_context_ref_thread_default ();
  wait->result = NULL;
}

static void
wait_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
}

static GAsyncResult *
wait_end (Wait *wait)
{
  while (!wait->result)
    g_main_context_iteration (wait->context, TRUE);
  g_main_context_unref (wait->context);
  return wait->result;
}

SemioStudy *
semio_study_create_sync (GFile *file, const char *title, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait;

  wait_start (&wait);
  semio_study_create_async (file, title, NULL, wait_cb, &wait);
  result = wait_end (&wait);
  return semio_study_create_finish (result, error);
}

SemioStudy *
semio_study_open_sync (GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait;

  wait_start (&wait);
  semio_study_open_async (file, NULL, NULL, NULL, wait_cb, &wait);
  result = wait_end (&wait);
  return semio_study_open_finish (result, error);
}

gboolean
semio_study_close_sync (SemioStudy *study, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait;

  wait_start (&wait);
  semio_study_close_async (study, wait_cb, &wait);
  result = wait_end (&wait);
  return semio_study_close_finish (study, result, error);
}

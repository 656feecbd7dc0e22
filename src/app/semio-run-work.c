/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-work.h"

#include <glib/gi18n-lib.h>

/* The rest stands in the study, with each answer. */
#define MAX_EVENTS 500

struct _SemioRunWork {
  GObject parent_instance;

  SemioPredict *predict; /* (nullable): NULL when it is over */
  GCancellable *cancellable;
  GPtrArray *events;
  char *name;
  gboolean waits; /* said so */
};

G_DEFINE_FINAL_TYPE (SemioRunWork, semio_run_work, G_TYPE_OBJECT)

enum { SIGNAL_EVENT, SIGNAL_ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
add_event (SemioRunWork *self, SemioRunEventKind kind, const char *text)
{
  SemioRunEvent *event = semio_run_event_new (kind, text);

  /* The first stays: it says since when they were seen. */
  if (self->events->len >= MAX_EVENTS)
    g_ptr_array_remove_index (self->events, 1);
  g_ptr_array_add (self->events, event);
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, event);
}

static void
problem_cb (SemioRunWork *self, const char *problem)
{
  add_event (self, SEMIO_RUN_EVENT_FAILED, problem);
}

static void
changed_cb (SemioRunWork *self)
{
  const char *why = semio_predict_get_waiting (self->predict);
  gboolean waits = semio_predict_get_state (self->predict) == SEMIO_PREDICT_WAITING && why != NULL;

  if (waits && !self->waits)
    add_event (self, SEMIO_RUN_EVENT_NOTE, why);
  self->waits = waits;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunWork) self = user_data;
  g_autoptr (SemioPredict) predict = g_steal_pointer (&self->predict);
  SemioPredictProgress progress = semio_predict_get_progress (predict);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean done = semio_predict_run_finish (predict, result, &error);
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_signal_handlers_disconnect_by_data (predict, self);
  if (done)
    text = g_strdup_printf (ngettext ("“%s” is done: %u of %u question has an answer.",
                                      "“%s” is done: %u of %u questions have an answer.", progress.n_questions),
                            self->name, progress.n_answered, progress.n_questions);
  else if (stopped)
    text = g_strdup_printf (ngettext ("“%s” was stopped: %u of %u question has an answer. It goes on with “Continue”.",
                                      "“%s” was stopped: %u of %u questions have an answer. It goes on with “Continue”.",
                                      progress.n_questions),
                            self->name, progress.n_answered, progress.n_questions);
  else
    text = g_strdup_printf (_ ("“%s” stopped: %s"), self->name, error->message);
  add_event (self, done || stopped ? SEMIO_RUN_EVENT_NOTE : SEMIO_RUN_EVENT_STOPPED, text);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, text);
}

static void
semio_run_work_finalize (GObject *object)
{
  SemioRunWork *self = SEMIO_RUN_WORK (object);

  g_clear_object (&self->predict);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->events);
  g_free (self->name);
  G_OBJECT_CLASS (semio_run_work_parent_class)->finalize (object);
}

static void
semio_run_work_class_init (SemioRunWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_run_work_finalize;
  signals[SIGNAL_EVENT] =
      g_signal_new ("event", SEMIO_TYPE_RUN_WORK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ENDED] =
      g_signal_new ("ended", SEMIO_TYPE_RUN_WORK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
semio_run_work_init (SemioRunWork *self)
{
  self->cancellable = g_cancellable_new ();
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_event_free);
}

SemioRunWork *
semio_run_work_new (SemioPredict *predict)
{
  SemioRunWork *self = g_object_new (SEMIO_TYPE_RUN_WORK, NULL);

  self->predict = g_object_ref (predict);
  self->name = g_strdup (semio_predict_get_config (predict)->name);
  g_signal_connect_object (predict, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (predict, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
semio_run_work_start (SemioRunWork *self)
{
  add_event (self, SEMIO_RUN_EVENT_NOTE, _ ("The run was started."));
  semio_predict_run_async (self->predict, self->cancellable, ended_cb, g_object_ref (self));
}

void
semio_run_work_stop (SemioRunWork *self)
{
  g_cancellable_cancel (self->cancellable);
}

const char *
semio_run_work_get_name (SemioRunWork *self)
{
  return self->name;
}

SemioPredict *
semio_run_work_get_predict (SemioRunWork *self)
{
  return self->predict;
}

GPtrArray *
semio_run_work_get_events (SemioRunWork *self)
{
  return self->events;
}

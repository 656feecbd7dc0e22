/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-scheduler.h"

#include <glib/gi18n-lib.h>

#include "semio-clock.h"
#include "semio-mllm-error.h"
#include "semio-scheduler-lane.h"
#include "semio-secret-text.h"
#include "semio-verdict.h"

/* How often a question is put to a server that answers others, and to one that says that it has too much to do. */
#define MAX_TRIES 4
#define MAX_TRIES_BUSY 8
#define FIRST_BACKOFF_MS 1000
#define LONGEST_BACKOFF_MS 60000
/* Half an answer does not stop for so long. */
#define STALL_S 60
/* Fan-outs held for each base URL: one that is asked and one that fills the places that become free. */
#define FANS_PER_LANE 2
/* Questions in flight, and answers that the caller has not kept yet, for each place: one share on the way and one on its way
 * to the disk. What is lost at once, and asked again, is never more. */
#define UNKEPT_PER_PLACE 2

enum { WANTED, ANSWERED, FAN_OUT_DONE, WAITING, STOPPED, N_SIGNALS };

static guint signals[N_SIGNALS];

struct _SemioScheduler {
  GObject parent_instance;
  SemioTransfer *transfer;
  SemioSecretText *key; /* (nullable) */
  GPtrArray *lanes;
  GError *no_lane; /* why there is none */
  GCancellable *cancellable;
  GMainContext *context;
  GSource *timer; /* (nullable): when something waits for its time */
  guint max_in_flight;
  guint n_unkept; /* answers that the caller still has to lose */
  guint timeout_s;
  gint64 first_us;
  gint64 longest_us;
  gboolean is_started;
  gboolean is_paused;
  gboolean is_over; /* cancelled or stopped: nothing is emitted any more */
  gboolean is_waiting; /* said so */
};

G_DEFINE_FINAL_TYPE (SemioScheduler, semio_scheduler, G_TYPE_OBJECT)

/* One question on its way. */
typedef struct {
  SemioScheduler *scheduler;
  SemioFan *fan;
  SemioLane *lane;
  GBytes *tail;
  guint question;
} Ask;

static void pump (SemioScheduler *self);

static void
clear_timer (SemioScheduler *self)
{
  if (self->timer == NULL)
    return;
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
semio_scheduler_finalize (GObject *object)
{
  SemioScheduler *self = SEMIO_SCHEDULER (object);

  clear_timer (self);
  g_clear_object (&self->transfer);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->key, semio_secret_text_free);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->no_lane);
  G_OBJECT_CLASS (semio_scheduler_parent_class)->finalize (object);
}

static void
semio_scheduler_class_init (SemioSchedulerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = semio_scheduler_finalize;
  signals[WANTED] = g_signal_new ("wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_POINTER,
                                    G_TYPE_UINT, G_TYPE_POINTER);
  signals[FAN_OUT_DONE] =
      g_signal_new ("fan-out-done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[WAITING] = g_signal_new ("waiting", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STOPPED] = g_signal_new ("stopped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
semio_scheduler_init (SemioScheduler *self)
{
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_lane_free);
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->first_us = FIRST_BACKOFF_MS * 1000;
  self->longest_us = LONGEST_BACKOFF_MS * 1000;
}

/**
 * semio_scheduler_new:
 * @endpoint: its base URLs, limit and time are copied
 * @key: (nullable): copied into memory that is wiped
 *
 * Returns: (transfer full): a scheduler that lives in the thread-default context
 */
SemioScheduler *
semio_scheduler_new (const SemioEndpoint *endpoint, const char *key)
{
  SemioScheduler *self = g_object_new (SEMIO_TYPE_SCHEDULER, NULL);

  self->max_in_flight = MAX (endpoint->max_in_flight, 1);
  self->timeout_s = endpoint->timeout_s;
  self->transfer = semio_transfer_new (self->max_in_flight);
  if (key != NULL && *key != '\0')
    self->key = semio_secret_text_new ("", key);
  for (guint i = 0; endpoint->urls != NULL && endpoint->urls[i] != NULL; i++)
    {
      SemioLane *lane = semio_lane_new (endpoint->urls[i], self->no_lane == NULL ? &self->no_lane : NULL);

      if (lane != NULL)
        g_ptr_array_add (self->lanes, lane);
    }
  return self;
}

/* ── what is told ── */

static void
stop (SemioScheduler *self, const GError *error)
{
  if (self->is_over)
    return;
  self->is_over = TRUE;
  clear_timer (self);
  g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[STOPPED], 0, error);
}

/* Says why nothing is sent when every server that has something to do is held up. */
static void
tell_waiting (SemioScheduler *self)
{
  const char *why = NULL;
  g_autofree char *kept = NULL;
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->lanes->len; i++)
    {
      SemioLane *lane = self->lanes->pdata[i];

      if (lane->why == NULL || (lane->not_before_us <= now_us && !lane->is_away))
        {
          why = NULL;
          break;
        }
      why = lane->why;
    }
  if (why == NULL && !self->is_waiting)
    return;
  if (why != NULL && self->is_waiting)
    return;
  self->is_waiting = why != NULL;
  kept = g_strdup (why);
  g_signal_emit (self, signals[WAITING], 0, kept);
}

static void
want (SemioScheduler *self)
{
  guint n_held = 0;

  if (!self->is_started || self->is_over)
    return;
  for (guint i = 0; i < self->lanes->len; i++)
    n_held += ((SemioLane *) self->lanes->pdata[i])->fans.length;
  if (n_held < FANS_PER_LANE * self->lanes->len)
    g_signal_emit (self, signals[WANTED], 0);
}

/* ── answers ── */

static void
ask_free (Ask *ask)
{
  semio_fan_unref (ask->fan);
  g_bytes_unref (ask->tail);
  g_object_unref (ask->scheduler);
  g_free (ask);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static void
finish_question (SemioScheduler *self, Ask *ask, SemioModelReply *reply)
{
  SemioFan *fan = ask->fan;

  fan->asked[ask->question].is_done = TRUE;
  fan->n_done++;
  fan->is_open = TRUE;
  g_signal_emit (self, signals[ANSWERED], 0, fan->fan_out, ask->question, reply);
  if (self->is_over || fan->n_done < fan->fan_out->questions->len)
    return;
  g_signal_emit (self, signals[FAN_OUT_DONE], 0, fan->fan_out);
  if (self->is_over)
    return;
  if (g_queue_remove (&fan->lane->fans, fan))
    semio_fan_unref (fan);
  want (self);
}

/* Another server carries on what this one cannot; there its first question goes alone again. */
static void
move_fans (SemioScheduler *self, SemioLane *from)
{
  SemioLane *to = NULL;

  for (guint i = 0; i < self->lanes->len; i++)
    {
      SemioLane *lane = self->lanes->pdata[i];

      if (lane != from && !lane->is_away && (to == NULL || lane->fans.length < to->fans.length))
        to = lane;
    }
  while (to != NULL && !g_queue_is_empty (&from->fans))
    {
      SemioFan *fan = g_queue_pop_head (&from->fans);

      fan->lane = to;
      fan->is_open = FALSE;
      for (guint i = 0; i < fan->fan_out->questions->len; i++)
        fan->asked[i].not_before_us = 0;
      g_queue_push_tail (&to->fans, fan);
    }
}

static void
hold_lane (SemioScheduler *self, SemioLane *lane, gboolean is_away, gint64 asked_us, const char *why)
{
  gint64 wait_us;

  /* Several that were under way fail together: that is one failure. */
  if (lane->not_before_us > g_get_monotonic_time () && asked_us < 0)
    return;
  lane->n_failures++;
  wait_us = semio_backoff_us (lane->n_failures, self->first_us, self->longest_us, asked_us);
  semio_lane_hold (lane, is_away, wait_us, why);
  if (is_away)
    move_fans (self, lane);
}

/* TRUE when the question will be put again. */
static gboolean
try_later (SemioScheduler *self, Ask *ask, SemioVerdict verdict, gint64 asked_us, const SemioModelReply *reply)
{
  SemioAsked *asked = &ask->fan->asked[ask->question];
  SemioLane *lane = ask->lane;

  if (verdict == SEMIO_VERDICT_AWAY)
    {
      /* While others are answered, it is this question that the server cannot take. */
      if (asked->n_answers_seen != lane->n_answers)
        asked->n_tries++;
      asked->n_answers_seen = lane->n_answers;
    }
  else
    asked->n_tries++;
  if (asked->n_tries >= (verdict == SEMIO_VERDICT_BUSY ? MAX_TRIES_BUSY : MAX_TRIES))
    return FALSE;
  if (verdict == SEMIO_VERDICT_RETRY)
    asked->not_before_us =
        g_get_monotonic_time () + semio_backoff_us (asked->n_tries, self->first_us, self->longest_us, asked_us);
  else
    hold_lane (self, lane, verdict == SEMIO_VERDICT_AWAY, asked_us, reply->problem);
  return TRUE;
}

static void
settle (SemioScheduler *self, Ask *ask, SemioResponse *response, const GError *error)
{
  const SemioQuestion *question = &g_array_index (ask->fan->fan_out->questions, SemioQuestion, ask->question);
  SemioAsked *asked = &ask->fan->asked[ask->question];
  g_autoptr (SemioModelReply) reply = semio_model_reply_new ();
  g_autoptr (GError) stopped = NULL;
  gint64 asked_us = response != NULL ? response->retry_after_us : -1;
  SemioVerdict verdict = semio_verdict_read (response, error, ask->lane->host, &question->domain, reply, &stopped);

  reply->utc_us = semio_clock_get_utc_us ();
  reply->host = g_strdup (ask->lane->host);
  reply->request = semio_chat_hash (ask->fan->fan_out->prefix, ask->tail);
  if (verdict == SEMIO_VERDICT_STOP)
    {
      stop (self, stopped);
      return;
    }
  if (verdict == SEMIO_VERDICT_DONE || verdict == SEMIO_VERDICT_CUT)
    semio_lane_set_good (ask->lane);
  if (verdict == SEMIO_VERDICT_CUT && question->tail_again != NULL && !asked->is_again)
    {
      asked->is_again = TRUE;
      ask->fan->is_open = TRUE;
      return;
    }
  if (verdict != SEMIO_VERDICT_DONE && verdict != SEMIO_VERDICT_CUT && try_later (self, ask, verdict, asked_us, reply))
    return;
  finish_question (self, ask, reply);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autoptr (SemioScheduler) self = g_object_ref (ask->scheduler);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResponse) response = semio_transfer_send_finish (SEMIO_TRANSFER (source), result, &error);

  ask->lane->n_in_flight--;
  ask->fan->n_in_flight--;
  ask->fan->asked[ask->question].is_in_flight = FALSE;
  if (self->is_over)
    return;
  settle (self, ask, response, error);
  if (!self->is_over)
    pump (self);
}

/* ── questions ── */

static void
send_question (SemioScheduler *self, SemioLane *lane, SemioFan *fan, guint number)
{
  const SemioQuestion *question = &g_array_index (fan->fan_out->questions, SemioQuestion, number);
  SemioAsked *asked = &fan->asked[number];
  Ask *ask = g_new0 (Ask, 1);
  GBytes *parts[3] = { NULL };
  SemioRequest request = { .method = "POST", .content_type = "application/json" };

  ask->scheduler = g_object_ref (self);
  ask->fan = semio_fan_ref (fan);
  ask->lane = lane;
  ask->tail = g_bytes_ref (asked->is_again ? question->tail_again : question->tail);
  ask->question = number;
  parts[0] = semio_chat_prefix_get_bytes (fan->fan_out->prefix);
  parts[1] = ask->tail;
  request.url = lane->url;
  request.key = semio_secret_text_get (self->key);
  request.parts = parts;
  request.max_bytes = SEMIO_REPLY_MAX_BYTES;
  request.timeout_s = self->timeout_s;
  request.stall_s = STALL_S;
  asked->is_in_flight = TRUE;
  fan->n_in_flight++;
  lane->n_in_flight++;
  semio_transfer_send_async (self->transfer, &request, self->cancellable, answered_cb, ask);
}

static gboolean
timer_cb (gpointer data)
{
  SemioScheduler *self = data;

  clear_timer (self);
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
set_timer (SemioScheduler *self, gint64 at_us)
{
  clear_timer (self);
  if (at_us == G_MAXINT64)
    return;
  self->timer = g_timeout_source_new (0);
  g_source_set_ready_time (self->timer, at_us);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, self->context);
}

/* So much is on its way, here and from here on, that nothing more is sent until some of it is kept. */
static gboolean
is_full (SemioScheduler *self)
{
  return semio_scheduler_get_n_in_flight (self) + self->n_unkept >= semio_scheduler_get_most_unkept (self);
}

/* Fills every place that is free. */
static void
pump (SemioScheduler *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 next_us = G_MAXINT64;

  if (self->is_over || self->is_paused || !self->is_started)
    return;
  for (guint i = 0; i < self->lanes->len; i++)
    {
      SemioLane *lane = self->lanes->pdata[i];
      SemioFan *fan;
      guint question;

      while (!is_full (self) && semio_lane_find_next (lane, self->max_in_flight, now_us, &fan, &question, &next_us))
        send_question (self, lane, fan, question);
    }
  set_timer (self, next_us);
  tell_waiting (self);
}

/* ── from outside ── */

static gboolean
pump_cb (gpointer data)
{
  pump (data);
  return G_SOURCE_REMOVE;
}

static void
pump_soon (SemioScheduler *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, pump_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static gboolean
want_cb (gpointer data)
{
  SemioScheduler *self = data;

  if (!self->is_over && self->lanes->len == 0)
    {
      g_autoptr (GError) error = g_steal_pointer (&self->no_lane);

      if (error == NULL)
        error = g_error_new (SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("The server has no address."));
      stop (self, error);
    }
  want (self);
  return G_SOURCE_REMOVE;
}

static void
want_soon (SemioScheduler *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, want_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

/* Where other questions of the same segment wait; NULL when none do. */
static SemioLane *
find_lane_of_segment (SemioScheduler *self, guint64 segment)
{
  for (guint i = 0; segment != 0 && i < self->lanes->len; i++)
    if (semio_lane_has_segment (self->lanes->pdata[i], segment))
      return self->lanes->pdata[i];
  return NULL;
}

static SemioLane *
find_idlest_lane (SemioScheduler *self)
{
  SemioLane *best = NULL;

  for (guint i = 0; i < self->lanes->len; i++)
    {
      SemioLane *lane = self->lanes->pdata[i];

      if (best == NULL || (best->is_away && !lane->is_away)
          || (best->is_away == lane->is_away && semio_lane_count_waiting (lane) < semio_lane_count_waiting (best)))
        best = lane;
    }
  return best;
}

/**
 * semio_scheduler_push:
 * @scheduler: a scheduler
 * @fan_out: (transfer full): questions on one prefix
 *
 * Puts them to the base URL at which others of their segment wait, else behind those of the one that has the fewest to
 * answer, where they stay.
 */
void
semio_scheduler_push (SemioScheduler *scheduler, SemioFanOut *fan_out)
{
  SemioFan *fan;
  SemioLane *best;

  g_return_if_fail (SEMIO_IS_SCHEDULER (scheduler));
  fan = semio_fan_new (fan_out);
  best = find_lane_of_segment (scheduler, fan_out->segment);
  if (best == NULL)
    best = find_idlest_lane (scheduler);
  if (best == NULL || scheduler->is_over || fan_out->questions->len == 0)
    {
      semio_fan_unref (fan);
      return;
    }
  fan->lane = best;
  g_queue_push_tail (&best->fans, fan);
  pump_soon (scheduler);
  want_soon (scheduler);
}

/**
 * semio_scheduler_start:
 * @scheduler: a scheduler
 *
 * Begins to ask for fan-outs and to send them.
 */
void
semio_scheduler_start (SemioScheduler *scheduler)
{
  g_return_if_fail (SEMIO_IS_SCHEDULER (scheduler));
  scheduler->is_started = TRUE;
  pump_soon (scheduler);
  want_soon (scheduler);
}

/**
 * semio_scheduler_set_paused:
 * @scheduler: a scheduler
 * @paused: whether nothing new is sent
 *
 * What is in flight is finished either way.
 */
void
semio_scheduler_set_paused (SemioScheduler *scheduler, gboolean paused)
{
  g_return_if_fail (SEMIO_IS_SCHEDULER (scheduler));
  scheduler->is_paused = paused;
  if (paused)
    clear_timer (scheduler);
  else
    pump_soon (scheduler);
}

/**
 * semio_scheduler_cancel:
 * @scheduler: a scheduler
 *
 * Cuts what is in flight. Nothing is emitted after it returns.
 */
void
semio_scheduler_cancel (SemioScheduler *scheduler)
{
  g_return_if_fail (SEMIO_IS_SCHEDULER (scheduler));
  scheduler->is_over = TRUE;
  clear_timer (scheduler);
  g_cancellable_cancel (scheduler->cancellable);
  for (guint i = 0; i < scheduler->lanes->len; i++)
    g_queue_clear_full (&((SemioLane *) scheduler->lanes->pdata[i])->fans, (GDestroyNotify) semio_fan_unref);
}

/**
 * semio_scheduler_set_backoff:
 * @scheduler: a scheduler
 * @first_ms: after a first failure
 * @longest_ms: after many
 *
 * Changes how long is waited before something is tried again.
 */
void
semio_scheduler_set_backoff (SemioScheduler *scheduler, guint first_ms, guint longest_ms)
{
  g_return_if_fail (SEMIO_IS_SCHEDULER (scheduler));
  scheduler->first_us = MAX ((gint64) first_ms, 1) * 1000;
  scheduler->longest_us = MAX ((gint64) longest_ms, first_ms) * 1000;
}

/**
 * semio_scheduler_set_n_unkept:
 * @scheduler: a scheduler
 * @n_unkept: answers that were emitted and that the caller has not put into a safe place
 *
 * Lets a caller that keeps answers more slowly than they come hold the questions back: none is sent while those in flight
 * and these are semio_scheduler_get_most_unkept() or more. A caller that never calls it is never waited for.
 */
void
semio_scheduler_set_n_unkept (SemioScheduler *scheduler, guint n_unkept)
{
  gboolean was_full;

  g_return_if_fail (SEMIO_IS_SCHEDULER (scheduler));
  was_full = is_full (scheduler);
  scheduler->n_unkept = n_unkept;
  if (was_full && !is_full (scheduler))
    pump_soon (scheduler);
}

/**
 * semio_scheduler_get_most_unkept:
 * @scheduler: a scheduler
 *
 * Returns: the most questions that are in flight or answered and not kept: twice the limit of all base URLs together
 */
guint
semio_scheduler_get_most_unkept (SemioScheduler *scheduler)
{
  g_return_val_if_fail (SEMIO_IS_SCHEDULER (scheduler), 0);
  return UNKEPT_PER_PLACE * scheduler->max_in_flight * MAX (scheduler->lanes->len, 1);
}

/**
 * semio_scheduler_get_n_in_flight:
 * @scheduler: a scheduler
 *
 * Returns: number of questions that were sent and not answered yet
 */
guint
semio_scheduler_get_n_in_flight (SemioScheduler *scheduler)
{
  guint count = 0;

  g_return_val_if_fail (SEMIO_IS_SCHEDULER (scheduler), 0);
  for (guint i = 0; i < scheduler->lanes->len; i++)
    count += ((SemioLane *) scheduler->lanes->pdata[i])->n_in_flight;
  return count;
}

/**
 * semio_scheduler_get_n_waiting:
 * @scheduler: a scheduler
 *
 * Returns: number of questions that were pushed and have no answer yet, in flight or not
 */
guint
semio_scheduler_get_n_waiting (SemioScheduler *scheduler)
{
  guint count = 0;

  g_return_val_if_fail (SEMIO_IS_SCHEDULER (scheduler), 0);
  for (guint i = 0; i < scheduler->lanes->len; i++)
    count += semio_lane_count_waiting (scheduler->lanes->pdata[i]);
  return count;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-predict.h"

#include <glib/gi18n-lib.h>

#include "semio-consent-need.h"
#include "semio-predict-private.h"
#include "semio-run-table.h"
#include "semio-server-probe.h"

#define ORIGIN "model"
#define MAX_IN_FLIGHT_CHECKS 4

G_DEFINE_FINAL_TYPE (SemioPredict, semio_predict, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  SIGNAL_PROBLEM,
  SIGNAL_ANSWERED,
  SIGNAL_KEPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What the study says of a run before it is gone on with. */
typedef struct {
  SemioPredict *predict; /* (nullable): owned, when a run begins */
  SemioUuid actor;
  SemioRunConfig *config;
  gboolean make; /* the run and its import, when they do not stand yet */
  gint64 run_id, import_id;
  SemioUuid run_uuid;
  GArray *cells; /* of SemioLiveCell */
} Standing;

static void
standing_free (gpointer data)
{
  Standing *standing = data;

  semio_run_config_free (standing->config);
  g_clear_pointer (&standing->cells, g_array_unref);
  g_free (standing);
}

/* Two configurations ask the same when only the addresses differ: servers move. */
static gboolean
is_same_config (const SemioRunConfig *config, const char *settings)
{
  g_autoptr (SemioRunConfig) other = semio_run_config_parse (settings ? settings : "", -1, NULL);
  g_autofree char *one_json = NULL;
  g_autofree char *other_json = NULL;

  if (other == NULL)
    return FALSE;
  g_strfreev (other->urls);
  other->urls = g_strdupv (config->urls);
  /* Before the server was asked which model it serves any model may be meant. */
  if (config->model == NULL || config->model[0] == '\0')
    {
      g_free (other->model);
      other->model = g_strdup (config->model);
    }
  one_json = semio_run_config_to_json (config);
  other_json = semio_run_config_to_json (other);
  return g_str_equal (one_json, other_json);
}

static SemioRun *
make_run (SemioDatabase *database, const Standing *standing, GError **error)
{
  const SemioUuid *actor = semio_uuid_is_nil (&standing->actor) ? NULL : &standing->actor;
  g_autoptr (SemioRun) run = semio_run_new ();

  run->name = g_strdup (standing->config->name);
  run->model = g_strdup (standing->config->model);
  run->enhancement = g_strdup (standing->config->enhancement);
  run->origin = g_strdup (ORIGIN);
  semio_run_take_settings (run, semio_run_config_to_json (standing->config));
  return semio_run_table_put (database, actor, run, NULL, error);
}

/* Tells with the run why it did not begin; NULL: takes back what was told. */
static gboolean
set_notice (SemioDatabase *database, const SemioUuid *actor, const char *name, const char *notice, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioRun) run = semio_run_table_find (database, name, &local);
  g_autoptr (SemioRun) put = NULL;

  if (run != NULL && g_strcmp0 (run->notice, notice) != 0)
    {
      g_free (run->notice);
      run->notice = g_strdup (notice);
      put = semio_run_table_put (database, semio_uuid_is_nil (actor) ? NULL : actor, run, NULL, &local);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_run (const SemioRun *run, const SemioRunConfig *config, GError **error)
{
  if (g_strcmp0 (run->origin, ORIGIN) != 0)
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT,
                 _ ("“%s” is a run that was imported. Choose another name for this one."), config->name);
  else if (!is_same_config (config, run->settings))
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT,
                 _ ("“%s” was begun with other settings. Go on with those, or choose another name for these."), config->name);
  else
    return TRUE;
  return FALSE;
}

static gpointer
read_standing (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Standing *standing = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioRun) run = semio_run_table_find (database, standing->config->name, &local);

  if (local == NULL && run != NULL)
    check_run (run, standing->config, &local);
  if (local == NULL && run == NULL && standing->make)
    run = make_run (database, standing, &local);
  else if (local == NULL && standing->make)
    set_notice (database, &standing->actor, standing->config->name, NULL, &local);
  if (local == NULL && run != NULL)
    {
      standing->run_id = run->id;
      standing->run_uuid = run->uuid;
      standing->cells = semio_live_table_load_cells (database, run->id, &local);
      if (local == NULL && standing->make)
        standing->import_id = semio_live_table_begin (database, run->id, &local);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static Standing *
standing_new (SemioPredict *self, gboolean make)
{
  Standing *standing = g_new0 (Standing, 1);

  standing->actor = semio_study_get_actor (self->study);
  standing->config = semio_run_config_copy (self->config);
  standing->make = make;
  return standing;
}

static GPtrArray *
list_recordings (SemioPredict *self)
{
  GPtrArray *recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  GListModel *cases = semio_study_get_cases (self->study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);
      gint64 id = semio_case_get_id (item);
      gboolean chosen = self->recordings == NULL;

      for (guint r = 0; !chosen && r < self->recordings->len; r++)
        chosen = g_array_index (self->recordings, gint64, r) == id;
      if (chosen)
        g_ptr_array_add (recordings, semio_recording_ref ((SemioRecording *) semio_case_get_recording (item)));
    }
  return recordings;
}

/* The plan from what stands; what the server cannot take is not asked. */
static SemioPredictPlan *
make_plan (SemioPredict *self, const Standing *standing)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (semio_question_key_hash, semio_question_key_equal, g_free, NULL);
  g_autoptr (GPtrArray) recordings = list_recordings (self);
  g_autoptr (SemioRunConfig) config = semio_run_config_copy (self->config);
  SemioPredictPlan *plan;
  guint n_failed = 0;

  if (self->endpoint->dialect.sound == SEMIO_SOUND_PART_NONE)
    config->sound = SEMIO_SOUND_SCOPE_NONE;
  for (guint i = 0; standing->cells && i < standing->cells->len; i++)
    {
      const SemioLiveCell *cell = &g_array_index (standing->cells, SemioLiveCell, i);
      SemioQuestionKey key = { cell->recording_id, cell->segment, cell->kind, cell->feature };

      if (cell->state == SEMIO_REPLY_UNUSABLE)
        n_failed++;
      if (cell->state != SEMIO_REPLY_UNUSABLE || !self->retry_failed)
        g_hash_table_add (done, g_memdup2 (&key, sizeof key));
    }
  plan = semio_predict_plan_new (config, self->study->features, recordings, done);
  self->progress.n_questions = plan->n_questions;
  self->progress.n_open = plan->n_open;
  self->progress.n_answered = plan->n_questions - plan->n_open;
  if (!self->retry_failed)
    self->progress.n_answered -= MIN (n_failed, self->progress.n_answered);
  return plan;
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioPredict *self = g_task_get_source_object (task);
  GError *error = NULL;

  semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    semio_study_take_error (task, error);
  else
    g_task_return_pointer (task, make_plan (self, g_task_get_task_data (task)), (GDestroyNotify) semio_predict_plan_free);
}

void
semio_predict_plan_async (SemioPredict *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Standing *standing = standing_new (self, FALSE);

  g_task_set_source_tag (task, semio_predict_plan_async);
  g_task_set_task_data (task, standing, standing_free);
  semio_store_service_read_async (self->study->store, read_standing, standing, NULL, NULL, cancellable, planned_cb, task);
}

SemioPredictPlan *
semio_predict_plan_finish (SemioPredict *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Running ---- */

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioPredict) self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  GError *failure = g_steal_pointer (&self->failure);
  GError *error = NULL;

  if (!semio_study_reload_finish (SEMIO_STUDY (source), result, &error) && failure == NULL)
    failure = g_steal_pointer (&error);
  g_clear_error (&error);
  semio_study_refresh_reviews (self->study);
  semio_predict_set_state (self, failure ? SEMIO_PREDICT_STOPPED : SEMIO_PREDICT_DONE);
  if (failure != NULL)
    g_task_return_error (task, failure);
  else
    g_task_return_boolean (task, TRUE);
}

typedef struct {
  SemioUuid actor;
  gint64 run_id;
  char *name;
  char *notice; /* (nullable): why it did not begin */
} RunEnd;

static void
run_end_free (gpointer data)
{
  RunEnd *end = data;

  g_free (end->name);
  g_free (end->notice);
  g_free (end);
}

static gpointer
write_end (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const RunEnd *end = data;

  if (semio_live_table_finish_run (database, semio_uuid_is_nil (&end->actor) ? NULL : &end->actor, end->run_id, error)
      && end->notice != NULL)
    set_notice (database, &end->actor, end->name, end->notice, error);
  return NULL;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SemioPredict *self = user_data;
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL && self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  g_clear_error (&error);
  semio_predict_work_free (self);
  semio_study_reload_async (self->study, reloaded_cb, self);
}

void
semio_predict_end (SemioPredict *self, GError *error)
{
  RunEnd *end;

  /* A cancelling that comes when all is over is none. */
  if (self->task != NULL && error != NULL && self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  g_clear_error (&error);
  if (self->task == NULL)
    return;
  if (!self->is_ending)
    {
      self->is_ending = TRUE;
      if (self->scheduler != NULL)
        semio_scheduler_cancel (self->scheduler);
      g_cancellable_cancel (self->cancellable);
    }
  /* What came is kept before anything else; what is being read comes back by itself. */
  if (self->pending != NULL && !semio_predict_work_is_written (self))
    return;
  if (self->is_preparing)
    return;
  if (self->cancelled_handler != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (self->task), self->cancelled_handler);
  self->cancelled_handler = 0;
  if (self->run_id == 0 || self->is_closing)
    {
      if (!self->is_closing)
        {
          self->is_closing = TRUE;
          semio_study_reload_async (self->study, reloaded_cb, g_object_ref (self));
        }
      return;
    }
  self->is_closing = TRUE;
  end = g_new0 (RunEnd, 1);
  end->actor = semio_study_get_actor (self->study);
  end->run_id = self->run_id;
  end->name = g_strdup (self->config->name);
  end->notice = g_steal_pointer (&self->not_begun);
  semio_store_service_write_async (self->study->store, SEMIO_STORE_PRIORITY_IMPORT, write_end, end, run_end_free, NULL, NULL,
                                   ended_cb, g_object_ref (self));
}

static gboolean
stop_cb (gpointer user_data)
{
  SemioPredict *self = user_data;

  semio_predict_end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped.")));
  return G_SOURCE_REMOVE;
}

/* Cancelling may come from within anything that this run is doing just now: it ends on the way back. */
static void
cancelled_cb (GCancellable *cancellable, SemioPredict *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, stop_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, g_task_get_context (self->task));
}

static void
begin_work (SemioPredict *self)
{
  self->started_us = g_get_monotonic_time ();
  semio_predict_set_state (self, SEMIO_PREDICT_RUNNING);
  semio_predict_work_start (self);
}

static void
canary_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioPredict) self = user_data;
  g_autofree char *remark = NULL;
  GError *error = NULL;

  if (!semio_server_canary_finish (self->transfer, result, &remark, &error))
    {
      /* A run with answers is shown beside them, where nothing may tell whose they are. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->plan->n_open == self->plan->n_questions)
        self->not_begun = g_strdup_printf (_ ("The check at the start failed. %s"), error->message);
      semio_predict_end (self, error);
      return;
    }
  if (remark != NULL)
    semio_predict_tell_problem (self, remark);
  g_clear_object (&self->transfer);
  if (!self->is_ending)
    begin_work (self);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Standing *standing = user_data;
  g_autoptr (SemioPredict) self = g_object_ref (standing->predict);
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error == NULL)
    {
      self->run_id = standing->run_id;
      self->import_id = standing->import_id;
      self->run_uuid = standing->run_uuid;
      self->plan = make_plan (self, standing);
    }
  g_object_unref (standing->predict);
  standing_free (standing);
  if (error != NULL || self->plan->n_open == 0 || self->is_ending)
    {
      semio_predict_end (self, error);
      return;
    }
  /* The lists are to have the run from its beginning. */
  semio_study_reload_async (self->study, NULL, NULL);
  if (self->batch != NULL)
    {
      begin_work (self);
      return;
    }
  semio_predict_set_state (self, SEMIO_PREDICT_CHECKING);
  self->transfer = semio_transfer_new (MAX_IN_FLIGHT_CHECKS);
  semio_server_canary_async (self->transfer, self->endpoint, semio_key_get_text (self->key), self->config->model,
                             self->cancellable, canary_cb, g_object_ref (self));
}

static void
make_standing (SemioPredict *self)
{
  Standing *standing = standing_new (self, TRUE);

  standing->predict = g_object_ref (self);
  semio_store_service_write_async (self->study->store, SEMIO_STORE_PRIORITY_EDIT, read_standing, standing, NULL, NULL, NULL,
                                   made_cb, standing);
}

static void
consents_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioPredict) self = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) needs = semio_consent_need_list_finish (SEMIO_STUDY (source), result, &error);

  if (needs != NULL && needs->len > 0)
    {
      const SemioConsentNeed *need = needs->pdata[0];

      error = g_error_new (SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONSENT,
                           need->is_plain
                               ? _ ("Nobody agreed that pictures of this study go to %s unencrypted (http). Nothing was sent.")
                               : _ ("Nobody agreed that pictures of this study go to %s. Nothing was sent."),
                           need->host);
    }
  if (error != NULL || self->is_ending)
    {
      semio_predict_end (self, error);
      return;
    }
  make_standing (self);
}

static gboolean
check_start (SemioPredict *self, GError **error)
{
  if (!semio_study_check_writable (self->study, error) || !semio_run_config_check (self->config, self->study->features, error))
    return FALSE;
  if (self->endpoint->dialect.images)
    return TRUE;
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
               _ ("The server “%s” takes no pictures. Choose one that serves a model with vision."), self->endpoint->name);
  return FALSE;
}

void
semio_predict_run_async (SemioPredict *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (self->task == NULL);

  g_task_set_source_tag (task, semio_predict_run_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!check_start (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  self->task = task;
  self->is_ending = self->is_closing = FALSE;
  self->next = 0;
  self->n_asked = 0;
  g_clear_pointer (&self->plan, semio_predict_plan_free);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->progress.n_failed = 0;
  if (cancellable != NULL)
    self->cancelled_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  /* What is written to files goes to nobody: who carries them on is told what stands in them. */
  if (self->batch != NULL)
    make_standing (self);
  else
    semio_consent_need_list_async (self->study, self->endpoint, semio_consent_need_what (self->config, self->study->features),
                                   NULL, consents_cb, g_object_ref (self));
}

gboolean
semio_predict_run_finish (SemioPredict *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
semio_predict_set_paused (SemioPredict *self, gboolean paused)
{
  if (self->scheduler == NULL || self->is_ending)
    return;
  semio_scheduler_set_paused (self->scheduler, paused);
  semio_predict_set_state (self, paused ? SEMIO_PREDICT_PAUSED : SEMIO_PREDICT_RUNNING);
}

/* ---- What is told ---- */

void
semio_predict_set_state (SemioPredict *self, SemioPredictState state)
{
  double seconds = (double) (g_get_monotonic_time () - self->started_us) / G_USEC_PER_SEC;

  self->state = state;
  self->progress.seconds_left = -1;
  if (self->n_asked >= 5 && seconds > 2)
    self->progress.seconds_left = seconds / self->n_asked * self->progress.n_open;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
semio_predict_tell_problem (SemioPredict *self, const char *problem)
{
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, problem);
}

SemioPredictState
semio_predict_get_state (SemioPredict *self)
{
  return self->state;
}

SemioPredictProgress
semio_predict_get_progress (SemioPredict *self)
{
  return self->progress;
}

const char *
semio_predict_get_waiting (SemioPredict *self)
{
  return self->waiting;
}

const SemioRunConfig *
semio_predict_get_config (SemioPredict *self)
{
  return self->config;
}

gint64
semio_predict_get_run_id (SemioPredict *self)
{
  return self->run_id;
}

void
semio_predict_set_retry_failed (SemioPredict *self, gboolean retry_failed)
{
  self->retry_failed = retry_failed;
}

static void
semio_predict_finalize (GObject *object)
{
  SemioPredict *self = SEMIO_PREDICT (object);

  semio_predict_work_free (self);
  g_clear_object (&self->transfer);
  g_clear_pointer (&self->batch, semio_batch_writer_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->plan, semio_predict_plan_free);
  g_clear_pointer (&self->recordings, g_array_unref);
  g_clear_pointer (&self->key, semio_key_unref);
  g_clear_pointer (&self->endpoint, semio_endpoint_free);
  g_clear_pointer (&self->config, semio_run_config_free);
  g_clear_error (&self->failure);
  g_free (self->not_begun);
  g_free (self->waiting);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_predict_parent_class)->finalize (object);
}

static void
semio_predict_class_init (SemioPredictClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_predict_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SEMIO_TYPE_PREDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBLEM] =
      g_signal_new ("problem", SEMIO_TYPE_PREDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_KEPT] =
      g_signal_new ("kept", SEMIO_TYPE_PREDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ANSWERED] =
      g_signal_new ("answered", SEMIO_TYPE_PREDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
semio_predict_init (SemioPredict *self)
{
  self->progress.prompt_tokens = self->progress.cached_tokens = self->progress.completion_tokens = -1;
  self->progress.seconds_left = -1;
}

SemioPredict *
semio_predict_new (SemioStudy *study, const SemioRunConfig *config, const SemioEndpoint *endpoint, const char *key,
                   GArray *recordings)
{
  SemioPredict *self = g_object_new (SEMIO_TYPE_PREDICT, NULL);

  self->study = g_object_ref (study);
  self->config = semio_run_config_copy (config);
  self->endpoint = semio_endpoint_copy (endpoint);
  self->key = semio_key_new (key);
  self->recordings = recordings ? g_array_copy (recordings) : NULL;
  return self;
}

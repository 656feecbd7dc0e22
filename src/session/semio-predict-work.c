/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a segment through a run: read, noted as sent, asked, kept. */
#include <glib/gi18n-lib.h>

#include "semio-predict-private.h"
#include "semio-predict-salt.h"
#include "semio-sent-table.h"
#include "semio-transcript-table.h"

/* Where a batch goes is up to whoever carries the files. */
#define BATCH_HOST "batch file"

/* A segment whose questions are being asked. */
typedef struct {
  gatomicrefcount refs;
  SemioPredict *predict; /* not owned: the run outlives it */
  const SemioPlannedSegment *planned;
  guint number; /* from 1, in the order in which they are asked */
  SemioSegmentMedia *media;
  guint n_fans_open;
  guint n_unwritten;
} ActiveSegment;

typedef struct {
  ActiveSegment *segment;
  const SemioPlannedFan *fan;
} FanTag;

typedef struct {
  ActiveSegment *segment;
  SemioQuestionKey key;
  SemioModelReply *reply;
} PendingAnswer;

/* What one write brings to the study; owned by the closure. */
typedef struct {
  gint64 run_id, import_id;
  GPtrArray *answers; /* of PendingAnswer */
} AnswerWrite;

typedef struct {
  SemioUuid actor;
  GPtrArray *sent; /* of SemioSentSegment */
  gint64 run_id;
  gint64 recording_id;
  int segment;
} SegmentWrite;

static void prepare_next (SemioPredict *self);

static void
active_unref (ActiveSegment *segment)
{
  if (!g_atomic_ref_count_dec (&segment->refs))
    return;
  g_clear_pointer (&segment->media, semio_segment_media_unref);
  g_free (segment);
}

static ActiveSegment *
active_ref (ActiveSegment *segment)
{
  g_atomic_ref_count_inc (&segment->refs);
  return segment;
}

static void
fan_tag_free (gpointer data)
{
  FanTag *tag = data;

  active_unref (tag->segment);
  g_free (tag);
}

static void
pending_free (gpointer data)
{
  PendingAnswer *pending = data;

  active_unref (pending->segment);
  semio_model_reply_free (pending->reply);
  g_free (pending);
}

static void
answer_write_free (gpointer data)
{
  AnswerWrite *write = data;

  g_ptr_array_unref (write->answers);
  g_free (write);
}

static void
segment_write_free (gpointer data)
{
  SegmentWrite *write = data;

  g_clear_pointer (&write->sent, g_ptr_array_unref);
  g_free (write);
}

gboolean
semio_predict_work_is_written (SemioPredict *self)
{
  return !self->is_writing && self->pending->len == 0;
}

/* Nothing is under way and nothing is left. */
static void
check_done (SemioPredict *self)
{
  GError *error = NULL;

  if (!self->is_ending && self->next >= self->plan->segments->len && !self->is_preparing && self->active->len == 0
      && semio_predict_work_is_written (self))
    {
      if (self->batch != NULL)
        semio_predict_batch_finish (self, &error);
      semio_predict_end (self, error);
    }
}

/* ---- What came ---- */

static gpointer
write_finish_segment (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SegmentWrite *write = data;
  const SemioUuid *actor = semio_uuid_is_nil (&write->actor) ? NULL : &write->actor;

  semio_live_table_finish_segment (database, actor, write->run_id, write->recording_id, write->segment, error);
  return NULL;
}

static void
segment_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioPredict) self = user_data;
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    semio_predict_end (self, error);
}

static void
finish_active (SemioPredict *self, ActiveSegment *segment)
{
  SegmentWrite *write;

  if (segment->n_fans_open > 0 || segment->n_unwritten > 0 || !g_ptr_array_find (self->active, segment, NULL))
    return;
  write = g_new0 (SegmentWrite, 1);
  write->actor = semio_study_get_actor (self->study);
  write->run_id = self->run_id;
  write->recording_id = segment->planned->recording_id;
  write->segment = segment->planned->segment;
  semio_store_service_write_async (self->study->store, SEMIO_STORE_PRIORITY_IMPORT, write_finish_segment, write,
                                   segment_write_free, NULL, NULL, segment_finished_cb, g_object_ref (self));
  g_ptr_array_remove (self->active, segment);
}

static gpointer
write_answers (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const AnswerWrite *write = data;
  g_autofree SemioLiveAnswer *answers = g_new0 (SemioLiveAnswer, write->answers->len);

  for (guint i = 0; i < write->answers->len; i++)
    {
      const PendingAnswer *pending = write->answers->pdata[i];

      answers[i].recording_id = pending->key.recording_id;
      answers[i].segment = pending->key.segment;
      answers[i].kind = pending->key.kind;
      answers[i].feature = pending->key.feature;
      answers[i].reply = pending->reply;
    }
  semio_live_table_store_all (database, write->import_id, write->run_id, answers, write->answers->len, error);
  return NULL;
}

static void
add_tokens (gint64 *sum, gint64 tokens)
{
  if (tokens >= 0)
    *sum = MAX (*sum, 0) + tokens;
}

/* Counts an answer that is on disk, and says what was wrong with it. */
static void
count_answer (SemioPredict *self, const PendingAnswer *pending)
{
  const SemioModelReply *reply = pending->reply;

  self->n_asked++;
  if (self->progress.n_open > 0)
    self->progress.n_open--;
  if (reply->state == SEMIO_REPLY_UNUSABLE)
    self->progress.n_failed++;
  else
    self->progress.n_answered++;
  add_tokens (&self->progress.prompt_tokens, reply->prompt_tokens);
  add_tokens (&self->progress.cached_tokens, reply->cached_tokens);
  add_tokens (&self->progress.completion_tokens, reply->completion_tokens);
  if (reply->state == SEMIO_REPLY_UNUSABLE)
    {
      g_autofree char *name = semio_run_detail_name_key (self->study, &pending->key);
      g_autofree char *text = g_strdup_printf ("%s: %s", name, reply->problem ? reply->problem : _ ("No usable answer."));

      semio_predict_tell_problem (self, text);
    }
  {
    SemioRunCell cell = { pending->key, reply->state, reply->answer, 1 };

    g_signal_emit_by_name (self, "kept", &cell);
  }
  g_signal_emit_by_name (self, "answered", pending->key.recording_id);
}

/* A disk that is slower than the servers holds the questions back, so that a sudden end loses no more than that. */
static void
set_unkept (SemioPredict *self, guint n_unkept)
{
  self->n_unkept = n_unkept;
  if (self->scheduler != NULL)
    semio_scheduler_set_n_unkept (self->scheduler, n_unkept);
}

static void write_pending (SemioPredict *self);

static void
answers_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AnswerWrite *write = user_data;
  g_autoptr (SemioPredict) self = g_object_ref (((PendingAnswer *) write->answers->pdata[0])->segment->predict);
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  self->is_writing = FALSE;
  for (guint i = 0; error == NULL && i < write->answers->len; i++)
    {
      PendingAnswer *pending = write->answers->pdata[i];

      count_answer (self, pending);
      pending->segment->n_unwritten--;
      finish_active (self, pending->segment);
    }
  if (error == NULL)
    set_unkept (self, self->n_unkept - write->answers->len);
  answer_write_free (write);
  if (error != NULL)
    {
      /* What cannot be kept is not asked for: the run ends here, and what was written before stands. */
      g_ptr_array_set_size (self->pending, 0);
      semio_predict_end (self, error);
      return;
    }
  semio_predict_set_state (self, self->state);
  write_pending (self);
  if (self->is_ending)
    semio_predict_end (self, NULL);
  else
    check_done (self);
}

static void
write_pending (SemioPredict *self)
{
  AnswerWrite *write;

  if (self->is_writing || self->pending->len == 0)
    return;
  self->is_writing = TRUE;
  write = g_new0 (AnswerWrite, 1);
  write->run_id = self->run_id;
  write->import_id = self->import_id;
  write->answers = g_steal_pointer (&self->pending);
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  semio_store_service_write_async (self->study->store, SEMIO_STORE_PRIORITY_IMPORT, write_answers, write, NULL, NULL, NULL,
                                   answers_written_cb, write);
}

static void
answered_cb (SemioScheduler *scheduler, SemioFanOut *fan_out, guint question, SemioModelReply *reply, SemioPredict *self)
{
  const FanTag *tag = fan_out->tag;
  PendingAnswer *pending = g_new0 (PendingAnswer, 1);

  pending->segment = active_ref (tag->segment);
  pending->key = g_array_index (tag->fan->keys, SemioQuestionKey, question);
  pending->reply = semio_model_reply_copy (reply);
  tag->segment->n_unwritten++;
  set_unkept (self, self->n_unkept + 1);
  g_ptr_array_add (self->pending, pending);
  write_pending (self);
}

static void
fan_out_done_cb (SemioScheduler *scheduler, SemioFanOut *fan_out, SemioPredict *self)
{
  const FanTag *tag = fan_out->tag;
  ActiveSegment *segment = active_ref (tag->segment);

  segment->n_fans_open--;
  finish_active (self, segment);
  active_unref (segment);
  check_done (self);
}

/* ---- What goes out ---- */

static void
add_question (SemioPredict *self, GArray *questions, SemioChatPrefix *prefix, const SemioQuestionKey *key, SemioSpan span)
{
  const SemioRunConfig *config = self->config;
  const SemioFeature *feature =
      key->feature == SEMIO_FEATURE_NONE ? NULL : semio_feature_set_get (self->study->features, key->feature);
  const char *text = semio_prompt_set_get_question (config->prompts, key->kind, feature ? feature->id : NULL);
  SemioQuestion question = { .kind = key->kind, .feature = key->feature };

  question.domain.kind = key->kind;
  question.domain.takes_na = feature && feature->takes_na;
  question.domain.span = span;
  question.tail = semio_chat_tail_new (prefix, key->kind, feature, text, config->max_tokens);
  if (config->max_tokens_again > config->max_tokens)
    question.tail_again = semio_chat_tail_new (prefix, key->kind, feature, text, config->max_tokens_again);
  g_array_append_val (questions, question);
}

static SemioFanOut *
make_fan_out (SemioPredict *self, ActiveSegment *segment, const SemioPlannedFan *fan, const char *salt)
{
  g_autoptr (SemioChatPrefix) prefix =
      semio_chat_prefix_new (self->config, &self->endpoint->dialect, segment->media, fan->with_frames, fan->with_sound, salt);
  FanTag *tag = g_new0 (FanTag, 1);
  SemioFanOut *fan_out;

  tag->segment = active_ref (segment);
  tag->fan = fan;
  fan_out = semio_fan_out_new (prefix, tag, fan_tag_free);
  fan_out->segment = segment->number;
  for (guint i = 0; i < fan->keys->len; i++)
    add_question (self, fan_out->questions, prefix, &g_array_index (fan->keys, SemioQuestionKey, i), segment->planned->span);
  return fan_out;
}

static char *
join_hosts (const SemioEndpoint *endpoint)
{
  GString *hosts = g_string_new (NULL);

  for (guint i = 0; endpoint->urls[i]; i++)
    {
      SemioBaseUrl url = { NULL };

      if (semio_base_url_parse (endpoint->urls[i], &url, NULL))
        g_string_append_printf (hosts, "%s%s", hosts->len ? ", " : "", url.host);
      semio_base_url_clear (&url);
    }
  return g_string_free (hosts, FALSE);
}

static SemioSentSegment *
make_sent (SemioPredict *self, const ActiveSegment *segment, const SemioPlannedFan *fan, SemioChatPrefix *prefix)
{
  SemioSentSegment *sent = semio_sent_segment_new ();
  const SemioSegmentMedia *media = segment->media;

  sent->run_id = self->run_id;
  sent->recording_id = segment->planned->recording_id;
  sent->segment = segment->planned->segment;
  sent->group = g_strdup (fan->group);
  sent->host = self->batch ? g_strdup (BATCH_HOST) : join_hosts (self->endpoint);
  sent->prefix = semio_chat_prefix_get_hash (prefix);
  sent->height_px = self->config->height_px;
  sent->quality = self->config->quality;
  sent->prompts = semio_prompt_set_get_hash (self->config->prompts);
  for (guint i = 0; fan->with_frames && i < media->frames->len; i++)
    {
      const SemioSentFrame *frame = &g_array_index (media->frames, SemioSentFrame, i);
      SemioSentPicture picture = { frame->frame, frame->time_ns };

      g_array_append_val (sent->pictures, picture);
      sent->picture_bytes += (gint64) g_bytes_get_size (frame->jpeg);
    }
  sent->has_sound = fan->with_sound && media->wav != NULL;
  if (sent->has_sound)
    {
      sent->sound_span = media->sound_span;
      sent->sound = semio_sha256_of_bytes (media->wav);
    }
  sent->has_transcript = fan->with_sound && media->transcript != NULL;
  if (sent->has_transcript)
    sent->transcript = semio_sha256_of_text (media->transcript);
  return sent;
}

/* Between being noted and being sent. */
typedef struct {
  SemioPredict *predict;
  ActiveSegment *segment;
  GPtrArray *fan_outs; /* of SemioFanOut */
} Sending;

static void
sending_free (Sending *sending)
{
  g_ptr_array_unref (sending->fan_outs);
  active_unref (sending->segment);
  g_object_unref (sending->predict);
  g_free (sending);
}

static gpointer
write_sent (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SegmentWrite *write = data;
  const SemioUuid *actor = semio_uuid_is_nil (&write->actor) ? NULL : &write->actor;

  for (guint i = 0; i < write->sent->len; i++)
    if (!semio_sent_table_put (database, actor, write->sent->pdata[i], error))
      return NULL;
  return NULL;
}

/* What was prepared has gone where it goes, or nothing was: on to the next. Takes the error. */
static void
segment_sent (Sending *sending, GError *error)
{
  SemioPredict *self = sending->predict;

  self->is_preparing = FALSE;
  if (error != NULL)
    semio_predict_end (self, error);
  else if (self->is_ending)
    semio_predict_end (self, NULL);
  else if (self->is_wanted || self->batch != NULL)
    prepare_next (self);
  sending_free (sending);
}

static void
batch_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  GError *error = NULL;

  semio_predict_batch_write_finish (result, &error);
  semio_predict_set_state (sending->predict, sending->predict->state);
  segment_sent (sending, error);
}

static void
sent_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  SemioPredict *self = sending->predict;
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error == NULL && !self->is_ending && self->batch != NULL)
    {
      semio_predict_batch_write (self, sending->segment->planned, sending->fan_outs, batch_written_cb, sending);
      return;
    }
  if (error == NULL && !self->is_ending)
    {
      g_ptr_array_add (self->active, active_ref (sending->segment));
      sending->segment->n_fans_open = sending->fan_outs->len;
      self->is_wanted = FALSE;
      for (guint i = 0; i < sending->fan_outs->len; i++)
        semio_scheduler_push (self->scheduler, g_steal_pointer (&sending->fan_outs->pdata[i]));
    }
  segment_sent (sending, error);
}

static void
fan_out_free (gpointer data)
{
  g_clear_pointer (&data, semio_fan_out_free);
}

static void
send_segment (SemioPredict *self, ActiveSegment *segment)
{
  g_autofree char *salt = semio_predict_make_salt (semio_study_get_uuid (self->study));
  Sending *sending = g_new0 (Sending, 1);
  SegmentWrite *write = g_new0 (SegmentWrite, 1);

  sending->predict = g_object_ref (self);
  sending->segment = active_ref (segment);
  sending->fan_outs = g_ptr_array_new_with_free_func (fan_out_free);
  write->actor = semio_study_get_actor (self->study);
  write->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_sent_segment_free);
  for (guint i = 0; i < segment->planned->fans->len; i++)
    {
      const SemioPlannedFan *fan = segment->planned->fans->pdata[i];
      SemioFanOut *fan_out = make_fan_out (self, segment, fan, salt);

      g_ptr_array_add (write->sent, make_sent (self, segment, fan, fan_out->prefix));
      g_ptr_array_add (sending->fan_outs, fan_out);
    }
  /* The encoded bytes stand in the prefixes now. */
  g_clear_pointer (&segment->media, semio_segment_media_unref);
  semio_store_service_write_async (self->study->store, SEMIO_STORE_PRIORITY_IMPORT, write_sent, write, segment_write_free, NULL,
                                   NULL, sent_written_cb, sending);
}

static void
leave_out (SemioPredict *self, gint64 recording_id, const char *why)
{
  SemioCase *found = semio_study_find_case (self->study, recording_id);
  g_autofree char *text = g_strdup_printf (_ ("%s is left out: %s"), found ? semio_case_get_title (found) : "?", why);

  g_hash_table_add (self->broken, g_memdup2 (&recording_id, sizeof recording_id));
  semio_predict_tell_problem (self, text);
}

static void
media_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ActiveSegment *segment = user_data;
  g_autoptr (SemioPredict) self = g_object_ref (segment->predict);
  g_autoptr (GError) error = NULL;

  segment->media = semio_predict_media_load_finish (self->study, result, &error);
  if (self->is_ending)
    {
      self->is_preparing = FALSE;
      semio_predict_end (self, NULL);
    }
  else if (segment->media != NULL)
    send_segment (self, segment);
  else
    {
      self->is_preparing = FALSE;
      leave_out (self, segment->planned->recording_id, error->message);
      prepare_next (self);
    }
  active_unref (segment);
  /* The reference that prepare_next() took for the way here. */
  g_object_unref (self);
}

static void
prepare_next (SemioPredict *self)
{
  const SemioPlannedSegment *planned = NULL;
  SemioMediaWish wish = { 0 };
  ActiveSegment *segment;

  if (self->is_preparing || self->is_ending)
    return;
  while (planned == NULL && self->next < self->plan->segments->len)
    {
      planned = self->plan->segments->pdata[self->next++];
      if (g_hash_table_contains (self->broken, &planned->recording_id))
        planned = NULL;
    }
  if (planned == NULL)
    {
      check_done (self);
      return;
    }
  self->is_preparing = TRUE;
  segment = g_new0 (ActiveSegment, 1);
  g_atomic_ref_count_init (&segment->refs);
  segment->predict = self;
  segment->planned = planned;
  segment->number = self->next;
  wish.recording_id = planned->recording_id;
  wish.span = planned->span;
  for (guint i = 0; i < planned->fans->len; i++)
    {
      const SemioPlannedFan *fan = planned->fans->pdata[i];

      wish.with_frames |= fan->with_frames;
      wish.with_sound |= fan->with_sound;
    }
  g_object_ref (self);
  semio_predict_media_load_async (self->study, self->worker, self->config, &wish, self->cancellable, media_cb, segment);
}

static void
wanted_cb (SemioScheduler *scheduler, SemioPredict *self)
{
  self->is_wanted = TRUE;
  prepare_next (self);
}

static void
waiting_cb (SemioScheduler *scheduler, const char *why, SemioPredict *self)
{
  g_free (self->waiting);
  self->waiting = g_strdup (why);
  if (self->state == SEMIO_PREDICT_RUNNING || self->state == SEMIO_PREDICT_WAITING)
    semio_predict_set_state (self, why ? SEMIO_PREDICT_WAITING : SEMIO_PREDICT_RUNNING);
}

static void
stopped_cb (SemioScheduler *scheduler, const GError *error, SemioPredict *self)
{
  semio_predict_end (self, g_error_copy (error));
}

void
semio_predict_work_start (SemioPredict *self)
{
  self->worker = semio_media_worker_new ();
  self->broken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->active = g_ptr_array_new_with_free_func ((GDestroyNotify) active_unref);
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  if (self->batch != NULL)
    {
      prepare_next (self);
      return;
    }
  self->n_unkept = 0;
  self->scheduler = semio_scheduler_new (self->endpoint, semio_key_get_text (self->key));
  g_signal_connect (self->scheduler, "wanted", G_CALLBACK (wanted_cb), self);
  g_signal_connect (self->scheduler, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect (self->scheduler, "fan-out-done", G_CALLBACK (fan_out_done_cb), self);
  g_signal_connect (self->scheduler, "waiting", G_CALLBACK (waiting_cb), self);
  g_signal_connect (self->scheduler, "stopped", G_CALLBACK (stopped_cb), self);
  semio_scheduler_start (self->scheduler);
}

void
semio_predict_work_free (SemioPredict *self)
{
  if (self->scheduler != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->scheduler, self);
      semio_scheduler_cancel (self->scheduler);
    }
  g_clear_object (&self->scheduler);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->active, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->broken, g_hash_table_unref);
}

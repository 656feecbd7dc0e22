/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-batch-read.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-batch-file.h"
#include "semio-clock.h"
#include "semio-file-error.h"
#include "semio-live-table.h"
#include "semio-predict-plan.h"
#include "semio-reply-reader.h"
#include "semio-study-private.h"

#define MAX_PROBLEMS 100
/* Answers in one transaction: short enough for a rating not to wait. */
#define ANSWERS_A_WRITE 50
#define READ_BYTES (256 * 1024)
#define HOST "batch file"

/* A question of the run, by its name in the batch. */
typedef struct {
  SemioQuestionKey key;
  SemioReplyDomain domain;
  gboolean is_answered;
} Wanted;

typedef struct {
  SemioQuestionKey key;
  SemioModelReply *reply;
} Answer;

typedef struct {
  SemioUuid actor;
  gint64 run_id;
  GPtrArray *files;
  GHashTable *wanted; /* custom id → Wanted */
  GHashTable *in_vain; /* unusable replies that are kept, by name_reply() */
  GArray *answers; /* of Answer: read, in the order of the files */
  guint n_written;
  SemioBatchReadResult *result;
  SemioProgressFunc progress;
  gpointer progress_data;
} Work;

static void write_some (GTask *task);

void
semio_batch_read_result_free (SemioBatchReadResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->problems);
  g_free (result);
}

static void
answer_clear (gpointer data)
{
  semio_model_reply_free (((Answer *) data)->reply);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_ptr_array_unref (work->files);
  g_hash_table_unref (work->wanted);
  g_hash_table_unref (work->in_vain);
  g_array_unref (work->answers);
  g_clear_pointer (&work->result, semio_batch_read_result_free);
  g_free (work);
}

static void
add_problem (Work *work, const char *path, guint line, const char *problem)
{
  if (work->result->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (work->result->problems, g_strdup_printf (_ ("%s, line %u: %s. The line is left out."), path, line, problem));
}

static SemioModelReply *
make_reply (const SemioBatchResult *result, const SemioReplyDomain *domain)
{
  SemioModelReply *reply = semio_model_reply_new ();

  reply->http_status = (int) result->status;
  reply->utc_us = semio_clock_get_utc_us ();
  reply->host = g_strdup (HOST);
  reply->raw = result->body ? g_bytes_ref (result->body) : NULL;
  if (result->status == 200 && result->body != NULL)
    semio_reply_read_body (reply, result->body, domain);
  else if (result->problem != NULL)
    semio_model_reply_set_unusable (reply, result->problem);
  else
    {
      g_autofree char *words = semio_reply_read_refusal (result->body);
      g_autofree char *refusal = g_strdup_printf (_ ("The service refused with HTTP %u: %s"), result->status, words);

      semio_model_reply_set_unusable (reply, refusal);
    }
  return reply;
}

/* A question and what came for it: an unusable reply leaves its question open, and must still not count again when the same
 * line is read again. */
static char *
name_reply (const SemioQuestionKey *key, const SemioModelReply *reply)
{
  SemioSha256 hash = reply->raw != NULL ? semio_sha256_of_bytes (reply->raw)
                                        : semio_sha256_of_text (reply->problem != NULL ? reply->problem : "");
  g_autofree char *digits = semio_sha256_to_string (&hash);

  return g_strdup_printf ("%" G_GINT64_FORMAT "/%d/%d/%u/%s", key->recording_id, key->segment, (int) key->kind, key->feature,
                          digits);
}

static void
read_line (Work *work, const char *path, guint number, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioBatchResult) result = NULL;
  Wanted *wanted;
  Answer answer;

  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;
  if (length == 0)
    return;
  work->result->n_lines++;
  result = semio_batch_result_parse (line, length, &error);
  if (result == NULL)
    {
      add_problem (work, path, number, error->message);
      return;
    }
  wanted = g_hash_table_lookup (work->wanted, result->custom_id);
  if (wanted == NULL)
    {
      work->result->n_other++;
      return;
    }
  if (wanted->is_answered)
    {
      work->result->n_repeated++;
      return;
    }
  answer.key = wanted->key;
  answer.reply = make_reply (result, &wanted->domain);
  wanted->is_answered = answer.reply->state != SEMIO_REPLY_UNUSABLE;
  if (!wanted->is_answered && !g_hash_table_add (work->in_vain, name_reply (&answer.key, answer.reply)))
    {
      work->result->n_repeated++;
      semio_model_reply_free (answer.reply);
      return;
    }
  g_array_append_val (work->answers, answer);
}

/* Lines of any length, those that are too long passed over without being kept. */
static gboolean
read_file (Work *work, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_parse_name (file);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) line = g_byte_array_new ();
  g_autofree char *buffer = g_malloc (READ_BYTES);
  gboolean is_long = FALSE;
  guint number = 1;
  gssize n;

  if (stream == NULL)
    {
      semio_file_error_explain_read (error, file);
      return FALSE;
    }
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, READ_BYTES, cancellable, error)) > 0)
    for (const char *at = buffer, *end = buffer + n; at < end;)
      {
        const char *stop = memchr (at, '\n', (gsize) (end - at));
        gsize length = (gsize) ((stop ? stop : end) - at);

        is_long |= line->len + length > SEMIO_BATCH_MAX_LINE_BYTES;
        if (!is_long)
          g_byte_array_append (line, (const guint8 *) at, (guint) length);
        at += length + (stop ? 1 : 0);
        if (stop == NULL)
          break;
        if (is_long)
          add_problem (work, path, number, _ ("it is longer than an answer can be"));
        else
          read_line (work, path, number, (const char *) line->data, line->len);
        g_byte_array_set_size (line, 0);
        is_long = FALSE;
        number++;
      }
  if (n == 0 && line->len > 0 && !is_long)
    read_line (work, path, number, (const char *) line->data, line->len);
  return n == 0;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;

  for (guint i = 0; i < work->files->len; i++)
    if (!read_file (work, work->files->pdata[i], cancellable, &error))
      {
        g_task_return_error (task, error);
        return;
      }
  g_task_return_boolean (task, TRUE);
}

static gpointer
write_answers (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  guint n = MIN (work->answers->len - work->n_written, ANSWERS_A_WRITE);
  g_autofree SemioLiveAnswer *answers = g_new0 (SemioLiveAnswer, MAX (n, 1));
  gint64 import_id = semio_live_table_begin (database, work->run_id, error);

  if (import_id == 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      const Answer *answer = &g_array_index (work->answers, Answer, work->n_written + i);

      answers[i].recording_id = answer->key.recording_id;
      answers[i].segment = answer->key.segment;
      answers[i].kind = answer->key.kind;
      answers[i].feature = answer->key.feature;
      answers[i].reply = answer->reply;
    }
  if (n > 0)
    semio_live_table_store_all (database, import_id, work->run_id, answers, n, error);
  return NULL;
}

static gpointer
write_end (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;

  semio_live_table_finish_run (database, semio_uuid_is_nil (&work->actor) ? NULL : &work->actor, work->run_id, error);
  return NULL;
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GHashTableIter iter;
  gpointer wanted;
  GError *error = NULL;

  if (!semio_study_reload_finish (SEMIO_STUDY (source), result, &error))
    {
      semio_study_take_error (task, error);
      return;
    }
  semio_study_refresh_reviews (SEMIO_STUDY (source));
  g_hash_table_iter_init (&iter, work->wanted);
  while (g_hash_table_iter_next (&iter, NULL, &wanted))
    work->result->n_open += !((Wanted *) wanted)->is_answered;
  g_task_return_pointer (task, g_steal_pointer (&work->result), (GDestroyNotify) semio_batch_read_result_free);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error == NULL)
    {
      semio_study_reload_async (g_task_get_source_object (task), reloaded_cb, task);
      return;
    }
  semio_study_take_error (task, error);
  g_object_unref (task);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  guint until = MIN (work->n_written + ANSWERS_A_WRITE, work->answers->len);

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    {
      semio_study_take_error (task, error);
      return;
    }
  for (; work->n_written < until; work->n_written++)
    {
      work->result->n_kept++;
      work->result->n_usable += g_array_index (work->answers, Answer, work->n_written).reply->state != SEMIO_REPLY_UNUSABLE;
    }
  if (work->progress)
    work->progress ((double) until / MAX (work->answers->len, 1), _ ("Keeping answers"), work->progress_data);
  write_some (task);
}

static void
write_some (GTask *task)
{
  SemioStudy *study = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);

  if (work->n_written < work->answers->len && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    semio_store_service_write_async (study->store, SEMIO_STORE_PRIORITY_IMPORT, write_answers, work, NULL, NULL, NULL, written_cb,
                                     g_object_ref (task));
  else
    semio_store_service_write_async (study->store, SEMIO_STORE_PRIORITY_IMPORT, write_end, work, NULL, NULL, NULL, ended_cb,
                                     g_object_ref (task));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (work->answers->len == 0 && work->result->n_repeated == 0)
    g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT,
                             work->result->n_other > 0 ? _ (
                                 "No line belongs to this run: the results are of another study or run. Nothing was changed.")
                                                       : _ ("There is no answer in the files. Nothing was changed."));
  else
    write_some (task);
}

/* What was kept of a question that has no usable answer yet. */
static gboolean
read_in_vain (SemioDatabase *database, Work *work, const SemioLiveCell *cell, GError **error)
{
  SemioQuestionKey key = { cell->recording_id, cell->segment, cell->kind, cell->feature };

  for (guint attempt = 0; attempt < cell->n_attempts; attempt++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (SemioModelReply) reply = semio_live_table_get_reply (database, work->run_id, key.recording_id, key.kind,
                                                                      key.feature, key.segment, (int) attempt, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (reply != NULL)
        g_hash_table_add (work->in_vain, name_reply (&key, reply));
    }
  return TRUE;
}

static gpointer
read_cells (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  g_autoptr (GArray) cells = semio_live_table_load_cells (database, work->run_id, error);

  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      const SemioLiveCell *cell = &g_array_index (cells, SemioLiveCell, i);

      if (cell->state == SEMIO_REPLY_UNUSABLE && !read_in_vain (database, work, cell, error))
        return NULL;
    }
  return g_steal_pointer (&cells);
}

/* Those that have a usable answer are not wanted any more. */
static void
cells_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GTask) reading = NULL;
  g_autoptr (GHashTable) answered = g_hash_table_new (semio_question_key_hash, semio_question_key_equal);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (SemioQuestionKey));
  GError *error = NULL;
  g_autoptr (GArray) cells = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  GHashTableIter iter;
  gpointer value;

  if (cells == NULL)
    {
      semio_study_take_error (task, error);
      return;
    }
  for (guint i = 0; i < cells->len; i++)
    {
      const SemioLiveCell *cell = &g_array_index (cells, SemioLiveCell, i);
      SemioQuestionKey key = { cell->recording_id, cell->segment, cell->kind, cell->feature };

      if (cell->state != SEMIO_REPLY_UNUSABLE)
        g_array_append_val (keys, key);
    }
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (answered, &g_array_index (keys, SemioQuestionKey, i));
  g_hash_table_iter_init (&iter, work->wanted);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Wanted *) value)->is_answered = g_hash_table_contains (answered, &((Wanted *) value)->key);
  reading = g_task_new (NULL, g_task_get_cancellable (task), read_cb, g_object_ref (task));
  g_task_set_task_data (reading, work, NULL);
  g_task_run_in_thread (reading, read_thread);
}

static void
want (Work *work, SemioStudy *study, const SemioRun *run, const SemioPlannedSegment *planned, const SemioQuestionKey *key)
{
  const SemioFeature *feature = key->feature == SEMIO_FEATURE_NONE ? NULL : semio_feature_set_get (study->features, key->feature);
  const SemioRecording *recording = semio_case_get_recording (semio_study_find_case (study, key->recording_id));
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->key = *key;
  wanted->domain.kind = key->kind;
  wanted->domain.takes_na = feature && feature->takes_na;
  wanted->domain.span = planned->span;
  g_hash_table_insert (work->wanted,
                       semio_batch_make_id (&run->uuid, &recording->uuid, key->segment, key->kind, feature ? feature->id : NULL),
                       wanted);
}

/* All questions that the run may have had. */
static void
want_all (Work *work, SemioStudy *study, const SemioRun *run, const SemioRunConfig *config)
{
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  GListModel *cases = semio_study_get_cases (study);
  g_autoptr (SemioPredictPlan) plan = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

      g_ptr_array_add (recordings, (gpointer) semio_case_get_recording (item));
    }
  plan = semio_predict_plan_new (config, study->features, recordings, NULL);
  for (guint i = 0; i < plan->segments->len; i++)
    {
      const SemioPlannedSegment *segment = plan->segments->pdata[i];

      for (guint f = 0; f < segment->fans->len; f++)
        {
          const SemioPlannedFan *fan = segment->fans->pdata[f];

          for (guint k = 0; k < fan->keys->len; k++)
            want (work, study, run, segment, &g_array_index (fan->keys, SemioQuestionKey, k));
        }
    }
}

static const SemioRun *
find_run (SemioStudy *study, const char *name)
{
  for (guint i = 0; i < study->runs->len; i++)
    if (g_strcmp0 (((const SemioRun *) study->runs->pdata[i])->name, name) == 0)
      return study->runs->pdata[i];
  return NULL;
}

void
semio_batch_read_async (SemioStudy *study, const char *run_name, GPtrArray *files, SemioProgressFunc progress,
                        gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (study, cancellable, callback, user_data);
  const SemioRun *run = find_run (study, run_name);
  g_autoptr (SemioRunConfig) config = run && run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;
  Work *work = g_new0 (Work, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, semio_batch_read_async);
  work->actor = semio_study_get_actor (study);
  work->files = g_ptr_array_ref (files);
  work->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  work->in_vain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (work->answers, answer_clear);
  work->result = g_new0 (SemioBatchReadResult, 1);
  work->result->problems = g_ptr_array_new_with_free_func (g_free);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, work_free);
  if (!semio_study_check_writable (study, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (config == NULL)
    {
      g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                               _ ("The study has no run “%s” whose questions were written. “semio info” lists its runs."),
                               run_name);
      return;
    }
  work->run_id = run->id;
  want_all (work, study, run, config);
  semio_store_service_read_async (study->store, read_cells, work, NULL, (GDestroyNotify) g_array_unref, cancellable, cells_cb,
                                  g_object_ref (task));
}

SemioBatchReadResult *
semio_batch_read_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

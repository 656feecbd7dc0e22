/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections and decisions of an open study beside judgements. Each writes an entry, then the lists are loaded anew. */
#include <glib/gi18n-lib.h>

#include "semio-case-table.h"
#include "semio-person-table.h"
#include "semio-recording-table.h"
#include "semio-reference-table.h"
#include "semio-study-private.h"

typedef enum {
  SET_PSEUDONYM,
  SET_PATIENT,
  SET_MIRRORED,
  SET_REFERENCE,
  SET_DONE,
  REVEAL,
  REVEAL_ALL,
  ADD_PERSON,
} EditKind;

typedef struct {
  EditKind kind;
  SemioUuid actor;
  gint64 id; /* of the recording or the reference set */
  char *text;
  gboolean value;
  gboolean runs;
  SemioRole role;
  SemioReview *review; /* to reveal in; touched on the study's thread only */
  GArray *recordings; /* (nullable) of gint64: to reveal all of */
  gint64 person_id;
  SemioPerson *person; /* the one added */
} Edit;

static void
edit_free (Edit *edit)
{
  g_free (edit->text);
  g_clear_object (&edit->review);
  g_clear_pointer (&edit->recordings, g_array_unref);
  g_clear_pointer (&edit->person, semio_person_unref);
  g_free (edit);
}

/* Recordings that were seen whole before need no other entry. */
static gboolean
reveal_all (SemioDatabase *database, const Edit *edit, GError **error)
{
  for (guint i = 0; i < edit->recordings->len; i++)
    {
      gint64 recording_id = g_array_index (edit->recordings, gint64, i);
      SemioRevealed seen = { FALSE, FALSE };

      if (!semio_case_table_get_revealed (database, edit->person_id, recording_id, &seen, error))
        return FALSE;
      if (!(seen.reference && seen.runs) && !semio_case_table_reveal (database, &edit->actor, recording_id, TRUE, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
write_edit (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Edit *edit = data;
  const SemioUuid *actor = semio_uuid_is_nil (&edit->actor) ? NULL : &edit->actor;

  switch (edit->kind)
    {
    case SET_PSEUDONYM:
      semio_recording_table_set_pseudonym (database, actor, edit->id, edit->text, NULL, error);
      break;
    case SET_PATIENT:
      semio_recording_table_set_patient (database, actor, edit->id, edit->text, NULL, error);
      break;
    case SET_MIRRORED:
      semio_recording_table_set_mirrored (database, actor, edit->id, edit->value, NULL, error);
      break;
    case SET_REFERENCE:
      semio_reference_table_set_current (database, actor, edit->id, NULL, error);
      break;
    case SET_DONE:
      semio_case_table_set_done (database, actor, edit->id, edit->value, error);
      break;
    case REVEAL:
      semio_case_table_reveal (database, actor, edit->id, edit->value, edit->runs, error);
      break;
    case REVEAL_ALL:
      reveal_all (database, edit, error);
      break;
    case ADD_PERSON:
    default:
      edit->person = semio_person_table_add (database, actor, edit->text, edit->role, error);
    }
  return NULL;
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *self = SEMIO_STUDY (source);
  const Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  if (!semio_study_reload_finish (self, result, &error))
    {
      semio_study_take_error (task, error);
      return;
    }
  if (edit->kind == SET_PSEUDONYM || edit->kind == SET_PATIENT || edit->kind == SET_MIRRORED || edit->kind == SET_REFERENCE
      || edit->kind == REVEAL_ALL)
    semio_study_refresh_reviews (self);
  if (edit->kind == ADD_PERSON)
    g_task_return_pointer (task, semio_person_ref (edit->person), (GDestroyNotify) semio_person_unref);
  else
    g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error)
    semio_study_take_error (task, error);
  else if (edit->kind == REVEAL)
    {
      semio_review_reveal (edit->review, edit->value, edit->runs);
      g_task_return_boolean (task, TRUE);
    }
  else
    semio_study_reload_async (self, reloaded_cb, g_steal_pointer (&task));
}

static void
submit (SemioStudy *self, const Edit *edit, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Edit *copy = g_memdup2 (edit, sizeof *edit);
  GError *error = NULL;

  copy->text = g_strdup (edit->text);
  if (edit->review)
    g_object_ref (copy->review);
  copy->actor = semio_study_get_actor (self);
  g_task_set_source_tag (task, submit);
  g_task_set_task_data (task, copy, (GDestroyNotify) edit_free);
  if (!semio_study_check_writable (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  semio_store_service_write_async (self->store, SEMIO_STORE_PRIORITY_EDIT, write_edit, copy, NULL, NULL, NULL, written_cb, task);
}

gboolean
semio_study_edit_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
semio_study_add_person_async (SemioStudy *self, const char *name, SemioRole role, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Edit edit = { .kind = ADD_PERSON, .text = (char *) name, .role = role };

  submit (self, &edit, callback, user_data);
}

SemioPerson *
semio_study_add_person_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
semio_study_set_pseudonym_async (SemioStudy *self, gint64 recording_id, const char *pseudonym, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Edit edit = { .kind = SET_PSEUDONYM, .id = recording_id, .text = (char *) pseudonym };

  submit (self, &edit, callback, user_data);
}

void
semio_study_set_patient_async (SemioStudy *self, gint64 recording_id, const char *patient, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Edit edit = { .kind = SET_PATIENT, .id = recording_id, .text = (char *) patient };

  submit (self, &edit, callback, user_data);
}

void
semio_study_set_mirrored_async (SemioStudy *self, gint64 recording_id, gboolean mirrored, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Edit edit = { .kind = SET_MIRRORED, .id = recording_id, .value = mirrored };

  submit (self, &edit, callback, user_data);
}

void
semio_study_set_current_reference_async (SemioStudy *self, gint64 reference_set_id, GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  Edit edit = { .kind = SET_REFERENCE, .id = reference_set_id };

  submit (self, &edit, callback, user_data);
}

static gboolean
refuse_nobody (SemioStudy *self, GAsyncReadyCallback callback, gpointer user_data)
{
  if (self->person)
    return FALSE;
  g_task_report_new_error (self, callback, user_data, refuse_nobody, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED, "%s",
                           _ ("Nobody is chosen who rates. Choose a person first."));
  return TRUE;
}

void
semio_study_set_case_done_async (SemioStudy *self, gint64 recording_id, gboolean done, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Edit edit = { .kind = SET_DONE, .id = recording_id, .value = done };

  if (!refuse_nobody (self, callback, user_data))
    submit (self, &edit, callback, user_data);
}

/* What was seen before, and what nobody's ratings can hang on, needs no entry. */
void
semio_study_reveal_async (SemioStudy *self, SemioReview *review, gboolean reference, gboolean runs, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  SemioVisible seen = semio_review_get_seen (review);
  Edit edit = { .kind = REVEAL, .id = semio_review_get_recording (review)->id, .review = review };
  g_autoptr (GTask) task = NULL;

  edit.value = reference && !(seen & SEMIO_VISIBLE_REFERENCE);
  edit.runs = runs && !(seen & SEMIO_VISIBLE_RUN_NAME);
  if ((edit.value || edit.runs) && semio_review_get_person_id (review) != 0 && !semio_study_is_read_only (self))
    {
      edit.value = reference;
      edit.runs = runs;
      submit (self, &edit, callback, user_data);
      return;
    }
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, semio_study_reveal_async);
  semio_review_reveal (review, reference, runs);
  g_task_return_boolean (task, TRUE);
}

void
semio_study_reveal_all_async (SemioStudy *self, GAsyncReadyCallback callback, gpointer user_data)
{
  Edit edit = { .kind = REVEAL_ALL };
  GListModel *cases = semio_study_get_cases (self);

  if (self->person == NULL || semio_study_is_read_only (self))
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

      g_task_set_source_tag (task, semio_study_reveal_all_async);
      g_task_return_boolean (task, TRUE);
      return;
    }
  edit.person_id = self->person->id;
  edit.recordings = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);
      gint64 id = semio_case_get_id (item);

      g_array_append_val (edit.recordings, id);
    }
  submit (self, &edit, callback, user_data);
}

void
semio_study_hide (SemioStudy *self, SemioReview *review, gboolean reference, gboolean runs)
{
  semio_review_hide (review, reference, runs);
}

static gpointer
read_poster (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_recording_table_get_poster (database, *(gint64 *) data, error);
}

static void
poster_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *poster = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (error)
    semio_study_take_error (task, error);
  else
    g_task_return_pointer (task, poster, (GDestroyNotify) g_bytes_unref);
}

void
semio_study_load_poster_async (SemioStudy *self, gint64 recording_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_load_poster_async);
  semio_store_service_read_async (self->store, read_poster, g_memdup2 (&recording_id, sizeof recording_id), g_free,
                                  (GDestroyNotify) g_bytes_unref, cancellable, poster_read_cb, task);
}

GBytes *
semio_study_load_poster_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
check_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SemioStudy *self = SEMIO_STUDY (source);
  g_autoptr (GError) error = NULL;

  if (semio_study_reload_finish (self, result, &error))
    semio_study_refresh_reviews (self);
  else
    g_signal_emit_by_name (self, "notice", error->message);
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioStudy) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;

  if (!semio_store_service_poll_finish (SEMIO_STORE_SERVICE (source), result, &changed, &error))
    g_signal_emit_by_name (self, "notice", error->message);
  else if (changed)
    semio_study_reload_async (self, check_reloaded_cb, NULL);
}

void
semio_study_check_for_changes (SemioStudy *self)
{
  if (!self->is_closed)
    semio_store_service_poll_async (self->store, polled_cb, g_object_ref (self));
}

void
semio_study_take_error (GTask *task, GError *error)
{
  /* The store's sentences are for people already; only what callers tell apart by code gets the session's. */
  if (g_error_matches (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY))
    {
      error->domain = SEMIO_SESSION_ERROR;
      error->code = SEMIO_SESSION_ERROR_READ_ONLY;
    }
  else if (g_error_matches (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND))
    {
      error->domain = SEMIO_SESSION_ERROR;
      error->code = SEMIO_SESSION_ERROR_NOT_FOUND;
    }
  else if (g_error_matches (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS))
    {
      error->domain = SEMIO_SESSION_ERROR;
      error->code = SEMIO_SESSION_ERROR_DUPLICATE;
    }
  g_task_return_error (task, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-import.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-import-cells.h"
#include "semio-import-table.h"
#include "semio-live-private.h"
#include "semio-person-table.h"
#include "semio-run-table.h"
#include "semio-store-service-private.h"

/* A rating that comes while a slice runs waits for no more than this and the slice's commit. */
#define SLICE_US 4000

SemioStoreImport *
semio_store_import_new (void)
{
  SemioStoreImport *import = g_new0 (SemioStoreImport, 1);

  import->creates = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  import->create_patients = g_ptr_array_new_with_free_func (g_free);
  import->predictions = g_array_new (FALSE, TRUE, sizeof (SemioPrediction));
  g_array_set_clear_func (import->predictions, (GDestroyNotify) semio_prediction_clear);
  import->labels = g_array_new (FALSE, TRUE, sizeof (SemioLabel));
  import->events = g_array_new (FALSE, TRUE, sizeof (SemioRecordingEvent));
  import->findings = g_array_new (FALSE, TRUE, sizeof (SemioFinding));
  g_array_set_clear_func (import->findings, (GDestroyNotify) semio_finding_clear);
  return import;
}

void
semio_store_import_free (SemioStoreImport *import)
{
  g_free (import->person);
  g_ptr_array_unref (import->creates);
  g_ptr_array_unref (import->create_patients);
  g_clear_pointer (&import->run, semio_run_unref);
  g_clear_pointer (&import->set, semio_reference_set_unref);
  g_array_unref (import->predictions);
  g_array_unref (import->labels);
  g_array_unref (import->events);
  g_array_unref (import->findings);
  g_free (import);
}

void
semio_store_import_result_free (SemioStoreImportResult *result)
{
  g_array_unref (result->differences);
  g_free (result);
}

/* One import on its way. Its parts run one after another, each in the thread whose turn it is. */
typedef struct {
  SemioStoreImport *import;
  SemioStoreImportResult *result;
  SemioImportStage stage;
  SemioUuid uuid;
  SemioUuid run_uuid;
  SemioUuid set_uuid;
  GArray *created; /* of SemioUuid */
  gint64 newest_before; /* the newest import into the run or set when cells were compared */
  gboolean staged;
  gboolean done;
  GError *error; /* why what was staged is being discarded */
  SemioProgressFunc progress;
  gpointer progress_data;
} Import;

static void
free_import (gpointer data)
{
  Import *self = data;

  semio_store_import_free (self->import);
  g_clear_pointer (&self->result, semio_store_import_result_free);
  g_array_unref (self->stage.created_ids);
  g_array_unref (self->created);
  g_clear_error (&self->error);
  g_free (self);
}

static gpointer
compare_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Import *self = data;

  self->result = semio_store_import_compare (database, self->import, error);
  if (self->result != NULL)
    semio_import_table_get_newest (database, self->result->run_id, self->result->set_id, &self->newest_before, error);
  return NULL;
}

/* Takes over the identity of what stands already, or draws one. */
static gboolean
identify (SemioDatabase *database, SemioIdentity identity, gint64 id, const SemioUuid *wanted, SemioUuid *uuid, gint64 *local_id,
          GError **error)
{
  if (id != 0)
    {
      *local_id = id;
      return semio_identity_get_uuid (database, identity, id, uuid, error);
    }
  *uuid = semio_uuid_is_nil (wanted) ? semio_uuid_new () : *wanted;
  return semio_identity_ensure (database, identity, uuid, local_id, error);
}

/* Bare identities, which nothing shows before the entries of the last step. */
static gpointer
begin_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Import *self = data;
  SemioStoreImport *import = self->import;
  SemioImportStage *stage = &self->stage;

  if (import->run != NULL
      && !identify (database, SEMIO_IDENTITY_RUN, import->run->id, &import->run->uuid, &self->run_uuid, &stage->run_id, error))
    return NULL;
  if (import->set != NULL
      && !identify (database, SEMIO_IDENTITY_REFERENCE_SET, import->set->id, &import->set->uuid, &self->set_uuid, &stage->set_id,
                    error))
    return NULL;
  for (guint i = 0; i < import->creates->len; i++)
    {
      const SemioRecording *recording = g_ptr_array_index (import->creates, i);
      SemioUuid uuid;
      gint64 id;

      if (!identify (database, SEMIO_IDENTITY_RECORDING, 0, &recording->uuid, &uuid, &id, error))
        return NULL;
      g_array_append_val (self->created, uuid);
      g_array_append_val (stage->created_ids, id);
    }
  self->uuid = semio_uuid_new ();
  stage->import_id = semio_import_table_begin (database, &self->uuid, stage->run_id, stage->set_id, error);
  return NULL;
}

static gpointer
slice_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Import *self = data;
  const gint64 until_us = g_get_monotonic_time () + SLICE_US;

  if (semio_import_table_touch (database, self->stage.import_id, error))
    semio_import_cells_stage (database, self->import, &self->stage, until_us, &self->staged, error);
  return NULL;
}

static gboolean
write_recordings (SemioDatabase *database, Import *self, const SemioUuid *actor, GError **error)
{
  for (guint i = 0; i < self->import->creates->len; i++)
    {
      g_autoptr (SemioRecording) facts = semio_recording_copy (g_ptr_array_index (self->import->creates, i));
      SemioNewRecording creating = { facts, NULL, NULL, NULL };
      g_autoptr (SemioRecording) made = NULL;

      facts->uuid = g_array_index (self->created, SemioUuid, i);
      if (i < self->import->create_patients->len)
        creating.patient_source = g_ptr_array_index (self->import->create_patients, i);
      made = semio_recording_table_add (database, actor, &creating, error);
      if (made == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_set (SemioDatabase *database, Import *self, const SemioUuid *actor, GError **error)
{
  g_autoptr (SemioEntry) entry = NULL;
  g_autoptr (SemioReferenceSet) current = NULL;
  g_autoptr (GError) local = NULL;

  if (self->import->set == NULL || self->import->set->id != 0)
    return TRUE;
  current = semio_reference_table_get_current (database, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  entry = semio_entry_new (SEMIO_ENTRY_REFERENCE_SET, actor, json_object_new ());
  semio_entry_payload_set_uuid (entry->payload, "reference_set", &self->set_uuid);
  if (!semio_entry_text_set (database, entry->payload, "name", self->import->set->name, error)
      || !semio_entry_table_append (database, entry, error))
    return FALSE;
  if (current != NULL && !self->import->set->current)
    return TRUE;
  return semio_reference_table_set_current (database, actor, self->stage.set_id, NULL, error);
}

static gboolean
write_run (SemioDatabase *database, Import *self, const SemioUuid *actor, GError **error)
{
  g_autoptr (SemioRun) run = NULL;
  g_autoptr (SemioRun) made = NULL;

  if (self->import->run == NULL || self->import->run->id != 0)
    return TRUE;
  run = semio_run_new ();
  run->uuid = self->run_uuid;
  run->name = g_strdup (self->import->run->name);
  run->model = g_strdup (self->import->run->model);
  run->enhancement = g_strdup (self->import->run->enhancement);
  run->origin = g_strdup (self->import->run->origin);
  run->notice = g_strdup (self->import->run->notice);
  run->settings = g_strdup (self->import->run->settings);
  made = semio_run_table_put (database, actor, run, NULL, error);
  return made != NULL;
}

static gboolean
write_import (SemioDatabase *database, Import *self, const SemioUuid *actor, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_IMPORT, actor, json_object_new ());

  semio_entry_payload_set_uuid (entry->payload, "import", &self->uuid);
  if (self->import->run != NULL)
    semio_entry_payload_set_uuid (entry->payload, "run", &self->run_uuid);
  if (self->import->set != NULL)
    semio_entry_payload_set_uuid (entry->payload, "reference_set", &self->set_uuid);
  json_object_set_int_member (entry->payload, "cells", self->result->n_added);
  json_object_set_int_member (entry->payload, "recordings", self->result->n_created);
  json_object_set_object_member (entry->payload, "digest", semio_import_digest_to_json (&self->stage.digest));
  return semio_entry_table_append (database, entry, error);
}

/* Puts the named person in the actor's place. */
static gboolean
find_actor (SemioDatabase *database, SemioStoreImport *import, GError **error)
{
  g_autoptr (GPtrArray) persons = NULL;
  g_autoptr (SemioPerson) made = NULL;

  if (import->person == NULL)
    return TRUE;
  persons = semio_person_table_load (database, error);
  for (guint i = 0; persons != NULL && i < persons->len; i++)
    if (g_strcmp0 (((SemioPerson *) persons->pdata[i])->name, import->person) == 0)
      {
        import->actor = ((SemioPerson *) persons->pdata[i])->uuid;
        return TRUE;
      }
  if (persons == NULL)
    return FALSE;
  made = semio_person_table_add (database, semio_uuid_is_nil (&import->actor) ? NULL : &import->actor, import->person,
                                 SEMIO_ROLE_OTHER, error);
  if (made == NULL)
    return FALSE;
  import->actor = made->uuid;
  return TRUE;
}

/* The one short step that makes all of it visible. */
static gpointer
commit_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Import *self = data;
  const SemioUuid *actor;
  gint64 newest;

  if (!semio_import_table_get_newest (database, self->result->run_id, self->result->set_id, &newest, error))
    return NULL;
  if (newest != self->newest_before)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_BUSY,
                           _ ("Something else was imported at the same time. Nothing was changed; start this import again."));
      return NULL;
    }
  if (self->stage.run_id != 0 && !semio_live_check_run (database, self->stage.run_id, FALSE, error))
    return NULL;
  if (!find_actor (database, self->import, error))
    return NULL;
  actor = semio_uuid_is_nil (&self->import->actor) ? NULL : &self->import->actor;
  if (write_recordings (database, self, actor, error) && write_run (database, self, actor, error)
      && write_set (database, self, actor, error) && write_import (database, self, actor, error))
    semio_import_table_commit (database, self->stage.import_id, error);
  return NULL;
}

static gpointer
discard_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Import *self = data;

  semio_import_table_discard_slice (database, self->stage.import_id, &self->done, error);
  return NULL;
}

static void discard (GTask *task, GError *error);

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  /* What cannot be removed now stays invisible and is swept at the next opening. */
  if (error != NULL || self->done)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    discard (g_steal_pointer (&task), NULL);
}

/* Takes task and error over. */
static void
discard (GTask *task, GError *error)
{
  Import *self = g_task_get_task_data (task);

  if (error != NULL)
    self->error = error;
  if (self->stage.import_id == 0)
    {
      g_task_return_error (task, g_steal_pointer (&self->error));
      g_object_unref (task);
      return;
    }
  semio_store_service_write_async (g_task_get_source_object (task), SEMIO_STORE_PRIORITY_IMPORT, discard_func, self, NULL, NULL,
                                   NULL, discarded_cb, task);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    {
      discard (g_steal_pointer (&task), error);
      return;
    }
  self->result->run_id = self->stage.run_id;
  self->result->set_id = self->stage.set_id;
  g_task_return_pointer (task, g_steal_pointer (&self->result), (GDestroyNotify) semio_store_import_result_free);
}

static void staged_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
stage_next (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  SemioStoreService *service = g_task_get_source_object (task);
  const SemioImportStage *stage = &self->stage;
  const guint n =
      self->import->predictions->len + self->import->labels->len + self->import->events->len + self->import->findings->len;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      discard (task, error);
      return;
    }
  if (self->progress != NULL)
    self->progress ((double) (stage->n_predictions + stage->n_labels + stage->n_events + stage->n_findings) / MAX (n, 1),
                    _ ("Importing"), self->progress_data);
  if (self->staged)
    semio_store_service_write_async (service, SEMIO_STORE_PRIORITY_EDIT, commit_func, self, NULL, NULL, NULL, committed_cb, task);
  else
    semio_store_service_write_async (service, SEMIO_STORE_PRIORITY_IMPORT, slice_func, self, NULL, NULL, NULL, staged_cb, task);
}

static void
staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    discard (g_steal_pointer (&task), error);
  else
    stage_next (g_steal_pointer (&task));
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;

  semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (self->result->n_differences > 0 || (self->result->n_added == 0 && self->result->n_created == 0))
    g_task_return_pointer (task, g_steal_pointer (&self->result), (GDestroyNotify) semio_store_import_result_free);
  else
    semio_store_service_write_async (SEMIO_STORE_SERVICE (source), SEMIO_STORE_PRIORITY_IMPORT, begin_func, self, NULL, NULL,
                                     NULL, staged_cb, g_steal_pointer (&task));
}

void
semio_store_import_async (SemioStoreService *service, SemioStoreImport *import, SemioProgressFunc progress,
                          gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (service, cancellable, callback, user_data);
  Import *self = g_new0 (Import, 1);

  self->import = import;
  self->stage.created_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->created = g_array_new (FALSE, FALSE, sizeof (SemioUuid));
  self->progress = progress;
  self->progress_data = progress_data;
  g_task_set_source_tag (task, semio_store_import_async);
  /* When it was committed, cancelling came too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, free_import);
  semio_store_service_read_async (service, compare_func, self, NULL, NULL, cancellable, compared_cb, task);
}

SemioStoreImportResult *
semio_store_import_finish (SemioStoreService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Sweeping goes in slices too, behind everything else. */
static gpointer
sweep_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  SemioStoreService *self = data;
  gint64 import_id;
  gboolean done;

  if (g_cancellable_is_cancelled (self->closing) || !semio_import_table_find_leftover (database, &import_id, error)
      || import_id == 0 || !semio_import_table_discard_slice (database, import_id, &done, error))
    return NULL;
  semio_store_service_sweep (self);
  return NULL;
}

void
semio_store_service_sweep (SemioStoreService *self)
{
  semio_store_worker_push (self->writer, SEMIO_STORE_JOB_WRITE, SEMIO_STORE_PRIORITY_MAINTENANCE, sweep_func, self, NULL, NULL,
                           NULL);
}

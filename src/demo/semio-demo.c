/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo.h"

#include <glib/gi18n-lib.h>

#include "semio-add.h"
#include "semio-choreography.h"
#include "semio-demo-answers.h"
#include "semio-demo-error.h"
#include "semio-demo-film.h"
#include "semio-demo-tables.h"
#include "semio-file-error.h"
#include "semio-file-write.h"
#include "semio-import.h"
#include "semio-study.h"

#define TABLES_FOLDER "tables"
/* Shares of the whole that drawing and adding take, as measured. */
#define DRAWN_SHARE 0.90
#define ADDED_SHARE 0.97

/* Names inside the study; as data they are not translated. */
#define STUDY_TITLE "Demonstration"
#define REFERENCE_NAME "Choreography"

typedef struct {
  GFile *folder;
  GFile *study_file;
  GPtrArray *choreographies;
  SemioProgressFunc progress;
  gpointer progress_data;
  SemioStudy *study;
  GArray *recording_ids; /* gint64, in the order of the choreographies */
  guint n_edits;
  guint n_imports;
  GFile *table;
} Making;

static void edit_next (GTask *task);
static void import_next (GTask *task);

static void
making_free (Making *making)
{
  g_clear_object (&making->folder);
  g_clear_object (&making->study_file);
  g_clear_pointer (&making->choreographies, g_ptr_array_unref);
  g_clear_object (&making->study);
  g_clear_pointer (&making->recording_ids, g_array_unref);
  g_clear_object (&making->table);
  g_free (making);
}

static void
tell (Making *making, double fraction, const char *what)
{
  if (making->progress)
    making->progress (fraction, what, making->progress_data);
}

/* A study that did not become whole is taken away, so that making it can be tried again. */
static void
given_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *failure = g_object_steal_data (G_OBJECT (task), "failure");

  semio_study_close_finish (SEMIO_STUDY (source), result, NULL);
  g_file_delete (making->study_file, NULL, NULL);
  g_task_return_error (task, failure);
}

static void
give_up (GTask *task, GError *failure)
{
  Making *making = g_task_get_task_data (task);

  if (!making->study)
    {
      g_task_return_error (task, failure);
      g_object_unref (task);
      return;
    }
  g_object_set_data (G_OBJECT (task), "failure", failure);
  semio_study_close_async (making->study, given_up_cb, task);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  if (!semio_study_close_finish (SEMIO_STUDY (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  tell (making, 1, _ ("Done"));
  g_task_return_pointer (task, g_object_ref (making->study_file), g_object_unref);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *summary = semio_import_commit_finish (SEMIO_IMPORT (source), result, &error);

  if (!summary)
    {
      give_up (task, error);
      return;
    }
  making->n_imports++;
  import_next (task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  g_autoptr (SemioDemoAnswers) answers = NULL;
  GError *error = NULL;
  g_autoptr (SemioImport) import = semio_import_read_finish (result, &error);

  if (import && making->n_imports > 0)
    answers = semio_demo_answers_load (making->n_imports - 1, &error);
  if (error)
    {
      give_up (task, error);
      return;
    }
  if (!answers)
    semio_import_set_name (import, REFERENCE_NAME);
  else
    {
      semio_import_set_name (import, semio_demo_answers_get_name (answers));
      semio_import_set_enhancement (import, "none");
      semio_import_set_origin (import, "sample");
      semio_import_set_notice (import, SEMIO_DEMO_NOTICE);
    }
  semio_import_commit_async (import, NULL, NULL, g_task_get_cancellable (task), imported_cb, task);
}

/* The bytes of the table that is imported next: first the labels, then a run after the other. */
static GBytes *
write_table (Making *making, GError **error)
{
  SemioFeatureSet *features = semio_study_get_feature_set (making->study);
  g_autoptr (SemioDemoAnswers) answers = NULL;

  if (making->n_imports == 0)
    return semio_demo_tables_write_labels (making->choreographies, features);
  answers = semio_demo_answers_load (making->n_imports - 1, error);
  return answers ? semio_demo_tables_write_answers (making->choreographies, features, answers) : NULL;
}

static void
import_next (GTask *task)
{
  Making *making = g_task_get_task_data (task);
  g_autoptr (GFile) folder = g_file_get_child (making->folder, TABLES_FOLDER);
  g_autofree char *name =
      making->n_imports == 0 ? g_strdup ("labels.csv") : g_strdup_printf ("sample-answers-%u.csv", making->n_imports);
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  if (making->n_imports > SEMIO_DEMO_N_RUNS)
    {
      semio_study_close_async (making->study, closed_cb, task);
      return;
    }
  tell (making, ADDED_SHARE + 0.01 * making->n_imports, _ ("Importing labels and sample answers"));
  g_clear_object (&making->table);
  making->table = g_file_get_child (folder, name);
  bytes = write_table (making, &error);
  if (bytes && !g_file_make_directory (folder, NULL, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    g_clear_error (&error);
  if (bytes && !error)
    semio_file_write (making->table, bytes, g_task_get_cancellable (task), &error);
  if (error)
    {
      give_up (task, error);
      return;
    }
  semio_import_read_async (making->study, making->n_imports == 0 ? SEMIO_IMPORT_REFERENCE : SEMIO_IMPORT_PREDICTIONS,
                           making->table, NULL, g_task_get_cancellable (task), read_cb, task);
}

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  if (!semio_study_edit_finish (SEMIO_STUDY (source), result, &error))
    {
      give_up (task, error);
      return;
    }
  making->n_edits++;
  edit_next (task);
}

/* Pseudonyms are random, but cases are listed by them: the demonstration sets its own, so that the first case is always the
 * same. Two edits for each recording, and one more for each that is mirrored. */
static void
edit_next (GTask *task)
{
  Making *making = g_task_get_task_data (task);
  guint index = making->n_edits / 3, kind = making->n_edits % 3;
  const SemioChoreography *choreography;
  gint64 id;

  if (index == making->choreographies->len)
    {
      import_next (task);
      return;
    }
  choreography = g_ptr_array_index (making->choreographies, index);
  id = g_array_index (making->recording_ids, gint64, index);
  if (kind == 0)
    semio_study_set_patient_async (making->study, id, choreography->patient, edited_cb, task);
  else if (kind == 1)
    semio_study_set_pseudonym_async (making->study, id, choreography->pseudonym, edited_cb, task);
  else if (choreography->mirrored)
    semio_study_set_mirrored_async (making->study, id, TRUE, edited_cb, task);
  else
    {
      making->n_edits++;
      edit_next (task);
    }
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = semio_add_finish (SEMIO_STUDY (source), result, &error);

  for (guint i = 0; results && !error && i < results->len; i++)
    {
      const SemioAddResult *added = g_ptr_array_index (results, i);

      if (added->recording_id == 0)
        g_set_error (&error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_STUDY, _ ("A recording that was drawn was refused: %s"),
                     added->message ? added->message : "");
      else
        g_array_append_val (making->recording_ids, added->recording_id);
    }
  if (!error && making->recording_ids->len != making->choreographies->len)
    g_set_error (&error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_STUDY, _ ("Not all recordings that were drawn were added."));
  if (error)
    give_up (task, error);
  else
    edit_next (task);
}

static void
add_progress (double fraction, const char *what, gpointer user_data)
{
  tell (user_data, DRAWN_SHARE + (ADDED_SHARE - DRAWN_SHARE) * CLAMP (fraction, 0, 1), _ ("Adding the recordings"));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  SemioAddOptions options = { FALSE, NULL };
  GError *error = NULL;

  making->study = semio_study_create_finish (result, &error);
  if (!making->study)
    {
      give_up (task, error);
      return;
    }
  for (guint i = 0; i < making->choreographies->len; i++)
    {
      const SemioChoreography *choreography = g_ptr_array_index (making->choreographies, i);

      g_ptr_array_add (files, g_file_get_child (making->folder, choreography->file_name));
    }
  semio_add_async (making->study, files, &options, add_progress, making, g_task_get_cancellable (task), added_cb, task);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  if (!semio_demo_film_finish (result, &error))
    {
      give_up (task, error);
      return;
    }
  semio_study_create_async (making->study_file, STUDY_TITLE, g_task_get_cancellable (task), created_cb, task);
}

static void
film_progress (double fraction, const char *what, gpointer user_data)
{
  tell (user_data, DRAWN_SHARE * fraction, what);
}

/* The folder stands and holds no demonstration yet. */
static gboolean
prepare (Making *making, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_file_query_exists (making->study_file, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("“%s” stands in the folder already. Open it, or choose another folder."), SEMIO_DEMO_STUDY_NAME);
      return FALSE;
    }
  if (!g_file_make_directory_with_parents (making->folder, NULL, &failure)
      && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      semio_file_error_explain_write (&failure, making->folder);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (g_file_query_file_type (making->folder, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, _ ("“%s” is a file. Choose a folder for the demonstration."),
                   g_file_peek_path (making->folder));
      return FALSE;
    }
  making->choreographies = semio_choreography_load_all (error);
  return making->choreographies != NULL;
}

void
semio_demo_make_async (GFile *folder, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Making *making = g_new0 (Making, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, semio_demo_make_async);
  g_task_set_task_data (task, making, (GDestroyNotify) making_free);
  making->folder = g_object_ref (folder);
  making->study_file = g_file_get_child (folder, SEMIO_DEMO_STUDY_NAME);
  making->recording_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  making->progress = progress;
  making->progress_data = progress_data;
  if (prepare (making, &error))
    semio_demo_film_async (making->choreographies, folder, film_progress, making, cancellable, drawn_cb, task);
  else
    give_up (task, error);
}

GFile *
semio_demo_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

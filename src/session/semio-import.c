/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-import.h"

#include <glib/gi18n-lib.h>

#include "semio-file-error.h"
#include "semio-import-private.h"
#include "semio-study-private.h"
#include "semio-text.h"

G_DEFINE_TYPE (SemioImport, semio_import, G_TYPE_OBJECT)

static void
clear_column (gpointer data)
{
  SemioImportColumn *column = data;

  g_free (column->name);
  g_free (column->role);
}

static void
semio_import_finalize (GObject *object)
{
  SemioImport *self = SEMIO_IMPORT (object);

  g_clear_object (&self->study);
  g_free (self->file_name);
  g_clear_pointer (&self->join, semio_name_join_free);
  g_hash_table_unref (self->stem_indices);
  g_hash_table_unref (self->names);
  g_clear_pointer (&self->table, semio_wide_table_unref);
  g_clear_pointer (&self->companion, semio_companion_table_unref);
  g_clear_pointer (&self->map, semio_name_map_unref);
  g_free (self->name);
  g_free (self->person);
  g_free (self->model);
  g_free (self->enhancement);
  g_free (self->origin);
  g_free (self->notice);
  g_free (self->blanks);
  g_array_unref (self->columns);
  g_clear_pointer (&self->recordings, g_ptr_array_unref);
  g_ptr_array_unref (self->unmatched_names);
  g_ptr_array_unref (self->unmatched_recordings);
  g_ptr_array_unref (self->remarks);
  g_ptr_array_unref (self->contents);
  g_clear_pointer (&self->outcome, semio_store_import_result_free);
  G_OBJECT_CLASS (semio_import_parent_class)->finalize (object);
}

static void
semio_import_class_init (SemioImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_import_finalize;
}

static void
semio_import_init (SemioImport *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (SemioImportColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->stem_indices = g_hash_table_new (g_str_hash, g_str_equal);
  self->unmatched_names = g_ptr_array_new_with_free_func (g_free);
  self->unmatched_recordings = g_ptr_array_new_with_free_func (g_free);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  self->contents = g_ptr_array_new_with_free_func (g_free);
  self->origin = g_strdup ("import");
}

/* What the reading thread works on. */
typedef struct {
  SemioImportKind kind;
  SemioImportForm form;
  GFile *file;
  GFile *name_map; /* (nullable) */
  SemioFeatureSet *features;
  SemioWideTable *table; /* (nullable): one of these two */
  SemioCompanionTable *companion; /* (nullable) */
  SemioNameMap *map;
} Read;

static void
read_free (Read *read)
{
  g_object_unref (read->file);
  g_clear_object (&read->name_map);
  semio_feature_set_unref (read->features);
  g_clear_pointer (&read->table, semio_wide_table_unref);
  g_clear_pointer (&read->companion, semio_companion_table_unref);
  g_clear_pointer (&read->map, semio_name_map_unref);
  g_free (read);
}

static GBytes *
load_file (GFile *file, char **name, GCancellable *cancellable, GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  GBytes *bytes;

  *name = semio_text_clean (base, -1, 200);
  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  if (!bytes)
    semio_file_error_explain_read (error, file);
  return bytes;
}

static gboolean
read_companion (Read *read, GBytes *bytes, const char *name, GError **error)
{
  SemioImportForm form;

  read->companion = semio_companion_read (bytes, name, read->features, error);
  if (!read->companion)
    return FALSE;
  form = (SemioImportForm) (SEMIO_IMPORT_FORM_SIDES + semio_companion_table_get_kind (read->companion));
  if (read->form == SEMIO_IMPORT_FORM_AUTO || read->form == form)
    {
      read->form = form;
      return TRUE;
    }
  g_set_error (
      error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
      _ ("%s, line 1, column 1: the columns are those of “%s”, not of “%s”. Name the form that it has, or let it be told "
         "by the columns."),
      name, semio_import_form_get_label (form), semio_import_form_get_label (read->form));
  return FALSE;
}

/* By the header when the form is not told. */
static gboolean
read_form (Read *read, GBytes *bytes, const char *name, GError **error)
{
  SemioCompanionKind kind;

  if (read->form >= SEMIO_IMPORT_FORM_SIDES
      || (read->form == SEMIO_IMPORT_FORM_AUTO && semio_companion_recognise (bytes, read->features, &kind)))
    return read_companion (read, bytes, name, error);
  read->table = semio_wide_read (
      bytes, name, read->kind == SEMIO_IMPORT_REFERENCE ? SEMIO_WIDE_REFERENCE : SEMIO_WIDE_PREDICTIONS, read->features, error);
  if (!read->table)
    return FALSE;
  if (read->form == SEMIO_IMPORT_FORM_DENSE && !semio_wide_table_has_intervals (read->table))
    {
      g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                   _ ("%s, line 1, column 1: no column tells when a feature occurs, such as “start_time_for_tonic”. Without them "
                      "the file is a wide one."),
                   name);
      return FALSE;
    }
  read->form = semio_wide_table_has_intervals (read->table) ? SEMIO_IMPORT_FORM_DENSE : SEMIO_IMPORT_FORM_WIDE;
  return TRUE;
}

static gboolean
read_tables (Read *read, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = load_file (read->file, &name, cancellable, error);

  if (!bytes)
    return FALSE;
  if (!read_form (read, bytes, name, error))
    return FALSE;
  if (read->name_map)
    {
      g_autofree char *map_name = NULL;
      g_autoptr (GBytes) map_bytes = load_file (read->name_map, &map_name, cancellable, error);

      if (!map_bytes)
        return FALSE;
      read->map = semio_name_map_read (map_bytes, map_name, error);
      return read->map != NULL;
    }
  return TRUE;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (read_tables (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *read = g_task_get_task_data (G_TASK (result));
  SemioImport *self;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_object_new (SEMIO_TYPE_IMPORT, NULL);
  self->study = g_object_ref (SEMIO_STUDY (source));
  self->kind = read->kind;
  self->form = read->form;
  self->table = g_steal_pointer (&read->table);
  self->companion = g_steal_pointer (&read->companion);
  self->map = g_steal_pointer (&read->map);
  self->file_name = g_file_get_basename (read->file);
  {
    char *dot;

    self->name = semio_text_clean (self->file_name, -1, 200);
    dot = strrchr (self->name, '.');
    if (dot && dot != self->name)
      *dot = '\0';
  }
  self->blanks = g_new0 (SemioBlank, self->table ? MAX (semio_wide_table_get_n_columns (self->table), 1) : 1);
  semio_import_index_rows (self);
  semio_import_count_contents (self);
  semio_import_map (self);
  g_task_return_pointer (task, self, g_object_unref);
}

void
semio_import_read_async (SemioStudy *study, SemioImportKind kind, GFile *file, GFile *name_map, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  semio_import_read_form_async (study, kind, SEMIO_IMPORT_FORM_AUTO, file, name_map, cancellable, callback, user_data);
}

void
semio_import_read_form_async (SemioStudy *study, SemioImportKind kind, SemioImportForm form, GFile *file, GFile *name_map,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);
  g_autoptr (GTask) work = g_task_new (study, cancellable, read_cb, task);
  Read *read = g_new0 (Read, 1);

  read->kind = kind;
  read->form = form;
  read->file = g_object_ref (file);
  read->name_map = name_map ? g_object_ref (name_map) : NULL;
  read->features = semio_feature_set_ref (semio_study_get_feature_set (study));
  g_task_set_source_tag (task, semio_import_read_async);
  g_task_set_task_data (work, read, (GDestroyNotify) read_free);
  g_task_run_in_thread (work, read_thread);
}

SemioImport *
semio_import_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

SemioImportKind
semio_import_get_kind (SemioImport *self)
{
  return self->kind;
}

SemioImportForm
semio_import_get_form (SemioImport *self)
{
  return self->form;
}

guint
semio_import_get_n_rows (SemioImport *self)
{
  return self->table ? semio_wide_table_get_n_rows (self->table) : semio_companion_table_get_n_rows (self->companion);
}

guint
semio_import_get_n_columns (SemioImport *self)
{
  return self->columns->len;
}

const SemioImportColumn *
semio_import_get_column (SemioImport *self, guint column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);

  return &g_array_index (self->columns, SemioImportColumn, column);
}

gboolean
semio_import_has_segments (SemioImport *self)
{
  return self->table && semio_wide_table_has_segments (self->table);
}

const char *const *
semio_import_get_unmatched_names (SemioImport *self)
{
  return (const char *const *) self->unmatched_names->pdata;
}

const char *const *
semio_import_get_unmatched_recordings (SemioImport *self)
{
  return (const char *const *) self->unmatched_recordings->pdata;
}

guint
semio_import_get_n_matched (SemioImport *self)
{
  return self->n_matched;
}

guint
semio_import_get_count (SemioImport *self, SemioAnswer answer)
{
  return (guint) answer < SEMIO_N_ANSWERS ? self->counts[answer] : 0;
}

const char *const *
semio_import_get_contents (SemioImport *self)
{
  return (const char *const *) self->contents->pdata;
}

const char *const *
semio_import_get_remarks (SemioImport *self)
{
  return (const char *const *) self->remarks->pdata;
}

guint
semio_import_get_n_added (SemioImport *self)
{
  return self->outcome ? self->outcome->n_added : 0;
}

guint
semio_import_get_n_same (SemioImport *self)
{
  return self->outcome ? self->outcome->n_same : 0;
}

guint
semio_import_get_n_created (SemioImport *self)
{
  return self->outcome ? self->outcome->n_created : 0;
}

guint
semio_import_get_n_differences (SemioImport *self)
{
  return self->outcome ? self->outcome->n_differences : 0;
}

guint
semio_import_get_n_listed_differences (SemioImport *self)
{
  return self->outcome ? self->outcome->differences->len : 0;
}

SemioImportDifference
semio_import_get_difference (SemioImport *self, guint index)
{
  SemioImportDifference difference = { 0 };
  const SemioCellDifference *cell;
  SemioCase *row;

  g_return_val_if_fail (index < semio_import_get_n_listed_differences (self), difference);

  cell = &g_array_index (self->outcome->differences, SemioCellDifference, index);
  row = semio_study_find_case (self->study, cell->recording_id);
  difference.recording = row ? semio_case_get_recording (row)->pseudonym : "?";
  if (cell->feature == SEMIO_FEATURE_HEAD || cell->feature == SEMIO_FEATURE_ARM)
    difference.feature = cell->feature == SEMIO_FEATURE_HEAD ? "head" : "arm";
  else if (cell->feature != SEMIO_FEATURE_NONE)
    difference.feature = semio_feature_set_get (semio_study_get_feature_set (self->study), cell->feature)->id;
  difference.finding = cell->is_finding ? semio_finding_kind_to_id (cell->kind) : NULL;
  difference.segment = cell->segment;
  difference.stands = cell->stands;
  difference.brought = cell->brought;
  difference.only_text = cell->only_text;
  return difference;
}

void
semio_import_set_blank (SemioImport *self, SemioBlank blank)
{
  if (self->table == NULL)
    return;
  for (guint i = 0; i < self->columns->len; i++)
    self->blanks[i] = blank;
  semio_import_map (self);
}

void
semio_import_set_column_blank (SemioImport *self, guint column, SemioBlank blank)
{
  g_return_if_fail (self->table != NULL && column < self->columns->len);

  self->blanks[column] = blank;
  semio_import_map (self);
}

void
semio_import_set_create (SemioImport *self, gboolean create)
{
  self->create = create;
}

static void
set_text (char **member, const char *text)
{
  g_free (*member);
  *member = text && *text ? semio_text_clean (text, -1, 500) : NULL;
}

void
semio_import_set_name (SemioImport *self, const char *name)
{
  set_text (&self->name, name);
}

void
semio_import_set_person (SemioImport *self, const char *name)
{
  set_text (&self->person, name);
}

void
semio_import_set_model (SemioImport *self, const char *model)
{
  set_text (&self->model, model);
}

void
semio_import_set_enhancement (SemioImport *self, const char *enhancement)
{
  set_text (&self->enhancement, enhancement);
}

void
semio_import_set_origin (SemioImport *self, const char *origin)
{
  set_text (&self->origin, origin);
}

void
semio_import_set_notice (SemioImport *self, const char *notice)
{
  set_text (&self->notice, notice);
}

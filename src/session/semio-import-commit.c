/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An imported file on its way into the store: built, compared or committed, summed up. */
#include <glib/gi18n-lib.h>

#include "semio-import-private.h"
#include "semio-patient-name.h"
#include "semio-study-private.h"
#include "semio-text.h"

/* As many names or cells as a message can hold. */
#define MAX_LISTED 20

static gboolean
check_names (SemioImport *self, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_names = self->unmatched_names->len - 1;
  gboolean is_ambiguous = FALSE;
  const char *const *stems = semio_import_get_stems (self);

  for (guint i = 0; stems[i]; i++)
    is_ambiguous |= semio_import_is_ambiguous (self, stems[i]);
  if (n_names == 0 || (self->create && !is_ambiguous))
    return TRUE;
  for (guint i = 0; i < MIN (n_names, MAX_LISTED); i++)
    g_string_append_printf (names, "\n  %s", (char *) self->unmatched_names->pdata[i]);
  if (n_names > MAX_LISTED)
    g_string_append (names, "\n  …");
  if (is_ambiguous)
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                 _ ("Some names could be several recordings, and nothing was imported. Say which in a name map:%s"), names->str);
  else
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                 ngettext ("%u name matches no recording, and nothing was imported. Add its video first, give a name map, or let "
                           "recordings be created:%s",
                           "%u names match no recording, and nothing was imported. Add their videos first, give a name map, or "
                           "let recordings be created:%s",
                           n_names),
                 n_names, names->str);
  return FALSE;
}

gint64
semio_import_build_get_recording (SemioImportBuild *build, const char *row_stem)
{
  SemioImport *self = build->import;
  const SemioRecording *recording = semio_import_find_recording (self, row_stem);
  const char *mapped = self->map ? semio_name_map_lookup (self->map, row_stem) : NULL;
  const char *stem = mapped ? mapped : row_stem;
  SemioRecording *created;
  gpointer index;
  gint64 id;

  if (recording)
    return recording->id;
  if (!self->create || semio_import_is_ambiguous (self, row_stem))
    return 0;
  index = g_hash_table_lookup (build->created, stem);
  if (index)
    return GPOINTER_TO_INT (index);

  created = semio_recording_new ();
  created->source_name = mapped ? g_strdup (mapped) : g_strdup (g_hash_table_lookup (self->names, row_stem));
  g_ptr_array_add (build->store_import->creates, created);
  g_ptr_array_add (build->store_import->create_patients, semio_patient_name_read (created->source_name, NULL, NULL));
  id = -(gint64) build->store_import->creates->len;
  g_hash_table_insert (build->created, g_strdup (stem), GINT_TO_POINTER ((int) id));
  return id;
}

/* As a spreadsheet counts it. */
static guint
get_name_column (SemioImport *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (g_array_index (self->columns, SemioImportColumn, i).role, "file name"))
      return i + 1;
  return 1;
}

static gboolean
check_row (SemioImportBuild *build, const SemioWideRow *row, gint64 recording_id, GError **error)
{
  SemioImport *self = build->import;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %d", recording_id, row->segment);
  gpointer line = g_hash_table_lookup (build->seen, key);

  if (self->kind == SEMIO_IMPORT_REFERENCE && row->segment >= 0)
    {
      g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                   _ ("%s, line %u, column %u: “%s” is a segment. Reference labels are of whole recordings: give a file with one "
                      "row for each."),
                   self->file_name, row->line, get_name_column (self), row->name);
      return FALSE;
    }
  if (line)
    {
      g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                   _ ("%s, line %u, column %u: “%s” names the same recording as line %u. Leave one of the two out."),
                   self->file_name, row->line, get_name_column (self), row->name, GPOINTER_TO_UINT (line));
      return FALSE;
    }
  g_hash_table_insert (build->seen, g_steal_pointer (&key), GUINT_TO_POINTER (row->line));
  return TRUE;
}

static void
add_predictions (SemioImportBuild *build, const SemioWideRow *row, gint64 recording_id)
{
  SemioImport *self = build->import;
  guint n_features = semio_feature_set_get_n_features (semio_study_get_feature_set (self->study));

  for (guint feature = 0; feature < n_features; feature++)
    {
      SemioAnswer answer = SEMIO_ANSWER_MISSING;
      const SemioWideCell *cell = &row->cells[feature];
      const char *text = cell->explanation;
      SemioPrediction prediction = { 0 };

      semio_import_get_answer (self, row, feature, &answer);
      if (answer == SEMIO_ANSWER_MISSING && (!text || !*text) && cell->begin_ns == SEMIO_TIME_NONE && !cell->has_score)
        continue;
      prediction.recording_id = recording_id;
      prediction.feature = feature;
      prediction.segment = row->segment >= 0 ? row->segment : SEMIO_SEGMENT_WHOLE;
      prediction.answer = answer;
      prediction.explanation = text && *text ? g_strdup (text) : NULL;
      prediction.has_span = cell->begin_ns != SEMIO_TIME_NONE;
      prediction.begin_ns = cell->begin_ns;
      prediction.end_ns = cell->end_ns;
      prediction.has_score = cell->has_score;
      prediction.score = cell->score;
      g_array_append_val (build->store_import->predictions, prediction);
    }
}

static void
add_labels (SemioImportBuild *build, const SemioWideRow *row, gint64 recording_id)
{
  SemioImport *self = build->import;
  guint n_features = semio_feature_set_get_n_features (semio_study_get_feature_set (self->study));
  SemioRecordingEvent event = { recording_id, row->event };

  for (guint feature = 0; feature < n_features; feature++)
    {
      SemioLabel label = { recording_id, feature, SEMIO_ANSWER_MISSING, SEMIO_TIME_NONE, SEMIO_TIME_NONE };

      semio_import_get_answer (self, row, feature, &label.answer);
      semio_import_build_annotation (build, &row->cells[feature], feature, recording_id, label.answer == SEMIO_ANSWER_YES);
      if (label.answer == SEMIO_ANSWER_MISSING)
        continue;
      if (label.answer == SEMIO_ANSWER_YES && row->cells[feature].end_ns != SEMIO_TIME_NONE)
        {
          label.begin_ns = row->cells[feature].begin_ns;
          label.end_ns = row->cells[feature].end_ns;
        }
      g_array_append_val (build->store_import->labels, label);
    }
  if (row->event.onset_ns != SEMIO_TIME_NONE || row->event.offset_ns != SEMIO_TIME_NONE
      || row->event.type != SEMIO_EVENT_TYPE_UNDETERMINED)
    g_array_append_val (build->store_import->events, event);
}

/* A run is of one model and one enhancement: what was given for one that stands has to be what it has. */
static gboolean
check_run (SemioImport *self, const SemioRun *run, GError **error)
{
  const char *none = _ ("none");
  const char *stands = run->enhancement ? run->enhancement : "none";

  if (self->model && g_strcmp0 (self->model, run->model) != 0)
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT,
                 _ ("The run “%s” stands in the study with the model “%s”, not “%s”, and nothing was imported. Leave the model "
                    "out, or give the import a run name of its own."),
                 run->name, run->model ? run->model : none, self->model);
  else if (self->enhancement && g_strcmp0 (self->enhancement, stands) != 0)
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT,
                 _ ("The run “%s” stands in the study with the enhancement “%s”, not “%s”, and nothing was imported. Leave the "
                    "enhancement out, or give the import a run name of its own."),
                 run->name, stands, self->enhancement);
  else
    return TRUE;
  return FALSE;
}

static SemioRun *
make_run (SemioImport *self, GError **error)
{
  GPtrArray *runs = semio_study_get_runs (self->study);
  SemioRun *run;

  for (guint i = 0; i < runs->len; i++)
    if (g_strcmp0 (((SemioRun *) runs->pdata[i])->name, self->name) == 0)
      return check_run (self, runs->pdata[i], error) ? semio_run_ref (runs->pdata[i]) : NULL;
  run = semio_run_new ();
  run->name = g_strdup (self->name);
  run->model = g_strdup (self->model);
  run->enhancement = g_strdup (self->enhancement ? self->enhancement : "none");
  run->origin = g_strdup (self->origin ? self->origin : "import");
  run->notice = g_strdup (self->notice);
  run->settings = g_strdup ("{}");
  return run;
}

static SemioReferenceSet *
make_set (SemioImport *self)
{
  GPtrArray *sets = semio_study_get_reference_sets (self->study);
  SemioReferenceSet *set;

  for (guint i = 0; i < sets->len; i++)
    if (g_strcmp0 (((SemioReferenceSet *) sets->pdata[i])->name, self->name) == 0)
      return semio_reference_set_ref (sets->pdata[i]);
  set = semio_reference_set_new ();
  set->name = g_strdup (self->name);
  return set;
}

/* Where the cells go, and who brings them. */
static gboolean
set_target (SemioImport *self, SemioStoreImport *store_import, GError **error)
{
  store_import->actor = semio_study_get_actor (self->study);
  if (self->kind == SEMIO_IMPORT_PREDICTIONS)
    store_import->run = make_run (self, error);
  else
    store_import->set = make_set (self);
  return store_import->run || store_import->set;
}

SemioStoreImport *
semio_import_build (SemioImport *self, GError **open, GError **error)
{
  g_autoptr (SemioStoreImport) store_import = semio_store_import_new ();
  g_autoptr (GHashTable) created = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SemioImportBuild build = { self, store_import, created, seen };

  semio_import_map (self);
  if (!self->name)
    {
      g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                           _ ("The import has no name. Name the run or the reference set."));
      return NULL;
    }
  if (!set_target (self, store_import, error) || (!check_names (self, open ? open : error) && !open))
    return NULL;
  store_import->person = g_strdup (self->person);
  if (self->companion && !semio_import_build_companion (&build, error))
    return NULL;
  for (guint i = 0; self->table && i < semio_wide_table_get_n_rows (self->table); i++)
    {
      const SemioWideRow *row = semio_wide_table_get_row (self->table, i);
      gint64 recording_id = semio_import_build_get_recording (&build, row->stem);

      if (recording_id == 0)
        continue;
      if (!check_row (&build, row, recording_id, error))
        return NULL;
      if (self->kind == SEMIO_IMPORT_PREDICTIONS)
        add_predictions (&build, row, recording_id);
      else
        add_labels (&build, row, recording_id);
    }
  return g_steal_pointer (&store_import);
}

/* The outcome in words. */

static void
describe_difference (SemioImport *self, const SemioCellDifference *difference, GString *text)
{
  SemioCase *row = semio_study_find_case (self->study, difference->recording_id);
  SemioFeatureSet *features = semio_study_get_feature_set (self->study);

  g_string_append_printf (text, "\n  %s, ", row ? semio_case_get_recording (row)->pseudonym : "?");
  if (difference->feature == SEMIO_FEATURE_NONE && !difference->is_finding)
    {
      g_string_append (text, _ ("event: other times or another type"));
      return;
    }
  if (difference->feature == SEMIO_FEATURE_NONE)
    g_string_append (text, "event");
  else if (difference->feature == SEMIO_FEATURE_HEAD || difference->feature == SEMIO_FEATURE_ARM)
    g_string_append (text, difference->feature == SEMIO_FEATURE_HEAD ? "head" : "arm");
  else
    g_string_append (text, semio_feature_set_get (features, difference->feature)->id);
  if (difference->segment >= 0)
    g_string_append_printf (text, _ (", segment %d"), difference->segment + 1);
  if (difference->is_finding)
    /* TRANSLATORS: what differs: onset, side, order, report … */
    g_string_append_printf (text, _ (": another %s"), semio_finding_kind_to_id (difference->kind));
  else if (difference->only_text)
    g_string_append (text,
                     self->kind == SEMIO_IMPORT_PREDICTIONS ? _ (": another explanation, time or score") : _ (": other times"));
  else
    g_string_append_printf (text, _ (": %s stands, the file has %s"), semio_answer_to_id (difference->stands),
                            semio_answer_to_id (difference->brought));
}

/* Takes the result over. */
static char *
summarize (SemioImport *self, SemioStoreImportResult *result, gboolean is_check, GError **error)
{
  const char *under = self->kind == SEMIO_IMPORT_PREDICTIONS ? _ ("run") : _ ("reference set");
  g_autoptr (GString) text = g_string_new (NULL);

  g_clear_pointer (&self->outcome, semio_store_import_result_free);
  self->outcome = result;
  if (result->n_differences > 0)
    {
      for (guint i = 0; i < MIN (result->differences->len, MAX_LISTED); i++)
        describe_difference (self, &g_array_index (result->differences, SemioCellDifference, i), text);
      if (result->n_differences > MAX_LISTED)
        g_string_append (text, "\n  …");
      g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT,
                   ngettext ("%u other cell stands under the %s “%s”, and nothing was imported. Give the import another name, or "
                             "leave out what stands:%s",
                             "%u other cells stand under the %s “%s”, and nothing was imported. Give the import another name, "
                             "or leave out what stands:%s",
                             result->n_differences),
                   result->n_differences, under, self->name, text->str);
      return NULL;
    }
  if (result->n_added == 0 && result->n_created == 0)
    return g_strdup_printf (ngettext ("Nothing changed: the same %u cell stands under the %s “%s” already.",
                                      "Nothing changed: the same %u cells stand under the %s “%s” already.", result->n_same),
                            result->n_same, under, self->name);
  g_string_append_printf (
      text,
      is_check ? ngettext ("Would import %u cell into the %s “%s”.", "Would import %u cells into the %s “%s”.", result->n_added)
               : ngettext ("Imported %u cell into the %s “%s”.", "Imported %u cells into the %s “%s”.", result->n_added),
      result->n_added, under, self->name);
  if (result->n_same > 0)
    g_string_append_printf (text, ngettext (" %u cell stood already.", " %u cells stood already.", result->n_same),
                            result->n_same);
  if (result->n_created > 0)
    g_string_append_printf (text,
                            is_check ? ngettext (" %u recording without a video would be created.",
                                                 " %u recordings without videos would be created.", result->n_created)
                                     : ngettext (" %u recording without a video was created.",
                                                 " %u recordings without videos were created.", result->n_created),
                            result->n_created);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gpointer
compare (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_store_import_compare (database, data, error);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioStoreImportResult *compared = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  char *summary = compared ? summarize (g_task_get_source_object (task), compared, TRUE, &error) : NULL;
  const GError *open = g_task_get_task_data (task);

  /* Open names come first: while they are open nothing would be imported, whatever the cells say. */
  if (compared && open)
    {
      g_clear_pointer (&summary, g_free);
      g_clear_error (&error);
      error = g_error_copy (open);
    }
  if (summary)
    g_task_return_pointer (task, summary, g_free);
  else
    semio_study_take_error (task, error);
}

void
semio_import_check_async (SemioImport *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  GError *open = NULL;
  SemioStoreImport *store_import = semio_import_build (self, &open, &error);

  g_task_set_source_tag (task, semio_import_check_async);
  g_clear_pointer (&self->outcome, semio_store_import_result_free);
  if (open)
    g_task_set_task_data (task, open, (GDestroyNotify) g_error_free);
  if (!store_import)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  semio_store_service_read_async (self->study->store, compare, store_import, (GDestroyNotify) semio_store_import_free,
                                  (GDestroyNotify) semio_store_import_result_free, cancellable, compared_cb, task);
}

char *
semio_import_check_finish (SemioImport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *study = SEMIO_STUDY (source);
  GError *error = NULL;

  if (!semio_study_reload_finish (study, result, &error))
    {
      semio_study_take_error (task, error);
      return;
    }
  semio_study_refresh_reviews (study);
  g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioImport *self = g_task_get_source_object (task);
  GError *error = NULL;
  SemioStoreImportResult *done = semio_store_import_finish (SEMIO_STORE_SERVICE (source), result, &error);
  char *summary = done ? summarize (self, done, FALSE, &error) : NULL;

  if (!summary)
    {
      semio_study_take_error (task, error);
      return;
    }
  g_task_set_task_data (task, summary, g_free);
  semio_study_reload_async (self->study, reloaded_cb, g_object_ref (task));
}

void
semio_import_commit_async (SemioImport *self, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  SemioStoreImport *store_import = NULL;

  g_task_set_source_tag (task, semio_import_commit_async);
  g_task_set_check_cancellable (task, FALSE);
  g_clear_pointer (&self->outcome, semio_store_import_result_free);
  if (semio_study_check_writable (self->study, &error))
    store_import = semio_import_build (self, NULL, &error);
  if (!store_import)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  semio_store_import_async (self->study->store, store_import, progress, progress_data, cancellable, committed_cb, task);
}

char *
semio_import_commit_finish (SemioImport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

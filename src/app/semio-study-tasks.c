/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-study-tasks.h"

#include <glib/gi18n-lib.h>

#include "semio-add.h"
#include "semio-case-report.h"
#include "semio-export.h"
#include "semio-import-dialog.h"
#include "semio-progress-dialog.h"
#include "semio-report-dialog.h"
#include "semio-study-copy.h"
#include "semio-verify.h"

/* One running operation. */
typedef struct {
  SemioWindow *window; /* owned */
  SemioProgressDialog *progress; /* until the operation ends */
  GFile *file; /* (nullable) owned */
  GFile *beside; /* (nullable) owned: written first, and then takes the place of @file */
} Operation;

static Operation *
operation_new (SemioWindow *window, const char *heading, GFile *file)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->window = g_object_ref (window);
  operation->progress = semio_progress_dialog_new (GTK_WINDOW (window), heading);
  g_set_object (&operation->file, file);
  return operation;
}

static void
operation_free (Operation *operation)
{
  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  g_clear_object (&operation->file);
  g_clear_object (&operation->beside);
  g_clear_object (&operation->window);
  g_free (operation);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Operation, operation_free)

static GCancellable *
get_cancellable (Operation *operation)
{
  return semio_progress_dialog_get_cancellable (operation->progress);
}

/* Adding and locating */

static const struct {
  SemioReportKind kind;
  const char *label;
} outcomes[] = {
  [SEMIO_ADD_ADDED] = { SEMIO_REPORT_GOOD, N_ ("Added") },
  [SEMIO_ADD_JOINED] = { SEMIO_REPORT_GOOD, N_ ("Joined to its recording") },
  [SEMIO_ADD_KNOWN] = { SEMIO_REPORT_REMARK, N_ ("Already in the study") },
  [SEMIO_ADD_REFUSED] = { SEMIO_REPORT_BAD, N_ ("Not added") },
};

static void
count_outcomes (GPtrArray *results, guint counts[G_N_ELEMENTS (outcomes)])
{
  for (guint i = 0; i < results->len; i++)
    {
      const SemioAddResult *result = g_ptr_array_index (results, i);

      counts[result->outcome]++;
    }
}

static char *
describe_outcomes (const guint counts[G_N_ELEMENTS (outcomes)])
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (counts[SEMIO_ADD_ADDED] > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u added", "%u added", counts[SEMIO_ADD_ADDED]), counts[SEMIO_ADD_ADDED]));
  if (counts[SEMIO_ADD_JOINED] > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u joined to its recording", "%u joined to their recordings",
                                                       counts[SEMIO_ADD_JOINED]),
                                             counts[SEMIO_ADD_JOINED]));
  if (counts[SEMIO_ADD_KNOWN] > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u already here", "%u already here", counts[SEMIO_ADD_KNOWN]),
                                             counts[SEMIO_ADD_KNOWN]));
  if (counts[SEMIO_ADD_REFUSED] > 0)
    g_ptr_array_add (
        parts, g_strdup_printf (ngettext ("%u not added", "%u not added", counts[SEMIO_ADD_REFUSED]), counts[SEMIO_ADD_REFUSED]));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
report_added (SemioWindow *window, GPtrArray *results)
{
  guint counts[G_N_ELEMENTS (outcomes)] = { 0 };
  g_autofree char *sentence = NULL;
  SemioReportDialog *dialog = NULL;

  count_outcomes (results, counts);
  if (results->len == 0)
    {
      semio_window_tell (window, _ ("No video was found there."));
      return;
    }
  sentence = describe_outcomes (counts);
  /* When all is as it was meant to be, a line is enough. */
  if (counts[SEMIO_ADD_REFUSED] == 0 && counts[SEMIO_ADD_KNOWN] == 0)
    {
      semio_window_tell (window, sentence);
      return;
    }
  dialog = semio_report_dialog_new (
      GTK_WINDOW (window), _ ("Recordings"), counts[SEMIO_ADD_REFUSED] > 0 ? SEMIO_REPORT_BAD : SEMIO_REPORT_REMARK,
      counts[SEMIO_ADD_REFUSED] > 0 ? _ ("Some files were not added") : _ ("Some files were here already"), sentence);
  /* What needs a look stands first. */
  for (int outcome = SEMIO_ADD_REFUSED; outcome >= SEMIO_ADD_ADDED; outcome--)
    {
      for (guint i = 0; i < results->len; i++)
        {
          const SemioAddResult *result = g_ptr_array_index (results, i);
          g_autofree char *name = g_file_get_basename (result->file);
          g_autofree char *shown = g_filename_display_name (name);

          if ((int) result->outcome == outcome)
            semio_report_dialog_add (dialog, outcomes[outcome].kind, shown,
                                     result->message != NULL ? result->message : _ (outcomes[outcome].label));
        }
    }
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = semio_add_finish (SEMIO_STUDY (source), result, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (results == NULL)
    semio_window_tell_error (operation->window, _ ("The recordings could not be added"), error);
  else
    report_added (operation->window, results);
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = semio_add_finish (SEMIO_STUDY (source), result, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (results == NULL)
    semio_window_tell_error (operation->window, _ ("The videos could not be looked for"), error);
  else if (results->len == 0)
    semio_window_tell (operation->window, _ ("None of the missing videos is in that folder."));
  else
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u video found.", "%u videos found.", results->len), results->len);

      semio_window_tell (operation->window, text);
    }
}

void
semio_study_tasks_add (SemioWindow *window, GPtrArray *files)
{
  SemioStudy *study = semio_window_get_study (window);
  GSettings *settings = semio_window_get_settings (window);
  g_autofree char *pattern = g_settings_get_string (settings, "patient-pattern");
  SemioAddOptions options = { g_settings_get_boolean (settings, "copy-videos"), pattern };
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Adding Recordings"), NULL);
  semio_add_async (study, files, &options, semio_progress_dialog_update, operation->progress, get_cancellable (operation),
                   added_cb, operation);
}

void
semio_study_tasks_locate (SemioWindow *window, GFile *folder)
{
  SemioStudy *study = semio_window_get_study (window);
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Looking for Missing Videos"), folder);
  semio_add_locate_async (study, folder, semio_progress_dialog_update, operation->progress, get_cancellable (operation),
                          located_cb, operation);
}

/* Importing */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioImport) import = semio_import_read_finish (result, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (import == NULL)
    semio_window_tell_error (operation->window, _ ("The file could not be read"), error);
  else
    gtk_window_present (GTK_WINDOW (semio_import_dialog_new (operation->window, import, operation->file)));
}

void
semio_study_tasks_import (SemioWindow *window, SemioImportKind kind, GFile *file)
{
  SemioStudy *study = semio_window_get_study (window);
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Reading the File"), file);
  semio_import_read_async (study, kind, file, NULL, get_cancellable (operation), read_cb, operation);
}

/* Exporting */

/* Tells where a finished operation wrote its file. */
static void
tell_written (Operation *operation)
{
  g_autofree char *name = g_file_get_parse_name (operation->file);
  g_autofree char *text = g_strdup_printf (_ ("Written to %s"), name);

  semio_window_tell (operation->window, text);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = semio_export_finish (SEMIO_STUDY (source), result, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (done)
    tell_written (operation);
  else
    semio_window_tell_error (operation->window, _ ("The table could not be written"), error);
}

void
semio_study_tasks_export (SemioWindow *window, const char *what, GFile *out)
{
  SemioStudy *study = semio_window_get_study (window);
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Exporting"), out);
  semio_export_async (study, what, out, FALSE, semio_progress_dialog_update, operation->progress, get_cancellable (operation),
                      exported_cb, operation);
}

static void
results_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = semio_results_export_finish (SEMIO_STUDY (source), result, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (done)
    tell_written (operation);
  else
    semio_window_tell_error (operation->window, _ ("The results could not be written"), error);
}

void
semio_study_tasks_export_results (SemioWindow *window, const SemioResultsChoice *choice, SemioResultsExport what, GFile *out,
                                  gboolean deidentified)
{
  SemioStudy *study = semio_window_get_study (window);
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Writing Results"), out);
  semio_results_export_async (study, choice, what, out, deidentified, semio_progress_dialog_update, operation->progress,
                              get_cancellable (operation), results_cb, operation);
}

static void
cases_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = semio_case_report_write_finish (SEMIO_STUDY (source), result, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (done)
    tell_written (operation);
  else
    semio_window_tell_error (operation->window, _ ("The cases could not be written"), error);
}

void
semio_study_tasks_write_cases (SemioWindow *window, GFile *out, gboolean deidentified)
{
  SemioStudy *study = semio_window_get_study (window);
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Writing Cases"), out);
  semio_case_report_write_async (study, 0, out, deidentified, semio_progress_dialog_update, operation->progress,
                                 get_cancellable (operation), cases_cb, operation);
}

/* Copying, merging and verifying */

/* Whether a program has the study of this file open: its log lies beside it then. */
static gboolean
is_in_use (GFile *file)
{
  static const char *const suffixes[] = { "-wal", "-journal" };
  const char *path = g_file_peek_path (file);

  for (gsize i = 0; path != NULL && i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *log = g_strconcat (path, suffixes[i], NULL);

      if (g_file_test (log, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

static gboolean
refuse_in_use (GFile *target, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (target);

  if (!is_in_use (target))
    return FALSE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _ ("“%s” is open and was not replaced. Close it where it is open, or choose another name."), name);
  return TRUE;
}

/* The whole copy stands beside what it replaces before that goes, so there is one of the two at any time. */
static gboolean
take_place (Operation *operation, GError **error)
{
  if (operation->beside == NULL)
    return TRUE;
  if (!refuse_in_use (operation->file, error)
      && g_file_move (operation->beside, operation->file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return TRUE;
  g_file_delete (operation->beside, NULL, NULL);
  return FALSE;
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = semio_study_save_copy_finish (SEMIO_STUDY (source), result, &error) && take_place (operation, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (done)
    tell_written (operation);
  else
    semio_window_tell_error (operation->window, _ ("The copy could not be saved"), error);
}

/* What is there already is replaced: the file dialog has asked. */
void
semio_study_tasks_save_copy (SemioWindow *window, GFile *target)
{
  SemioStudy *study = semio_window_get_study (window);
  g_autoptr (GFile) folder = g_file_get_parent (target);
  g_autoptr (GError) error = NULL;
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  if (refuse_in_use (target, &error))
    {
      semio_window_tell_error (window, _ ("The copy could not be saved"), error);
      return;
    }
  operation = operation_new (window, _ ("Saving a Copy"), target);
  if (folder != NULL && g_file_query_exists (target, NULL))
    {
      g_autofree char *unique = g_uuid_string_random ();
      g_autofree char *name = g_strdup_printf (".%s.semio", unique);

      operation->beside = g_file_get_child (folder, name);
    }
  semio_study_save_copy_async (study, operation->beside != NULL ? operation->beside : target, semio_progress_dialog_update,
                               operation->progress, get_cancellable (operation), copied_cb, operation);
}

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_study_merge_finish (SEMIO_STUDY (source), result, &error);

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (summary == NULL)
    semio_window_tell_error (operation->window, _ ("The copies could not be merged"), error);
  else
    gtk_window_present (GTK_WINDOW (
        semio_report_dialog_new (GTK_WINDOW (operation->window), _ ("Merge"), SEMIO_REPORT_GOOD, _ ("Merged"), summary)));
}

void
semio_study_tasks_merge (SemioWindow *window, GFile *other)
{
  SemioStudy *study = semio_window_get_study (window);
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Merging"), other);
  semio_study_merge_async (study, other, semio_progress_dialog_update, operation->progress, get_cancellable (operation),
                           merged_cb, operation);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Operation) operation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioVerifyReport) report = semio_study_verify_finish (SEMIO_STUDY (source), result, &error);
  g_autofree char *entries = NULL;
  g_autofree char *sentence = NULL;
  SemioReportDialog *dialog = NULL;

  g_clear_pointer (&operation->progress, semio_progress_dialog_finish);
  if (report == NULL)
    {
      semio_window_tell_error (operation->window, _ ("The study could not be verified"), error);
      return;
    }
  entries = g_strdup_printf (ngettext ("%u entry", "%u entries", report->n_entries), report->n_entries);
  /* TRANSLATORS: %s is "1,204 entries"; then the number of writers. */
  sentence = g_strdup_printf (ngettext ("%s of %u writer were checked against their chains and the lists.",
                                        "%s of %u writers were checked against their chains and the lists.", report->n_writers),
                              entries, report->n_writers);
  dialog =
      semio_report_dialog_new (GTK_WINDOW (operation->window), _ ("Verify"), report->good ? SEMIO_REPORT_GOOD : SEMIO_REPORT_BAD,
                               report->good ? _ ("The study is good") : _ ("Something is wrong in the study"), sentence);
  for (gsize i = 0; report->findings != NULL && report->findings[i] != NULL; i++)
    semio_report_dialog_add (dialog, SEMIO_REPORT_BAD, report->findings[i], NULL);
  for (gsize i = 0; report->remarks != NULL && report->remarks[i] != NULL; i++)
    semio_report_dialog_add (dialog, SEMIO_REPORT_REMARK, report->remarks[i], NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
semio_study_tasks_verify (SemioWindow *window)
{
  SemioStudy *study = semio_window_get_study (window);
  Operation *operation = NULL;

  g_return_if_fail (study != NULL);
  operation = operation_new (window, _ ("Verifying the Study"), NULL);
  semio_study_verify_async (study, semio_progress_dialog_update, operation->progress, get_cancellable (operation), verified_cb,
                            operation);
}

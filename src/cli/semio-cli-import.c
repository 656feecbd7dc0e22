/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio import reference, semio import annotations, semio import predictions */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-import.h"

/* What all imports have. */
#define FORM_OPTION(given)                                                                                                       \
  {                                                                                                                              \
    "format", 0, 0, G_OPTION_ARG_STRING, &(given).form, N_ ("How the file is laid out; by its columns when not given"),          \
        "auto|wide-csv|dense-csv|sides-csv|onsets-csv|order-csv|reports-csv|event-types-csv"                                     \
  }
#define COMMON_OPTIONS(given)                                                                                                    \
  { "create", 0, 0, G_OPTION_ARG_NONE, &(given).create, N_ ("Create recordings that the study lacks, without videos"), NULL },   \
      { "name-map", 0, 0, G_OPTION_ARG_FILENAME, &(given).map, N_ ("CSV with the columns “old” and “new”"), "CSV" },             \
  {                                                                                                                              \
    "dry-run", 0, 0, G_OPTION_ARG_NONE, &(given).dry_run, N_ ("Tell what would be done and change nothing"), NULL                \
  }
#define BLANK_OPTIONS(given)                                                                                                     \
  {                                                                                                                              \
    "blank", 0, 0, G_OPTION_ARG_STRING, &(given).blank, N_ ("What a blank cell means; missing when not given"), "missing|na|no"  \
  },                                                                                                                             \
  {                                                                                                                              \
    "blank-column", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(given).column_blanks,                                                     \
        N_ ("What a blank cell of one feature's column means; may be given several times"), N_ ("FEATURE=missing|na|no")         \
  }

typedef struct {
  char *name;
  char *person;
  char *form;
  char *blank;
  char *model;
  char *enhancement;
  char *map;
  char **column_blanks; /* (nullable) "FEATURE=missing" */
  gboolean create;
  gboolean dry_run;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->name);
  g_free (options->person);
  g_free (options->form);
  g_free (options->blank);
  g_free (options->model);
  g_free (options->enhancement);
  g_free (options->map);
  g_strfreev (options->column_blanks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* More lines are counted for a person; --json has them all. */
#define MAX_LINES 50u

static const char *const blank_ids[] = { "missing", "na", "no" };

static gboolean
read_blank (const char *text, SemioBlank *blank)
{
  for (guint i = 0; i < G_N_ELEMENTS (blank_ids); i++)
    if (g_strcmp0 (text, blank_ids[i]) == 0)
      {
        *blank = (SemioBlank) i;
        return TRUE;
      }
  return text == NULL;
}

/* Form and both options of blanks, before anything is opened. Gives -1 to go on, otherwise the exit status. */
static int
check_options (SemioCli *cli, const Options *options, SemioImportForm *form, SemioBlank *blank)
{
  SemioBlank ignored;

  *form = SEMIO_IMPORT_FORM_AUTO;
  if (options->form && !semio_import_form_from_id (options->form, form))
    return semio_cli_wrong_use (cli,
                                _ ("--format is “auto”, “wide-csv”, “dense-csv”, “sides-csv”, “onsets-csv”, “order-csv”, "
                                   "“reports-csv” or “event-types-csv”, not “%s”."),
                                options->form);

  if (!read_blank (options->blank, blank))
    return semio_cli_wrong_use (cli, _ ("--blank is “missing”, “na” or “no”, not “%s”."), options->blank);
  for (char **one = options->column_blanks; one && *one; one++)
    {
      const char *equals = strchr (*one, '=');

      if (!equals || equals == *one || !read_blank (equals + 1, &ignored))
        return semio_cli_wrong_use (cli, _ ("--blank-column is FEATURE=missing, FEATURE=na or FEATURE=no, not “%s”."), *one);
    }
  return -1;
}

/* The cells as they stand in the file, and what its blank ones are taken for: together they are the rows. */
static JsonObject *
column_to_json (const SemioImportColumn *column)
{
  static const SemioAnswer answers[] = {
    [SEMIO_BLANK_MISSING] = SEMIO_ANSWER_MISSING, [SEMIO_BLANK_NA] = SEMIO_ANSWER_NA, [SEMIO_BLANK_NO] = SEMIO_ANSWER_NO
  };
  JsonObject *object = json_object_new ();
  JsonObject *written;
  JsonObject *blank;

  json_object_set_string_member (object, "name", column->name);
  json_object_set_string_member (object, "role", column->role);
  if (!g_str_equal (column->role, "feature"))
    return object;
  written = json_object_new ();
  blank = json_object_new ();
  for (guint answer = 0; answer < SEMIO_N_ANSWERS; answer++)
    json_object_set_int_member (written, semio_answer_to_id ((SemioAnswer) answer),
                                column->counts[answer] - (answer == answers[column->blank] ? column->n_blank : 0));
  json_object_set_int_member (blank, "cells", column->n_blank);
  json_object_set_string_member (blank, "means", blank_ids[column->blank]);
  json_object_set_object_member (object, "written", written);
  json_object_set_object_member (object, "blank", blank);
  return object;
}

static JsonArray *
differences_to_json (SemioImport *import)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < semio_import_get_n_listed_differences (import); i++)
    {
      const SemioImportDifference difference = semio_import_get_difference (import, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "recording", difference.recording);
      json_object_set_string_member (object, "feature", difference.feature ? difference.feature : "event");
      if (difference.segment >= 0)
        json_object_set_int_member (object, "segment", difference.segment + 1);
      else
        json_object_set_string_member (object, "segment", "whole");
      json_object_set_string_member (object, "stands", difference.feature ? semio_answer_to_id (difference.stands) : "");
      json_object_set_string_member (object, "brought", difference.feature ? semio_answer_to_id (difference.brought) : "");
      json_object_set_string_member (object, "differs",
                                     difference.finding     ? difference.finding
                                     : !difference.feature  ? "event"
                                     : difference.only_text ? "explanation"
                                                            : "answer");
      json_array_add_object_element (array, object);
    }
  return array;
}

/* What the check or the commit came to, beside the preview. reason (nullable): why it was not imported. */
static void
add_outcome (JsonObject *object, SemioImport *import, const Options *options, const char *summary, const char *reason)
{
  json_object_set_boolean_member (object, "dry_run", options->dry_run);
  json_object_set_boolean_member (object, options->dry_run ? "would_import" : "imported", summary != NULL);
  json_object_set_string_member (object, "summary", summary ? summary : "");
  json_object_set_string_member (object, "reason", reason ? reason : "");
  json_object_set_int_member (object, "new_cells", semio_import_get_n_added (import));
  json_object_set_int_member (object, "same_cells", semio_import_get_n_same (import));
  json_object_set_int_member (object, "differing_cells", semio_import_get_n_differences (import));
  json_object_set_array_member (object, "differing", differences_to_json (import));
  json_object_set_int_member (object, "created_recordings", semio_import_get_n_created (import));
}

static JsonObject *
preview_to_json (SemioImport *import)
{
  JsonObject *object = json_object_new ();
  JsonObject *cells = json_object_new ();
  JsonArray *columns = json_array_new ();
  JsonArray *unknown = json_array_new ();

  for (guint i = 0; i < semio_import_get_n_columns (import); i++)
    {
      const SemioImportColumn *column = semio_import_get_column (import, i);

      json_array_add_object_element (columns, column_to_json (column));
      if (g_str_equal (column->role, "unknown"))
        json_array_add_string_element (unknown, column->name);
    }
  json_object_set_array_member (object, "unknown_columns", unknown);
  for (guint answer = 0; answer < SEMIO_N_ANSWERS; answer++)
    json_object_set_int_member (cells, semio_answer_to_id ((SemioAnswer) answer),
                                semio_import_get_count (import, (SemioAnswer) answer));
  json_object_set_string_member (object, "format", semio_import_form_to_id (semio_import_get_form (import)));
  json_object_set_array_member (object, "contents", semio_cli_json_strings (semio_import_get_contents (import)));
  json_object_set_int_member (object, "rows", semio_import_get_n_rows (import));
  json_object_set_boolean_member (object, "segments", semio_import_has_segments (import));
  json_object_set_int_member (object, "matched", semio_import_get_n_matched (import));
  json_object_set_array_member (object, "columns", columns);
  json_object_set_object_member (object, "cells", cells);
  json_object_set_array_member (object, "unmatched_names", semio_cli_json_strings (semio_import_get_unmatched_names (import)));
  json_object_set_array_member (object, "unmatched_recordings",
                                semio_cli_json_strings (semio_import_get_unmatched_recordings (import)));
  json_object_set_array_member (object, "remarks", semio_cli_json_strings (semio_import_get_remarks (import)));
  return object;
}

static void
print_list (SemioCli *cli, const char *heading, const char *const *lines)
{
  guint n = g_strv_length ((char **) lines);

  if (n == 0)
    return;
  semio_cli_print (cli, "%s", heading);
  for (guint i = 0; i < MIN (n, MAX_LINES); i++)
    semio_cli_print (cli, "  %s", lines[i]);
  if (n > MAX_LINES)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("and %u more; --json lists all", "and %u more; --json lists all", n - MAX_LINES), n - MAX_LINES);

      semio_cli_print (cli, "  %s", more);
    }
}

/* What blank cells are taken for, told where there are some, with the columns. */
static void
print_blanks (SemioCli *cli, SemioImport *import)
{
  for (guint blank = 0; blank < G_N_ELEMENTS (blank_ids); blank++)
    {
      g_autoptr (GString) names = g_string_new (NULL);
      guint n = 0;

      for (guint i = 0; i < semio_import_get_n_columns (import); i++)
        {
          const SemioImportColumn *column = semio_import_get_column (import, i);

          if (!g_str_equal (column->role, "feature") || column->n_blank == 0 || (guint) column->blank != blank)
            continue;
          n += column->n_blank;
          g_string_append_printf (names, "%s%s", names->len ? ", " : "", column->name);
        }
      if (n > 0)
        semio_cli_print (cli, ngettext ("%u blank cell is taken for %s (%s).", "%u blank cells are taken for %s (%s).", n), n,
                         blank_ids[blank], names->str);
    }
}

static void
print_answers (SemioCli *cli, SemioImport *import, const char *rows, const char *matched, guint n_features)
{
  g_autofree char *features = g_strdup_printf (ngettext ("%u feature column", "%u feature columns", n_features), n_features);

  semio_cli_print (cli, _ ("%s, %s, %s. Cells: %u yes, %u no, %u na, %u fail, %u missing."), rows, matched, features,
                   semio_import_get_count (import, SEMIO_ANSWER_YES), semio_import_get_count (import, SEMIO_ANSWER_NO),
                   semio_import_get_count (import, SEMIO_ANSWER_NA), semio_import_get_count (import, SEMIO_ANSWER_FAIL),
                   semio_import_get_count (import, SEMIO_ANSWER_MISSING));
}

static void
print_preview (SemioCli *cli, SemioImport *import, gboolean create)
{
  g_autoptr (GString) unknown = g_string_new (NULL);
  g_autofree char *rows = NULL;
  g_autofree char *matched = NULL;
  guint n_features = 0;

  for (guint i = 0; i < semio_import_get_n_columns (import); i++)
    {
      const SemioImportColumn *column = semio_import_get_column (import, i);

      n_features += g_str_equal (column->role, "feature");
      if (g_str_equal (column->role, "unknown"))
        g_string_append_printf (unknown, "%s%s", unknown->len ? ", " : "", column->name);
    }
  rows = g_strdup_printf (ngettext ("%u row", "%u rows", semio_import_get_n_rows (import)), semio_import_get_n_rows (import));
  matched = g_strdup_printf (ngettext ("%u name matched", "%u names matched", semio_import_get_n_matched (import)),
                             semio_import_get_n_matched (import));
  semio_cli_print (cli, _ ("Read as: %s."), semio_import_form_get_label (semio_import_get_form (import)));
  if (semio_import_get_form (import) >= SEMIO_IMPORT_FORM_SIDES)
    semio_cli_print (cli, _ ("%s, %s."), rows, matched);
  else
    print_answers (cli, import, rows, matched, n_features);
  print_list (cli, _ ("In the file:"), semio_import_get_contents (import));
  print_blanks (cli, import);
  if (unknown->len > 0)
    semio_cli_print (cli, _ ("Columns that are not known and were left alone: %s"), unknown->str);
  print_list (cli, create ? _ ("Names without a recording, each of which gets one:") : _ ("Names that match no recording:"),
              semio_import_get_unmatched_names (import));
  print_list (cli, _ ("Recordings that the file does not name:"), semio_import_get_unmatched_recordings (import));
  print_list (cli, _ ("Worth a look:"), semio_import_get_remarks (import));
}

/* The file's column of each feature that --blank-column names. */
static gboolean
apply_column_blanks (SemioImport *import, char **column_blanks, GError **error)
{
  for (char **one = column_blanks; one && *one; one++)
    {
      const char *equals = strchr (*one, '=');
      g_autofree char *wanted = g_ascii_strdown (*one, equals - *one);
      SemioBlank blank = SEMIO_BLANK_MISSING;
      gboolean found = FALSE;

      read_blank (equals + 1, &blank);
      for (guint i = 0; i < semio_import_get_n_columns (import) && !found; i++)
        {
          const SemioImportColumn *column = semio_import_get_column (import, i);
          g_autofree char *title = g_strstrip (g_ascii_strdown (column->name, -1));

          found = g_str_equal (column->role, "feature") && g_str_equal (title, wanted);
          if (found)
            semio_import_set_column_blank (import, i, blank);
        }
      if (!found)
        {
          g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                       _ ("--blank-column names “%s”, and the file has no column of a feature with that name. Nothing was "
                          "imported; check the name."),
                       wanted);
          return FALSE;
        }
    }
  return TRUE;
}

static void
apply_options (SemioImport *import, const Options *options, SemioBlank blank)
{
  if (options->name || options->person)
    semio_import_set_name (import, options->name ? options->name : options->person);
  semio_import_set_person (import, options->person);
  if (options->model)
    semio_import_set_model (import, options->model);
  if (options->enhancement)
    semio_import_set_enhancement (import, options->enhancement);
  semio_import_set_create (import, options->create);
  semio_import_set_blank (import, blank);
}

static SemioImport *
read_file (SemioCli *cli, SemioStudy *study, SemioImportKind kind, SemioImportForm form, const char *path, const Options *options,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFile) map = options->map ? g_file_new_for_commandline_arg (options->map) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  semio_import_read_form_async (study, kind, form, file, map, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  return semio_import_read_finish (result, error);
}

static int
run_import (SemioCli *cli, SemioStudy *study, SemioImportKind kind, SemioImportForm form, const char *path,
            const Options *options, SemioBlank blank)
{
  GError *error = NULL;
  g_autoptr (SemioImport) import = read_file (cli, study, kind, form, path, options, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *summary = NULL;
  JsonObject *object;

  if (!import)
    return semio_cli_fail (cli, error);
  apply_options (import, options, blank);
  if (!apply_column_blanks (import, options->column_blanks, &error))
    return semio_cli_fail (cli, error);
  print_preview (cli, import, options->create);
  object = preview_to_json (import);
  if (options->dry_run)
    semio_import_check_async (import, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  else
    semio_import_commit_async (import, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  summary =
      options->dry_run ? semio_import_check_finish (import, result, &error) : semio_import_commit_finish (import, result, &error);
  add_outcome (object, import, options, summary, error ? error->message : NULL);
  semio_cli_print_json (cli, object);
  if (!summary)
    return semio_cli_fail (cli, error);
  semio_cli_print (cli, "%s", summary);
  return SEMIO_CLI_DONE;
}

/* argv: the command, the study, the file. */
static int
import_file (SemioCli *cli, char **argv, SemioImportKind kind, const Options *options)
{
  SemioBlank blank = SEMIO_BLANK_MISSING;
  SemioImportForm form;
  SemioStudy *study;
  int status = check_options (cli, options, &form, &blank);

  if (status >= 0)
    return status;
  study = semio_cli_open (cli, argv[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  status = run_import (cli, study, kind, form, argv[2], options, blank);
  return semio_cli_close (cli, study, status);
}

int
semio_cli_import_reference (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { 0 };
  const GOptionEntry options[] = { { "set", 0, 0, G_OPTION_ARG_STRING, &given.name,
                                     N_ ("Name of the reference set; the file's name when not given"), N_ ("NAME") },
                                   FORM_OPTION (given),
                                   BLANK_OPTIONS (given),
                                   COMMON_OPTIONS (given),
                                   { NULL } };
  int status = semio_cli_parse (cli, "import reference STUDY FILE",
                                _ ("Imports reference labels with event times and types: all of the file or nothing."), options,
                                argv, 2, 2);

  if (status >= 0)
    return status;
  return import_file (cli, *argv, SEMIO_IMPORT_REFERENCE, &given);
}

int
semio_cli_import_annotations (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { 0 };
  const GOptionEntry options[] = { { "person", 0, 0, G_OPTION_ARG_STRING, &given.person,
                                     N_ ("Who annotated; made when the study has nobody of that name"), N_ ("NAME") },
                                   { "set", 0, 0, G_OPTION_ARG_STRING, &given.name,
                                     N_ ("Name of the reference set; the person's or the file's name when not given"),
                                     N_ ("NAME") },
                                   FORM_OPTION (given),
                                   BLANK_OPTIONS (given),
                                   COMMON_OPTIONS (given),
                                   { NULL } };
  int status = semio_cli_parse (cli, "import annotations STUDY FILE",
                                _ ("Imports an annotator's labels with times and words, or what goes with them: sides, onset "
                                   "times, order, reports, event types. All of the file or nothing."),
                                options, argv, 2, 2);

  if (status >= 0)
    return status;
  if (given.person && !*g_strstrip (given.person))
    return semio_cli_wrong_use (cli, "%s", _ ("--person needs a name."));
  return import_file (cli, *argv, SEMIO_IMPORT_REFERENCE, &given);
}

int
semio_cli_import_predictions (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { 0 };
  const GOptionEntry options[] = { { "run", 0, 0, G_OPTION_ARG_STRING, &given.name, N_ ("Name of the run"), N_ ("NAME") },
                                   { "model", 0, 0, G_OPTION_ARG_STRING, &given.model, N_ ("Model that answered"), N_ ("MODEL") },
                                   { "enhancement", 0, 0, G_OPTION_ARG_STRING, &given.enhancement,
                                     N_ ("What was done to picture or sound before"), N_ ("ENHANCEMENT") },
                                   FORM_OPTION (given),
                                   BLANK_OPTIONS (given),
                                   COMMON_OPTIONS (given),
                                   { NULL } };
  int status = semio_cli_parse (cli, "import predictions STUDY FILE --run NAME",
                                _ ("Imports a run's answers and explanations: all of the file or nothing."), options, argv, 2, 2);

  if (status >= 0)
    return status;
  if (!given.name || !*given.name)
    return semio_cli_wrong_use (cli, "%s", _ ("Name the run with --run."));
  return import_file (cli, *argv, SEMIO_IMPORT_PREDICTIONS, &given);
}

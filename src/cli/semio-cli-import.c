/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio import reference, semio import predictions */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-import.h"

typedef struct {
  char *name;
  char *blank;
  char *model;
  char *enhancement;
  char *map;
  gboolean create;
  gboolean dry_run;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->name);
  g_free (options->blank);
  g_free (options->model);
  g_free (options->enhancement);
  g_free (options->map);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_blank (const char *text, SemioBlank *blank)
{
  static const char *const ids[] = { "missing", "na", "no" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_strcmp0 (text, ids[i]) == 0)
      {
        *blank = (SemioBlank) i;
        return TRUE;
      }
  return text == NULL;
}

static JsonObject *
column_to_json (const SemioImportColumn *column)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", column->name);
  json_object_set_string_member (object, "role", column->role);
  if (g_str_equal (column->role, "feature"))
    {
      for (guint answer = 0; answer < SEMIO_N_ANSWERS; answer++)
        json_object_set_int_member (object, semio_answer_to_id ((SemioAnswer) answer), column->counts[answer]);
      json_object_set_int_member (object, "blank", column->n_blank);
    }
  return object;
}

static JsonObject *
preview_to_json (SemioImport *import)
{
  JsonObject *object = json_object_new ();
  JsonObject *cells = json_object_new ();
  JsonArray *columns = json_array_new ();

  for (guint i = 0; i < semio_import_get_n_columns (import); i++)
    json_array_add_object_element (columns, column_to_json (semio_import_get_column (import, i)));
  for (guint answer = 0; answer < SEMIO_N_ANSWERS; answer++)
    json_object_set_int_member (cells, semio_answer_to_id ((SemioAnswer) answer),
                                semio_import_get_count (import, (SemioAnswer) answer));
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
  for (guint i = 0; i < n; i++)
    semio_cli_print (cli, "  %s", lines[i]);
}

static void
print_preview (SemioCli *cli, SemioImport *import)
{
  g_autoptr (GString) unknown = g_string_new (NULL);
  guint n_features = 0;

  for (guint i = 0; i < semio_import_get_n_columns (import); i++)
    {
      const SemioImportColumn *column = semio_import_get_column (import, i);

      n_features += g_str_equal (column->role, "feature");
      if (g_str_equal (column->role, "unknown"))
        g_string_append_printf (unknown, "%s%s", unknown->len ? ", " : "", column->name);
    }
  semio_cli_print (cli, _ ("%u rows, %u names matched, %u feature columns: %u yes, %u no, %u na, %u fail, %u missing."),
                   semio_import_get_n_rows (import), semio_import_get_n_matched (import), n_features,
                   semio_import_get_count (import, SEMIO_ANSWER_YES), semio_import_get_count (import, SEMIO_ANSWER_NO),
                   semio_import_get_count (import, SEMIO_ANSWER_NA), semio_import_get_count (import, SEMIO_ANSWER_FAIL),
                   semio_import_get_count (import, SEMIO_ANSWER_MISSING));
  if (unknown->len > 0)
    semio_cli_print (cli, _ ("Columns that are not known and were left alone: %s"), unknown->str);
  print_list (cli, _ ("Names that match no recording:"), semio_import_get_unmatched_names (import));
  print_list (cli, _ ("Recordings that the file does not name:"), semio_import_get_unmatched_recordings (import));
  print_list (cli, _ ("Worth a look:"), semio_import_get_remarks (import));
}

static void
apply_options (SemioImport *import, const Options *options, SemioBlank blank)
{
  if (options->name)
    semio_import_set_name (import, options->name);
  if (options->model)
    semio_import_set_model (import, options->model);
  if (options->enhancement)
    semio_import_set_enhancement (import, options->enhancement);
  semio_import_set_create (import, options->create);
  semio_import_set_blank (import, blank);
}

static SemioImport *
read_file (SemioCli *cli, SemioStudy *study, SemioImportKind kind, const char *path, const Options *options, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFile) map = options->map ? g_file_new_for_commandline_arg (options->map) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  semio_import_read_async (study, kind, file, map, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  return semio_import_read_finish (result, error);
}

static int
run_import (SemioCli *cli, SemioStudy *study, SemioImportKind kind, const char *path, const Options *options, SemioBlank blank)
{
  GError *error = NULL;
  g_autoptr (SemioImport) import = read_file (cli, study, kind, path, options, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *summary = NULL;
  JsonObject *object;

  if (!import)
    return semio_cli_fail (cli, error);
  apply_options (import, options, blank);
  print_preview (cli, import);
  object = preview_to_json (import);
  if (options->dry_run)
    semio_import_check_async (import, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  else
    semio_import_commit_async (import, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  summary =
      options->dry_run ? semio_import_check_finish (import, result, &error) : semio_import_commit_finish (import, result, &error);
  if (!summary)
    {
      json_object_unref (object);
      return semio_cli_fail (cli, error);
    }
  semio_cli_print (cli, "%s", summary);
  json_object_set_boolean_member (object, "dry_run", options->dry_run);
  json_object_set_string_member (object, "summary", summary);
  semio_cli_print_json (cli, object);
  return SEMIO_CLI_DONE;
}

int
semio_cli_import_reference (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { 0 };
  SemioBlank blank = SEMIO_BLANK_MISSING;
  const GOptionEntry options[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING, &given.name, N_ ("Name of the reference set; the file's name when not given"),
      N_ ("NAME") },
    { "blank", 0, 0, G_OPTION_ARG_STRING, &given.blank, N_ ("What a blank cell means; missing when not given"), "missing|na|no" },
    { "create", 0, 0, G_OPTION_ARG_NONE, &given.create, N_ ("Create recordings that the study lacks, without videos"), NULL },
    { "name-map", 0, 0, G_OPTION_ARG_FILENAME, &given.map, N_ ("CSV with the columns “old” and “new”"), "CSV" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.dry_run, N_ ("Tell what would be done and change nothing"), NULL },
    { NULL }
  };
  int status = semio_cli_parse (cli, "import reference STUDY FILE",
                                _ ("Imports reference labels with event times and types: all of the file or nothing."), options,
                                argv, 2, 2);
  SemioStudy *study;

  if (status >= 0)
    return status;
  if (!read_blank (given.blank, &blank))
    return semio_cli_wrong_use (cli, _ ("--blank is “missing”, “na” or “no”, not “%s”."), given.blank);
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  status = run_import (cli, study, SEMIO_IMPORT_REFERENCE, (*argv)[2], &given, blank);
  return semio_cli_close (cli, study, status);
}

int
semio_cli_import_predictions (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { 0 };
  const GOptionEntry options[] = {
    { "run", 0, 0, G_OPTION_ARG_STRING, &given.name, N_ ("Name of the run"), N_ ("NAME") },
    { "model", 0, 0, G_OPTION_ARG_STRING, &given.model, N_ ("Model that answered"), N_ ("MODEL") },
    { "enhancement", 0, 0, G_OPTION_ARG_STRING, &given.enhancement, N_ ("What was done to picture or sound before"),
      N_ ("ENHANCEMENT") },
    { "create", 0, 0, G_OPTION_ARG_NONE, &given.create, N_ ("Create recordings that the study lacks, without videos"), NULL },
    { "name-map", 0, 0, G_OPTION_ARG_FILENAME, &given.map, N_ ("CSV with the columns “old” and “new”"), "CSV" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.dry_run, N_ ("Tell what would be done and change nothing"), NULL },
    { NULL }
  };
  int status = semio_cli_parse (cli, "import predictions STUDY FILE --run NAME",
                                _ ("Imports a run's answers and explanations: all of the file or nothing."), options, argv, 2, 2);
  SemioStudy *study;

  if (status >= 0)
    return status;
  if (!given.name || !*given.name)
    return semio_cli_wrong_use (cli, "%s", _ ("Name the run with --run."));
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  status = run_import (cli, study, SEMIO_IMPORT_PREDICTIONS, (*argv)[2], &given, SEMIO_BLANK_MISSING);
  return semio_cli_close (cli, study, status);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio add */
#include <glib/gi18n-lib.h>

#include "semio-add.h"
#include "semio-cli-commands.h"

/* The file as the person named it: the argument, or what lies below it. */
static char *
get_given_path (GFile *file, char **arguments)
{
  for (char **one = arguments; *one; one++)
    {
      g_autoptr (GFile) given = g_file_new_for_commandline_arg (*one);
      g_autofree char *below = g_file_get_relative_path (given, file);
      g_autofree char *path = NULL;

      if (g_file_equal (given, file))
        return g_filename_display_name (*one);
      if (!below)
        continue;
      path = g_build_filename (*one, below, NULL);
      return g_filename_display_name (path);
    }
  return g_strdup (g_file_peek_path (file));
}

static void
print_result (SemioCli *cli, const SemioAddResult *result, const char *name)
{
  const char *message = result->message ? result->message : "";

  switch (result->outcome)
    {
    case SEMIO_ADD_ADDED:
      semio_cli_print (cli, _ ("%s: added as %s. %s"), name, result->pseudonym, message);
      break;
    case SEMIO_ADD_JOINED:
      semio_cli_print (cli, _ ("%s: joined to %s. %s"), name, result->pseudonym, message);
      break;
    case SEMIO_ADD_KNOWN:
      semio_cli_print (cli, "%s: %s", name, message);
      break;
    case SEMIO_ADD_REFUSED:
    default:
      semio_cli_remark (cli, _ ("%s: refused. %s"), name, message);
    }
}

static JsonObject *
result_to_json (SemioStudy *study, const SemioAddResult *result, const char *name)
{
  SemioCase *row = result->recording_id ? semio_study_find_case (study, result->recording_id) : NULL;
  JsonObject *object = json_object_new ();
  char uuid[SEMIO_UUID_TEXT];

  json_object_set_string_member (object, "file", name);
  json_object_set_string_member (object, "outcome", semio_add_outcome_to_id (result->outcome));
  if (result->pseudonym)
    json_object_set_string_member (object, "pseudonym", result->pseudonym);
  else
    json_object_set_null_member (object, "pseudonym");
  if (row)
    {
      semio_uuid_format (&semio_case_get_recording (row)->uuid, uuid);
      json_object_set_string_member (object, "uuid", uuid);
    }
  else
    json_object_set_null_member (object, "uuid");
  json_object_set_string_member (object, "message", result->message ? result->message : "");
  return object;
}

/* All results; exit status 1 when a file was refused, none was found or the work was stopped. */
static int
report (SemioCli *cli, SemioStudy *study, GPtrArray *results, char **arguments)
{
  JsonObject *object = json_object_new ();
  JsonArray *files = json_array_new ();
  guint counts[4] = { 0 };
  gboolean stopped = g_cancellable_is_cancelled (semio_cli_get_cancellable (cli));

  for (guint i = 0; i < results->len; i++)
    {
      const SemioAddResult *result = results->pdata[i];
      g_autofree char *name = get_given_path (result->file, arguments);

      counts[result->outcome]++;
      print_result (cli, result, name);
      json_array_add_object_element (files, result_to_json (study, result, name));
    }
  if (stopped)
    semio_cli_remark (cli, "%s", _ ("Stopped. What was added before stays in the study."));
  else if (results->len == 0)
    semio_cli_remark (cli, "%s",
                      _ ("No video was found there. In folders only files that are named like videos are looked at. Name the "
                         "file itself when its name does not tell."));
  semio_cli_print (cli, _ ("%u added, %u joined, %u known, %u refused."), counts[SEMIO_ADD_ADDED], counts[SEMIO_ADD_JOINED],
                   counts[SEMIO_ADD_KNOWN], counts[SEMIO_ADD_REFUSED]);
  json_object_set_array_member (object, "files", files);
  json_object_set_boolean_member (object, "stopped", stopped);
  json_object_set_int_member (object, "added", counts[SEMIO_ADD_ADDED]);
  json_object_set_int_member (object, "joined", counts[SEMIO_ADD_JOINED]);
  json_object_set_int_member (object, "known", counts[SEMIO_ADD_KNOWN]);
  json_object_set_int_member (object, "refused", counts[SEMIO_ADD_REFUSED]);
  semio_cli_print_json (cli, object);
  return stopped || results->len == 0 || counts[SEMIO_ADD_REFUSED] > 0 ? SEMIO_CLI_FAILED : SEMIO_CLI_DONE;
}

int
semio_cli_add (SemioCli *cli, char ***argv)
{
  gboolean copy = FALSE;
  g_autofree char *pattern = NULL;
  const GOptionEntry options[] = {
    { "copy", 0, 0, G_OPTION_ARG_NONE, &copy, N_ ("Copy the videos into a folder beside the study"), NULL },
    { "patient", 0, 0, G_OPTION_ARG_STRING, &pattern,
      N_ ("Regular expression whose first group is the patient in a file's name; “^([^@]+)@” when not given"), N_ ("PATTERN") },
    { NULL }
  };
  int status = semio_cli_parse (cli, "add STUDY VIDEO…", _ ("Adds videos, or the videos in folders, as recordings."), options,
                                argv, 2, -1);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SemioAddOptions add_options;
  SemioStudy *study;
  GError *error = NULL;

  if (status >= 0)
    return status;
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 2; (*argv)[i]; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg ((*argv)[i]));
  add_options.copy = copy;
  add_options.patient_pattern = pattern;
  semio_add_async (study, files, &add_options, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  results = semio_add_finish (study, result, &error);
  status = results ? report (cli, study, results, *argv + 2) : semio_cli_fail (cli, error);
  return semio_cli_close (cli, study, status);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio verify, semio merge */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-verify.h"

static int
report (SemioCli *cli, const SemioVerifyReport *report)
{
  JsonObject *object = json_object_new ();
  g_autofree char *entries = NULL;
  g_autofree char *writers = NULL;

  entries = g_strdup_printf (ngettext ("%u entry", "%u entries", report->n_entries), report->n_entries);
  writers = g_strdup_printf (ngettext ("%u writer", "%u writers", report->n_writers), report->n_writers);
  semio_cli_print (cli, report->good ? _ ("Good: %s of %s.") : _ ("Not good: %s of %s."), entries, writers);
  for (guint i = 0; report->findings && report->findings[i]; i++)
    semio_cli_print (cli, "  %s", report->findings[i]);
  for (guint i = 0; report->remarks && report->remarks[i]; i++)
    semio_cli_print (cli, "  %s", report->remarks[i]);
  json_object_set_boolean_member (object, "good", report->good);
  json_object_set_int_member (object, "entries", report->n_entries);
  json_object_set_int_member (object, "writers", report->n_writers);
  json_object_set_int_member (object, "ratings", report->n_ratings);
  json_object_set_int_member (object, "ratings_differing", report->n_ratings_differing);
  json_object_set_int_member (object, "ratings_missing", report->n_ratings_missing);
  json_object_set_array_member (object, "findings", semio_cli_json_strings ((const char *const *) report->findings));
  json_object_set_array_member (object, "remarks", semio_cli_json_strings ((const char *const *) report->remarks));
  semio_cli_print_json (cli, object);
  return report->good ? SEMIO_CLI_DONE : SEMIO_CLI_FAILED;
}

int
semio_cli_verify (SemioCli *cli, char ***argv)
{
  int status = semio_cli_parse (cli, "verify STUDY",
                                _ ("Checks every entry: hashes, sequences, forks, and what the tables make of them. Exit status "
                                   "1 when something is not good."),
                                NULL, argv, 1, 1);
  g_autoptr (SemioVerifyReport) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SemioStudy *study;
  GError *error = NULL;

  if (status >= 0)
    return status;
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  semio_study_verify_async (study, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  found = semio_study_verify_finish (study, result, &error);
  status = found ? report (cli, found) : semio_cli_fail (cli, error);
  return semio_cli_close (cli, study, status);
}

int
semio_cli_merge (SemioCli *cli, char ***argv)
{
  int status = semio_cli_parse (cli, "merge STUDY OTHER…",
                                _ ("Takes in what copies of the study have. The copies are only read; merging twice changes "
                                   "nothing more."),
                                NULL, argv, 2, -1);
  JsonArray *merged = NULL;
  SemioStudy *study;

  if (status >= 0)
    return status;
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  status = SEMIO_CLI_DONE;
  merged = json_array_new ();
  for (guint i = 2; (*argv)[i] && status == SEMIO_CLI_DONE; i++)
    {
      g_autoptr (GFile) other = g_file_new_for_commandline_arg ((*argv)[i]);
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *summary = NULL;
      GError *error = NULL;

      semio_study_merge_async (study, other, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
      result = semio_cli_wait (cli);
      summary = semio_study_merge_finish (study, result, &error);
      if (summary)
        {
          JsonObject *object = json_object_new ();

          semio_cli_print (cli, "%s: %s", (*argv)[i], summary);
          json_object_set_string_member (object, "file", (*argv)[i]);
          json_object_set_string_member (object, "summary", summary);
          json_array_add_object_element (merged, object);
        }
      else
        status = semio_cli_fail (cli, error);
    }
  if (status == SEMIO_CLI_DONE)
    {
      JsonObject *object = json_object_new ();

      json_object_set_array_member (object, "merged", g_steal_pointer (&merged));
      semio_cli_print_json (cli, object);
    }
  g_clear_pointer (&merged, json_array_unref);
  return semio_cli_close (cli, study, status);
}

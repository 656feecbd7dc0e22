/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio demo */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-demo.h"

int
semio_cli_demo (SemioCli *cli, char ***argv)
{
  int status = semio_cli_parse (cli, "demo FOLDER",
                                _ ("Makes the demonstration study: nine drawn recordings with reference labels and sample "
                                   "answers, which are no model's."),
                                NULL, argv, 1, 1);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) study = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = NULL;
  JsonObject *object;
  GError *error = NULL;

  if (status >= 0)
    return status;
  folder = g_file_new_for_commandline_arg ((*argv)[1]);
  semio_demo_make_async (folder, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  study = semio_demo_make_finish (result, &error);
  if (!study)
    return semio_cli_fail (cli, error);
  path = g_file_get_path (study);
  semio_cli_print (cli, _ ("Made the demonstration study in %s."), path);
  object = json_object_new ();
  json_object_set_string_member (object, "file", path);
  json_object_set_string_member (object, "notice", SEMIO_DEMO_NOTICE);
  semio_cli_print_json (cli, object);
  return SEMIO_CLI_DONE;
}

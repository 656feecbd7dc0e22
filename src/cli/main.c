/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "semio-cli-commands.h"

int
main (int argc, char **argv)
{
  g_autoptr (SemioCli) cli = NULL;
  g_auto (GStrv) arguments = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (SEMIO_GETTEXT_PACKAGE, SEMIO_LOCALEDIR);
  bind_textdomain_codeset (SEMIO_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SEMIO_GETTEXT_PACKAGE);
  g_set_prgname ("semio");
  cli = semio_cli_new ();
  arguments = g_strdupv (argv);
  return semio_cli_run (cli, arguments);
}

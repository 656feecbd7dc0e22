/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sys/resource.h>

#include "semio-cli-commands.h"

/* Of nice(1). */
#define PRIORITY 10

/* A person who rates in the window of the same machine must not wait for an import or a verify. Nothing is lost when it is
 * refused, and an idle machine works as fast. */
static void
stand_back (void)
{
  if (getpriority (PRIO_PROCESS, 0) < PRIORITY)
    setpriority (PRIO_PROCESS, 0, PRIORITY);
}

int
main (int argc, char **argv)
{
  g_autoptr (SemioCli) cli = NULL;
  g_auto (GStrv) arguments = NULL;

  stand_back ();
  setlocale (LC_ALL, "");
  bindtextdomain (SEMIO_GETTEXT_PACKAGE, SEMIO_LOCALEDIR);
  bind_textdomain_codeset (SEMIO_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SEMIO_GETTEXT_PACKAGE);
  g_set_prgname ("semio");
  cli = semio_cli_new ();
  arguments = g_strdupv (argv);
  return semio_cli_run (cli, arguments);
}

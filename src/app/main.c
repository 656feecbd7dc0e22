/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "semio-application.h"
#include "semio-renderer.h"

int
main (int argc, char *argv[])
{
  g_autoptr (SemioApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (SEMIO_GETTEXT_PACKAGE, SEMIO_LOCALEDIR);
  bind_textdomain_codeset (SEMIO_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SEMIO_GETTEXT_PACKAGE);
  g_set_application_name ("Semioscope");
  semio_renderer_choose ();

  application = semio_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

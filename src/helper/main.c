/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sys/socket.h>
#include <unistd.h>

#include "semio-config.h"
#include "semio-element.h"
#include "semio-sandbox.h"
#include "semio-service.h"

/* The helper is started by the program with one end of a socket pair; by hand it has nothing to do. */
int
main (int argc, char **argv)
{
  gint64 number = argc == 2 ? g_ascii_strtoll (argv[1], NULL, 10) : -1;
  SemioService *service;
  int kind = 0;
  socklen_t length = sizeof kind;

  setlocale (LC_ALL, "");
  bindtextdomain (SEMIO_GETTEXT_PACKAGE, SEMIO_LOCALEDIR);
  bind_textdomain_codeset (SEMIO_GETTEXT_PACKAGE, "UTF-8");
  if (number < 3 || number > 1023 || getsockopt ((int) number, SOL_SOCKET, SO_TYPE, &kind, &length) != 0
      || kind != SOCK_SEQPACKET)
    {
      g_printerr ("%s\n", _ ("This is the part of Semioscope that reads videos. It is started by the program."));
      return 2;
    }
  fcntl ((int) number, F_SETFD, FD_CLOEXEC);
  semio_element_init ();
  semio_sandbox_enter ();
  service = semio_service_new ((int) number);
  semio_service_run (service);
  /* The program is gone or wants no more: there is nothing to save, and taking down decoders takes time. */
  _exit (0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>

#include "semio-test-clips.h"

/* Makes the test clips in a folder: semio-test-clips FOLDER. */
int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  gst_init (&argc, &argv);
  if (argc != 2)
    {
      g_printerr ("Usage: semio-test-clips FOLDER\n");
      return 2;
    }
  if (!semio_test_clips_make (argv[1], &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}

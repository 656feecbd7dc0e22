/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <string.h>

#include "semio-test-clips.h"

#define RATE 25

#define H264 "x264enc key-int-max=250 bframes=3 speed-preset=ultrafast"
/* Two numbers in each frame: that of the upper field, and the next in the lower. */
#define INTERLACE "interlace field-pattern=1:1 top-field-first=true ! "

/* One clip for a test of the window: H.264 with a key frame every ten seconds, in MP4; interlaced or in fragments of single
 * frames when its name says so. */
static gboolean
make_one (const char *folder, const char *name, int n_frames, GError **error)
{
  gboolean interlaced = strstr (name, "interlaced") != NULL;
  int n_fields = interlaced ? 2 : 1;
  SemioTestClip clip = { name, SEMIO_TEST_CLIP_SOUND, n_frames * n_fields, 0, FALSE };

  return semio_test_clips_make_one (
      folder, &clip, interlaced ? INTERLACE H264 " interlaced=true ! h264parse" : H264 " ! h264parse",
      strstr (name, "fragments") ? "mp4mux fragment-duration=1" : "mp4mux", RATE * n_fields, 1, error);
}

/* Makes the test clips in a folder, or one of so many frames: semio-test-clips FOLDER [NAME FRAMES]. */
int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  gst_init (&argc, &argv);
  if (argc != 2 && argc != 4)
    {
      g_printerr ("Usage: semio-test-clips FOLDER [NAME FRAMES]\n");
      return 2;
    }
  if (argc == 2 ? !semio_test_clips_make (argv[1], &error)
                : !make_one (argv[1], argv[2], (int) g_ascii_strtoll (argv[3], NULL, 10), &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the video that the benches play: 1080p at 30 frames a second, H.264 as x264 codes it when nothing else is asked for (preset
 * medium, three B-frames, three references) and sound, every frame carrying its number as a bar code. Key frames stand where they
 * were asked for and nowhere else.
 *
 *   make-clip FILE.mp4 SECONDS [KEY_EVERY]
 */
#include <gst/app/app.h>
#include <gst/gst.h>
#include <stdlib.h>
#include <string.h>

#include "semio-test-barcode.h"

#define WIDTH_PX 1920
#define HEIGHT_PX 1080
#define RATE 30
#define QUIET_FRAMES 90
#define MOVING_WIDTH_PX 640
#define MOVING_HEIGHT_PX 400

/* What a camera on a wall sees: a room that stands still, somebody in the middle who jerks to and fro three times a second for
 * three seconds of six and drifts, and noise of the sensor that is new in every frame. */
static GstBuffer *
draw_frame (int frame)
{
  static const int jerk_px[] = { 0, 12, 19, 19, 12, 0, -12, -19, -19, -12 };
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH_PX * HEIGHT_PX * 3 / 2, NULL);
  GstMapInfo map;
  guint32 noise = 0x9e3779b9u * (guint32) (frame + 1);
  int shift_px = (frame / QUIET_FRAMES % 2 ? jerk_px[frame % 10] : 0) + frame / 8;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  memset (map.data + WIDTH_PX * HEIGHT_PX, 128, WIDTH_PX * HEIGHT_PX / 2);
  for (int y = 0; y < HEIGHT_PX; y++)
    for (int x = 0; x < WIDTH_PX; x++)
      {
        gboolean moves = ABS (x - WIDTH_PX / 2) < MOVING_WIDTH_PX / 2 && ABS (y - HEIGHT_PX / 2) < MOVING_HEIGHT_PX / 2;
        int at = moves ? x + shift_px + WIDTH_PX : x;

        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        /* The sum of two is likelier in the middle, as noise is. */
        map.data[y * WIDTH_PX + x] = (guint8) (70 + (at / 16 * 37 + y / 16 * 91) % 90 + (noise & 7) + ((noise >> 8) & 7));
      }
  semio_test_barcode_draw (map.data, WIDTH_PX, HEIGHT_PX, WIDTH_PX, (guint16) frame);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (frame, GST_SECOND, RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / RATE;
  return buffer;
}

int
main (int argc, char **argv)
{
  int key_every = argc > 3 ? atoi (argv[3]) : 30;

  if (argc < 3 || argc > 4 || atoi (argv[2]) < 1 || key_every < 1)
    {
      g_printerr ("Usage: make-clip FILE.mp4 SECONDS [KEY_EVERY]\n");
      return 2;
    }
  gst_init (NULL, NULL);
  int n_frames = atoi (argv[2]) * RATE;
  g_autofree char *description = g_strdup_printf (
      "mp4mux name=mux ! filesink location=\"%s\" appsrc name=src format=time block=true max-bytes=20000000 "
      "caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! x264enc speed-preset=medium bframes=3 "
      "key-int-max=%d option-string=scenecut=0 bitrate=4000 ! h264parse ! queue max-size-time=0 max-size-bytes=0 "
      "max-size-buffers=0 ! mux. "
      "audiotestsrc wave=sine freq=440 volume=0.3 samplesperbuffer=480 num-buffers=%d ! audio/x-raw,rate=48000,channels=1 ! "
      "audioconvert ! avenc_aac ! aacparse ! queue max-size-time=0 max-size-bytes=0 max-size-buffers=0 ! mux.",
      argv[1], WIDTH_PX, HEIGHT_PX, RATE, key_every, atoi (argv[2]) * 100);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  if (pipeline == NULL)
    {
      g_printerr ("make-clip: %s\n", error->message);
      return 1;
    }
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  for (int i = 0; i < n_frames; i++)
    gst_app_src_push_buffer (GST_APP_SRC (source), draw_frame (i));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, 300 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the video that the benches play: 1080p at 30 frames a second, H.264 with B-frames and sound, every frame carrying
 * its number as a bar code.
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

/* Texture that moves and a camera's noise, so that decoding costs what it does. */
static GstBuffer *
draw_frame (int frame)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH_PX * HEIGHT_PX * 3 / 2, NULL);
  GstMapInfo map;
  guint32 noise = 1 + (guint32) frame;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  memset (map.data + WIDTH_PX * HEIGHT_PX, 128, WIDTH_PX * HEIGHT_PX / 2);
  for (int y = 0; y < HEIGHT_PX; y++)
    for (int x = 0; x < WIDTH_PX; x++)
      {
        noise = noise * 1664525u + 1013904223u;
        map.data[y * WIDTH_PX + x] = (guint8) (70 + ((x + 2 * frame) / 16 * 37 + y / 16 * 91) % 90 + (noise >> 28));
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
      "caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! x264enc speed-preset=veryfast bframes=2 b-adapt=false "
      "key-int-max=%d bitrate=4000 ! h264parse ! queue max-size-time=0 max-size-bytes=0 max-size-buffers=0 ! mux. "
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

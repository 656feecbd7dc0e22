/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-encoder.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "semio-demo-error.h"
#include "semio-demo-painter.h"
#include "semio-demo-sound.h"

#define SOUND_BLOCK 4800
#define FRAMES_AHEAD 6
#define FRAME_NS (GST_SECOND / SEMIO_DEMO_RATE_HZ)

typedef struct {
  GstElement *pipeline;
  GstAppSrc *picture;
  GstAppSrc *sound; /* (nullable) */
} Chain;

static void
chain_clear (Chain *chain)
{
  if (chain->pipeline)
    gst_element_set_state (chain->pipeline, GST_STATE_NULL);
  g_clear_object (&chain->picture);
  g_clear_object (&chain->sound);
  g_clear_object (&chain->pipeline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

/* The first of several encoders that this system has. */
static const char *
find_encoder (const char *const *names)
{
  for (guint i = 0; names[i]; i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (names[i]);

      if (factory)
        return names[i];
    }
  return NULL;
}

/* The text of the chain, without the file's name, which is set as a property. NULL when an encoder is missing. */
static char *
describe (const SemioChoreography *choreography, GError **error)
{
  static const char *const mp4_sound[] = { "avenc_aac", "voaacenc", "fdkaacenc", NULL };
  static const char *const mp4_picture[] = { "x264enc", NULL };
  static const char *const webm_sound[] = { "vorbisenc", "opusenc", NULL };
  static const char *const webm_picture[] = { "vp8enc", NULL };
  gboolean webm = g_str_has_suffix (choreography->file_name, ".webm");
  const char *picture = find_encoder (webm ? webm_picture : mp4_picture);
  const char *sound = find_encoder (webm ? webm_sound : mp4_sound);
  g_autofree char *track = NULL;

  if (!picture || !sound)
    {
      g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_ENCODING,
                   _ ("%s cannot be written because GStreamer has no encoder for its %s. Install the GStreamer plugin packages "
                      "“good”, “ugly” and “libav”."),
                   choreography->file_name, picture ? _ ("sound") : _ ("picture"));
      return NULL;
    }
  if (!choreography->silent)
    track = g_strdup_printf ("appsrc name=sound format=time max-bytes=0 ! audioconvert ! %s ! %s queue max-size-time=0 "
                             "max-size-bytes=0 max-size-buffers=0 ! mux. ",
                             sound, webm ? "" : "aacparse !");
  return g_strdup_printf (
      "appsrc name=picture format=time block=true ! videoconvert n-threads=1 ! video/x-raw,format=I420 ! %s ! "
      "queue max-size-time=0 max-size-bytes=0 max-size-buffers=0 ! mux. %s %s name=mux ! filesink name=file",
      webm ? "vp8enc deadline=1 cpu-used=10 threads=1 keyframe-max-dist=50 end-usage=vbr target-bitrate=1400000 "
             "min-quantizer=6 max-quantizer=40"
           : "x264enc speed-preset=veryfast trellis=false pass=qual quantizer=23 threads=1 sliced-threads=false "
             "key-int-max=50 bframes=0 ! video/x-h264,profile=main ! h264parse",
      track ? track : "", webm ? "webmmux" : "mp4mux");
}

static gboolean
chain_start (Chain *chain, const SemioChoreography *choreography, GFile *file, GError **error)
{
  g_autofree char *text = describe (choreography, error);
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstCaps) caps = NULL;

  if (!text)
    return FALSE;
  if (!path)
    {
      g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_ENCODING,
                   _ ("The folder has no local path. Choose a folder on this machine."));
      return FALSE;
    }
  chain->pipeline = gst_parse_launch (text, error);
  if (!chain->pipeline)
    return FALSE;
  sink = gst_bin_get_by_name (GST_BIN (chain->pipeline), "file");
  g_object_set (sink, "location", path, NULL);
  chain->picture = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (chain->pipeline), "picture"));
  caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGRx", "width", G_TYPE_INT, SEMIO_DEMO_WIDTH_PX, "height",
                              G_TYPE_INT, SEMIO_DEMO_HEIGHT_PX, "framerate", GST_TYPE_FRACTION, SEMIO_DEMO_RATE_HZ, 1,
                              "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (chain->picture, "caps", caps, "max-bytes", (guint64) FRAMES_AHEAD * SEMIO_DEMO_FRAME_BYTES, NULL);
  if (!choreography->silent)
    {
      g_autoptr (GstCaps) sound =
          gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout", G_TYPE_STRING, "interleaved", "rate",
                               G_TYPE_INT, SEMIO_DEMO_SOUND_RATE_HZ, "channels", G_TYPE_INT, 1, NULL);

      chain->sound = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (chain->pipeline), "sound"));
      g_object_set (chain->sound, "caps", sound, NULL);
    }
  if (gst_element_set_state (chain->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    {
      g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_ENCODING, _ ("“%s” could not be opened for writing."), path);
      return FALSE;
    }
  return TRUE;
}

static void
push_sound (Chain *chain, const SemioChoreography *choreography)
{
  gsize n_samples, bytes;
  gint16 *samples = semio_demo_sound_make (choreography, &n_samples);
  g_autoptr (GBytes) all = g_bytes_new_take (samples, n_samples * sizeof (gint16));

  bytes = g_bytes_get_size (all);
  for (gsize at = 0; at < bytes; at += SOUND_BLOCK * sizeof (gint16))
    {
      gsize size = MIN (SOUND_BLOCK * sizeof (gint16), bytes - at);
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (all, at, size);
      GstBuffer *buffer = gst_buffer_new_wrapped_bytes (part);

      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (at / sizeof (gint16), GST_SECOND, SEMIO_DEMO_SOUND_RATE_HZ);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (size / sizeof (gint16), GST_SECOND, SEMIO_DEMO_SOUND_RATE_HZ);
      if (gst_app_src_push_buffer (chain->sound, buffer) != GST_FLOW_OK)
        return;
    }
  gst_app_src_end_of_stream (chain->sound);
}

/* Stops early when the chain takes no more: its error stands on the bus. */
static gboolean
push_frames (Chain *chain, const SemioChoreography *choreography, SemioDemoFrameFunc told, gpointer user_data,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioDemoPainter) painter = semio_demo_painter_new (choreography);
  guint n_frames = semio_choreography_get_n_frames (choreography);

  for (guint i = 0; i < n_frames; i++)
    {
      GstBuffer *buffer;
      GstMapInfo map;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      buffer = gst_buffer_new_allocate (NULL, SEMIO_DEMO_FRAME_BYTES, NULL);
      if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
        {
          gst_buffer_unref (buffer);
          break;
        }
      semio_demo_painter_draw (painter, i, map.data);
      gst_buffer_unmap (buffer, &map);
      GST_BUFFER_PTS (buffer) = i * FRAME_NS;
      GST_BUFFER_DURATION (buffer) = FRAME_NS;
      if (gst_app_src_push_buffer (chain->picture, buffer) != GST_FLOW_OK)
        break;
      if (told)
        told (i + 1, user_data);
    }
  gst_app_src_end_of_stream (chain->picture);
  return TRUE;
}

static gboolean
wait_for_end (Chain *chain, const SemioChoreography *choreography, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (chain->pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, 120 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_autoptr (GError) failure = NULL;

  if (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;
  if (message)
    gst_message_parse_error (message, &failure, NULL);
  g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_ENCODING, _ ("%s could not be written: %s"), choreography->file_name,
               failure ? failure->message : _ ("the encoder did not come to an end."));
  return FALSE;
}

/**
 * semio_demo_encode:
 * @choreography: what is drawn
 * @file: where to
 * @told: (nullable) (scope call): told of each frame
 * @user_data: for @told
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Makes one video file.
 *
 * Returns: %FALSE with #SEMIO_DEMO_ERROR_ENCODING, or when cancelled
 */
gboolean
semio_demo_encode (const SemioChoreography *choreography, GFile *file, SemioDemoFrameFunc told, gpointer user_data,
                   GCancellable *cancellable, GError **error)
{
  g_auto (Chain) chain = { NULL, NULL, NULL };
  gboolean good;

  gst_init (NULL, NULL);
  good = chain_start (&chain, choreography, file, error);
  if (good)
    {
      if (chain.sound)
        push_sound (&chain, choreography);
      good =
          push_frames (&chain, choreography, told, user_data, cancellable, error) && wait_for_end (&chain, choreography, error);
    }
  if (!good)
    {
      if (chain.pipeline)
        gst_element_set_state (chain.pipeline, GST_STATE_NULL);
      g_file_delete (file, NULL, NULL);
    }
  return good;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-element.h"

#include <glib/gi18n-lib.h>

#include "semio-config.h"
#include "semio-media-error.h"

/* The elements that may be used and the plugin that each comes from. This list is the limit of what hostile bytes can
 * reach. */
static const struct {
  const char *factory;
  const char *plugin;
} elements[] = {
  { "filesrc", "coreelements" },
  { "fakesink", "coreelements" },
  { "fdsink", "coreelements" },
  { "multiqueue", "coreelements" },
  { "queue", "coreelements" },
  { "identity", "coreelements" },
  { "capsfilter", "coreelements" },
  { "appsink", "app" },
  { "appsrc", "app" },
  { "qtdemux", "isomp4" },
  { "qtmux", "isomp4" },
  { "matroskademux", "matroska" },
  { "tsdemux", "mpegtsdemux" },
  { "avidemux", "avi" },
  { "h264parse", "videoparsersbad" },
  { "h265parse", "videoparsersbad" },
  { "mpegvideoparse", "videoparsersbad" },
  { "mpeg4videoparse", "videoparsersbad" },
  { "aacparse", "audioparsers" },
  { "mpegaudioparse", "audioparsers" },
  { "ac3parse", "audioparsers" },
  { "avdec_h264", "libav" },
  { "avdec_h265", "libav" },
  { "avdec_mpeg2video", "libav" },
  { "avdec_mpeg4", "libav" },
  { "avdec_aac", "libav" },
  { "avdec_mp3", "libav" },
  { "avdec_ac3", "libav" },
  { "mpg123audiodec", "mpg123" },
  { "vp8dec", "vpx" },
  { "vp9dec", "vpx" },
  { "jpegdec", "jpeg" },
  /* Of graphics cards: only where semio-hardware.c asks for them. */
  { "vah264dec", "va" },
  { "vah265dec", "va" },
  { "vavp8dec", "va" },
  { "vavp9dec", "va" },
  { "v4l2slh264dec", "v4l2codecs" },
  { "v4l2slh265dec", "v4l2codecs" },
  { "v4l2slvp8dec", "v4l2codecs" },
  { "v4l2slvp9dec", "v4l2codecs" },
  { "nvh264dec", "nvcodec" },
  { "nvh265dec", "nvcodec" },
  { "nvvp8dec", "nvcodec" },
  { "nvvp9dec", "nvcodec" },
  { "jpegenc", "jpeg" },
  { "x264enc", "x264" },
  { "vorbisdec", "vorbis" },
  { "opusdec", "opus" },
  { "alawdec", "alaw" },
  { "mulawdec", "mulaw" },
  { "videoconvertscale", "videoconvertscale" },
  { "videoflip", "videofilter" },
  { "audioconvert", "audioconvert" },
  { "audioresample", "audioresample" },
  { "scaletempo", "audiofx" },
  { "volume", "volume" },
  { "pulsesink", "pulseaudio" },
  { "alsasink", "alsa" },
};

static const SemioCodec video_codecs[] = {
  { "h264", "video/x-h264", "h264parse", { "avdec_h264" } },
  { "h265", "video/x-h265", "h265parse", { "avdec_h265" } },
  { "vp8", "video/x-vp8", NULL, { "vp8dec" } },
  { "vp9", "video/x-vp9", NULL, { "vp9dec" } },
  { "mpeg2", "video/mpeg, mpegversion=(int){ 1, 2 }", "mpegvideoparse", { "avdec_mpeg2video" } },
  { "mpeg4", "video/mpeg, mpegversion=(int)4", "mpeg4videoparse", { "avdec_mpeg4" } },
  { "mpeg4", "video/x-divx, divxversion=(int)[ 4, 5 ]", NULL, { "avdec_mpeg4" } },
  { "mpeg4", "video/x-xvid", NULL, { "avdec_mpeg4" } },
  { "mjpeg", "image/jpeg", NULL, { "jpegdec" } },
};

static const SemioCodec sound_codecs[] = {
  { "aac", "audio/mpeg, mpegversion=(int){ 2, 4 }", "aacparse", { "avdec_aac" } },
  { "mp3", "audio/mpeg, mpegversion=(int)1", "mpegaudioparse", { "mpg123audiodec", "avdec_mp3" } },
  { "ac3", "audio/x-ac3", "ac3parse", { "avdec_ac3" } },
  { "opus", "audio/x-opus", NULL, { "opusdec" } },
  { "vorbis", "audio/x-vorbis", NULL, { "vorbisdec" } },
  { "alaw", "audio/x-alaw", NULL, { "alawdec" } },
  { "mulaw", "audio/x-mulaw", NULL, { "mulawdec" } },
  { "pcm", "audio/x-raw", NULL, { NULL } },
};

void
semio_element_init (void)
{
  g_setenv ("GST_REGISTRY_DISABLE", "yes", TRUE);
  gst_init (NULL, NULL);
}

/* Tries the folders that the environment names, as sandboxed installations do, then the one known at building. */
static gboolean
load_plugin (const char *plugin)
{
  const char *named = g_getenv ("GST_PLUGIN_SYSTEM_PATH_1_0");
  g_auto (GStrv) folders = NULL;
  g_autofree char *all = NULL;

  if (!named)
    named = g_getenv ("GST_PLUGIN_SYSTEM_PATH");
  all = g_strconcat (named ? named : "", ":", SEMIO_GST_PLUGIN_DIR, NULL);
  folders = g_strsplit (all, ":", -1);
  for (char **folder = folders; *folder; folder++)
    {
      g_autofree char *name = g_strconcat ("libgst", plugin, ".so", NULL);
      g_autofree char *path = g_build_filename (*folder, name, NULL);
      g_autoptr (GstPlugin) loaded = NULL;

      if (**folder && g_file_test (path, G_FILE_TEST_EXISTS))
        loaded = gst_plugin_load_file (path, NULL);
      if (loaded)
        return TRUE;
    }
  return FALSE;
}

static const char *
find_plugin (const char *factory)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i].factory, factory))
      return elements[i].plugin;
  return NULL;
}

GstElement *
semio_element_new (const char *factory, GError **error)
{
  const char *plugin = find_plugin (factory);
  g_autoptr (GstElementFactory) found = NULL;
  GstElement *element = NULL;

  if (plugin)
    {
      found = gst_element_factory_find (factory);
      if (!found && load_plugin (plugin))
        found = gst_element_factory_find (factory);
    }
  if (found)
    element = gst_element_factory_create (found, NULL);
  if (!element)
    g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                 _ ("The part of GStreamer called “%s” is not installed. Install it and try again."), factory);
  return element;
}

GstElement *
semio_element_add (GstBin *bin, const char *factory, GError **error)
{
  GstElement *element = semio_element_new (factory, error);

  if (element)
    gst_bin_add (bin, element);
  return element;
}

GstElement *
semio_element_new_source (int fd, GError **error)
{
  GstElement *source = semio_element_new ("filesrc", error);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  if (source)
    g_object_set (source, "location", path, NULL);
  return source;
}

GstElement *
semio_element_new_demuxer (SemioContainer container, GError **error)
{
  static const char *const factories[] = { "qtdemux", "qtdemux", "matroskademux", "matroskademux", "tsdemux", "avidemux" };

  return semio_element_new (factories[container], error);
}

static const SemioCodec *
find_codec (const SemioCodec *codecs, gsize n_codecs, GstCaps *caps)
{
  for (gsize i = 0; i < n_codecs; i++)
    {
      g_autoptr (GstCaps) known = gst_caps_from_string (codecs[i].caps);

      if (gst_caps_can_intersect (known, caps))
        return &codecs[i];
    }
  return NULL;
}

const SemioCodec *
semio_codec_find_video (GstCaps *caps)
{
  return find_codec (video_codecs, G_N_ELEMENTS (video_codecs), caps);
}

const SemioCodec *
semio_codec_find_sound (GstCaps *caps)
{
  return find_codec (sound_codecs, G_N_ELEMENTS (sound_codecs), caps);
}

GstElement *
semio_codec_new_decoder (const SemioCodec *codec, GError **error)
{
  GstElement *decoder = NULL;

  if (!codec->decoders[0])
    return semio_element_new ("identity", error);
  for (gsize i = 0; i < G_N_ELEMENTS (codec->decoders) && codec->decoders[i] && !decoder; i++)
    {
      g_clear_error (error);
      decoder = semio_element_new (codec->decoders[i], error);
    }
  return decoder;
}

/* Leaving out packets that no frame needs, marking pictures on the way to a frame, and beginning at the key frame of an open
 * group save time with the decoders behind GStreamer 1.22 and give the same pictures. Those behind 1.26 (libavcodec 61.19)
 * gave wrong ones under the right times, of H.264 for the marks, of H.265 for the packets and with several threads, of both at the
 * key frame. */
gboolean
semio_element_is_careful (void)
{
  guint major, minor, micro, nano;

  gst_version (&major, &minor, &micro, &nano);
  return major > 1 || minor >= 24;
}

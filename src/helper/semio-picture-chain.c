/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-chain.h"

#include <glib/gi18n-lib.h>
#include <gst/base/gstbasetransform.h>
#include <gst/video/video.h>

#include "semio-deinterlacer.h"
#include "semio-element.h"
#include "semio-frame-stamp.h"
#include "semio-hardware.h"
#include "semio-media-error.h"

/* More threads make a decoder no faster for what is watched. */
#define MAX_DECODER_THREADS 4
/* Of what is played, so that the way to a picture that is sought alone waits for no thread: what each of them holds comes out with
 * the decoder's end. Anywhere else each holds back a frame more. */
#define EXTRA_PLAYING_THREADS 2

/* The picture that is waited for is scaled and converted while no other is decoded. */
#define MAX_CONVERTER_THREADS 2

/* Pictures made ahead while playing or paused: a step forward then waits for no decoder. */
#define AHEAD_FRAMES 3

struct _SemioPictureChain {
  GstBin *bin;
  SemioFrameStamp *stamp;
  SemioDeinterlacer *deinterlacer;
  GstElement *flip;
  GstElement *scale;
  GstElement *filter;
  GstElement *convert; /* NULL for pictures that are held */
  GstElement *queue;
  GstElement *sink;
  SemioPictureUse use;
  gboolean by_decoder;
  int linked;
  const char *decoder; /* (nullable) */
  const SemioCodec *codec; /* told by linked */

  GMutex mutex; /* for what follows */
  int view_width_px, view_height_px;
  int source_width_px, source_height_px; /* with square pixels; 0 not known yet */
};

/* The largest size with the picture's shape inside the view. */
static void
fit (SemioPictureChain *self, int *width_px, int *height_px)
{
  double scale = G_MAXDOUBLE;

  if (self->view_width_px > 0)
    scale = (double) self->view_width_px / self->source_width_px;
  if (self->view_height_px > 0)
    scale = MIN (scale, (double) self->view_height_px / self->source_height_px);
  if (scale == G_MAXDOUBLE || (scale > 1.0 && self->use == SEMIO_PICTURE_SINGLE))
    scale = 1.0;
  *width_px = MAX (1, (int) (self->source_width_px * scale + 0.5));
  *height_px = MAX (1, (int) (self->source_height_px * scale + 0.5));
}

/* With the mutex held. */
static void
update_filter (SemioPictureChain *self)
{
  g_autoptr (GstCaps) caps = NULL;
  int width_px, height_px;

  if (self->source_width_px < 1 || self->source_height_px < 1)
    return;
  fit (self, &width_px, &height_px);
  caps = gst_caps_new_simple ("video/x-raw", "width", G_TYPE_INT, width_px, "height", G_TYPE_INT, height_px, "pixel-aspect-ratio",
                              GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (self->filter, "caps", caps, NULL);
}

/* The size of the decoded and turned picture decides the size that is scaled to. */
static GstPadProbeReturn
caps_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioPictureChain *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstVideoInfo video;
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  if (!gst_video_info_from_caps (&video, caps))
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&self->mutex);
  self->source_width_px = (int) gst_util_uint64_scale_round (video.width, MAX (video.par_n, 1), MAX (video.par_d, 1));
  self->source_height_px = video.height;
  update_filter (self);
  g_mutex_unlock (&self->mutex);
  return GST_PAD_PROBE_OK;
}

SemioPictureChain *
semio_picture_chain_new (GstBin *bin, SemioFrameIndex *index, SemioPictureUse use, GError **error)
{
  g_autoptr (SemioPictureChain) self = g_new0 (SemioPictureChain, 1);
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw, format=BGRA");
  int n_threads = (int) MIN (g_get_num_processors (), MAX_CONVERTER_THREADS);
  GstElement *last;
  g_autoptr (GstPad) flip_pad = NULL;
  g_autoptr (GstPad) pad = NULL;

  g_mutex_init (&self->mutex);
  self->bin = bin;
  self->use = use;
  self->stamp = semio_frame_stamp_new (index);
  self->by_decoder = (semio_frame_index_get_flags (index) & SEMIO_FRAME_INDEX_NO_TIME_STAMPS) != 0;
  self->flip = semio_element_add (bin, "videoflip", error);
  self->scale = self->flip ? semio_element_add (bin, "videoconvertscale", error) : NULL;
  self->filter = self->scale ? semio_element_add (bin, "capsfilter", error) : NULL;
  last = self->filter;
  /* Scaled as decoded, then converted: what is held in the first form becomes the same picture later. */
  if (last && use != SEMIO_PICTURE_HELD)
    {
      self->convert = semio_element_add (bin, "videoconvertscale", error);
      last = self->convert ? semio_element_add (bin, "capsfilter", error) : NULL;
    }
  if (last && self->convert)
    g_object_set (last, "caps", caps, NULL);
  self->queue = last ? semio_element_add (bin, "queue", error) : NULL;
  self->sink = self->queue ? semio_element_add (bin, "appsink", error) : NULL;
  if (!self->sink)
    return NULL;
  gst_util_set_object_arg (G_OBJECT (self->flip), "video-direction", "auto");
  /* Until the file says that it is turned; the element itself would copy every picture that it does not turn. */
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self->flip), TRUE);
  gst_util_set_object_arg (G_OBJECT (self->scale), "method", "bilinear");
  g_object_set (self->scale, "add-borders", FALSE, "n-threads", n_threads, NULL);
  g_object_set (self->queue, "max-size-buffers", use == SEMIO_PICTURE_PLAYING ? AHEAD_FRAMES : 1, "max-size-bytes", 0,
                "max-size-time", (guint64) 0, NULL);
  gst_element_link_many (self->flip, self->scale, self->filter, NULL);
  if (self->convert)
    {
      g_object_set (self->convert, "n-threads", n_threads, NULL);
      gst_element_link_many (self->filter, self->convert, last, NULL);
    }
  gst_element_link_many (last, self->queue, self->sink, NULL);
  flip_pad = gst_element_get_static_pad (self->flip, "sink");
  self->deinterlacer = semio_deinterlacer_new (flip_pad);
  pad = gst_element_get_static_pad (self->scale, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, caps_cb, self, NULL);
  return g_steal_pointer (&self);
}

/* The pipeline must have been stopped. */
void
semio_picture_chain_free (SemioPictureChain *self)
{
  g_clear_pointer (&self->stamp, semio_frame_stamp_free);
  g_clear_pointer (&self->deinterlacer, semio_deinterlacer_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

GstElement *
semio_picture_chain_get_sink (SemioPictureChain *self)
{
  return self->sink;
}

static void
set_if_present (GstElement *element, const char *property, int value)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), property))
    g_object_set (element, property, value, NULL);
}

static gboolean
link_to (GstElement *from, GstElement *to, GstPad *pad, GError **error)
{
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (to, "sink");

  if (from ? gst_element_link (from, to) : gst_pad_link (pad, sink_pad) == GST_PAD_LINK_OK)
    return TRUE;
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                       _ ("The picture track cannot be decoded. Copy the file again, or convert it to H.264."));
  return FALSE;
}

gboolean
semio_picture_chain_link (SemioPictureChain *self, GstPad *pad, GstCaps *caps, GError **error)
{
  const SemioCodec *codec = semio_codec_find_video (caps);
  GstElement *parser = NULL, *decoder;
  int n_threads = (int) MIN (g_get_num_processors (), MAX_DECODER_THREADS);

  if (!codec)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                   _ ("The video is coded in a way that is not read (%s). Convert it to H.264 first."),
                   gst_structure_get_name (gst_caps_get_structure (caps, 0)));
      return FALSE;
    }
  if (self->use == SEMIO_PICTURE_PLAYING)
    n_threads += EXTRA_PLAYING_THREADS;
  decoder = self->decoder ? semio_hardware_new_decoder (self->decoder, codec) : NULL;
  if (!decoder)
    decoder = semio_codec_new_decoder (codec, error);
  if (!decoder)
    return FALSE;
  if (semio_element_is_careful () && g_str_equal (codec->name, "h265"))
    n_threads = 1;
  set_if_present (decoder, "max-threads", n_threads);
  set_if_present (decoder, "threads", n_threads);
  /* Where frames are told by counting, none may be left out. */
  if (self->by_decoder)
    set_if_present (decoder, "qos", FALSE);
  gst_bin_add (self->bin, decoder);
  semio_frame_stamp_attach (self->stamp, decoder);
  if (codec->parser)
    {
      parser = semio_element_add (self->bin, codec->parser, error);
      if (!parser || !link_to (parser, decoder, NULL, error))
        return FALSE;
    }
  if (!link_to (decoder, self->flip, NULL, error))
    return FALSE;
  gst_element_sync_state_with_parent (decoder);
  if (parser)
    gst_element_sync_state_with_parent (parser);
  if (!link_to (NULL, parser ? parser : decoder, pad, error))
    return FALSE;
  self->codec = codec;
  g_atomic_int_set (&self->linked, TRUE);
  return TRUE;
}

void
semio_picture_chain_set_decoder (SemioPictureChain *self, const char *factory)
{
  self->decoder = factory;
}

const SemioCodec *
semio_picture_chain_get_codec (SemioPictureChain *self)
{
  return g_atomic_int_get (&self->linked) ? self->codec : NULL;
}

gboolean
semio_picture_chain_is_linked (SemioPictureChain *self)
{
  return g_atomic_int_get (&self->linked);
}

gboolean
semio_picture_chain_set_view (SemioPictureChain *self, int width_px, int height_px)
{
  gboolean changed;

  g_mutex_lock (&self->mutex);
  changed = self->view_width_px != width_px || self->view_height_px != height_px;
  self->view_width_px = width_px;
  self->view_height_px = height_px;
  if (changed)
    update_filter (self);
  g_mutex_unlock (&self->mutex);
  return changed;
}

gboolean
semio_picture_chain_set_deinterlaced (SemioPictureChain *self, gboolean deinterlaced)
{
  return semio_deinterlacer_set_active (self->deinterlacer, deinterlaced);
}

gboolean
semio_picture_chain_saw_interlaced (SemioPictureChain *self)
{
  return semio_deinterlacer_saw_interlaced (self->deinterlacer);
}

void
semio_picture_chain_set_hurried (SemioPictureChain *self, gboolean hurried)
{
  semio_frame_stamp_set_hurried (self->stamp, hurried);
}

void
semio_picture_chain_set_lands (SemioPictureChain *self, gboolean lands)
{
  semio_frame_stamp_set_lands (self->stamp, lands);
}

void
semio_picture_chain_set_ahead (SemioPictureChain *self, int n_frames)
{
  g_object_set (self->queue, "max-size-buffers", n_frames > 0 ? n_frames : AHEAD_FRAMES, NULL);
}

gint64
semio_picture_chain_read (SemioPictureChain *self, GstSample *sample)
{
  return semio_frame_stamp_read (self->stamp, sample);
}

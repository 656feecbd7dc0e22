/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-proxy-maker.h"

#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "semio-copy-sound.h"
#include "semio-copy-writer.h"
#include "semio-element.h"
#include "semio-media-error.h"

/* Constant quality at which a monitor shows no difference, and a preset that keeps up with two cores. */
#define QUALITY 20
#define MAX_KBITS_A_SECOND 200000

typedef struct {
  SemioIndexerProgress progress;
  gpointer progress_data;
  double done;
} SemioProxyMaker;

static gboolean
alive_cb (gpointer user_data)
{
  SemioProxyMaker *self = user_data;

  return self->progress (self->done, self->progress_data);
}

/* The encoder takes half as many colours a line, so odd sizes keep all of them. */
static GstElement *
add_filter (GstBin *bin, const GstVideoInfo *video, GError **error)
{
  GstElement *filter = semio_element_add (bin, "capsfilter", error);
  gboolean is_odd = video->width % 2 != 0 || video->height % 2 != 0;
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, is_odd ? "Y444" : "I420", NULL);

  if (filter)
    g_object_set (filter, "caps", caps, NULL);
  return filter;
}

/* From pictures to the file. */
static GstElement *
build (SemioCopyWriter *writer, GstCaps *caps, const GstVideoInfo *video, GError **error)
{
  GstBin *bin = semio_copy_writer_get_bin (writer);
  GstElement *source = semio_copy_writer_add_source (writer, caps, error);
  GstElement *convert = source ? semio_element_add (bin, "videoconvertscale", error) : NULL;
  GstElement *filter = convert ? add_filter (bin, video, error) : NULL;
  GstElement *encoder = filter ? semio_element_add (bin, "x264enc", error) : NULL;

  if (!encoder)
    return NULL;
  gst_util_set_object_arg (G_OBJECT (encoder), "speed-preset", "veryfast");
  gst_util_set_object_arg (G_OBJECT (encoder), "pass", "qual");
  /* The encoder would hold to a rate besides the quality. */
  g_object_set (encoder, "vbv-buf-capacity", 0, "bitrate", MAX_KBITS_A_SECOND, "quantizer", QUALITY, "bframes", 0, "key-int-max",
                SEMIO_PROXY_KEY_EVERY, "rc-lookahead", 0, "option-string", "scenecut=0", NULL);
  if (gst_element_link_many (source, convert, filter, encoder, NULL) && semio_copy_writer_link (writer, encoder, TRUE, error))
    return source;
  if (error && !*error)
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                         _ ("The picture of this video cannot be put into a copy."));
  return NULL;
}

static gboolean
refuse_interlaced (GError **error)
{
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                       _ ("The video is interlaced: a copy would lose its half pictures. It is shown from the original."));
  return FALSE;
}

static gboolean
push_frame (SemioCopyWriter *writer, GstElement *source, SemioFrameIndex *index, gint64 frame, GstSample *sample, GError **error)
{
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
  SemioSpan span = semio_frame_index_get_span (index, frame);

  GST_BUFFER_PTS (buffer) = (GstClockTime) (SEMIO_COPY_SHIFT_NS + semio_frame_index_get_zero_ns (index) + span.begin_ns);
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_DURATION (buffer) = (GstClockTime) semio_span_get_length (span);
  return semio_copy_writer_push (writer, source, buffer, error);
}

/* What a picture says of itself goes along, but not the rate: every frame keeps its own time. */
static GstCaps *
make_caps (GstSample *sample, GstVideoInfo *video)
{
  GstCaps *caps = gst_caps_copy (gst_sample_get_caps (sample));

  if (!gst_video_info_from_caps (video, caps))
    {
      gst_caps_unref (caps);
      return NULL;
    }
  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, 0, 1, "interlace-mode", G_TYPE_STRING, "progressive", NULL);
  return caps;
}

static gboolean
encode_all (SemioProxyMaker *self, SemioFrameSource *frames, SemioFrameIndex *index, SemioCopyWriter *writer, GstElement *source,
            GError **error)
{
  gint64 n_frames = semio_frame_index_get_n_frames (index);

  for (gint64 frame = 0; frame < n_frames; frame++)
    {
      g_autoptr (GstSample) sample = semio_frame_source_get (frames, frame, 0, 0, error);

      if (!sample)
        return FALSE;
      if (semio_frame_source_saw_interlaced (frames))
        return refuse_interlaced (error);
      if (!push_frame (writer, source, index, frame, sample, error))
        return FALSE;
      self->done = (double) (frame + 1) / (double) n_frames;
    }
  semio_copy_writer_end (writer, source);
  return semio_copy_writer_finish (writer, error);
}

gboolean
semio_proxy_maker_run (int fd, SemioFrameIndex *index, int out_fd, SemioIndexerProgress progress, gpointer progress_data,
                       GError **error)
{
  SemioProxyMaker self = { progress, progress_data, 0.0 };
  g_autoptr (SemioFrameSource) frames = semio_frame_source_new_for (fd, index, SEMIO_PICTURE_HELD, alive_cb, &self, error);
  g_autoptr (GstSample) first = frames ? semio_frame_source_get (frames, 0, 0, 0, error) : NULL;
  g_autoptr (SemioCopySound) sound = NULL;
  g_autoptr (SemioCopyWriter) writer = NULL;
  g_autoptr (GstCaps) caps = NULL;
  GstElement *source;
  GstVideoInfo video;

  if (!first)
    return FALSE;
  if (semio_frame_source_saw_interlaced (frames))
    return refuse_interlaced (error);
  caps = make_caps (first, &video);
  writer = semio_copy_writer_new (out_fd, semio_frame_index_get_duration_ns (index), alive_cb, &self, error);
  source = writer && caps ? build (writer, caps, &video, error) : NULL;
  if (!source)
    return FALSE;
  sound = semio_copy_sound_new (writer, fd, alive_cb, &self, error);
  return sound && semio_copy_writer_start (writer, error) && encode_all (&self, frames, index, writer, source, error);
}

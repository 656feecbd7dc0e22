/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-frame-source.h"

#include <glib/gi18n-lib.h>
#include <gst/app/app.h>

#include "semio-element.h"
#include "semio-media-error.h"
#include "semio-packet-table.h"

#define POLL_NS (200 * GST_MSECOND)
/* This long without a picture is a file that no more comes out of. */
#define STALL_US (8 * G_USEC_PER_SEC)
/* A wanted frame this close behind the last one is reached by decoding on. */
#define NEAR_FRAMES 8
/* Pictures whose frame cannot be told before giving up. */
#define MAX_UNKNOWN 32
#define MAX_ATTEMPTS 5
/* The one that begins a key frame before the frame's own. */
#define EARLIER_ATTEMPT 2
/* When what comes out is marked as not whole: the last is the one at an earlier key frame. */
#define MAX_ATTEMPTS_DAMAGED 3

struct _SemioFrameSource {
  SemioFrameIndex *index;
  SemioPictureUse use;
  SemioAliveFunc alive;
  gpointer alive_data;
  int fd;
  SemioSniff sniff;
  SemioPacketTable *table; /* of a file in fragments */
  GstElement *pipeline;
  SemioPictureChain *chain;
  gboolean deinterlaced;
  const char *decoder; /* (nullable): of hardware */
  guint n_seeks;
  gint64 last_frame; /* that came out, -1 unknown */
};

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  SemioFrameSource *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GError) error = NULL;

  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps) || semio_picture_chain_is_linked (self->chain)
      || !semio_codec_find_video (caps))
    return;
  if (self->table)
    semio_packet_table_attach (self->table, pad);
  if (!semio_picture_chain_link (self->chain, pad, caps, &error))
    gst_element_message_full (self->pipeline, GST_MESSAGE_ERROR, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND,
                              g_strdup (error->message), NULL, __FILE__, G_STRFUNC, __LINE__);
}

/* What the pipeline complains of, as an error that says what it means for a person. */
static gboolean
check_bus (SemioFrameSource *self, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) reason = NULL;

  if (!message)
    return TRUE;
  gst_message_parse_error (message, &reason, NULL);
  if (g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED, reason->message);
  else
    g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                 _ ("The picture cannot be decoded (%s). Copy the file again, or convert it to H.264."), reason->message);
  return FALSE;
}

static gboolean
check_alive (SemioFrameSource *self, GError **error)
{
  if (self->alive (self->alive_data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
  return FALSE;
}

static gboolean
wait_for_start (SemioFrameSource *self, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();

  if (gst_element_set_state (self->pipeline, GST_STATE_PAUSED) == GST_STATE_CHANGE_FAILURE)
    return check_bus (self, error);
  while (g_get_monotonic_time () - start_us < STALL_US)
    {
      GstStateChangeReturn state = gst_element_get_state (self->pipeline, NULL, NULL, POLL_NS);

      if (!check_bus (self, error) || !check_alive (self, error))
        return FALSE;
      if (state == GST_STATE_CHANGE_SUCCESS)
        {
          gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
          return TRUE;
        }
    }
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                       _ ("No picture comes out of the file. It is damaged; copy or export it again."));
  return FALSE;
}

static void
close_pipeline (SemioFrameSource *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_pointer (&self->chain, semio_picture_chain_free);
  g_clear_object (&self->pipeline);
  self->last_frame = -1;
}

/* Opens the file, or opens it again, so that it stands at its beginning. */
static gboolean
open_pipeline (SemioFrameSource *self, GError **error)
{
  GstElement *source, *demuxer;

  close_pipeline (self);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->chain = semio_picture_chain_new (GST_BIN (self->pipeline), self->index, self->use, error);
  if (self->chain)
    {
      semio_picture_chain_set_deinterlaced (self->chain, self->deinterlaced);
      semio_picture_chain_set_decoder (self->chain, self->decoder);
    }
  source = self->chain ? semio_element_new_source (self->fd, error) : NULL;
  if (!source)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), source);
  demuxer = semio_element_new_demuxer (self->sniff.container, error);
  if (!demuxer)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), demuxer);
  gst_element_link (source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_object_set (semio_picture_chain_get_sink (self->chain), "sync", FALSE, "max-buffers", 1, NULL);
  return wait_for_start (self, error);
}

static SemioFrameSource *
source_new (int fd, SemioFrameIndex *index, SemioPictureUse use, const char *decoder, SemioAliveFunc alive, gpointer alive_data,
            GError **error)
{
  g_autoptr (SemioFrameSource) self = NULL;
  SemioSniff sniff;

  if (!semio_sniff_file (fd, &sniff, error))
    return NULL;
  self = g_new0 (SemioFrameSource, 1);
  self->fd = fd;
  self->sniff = sniff;
  self->use = use;
  self->decoder = decoder;
  self->index = semio_frame_index_ref (index);
  self->alive = alive;
  self->alive_data = alive_data;
  self->last_frame = -1;
  if (sniff.fragmented)
    {
      self->table = semio_packet_table_new (fd, alive, alive_data, error);
      if (!self->table)
        return NULL;
    }
  return open_pipeline (self, error) ? g_steal_pointer (&self) : NULL;
}

SemioFrameSource *
semio_frame_source_new (int fd, SemioFrameIndex *index, SemioAliveFunc alive, gpointer alive_data, GError **error)
{
  return source_new (fd, index, SEMIO_PICTURE_SINGLE, NULL, alive, alive_data, error);
}

SemioFrameSource *
semio_frame_source_new_for (int fd, SemioFrameIndex *index, SemioPictureUse use, SemioAliveFunc alive, gpointer alive_data,
                            GError **error)
{
  return source_new (fd, index, use, NULL, alive, alive_data, error);
}

SemioFrameSource *
semio_frame_source_new_with_decoder (int fd, SemioFrameIndex *index, const char *decoder, SemioAliveFunc alive,
                                     gpointer alive_data, GError **error)
{
  return source_new (fd, index, SEMIO_PICTURE_SINGLE, decoder, alive, alive_data, error);
}

guint
semio_frame_source_get_n_seeks (SemioFrameSource *self)
{
  return self->n_seeks;
}

const SemioCodec *
semio_frame_source_get_codec (SemioFrameSource *self)
{
  return semio_picture_chain_get_codec (self->chain);
}

void
semio_frame_source_free (SemioFrameSource *self)
{
  close_pipeline (self);
  g_clear_pointer (&self->table, semio_packet_table_free);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_free (self);
}

void
semio_frame_source_set_deinterlaced (SemioFrameSource *self, gboolean deinterlaced)
{
  self->deinterlaced = deinterlaced;
  /* What is decoded already was made in the other way. */
  if (self->chain && semio_picture_chain_set_deinterlaced (self->chain, deinterlaced))
    self->last_frame = -1;
}

gboolean
semio_frame_source_saw_interlaced (SemioFrameSource *self)
{
  return semio_picture_chain_saw_interlaced (self->chain);
}

/* The next picture; NULL without an error at the end. */
static GstSample *
pull (SemioFrameSource *self, GError **error)
{
  GstAppSink *sink = GST_APP_SINK (semio_picture_chain_get_sink (self->chain));
  gint64 start_us = g_get_monotonic_time ();

  while (g_get_monotonic_time () - start_us < STALL_US)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (sink, POLL_NS);

      /* The sink writes into its sample again. */
      if (sample)
        return gst_sample_new (gst_sample_get_buffer (sample), gst_sample_get_caps (sample), NULL, NULL);
      if (gst_app_sink_is_eos (sink) || !check_bus (self, error) || !check_alive (self, error))
        return NULL;
    }
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                       _ ("No more pictures come out of the file. It is damaged; copy or export it again."));
  return NULL;
}

/* Decodes on until the frame comes, or a later one, or the end. */
static GstSample *
pull_until (SemioFrameSource *self, gint64 frame, GError **error)
{
  int n_unknown = 0;

  while (n_unknown < MAX_UNKNOWN)
    {
      GstSample *sample = pull (self, error);

      if (!sample)
        break;
      self->last_frame = semio_picture_chain_read (self->chain, sample);
      if (self->last_frame == frame)
        return sample;
      gst_sample_unref (sample);
      if (self->last_frame < 0)
        n_unknown++;
      else if (self->last_frame > frame)
        break;
      if (!check_alive (self, error))
        break;
    }
  self->last_frame = -1;
  return NULL;
}

/* Where to begin, in turn: at the frame itself, at its key frame, at an earlier one, at the beginning. */
static gint64
get_start (SemioFrameSource *self, gint64 frame, int attempt)
{
  gint64 key;

  if (attempt == 0)
    return frame;
  key = semio_frame_index_get_key_before (self->index, frame);
  if (attempt == 1)
    return key;
  return attempt == EARLIER_ATTEMPT && key > 0 ? semio_frame_index_get_key_before (self->index, key - 1) : 0;
}

/* Seeks to where the attempt says, or opens the file again: some files cannot be sought near their beginning. */
static gboolean
place (SemioFrameSource *self, gint64 frame, int attempt, int max_width_px, int max_height_px, GError **error)
{
  gint64 seek_ns;

  self->last_frame = -1;
  self->n_seeks++;
  if (attempt == MAX_ATTEMPTS - 1)
    {
      if (!open_pipeline (self, error))
        return FALSE;
      semio_picture_chain_set_view (self->chain, max_width_px, max_height_px);
      return TRUE;
    }
  seek_ns = semio_frame_index_get_seek_ns (self->index, get_start (self, frame, attempt));
  return gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, seek_ns);
}

/* NULL for a picture that its decoder says is not whole, which becomes the spare one. */
static GstSample *
keep_whole (GstSample *sample, GstSample **spare)
{
  if (!sample || !GST_BUFFER_FLAG_IS_SET (gst_sample_get_buffer (sample), GST_BUFFER_FLAG_CORRUPTED))
    return sample;
  g_clear_pointer (spare, gst_sample_unref);
  *spare = sample;
  return NULL;
}

GstSample *
semio_frame_source_get (SemioFrameSource *self, gint64 frame, int max_width_px, int max_height_px, GError **error)
{
  gboolean resized = semio_picture_chain_set_view (self->chain, max_width_px, max_height_px);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GstSample) spare = NULL;
  GstSample *sample = NULL;

  if (!resized && self->last_frame >= 0 && frame > self->last_frame && frame <= self->last_frame + NEAR_FRAMES)
    sample = keep_whole (pull_until (self, frame, &reason), &spare);
  /* The libav plugin of GStreamer 1.26 loses the key frame that it begins at when earlier ones are referred to after it (an
   * open group), and marks what it makes of the rest. One key frame earlier it is right; if not, the file is damaged there. */
  for (int attempt = semio_element_is_careful () ? EARLIER_ATTEMPT : 0;
       attempt < (spare ? MAX_ATTEMPTS_DAMAGED : MAX_ATTEMPTS) && !reason && !sample; attempt++)
    if (place (self, frame, attempt, max_width_px, max_height_px, &reason))
      sample = keep_whole (pull_until (self, frame, &reason), &spare);
  if (sample)
    return sample;
  if (spare && !reason)
    return g_steal_pointer (&spare);
  if (reason)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, frame);

      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VERIFIED,
                   _ ("Frame %s cannot be shown: what is decoded there does not have its time. The file may be damaged there."),
                   number);
    }
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-copy-sound.h"

#include <glib/gi18n-lib.h>

#include "semio-element.h"
#include "semio-frame-stamp.h"
#include "semio-media-error.h"

#define POLL_NS (50 * GST_MSECOND)
#define STALL_US (8 * G_USEC_PER_SEC)

/* Asking a demuxer what is in a file. */
typedef struct {
  GstElement *pipeline;
  GstCaps *picture, *sound;
} Look;

struct _SemioCopySound {
  SemioSniff sniff;
  GstBin *bin;
  GstElement *first; /* (nullable): of the chain that the sound goes through */
  GstSegment segment; /* only touched in the streaming thread */
  gboolean linked;
};

static void
end_in_nothing (GstBin *bin, GstPad *pad)
{
  GstElement *sink = semio_element_add (bin, "fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_element_sync_state_with_parent (sink);
  gst_pad_link (pad, sink_pad);
}

static GstCaps *
get_caps (GstPad *pad)
{
  GstCaps *caps = gst_pad_get_current_caps (pad);

  return caps ? caps : gst_pad_query_caps (pad, NULL);
}

static void
look_at_pad_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (GstCaps) caps = get_caps (pad);

  if (!gst_caps_is_empty (caps) && !gst_caps_is_any (caps))
    {
      if (!look->picture && semio_codec_find_video (caps))
        look->picture = gst_caps_ref (caps);
      else if (!look->sound && semio_codec_find_sound (caps))
        look->sound = gst_caps_ref (caps);
    }
  end_in_nothing (GST_BIN (look->pipeline), pad);
}

static void
no_more_pads_cb (GstElement *demuxer, gpointer user_data)
{
  Look *look = user_data;

  gst_element_post_message (look->pipeline,
                            gst_message_new_application (GST_OBJECT (look->pipeline), gst_structure_new_empty ("semio-known")));
}

/* From the file to its demuxer. */
static GstElement *
add_demuxer (GstBin *bin, int fd, SemioContainer container, GError **error)
{
  GstElement *source = semio_element_new_source (fd, error), *demuxer;

  if (!source)
    return NULL;
  gst_bin_add (bin, source);
  demuxer = semio_element_new_demuxer (container, error);
  if (!demuxer)
    return NULL;
  gst_bin_add (bin, demuxer);
  gst_element_link (source, demuxer);
  return demuxer;
}

gboolean
semio_copy_read_caps (int fd, SemioContainer container, SemioAliveFunc alive, gpointer alive_data, GstCaps **picture,
                      GstCaps **sound, GError **error)
{
  Look look = { gst_object_ref_sink (gst_pipeline_new (NULL)), NULL, NULL };
  g_autoptr (GstElement) pipeline = look.pipeline;
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstElement *demuxer = add_demuxer (GST_BIN (pipeline), fd, container, error);
  gint64 start_us = g_get_monotonic_time ();

  if (!demuxer)
    return FALSE;
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (look_at_pad_cb), &look);
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (no_more_pads_cb), &look);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (g_get_monotonic_time () - start_us < STALL_US && alive (alive_data))
    {
      g_autoptr (GstMessage) message =
          gst_bus_timed_pop_filtered (bus, POLL_NS, GST_MESSAGE_APPLICATION | GST_MESSAGE_ERROR | GST_MESSAGE_EOS);

      if (message)
        break;
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  *picture = look.picture;
  *sound = look.sound;
  if (look.picture)
    return TRUE;
  gst_clear_caps (sound);
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                       _ ("No picture comes out of the file. It is damaged; copy or export it again."));
  return FALSE;
}

/* Where the file's own clock begins and what it leaves out is not the copy's: its packets carry stream times from here on. */
static void
replace_segment (SemioCopySound *self, GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info), *plain;
  GstSegment segment;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEGMENT)
    return;
  gst_event_copy_segment (event, &self->segment);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  plain = gst_event_new_segment (&segment);
  gst_event_set_seqnum (plain, gst_event_get_seqnum (event));
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = plain;
}

static GstPadProbeReturn
shift_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioCopySound *self = user_data;
  GstBuffer *buffer;
  gint64 stream_ns;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      replace_segment (self, info);
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (!GST_BUFFER_PTS_IS_VALID (buffer) || !semio_stamp_get_stream_ns (&self->segment, buffer, &stream_ns) || stream_ns < 0)
    return GST_PAD_PROBE_DROP;
  buffer = gst_buffer_make_writable (buffer);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  GST_BUFFER_PTS (buffer) = GST_BUFFER_DTS (buffer) = (GstClockTime) (SEMIO_COPY_SHIFT_NS + stream_ns);
  return GST_PAD_PROBE_OK;
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  SemioCopySound *self = user_data;
  g_autoptr (GstCaps) caps = get_caps (pad);
  g_autoptr (GstPad) first = gst_element_get_static_pad (self->first, "sink");

  if (!self->linked && !gst_caps_is_empty (caps) && !gst_caps_is_any (caps) && semio_codec_find_sound (caps)
      && gst_pad_link (pad, first) == GST_PAD_LINK_OK)
    self->linked = TRUE;
  else
    end_in_nothing (self->bin, pad);
}

/* QuickTime holds what hospital recorders write; the rest is decoded. */
static gboolean
can_be_kept (const SemioCodec *codec, GstCaps *caps)
{
  const char *format = gst_structure_get_string (gst_caps_get_structure (caps, 0), "format");

  if (g_str_equal (codec->name, "pcm"))
    return g_strcmp0 (format, "S16LE") == 0 || g_strcmp0 (format, "S16BE") == 0;
  return g_str_equal (codec->name, "aac") || g_str_equal (codec->name, "mp3") || g_str_equal (codec->name, "ac3")
         || g_str_equal (codec->name, "alaw") || g_str_equal (codec->name, "mulaw");
}

/* Adds elements behind one another, and tells the last. */
static gboolean
chain (SemioCopySound *self, GstElement **last, GstElement *next)
{
  if (!next)
    return FALSE;
  gst_bin_add (self->bin, next);
  if (!self->first)
    self->first = next;
  else if (!gst_element_link (*last, next))
    return FALSE;
  *last = next;
  return TRUE;
}

static gboolean
build (SemioCopySound *self, SemioCopyWriter *writer, int fd, GstCaps *caps, GError **error)
{
  const SemioCodec *codec = semio_codec_find_sound (caps);
  g_autoptr (GstPad) out = NULL;
  GstElement *demuxer, *last = NULL, *filter;

  if (codec->parser && !chain (self, &last, semio_element_new (codec->parser, error)))
    return FALSE;
  if (!can_be_kept (codec, caps))
    {
      g_autoptr (GstCaps) plain = gst_caps_from_string ("audio/x-raw, format=S16LE, layout=interleaved");

      filter = semio_element_new ("capsfilter", error);
      if (!filter)
        return FALSE;
      g_object_set (filter, "caps", plain, NULL);
      if (!chain (self, &last, semio_codec_new_decoder (codec, error))
          || !chain (self, &last, semio_element_new ("audioconvert", error)) || !chain (self, &last, filter))
        return FALSE;
    }
  if (!chain (self, &last, semio_element_new ("queue", error)))
    return FALSE;
  out = gst_element_get_static_pad (last, "src");
  gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, shift_cb, self, NULL);
  if (!semio_copy_writer_link (writer, last, FALSE, error))
    return FALSE;
  demuxer = add_demuxer (self->bin, fd, self->sniff.container, error);
  if (!demuxer)
    return FALSE;
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  return TRUE;
}

SemioCopySound *
semio_copy_sound_new (SemioCopyWriter *writer, int fd, SemioAliveFunc alive, gpointer alive_data, GError **error)
{
  g_autoptr (SemioCopySound) self = g_new0 (SemioCopySound, 1);
  g_autoptr (GstCaps) picture = NULL;
  g_autoptr (GstCaps) sound = NULL;

  self->bin = semio_copy_writer_get_bin (writer);
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  if (!semio_sniff_file (fd, &self->sniff, error)
      || !semio_copy_read_caps (fd, self->sniff.container, alive, alive_data, &picture, &sound, error))
    return NULL;
  if (sound && !build (self, writer, fd, sound, error))
    {
      if (error && !*error)
        g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                             _ ("The sound of this video cannot be put into a copy."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
semio_copy_sound_free (SemioCopySound *self)
{
  g_free (self);
}

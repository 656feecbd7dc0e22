/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-packet-table.h"

#include <glib/gi18n-lib.h>

#include "semio-element.h"
#include "semio-frame-stamp.h"
#include "semio-media-error.h"

#define POLL_NS (100 * GST_MSECOND)
#define NO_PACKET (-1)
/* Enough of a packet to tell it from others together with its length. */
#define HASHED_BYTES 512

typedef struct {
  guint64 mark; /* of its length and first bytes */
  gint64 stream_ns;
  gint64 next_same; /* the next packet with the same mark */
} Packet;

struct _SemioPacketTable {
  GArray *packets; /* Packet, in the order of the file */
  GHashTable *first; /* mark → place of the first packet with it, plus one */
  GHashTable *last;
  GstElement *pipeline; /* while reading */
  gboolean linked;
  GstSegment segment;
  gint64 expected; /* place of the packet that should come next */
};

static guint64
make_mark (GstBuffer *buffer)
{
  guint64 mark = G_GUINT64_CONSTANT (14695981039346656037) ^ gst_buffer_get_size (buffer);
  guint8 bytes[HASHED_BYTES];
  gsize n_bytes = gst_buffer_extract (buffer, 0, bytes, sizeof bytes);

  /* FNV-1a. */
  for (gsize i = 0; i < n_bytes; i++)
    mark = (mark ^ bytes[i]) * G_GUINT64_CONSTANT (1099511628211);
  return mark;
}

static gint64
look_up (GHashTable *places, const guint64 *mark)
{
  return (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (places, mark)) - 1;
}

static void
add_packet (SemioPacketTable *self, guint64 mark, gint64 stream_ns)
{
  Packet packet = { mark, stream_ns, NO_PACKET };
  gint64 before = look_up (self->last, &mark);
  gpointer place;

  g_array_append_val (self->packets, packet);
  place = GSIZE_TO_POINTER ((gsize) self->packets->len);
  if (before >= 0)
    g_array_index (self->packets, Packet, before).next_same = (gint64) self->packets->len - 1;
  else
    g_hash_table_insert (self->first, g_memdup2 (&mark, sizeof mark), place);
  g_hash_table_insert (self->last, g_memdup2 (&mark, sizeof mark), place);
}

static void
note_segment (SemioPacketTable *self, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_SEGMENT)
    return;
  gst_event_copy_segment (event, &self->segment);
  self->segment.stop = GST_CLOCK_TIME_NONE;
  self->expected = NO_PACKET;
}

static gint64
get_stream_ns (SemioPacketTable *self, GstBuffer *buffer)
{
  gint64 stream_ns = 0;

  semio_stamp_get_stream_ns (&self->segment, buffer, &stream_ns);
  return stream_ns;
}

static GstPadProbeReturn
read_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioPacketTable *self = user_data;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    note_segment (self, GST_PAD_PROBE_INFO_EVENT (info));
  else
    add_packet (self, make_mark (GST_PAD_PROBE_INFO_BUFFER (info)), get_stream_ns (self, GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  SemioPacketTable *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  g_autoptr (GstPad) sink_pad = NULL;
  GstElement *sink;

  if (self->linked || gst_caps_is_empty (caps) || gst_caps_is_any (caps) || !semio_codec_find_video (caps))
    return;
  sink = semio_element_add (GST_BIN (self->pipeline), "fakesink", NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_element_sync_state_with_parent (sink);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, read_cb, self, NULL);
  sink_pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_link (pad, sink_pad);
  self->linked = TRUE;
}

static gboolean
read_file (SemioPacketTable *self, SemioAliveFunc alive, gpointer alive_data, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gboolean goes_on = TRUE, done = FALSE;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  while (!done && goes_on)
    {
      g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, POLL_NS, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

      done = message != NULL;
      goes_on = alive (alive_data);
    }
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (!goes_on)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
  return goes_on;
}

SemioPacketTable *
semio_packet_table_new (int fd, SemioAliveFunc alive, gpointer alive_data, GError **error)
{
  g_autoptr (SemioPacketTable) self = g_new0 (SemioPacketTable, 1);
  GstElement *source, *demuxer;

  self->packets = g_array_new (FALSE, FALSE, sizeof (Packet));
  self->first = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->last = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->expected = NO_PACKET;
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  source = semio_element_new_source (fd, error);
  if (!source)
    return NULL;
  gst_bin_add (GST_BIN (self->pipeline), source);
  demuxer = semio_element_new_demuxer (SEMIO_CONTAINER_MP4, error);
  if (!demuxer)
    return NULL;
  gst_bin_add (GST_BIN (self->pipeline), demuxer);
  gst_element_link (source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  if (!read_file (self, alive, alive_data, error))
    return NULL;
  g_clear_object (&self->pipeline);
  return g_steal_pointer (&self);
}

void
semio_packet_table_free (SemioPacketTable *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
  g_array_unref (self->packets);
  g_hash_table_unref (self->first);
  g_hash_table_unref (self->last);
  g_free (self);
}

/* The place of a packet: the one that follows the last, or after a jump the like one that is nearest in time. */
static gint64
find_packet (SemioPacketTable *self, guint64 mark, gint64 seen_ns)
{
  gint64 best = NO_PACKET;

  if (self->expected >= 0 && self->expected < self->packets->len
      && g_array_index (self->packets, Packet, self->expected).mark == mark)
    return self->expected;
  for (gint64 at = look_up (self->first, &mark); at >= 0; at = g_array_index (self->packets, Packet, at).next_same)
    {
      gint64 distance_ns = ABS (g_array_index (self->packets, Packet, at).stream_ns - seen_ns);

      if (best < 0 || distance_ns < ABS (g_array_index (self->packets, Packet, best).stream_ns - seen_ns))
        best = at;
    }
  return best;
}

static GstPadProbeReturn
correct_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioPacketTable *self = user_data;
  GstBuffer *buffer;
  gint64 place, seen_ns, off_ns;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      note_segment (self, GST_PAD_PROBE_INFO_EVENT (info));
      return GST_PAD_PROBE_OK;
    }
  buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  seen_ns = get_stream_ns (self, buffer);
  place = find_packet (self, make_mark (buffer), seen_ns);
  self->expected = place < 0 ? NO_PACKET : place + 1;
  if (place < 0 || !GST_BUFFER_PTS_IS_VALID (buffer))
    {
      /* A packet that was never seen has no time that could be trusted. */
      GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
      return GST_PAD_PROBE_OK;
    }
  off_ns = g_array_index (self->packets, Packet, place).stream_ns - seen_ns;
  if (off_ns < 0 && GST_BUFFER_PTS (buffer) < (GstClockTime) -off_ns)
    return GST_PAD_PROBE_OK;
  GST_BUFFER_PTS (buffer) = (GstClockTime) ((gint64) GST_BUFFER_PTS (buffer) + off_ns);
  if (GST_BUFFER_DTS_IS_VALID (buffer))
    GST_BUFFER_DTS (buffer) = (GstClockTime) MAX ((gint64) GST_BUFFER_DTS (buffer) + off_ns, 0);
  return GST_PAD_PROBE_OK;
}

void
semio_packet_table_attach (SemioPacketTable *self, GstPad *pad)
{
  self->expected = NO_PACKET;
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, correct_cb, self, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-frame-stamp.h"

#include <gst/video/gstvideodecoder.h>

#include "semio-element.h"
#include "semio-packet-need.h"

/* Times of packets are rounded in other ways after a seek than from the beginning; frames are never this close. */
#define TOLERANCE_NS G_GINT64_CONSTANT (50000)
/* Where only the decoder's times are known, the first after a seek is the target, a little inside the frame. */
#define CLIPPED_TOLERANCE_NS G_GINT64_CONSTANT (2100000)

/* How far from the last frame a segment may end and still mean the end of the file. */
#define NEAR_END_NS SEMIO_NS_PER_SECOND

/* Pictures that come later than this cannot be made up for by decoding on. */
#define LATE_MS 40

struct _SemioFrameStamp {
  SemioFrameIndex *index;
  GstCaps *caps;
  GstSegment segment; /* this and the next two: only touched in the streaming thread */
  GstVideoDecoder *decoder; /* (nullable) (unowned): one that tells which frames it is at */
  SemioPacketNeed need;
  gint64 spare_before_ns; /* stream time; what is earlier is decoded only as far as the target needs it */
  gboolean fresh; /* the decoder knows nothing yet: before the first key frame after a flush */
  gboolean skips; /* up to the next key frame */
  gint64 leading_before_ns; /* after that */
  gint64 caught_up_ns; /* the time that is due */
  int hurried; /* this and the next: any thread */
  int late_ms;
  gboolean careful; /* nothing is left out and nothing marked */
  gboolean decoded; /* stamp what comes out of the decoder */
  int lands; /* any thread */
  gint64 target; /* this and the next two: of the segment; only touched in the streaming thread */
  gboolean passed; /* the target's packet went into the decoder */
  gboolean landed; /* its picture came out */
};

gboolean
semio_stamp_get_stream_ns (const GstSegment *segment, GstBuffer *buffer, gint64 *stream_ns)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  GstClockTime end = pts + (GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0);
  guint64 value = 0;
  int sign;

  if (!GST_CLOCK_TIME_IS_VALID (pts) || segment->format != GST_FORMAT_TIME)
    return FALSE;
  if (GST_CLOCK_TIME_IS_VALID (segment->stop) && pts >= segment->stop)
    return FALSE;
  sign = gst_segment_to_stream_time_full (segment, GST_FORMAT_TIME, pts, &value);
  if (sign == 0 || value > G_MAXINT64)
    return FALSE;
  *stream_ns = sign * (gint64) value;
  return pts >= segment->start || end > segment->start;
}

SemioFrameStamp *
semio_frame_stamp_new (SemioFrameIndex *index)
{
  SemioFrameStamp *self = g_new0 (SemioFrameStamp, 1);

  self->index = semio_frame_index_ref (index);
  self->caps = gst_caps_new_empty_simple ("timestamp/x-semioscope-stream");
  self->decoded = (semio_frame_index_get_flags (index) & SEMIO_FRAME_INDEX_NO_TIME_STAMPS) != 0;
  self->careful = semio_element_is_careful ();
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  semio_packet_need_init (&self->need);
  self->spare_before_ns = self->leading_before_ns = G_MININT64;
  self->fresh = TRUE;
  return self;
}

void
semio_frame_stamp_free (SemioFrameStamp *self)
{
  semio_frame_index_unref (self->index);
  gst_caps_unref (self->caps);
  g_free (self);
}

/* The frame whose time this is; -1 when there is none. */
static gint64
find_frame (SemioFrameStamp *self, gint64 stream_ns)
{
  gint64 after_ns = self->decoded ? CLIPPED_TOLERANCE_NS : TOLERANCE_NS;
  gint64 time_ns = stream_ns - semio_frame_index_get_zero_ns (self->index);
  gint64 frame = semio_frame_index_get_frame_at (self->index, time_ns + TOLERANCE_NS);
  gint64 off_ns = time_ns - semio_frame_index_get_time_ns (self->index, frame);

  return off_ns >= -TOLERANCE_NS && off_ns <= after_ns ? frame : -1;
}

/* In a file of fragments the demuxer guesses the end too early and the last frames would be clipped away. */
static void
open_end (SemioFrameStamp *self, GstPadProbeInfo *info)
{
  gint64 last = semio_frame_index_get_n_frames (self->index) - 1;
  gint64 near_end_ns =
      semio_frame_index_get_zero_ns (self->index) + semio_frame_index_get_time_ns (self->index, last) - NEAR_END_NS;
  GstEvent *event;

  if (!(semio_frame_index_get_flags (self->index) & SEMIO_FRAME_INDEX_FRAGMENTED) || !GST_CLOCK_TIME_IS_VALID (self->segment.stop)
      || (gint64) self->segment.stop < near_end_ns)
    return;
  self->segment.stop = GST_CLOCK_TIME_NONE;
  event = gst_event_new_segment (&self->segment);
  gst_event_set_seqnum (event, gst_event_get_seqnum (GST_PAD_PROBE_INFO_EVENT (info)));
  gst_event_unref (GST_PAD_PROBE_INFO_EVENT (info));
  GST_PAD_PROBE_INFO_DATA (info) = event;
}

/* A segment begins at the target of the seek; the frame that is shown there may have begun long before. */
static void
note_target (SemioFrameStamp *self)
{
  guint64 value = 0;
  gint64 zero_ns = semio_frame_index_get_zero_ns (self->index), frame;
  int sign = gst_segment_to_stream_time_full (&self->segment, GST_FORMAT_TIME, self->segment.start, &value);

  self->spare_before_ns = G_MININT64;
  self->target = -1;
  self->passed = self->landed = FALSE;
  if (self->decoded || sign <= 0 || value > G_MAXINT64)
    return;
  frame = semio_frame_index_get_frame_at (self->index, (gint64) value - zero_ns);
  self->spare_before_ns = zero_ns + semio_frame_index_get_time_ns (self->index, frame) - TOLERANCE_NS;
  if (g_atomic_int_get (&self->lands))
    self->target = frame;
}

static void
note_event (SemioFrameStamp *self, GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    self->fresh = TRUE;
  else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    {
      gst_event_copy_segment (event, &self->segment);
      note_target (self);
      self->skips = FALSE;
      self->leading_before_ns = G_MININT64;
      open_end (self, info);
    }
  else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS && !self->decoded)
    {
      gst_event_parse_caps (event, &caps);
      semio_packet_need_set_caps (&self->need, caps);
    }
}

/* Whether a packet is left out so that playing keeps up. What was begun holds until the next key frame, also when nobody is in
 * a hurry any more: frames whose forerunners were left out would be decoded from the wrong ones. */
static gboolean
is_skipped (SemioFrameStamp *self, GstBuffer *buffer, gboolean needed, gint64 stream_ns)
{
  gboolean hurried = g_atomic_int_get (&self->hurried);
  gint64 late_ms = g_atomic_int_get (&self->late_ms);

  /* A key frame that would be too late as well is no use. */
  if (hurried && self->skips && stream_ns < self->caught_up_ns)
    return TRUE;
  if (!GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
    {
      /* Frames that are shown before the key frame and stored after it may need what was left out, or what lies before the place
       * that was sought: of an open group of pictures they would come out wrong under their own times, or not at all. */
      self->leading_before_ns = self->skips || self->fresh ? stream_ns : G_MININT64;
      self->skips = self->fresh = FALSE;
      /* What was said of pictures before the key frame does not count for it. */
      g_atomic_int_set (&self->late_ms, 0);
      return FALSE;
    }
  if (hurried && needed && !self->skips && late_ms > LATE_MS)
    {
      self->skips = TRUE;
      self->caught_up_ns = stream_ns + (gint64) (late_ms * GST_MSECOND * ABS (self->segment.rate));
    }
  return self->skips || (hurried && !needed) || stream_ns < self->leading_before_ns;
}

static GstPadProbeReturn
quality_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioFrameStamp *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstClockTimeDiff late_ns = 0;

  if (GST_EVENT_TYPE (event) != GST_EVENT_QOS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_qos (event, NULL, NULL, &late_ns, NULL);
  g_atomic_int_set (&self->late_ms, (int) CLAMP (late_ns / GST_MSECOND, -1000, 100000));
  return GST_PAD_PROBE_OK;
}

/* What the target is decoded from comes before it in the file, so all that the decoder still holds can come out as soon as the
 * first packet of another frame is there; a second field is none. The decoder is then at its end until the next seek. */
static GstPadProbeReturn
finish (GstPad *pad, GstPadProbeInfo *info)
{
  gst_pad_send_event (pad, gst_event_new_eos ());
  gst_buffer_unref (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = NULL;
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = GST_FLOW_FLUSHING;
  return GST_PAD_PROBE_HANDLED;
}

/* The end of a decoder that gave the target is none of the file. */
static GstPadProbeReturn
picture_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioFrameStamp *self = user_data;
  gboolean ends = (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) != 0
                  && GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS;

  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    self->landed = TRUE;
  return ends && self->passed && self->landed ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

/* What the decoder is at and lies before the target is only decoded from. A decoder that is told so passes it over; it would first
 * copy each such picture, since it holds it for the next ones, and clip it away after that. A frame is told when the packet after
 * it comes: the decoder takes the mark off again when it gets the frame's memory. */
static void
mark_way (SemioFrameStamp *self)
{
  GList *frames;
  guint64 value = 0;

  if (self->careful || !self->decoder || self->spare_before_ns == G_MININT64)
    return;
  frames = gst_video_decoder_get_frames (self->decoder);
  for (GList *link = frames; link; link = link->next)
    {
      GstVideoCodecFrame *frame = link->data;
      int sign = GST_CLOCK_TIME_IS_VALID (frame->pts)
                     ? gst_segment_to_stream_time_full (&self->segment, GST_FORMAT_TIME, frame->pts, &value)
                     : 0;

      if (sign != 0 && value <= G_MAXINT64 && sign * (gint64) value < self->spare_before_ns)
        GST_VIDEO_CODEC_FRAME_SET_DECODE_ONLY (frame);
    }
  g_list_free_full (frames, (GDestroyNotify) gst_video_codec_frame_unref);
}

static GstPadProbeReturn
stamp_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioFrameStamp *self = user_data;
  GstBuffer *buffer;
  gint64 stream_ns = 0, frame;
  gboolean needed;

  if (!(info->type & GST_PAD_PROBE_TYPE_BUFFER))
    {
      note_event (self, info);
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_PAD_PROBE_OK;
  mark_way (self);
  semio_stamp_get_stream_ns (&self->segment, buffer, &stream_ns);
  frame = self->decoded ? -1 : find_frame (self, MAX (stream_ns, 0));
  if (self->passed && frame >= 0 && frame != self->target)
    return finish (pad, info);
  needed = self->careful || semio_packet_need_test (&self->need, buffer);
  if ((!needed && stream_ns < self->spare_before_ns) || (!self->decoded && is_skipped (self, buffer, needed, stream_ns)))
    return GST_PAD_PROBE_DROP;
  stream_ns = MAX (stream_ns, 0);
  buffer = gst_buffer_make_writable (buffer);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  gst_buffer_add_reference_timestamp_meta (buffer, self->caps, (GstClockTime) stream_ns, GST_CLOCK_TIME_NONE);
  /* A demuxer may not know how long a frame of a variable rate lasts, and the decoder would clip away one that began a
   * little before the target. */
  if (frame >= 0 && frame == self->target)
    self->passed = TRUE;
  if (frame >= 0)
    GST_BUFFER_DURATION (buffer) = (GstClockTime) semio_span_get_length (semio_frame_index_get_span (self->index, frame));
  return GST_PAD_PROBE_OK;
}

void
semio_frame_stamp_attach (SemioFrameStamp *self, GstElement *decoder)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (decoder, self->decoded ? "src" : "sink");
  g_autoptr (GstPad) source_pad = gst_element_get_static_pad (decoder, "src");

  self->decoder = GST_IS_VIDEO_DECODER (decoder) ? GST_VIDEO_DECODER (decoder) : NULL;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                     stamp_cb, self, NULL);
  gst_pad_add_probe (source_pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, quality_cb, self, NULL);
  gst_pad_add_probe (source_pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, picture_cb, self, NULL);
}

void
semio_frame_stamp_set_lands (SemioFrameStamp *self, gboolean lands)
{
  g_atomic_int_set (&self->lands, lands);
}

void
semio_frame_stamp_set_hurried (SemioFrameStamp *self, gboolean hurried)
{
  g_atomic_int_set (&self->hurried, hurried);
  g_atomic_int_set (&self->late_ms, 0);
}

gint64
semio_frame_stamp_read (SemioFrameStamp *self, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstReferenceTimestampMeta *meta = buffer ? gst_buffer_get_reference_timestamp_meta (buffer, self->caps) : NULL;

  if (!meta || meta->timestamp > G_MAXINT64)
    return -1;
  return find_frame (self, (gint64) meta->timestamp);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-indexer.h"

#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "semio-element.h"
#include "semio-fragments.h"
#include "semio-frame-stamp.h"
#include "semio-media-error.h"
#include "semio-packet-list.h"
#include "semio-sniff.h"
#include "semio-sound-meter.h"

#define POLL_NS (100 * GST_MSECOND)
/* This long without a single packet is a file that nothing more comes out of. */
#define STALL_US (8 * G_USEC_PER_SEC)
/* Four days of 25 frames a second. */
#define MAX_FRAMES 8640000
#define MAX_SIDE_PX 16384
/* A tail without sound that is shorter is how encoders end. */
#define SOUND_SHORTER_NS SEMIO_NS_PER_SECOND
#define LOW_RATE 15.0
/* Two readings of a file that differ by more are not of the same frames. */
#define SAME_TIME_NS G_GINT64_CONSTANT (50000)
#define IRREGULAR_NS G_GINT64_CONSTANT (1000000)

/* One reading of a file, by demuxing alone or with decoding. The fields below the line belong to the streaming thread
 * until the pipeline has stopped; n_packets and position_ns are read from the other. */
typedef struct {
  SemioSniff sniff;
  gboolean decode;
  GstElement *pipeline;
  SemioSoundMeter *meter;

  SemioPacketList *list;
  const SemioCodec *codec;
  char *unknown_codec;
  GstSegment segment;
  int width_px, height_px, par_num, par_den, rate_num, rate_den;
  gboolean turned; /* by a quarter, so that width and height change places */
  GArray *key_times;
  int n_decoded; /* packets that went into the decoder */
  int n_packets;
  int position_ms;
  int needs_decoding;
  int too_long;
} SemioIndexer;

static void
indexer_free (SemioIndexer *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->meter, semio_sound_meter_free);
  g_clear_pointer (&self->list, semio_packet_list_free);
  g_clear_pointer (&self->unknown_codec, g_free);
  g_clear_pointer (&self->key_times, g_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioIndexer, indexer_free)

static void
stop_early (SemioIndexer *self, int *why)
{
  g_atomic_int_set (why, TRUE);
  gst_element_post_message (self->pipeline,
                            gst_message_new_application (GST_OBJECT (self->pipeline), gst_structure_new_empty ("semio-stop")));
}

static void
read_caps (SemioIndexer *self, GstCaps *caps)
{
  GstStructure *structure = gst_caps_get_structure (caps, 0);

  gst_structure_get_int (structure, "width", &self->width_px);
  gst_structure_get_int (structure, "height", &self->height_px);
  gst_structure_get_fraction (structure, "pixel-aspect-ratio", &self->par_num, &self->par_den);
  gst_structure_get_fraction (structure, "framerate", &self->rate_num, &self->rate_den);
}

static void
read_event (SemioIndexer *self, GstEvent *event)
{
  GstCaps *caps;
  GstTagList *tags;
  g_autofree char *orientation = NULL;

  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    {
      gst_event_copy_segment (event, &self->segment);
      /* The end of a file in fragments is a guess from before all of them were read. */
      if (self->sniff.fragmented)
        self->segment.stop = GST_CLOCK_TIME_NONE;
    }
  else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
    {
      gst_event_parse_caps (event, &caps);
      read_caps (self, caps);
    }
  else if (GST_EVENT_TYPE (event) == GST_EVENT_TAG)
    {
      gst_event_parse_tag (event, &tags);
      if (gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation))
        self->turned = g_str_has_suffix (orientation, "rotate-90") || g_str_has_suffix (orientation, "rotate-270");
    }
}

/* VP8 in WebM stores frames that are only decoded from and never shown as packets of their own. */
static gboolean
is_shown (SemioIndexer *self, GstBuffer *buffer)
{
  guint8 first;

  if (!g_str_equal (self->codec->name, "vp8") || self->decode || gst_buffer_extract (buffer, 0, &first, 1) != 1)
    return TRUE;
  return (first >> 4) & 1;
}

static GstPadProbeReturn
packet_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioIndexer *self = user_data;
  GstBuffer *buffer;
  gint64 stream_ns = 0;
  gboolean key;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      read_event (self, GST_PAD_PROBE_INFO_EVENT (info));
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  key = !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  g_atomic_int_inc (&self->n_packets);
  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_HEADER) && !GST_BUFFER_PTS_IS_VALID (buffer)
      && !GST_BUFFER_DTS_IS_VALID (buffer))
    return GST_PAD_PROBE_OK;
  if (!GST_BUFFER_PTS_IS_VALID (buffer) && !self->decode)
    stop_early (self, &self->needs_decoding);
  else if (is_shown (self, buffer) && semio_stamp_get_stream_ns (&self->segment, buffer, &stream_ns))
    semio_packet_list_add (self->list, stream_ns,
                           GST_BUFFER_DURATION_IS_VALID (buffer) ? (gint64) GST_BUFFER_DURATION (buffer) : 0, key);
  else
    semio_packet_list_note_hidden (self->list, key);
  g_atomic_int_set (&self->position_ms, (int) (stream_ns / GST_MSECOND));
  if (self->list->packets->len > MAX_FRAMES)
    stop_early (self, &self->too_long);
  return GST_PAD_PROBE_OK;
}

/* When decoding tells the frames, the packets still tell which of them are keys. */
static GstPadProbeReturn
key_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioIndexer *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  gint64 time_ns = (gint64) GST_BUFFER_PTS (buffer);

  self->n_decoded++;
  if (GST_BUFFER_PTS_IS_VALID (buffer) && !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
    g_array_append_val (self->key_times, time_ns);
  return GST_PAD_PROBE_OK;
}

static void
watch_pad (GstElement *element, GstPadProbeType type, GstPadProbeCallback callback, SemioIndexer *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, type, callback, self, NULL);
}

/* Packets of MP4 and Matroska are whole frames with times; those of the others need the parser to become so. */
static void
link_picture (SemioIndexer *self, GstPad *pad, GstCaps *caps)
{
  GstBin *bin = GST_BIN (self->pipeline);
  gboolean parse =
      self->decode || self->sniff.container == SEMIO_CONTAINER_MPEGTS || self->sniff.container == SEMIO_CONTAINER_AVI;
  GstElement *sink = semio_element_add (bin, "fakesink", NULL);
  GstElement *parser = parse && self->codec->parser ? semio_element_add (bin, self->codec->parser, NULL) : NULL;
  GstElement *decoder = self->decode ? semio_codec_new_decoder (self->codec, NULL) : NULL;
  GstElement *first = sink;
  g_autoptr (GstPad) sink_pad = NULL;

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  read_caps (self, caps);
  watch_pad (sink, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, packet_cb, self);
  if (decoder)
    {
      gst_bin_add (bin, decoder);
      watch_pad (decoder, GST_PAD_PROBE_TYPE_BUFFER, key_cb, self);
      gst_element_link (decoder, first);
      first = decoder;
    }
  if (parser)
    {
      gst_element_link (parser, first);
      first = parser;
    }
  gst_element_sync_state_with_parent (sink);
  if (decoder)
    gst_element_sync_state_with_parent (decoder);
  if (parser)
    gst_element_sync_state_with_parent (parser);
  sink_pad = gst_element_get_static_pad (first, "sink");
  gst_pad_link (pad, sink_pad);
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  SemioIndexer *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const char *name;

  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return;
  name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  if (g_str_has_prefix (name, "audio/"))
    semio_sound_meter_link (self->meter, GST_BIN (self->pipeline), pad, caps);
  if ((!g_str_has_prefix (name, "video/") && !g_str_has_prefix (name, "image/")) || self->codec)
    return;
  self->codec = semio_codec_find_video (caps);
  if (self->codec)
    link_picture (self, pad, caps);
  else if (!self->unknown_codec)
    self->unknown_codec = g_strdup (name);
}

/* All tracks are known: without a picture there is no point in reading on. */
static void
no_more_pads_cb (GstElement *demuxer, gpointer user_data)
{
  SemioIndexer *self = user_data;

  if (!self->codec)
    gst_element_post_message (self->pipeline,
                              gst_message_new_application (GST_OBJECT (self->pipeline), gst_structure_new_empty ("semio-stop")));
}

static SemioIndexer *
indexer_new (int fd, const SemioSniff *sniff, gboolean decode, GError **error)
{
  g_autoptr (SemioIndexer) self = g_new0 (SemioIndexer, 1);
  GstElement *source, *demuxer;

  self->sniff = *sniff;
  self->decode = decode;
  self->list = semio_packet_list_new ();
  self->meter = semio_sound_meter_new ();
  self->key_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->par_num = self->par_den = 1;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  source = semio_element_new_source (fd, error);
  if (!source)
    return NULL;
  gst_bin_add (GST_BIN (self->pipeline), source);
  demuxer = semio_element_new_demuxer (sniff->container, error);
  if (!demuxer)
    return NULL;
  gst_bin_add (GST_BIN (self->pipeline), demuxer);
  gst_element_link (source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);
  return g_steal_pointer (&self);
}

/* A complaint of GStreamer in words of the program. What the chain itself says is for developers. */
static void
translate_error (SemioIndexer *self, GstMessage *message, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *detail = NULL;

  gst_message_parse_error (message, &reason, &detail);
  g_info ("%s (%s)", reason->message, detail ? detail : "");
  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE,
                         _ ("Reading the file failed. Check the disk or the connection to it, then try again."));
  else if (g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_DECRYPT))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                         _ ("The video is encrypted. Export it without a password first."));
  else
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                         _ ("The file is damaged: its contents cannot be taken apart. Copy or export it again."));
}

static double
get_fraction (SemioIndexer *self)
{
  gint64 duration_ns = 0;

  if (!gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration_ns) || duration_ns <= 0)
    return -1.0;
  return CLAMP (g_atomic_int_get (&self->position_ms) * (double) GST_MSECOND / (double) duration_ns, 0.0, 1.0);
}

/* Runs the pipeline to the end of the file, or until it is known that there is no use in reading on. */
static gboolean
read_all (SemioIndexer *self, SemioIndexerProgress progress, gpointer progress_data, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gint64 moved_us = g_get_monotonic_time ();
  int n_packets = 0;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  while (TRUE)
    {
      g_autoptr (GstMessage) message =
          gst_bus_timed_pop_filtered (bus, POLL_NS, GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_APPLICATION);

      if (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        translate_error (self, message, error);
      if (message)
        break;
      if (g_atomic_int_get (&self->n_packets) != n_packets)
        {
          n_packets = g_atomic_int_get (&self->n_packets);
          moved_us = g_get_monotonic_time ();
          if (!progress (get_fraction (self), progress_data))
            g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
        }
      else if (g_get_monotonic_time () - moved_us > STALL_US)
        g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                             _ ("The file is damaged: nothing more comes out of it. Copy or export it again."));
      if (error && *error)
        break;
    }
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  return !error || !*error;
}

/* Whether there was a picture that can be read; the reason why not goes before what the demuxer complained of. */
static gboolean
check_picture (SemioIndexer *self, GError **error)
{
  if (self->codec && !self->too_long)
    return !error || !*error;
  g_clear_error (error);
  if (self->too_long)
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_LIMIT,
                         _ ("The video is longer than four days. Cut it first."));
  else if (self->unknown_codec)
    g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                 _ ("The video is coded in a way that is not read (%s). Convert it to H.264 first."), self->unknown_codec);
  else if (semio_sound_meter_get_sound (self->meter) != SEMIO_SOUND_NONE)
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VIDEO,
                         _ ("The file holds sound but no picture. Choose the file with the picture."));
  else
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_EMPTY,
                         _ ("The file holds no frame of a picture. Copy or export it again."));
  return FALSE;
}

static void
mark_keys (SemioIndexer *self)
{
  GArray *packets = self->list->packets;

  for (guint i = 0; i < packets->len; i++)
    g_array_index (packets, SemioPacket, i).key = FALSE;
  for (guint k = 0, i = 0; k < self->key_times->len; k++)
    {
      gint64 key_ns = g_array_index (self->key_times, gint64, k);

      while (i < packets->len && g_array_index (packets, SemioPacket, i).stream_ns < key_ns - 500000)
        i++;
      if (i < packets->len && g_array_index (packets, SemioPacket, i).stream_ns < key_ns + 500000)
        g_array_index (packets, SemioPacket, i).key = TRUE;
    }
}

/* Without times a frame is told by counting from a key frame, which only holds when every packet gives one frame and all
 * are equally far apart, as is not so where frames before a key frame come after it. */
static gboolean
check_countable (SemioIndexer *self, GError **error)
{
  GArray *packets = self->list->packets;
  gboolean regular = (int) packets->len == self->n_decoded;

  for (guint i = 2; i < packets->len && regular; i++)
    {
      gint64 a_ns = g_array_index (packets, SemioPacket, i - 2).stream_ns,
             b_ns = g_array_index (packets, SemioPacket, i - 1).stream_ns;
      gint64 c_ns = g_array_index (packets, SemioPacket, i).stream_ns;

      regular = ABS ((c_ns - b_ns) - (b_ns - a_ns)) < IRREGULAR_NS;
    }
  if (!regular)
    g_set_error_literal (
        error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
        _ ("The frames of this video have no times and cannot be told apart reliably. Convert it to MP4 first."));
  return regular;
}

static void
fill_rate (SemioIndexer *self, SemioProbe *probe)
{
  gint64 n_frames = semio_frame_index_get_n_frames (probe->index);
  double rate = semio_frame_index_get_rate (probe->index);

  probe->rate_num = self->rate_num;
  probe->rate_den = self->rate_den;
  if (probe->rate_num <= 0 || probe->rate_den <= 0 || ABS ((double) probe->rate_num / probe->rate_den - rate) > rate * 0.02)
    {
      if (n_frames < 2
          || !gst_video_guess_framerate ((GstClockTime) (GST_SECOND / MAX (rate, 0.001)), &probe->rate_num, &probe->rate_den))
        gst_util_double_to_fraction (rate, &probe->rate_num, &probe->rate_den);
    }
  if (rate < LOW_RATE && n_frames > 1)
    probe->warnings |= SEMIO_WARNING_LOW_RATE;
}

static void
fill_size (SemioIndexer *self, SemioProbe *probe)
{
  int width_px = self->width_px;

  if (self->par_num > 0 && self->par_den > 0)
    width_px = (int) gst_util_uint64_scale_round (MAX (width_px, 0), self->par_num, self->par_den);
  probe->width_px = self->turned ? self->height_px : width_px;
  probe->height_px = self->turned ? width_px : self->height_px;
}

static void
fill_warnings (SemioProbe *probe)
{
  SemioFrameIndexFlags flags = semio_frame_index_get_flags (probe->index);

  if (flags & SEMIO_FRAME_INDEX_VARIABLE_RATE)
    probe->warnings |= SEMIO_WARNING_VARIABLE_RATE;
  if (flags & SEMIO_FRAME_INDEX_FRAGMENTED)
    probe->warnings |= SEMIO_WARNING_FRAGMENTED;
  if (flags & SEMIO_FRAME_INDEX_NO_TIME_STAMPS)
    probe->warnings |= SEMIO_WARNING_NO_TIME_STAMPS;
  if (flags & SEMIO_FRAME_INDEX_LATE_START)
    probe->warnings |= SEMIO_WARNING_LATE_START;
  if (flags & SEMIO_FRAME_INDEX_SOUND_SHORTER)
    probe->warnings |= SEMIO_WARNING_SOUND_SHORTER;
  if (probe->sound == SEMIO_SOUND_NONE)
    probe->warnings |= SEMIO_WARNING_NO_SOUND;
  if (probe->sound == SEMIO_SOUND_SILENT)
    probe->warnings |= SEMIO_WARNING_SILENT;
}

static gint64
get_end_ns (SemioPacketList *list)
{
  gint64 end_ns = 0;

  for (guint i = 0; i < list->packets->len; i++)
    {
      const SemioPacket *packet = &g_array_index (list->packets, SemioPacket, i);

      end_ns = MAX (end_ns, packet->stream_ns + packet->duration_ns);
    }
  return end_ns;
}

/* The index as the tables of the fragments tell it; NULL when they cannot be read or do not tell frames apart either. */
static SemioFrameIndex *
read_fragments (int fd, SemioFrameIndexFlags flags)
{
  g_autoptr (SemioFragments) fragments = semio_fragments_read (fd, NULL);
  SemioFragmentTrack *track = fragments ? semio_fragments_get_picture (fragments) : NULL;
  g_autoptr (SemioPacketList) list = semio_packet_list_new ();
  g_autoptr (SemioFrameIndex) index = NULL;

  for (guint i = 0; track && i < track->samples->len; i++)
    {
      const SemioFragmentSample *sample = &g_array_index (track->samples, SemioFragmentSample, i);

      semio_packet_list_add (list, sample->stream_ns, sample->duration_ns, sample->key);
    }
  index = track ? semio_packet_list_to_index (list, flags | SEMIO_FRAME_INDEX_NEEDS_REMUX, NULL) : NULL;
  return index && list->n_doubled == 0 ? g_steal_pointer (&index) : NULL;
}

/* Whether what the demuxer told is what the tables say. */
static gboolean
is_same (SemioFrameIndex *a, SemioFrameIndex *b)
{
  if (semio_frame_index_get_n_frames (a) != semio_frame_index_get_n_frames (b))
    return FALSE;
  for (gint64 i = 0; i < semio_frame_index_get_n_frames (a); i++)
    if (ABS (semio_frame_index_get_time_ns (a, i) - semio_frame_index_get_time_ns (b, i)) > SAME_TIME_NS)
      return FALSE;
  return TRUE;
}

/* Of some fragments the demuxer makes times that several frames share, and leaves frames out that lie before the first; the
 * tables of the file are right then, and by them it is put together anew before it is shown. */
static gboolean
check_fragments (SemioIndexer *self, int fd, SemioProbe *probe, SemioFrameIndexFlags flags, GError **error)
{
  SemioFrameIndex *told = read_fragments (fd, flags);

  if (!told && self->list->n_doubled > 0)
    {
      g_set_error_literal (
          error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
          _ ("The fragments of this video are too short to tell its frames apart. Convert it to a plain MP4 first."));
      return FALSE;
    }
  if (told && (self->list->n_doubled > 0 || !is_same (told, probe->index)))
    {
      semio_frame_index_unref (probe->index);
      probe->index = g_steal_pointer (&told);
    }
  g_clear_pointer (&told, semio_frame_index_unref);
  return TRUE;
}

static SemioProbe *
make_probe (SemioIndexer *self, int fd, GError **error)
{
  g_autoptr (SemioProbe) probe = g_new0 (SemioProbe, 1);
  SemioFrameIndexFlags flags = 0;

  g_atomic_ref_count_init (&probe->refs);
  probe->sound = semio_sound_meter_get_sound (self->meter);
  if (self->sniff.fragmented)
    flags |= SEMIO_FRAME_INDEX_FRAGMENTED;
  if (self->decode)
    {
      flags |= SEMIO_FRAME_INDEX_NO_TIME_STAMPS;
      mark_keys (self);
      if (!check_countable (self, error))
        return NULL;
    }
  if (probe->sound != SEMIO_SOUND_NONE && semio_sound_meter_get_end_ns (self->meter) + SOUND_SHORTER_NS < get_end_ns (self->list))
    flags |= SEMIO_FRAME_INDEX_SOUND_SHORTER;
  probe->index = semio_packet_list_to_index (self->list, flags, error);
  if (!probe->index || (self->sniff.fragmented && !check_fragments (self, fd, probe, flags, error)))
    return NULL;
  probe->container = g_strdup (semio_container_get_name (self->sniff.container));
  probe->video_codec = g_strdup (self->codec->name);
  probe->audio_codec = g_strdup (semio_sound_meter_get_codec (self->meter));
  probe->audio_rate_hz = semio_sound_meter_get_rate_hz (self->meter);
  probe->audio_channels = semio_sound_meter_get_channels (self->meter);
  fill_size (self, probe);
  fill_rate (self, probe);
  fill_warnings (probe);
  if (probe->width_px >= 1 && probe->width_px <= MAX_SIDE_PX && probe->height_px >= 1 && probe->height_px <= MAX_SIDE_PX)
    return g_steal_pointer (&probe);
  g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_LIMIT,
               _ ("The picture is %d × %d pixels, which cannot be shown. Scale it to at most %d pixels a side first."),
               probe->width_px, probe->height_px, MAX_SIDE_PX);
  return NULL;
}

static SemioProbe *
run_once (int fd, const SemioSniff *sniff, gboolean decode, gboolean *again, SemioIndexerProgress progress,
          gpointer progress_data, GError **error)
{
  g_autoptr (SemioIndexer) self = indexer_new (fd, sniff, decode, error);
  g_autoptr (GError) reason = NULL;

  *again = FALSE;
  if (!self)
    return NULL;
  read_all (self, progress, progress_data, &reason);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !check_picture (self, &reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  *again = g_atomic_int_get (&self->needs_decoding) && !decode;
  return *again ? NULL : make_probe (self, fd, error);
}

SemioProbe *
semio_indexer_run (int fd, SemioIndexerProgress progress, gpointer progress_data, GError **error)
{
  SemioProbe *probe;
  SemioSniff sniff;
  gboolean again;

  if (!semio_sniff_file (fd, &sniff, error))
    return NULL;
  probe = run_once (fd, &sniff, FALSE, &again, progress, progress_data, error);
  if (again)
    probe = run_once (fd, &sniff, TRUE, &again, progress, progress_data, error);
  return probe;
}

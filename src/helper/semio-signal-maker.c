/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signal-maker.h"

#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "semio-element.h"
#include "semio-frame-stamp.h"
#include "semio-media-error.h"
#include "semio-packet-need.h"
#include "semio-picture-signals.h"
#include "semio-sniff.h"
#include "semio-sound-signals.h"

#define POLL_NS (100 * GST_MSECOND)
/* This long without a frame or a sample is a file that nothing more comes out of. */
#define STALL_US (8 * G_USEC_PER_SEC)
#define TOLERANCE_NS G_GINT64_CONSTANT (1100000)
/* Up to 1080p at 30 frames a second every frame is looked at; beyond, those that no other needs are left out. */
#define MAX_PIXEL_RATE (1920.0 * 1088.0 * 31.0)

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define SAMPLE_FORMAT "F32LE"
#else
#define SAMPLE_FORMAT "F32BE"
#endif

typedef struct {
  SemioFrameIndex *index;
  SemioSniff sniff;
  GstElement *pipeline;
  gboolean has_picture, has_sound;
  gboolean leave_out;

  /* Of the picture; touched in its streaming thread alone. */
  GstSegment picture_segment;
  GstVideoInfo video;
  SemioPacketNeed need;
  SemioPictureSignals *picture;

  /* Of the sound. */
  GstSegment sound_segment;
  SemioSoundSignals *sound;

  int position_ms; /* how far reading has come */
  int n_moves;
} SemioSignalMaker;

static void
maker_free (SemioSignalMaker *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->picture, semio_picture_signals_free);
  g_clear_pointer (&self->sound, semio_sound_signals_free);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSignalMaker, maker_free)

/* Times as the frame index was made from them. */
static void
take_segment (SemioSignalMaker *self, GstSegment *segment, GstEvent *event)
{
  gst_event_copy_segment (event, segment);
  if (self->sniff.fragmented)
    segment->stop = GST_CLOCK_TIME_NONE;
}

static void
note_position (SemioSignalMaker *self, gint64 time_ns)
{
  g_atomic_int_set (&self->position_ms, (int) (MAX (time_ns, 0) / GST_MSECOND));
  g_atomic_int_inc (&self->n_moves);
}

static GstPadProbeReturn
packet_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSignalMaker *self = user_data;
  GstCaps *caps;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_CAPS)
        {
          gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
          semio_packet_need_set_caps (&self->need, caps);
        }
      return GST_PAD_PROBE_OK;
    }
  g_atomic_int_inc (&self->n_moves);
  return semio_packet_need_test (&self->need, GST_PAD_PROBE_INFO_BUFFER (info)) || !self->leave_out ? GST_PAD_PROBE_OK
                                                                                                    : GST_PAD_PROBE_DROP;
}

/* The frame that a picture is; -1 when its time is that of none. */
static gint64
find_frame (SemioSignalMaker *self, GstBuffer *buffer)
{
  gint64 stream_ns = 0, time_ns, frame;

  if (!semio_stamp_get_stream_ns (&self->picture_segment, buffer, &stream_ns))
    return -1;
  time_ns = MAX (stream_ns, 0) - semio_frame_index_get_zero_ns (self->index);
  frame = semio_frame_index_get_frame_at (self->index, time_ns + TOLERANCE_NS);
  return ABS (semio_frame_index_get_time_ns (self->index, frame) - time_ns) <= TOLERANCE_NS ? frame : -1;
}

static GstPadProbeReturn
picture_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSignalMaker *self = user_data;
  GstBuffer *buffer;
  GstVideoFrame mapped;
  GstCaps *caps;
  gint64 frame;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

      if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
        take_segment (self, &self->picture_segment, event);
      else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
        {
          gst_event_parse_caps (event, &caps);
          gst_video_info_from_caps (&self->video, caps);
          self->leave_out = (double) GST_VIDEO_INFO_WIDTH (&self->video) * GST_VIDEO_INFO_HEIGHT (&self->video)
                                * semio_frame_index_get_rate (self->index)
                            > MAX_PIXEL_RATE;
        }
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  frame = find_frame (self, buffer);
  if (frame < 0 || !gst_video_frame_map (&mapped, &self->video, buffer, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  semio_picture_signals_add (self->picture, frame, &mapped);
  gst_video_frame_unmap (&mapped);
  note_position (self, semio_frame_index_get_time_ns (self->index, frame));
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
sound_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSignalMaker *self = user_data;
  gint64 stream_ns = 0;
  GstBuffer *buffer;
  GstMapInfo map;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEGMENT)
        take_segment (self, &self->sound_segment, GST_PAD_PROBE_INFO_EVENT (info));
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  g_atomic_int_inc (&self->n_moves);
  if (!semio_stamp_get_stream_ns (&self->sound_segment, buffer, &stream_ns) || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  semio_sound_signals_add (self->sound, stream_ns - semio_frame_index_get_zero_ns (self->index),
                           (const float *) (gpointer) map.data, map.size / sizeof (float));
  gst_buffer_unmap (buffer, &map);
  if (!self->has_picture)
    note_position (self, stream_ns);
  return GST_PAD_PROBE_OK;
}

static void
watch_pad (GstElement *element, GstPadProbeCallback callback, SemioSignalMaker *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, callback, self, NULL);
}

static GstElement *
add_filter (SemioSignalMaker *self, const char *text)
{
  GstElement *filter = semio_element_add (GST_BIN (self->pipeline), "capsfilter", NULL);
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);

  g_object_set (filter, "caps", caps, NULL);
  return filter;
}

/* Links a pad through the elements, which stand in the pipeline, and starts them from the last to the first. */
static gboolean
link_chain (GstPad *pad, GstElement **chain, int n_chain)
{
  g_autoptr (GstPad) sink_pad = NULL;

  for (int i = 0; i + 1 < n_chain; i++)
    if (!chain[i] || !chain[i + 1] || !gst_element_link (chain[i], chain[i + 1]))
      return FALSE;
  for (int i = n_chain - 1; i >= 0; i--)
    gst_element_sync_state_with_parent (chain[i]);
  sink_pad = gst_element_get_static_pad (chain[0], "sink");
  return gst_pad_link (pad, sink_pad) == GST_PAD_LINK_OK;
}

static GstElement *
add_codec (SemioSignalMaker *self, const SemioCodec *codec, GstElement **chain, int *n_chain)
{
  GstBin *bin = GST_BIN (self->pipeline);
  GstElement *decoder = semio_codec_new_decoder (codec, NULL);

  if (!decoder)
    return NULL;
  if (codec->parser)
    chain[(*n_chain)++] = semio_element_add (bin, codec->parser, NULL);
  gst_bin_add (bin, decoder);
  chain[(*n_chain)++] = decoder;
  return decoder;
}

static void
link_picture (SemioSignalMaker *self, GstPad *pad, const SemioCodec *codec)
{
  GstBin *bin = GST_BIN (self->pipeline);
  GstElement *chain[8] = { NULL };
  int n_chain = 0;
  GstElement *decoder = add_codec (self, codec, chain, &n_chain);

  if (!decoder)
    return;
  /* One core is enough for what happens in the background. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (decoder), "max-threads"))
    g_object_set (decoder, "max-threads", 1, NULL);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (decoder), "threads"))
    g_object_set (decoder, "threads", 1, NULL);
  chain[n_chain] = semio_element_add (bin, "videoflip", NULL);
  if (chain[n_chain])
    gst_util_set_object_arg (G_OBJECT (chain[n_chain]), "video-direction", "auto");
  n_chain++;
  chain[n_chain++] = semio_element_add (bin, "videoconvertscale", NULL);
  chain[n_chain++] = add_filter (self, "video/x-raw, format=I420");
  chain[n_chain] = semio_element_add (bin, "fakesink", NULL);
  g_object_set (chain[n_chain], "sync", FALSE, "async", FALSE, NULL);
  watch_pad (decoder, packet_cb, self);
  watch_pad (chain[n_chain], picture_cb, self);
  n_chain++;
  self->has_picture = link_chain (pad, chain, n_chain);
}

static void
link_sound (SemioSignalMaker *self, GstPad *pad, const SemioCodec *codec)
{
  GstBin *bin = GST_BIN (self->pipeline);
  GstElement *chain[8] = { NULL };
  int n_chain = 0;

  if (!add_codec (self, codec, chain, &n_chain))
    return;
  chain[n_chain++] = semio_element_add (bin, "audioconvert", NULL);
  chain[n_chain++] = semio_element_add (bin, "audioresample", NULL);
  chain[n_chain++] = add_filter (self, "audio/x-raw, format=" SAMPLE_FORMAT ", layout=interleaved, channels=1, rate=16000");
  chain[n_chain] = semio_element_add (bin, "fakesink", NULL);
  g_object_set (chain[n_chain], "sync", FALSE, "async", FALSE, NULL);
  watch_pad (chain[n_chain], sound_cb, self);
  n_chain++;
  self->has_sound = link_chain (pad, chain, n_chain);
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  SemioSignalMaker *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const SemioCodec *codec;

  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return;
  if (!self->has_picture && (codec = semio_codec_find_video (caps)))
    link_picture (self, pad, codec);
  else if (!self->has_sound && (codec = semio_codec_find_sound (caps)))
    link_sound (self, pad, codec);
}

static gboolean
build (SemioSignalMaker *self, int fd, GError **error)
{
  GstElement *source = semio_element_new_source (fd, error), *demuxer;

  if (!source)
    return FALSE;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_bin_add (GST_BIN (self->pipeline), source);
  demuxer = semio_element_new_demuxer (self->sniff.container, error);
  if (!demuxer)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), demuxer);
  gst_element_link (source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  return TRUE;
}

/* Reads to the end. What a file gives before it breaks off is kept: the signals end there. */
static gboolean
read_all (SemioSignalMaker *self, SemioIndexerProgress progress, gpointer progress_data, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  double duration_ms = (double) semio_frame_index_get_duration_ns (self->index) / GST_MSECOND;
  gint64 moved_us = g_get_monotonic_time ();
  int n_moves = 0;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  while (g_get_monotonic_time () - moved_us < STALL_US)
    {
      g_autoptr (GstMessage) message = NULL;

      if (!progress (CLAMP (g_atomic_int_get (&self->position_ms) / MAX (duration_ms, 1.0), 0.0, 1.0), progress_data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
          return FALSE;
        }
      message = gst_bus_timed_pop_filtered (bus, POLL_NS, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      if (message)
        break;
      if (g_atomic_int_get (&self->n_moves) != n_moves)
        {
          n_moves = g_atomic_int_get (&self->n_moves);
          moved_us = g_get_monotonic_time ();
        }
    }
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  return TRUE;
}

SemioSignalSet *
semio_signal_maker_run (int fd, SemioFrameIndex *index, SemioIndexerProgress progress, gpointer progress_data, GError **error)
{
  g_autoptr (SemioSignalMaker) self = g_new0 (SemioSignalMaker, 1);
  g_autoptr (SemioSignalSet) set = NULL;

  self->index = semio_frame_index_ref (index);
  if (!semio_sniff_file (fd, &self->sniff, error))
    return NULL;
  gst_segment_init (&self->picture_segment, GST_FORMAT_TIME);
  gst_segment_init (&self->sound_segment, GST_FORMAT_TIME);
  gst_video_info_init (&self->video);
  semio_packet_need_init (&self->need);
  self->picture = semio_picture_signals_new (index);
  self->sound = semio_sound_signals_new (semio_frame_index_get_duration_ns (index));
  if (!build (self, fd, error) || !read_all (self, progress, progress_data, error))
    return NULL;
  if (semio_picture_signals_get_n_frames (self->picture) == 0)
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                           _ ("No picture comes out of the file. It is damaged; copy or export it again."));
      return NULL;
    }
  set = semio_signal_set_new ();
  semio_picture_signals_finish (self->picture, set);
  semio_sound_signals_finish (self->sound, set);
  return g_steal_pointer (&set);
}

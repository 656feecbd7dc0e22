/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound of a part of a recording. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-element.h"
#include "semio-frame-stamp.h"
#include "semio-media-error.h"
#include "semio-sampler.h"

#define RATE_HZ 16000
#define SAMPLE_NS (SEMIO_NS_PER_SECOND / RATE_HZ)
#define POLL_NS (100 * GST_MSECOND)
#define STALL_US (8 * G_USEC_PER_SEC)
#define WAV_HEAD_BYTES 44
#define MAX_LENGTH_NS (6 * 3600 * SEMIO_NS_PER_SECOND)
/* Coders of sound need a little from before to be in order. */
#define LEAD_NS (SEMIO_NS_PER_SECOND / 5)

typedef struct {
  SemioSniff sniff;
  gint64 zero_ns;
  SemioSpan span;
  GstElement *pipeline;
  gboolean linked;
  gboolean seen_all; /* the tracks are known */
  GstSegment segment;
  int taking; /* after the seek */
  int n_buffers;
  gint16 *samples;
  gint64 n_samples;
} Cutter;

static void
cutter_free (Cutter *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
  g_free (self->samples);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cutter, cutter_free)

static void
stop (Cutter *self)
{
  gst_element_post_message (self->pipeline,
                            gst_message_new_application (GST_OBJECT (self->pipeline), gst_structure_new_empty ("semio-stop")));
}

static void
take_samples (Cutter *self, gint64 begin_ns, const gint16 *samples, gsize n_samples)
{
  gint64 at = (begin_ns - self->span.begin_ns + SAMPLE_NS / 2) / SAMPLE_NS;

  if (begin_ns < self->span.begin_ns)
    at = -((self->span.begin_ns - begin_ns + SAMPLE_NS / 2) / SAMPLE_NS);
  for (gsize i = 0; i < n_samples; i++)
    if (at + (gint64) i >= 0 && at + (gint64) i < self->n_samples)
      self->samples[at + (gint64) i] = samples[i];
  if (at >= self->n_samples)
    stop (self);
}

static GstPadProbeReturn
samples_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Cutter *self = user_data;
  gint64 stream_ns = 0;
  GstBuffer *buffer;
  GstMapInfo map;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_SEGMENT)
        return GST_PAD_PROBE_OK;
      gst_event_copy_segment (GST_PAD_PROBE_INFO_EVENT (info), &self->segment);
      if (self->sniff.fragmented)
        self->segment.stop = GST_CLOCK_TIME_NONE;
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  g_atomic_int_inc (&self->n_buffers);
  if (!g_atomic_int_get (&self->taking) || !semio_stamp_get_stream_ns (&self->segment, buffer, &stream_ns)
      || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  take_samples (self, stream_ns - self->zero_ns, (const gint16 *) (gpointer) map.data, map.size / sizeof (gint16));
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

static void
link_sound (Cutter *self, GstPad *pad, const SemioCodec *codec)
{
  GstBin *bin = GST_BIN (self->pipeline);
  GstElement *chain[6] = { NULL };
  GstElement *decoder = semio_codec_new_decoder (codec, NULL);
  g_autoptr (GstCaps) caps = gst_caps_from_string ("audio/x-raw, format=S16LE, layout=interleaved, channels=1, rate=16000");
  g_autoptr (GstPad) sink_pad = NULL;
  g_autoptr (GstPad) watched = NULL;
  int n = 0;

  if (!decoder)
    return;
  if (codec->parser)
    chain[n++] = semio_element_add (bin, codec->parser, NULL);
  gst_bin_add (bin, decoder);
  chain[n++] = decoder;
  chain[n++] = semio_element_add (bin, "audioconvert", NULL);
  chain[n++] = semio_element_add (bin, "audioresample", NULL);
  chain[n] = semio_element_add (bin, "capsfilter", NULL);
  g_object_set (chain[n++], "caps", caps, NULL);
  chain[n] = semio_element_add (bin, "fakesink", NULL);
  g_object_set (chain[n++], "sync", FALSE, NULL);
  for (int i = 0; i < n; i++)
    if (!chain[i] || (i > 0 && !gst_element_link (chain[i - 1], chain[i])))
      return;
  watched = gst_element_get_static_pad (chain[n - 1], "sink");
  gst_pad_add_probe (watched, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, samples_cb, self, NULL);
  for (int i = n - 1; i >= 0; i--)
    gst_element_sync_state_with_parent (chain[i]);
  sink_pad = gst_element_get_static_pad (chain[0], "sink");
  self->linked = gst_pad_link (pad, sink_pad) == GST_PAD_LINK_OK;
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  Cutter *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const SemioCodec *codec;

  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (self->linked || gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return;
  codec = semio_codec_find_sound (caps);
  if (codec)
    link_sound (self, pad, codec);
}

/* All tracks are known: without sound there is nothing to wait for. */
static void
no_more_pads_cb (GstElement *demuxer, gpointer user_data)
{
  Cutter *self = user_data;

  if (!self->linked)
    stop (self);
}

static gboolean
build (Cutter *self, int fd, GError **error)
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
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);
  return TRUE;
}

/* Waits for one of the messages, as long as something moves. FALSE at the end of the sound, or with an error. */
static gboolean
wait_for (Cutter *self, GstMessageType wanted, SemioAliveFunc alive, gpointer alive_data, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gint64 moved_us = g_get_monotonic_time ();
  int n_buffers = 0;

  while (g_get_monotonic_time () - moved_us < STALL_US)
    {
      g_autoptr (GstMessage) message = NULL;

      if (!alive (alive_data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
          return FALSE;
        }
      message = gst_bus_timed_pop_filtered (bus, POLL_NS, wanted | GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_APPLICATION);
      if (message)
        return (GST_MESSAGE_TYPE (message) & wanted) != 0;
      if (g_atomic_int_get (&self->n_buffers) != n_buffers)
        {
          n_buffers = g_atomic_int_get (&self->n_buffers);
          moved_us = g_get_monotonic_time ();
        }
    }
  return FALSE;
}

static GBytes *
make_wav (const gint16 *samples, gint64 n_samples)
{
  guint32 n_data = (guint32) n_samples * 2;
  guint8 *wav = g_malloc (WAV_HEAD_BYTES + n_data);
  const guint32 numbers[] = {
    GUINT32_TO_LE (WAV_HEAD_BYTES - 8 + n_data),
    GUINT32_TO_LE (16),
    GUINT32_TO_LE (RATE_HZ),
    GUINT32_TO_LE (RATE_HZ * 2),
    GUINT32_TO_LE (n_data),
  };
  const guint16 form[] = { GUINT16_TO_LE (1), GUINT16_TO_LE (1), GUINT16_TO_LE (2), GUINT16_TO_LE (16) };

  memcpy (wav, "RIFF", 4);
  memcpy (wav + 4, &numbers[0], 4);
  memcpy (wav + 8, "WAVEfmt ", 8);
  memcpy (wav + 16, &numbers[1], 4);
  memcpy (wav + 20, &form[0], 4);
  memcpy (wav + 24, &numbers[2], 8);
  memcpy (wav + 32, &form[2], 4);
  memcpy (wav + 36, "data", 4);
  memcpy (wav + 40, &numbers[4], 4);
  /* The samples are asked for low byte first. */
  memcpy (wav + WAV_HEAD_BYTES, samples, n_data);
  return g_bytes_new_take (wav, WAV_HEAD_BYTES + n_data);
}

GBytes *
semio_sampler_run_sound (int fd, SemioFrameIndex *index, SemioSpan span, SemioAliveFunc alive, gpointer alive_data,
                         GError **error)
{
  g_autoptr (Cutter) self = g_new0 (Cutter, 1);
  g_autoptr (GError) reason = NULL;
  gboolean ready;

  self->zero_ns = semio_frame_index_get_zero_ns (index);
  self->span = semio_span_intersect (span, (SemioSpan){ 0, semio_frame_index_get_duration_ns (index) });
  if (semio_span_is_empty (self->span) || semio_span_get_length (self->span) > MAX_LENGTH_NS)
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_LIMIT,
                           _ ("This part of the recording is empty or longer than six hours. Choose another."));
      return NULL;
    }
  if (!semio_sniff_file (fd, &self->sniff, error))
    return NULL;
  self->n_samples = semio_span_get_length (self->span) / SAMPLE_NS;
  self->samples = g_new0 (gint16, (gsize) MAX (self->n_samples, 1));
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  if (!build (self, fd, error))
    return NULL;
  /* After a seek the times of a file in fragments are not to be trusted, so that is read from its beginning. */
  g_atomic_int_set (&self->taking, self->sniff.fragmented || self->span.begin_ns < LEAD_NS);
  gst_element_set_state (self->pipeline, g_atomic_int_get (&self->taking) ? GST_STATE_PLAYING : GST_STATE_PAUSED);
  ready = g_atomic_int_get (&self->taking) || wait_for (self, GST_MESSAGE_ASYNC_DONE, alive, alive_data, &reason);
  if (ready && !g_atomic_int_get (&self->taking))
    {
      g_atomic_int_set (&self->taking, TRUE);
      ready = gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                       self->zero_ns + self->span.begin_ns - LEAD_NS);
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
    }
  if (ready)
    wait_for (self, 0, alive, alive_data, &reason);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (!reason && !self->linked)
    reason = g_error_new_literal (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                                  _ ("The recording has no sound, or one that is not read."));
  if (reason)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  return make_wav (self->samples, self->n_samples);
}

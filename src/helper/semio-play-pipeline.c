/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-play-pipeline.h"

#include <glib/gi18n-lib.h>
#include <gst/app/app.h>

#include "semio-element.h"
#include "semio-media-error.h"
#include "semio-picture-chain.h"
#include "semio-sound-chain.h"

#define READ_AHEAD_NS (2 * GST_SECOND)
/* A picture that is later than this is left out, so that picture and sound stay together on a slow machine. */
#define MAX_LATE_NS (80 * GST_MSECOND)
/* In a loop, so much is made ahead that the way from the key frame to its beginning is decoded meanwhile. */
#define LOOP_AHEAD_FRAMES 20
/* Faster than this not every frame is looked for: what keeps the time goes before. */
#define MAX_WHOLE_RATE 2.0

/* Reference counted by its box, since messages to the main context may still be under way when it is closed. */
struct _SemioPlayPipeline {
  SemioPlayPipelineFuncs funcs;
  gpointer user_data;
  gboolean closed; /* main context only */
  gboolean ready;
  gboolean with_sound;
  gboolean loops;
  double rate; /* of the last seek */
  gboolean knows_segments;
  int has_sound;
  SemioPacketTable *table;
  GstElement *pipeline;
  GstElement *queue;
  gint64 ahead_ns; /* what either stream is read ahead of the other */
  gint64 way_ns; /* and more, for steps from the place that was sought */
  guint bus_watch;
  SemioPictureChain *picture;
  SemioSoundChain *sound;
  int n_flushes; /* how often the picture's sink was flushed: what was rendered before is old */
  int n_expected;
};

typedef struct {
  SemioPlayPipeline *self;
  GstSample *sample; /* NULL: the end */
  int n_flushes;
} Arrival;

static void
pipeline_clear (gpointer data)
{
  SemioPlayPipeline *self = data;

  g_clear_pointer (&self->picture, semio_picture_chain_free);
  g_clear_pointer (&self->sound, semio_sound_chain_free);
  g_clear_object (&self->pipeline);
}

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  g_clear_pointer (&arrival->sample, gst_sample_unref);
  g_atomic_rc_box_release_full (arrival->self, pipeline_clear);
  g_free (arrival);
}

static gboolean
arrived_cb (gpointer user_data)
{
  Arrival *arrival = user_data;
  SemioPlayPipeline *self = arrival->self;

  if (self->closed || arrival->n_flushes < self->n_expected)
    return G_SOURCE_REMOVE;
  if (arrival->sample)
    self->funcs.sample (arrival->sample, self->user_data);
  else
    self->funcs.end (self->user_data);
  return G_SOURCE_REMOVE;
}

/* From the streaming thread to the main context. */
static void
send_arrival (SemioPlayPipeline *self, GstSample *sample)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->self = g_atomic_rc_box_acquire (self);
  /* The sink writes into its sample again, so a picture that is kept gets one of its own. */
  if (sample)
    arrival->sample = gst_sample_new (gst_sample_get_buffer (sample), gst_sample_get_caps (sample), NULL, NULL);
  arrival->n_flushes = g_atomic_int_get (&self->n_flushes);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, arrived_cb, arrival, arrival_free);
}

static GstFlowReturn
preroll_cb (GstAppSink *sink, gpointer user_data)
{
  g_autoptr (GstSample) sample = gst_app_sink_try_pull_preroll (sink, 0);

  if (sample)
    send_arrival (user_data, sample);
  return GST_FLOW_OK;
}

static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer user_data)
{
  g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (sink, 0);

  if (sample)
    send_arrival (user_data, sample);
  return GST_FLOW_OK;
}

static void
end_cb (GstAppSink *sink, gpointer user_data)
{
  send_arrival (user_data, NULL);
}

static GstPadProbeReturn
flush_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioPlayPipeline *self = user_data;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_FLUSH_STOP)
    g_atomic_int_inc (&self->n_flushes);
  return GST_PAD_PROBE_OK;
}

static void
post_error (SemioPlayPipeline *self, const char *text)
{
  gst_element_message_full (self->pipeline, GST_MESSAGE_ERROR, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND,
                            g_strdup (text), NULL, __FILE__, G_STRFUNC, __LINE__);
}

/* A demuxer's pad through the queue that keeps picture and sound from blocking each other. */
static GstPad *
link_queue (SemioPlayPipeline *self, GstPad *pad)
{
  g_autoptr (GstPad) sink_pad = gst_element_request_pad_simple (self->queue, "sink_%u");
  g_autoptr (GstIterator) others = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GstPad *source_pad = NULL;

  if (!sink_pad || gst_pad_link (pad, sink_pad) != GST_PAD_LINK_OK)
    return NULL;
  others = gst_pad_iterate_internal_links (sink_pad);
  if (others && gst_iterator_next (others, &value) == GST_ITERATOR_OK)
    source_pad = g_value_dup_object (&value);
  return source_pad;
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  SemioPlayPipeline *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstPad) queued = NULL;
  g_autoptr (GError) error = NULL;

  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return;
  if (g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/"))
    g_atomic_int_set (&self->has_sound, TRUE);
  if (semio_codec_find_video (caps) && !semio_picture_chain_is_linked (self->picture))
    {
      if (self->table)
        semio_packet_table_attach (self->table, pad);
      queued = link_queue (self, pad);
      if (queued && !semio_picture_chain_link (self->picture, queued, caps, &error))
        post_error (self, error->message);
    }
  else if (self->with_sound && semio_codec_find_sound (caps) && !semio_sound_chain_has_output (self->sound))
    {
      /* The queue is linked before the sound's end of it, which decides whether there is a device; without one
       * the track stays unlinked and the demuxer passes over it. */
      queued = link_queue (self, pad);
      if (queued && !semio_sound_chain_link (self->sound, queued, caps))
        g_info ("The sound is not played: no device or no decoder.");
    }
}

static void
report_error (SemioPlayPipeline *self, GstMessage *message)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) error = NULL;

  gst_message_parse_error (message, &reason, NULL);
  if (g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    error = g_error_new_literal (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED, reason->message);
  else if (reason->domain == GST_RESOURCE_ERROR)
    error = g_error_new (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE,
                         _ ("Reading the file failed (%s). Check the disk or the connection to it, then try again."),
                         reason->message);
  else
    error = g_error_new (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                         _ ("The video cannot be decoded (%s). Copy the file again, or convert it to H.264."), reason->message);
  self->funcs.failed (error, semio_sound_chain_owns (self->sound, GST_MESSAGE_SRC (message)), self->user_data);
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  SemioPlayPipeline *self = user_data;

  if (self->closed)
    return G_SOURCE_REMOVE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (self->pipeline));
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    report_error (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_SEGMENT_DONE)
    self->funcs.segment_done (self->user_data);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE && !self->ready)
    {
      self->ready = TRUE;
      self->funcs.ready (self->user_data);
    }
  return G_SOURCE_CONTINUE;
}

static void
configure_sink (SemioPlayPipeline *self, gboolean quality)
{
  GstElement *sink = semio_picture_chain_get_sink (self->picture);
  GstAppSinkCallbacks callbacks = { .eos = end_cb, .new_preroll = preroll_cb, .new_sample = sample_cb };
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "sync", TRUE, "max-buffers", 2, "drop", TRUE, "qos", quality, "max-lateness", (gint64) MAX_LATE_NS,
                "enable-last-sample", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_FLUSH | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, flush_cb, self, NULL);
}

static gboolean
build (SemioPlayPipeline *self, int fd, const SemioSniff *sniff, SemioFrameIndex *index, GError **error)
{
  GstBin *bin = GST_BIN (self->pipeline);
  GstElement *source, *demuxer;

  self->sound = semio_sound_chain_new (bin);
  self->picture = semio_picture_chain_new (bin, index, SEMIO_PICTURE_PLAYING, error);
  if (!self->picture)
    return FALSE;
  configure_sink (self, !(semio_frame_index_get_flags (index) & SEMIO_FRAME_INDEX_NO_TIME_STAMPS));
  self->queue = semio_element_add (bin, "multiqueue", error);
  source = self->queue ? semio_element_new_source (fd, error) : NULL;
  if (!source)
    return FALSE;
  gst_bin_add (bin, source);
  demuxer = semio_element_new_demuxer (sniff->container, error);
  if (!demuxer)
    return FALSE;
  gst_bin_add (bin, demuxer);
  gst_element_link (source, demuxer);
  /* Sound that begins before the picture must fit, or the picture would never come. */
  self->ahead_ns = (gint64) READ_AHEAD_NS + semio_frame_index_get_zero_ns (index);
  g_object_set (self->queue, "max-size-buffers", 0, "max-size-bytes", 64 * 1024 * 1024, "max-size-time", (guint64) self->ahead_ns,
                NULL);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  return TRUE;
}

SemioPlayPipeline *
semio_play_pipeline_new (int fd, const SemioSniff *sniff, SemioFrameIndex *index, SemioPacketTable *table, gboolean with_sound,
                         const char *decoder, const SemioPlayPipelineFuncs *funcs, gpointer user_data, GError **error)
{
  g_autoptr (SemioPlayPipeline) self = g_atomic_rc_box_new0 (SemioPlayPipeline);
  g_autoptr (GstBus) bus = NULL;

  self->funcs = *funcs;
  self->user_data = user_data;
  self->with_sound = with_sound;
  self->table = table;
  self->knows_segments = sniff->container != SEMIO_CONTAINER_MPEGTS;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  if (!build (self, fd, sniff, index, error))
    return NULL;
  semio_picture_chain_set_decoder (self->picture, decoder);
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, bus_cb, self);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  return g_steal_pointer (&self);
}

void
semio_play_pipeline_close (SemioPlayPipeline *self)
{
  self->closed = TRUE;
  if (self->bus_watch)
    g_source_remove (self->bus_watch);
  self->bus_watch = 0;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_atomic_rc_box_release_full (self, pipeline_clear);
}

void
semio_play_pipeline_set_playing (SemioPlayPipeline *self, gboolean playing)
{
  semio_picture_chain_set_hurried (self->picture, playing && self->rate > MAX_WHOLE_RATE);
  gst_element_set_state (self->pipeline, playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

/* Sent from the picture's sink alone: from the whole pipeline it would reach the demuxer once for every sink. */
static gboolean
send_seek (SemioPlayPipeline *self, GstSeekFlags flags, gint64 stream_ns, gint64 stop_ns, double rate)
{
  GstElement *sink = semio_picture_chain_get_sink (self->picture);
  gint64 stop = stop_ns >= 0 ? stop_ns : (gint64) GST_CLOCK_TIME_NONE;

  self->rate = rate;
  /* Looking for a frame none is left out; playing on from it, some may be. */
  semio_picture_chain_set_hurried (self->picture, FALSE);
  flags |= GST_SEEK_FLAG_ACCURATE;
  /* What is played from a container without segments has an end like any other. */
  if (self->loops && self->knows_segments)
    flags |= GST_SEEK_FLAG_SEGMENT;
  return gst_element_seek (sink, rate, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET, stream_ns, GST_SEEK_TYPE_SET, stop);
}

gboolean
semio_play_pipeline_append (SemioPlayPipeline *self, gint64 stream_ns, gint64 stop_ns, double rate)
{
  return send_seek (self, 0, stream_ns, stop_ns, rate);
}

void
semio_play_pipeline_set_loops (SemioPlayPipeline *self, gboolean loops)
{
  self->loops = loops;
  semio_picture_chain_set_ahead (self->picture, loops ? LOOP_AHEAD_FRAMES : 0);
}

void
semio_play_pipeline_allow_way (SemioPlayPipeline *self, gint64 way_ns)
{
  if (self->way_ns == way_ns)
    return;
  self->way_ns = way_ns;
  g_object_set (self->queue, "max-size-time", (guint64) (self->ahead_ns + way_ns), NULL);
}

gboolean
semio_play_pipeline_seek (SemioPlayPipeline *self, gint64 stream_ns, gint64 stop_ns, double rate)
{
  gboolean done;

  semio_play_pipeline_allow_way (self, 0);
  done = send_seek (self, GST_SEEK_FLAG_FLUSH, stream_ns, stop_ns, rate);

  self->n_expected = g_atomic_int_get (&self->n_flushes);
  return done;
}

void
semio_play_pipeline_set_lands (SemioPlayPipeline *self, gboolean lands)
{
  semio_picture_chain_set_lands (self->picture, lands);
}

gboolean
semio_play_pipeline_step (SemioPlayPipeline *self, guint n_frames)
{
  return gst_element_send_event (semio_picture_chain_get_sink (self->picture),
                                 gst_event_new_step (GST_FORMAT_BUFFERS, n_frames, 1.0, TRUE, FALSE));
}

gboolean
semio_play_pipeline_set_view (SemioPlayPipeline *self, int width_px, int height_px)
{
  return semio_picture_chain_set_view (self->picture, width_px, height_px);
}

gboolean
semio_play_pipeline_set_deinterlaced (SemioPlayPipeline *self, gboolean deinterlaced)
{
  return semio_picture_chain_set_deinterlaced (self->picture, deinterlaced);
}

gboolean
semio_play_pipeline_saw_interlaced (SemioPlayPipeline *self)
{
  return semio_picture_chain_saw_interlaced (self->picture);
}

void
semio_play_pipeline_set_volume (SemioPlayPipeline *self, double volume, gboolean muted, double speed)
{
  semio_sound_chain_set_volume (self->sound, volume, muted, speed);
}

gint64
semio_play_pipeline_read (SemioPlayPipeline *self, GstSample *sample)
{
  return semio_picture_chain_read (self->picture, sample);
}

gboolean
semio_play_pipeline_has_sound_output (SemioPlayPipeline *self)
{
  return semio_sound_chain_has_output (self->sound);
}

gboolean
semio_play_pipeline_has_sound (SemioPlayPipeline *self)
{
  return g_atomic_int_get (&self->has_sound);
}

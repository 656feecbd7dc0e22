/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sampler.h"

#include <glib/gi18n-lib.h>
#include <gst/app/app.h>
#include <gst/video/video.h>
#include <string.h>

#include "semio-element.h"
#include "semio-frame-stamp.h"
#include "semio-media-error.h"
#include "semio-packet-need.h"
#include "semio-packet-table.h"

#define POLL_NS (100 * GST_MSECOND)
/* This long without a picture is a file that no more comes out of. */
#define STALL_US (8 * G_USEC_PER_SEC)
/* Seeking to the frame, to its key frame with nothing left out, and reading from the beginning. */
#define N_ATTEMPTS 3
#define CONVERTER_THREADS 2
/* A block of a JPEG whose colours have half the size is so wide at most. */
#define BLOCK_PX 16
/* What readers of JPEG expect: full range, matrix of BT.601, colour between the pixels. Left open, it would be chosen anew at every negotiation. */
#define JPEG_COLORS "1:4:0:0"

typedef struct {
  const SemioSampling *sampling;
  SemioFrameIndex *index;
  SemioSniff sniff;
  SemioPacketTable *table; /* of a file in fragments */
  guint n_done; /* pictures handed on */

  /* Of one reading. */
  GstElement *pipeline, *sink, *size_filter;
  SemioFrameStamp *stamp;
  SemioPacketNeed need;
  gboolean linked;
  gboolean by_decoder; /* frames are told by counting, so none may be left out */
  gboolean whole; /* nothing is left out before the decoder */
  int filtering; /* after the seek */
  guint first; /* in the plan */
  gint64 group_begin, group_end; /* frames from one key frame to the next, of the packets that come */
  guint n_left; /* wanted ones of these and of groups before that did not pass to the decoder yet */
} SemioSampler;

static void
close_pipeline (SemioSampler *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->stamp, semio_frame_stamp_free);
  self->linked = FALSE;
}

static void
sampler_free (SemioSampler *self)
{
  close_pipeline (self);
  g_clear_pointer (&self->table, semio_packet_table_free);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSampler, sampler_free)

static gint64
get_wanted (SemioSampler *self, guint i)
{
  return g_array_index (self->sampling->frames, gint64, i);
}

/* The place in the plan of the first frame that is not before this one. */
static guint
find_wanted (SemioSampler *self, gint64 frame)
{
  guint low = 0, high = self->sampling->frames->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_wanted (self, middle) < frame)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_wanted (SemioSampler *self, gint64 frame)
{
  guint at = find_wanted (self, frame);

  return at >= self->first && at < self->sampling->frames->len && get_wanted (self, at) == frame;
}

static gint64
read_frame (SemioSampler *self, GstBuffer *buffer)
{
  GstSample *sample = gst_sample_new (buffer, NULL, NULL, NULL);
  gint64 frame = semio_frame_stamp_read (self->stamp, sample);

  gst_sample_unref (sample);
  return frame;
}

/* The frames from the key frame at or before this one to the next, and how many of them are wanted. */
static void
enter_group (SemioSampler *self, gint64 frame)
{
  gint64 n_frames = semio_frame_index_get_n_frames (self->index);
  guint begin, end;

  self->group_begin = semio_frame_index_get_key_before (self->index, frame);
  self->group_end = frame + 1;
  while (self->group_end < n_frames && !semio_frame_index_is_key (self->index, self->group_end))
    self->group_end++;
  begin = MAX (find_wanted (self, self->group_begin), self->first);
  end = find_wanted (self, self->group_end);
  /* Frames that are shown before a key frame may come after it and need it: what did not pass yet goes on counting. */
  self->n_left += end > begin ? end - begin : 0;
}

/* A packet that no wanted frame is decoded from: one that no other needs, or one that comes when all wanted frames up to
 * the next key frame have passed. What a frame needs goes before it in the file, so nothing of theirs is left out. */
static GstPadProbeReturn
packet_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSampler *self = user_data;
  gboolean needed, wanted;
  GstCaps *caps;
  gint64 frame;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

      if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
        {
          gst_event_parse_caps (event, &caps);
          semio_packet_need_set_caps (&self->need, caps);
        }
      else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
        {
          self->group_end = 0;
          self->n_left = 0;
        }
      return GST_PAD_PROBE_OK;
    }
  needed = semio_packet_need_test (&self->need, GST_PAD_PROBE_INFO_BUFFER (info));
  if (self->whole || !g_atomic_int_get (&self->filtering))
    return GST_PAD_PROBE_OK;
  frame = read_frame (self, GST_PAD_PROBE_INFO_BUFFER (info));
  if (frame < 0)
    return GST_PAD_PROBE_OK;
  if (frame >= self->group_end)
    enter_group (self, frame);
  wanted = is_wanted (self, frame);
  if (!wanted && (!needed || (frame >= self->group_begin && self->n_left == 0)))
    return GST_PAD_PROBE_DROP;
  if (wanted && self->n_left > 0)
    self->n_left--;
  return GST_PAD_PROBE_OK;
}

/* Pictures that nobody wants are not converted. */
static GstPadProbeReturn
picture_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSampler *self = user_data;

  if (!g_atomic_int_get (&self->filtering) || is_wanted (self, read_frame (self, GST_PAD_PROBE_INFO_BUFFER (info))))
    return GST_PAD_PROBE_OK;
  return GST_PAD_PROBE_DROP;
}

static void
watch_pad (GstElement *element, const char *name, GstPadProbeType type, GstPadProbeCallback callback, SemioSampler *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, name);

  gst_pad_add_probe (pad, type, callback, self, NULL);
}

static void
set_if_present (GstElement *element, const char *property, int value)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), property))
    g_object_set (element, property, value, NULL);
}

/* The size of the decoded picture decides the size of the JPEG. It is made small in its own colours, which costs little, and
 * the small one gets those of a JPEG. */
static GstPadProbeReturn
size_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSampler *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  g_autoptr (GstCaps) wanted = NULL;
  g_autofree char *colors = NULL;
  GstVideoInfo video;
  GstCaps *caps;
  int width_px, height_px;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  if (!gst_video_info_from_caps (&video, caps))
    return GST_PAD_PROBE_OK;
  height_px = self->sampling->height_px > 0 ? MIN ((int) self->sampling->height_px, video.height) : video.height;
  width_px = (int) gst_util_uint64_scale_round ((guint64) video.width * (guint64) MAX (video.par_n, 1), (guint64) height_px,
                                                (guint64) MAX (video.par_d, 1) * (guint64) MAX (video.height, 1));
  if (GST_VIDEO_INFO_IS_YUV (&video))
    colors = gst_video_colorimetry_to_string (&video.colorimetry);
  wanted = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "I420", "width", G_TYPE_INT,
                                CLAMP ((width_px + 1) / 2 * 2, 2, 16384), "height", G_TYPE_INT, MAX (height_px, 1),
                                "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, "colorimetry", G_TYPE_STRING,
                                colors ? colors : JPEG_COLORS, NULL);
  g_object_set (self->size_filter, "caps", wanted, NULL);
  return GST_PAD_PROBE_OK;
}

/* A buffer for the same picture whose lines go on to the end of the last block. */
static GstBuffer *
new_padded (GstBuffer *buffer, const GstVideoInfo *video)
{
  gsize offsets[GST_VIDEO_MAX_PLANES] = { 0 };
  int strides[GST_VIDEO_MAX_PLANES] = { 0 };
  gsize size = 0;
  GstVideoMeta *meta;
  GstBuffer *padded;

  for (guint i = 0; i < GST_VIDEO_INFO_N_PLANES (video); i++)
    {
      offsets[i] = size;
      strides[i] = GST_ROUND_UP_N (GST_VIDEO_INFO_COMP_WIDTH (video, i), BLOCK_PX);
      size += (gsize) strides[i] * (gsize) GST_VIDEO_INFO_COMP_HEIGHT (video, i);
    }
  padded = gst_buffer_new_allocate (NULL, size, NULL);
  gst_buffer_copy_into (padded, buffer, GST_BUFFER_COPY_METADATA, 0, -1);
  meta = gst_buffer_get_video_meta (padded);
  if (meta)
    gst_buffer_remove_meta (padded, (GstMeta *) meta);
  gst_buffer_add_video_meta_full (padded, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT (video),
                                  (guint) GST_VIDEO_INFO_WIDTH (video), (guint) GST_VIDEO_INFO_HEIGHT (video),
                                  GST_VIDEO_INFO_N_PLANES (video), offsets, strides);
  return padded;
}

static void
copy_plane (GstVideoFrame *from, GstVideoFrame *to, guint plane)
{
  int width_px = GST_VIDEO_FRAME_COMP_WIDTH (from, plane), stride = GST_VIDEO_FRAME_PLANE_STRIDE (to, plane);

  for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (from, plane); y++)
    {
      const guint8 *line =
          (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (from, plane) + (gssize) y * GST_VIDEO_FRAME_PLANE_STRIDE (from, plane);
      guint8 *copy = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (to, plane) + (gssize) y * stride;

      memcpy (copy, line, (gsize) width_px);
      memset (copy + width_px, line[width_px - 1], (gsize) (stride - width_px));
    }
}

/* The encoder codes whole blocks and takes what lies right of the picture in memory for a part of it, on the last line even what
 * lies behind it: that would be whatever stood there before. It would shine through, and the same picture would be other bytes
 * each time. */
static GstPadProbeReturn
margin_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstVideoFrame from, to;
  GstVideoInfo video;
  GstBuffer *padded;

  if (!caps || !gst_video_info_from_caps (&video, caps) || !gst_video_frame_map (&from, &video, buffer, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  padded = new_padded (buffer, &video);
  if (gst_video_frame_map (&to, &video, padded, GST_MAP_WRITE))
    {
      for (guint i = 0; i < GST_VIDEO_FRAME_N_PLANES (&from); i++)
        copy_plane (&from, &to, i);
      gst_video_frame_unmap (&to);
      gst_video_frame_unmap (&from);
      GST_PAD_PROBE_INFO_DATA (info) = padded;
      gst_buffer_unref (buffer);
      return GST_PAD_PROBE_OK;
    }
  gst_video_frame_unmap (&from);
  gst_buffer_unref (padded);
  return GST_PAD_PROBE_OK;
}

static const char *const shaping[] = { "queue",      "videoflip", "videoconvertscale", "capsfilter", "videoconvertscale",
                                       "capsfilter", "jpegenc" };

static void
set_up_shaping (SemioSampler *self, GstElement **elements)
{
  g_autoptr (GstCaps) colors = gst_caps_from_string ("video/x-raw, format=I420, colorimetry=" JPEG_COLORS ", chroma-site=jpeg");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (elements[2], "sink");

  g_object_set (elements[0], "max-size-buffers", 4, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  gst_util_set_object_arg (G_OBJECT (elements[1]), "video-direction", "auto");
  g_object_set (elements[2], "n-threads", CONVERTER_THREADS, "add-borders", FALSE, NULL);
  self->size_filter = elements[3];
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, size_cb, self, NULL);
  g_object_set (elements[5], "caps", colors, NULL);
  g_object_set (elements[6], "quality", (int) self->sampling->quality, NULL);
  watch_pad (elements[6], "sink", GST_PAD_PROBE_TYPE_BUFFER, margin_cb, self);
}

static gboolean
link_picture (SemioSampler *self, GstPad *pad, const SemioCodec *codec)
{
  GstBin *bin = GST_BIN (self->pipeline);
  GstElement *decoder = semio_codec_new_decoder (codec, NULL);
  GstElement *chain[10] = { NULL };
  g_autoptr (GstPad) sink_pad = NULL;
  int n = 0;

  if (!decoder)
    return FALSE;
  set_if_present (decoder, "max-threads", (int) g_get_num_processors ());
  set_if_present (decoder, "threads", (int) g_get_num_processors ());
  if (self->by_decoder)
    set_if_present (decoder, "qos", FALSE);
  if (codec->parser)
    chain[n++] = semio_element_add (bin, codec->parser, NULL);
  gst_bin_add (bin, decoder);
  chain[n++] = decoder;
  for (gsize i = 0; i < G_N_ELEMENTS (shaping); i++)
    chain[n++] = semio_element_add (bin, shaping[i], NULL);
  for (int i = 0; i < n; i++)
    if (!chain[i] || (i > 0 && !gst_element_link (chain[i - 1], chain[i])))
      return FALSE;
  set_up_shaping (self, chain + n - G_N_ELEMENTS (shaping));
  semio_frame_stamp_attach (self->stamp, decoder);
  watch_pad (decoder, "sink", GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, packet_cb, self);
  watch_pad (decoder, "src", GST_PAD_PROBE_TYPE_BUFFER, picture_cb, self);
  if (!gst_element_link (chain[n - 1], self->sink))
    return FALSE;
  for (int i = n - 1; i >= 0; i--)
    gst_element_sync_state_with_parent (chain[i]);
  if (self->table)
    semio_packet_table_attach (self->table, pad);
  sink_pad = gst_element_get_static_pad (chain[0], "sink");
  return gst_pad_link (pad, sink_pad) == GST_PAD_LINK_OK;
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  SemioSampler *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const SemioCodec *codec;

  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (self->linked || gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return;
  codec = semio_codec_find_video (caps);
  self->linked = codec != NULL;
  if (codec && !link_picture (self, pad, codec))
    gst_element_message_full (self->pipeline, GST_MESSAGE_ERROR, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND,
                              g_strdup (_ ("The picture track cannot be decoded. Copy the file again, or convert it to H.264.")),
                              NULL, __FILE__, G_STRFUNC, __LINE__);
}

static gboolean
check (SemioSampler *self, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) reason = NULL;

  if (message)
    {
      gst_message_parse_error (message, &reason, NULL);
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                   _ ("The picture cannot be decoded (%s). Copy the file again, or convert it to H.264."), reason->message);
      return FALSE;
    }
  if (self->sampling->alive (self->sampling->data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
  return FALSE;
}

static gboolean
open_pipeline (SemioSampler *self, int fd, GError **error)
{
  GstElement *source, *demuxer;

  close_pipeline (self);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->stamp = semio_frame_stamp_new (self->index);
  semio_packet_need_init (&self->need);
  g_atomic_int_set (&self->filtering, FALSE);
  self->group_end = 0;
  self->n_left = 0;
  self->sink = semio_element_add (GST_BIN (self->pipeline), "appsink", error);
  source = self->sink ? semio_element_new_source (fd, error) : NULL;
  if (!source)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), source);
  demuxer = semio_element_new_demuxer (self->sniff.container, error);
  if (!demuxer)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), demuxer);
  gst_element_link (source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_object_set (self->sink, "sync", FALSE, "max-buffers", 4, NULL);
  return TRUE;
}

static gboolean
wait_for_start (SemioSampler *self, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();

  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  while (g_get_monotonic_time () - start_us < STALL_US)
    {
      GstStateChangeReturn state = gst_element_get_state (self->pipeline, NULL, NULL, POLL_NS);

      if (!check (self, error))
        return FALSE;
      if (state == GST_STATE_CHANGE_SUCCESS)
        return TRUE;
    }
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                       _ ("No picture comes out of the file. It is damaged; copy or export it again."));
  return FALSE;
}

/* Stands before the first frame that is wanted, in the way that the attempt says. */
static gboolean
place (SemioSampler *self, int fd, int attempt, GError **error)
{
  gint64 frame = get_wanted (self, self->first);

  self->whole = self->by_decoder || attempt > 0 || semio_element_is_careful ();
  if (!open_pipeline (self, fd, error))
    return FALSE;
  if (attempt == N_ATTEMPTS - 1)
    g_atomic_int_set (&self->filtering, TRUE);
  if (!wait_for_start (self, error))
    return FALSE;
  g_atomic_int_set (&self->filtering, TRUE);
  if (attempt == 1 || semio_element_is_careful ())
    frame = semio_frame_index_get_key_before (self->index, frame);
  if (semio_element_is_careful () && frame > 0)
    frame = semio_frame_index_get_key_before (self->index, frame - 1);
  if (attempt < N_ATTEMPTS - 1
      && !gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                   semio_frame_index_get_seek_ns (self->index, frame)))
    return FALSE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return TRUE;
}

static gboolean
hand_on (SemioSampler *self, GstSample *sample)
{
  GstStructure *structure = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  int width_px = 0, height_px = 0;
  g_autoptr (GBytes) jpeg = NULL;
  GstMapInfo map;

  gst_structure_get_int (structure, "width", &width_px);
  gst_structure_get_int (structure, "height", &height_px);
  if (!gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    return FALSE;
  jpeg = g_bytes_new (map.data, map.size);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  return self->sampling->sampled (get_wanted (self, self->n_done), (guint) width_px, (guint) height_px, jpeg,
                                  self->sampling->data);
}

/* Hands on pictures as long as they are those that are next in the plan. FALSE with an error when there is no use in
 * trying again. */
static gboolean
pull_all (SemioSampler *self, GError **error)
{
  gint64 moved_us = g_get_monotonic_time ();

  while (self->n_done < self->sampling->frames->len && g_get_monotonic_time () - moved_us < STALL_US)
    {
      GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), POLL_NS);
      gboolean next;

      if (!sample && gst_app_sink_is_eos (GST_APP_SINK (self->sink)))
        break;
      if (!sample && !check (self, error))
        return FALSE;
      if (!sample)
        continue;
      moved_us = g_get_monotonic_time ();
      next = semio_frame_stamp_read (self->stamp, sample) == get_wanted (self, self->n_done);
      if (next && hand_on (self, sample))
        self->n_done++;
      else if (next)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
      gst_sample_unref (sample);
      if (!next || *error)
        break;
    }
  return *error == NULL;
}

gboolean
semio_sampler_run (int fd, SemioFrameIndex *index, const SemioSampling *sampling, GError **error)
{
  g_autoptr (SemioSampler) self = g_new0 (SemioSampler, 1);
  g_autoptr (GError) reason = NULL;

  self->sampling = sampling;
  self->index = semio_frame_index_ref (index);
  self->by_decoder = (semio_frame_index_get_flags (index) & SEMIO_FRAME_INDEX_NO_TIME_STAMPS) != 0;
  if (!semio_sniff_file (fd, &self->sniff, error))
    return FALSE;
  if (self->sniff.fragmented && !(self->table = semio_packet_table_new (fd, sampling->alive, sampling->data, error)))
    return FALSE;
  for (int attempt = 0; attempt < N_ATTEMPTS && self->n_done < sampling->frames->len && !reason; attempt++)
    {
      guint n_done = self->n_done;

      self->first = n_done;
      if (place (self, fd, attempt, &reason) && pull_all (self, &reason) && self->n_done > n_done)
        attempt = -1;
    }
  close_pipeline (self);
  if (self->n_done == sampling->frames->len)
    return TRUE;
  if (!reason)
    reason =
        g_error_new (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VERIFIED,
                     _ ("Frame %u of those wanted cannot be shown: what is decoded there does not have its time."), self->n_done);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

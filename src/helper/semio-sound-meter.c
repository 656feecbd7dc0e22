/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sound-meter.h"

#include "semio-element.h"
#include "semio-frame-stamp.h"

/* −70 dB of full scale: dither and the noise of a converter without microphone stay below. */
#define SILENCE_PEAK 10
#define MAX_SILENCE_NS (10 * 60 * SEMIO_NS_PER_SECOND)

struct _SemioSoundMeter {
  GstSegment segment;
  char *codec;
  int rate_hz, channels;
  gint64 end_ns;
  gint64 heard_ns; /* decoded so far */
  gboolean linked;
  gboolean loud;
  gboolean decodable;
};

SemioSoundMeter *
semio_sound_meter_new (void)
{
  SemioSoundMeter *self = g_new0 (SemioSoundMeter, 1);

  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  return self;
}

void
semio_sound_meter_free (SemioSoundMeter *self)
{
  g_free (self->codec);
  g_free (self);
}

/* Every packet: how far the sound reaches. Once it is known that there is sound, nothing more is decoded. */
static GstPadProbeReturn
packet_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSoundMeter *self = user_data;
  GstBuffer *buffer;
  gint64 stream_ns;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

      if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
        gst_event_copy_segment (event, &self->segment);
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (semio_stamp_get_stream_ns (&self->segment, buffer, &stream_ns))
    self->end_ns =
        MAX (self->end_ns, stream_ns + (GST_BUFFER_DURATION_IS_VALID (buffer) ? (gint64) GST_BUFFER_DURATION (buffer) : 0));
  return self->loud || self->heard_ns > MAX_SILENCE_NS || !self->decodable ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
samples_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSoundMeter *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  for (gsize i = 0; i + 1 < map.size && !self->loud; i += 2)
    self->loud = ABS ((int) *(const gint16 *) (gconstpointer) (map.data + i)) > SILENCE_PEAK;
  gst_buffer_unmap (buffer, &map);
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    self->heard_ns += (gint64) GST_BUFFER_DURATION (buffer);
  return GST_PAD_PROBE_OK;
}

static void
watch_pad (GstElement *element, const char *name, GstPadProbeType type, GstPadProbeCallback callback, SemioSoundMeter *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, name);

  gst_pad_add_probe (pad, type, callback, self, NULL);
}

/* parser → decoder → 16 bit → nothing; or only "nothing" when it cannot be decoded. */
static GstElement *
build_chain (SemioSoundMeter *self, GstBin *bin, const SemioCodec *codec)
{
  GstElement *chain[5] = { NULL };
  GstElement *sink = semio_element_add (bin, "fakesink", NULL);
  GstElement *decoder = codec ? semio_codec_new_decoder (codec, NULL) : NULL;
  g_autoptr (GstCaps) caps = gst_caps_from_string ("audio/x-raw, format=S16LE, layout=interleaved");
  int n = 0;

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  self->decodable = decoder != NULL;
  if (!decoder)
    return sink;
  if (codec->parser)
    chain[n++] = semio_element_add (bin, codec->parser, NULL);
  gst_bin_add (bin, decoder);
  chain[n++] = decoder;
  chain[n++] = semio_element_add (bin, "audioconvert", NULL);
  chain[n] = semio_element_add (bin, "capsfilter", NULL);
  g_object_set (chain[n++], "caps", caps, NULL);
  watch_pad (sink, "sink", GST_PAD_PROBE_TYPE_BUFFER, samples_cb, self);
  gst_element_sync_state_with_parent (sink);
  for (int i = 0; i < n; i++)
    gst_element_link (chain[i], i + 1 < n ? chain[i + 1] : sink);
  for (int i = n - 1; i >= 0; i--)
    gst_element_sync_state_with_parent (chain[i]);
  return chain[0];
}

void
semio_sound_meter_link (SemioSoundMeter *self, GstBin *bin, GstPad *pad, GstCaps *caps)
{
  const SemioCodec *codec = semio_codec_find_sound (caps);
  GstStructure *structure = gst_caps_get_structure (caps, 0);
  GstElement *first;
  g_autoptr (GstPad) sink_pad = NULL;

  if (self->linked)
    return;
  self->linked = TRUE;
  self->codec = g_strdup (codec ? codec->name : gst_structure_get_name (structure));
  gst_structure_get_int (structure, "rate", &self->rate_hz);
  gst_structure_get_int (structure, "channels", &self->channels);
  first = build_chain (self, bin, codec);
  gst_element_sync_state_with_parent (first);
  watch_pad (first, "sink", GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, packet_cb, self);
  sink_pad = gst_element_get_static_pad (first, "sink");
  gst_pad_link (pad, sink_pad);
}

SemioSound
semio_sound_meter_get_sound (SemioSoundMeter *self)
{
  if (!self->linked)
    return SEMIO_SOUND_NONE;
  if (!self->decodable)
    return SEMIO_SOUND_UNKNOWN;
  return self->loud ? SEMIO_SOUND_PRESENT : SEMIO_SOUND_SILENT;
}

const char *
semio_sound_meter_get_codec (SemioSoundMeter *self)
{
  return self->codec;
}

int
semio_sound_meter_get_rate_hz (SemioSoundMeter *self)
{
  return MAX (self->rate_hz, 0);
}

int
semio_sound_meter_get_channels (SemioSoundMeter *self)
{
  return CLAMP (self->channels, 0, 64);
}

gint64
semio_sound_meter_get_end_ns (SemioSoundMeter *self)
{
  return self->end_ns;
}

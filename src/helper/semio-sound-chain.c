/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sound-chain.h"

#include "semio-element.h"

#define MIN_SOUND_SPEED 0.5
#define MAX_SOUND_SPEED 2.0

/* Sound that is over this long before the target of a seek is not decoded; what is nearer brings the decoder into step. */
#define LEAD_NS (300 * GST_MSECOND)

struct _SemioSoundChain {
  GstBin *bin;
  GstElement *box; /* holds everything of the sound */
  GstElement *volume;
  int output;

  GstSegment segment; /* only touched in the streaming thread */

  GMutex mutex; /* for what follows */
  double level; /* linear */
  gboolean silent;
};

SemioSoundChain *
semio_sound_chain_new (GstBin *bin)
{
  SemioSoundChain *self = g_new0 (SemioSoundChain, 1);

  self->bin = bin;
  self->level = 1.0;
  g_mutex_init (&self->mutex);
  return self;
}

void
semio_sound_chain_free (SemioSoundChain *self)
{
  g_mutex_clear (&self->mutex);
  g_clear_object (&self->box);
  g_free (self);
}

/* A device that can be opened: the one that a test names, or the sound server, or the card itself. */
static GstElement *
open_sink (void)
{
  const char *named = g_getenv ("SEMIO_AUDIO_SINK");
  const char *const usual[] = { "pulsesink", "alsasink", NULL };
  const char *const wanted[] = { named, NULL };

  for (const char *const *name = named && *named ? wanted : usual; *name; name++)
    {
      g_autoptr (GstElement) sink = semio_element_new (*name, NULL);

      if (!sink)
        continue;
      gst_object_ref_sink (sink);
      if (g_str_equal (*name, "fakesink"))
        g_object_set (sink, "sync", TRUE, NULL);
      if (gst_element_set_state (sink, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE)
        return g_steal_pointer (&sink);
      gst_element_set_state (sink, GST_STATE_NULL);
    }
  return NULL;
}

static gboolean
fill_box (SemioSoundChain *self, const SemioCodec *codec, GstElement *sink)
{
  static const char *const shaping[] = { "audioconvert", "scaletempo", "audioconvert", "audioresample", "volume" };
  GstElement *first = NULL, *last = NULL, *element;
  g_autoptr (GstPad) pad = NULL;
  GstBin *box = GST_BIN (self->box);

  if (codec->parser)
    first = last = semio_element_add (box, codec->parser, NULL);
  element = semio_codec_new_decoder (codec, NULL);
  if (!element || (codec->parser && !first))
    {
      g_clear_object (&element);
      return FALSE;
    }
  gst_bin_add (box, element);
  if (last)
    gst_element_link (last, element);
  else
    first = element;
  last = element;
  for (gsize i = 0; i < G_N_ELEMENTS (shaping); i++)
    {
      element = semio_element_add (box, shaping[i], NULL);
      if (!element || !gst_element_link (last, element))
        return FALSE;
      last = element;
    }
  self->volume = last;
  gst_bin_add (box, sink);
  if (!gst_element_link (last, sink))
    return FALSE;
  pad = gst_element_get_static_pad (first, "sink");
  return gst_element_add_pad (self->box, gst_ghost_pad_new ("sink", pad));
}

static void
apply_volume (SemioSoundChain *self)
{
  if (self->volume)
    g_object_set (self->volume, "volume", self->level, "mute", self->silent, NULL);
}

/* A demuxer goes back to the picture's key frame for the sound too, which may be many seconds that nobody hears. */
static GstPadProbeReturn
packet_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioSoundChain *self = user_data;
  GstBuffer *buffer;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEGMENT)
        gst_event_copy_segment (GST_PAD_PROBE_INFO_EVENT (info), &self->segment);
      return GST_PAD_PROBE_OK;
    }
  buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (self->segment.format != GST_FORMAT_TIME || !GST_BUFFER_PTS_IS_VALID (buffer) || !GST_BUFFER_DURATION_IS_VALID (buffer))
    return GST_PAD_PROBE_OK;
  return GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer) + LEAD_NS < self->segment.start ? GST_PAD_PROBE_DROP
                                                                                                : GST_PAD_PROBE_OK;
}

gboolean
semio_sound_chain_link (SemioSoundChain *self, GstPad *pad, GstCaps *caps)
{
  const SemioCodec *codec = semio_codec_find_sound (caps);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad) sink_pad = NULL;

  if (!codec || self->box)
    return FALSE;
  sink = open_sink ();
  if (!sink)
    return FALSE;
  self->box = gst_object_ref_sink (gst_bin_new ("sound"));
  if (!fill_box (self, codec, sink))
    {
      gst_element_set_state (sink, GST_STATE_NULL);
      g_clear_object (&self->box);
      self->volume = NULL;
      return FALSE;
    }
  g_mutex_lock (&self->mutex);
  apply_volume (self);
  g_mutex_unlock (&self->mutex);
  gst_bin_add (self->bin, self->box);
  gst_element_sync_state_with_parent (self->box);
  sink_pad = gst_element_get_static_pad (self->box, "sink");
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  gst_pad_add_probe (sink_pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, packet_cb, self, NULL);
  g_atomic_int_set (&self->output, gst_pad_link (pad, sink_pad) == GST_PAD_LINK_OK);
  return g_atomic_int_get (&self->output);
}

gboolean
semio_sound_chain_has_output (SemioSoundChain *self)
{
  return g_atomic_int_get (&self->output);
}

gboolean
semio_sound_chain_owns (SemioSoundChain *self, GstObject *object)
{
  return self->box && gst_object_has_as_ancestor (object, GST_OBJECT (self->box));
}

void
semio_sound_chain_set_volume (SemioSoundChain *self, double volume, gboolean muted, double speed)
{
  double clamped = CLAMP (volume, 0.0, 1.0);

  g_mutex_lock (&self->mutex);
  self->level = clamped * clamped * clamped;
  self->silent = muted || speed < MIN_SOUND_SPEED || speed > MAX_SOUND_SPEED;
  if (g_atomic_int_get (&self->output))
    apply_volume (self);
  g_mutex_unlock (&self->mutex);
}

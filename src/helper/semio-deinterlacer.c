/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-deinterlacer.h"

#include <gst/video/video.h>

#include "semio-element.h"

/* The element hands a picture on in the same moment; more entries than this mean that none came out. */
#define MAX_ENTRIES 8

/* What is known of a frame that went in. */
typedef struct {
  GstClockTime pts;
  GstClockTime end;
  GstCaps *reference;
  GstClockTime stamp;
} Entry;

struct _SemioDeinterlacer {
  GstElement *element;
  int active;
  int interlaced;
  GstVideoInterlaceMode mode; /* this and the next: only touched in the streaming thread */
  GQueue entries;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  gst_caps_unref (entry->reference);
  g_free (entry);
}

static void
note_event (SemioDeinterlacer *self, GstEvent *event)
{
  GstVideoInfo info;
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    g_queue_clear_full (&self->entries, entry_free);
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return;
  gst_event_parse_caps (event, &caps);
  self->mode = gst_video_info_from_caps (&info, caps) ? info.interlace_mode : GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
}

static void
note_frame (SemioDeinterlacer *self, GstBuffer *buffer)
{
  GstReferenceTimestampMeta *meta = gst_buffer_get_reference_timestamp_meta (buffer, NULL);
  Entry *entry;

  if (self->mode == GST_VIDEO_INTERLACE_MODE_INTERLEAVED
      || (self->mode == GST_VIDEO_INTERLACE_MODE_MIXED && GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED)))
    g_atomic_int_set (&self->interlaced, TRUE);
  if (!meta || !GST_BUFFER_PTS_IS_VALID (buffer))
    return;
  entry = g_new0 (Entry, 1);
  entry->pts = GST_BUFFER_PTS (buffer);
  entry->end = entry->pts + (GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 1);
  entry->reference = gst_caps_ref (meta->reference);
  entry->stamp = meta->timestamp;
  g_queue_push_tail (&self->entries, entry);
  if (self->entries.length > MAX_ENTRIES)
    entry_free (g_queue_pop_head (&self->entries));
}

static GstPadProbeReturn
sink_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    note_frame (user_data, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    note_event (user_data, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

/* The element makes new pictures without what was attached to the old. A picture whose frame is not among those that went
 * in stays without, and is then never shown under a number. */
static GstPadProbeReturn
source_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  SemioDeinterlacer *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  gboolean known = gst_buffer_get_reference_timestamp_meta (buffer, NULL) != NULL, found = FALSE;

  while (!found && !g_queue_is_empty (&self->entries))
    {
      Entry *entry = g_queue_pop_head (&self->entries);

      found = GST_BUFFER_PTS_IS_VALID (buffer) && GST_BUFFER_PTS (buffer) >= entry->pts && GST_BUFFER_PTS (buffer) < entry->end;
      if (found && !known)
        {
          buffer = gst_buffer_make_writable (buffer);
          GST_PAD_PROBE_INFO_DATA (info) = buffer;
          gst_buffer_add_reference_timestamp_meta (buffer, entry->reference, entry->stamp, GST_CLOCK_TIME_NONE);
        }
      entry_free (entry);
    }
  return GST_PAD_PROBE_OK;
}

static void
update_mode (SemioDeinterlacer *self)
{
  gst_util_set_object_arg (G_OBJECT (self->element), "mode", g_atomic_int_get (&self->active) ? "auto" : "disabled");
}

SemioDeinterlacer *
semio_deinterlacer_new (GstBin *bin, GError **error)
{
  GstElement *element = semio_element_add (bin, "deinterlace", error);
  g_autoptr (GstPad) sink_pad = NULL;
  g_autoptr (GstPad) source_pad = NULL;
  SemioDeinterlacer *self;

  if (!element)
    return NULL;
  self = g_new0 (SemioDeinterlacer, 1);
  self->element = element;
  g_queue_init (&self->entries);
  /* Both fields would double the frames; a method that looks at neighbours would show another picture after a seek. */
  gst_util_set_object_arg (G_OBJECT (element), "fields", "top");
  gst_util_set_object_arg (G_OBJECT (element), "method", "linear");
  update_mode (self);
  sink_pad = gst_element_get_static_pad (element, "sink");
  source_pad = gst_element_get_static_pad (element, "src");
  gst_pad_add_probe (sink_pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                     sink_cb, self, NULL);
  gst_pad_add_probe (source_pad, GST_PAD_PROBE_TYPE_BUFFER, source_cb, self, NULL);
  return self;
}

void
semio_deinterlacer_free (SemioDeinterlacer *self)
{
  g_queue_clear_full (&self->entries, entry_free);
  g_free (self);
}

GstElement *
semio_deinterlacer_get_element (SemioDeinterlacer *self)
{
  return self->element;
}

gboolean
semio_deinterlacer_set_active (SemioDeinterlacer *self, gboolean active)
{
  if (g_atomic_int_get (&self->active) == active)
    return FALSE;
  g_atomic_int_set (&self->active, active);
  update_mode (self);
  return TRUE;
}

gboolean
semio_deinterlacer_saw_interlaced (SemioDeinterlacer *self)
{
  return g_atomic_int_get (&self->interlaced);
}

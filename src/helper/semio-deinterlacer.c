/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The "deinterlace" element is not used: its pictures have lost what tells their number, and a seek that comes while it changes
 * over leaves it without memory for the next picture, which ends the pipeline. */
#include "semio-deinterlacer.h"

#include <gst/video/video.h>
#include <string.h>

struct _SemioDeinterlacer {
  GstPad *pad;
  int active;
  int interlaced;
  /* Only touched in the streaming thread. */
  gboolean applied; /* what follows was told, and pictures are made so */
  gboolean sending;
  GstCaps *caps; /* (nullable) as the decoder made them */
  GstVideoInfo info;
};

/* Bytes of lines in between are the mean of those above and below; of the last one there is no below. */
static void
fill_line (guint8 *line, const guint8 *above, const guint8 *below, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    line[i] = (guint8) ((above[i] + below[i] + 1) / 2);
}

static void
fill_plane (guint8 *data, int stride, int n_lines, gboolean bytes)
{
  gsize n_bytes = (gsize) ABS (stride);

  for (int y = 1; y < n_lines; y += 2)
    {
      guint8 *line = data + (gssize) y * stride;
      const guint8 *above = line - stride, *below = y + 1 < n_lines ? line + stride : above;

      /* Colours of more than a byte have no mean by bytes; there the line above stands twice. */
      if (bytes)
        fill_line (line, above, below, n_bytes);
      else
        memcpy (line, above, n_bytes);
    }
}

static void
fill_frame (GstVideoFrame *frame)
{
  const GstVideoFormatInfo *format = frame->info.finfo;

  for (guint plane = 0; plane < GST_VIDEO_FRAME_N_PLANES (frame); plane++)
    {
      int components[GST_VIDEO_MAX_COMPONENTS];

      gst_video_format_info_component (format, plane, components);
      fill_plane (GST_VIDEO_FRAME_PLANE_DATA (frame, plane), GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane),
                  GST_VIDEO_FRAME_COMP_HEIGHT (frame, components[0]), GST_VIDEO_FORMAT_INFO_DEPTH (format, 0) == 8);
    }
}

/* The decoder still reads its own picture, so a copy is changed. */
static GstBuffer *
make_picture (SemioDeinterlacer *self, GstBuffer *buffer)
{
  GstBuffer *picture = gst_buffer_copy_deep (buffer);
  GstVideoFrame frame;

  if (!picture || !gst_video_frame_map (&frame, &self->info, picture, GST_MAP_READWRITE))
    {
      gst_clear_buffer (&picture);
      return NULL;
    }
  fill_frame (&frame);
  gst_video_frame_unmap (&frame);
  GST_BUFFER_FLAG_UNSET (picture, GST_VIDEO_BUFFER_FLAG_INTERLACED | GST_VIDEO_BUFFER_FLAG_TFF | GST_VIDEO_BUFFER_FLAG_RFF
                                      | GST_VIDEO_BUFFER_FLAG_ONEFIELD);
  return picture;
}

/* Whole frames follow: what scales them need not keep fields apart. */
static GstCaps *
make_caps (SemioDeinterlacer *self)
{
  GstCaps *caps = gst_caps_copy (self->caps);

  if (!self->applied || self->info.interlace_mode == GST_VIDEO_INTERLACE_MODE_PROGRESSIVE)
    return caps;
  gst_caps_set_simple (caps, "interlace-mode", G_TYPE_STRING, "progressive", NULL);
  gst_structure_remove_field (gst_caps_get_structure (caps, 0), "field-order");
  return caps;
}

/* Pictures in the memory of a graphics card go through as they are. */
static gboolean
can_be_read (const GstCaps *caps)
{
  return gst_caps_features_is_equal (gst_caps_get_features (caps, 0), GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY);
}

static void
take_caps (SemioDeinterlacer *self, GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  g_autoptr (GstCaps) told = NULL;
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS || self->sending)
    return;
  gst_event_parse_caps (event, &caps);
  gst_caps_replace (&self->caps, NULL);
  if (!can_be_read (caps) || !gst_video_info_from_caps (&self->info, caps))
    return;
  self->caps = gst_caps_ref (caps);
  self->applied = g_atomic_int_get (&self->active) != 0;
  told = make_caps (self);
  GST_PAD_PROBE_INFO_DATA (info) = gst_event_new_caps (told);
  gst_event_unref (event);
}

/* What was asked for since the picture before. */
static void
apply (SemioDeinterlacer *self)
{
  gboolean active = g_atomic_int_get (&self->active) != 0;
  g_autoptr (GstCaps) told = NULL;

  if (self->applied == active)
    return;
  self->applied = active;
  told = make_caps (self);
  self->sending = TRUE;
  gst_pad_send_event (self->pad, gst_event_new_caps (told));
  self->sending = FALSE;
}

static void
take_picture (SemioDeinterlacer *self, GstPadProbeInfo *info)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info), *picture;

  if (!self->caps)
    return;
  apply (self);
  if (self->info.interlace_mode != GST_VIDEO_INTERLACE_MODE_INTERLEAVED
      && (self->info.interlace_mode != GST_VIDEO_INTERLACE_MODE_MIXED
          || !GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED)))
    return;
  g_atomic_int_set (&self->interlaced, TRUE);
  picture = self->applied ? make_picture (self, buffer) : NULL;
  if (!picture)
    return;
  GST_PAD_PROBE_INFO_DATA (info) = picture;
  gst_buffer_unref (buffer);
}

static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    take_picture (user_data, info);
  else
    take_caps (user_data, info);
  return GST_PAD_PROBE_OK;
}

SemioDeinterlacer *
semio_deinterlacer_new (GstPad *pad)
{
  SemioDeinterlacer *self = g_new0 (SemioDeinterlacer, 1);

  self->pad = gst_object_ref (pad);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, probe_cb, self, NULL);
  return self;
}

void
semio_deinterlacer_free (SemioDeinterlacer *self)
{
  gst_clear_caps (&self->caps);
  gst_clear_object (&self->pad);
  g_free (self);
}

gboolean
semio_deinterlacer_set_active (SemioDeinterlacer *self, gboolean active)
{
  if (g_atomic_int_get (&self->active) == active)
    return FALSE;
  g_atomic_int_set (&self->active, active);
  return TRUE;
}

gboolean
semio_deinterlacer_saw_interlaced (SemioDeinterlacer *self)
{
  return g_atomic_int_get (&self->interlaced);
}

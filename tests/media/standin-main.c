/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The media helper with a stand-in for a graphics card, for tests alone: software under the name of a hardware decoder,
 * which SEMIO_STANDIN has do what cards and drivers do. */
#include <stdlib.h>
#include <string.h>

#include "semio-element.h"
#include "semio-sandbox.h"
#include "semio-service.h"

/* What goes wrong late goes wrong in this part of the clip. */
#define LATE_BEGIN_NS (1800 * GST_MSECOND)
#define LATE_END_NS (2400 * GST_MSECOND)

#define STANDIN_TYPE (standin_get_type ())
G_DECLARE_FINAL_TYPE (Standin, standin, STAND, IN, GstBin)

struct _Standin {
  GstBin parent_instance;

  const char *fault; /* "good", "shift", "grey", "drop", "error", "late-shift", "late-error", "late-crash" */
  GstBuffer *before;
  guint n_pictures;
};

G_DEFINE_FINAL_TYPE (Standin, standin, GST_TYPE_BIN)

/* The contents of one picture under the time and number of another. */
static GstBuffer *
show_instead (GstBuffer *contents, GstBuffer *number)
{
  GstBuffer *made = gst_buffer_copy_region (contents, GST_BUFFER_COPY_MEMORY, 0, (gsize) -1);

  gst_buffer_copy_into (made, number, GST_BUFFER_COPY_TIMESTAMPS | GST_BUFFER_COPY_FLAGS | GST_BUFFER_COPY_META, 0, (gsize) -1);
  return made;
}

static GstBuffer *
make_grey (GstBuffer *buffer)
{
  GstBuffer *made = gst_buffer_copy_deep (buffer);
  GstMapInfo map;

  gst_buffer_map (made, &map, GST_MAP_READWRITE);
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = map.data[i] / 2 + 64;
  gst_buffer_unmap (made, &map);
  return made;
}

static GstPadProbeReturn
picture_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Standin *self = user_data;
  g_autoptr (GstBuffer) buffer = gst_buffer_ref (GST_PAD_PROBE_INFO_BUFFER (info));
  gboolean is_late = GST_BUFFER_PTS (buffer) >= LATE_BEGIN_NS && GST_BUFFER_PTS (buffer) < LATE_END_NS;
  const char *fault = self->fault;
  GstBuffer *shown = NULL;

  if (g_str_has_prefix (fault, "late-"))
    fault = is_late ? fault + strlen ("late-") : "good";
  if (g_str_equal (fault, "crash"))
    abort ();
  if (g_str_equal (fault, "error"))
    GST_ELEMENT_ERROR (self, STREAM, DECODE, ("The card has given up."), (NULL));
  if (g_str_equal (fault, "drop") && self->n_pictures++ % 3 == 2)
    return GST_PAD_PROBE_DROP;
  if (g_str_equal (fault, "shift") && self->before)
    shown = show_instead (self->before, buffer);
  else if (g_str_equal (fault, "grey"))
    shown = make_grey (buffer);
  gst_buffer_replace (&self->before, buffer);
  if (shown)
    {
      gst_buffer_unref (GST_PAD_PROBE_INFO_BUFFER (info));
      GST_PAD_PROBE_INFO_DATA (info) = shown;
    }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
flush_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_FLUSH_STOP)
    gst_clear_buffer (&((Standin *) user_data)->before);
  return GST_PAD_PROBE_OK;
}

static void
standin_finalize (GObject *object)
{
  gst_clear_buffer (&((Standin *) object)->before);
  G_OBJECT_CLASS (standin_parent_class)->finalize (object);
}

static void
standin_class_init (StandinClass *klass)
{
  static GstStaticPadTemplate sink =
      GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-h264"));
  static GstStaticPadTemplate source =
      GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-raw"));
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = standin_finalize;
  gst_element_class_add_static_pad_template (element_class, &sink);
  gst_element_class_add_static_pad_template (element_class, &source);
  gst_element_class_set_static_metadata (element_class, "Stand-in", "Codec/Decoder/Video/Hardware", "For tests", "Semioscope");
}

static void
standin_init (Standin *self)
{
  GstElement *decoder = semio_element_add (GST_BIN (self), "avdec_h264", NULL);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (decoder, "sink");
  g_autoptr (GstPad) source = gst_element_get_static_pad (decoder, "src");

  self->fault = g_getenv ("SEMIO_STANDIN") ? g_getenv ("SEMIO_STANDIN") : "good";
  gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_BUFFER, picture_cb, self, NULL);
  gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_EVENT_FLUSH, flush_cb, self, NULL);
  gst_element_add_pad (GST_ELEMENT (self), gst_ghost_pad_new ("sink", sink));
  gst_element_add_pad (GST_ELEMENT (self), gst_ghost_pad_new ("src", source));
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;
  semio_element_init ();
  gst_element_register (NULL, "vah264dec", GST_RANK_NONE, STANDIN_TYPE);
  semio_sandbox_enter ();
  semio_service_run (semio_service_new (atoi (argv[1])));
  _Exit (0);
}

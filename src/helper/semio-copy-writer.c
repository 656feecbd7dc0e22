/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-copy-writer.h"

#include <glib/gi18n-lib.h>
#include <gst/app/app.h>
#include <sys/stat.h>

#include "semio-element.h"
#include "semio-media-error.h"

#define POLL_NS (50 * GST_MSECOND)
/* This long without a byte written is a disk or an encoder that hangs. */
#define STALL_US (20 * G_USEC_PER_SEC)
#define MAX_QUEUED_BYTES ((guint64) 32 * 1024 * 1024)
#define MAX_QUEUED_BUFFERS 400
/* Where one track has a hole the other goes on after this long. */
#define HOLE_US (500 * 1000)
#define WAIT_US 1000
/* Units a second, as fine as a length in 32 bits allows: no frame is put off by more than a third of what is told apart. */
static const struct {
  gint64 max_s;
  guint timescale;
} timescales[] = { { 2000, 1000000 }, { 20000, 100000 }, { 40000, 50000 }, { G_MAXINT32, 30000 } };

struct _SemioCopyWriter {
  int fd;
  SemioAliveFunc alive;
  gpointer alive_data;
  GstElement *pipeline;
  GstElement *mux;
  guint timescale;
  guint n_sources;
};

static guint
choose_timescale (gint64 length_ns)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (timescales) && length_ns / (gint64) GST_SECOND >= timescales[i].max_s)
    i++;
  return timescales[i].timescale;
}

SemioCopyWriter *
semio_copy_writer_new (int fd, gint64 length_ns, SemioAliveFunc alive, gpointer alive_data, GError **error)
{
  g_autoptr (SemioCopyWriter) self = g_new0 (SemioCopyWriter, 1);
  GstElement *sink;

  self->fd = fd;
  self->timescale = choose_timescale (length_ns);
  self->alive = alive;
  self->alive_data = alive_data;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->mux = semio_element_add (GST_BIN (self->pipeline), "qtmux", error);
  sink = self->mux ? semio_element_add (GST_BIN (self->pipeline), "fdsink", error) : NULL;
  if (!sink)
    return NULL;
  g_object_set (self->mux, "movie-timescale", self->timescale, NULL);
  g_object_set (sink, "fd", fd, "sync", FALSE, NULL);
  gst_element_link (self->mux, sink);
  return g_steal_pointer (&self);
}

void
semio_copy_writer_free (SemioCopyWriter *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
  g_free (self);
}

GstBin *
semio_copy_writer_get_bin (SemioCopyWriter *self)
{
  return GST_BIN (self->pipeline);
}

gboolean
semio_copy_writer_link (SemioCopyWriter *self, GstElement *last, gboolean is_picture, GError **error)
{
  g_autoptr (GstPad) pad = gst_element_request_pad_simple (self->mux, is_picture ? "video_%u" : "audio_%u");
  g_autoptr (GstPad) from = gst_element_get_static_pad (last, "src");

  /* Plain sound counts in samples, whatever is asked of it. */
  if (pad && is_picture)
    g_object_set (pad, "trak-timescale", self->timescale, NULL);
  if (pad && from && gst_pad_link (from, pad) == GST_PAD_LINK_OK)
    return TRUE;
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                       is_picture ? _ ("The picture of this video cannot be put into a copy.")
                                  : _ ("The sound of this video cannot be put into a copy."));
  return FALSE;
}

GstElement *
semio_copy_writer_add_source (SemioCopyWriter *self, GstCaps *caps, GError **error)
{
  GstElement *source = semio_element_add (GST_BIN (self->pipeline), "appsrc", error);

  self->n_sources++;
  if (source)
    g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, "max-bytes", (guint64) 0, NULL);
  return source;
}

/* What the chain complains of, in words of the program. */
static gboolean
take_complaint (SemioCopyWriter *self, GstMessage *message, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *detail = NULL;

  gst_message_parse_error (message, &reason, &detail);
  g_info ("%s (%s)", reason->message, detail ? detail : "");
  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE,
                         _ ("The disk is full. Nothing was kept; free some space and try again."));
  else if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE,
                         _ ("Writing the copy failed: the disk is full, or the file may not grow any more. Nothing was kept."));
  else
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                         _ ("The copy cannot be made: the video cannot be taken apart or put together again."));
  return FALSE;
}

/* FALSE with an error when something went wrong. */
static gboolean
check (SemioCopyWriter *self, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message)
    return take_complaint (self, message, error);
  if (self->alive (self->alive_data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Making the copy was cancelled."));
  return FALSE;
}

gboolean
semio_copy_writer_start (SemioCopyWriter *self, GError **error)
{
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  if (check (self, error))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED, _ ("The copy cannot be begun."));
  return FALSE;
}

static gint64
get_n_written (SemioCopyWriter *self)
{
  struct stat about;

  return fstat (self->fd, &about) == 0 ? about.st_size : 0;
}

static gboolean
is_full (GstElement *source)
{
  return gst_app_src_get_current_level_bytes (GST_APP_SRC (source)) > MAX_QUEUED_BYTES
         || gst_app_src_get_current_level_buffers (GST_APP_SRC (source)) > MAX_QUEUED_BUFFERS;
}

gboolean
semio_copy_writer_push (SemioCopyWriter *self, GstElement *source, GstBuffer *buffer, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  guint64 level = gst_app_src_get_current_level_bytes (GST_APP_SRC (source));

  while (is_full (source))
    {
      guint64 now = gst_app_src_get_current_level_bytes (GST_APP_SRC (source));

      if (!check (self, error))
        {
          gst_buffer_unref (buffer);
          return FALSE;
        }
      if (now < level)
        start_us = g_get_monotonic_time ();
      level = now;
      if (self->n_sources > 1 && g_get_monotonic_time () - start_us > HOLE_US)
        break;
      g_usleep (WAIT_US);
    }
  gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
  return check (self, error);
}

void
semio_copy_writer_end (SemioCopyWriter *self, GstElement *source)
{
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

gboolean
semio_copy_writer_finish (SemioCopyWriter *self, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gint64 moved_us = g_get_monotonic_time ();
  gint64 n_bytes = 0;

  while (g_get_monotonic_time () - moved_us < STALL_US)
    {
      g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, POLL_NS, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      gint64 now = get_n_written (self);

      if (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        return take_complaint (self, message, error);
      if (message)
        {
          gst_element_set_state (self->pipeline, GST_STATE_NULL);
          return TRUE;
        }
      if (!check (self, error))
        return FALSE;
      if (now != n_bytes)
        moved_us = g_get_monotonic_time ();
      n_bytes = now;
    }
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED, _ ("The copy did not become whole."));
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-remux.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "semio-copy-sound.h"
#include "semio-copy-writer.h"
#include "semio-fragments.h"
#include "semio-media-error.h"

/* Packets of plain sound samples are put together up to this length. */
#define MAX_SOUND_NS ((gint64) GST_SECOND / 10)

/* One track on its way. */
typedef struct {
  SemioFragmentTrack *track; /* (nullable) */
  GstCaps *caps;
  GstElement *source;
  guint at; /* the next packet */
} Way;

typedef struct {
  int fd;
  SemioIndexerProgress progress;
  gpointer progress_data;
  double done;
  Way picture, sound;
} SemioRemux;

static void
remux_free (SemioRemux *self)
{
  gst_clear_caps (&self->picture.caps);
  gst_clear_caps (&self->sound.caps);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRemux, remux_free)

static gboolean
alive_cb (gpointer user_data)
{
  SemioRemux *self = user_data;

  return self->progress (self->done, self->progress_data);
}

/* The bytes of the next packet, with as many that follow as belong into one buffer. */
static GstBuffer *
read_packet (SemioRemux *self, Way *way, gboolean together, GError **error)
{
  GArray *samples = way->track->samples;
  const SemioFragmentSample *first = &g_array_index (samples, SemioFragmentSample, way->at);
  gsize n_bytes = first->n_bytes;
  gint64 end_ns = first->decode_ns + first->duration_ns;
  GstBuffer *buffer;
  GstMapInfo map;
  gboolean whole;

  for (way->at++; together && way->at < samples->len; way->at++)
    {
      const SemioFragmentSample *next = &g_array_index (samples, SemioFragmentSample, way->at);

      if (next->offset != first->offset + n_bytes || end_ns - first->decode_ns > MAX_SOUND_NS)
        break;
      n_bytes += next->n_bytes;
      end_ns = next->decode_ns + next->duration_ns;
    }
  buffer = gst_buffer_new_allocate (NULL, n_bytes, NULL);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  whole = pread (self->fd, map.data, n_bytes, (off_t) first->offset) == (gssize) n_bytes;
  gst_buffer_unmap (buffer, &map);
  if (!whole)
    {
      gst_buffer_unref (buffer);
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE,
                           _ ("Reading the file failed. Check the disk or the connection to it, then try again."));
      return NULL;
    }
  GST_BUFFER_PTS (buffer) = (GstClockTime) (SEMIO_COPY_SHIFT_NS + first->stream_ns);
  GST_BUFFER_DTS (buffer) = (GstClockTime) (SEMIO_COPY_SHIFT_NS + first->decode_ns);
  GST_BUFFER_DURATION (buffer) = (GstClockTime) (end_ns - first->decode_ns);
  if (!first->key)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  return buffer;
}

static gboolean
has_more (const Way *way)
{
  return way->source && way->at < way->track->samples->len;
}

static gint64
get_next_ns (const Way *way)
{
  return has_more (way) ? g_array_index (way->track->samples, SemioFragmentSample, way->at).decode_ns : G_MAXINT64;
}

/* Times outside of this would be hidden by an edit list, which a copy does not have. */
static gboolean
check_times (const Way *way, GError **error)
{
  for (guint i = 0; i < way->track->samples->len; i++)
    {
      const SemioFragmentSample *sample = &g_array_index (way->track->samples, SemioFragmentSample, i);

      if (sample->stream_ns >= 0 && sample->decode_ns > -SEMIO_COPY_SHIFT_NS && sample->n_bytes > 0)
        continue;
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                           _ ("The beginning of this video is cut off by an edit list, so that it cannot be put together anew."));
      return FALSE;
    }
  return TRUE;
}

/* Sound before the beginning is not heard. */
static void
skip_early_sound (Way *way)
{
  while (has_more (way) && g_array_index (way->track->samples, SemioFragmentSample, way->at).stream_ns < 0)
    way->at++;
}

static gboolean
copy_packets (SemioRemux *self, SemioCopyWriter *writer, GError **error)
{
  gboolean is_raw = self->sound.caps && gst_structure_has_name (gst_caps_get_structure (self->sound.caps, 0), "audio/x-raw");
  guint n_all = self->picture.track->samples->len;

  while (has_more (&self->picture) || has_more (&self->sound))
    {
      Way *way = get_next_ns (&self->picture) <= get_next_ns (&self->sound) ? &self->picture : &self->sound;
      GstBuffer *buffer = read_packet (self, way, is_raw && way == &self->sound, error);

      if (!buffer || !semio_copy_writer_push (writer, way->source, buffer, error))
        return FALSE;
      if (!has_more (way))
        semio_copy_writer_end (writer, way->source);
      self->done = (double) self->picture.at / n_all;
    }
  return TRUE;
}

static gboolean
add_way (SemioCopyWriter *writer, Way *way, gboolean is_picture, GError **error)
{
  way->source = semio_copy_writer_add_source (writer, way->caps, error);
  return way->source && semio_copy_writer_link (writer, way->source, is_picture, error);
}

gboolean
semio_remux_run (int fd, SemioFrameIndex *index, int out_fd, SemioIndexerProgress progress, gpointer progress_data,
                 GError **error)
{
  g_autoptr (SemioFragments) fragments = semio_fragments_read (fd, error);
  g_autoptr (SemioRemux) self = NULL;
  g_autoptr (SemioCopyWriter) writer = NULL;

  if (!fragments)
    return FALSE;
  self = g_new0 (SemioRemux, 1);
  self->fd = fd;
  self->progress = progress;
  self->progress_data = progress_data;
  self->picture.track = semio_fragments_get_picture (fragments);
  self->sound.track = semio_fragments_get_sound (fragments);
  if (!self->picture.track)
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_EMPTY,
                           _ ("The file holds no frame of a picture. Copy or export it again."));
      return FALSE;
    }
  /* What the packets are is read by the demuxer, which the rest of the way goes without. */
  if (!check_times (&self->picture, error)
      || !semio_copy_read_caps (fd, SEMIO_CONTAINER_MP4, alive_cb, self, &self->picture.caps, &self->sound.caps, error))
    return FALSE;
  writer = semio_copy_writer_new (out_fd, semio_frame_index_get_duration_ns (index), alive_cb, self, error);
  if (!writer || !add_way (writer, &self->picture, TRUE, error))
    return FALSE;
  if (self->sound.caps && self->sound.track && !add_way (writer, &self->sound, FALSE, error))
    return FALSE;
  skip_early_sound (&self->sound);
  if (self->sound.source && !has_more (&self->sound))
    semio_copy_writer_end (writer, self->sound.source);
  return semio_copy_writer_start (writer, error) && copy_packets (self, writer, error)
         && semio_copy_writer_finish (writer, error);
}

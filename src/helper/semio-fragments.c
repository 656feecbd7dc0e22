/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-fragments.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-fragment-reader.h"
#include "semio-media-error.h"

/* Four hours in fragments of single frames, and their sound. */
#define MAX_BOXES 4000000
#define MAX_TABLE_BYTES ((guint64) 256 * 1024 * 1024)

static void
track_free (SemioFragmentTrack *track)
{
  g_array_unref (track->samples);
  g_free (track);
}

void
semio_fragments_free (SemioFragments *self)
{
  g_ptr_array_unref (self->tracks);
  g_free (self);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED,
                       _ ("The tables of the file's fragments are damaged or of a kind that is not read."));
  return FALSE;
}

/* One of the outermost boxes that hold tables, read into memory and handed to the reader. */
static gboolean
read_table (SemioFragmentReader *reader, int fd, const char *name, guint64 at, guint64 n_bytes, GError **error)
{
  g_autofree guint8 *bytes = NULL;

  if (n_bytes > MAX_TABLE_BYTES)
    return refuse (error);
  bytes = g_malloc (n_bytes);
  if (pread (fd, bytes, n_bytes, (off_t) at) != (gssize) n_bytes)
    return refuse (error);
  if (memcmp (name, "moov", 4) == 0 ? semio_fragment_reader_movie (reader, bytes, n_bytes)
                                    : semio_fragment_reader_fragment (reader, bytes, n_bytes, at))
    return TRUE;
  return refuse (error);
}

static gboolean
read_boxes (SemioFragmentReader *reader, int fd, guint64 n_bytes, GError **error)
{
  guint64 at = 0;

  for (int i = 0; i < MAX_BOXES && at + 8 <= n_bytes; i++)
    {
      guint8 head[16] = { 0 };
      guint64 size;
      gboolean is_table;

      if (pread (fd, head, sizeof head, (off_t) at) < 8)
        break;
      size = semio_fragment_read_number (head, 4);
      if (size == 1)
        size = semio_fragment_read_number (head + 8, 8);
      else if (size == 0)
        size = n_bytes - at;
      /* Padding of zeros after the last box does no harm. */
      if (size < 8)
        break;
      if (size > n_bytes - at)
        return refuse (error);
      is_table = memcmp (head + 4, "moov", 4) == 0 || memcmp (head + 4, "moof", 4) == 0;
      if (is_table && !read_table (reader, fd, (const char *) head + 4, at, size, error))
        return FALSE;
      at += size;
    }
  return TRUE;
}

static gint64
to_ns (gint64 units, guint32 timescale)
{
  guint64 value = (guint64) ABS (units);
  guint64 whole = value / timescale, rest = value % timescale;
  gint64 ns = (gint64) (whole * 1000000000u + rest * 1000000000u / timescale);

  return units < 0 ? -ns : ns;
}

/* Into stream times: the edit list says what lies before the beginning, and how late the track begins. */
static SemioFragmentTrack *
finish_track (const SemioFragmentTable *table)
{
  SemioFragmentTrack *track = g_new0 (SemioFragmentTrack, 1);

  track->id = table->id;
  track->is_picture = table->is_picture;
  track->is_sound = table->is_sound;
  track->timescale = table->timescale;
  track->samples = g_array_sized_new (FALSE, FALSE, sizeof (SemioFragmentSample), table->rows->len);
  for (guint i = 0; i < table->rows->len; i++)
    {
      const SemioFragmentRow *row = &g_array_index (table->rows, SemioFragmentRow, i);
      SemioFragmentSample sample = { .offset = row->offset, .n_bytes = row->n_bytes, .key = row->key };

      sample.decode_ns = table->late_ns + to_ns (row->decode - table->skipped, table->timescale);
      sample.stream_ns = table->late_ns + to_ns (row->decode + row->shift - table->skipped, table->timescale);
      sample.duration_ns = to_ns (row->duration, table->timescale);
      g_array_append_val (track->samples, sample);
    }
  return track;
}

/* Every packet lies inside the file. */
static gboolean
check_rows (const SemioFragmentTable *table, guint64 n_bytes)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      const SemioFragmentRow *row = &g_array_index (table->rows, SemioFragmentRow, i);

      if (row->offset > n_bytes || row->n_bytes > n_bytes - row->offset)
        return FALSE;
    }
  return TRUE;
}

SemioFragments *
semio_fragments_read (int fd, GError **error)
{
  g_autoptr (SemioFragmentReader) reader = NULL;
  g_autoptr (SemioFragments) self = NULL;
  struct stat about;

  if (fstat (fd, &about) != 0 || about.st_size <= 0)
    {
      refuse (error);
      return NULL;
    }
  reader = semio_fragment_reader_new ();
  if (!read_boxes (reader, fd, (guint64) about.st_size, error))
    return NULL;
  self = g_new0 (SemioFragments, 1);
  self->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  for (guint i = 0; i < reader->tables->len; i++)
    {
      const SemioFragmentTable *table = reader->tables->pdata[i];

      if (!check_rows (table, (guint64) about.st_size))
        {
          refuse (error);
          return NULL;
        }
      g_ptr_array_add (self->tracks, finish_track (table));
    }
  return g_steal_pointer (&self);
}

SemioFragmentTrack *
semio_fragments_get_picture (SemioFragments *self)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      SemioFragmentTrack *track = self->tracks->pdata[i];

      if (track->is_picture && track->samples->len > 0)
        return track;
    }
  return NULL;
}

SemioFragmentTrack *
semio_fragments_get_sound (SemioFragments *self)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      SemioFragmentTrack *track = self->tracks->pdata[i];

      if (track->is_sound && track->samples->len > 0)
        return track;
    }
  return NULL;
}

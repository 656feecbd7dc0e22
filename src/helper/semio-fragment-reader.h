/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A packet in the units of its track. */
typedef struct {
  guint64 offset;
  guint32 n_bytes;
  gint64 decode;
  gint64 shift; /* from decoding to showing */
  guint32 duration;
  gboolean key;
} SemioFragmentRow;

/* What the boxes tell of one track. */
typedef struct {
  guint32 id;
  gboolean is_picture, is_sound;
  guint32 timescale;
  gint64 skipped; /* units at the beginning that the edit list leaves out */
  gint64 late_ns; /* empty time before the first packet */
  guint64 late; /* the same in the movie's units, while its scale may not be known */
  guint32 usual_duration, usual_bytes, usual_flags; /* of fragments that say nothing else */
  gint64 next_decode;
  GArray *rows; /* SemioFragmentRow */
} SemioFragmentTable;

/**
 * SemioFragmentReader:
 *
 * Reads the boxes of an MP4 from memory. The bytes may be hostile: nothing is read beyond them, no count is believed that
 * they could not hold.
 */
typedef struct {
  GPtrArray *tables; /* SemioFragmentTable */
  guint32 movie_timescale;
} SemioFragmentReader;

SemioFragmentReader *semio_fragment_reader_new (void);
void semio_fragment_reader_free (SemioFragmentReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFragmentReader, semio_fragment_reader_free)

/* A whole "moov" box. FALSE when it is wrong or of a kind that is not read. */
gboolean semio_fragment_reader_movie (SemioFragmentReader *reader, const guint8 *bytes, gsize n_bytes);
/* A whole "moof" box that stands at this place of the file. */
gboolean semio_fragment_reader_fragment (SemioFragmentReader *reader, const guint8 *bytes, gsize n_bytes, guint64 place);

/* A big-endian number. */
guint64 semio_fragment_read_number (const guint8 *bytes, int n_bytes);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One packet as the tables of the file tell it. */
typedef struct {
  guint64 offset; /* of its bytes in the file */
  guint32 n_bytes;
  gint64 decode_ns; /* stream time; what an edit list cuts off at the beginning is negative */
  gint64 stream_ns;
  gint64 duration_ns;
  gboolean key;
} SemioFragmentSample;

typedef struct {
  guint32 id;
  gboolean is_picture, is_sound;
  guint32 timescale; /* of its times, a second */
  GArray *samples; /* SemioFragmentSample, in the order of decoding */
} SemioFragmentTrack;

/**
 * SemioFragments:
 *
 * The tables of an MP4 or QuickTime file in fragments: where each packet lies and when it is shown. The demuxer leaves out
 * what lies before the first fragment, and of some fragments of single frames makes times that several share; the tables
 * themselves are right.
 */
typedef struct {
  GPtrArray *tracks; /* SemioFragmentTrack */
} SemioFragments;

/**
 * semio_fragments_read:
 * @fd: the file, only read from at places
 * @error: set to %SEMIO_MEDIA_ERROR_DAMAGED or %SEMIO_MEDIA_ERROR_UNSUPPORTED
 *
 * Reads the tables; every number in them is checked against the file before it is used.
 *
 * Returns: (nullable): the tables, or NULL when they are wrong or of a kind that is not read
 */
SemioFragments *semio_fragments_read (int fd, GError **error);
void semio_fragments_free (SemioFragments *fragments);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFragments, semio_fragments_free)

/* The first track of pictures or of sound. (nullable) */
SemioFragmentTrack *semio_fragments_get_picture (SemioFragments *fragments);
SemioFragmentTrack *semio_fragments_get_sound (SemioFragments *fragments);

G_END_DECLS

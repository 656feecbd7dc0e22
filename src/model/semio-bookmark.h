/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "semio-uuid.h"

G_BEGIN_DECLS

/**
 * SemioBookmark:
 *
 * A place in a recording that somebody noted, as one entry holds it. Reference counted, not changed once made.
 */
typedef struct {
  gatomicrefcount refs;
  SemioUuid entry; /* identity of the entry; nil before it is written */
  gint64 person_id;
  gint64 recording_id;
  gint64 time_ns; /* from the first displayed frame */
  char *text; /* (nullable): none, or redacted in a de-identified copy */
  gint64 utc_us; /* when it was noted or changed */
} SemioBookmark;

#define SEMIO_TYPE_BOOKMARK (semio_bookmark_get_type ())
GType semio_bookmark_get_type (void);
SemioBookmark *semio_bookmark_new (void);
SemioBookmark *semio_bookmark_copy (const SemioBookmark *bookmark);
SemioBookmark *semio_bookmark_ref (SemioBookmark *bookmark);
void semio_bookmark_unref (SemioBookmark *bookmark);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioBookmark, semio_bookmark_unref)

G_END_DECLS

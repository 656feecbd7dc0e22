/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-name-map-reader.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_NAME_UNMATCHED, /* candidates: recordings whose name differs by a trailing part number alone */
  SEMIO_NAME_MATCHED,
  SEMIO_NAME_AMBIGUOUS, /* candidates: several recordings of that name, or one that another name means too */
} SemioNameState;

typedef struct {
  SemioNameState state;
  int recording; /* index when matched, else -1 */
  guint *candidates; /* indices of recordings: listed, never chosen */
  guint n_candidates;
} SemioNameMatch;

typedef struct {
  guint n_names;
  SemioNameMatch *names; /* one per name */
  guint n_recordings;
  gboolean *used; /* one per recording: a name matched it */
  guint n_matched, n_unmatched, n_ambiguous;
} SemioNameJoin;

/* Joins the names of a file to recordings by exact stem, as semio_text_stem() makes it (both sides are stems already). The map
 * (nullable) is asked first. */
SemioNameJoin *semio_name_join (const char *const *names, guint n_names, const char *const *recordings, guint n_recordings,
                                SemioNameMap *map);
void semio_name_join_free (SemioNameJoin *join);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioNameJoin, semio_name_join_free)

G_END_DECLS

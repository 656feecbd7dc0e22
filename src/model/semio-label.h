/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "semio-answer.h"
#include "semio-event.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/* Labels that predictions are scored against. Reference counted, not changed once made. */
typedef struct {
  gatomicrefcount refs;
  gint64 id;
  SemioUuid uuid;
  char *name;
  gboolean current;
} SemioReferenceSet;

#define SEMIO_TYPE_REFERENCE_SET (semio_reference_set_get_type ())
GType semio_reference_set_get_type (void);
SemioReferenceSet *semio_reference_set_new (void);
SemioReferenceSet *semio_reference_set_ref (SemioReferenceSet *set);
void semio_reference_set_unref (SemioReferenceSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioReferenceSet, semio_reference_set_unref)

/* One feature of one recording in a reference set. */
typedef struct {
  gint64 recording_id;
  guint feature;
  SemioAnswer answer;
  gint64 begin_ns; /* SEMIO_TIME_NONE unknown */
  gint64 end_ns; /* SEMIO_TIME_NONE unknown */
} SemioLabel;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "semio-segments.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/* One configuration of a predictor over recordings. Reference counted, not changed once made. */
typedef struct {
  gatomicrefcount refs;
  gint64 id;
  SemioUuid uuid;
  char *name;
  char *model; /* (nullable) */
  char *enhancement; /* "none", "face crop", … */
  char *origin; /* "import" for a file's; "sample" for the demonstration's */
  char *notice; /* (nullable) shown wherever the run is: "sample answers, written for the demonstration; not a model" */
  char *settings; /* canonical JSON, what else is known */
  SemioSegmentPlan segments; /* how it cut the recordings; zeros, the usual, when its settings do not say */
  gboolean archived; /* put away: kept with all it has, but not offered any more */
  gint64 created_utc_us; /* when it was made; 0 unknown */
} SemioRun;

#define SEMIO_TYPE_RUN (semio_run_get_type ())
GType semio_run_get_type (void);
SemioRun *semio_run_new (void);
/* Sets settings and what is read of them. Takes the text. */
void semio_run_take_settings (SemioRun *run, char *settings);
SemioRun *semio_run_ref (SemioRun *run);
void semio_run_unref (SemioRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRun, semio_run_unref)

G_END_DECLS

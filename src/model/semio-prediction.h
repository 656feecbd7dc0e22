/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-answer.h"

G_BEGIN_DECLS

#define SEMIO_SEGMENT_WHOLE (-1)

/* A run's answer and explanation for one feature of one segment or recording. Owned by the array it stands in. */
typedef struct {
  gint64 run_id;
  gint64 recording_id;
  guint feature; /* index into the study's feature set */
  int segment; /* from 0, or SEMIO_SEGMENT_WHOLE */
  int attempt; /* from 0; the last usable one counts */
  SemioAnswer answer;
  char *explanation; /* (nullable) as given; plain text always */
} SemioPrediction;

void semio_prediction_clear (SemioPrediction *prediction);

G_END_DECLS

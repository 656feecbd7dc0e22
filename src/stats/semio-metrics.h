/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-answer.h"
#include "semio-feature-set.h"

G_BEGIN_DECLS

/* What is done with answers that are neither right nor wrong. */
typedef enum {
  SEMIO_METRICS_POLICY_DEFAULT,
  SEMIO_METRICS_POLICY_PUBLISHED,
} SemioMetricsPolicy;

/* "default", "published". */
const char *semio_metrics_policy_to_id (SemioMetricsPolicy policy);
gboolean semio_metrics_policy_from_id (const char *id, SemioMetricsPolicy *policy);
/* One translated sentence, to stand beside the numbers. */
const char *semio_metrics_policy_describe (SemioMetricsPolicy policy);

/* What the reference and a run say of one feature of one recording. */
typedef struct {
  SemioAnswer reference;
  SemioAnswer prediction;
} SemioMetricsPair;

/* How well a run answers one feature. Shares are 0 to 1, or NAN where they are undefined: shown as nothing, never as 0. */
typedef struct {
  double accuracy;
  double precision;
  double recall;
  double f1;
  double specificity;
  double coverage; /* scored of all pairs */
  guint positives; /* the reference's yes, before anything is left out */
  guint scored;
  guint left_out;
  guint fails; /* failed predictions, scored or left out */
} SemioMetrics;

SemioMetrics semio_metrics_compute (const SemioFeature *feature, SemioMetricsPolicy policy, const SemioMetricsPair *pairs,
                                    guint n);

G_END_DECLS

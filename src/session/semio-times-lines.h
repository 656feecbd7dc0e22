/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-results-times.h"

G_BEGIN_DECLS

/* One number of a report, for tables and files. */
typedef struct {
  SemioTimesPart part;
  guint run; /* index into the report's runs */
  int feature; /* index into the feature set; −1 where it is of all features, or of none */
  guint body_part; /* SEMIO_FEATURE_HEAD or SEMIO_FEATURE_ARM of sides, else SEMIO_FEATURE_NONE */
  SemioSide side; /* of sides, else none */
  const char
      *measure; /* "mean_error_s", "median_error_s", "within_1_s" …, "iou", "precision", "recall", "edit", "lcs", "tau", "f1" */
  SemioFigure value;
  gboolean has_interval;
  SemioInterval interval;
  gboolean has_constant;
  SemioFigure constant;
  guint n_reference, n_scored;
  SemioFigure coverage;
  gboolean lower_is_better;
} SemioTimesLine;

/* Whether the number is better than the constant's; FALSE where either is missing. */
gboolean semio_times_line_beats_constant (const SemioTimesLine *line);
/* What it is of: "tonic", "all features", "head, left". (transfer full) */
char *semio_times_line_describe (const SemioTimesLine *line, const SemioTimesReport *report);

/* All numbers in the order of parts, runs, features. Array of #SemioTimesLine. */
GArray *semio_times_report_list (const SemioTimesReport *report);

G_END_DECLS

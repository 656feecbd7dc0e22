/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-chart.h"
#include "semio-results-curves.h"
#include "semio-results-times.h"
#include "semio-results.h"
#include "semio-study-ratings.h"
#include "semio-text-table.h"

G_BEGIN_DECLS

/* What results consist of, in the order of the page and of the report. */
typedef enum {
  SEMIO_RESULTS_PART_TABLE,
  SEMIO_RESULTS_PART_FOREST,
  SEMIO_RESULTS_PART_HEAT,
  SEMIO_RESULTS_PART_CONFUSION,
  SEMIO_RESULTS_PART_ROC,
  SEMIO_RESULTS_PART_PRECISION_RECALL,
  SEMIO_RESULTS_PART_AREAS_TABLE,
  SEMIO_RESULTS_PART_ENHANCEMENT,
  SEMIO_RESULTS_PART_CONTRASTS,
  SEMIO_RESULTS_PART_FAITHFULNESS,
  SEMIO_RESULTS_PART_SCORES,
  SEMIO_RESULTS_PART_FAITHFULNESS_TABLE,
  SEMIO_RESULTS_PART_AGREEMENT,
  SEMIO_RESULTS_PART_AGREEMENT_MATRIX,
  SEMIO_RESULTS_PART_ONSET,
  SEMIO_RESULTS_PART_ONSET_TABLE,
  SEMIO_RESULTS_PART_OVERLAP_TABLE,
  SEMIO_RESULTS_PART_ORDER_TABLE,
  SEMIO_RESULTS_PART_SIDES_TABLE,
  SEMIO_RESULTS_PART_EVENT_TYPES_TABLE,
} SemioResultsPartKind;

#define SEMIO_RESULTS_N_PARTS (SEMIO_RESULTS_PART_EVENT_TYPES_TABLE + 1)

/* What a mark of a figure is made of: which answers, or which judgements. Plain memory. */
typedef struct {
  gboolean of_ratings; /* judgements, not answers */
  gint64 run_id; /* 0: any */
  int feature; /* −1: any */
  int cell; /* of #SemioResultsRow.confusion; −1: any */
  int score; /* 0: any */
  gint64 recording_id; /* 0: any */
  gint64 persons[2]; /* 0: any; both: what both scored */
} SemioResultsLink;

/* What parts are made of; borrowed. Either report may be missing. */
typedef struct {
  const SemioResultsReport *report; /* (nullable) */
  const SemioRatingsReport *ratings; /* (nullable): of the persons who are looked at */
  SemioFeatureSet *features;
  const SemioCurvesReport *curves; /* (nullable) */
  const SemioTimesReport *times; /* (nullable) */
} SemioResultsView;

/* One of them: a figure or a table, or words on why it is not there. Owned by the caller. */
typedef struct {
  SemioResultsPartKind kind;
  SemioChart *chart; /* (nullable) */
  SemioTextTable *table; /* (nullable) */
  char *why; /* (nullable): where neither is there */
  const char *advice; /* (nullable, static): what to do about it where things are chosen; a report has no use for it */
  GArray *links; /* (nullable): of #SemioResultsLink, one a mark of the chart */
} SemioResultsPart;

/* "f1", "forest", …: for names of files. */
const char *semio_results_part_get_id (SemioResultsPartKind kind);
/* Translated. */
const char *semio_results_part_get_heading (SemioResultsPartKind kind);

/* What of a view a part is made of. */
typedef enum {
  SEMIO_RESULTS_SOURCE_REPORT,
  SEMIO_RESULTS_SOURCE_RATINGS,
  SEMIO_RESULTS_SOURCE_CURVES,
  SEMIO_RESULTS_SOURCE_TIMES,
} SemioResultsSource;

SemioResultsSource semio_results_part_get_source (SemioResultsPartKind kind);

SemioResultsPart *semio_results_part_new (SemioResultsPartKind kind, const SemioResultsView *view);
void semio_results_part_free (SemioResultsPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioResultsPart, semio_results_part_free)
/* What the part shows, in a sentence: its figure's or table's, else why it is not there. */
const char *semio_results_part_get_sentence (const SemioResultsPart *part);

/* (transfer full) (nullable): its numbers for programs: the table, or a line for each mark of the figure. */
SemioTextTable *semio_results_part_make_data (const SemioResultsPart *part);

/* Headlines of what is chosen: so many features of so many. */
typedef struct {
  guint n_features; /* with an F1 */
  guint n_above_constant; /* whose best run is above the best constant answer */
  guint n_pairs; /* features with a plain and an enhanced run */
  guint n_helped; /* where an enhanced run is above its plain run */
} SemioResultsHeadlines;

SemioResultsHeadlines semio_results_count_headlines (const SemioResultsReport *report);

G_END_DECLS

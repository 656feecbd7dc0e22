/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-results-card.h"
#include "semio-results-chooser.h"
#include "semio-results-figures.h"
#include "semio-results-grid.h"
#include "semio-results-page.h"

G_BEGIN_DECLS

struct _SemioResultsPage {
  AdwBin parent_instance;

  GtkStack *stack; /* "gate", "empty", "results" */
  AdwStatusPage *empty;
  GtkWidget *work; /* shown while something takes long: */
  GtkProgressBar *progress;
  GtkLabel *remarks;
  GtkLabel *constant_line, *helped_line; /* the headlines: a number */
  GtkLabel *constant_words, *helped_words; /* and what it is of */
  SemioResultsChooser *chooser;
  SemioResultsGrid *grid;
  GtkWidget *saving; /* what saves all at once */
  GtkCheckButton *without_names; /* what is saved goes without them */
  SemioResultsCard *cards[SEMIO_RESULTS_N_PARTS];

  SemioStudy *study;
  SemioResults *results;
  SemioResultsReport *report; /* (nullable): what is shown */
  SemioRatingsReport *all_ratings; /* (nullable): of all persons */
  SemioRatingsReport *ratings; /* (nullable): of the chosen ones */
  SemioCurvesReport *curves; /* (nullable) */
  SemioTimesReport *times; /* (nullable) */
  GCancellable *cancellable; /* (nullable): of what is being computed */
  GCancellable *reading; /* (nullable): of the ratings */
  GCancellable *scoring; /* (nullable): of curves and times */
  GCancellable *agreeing; /* (nullable): of the intervals of agreement */
  guint n_drawing; /* of curves and times, whose intervals are being drawn */
  double report_share; /* how far the intervals of the report are */
  SemioShare *curves_share, *times_share; /* (nullable): and those of curves and times */
  SemioTimeLeft left;
  guint work_id;
  gint64 asked_person_id; /* who said yes to seeing names; 0 nobody */
};

GtkWidget *semio_results_page_create_saving (SemioResultsPage *page);

/* What is behind a mark or a row, and taking away what is shown. */
void semio_results_page_list_feature (SemioResultsPage *page, guint feature);
/* run: index into the report's runs. */
void semio_results_page_list_cell (SemioResultsPage *page, guint feature, guint run);
void semio_results_page_list_mark (SemioResultsPage *page, guint mark, SemioResultsCard *card);
void semio_results_page_export (SemioResultsPage *page, SemioResultsCard *card);
void semio_results_page_copy (SemioResultsPage *page, SemioResultsCard *card);

G_END_DECLS

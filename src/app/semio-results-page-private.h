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
  GtkSpinner *spinner;
  GtkWidget *cancel;
  GtkLabel *remarks;
  SemioResultsChooser *chooser;
  SemioResultsGrid *grid;
  SemioResultsCard *table_card, *forest_card, *heat_card, *faithful_card, *agreement_card;
  GtkLabel *agreement;

  SemioStudy *study;
  SemioResults *results;
  SemioResultsReport *report; /* (nullable): what is shown */
  SemioRatingsReport *ratings; /* (nullable) */
  GArray *points; /* (nullable): of the chosen persons */
  GArray *faithful_features; /* of guint, by row of the figure */
  SemioChart *faithful;
  GCancellable *cancellable; /* (nullable): of what is being computed */
  GCancellable *reading; /* (nullable): of the ratings */
  guint spinner_id;
  gint64 asked_person_id; /* who said yes to seeing names; 0 nobody */
};

/* What is behind a mark or a row, and writing what is shown. */
void semio_results_page_list_feature (SemioResultsPage *page, guint feature);
void semio_results_page_list_mark (SemioResultsPage *page, guint mark);
void semio_results_page_list_score (SemioResultsPage *page, guint mark);
void semio_results_page_export_table (SemioResultsPage *page);
void semio_results_page_export_agreement (SemioResultsPage *page);
void semio_results_page_export_forest (SemioResultsPage *page);
void semio_results_page_export_heat (SemioResultsPage *page);
void semio_results_page_export_faithfulness (SemioResultsPage *page);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RESULTS_PAGE (semio_results_page_get_type ())
G_DECLARE_FINAL_TYPE (SemioResultsPage, semio_results_page, SEMIO, RESULTS_PAGE, AdwBin)

/**
 * SemioResultsPage:
 *
 * The numbers of a study: what is looked at on the left, tables and figures on the right. Nothing is made or computed before
 * the page is first shown. It names the runs and follows the reference, so a person who rates is asked first, and what the
 * person has seen here counts as revealed.
 */
GtkWidget *semio_results_page_new (void);
/* NULL lets go of the study. */
void semio_results_page_set_study (SemioResultsPage *page, SemioStudy *study);

G_END_DECLS

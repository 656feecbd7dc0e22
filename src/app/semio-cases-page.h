/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_CASES_PAGE (semio_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (SemioCasesPage, semio_cases_page, SEMIO, CASES_PAGE, AdwBin)

/**
 * SemioCasesPage:
 *
 * The recordings of a study: searched, sorted, filtered, opened, corrected. What is chosen goes out as actions of the
 * window; files dropped here as the signal "add" (array of #GFile).
 */
GtkWidget *semio_cases_page_new (void);
void semio_cases_page_set_study (SemioCasesPage *self, SemioStudy *study);
void semio_cases_page_focus_search (SemioCasesPage *self);
/* Selects a recording where it is shown, and gives the list the keys as soon as it is seen. 0: the one that is selected. */
void semio_cases_page_focus_list (SemioCasesPage *self, gint64 recording_id);
/* Recordings that search and filters leave, by id (gint64). */
GArray *semio_cases_page_list_shown (SemioCasesPage *self);

G_END_DECLS

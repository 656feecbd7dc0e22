/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-chart.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RESULTS_CARD (semio_results_card_get_type ())
G_DECLARE_FINAL_TYPE (SemioResultsCard, semio_results_card, SEMIO, RESULTS_CARD, AdwBin)

/**
 * SemioResultsCard:
 *
 * One part of the Results page: a heading, the sentence that says what it shows, and a figure or a widget, or words on why
 * there is none. Signals "export" (the button was pressed), "mark-activated" (guint mark).
 */
GtkWidget *semio_results_card_new (const char *heading, const char *export_tooltip);
void semio_results_card_set_sentence (SemioResultsCard *card, const char *sentence);
/* Takes the widget's place in the card; it stays there. */
void semio_results_card_set_content (SemioResultsCard *card, GtkWidget *content);
/* chart NULL: why stands instead. */
void semio_results_card_set_chart (SemioResultsCard *card, SemioChart *chart, const char *why);
/* Words instead of the content; NULL shows the content. */
void semio_results_card_set_missing (SemioResultsCard *card, const char *why);

G_END_DECLS

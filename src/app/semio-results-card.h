/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-results-parts.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RESULTS_CARD (semio_results_card_get_type ())
G_DECLARE_FINAL_TYPE (SemioResultsCard, semio_results_card, SEMIO, RESULTS_CARD, AdwBin)

/**
 * SemioResultsCard:
 *
 * One part of the Results page: its heading, the sentence that says what it shows, and its figure or table, or words on why there
 * is none. Signals "export" (the button was pressed), "copy" (likewise), "mark-activated" (guint mark).
 */
GtkWidget *semio_results_card_new (SemioResultsPartKind kind);
SemioResultsPartKind semio_results_card_get_kind (SemioResultsCard *card);
/* Takes the widget's place in the card, for a table that is more than words; it stays there. */
void semio_results_card_set_content (SemioResultsCard *card, GtkWidget *content);
/* Takes the part. */
void semio_results_card_take_part (SemioResultsCard *card, SemioResultsPart *part);
/* (nullable) */
const SemioResultsPart *semio_results_card_get_part (SemioResultsCard *card);
/* Words instead of the content; NULL shows the content. */
void semio_results_card_set_missing (SemioResultsCard *card, const char *why);

G_END_DECLS

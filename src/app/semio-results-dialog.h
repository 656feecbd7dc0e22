/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-window.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RESULTS_DIALOG (semio_results_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemioResultsDialog, semio_results_dialog, SEMIO, RESULTS_DIALOG, AdwWindow)

/* The recordings behind a number; choosing one opens it on the Review page. */
SemioResultsDialog *semio_results_dialog_new (SemioWindow *window, const char *title);
/* run_id of the key 0: the case as a whole is opened. */
void semio_results_dialog_add (SemioResultsDialog *dialog, const SemioItemKey *key, const char *text);
guint semio_results_dialog_get_n_rows (SemioResultsDialog *dialog);

G_END_DECLS

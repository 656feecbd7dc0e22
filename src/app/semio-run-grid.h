/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-run-coverage.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_GRID (semio_run_grid_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunGrid, semio_run_grid, SEMIO, RUN_GRID, GtkWidget)

/**
 * SemioRunGrid:
 *
 * Recordings down, features across; each cell says by colour and shape how the questions there stand. One cell is chosen, by
 * arrow keys or pointer, and told in words: that sentence is the widget's accessible name.
 *
 * Signals: "chosen" (const char *: the sentence), "open" (gint64 recording_id: Enter or a double click).
 */
GtkWidget *semio_run_grid_new (void);
/* coverage stays the caller's, and must live until another, or NULL, is shown. titles: of its rows. */
void semio_run_grid_show (SemioRunGrid *self, const SemioRunCoverage *coverage, SemioFeatureSet *features,
                          const char *const *titles);
/* The numbers of the coverage have changed. */
void semio_run_grid_update (SemioRunGrid *self);
/* What the colours and shapes mean. */
GtkWidget *semio_run_grid_create_legend (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-run-coverage.h"

G_BEGIN_DECLS

/* Colours of the theme in use, light or dark. Plain memory. */
typedef struct {
  GdkRGBA words, good, fair, bad, accent;
} SemioRunCellColors;

void semio_run_cell_colors_read (SemioRunCellColors *colors, GtkWidget *widget);
/* One cell with its top left corner at x, y. share: of its questions that have an answer, 0 to 1. */
void semio_run_cell_paint (cairo_t *cr, const SemioRunCellColors *colors, SemioCoverageState state, double share, double x,
                           double y, double size_px);

G_END_DECLS

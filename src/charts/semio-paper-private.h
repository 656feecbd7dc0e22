/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-paper.h"

G_BEGIN_DECLS

/* A4. */
#define SEMIO_PAPER_WIDTH_PT 595.28
#define SEMIO_PAPER_HEIGHT_PT 841.89
#define SEMIO_PAPER_MARGIN_PT 54.0
#define SEMIO_PAPER_TEXT_PT (SEMIO_PAPER_WIDTH_PT - 2 * SEMIO_PAPER_MARGIN_PT)

struct _SemioPaper {
  char *title;
  SemioChartStyle style;
  GByteArray *bytes;
  cairo_surface_t *surface;
  cairo_t *cr; /* (nullable): NULL once it is closed */
  double y; /* where the next thing begins */
  guint n_pages;
};

/* width_pt 0: one line, however long. */
PangoLayout *semio_paper_make_layout (SemioPaper *paper, const char *text, double size_pt, gboolean bold, double width_pt);
void semio_paper_new_page (SemioPaper *paper);
/* What is left of the page. */
double semio_paper_get_room (const SemioPaper *paper);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-chart.h"

G_BEGIN_DECLS

/**
 * SemioPaper:
 *
 * A report on A4 pages as PDF: headings, text, tables and figures one after the other, each on a new page where it does not fit.
 * The same calls give the same bytes. Used by one thread; owned by the caller.
 */
typedef struct _SemioPaper SemioPaper;

typedef enum {
  SEMIO_PAPER_TITLE,
  SEMIO_PAPER_HEADING, /* also in the outline */
  SEMIO_PAPER_SUBHEADING,
  SEMIO_PAPER_TEXT,
  SEMIO_PAPER_NOTE, /* small, for captions and remarks */
  SEMIO_PAPER_BOLD,
} SemioPaperFont;

/* One cell of a table; text is borrowed for the call. */
typedef struct {
  const char *text;
  gboolean is_number; /* stands on the right */
  gboolean bold;
} SemioPaperCell;

/* title: of the document and at the foot of each page. utc_us: the time that the file carries, which is not that of its making. */
SemioPaper *semio_paper_new (const char *title, gint64 utc_us, SemioChartLook look);
/* Breaks over pages. */
void semio_paper_add (SemioPaper *paper, SemioPaperFont font, const char *text);
/* The heads stand again on each page that the table goes on to. cells: row by row, as many as there are heads. */
void semio_paper_add_table (SemioPaper *paper, const char *const *heads, const SemioPaperCell *cells, guint n_rows);
/* Begins a new page when a figure with its heading and caption would not stand together. */
void semio_paper_keep_with_chart (SemioPaper *paper, SemioChart *chart);
/* As wide as the page at most, and as high but for its heading. */
void semio_paper_add_chart (SemioPaper *paper, SemioChart *chart);
/* What follows begins on a new page; nothing where one has just begun. */
void semio_paper_break_page (SemioPaper *paper);
guint semio_paper_get_n_pages (SemioPaper *paper);
/* Ends the document and frees the paper. NULL with an error when it could not be drawn. */
GBytes *semio_paper_finish (SemioPaper *paper, GError **error);
void semio_paper_free (SemioPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPaper, semio_paper_free)

G_END_DECLS

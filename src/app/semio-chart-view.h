/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-chart.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_CHART_VIEW (semio_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (SemioChartView, semio_chart_view, SEMIO, CHART_VIEW, GtkWidget)

/**
 * SemioChartView:
 *
 * A figure on the screen. Takes the focus; the arrow keys walk its marks and read them out, the pointer tells the mark under
 * it. Signal "mark-activated" (guint mark): Enter, Space or a click on a mark.
 */
GtkWidget *semio_chart_view_new (void);
/* chart may be NULL: nothing is shown. */
void semio_chart_view_set_chart (SemioChartView *view, SemioChart *chart);
/* (nullable) */
SemioChart *semio_chart_view_get_chart (SemioChartView *view);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_RESULTS_COLUMNS (semio_results_columns_get_type ())
G_DECLARE_FINAL_TYPE (SemioResultsColumns, semio_results_columns, SEMIO, RESULTS_COLUMNS, GtkLayoutManager)

G_END_DECLS

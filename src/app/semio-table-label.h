/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-text-table.h"

G_BEGIN_DECLS

/* A table in a label: its words can be selected and copied with tabs between the columns, and are read out line by line. */
GtkWidget *semio_table_label_new (void);
void semio_table_label_set_table (GtkLabel *label, const SemioTextTable *table);
/* Puts the table into the clipboard: with tabs for a sheet or a text, as HTML for a word processor. */
void semio_table_copy (GtkWidget *widget, const SemioTextTable *table);

G_END_DECLS

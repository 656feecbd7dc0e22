/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * semio_tooltip_set:
 * @widget: a widget whose tooltip changes while the program is used
 * @text: (nullable): plain text; %NULL or empty for none
 *
 * The same as gtk_widget_set_tooltip_text(), which asks the display at every call where the pointer is and waits for the
 * answer. A page that names a hundred controls anew at each case would wait a hundred times; here the text is kept and read
 * when the pointer rests.
 */
void semio_tooltip_set (GtkWidget *widget, const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is wider than its place, inside of a page that scrolls up and down: it scrolls sideways, and is at most max_height_px
 * high (0: as high as it wants). The wheel goes on with the page where there is nothing more to scroll in here. */
GtkWidget *semio_inner_scroll_new (GtkWidget *child, int max_height_px);

G_END_DECLS

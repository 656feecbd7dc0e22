/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Debug lines that tell when something happened that a person waits for: "timing: WHAT at MICROSECONDS" of the monotonic
 * clock, shown with G_MESSAGES_DEBUG=semioscope. tools/bench reads them; nothing else depends on them. */
void semio_timing_mark (const char *what);
/* Tells it when what the widget shows now has been painted. The words must be a literal. */
void semio_timing_mark_painted (GtkWidget *widget, const char *what);

G_END_DECLS

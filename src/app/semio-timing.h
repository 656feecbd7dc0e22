/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Debug lines that tell when something happened that a person waits for: "timing: WHAT at MICROSECONDS" of the monotonic
 * clock, shown with G_MESSAGES_DEBUG=semioscope. tools/bench reads them; nothing else depends on them. */
void semio_timing_mark (const char *what);
/* Tells it when what the widget shows now has been painted. The words must be a literal. */
void semio_timing_mark_painted (GtkWidget *widget, const char *what);

/* Keeps the widget's window painting, and tells of each frame "timing: frame PASSED WORKED GAP at …": microseconds that passed
 * and that the main thread worked while it was laid out and painted, and how long after the frame before it began. Only while
 * somebody listens; once is enough. */
void semio_timing_watch_frames (GtkWidget *widget);

G_END_DECLS

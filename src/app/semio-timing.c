/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "semioscope"

#include "semio-timing.h"

void
semio_timing_mark (const char *what)
{
  g_debug ("timing: %s at %" G_GINT64_FORMAT, what, g_get_monotonic_time ());
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer what)
{
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, what);
  semio_timing_mark (what);
}

static void
map_cb (GtkWidget *widget, gpointer what)
{
  g_signal_handlers_disconnect_by_func (widget, map_cb, what);
  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (after_paint_cb), what);
}

/**
 * semio_timing_mark_painted:
 * @widget: what is waited for
 * @what: a literal
 *
 * One after-paint is enough: a change made while the main loop runs asks for a frame, and all of it is in that frame.
 */
void
semio_timing_mark_painted (GtkWidget *widget, const char *what)
{
  /* Nobody listens, as nearly always: nothing is connected. */
  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;
  if (gtk_widget_get_mapped (widget))
    map_cb (widget, (gpointer) what);
  else
    g_signal_connect (widget, "map", G_CALLBACK (map_cb), (gpointer) what);
}

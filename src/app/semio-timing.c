/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "semioscope"

#include "semio-timing.h"

#include <time.h>

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

typedef struct {
  gint64 begin_us;
  gint64 begin_work_us;
  gint64 gap_us;
} FrameWatch;

/* What this thread has worked: on a busy machine less than what has passed. */
static gint64
get_work_us (void)
{
  struct timespec work = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &work);
  return work.tv_sec * G_USEC_PER_SEC + work.tv_nsec / 1000;
}

static void
frame_begins_cb (GdkFrameClock *clock, FrameWatch *watch)
{
  gint64 now_us = g_get_monotonic_time ();

  watch->gap_us = watch->begin_us > 0 ? now_us - watch->begin_us : 0;
  watch->begin_us = now_us;
  watch->begin_work_us = get_work_us ();
}

static void
frame_ends_cb (GdkFrameClock *clock, FrameWatch *watch)
{
  gint64 now_us = g_get_monotonic_time ();

  g_debug ("timing: frame %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " at %" G_GINT64_FORMAT,
           now_us - watch->begin_us, get_work_us () - watch->begin_work_us, watch->gap_us, now_us);
}

static gboolean
keep_painting_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/**
 * semio_timing_watch_frames:
 * @widget: of a window that is shown
 *
 * The frame clock begins a frame when the main loop lets it: what keeps the loop busy is told by the gap.
 */
void
semio_timing_watch_frames (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  FrameWatch *watch;

  if (clock == NULL || g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN)
      || g_object_get_data (G_OBJECT (clock), "semio-frame-watch") != NULL)
    return;
  watch = g_new0 (FrameWatch, 1);
  g_object_set_data_full (G_OBJECT (clock), "semio-frame-watch", watch, g_free);
  g_signal_connect (clock, "before-paint", G_CALLBACK (frame_begins_cb), watch);
  g_signal_connect (clock, "after-paint", G_CALLBACK (frame_ends_cb), watch);
  gtk_widget_add_tick_callback (widget, keep_painting_cb, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times steps of panning and zooming in a timeline of many intervals. Prints "name milliseconds" lines; tools/bench makes
 * figures of them.
 *
 *   timeline-steps LANES INTERVALS SECONDS WIDTH HEIGHT
 *
 * INTERVALS in each lane, of 2 s each, every 3 s; the SECONDS in the middle are in view. A step is a pan or a zoom. Its layout
 * is what becomes of the axis and the shapes of the lanes in sight; its snapshot is what the widgets give to the renderer; its
 * drawing, told apart, is what the cairo renderer makes of that. "playing" draws what changes when only the playhead moved.
 */
#include <gtk/gtk.h>

#include "semio-timeline.h"

#define S SEMIO_NS_PER_SECOND
#define STEP_NS (3 * S)
#define LENGTH_NS (2 * S)
#define N_WARM_UP 10
#define N_STEPS 200
#define WAIT_US (5 * G_USEC_PER_SEC)

#define BENCH_TYPE_HOST (bench_host_get_type ())
G_DECLARE_FINAL_TYPE (BenchHost, bench_host, BENCH, HOST, GtkWidget)

/* Holds the timeline and times its snapshot. */
struct _BenchHost {
  GtkWidget parent_instance;
  GtkWidget *timeline;
  double snapshot_ms;
  guint n_snapshots;
};

G_DEFINE_FINAL_TYPE (BenchHost, bench_host, GTK_TYPE_WIDGET)

static double
get_ms (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

static void
bench_host_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BenchHost *self = BENCH_HOST (widget);
  gint64 start_us = g_get_monotonic_time ();

  gtk_widget_snapshot_child (widget, self->timeline, snapshot);
  self->snapshot_ms = get_ms (start_us);
  self->n_snapshots++;
}

static void
bench_host_dispose (GObject *object)
{
  g_clear_pointer (&BENCH_HOST (object)->timeline, gtk_widget_unparent);

  G_OBJECT_CLASS (bench_host_parent_class)->dispose (object);
}

static void
bench_host_class_init (BenchHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bench_host_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = bench_host_snapshot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
bench_host_init (BenchHost *self)
{
  self->timeline = semio_timeline_new ();
  gtk_widget_set_parent (self->timeline, GTK_WIDGET (self));
}

static SemioLaneSet *
new_set (guint n_lanes, guint n_intervals)
{
  static const SemioAnswer answers[] = { SEMIO_ANSWER_YES, SEMIO_ANSWER_NO, SEMIO_ANSWER_NO, SEMIO_ANSWER_FAIL, SEMIO_ANSWER_NO };
  SemioLaneSet *set = semio_lane_set_new (n_intervals * STEP_NS, NULL, SEMIO_LANE_REFERENCE_NONE);

  semio_lane_set_add_group (set, "Lanes");
  for (guint i = 0; i < n_lanes; i++)
    {
      g_autofree char *label = g_strdup_printf ("Lane %u", i);
      SemioLaneRun *run = semio_lane_add_run (semio_lane_set_add_lane (set, 0, i, label), 0, "A", SEMIO_ANSWER_YES);

      for (guint j = 0; j < n_intervals; j++)
        semio_lane_run_add_answer (run, (int) j, (SemioSpan){ j * STEP_NS, j * STEP_NS + LENGTH_NS },
                                   answers[(j + i) % G_N_ELEMENTS (answers)]);
    }
  return set;
}

static void
wait_snapshot (BenchHost *host)
{
  guint before = host->n_snapshots;
  gint64 until_us = g_get_monotonic_time () + WAIT_US;

  while (host->n_snapshots == before && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  if (host->n_snapshots != before)
    return;
  g_printerr ("timeline-steps: nothing was painted\n");
  exit (1);
}

/* What the cairo renderer does with the changed part of a window. */
static double
draw (BenchHost *host, cairo_surface_t *surface, const cairo_rectangle_int_t *part)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (host->timeline);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;
  gint64 start_us;
  double ms;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (host->timeline), gtk_widget_get_height (host->timeline));
  node = gtk_snapshot_free_to_node (snapshot);
  gdk_cairo_rectangle (cr, part);
  cairo_clip (cr);
  start_us = g_get_monotonic_time ();
  gsk_render_node_draw (node, cr);
  ms = get_ms (start_us);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  return ms;
}

static void
take_step (SemioTimeline *timeline, guint step)
{
  /* Four pans there, four back; a zoom in and a zoom out between them. */
  switch (step % 10)
    {
    case 4:
      semio_timeline_zoom (timeline, 1.25);
      break;
    case 9:
      semio_timeline_zoom (timeline, 1 / 1.25);
      break;
    default:
      semio_timeline_pan (timeline, step % 10 < 4 ? 0.01 : -0.01);
      break;
    }
}

static void
time_steps (BenchHost *host)
{
  SemioTimeline *timeline = SEMIO_TIMELINE (host->timeline);
  int width_px = gtk_widget_get_width (host->timeline), height_px = gtk_widget_get_height (host->timeline);
  cairo_rectangle_int_t all = { 0, 0, width_px, height_px }, strip = { width_px / 2, 0, 14, height_px };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width_px, height_px);

  for (guint i = 0; i < N_WARM_UP + N_STEPS; i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      double layout_ms;

      take_step (timeline, i);
      semio_timeline_prepare (timeline);
      layout_ms = get_ms (start_us);
      wait_snapshot (host);
      if (i < N_WARM_UP)
        continue;
      g_print ("layout %.4f\nsnapshot %.4f\n", layout_ms, host->snapshot_ms);
      if (i % 10 == 0)
        g_print ("drawing %.4f\nplaying %.4f\n", draw (host, surface, &all), draw (host, surface, &strip));
    }
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  BenchHost *host;
  GtkWidget *window;
  g_autoptr (SemioLaneSet) set = NULL;
  gint64 arguments[5], begin_ns;

  if (argc != 6)
    {
      g_printerr ("Usage: timeline-steps LANES INTERVALS SECONDS WIDTH HEIGHT\n");
      return 2;
    }
  gtk_init ();
  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    arguments[i] = g_ascii_strtoll (argv[i + 1], NULL, 10);
  host = g_object_new (BENCH_TYPE_HOST, NULL);
  window = gtk_window_new ();
  set = new_set ((guint) arguments[0], (guint) arguments[1]);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), (int) arguments[3], (int) arguments[4]);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (host));
  semio_timeline_set_lane_set (SEMIO_TIMELINE (host->timeline), set);
  gtk_window_present (GTK_WINDOW (window));
  wait_snapshot (host);
  begin_ns = MAX (arguments[1] * STEP_NS - arguments[2] * S, 0) / 2;
  semio_timeline_fit (SEMIO_TIMELINE (host->timeline), begin_ns, begin_ns + arguments[2] * S);
  wait_snapshot (host);
  time_steps (host);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}

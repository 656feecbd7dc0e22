/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the timeline under the video view with made data, to be looked at: show-timeline [--dark] [--revealed]
 * [--names] [--begin S --end S] [--message] [--signals] [--all-signals] [--selection] [--animate]
 * [--runs N] [--persons N]. */
#include <adwaita.h>

#include "made-lanes.h"
#include "semio-timeline.h"
#include "semio-video-view.h"

static gboolean dark, revealed, message, animate, names, signals, all_signals, selection;
static int begin_s, end_s, width_px = 900, height_px = 860, n_runs, n_persons;

static const GOptionEntry entries[] = {
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark colours", NULL },
  { "revealed", 0, 0, G_OPTION_ARG_NONE, &revealed, "Reveal the reference", NULL },
  { "message", 0, 0, G_OPTION_ARG_NONE, &message, "No video", NULL },
  { "names", 0, 0, G_OPTION_ARG_NONE, &names, "Name the runs", NULL },
  { "signals", 0, 0, G_OPTION_ARG_NONE, &signals, "Show sound and motion", NULL },
  { "all-signals", 0, 0, G_OPTION_ARG_NONE, &all_signals, "Show all that sound and picture give", NULL },
  { "selection", 0, 0, G_OPTION_ARG_NONE, &selection, "Select a stretch", NULL },
  { "animate", 0, 0, G_OPTION_ARG_NONE, &animate, "Move the playhead", NULL },
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "So many runs", "N" },
  { "persons", 0, 0, G_OPTION_ARG_INT, &n_persons, "So many persons", "N" },
  { "begin", 0, 0, G_OPTION_ARG_INT, &begin_s, "First second", "S" },
  { "end", 0, 0, G_OPTION_ARG_INT, &end_s, "Last second", "S" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width_px, "Width", "PX" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height_px, "Height", "PX" },
  { NULL },
};

static SemioFrame *
new_frame (int width, int height)
{
  SemioFrame *frame = g_new0 (SemioFrame, 1);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.45, 0.47, 0.5);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.85, 0.87, 0.9);
  cairo_rectangle (cr, width * 0.3, height * 0.05, width * 0.4, height * 0.9);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.8, 0.6, 0.5);
  cairo_arc (cr, width * 0.5, height * 0.2, height * 0.09, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_atomic_ref_count_init (&frame->refs);
  frame->frame = 1242;
  frame->width_px = width;
  frame->height_px = height;
  frame->stride = cairo_image_surface_get_stride (surface);
  frame->bgra = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) (frame->stride * height));
  cairo_surface_destroy (surface);
  return frame;
}

static void
view_size_cb (SemioVideoView *view, int width, int height, gpointer user_data)
{
  SemioFrame *frame = new_frame (width, height);

  g_print ("view-size %d × %d\n", width, height);
  semio_video_view_set_frame (view, frame);
  semio_frame_unref (frame);
}

static void
seek_cb (SemioTimeline *timeline, gint64 time_ns, gboolean final, gpointer user_data)
{
  g_print ("seek %" G_GINT64_FORMAT " %s\n", time_ns / 1000000, final ? "final" : "moving");
  semio_timeline_set_position (timeline, time_ns);
}

static void
activate_cell_cb (SemioTimeline *timeline, int feature, int run, int segment, gpointer user_data)
{
  g_print ("cell %d %d %d\n", feature, run, segment);
  semio_timeline_set_selected (timeline, feature, run, segment);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SemioTimeline *timeline = SEMIO_TIMELINE (widget);

  semio_timeline_set_position (timeline, semio_timeline_get_position (timeline) + SEMIO_NS_PER_SECOND / 60);
  return G_SOURCE_CONTINUE;
}

/* What the lanes look like once the runs are revealed. */
static void
name_runs (SemioLaneSet *set)
{
  static const char *const run_names[] = { "Qwen2.5-Omni-7B, face crop", "InternVL3", "LLaVA", "Gemma 3", "GLM-4V", "Qwen3" };

  for (guint i = 0; i < set->lanes->len; i++)
    {
      SemioLane *lane = g_ptr_array_index (set->lanes, i);

      for (guint run = 0; run < lane->runs->len; run++)
        {
          SemioLaneRun *shown = g_ptr_array_index (lane->runs, run);

          g_free (shown->label);
          shown->label = g_strdup (run_names[run % G_N_ELEMENTS (run_names)]);
        }
    }
}

static void
activate_cb (GtkApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *pane = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  GtkWidget *view = semio_video_view_new ();
  GtkWidget *timeline = semio_timeline_new ();
  g_autoptr (SemioLaneSet) set = made_lanes_new (revealed ? SEMIO_LANE_REFERENCE_REVEALED : SEMIO_LANE_REFERENCE_HIDDEN);

  made_lanes_add_many (set, (guint) n_runs, (guint) n_persons);
  if (names)
    name_runs (set);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_signal_connect (view, "view-size", G_CALLBACK (view_size_cb), NULL);
  g_signal_connect (timeline, "seek", G_CALLBACK (seek_cb), NULL);
  g_signal_connect (timeline, "activate-cell", G_CALLBACK (activate_cell_cb), NULL);
  semio_video_view_set_source_size (SEMIO_VIDEO_VIEW (view), 640, 480);
  if (message)
    semio_video_view_set_message (SEMIO_VIDEO_VIEW (view), "No Video for This Recording",
                                  "It was read from labels alone. Add its video, and it is found by its content.");
  semio_timeline_set_lane_set (SEMIO_TIMELINE (timeline), set);
  if (end_s > begin_s)
    semio_timeline_fit (SEMIO_TIMELINE (timeline), begin_s * SEMIO_NS_PER_SECOND, end_s * SEMIO_NS_PER_SECOND);
  semio_timeline_set_position (SEMIO_TIMELINE (timeline), 41400 * (SEMIO_NS_PER_SECOND / 1000));
  semio_timeline_set_selected (SEMIO_TIMELINE (timeline), 5, 0, 1);
  if (signals || all_signals)
    {
      g_autoptr (SemioSignalSet) made = made_signals_new ();

      for (guint i = 0; all_signals && i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
        semio_timeline_set_signal_shown (SEMIO_TIMELINE (timeline), (SemioSignalLaneKind) i, TRUE);
      semio_timeline_set_signals (SEMIO_TIMELINE (timeline), made, NULL);
    }
  if (selection)
    semio_timeline_set_selection (SEMIO_TIMELINE (timeline), 48 * SEMIO_NS_PER_SECOND, 66 * SEMIO_NS_PER_SECOND);
  if (animate)
    gtk_widget_add_tick_callback (timeline, tick_cb, NULL, NULL);

  gtk_paned_set_start_child (GTK_PANED (pane), view);
  gtk_paned_set_end_child (GTK_PANED (pane), timeline);
  gtk_paned_set_position (GTK_PANED (pane), height_px / 3);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), pane);
  gtk_window_set_default_size (GTK_WINDOW (window), width_px, height_px);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_application_add_main_option_entries (G_APPLICATION (application), entries);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

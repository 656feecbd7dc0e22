/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "made-lanes.h"
#include "semio-prediction.h"
#include "semio-timeline-lane.h"
#include "semio-timeline.h"

#define S SEMIO_NS_PER_SECOND
#define WIDTH_PX 900
#define NARROW_WIDTH_PX 640
#define HEIGHT_PX 700
#define TONIC 5
#define WAIT_US (5 * G_USEC_PER_SEC)

typedef struct {
  GtkWidget *window;
  SemioTimeline *timeline;
  gint64 sought_ns;
  guint n_moving, n_final, n_cells, n_selections;
  int feature, run, segment;
  guint n_frames;
} Fixture;

static void
seek_cb (SemioTimeline *timeline, gint64 time_ns, gboolean final, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->sought_ns = time_ns;
  fixture->n_moving += !final;
  fixture->n_final += final;
}

static void
activate_cell_cb (SemioTimeline *timeline, int feature, int run, int segment, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_cells++;
  fixture->feature = feature;
  fixture->run = run;
  fixture->segment = segment;
}

static void
selection_changed_cb (SemioTimeline *timeline, gpointer user_data)
{
  ((Fixture *) user_data)->n_selections++;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  ((Fixture *) user_data)->n_frames++;
}

/* Runs the loop until a frame that was begun from now on has been painted. */
static void
wait_frame (Fixture *fixture)
{
  guint before = fixture->n_frames;
  gint64 until_us = g_get_monotonic_time () + WAIT_US;

  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (fixture->window), GDK_FRAME_CLOCK_PHASE_PAINT);
  while (fixture->n_frames == before && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->n_frames, >, before);
}

static gboolean
is_settled (Fixture *fixture)
{
  guint64 before = semio_timeline_get_n_lane_snapshots (fixture->timeline);

  wait_frame (fixture);
  wait_frame (fixture);
  return semio_timeline_get_n_lane_snapshots (fixture->timeline) == before;
}

static void
settle (Fixture *fixture)
{
  gint64 until_us = g_get_monotonic_time () + WAIT_US;
  gboolean settled = is_settled (fixture);

  while (!settled && g_get_monotonic_time () < until_us)
    settled = is_settled (fixture);
  g_assert_true (settled);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioLaneSet) set = made_lanes_new (SEMIO_LANE_REFERENCE_HIDDEN);

  fixture->window = gtk_window_new ();
  fixture->timeline = SEMIO_TIMELINE (semio_timeline_new ());
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), data != NULL ? GPOINTER_TO_INT (data) : WIDTH_PX, HEIGHT_PX);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->timeline));
  semio_timeline_set_lane_set (fixture->timeline, set);
  semio_timeline_set_position (fixture->timeline, 41 * S);
  g_signal_connect (fixture->timeline, "seek", G_CALLBACK (seek_cb), fixture);
  g_signal_connect (fixture->timeline, "activate-cell", G_CALLBACK (activate_cell_cb), fixture);
  g_signal_connect (fixture->timeline, "selection-changed", G_CALLBACK (selection_changed_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_signal_connect (gtk_widget_get_frame_clock (fixture->window), "after-paint", G_CALLBACK (after_paint_cb), fixture);
  wait_frame (fixture);
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (fixture->window), fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* The n-th accessible child with a role, in the order of the focus. */
static GtkWidget *
find_role (GtkWidget *widget, GtkAccessibleRole role, guint *n)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == role && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_role (child, role, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_lane (Fixture *fixture, guint index)
{
  GtkWidget *lane = find_role (GTK_WIDGET (fixture->timeline), GTK_ACCESSIBLE_ROLE_LIST_ITEM, &index);

  g_assert_nonnull (lane);
  return lane;
}

static void
assert_label (GtkWidget *widget, const char *expected)
{
  g_autofree char *difference =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, expected);

  g_assert_cmpstr (difference, ==, NULL);
}

/* Real input: the pointer of this test's own display. */
static void
run_xdotool (Fixture *fixture, const char *commands)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strdup_printf ("xdotool %s", commands);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, &error));
  g_assert_no_error (error);
  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  for (int i = 0; i < 5; i++)
    wait_frame (fixture);
}

/* Where a time of a lane stands on the screen; the window has no frame and stands at 0, 0. */
static void
locate (Fixture *fixture, guint lane, double lane_y, gint64 time_ns, int *x, int *y)
{
  GtkWidget *widget = get_lane (fixture, lane);
  SemioSpan visible = semio_timeline_get_visible_span (fixture->timeline);
  double left_px = semio_timeline_get_track_x (fixture->timeline), lane_x, window_y;

  lane_x = left_px
           + (double) (time_ns - visible.begin_ns) / (double) semio_span_get_length (visible)
                 * (gtk_widget_get_width (widget) - left_px);
  g_assert_true (gtk_widget_translate_coordinates (widget, fixture->window, lane_x, lane_y, &lane_x, &window_y));
  *x = (int) lane_x;
  *y = (int) window_y;
}

static void
test_playing_repaints_no_lane (Fixture *fixture, gconstpointer data)
{
  guint64 before = semio_timeline_get_n_lane_snapshots (fixture->timeline);
  guint frames_before = fixture->n_frames;

  g_assert_cmpuint (before, >, 0);
  for (int i = 0; i < 60; i++)
    {
      semio_timeline_set_position (fixture->timeline, 41 * S + i * S / 4);
      wait_frame (fixture);
    }
  g_assert_cmpuint (fixture->n_frames - frames_before, >=, 60);
  g_assert_cmpuint (semio_timeline_get_n_lane_snapshots (fixture->timeline), ==, before);

  /* The count does count: a zoom paints every lane that is in sight, and none of those scrolled away. */
  semio_timeline_zoom (fixture->timeline, 2);
  wait_frame (fixture);
  g_assert_cmpuint (semio_timeline_get_n_lane_snapshots (fixture->timeline), >=, before + 5);
  g_assert_cmpuint (semio_timeline_get_n_lane_snapshots (fixture->timeline), <, before + 20);
}

static void
test_signals_come_and_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioSignalSet) signals = made_signals_new ();
  guint64 before;
  int x, y, y_signals;

  locate (fixture, TONIC, 0, 60 * S, &x, &y);
  semio_timeline_set_signals (fixture->timeline, NULL, "Computing, 40 %");
  settle (fixture);
  locate (fixture, TONIC, 0, 60 * S, &x, &y_signals);
  g_assert_cmpint (y_signals, >, y);
  semio_timeline_set_signals (fixture->timeline, signals, NULL);
  semio_timeline_set_signal_shown (fixture->timeline, SEMIO_SIGNAL_LANE_SPECTROGRAM, TRUE);
  semio_timeline_set_signal_shown (fixture->timeline, SEMIO_SIGNAL_LANE_THUMBS, TRUE);
  semio_timeline_set_signal_shown (fixture->timeline, SEMIO_SIGNAL_LANE_QUARTERS, TRUE);
  settle (fixture);

  /* They are drawn when the view changes, not when the playhead moves. */
  before = semio_timeline_get_n_lane_snapshots (fixture->timeline);
  for (int i = 0; i < 20; i++)
    {
      semio_timeline_set_position (fixture->timeline, 41 * S + i * S / 2);
      wait_frame (fixture);
    }
  g_assert_cmpuint (semio_timeline_get_n_lane_snapshots (fixture->timeline), ==, before);
  semio_timeline_zoom (fixture->timeline, 1.5);
  settle (fixture);
  g_assert_cmpuint (semio_timeline_get_n_lane_snapshots (fixture->timeline), >=, before + SEMIO_SIGNAL_LANE_N_KINDS);

  semio_timeline_set_signals (fixture->timeline, NULL, NULL);
  settle (fixture);
  locate (fixture, TONIC, 0, 60 * S, &x, &y_signals);
  g_assert_cmpint (y_signals, ==, y);
}

static void
test_hovering_repaints_no_lane (Fixture *fixture, gconstpointer data)
{
  guint64 before;

  run_xdotool (fixture, "mousemove 400 300");
  settle (fixture);
  before = semio_timeline_get_n_lane_snapshots (fixture->timeline);
  run_xdotool (fixture, "mousemove 500 300 mousemove 520 310 mousemove 530 320");
  g_assert_cmpuint (semio_timeline_get_n_lane_snapshots (fixture->timeline), ==, before);
}

static void
test_opens_fitted (Fixture *fixture, gconstpointer data)
{
  SemioSpan visible = semio_timeline_get_visible_span (fixture->timeline);
  g_autoptr (SemioLaneSet) unknown = semio_lane_set_new (600 * S, NULL, SEMIO_LANE_REFERENCE_NONE);
  SemioEvent event = { 300 * S, 330 * S, 0, SEMIO_EVENT_TYPE_EPILEPTIC };
  g_autoptr (SemioLaneSet) late = semio_lane_set_new (600 * S, &event, SEMIO_LANE_REFERENCE_NONE);

  /* Onset 34 s, offset 84 s, of 118 s. */
  g_assert_cmpint (visible.begin_ns, ==, 4 * S);
  g_assert_cmpint (visible.end_ns, ==, 118 * S);
  semio_timeline_set_lane_set (fixture->timeline, late);
  visible = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (visible.begin_ns, ==, 270 * S);
  g_assert_cmpint (visible.end_ns, ==, 390 * S);
  semio_timeline_set_lane_set (fixture->timeline, unknown);
  visible = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (visible.begin_ns, ==, 0);
  g_assert_cmpint (visible.end_ns, ==, 600 * S);
}

static void
test_lanes_say_their_sentence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioLaneSet) revealed = made_lanes_new (SEMIO_LANE_REFERENCE_REVEALED);
  GtkWidget *tonic = get_lane (fixture, TONIC);

  g_assert_true (gtk_widget_get_focusable (tonic));
  assert_label (tonic, "Tonic, A yes in 2 of 5 segments, B yes in 1 of 5 segments; reference hidden");
  g_assert_true (gtk_widget_grab_focus (tonic));

  /* Revealing changes the sentence and leaves the widget with its focus. */
  semio_timeline_set_lane_set (fixture->timeline, revealed);
  g_assert_true (get_lane (fixture, TONIC) == tonic);
  g_assert_true (gtk_widget_has_focus (tonic));
  assert_label (tonic, "Tonic, reference yes, 0:38 to 0:47; A yes in 2 of 5 segments, B yes in 1 of 5 segments");
}

static void
test_click_chooses_and_seeks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *commands = NULL;
  int x, y;

  locate (fixture, TONIC, 25, 60 * S, &x, &y);
  commands = g_strdup_printf ("mousemove %d %d click 1", x, y);
  run_xdotool (fixture, commands);
  g_assert_cmpuint (fixture->n_cells, ==, 1);
  g_assert_cmpint (fixture->feature, ==, TONIC);
  g_assert_cmpint (fixture->run, ==, 1);
  g_assert_cmpint (fixture->segment, ==, 2);
  g_assert_cmpuint (fixture->n_final, ==, 1);
  g_assert_cmpint (ABS (fixture->sought_ns - 60 * S), <, S / 2);
}

static void
test_label_chooses_the_lane (Fixture *fixture, gconstpointer data)
{
  g_autofree char *commands = NULL;
  int x, y;

  locate (fixture, TONIC, 15, 60 * S, &x, &y);
  commands = g_strdup_printf ("mousemove %d %d click 1", 40, y);
  run_xdotool (fixture, commands);
  g_assert_cmpuint (fixture->n_cells, ==, 1);
  g_assert_cmpint (fixture->feature, ==, TONIC);
  g_assert_cmpint (fixture->segment, ==, SEMIO_SEGMENT_WHOLE);
  g_assert_cmpuint (fixture->n_final + fixture->n_moving, ==, 0);
}

static void
test_drag_seeks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *commands = NULL;
  int begin_x, end_x, y;

  locate (fixture, TONIC, 10, 40 * S, &begin_x, &y);
  locate (fixture, TONIC, 10, 80 * S, &end_x, &y);
  commands = g_strdup_printf ("mousemove %d 10 mousedown 1 mousemove %d 12 sleep 0.05 mousemove %d 14 sleep 0.05 mouseup 1",
                              begin_x, (begin_x + end_x) / 2, end_x);
  run_xdotool (fixture, commands);
  g_assert_cmpuint (fixture->n_moving, >=, 1);
  /* Where it was pressed, before it moved, and where it came to rest. */
  g_assert_cmpuint (fixture->n_final, ==, 2);
  g_assert_cmpint (ABS (fixture->sought_ns - 80 * S), <, S / 2);
  g_assert_cmpuint (fixture->n_cells, ==, 0);
}

static void
test_wheel_zooms_and_pans (Fixture *fixture, gconstpointer data)
{
  SemioSpan before = semio_timeline_get_visible_span (fixture->timeline), zoomed, panned;
  g_autofree char *commands = NULL;
  int x, y, x_after;

  locate (fixture, TONIC, 10, 60 * S, &x, &y);
  commands = g_strdup_printf ("mousemove %d %d keydown ctrl click 4 click 4 click 4 keyup ctrl", x, y);
  run_xdotool (fixture, commands);
  zoomed = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (semio_span_get_length (zoomed), <, semio_span_get_length (before) * 2 / 3);
  locate (fixture, TONIC, 10, 60 * S, &x_after, &y);
  g_assert_cmpint (ABS (x_after - x), <=, 3);

  run_xdotool (fixture, "keydown shift click 5 click 5 keyup shift");
  panned = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (panned.begin_ns, >, zoomed.begin_ns);
  g_assert_cmpint (ABS (semio_span_get_length (panned) - semio_span_get_length (zoomed)), <=, 2);
}

static void
test_shift_drag_selects (Fixture *fixture, gconstpointer data)
{
  g_autofree char *drag = NULL, *click = NULL, *edge = NULL;
  int begin_x, middle_x, end_x, y;
  SemioSpan span;

  g_assert_false (semio_timeline_get_selection (fixture->timeline, NULL));
  locate (fixture, TONIC, 10, 40 * S, &begin_x, &y);
  locate (fixture, TONIC, 10, 80 * S, &end_x, &y);
  locate (fixture, TONIC, 10, 60 * S, &middle_x, &y);
  drag = g_strdup_printf (
      "keydown shift mousemove %d %d mousedown 1 mousemove %d %d sleep 0.05 mousemove %d %d sleep 0.05 mouseup 1 "
      "keyup shift",
      end_x, y, middle_x, y, begin_x, y);
  run_xdotool (fixture, drag);
  g_assert_true (semio_timeline_get_selection (fixture->timeline, &span));
  g_assert_cmpint (ABS (span.begin_ns - 40 * S), <, S / 2);
  g_assert_cmpint (ABS (span.end_ns - 80 * S), <, S / 2);
  g_assert_cmpuint (fixture->n_selections, >=, 1);
  /* It neither seeks nor chooses. */
  g_assert_cmpuint (fixture->n_moving + fixture->n_final + fixture->n_cells, ==, 0);

  locate (fixture, TONIC, 10, 70 * S, &middle_x, &y);
  click = g_strdup_printf ("mousemove %d %d keydown shift click 1 keyup shift", middle_x, y);
  run_xdotool (fixture, click);
  g_assert_true (semio_timeline_get_selection (fixture->timeline, &span));
  g_assert_cmpint (ABS (span.begin_ns - 40 * S), <, S / 2);
  g_assert_cmpint (ABS (span.end_ns - 70 * S), <, S / 2);

  /* On the ruler its end can be taken without Shift; elsewhere the pointer seeks there. */
  edge = g_strdup_printf ("mousemove %d 10 mousedown 1 mousemove %d 10 sleep 0.05 mousemove %d 10 sleep 0.05 mouseup 1", begin_x,
                          begin_x + 20, middle_x - 40);
  run_xdotool (fixture, edge);
  g_assert_true (semio_timeline_get_selection (fixture->timeline, &span));
  g_assert_cmpint (span.begin_ns, >, 60 * S);
  g_assert_cmpint (ABS (span.end_ns - 70 * S), <, S / 2);
  g_assert_cmpuint (fixture->n_moving + fixture->n_final, ==, 0);
}

static void
test_strip_moves_the_view (Fixture *fixture, gconstpointer data)
{
  double left_px = semio_timeline_get_track_x (fixture->timeline), width_px = WIDTH_PX - left_px;
  SemioSpan visible;
  g_autofree char *press = NULL, *drag = NULL;

  semio_timeline_fit (fixture->timeline, 0, 118 * S / 10);
  /* A press at the middle of the recording brings the view there, whole. */
  press = g_strdup_printf ("mousemove %d %d click 1", (int) (left_px + width_px / 2), HEIGHT_PX - 8);
  run_xdotool (fixture, press);
  visible = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (ABS (visible.begin_ns + visible.end_ns - 118 * S), <, S);
  g_assert_cmpint (ABS (semio_span_get_length (visible) - 118 * S / 10), <, 10);
  /* Taken near its left end it follows the pointer to the end and stays inside. */
  drag = g_strdup_printf ("mousemove %d %d mousedown 1 mousemove %d %d sleep 0.05 mousemove %d %d sleep 0.05 mouseup 1",
                          (int) (left_px + width_px * 0.47), HEIGHT_PX - 8, (int) (left_px + width_px * 0.6), HEIGHT_PX - 8,
                          (int) (left_px + width_px * 0.995), HEIGHT_PX - 8);
  run_xdotool (fixture, drag);
  visible = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (visible.end_ns, ==, 118 * S);
  g_assert_cmpint (ABS (semio_span_get_length (visible) - 118 * S / 10), <, 10);
  g_assert_cmpuint (fixture->n_moving + fixture->n_final, ==, 0);
}

static void
test_double_click_selects_the_interval (Fixture *fixture, gconstpointer data)
{
  g_autofree char *commands = NULL;
  SemioSpan span;
  int x, y;

  locate (fixture, TONIC, 10, 60 * S, &x, &y);
  commands = g_strdup_printf ("mousemove %d %d click --repeat 2 --delay 40 1", x, y);
  run_xdotool (fixture, commands);
  g_assert_true (semio_timeline_get_selection (fixture->timeline, &span));
  /* The third segment, not only its cell. */
  g_assert_cmpint (span.begin_ns, ==, 50 * S);
  g_assert_cmpint (span.end_ns, ==, 80 * S);
}

static void
test_selection_by_keys (Fixture *fixture, gconstpointer data)
{
  SemioSpan span, visible;
  guint64 before;

  semio_timeline_set_position (fixture->timeline, 40 * S);
  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_i, 0));
  semio_timeline_set_position (fixture->timeline, 50 * S);
  settle (fixture);
  before = semio_timeline_get_n_lane_snapshots (fixture->timeline);
  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_o, 0));
  wait_frame (fixture);
  g_assert_cmpuint (semio_timeline_get_n_lane_snapshots (fixture->timeline), ==, before);
  g_assert_true (semio_timeline_get_selection (fixture->timeline, &span));
  g_assert_cmpint (span.begin_ns, ==, 40 * S);
  g_assert_cmpint (span.end_ns, ==, 50 * S);

  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Z, GDK_SHIFT_MASK));
  visible = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (visible.begin_ns, ==, 40 * S - 3 * S / 10);
  g_assert_cmpint (visible.end_ns, ==, 50 * S + 3 * S / 10);
  /* Again: the segment in hand. */
  semio_timeline_set_selected (fixture->timeline, TONIC, 0, 2);
  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Z, GDK_SHIFT_MASK));
  visible = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (visible.begin_ns, ==, 50 * S - 9 * S / 10);

  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Escape, 0));
  g_assert_false (semio_timeline_get_selection (fixture->timeline, NULL));
  g_assert_false (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Escape, 0));
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  SemioSpan fitted = semio_timeline_get_visible_span (fixture->timeline), span;

  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_plus, 0));
  span = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (semio_span_get_length (span), <, semio_span_get_length (fitted));
  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_z, 0));
  span = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (span.begin_ns, ==, fitted.begin_ns);
  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_z, 0));
  span = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_cmpint (span.begin_ns, ==, 0);
  /* Keys that belong to the page. */
  g_assert_false (semio_timeline_handle_key (fixture->timeline, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_false (semio_timeline_handle_key (fixture->timeline, GDK_KEY_space, 0));
  g_assert_false (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Up, 0));
  g_assert_false (semio_timeline_handle_key (fixture->timeline, GDK_KEY_0, 0));
  g_assert_false (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Left, GDK_ALT_MASK));
}

static void
test_enter_on_a_lane (Fixture *fixture, gconstpointer data)
{
  semio_timeline_set_selected (fixture->timeline, 0, 1, 0);
  g_assert_true (gtk_widget_grab_focus (get_lane (fixture, TONIC)));
  g_assert_true (gtk_widget_activate (get_lane (fixture, TONIC)));
  g_assert_cmpint (fixture->feature, ==, TONIC);
  g_assert_cmpint (fixture->run, ==, 1);
  /* The playhead stands at 41 s. */
  g_assert_cmpint (fixture->segment, ==, 1);
}

static void
test_arrows_go_through_intervals (Fixture *fixture, gconstpointer data)
{
  GtkWidget *tonic = get_lane (fixture, TONIC);
  g_autofree char *second = NULL, *third = NULL;

  g_assert_false (semio_timeline_move_interval (fixture->timeline, 1));
  g_assert_true (gtk_widget_grab_focus (tonic));
  gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), TRUE);
  semio_timeline_set_selected (fixture->timeline, 0, 1, 0);

  /* First where the playhead stands, 41 s, in the run in hand. */
  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Right, 0));
  second = gtk_test_accessible_check_property (GTK_ACCESSIBLE (tonic), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                               "Tonic · B · segment 2, 0:25–0:55 · yes");
  g_assert_cmpstr (second, ==, NULL);
  g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Right, 0));
  third = gtk_test_accessible_check_property (GTK_ACCESSIBLE (tonic), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                              "Tonic · B · segment 3, 0:50–1:20 · no");
  g_assert_cmpstr (third, ==, NULL);
  g_assert_cmpuint (fixture->n_cells, ==, 0);

  g_assert_true (gtk_widget_activate (tonic));
  g_assert_cmpint (fixture->feature, ==, TONIC);
  g_assert_cmpint (fixture->run, ==, 1);
  g_assert_cmpint (fixture->segment, ==, 2);
  g_assert_cmpint (fixture->sought_ns, ==, 50 * S);

  /* It stops at the ends, and what it stands on comes into view. */
  semio_timeline_fit (fixture->timeline, 40 * S, 50 * S);
  for (int i = 0; i < 6; i++)
    g_assert_true (semio_timeline_handle_key (fixture->timeline, GDK_KEY_Left, 0));
  g_assert_cmpint (semio_timeline_get_visible_span (fixture->timeline).begin_ns, ==, 0);
  g_assert_true (gtk_widget_activate (tonic));
  g_assert_cmpint (fixture->segment, ==, 0);
}

static void
test_collapse (Fixture *fixture, gconstpointer data)
{
  guint index = 0;
  GtkWidget *header = find_role (GTK_WIDGET (fixture->timeline), GTK_ACCESSIBLE_ROLE_BUTTON, &index);

  g_assert_nonnull (header);
  assert_label (header, "Limb and body");
  g_assert_true (gtk_widget_activate (header));
  wait_frame (fixture);
  g_assert_false (gtk_widget_get_mapped (get_lane (fixture, TONIC)));
  g_assert_true (gtk_widget_get_mapped (get_lane (fixture, 11)));
  g_assert_true (gtk_widget_activate (header));
  wait_frame (fixture);
  g_assert_true (gtk_widget_get_mapped (get_lane (fixture, TONIC)));
}

static void
test_selected_lane_comes_into_view (Fixture *fixture, gconstpointer data)
{
  GtkWidget *last = get_lane (fixture, 19);
  graphene_rect_t bounds;

  semio_timeline_set_selected (fixture->timeline, 19, 0, 1);
  for (int i = 0; i < 5; i++)
    wait_frame (fixture);
  g_assert_true (gtk_widget_compute_bounds (last, fixture->window, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, HEIGHT_PX + 1);
}

static void
test_follows_the_playhead (Fixture *fixture, gconstpointer data)
{
  SemioSpan visible;

  semio_timeline_fit (fixture->timeline, 30 * S, 50 * S);
  semio_timeline_set_position (fixture->timeline, 50 * S + S / 2);
  visible = semio_timeline_get_visible_span (fixture->timeline);
  g_assert_true (semio_span_contains (visible, 50 * S + S / 2));
  g_assert_cmpint (visible.begin_ns, >, 45 * S);
  semio_timeline_set_follow (fixture->timeline, FALSE);
  semio_timeline_set_position (fixture->timeline, 10 * S);
  g_assert_cmpint (semio_timeline_get_visible_span (fixture->timeline).begin_ns, ==, visible.begin_ns);
}

/* What is too long for one line of the column takes two. */
static void
test_names_stand_in_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioLaneSet) set = made_lanes_new (SEMIO_LANE_REFERENCE_HIDDEN);

  g_assert_cmpint (semio_timeline_get_track_x (fixture->timeline), <, 190);
  for (guint i = 0; i < set->lanes->len; i++)
    {
      SemioTimelineLane *lane = SEMIO_TIMELINE_LANE (get_lane (fixture, i));

      g_test_message ("%s", semio_timeline_lane_get_lane (lane)->label);
      g_assert_false (semio_timeline_lane_get_name_is_cut (lane));
    }
}

static void
test_nothing_to_show (Fixture *fixture, gconstpointer data)
{
  semio_timeline_set_review (fixture->timeline, NULL, NULL);
  semio_timeline_set_position (fixture->timeline, -1);
  semio_timeline_set_selected (fixture->timeline, 3, 0, 0);
  settle (fixture);
  run_xdotool (fixture, "mousemove 400 300 click 1");
  g_assert_cmpuint (fixture->n_cells, ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/timeline/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("playing-repaints-no-lane", test_playing_repaints_no_lane);
  ADD ("signals-come-and-go", test_signals_come_and_go);
  ADD ("hovering-repaints-no-lane", test_hovering_repaints_no_lane);
  ADD ("opens-fitted", test_opens_fitted);
  ADD ("lanes-say-their-sentence", test_lanes_say_their_sentence);
  ADD ("click-chooses-and-seeks", test_click_chooses_and_seeks);
  ADD ("label-chooses-the-lane", test_label_chooses_the_lane);
  ADD ("drag-seeks", test_drag_seeks);
  ADD ("wheel-zooms-and-pans", test_wheel_zooms_and_pans);
  ADD ("shift-drag-selects", test_shift_drag_selects);
  ADD ("strip-moves-the-view", test_strip_moves_the_view);
  ADD ("double-click-selects-the-interval", test_double_click_selects_the_interval);
  ADD ("selection-by-keys", test_selection_by_keys);
  ADD ("keys", test_keys);
  ADD ("enter-on-a-lane", test_enter_on_a_lane);
  ADD ("arrows-go-through-intervals", test_arrows_go_through_intervals);
  ADD ("collapse", test_collapse);
  ADD ("selected-lane-comes-into-view", test_selected_lane_comes_into_view);
  ADD ("follows-the-playhead", test_follows_the_playhead);
  ADD ("nothing-to-show", test_nothing_to_show);
#undef ADD
  /* As the page of a window of 1024 pixels has it. */
  g_test_add ("/timeline/names-stand-in-whole", Fixture, GINT_TO_POINTER (NARROW_WIDTH_PX), set_up, test_names_stand_in_whole,
              tear_down);
  return g_test_run ();
}

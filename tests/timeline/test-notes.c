/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes of notes, the glide of the wheel's zoom, and what the lanes say while signals are computed. */
#include <math.h>

#include "semio-note-lane.h"
#include "semio-timeline-private.h"
#include "semio-zoom-glide.h"

#define S SEMIO_NS_PER_SECOND

static void
note_free (SemioLaneNote *note)
{
  g_free (note->text);
  g_free (note->name);
  g_free (note);
}

/* At 1, 3 and 5 s; the second is somebody else's. */
static GPtrArray *
make_notes (guint n)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);

  for (guint i = 0; i < n; i++)
    {
      SemioLaneNote *note = g_new0 (SemioLaneNote, 1);

      note->time_ns = (2 * i + 1) * S;
      note->name = g_strdup_printf ("note %u", i);
      note->text = g_strdup (note->name);
      note->own = i != 1;
      g_ptr_array_add (notes, note);
    }
  return notes;
}

static void
assert_cursor (SemioNoteLane *lane, const char *expected)
{
  g_autofree char *said = semio_note_lane_describe_cursor (lane);

  g_assert_cmpstr (said, ==, expected);
}

static void
test_lane (void)
{
  g_autoptr (SemioAxis) axis = semio_axis_new ();
  g_autoptr (SemioTimelineStyle) style = semio_timeline_style_new ();
  GtkWidget *widget = g_object_ref_sink (semio_note_lane_new (axis, style, SEMIO_NOTE_LANE_BOOKMARKS));
  SemioNoteLane *lane = SEMIO_NOTE_LANE (widget);

  g_assert_false (gtk_widget_get_visible (widget));
  g_assert_false (semio_note_lane_move_cursor (lane, 1, 0));
  semio_note_lane_set_notes (lane, make_notes (3));
  g_assert_true (gtk_widget_get_visible (widget));
  g_assert_null (semio_note_lane_find (lane, 3 * S));
  g_assert_nonnull (semio_note_lane_find (lane, 5 * S));
  g_assert_null (semio_note_lane_find_next (lane, 1 * S, -1));
  g_assert_cmpint (semio_note_lane_find_next (lane, 1 * S, 1)->time_ns, ==, 3 * S);
  g_assert_cmpint (semio_note_lane_find_next (lane, 4 * S, -1)->time_ns, ==, 3 * S);
  g_assert_null (semio_note_lane_find_next (lane, 5 * S, 1));

  assert_cursor (lane, NULL);
  g_assert_true (semio_note_lane_move_cursor (lane, 1, 2 * S));
  assert_cursor (lane, "2 of 3, 0:03: note 1");
  semio_note_lane_move_cursor (lane, 1, 2 * S);
  semio_note_lane_move_cursor (lane, 1, 2 * S);
  assert_cursor (lane, "3 of 3, 0:05: note 2");
  /* It stays on its note when others come, and goes when that goes. */
  semio_note_lane_set_notes (lane, make_notes (4));
  assert_cursor (lane, "3 of 4, 0:05: note 2");
  semio_note_lane_set_notes (lane, make_notes (1));
  assert_cursor (lane, NULL);
  semio_note_lane_move_cursor (lane, -1, 0);
  assert_cursor (lane, "1 of 1, 0:01: note 0");
  g_object_unref (widget);
}

static SemioAxis *
make_axis (void)
{
  SemioAxis *axis = semio_axis_new ();

  semio_axis_set_width (axis, 1000);
  semio_axis_set_duration (axis, 1000 * S);
  semio_axis_fit (axis, 0, 1000 * S);
  return axis;
}

static double
get_length_s (SemioAxis *axis)
{
  return (double) semio_span_get_length (semio_axis_get_visible (axis)) / S;
}

static gboolean
stop_cb (gpointer stopped)
{
  *(gboolean *) stopped = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_ms (guint ms)
{
  gboolean stopped = FALSE;

  g_timeout_add (ms, stop_cb, &stopped);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_glide (gconstpointer data)
{
  gboolean animates = GPOINTER_TO_INT (data);
  GtkWidget *window = gtk_window_new (), *child = gtk_label_new ("x");
  g_autoptr (SemioAxis) axis = make_axis ();
  SemioZoomGlide *glide = semio_zoom_glide_new (child, axis);

  g_object_set (gtk_widget_get_settings (window), "gtk-enable-animations", animates, NULL);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  run_ms (300);
  semio_zoom_glide_add (glide, 2, 500);
  semio_zoom_glide_add (glide, 2, 500);
  g_assert_true (semio_zoom_glide_is_running (glide) == animates);
  g_assert_cmpfloat (fabs (get_length_s (axis) - (animates ? 1000 : 250)), <, 0.01);
  for (guint i = 0; i < 40 && semio_zoom_glide_is_running (glide); i++)
    run_ms (50);
  g_assert_false (semio_zoom_glide_is_running (glide));
  g_assert_cmpfloat (fabs (get_length_s (axis) - 250), <, 0.01);
  /* Another change of the view is the last word. */
  semio_zoom_glide_add (glide, 4, 0);
  semio_axis_fit (axis, 0, 600 * S);
  run_ms (300);
  g_assert_false (semio_zoom_glide_is_running (glide));
  g_assert_cmpfloat (fabs (get_length_s (axis) - 600), <, 0.01);
  g_object_unref (glide);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_progress (void)
{
  static const struct {
    double fraction, begin;
    int elapsed_s;
    const char *said;
  } cases[] = {
    { -1, 0, 9, "Waveform and motion are being computed" },
    { 0.004, 0, 1, "Waveform and motion: 0 %" },
    { 0.4, 0, 1, "Waveform and motion: 40 %" },
    { 0.4, 0, 80, "Waveform and motion: 40 %, about 2 min left" },
    { 0.5, 0.3, 60, "Waveform and motion: 50 %, about 3 min left" },
    { 0.9, 0, 90, "Waveform and motion: 90 %, less than a minute left" },
    { 0.6, 0.595, 60, "Waveform and motion: 60 %" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said =
          semio_timeline_describe_progress (cases[i].fraction, cases[i].begin, cases[i].elapsed_s * G_USEC_PER_SEC);

      g_assert_cmpstr (said, ==, cases[i].said);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notes/lane", test_lane);
  g_test_add_data_func ("/notes/glide", GINT_TO_POINTER (TRUE), test_glide);
  g_test_add_data_func ("/notes/glide-at-once", GINT_TO_POINTER (FALSE), test_glide);
  g_test_add_func ("/notes/progress", test_progress);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-selection.h"

#define S SEMIO_NS_PER_SECOND
#define N_FRAMES 300

typedef struct {
  SemioAxis *axis;
  SemioTimelineSelection *selection;
  guint n_changed;
} Fixture;

static void
changed_cb (SemioTimelineSelection *selection, gpointer user_data)
{
  ((Fixture *) user_data)->n_changed++;
}

/* 12 s at 25 frames a second; the frame at 4.00 s is shown three times as long as the others. */
static SemioFrameIndex *
new_index (void)
{
  gint64 times_ns[N_FRAMES], time_ns = 0;
  guint8 is_key[N_FRAMES] = { 1 };
  SemioFrameIndex *index;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_FRAMES; i++)
    {
      times_ns[i] = time_ns;
      time_ns += i == 100 ? 3 * S / 25 : S / 25;
    }
  index = semio_frame_index_new (times_ns, is_key, N_FRAMES, S / 25, 0, &error);
  g_assert_no_error (error);
  return index;
}

static void
set_up (Fixture *fixture, gconstpointer with_frames)
{
  fixture->axis = semio_axis_new ();
  semio_axis_set_duration (fixture->axis, 12 * S + 2 * S / 25);
  if (GPOINTER_TO_INT (with_frames))
    {
      g_autoptr (SemioFrameIndex) index = new_index ();

      semio_axis_set_frame_index (fixture->axis, index);
    }
  fixture->selection = semio_timeline_selection_new (fixture->axis);
  g_signal_connect (fixture->selection, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer with_frames)
{
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->axis);
}

static void
assert_span (Fixture *fixture, gint64 begin_ns, gint64 end_ns)
{
  SemioSpan span;

  g_assert_true (semio_timeline_selection_get (fixture->selection, &span));
  g_assert_cmpint (span.begin_ns, ==, begin_ns);
  g_assert_cmpint (span.end_ns, ==, end_ns);
}

static void
test_ends_are_edges_of_frames (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_assert_false (semio_timeline_selection_get (fixture->selection, NULL));
  g_assert_null (semio_timeline_selection_describe (fixture->selection));
  semio_timeline_selection_set (fixture->selection, S + S / 60, 2 * S - S / 100);
  assert_span (fixture, S, 2 * S);
  g_assert_cmpint (semio_timeline_selection_get_n_frames (fixture->selection), ==, 25);
  text = semio_timeline_selection_describe (fixture->selection);
  g_assert_cmpstr (text, ==, "1.000 s · 25 frames");

  /* The long frame counts once. */
  semio_timeline_selection_set (fixture->selection, 3 * S + 24 * S / 25, 4 * S + 4 * S / 25);
  g_assert_cmpint (semio_timeline_selection_get_n_frames (fixture->selection), ==, 3);
}

static void
test_either_order_and_inside (Fixture *fixture, gconstpointer data)
{
  semio_timeline_selection_set (fixture->selection, 3 * S, S);
  assert_span (fixture, S, 3 * S);
  semio_timeline_selection_set (fixture->selection, -5 * S, 100 * S);
  assert_span (fixture, 0, 12 * S + 2 * S / 25);
  g_assert_cmpint (semio_timeline_selection_get_n_frames (fixture->selection), ==, N_FRAMES);
}

static void
test_at_least_a_frame (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  semio_timeline_selection_set (fixture->selection, 2 * S, 2 * S);
  assert_span (fixture, 2 * S, 2 * S + S / 25);
  text = semio_timeline_selection_describe (fixture->selection);
  g_assert_cmpstr (text, ==, "0.040 s · 1 frame");
  /* At the very end the last frame. */
  semio_timeline_selection_set (fixture->selection, 13 * S, 13 * S);
  assert_span (fixture, 12 * S + S / 25, 12 * S + 2 * S / 25);
}

static void
test_marks (Fixture *fixture, gconstpointer data)
{
  gint64 end_ns = semio_axis_get_duration (fixture->axis);

  /* In at a frame: its first moment; out at the same frame: its last. */
  semio_timeline_selection_mark_in (fixture->selection, 2 * S + S / 50);
  assert_span (fixture, 2 * S, end_ns);
  semio_timeline_selection_mark_out (fixture->selection, 2 * S + S / 50);
  assert_span (fixture, 2 * S, 2 * S + S / 25);
  /* An out before the in begins at the start; an in behind the out ends at the end. */
  semio_timeline_selection_mark_out (fixture->selection, S);
  assert_span (fixture, 0, S + S / 25);
  semio_timeline_selection_mark_in (fixture->selection, 5 * S);
  assert_span (fixture, 5 * S, end_ns);
}

static void
test_extends_the_nearer_end (Fixture *fixture, gconstpointer data)
{
  semio_timeline_selection_extend (fixture->selection, 5 * S);
  g_assert_false (semio_timeline_selection_get (fixture->selection, NULL));
  semio_timeline_selection_set (fixture->selection, S, 3 * S);
  semio_timeline_selection_extend (fixture->selection, 3 * S / 2);
  assert_span (fixture, 3 * S / 2 + S / 50, 3 * S);
  semio_timeline_selection_extend (fixture->selection, 2 * S + 3 * S / 4 + S / 100);
  assert_span (fixture, 3 * S / 2 + S / 50, 2 * S + 19 * S / 25);
}

static void
test_tells_of_changes_only (Fixture *fixture, gconstpointer data)
{
  semio_timeline_selection_set (fixture->selection, S, 2 * S);
  semio_timeline_selection_set (fixture->selection, S, 2 * S);
  semio_timeline_selection_set (fixture->selection, S + 1, 2 * S - 1);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  semio_timeline_selection_clear (fixture->selection);
  semio_timeline_selection_clear (fixture->selection);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
}

static void
test_without_frames (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  semio_timeline_selection_set (fixture->selection, S + 1, 3 * S + 7);
  assert_span (fixture, S + 1, 3 * S + 7);
  g_assert_cmpint (semio_timeline_selection_get_n_frames (fixture->selection), ==, 0);
  text = semio_timeline_selection_describe (fixture->selection);
  g_assert_cmpstr (text, ==, "2.000 s");
  semio_timeline_selection_set (fixture->selection, 100 * S, 100 * S);
  assert_span (fixture, semio_axis_get_duration (fixture->axis) - S / 100, semio_axis_get_duration (fixture->axis));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func, frames)                                                                                                  \
  g_test_add ("/timeline-selection/" name, Fixture, GINT_TO_POINTER (frames), set_up, func, tear_down)
  ADD ("ends-are-edges-of-frames", test_ends_are_edges_of_frames, TRUE);
  ADD ("either-order-and-inside", test_either_order_and_inside, TRUE);
  ADD ("at-least-a-frame", test_at_least_a_frame, TRUE);
  ADD ("marks", test_marks, TRUE);
  ADD ("extends-the-nearer-end", test_extends_the_nearer_end, TRUE);
  ADD ("tells-of-changes-only", test_tells_of_changes_only, TRUE);
  ADD ("without-frames", test_without_frames, FALSE);
#undef ADD
  return g_test_run ();
}

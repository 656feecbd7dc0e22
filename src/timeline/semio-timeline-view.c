/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the recording a timeline shows, what is selected in it, and the keys for both. */
#include "semio-prediction.h"
#include "semio-timeline-private.h"

#define BEFORE_ONSET_NS (30 * SEMIO_NS_PER_SECOND)
#define AFTER_OFFSET_NS (60 * SEMIO_NS_PER_SECOND)
#define KEY_ZOOM 1.5
#define KEY_PAN 0.75
/* What is zoomed to stands between margins of this share of its length. */
#define FIT_MARGIN 0.03

SemioSpan
semio_timeline_get_event_view (SemioTimeline *self)
{
  SemioSpan span = { 0, semio_axis_get_duration (self->axis) };

  if (self->set == NULL || !semio_event_get_span (&self->set->event, semio_lane_set_get_end_ns (self->set), &span))
    return span;
  return (SemioSpan){ span.begin_ns - BEFORE_ONSET_NS, span.end_ns + AFTER_OFFSET_NS };
}

/**
 * semio_timeline_fit:
 * @self: a timeline
 * @begin_ns: at the left end
 * @end_ns: at the right end
 */
void
semio_timeline_fit (SemioTimeline *self, gint64 begin_ns, gint64 end_ns)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  semio_axis_fit (self->axis, begin_ns, end_ns);
}

/**
 * semio_timeline_fit_event:
 * @self: a timeline
 *
 * From 30 s before the onset to 60 s after the offset; the whole when the onset is not known.
 */
void
semio_timeline_fit_event (SemioTimeline *self)
{
  SemioSpan span;

  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  span = semio_timeline_get_event_view (self);
  semio_axis_fit (self->axis, span.begin_ns, span.end_ns);
}

/**
 * semio_timeline_fit_whole:
 * @self: a timeline
 */
void
semio_timeline_fit_whole (SemioTimeline *self)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  semio_axis_fit (self->axis, 0, semio_axis_get_duration (self->axis));
}

static gboolean
fit_with_margin (SemioTimeline *self, SemioSpan span)
{
  gint64 margin_ns = (gint64) (FIT_MARGIN * (double) semio_span_get_length (span));

  semio_axis_fit (self->axis, span.begin_ns - margin_ns, span.end_ns + margin_ns);
  return TRUE;
}

/**
 * semio_timeline_fit_selection:
 * @self: a timeline
 *
 * Returns: FALSE when nothing is selected
 */
gboolean
semio_timeline_fit_selection (SemioTimeline *self)
{
  SemioSpan span;

  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  return semio_timeline_selection_get (self->selection, &span) && fit_with_margin (self, span);
}

/* Of the run in hand, else of any run of the feature in hand. */
static gboolean
find_segment (SemioTimeline *self, SemioSpan *span)
{
  if (self->set == NULL || self->segment == SEMIO_SEGMENT_WHOLE)
    return FALSE;
  for (guint i = 0; i < self->set->lanes->len; i++)
    {
      const SemioLane *lane = g_ptr_array_index (self->set->lanes, i);

      for (guint run = 0; (int) lane->feature == self->feature && run < lane->runs->len; run++)
        {
          const GArray *answers = ((SemioLaneRun *) g_ptr_array_index (lane->runs, run))->answers;

          for (guint j = 0; j < answers->len; j++)
            {
              const SemioLaneAnswer *answer = &g_array_index (answers, SemioLaneAnswer, j);

              if (answer->segment != self->segment)
                continue;
              *span = answer->span;
              return TRUE;
            }
        }
    }
  return FALSE;
}

/**
 * semio_timeline_fit_segment:
 * @self: a timeline
 *
 * Returns: FALSE when no segment is in hand
 */
gboolean
semio_timeline_fit_segment (SemioTimeline *self)
{
  SemioSpan span;

  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  return find_segment (self, &span) && fit_with_margin (self, span);
}

/**
 * semio_timeline_get_visible_span:
 * @self: a timeline
 *
 * Returns: the span that fills the width
 */
SemioSpan
semio_timeline_get_visible_span (SemioTimeline *self)
{
  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), ((SemioSpan){ 0, 0 }));

  return semio_axis_get_visible (self->axis);
}

/**
 * semio_timeline_zoom:
 * @self: a timeline
 * @factor: above 1 shows less time
 */
void
semio_timeline_zoom (SemioTimeline *self, double factor)
{
  double width_px, x;

  g_return_if_fail (SEMIO_IS_TIMELINE (self));
  g_return_if_fail (factor > 0);

  width_px = semio_axis_get_width (self->axis);
  x = semio_axis_time_to_x (self->axis, self->position_ns);
  if (self->position_ns < 0 || x < 0 || x > width_px)
    x = width_px / 2;
  semio_axis_zoom (self->axis, factor, x);
}

/**
 * semio_timeline_pan:
 * @self: a timeline
 * @share: of what is visible; negative is earlier
 */
void
semio_timeline_pan (SemioTimeline *self, double share)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  semio_axis_pan (self->axis, share * semio_axis_get_width (self->axis));
}

/* The event, and from there the whole. */
static void
toggle_fit (SemioTimeline *self)
{
  SemioSpan before = semio_axis_get_visible (self->axis);
  SemioSpan after;

  semio_timeline_fit_event (self);
  after = semio_axis_get_visible (self->axis);
  if (before.begin_ns == after.begin_ns && before.end_ns == after.end_ns)
    semio_timeline_fit_whole (self);
}

/* The selection, and from there the segment in hand; either where there is only one. */
static void
toggle_fit_selection (SemioTimeline *self)
{
  SemioSpan before = semio_axis_get_visible (self->axis);
  SemioSpan after;

  if (semio_timeline_fit_selection (self))
    {
      after = semio_axis_get_visible (self->axis);
      if (before.begin_ns != after.begin_ns || before.end_ns != after.end_ns)
        return;
    }
  semio_timeline_fit_segment (self);
}

/**
 * semio_timeline_set_selection:
 * @self: a timeline
 * @begin_ns: one end
 * @end_ns: the other
 *
 * Each end moves to the nearest edge of a frame.
 */
void
semio_timeline_set_selection (SemioTimeline *self, gint64 begin_ns, gint64 end_ns)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  semio_timeline_selection_set (self->selection, begin_ns, end_ns);
}

/**
 * semio_timeline_clear_selection:
 * @self: a timeline
 */
void
semio_timeline_clear_selection (SemioTimeline *self)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  semio_timeline_selection_clear (self->selection);
}

/**
 * semio_timeline_get_selection:
 * @self: a timeline
 * @span: (out) (optional): what is selected
 *
 * Returns: whether anything is
 */
gboolean
semio_timeline_get_selection (SemioTimeline *self, SemioSpan *span)
{
  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  return semio_timeline_selection_get (self->selection, span);
}

/**
 * semio_timeline_get_selection_frames:
 * @self: a timeline
 *
 * Returns: how many frames are selected, 0 where none are or they are not known
 */
gint64
semio_timeline_get_selection_frames (SemioTimeline *self)
{
  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), 0);

  return semio_timeline_selection_get_n_frames (self->selection);
}

/**
 * semio_timeline_mark:
 * @self: a timeline
 * @is_out: the end rather than the begin
 *
 * The frame at the playhead becomes the first or the last of the selection. Nothing happens without a playhead.
 */
void
semio_timeline_mark (SemioTimeline *self, gboolean is_out)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  if (self->position_ns < 0)
    return;
  if (is_out)
    semio_timeline_selection_mark_out (self->selection, self->position_ns);
  else
    semio_timeline_selection_mark_in (self->selection, self->position_ns);
}

void
semio_timeline_reveal_span (SemioTimeline *self, SemioSpan span)
{
  SemioSpan visible = semio_axis_get_visible (self->axis);
  gint64 length_ns = semio_span_get_length (visible);

  if (semio_span_overlaps (visible, span))
    return;
  if (span.begin_ns >= visible.end_ns)
    semio_axis_fit (self->axis, MAX (MIN (span.end_ns, span.begin_ns + length_ns) - length_ns, 0),
                    MIN (span.end_ns, span.begin_ns + length_ns));
  else
    semio_axis_fit (self->axis, span.begin_ns, span.begin_ns + length_ns);
}

/**
 * semio_timeline_move_interval:
 * @self: a timeline
 * @direction: -1 to the interval before, 1 to the one after
 *
 * For keys, while a lane has the focus and that is shown.
 *
 * Returns: FALSE when no lane has it; then nothing was done
 */
gboolean
semio_timeline_move_interval (SemioTimeline *self, int direction)
{
  GtkWidget *focus;
  const SemioLaneRun *run;
  const SemioLaneAnswer *answer;

  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) || !gtk_widget_has_visible_focus (focus))
    return FALSE;
  if (SEMIO_IS_NOTE_LANE (focus))
    return semio_timeline_move_note (self, SEMIO_NOTE_LANE (focus), direction);
  if (!SEMIO_IS_TIMELINE_LANE (focus))
    return FALSE;
  if (!semio_timeline_lane_move_cursor (SEMIO_TIMELINE_LANE (focus), direction, self->run, MAX (self->position_ns, 0)))
    return FALSE;
  if (semio_timeline_lane_get_cursor (SEMIO_TIMELINE_LANE (focus), &run, &answer))
    {
      g_autofree char *text =
          semio_lane_describe_answer (semio_timeline_lane_get_lane (SEMIO_TIMELINE_LANE (focus)), run, answer);

      semio_timeline_reveal_span (self, answer->span);
      g_signal_emit_by_name (self, "spoken", text);
    }
  return TRUE;
}

/* Keys that mean the same with Ctrl held and without. */
static gboolean
handle_zoom_key (SemioTimeline *self, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      semio_timeline_zoom (self, KEY_ZOOM);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      semio_timeline_zoom (self, 1 / KEY_ZOOM);
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * semio_timeline_handle_key:
 * @self: a timeline
 * @keyval: the key
 * @state: modifiers held with it
 *
 * Returns: whether the key means something here; then it was done
 */
gboolean
semio_timeline_handle_key (SemioTimeline *self, guint keyval, GdkModifierType state)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  if (held != 0 && held != GDK_CONTROL_MASK)
    return FALSE;
  if (handle_zoom_key (self, keyval))
    return TRUE;
  if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    {
      semio_timeline_show_menu (self, semio_timeline_get_track_x (self), semio_timeline_style_get_ruler_height (self->style));
      return TRUE;
    }
  if (held != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_z:
    case GDK_KEY_Z:
      if ((state & GDK_SHIFT_MASK) != 0)
        toggle_fit_selection (self);
      else
        toggle_fit (self);
      return TRUE;
    case GDK_KEY_i:
    case GDK_KEY_I:
      semio_timeline_mark (self, FALSE);
      return TRUE;
    case GDK_KEY_o:
    case GDK_KEY_O:
      semio_timeline_mark (self, TRUE);
      return TRUE;
    case GDK_KEY_Escape:
      if (!semio_timeline_selection_get (self->selection, NULL))
        return FALSE;
      semio_timeline_selection_clear (self->selection);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      return state == 0 && semio_timeline_move_interval (self, keyval == GDK_KEY_Left ? -1 : 1);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      semio_timeline_pan (self, -KEY_PAN);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      semio_timeline_pan (self, KEY_PAN);
      return TRUE;
    default:
      return FALSE;
    }
}

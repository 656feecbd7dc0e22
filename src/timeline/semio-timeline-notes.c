/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lanes of a timeline on which people's words stand, comments and bookmarks, and how bookmarks are set. */
#include <glib/gi18n-lib.h>

#include "semio-bookmark-popover.h"
#include "semio-lane-review.h"
#include "semio-timeline-private.h"

/* The person's notes are edited; what others noted is looked at. */
static void
activate_cb (SemioNoteLane *lane, gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);
  const SemioLaneNote *note = semio_note_lane_get_cursor (lane);

  if (note != NULL)
    g_signal_emit_by_name (self, "seek", note->time_ns, TRUE);
}

static void
remove_cb (SemioNoteLane *lane, gpointer user_data)
{
  const SemioLaneNote *note = semio_note_lane_get_cursor (lane);

  if (note != NULL && note->own)
    g_signal_emit_by_name (user_data, "edit-bookmark", note->time_ns, NULL);
}

static void
edited_cb (SemioBookmarkPopover *popover, const char *text, gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);

  g_signal_emit_by_name (self, "edit-bookmark", self->bookmark_ns, text);
}

/**
 * semio_timeline_add_note_lanes:
 * @self: a timeline
 *
 * Once, when it is made. They are children that stand under the lanes of sound and picture.
 */
void
semio_timeline_add_note_lanes (SemioTimeline *self)
{
  for (guint i = 0; i < SEMIO_TIMELINE_N_NOTE_LANES; i++)
    {
      self->note_lanes[i] = semio_note_lane_new (self->axis, self->style, (SemioNoteLaneKind) i);
      g_signal_connect (self->note_lanes[i], "activate", G_CALLBACK (activate_cb), self);
      gtk_widget_set_parent (self->note_lanes[i], GTK_WIDGET (self));
    }
  g_signal_connect (self->note_lanes[SEMIO_NOTE_LANE_BOOKMARKS], "remove", G_CALLBACK (remove_cb), self);
}

static void
show_bookmarks (SemioTimeline *self)
{
  semio_note_lane_set_notes (SEMIO_NOTE_LANE (self->note_lanes[SEMIO_NOTE_LANE_BOOKMARKS]),
                             self->review != NULL ? semio_lane_review_build_bookmarks (self->review) : g_ptr_array_new ());
}

static void
show_comments (SemioTimeline *self)
{
  semio_note_lane_set_notes (SEMIO_NOTE_LANE (self->note_lanes[SEMIO_NOTE_LANE_COMMENTS]),
                             self->review != NULL ? semio_lane_review_build_comments (self->review, self->features)
                                                  : g_ptr_array_new ());
}

/**
 * semio_timeline_update_notes:
 * @self: a timeline
 *
 * Reads comments and bookmarks of its review anew.
 */
void
semio_timeline_update_notes (SemioTimeline *self)
{
  show_comments (self);
  show_bookmarks (self);
}

static void
item_changed_cb (SemioReview *review, guint item, gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);
  const SemioRating *rating = semio_review_get_item (review, item)->rating;

  /* Most ratings have no comment; then nothing is looked through. */
  if (rating != NULL && rating->comment == NULL
      && semio_note_lane_get_n_notes (SEMIO_NOTE_LANE (self->note_lanes[SEMIO_NOTE_LANE_COMMENTS])) == 0)
    return;
  show_comments (self);
}

static void
bookmarks_changed_cb (SemioReview *review, gpointer user_data)
{
  show_bookmarks (SEMIO_TIMELINE (user_data));
}

/**
 * semio_timeline_follow_notes:
 * @self: a timeline
 *
 * Its review has just been set.
 */
void
semio_timeline_follow_notes (SemioTimeline *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->review != NULL)
    {
      g_signal_connect (self->review, "item-changed", G_CALLBACK (item_changed_cb), self);
      g_signal_connect (self->review, "bookmarks-changed", G_CALLBACK (bookmarks_changed_cb), self);
    }
  semio_timeline_update_notes (self);
}

/* Where a bookmark's mark is or will be; the ruler while the lane is not shown. */
static GdkRectangle
get_mark_rectangle (SemioTimeline *self, gint64 time_ns)
{
  GtkWidget *lane = self->note_lanes[SEMIO_NOTE_LANE_BOOKMARKS];
  double x = CLAMP (semio_axis_time_to_x (self->axis, time_ns), 0, semio_axis_get_width (self->axis));
  graphene_rect_t bounds;
  GdkRectangle at = { semio_timeline_get_track_x (self) + (int) x, semio_timeline_style_get_ruler_height (self->style) / 2, 1,
                      1 };

  if (gtk_widget_should_layout (lane) && gtk_widget_compute_bounds (lane, GTK_WIDGET (self), &bounds) && bounds.size.height > 0)
    at.y = (int) (bounds.origin.y + bounds.size.height / 2);
  return at;
}

/**
 * semio_timeline_open_bookmark:
 * @self: a timeline
 *
 * A bookmark at the frame that is shown: its name is typed in a small popover, which also removes the one that stands there.
 *
 * Returns: FALSE when no frame is shown
 */
gboolean
semio_timeline_open_bookmark (SemioTimeline *self)
{
  const SemioLaneNote *standing;
  GdkRectangle at;

  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  if (self->position_ns < 0 || self->review == NULL)
    return FALSE;
  if (self->popover == NULL)
    {
      self->popover = semio_bookmark_popover_new ();
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect (self->popover, "edited", G_CALLBACK (edited_cb), self);
    }
  /* The playhead may go on while the name is typed. */
  self->bookmark_ns = self->position_ns;
  standing = semio_note_lane_find (SEMIO_NOTE_LANE (self->note_lanes[SEMIO_NOTE_LANE_BOOKMARKS]), self->bookmark_ns);
  at = get_mark_rectangle (self, self->bookmark_ns);
  semio_bookmark_popover_open (SEMIO_BOOKMARK_POPOVER (self->popover), &at, self->bookmark_ns,
                               standing != NULL ? standing->name : NULL);
  return TRUE;
}

/**
 * semio_timeline_go_bookmark:
 * @self: a timeline
 * @direction: -1 to the bookmark before the playhead, 1 to the one after
 *
 * Returns: FALSE when there is none
 */
gboolean
semio_timeline_go_bookmark (SemioTimeline *self, int direction)
{
  const SemioLaneNote *note;
  g_autofree char *time = NULL, *text = NULL;
  gint64 time_ns;

  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  note = semio_note_lane_find_next (SEMIO_NOTE_LANE (self->note_lanes[SEMIO_NOTE_LANE_BOOKMARKS]), self->position_ns, direction);
  if (note == NULL)
    return FALSE;
  time_ns = note->time_ns;
  time = semio_time_format (time_ns, 0);
  text = g_strdup_printf ("%s, %s", time, note->text);
  g_signal_emit_by_name (self, "seek", time_ns, TRUE);
  semio_timeline_reveal_span (self, (SemioSpan){ time_ns, time_ns + 1 });
  g_signal_emit_by_name (self, "spoken", text);
  return TRUE;
}

/**
 * semio_timeline_move_note:
 * @self: a timeline
 * @lane: a lane of it that has the focus
 * @direction: -1 to the note before, 1 to the one after
 *
 * Returns: FALSE without any
 */
gboolean
semio_timeline_move_note (SemioTimeline *self, SemioNoteLane *lane, int direction)
{
  const SemioLaneNote *note;
  g_autofree char *text = NULL;

  if (!semio_note_lane_move_cursor (lane, direction, MAX (self->position_ns, 0)))
    return FALSE;
  note = semio_note_lane_get_cursor (lane);
  semio_timeline_reveal_span (self, (SemioSpan){ note->time_ns, note->time_ns + 1 });
  text = semio_note_lane_describe_cursor (lane);
  g_signal_emit_by_name (self, "spoken", text);
  return TRUE;
}

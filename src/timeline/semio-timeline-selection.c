/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-selection.h"

#include <glib/gi18n-lib.h>

/* Where no frames are known a selection is at least this long. */
#define MIN_LENGTH_NS (10 * G_GINT64_CONSTANT (1000000))

struct _SemioTimelineSelection {
  GObject parent_instance;
  SemioAxis *axis;
  SemioSpan span; /* empty: none */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioTimelineSelection, semio_timeline_selection, G_TYPE_OBJECT)

static void
set_span (SemioTimelineSelection *self, SemioSpan span)
{
  if (span.begin_ns == self->span.begin_ns && span.end_ns == self->span.end_ns)
    return;
  self->span = span;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
semio_timeline_selection_dispose (GObject *object)
{
  g_clear_object (&SEMIO_TIMELINE_SELECTION (object)->axis);

  G_OBJECT_CLASS (semio_timeline_selection_parent_class)->dispose (object);
}

static void
semio_timeline_selection_class_init (SemioTimelineSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_timeline_selection_dispose;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", SEMIO_TYPE_TIMELINE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_timeline_selection_init (SemioTimelineSelection *self)
{
}

/**
 * semio_timeline_selection_new:
 * @axis: knows the recording's length and frames
 *
 * Returns: (transfer full): nothing selected
 */
SemioTimelineSelection *
semio_timeline_selection_new (SemioAxis *axis)
{
  SemioTimelineSelection *self = g_object_new (SEMIO_TYPE_TIMELINE_SELECTION, NULL);

  self->axis = g_object_ref (axis);
  return self;
}

/**
 * semio_timeline_selection_set:
 * @self: a selection
 * @begin_ns: one end
 * @end_ns: the other, also when it lies before
 *
 * Each end moves to the nearest edge of a frame; if they meet there, the frame at the first is taken.
 */
void
semio_timeline_selection_set (SemioTimelineSelection *self, gint64 begin_ns, gint64 end_ns)
{
  gint64 duration_ns;
  SemioSpan span, frame;

  g_return_if_fail (SEMIO_IS_TIMELINE_SELECTION (self));

  duration_ns = semio_axis_get_duration (self->axis);
  span.begin_ns = semio_axis_snap (self->axis, CLAMP (MIN (begin_ns, end_ns), 0, duration_ns));
  span.end_ns = semio_axis_snap (self->axis, CLAMP (MAX (begin_ns, end_ns), 0, duration_ns));
  if (semio_span_is_empty (span))
    {
      if (semio_axis_get_frame_span (self->axis, span.begin_ns, &frame))
        span = frame;
      else
        {
          span.begin_ns = CLAMP (span.begin_ns, 0, MAX (duration_ns - MIN_LENGTH_NS, 0));
          span.end_ns = span.begin_ns + MIN_LENGTH_NS;
        }
    }
  set_span (self, span);
}

/**
 * semio_timeline_selection_clear:
 * @self: a selection
 */
void
semio_timeline_selection_clear (SemioTimelineSelection *self)
{
  g_return_if_fail (SEMIO_IS_TIMELINE_SELECTION (self));

  set_span (self, (SemioSpan){ 0, 0 });
}

/**
 * semio_timeline_selection_get:
 * @self: a selection
 * @span: (out) (optional): what is selected
 *
 * Returns: whether anything is
 */
gboolean
semio_timeline_selection_get (SemioTimelineSelection *self, SemioSpan *span)
{
  g_return_val_if_fail (SEMIO_IS_TIMELINE_SELECTION (self), FALSE);

  if (semio_span_is_empty (self->span))
    return FALSE;
  if (span != NULL)
    *span = self->span;
  return TRUE;
}

/* What is on screen at a time, of no length where frames are not known. */
static SemioSpan
get_frame (SemioTimelineSelection *self, gint64 time_ns)
{
  SemioSpan frame = { time_ns, time_ns };

  semio_axis_get_frame_span (self->axis, time_ns, &frame);
  return frame;
}

/**
 * semio_timeline_selection_mark_in:
 * @self: a selection
 * @time_ns: time of the frame that is to be the first
 */
void
semio_timeline_selection_mark_in (SemioTimelineSelection *self, gint64 time_ns)
{
  gint64 begin_ns, end_ns = self->span.end_ns;

  g_return_if_fail (SEMIO_IS_TIMELINE_SELECTION (self));

  begin_ns = get_frame (self, time_ns).begin_ns;
  if (end_ns <= begin_ns)
    end_ns = semio_axis_get_duration (self->axis);
  semio_timeline_selection_set (self, begin_ns, end_ns);
}

/**
 * semio_timeline_selection_mark_out:
 * @self: a selection
 * @time_ns: time of the frame that is to be the last
 */
void
semio_timeline_selection_mark_out (SemioTimelineSelection *self, gint64 time_ns)
{
  gint64 begin_ns = self->span.begin_ns, end_ns;

  g_return_if_fail (SEMIO_IS_TIMELINE_SELECTION (self));

  end_ns = get_frame (self, time_ns).end_ns;
  if (begin_ns >= end_ns)
    begin_ns = 0;
  semio_timeline_selection_set (self, begin_ns, end_ns);
}

/**
 * semio_timeline_selection_extend:
 * @self: a selection
 * @time_ns: where the nearer end is to be
 */
void
semio_timeline_selection_extend (SemioTimelineSelection *self, gint64 time_ns)
{
  SemioSpan span;

  g_return_if_fail (SEMIO_IS_TIMELINE_SELECTION (self));

  span = self->span;
  if (semio_span_is_empty (span))
    return;
  if (ABS (time_ns - span.begin_ns) < ABS (time_ns - span.end_ns))
    semio_timeline_selection_set (self, time_ns, span.end_ns);
  else
    semio_timeline_selection_set (self, span.begin_ns, time_ns);
}

/**
 * semio_timeline_selection_get_n_frames:
 * @self: a selection
 *
 * Returns: how many frames it holds
 */
gint64
semio_timeline_selection_get_n_frames (SemioTimelineSelection *self)
{
  SemioFrameIndex *index;

  g_return_val_if_fail (SEMIO_IS_TIMELINE_SELECTION (self), 0);

  index = semio_axis_get_frame_index (self->axis);
  if (index == NULL || semio_span_is_empty (self->span))
    return 0;
  return semio_frame_index_get_frame_at (index, self->span.end_ns - 1)
         - semio_frame_index_get_frame_at (index, self->span.begin_ns) + 1;
}

/**
 * semio_timeline_selection_describe:
 * @self: a selection
 *
 * Returns: (transfer full) (nullable): its length in words
 */
char *
semio_timeline_selection_describe (SemioTimelineSelection *self)
{
  gint64 n_frames = semio_timeline_selection_get_n_frames (self);
  gint64 length_ms = (semio_span_get_length (self->span) + 500000) / 1000000;
  g_autofree char *seconds = NULL;

  if (semio_span_is_empty (self->span))
    return NULL;
  seconds = g_strdup_printf (_ ("%d.%03d s"), (int) (length_ms / 1000), (int) (length_ms % 1000));
  if (n_frames == 0)
    return g_steal_pointer (&seconds);
  /* Translators: the length of a selection, as "4.320 s · 108 frames". */
  return g_strdup_printf (ngettext ("%s · %d frame", "%s · %d frames", (gulong) n_frames), seconds, (int) n_frames);
}

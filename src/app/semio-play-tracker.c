/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-play-tracker.h"

/* Frames dropped on a slow machine still count as played up to this much time of watching. */
#define MAX_GAP_NS (SEMIO_NS_PER_SECOND / 2)

struct _SemioPlayTracker {
  GArray *spans; /* of SemioSpan, sorted, apart from one another */
  SemioSpan last; /* the frame before, while nothing broke the playing */
  gboolean has_last;
};

/**
 * semio_play_tracker_new:
 *
 * Returns: a tracker of a recording of which nothing was played.
 */
SemioPlayTracker *
semio_play_tracker_new (void)
{
  SemioPlayTracker *tracker = g_new0 (SemioPlayTracker, 1);

  tracker->spans = g_array_new (FALSE, FALSE, sizeof (SemioSpan));
  return tracker;
}

void
semio_play_tracker_free (SemioPlayTracker *tracker)
{
  g_array_unref (tracker->spans);
  g_free (tracker);
}

/**
 * semio_play_tracker_add:
 * @tracker: a tracker
 * @span: what was played
 *
 * Joins the span with all that touch it, so that the array stays sorted and its spans apart.
 */
void
semio_play_tracker_add (SemioPlayTracker *tracker, SemioSpan span)
{
  guint first = 0;
  guint n_joined = 0;

  if (span.end_ns <= span.begin_ns)
    return;
  while (first < tracker->spans->len && g_array_index (tracker->spans, SemioSpan, first).end_ns < span.begin_ns)
    first++;
  while (first + n_joined < tracker->spans->len
         && g_array_index (tracker->spans, SemioSpan, first + n_joined).begin_ns <= span.end_ns)
    {
      SemioSpan other = g_array_index (tracker->spans, SemioSpan, first + n_joined);

      span.begin_ns = MIN (span.begin_ns, other.begin_ns);
      span.end_ns = MAX (span.end_ns, other.end_ns);
      n_joined++;
    }
  if (n_joined > 0)
    g_array_remove_range (tracker->spans, first, n_joined);
  g_array_insert_val (tracker->spans, first, span);
}

/**
 * semio_play_tracker_play:
 * @tracker: a tracker
 * @shown: when the frame is shown, nanoseconds of the recording
 * @speed: how fast it plays, 1 is life
 */
void
semio_play_tracker_play (SemioPlayTracker *tracker, SemioSpan shown, double speed)
{
  gint64 max_gap_ns = (gint64) (MAX_GAP_NS * MAX (speed, 1.0));

  if (tracker->has_last && shown.begin_ns >= tracker->last.begin_ns && shown.begin_ns - tracker->last.end_ns <= max_gap_ns)
    semio_play_tracker_add (tracker, (SemioSpan){ tracker->last.begin_ns, shown.begin_ns });
  semio_play_tracker_add (tracker, shown);
  tracker->last = shown;
  tracker->has_last = TRUE;
}

void
semio_play_tracker_break (SemioPlayTracker *tracker)
{
  tracker->has_last = FALSE;
}

guint
semio_play_tracker_get_n_spans (SemioPlayTracker *tracker)
{
  return tracker->spans->len;
}

SemioSpan
semio_play_tracker_get_span (SemioPlayTracker *tracker, guint index)
{
  g_return_val_if_fail (index < tracker->spans->len, ((SemioSpan){ 0, 0 }));
  return g_array_index (tracker->spans, SemioSpan, index);
}

gint64
semio_play_tracker_get_played_ns (SemioPlayTracker *tracker, SemioSpan within)
{
  gint64 played_ns = 0;

  for (guint i = 0; i < tracker->spans->len; i++)
    {
      SemioSpan span = g_array_index (tracker->spans, SemioSpan, i);
      gint64 begin_ns = MAX (span.begin_ns, within.begin_ns);
      gint64 end_ns = MIN (span.end_ns, within.end_ns);

      if (end_ns > begin_ns)
        played_ns += end_ns - begin_ns;
    }
  return played_ns;
}

/**
 * semio_play_tracker_get_share:
 * @tracker: a tracker
 * @spans: (array length=n_spans): spans that may overlap, as segments do
 * @n_spans: how many
 *
 * Time that stands in two of the spans counts once.
 *
 * Returns: played time over all time of the spans, 0 to 1
 */
double
semio_play_tracker_get_share (SemioPlayTracker *tracker, const SemioSpan *spans, guint n_spans)
{
  g_autoptr (SemioPlayTracker) wanted = semio_play_tracker_new ();
  gint64 whole_ns = 0;
  gint64 played_ns = 0;

  for (guint i = 0; i < n_spans; i++)
    semio_play_tracker_add (wanted, spans[i]);
  for (guint i = 0; i < wanted->spans->len; i++)
    {
      SemioSpan span = g_array_index (wanted->spans, SemioSpan, i);

      whole_ns += span.end_ns - span.begin_ns;
      played_ns += semio_play_tracker_get_played_ns (tracker, span);
    }
  return whole_ns > 0 ? (double) played_ns / (double) whole_ns : 0.0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-played.h"

struct _SemioPlayed {
  GArray *spans; /* of SemioSpan, disjoint, rising */
};

SemioPlayed *
semio_played_new (void)
{
  SemioPlayed *played = g_new0 (SemioPlayed, 1);

  played->spans = g_array_new (FALSE, FALSE, sizeof (SemioSpan));
  return played;
}

void
semio_played_free (SemioPlayed *played)
{
  g_array_unref (played->spans);
  g_free (played);
}

static void
add_to (GArray *spans, SemioSpan span)
{
  guint first = 0;
  guint last;

  if (semio_span_is_empty (span))
    return;
  while (first < spans->len && g_array_index (spans, SemioSpan, first).end_ns < span.begin_ns)
    first++;
  for (last = first; last < spans->len && g_array_index (spans, SemioSpan, last).begin_ns <= span.end_ns; last++)
    {
      span.begin_ns = MIN (span.begin_ns, g_array_index (spans, SemioSpan, last).begin_ns);
      span.end_ns = MAX (span.end_ns, g_array_index (spans, SemioSpan, last).end_ns);
    }
  if (last > first)
    g_array_remove_range (spans, first, last - first);
  g_array_insert_val (spans, first, span);
}

void
semio_played_add (SemioPlayed *played, SemioSpan span)
{
  add_to (played->spans, span);
}

double
semio_played_get_share (SemioPlayed *played, const SemioSpan *spans, guint n_spans)
{
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (SemioSpan));
  gint64 whole_ns = 0;
  gint64 played_ns = 0;

  /* Cited segments overlap by five seconds: their union is asked for. */
  for (guint i = 0; i < n_spans; i++)
    add_to (asked, spans[i]);
  for (guint i = 0; i < asked->len; i++)
    {
      SemioSpan span = g_array_index (asked, SemioSpan, i);

      whole_ns += semio_span_get_length (span);
      for (guint j = 0; j < played->spans->len; j++)
        if (semio_span_overlaps (span, g_array_index (played->spans, SemioSpan, j)))
          played_ns += semio_span_get_length (semio_span_intersect (span, g_array_index (played->spans, SemioSpan, j)));
    }
  return whole_ns > 0 ? (double) played_ns / (double) whole_ns : 0;
}

void
semio_played_clear (SemioPlayed *played)
{
  g_array_set_size (played->spans, 0);
}

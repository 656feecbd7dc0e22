/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sample-plan.h"

/* Times of frames are rounded to nanoseconds, and a step may fall on one exactly. */
#define ROUNDING_NS 1000
/* Some containers count in milliseconds, and the end is rounded up: a step that close to it is not one more. */
#define END_NS 2000000

GArray *
semio_sample_plan_new (SemioFrameIndex *index, SemioSpan span, guint rate_num, guint rate_den)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  double step_ns = (double) SEMIO_NS_PER_SECOND * rate_den / MAX (rate_num, 1);
  gint64 begin_ns = MAX (span.begin_ns, 0), end_ns = MIN (span.end_ns, semio_frame_index_get_duration_ns (index));
  gint64 last = -1;

  g_return_val_if_fail (rate_num > 0 && rate_den > 0, frames);

  for (gint64 i = 0;; i++)
    {
      gint64 time_ns = begin_ns + (gint64) (step_ns * (double) i);
      gint64 frame;

      if (time_ns >= end_ns || (i > 0 && time_ns + END_NS >= end_ns))
        return frames;
      frame = semio_frame_index_get_frame_at (index, time_ns + ROUNDING_NS);
      if (frame > last)
        g_array_append_val (frames, frame);
      last = frame;
    }
}

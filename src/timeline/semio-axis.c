/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-axis.h"

#include <math.h>

#define MS G_GINT64_CONSTANT (1000000)
#define SECOND SEMIO_NS_PER_SECOND
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
/* Closer than this there is nothing to see: three frames at 30 a second. */
#define MIN_SPAN_NS (100 * MS)
#define MIN_DURATION_NS SECOND

struct _SemioAxis {
  GObject parent_instance;
  gint64 duration_ns;
  double width_px;
  SemioFrameIndex *index; /* (nullable) */
  double begin_ns, length_ns; /* what is visible; doubles so that panning by parts of a pixel adds up */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioAxis, semio_axis, G_TYPE_OBJECT)

static const struct {
  gint64 tick_ns;
  guint n_minor;
} tick_steps[] = {
  { 10 * MS, 2 }, { 20 * MS, 2 },    { 50 * MS, 5 },    { 100 * MS, 5 },    { 200 * MS, 4 },    { 500 * MS, 5 },
  { SECOND, 5 },  { 2 * SECOND, 4 }, { 5 * SECOND, 5 }, { 10 * SECOND, 5 }, { 15 * SECOND, 3 }, { 30 * SECOND, 3 },
  { MINUTE, 4 },  { 2 * MINUTE, 4 }, { 5 * MINUTE, 5 }, { 10 * MINUTE, 5 }, { 15 * MINUTE, 3 }, { 30 * MINUTE, 3 },
  { HOUR, 4 },    { 2 * HOUR, 4 },   { 6 * HOUR, 6 },   { 12 * HOUR, 4 },   { 24 * HOUR, 4 },
};

static void
set_visible (SemioAxis *axis, double begin_ns, double length_ns)
{
  double duration_ns = (double) axis->duration_ns;

  length_ns = CLAMP (length_ns, MIN ((double) MIN_SPAN_NS, duration_ns), duration_ns);
  begin_ns = CLAMP (begin_ns, 0, duration_ns - length_ns);
  if (begin_ns == axis->begin_ns && length_ns == axis->length_ns)
    return;
  axis->begin_ns = begin_ns;
  axis->length_ns = length_ns;
  g_signal_emit (axis, signals[SIGNAL_CHANGED], 0);
}

static void
semio_axis_finalize (GObject *object)
{
  g_clear_pointer (&SEMIO_AXIS (object)->index, semio_frame_index_unref);

  G_OBJECT_CLASS (semio_axis_parent_class)->finalize (object);
}

static void
semio_axis_class_init (SemioAxisClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_axis_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SEMIO_TYPE_AXIS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_axis_init (SemioAxis *axis)
{
  axis->duration_ns = MIN_DURATION_NS;
  axis->length_ns = (double) MIN_DURATION_NS;
  axis->width_px = 1;
}

/**
 * semio_axis_new:
 *
 * Returns: (transfer full): an axis over one second that shows it whole
 */
SemioAxis *
semio_axis_new (void)
{
  return g_object_new (SEMIO_TYPE_AXIS, NULL);
}

/**
 * semio_axis_set_duration:
 * @axis: an axis
 * @duration_ns: the recording's; anything shorter than a second is taken as a second
 *
 * The whole becomes visible.
 */
void
semio_axis_set_duration (SemioAxis *axis, gint64 duration_ns)
{
  g_return_if_fail (SEMIO_IS_AXIS (axis));

  axis->duration_ns = MAX (duration_ns, MIN_DURATION_NS);
  set_visible (axis, 0, (double) axis->duration_ns);
}

/**
 * semio_axis_get_duration:
 * @axis: an axis
 *
 * Returns: the recording's duration in ns, at least a second
 */
gint64
semio_axis_get_duration (SemioAxis *axis)
{
  g_return_val_if_fail (SEMIO_IS_AXIS (axis), MIN_DURATION_NS);

  return axis->duration_ns;
}

/**
 * semio_axis_set_width:
 * @axis: an axis
 * @width_px: of the visible span, at least 1
 */
void
semio_axis_set_width (SemioAxis *axis, double width_px)
{
  g_return_if_fail (SEMIO_IS_AXIS (axis));

  width_px = MAX (width_px, 1);
  if (width_px == axis->width_px)
    return;
  axis->width_px = width_px;
  g_signal_emit (axis, signals[SIGNAL_CHANGED], 0);
}

/**
 * semio_axis_get_width:
 * @axis: an axis
 *
 * Returns: pixels that the visible span fills
 */
double
semio_axis_get_width (SemioAxis *axis)
{
  g_return_val_if_fail (SEMIO_IS_AXIS (axis), 1);

  return axis->width_px;
}

/**
 * semio_axis_fit:
 * @axis: an axis
 * @begin_ns: first time to show
 * @end_ns: the time at the right end
 *
 * What lies outside the recording is cut off. A span that is empty then shows the whole.
 */
void
semio_axis_fit (SemioAxis *axis, gint64 begin_ns, gint64 end_ns)
{
  g_return_if_fail (SEMIO_IS_AXIS (axis));

  begin_ns = CLAMP (begin_ns, 0, axis->duration_ns);
  end_ns = CLAMP (end_ns, 0, axis->duration_ns);
  if (end_ns <= begin_ns)
    set_visible (axis, 0, (double) axis->duration_ns);
  else
    set_visible (axis, (double) begin_ns, (double) (end_ns - begin_ns));
}

/**
 * semio_axis_zoom:
 * @axis: an axis
 * @factor: above 1 shows less time, below 1 more
 * @x_px: what stays where it is
 */
void
semio_axis_zoom (SemioAxis *axis, double factor, double x_px)
{
  double share, at_ns, length_ns;

  g_return_if_fail (SEMIO_IS_AXIS (axis));
  g_return_if_fail (factor > 0);

  share = CLAMP (x_px / axis->width_px, 0, 1);
  at_ns = axis->begin_ns + share * axis->length_ns;
  length_ns =
      CLAMP (axis->length_ns / factor, MIN ((double) MIN_SPAN_NS, (double) axis->duration_ns), (double) axis->duration_ns);
  set_visible (axis, at_ns - share * length_ns, length_ns);
}

/**
 * semio_axis_pan:
 * @axis: an axis
 * @delta_px: positive shows later times
 */
void
semio_axis_pan (SemioAxis *axis, double delta_px)
{
  g_return_if_fail (SEMIO_IS_AXIS (axis));

  set_visible (axis, axis->begin_ns + delta_px * axis->length_ns / axis->width_px, axis->length_ns);
}

/**
 * semio_axis_get_visible:
 * @axis: an axis
 *
 * Returns: the span that fills the width
 */
SemioSpan
semio_axis_get_visible (SemioAxis *axis)
{
  g_return_val_if_fail (SEMIO_IS_AXIS (axis), ((SemioSpan){ 0, MIN_DURATION_NS }));

  return (SemioSpan){ (gint64) floor (axis->begin_ns), (gint64) ceil (axis->begin_ns + axis->length_ns) };
}

/**
 * semio_axis_time_to_x:
 * @axis: an axis
 * @time_ns: any time
 *
 * Returns: where it stands; outside 0 … width when it is not visible
 */
double
semio_axis_time_to_x (SemioAxis *axis, gint64 time_ns)
{
  g_return_val_if_fail (SEMIO_IS_AXIS (axis), 0);

  return ((double) time_ns - axis->begin_ns) / axis->length_ns * axis->width_px;
}

/**
 * semio_axis_time_to_pixel:
 * @axis: an axis
 * @time_ns: any time
 *
 * Returns: left edge of the pixel that holds it
 */
double
semio_axis_time_to_pixel (SemioAxis *axis, gint64 time_ns)
{
  /* A time that falls on the edge of a pixel may come out a hair before it. */
  return floor (semio_axis_time_to_x (axis, time_ns) + 1e-6);
}

/**
 * semio_axis_x_to_time:
 * @axis: an axis
 * @x_px: any place, also outside the width
 *
 * Returns: the time there, within the recording
 */
gint64
semio_axis_x_to_time (SemioAxis *axis, double x_px)
{
  double time_ns;

  g_return_val_if_fail (SEMIO_IS_AXIS (axis), 0);

  time_ns = axis->begin_ns + x_px / axis->width_px * axis->length_ns;
  return (gint64) CLAMP (round (time_ns), 0, (double) axis->duration_ns);
}

/**
 * semio_axis_set_frame_index:
 * @axis: an axis
 * @index: (nullable): the recording's frames
 */
void
semio_axis_set_frame_index (SemioAxis *axis, SemioFrameIndex *index)
{
  g_return_if_fail (SEMIO_IS_AXIS (axis));

  if (index != NULL)
    semio_frame_index_ref (index);
  g_clear_pointer (&axis->index, semio_frame_index_unref);
  axis->index = index;
}

/**
 * semio_axis_get_frame_index:
 * @axis: an axis
 *
 * Returns: (transfer none) (nullable): the recording's frames
 */
SemioFrameIndex *
semio_axis_get_frame_index (SemioAxis *axis)
{
  g_return_val_if_fail (SEMIO_IS_AXIS (axis), NULL);

  return axis->index;
}

/**
 * semio_axis_snap:
 * @axis: an axis
 * @time_ns: any time
 *
 * Returns: the nearest edge of a frame, the end of the last included; @time_ns itself where no frames are known
 */
gint64
semio_axis_snap (SemioAxis *axis, gint64 time_ns)
{
  SemioSpan frame;

  if (!semio_axis_get_frame_span (axis, time_ns, &frame))
    return time_ns;
  return time_ns - frame.begin_ns < frame.end_ns - time_ns ? frame.begin_ns : frame.end_ns;
}

/**
 * semio_axis_get_frame_span:
 * @axis: an axis
 * @time_ns: any time
 * @span: (out): from when to when the frame of that time is on screen
 *
 * Returns: FALSE where no frames are known; @span is left alone then
 */
gboolean
semio_axis_get_frame_span (SemioAxis *axis, gint64 time_ns, SemioSpan *span)
{
  g_return_val_if_fail (SEMIO_IS_AXIS (axis), FALSE);

  if (axis->index == NULL)
    return FALSE;
  *span = semio_frame_index_get_span (axis->index, semio_frame_index_get_frame_at (axis->index, time_ns));
  return TRUE;
}

/**
 * semio_axis_choose_tick:
 * @axis: an axis
 * @min_px: least distance of two labels
 * @n_minor: (out) (optional): parts that small ticks divide it into
 *
 * Returns: the smallest usual distance in ns that keeps the labels apart
 */
gint64
semio_axis_choose_tick (SemioAxis *axis, double min_px, guint *n_minor)
{
  gsize i = 0;
  double min_ns;

  g_return_val_if_fail (SEMIO_IS_AXIS (axis), SECOND);

  min_ns = min_px * axis->length_ns / axis->width_px;
  while (i + 1 < G_N_ELEMENTS (tick_steps) && (double) tick_steps[i].tick_ns < min_ns)
    i++;
  if (n_minor != NULL)
    *n_minor = tick_steps[i].n_minor;
  return tick_steps[i].tick_ns;
}

/**
 * semio_axis_get_tick_decimals:
 * @tick_ns: distance of two labels
 *
 * Returns: decimals of a second so that no two labels read the same
 */
int
semio_axis_get_tick_decimals (gint64 tick_ns)
{
  if (tick_ns % SECOND == 0)
    return 0;
  return tick_ns % (100 * MS) == 0 ? 1 : 2;
}

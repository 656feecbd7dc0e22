/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-lane-layout.h"

#include <math.h>

/* Of two neighbouring cells one pixel belongs to neither. */
#define CELL_GAP_PX 1
/* A reference of a moment still has to be seen and hit. */
#define MIN_REFERENCE_PX 4

/**
 * semio_lane_layout_get_lane_height:
 * @metrics: heights
 * @n_runs: rows of the lane's runs
 * @n_persons: rows of its persons
 *
 * Returns: in pixels; a lane without runs is as high as one with a single one
 */
int
semio_lane_layout_get_lane_height (const SemioLaneMetrics *metrics, guint n_runs, guint n_persons)
{
  return semio_lane_layout_get_person_y (metrics, n_runs, n_persons) - metrics->gap_px + metrics->padding_px;
}

/**
 * semio_lane_layout_get_run_y:
 * @metrics: heights
 * @run: row of a lane
 *
 * Returns: its top, from the lane's top
 */
int
semio_lane_layout_get_run_y (const SemioLaneMetrics *metrics, guint run)
{
  return metrics->padding_px + (int) run * (metrics->run_px + metrics->gap_px);
}

/**
 * semio_lane_layout_get_reference_y:
 * @metrics: heights
 * @n_runs: rows of the lane
 *
 * Returns: top of the reference's row, from the lane's top
 */
int
semio_lane_layout_get_reference_y (const SemioLaneMetrics *metrics, guint n_runs)
{
  return semio_lane_layout_get_run_y (metrics, MAX (n_runs, 1));
}

/**
 * semio_lane_layout_get_person_y:
 * @metrics: heights
 * @n_runs: rows of the lane's runs
 * @person: which person's row
 *
 * Returns: its top, from the lane's top
 */
int
semio_lane_layout_get_person_y (const SemioLaneMetrics *metrics, guint n_runs, guint person)
{
  int reference_px = metrics->reference_px > 0 ? metrics->reference_px + metrics->gap_px : 0;

  return semio_lane_layout_get_reference_y (metrics, n_runs) + reference_px + (int) person * (metrics->run_px + metrics->gap_px);
}

/**
 * semio_lane_layout_stack:
 * @set: what is shown
 * @metrics: heights
 * @collapsed: (nullable): per group, whether only its heading is shown
 * @bands: (element-type SemioLaneBand): filled from top to bottom
 *
 * Returns: the height of all
 */
int
semio_lane_layout_stack (SemioLaneSet *set, const SemioLaneMetrics *metrics, const gboolean *collapsed, GArray *bands)
{
  int y_px = 0;
  guint lane_index = 0;

  g_array_set_size (bands, 0);
  for (guint group = 0; group < set->groups->len; group++)
    {
      SemioLaneBand header = { SEMIO_LANE_BAND_HEADER, group, y_px, metrics->header_px };

      g_array_append_val (bands, header);
      y_px += header.height_px;
      for (; lane_index < set->lanes->len; lane_index++)
        {
          const SemioLane *lane = g_ptr_array_index (set->lanes, lane_index);
          SemioLaneBand band = { SEMIO_LANE_BAND_LANE, lane_index, y_px, 0 };

          if (lane->group != group)
            break;
          if (collapsed != NULL && collapsed[group])
            continue;
          band.height_px = semio_lane_layout_get_lane_height (metrics, lane->runs->len, lane->persons->len);
          g_array_append_val (bands, band);
          y_px += band.height_px;
        }
    }
  return y_px;
}

/**
 * semio_lane_layout_find_band:
 * @bands: (element-type SemioLaneBand): from semio_lane_layout_stack()
 * @y_px: height from the top
 *
 * Returns: (nullable): what stands there
 */
const SemioLaneBand *
semio_lane_layout_find_band (const GArray *bands, double y_px)
{
  guint low = 0, high = bands->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const SemioLaneBand *band = &g_array_index (bands, SemioLaneBand, middle);

      if (y_px < band->y_px)
        high = middle;
      else if (y_px >= band->y_px + band->height_px)
        low = middle + 1;
      else
        return band;
    }
  return NULL;
}

/**
 * semio_lane_layout_cull_bands:
 * @bands: (element-type SemioLaneBand): from semio_lane_layout_stack()
 * @top_px: height from the top
 * @bottom_px: height from the top
 * @first: (out): the first that reaches below the top
 * @end: (out): the first that begins at the bottom or below it
 */
void
semio_lane_layout_cull_bands (const GArray *bands, double top_px, double bottom_px, guint *first, guint *end)
{
  guint low = 0, high = bands->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const SemioLaneBand *band = &g_array_index (bands, SemioLaneBand, middle);

      if (band->y_px + band->height_px <= top_px)
        low = middle + 1;
      else
        high = middle;
    }
  *first = low;
  while (low < bands->len && g_array_index (bands, SemioLaneBand, low).y_px < bottom_px)
    low++;
  *end = low;
}

/**
 * semio_lane_layout_get_cell_span:
 * @answers: (element-type SemioLaneAnswer): of one run
 * @index: which
 *
 * Returns: what its cell covers; the segment itself reaches further where it overlaps its neighbours
 */
SemioSpan
semio_lane_layout_get_cell_span (const GArray *answers, guint index)
{
  SemioSpan span = g_array_index (answers, SemioLaneAnswer, index).span;
  SemioSpan cell = span;

  if (index > 0)
    {
      SemioSpan before = g_array_index (answers, SemioLaneAnswer, index - 1).span;

      if (before.end_ns > span.begin_ns)
        cell.begin_ns = span.begin_ns + (before.end_ns - span.begin_ns) / 2;
    }
  if (index + 1 < answers->len)
    {
      SemioSpan after = g_array_index (answers, SemioLaneAnswer, index + 1).span;

      if (after.begin_ns < span.end_ns)
        cell.end_ns = after.begin_ns + (span.end_ns - after.begin_ns) / 2;
    }
  return cell;
}

/**
 * semio_lane_layout_cull:
 * @answers: (element-type SemioLaneAnswer): of one run, in order of time
 * @visible: a span
 * @first: (out): first answer whose cell reaches into it
 * @n: (out): how many do
 */
void
semio_lane_layout_cull (const GArray *answers, SemioSpan visible, guint *first, guint *n)
{
  guint low = 0, high = answers->len, end;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (semio_lane_layout_get_cell_span (answers, middle).end_ns <= visible.begin_ns)
        low = middle + 1;
      else
        high = middle;
    }
  end = low;
  high = answers->len;
  while (end < high)
    {
      guint middle = end + (high - end) / 2;

      if (semio_lane_layout_get_cell_span (answers, middle).begin_ns < visible.end_ns)
        end = middle + 1;
      else
        high = middle;
    }
  *first = low;
  *n = end - low;
}

/* Where several answers fall on one pixel the one that is looked for first is told. */
static int
get_weight (SemioAnswer answer)
{
  switch (answer)
    {
    case SEMIO_ANSWER_YES:
      return 5;
    case SEMIO_ANSWER_FAIL:
      return 4;
    case SEMIO_ANSWER_NO:
      return 3;
    case SEMIO_ANSWER_NA:
      return 2;
    case SEMIO_ANSWER_NOT_ASSESSABLE:
      return 1;
    case SEMIO_ANSWER_MISSING:
    default:
      return 0;
    }
}

static void
prepare_run (const SemioLane *lane, guint run, const SemioLaneMetrics *metrics, SemioAxis *axis, GArray *items)
{
  const GArray *answers = ((SemioLaneRun *) g_ptr_array_index (lane->runs, run))->answers;
  guint first, n;
  SemioLaneItem *last = NULL;

  semio_lane_layout_cull (answers, semio_axis_get_visible (axis), &first, &n);
  for (guint i = first; i < first + n; i++)
    {
      SemioSpan span = semio_lane_layout_get_cell_span (answers, i);
      SemioAnswer answer = g_array_index (answers, SemioLaneAnswer, i).answer;
      double begin_px = semio_axis_time_to_pixel (axis, span.begin_ns) + CELL_GAP_PX;
      double end_px = semio_axis_time_to_pixel (axis, span.end_ns);
      SemioLaneItem item = { SEMIO_LANE_ITEM_ANSWER,
                             run,
                             i,
                             1,
                             answer,
                             begin_px,
                             semio_lane_layout_get_run_y (metrics, run),
                             MAX (end_px - begin_px, 1),
                             metrics->run_px };

      if (last != NULL && begin_px < last->x_px + last->width_px)
        {
          last->n++;
          if (get_weight (answer) > get_weight (last->answer))
            last->answer = answer;
          continue;
        }
      g_array_append_val (items, item);
      last = &g_array_index (items, SemioLaneItem, items->len - 1);
    }
}

static void
prepare_reference (SemioLaneSet *set, const SemioLane *lane, const SemioLaneMetrics *metrics, SemioAxis *axis, GArray *items)
{
  SemioLaneItem item = { SEMIO_LANE_ITEM_REFERENCE, lane->runs->len, 0, 0, lane->reference, 0, 0, 0, 0 };
  SemioSpan visible = semio_axis_get_visible (axis);
  SemioSpan span = { 0, semio_lane_set_get_end_ns (set) };
  double end_px;

  if (set->reference != SEMIO_LANE_REFERENCE_REVEALED || lane->reference == SEMIO_ANSWER_MISSING || metrics->reference_px <= 0)
    return;
  /* An answer without times is said of the whole. */
  if (lane->reference_begin_ns != SEMIO_TIME_NONE)
    span.begin_ns = lane->reference_begin_ns;
  if (lane->reference_end_ns != SEMIO_TIME_NONE)
    span.end_ns = lane->reference_end_ns;
  if (span.end_ns < visible.begin_ns || span.begin_ns > visible.end_ns)
    return;
  item.x_px = semio_axis_time_to_pixel (axis, span.begin_ns);
  end_px = semio_axis_time_to_pixel (axis, span.end_ns);
  item.width_px = MAX (end_px - item.x_px, MIN_REFERENCE_PX);
  item.y_px = semio_lane_layout_get_reference_y (metrics, lane->runs->len);
  item.height_px = metrics->reference_px;
  g_array_append_val (items, item);
}

/* Few stand in a lane, so all are looked at. */
static void
prepare_person (const SemioLane *lane, guint index, const SemioLaneMetrics *metrics, SemioAxis *axis, GArray *items)
{
  const GArray *judgements = ((SemioLanePerson *) g_ptr_array_index (lane->persons, index))->judgements;
  SemioSpan visible = semio_axis_get_visible (axis);

  for (guint i = 0; i < judgements->len; i++)
    {
      SemioSpan span = g_array_index (judgements, SemioLaneJudgement, i).span;
      SemioLaneItem item = { SEMIO_LANE_ITEM_JUDGEMENT, index, i, 1, SEMIO_ANSWER_MISSING, 0, 0, 0, 0 };

      if (span.end_ns <= visible.begin_ns || span.begin_ns >= visible.end_ns)
        continue;
      item.x_px = semio_axis_time_to_pixel (axis, span.begin_ns) + CELL_GAP_PX;
      item.width_px = MAX (semio_axis_time_to_pixel (axis, span.end_ns) - item.x_px, 1);
      item.y_px = semio_lane_layout_get_person_y (metrics, lane->runs->len, index);
      item.height_px = metrics->run_px;
      g_array_append_val (items, item);
    }
}

/**
 * semio_lane_layout_prepare:
 * @set: what is shown
 * @lane: one of its lanes
 * @metrics: heights
 * @axis: what is visible
 * @items: (element-type SemioLaneItem): filled row by row, each in order of time
 */
void
semio_lane_layout_prepare (SemioLaneSet *set, const SemioLane *lane, const SemioLaneMetrics *metrics, SemioAxis *axis,
                           GArray *items)
{
  g_array_set_size (items, 0);
  for (guint run = 0; run < lane->runs->len; run++)
    prepare_run (lane, run, metrics, axis, items);
  prepare_reference (set, lane, metrics, axis, items);
  for (guint person = 0; person < lane->persons->len; person++)
    prepare_person (lane, person, metrics, axis, items);
}

/* The answer under a time in an item that stands for several. */
static const SemioLaneAnswer *
find_answer (const SemioLaneRun *run, const SemioLaneItem *item, gint64 time_ns)
{
  guint i = item->first;

  while (i + 1 < item->first + item->n && semio_lane_layout_get_cell_span (run->answers, i).end_ns <= time_ns)
    i++;
  return &g_array_index (run->answers, SemioLaneAnswer, i);
}

/**
 * semio_lane_layout_hit:
 * @lane: a lane
 * @metrics: heights
 * @axis: what is visible
 * @items: (element-type SemioLaneItem): from semio_lane_layout_prepare()
 * @x_px: from the axis' left end
 * @y_px: from the lane's top
 *
 * The gaps between rows and cells belong to their neighbour before them, so that there is no dead pixel inside the rows.
 *
 * Returns: what lies there; all NULL for nothing
 */
SemioLaneHit
semio_lane_layout_hit (const SemioLane *lane, const SemioLaneMetrics *metrics, SemioAxis *axis, const GArray *items, double x_px,
                       double y_px)
{
  SemioLaneHit hit = { NULL, NULL, NULL, NULL, NULL };

  for (guint run = 0; run < lane->runs->len; run++)
    {
      int y = semio_lane_layout_get_run_y (metrics, run);

      if (y_px >= y && y_px < y + metrics->run_px + metrics->gap_px)
        hit.run = g_ptr_array_index (lane->runs, run);
    }
  for (guint person = 0; person < lane->persons->len; person++)
    {
      int y = semio_lane_layout_get_person_y (metrics, lane->runs->len, person);

      if (y_px >= y && y_px < y + metrics->run_px + metrics->gap_px)
        hit.person = g_ptr_array_index (lane->persons, person);
    }
  for (guint i = 0; i < items->len; i++)
    {
      const SemioLaneItem *item = &g_array_index (items, SemioLaneItem, i);
      double gap_px = item->kind != SEMIO_LANE_ITEM_REFERENCE ? CELL_GAP_PX : 0;

      if (x_px < item->x_px - gap_px || x_px >= item->x_px + item->width_px || y_px < item->y_px
          || y_px >= item->y_px + item->height_px + metrics->gap_px)
        continue;
      hit.item = item;
      if (item->kind == SEMIO_LANE_ITEM_ANSWER)
        hit.answer = find_answer (hit.run, item, semio_axis_x_to_time (axis, x_px));
      if (item->kind == SEMIO_LANE_ITEM_JUDGEMENT)
        hit.judgement = &g_array_index (hit.person->judgements, SemioLaneJudgement, item->first);
      break;
    }
  return hit;
}

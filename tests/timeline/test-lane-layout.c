/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-lanes.h"
#include "semio-lane-layout.h"
#include "semio-prediction.h"
#include "semio-segments.h"

#define S SEMIO_NS_PER_SECOND
#define TONIC 5
#define LANE_PX (5 + 11 + 2 + 11 + 5)

static const SemioLaneMetrics metrics = { 20, 11, 2, 0, 5 };
static const SemioLaneMetrics revealed_metrics = { 20, 11, 2, 11, 5 };

typedef struct {
  SemioLaneSet *set;
  SemioAxis *axis;
  GArray *items;
  const SemioLane *tonic;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->set = made_lanes_new (SEMIO_LANE_REFERENCE_REVEALED);
  fixture->axis = semio_axis_new ();
  semio_axis_set_duration (fixture->axis, 118 * S);
  semio_axis_set_width (fixture->axis, 1180);
  fixture->items = g_array_new (FALSE, FALSE, sizeof (SemioLaneItem));
  fixture->tonic = g_ptr_array_index (fixture->set->lanes, TONIC);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  semio_lane_set_unref (fixture->set);
  g_object_unref (fixture->axis);
  g_array_unref (fixture->items);
}

static void
prepare (Fixture *fixture, const SemioLaneMetrics *with)
{
  semio_lane_layout_prepare (fixture->set, fixture->tonic, with, fixture->axis, fixture->items);
}

static void
test_stack (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) bands = g_array_new (FALSE, FALSE, sizeof (SemioLaneBand));
  int height_px = semio_lane_layout_stack (fixture->set, &metrics, NULL, bands);
  int y_px = 0;

  g_assert_cmpint (height_px, ==, 3 * 20 + 20 * LANE_PX);
  g_assert_cmpuint (bands->len, ==, 23);
  for (guint i = 0; i < bands->len; i++)
    {
      const SemioLaneBand *band = &g_array_index (bands, SemioLaneBand, i);

      g_assert_cmpint (band->y_px, ==, y_px);
      g_assert_true (semio_lane_layout_find_band (bands, band->y_px) == band);
      g_assert_true (semio_lane_layout_find_band (bands, band->y_px + band->height_px - 0.5) == band);
      y_px += band->height_px;
    }
  g_assert_null (semio_lane_layout_find_band (bands, -1));
  g_assert_null (semio_lane_layout_find_band (bands, y_px));
}

static void
test_collapsed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) bands = g_array_new (FALSE, FALSE, sizeof (SemioLaneBand));
  const gboolean collapsed[] = { TRUE, FALSE, TRUE };
  int height_px = semio_lane_layout_stack (fixture->set, &metrics, collapsed, bands);
  const SemioLaneBand *band;

  g_assert_cmpint (height_px, ==, 3 * 20 + 7 * LANE_PX);
  band = semio_lane_layout_find_band (bands, 45);
  g_assert_nonnull (band);
  g_assert_cmpint (band->kind, ==, SEMIO_LANE_BAND_LANE);
  g_assert_cmpuint (band->index, ==, 11);
}

static void
test_no_lane_is_without_height (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (semio_lane_layout_get_lane_height (&metrics, 0, 0), ==, semio_lane_layout_get_lane_height (&metrics, 1, 0));
  g_assert_cmpint (semio_lane_layout_get_lane_height (&revealed_metrics, 2, 0), ==, LANE_PX + 13);
}

/* Segments overlap by five seconds; their cells meet in the middle and leave nothing out. */
static void
test_cells_meet (Fixture *fixture, gconstpointer data)
{
  const SemioLaneRun *run = g_ptr_array_index (fixture->tonic->runs, 0);
  SemioSpan before = semio_lane_layout_get_cell_span (run->answers, 0);

  g_assert_cmpint (before.begin_ns, ==, 0);
  g_assert_cmpint (before.end_ns, ==, 27 * S + S / 2);
  for (guint i = 1; i < run->answers->len; i++)
    {
      SemioSpan span = semio_lane_layout_get_cell_span (run->answers, i);

      g_assert_cmpint (span.begin_ns, ==, before.end_ns);
      before = span;
    }
  g_assert_cmpint (before.end_ns, ==, 118 * S);
}

static void
test_cull (Fixture *fixture, gconstpointer data)
{
  const SemioLaneRun *run = g_ptr_array_index (fixture->tonic->runs, 0);
  guint first, n;

  semio_lane_layout_cull (run->answers, (SemioSpan){ 0, 118 * S }, &first, &n);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (n, ==, 5);
  semio_lane_layout_cull (run->answers, (SemioSpan){ 30 * S, 31 * S }, &first, &n);
  g_assert_cmpuint (first, ==, 1);
  g_assert_cmpuint (n, ==, 1);
  semio_lane_layout_cull (run->answers, (SemioSpan){ 27 * S, 28 * S }, &first, &n);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (n, ==, 2);
  semio_lane_layout_cull (run->answers, (SemioSpan){ 200 * S, 300 * S }, &first, &n);
  g_assert_cmpuint (n, ==, 0);
}

/* Whatever is visible, exactly the cells that overlap it come out. */
static void
test_cull_agrees_with_looking (Fixture *fixture, gconstpointer data)
{
  const SemioLaneRun *run = g_ptr_array_index (fixture->tonic->runs, 0);

  for (int i = 0; i < 2000; i++)
    {
      gint64 begin_ns = g_test_rand_int_range (0, 118000) * (S / 1000);
      SemioSpan visible = { begin_ns, begin_ns + g_test_rand_int_range (1, 60000) * (S / 1000) };
      guint first, n;

      semio_lane_layout_cull (run->answers, visible, &first, &n);
      for (guint k = 0; k < run->answers->len; k++)
        {
          gboolean seen = semio_span_overlaps (semio_lane_layout_get_cell_span (run->answers, k), visible);

          g_assert_cmpint (seen, ==, k >= first && k < first + n);
        }
    }
}

static void
test_items (Fixture *fixture, gconstpointer data)
{
  const SemioLaneItem *item;

  prepare (fixture, &revealed_metrics);
  g_assert_cmpuint (fixture->items->len, ==, 11);
  item = &g_array_index (fixture->items, SemioLaneItem, 1);
  g_assert_cmpint (item->kind, ==, SEMIO_LANE_ITEM_ANSWER);
  g_assert_cmpint (item->answer, ==, SEMIO_ANSWER_YES);
  g_assert_cmpfloat (item->x_px, ==, 276);
  g_assert_cmpfloat (item->x_px + item->width_px, ==, 525);
  g_assert_cmpfloat (item->y_px, ==, 5);
  item = &g_array_index (fixture->items, SemioLaneItem, 10);
  g_assert_cmpint (item->kind, ==, SEMIO_LANE_ITEM_REFERENCE);
  g_assert_cmpfloat (item->x_px, ==, 380);
  g_assert_cmpfloat (item->width_px, ==, 90);
  g_assert_cmpfloat (item->y_px, ==, 5 + 2 * 13);
}

static void
test_hidden_reference_makes_no_item (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioLaneSet) hidden = made_lanes_new (SEMIO_LANE_REFERENCE_HIDDEN);
  const SemioLane *lane = g_ptr_array_index (hidden->lanes, TONIC);

  semio_lane_layout_prepare (hidden, lane, &metrics, fixture->axis, fixture->items);
  g_assert_cmpuint (fixture->items->len, ==, 10);
  /* Not even by a mistake of the one who described the lane. */
  semio_lane_set_reference ((SemioLane *) lane, SEMIO_ANSWER_YES, 38 * S, 47 * S);
  semio_lane_layout_prepare (hidden, lane, &revealed_metrics, fixture->axis, fixture->items);
  g_assert_cmpuint (fixture->items->len, ==, 10);
}

/* Every pixel of every item is hit as that item, and what is hit names the answer whose cell covers the time. */
static void
test_hit_what_is_painted (Fixture *fixture, gconstpointer data)
{
  semio_axis_fit (fixture->axis, 20 * S, 70 * S);
  prepare (fixture, &revealed_metrics);
  for (guint i = 0; i < fixture->items->len; i++)
    {
      const SemioLaneItem *item = &g_array_index (fixture->items, SemioLaneItem, i);

      for (double x = item->x_px + 0.5; x < item->x_px + item->width_px; x += 7)
        {
          SemioLaneHit hit = semio_lane_layout_hit (fixture->tonic, &revealed_metrics, fixture->axis, fixture->items, x,
                                                    item->y_px + item->height_px / 2);

          g_assert_true (hit.item == item);
          if (item->kind == SEMIO_LANE_ITEM_ANSWER)
            g_assert_cmpint (hit.answer->answer, ==, item->answer);
          else
            g_assert_null (hit.answer);
        }
    }
}

static void
test_hit_beside (Fixture *fixture, gconstpointer data)
{
  SemioLaneHit hit;

  prepare (fixture, &revealed_metrics);
  hit = semio_lane_layout_hit (fixture->tonic, &revealed_metrics, fixture->axis, fixture->items, 400, 1);
  g_assert_null (hit.item);
  g_assert_null (hit.run);
  /* In the row, left of the track. */
  hit = semio_lane_layout_hit (fixture->tonic, &revealed_metrics, fixture->axis, fixture->items, -30, 20);
  g_assert_null (hit.item);
  g_assert_cmpstr (hit.run->label, ==, "B");
  /* The pixel between two cells and the one between two rows are not dead. */
  hit = semio_lane_layout_hit (fixture->tonic, &revealed_metrics, fixture->axis, fixture->items, 275.5, 8);
  g_assert_nonnull (hit.answer);
  hit = semio_lane_layout_hit (fixture->tonic, &revealed_metrics, fixture->axis, fixture->items, 300, 5 + 11 + 1);
  g_assert_nonnull (hit.answer);
  g_assert_cmpstr (hit.run->label, ==, "A");
}

/* A day of segments in 800 pixels: no more items than pixels, and a yes is not lost among them. */
static void
test_day_in_a_row (Fixture *fixture, gconstpointer data)
{
  gint64 duration_ns = 24 * 3600 * S;
  g_autoptr (SemioLaneSet) set = semio_lane_set_new (duration_ns, NULL, SEMIO_LANE_REFERENCE_NONE);
  guint group = semio_lane_set_add_group (set, "Limb and body");
  SemioLane *lane = semio_lane_set_add_lane (set, group, 0, "Tonic");
  SemioLaneRun *run = semio_lane_add_run (lane, 0, "A", SEMIO_ANSWER_YES);
  guint n = semio_segments_count (duration_ns), n_yes = 0;
  SemioLaneHit hit;
  double x;

  for (guint i = 0; i < n; i++)
    semio_lane_run_add_answer (run, (int) i, semio_segments_get_span (i, duration_ns),
                               i == 1234 ? SEMIO_ANSWER_YES : SEMIO_ANSWER_NO);
  semio_axis_set_duration (fixture->axis, duration_ns);
  semio_axis_set_width (fixture->axis, 800);
  semio_lane_layout_prepare (set, lane, &metrics, fixture->axis, fixture->items);
  g_assert_cmpuint (fixture->items->len, <=, 800);
  for (guint i = 0; i < fixture->items->len; i++)
    n_yes += g_array_index (fixture->items, SemioLaneItem, i).answer == SEMIO_ANSWER_YES;
  g_assert_cmpuint (n_yes, ==, 1);

  /* Zoomed in it is one cell that can be pointed at. */
  semio_axis_fit (fixture->axis, 1234 * 25 * S, 1234 * 25 * S + 30 * S);
  semio_lane_layout_prepare (set, lane, &metrics, fixture->axis, fixture->items);
  x = semio_axis_time_to_x (fixture->axis, 1234 * 25 * S + 15 * S);
  hit = semio_lane_layout_hit (lane, &metrics, fixture->axis, fixture->items, x, 8);
  g_assert_nonnull (hit.answer);
  g_assert_cmpint (hit.answer->segment, ==, 1234);
}

static void
test_merged_item_finds_its_answer (Fixture *fixture, gconstpointer data)
{
  guint n_merged = 0;

  semio_axis_set_width (fixture->axis, 3);
  prepare (fixture, &metrics);
  for (guint i = 0; i < fixture->items->len; i++)
    {
      const SemioLaneItem *item = &g_array_index (fixture->items, SemioLaneItem, i);

      n_merged += item->n > 1;
      g_assert_cmpuint (item->first + item->n, <=, 5);
    }
  g_assert_cmpuint (n_merged, >, 0);
}

static void
test_only_bands_in_sight (void)
{
  g_autoptr (GArray) bands = g_array_new (FALSE, FALSE, sizeof (SemioLaneBand));
  guint first, end;

  semio_lane_layout_cull_bands (bands, 0, 100, &first, &end);
  g_assert_cmpuint (first, ==, end);
  for (guint i = 0; i < 10; i++)
    {
      SemioLaneBand band = { SEMIO_LANE_BAND_LANE, i, (int) i * 20, 20 };

      g_array_append_val (bands, band);
    }
  semio_lane_layout_cull_bands (bands, 0, 200, &first, &end);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (end, ==, 10);
  /* A band that ends where the view begins, or begins where it ends, is not seen. */
  semio_lane_layout_cull_bands (bands, 40, 80, &first, &end);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (end, ==, 4);
  semio_lane_layout_cull_bands (bands, 41, 81, &first, &end);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (end, ==, 5);
  semio_lane_layout_cull_bands (bands, 200, 300, &first, &end);
  g_assert_cmpuint (first, ==, end);
}

/* Six runs and six persons: rows one under another, each found where it is painted, and in no other lane's place. */
static void
test_many_runs_and_persons (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) bands = g_array_new (FALSE, FALSE, sizeof (SemioLaneBand));
  const int row_px = 13;
  guint n_seen = 0;

  made_lanes_add_many (fixture->set, 6, 6);
  g_assert_cmpint (semio_lane_layout_get_lane_height (&revealed_metrics, 6, 6), ==, 10 + 6 * row_px + row_px + 6 * row_px - 2);
  g_assert_cmpint (semio_lane_layout_stack (fixture->set, &revealed_metrics, NULL, bands), ==,
                   3 * 20 + 20 * (10 + 7 * row_px - 2) + 10 * 6 * row_px);
  prepare (fixture, &revealed_metrics);
  for (guint i = 0; i < fixture->items->len; i++)
    {
      const SemioLaneItem *item = &g_array_index (fixture->items, SemioLaneItem, i);
      SemioLaneHit hit = semio_lane_layout_hit (fixture->tonic, &revealed_metrics, fixture->axis, fixture->items,
                                                item->x_px + item->width_px / 2, item->y_px + 1);

      g_assert_true (hit.item == item);
      if (item->kind != SEMIO_LANE_ITEM_JUDGEMENT)
        {
          g_assert_null (hit.person);
          continue;
        }
      n_seen++;
      g_assert_null (hit.run);
      g_assert_true (hit.person == g_ptr_array_index (fixture->tonic->persons, item->run));
      g_assert_true (hit.judgement == &g_array_index (hit.person->judgements, SemioLaneJudgement, item->first));
    }
  g_assert_cmpuint (n_seen, ==, 12);
  /* Of what is out of sight nothing is laid out. */
  semio_axis_fit (fixture->axis, 80 * S, 100 * S);
  prepare (fixture, &revealed_metrics);
  for (guint i = 0; i < fixture->items->len; i++)
    g_assert_cmpint (g_array_index (fixture->items, SemioLaneItem, i).kind, !=, SEMIO_LANE_ITEM_JUDGEMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/lane-layout/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("stack", test_stack);
  ADD ("collapsed", test_collapsed);
  ADD ("no-lane-is-without-height", test_no_lane_is_without_height);
  ADD ("cells-meet", test_cells_meet);
  ADD ("cull", test_cull);
  ADD ("cull-agrees-with-looking", test_cull_agrees_with_looking);
  ADD ("items", test_items);
  ADD ("hidden-reference-makes-no-item", test_hidden_reference_makes_no_item);
  ADD ("hit-what-is-painted", test_hit_what_is_painted);
  ADD ("hit-beside", test_hit_beside);
  ADD ("day-in-a-row", test_day_in_a_row);
  ADD ("merged-item-finds-its-answer", test_merged_item_finds_its_answer);
  ADD ("many-runs-and-persons", test_many_runs_and_persons);
#undef ADD
  g_test_add_func ("/lane-layout/only-bands-in-sight", test_only_bands_in_sight);
  return g_test_run ();
}

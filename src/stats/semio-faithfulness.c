/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-faithfulness.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "semio-seeds.h"
#include "semio-tests.h"

#define LEVEL 0.95

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* Sorts the values. */
static SemioFigure
get_median (GArray *values)
{
  guint middle = values->len / 2;

  if (values->len == 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  g_array_sort (values, compare_doubles);
  if (values->len % 2 == 1)
    return semio_figure_new (g_array_index (values, double, middle));
  return semio_figure_new ((g_array_index (values, double, middle - 1) + g_array_index (values, double, middle)) / 2);
}

SemioFaithfulness
semio_faithfulness_summarize (const GArray *points)
{
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GHashTable) raters = g_hash_table_new (g_int64_hash, g_int64_equal);
  SemioFaithfulness result = { 0 };
  double sum = 0;
  guint n_faithful = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (points, SemioFaithfulPoint, i);
      double score = point->score;

      result.n_cannot_judge += point->cannot_judge;
      for (guint m = 0; m < SEMIO_N_FAITHFUL_MARKS; m++)
        result.n_by_mark[m] += (point->marks & (1u << m)) != 0;
      if (point->cannot_judge || point->score < 1 || point->score > SEMIO_N_FAITHFUL_SCORES)
        continue;
      result.n_scored++;
      result.n_by_score[point->score - 1]++;
      n_faithful += point->score >= SEMIO_FAITHFUL_FROM;
      sum += score;
      g_array_append_val (scores, score);
      g_array_append_val (seconds, point->seconds);
      g_hash_table_add (raters, (gpointer) &point->person);
    }
  result.n_raters = g_hash_table_size (raters);
  result.median = get_median (scores);
  result.median_seconds = get_median (seconds);
  result.mean = semio_figure_share (sum, result.n_scored, SEMIO_FIGURE_NO_PAIRS);
  result.faithful = semio_figure_share (n_faithful, result.n_scored, SEMIO_FIGURE_NO_PAIRS);
  result.faithful_interval = semio_wilson_interval (n_faithful, result.n_scored, LEVEL);
  return result;
}

GArray *
semio_faithfulness_filter (const GArray *points, SemioFaithfulFilter filter, gconstpointer data)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (SemioFaithfulPoint));

  for (guint i = 0; i < points->len; i++)
    if (filter (&g_array_index (points, SemioFaithfulPoint, i), data))
      g_array_append_vals (kept, &g_array_index (points, SemioFaithfulPoint, i), 1);
  return kept;
}

/* An item is what several persons may have judged. */
typedef struct {
  gint64 recording, run;
  guint feature;
} Item;

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *one = a;
  const Item *other = b;

  if (one->feature != other->feature)
    return one->feature < other->feature ? -1 : 1;
  if (one->run != other->run)
    return one->run < other->run ? -1 : 1;
  return one->recording < other->recording ? -1 : one->recording > other->recording;
}

static Item
get_item (const SemioFaithfulPoint *point)
{
  return (Item){ point->recording, point->run, point->feature };
}

/* The items of an outcome, each once, in an order that does not depend on that of the points. */
static GArray *
list_items (const GArray *points, SemioOutcome outcome)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));
  guint n = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (points, SemioFaithfulPoint, i);
      Item item = get_item (point);

      if (point->outcome == outcome && !point->cannot_judge && point->score > 0)
        g_array_append_val (items, item);
    }
  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    if (n == 0 || compare_items (&g_array_index (items, Item, n - 1), &g_array_index (items, Item, i)) != 0)
      g_array_index (items, Item, n++) = g_array_index (items, Item, i);
  g_array_set_size (items, n);
  return items;
}

/* The part of sorted items that is of a feature. */
static guint
find_feature (const GArray *items, guint feature, guint *n)
{
  guint begin = 0;

  while (begin < items->len && g_array_index (items, Item, begin).feature < feature)
    begin++;
  *n = 0;
  while (begin + *n < items->len && g_array_index (items, Item, begin + *n).feature == feature)
    (*n)++;
  return begin;
}

/* items: sorted. */
static gboolean
has_item (const GArray *items, const Item *item)
{
  return g_array_binary_search ((GArray *) items, item, compare_items, NULL);
}

GArray *
semio_faithfulness_draw_published (const GArray *points, guint64 seed)
{
  g_autoptr (GArray) positives = list_items (points, SEMIO_OUTCOME_TRUE_POSITIVE);
  g_autoptr (GArray) negatives = list_items (points, SEMIO_OUTCOME_TRUE_NEGATIVE);
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (Item));
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (SemioFaithfulPoint));
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);

  g_array_append_vals (drawn, positives->data, positives->len);
  for (guint i = 0; i < positives->len;)
    {
      guint feature = g_array_index (positives, Item, i).feature;
      guint n_positives, n_negatives, n_wanted;
      guint begin = find_feature (negatives, feature, &n_negatives);
      g_autofree Item *chosen = NULL;

      find_feature (positives, feature, &n_positives);
      n_wanted = MIN (n_positives, n_negatives);
      chosen = g_new (Item, MAX (n_wanted, 1));
      gsl_rng_set (rng, semio_seed_for_block (seed, feature));
      if (n_wanted > 0)
        gsl_ran_choose (rng, chosen, n_wanted, &g_array_index (negatives, Item, begin), n_negatives, sizeof (Item));
      g_array_append_vals (drawn, chosen, n_wanted);
      i += n_positives;
    }
  gsl_rng_free (rng);
  g_array_sort (drawn, compare_items);
  for (guint i = 0; i < points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (points, SemioFaithfulPoint, i);
      Item item = get_item (point);

      if (has_item (drawn, &item))
        g_array_append_vals (kept, point, 1);
    }
  return kept;
}

gboolean
semio_faithful_is_of_feature (const SemioFaithfulPoint *point, gconstpointer feature)
{
  return point->feature == *(const guint *) feature;
}

gboolean
semio_faithful_is_of_run (const SemioFaithfulPoint *point, gconstpointer run)
{
  return point->run == *(const gint64 *) run;
}

gboolean
semio_faithful_is_of_person (const SemioFaithfulPoint *point, gconstpointer person)
{
  return point->person == *(const gint64 *) person;
}

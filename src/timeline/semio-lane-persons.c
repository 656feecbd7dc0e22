/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose judgements stand where: a score is of all that a run said of a feature, so it stands on the segments that speak for its
 * answer. Runs may be cut into different segments; a row is divided where any of them begins or ends. */
#include "semio-lane-persons.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-lane-layout.h"

/* One row while it is put together. */
typedef struct {
  SemioLane *lane;
  SemioReview *review;
  gint64 end_ns;
  guint n_runs;
  const SemioRating **ratings; /* by run; NULL where there is none */
} Row;

static int
find_run (SemioReview *review, gint64 run_id)
{
  for (guint i = 0; i < semio_review_get_n_runs (review); i++)
    if (semio_review_get_run (review, i)->id == run_id)
      return (int) i;
  return -1;
}

/* The stretches that a run's score stands on. */
static GArray *
collect_stretches (const Row *row, guint run)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (SemioSpan));
  const GArray *answers = ((SemioLaneRun *) g_ptr_array_index (row->lane->runs, run))->answers;
  int found = semio_review_find_item (row->review, row->lane->feature, run);
  const SemioItem *item = found >= 0 ? semio_review_get_item (row->review, (guint) found) : NULL;
  SemioSpan whole = { 0, row->end_ns };

  if (row->ratings[run] == NULL || item == NULL)
    return stretches;
  for (guint i = 0; i < MIN (item->n_segments, answers->len); i++)
    {
      SemioSpan span = semio_lane_layout_get_cell_span (answers, i);

      if (item->cited[i])
        g_array_append_val (stretches, span);
    }
  if (stretches->len == 0)
    g_array_append_val (stretches, whole);
  return stretches;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static gboolean
is_within (const GArray *stretches, SemioSpan span)
{
  for (guint i = 0; i < stretches->len; i++)
    {
      SemioSpan stretch = g_array_index (stretches, SemioSpan, i);

      if (stretch.begin_ns <= span.begin_ns && stretch.end_ns >= span.end_ns)
        return TRUE;
    }
  return FALSE;
}

static const char *
get_word (const SemioRating *rating)
{
  static const char *const digits[] = { "–", "1", "2", "3", "4", "5" };

  if (rating != NULL && rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    return "?";
  return digits[rating != NULL ? CLAMP (rating->score, 0, 5) : 0];
}

/* "4 (80 %)", "cannot judge: out of frame", "no score". */
static char *
describe (const SemioRating *rating, gboolean with_share)
{
  if (rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    return with_share ? g_strdup_printf (_ ("cannot judge: %s"), semio_cannot_judge_get_label (rating->cannot_judge))
                      : g_strdup (_ ("cannot judge"));
  if (rating->score <= 0)
    return g_strdup (_ ("no score"));
  return with_share ? g_strdup_printf ("%d (%d %%)", rating->score, semio_rating_score_to_percent (rating->score))
                    : g_strdup_printf ("%d", rating->score);
}

/* The runs that are covered (NULL: all), each with its judgement. */
static char *
describe_runs (const Row *row, const gboolean *covered, gboolean with_share)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint run = 0; run < row->n_runs; run++)
    {
      g_autofree char *said = NULL;

      if (row->ratings[run] == NULL || (covered != NULL && !covered[run]))
        continue;
      said = describe (row->ratings[run], with_share);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", semio_review_get_run_label (row->review, run), said);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_judgement (const Row *row, SemioLanePerson *person, SemioSpan span, const gboolean *covered)
{
  g_autoptr (GString) word = g_string_new (NULL);
  g_autofree char *text = describe_runs (row, covered, TRUE);

  for (guint run = 0; run < row->n_runs; run++)
    g_string_append_printf (word, "%s%s", run > 0 ? " · " : "", get_word (covered[run] ? row->ratings[run] : NULL));
  semio_lane_person_add_judgement (person, span, word->str, text);
}

/* From edge to edge; what is covered by the same runs is one. */
static void
add_judgements (const Row *row, SemioLanePerson *person, GPtrArray *stretches, const GArray *edges)
{
  gsize size = row->n_runs * sizeof (gboolean);
  g_autofree gboolean *covered = g_malloc0 (size), *before = g_malloc0 (size), *nothing = g_malloc0 (size);
  SemioSpan pending = { 0, 0 };

  for (guint i = 0; i + 1 < edges->len; i++)
    {
      SemioSpan span = { g_array_index (edges, gint64, i), g_array_index (edges, gint64, i + 1) };

      if (span.begin_ns == span.end_ns)
        continue;
      for (guint run = 0; run < row->n_runs; run++)
        covered[run] = is_within (g_ptr_array_index (stretches, run), span);
      if (memcmp (covered, before, size) == 0)
        {
          pending.end_ns = span.end_ns;
          continue;
        }
      if (memcmp (before, nothing, size) != 0)
        add_judgement (row, person, pending, before);
      memcpy (before, covered, size);
      pending = span;
    }
  if (memcmp (before, nothing, size) != 0)
    add_judgement (row, person, pending, before);
}

static void
add_row (const Row *row, const char *label)
{
  g_autoptr (GPtrArray) stretches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sentence = describe_runs (row, NULL, FALSE);

  for (guint run = 0; run < row->n_runs; run++)
    {
      GArray *of_run = collect_stretches (row, run);

      for (guint i = 0; i < of_run->len; i++)
        {
          SemioSpan span = g_array_index (of_run, SemioSpan, i);

          g_array_append_val (edges, span.begin_ns);
          g_array_append_val (edges, span.end_ns);
        }
      g_ptr_array_add (stretches, of_run);
    }
  g_array_sort (edges, compare_times);
  add_judgements (row, semio_lane_add_person (row->lane, label, sentence), stretches, edges);
}

/* TRUE when the person judged anything of the lane. */
static gboolean
take_ratings (Row *row, GPtrArray *others, gint64 person_id)
{
  gboolean any = FALSE;

  memset (row->ratings, 0, row->n_runs * sizeof *row->ratings);
  for (guint i = 0; i < others->len; i++)
    {
      const SemioRating *rating = g_ptr_array_index (others, i);
      int run = rating->key.feature == row->lane->feature && rating->person_id == person_id
                    ? find_run (row->review, rating->key.run_id)
                    : -1;

      if (run < 0)
        continue;
      /* Of several that stand the newest shows. */
      row->ratings[run] = rating;
      any = TRUE;
    }
  return any;
}

static gboolean
take_own_ratings (Row *row)
{
  gboolean any = FALSE;

  for (guint run = 0; run < row->n_runs; run++)
    {
      int item = semio_review_find_item (row->review, row->lane->feature, run);

      row->ratings[run] = item >= 0 ? semio_review_get_item (row->review, (guint) item)->rating : NULL;
      any |= row->ratings[run] != NULL;
    }
  return any;
}

/* Who judged the lane, each once. */
static GArray *
collect_persons (const SemioLane *lane, GPtrArray *others)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < others->len; i++)
    {
      const SemioRating *rating = g_ptr_array_index (others, i);
      guint at = 0;

      while (at < ids->len && g_array_index (ids, gint64, at) != rating->person_id)
        at++;
      if (rating->key.feature == lane->feature && at == ids->len)
        g_array_append_val (ids, rating->person_id);
    }
  g_array_sort (ids, compare_times);
  return ids;
}

/**
 * semio_lane_persons_add:
 * @lane: a lane of a review, its runs added
 * @review: the review
 * @others: (element-type SemioRating): what others judged, as far as it may be shown
 * @end_ns: where the recording ends for drawing
 */
void
semio_lane_persons_add (SemioLane *lane, SemioReview *review, GPtrArray *others, gint64 end_ns)
{
  guint n_runs = semio_review_get_n_runs (review);
  g_autofree const SemioRating **ratings = g_new0 (const SemioRating *, MAX (n_runs, 1));
  Row row = { lane, review, end_ns, n_runs, ratings };
  g_autoptr (GArray) ids = collect_persons (lane, others);

  if (ids->len == 0 || n_runs == 0)
    return;
  if (take_own_ratings (&row))
    add_row (&row, _ ("You"));
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (take_ratings (&row, others, id))
        add_row (&row, semio_review_get_person_name (review, id));
    }
}

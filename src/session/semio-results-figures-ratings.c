/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures and tables of what persons judged: faithfulness and agreement. */
#include <glib/gi18n-lib.h>

#include "semio-results-figures.h"

/* Equal scores lie within this much of their own. */
#define SCORE_SPREAD 0.22
#define FEW_RATERS 5

static gboolean
is_revealed (const SemioFaithfulPoint *point, gconstpointer wanted)
{
  return point->revealed == *(const gboolean *) wanted;
}

static gboolean
is_right (const SemioFaithfulPoint *point, gconstpointer wanted)
{
  gboolean right = point->outcome == SEMIO_OUTCOME_TRUE_POSITIVE || point->outcome == SEMIO_OUTCOME_TRUE_NEGATIVE;

  return point->outcome != SEMIO_OUTCOME_UNKNOWN && right == *(const gboolean *) wanted;
}

/* "for these raters": fewer than five tell of themselves, not of raters as such. */
static const char *
get_scope (guint n_raters)
{
  return n_raters < FEW_RATERS ? _ (" (for these raters)") : "";
}

SemioChart *
semio_results_make_faithfulness (const GArray *points, SemioFeatureSet *set, GArray *links)
{
  static const char *const parts[] = { "1", "2", "3", "4", "5", NULL };
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));
  SemioFaithfulness all = semio_faithfulness_summarize (points);
  g_autofree char *sentence = NULL;

  if (all.n_scored == 0)
    return NULL;
  for (guint feature = 0; feature < semio_feature_set_get_n_features (set); feature++)
    {
      g_autoptr (GArray) kept = semio_faithfulness_filter (points, semio_faithful_is_of_feature, &feature);
      SemioFaithfulness summary = semio_faithfulness_summarize (kept);

      if (summary.n_scored == 0)
        continue;
      g_ptr_array_add (labels, semio_feature_set_get (set, feature)->label);
      /* TRANSLATORS: the share of scores of 3 or more. */
      g_ptr_array_add (notes, g_strdup_printf (_ ("%d %% ≥ 3"), (int) (summary.faithful.value * 100 + 0.5)));
      for (int i = 0; i < SEMIO_N_FAITHFUL_SCORES; i++)
        {
          const SemioResultsLink link = { .of_ratings = TRUE, .feature = (int) feature, .cell = -1, .score = i + 1 };

          g_array_append_val (counts, summary.n_by_score[i]);
          g_array_append_val (links, link);
        }
    }
  g_ptr_array_add (labels, NULL);
  sentence = g_strdup_printf (
      ngettext ("Judgements by their score from 1, not at all faithful, to 5, wholly: %u judgement of %u raters%s.",
                "Judgements by their score from 1, not at all faithful, to 5, wholly: %u judgements of %u raters%s.",
                all.n_scored),
      all.n_scored, all.n_raters, get_scope (all.n_raters));
  return semio_chart_new_stack (_ ("Faithfulness of explanations"), sentence, (const char *const *) labels->pdata, parts,
                                (const guint *) (gpointer) counts->data, (const char *const *) notes->pdata);
}

SemioChart *
semio_results_make_scores (const GArray *points, SemioFeatureSet *set, GArray *links)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint feature = 0; feature < semio_feature_set_get_n_features (set); feature++)
    {
      guint n = 0;

      for (guint i = 0; i < points->len; i++)
        {
          const SemioFaithfulPoint *point = &g_array_index (points, SemioFaithfulPoint, i);
          const SemioResultsLink link = { TRUE,         point->run,       (int) feature,       -1,
                                          point->score, point->recording, { point->person, 0 } };
          double value = point->score;

          if (point->feature != feature || point->score == 0 || point->cannot_judge)
            continue;
          g_array_append_val (values, value);
          g_array_append_val (links, link);
          n++;
        }
      if (n == 0)
        continue;
      g_ptr_array_add (labels, semio_feature_set_get (set, feature)->label);
      g_array_append_val (counts, n);
    }
  if (labels->len == 0)
    return NULL;
  g_ptr_array_add (labels, NULL);
  return semio_chart_new_boxes (
      _ ("Every score"),
      _ ("Each point is one judgement, moved a little so that equal ones are seen. The box goes from the "
         "first to the third quartile, the line is the median; fewer than four have no box."),
      _ ("score"), (const char *const *) labels->pdata, (const double *) (gpointer) values->data,
      (const guint *) (gpointer) counts->data, SCORE_SPREAD, 1 - SCORE_SPREAD * 1.5, 5 + SCORE_SPREAD * 1.5);
}

static void
add_summary (SemioTextTable *table, const char *group, const char *name, const GArray *points)
{
  SemioFaithfulness summary = semio_faithfulness_summarize (points);
  SemioFigure low = semio_figure_new (summary.faithful_interval.low);
  SemioFigure high = semio_figure_new (summary.faithful_interval.high);

  if (summary.n_scored + summary.n_cannot_judge == 0)
    return;
  if (summary.faithful_interval.state != SEMIO_FIGURE_KNOWN)
    low = high = semio_figure_missing (summary.faithful_interval.state);
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, group);
  semio_text_table_add_text (table, name);
  semio_text_table_add_int (table, summary.n_scored);
  semio_text_table_add_int (table, summary.n_cannot_judge);
  semio_results_add_figure (table, summary.median, FALSE);
  semio_results_add_figure (table, summary.faithful, FALSE);
  semio_results_add_figure (table, low, FALSE);
  semio_results_add_figure (table, high, FALSE);
  semio_results_add_figure (table, summary.median_seconds, FALSE);
}

static void
add_filtered (SemioTextTable *table, const char *group, const char *name, const GArray *points, SemioFaithfulFilter filter,
              gconstpointer data)
{
  g_autoptr (GArray) kept = semio_faithfulness_filter (points, filter, data);

  add_summary (table, group, name, kept);
}

static gboolean
has_mark (const SemioFaithfulPoint *point, gconstpointer mark)
{
  return (point->marks & *(const guint *) mark) != 0;
}

/* Judgements with each mark of an error, those without a score too. */
static void
add_marks (SemioTextTable *table, const GArray *points)
{
  for (guint i = 0; i < SEMIO_N_FAITHFUL_MARKS; i++)
    {
      const guint mark = 1u << i;

      add_filtered (table, _ ("marked"), semio_mark_get_label ((SemioMarks) mark), points, has_mark, &mark);
    }
}

SemioTextTable *
semio_results_make_faithfulness_table (const SemioRatingsReport *ratings, SemioFeatureSet *set)
{
  static const gboolean yes = TRUE, no = FALSE;
  const char *const heads[] = { _ ("Of"),  _ ("Which"), _ ("Scored"), _ ("Cannot judge"), _ ("Median"),
                                _ ("≥ 3"), _ ("Low"),   _ ("High"),   _ ("Seconds") };
  SemioFaithfulness all = semio_faithfulness_summarize (ratings->points);
  g_autofree char *sentence = g_strdup_printf (
      _ ("Scores of explanations%s: median, share at 3 or more with Wilson’s interval at 95 %%, and the median time of one. What "
         "was judged with the reference or the run’s name in sight stands apart. Counted as published: of right answers all true "
         "positives and as many true negatives, drawn for each feature."),
      get_scope (all.n_raters));
  SemioTextTable *table = semio_text_table_new (_ ("Faithfulness in numbers"), sentence);
  g_autoptr (GArray) published = semio_faithfulness_draw_published (ratings->points, SEMIO_RESULTS_SEED);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_text_table_add_head (table, heads[i]);
  add_summary (table, _ ("all"), _ ("all"), ratings->points);
  add_filtered (table, _ ("all"), _ ("judged blind"), ratings->points, is_revealed, &no);
  add_filtered (table, _ ("all"), _ ("reference or run in sight"), ratings->points, is_revealed, &yes);
  /* Of right answers all true positives and as many true negatives. */
  add_summary (table, _ ("all"), _ ("counted as published"), published);
  add_filtered (table, _ ("answer"), _ ("right"), ratings->points, is_right, &yes);
  add_filtered (table, _ ("answer"), _ ("wrong"), ratings->points, is_right, &no);
  add_marks (table, ratings->points);
  for (guint i = 0; i < ratings->runs->len; i++)
    add_filtered (table, _ ("run"), ((SemioRun *) ratings->runs->pdata[i])->name, ratings->points, semio_faithful_is_of_run,
                  &((SemioRun *) ratings->runs->pdata[i])->id);
  for (guint i = 0; i < ratings->persons->len; i++)
    {
      g_autofree char *name = semio_results_name_person (ratings, i);

      add_filtered (table, _ ("rater"), name, ratings->points, semio_faithful_is_of_person,
                    &((SemioPerson *) ratings->persons->pdata[i])->id);
    }
  for (guint feature = 0; feature < semio_feature_set_get_n_features (set); feature++)
    add_filtered (table, _ ("feature"), semio_feature_set_get (set, feature)->label, ratings->points,
                  semio_faithful_is_of_feature, &feature);
  return table;
}

char *
semio_results_name_person (const SemioRatingsReport *ratings, guint person)
{
  const char *name = ((SemioPerson *) ratings->persons->pdata[person])->name;

  return name != NULL ? g_strdup (name) : g_strdup_printf (_ ("Rater %u"), person + 1);
}

static const char *
describe_no_interval (SemioFigure figure, const SemioInterval *interval)
{
  if (figure.state != SEMIO_FIGURE_KNOWN || interval == NULL)
    return "–";
  /* It comes while the page is looked at. */
  return interval->state == SEMIO_FIGURE_NOT_DRAWN ? "…" : semio_figure_state_describe (interval->state);
}

/* interval: (nullable): of a measure that has none. */
static void
add_agreement_row (SemioTextTable *table, const char *name, SemioFigure figure, const SemioInterval *interval, guint n)
{
  gboolean has_interval = figure.state == SEMIO_FIGURE_KNOWN && interval != NULL && interval->state == SEMIO_FIGURE_KNOWN;

  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, name);
  semio_results_add_figure (table, figure, FALSE);
  if (has_interval)
    {
      semio_text_table_add_number (table, interval->low, FALSE);
      semio_text_table_add_number (table, interval->high, FALSE);
    }
  else
    for (guint i = 0; i < 2; i++)
      semio_text_table_add_text (table, describe_no_interval (figure, interval));
  semio_text_table_add_int (table, n);
}

static void
add_alphas (SemioTextTable *table, const SemioRatingsReport *report, guint n)
{
  static const struct {
    SemioScale scale;
    const char *name, *jackknife;
  } scales[] = {
    { SEMIO_SCALE_ORDINAL, N_ ("Krippendorff’s α, ordinal"), N_ ("the same, jackknife") },
    { SEMIO_SCALE_INTERVAL, N_ ("Krippendorff’s α, interval"), N_ ("the same, jackknife") },
    { SEMIO_SCALE_NOMINAL, N_ ("Krippendorff’s α, nominal"), N_ ("the same, jackknife") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const SemioFigure alpha = semio_agreement_alpha (report->agreement, scales[i].scale);

      add_agreement_row (table, _ (scales[i].name), alpha, &report->intervals.bootstrap[scales[i].scale], n);
      add_agreement_row (table, _ (scales[i].jackknife), alpha, &report->intervals.jackknife[scales[i].scale], n);
    }
}

/* Who knows the reference or the run agrees for another reason. */
static void
add_hidden (SemioTextTable *table, const SemioRatingsReport *report)
{
  const guint n = semio_agreement_count (report->hidden).n_paired;

  add_agreement_row (table, _ ("Judged blind: Krippendorff’s α, ordinal"),
                     semio_agreement_alpha (report->hidden, SEMIO_SCALE_ORDINAL), &report->intervals.hidden, n);
  add_agreement_row (table, _ ("Judged blind: the same score"), semio_agreement_percent (report->hidden), NULL, n);
}

SemioTextTable *
semio_results_make_agreement (const SemioRatingsReport *report)
{
  const SemioAgreement *agreement = report->agreement;
  const char *const heads[] = { _ ("Measure"), _ ("Value"), _ ("Low"), _ ("High"), _ ("Explanations") };
  SemioAgreementCounts counts = semio_agreement_count (agreement);
  SemioAgreementCounts again = semio_agreement_count (report->again);
  g_autofree char *sentence = g_strdup_printf (
      _ ("%u explanations with a score, %u with two or more, %u with that of every rater; %u scores of %u raters, %u patients%s. "
         "Intervals at 95 %% from %u draws of patients, and from leaving out one patient after the other (jackknife)."),
      counts.n_units, counts.n_paired, counts.n_complete, counts.n_values, counts.n_raters, counts.n_clusters,
      get_scope (counts.n_raters), SEMIO_AGREEMENT_RESAMPLES);
  SemioTextTable *table = semio_text_table_new (_ ("Agreement of raters"), sentence);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_text_table_add_head (table, heads[i]);
  add_alphas (table, report, counts.n_paired);
  add_agreement_row (table, _ ("Gwet’s AC1"), semio_agreement_gwet (agreement, SEMIO_SCALE_NOMINAL), NULL, counts.n_paired);
  add_agreement_row (table, _ ("Gwet’s AC2, linear"), semio_agreement_gwet (agreement, SEMIO_SCALE_ORDINAL), NULL,
                     counts.n_paired);
  add_agreement_row (table, _ ("Gwet’s AC2, quadratic"), semio_agreement_gwet (agreement, SEMIO_SCALE_INTERVAL), NULL,
                     counts.n_paired);
  add_agreement_row (table, _ ("Fleiss’ κ"), semio_agreement_fleiss (agreement), NULL, counts.n_complete);
  add_agreement_row (table, _ ("ICC(2,1)"), semio_agreement_icc (agreement, FALSE), NULL, counts.n_complete);
  add_agreement_row (table, _ ("ICC(2,k)"), semio_agreement_icc (agreement, TRUE), NULL, counts.n_complete);
  add_agreement_row (table, _ ("The same score"), semio_agreement_percent (agreement), NULL, counts.n_paired);
  if (report->n_revealed > 0)
    add_hidden (table, report);
  add_agreement_row (table, _ ("A rater with himself: the same score"),
                     again.n_units > 0 ? semio_agreement_percent (report->again) : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS),
                     NULL, again.n_units);
  return table;
}

/* How often a person gave the same score again, where one was asked twice. */
static SemioFigure
get_own (const SemioRatingsReport *report, gint64 person)
{
  g_autoptr (SemioAgreement) own = semio_agreement_new (2, SEMIO_N_FAITHFUL_SCORES);
  gboolean any = FALSE;

  for (guint i = 0; i < report->repeats->len; i++)
    {
      const SemioRatingRepeat *repeat = &g_array_index (report->repeats, SemioRatingRepeat, i);

      if (repeat->person != person)
        continue;
      any = TRUE;
      semio_agreement_add_unit (own, repeat->scores, repeat->cluster);
    }
  if (!any)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  return semio_agreement_kappa (own, 0, 1, SEMIO_SCALE_INTERVAL);
}

SemioChart *
semio_results_make_agreement_matrix (const SemioRatingsReport *report, GArray *links)
{
  guint n = report->persons->len;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree SemioFigure *values = g_new0 (SemioFigure, MAX (n * n, 1));
  g_autofree char *sentence = g_strdup_printf (
      _ ("Weighted kappa of each pair of raters over what both scored, with quadratic weights; on the diagonal a rater with "
         "himself, where an explanation was scored twice%s."),
      get_scope (n));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, semio_results_name_person (report, i));
  g_ptr_array_add (names, NULL);
  for (guint i = 0; i < n * n; i++)
    {
      gint64 one = ((SemioPerson *) report->persons->pdata[i / n])->id;
      gint64 other = ((SemioPerson *) report->persons->pdata[i % n])->id;
      const SemioResultsLink link = { .of_ratings = TRUE, .feature = -1, .cell = -1, .persons = { one, other } };

      values[i] =
          one == other ? get_own (report, one) : semio_agreement_kappa (report->agreement, i / n, i % n, SEMIO_SCALE_INTERVAL);
      g_array_append_val (links, link);
    }
  return semio_chart_new_heat (_ ("Agreement in pairs"), sentence, _ ("kappa"), (const char *const *) names->pdata,
                               (const char *const *) names->pdata, values, 0, 1);
}

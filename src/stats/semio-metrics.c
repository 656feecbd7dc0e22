/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-metrics.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What a division by zero gives. */
typedef enum {
  ZERO_IS_UNDEFINED,
  ZERO_IS_ZERO,
} ZeroRule;

/* One class against all others. */
typedef struct {
  double precision;
  double recall;
  double f1;
  double specificity;
} ClassScores;

/* Pairs that are scored, by reference and prediction. */
typedef struct {
  guint n[SEMIO_N_ANSWERS][SEMIO_N_ANSWERS];
  guint total;
} Confusion;

static double
divide (guint part, guint whole, ZeroRule rule)
{
  if (whole == 0)
    return rule == ZERO_IS_ZERO ? 0 : NAN;
  return (double) part / (double) whole;
}

/* Whether a pair enters the numbers at all. A recording that the run has no answer for is left out under either policy:
 * it lowers the coverage. */
static gboolean
is_scored (const SemioMetricsPair *pair, SemioMetricsPolicy policy)
{
  gboolean answered = semio_answer_is_usable (pair->prediction);

  if (policy == SEMIO_METRICS_POLICY_PUBLISHED)
    return semio_answer_is_usable (pair->reference) && answered;
  return (pair->reference == SEMIO_ANSWER_YES || pair->reference == SEMIO_ANSWER_NO)
         && (answered || pair->prediction == SEMIO_ANSWER_FAIL);
}

static guint
sum_row (const Confusion *confusion, SemioAnswer reference)
{
  guint sum = 0;

  for (guint i = 0; i < SEMIO_N_ANSWERS; i++)
    sum += confusion->n[reference][i];
  return sum;
}

static guint
sum_column (const Confusion *confusion, SemioAnswer prediction)
{
  guint sum = 0;

  for (guint i = 0; i < SEMIO_N_ANSWERS; i++)
    sum += confusion->n[i][prediction];
  return sum;
}

/* One class against all others: a true negative is a pair in which neither side says the class. */
static ClassScores
score_class (const Confusion *confusion, SemioAnswer positive, ZeroRule rule)
{
  guint hits = confusion->n[positive][positive];
  guint said = sum_column (confusion, positive);
  guint true_ones = sum_row (confusion, positive);
  guint others = confusion->total - true_ones;
  ClassScores scores;

  scores.precision = divide (hits, said, rule);
  scores.recall = divide (hits, true_ones, rule);
  scores.f1 = divide (2 * hits, said + true_ones, rule);
  scores.specificity = divide (others - (said - hits), others, rule);
  return scores;
}

/* The mean over the classes that occur in either column, each weighing the same (macro average). */
static ClassScores
score_macro (const Confusion *confusion)
{
  ClassScores mean = { 0 };
  guint n = 0;

  for (guint i = 0; i < SEMIO_N_ANSWERS; i++)
    {
      ClassScores scores;

      if (sum_row (confusion, (SemioAnswer) i) + sum_column (confusion, (SemioAnswer) i) == 0)
        continue;
      scores = score_class (confusion, (SemioAnswer) i, ZERO_IS_ZERO);
      mean.precision += scores.precision;
      mean.recall += scores.recall;
      mean.f1 += scores.f1;
      mean.specificity += scores.specificity;
      n++;
    }
  if (n == 0)
    return mean;
  mean.precision /= n;
  mean.recall /= n;
  mean.f1 /= n;
  mean.specificity /= n;
  return mean;
}

/* The default policy: a no that was answered with na or a fail is no true negative. */
static ClassScores
score_default (const Confusion *confusion)
{
  ClassScores scores = score_class (confusion, SEMIO_ANSWER_YES, ZERO_IS_UNDEFINED);

  scores.specificity =
      divide (confusion->n[SEMIO_ANSWER_NO][SEMIO_ANSWER_NO], sum_row (confusion, SEMIO_ANSWER_NO), ZERO_IS_UNDEFINED);
  return scores;
}

/**
 * semio_metrics_compute:
 * @feature: what was asked
 * @policy: what is done with answers that are neither right nor wrong
 * @pairs: (array length=n): one per recording
 * @n: how many
 *
 * Published: pairs whose reference or prediction is missing, and failed predictions, are dropped; the positive class is
 * yes; a feature that takes na is a multi-class problem with macro averages over the classes in either column; a division
 * by zero is 0.
 *
 * Default: pairs whose reference is yes or no are scored. A fail or na there is wrong: it lowers the accuracy; where the
 * reference is yes it is a false negative; where it is no it lowers the specificity and enters no precision. References of
 * na, not assessable and missing, and missing predictions, are left out. A division by zero is undefined.
 *
 * F1 is 2 TP / (2 TP + FP + FN), which is the harmonic mean of precision and recall where both are defined.
 *
 * Returns: the metrics
 */
SemioMetrics
semio_metrics_compute (const SemioFeature *feature, SemioMetricsPolicy policy, const SemioMetricsPair *pairs, guint n)
{
  ZeroRule rule = policy == SEMIO_METRICS_POLICY_PUBLISHED ? ZERO_IS_ZERO : ZERO_IS_UNDEFINED;
  SemioMetrics metrics = { 0 };
  Confusion confusion = { 0 };
  ClassScores scores;
  guint right = 0;

  g_return_val_if_fail (feature != NULL && (pairs != NULL || n == 0), metrics);

  for (guint i = 0; i < n; i++)
    {
      metrics.positives += pairs[i].reference == SEMIO_ANSWER_YES;
      metrics.fails += pairs[i].prediction == SEMIO_ANSWER_FAIL;
      if (!is_scored (&pairs[i], policy))
        continue;
      confusion.n[pairs[i].reference][pairs[i].prediction]++;
      confusion.total++;
    }
  for (guint i = 0; i < SEMIO_N_ANSWERS; i++)
    right += confusion.n[i][i];

  if (policy == SEMIO_METRICS_POLICY_DEFAULT)
    scores = score_default (&confusion);
  else if (feature->takes_na)
    scores = score_macro (&confusion);
  else
    scores = score_class (&confusion, SEMIO_ANSWER_YES, rule);
  metrics.accuracy = divide (right, confusion.total, rule);
  metrics.precision = scores.precision;
  metrics.recall = scores.recall;
  metrics.f1 = scores.f1;
  metrics.specificity = scores.specificity;
  metrics.scored = confusion.total;
  metrics.left_out = n - confusion.total;
  metrics.coverage = divide (confusion.total, n, ZERO_IS_UNDEFINED);
  return metrics;
}

const char *
semio_metrics_policy_to_id (SemioMetricsPolicy policy)
{
  return policy == SEMIO_METRICS_POLICY_PUBLISHED ? "published" : "default";
}

gboolean
semio_metrics_policy_from_id (const char *id, SemioMetricsPolicy *policy)
{
  if (g_strcmp0 (id, "default") == 0)
    *policy = SEMIO_METRICS_POLICY_DEFAULT;
  else if (g_strcmp0 (id, "published") == 0)
    *policy = SEMIO_METRICS_POLICY_PUBLISHED;
  else
    return FALSE;
  return TRUE;
}

const char *
semio_metrics_policy_describe (SemioMetricsPolicy policy)
{
  if (policy == SEMIO_METRICS_POLICY_PUBLISHED)
    return _ ("Policy “published”: failed and missing answers are dropped; features that can be “n/a” are averaged over their "
              "classes; a division by zero counts as 0.");
  return _ ("Policy “default”: a failed answer is wrong; recordings whose reference is “n/a” or missing are left out and "
            "counted; undefined values stay empty.");
}

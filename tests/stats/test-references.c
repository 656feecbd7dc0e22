/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every statistic beside what independent implementations say of the same data: scikit-learn, SciPy, NLTK and statsmodels
 * (fixtures/python.json, by tests/reference/libraries.py) and R (fixtures/r.json, by tests/reference/statistics.R); Gwet's coefficients, which none
 * of them has, beside tests/reference/gwet.py (fixtures/gwet.json). */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "semio-agreement.h"
#include "semio-bca.h"
#include "semio-bootstrap.h"
#include "semio-curve.h"
#include "semio-json.h"
#include "semio-order.h"
#include "semio-patient-draws.h"
#include "semio-tests.h"
#include "semio-timing-scores.h"

#define EPSILON 1e-6
/* Ends of intervals from 20,000 draws of ours and of R's: the random numbers differ. The standard error of a 2.5 % quantile is
 * about 0.02 standard deviations of the statistic, which is below 0.08 here. */
#define BOOT_EPSILON 0.008
#define MAX_BYTES (4 * 1024 * 1024)
#define MAX_VALUES 1000

static JsonObject *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "stats", "fixtures", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  gboolean done = g_file_get_contents (path, &text, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  node = semio_json_parse (text, -1, MAX_BYTES, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

typedef void (*CaseFunc) (JsonObject *one);

static void
for_each (const char *file, const char *member, guint at_least, CaseFunc func)
{
  g_autoptr (JsonObject) object = load (file);
  JsonArray *cases = json_object_get_array_member (object, member);

  g_assert_cmpuint (json_array_get_length (cases), >=, at_least);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    func (json_array_get_object_element (cases, i));
}

static double
get (JsonObject *one, const char *member)
{
  JsonNode *node = json_object_get_member (one, member);

  g_assert_nonnull (node);
  return json_node_get_double (node);
}

static void
assert_figure (SemioFigure figure, JsonObject *one, const char *member)
{
  g_assert_cmpint (figure.state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpfloat_with_epsilon (figure.value, get (one, member), EPSILON);
}

static guint
get_numbers (JsonObject *one, const char *member, double *values)
{
  JsonArray *array = json_object_get_array_member (one, member);

  g_assert_cmpuint (json_array_get_length (array), <=, MAX_VALUES);
  for (guint i = 0; i < json_array_get_length (array); i++)
    values[i] = json_array_get_double_element (array, i);
  return json_array_get_length (array);
}

static void
assert_answers (JsonObject *one)
{
  double truth[MAX_VALUES], said[MAX_VALUES];
  guint n = get_numbers (one, "truth", truth);
  SemioCounts counts = { 0 };

  g_assert_cmpuint (get_numbers (one, "said", said), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const SemioMetricsPair pair = { truth[i] > 0 ? SEMIO_ANSWER_YES : SEMIO_ANSWER_NO,
                                      said[i] > 0 ? SEMIO_ANSWER_YES : SEMIO_ANSWER_NO };

      semio_counts_add (&counts, &pair);
    }
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    assert_figure (semio_counts_get_score (&counts, (SemioScore) s), one, semio_score_to_id ((SemioScore) s));
}

static void
test_answers (void)
{
  for_each ("python.json", "answers", 4, assert_answers);
}

static SemioAnswer
read_letter (char letter)
{
  return letter == 'y' ? SEMIO_ANSWER_YES : letter == 'n' ? SEMIO_ANSWER_NO : SEMIO_ANSWER_NA;
}

static void
assert_classes (JsonObject *one)
{
  const char *truth = json_object_get_string_member (one, "truth");
  const char *said = json_object_get_string_member (one, "said");
  const SemioFeature feature = { .takes_na = TRUE };
  SemioMetricsPair pairs[MAX_VALUES];
  guint n = (guint) strlen (truth);
  SemioMetrics metrics;

  for (guint i = 0; i < n; i++)
    pairs[i] = (SemioMetricsPair){ read_letter (truth[i]), read_letter (said[i]) };
  metrics = semio_metrics_compute (&feature, SEMIO_METRICS_POLICY_PUBLISHED, pairs, n);
  g_assert_cmpfloat_with_epsilon (metrics.accuracy, get (one, "accuracy"), EPSILON);
  g_assert_cmpfloat_with_epsilon (metrics.precision, get (one, "precision"), EPSILON);
  g_assert_cmpfloat_with_epsilon (metrics.recall, get (one, "recall"), EPSILON);
  g_assert_cmpfloat_with_epsilon (metrics.f1, get (one, "f1"), EPSILON);
}

static void
test_classes (void)
{
  for_each ("python.json", "classes", 3, assert_classes);
}

static void
assert_curves (JsonObject *one)
{
  double truth[MAX_VALUES], scores[MAX_VALUES], fpr[MAX_VALUES], tpr[MAX_VALUES];
  SemioScoredAnswer answers[MAX_VALUES];
  guint n = get_numbers (one, "truth", truth);
  guint n_points = get_numbers (one, "fpr", fpr);
  SemioCurve roc, precision_recall;

  get_numbers (one, "scores", scores);
  get_numbers (one, "tpr", tpr);
  for (guint i = 0; i < n; i++)
    answers[i] = (SemioScoredAnswer){ scores[i], truth[i] > 0 };
  roc = semio_curve_new_roc (answers, n);
  precision_recall = semio_curve_new_precision_recall (answers, n);
  assert_figure (roc.area, one, "auc");
  assert_figure (precision_recall.area, one, "ap");
  g_assert_cmpuint (roc.points->len, ==, n_points);
  for (guint i = 0; i < n_points; i++)
    {
      g_assert_cmpfloat_with_epsilon (g_array_index (roc.points, SemioCurvePoint, i).x, fpr[i], EPSILON);
      g_assert_cmpfloat_with_epsilon (g_array_index (roc.points, SemioCurvePoint, i).y, tpr[i], EPSILON);
    }
  semio_curve_clear (&roc);
  semio_curve_clear (&precision_recall);
}

static void
test_curves (void)
{
  for_each ("python.json", "curves", 3, assert_curves);
}

static void
assert_tau (JsonObject *one)
{
  double a[MAX_VALUES], b[MAX_VALUES];
  guint n = get_numbers (one, "one", a);

  get_numbers (one, "other", b);
  assert_figure (semio_kendall_tau_b (a, b, n), one, "tau");
}

static void
test_tau (void)
{
  for_each ("python.json", "taus", 3, assert_tau);
  for_each ("r.json", "tau", 2, assert_tau);
}

static void
assert_proportion (JsonObject *one)
{
  SemioInterval interval = semio_wilson_interval ((guint) get (one, "k"), (guint) get (one, "n"), 0.95);

  g_assert_cmpfloat_with_epsilon (interval.low, get (one, "low"), EPSILON);
  g_assert_cmpfloat_with_epsilon (interval.high, get (one, "high"), EPSILON);
}

static void
test_wilson (void)
{
  for_each ("python.json", "proportions", 6, assert_proportion);
}

static void
assert_discordant (JsonObject *one)
{
  g_assert_cmpfloat_with_epsilon (semio_mcnemar_exact ((guint) get (one, "b"), (guint) get (one, "c")), get (one, "p"), EPSILON);
}

static void
test_mcnemar (void)
{
  for_each ("python.json", "discordant", 6, assert_discordant);
  for_each ("r.json", "mcnemar", 4, assert_discordant);
}

static void
assert_holm (JsonObject *one)
{
  double p[MAX_VALUES], adjusted[MAX_VALUES];
  guint n = get_numbers (one, "p", p);

  get_numbers (one, "adjusted", adjusted);
  semio_holm_adjust (p, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (p[i], adjusted[i], EPSILON);
}

static void
test_holm (void)
{
  for_each ("r.json", "holm", 3, assert_holm);
}

static SemioAgreement *
read_ratings (JsonObject *one)
{
  JsonArray *rows = json_object_get_array_member (one, "rows");
  guint n_raters = json_array_get_length (json_array_get_array_element (rows, 0));
  SemioAgreement *agreement = semio_agreement_new (n_raters, 5);

  for (guint u = 0; u < json_array_get_length (rows); u++)
    {
      JsonArray *row = json_array_get_array_element (rows, u);
      guint8 values[16] = { 0 };

      for (guint i = 0; i < n_raters; i++)
        values[i] = (guint8) json_array_get_int_element (row, i);
      semio_agreement_add_unit (agreement, values, u);
    }
  return agreement;
}

static void
assert_agreement (JsonObject *one)
{
  g_autoptr (SemioAgreement) agreement = read_ratings (one);

  assert_figure (semio_agreement_alpha (agreement, SEMIO_SCALE_NOMINAL), one, "alpha_nominal");
  assert_figure (semio_agreement_alpha (agreement, SEMIO_SCALE_ORDINAL), one, "alpha_ordinal");
  assert_figure (semio_agreement_alpha (agreement, SEMIO_SCALE_INTERVAL), one, "alpha_interval");
  if (!json_object_has_member (one, "fleiss"))
    return;
  assert_figure (semio_agreement_fleiss (agreement), one, "fleiss");
  assert_figure (semio_agreement_kappa (agreement, 0, 1, SEMIO_SCALE_NOMINAL), one, "kappa");
  assert_figure (semio_agreement_kappa (agreement, 0, 1, SEMIO_SCALE_ORDINAL), one, "kappa_linear");
  assert_figure (semio_agreement_kappa (agreement, 0, 1, SEMIO_SCALE_INTERVAL), one, "kappa_quadratic");
}

static void
test_agreement (void)
{
  for_each ("python.json", "agreement", 3, assert_agreement);
}

static void
assert_gwet (JsonObject *one)
{
  g_autoptr (SemioAgreement) agreement = read_ratings (one);

  assert_figure (semio_agreement_gwet (agreement, SEMIO_SCALE_NOMINAL), one, "ac1");
  assert_figure (semio_agreement_gwet (agreement, SEMIO_SCALE_ORDINAL), one, "ac2_linear");
  assert_figure (semio_agreement_gwet (agreement, SEMIO_SCALE_INTERVAL), one, "ac2_quadratic");
}

static void
test_gwet (void)
{
  for_each ("gwet.json", "gwet", 4, assert_gwet);
}

static void
assert_icc (JsonObject *one)
{
  g_autoptr (SemioAgreement) agreement = read_ratings (one);

  assert_figure (semio_agreement_icc (agreement, FALSE), one, "icc21");
  assert_figure (semio_agreement_icc (agreement, TRUE), one, "icc2k");
}

static void
test_icc (void)
{
  for_each ("r.json", "icc", 2, assert_icc);
}

static void
add_counts (SemioBootstrap *bootstrap, guint cell, JsonArray *rows)
{
  for (guint c = 0; c < json_array_get_length (rows); c++)
    {
      JsonArray *row = json_array_get_array_element (rows, c);
      const SemioCounts counts = { .tp = (guint) json_array_get_int_element (row, 0),
                                   .fp = (guint) json_array_get_int_element (row, 1),
                                   .fn = (guint) json_array_get_int_element (row, 2),
                                   .tn = (guint) json_array_get_int_element (row, 3) };

      semio_bootstrap_add (bootstrap, c, cell, &counts);
    }
}

static void
assert_boot (JsonObject *one)
{
  JsonArray *rows = json_object_get_array_member (one, "one");
  g_autoptr (SemioBootstrap) bootstrap = semio_bootstrap_new (json_array_get_length (rows), 2);
  const SemioCellScore score = { SEMIO_SCORE_F1, 0 };
  const SemioCellContrast contrast = { SEMIO_SCORE_F1, 1, 0 };
  SemioBootstrapTask tasks[] = { { .statistic = semio_bootstrap_cell_score, .data = &score },
                                 { .statistic = semio_bootstrap_cell_difference, .data = &contrast } };
  gboolean done;

  add_counts (bootstrap, 0, rows);
  add_counts (bootstrap, 1, json_object_get_array_member (one, "other"));
  done = semio_bootstrap_draw (bootstrap, 20000, 1, 2, NULL, NULL, NULL, NULL)
         && semio_bootstrap_run (bootstrap, tasks, G_N_ELEMENTS (tasks), 0.95, 2, NULL, NULL, NULL, NULL);
  g_assert_true (done);
  assert_figure (tasks[0].estimate, one, "f1");
  assert_figure (tasks[1].estimate, one, "difference");
  g_assert_cmpfloat_with_epsilon (tasks[0].interval.low, get (one, "low"), BOOT_EPSILON);
  g_assert_cmpfloat_with_epsilon (tasks[0].interval.high, get (one, "high"), BOOT_EPSILON);
  g_assert_cmpfloat_with_epsilon (tasks[1].interval.low, get (one, "difference_low"), BOOT_EPSILON);
  g_assert_cmpfloat_with_epsilon (tasks[1].interval.high, get (one, "difference_high"), BOOT_EPSILON);
}

static void
test_boot (void)
{
  for_each ("r.json", "boot", 3, assert_boot);
}

/* Values and answers of a case, sorted as the statistics want them. Gives the number of patients. */
static guint
read_drawn (JsonObject *one, GArray *values, GArray *answers)
{
  double who[MAX_VALUES], truth[MAX_VALUES], scores[MAX_VALUES];
  const guint n = get_numbers (one, "patients", who);
  guint n_patients = 0;

  g_assert_cmpuint (get_numbers (one, "truth", truth), ==, n);
  g_assert_cmpuint (get_numbers (one, "scores", scores), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const SemioDrawnValue value = { scores[i], (guint) who[i] };
      const SemioDrawnAnswer answer = { scores[i], truth[i] > 0, (guint) who[i] };

      g_array_append_val (values, value);
      g_array_append_val (answers, answer);
      n_patients = MAX (n_patients, (guint) who[i] + 1);
    }
  semio_drawn_values_sort (values);
  semio_drawn_answers_sort (answers);
  return n_patients;
}

static void
assert_draws (JsonObject *one)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (SemioDrawnValue));
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (SemioDrawnAnswer));
  double numbers[MAX_VALUES];
  guint times[MAX_VALUES];
  const guint n = get_numbers (one, "times", numbers);

  g_assert_cmpuint (read_drawn (one, values, answers), <=, n);
  for (guint i = 0; i < n; i++)
    times[i] = (guint) numbers[i];
  assert_figure (semio_drawn_mean (times, values), one, "mean");
  assert_figure (semio_drawn_median (times, values), one, "median");
  assert_figure (semio_drawn_roc_area (times, answers), one, "auc");
  assert_figure (semio_drawn_average_precision (times, answers), one, "ap");
}

static void
test_draws (void)
{
  for_each ("python.json", "draws", 12, assert_draws);
}

static GArray *
read_array (JsonObject *one, const char *member)
{
  double numbers[MAX_VALUES];
  const guint n = get_numbers (one, member, numbers);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (double));

  return g_array_append_vals (array, numbers, n);
}

static void
assert_corrected (JsonObject *one)
{
  g_autoptr (GArray) drawn = read_array (one, "drawn");
  g_autoptr (GArray) left_out = read_array (one, "left_out");
  const SemioInterval interval = semio_bca_interval (get (one, "estimate"), drawn, left_out, 0.95);

  g_assert_cmpint (interval.state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpfloat_with_epsilon (interval.low, get (one, "low"), EPSILON);
  g_assert_cmpfloat_with_epsilon (interval.high, get (one, "high"), EPSILON);
}

static void
test_corrected (void)
{
  for_each ("python.json", "corrected", 3, assert_corrected);
}

/* Estimate to 1e-6; ends by other random numbers, in units of the interval's width. */
static void
assert_drawn_task (const SemioDrawnTask *task, JsonObject *one, const char *member, double share)
{
  double expected[3];
  const guint n = get_numbers (one, member, expected);

  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (task->interval.state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpfloat_with_epsilon (task->estimate.value, expected[0], EPSILON);
  g_assert_cmpfloat_with_epsilon (task->interval.low, expected[1], share * (expected[2] - expected[1]));
  g_assert_cmpfloat_with_epsilon (task->interval.high, expected[2], share * (expected[2] - expected[1]));
}

static void
assert_clustered (JsonObject *one)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (SemioDrawnValue));
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (SemioDrawnAnswer));
  const guint n_patients = read_drawn (one, values, answers);
  SemioDrawnTask tasks[] = { { .statistic = semio_drawn_roc_area, .data = answers },
                             { .statistic = semio_drawn_mean, .data = values },
                             { .statistic = semio_drawn_median, .data = values } };
  const gboolean done = semio_patient_draws_run (tasks, G_N_ELEMENTS (tasks), n_patients, 20000, 1, 0.95, 2, NULL, NULL, NULL);

  g_assert_true (done);
  assert_drawn_task (&tasks[0], one, "area", 0.02);
  assert_drawn_task (&tasks[1], one, "mean", 0.02);
  /* Medians jump from value to value. */
  assert_drawn_task (&tasks[2], one, "median", 0.06);
}

static void
test_clustered (void)
{
  for_each ("r.json", "clustered", 2, assert_clustered);
}

static GArray *
read_sequence (JsonObject *one, const char *member)
{
  double numbers[MAX_VALUES];
  const guint n = get_numbers (one, member, numbers);
  GArray *sequence = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    {
      const guint feature = (guint) numbers[i];

      g_array_append_val (sequence, feature);
    }
  return sequence;
}

static void
assert_order (JsonObject *one)
{
  g_autoptr (GArray) reference = read_sequence (one, "reference");
  g_autoptr (GArray) predicted = read_sequence (one, "predicted");

  assert_figure (semio_order_compare (reference, predicted).edit, one, "edit");
}

static void
test_orders (void)
{
  for_each ("python.json", "orders", 3, assert_order);
}

static void
assert_errors (JsonObject *one)
{
  double truth[MAX_VALUES], said[MAX_VALUES];
  SemioOnsetPair pairs[MAX_VALUES];
  const guint n = get_numbers (one, "truth", truth);
  SemioOnsetError error;

  get_numbers (one, "said", said);
  for (guint i = 0; i < n; i++)
    pairs[i] = (SemioOnsetPair){ truth[i], said[i] };
  error = semio_onset_error_compute (pairs, n);
  assert_figure (error.mean_s, one, "mean");
  assert_figure (error.median_s, one, "median");
  assert_figure (error.constant_mean_s, one, "constant_mean");
  assert_figure (error.constant_median_s, one, "constant_median");
}

static void
test_errors (void)
{
  for_each ("python.json", "errors", 3, assert_errors);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/references/answers", test_answers);
  g_test_add_func ("/stats/references/classes", test_classes);
  g_test_add_func ("/stats/references/curves", test_curves);
  g_test_add_func ("/stats/references/tau", test_tau);
  g_test_add_func ("/stats/references/wilson", test_wilson);
  g_test_add_func ("/stats/references/mcnemar", test_mcnemar);
  g_test_add_func ("/stats/references/holm", test_holm);
  g_test_add_func ("/stats/references/agreement", test_agreement);
  g_test_add_func ("/stats/references/gwet", test_gwet);
  g_test_add_func ("/stats/references/icc", test_icc);
  g_test_add_func ("/stats/references/boot", test_boot);
  g_test_add_func ("/stats/references/draws", test_draws);
  g_test_add_func ("/stats/references/corrected", test_corrected);
  g_test_add_func ("/stats/references/clustered", test_clustered);
  g_test_add_func ("/stats/references/orders", test_orders);
  g_test_add_func ("/stats/references/errors", test_errors);
  return g_test_run ();
}

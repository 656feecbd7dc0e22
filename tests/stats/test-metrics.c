/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "semio-json.h"
#include "semio-metrics.h"

#define EPSILON 1e-12
#define MAX_PAIRS 64
#define MAX_REFERENCE_BYTES (4 * 1024 * 1024)

/* Pairs as text: reference, prediction, blank; y n a o f - for yes, no, na, not assessable, fail, missing. */
static SemioMetrics
compute (gboolean takes_na, SemioMetricsPolicy policy, const char *text)
{
  static const char letters[] = {
    [SEMIO_ANSWER_MISSING] = '-',        [SEMIO_ANSWER_YES] = 'y', [SEMIO_ANSWER_NO] = 'n', [SEMIO_ANSWER_NA] = 'a',
    [SEMIO_ANSWER_NOT_ASSESSABLE] = 'o', [SEMIO_ANSWER_FAIL] = 'f'
  };
  SemioFeature feature = { .takes_na = takes_na };
  SemioMetricsPair pairs[MAX_PAIRS];
  guint n = 0;

  for (const char *p = text; *p != '\0'; p += p[2] == ' ' ? 3 : 2)
    {
      g_assert_cmpuint (n, <, MAX_PAIRS);
      pairs[n].reference = (SemioAnswer) ((const char *) memchr (letters, p[0], sizeof letters) - letters);
      pairs[n].prediction = (SemioAnswer) ((const char *) memchr (letters, p[1], sizeof letters) - letters);
      n++;
    }
  return semio_metrics_compute (&feature, policy, pairs, n);
}

static void
assert_value (double value, double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (value));
  else
    g_assert_cmpfloat_with_epsilon (value, expected, EPSILON);
}

static void
assert_shares (SemioMetrics metrics, double accuracy, double precision, double recall, double f1, double specificity)
{
  assert_value (metrics.accuracy, accuracy);
  assert_value (metrics.precision, precision);
  assert_value (metrics.recall, recall);
  assert_value (metrics.f1, f1);
  assert_value (metrics.specificity, specificity);
}

static void
assert_counts (SemioMetrics metrics, guint positives, guint scored, guint left_out, guint fails)
{
  g_assert_cmpuint (metrics.positives, ==, positives);
  g_assert_cmpuint (metrics.scored, ==, scored);
  g_assert_cmpuint (metrics.left_out, ==, left_out);
  g_assert_cmpuint (metrics.fails, ==, fails);
  assert_value (metrics.coverage, scored + left_out > 0 ? (double) scored / (scored + left_out) : NAN);
}

/* Without anything odd both policies say the same. TP 3, FN 1, FP 2, TN 4. */
static void
test_plain (void)
{
  static const char pairs[] = "yy yy yy yn ny ny nn nn nn nn";

  for (int policy = 0; policy < 2; policy++)
    {
      SemioMetrics metrics = compute (FALSE, (SemioMetricsPolicy) policy, pairs);

      assert_shares (metrics, 7.0 / 10, 3.0 / 5, 3.0 / 4, 2.0 / 3, 4.0 / 6);
      assert_counts (metrics, 4, 10, 0, 0);
    }
}

/* A fail is dropped when published and wrong by default: a false negative at a yes, a lost negative at a no. */
static void
test_fail (void)
{
  static const char pairs[] = "yy yy yn ny nn nn nn yf nf nf -f";
  SemioMetrics published = compute (FALSE, SEMIO_METRICS_POLICY_PUBLISHED, pairs);
  SemioMetrics ours = compute (FALSE, SEMIO_METRICS_POLICY_DEFAULT, pairs);

  assert_shares (published, 5.0 / 7, 2.0 / 3, 2.0 / 3, 2.0 / 3, 3.0 / 4);
  assert_counts (published, 4, 7, 4, 4);
  assert_shares (ours, 5.0 / 10, 2.0 / 3, 2.0 / 4, 4.0 / 7, 3.0 / 6);
  assert_counts (ours, 4, 10, 1, 4);
}

/* An na where the reference is yes or no is wrong; a reference of na or missing is left out and counted. */
static void
test_na (void)
{
  static const char pairs[] = "yy ya na nn ay aa an -y -- oy y-";
  SemioMetrics ours = compute (TRUE, SEMIO_METRICS_POLICY_DEFAULT, pairs);

  assert_shares (ours, 2.0 / 4, 1.0, 1.0 / 2, 2.0 / 3, 1.0 / 2);
  assert_counts (ours, 3, 4, 7, 0);
}

/* The published way with na: classes yes, no, na, each against the rest, then the plain mean.
 * yes: TP 1, said 2, true 2; no: TP 1, said 2, true 2; na: TP 1, said 3, true 3. */
static void
test_macro (void)
{
  static const char pairs[] = "yy ya na nn ay aa an -y yf oy y-";
  SemioMetrics published = compute (TRUE, SEMIO_METRICS_POLICY_PUBLISHED, pairs);

  assert_shares (published, 3.0 / 7, (0.5 + 0.5 + 1.0 / 3) / 3, (0.5 + 0.5 + 1.0 / 3) / 3, (0.5 + 0.5 + 1.0 / 3) / 3,
                 (4.0 / 5 + 4.0 / 5 + 2.0 / 4) / 3);
  assert_counts (published, 4, 7, 4, 1);
}

/* A class that only the predictions name counts in the mean, with a recall of 0; one that nobody names does not. */
static void
test_macro_classes (void)
{
  SemioMetrics two = compute (TRUE, SEMIO_METRICS_POLICY_PUBLISHED, "yy yy nn nn");
  SemioMetrics three = compute (TRUE, SEMIO_METRICS_POLICY_PUBLISHED, "yy yy nn na");

  assert_shares (two, 1, 1, 1, 1, 1);
  assert_value (three.accuracy, 3.0 / 4);
  assert_value (three.precision, 2.0 / 3);
  assert_value (three.recall, (1 + 0.5 + 0) / 3);
  assert_value (three.f1, (1 + 2.0 / 3 + 0) / 3);
}

/* The same feature without na as one of its answers is not averaged. */
static void
test_binary_is_not_macro (void)
{
  SemioMetrics binary = compute (FALSE, SEMIO_METRICS_POLICY_PUBLISHED, "yy nn nn nn yn");
  SemioMetrics macro = compute (TRUE, SEMIO_METRICS_POLICY_PUBLISHED, "yy nn nn nn yn");

  assert_value (binary.recall, 0.5);
  assert_value (macro.recall, 0.75);
}

static void
test_division_by_zero (void)
{
  static const char no_positive[] = "nn nn";
  static const char only_missed[] = "yn yn";
  static const char nothing[] = "-y -n";

  assert_shares (compute (FALSE, SEMIO_METRICS_POLICY_PUBLISHED, no_positive), 1, 0, 0, 0, 1);
  assert_shares (compute (FALSE, SEMIO_METRICS_POLICY_DEFAULT, no_positive), 1, NAN, NAN, NAN, 1);
  assert_shares (compute (FALSE, SEMIO_METRICS_POLICY_PUBLISHED, only_missed), 0, 0, 0, 0, 0);
  /* Two seizures missed are an F1 of 0, which is known, though no precision is. */
  assert_shares (compute (FALSE, SEMIO_METRICS_POLICY_DEFAULT, only_missed), 0, NAN, 0, 0, NAN);
  assert_shares (compute (FALSE, SEMIO_METRICS_POLICY_PUBLISHED, nothing), 0, 0, 0, 0, 0);
  assert_shares (compute (TRUE, SEMIO_METRICS_POLICY_PUBLISHED, nothing), 0, 0, 0, 0, 0);
  assert_shares (compute (FALSE, SEMIO_METRICS_POLICY_DEFAULT, nothing), NAN, NAN, NAN, NAN, NAN);
  assert_counts (compute (FALSE, SEMIO_METRICS_POLICY_DEFAULT, nothing), 0, 0, 2, 0);
  assert_shares (compute (FALSE, SEMIO_METRICS_POLICY_DEFAULT, ""), NAN, NAN, NAN, NAN, NAN);
  assert_counts (compute (FALSE, SEMIO_METRICS_POLICY_DEFAULT, ""), 0, 0, 0, 0);
}

static void
test_policies (void)
{
  SemioMetricsPolicy policy;

  for (int i = 0; i < 2; i++)
    {
      g_assert_true (semio_metrics_policy_from_id (semio_metrics_policy_to_id ((SemioMetricsPolicy) i), &policy));
      g_assert_cmpint (policy, ==, i);
      g_assert_nonnull (strstr (semio_metrics_policy_describe (policy), semio_metrics_policy_to_id (policy)));
    }
  g_assert_false (semio_metrics_policy_from_id ("strict", &policy));
}

static double
get_number (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  g_assert_nonnull (node);
  return JSON_NODE_HOLDS_NULL (node) ? NAN : json_node_get_double (node);
}

static void
assert_case (JsonObject *object)
{
  const char *pairs = json_object_get_string_member (object, "pairs");
  gboolean takes_na = json_object_get_boolean_member (object, "takes_na");
  static const char *const members[] = { "default", "published" };

  for (int i = 0; i < 2; i++)
    {
      JsonObject *expected = json_object_get_object_member (object, members[i]);
      SemioMetrics metrics = compute (takes_na, (SemioMetricsPolicy) i, pairs);

      assert_shares (metrics, get_number (expected, "accuracy"), get_number (expected, "precision"),
                     get_number (expected, "recall"), get_number (expected, "f1"), get_number (expected, "specificity"));
      assert_counts (metrics, (guint) json_object_get_int_member (expected, "positives"),
                     (guint) json_object_get_int_member (expected, "scored"),
                     (guint) json_object_get_int_member (expected, "left_out"),
                     (guint) json_object_get_int_member (expected, "fails"));
    }
}

/* What tests/reference/metrics.py, written from the rules alone, says of random tables. */
static void
test_reference (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reference", "metrics.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *cases;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = semio_json_parse (text, -1, MAX_REFERENCE_BYTES, &error);
  g_assert_no_error (error);
  cases = json_node_get_array (node);
  g_assert_cmpuint (json_array_get_length (cases), >=, 300);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    assert_case (json_array_get_object_element (cases, i));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/metrics/plain", test_plain);
  g_test_add_func ("/stats/metrics/fail", test_fail);
  g_test_add_func ("/stats/metrics/na", test_na);
  g_test_add_func ("/stats/metrics/macro", test_macro);
  g_test_add_func ("/stats/metrics/macro-classes", test_macro_classes);
  g_test_add_func ("/stats/metrics/binary-is-not-macro", test_binary_is_not_macro);
  g_test_add_func ("/stats/metrics/division-by-zero", test_division_by_zero);
  g_test_add_func ("/stats/metrics/policies", test_policies);
  g_test_add_func ("/stats/metrics/reference", test_reference);
  return g_test_run ();
}

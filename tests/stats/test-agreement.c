/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agreement of raters by published worked examples, and what must hold for any. */
#include <math.h>

#include "semio-agreement.h"

#define EPSILON 1e-9

/* The four raters and twelve units of K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section C: alpha is
 * 0.743 nominal, 0.815 ordinal, 0.849 interval. */
static SemioAgreement *
make_krippendorff (const guint *order)
{
  static const guint8 said[4][12] = {
    { 1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0 },
    { 1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3 },
    { 0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0 },
    { 1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0 },
  };
  SemioAgreement *agreement = semio_agreement_new (4, 5);

  for (guint u = 0; u < 12; u++)
    {
      guint8 values[4];

      for (guint i = 0; i < 4; i++)
        values[i] = said[order ? order[i] : i][u];
      semio_agreement_add_unit (agreement, values, u);
    }
  return agreement;
}

static void
test_alpha (void)
{
  static const guint other_order[] = { 2, 0, 3, 1 };
  g_autoptr (SemioAgreement) agreement = make_krippendorff (NULL);
  g_autoptr (SemioAgreement) shuffled = make_krippendorff (other_order);

  g_assert_cmpfloat_with_epsilon (semio_agreement_alpha (agreement, SEMIO_SCALE_NOMINAL).value, 0.743421052631579, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_agreement_alpha (agreement, SEMIO_SCALE_ORDINAL).value, 0.815, 0.0005);
  g_assert_cmpfloat_with_epsilon (semio_agreement_alpha (agreement, SEMIO_SCALE_INTERVAL).value, 0.849, 0.0005);
  g_assert_cmpfloat_with_epsilon (semio_agreement_alpha (shuffled, SEMIO_SCALE_ORDINAL).value,
                                  semio_agreement_alpha (agreement, SEMIO_SCALE_ORDINAL).value, EPSILON);
  g_assert_cmpuint (semio_agreement_count (agreement).n_paired, ==, 11);
  g_assert_cmpuint (semio_agreement_count (agreement).n_values, ==, 41);
}

/* Six subjects and four judges of P. E. Shrout and J. L. Fleiss, 1979, table 2: ICC(2,1) 0.29, ICC(2,4) 0.62. */
static void
test_icc (void)
{
  static const guint8 judged[6][4] = { { 9, 2, 5, 8 }, { 6, 1, 3, 2 },  { 8, 4, 6, 8 },
                                       { 7, 1, 2, 6 }, { 10, 5, 6, 9 }, { 6, 2, 4, 7 } };
  g_autoptr (SemioAgreement) agreement = semio_agreement_new (4, 10);

  for (guint u = 0; u < 6; u++)
    semio_agreement_add_unit (agreement, judged[u], u);
  g_assert_cmpfloat_with_epsilon (semio_agreement_icc (agreement, FALSE).value, 0.29, 0.005);
  g_assert_cmpfloat_with_epsilon (semio_agreement_icc (agreement, TRUE).value, 0.62, 0.005);
}

/* Ten subjects, fourteen raters, five categories: the well-known example of Fleiss' kappa, 0.210. */
static void
test_fleiss (void)
{
  static const guint counts[10][5] = { { 0, 0, 0, 0, 14 }, { 0, 2, 6, 4, 2 }, { 0, 0, 3, 5, 6 }, { 0, 3, 9, 2, 0 },
                                       { 2, 2, 8, 1, 1 },  { 7, 7, 0, 0, 0 }, { 3, 2, 6, 3, 0 }, { 2, 5, 3, 2, 2 },
                                       { 6, 5, 2, 1, 0 },  { 0, 2, 2, 3, 7 } };
  g_autoptr (SemioAgreement) agreement = semio_agreement_new (14, 5);

  for (guint u = 0; u < 10; u++)
    {
      guint8 values[14];
      guint n = 0;

      for (guint k = 0; k < 5; k++)
        for (guint i = 0; i < counts[u][k]; i++)
          values[n++] = (guint8) (k + 1);
      g_assert_cmpuint (n, ==, 14);
      semio_agreement_add_unit (agreement, values, u);
    }
  g_assert_cmpfloat_with_epsilon (semio_agreement_fleiss (agreement).value, 0.210, 0.0005);
}

/* Two raters, 50 yes or no: 20 both yes, 15 both no, 5 and 10 apart. Cohen's kappa is 0.4 by hand. */
static void
test_kappa (void)
{
  static const guint8 pairs[4][2] = { { 1, 1 }, { 1, 2 }, { 2, 1 }, { 2, 2 } };
  static const guint times[4] = { 20, 5, 10, 15 };
  g_autoptr (SemioAgreement) agreement = semio_agreement_new (2, 2);
  guint unit = 0;

  for (guint p = 0; p < 4; p++)
    for (guint i = 0; i < times[p]; i++)
      semio_agreement_add_unit (agreement, pairs[p], unit++);
  g_assert_cmpfloat_with_epsilon (semio_agreement_kappa (agreement, 0, 1, SEMIO_SCALE_NOMINAL).value, 0.4, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_agreement_percent (agreement).value, 0.7, EPSILON);
  /* AC1: pe = 2 · 0.55 · 0.45. */
  g_assert_cmpfloat_with_epsilon (semio_agreement_gwet (agreement, SEMIO_SCALE_NOMINAL).value, (0.7 - 0.495) / (1 - 0.495),
                                  EPSILON);
}

/* A rater who gave no value at all is none: what is of those that every rater valued stays what it is of the others. */
static void
test_silent (void)
{
  static const guint8 rows[6][2] = { { 9, 2 }, { 6, 1 }, { 8, 4 }, { 7, 1 }, { 10, 5 }, { 6, 2 } };
  g_autoptr (SemioAgreement) two = semio_agreement_new (2, 10);
  g_autoptr (SemioAgreement) three = semio_agreement_new (3, 10);
  SemioAgreementCounts counts;

  for (guint u = 0; u < G_N_ELEMENTS (rows); u++)
    {
      const guint8 silent[3] = { rows[u][0], 0, rows[u][1] };

      semio_agreement_add_unit (two, rows[u], u);
      semio_agreement_add_unit (three, silent, u);
    }
  counts = semio_agreement_count (three);
  g_assert_cmpuint (counts.n_raters, ==, 2);
  g_assert_cmpuint (counts.n_complete, ==, 6);
  g_assert_cmpint (semio_agreement_icc (three, FALSE).state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpfloat_with_epsilon (semio_agreement_icc (three, FALSE).value, semio_agreement_icc (two, FALSE).value, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_agreement_icc (three, TRUE).value, semio_agreement_icc (two, TRUE).value, EPSILON);
  g_assert_cmpint (semio_agreement_fleiss (three).state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpfloat_with_epsilon (semio_agreement_fleiss (three).value, semio_agreement_fleiss (two).value, EPSILON);
}

static void
test_perfect (void)
{
  g_autoptr (SemioAgreement) agreement = semio_agreement_new (3, 5);
  const SemioScale scales[] = { SEMIO_SCALE_NOMINAL, SEMIO_SCALE_ORDINAL, SEMIO_SCALE_INTERVAL };

  for (guint u = 0; u < 20; u++)
    {
      guint8 values[3] = { (guint8) (u % 5 + 1), (guint8) (u % 5 + 1), (guint8) (u % 4 == 0 ? 0 : u % 5 + 1) };

      semio_agreement_add_unit (agreement, values, u / 2);
    }
  for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
    {
      SemioInterval interval = semio_agreement_alpha_bootstrap (agreement, scales[s], 200, 1, 2, 0.95, NULL, NULL);

      g_assert_cmpfloat_with_epsilon (semio_agreement_alpha (agreement, scales[s]).value, 1, EPSILON);
      g_assert_cmpfloat_with_epsilon (semio_agreement_gwet (agreement, scales[s]).value, 1, EPSILON);
      g_assert_cmpfloat_with_epsilon (semio_agreement_kappa (agreement, 0, 2, scales[s]).value, 1, EPSILON);
      g_assert_cmpfloat_with_epsilon (interval.low, 1, EPSILON);
    }
  g_assert_cmpfloat_with_epsilon (semio_agreement_fleiss (agreement).value, 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_agreement_icc (agreement, FALSE).value, 1, EPSILON);
}

static void
test_intervals (void)
{
  g_autoptr (SemioAgreement) agreement = make_krippendorff (NULL);
  double alpha = semio_agreement_alpha (agreement, SEMIO_SCALE_ORDINAL).value;
  SemioInterval one = semio_agreement_alpha_bootstrap (agreement, SEMIO_SCALE_ORDINAL, 1000, 9, 1, 0.95, NULL, NULL);
  SemioInterval two = semio_agreement_alpha_bootstrap (agreement, SEMIO_SCALE_ORDINAL, 1000, 9, 3, 0.95, NULL, NULL);
  SemioInterval jackknife = semio_agreement_alpha_jackknife (agreement, SEMIO_SCALE_ORDINAL, 0.95);

  g_assert_cmpfloat (one.low, ==, two.low);
  g_assert_cmpfloat (one.high, ==, two.high);
  g_assert_cmpfloat (one.low, <, alpha);
  g_assert_cmpfloat (one.high, >, alpha);
  g_assert_cmpfloat (jackknife.low, <, alpha);
  g_assert_cmpfloat (jackknife.high, <=, 1);
}

static void
test_missing (void)
{
  static const guint8 alone[2] = { 3, 0 };
  static const guint8 same[2] = { 3, 3 };
  g_autoptr (SemioAgreement) one_rater = semio_agreement_new (2, 5);
  g_autoptr (SemioAgreement) constant = semio_agreement_new (2, 5);

  for (guint u = 0; u < 5; u++)
    {
      semio_agreement_add_unit (one_rater, alone, u);
      semio_agreement_add_unit (constant, same, u);
    }
  g_assert_cmpint (semio_agreement_alpha (one_rater, SEMIO_SCALE_ORDINAL).state, ==, SEMIO_FIGURE_NEEDS_RATERS);
  g_assert_cmpint (semio_agreement_percent (one_rater).state, ==, SEMIO_FIGURE_NEEDS_RATERS);
  g_assert_cmpint (semio_agreement_kappa (one_rater, 0, 1, SEMIO_SCALE_NOMINAL).state, ==, SEMIO_FIGURE_NO_PAIRS);
  g_assert_cmpint (semio_agreement_alpha (constant, SEMIO_SCALE_NOMINAL).state, ==, SEMIO_FIGURE_NO_VARIATION);
  g_assert_cmpint (semio_agreement_icc (constant, FALSE).state, ==, SEMIO_FIGURE_NO_VARIATION);
  g_assert_cmpfloat (semio_agreement_percent (constant).value, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/agreement/alpha", test_alpha);
  g_test_add_func ("/stats/agreement/icc", test_icc);
  g_test_add_func ("/stats/agreement/fleiss", test_fleiss);
  g_test_add_func ("/stats/agreement/kappa", test_kappa);
  g_test_add_func ("/stats/agreement/silent", test_silent);
  g_test_add_func ("/stats/agreement/perfect", test_perfect);
  g_test_add_func ("/stats/agreement/intervals", test_intervals);
  g_test_add_func ("/stats/agreement/missing", test_missing);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of counts, intervals and tests. Numbers of other programs come by tests/reference. */
#include <math.h>

#include "semio-bootstrap.h"
#include "semio-tests.h"

#define EPSILON 1e-9

static void
test_wilson (void)
{
  SemioInterval interval = semio_wilson_interval (8, 10, 0.95);

  g_assert_cmpfloat_with_epsilon (interval.low, 0.4901624715, EPSILON);
  g_assert_cmpfloat_with_epsilon (interval.high, 0.9433178485, EPSILON);
  interval = semio_wilson_interval (0, 10, 0.95);
  g_assert_cmpfloat (interval.low, ==, 0);
  g_assert_cmpfloat_with_epsilon (interval.high, 0.2775327998, EPSILON);
  g_assert_cmpint (semio_wilson_interval (0, 0, 0.95).state, ==, SEMIO_FIGURE_NO_PAIRS);
}

static void
test_mcnemar (void)
{
  /* Two-sided binomial: 2 · (1 + 7) / 2^7. */
  g_assert_cmpfloat_with_epsilon (semio_mcnemar_exact (1, 6), 0.125, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_mcnemar_exact (6, 1), 0.125, EPSILON);
  g_assert_cmpfloat (semio_mcnemar_exact (0, 0), ==, 1);
  g_assert_cmpfloat (semio_mcnemar_exact (4, 4), ==, 1);
}

static void
test_holm (void)
{
  double p[] = { 0.01, 0.04, -1, 0.03, 0.005 };

  semio_holm_adjust (p, G_N_ELEMENTS (p));
  g_assert_cmpfloat_with_epsilon (p[4], 0.02, EPSILON);
  g_assert_cmpfloat_with_epsilon (p[0], 0.03, EPSILON);
  g_assert_cmpfloat_with_epsilon (p[3], 0.06, EPSILON);
  g_assert_cmpfloat_with_epsilon (p[1], 0.06, EPSILON);
  g_assert_cmpfloat (p[2], ==, -1);
}

static void
test_scores (void)
{
  const SemioCounts counts = { .tp = 6, .fp = 2, .fn = 3, .tn = 8, .other = 1 };
  const SemioCounts all_yes = { .tp = 5 };
  gboolean always_yes;

  g_assert_cmpfloat_with_epsilon (semio_counts_get_score (&counts, SEMIO_SCORE_ACCURACY).value, 14.0 / 20, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_counts_get_score (&counts, SEMIO_SCORE_F1).value, 12.0 / 17, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_counts_get_score (&counts, SEMIO_SCORE_SPECIFICITY).value, 8.0 / 11, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_counts_get_score (&counts, SEMIO_SCORE_BALANCED_ACCURACY).value, (6.0 / 9 + 8.0 / 11) / 2,
                                  EPSILON);
  /* An answer that is neither counts as not yes: 6, 2, 3, 9. */
  g_assert_cmpfloat_with_epsilon (semio_counts_get_score (&counts, SEMIO_SCORE_MCC).value, (54.0 - 6) / sqrt (8.0 * 9 * 11 * 12),
                                  EPSILON);
  g_assert_cmpint (semio_counts_get_score (&all_yes, SEMIO_SCORE_MCC).state, ==, SEMIO_FIGURE_NO_NEGATIVES);
  g_assert_cmpint (semio_counts_get_score (&all_yes, SEMIO_SCORE_KAPPA).state, ==, SEMIO_FIGURE_NO_VARIATION);
  g_assert_nonnull (semio_figure_state_describe (SEMIO_FIGURE_NO_VARIATION));
  g_assert_cmpfloat_with_epsilon (semio_counts_get_best_constant (&counts, SEMIO_SCORE_ACCURACY, &always_yes).value, 11.0 / 20,
                                  EPSILON);
  g_assert_false (always_yes);
  g_assert_cmpfloat_with_epsilon (semio_counts_get_best_constant (&counts, SEMIO_SCORE_F1, &always_yes).value, 18.0 / 29,
                                  EPSILON);
  g_assert_true (always_yes);
}

static SemioBootstrap *
make_bootstrap (guint n_clusters, guint n_threads, guint64 seed)
{
  SemioBootstrap *bootstrap = semio_bootstrap_new (n_clusters, 2);

  for (guint c = 0; c < n_clusters; c++)
    {
      const SemioCounts one = { .tp = c % 3 == 0, .fn = c % 3 == 1, .tn = c % 3 == 2, .fp = c % 7 == 0 };
      const SemioCounts other = { .tp = c % 3 == 0 || c % 5 == 0, .tn = 1 };

      semio_bootstrap_add (bootstrap, c, 0, &one);
      semio_bootstrap_add (bootstrap, c, 1, &other);
    }
  g_assert_true (semio_bootstrap_draw (bootstrap, 2000, seed, n_threads, NULL, NULL, NULL, NULL));
  return bootstrap;
}

/* The same seed gives the same ends on one core and on three; another seed does not. */
static void
test_seed (void)
{
  const SemioCellScore f1 = { SEMIO_SCORE_F1, 0 };
  g_autoptr (SemioBootstrap) one = make_bootstrap (60, 1, 5);
  g_autoptr (SemioBootstrap) three = make_bootstrap (60, 3, 5);
  g_autoptr (SemioBootstrap) other = make_bootstrap (60, 1, 6);
  SemioInterval a = semio_bootstrap_interval (one, semio_bootstrap_cell_score, &f1, 0.95);
  SemioInterval b = semio_bootstrap_interval (three, semio_bootstrap_cell_score, &f1, 0.95);
  SemioInterval c = semio_bootstrap_interval (other, semio_bootstrap_cell_score, &f1, 0.95);
  SemioFigure estimate = semio_bootstrap_estimate (one, semio_bootstrap_cell_score, &f1);

  g_assert_cmpfloat (a.low, ==, b.low);
  g_assert_cmpfloat (a.high, ==, b.high);
  g_assert_true (a.low != c.low || a.high != c.high);
  g_assert_cmpfloat (a.low, <, estimate.value);
  g_assert_cmpfloat (a.high, >, estimate.value);
}

/* A run against itself never differs; one that is better in every patient always does. */
static void
test_difference (void)
{
  const SemioCellContrast same = { SEMIO_SCORE_F1, 1, 1 };
  const SemioCellContrast better = { SEMIO_SCORE_F1, 1, 0 };
  g_autoptr (SemioBootstrap) bootstrap = make_bootstrap (60, 2, 1);
  SemioInterval none = semio_bootstrap_interval (bootstrap, semio_bootstrap_cell_difference, &same, 0.95);
  SemioInterval some = semio_bootstrap_interval (bootstrap, semio_bootstrap_cell_difference, &better, 0.95);

  g_assert_cmpfloat (none.low, ==, 0);
  g_assert_cmpfloat (none.high, ==, 0);
  g_assert_cmpfloat (some.low, >, 0);
  g_assert_cmpfloat (semio_bootstrap_p_zero (bootstrap, semio_bootstrap_cell_difference, &same).value, ==, 1);
  g_assert_cmpfloat (semio_bootstrap_p_zero (bootstrap, semio_bootstrap_cell_difference, &better).value, <, 0.05);
}

#define N_STUDIES 400
#define N_STUDY_PATIENTS 60

/* Patients differ in how often they are found, so that their recordings go together. Of 2 recordings with yes and 2 with no each,
 * half of the patients have 90 % found and 10 % called wrongly, half 50 % and 30 %. */
static SemioBootstrap *
simulate (GRand *rand, guint64 seed)
{
  SemioBootstrap *bootstrap = semio_bootstrap_new (N_STUDY_PATIENTS, 1);

  for (guint c = 0; c < N_STUDY_PATIENTS; c++)
    {
      gboolean is_easy = g_rand_double (rand) < 0.5;
      SemioCounts counts = { 0 };

      for (guint i = 0; i < 2; i++)
        {
          *(g_rand_double (rand) < (is_easy ? 0.9 : 0.5) ? &counts.tp : &counts.fn) += 1;
          *(g_rand_double (rand) < (is_easy ? 0.1 : 0.3) ? &counts.fp : &counts.tn) += 1;
        }
      semio_bootstrap_add (bootstrap, c, 0, &counts);
    }
  semio_bootstrap_draw (bootstrap, 1000, seed, 2, NULL, NULL, NULL, NULL);
  return bootstrap;
}

/* Intervals at 95 % hold the truth in about 95 % of studies: of 400, 2.2 % either way are two standard errors. */
static void
test_coverage (void)
{
  const SemioCellScore f1 = { SEMIO_SCORE_F1, 0 };
  /* Of 4 recordings 1.4 are found, 0.6 missed and 0.4 called wrongly on average. */
  const double truth = 2 * 1.4 / (2 * 1.4 + 0.6 + 0.4);
  GRand *rand = g_rand_new_with_seed (20261124);
  guint n_held = 0;

  for (guint i = 0; i < N_STUDIES; i++)
    {
      g_autoptr (SemioBootstrap) bootstrap = simulate (rand, i + 1);
      SemioInterval interval = semio_bootstrap_interval (bootstrap, semio_bootstrap_cell_score, &f1, 0.95);

      n_held += interval.low <= truth && truth <= interval.high;
    }
  g_rand_free (rand);
  g_test_message ("%u of %u intervals hold the truth", n_held, N_STUDIES);
  g_assert_cmpuint (n_held, >=, (guint) (0.92 * N_STUDIES));
  g_assert_cmpuint (n_held, <=, (guint) (0.98 * N_STUDIES));
}

/* Many questions at once give what each gives alone, on any number of threads. */
static void
test_run (void)
{
  g_autoptr (SemioBootstrap) bootstrap = make_bootstrap (60, 2, 9);
  const SemioCellScore scores[] = {
    { SEMIO_SCORE_F1, 0 }, { SEMIO_SCORE_MCC, 0 }, { SEMIO_SCORE_KAPPA, 1 }, { SEMIO_SCORE_RECALL, 1 }
  };
  SemioBootstrapTask tasks[G_N_ELEMENTS (scores)] = { { 0 } };
  gboolean done;

  for (guint n_threads = 1; n_threads <= 3; n_threads += 2)
    {
      for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
        tasks[i] = (SemioBootstrapTask){ .statistic = semio_bootstrap_cell_score, .data = &scores[i] };
      done = semio_bootstrap_run (bootstrap, tasks, G_N_ELEMENTS (tasks), 0.95, n_threads, NULL, NULL, NULL, NULL);
      g_assert_true (done);
      for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
        {
          SemioInterval alone = semio_bootstrap_interval (bootstrap, semio_bootstrap_cell_score, &scores[i], 0.95);

          g_assert_cmpint (tasks[i].interval.state, ==, alone.state);
          g_assert_cmpfloat (tasks[i].interval.low, ==, alone.low);
          g_assert_cmpfloat (tasks[i].interval.high, ==, alone.high);
        }
    }
}

static void
test_few (void)
{
  const SemioCellScore f1 = { SEMIO_SCORE_F1, 0 };
  const SemioCounts rare = { .tp = 1, .tn = 3 };
  const SemioCounts usual = { .tn = 4 };
  g_autoptr (SemioBootstrap) three = make_bootstrap (3, 1, 1);
  g_autoptr (SemioBootstrap) four = make_bootstrap (4, 1, 1);
  g_autoptr (SemioBootstrap) seldom = semio_bootstrap_new (30, 1);

  g_assert_cmpint (semio_bootstrap_interval (three, semio_bootstrap_cell_score, &f1, 0.95).state, ==, SEMIO_FIGURE_FEW_PATIENTS);
  g_assert_cmpint (semio_bootstrap_interval (four, semio_bootstrap_cell_score, &f1, 0.95).state, !=, SEMIO_FIGURE_FEW_PATIENTS);
  for (guint c = 0; c < 30; c++)
    semio_bootstrap_add (seldom, c, 0, c == 0 ? &rare : &usual);
  g_assert_true (semio_bootstrap_draw (seldom, 500, 1, 1, NULL, NULL, NULL, NULL));
  /* A third of the draws leaves out the one patient who has it. */
  g_assert_cmpint (semio_bootstrap_interval (seldom, semio_bootstrap_cell_score, &f1, 0.95).state, ==, SEMIO_FIGURE_TOO_RARE);
}

static void
test_cancel (void)
{
  g_autoptr (SemioBootstrap) bootstrap = semio_bootstrap_new (10, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (semio_bootstrap_draw (bootstrap, 1000, 1, 2, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/wilson", test_wilson);
  g_test_add_func ("/stats/mcnemar", test_mcnemar);
  g_test_add_func ("/stats/holm", test_holm);
  g_test_add_func ("/stats/scores", test_scores);
  g_test_add_func ("/stats/bootstrap/seed", test_seed);
  g_test_add_func ("/stats/bootstrap/difference", test_difference);
  g_test_add_func ("/stats/bootstrap/coverage", test_coverage);
  g_test_add_func ("/stats/bootstrap/run", test_run);
  g_test_add_func ("/stats/bootstrap/few", test_few);
  g_test_add_func ("/stats/bootstrap/cancel", test_cancel);
  return g_test_run ();
}

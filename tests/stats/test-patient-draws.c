/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals of means, medians and areas over drawn patients. Numbers of other programs: test-references.c. */
#include "semio-bootstrap.h"
#include "semio-patient-draws.h"

#define LEVEL 0.95
#define N_PATIENTS 40
#define EACH 3

/* Answers of patients who differ from one another. Where yes is not apart from no the true area is one half. */
static void
fill_answers (GRand *rand, GArray *answers, double apart)
{
  g_array_set_size (answers, 0);
  for (guint p = 0; p < N_PATIENTS; p++)
    {
      const double shift = g_rand_double_range (rand, -1, 1);

      for (guint i = 0; i < EACH; i++)
        {
          const gboolean is_yes = g_rand_boolean (rand);
          SemioDrawnAnswer answer = { .is_yes = is_yes, .patient = p };

          answer.score = shift + g_rand_double_range (rand, -1, 1) + (is_yes ? apart : 0);
          g_array_append_val (answers, answer);
        }
    }
  semio_drawn_answers_sort (answers);
}

static void
test_coverage (void)
{
  const guint n_rounds = 200;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261130);
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (SemioDrawnAnswer));
  guint n_held = 0;

  for (guint i = 0; i < n_rounds; i++)
    {
      SemioDrawnTask task = { .statistic = semio_drawn_roc_area, .data = answers };
      gboolean done;

      fill_answers (rand, answers, 0);
      done = semio_patient_draws_run (&task, 1, N_PATIENTS, 500, i + 1, LEVEL, 1, NULL, NULL, NULL);
      g_assert_true (done);
      g_assert_cmpint (task.interval.state, ==, SEMIO_FIGURE_KNOWN);
      n_held += task.interval.low <= 0.5 && task.interval.high >= 0.5;
    }
  /* 190 are 95 %; four standard errors are 12, and at 200 nothing would ever miss. */
  g_test_message ("%u of %u intervals hold the truth", n_held, n_rounds);
  g_assert_cmpuint (n_held, >=, 178);
  g_assert_cmpuint (n_held, <, n_rounds);
}

static void
test_threads (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (SemioDrawnAnswer));
  g_autoptr (SemioShare) share = semio_share_new ();
  SemioDrawnTask tasks[2][70];
  gboolean done;

  fill_answers (rand, answers, 1);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (tasks[round]); i++)
        tasks[round][i] =
            (SemioDrawnTask){ .statistic = i % 2 == 0 ? semio_drawn_roc_area : semio_drawn_average_precision, .data = answers };
      done = semio_patient_draws_run (tasks[round], G_N_ELEMENTS (tasks[round]), N_PATIENTS, 350, 3, LEVEL, round == 0 ? 1 : 3,
                                      share, NULL, NULL);
      g_assert_true (done);
      /* Whoever waits is told, to the last. */
      g_assert_cmpfloat (semio_share_get (share), ==, 1);
    }
  /* More tasks than are kept at a time, and any number of threads: the same draws for all. */
  for (guint i = 0; i < G_N_ELEMENTS (tasks[0]); i++)
    {
      g_assert_cmpfloat (tasks[0][i].interval.low, ==, tasks[1][i].interval.low);
      g_assert_cmpfloat (tasks[0][i].interval.high, ==, tasks[1][i].interval.high);
      g_assert_cmpfloat (tasks[0][i].interval.low, ==, tasks[0][i % 2].interval.low);
      g_assert_cmpfloat (tasks[0][i].interval.low, <, tasks[0][i].estimate.value);
      g_assert_cmpfloat (tasks[0][i].interval.high, >, tasks[0][i].estimate.value);
    }
}

/* The share of right answers is a mean of ones and zeros: counts over the same draws have the same interval. */
static void
test_as_counts (void)
{
  g_autoptr (SemioBootstrap) bootstrap = semio_bootstrap_new (N_PATIENTS, 1);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (SemioDrawnValue));
  const SemioCellScore score = { SEMIO_SCORE_ACCURACY, 0 };
  SemioDrawnTask task = { .statistic = semio_drawn_mean, .data = values };
  SemioInterval interval;
  gboolean done;

  for (guint i = 0; i < N_PATIENTS * EACH; i++)
    {
      const gboolean is_right = i % 7 < 4;
      const SemioDrawnValue value = { is_right, i % N_PATIENTS };
      const SemioCounts counts = { .tp = is_right, .fn = !is_right };

      g_array_append_val (values, value);
      semio_bootstrap_add (bootstrap, value.patient, 0, &counts);
    }
  done = semio_bootstrap_draw (bootstrap, 1000, 11, 2, NULL, NULL, NULL, NULL)
         && semio_patient_draws_run (&task, 1, N_PATIENTS, 1000, 11, LEVEL, 2, NULL, NULL, NULL);
  g_assert_true (done);
  interval = semio_bootstrap_interval (bootstrap, semio_bootstrap_cell_score, &score, LEVEL);
  g_assert_cmpfloat_with_epsilon (task.interval.low, interval.low, 1e-12);
  g_assert_cmpfloat_with_epsilon (task.interval.high, interval.high, 1e-12);
}

static void
assert_reason (SemioDrawnFunc statistic, const GArray *data, guint n_patients, guint n_resamples, SemioFigureState estimate,
               SemioFigureState interval)
{
  SemioDrawnTask task = { .statistic = statistic, .data = data };
  const gboolean done = semio_patient_draws_run (&task, 1, n_patients, n_resamples, 1, LEVEL, 2, NULL, NULL, NULL);

  g_assert_true (done);
  g_assert_cmpint (task.estimate.state, ==, estimate);
  g_assert_cmpint (task.interval.state, ==, interval);
}

static void
test_reasons (void)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (SemioDrawnAnswer));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (SemioDrawnValue));
  const SemioDrawnAnswer yes = { 0.5, TRUE, 0 }, no = { 0.5, FALSE, 1 };
  const SemioDrawnValue value = { 2, 0 };

  assert_reason (semio_drawn_mean, values, 4, 100, SEMIO_FIGURE_NO_PAIRS, SEMIO_FIGURE_NO_PAIRS);
  assert_reason (semio_drawn_median, values, 0, 100, SEMIO_FIGURE_NO_PAIRS, SEMIO_FIGURE_NO_PAIRS);
  assert_reason (semio_drawn_roc_area, answers, 4, 100, SEMIO_FIGURE_NO_SCORES, SEMIO_FIGURE_NO_SCORES);
  g_array_append_val (answers, yes);
  assert_reason (semio_drawn_roc_area, answers, 4, 100, SEMIO_FIGURE_NO_NEGATIVES, SEMIO_FIGURE_NO_NEGATIVES);
  g_array_append_val (answers, no);
  /* Both classes have one patient each: most draws lack one of them. */
  assert_reason (semio_drawn_roc_area, answers, 4, 100, SEMIO_FIGURE_KNOWN, SEMIO_FIGURE_TOO_RARE);
  g_array_remove_index (answers, 0);
  assert_reason (semio_drawn_average_precision, answers, 4, 100, SEMIO_FIGURE_NO_POSITIVES, SEMIO_FIGURE_NO_POSITIVES);
  g_array_append_val (values, value);
  assert_reason (semio_drawn_median, values, 3, 100, SEMIO_FIGURE_KNOWN, SEMIO_FIGURE_FEW_PATIENTS);
  assert_reason (semio_drawn_median, values, 2, 0, SEMIO_FIGURE_KNOWN, SEMIO_FIGURE_NOT_DRAWN);
  assert_reason (semio_drawn_mean, values, 4, 100, SEMIO_FIGURE_KNOWN, SEMIO_FIGURE_TOO_RARE);
}

static void
test_cancelled (void)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (SemioDrawnValue));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const SemioDrawnValue value = { 2, 0 };
  SemioDrawnTask task = { .statistic = semio_drawn_mean, .data = values };
  gboolean done;

  g_array_append_val (values, value);
  g_cancellable_cancel (cancellable);
  done = semio_patient_draws_run (&task, 1, 4, 1000, 1, LEVEL, 2, NULL, cancellable, &error);
  g_assert_false (done);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/patient-draws/coverage", test_coverage);
  g_test_add_func ("/stats/patient-draws/threads", test_threads);
  g_test_add_func ("/stats/patient-draws/as-counts", test_as_counts);
  g_test_add_func ("/stats/patient-draws/reasons", test_reasons);
  g_test_add_func ("/stats/patient-draws/cancelled", test_cancelled);
  return g_test_run ();
}

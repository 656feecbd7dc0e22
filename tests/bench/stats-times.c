/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statistics that take long: stats-times [COUNTS.csv] prints milliseconds as JSON, and writes what R's boot is to be given:
 * a row a patient, tp, fp and fn of one cell after the other. */
#include <stdio.h>

#include "semio-agreement.h"
#include "semio-bootstrap.h"

#define N_FEATURES 20
#define N_RUNS 6
#define N_CELLS (N_FEATURES * N_RUNS)
#define N_RECORDINGS 438
#define N_PATIENTS 146
#define N_RESAMPLES 10000
#define N_RATERS 5
#define N_UNITS 4000
#define N_SCORES 5
#define SEED 20261124

static SemioCounts counts[N_PATIENTS][N_CELLS];

/* Features are as often there as chance has it, runs are right more often from one to the next. */
static void
make_counts (GRand *rand)
{
  for (guint r = 0; r < N_RECORDINGS; r++)
    for (guint f = 0; f < N_FEATURES; f++)
      {
        gboolean truth = g_rand_double (rand) < 0.1 + 0.03 * f;

        for (guint run = 0; run < N_RUNS; run++)
          {
            gboolean said = g_rand_double (rand) < 0.6 + 0.05 * run ? truth : !truth;
            SemioCounts *cell = &counts[r % N_PATIENTS][run * N_FEATURES + f];

            if (truth)
              *(said ? &cell->tp : &cell->fn) += 1;
            else
              *(said ? &cell->fp : &cell->tn) += 1;
          }
      }
}

static gboolean
write_counts (const char *path)
{
  g_autoptr (GString) csv = g_string_new (NULL);

  for (guint p = 0; p < N_PATIENTS; p++)
    for (guint c = 0; c < N_CELLS; c++)
      g_string_append_printf (csv, "%u,%u,%u%c", counts[p][c].tp, counts[p][c].fp, counts[p][c].fn, c + 1 < N_CELLS ? ',' : '\n');
  return g_file_set_contents (path, csv->str, (gssize) csv->len, NULL);
}

static gint64
time_bootstrap (guint n_threads, gint64 *draw_us)
{
  g_autoptr (SemioBootstrap) bootstrap = semio_bootstrap_new (N_PATIENTS, N_CELLS);
  SemioCellScore scores[N_CELLS];
  SemioBootstrapTask tasks[N_CELLS] = { { 0 } };
  gint64 start_us;

  for (guint p = 0; p < N_PATIENTS; p++)
    for (guint c = 0; c < N_CELLS; c++)
      semio_bootstrap_add (bootstrap, p, c, &counts[p][c]);
  for (guint c = 0; c < N_CELLS; c++)
    {
      scores[c] = (SemioCellScore){ SEMIO_SCORE_F1, c };
      tasks[c] = (SemioBootstrapTask){ .statistic = semio_bootstrap_cell_score, .data = &scores[c] };
    }
  start_us = g_get_monotonic_time ();
  semio_bootstrap_draw (bootstrap, N_RESAMPLES, SEED, n_threads, NULL, NULL, NULL, NULL);
  *draw_us = g_get_monotonic_time () - start_us;
  semio_bootstrap_run (bootstrap, tasks, N_CELLS, 0.95, n_threads, NULL, NULL, NULL, NULL);
  return g_get_monotonic_time () - start_us;
}

static gint64
time_alpha (GRand *rand, guint n_threads)
{
  g_autoptr (SemioAgreement) agreement = semio_agreement_new (N_RATERS, N_SCORES);
  SemioInterval interval;
  gint64 start_us;

  for (guint u = 0; u < N_UNITS; u++)
    {
      guint8 values[N_RATERS];
      int truth = g_rand_int_range (rand, 1, N_SCORES + 1);

      for (guint i = 0; i < N_RATERS; i++)
        {
          int score = truth + g_rand_int_range (rand, -1, 2);

          values[i] = (guint8) CLAMP (score, 1, N_SCORES);
        }
      semio_agreement_add_unit (agreement, values, u % N_PATIENTS);
    }
  start_us = g_get_monotonic_time ();
  interval = semio_agreement_alpha_bootstrap (agreement, SEMIO_SCALE_ORDINAL, N_RESAMPLES, SEED, n_threads, 0.95, NULL, NULL);
  if (interval.state != SEMIO_FIGURE_KNOWN)
    return -1;
  return g_get_monotonic_time () - start_us;
}

int
main (int argc, char **argv)
{
  GRand *rand = g_rand_new_with_seed (SEED);
  gint64 draw_us, f1_us, alpha_us;

  make_counts (rand);
  if (argc > 1 && !write_counts (argv[1]))
    return 1;
  f1_us = time_bootstrap (2, &draw_us);
  alpha_us = time_alpha (rand, 2);
  g_rand_free (rand);
  fprintf (stdout, "{\"f1_us\": %" G_GINT64_FORMAT ", \"draw_us\": %" G_GINT64_FORMAT ", \"alpha_us\": %" G_GINT64_FORMAT "}\n",
           f1_us, draw_us, alpha_us);
  return alpha_us < 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "semio-cli-number.h"
#include "semio-cli-results.h"

#define NAME_WIDTH 26

/* No p is 0. */
static char *
format_p (double p)
{
  if (p < 0)
    return g_strdup ("–");
  return p < 0.0005 ? g_strdup ("< 0.001") : semio_cli_format_number (p);
}

static void
print_heads (void)
{
  const char *const heads[] = { "F1",           _ ("95 %"),     _ ("constant"), _ ("accuracy"), _ ("precision"), _ ("recall"),
                                _ ("spec."),    _ ("balanced"), "MCC",          "kappa",        _ ("positives"), _ ("scored"),
                                _ ("left out"), _ ("fails") };

  semio_cli_print_cell ("", 2);
  semio_cli_print_cell (_ ("feature"), -NAME_WIDTH);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_cli_print_cell (heads[i], i == 1 ? 14 : 10);
  fputc ('\n', stdout);
}

static void
print_row (const SemioResultsReport *report, const SemioResultsRow *row)
{
  static const SemioScore others[] = { SEMIO_SCORE_ACCURACY,    SEMIO_SCORE_PRECISION,         SEMIO_SCORE_RECALL,
                                       SEMIO_SCORE_SPECIFICITY, SEMIO_SCORE_BALANCED_ACCURACY, SEMIO_SCORE_MCC,
                                       SEMIO_SCORE_KAPPA };
  const SemioResultsScores *main = &row->main;
  const guint counts[] = { main->metrics.positives, main->metrics.scored, main->metrics.left_out, main->metrics.fails };
  g_autofree char *f1 = semio_cli_format_figure (main->scores[SEMIO_SCORE_F1]);
  g_autofree char *marked = g_strconcat (f1, row->is_best ? "*" : "", NULL);
  g_autofree char *interval = semio_cli_format_interval (main->intervals[SEMIO_SCORE_F1]);
  g_autofree char *constant = semio_cli_format_figure (main->constants[SEMIO_SCORE_F1]);
  gboolean beats = semio_results_scores_beat_constant (main, SEMIO_SCORE_F1);
  g_autofree char *compared =
      g_strconcat (beats || main->scores[SEMIO_SCORE_F1].state != SEMIO_FIGURE_KNOWN ? "" : "≤", constant, NULL);

  semio_cli_print_cell ("", 2);
  semio_cli_print_cell (semio_feature_set_get (report->features, row->feature)->id, -NAME_WIDTH);
  semio_cli_print_cell (marked, 10);
  semio_cli_print_cell (interval, 14);
  semio_cli_print_cell (compared, 10);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = semio_cli_format_figure (main->scores[others[i]]);

      semio_cli_print_cell (text, 10);
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    fprintf (stdout, " %9u", counts[i]);
  fputc ('\n', stdout);
}

/* What a row cannot say in numbers. */
static void
print_notes (const SemioResultsReport *report, const SemioResultsRow *row)
{
  g_autofree char *within = semio_cli_format_figure (row->within_specificity);
  g_autofree char *other = semio_cli_format_figure (row->other.scores[SEMIO_SCORE_F1]);
  g_autofree char *interval = semio_cli_format_interval (row->other.intervals[SEMIO_SCORE_F1]);
  g_autofree char *id = g_strdup (semio_feature_set_get (report->features, row->feature)->id);

  if (row->main.scores[SEMIO_SCORE_F1].state != SEMIO_FIGURE_KNOWN)
    fprintf (stdout, _ ("    %s has no F1: %s.\n"), id, semio_figure_state_describe (row->main.scores[SEMIO_SCORE_F1].state));
  if (row->equals_type)
    fprintf (stdout, _ ("    %s all but equals the event type; specificity within that type: %s.\n"), id,
             row->within_specificity.state == SEMIO_FIGURE_KNOWN ? within
                                                                 : semio_figure_state_describe (row->within_specificity.state));
  if (row->other.scores[SEMIO_SCORE_F1].state == SEMIO_FIGURE_KNOWN
      && row->other.scores[SEMIO_SCORE_F1].value != row->main.scores[SEMIO_SCORE_F1].value)
    fprintf (stdout,
             semio_results_is_joined_by_event (report->policy, report->join)
                 ? _ ("    %s with all segments joined, as published: F1 %s (%s).\n")
                 : _ ("    %s with segments joined by the event: F1 %s (%s).\n"),
             id, other, interval);
}

static void
print_means (const SemioResultsReport *report, guint run)
{
  for (guint i = 0; i < report->means->len; i++)
    {
      const SemioResultsMean *mean = &g_array_index (report->means, SemioResultsMean, i);
      g_autofree char *macro = semio_cli_format_figure (mean->macro[SEMIO_SCORE_F1]);
      g_autofree char *micro = semio_cli_format_figure (mean->micro[SEMIO_SCORE_F1]);
      g_autofree char *macro_interval = semio_cli_format_interval (mean->macro_f1);
      g_autofree char *micro_interval = semio_cli_format_interval (mean->micro_f1);

      if (mean->run != run || mean->n_features == 0)
        continue;
      fprintf (stdout, _ ("  Mean F1, %s: %s (%s) over features (%u), %s (%s) over all answers.\n"),
               mean->group < 0 ? _ ("all") : semio_feature_set_get_group (report->features, (guint) mean->group)->label, macro,
               macro_interval, mean->n_features, micro, micro_interval);
    }
}

static void
print_contrasts (const SemioResultsReport *report)
{
  if (report->contrasts->len == 0)
    return;
  fprintf (stdout, _ ("\nRuns compared in pairs on the same recordings; p adjusted by Holm over %u tests\n"), report->n_tests);
  for (guint i = 0; i < report->contrasts->len; i++)
    {
      const SemioResultsContrast *contrast = &g_array_index (report->contrasts, SemioResultsContrast, i);
      g_autofree char *difference = semio_cli_format_figure (contrast->difference);
      g_autofree char *interval = semio_cli_format_interval (contrast->interval);
      g_autofree char *p = format_p (contrast->mcnemar_holm);

      if (contrast->n_both == 0)
        continue;
      fprintf (stdout, _ ("  %s: %s − %s: F1 %s (%s), McNemar p %s%s%s\n"),
               semio_feature_set_get (report->features, contrast->feature)->id,
               ((SemioRun *) report->runs->pdata[contrast->run])->name, ((SemioRun *) report->runs->pdata[contrast->other])->name,
               difference, interval, p, semio_results_contrast_is_clear (contrast) ? _ (", interval without zero") : "",
               contrast->is_primary ? _ (", the planned comparison, not adjusted") : "");
    }
}

static void
print_legend (const SemioResultsReport *report)
{
  g_autofree char *seed = NULL;

  fputs (_ ("\n* the best run: every paired interval to the others excludes zero. ≤ not above the best constant answer.\n"),
         stdout);
  if (report->n_resamples == 0)
    return;
  if (report->n_patients < SEMIO_LEAST_PATIENTS)
    {
      fprintf (stdout, _ ("Intervals at 95 %%: Wilson for shares; for all else there is none: %s.\n"),
               semio_figure_state_describe (SEMIO_FIGURE_FEW_PATIENTS));
      return;
    }
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, report->seed);
  fprintf (stdout,
           _ ("Intervals at 95 %%: Wilson for shares; BCa over %u patients for F1 and the rest, %u resamples, seed %s.\n"),
           report->n_patients, report->n_resamples, seed);
}

void
semio_cli_results_print_table (const SemioResultsReport *report)
{
  guint last = G_MAXUINT;

  fprintf (stdout, _ ("Reference: %s\n%s\n"), report->reference_name, semio_metrics_policy_describe (report->policy));
  for (guint i = 0; i < report->rows->len; i++)
    {
      const SemioResultsRow *row = &g_array_index (report->rows, SemioResultsRow, i);
      const SemioRun *run = report->runs->pdata[row->run];

      if (row->run != last)
        {
          fprintf (stdout, "\n%s%s%s%s\n", run->name, run->notice ? " (" : "", run->notice ? run->notice : "",
                   run->notice ? ")" : "");
          print_heads ();
        }
      last = row->run;
      print_row (report, row);
      print_notes (report, row);
      if (i + 1 == report->rows->len || g_array_index (report->rows, SemioResultsRow, i + 1).run != row->run)
        print_means (report, row->run);
    }
  print_contrasts (report);
  print_legend (report);
  for (guint i = 0; report->remarks[i]; i++)
    fprintf (stdout, "%s%s\n", i == 0 ? "\n" : "", report->remarks[i]);
}

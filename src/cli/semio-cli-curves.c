/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves of runs that give scores, as table, CSV and JSON. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "semio-cli-number.h"
#include "semio-cli-results.h"
#include "semio-csv-writer.h"

#define NAME_WIDTH 26
#define NUMBER_WIDTH 12
#define INTERVAL_WIDTH 16

static void
print_row (const SemioCurvesReport *report, const SemioScoreCurves *curves)
{
  const SemioFigure figures[] = { curves->roc.area, curves->precision_recall.area };
  const SemioInterval intervals[] = { curves->roc_interval, curves->precision_recall_interval };
  const double constants[] = { curves->roc.constant, curves->precision_recall.constant };
  const guint counts[] = { curves->roc.n_yes, curves->roc.n_no };
  g_autofree char *coverage = semio_cli_format_figure (curves->coverage);

  semio_cli_print_cell ("", 2);
  semio_cli_print_cell (semio_feature_set_get (report->features, curves->feature)->id, -NAME_WIDTH);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      const gboolean known = figures[i].state == SEMIO_FIGURE_KNOWN;
      g_autofree char *area = semio_cli_format_figure (figures[i]);
      g_autofree char *constant = known ? semio_cli_format_number (constants[i]) : g_strdup ("–");
      g_autofree char *interval = known ? semio_cli_format_interval (intervals[i]) : g_strdup ("–");
      g_autofree char *compared = g_strconcat (known && figures[i].value <= constants[i] ? "≤" : "", constant, NULL);

      semio_cli_print_cell (area, NUMBER_WIDTH);
      semio_cli_print_cell (interval, INTERVAL_WIDTH);
      semio_cli_print_cell (compared, NUMBER_WIDTH);
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    fprintf (stdout, "%*u", NUMBER_WIDTH, counts[i]);
  semio_cli_print_cell (coverage, NUMBER_WIDTH);
  fputc ('\n', stdout);
  if (curves->roc.area.state != SEMIO_FIGURE_KNOWN)
    fprintf (stdout, "    %s\n", semio_figure_state_describe (curves->roc.area.state));
}

void
semio_cli_curves_print_table (const SemioCurvesReport *report)
{
  const char *const heads[] = { _ ("ROC area"), _ ("95 %"), _ ("constant"), _ ("avg. prec."), _ ("95 %"),
                                _ ("constant"), _ ("yes"),  _ ("no"),       _ ("coverage") };
  static const int widths[] = { NUMBER_WIDTH, INTERVAL_WIDTH, NUMBER_WIDTH, NUMBER_WIDTH, INTERVAL_WIDTH,
                                NUMBER_WIDTH, NUMBER_WIDTH,   NUMBER_WIDTH, NUMBER_WIDTH };
  guint last_run = G_MAXUINT;

  fprintf (stdout, _ ("Reference: %s\n"), report->reference_name);
  if (report->missing != NULL)
    fprintf (stdout, "%s\n", report->missing);
  for (guint run = 0; report->missing == NULL && run < report->runs->len; run++)
    if (!report->has_scores[run])
      fprintf (stdout, _ ("%s gives answers without scores.\n"), ((SemioRun *) report->runs->pdata[run])->name);
  for (guint i = 0; i < report->curves->len; i++)
    {
      const SemioScoreCurves *curves = &g_array_index (report->curves, SemioScoreCurves, i);

      if (curves->run != last_run)
        {
          fprintf (stdout, "\n%s\n", ((SemioRun *) report->runs->pdata[curves->run])->name);
          semio_cli_print_cell ("", 2);
          semio_cli_print_cell (_ ("feature"), -NAME_WIDTH);
          for (guint h = 0; h < G_N_ELEMENTS (heads); h++)
            semio_cli_print_cell (heads[h], widths[h]);
          fputc ('\n', stdout);
        }
      last_run = curves->run;
      print_row (report, curves);
    }
}

static void
add_area (SemioCsvWriter *writer, const SemioCurve *curve, SemioInterval interval)
{
  const gboolean known = curve->area.state == SEMIO_FIGURE_KNOWN;
  const gboolean has_interval = interval.state == SEMIO_FIGURE_KNOWN;

  semio_csv_writer_add_double (writer, known ? curve->area.value : NAN);
  semio_csv_writer_add_double (writer, has_interval ? interval.low : NAN);
  semio_csv_writer_add_double (writer, has_interval ? interval.high : NAN);
  semio_csv_writer_add_double (writer, known ? curve->constant : NAN);
}

void
semio_cli_curves_print_csv (SemioCli *cli, const SemioCurvesReport *report)
{
  static const char *const heads[] = { "run",
                                       "feature",
                                       "roc_area",
                                       "roc_area_low",
                                       "roc_area_high",
                                       "constant_roc_area",
                                       "average_precision",
                                       "average_precision_low",
                                       "average_precision_high",
                                       "constant_average_precision",
                                       "yes",
                                       "no",
                                       "n_reference",
                                       "scored",
                                       "missing",
                                       "reference" };
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_csv_writer_add_text (writer, heads[i]);
  semio_csv_writer_end_row (writer);
  for (guint i = 0; i < report->curves->len; i++)
    {
      const SemioScoreCurves *curves = &g_array_index (report->curves, SemioScoreCurves, i);

      semio_csv_writer_add_text (writer, ((SemioRun *) report->runs->pdata[curves->run])->name);
      semio_csv_writer_add_text (writer, semio_feature_set_get (report->features, curves->feature)->id);
      add_area (writer, &curves->roc, curves->roc_interval);
      add_area (writer, &curves->precision_recall, curves->precision_recall_interval);
      semio_csv_writer_add_int (writer, curves->roc.n_yes);
      semio_csv_writer_add_int (writer, curves->roc.n_no);
      semio_csv_writer_add_int (writer, curves->n_reference);
      semio_csv_writer_add_int (writer, curves->n_scored);
      semio_csv_writer_add_text (writer, semio_figure_state_to_id (curves->roc.area.state));
      semio_csv_writer_add_text (writer, report->reference_name);
      semio_csv_writer_end_row (writer);
    }
  bytes = semio_csv_writer_steal_bytes (writer);
  text = g_bytes_get_data (bytes, &length);
  fwrite (text, 1, length, stdout);
  if (report->missing != NULL)
    semio_cli_remark (cli, "%s", report->missing);
}

static JsonObject *
curve_to_json (const SemioCurve *curve, const SemioInterval *interval)
{
  JsonObject *object = json_object_new ();
  JsonArray *points = json_array_new ();

  json_object_set_object_member (object, "area", semio_cli_figure_to_json (curve->area, interval));
  if (curve->area.state == SEMIO_FIGURE_KNOWN)
    json_object_set_double_member (object, "constant", curve->constant);
  for (guint i = 0; curve->points != NULL && i < curve->points->len; i++)
    {
      const SemioCurvePoint *point = &g_array_index (curve->points, SemioCurvePoint, i);
      JsonArray *one = json_array_new ();

      /* The first threshold is above all scores, which JSON has no number for. */
      if (isfinite (point->threshold))
        json_array_add_double_element (one, point->threshold);
      else
        json_array_add_null_element (one);
      json_array_add_double_element (one, point->x);
      json_array_add_double_element (one, point->y);
      json_array_add_array_element (points, one);
    }
  json_object_set_array_member (object, "points", points);
  return object;
}

JsonObject *
semio_cli_curves_to_json (const SemioCurvesReport *report)
{
  JsonObject *object = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < report->curves->len; i++)
    {
      const SemioScoreCurves *curves = &g_array_index (report->curves, SemioScoreCurves, i);
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "run", ((SemioRun *) report->runs->pdata[curves->run])->name);
      json_object_set_string_member (row, "feature", semio_feature_set_get (report->features, curves->feature)->id);
      json_object_set_int_member (row, "n_reference", curves->n_reference);
      json_object_set_int_member (row, "scored", curves->n_scored);
      json_object_set_int_member (row, "yes", curves->roc.n_yes);
      json_object_set_int_member (row, "no", curves->roc.n_no);
      json_object_set_object_member (row, "roc", curve_to_json (&curves->roc, &curves->roc_interval));
      json_object_set_object_member (row, "precision_recall",
                                     curve_to_json (&curves->precision_recall, &curves->precision_recall_interval));
      json_array_add_object_element (rows, row);
    }
  json_object_set_string_member (object, "reference", report->reference_name);
  json_object_set_array_member (object, "curves", rows);
  json_object_set_string_member (object, "missing", report->missing != NULL ? report->missing : "");
  return object;
}

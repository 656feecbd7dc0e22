/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of time and order as table, CSV and JSON. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "semio-cli-number.h"
#include "semio-cli-results.h"
#include "semio-csv-writer.h"
#include "semio-times-lines.h"

#define NAME_WIDTH 26
#define MEASURE_WIDTH 16
#define NUMBER_WIDTH 11
#define INTERVAL_WIDTH 14

static const char *
get_run_name (const SemioTimesReport *report, const SemioTimesLine *line)
{
  return ((SemioRun *) report->runs->pdata[line->run])->name;
}

static void
print_heads (void)
{
  semio_cli_print_cell ("", 2);
  semio_cli_print_cell (_ ("of"), -NAME_WIDTH);
  semio_cli_print_cell (_ ("measure"), -MEASURE_WIDTH);
  semio_cli_print_cell (_ ("value"), NUMBER_WIDTH);
  semio_cli_print_cell (_ ("95 %"), INTERVAL_WIDTH);
  semio_cli_print_cell (_ ("constant"), NUMBER_WIDTH);
  semio_cli_print_cell (_ ("scored"), NUMBER_WIDTH);
  semio_cli_print_cell (_ ("of all"), NUMBER_WIDTH);
  semio_cli_print_cell (_ ("coverage"), NUMBER_WIDTH);
  fputc ('\n', stdout);
}

static void
print_line (const SemioTimesReport *report, const SemioTimesLine *line)
{
  g_autofree char *of = semio_times_line_describe (line, report);
  g_autofree char *value = semio_cli_format_figure (line->value);
  g_autofree char *interval = line->has_interval ? semio_cli_format_interval (line->interval) : g_strdup ("");
  g_autofree char *constant = line->has_constant ? semio_cli_format_figure (line->constant) : g_strdup ("");
  const gboolean is_no_better = line->has_constant && line->value.state == SEMIO_FIGURE_KNOWN
                                && line->constant.state == SEMIO_FIGURE_KNOWN && !semio_times_line_beats_constant (line);
  g_autofree char *compared = g_strconcat (is_no_better ? (line->lower_is_better ? "≥" : "≤") : "", constant, NULL);
  g_autofree char *coverage = semio_cli_format_figure (line->coverage);
  g_autofree char *scored = g_strdup_printf ("%u", line->n_scored);
  g_autofree char *all = g_strdup_printf ("%u", line->n_reference);

  semio_cli_print_cell ("", 2);
  semio_cli_print_cell (of, -NAME_WIDTH);
  semio_cli_print_cell (line->measure, -MEASURE_WIDTH);
  semio_cli_print_cell (value, NUMBER_WIDTH);
  semio_cli_print_cell (interval, INTERVAL_WIDTH);
  semio_cli_print_cell (compared, NUMBER_WIDTH);
  semio_cli_print_cell (scored, NUMBER_WIDTH);
  semio_cli_print_cell (all, NUMBER_WIDTH);
  semio_cli_print_cell (coverage, NUMBER_WIDTH);
  fputc ('\n', stdout);
}

static void
print_part (const SemioTimesReport *report, const GArray *lines, SemioTimesPart part)
{
  guint last_run = G_MAXUINT;

  fprintf (stdout, "\n%s\n", semio_times_part_get_label (part));
  if (report->missing[part] != NULL)
    fprintf (stdout, "  %s\n", report->missing[part]);
  for (guint i = 0; i < lines->len; i++)
    {
      const SemioTimesLine *line = &g_array_index (lines, SemioTimesLine, i);

      if (line->part != part)
        continue;
      if (line->run != last_run)
        {
          fprintf (stdout, "%s\n", get_run_name (report, line));
          print_heads ();
        }
      last_run = line->run;
      print_line (report, line);
    }
}

void
semio_cli_times_print_table (const SemioTimesReport *report)
{
  g_autoptr (GArray) lines = semio_times_report_list (report);

  fprintf (stdout, _ ("Reference: %s\n"), report->reference_name);
  fprintf (stdout,
           ngettext ("Times and order of %u recording. Errors and coverage over what the reference tells.\n",
                     "Times and order of %u recordings. Errors and coverage over what the reference tells.\n",
                     report->n_recordings),
           report->n_recordings);
  for (guint part = 0; part < SEMIO_N_TIMES_PARTS; part++)
    print_part (report, lines, (SemioTimesPart) part);
  fputs (
      _ ("\nConstant: the best answer that is the same for all: the median of the reference's onsets, the interval from their "
         "median "
         "beginning to their median end, the reference sequence nearest to all, always this side, always epileptic. ≥ and ≤: not "
         "better than it. Intervals at 95 %: Wilson for shares, BCa over patients for the rest.\n"),
      stdout);
}

static void
add_figure (SemioCsvWriter *writer, gboolean is_there, SemioFigure figure)
{
  semio_csv_writer_add_double (writer, is_there && figure.state == SEMIO_FIGURE_KNOWN ? figure.value : NAN);
}

static void
add_line (SemioCsvWriter *writer, const SemioTimesReport *report, const SemioTimesLine *line)
{
  const gboolean has_interval = line->has_interval && line->interval.state == SEMIO_FIGURE_KNOWN;
  const char *feature = line->feature >= 0 ? semio_feature_set_get (report->features, (guint) line->feature)->id : "";
  const char *body_part = line->part != SEMIO_TIMES_SIDES ? "" : line->body_part == SEMIO_FEATURE_HEAD ? "head" : "arm";

  semio_csv_writer_add_text (writer, semio_times_part_to_id (line->part));
  semio_csv_writer_add_text (writer, get_run_name (report, line));
  semio_csv_writer_add_text (writer, feature);
  semio_csv_writer_add_text (writer, body_part);
  semio_csv_writer_add_text (writer, line->part == SEMIO_TIMES_SIDES ? semio_side_to_id (line->side) : "");
  semio_csv_writer_add_text (writer, line->measure);
  add_figure (writer, TRUE, line->value);
  semio_csv_writer_add_double (writer, has_interval ? line->interval.low : NAN);
  semio_csv_writer_add_double (writer, has_interval ? line->interval.high : NAN);
  add_figure (writer, line->has_constant, line->constant);
  semio_csv_writer_add_text (writer, !line->has_constant ? "" : semio_times_line_beats_constant (line) ? "yes" : "no");
  semio_csv_writer_add_int (writer, line->n_reference);
  semio_csv_writer_add_int (writer, line->n_scored);
  add_figure (writer, TRUE, line->coverage);
  semio_csv_writer_add_text (writer, semio_figure_state_to_id (line->value.state));
  semio_csv_writer_add_text (writer, report->reference_name);
  semio_csv_writer_end_row (writer);
}

void
semio_cli_times_print_csv (const SemioTimesReport *report)
{
  static const char *const heads[] = { "part",   "run",      "feature", "body_part", "side",           "measure",
                                       "value",  "low",      "high",    "constant",  "beats_constant", "n_reference",
                                       "scored", "coverage", "missing", "reference" };
  g_autoptr (GArray) lines = semio_times_report_list (report);
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_csv_writer_add_text (writer, heads[i]);
  semio_csv_writer_end_row (writer);
  for (guint i = 0; i < lines->len; i++)
    add_line (writer, report, &g_array_index (lines, SemioTimesLine, i));
  bytes = semio_csv_writer_steal_bytes (writer);
  text = g_bytes_get_data (bytes, &length);
  fwrite (text, 1, length, stdout);
}

static JsonObject *
line_to_json (const SemioTimesReport *report, const SemioTimesLine *line)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "part", semio_times_part_to_id (line->part));
  json_object_set_string_member (object, "run", get_run_name (report, line));
  if (line->feature >= 0)
    json_object_set_string_member (object, "feature", semio_feature_set_get (report->features, (guint) line->feature)->id);
  if (line->part == SEMIO_TIMES_SIDES)
    {
      json_object_set_string_member (object, "body_part", line->body_part == SEMIO_FEATURE_HEAD ? "head" : "arm");
      json_object_set_string_member (object, "side", semio_side_to_id (line->side));
    }
  json_object_set_string_member (object, "measure", line->measure);
  json_object_set_object_member (object, "score",
                                 semio_cli_figure_to_json (line->value, line->has_interval ? &line->interval : NULL));
  if (line->has_constant)
    {
      json_object_set_object_member (object, "constant", semio_cli_figure_to_json (line->constant, NULL));
      json_object_set_boolean_member (object, "beats_constant", semio_times_line_beats_constant (line));
    }
  json_object_set_int_member (object, "n_reference", line->n_reference);
  json_object_set_int_member (object, "scored", line->n_scored);
  json_object_set_object_member (object, "coverage", semio_cli_figure_to_json (line->coverage, NULL));
  return object;
}

JsonObject *
semio_cli_times_to_json (const SemioTimesReport *report)
{
  g_autoptr (GArray) lines = semio_times_report_list (report);
  JsonObject *object = json_object_new ();
  JsonObject *missing = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < lines->len; i++)
    json_array_add_object_element (rows, line_to_json (report, &g_array_index (lines, SemioTimesLine, i)));
  for (guint i = 0; i < SEMIO_N_TIMES_PARTS; i++)
    if (report->missing[i] != NULL)
      json_object_set_string_member (missing, semio_times_part_to_id ((SemioTimesPart) i), report->missing[i]);
  json_object_set_string_member (object, "reference", report->reference_name);
  json_object_set_int_member (object, "recordings", report->n_recordings);
  json_object_set_array_member (object, "times", rows);
  json_object_set_object_member (object, "missing", missing);
  return object;
}

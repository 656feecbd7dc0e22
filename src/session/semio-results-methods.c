/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-methods.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "semio-config.h"
#include "semio-results-figures.h"

static void add (GPtrArray *paragraphs, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (GPtrArray *paragraphs, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (paragraphs, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
describe_answers (const SemioResultsReport *report, GPtrArray *paragraphs)
{
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, report->seed);

  add (paragraphs,
       _ ("Answers of the runs were scored against the reference set “%s”, feature by feature, on %u of the study’s %u "
          "recordings, "
          "of %u patients. %s %s"),
       report->reference_name, report->recordings->len, report->n_recordings, report->n_patients,
       semio_metrics_policy_describe (report->policy), semio_results_describe_join (report));
  if (report->patient_group != SEMIO_PATIENT_GROUP_ALL)
    add (paragraphs, _ ("%s, by what the reference set says of their events, alone are counted."),
         semio_patient_group_get_label (report->patient_group));
  add (paragraphs, "%s",
       _ ("Each number stands beside what the best constant answer (always yes, always no) earns on the same recordings. Where "
          "the "
          "reference and the event type agree in 95 % of the recordings or more, the specificity within the type that has the "
          "feature is given, or that there is one class only."));
  if (report->n_resamples == 0)
    add (paragraphs, "%s", _ ("No resamples were drawn, so that F1 has no interval and runs are not compared."));
  else
    add (paragraphs,
         _ ("Intervals are at 95 %%: Wilson’s for proportions; for F1 and the rest bias-corrected and accelerated (BCa) from %u "
            "resamples of patients drawn with replacement, seed %s (Mersenne Twister)."),
         report->n_resamples, seed);
  if (report->contrasts->len > 0)
    add (
        paragraphs,
        _ ("Runs were compared in pairs on the recordings that both are scored on: McNemar’s exact test, and the paired "
           "difference "
           "of F1 with its interval from the same resamples. Holm’s adjustment covers all %u tests: features, runs, enhancements "
           "and prompts. A run is called best only where the paired interval to every other run excludes zero."),
        report->n_tests);
}

static void
describe_ratings (const SemioRatingsReport *ratings, GPtrArray *paragraphs)
{
  SemioAgreementCounts counts = semio_agreement_count (ratings->agreement);

  if (ratings->points->len == 0)
    return;
  add (paragraphs,
       _ ("Explanations were rated from 1, not at all faithful to what is seen and heard, to 5, wholly faithful; 3 and more "
          "count as "
          "faithful. %u judgements of %u raters are counted. Agreement is Krippendorff’s α with intervals from resamples of "
          "patients, Gwet’s AC2, the intraclass correlation, and weighted kappa in pairs.%s"),
       ratings->points->len, counts.n_raters,
       semio_ratings_report_is_of_few (ratings) ? _ (" With fewer than five raters the coefficients tell of these raters, not of "
                                                     "raters as such.")
                                                : "");
}

GPtrArray *
semio_results_describe_methods (const SemioResultsView *view)
{
  GPtrArray *paragraphs = g_ptr_array_new_with_free_func (g_free);

  if (view->report != NULL)
    describe_answers (view->report, paragraphs);
  if (view->ratings != NULL)
    describe_ratings (view->ratings, paragraphs);
  add (paragraphs,
       _ ("Computed by Semioscope %s with the GNU Scientific Library. The same study and choice give the same numbers."),
       SEMIO_VERSION);
  return paragraphs;
}

static void
add_item (SemioTextTable *table, const char *item, const char *value)
{
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, item);
  semio_text_table_add_text (table, value);
}

static void
add_count (SemioTextTable *table, const char *item, guint64 value)
{
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, item);
  semio_text_table_add_int (table, (gint64) value);
}

SemioTextTable *
semio_results_make_settings_table (const SemioResultsView *view)
{
  const SemioResultsReport *report = view->report;
  SemioTextTable *table = semio_text_table_new (_ ("What was counted, and how"), _ ("The choice that all numbers are of."));

  semio_text_table_add_head (table, "item");
  semio_text_table_add_head (table, "value");
  add_item (table, "program", "Semioscope " SEMIO_VERSION);
  if (report != NULL)
    {
      add_item (table, "reference", report->reference_name);
      add_item (table, "policy", semio_metrics_policy_to_id (report->policy));
      add_item (table, "joined", semio_results_is_joined_by_event (report->policy, report->join) ? "event" : "published");
      add_item (table, "patient_group", semio_patient_group_to_id (report->patient_group));
      add_count (table, "recordings_of_study", report->n_recordings);
      add_count (table, "recordings", report->recordings->len);
      add_count (table, "patients", report->n_patients);
      add_count (table, "resamples", report->n_resamples);
      add_count (table, "seed", report->seed);
      add_item (table, "level", "0.95");
      add_count (table, "tests_in_family", report->n_tests);
    }
  if (view->ratings != NULL)
    {
      add_count (table, "raters", view->ratings->persons->len);
      add_count (table, "judgements", view->ratings->points->len);
    }
  return table;
}

SemioTextTable *
semio_results_make_flow_table (const SemioResultsView *view)
{
  const SemioResultsReport *report = view->report;
  const char *const heads[] = { _ ("Run"), _ ("Features"), _ ("Pairs"), _ ("Scored"), _ ("Left out"), _ ("Failed") };
  g_autofree char *sentence = NULL;
  SemioTextTable *table;

  if (report == NULL)
    return NULL;
  sentence = g_strdup_printf (_ ("The study has %u recordings; %u, of %u patients, are looked at. A pair is what the reference "
                                 "and a run say of one feature "
                                 "of one recording; it is left out where the reference or the run has nothing to score."),
                              report->n_recordings, report->recordings->len, report->n_patients);
  table = semio_text_table_new (_ ("Sample flow"), sentence);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_text_table_add_head (table, heads[i]);
  for (guint run = 0; run < report->runs->len; run++)
    {
      guint n_features = 0, n_scored = 0, n_left_out = 0, n_fails = 0;

      for (guint i = 0; i < report->rows->len; i++)
        {
          const SemioResultsRow *row = &g_array_index (report->rows, SemioResultsRow, i);

          if (row->run != run)
            continue;
          n_features++;
          n_scored += row->main.metrics.scored;
          n_left_out += row->main.metrics.left_out;
          n_fails += row->main.metrics.fails;
        }
      semio_text_table_begin_row (table);
      semio_text_table_add_text (table, ((SemioRun *) report->runs->pdata[run])->name);
      semio_text_table_add_int (table, n_features);
      semio_text_table_add_int (table, n_scored + n_left_out);
      semio_text_table_add_int (table, n_scored);
      semio_text_table_add_int (table, n_left_out);
      semio_text_table_add_int (table, n_fails);
    }
  return table;
}

/* What the settings of a run say of what it asked with: "hospital, version 3"; "" where they do not say. */
static char *
describe_prompts (const SemioRun *run)
{
  g_autoptr (JsonNode) node = run->settings != NULL ? json_from_string (run->settings, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *set = object != NULL ? json_object_get_member (object, "prompts") : NULL;
  JsonObject *prompts = set != NULL && JSON_NODE_HOLDS_OBJECT (set) ? json_node_get_object (set) : NULL;
  const char *name = prompts != NULL ? json_object_get_string_member_with_default (prompts, "name", "") : "";
  const char *hash = object != NULL ? json_object_get_string_member_with_default (object, "prompts_sha256", "") : "";

  return g_strdup_printf ("%s%s%.8s", name, *name != '\0' && *hash != '\0' ? ", " : "", hash);
}

SemioTextTable *
semio_results_make_runs_table (const SemioResultsView *view)
{
  const char *const heads[] = { _ ("Run"), _ ("Model"), _ ("Enhancement"), _ ("Prompts"), _ ("From") };
  SemioTextTable *table;

  if (view->report == NULL)
    return NULL;
  table =
      semio_text_table_new (_ ("Runs"), _ ("The configurations whose answers are scored; of prompts their name and the beginning "
                                           "of their SHA-256."));
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_text_table_add_head (table, heads[i]);
  for (guint i = 0; i < view->report->runs->len; i++)
    {
      const SemioRun *run = view->report->runs->pdata[i];
      g_autofree char *prompts = describe_prompts (run);

      semio_text_table_begin_row (table);
      semio_text_table_add_text (table, run->name);
      semio_text_table_add_text (table, run->model);
      semio_text_table_add_text (table, run->enhancement);
      semio_text_table_add_text (table, prompts);
      semio_text_table_add_text (table, run->origin);
    }
  return table;
}

static void
take (GPtrArray *tables, SemioTextTable *table)
{
  if (table != NULL)
    g_ptr_array_add (tables, table);
}

GPtrArray *
semio_results_make_all_tables (const SemioResultsView *view, gboolean for_programs)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_text_table_free);

  take (tables, semio_results_make_settings_table (view));
  take (tables, semio_results_make_runs_table (view));
  take (tables, semio_results_make_flow_table (view));
  if (for_programs && view->report != NULL)
    take (tables, semio_results_make_long_table (view->report));
  for (guint kind = 0; kind < SEMIO_RESULTS_N_PARTS; kind++)
    {
      g_autoptr (SemioResultsPart) part = semio_results_part_new ((SemioResultsPartKind) kind, view);

      if (part->table != NULL || for_programs)
        take (tables, semio_results_part_make_data (part));
    }
  return tables;
}

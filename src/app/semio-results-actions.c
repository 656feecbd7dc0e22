/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with results: looking at the recordings behind a number, and taking tables and figures away. */
#include <glib/gi18n-lib.h>

#include "semio-file-choice.h"
#include "semio-file-write.h"
#include "semio-results-dialog.h"
#include "semio-results-page-private.h"

/* What is to be written, made when the button is pressed: a later choice changes the page, not the file. */
typedef struct {
  SemioWindow *window;
  SemioTextTable *table; /* one of both */
  SemioTextTable *long_table; /* (nullable): instead of table where numbers are for programs */
  SemioChart *chart;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->table, semio_text_table_free);
  g_clear_pointer (&export->long_table, semio_text_table_free);
  g_clear_pointer (&export->chart, semio_chart_unref);
  g_free (export);
}

static SemioWindow *
get_window (SemioResultsPage *self)
{
  return SEMIO_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static GBytes *
render (const Export *export, const char *name, GError **error)
{
  SemioTableFormat format = SEMIO_TABLE_CSV;
  SemioChartFormat chart_format = SEMIO_CHART_SVG;
  SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);
  double width_px = 0;
  double height_px = 0;

  if (export->chart != NULL && semio_chart_format_from_name (name, &chart_format))
    {
      semio_chart_get_natural_size (export->chart, &style, &width_px, &height_px);
      return semio_chart_render (export->chart, chart_format, SEMIO_CHART_LIGHT, width_px, height_px, error);
    }
  if (export->table != NULL && semio_table_format_from_name (name, &format))
    {
      gboolean is_for_programs = format == SEMIO_TABLE_CSV || format == SEMIO_TABLE_JSON;

      return semio_text_table_write (is_for_programs && export->long_table != NULL ? export->long_table : export->table, format);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
               export->chart != NULL ? _ ("“%s” says no format. End the name in .svg, .pdf or .png.")
                                     : _ ("“%s” says no format. End the name in .csv, .json, .tex, .html or .tsv."),
               name);
  return NULL;
}

static void
chosen_cb (GPtrArray *files, gpointer user_data)
{
  Export *export = user_data;
  GFile *file = files->pdata[0];
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = render (export, name, &error);
  g_autofree char *text = NULL;

  if (bytes == NULL || !semio_file_write (file, bytes, NULL, &error))
    {
      semio_window_tell_error (export->window, _ ("The file could not be saved"), error);
      return;
    }
  text = g_strdup_printf (_ ("Saved “%s”."), name);
  semio_window_tell (export->window, text);
}

/* The export goes with the window, or with the next one: a dialog that is thought better of calls nothing. */
static void
ask (SemioResultsPage *self, Export *export, const char *title, const char *name)
{
  export->window = get_window (self);
  g_object_set_data_full (G_OBJECT (self), "semio-export", export, export_free);
  semio_file_choice_show (GTK_WINDOW (export->window),
                          export->chart != NULL ? SEMIO_FILE_CHOICE_NEW_FIGURE : SEMIO_FILE_CHOICE_NEW_RESULTS, title, name,
                          chosen_cb, export);
}

void
semio_results_page_export_table (SemioResultsPage *self)
{
  Export *export = NULL;

  if (self->report == NULL)
    return;
  export = g_new0 (Export, 1);
  export->table = semio_results_make_table (self->report, NULL);
  export->long_table = semio_results_make_long_table (self->report);
  ask (self, export, _ ("Save the Table"), "results.csv");
}

void
semio_results_page_export_agreement (SemioResultsPage *self)
{
  Export *export = NULL;

  if (self->ratings == NULL)
    return;
  export = g_new0 (Export, 1);
  export->table = semio_results_make_agreement (self->ratings);
  ask (self, export, _ ("Save the Table"), "agreement.csv");
}

static void
export_chart (SemioResultsPage *self, SemioChart *chart, const char *name)
{
  Export *export = g_new0 (Export, 1);

  export->chart = chart;
  ask (self, export, _ ("Save the Figure"), name);
}

void
semio_results_page_export_forest (SemioResultsPage *self)
{
  if (self->report != NULL)
    export_chart (self, semio_results_make_forest (self->report), "f1.svg");
}

void
semio_results_page_export_heat (SemioResultsPage *self)
{
  if (self->report != NULL)
    export_chart (self, semio_results_make_heat (self->report), "features-and-runs.svg");
}

void
semio_results_page_export_faithfulness (SemioResultsPage *self)
{
  if (self->faithful != NULL)
    export_chart (self, semio_chart_ref (self->faithful), "faithfulness.svg");
}

static void
present (SemioResultsPage *self, SemioResultsDialog *dialog)
{
  if (semio_results_dialog_get_n_rows (dialog) > 0)
    {
      gtk_window_present (GTK_WINDOW (dialog));
      return;
    }
  gtk_window_destroy (GTK_WINDOW (dialog));
  semio_window_tell (get_window (self), _ ("No recording is behind this."));
}

static void
add_pairs (SemioResultsPage *self, SemioResultsDialog *dialog, guint run, guint feature)
{
  const SemioRun *of = self->report->runs->pdata[run];
  g_autoptr (GArray) pairs = semio_results_list_pairs (self->results, self->report, run, feature);

  for (guint i = 0; i < pairs->len; i++)
    {
      const SemioResultsPair *pair = &g_array_index (pairs, SemioResultsPair, i);
      const SemioItemKey key = { of->id, pair->recording_id, feature, SEMIO_SEGMENT_WHOLE };
      /* TRANSLATORS: the answer of the reference, the name of a run and its answer. */
      g_autofree char *text = g_strdup_printf (_ ("reference %s · %s: %s"), semio_answer_get_label (pair->pair.reference),
                                               of->name, semio_answer_get_label (pair->pair.prediction));

      semio_results_dialog_add (dialog, &key, text);
    }
}

void
semio_results_page_list_feature (SemioResultsPage *self, guint feature)
{
  SemioResultsDialog *dialog = NULL;

  if (self->report == NULL)
    return;
  dialog = semio_results_dialog_new (get_window (self), semio_feature_set_get (self->report->features, feature)->label);
  for (guint run = 0; run < self->report->runs->len; run++)
    add_pairs (self, dialog, run, feature);
  present (self, dialog);
}

void
semio_results_page_list_mark (SemioResultsPage *self, guint mark)
{
  g_autoptr (GArray) features = NULL;
  g_autofree char *title = NULL;
  SemioResultsDialog *dialog = NULL;
  guint feature;
  guint run;

  if (self->report == NULL || self->report->runs->len == 0)
    return;
  features = semio_results_list_features (self->report);
  run = mark % self->report->runs->len;
  g_return_if_fail (mark / self->report->runs->len < features->len);
  feature = g_array_index (features, guint, mark / self->report->runs->len);
  title = g_strdup_printf ("%s · %s", semio_feature_set_get (self->report->features, feature)->label,
                           ((SemioRun *) self->report->runs->pdata[run])->name);
  dialog = semio_results_dialog_new (get_window (self), title);
  add_pairs (self, dialog, run, feature);
  present (self, dialog);
}

void
semio_results_page_list_score (SemioResultsPage *self, guint mark)
{
  guint row = mark / SEMIO_N_FAITHFUL_SCORES;
  int score = (int) (mark % SEMIO_N_FAITHFUL_SCORES) + 1;
  SemioFeatureSet *set = semio_study_get_feature_set (self->study);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  SemioResultsDialog *dialog = NULL;
  guint feature;

  g_return_if_fail (row < self->faithful_features->len);
  feature = g_array_index (self->faithful_features, guint, row);
  title = g_strdup_printf (_ ("%s · score %d"), semio_feature_set_get (set, feature)->label, score);
  text = g_strdup_printf (_ ("score %d"), score);
  dialog = semio_results_dialog_new (get_window (self), title);
  for (guint i = 0; i < self->points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (self->points, SemioFaithfulPoint, i);
      const SemioItemKey key = { point->run, point->recording, feature, SEMIO_SEGMENT_WHOLE };

      if (point->feature == feature && point->score == score)
        semio_results_dialog_add (dialog, &key, text);
    }
  present (self, dialog);
}

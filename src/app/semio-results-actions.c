/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with results: looking at the recordings behind a number, and taking tables and figures away. */
#include <glib/gi18n-lib.h>

#include "semio-file-choice.h"
#include "semio-file-write.h"
#include "semio-results-dialog.h"
#include "semio-results-page-private.h"
#include "semio-table-label.h"

/* What is to be written, made when the button is pressed: a later choice changes the page, not the file. */
typedef struct {
  SemioWindow *window;
  SemioTextTable *table; /* (nullable): for people */
  SemioTextTable *data; /* for programs */
  SemioChart *chart; /* (nullable) */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->table, semio_text_table_free);
  g_clear_pointer (&export->data, semio_text_table_free);
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
  if (semio_table_format_from_name (name, &format))
    {
      gboolean is_for_programs = format == SEMIO_TABLE_CSV || format == SEMIO_TABLE_JSON;

      return semio_text_table_write (is_for_programs || export->table == NULL ? export->data : export->table, format);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
               export->chart != NULL
                   ? _ ("“%s” says no format. End the name in .svg, .pdf or .png for the figure, in .csv, .json, .tex or .html "
                        "for its numbers.")
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
void
semio_results_page_export (SemioResultsPage *self, SemioResultsCard *card)
{
  const SemioResultsPart *part = semio_results_card_get_part (card);
  Export *export = NULL;
  g_autofree char *name = NULL;

  if (part == NULL || part->why != NULL)
    return;
  export = g_new0 (Export, 1);
  export->window = get_window (self);
  export->chart = part->chart != NULL ? semio_chart_ref (part->chart) : NULL;
  export->table = part->table != NULL ? semio_text_table_copy (part->table) : NULL;
  export->data =
      part->kind == SEMIO_RESULTS_PART_TABLE ? semio_results_make_long_table (self->report) : semio_results_part_make_data (part);
  name = g_strconcat (semio_results_part_get_id (part->kind), part->chart != NULL ? ".svg" : ".csv", NULL);
  g_object_set_data_full (G_OBJECT (self), "semio-export", export, export_free);
  semio_file_choice_show (GTK_WINDOW (export->window),
                          export->chart != NULL ? SEMIO_FILE_CHOICE_NEW_FIGURE : SEMIO_FILE_CHOICE_NEW_RESULTS,
                          export->chart != NULL ? _ ("Save the Figure") : _ ("Save the Table"), name, chosen_cb, export);
}

void
semio_results_page_copy (SemioResultsPage *self, SemioResultsCard *card)
{
  const SemioResultsPart *part = semio_results_card_get_part (card);
  g_autoptr (SemioTextTable) table = NULL;

  if (part == NULL || part->why != NULL)
    return;
  table =
      part->kind == SEMIO_RESULTS_PART_TABLE ? semio_results_grid_make_table (self->grid) : semio_results_part_make_data (part);
  if (table == NULL)
    return;
  semio_table_copy (GTK_WIDGET (card), table);
  semio_window_tell (get_window (self), _ ("Copied as a table."));
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

/* cell: of a confusion matrix, −1 for all; recording_id: 0 for all. */
static void
add_pairs (SemioResultsPage *self, SemioResultsDialog *dialog, guint run, guint feature, int cell, gint64 recording_id)
{
  const SemioRun *of = self->report->runs->pdata[run];
  g_autoptr (GArray) pairs = semio_results_list_pairs (self->results, self->report, run, feature);

  for (guint i = 0; i < pairs->len; i++)
    {
      const SemioResultsPair *pair = &g_array_index (pairs, SemioResultsPair, i);
      const SemioItemKey key = { of->id, pair->recording_id, feature, SEMIO_SEGMENT_WHOLE };
      g_autofree char *text = NULL;

      if (recording_id != 0 && pair->recording_id != recording_id)
        continue;
      if (cell >= 0 && semio_results_get_confusion_cell (&pair->pair, self->report->policy) != cell)
        continue;
      /* TRANSLATORS: the answer of the reference, the name of a run and its answer. */
      text = g_strdup_printf (_ ("reference %s · %s: %s"), semio_answer_get_label (pair->pair.reference), of->name,
                              semio_answer_get_label (pair->pair.prediction));
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
    add_pairs (self, dialog, run, feature, -1, 0);
  present (self, dialog);
}

static void
list_answers (SemioResultsPage *self, guint run, guint feature, int cell, gint64 recording_id)
{
  g_autofree char *title = g_strdup_printf ("%s · %s", semio_feature_set_get (self->report->features, feature)->label,
                                            ((SemioRun *) self->report->runs->pdata[run])->name);
  SemioResultsDialog *dialog = semio_results_dialog_new (get_window (self), title);

  add_pairs (self, dialog, run, feature, cell, recording_id);
  present (self, dialog);
}

void
semio_results_page_list_cell (SemioResultsPage *self, guint feature, guint run)
{
  if (self->report != NULL && run < self->report->runs->len)
    list_answers (self, run, feature, -1, 0);
}

/* Whether somebody else of the pair scored the same explanation. */
static gboolean
is_shared (const GArray *points, const SemioFaithfulPoint *point, gint64 other)
{
  for (guint i = 0; i < points->len; i++)
    {
      const SemioFaithfulPoint *one = &g_array_index (points, SemioFaithfulPoint, i);

      if (one->person == other && one->run == point->run && one->recording == point->recording && one->feature == point->feature
          && one->score > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_meant (const SemioResultsPage *self, const SemioResultsLink *link, const SemioFaithfulPoint *point)
{
  if (point->score == 0 || point->cannot_judge)
    return FALSE;
  if (link->persons[0] != 0 && link->persons[1] != 0)
    return (point->person == link->persons[0] && is_shared (self->ratings->points, point, link->persons[1]))
           || (point->person == link->persons[1] && is_shared (self->ratings->points, point, link->persons[0]));
  return (link->feature < 0 || point->feature == (guint) link->feature) && (link->score == 0 || point->score == link->score)
         && (link->run_id == 0 || point->run == link->run_id)
         && (link->recording_id == 0 || point->recording == link->recording_id)
         && (link->persons[0] == 0 || point->person == link->persons[0]);
}

static char *
name_person (const SemioResultsPage *self, gint64 id)
{
  for (guint i = 0; i < self->ratings->persons->len; i++)
    if (((SemioPerson *) self->ratings->persons->pdata[i])->id == id)
      return semio_results_name_person (self->ratings, i);
  return g_strdup ("");
}

static void
list_judgements (SemioResultsPage *self, const SemioResultsLink *link, const char *title)
{
  SemioFeatureSet *set = semio_study_get_feature_set (self->study);
  SemioResultsDialog *dialog = semio_results_dialog_new (get_window (self), title);

  for (guint i = 0; self->ratings != NULL && i < self->ratings->points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (self->ratings->points, SemioFaithfulPoint, i);
      const SemioItemKey key = { point->run, point->recording, point->feature, SEMIO_SEGMENT_WHOLE };
      g_autofree char *person = NULL;
      g_autofree char *text = NULL;

      if (!is_meant (self, link, point))
        continue;
      person = name_person (self, point->person);
      /* TRANSLATORS: feature, person, score. */
      text = g_strdup_printf (_ ("%s · %s: score %d"), semio_feature_set_get (set, point->feature)->label, person, point->score);
      semio_results_dialog_add (dialog, &key, text);
    }
  present (self, dialog);
}

void
semio_results_page_list_mark (SemioResultsPage *self, guint mark, SemioResultsCard *card)
{
  const SemioResultsPart *part = semio_results_card_get_part (card);
  SemioResultsLink link;

  if (part == NULL || part->links == NULL || mark >= part->links->len)
    return;
  link = g_array_index (part->links, SemioResultsLink, mark);
  if (link.of_ratings)
    {
      g_autofree char *title = semio_chart_describe_mark (part->chart, mark);

      list_judgements (self, &link, title);
      return;
    }
  for (guint run = 0; self->report != NULL && run < self->report->runs->len; run++)
    if (((SemioRun *) self->report->runs->pdata[run])->id == link.run_id)
      list_answers (self, run, (guint) link.feature, link.cell, link.recording_id);
}

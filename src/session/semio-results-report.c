/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-report.h"

#include <glib/gi18n-lib.h>

#include "semio-results-figures.h"
#include "semio-results-methods.h"

/* From so many on only those that are clear are listed. */
#define MAX_CONTRASTS 60

void
semio_paper_add_text_table (SemioPaper *paper, const SemioTextTable *table, gboolean with_title)
{
  guint n_columns = semio_text_table_get_n_columns (table);
  guint n_rows = semio_text_table_get_n_rows (table);
  g_autofree const char **heads = g_new0 (const char *, n_columns + 1);
  g_autofree SemioPaperCell *cells = g_new0 (SemioPaperCell, MAX (n_rows * n_columns, 1));

  for (guint i = 0; i < n_columns; i++)
    heads[i] = semio_text_table_get_head (table, i);
  for (guint i = 0; i < n_rows * n_columns; i++)
    cells[i].text = semio_text_table_get_cell (table, i / n_columns, i % n_columns, &cells[i].is_number, &cells[i].bold);
  if (with_title)
    {
      semio_paper_add (paper, SEMIO_PAPER_SUBHEADING, semio_text_table_get_title (table));
      semio_paper_add (paper, SEMIO_PAPER_NOTE, semio_text_table_get_sentence (table));
    }
  semio_paper_add_table (paper, heads, cells, n_rows);
}

static void
add_study (SemioPaper *paper, const SemioResultsView *view, const SemioReportHead *head)
{
  g_autofree char *uuid = semio_uuid_to_string (head->uuid);
  g_autofree char *line = g_strdup_printf (_ ("Study %s."), uuid);
  g_autofree char *features = g_strdup_printf (
      ngettext ("%u feature is looked for.", "%u features are looked for.", semio_feature_set_get_n_features (view->features)),
      semio_feature_set_get_n_features (view->features));
  g_autoptr (SemioTextTable) runs = semio_results_make_runs_table (view);
  g_autoptr (SemioTextTable) flow = semio_results_make_flow_table (view);

  semio_paper_add (paper, SEMIO_PAPER_HEADING, _ ("Study"));
  semio_paper_add (paper, SEMIO_PAPER_TEXT, line);
  semio_paper_add (paper, SEMIO_PAPER_TEXT, features);
  if (runs != NULL)
    semio_paper_add_text_table (paper, runs, TRUE);
  if (flow != NULL)
    semio_paper_add_text_table (paper, flow, TRUE);
}

static void
add_part (SemioPaper *paper, const SemioResultsView *view, SemioResultsPartKind kind)
{
  g_autoptr (SemioResultsPart) part = semio_results_part_new (kind, view);

  /* Of many comparisons a reader wants those that say something; all of them are for programs. */
  if (part->table != NULL && kind == SEMIO_RESULTS_PART_CONTRASTS && semio_text_table_get_n_rows (part->table) > MAX_CONTRASTS)
    {
      semio_text_table_free (part->table);
      part->table = semio_results_make_contrasts (view->report, TRUE);
    }
  if (part->chart != NULL)
    semio_paper_keep_with_chart (paper, part->chart);
  semio_paper_add (paper, SEMIO_PAPER_HEADING, semio_results_part_get_heading (kind));
  semio_paper_add (paper, SEMIO_PAPER_NOTE, semio_results_part_get_sentence (part));
  if (part->chart != NULL)
    semio_paper_add_chart (paper, part->chart);
  else if (part->table != NULL)
    semio_paper_add_text_table (paper, part->table, FALSE);
}

GBytes *
semio_results_write_report (const SemioResultsView *view, const SemioReportHead *head, GError **error)
{
  g_autofree char *uuid = semio_uuid_to_string (head->uuid);
  g_autofree char *title = head->title != NULL ? g_strdup (head->title) : g_strdup_printf (_ ("Study %.8s"), uuid);
  g_autofree char *name = g_strdup_printf (_ ("%s: results"), title);
  g_autoptr (SemioPaper) paper = semio_paper_new (name, head->utc_us, SEMIO_CHART_LIGHT);
  g_autoptr (GPtrArray) methods = semio_results_describe_methods (view);

  semio_paper_add (paper, SEMIO_PAPER_TITLE, name);
  add_study (paper, view, head);
  semio_paper_add (paper, SEMIO_PAPER_HEADING, _ ("Methods"));
  for (guint i = 0; i < methods->len; i++)
    semio_paper_add (paper, SEMIO_PAPER_TEXT, methods->pdata[i]);
  for (guint i = 0; view->report != NULL && view->report->remarks[i] != NULL; i++)
    semio_paper_add (paper, SEMIO_PAPER_NOTE, view->report->remarks[i]);
  for (guint kind = 0; kind < SEMIO_RESULTS_N_PARTS; kind++)
    add_part (paper, view, (SemioResultsPartKind) kind);
  return semio_paper_finish (g_steal_pointer (&paper), error);
}

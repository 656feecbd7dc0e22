/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file holds beside answers, counted for the preview. */
#include <glib/gi18n-lib.h>

#include "semio-import-private.h"

/* Of a wide or dense file. */
typedef struct {
  guint n_texts, n_spans, n_onsets, n_scores;
  guint n_beside; /* times beside what is no yes */
  guint first_line, first_column; /* of these */
  guint n_events, n_types;
} WideCounts;

/* Takes the text, which says nothing when there are none. */
static void
add (SemioImport *self, char *text, guint n)
{
  if (n > 0)
    g_ptr_array_add (self->contents, text);
  else
    g_free (text);
}

static void
count_cell (WideCounts *counts, const SemioWideCell *cell)
{
  counts->n_texts += cell->explanation != NULL && *cell->explanation != '\0';
  counts->n_scores += cell->has_score;
  if (cell->begin_ns == SEMIO_TIME_NONE)
    return;
  if (cell->answer == SEMIO_ANSWER_YES)
    *(cell->end_ns != SEMIO_TIME_NONE ? &counts->n_spans : &counts->n_onsets) += 1;
  else if (counts->n_beside++ == 0)
    {
      counts->first_line = cell->line;
      counts->first_column = cell->column;
    }
}

static void
count_wide (SemioImport *self)
{
  const guint n_features = semio_feature_set_get_n_features (semio_study_get_feature_set (self->study));
  WideCounts counts = { 0 };

  for (guint i = 0; i < semio_wide_table_get_n_rows (self->table); i++)
    {
      const SemioWideRow *row = semio_wide_table_get_row (self->table, i);

      for (guint f = 0; f < n_features; f++)
        count_cell (&counts, &row->cells[f]);
      counts.n_events += row->event.onset_ns != SEMIO_TIME_NONE || row->event.offset_ns != SEMIO_TIME_NONE;
      counts.n_types += row->event.type != SEMIO_EVENT_TYPE_UNDETERMINED;
    }
  add (self, g_strdup_printf (ngettext ("%u explanation", "%u explanations", counts.n_texts), counts.n_texts), counts.n_texts);
  add (self, g_strdup_printf (ngettext ("%u interval of a feature", "%u intervals of features", counts.n_spans), counts.n_spans),
       counts.n_spans);
  add (self, g_strdup_printf (ngettext ("%u onset without an end", "%u onsets without an end", counts.n_onsets), counts.n_onsets),
       counts.n_onsets);
  if (counts.n_beside > 0)
    g_ptr_array_add (
        self->contents,
        g_strdup_printf (ngettext ("%u time beside an answer that is not yes (line %u, column %u): kept with it, and not "
                                   "counted as a time of the feature",
                                   "%u times beside answers that are not yes (the first in line %u, column %u): kept with "
                                   "them, and not counted as times of the features",
                                   counts.n_beside),
                         counts.n_beside, counts.first_line, counts.first_column));
  add (self, g_strdup_printf (ngettext ("%u score", "%u scores", counts.n_scores), counts.n_scores), counts.n_scores);
  add (self, g_strdup_printf (ngettext ("%u event with a time", "%u events with times", counts.n_events), counts.n_events),
       counts.n_events);
  add (self, g_strdup_printf (ngettext ("%u event type", "%u event types", counts.n_types), counts.n_types), counts.n_types);
}

static void
count_sides (SemioImport *self, gboolean arm)
{
  guint n = 0, counts[4] = { 0 }, n_times = 0, n_fails = 0;

  for (guint i = 0; i < semio_companion_table_get_n_rows (self->companion); i++)
    {
      const SemioCompanionRow *row = semio_companion_table_get_row (self->companion, i);
      const SemioCompanionLaterality *side = arm ? &row->arm : &row->head;

      if (!side->says)
        continue;
      n++;
      n_fails += side->failed;
      counts[side->side] += !side->failed;
      n_times += side->begin_ns != SEMIO_TIME_NONE;
    }
  if (n > 0)
    g_ptr_array_add (self->contents,
                     g_strdup_printf (arm ? _ ("Arms: %u left, %u right, %u both, %u neither, %u failed; %u with times")
                                          : _ ("Head: %u left, %u right, %u both, %u neither, %u failed; %u with times"),
                                      counts[SEMIO_SIDE_LEFT], counts[SEMIO_SIDE_RIGHT], counts[SEMIO_SIDE_BOTH],
                                      counts[SEMIO_SIDE_NONE], n_fails, n_times));
}

/* What each row of a companion says, but for sides. */
static void
count_rows (SemioImport *self)
{
  guint n_times = 0, n_orders = 0, n_texts = 0, n_types = 0, n_fails = 0, n_epileptic = 0;

  for (guint i = 0; i < semio_companion_table_get_n_rows (self->companion); i++)
    {
      const SemioCompanionRow *row = semio_companion_table_get_row (self->companion, i);

      n_fails += row->failed;
      n_times += row->time_ns != SEMIO_TIME_NONE && row->feature >= 0;
      n_orders += row->order != NULL && row->order->len > 0;
      n_texts += row->text != NULL;
      n_types += row->has_type;
      n_epileptic += row->has_type && row->type == SEMIO_EVENT_TYPE_EPILEPTIC;
    }
  add (self, g_strdup_printf (ngettext ("%u onset time", "%u onset times", n_times), n_times), n_times);
  add (self, g_strdup_printf (ngettext ("%u sequence of features", "%u sequences of features", n_orders), n_orders), n_orders);
  if (self->form == SEMIO_IMPORT_FORM_REPORTS)
    add (self, g_strdup_printf (ngettext ("%u report", "%u reports", n_texts), n_texts), n_texts);
  if (self->form == SEMIO_IMPORT_FORM_SIDES)
    add (self, g_strdup_printf (ngettext ("%u body region", "%u body regions", n_texts), n_texts), n_texts);
  if (n_types > 0)
    g_ptr_array_add (self->contents,
                     g_strdup_printf (ngettext ("%u event type, %u epileptic", "%u event types, %u epileptic", n_types), n_types,
                                      n_epileptic));
  add (self, g_strdup_printf (ngettext ("%u failed answer", "%u failed answers", n_fails), n_fails), n_fails);
}

void
semio_import_count_contents (SemioImport *self)
{
  if (self->table)
    count_wide (self);
  else
    {
      count_sides (self, FALSE);
      count_sides (self, TRUE);
      count_rows (self);
    }
  g_ptr_array_add (self->contents, NULL);
}

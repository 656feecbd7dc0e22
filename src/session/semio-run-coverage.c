/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-coverage.h"

#include <glib/gi18n-lib.h>

static guint
get_n_columns (const SemioRunCoverage *coverage)
{
  return coverage->n_features + 1;
}

static guint
get_column (const SemioRunCoverage *coverage, const SemioQuestionKey *key)
{
  return key->feature < coverage->n_features ? key->feature : coverage->n_features;
}

static SemioCoverageCell *
find_cell (SemioRunCoverage *coverage, const SemioQuestionKey *key)
{
  int row = semio_run_coverage_find_row (coverage, key->recording_id);

  return row < 0 ? NULL : &coverage->cells[(guint) row * get_n_columns (coverage) + get_column (coverage, key)];
}

static void
add_planned (SemioRunCoverage *coverage, const SemioRunConfig *config, SemioFeatureSet *features)
{
  g_autoptr (SemioPredictPlan) plan = semio_predict_plan_new (config, features, coverage->recordings, NULL);

  for (guint s = 0; s < plan->segments->len; s++)
    {
      const SemioPlannedSegment *segment = plan->segments->pdata[s];

      for (guint f = 0; f < segment->fans->len; f++)
        {
          const SemioPlannedFan *fan = segment->fans->pdata[f];

          for (guint k = 0; k < fan->keys->len; k++)
            {
              SemioCoverageCell *cell = find_cell (coverage, &g_array_index (fan->keys, SemioQuestionKey, k));

              if (cell != NULL)
                cell->n_planned++;
            }
        }
    }
  coverage->n_planned = coverage->n_open = plan->n_questions;
}

SemioRunCoverage *
semio_run_coverage_new (const SemioRunConfig *config, SemioFeatureSet *features, GPtrArray *recordings, GArray *cells)
{
  SemioRunCoverage *coverage = g_new0 (SemioRunCoverage, 1);

  coverage->recordings = g_ptr_array_ref (recordings);
  coverage->n_features = semio_feature_set_get_n_features (features);
  coverage->cells = g_new0 (SemioCoverageCell, (gsize) recordings->len * get_n_columns (coverage));
  coverage->rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  coverage->unusable = g_hash_table_new_full (semio_question_key_hash, semio_question_key_equal, g_free, NULL);
  for (guint i = 0; i < recordings->len; i++)
    g_hash_table_insert (coverage->rows, &((SemioRecording *) recordings->pdata[i])->id, GUINT_TO_POINTER (i + 1));
  if (config != NULL)
    add_planned (coverage, config, features);
  for (guint i = 0; i < cells->len; i++)
    semio_run_coverage_add (coverage, &g_array_index (cells, SemioRunCell, i));
  return coverage;
}

void
semio_run_coverage_free (SemioRunCoverage *coverage)
{
  if (coverage == NULL)
    return;
  g_hash_table_unref (coverage->rows);
  g_hash_table_unref (coverage->unusable);
  g_ptr_array_unref (coverage->recordings);
  g_free (coverage->cells);
  g_free (coverage);
}

/* What was asked though the settings of now would not ask it, as an import does, counts as asked for. */
static void
count_as_planned (SemioRunCoverage *coverage, SemioCoverageCell *cell)
{
  guint n_standing = cell->n_as_sent + cell->n_repaired + cell->n_unusable;

  if (n_standing < cell->n_planned)
    {
      coverage->n_open--;
      return;
    }
  cell->n_planned++;
  coverage->n_planned++;
}

static void
count_usable (SemioRunCoverage *coverage, SemioCoverageCell *counts, const SemioRunCell *cell)
{
  coverage->n_answered++;
  coverage->n_repaired += cell->state == SEMIO_REPLY_REPAIRED;
  counts->n_repaired += cell->state == SEMIO_REPLY_REPAIRED;
  counts->n_as_sent += cell->state != SEMIO_REPLY_REPAIRED;
  if (cell->key.kind != SEMIO_QUESTION_ANSWER)
    return;
  counts->n_yes += cell->answer == SEMIO_ANSWER_YES;
  counts->n_no += cell->answer == SEMIO_ANSWER_NO;
  counts->n_na += cell->answer == SEMIO_ANSWER_NA;
}

void
semio_run_coverage_add (SemioRunCoverage *coverage, const SemioRunCell *cell)
{
  SemioCoverageCell *counts = find_cell (coverage, &cell->key);
  gboolean failed = cell->state == SEMIO_REPLY_UNUSABLE;

  if (counts == NULL)
    return;
  if (g_hash_table_remove (coverage->unusable, &cell->key))
    {
      counts->n_unusable--;
      coverage->n_unusable--;
    }
  else
    count_as_planned (coverage, counts);
  if (failed)
    {
      g_hash_table_add (coverage->unusable, g_memdup2 (&cell->key, sizeof cell->key));
      counts->n_unusable++;
      coverage->n_unusable++;
    }
  else
    count_usable (coverage, counts, cell);
}

const SemioCoverageCell *
semio_run_coverage_get (const SemioRunCoverage *coverage, guint row, guint column)
{
  g_return_val_if_fail (row < coverage->recordings->len && column < get_n_columns (coverage), NULL);

  return &coverage->cells[row * get_n_columns (coverage) + column];
}

int
semio_run_coverage_find_row (const SemioRunCoverage *coverage, gint64 recording_id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (coverage->rows, &recording_id)) - 1;
}

gboolean
semio_run_coverage_has_column (const SemioRunCoverage *coverage, guint column)
{
  for (guint row = 0; row < coverage->recordings->len; row++)
    if (semio_run_coverage_get (coverage, row, column)->n_planned > 0)
      return TRUE;
  return FALSE;
}

SemioCoverageState
semio_coverage_cell_get_state (const SemioCoverageCell *cell)
{
  guint n_usable = cell->n_as_sent + cell->n_repaired;

  if (cell->n_planned == 0)
    return SEMIO_COVERAGE_NOT_ASKED;
  if (cell->n_unusable > 0)
    return SEMIO_COVERAGE_FAILED;
  if (n_usable == 0)
    return SEMIO_COVERAGE_OPEN;
  if (n_usable < cell->n_planned)
    return SEMIO_COVERAGE_PART;
  return cell->n_repaired > 0 ? SEMIO_COVERAGE_REPAIRED : SEMIO_COVERAGE_DONE;
}

/* Takes the words. */
static void
append_count (GString *text, guint count, char *words)
{
  if (count > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
  g_free (words);
}

char *
semio_coverage_cell_describe (const SemioCoverageCell *cell)
{
  g_autoptr (GString) votes = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  if (cell->n_planned == 0)
    {
      g_string_append (text, _ ("Not asked by this run."));
      return g_string_free (text, FALSE);
    }
  append_count (votes, cell->n_yes, g_strdup_printf (_ ("%u yes"), cell->n_yes));
  append_count (votes, cell->n_no, g_strdup_printf (_ ("%u no"), cell->n_no));
  append_count (votes, cell->n_na, g_strdup_printf (_ ("%u not applicable"), cell->n_na));
  g_string_append_printf (text, ngettext ("%u of %u question answered", "%u of %u questions answered", cell->n_planned),
                          cell->n_as_sent + cell->n_repaired, cell->n_planned);
  if (votes->len > 0)
    g_string_append_printf (text, ": %s", votes->str);
  g_string_append_c (text, '.');
  if (cell->n_repaired > 0)
    g_string_append_printf (text, ngettext (" %u was repaired.", " %u were repaired.", cell->n_repaired), cell->n_repaired);
  if (cell->n_unusable > 0)
    g_string_append_printf (text, ngettext (" %u without a usable answer.", " %u without a usable answer.", cell->n_unusable),
                            cell->n_unusable);
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-predictions-writer.h"

#include <math.h>

#include "semio-csv-writer.h"
#include "semio-span.h"
#include "semio-text.h"

/* The file's name of a row. A name whose own end reads as an extension ("clip.v1") gets one to lose, so that it is read
 * back whole. */
static char *
make_file_name (const SemioPredictionRow *row)
{
  g_autofree char *base = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *whole_stem = NULL;
  g_autofree char *longer = NULL;

  if (row->segment == SEMIO_SEGMENT_WHOLE)
    base = g_strdup (row->name);
  else
    base = g_strdup_printf ("%s_segment_%d", row->name, row->segment);
  longer = g_strconcat (base, ".mp4", NULL);
  stem = semio_text_stem (base);
  whole_stem = semio_text_stem (longer);
  return g_str_equal (stem, whole_stem) ? g_steal_pointer (&base) : g_steal_pointer (&longer);
}

static const SemioPrediction *
get_cell (const SemioPredictionRow *row, guint feature)
{
  return row->cells != NULL ? row->cells[feature] : NULL;
}

/* Which of the columns that few files have a feature needs. */
typedef struct {
  gboolean times, scores;
} More;

static More *
find_more (guint n_features, const SemioPredictionRow *rows, guint n_rows)
{
  More *more = g_new0 (More, MAX (n_features, 1));

  for (guint i = 0; i < n_rows; i++)
    for (guint j = 0; j < n_features; j++)
      {
        const SemioPrediction *cell = get_cell (&rows[i], j);

        more[j].times |= cell != NULL && cell->has_span;
        more[j].scores |= cell != NULL && cell->has_score;
      }
  return more;
}

static void
add_title (SemioCsvWriter *writer, const char *prefix, const char *id)
{
  g_autofree char *title = g_strconcat (prefix, id, NULL);

  semio_csv_writer_add_text (writer, title);
}

static void
write_header (SemioCsvWriter *writer, SemioFeatureSet *features, const More *more)
{
  semio_csv_writer_add_text (writer, "file_name");
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      const char *id = semio_feature_set_get (features, i)->id;

      add_title (writer, "", id);
      add_title (writer, "justification_for_", id);
      if (more[i].times)
        {
          add_title (writer, "start_time_for_", id);
          add_title (writer, "end_time_for_", id);
        }
      if (more[i].scores)
        add_title (writer, "score_for_", id);
    }
  semio_csv_writer_end_row (writer);
}

static void
add_time (SemioCsvWriter *writer, const SemioPrediction *cell, gboolean is_end)
{
  const gint64 time_ns = cell == NULL || !cell->has_span ? SEMIO_TIME_NONE : is_end ? cell->end_ns : cell->begin_ns;

  semio_csv_writer_add_double (writer, time_ns != SEMIO_TIME_NONE ? (double) time_ns / (double) SEMIO_NS_PER_SECOND : NAN);
}

static void
add_more (SemioCsvWriter *writer, const More *more, const SemioPrediction *cell)
{
  if (more->times)
    {
      add_time (writer, cell, FALSE);
      add_time (writer, cell, TRUE);
    }
  if (more->scores)
    semio_csv_writer_add_double (writer, cell != NULL && cell->has_score ? cell->score : NAN);
}

GBytes *
semio_predictions_write (SemioFeatureSet *features, const SemioPredictionRow *rows, guint n_rows)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  guint n_features = semio_feature_set_get_n_features (features);
  g_autofree More *more = find_more (n_features, rows, n_rows);

  write_header (writer, features, more);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *file_name = make_file_name (&rows[i]);

      semio_csv_writer_add_text (writer, file_name);
      for (guint j = 0; j < n_features; j++)
        {
          SemioAnswer answer = rows[i].answers[j];

          semio_csv_writer_add_text (writer, answer == SEMIO_ANSWER_MISSING ? NULL : semio_answer_to_id (answer));
          semio_csv_writer_add_text (writer, rows[i].explanations != NULL ? rows[i].explanations[j] : NULL);
          add_more (writer, &more[j], get_cell (&rows[i], j));
        }
      semio_csv_writer_end_row (writer);
    }
  return semio_csv_writer_steal_bytes (writer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-predictions-writer.h"

#include "semio-csv-writer.h"
#include "semio-prediction.h"
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

static void
write_header (SemioCsvWriter *writer, SemioFeatureSet *features)
{
  semio_csv_writer_add_text (writer, "file_name");
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      const char *id = semio_feature_set_get (features, i)->id;
      g_autofree char *justification = g_strconcat ("justification_for_", id, NULL);

      semio_csv_writer_add_text (writer, id);
      semio_csv_writer_add_text (writer, justification);
    }
  semio_csv_writer_end_row (writer);
}

GBytes *
semio_predictions_write (SemioFeatureSet *features, const SemioPredictionRow *rows, guint n_rows)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  guint n_features = semio_feature_set_get_n_features (features);

  write_header (writer, features);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *file_name = make_file_name (&rows[i]);

      semio_csv_writer_add_text (writer, file_name);
      for (guint j = 0; j < n_features; j++)
        {
          SemioAnswer answer = rows[i].answers[j];

          semio_csv_writer_add_text (writer, answer == SEMIO_ANSWER_MISSING ? NULL : semio_answer_to_id (answer));
          semio_csv_writer_add_text (writer, rows[i].explanations != NULL ? rows[i].explanations[j] : NULL);
        }
      semio_csv_writer_end_row (writer);
    }
  return semio_csv_writer_steal_bytes (writer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-tables.h"

#include <math.h>
#include <string.h>

#include "semio-choreography.h"
#include "semio-csv-writer.h"
#include "semio-span.h"

static gint64
to_ns (double seconds)
{
  return (gint64) llround (seconds * 1000) * 1000000;
}

static void
add_time (SemioCsvWriter *writer, double seconds)
{
  g_autofree char *text = semio_time_format (to_ns (seconds), 3);

  semio_csv_writer_add_text (writer, text);
}

/* Empty when missing: a blank cell is a label that nobody gave. */
static void
add_answer (SemioCsvWriter *writer, SemioAnswer answer)
{
  semio_csv_writer_add_text (writer, answer == SEMIO_ANSWER_MISSING ? NULL : semio_answer_to_id (answer));
}

static void
add_titles (SemioCsvWriter *writer, SemioFeatureSet *features, const char *prefix)
{
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      g_autofree char *title = g_strconcat (prefix, semio_feature_set_get (features, i)->id, NULL);

      semio_csv_writer_add_text (writer, title);
    }
}

static void
add_labels_header (SemioCsvWriter *writer, SemioFeatureSet *features)
{
  semio_csv_writer_add_text (writer, "file_name");
  semio_csv_writer_add_text (writer, "gender");
  add_titles (writer, features, "");
  semio_csv_writer_add_text (writer, "start_time");
  semio_csv_writer_add_text (writer, "end_time");
  semio_csv_writer_add_text (writer, "label");
  add_titles (writer, features, "start_time_for_");
  add_titles (writer, features, "end_time_for_");
  semio_csv_writer_end_row (writer);
}

/* From the first interval's begin to the last one's end, when the reference says yes and there is a time. */
static void
add_bound (SemioCsvWriter *writer, const SemioChoreography *choreography, SemioFeatureSet *features, guint index, gboolean end)
{
  const SemioFeature *feature = semio_feature_set_get (features, index);
  const SemioDemoFeature *found = semio_choreography_find_feature (choreography, feature->id);
  SemioAnswer answer = semio_choreography_get_answer (choreography, feature, semio_feature_set_is_from_sound (features, index));
  const SemioDemoInterval *interval;

  if (!found || answer != SEMIO_ANSWER_YES || found->intervals->len == 0)
    {
      semio_csv_writer_add_text (writer, NULL);
      return;
    }
  interval = g_ptr_array_index (found->intervals, end ? found->intervals->len - 1 : 0);
  add_time (writer, end ? interval->end_s : interval->begin_s);
}

GBytes *
semio_demo_tables_write_labels (GPtrArray *choreographies, SemioFeatureSet *features)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  guint n_features = semio_feature_set_get_n_features (features);

  add_labels_header (writer, features);
  for (guint row = 0; row < choreographies->len; row++)
    {
      const SemioChoreography *choreography = g_ptr_array_index (choreographies, row);

      semio_csv_writer_add_text (writer, choreography->file_name);
      semio_csv_writer_add_text (writer, choreography->gender);
      for (guint i = 0; i < n_features; i++)
        add_answer (writer, semio_choreography_get_answer (choreography, semio_feature_set_get (features, i),
                                                           semio_feature_set_is_from_sound (features, i)));
      add_time (writer, choreography->onset_s);
      add_time (writer, choreography->offset_s);
      semio_csv_writer_add_text (writer, semio_event_type_to_id (choreography->type));
      for (guint end = 0; end < 2; end++)
        for (guint i = 0; i < n_features; i++)
          add_bound (writer, choreography, features, i, end == 1);
      semio_csv_writer_end_row (writer);
    }
  return semio_csv_writer_steal_bytes (writer);
}

static void
add_answer_row (SemioCsvWriter *writer, const SemioChoreography *choreography, guint segment, SemioFeatureSet *features,
                SemioDemoAnswers *answers)
{
  const char *dot = strrchr (choreography->file_name, '.');
  g_autofree char *stem = g_strndup (choreography->file_name, (gsize) (dot - choreography->file_name));
  g_autofree char *name = g_strdup_printf ("%s_segment_%u%s", stem, segment, dot);

  semio_csv_writer_add_text (writer, name);
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      SemioAnswer answer = SEMIO_ANSWER_MISSING;
      const char *explanation = NULL;

      semio_demo_answers_get (answers, choreography->id, segment, semio_feature_set_get (features, i)->id, &answer, &explanation);
      add_answer (writer, answer);
      semio_csv_writer_add_text (writer, explanation);
    }
  semio_csv_writer_end_row (writer);
}

GBytes *
semio_demo_tables_write_answers (GPtrArray *choreographies, SemioFeatureSet *features, SemioDemoAnswers *answers)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();

  semio_csv_writer_add_text (writer, "file_name");
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      const char *id = semio_feature_set_get (features, i)->id;
      g_autofree char *title = g_strconcat ("justification_for_", id, NULL);

      semio_csv_writer_add_text (writer, id);
      semio_csv_writer_add_text (writer, title);
    }
  semio_csv_writer_end_row (writer);
  for (guint row = 0; row < choreographies->len; row++)
    {
      const SemioChoreography *choreography = g_ptr_array_index (choreographies, row);

      for (guint segment = 0; segment < semio_demo_answers_get_n_segments (answers, choreography->id); segment++)
        add_answer_row (writer, choreography, segment, features, answers);
    }
  return semio_csv_writer_steal_bytes (writer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-ratings-writer.h"

#include <math.h>

#include "semio-clock.h"
#include "semio-csv-writer.h"
#include "semio-prediction.h"

#define N_VISIBLE 5

static const char *const header[] = { "person",       "role",         "recording",    "event_type", "run",       "model",
                                      "enhancement",  "feature",      "segment",      "answer",     "reference", "score",
                                      "percent",      "supports",     "cannot_judge", "marks",      "comment",   "visible",
                                      "played_event", "played_cited", "seconds",      "utc",        "state" };

static void
add_person (SemioCsvWriter *writer, const SemioRatingLine *line)
{
  g_autofree char *number = NULL;

  if (line->person == NULL && line->person_number > 0)
    number = g_strdup_printf ("person %u", line->person_number);
  semio_csv_writer_add_text (writer, line->person != NULL ? line->person : number);
  semio_csv_writer_add_text (writer, semio_role_to_id (line->role));
}

/* Nobody judged it: an empty cell. */
static void
add_answer (SemioCsvWriter *writer, SemioAnswer answer)
{
  semio_csv_writer_add_text (writer, answer == SEMIO_ANSWER_MISSING ? NULL : semio_answer_to_id (answer));
}

static void
add_flags (SemioCsvWriter *writer, guint flags, guint n, const char *(*to_id) (guint flag))
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if ((flags & (1u << i)) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, to_id (1u << i));
    }
  semio_csv_writer_add_text (writer, text->str);
}

static const char *
mark_to_id (guint flag)
{
  return semio_mark_to_id ((SemioMarks) flag);
}

static const char *
visible_to_id (guint flag)
{
  return semio_visible_to_id ((SemioVisible) flag);
}

static void
add_item (SemioCsvWriter *writer, const SemioRatingLine *line)
{
  semio_csv_writer_add_text (writer, line->recording);
  semio_csv_writer_add_text (writer, semio_event_type_to_id (line->event_type));
  semio_csv_writer_add_text (writer, line->run);
  semio_csv_writer_add_text (writer, line->model);
  semio_csv_writer_add_text (writer, line->enhancement);
  semio_csv_writer_add_text (writer, line->feature);
  if (line->segment == SEMIO_SEGMENT_WHOLE)
    semio_csv_writer_add_text (writer, "whole");
  else
    semio_csv_writer_add_int (writer, line->segment + 1);
  add_answer (writer, line->answer);
  add_answer (writer, line->reference);
}

static void
add_judgement (SemioCsvWriter *writer, const SemioRating *rating)
{
  if (rating->score > 0)
    {
      semio_csv_writer_add_int (writer, rating->score);
      semio_csv_writer_add_int (writer, semio_rating_score_to_percent (rating->score));
    }
  else
    {
      semio_csv_writer_add_text (writer, NULL);
      semio_csv_writer_add_text (writer, NULL);
    }
  semio_csv_writer_add_text (writer, semio_supports_to_id (rating->supports));
  semio_csv_writer_add_text (writer, semio_cannot_judge_to_id (rating->cannot_judge));
  add_flags (writer, rating->marks, SEMIO_N_MARKS, mark_to_id);
  semio_csv_writer_add_text (writer, rating->comment);
}

static void
add_circumstances (SemioCsvWriter *writer, const SemioRating *rating)
{
  g_autofree char *utc = semio_clock_format_utc (rating->utc_us);

  add_flags (writer, rating->visible, N_VISIBLE, visible_to_id);
  semio_csv_writer_add_double (writer, rating->played_event);
  semio_csv_writer_add_double (writer, rating->played_cited);
  semio_csv_writer_add_double (writer, rating->seconds);
  semio_csv_writer_add_text (writer, utc);
  semio_csv_writer_add_text (writer, rating->withdrawn ? "withdrawn" : rating->current ? "current" : "superseded");
}

GBytes *
semio_ratings_write (const SemioRatingLine *lines, guint n_lines)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (header); i++)
    semio_csv_writer_add_text (writer, header[i]);
  semio_csv_writer_end_row (writer);
  for (guint i = 0; i < n_lines; i++)
    {
      add_person (writer, &lines[i]);
      add_item (writer, &lines[i]);
      add_judgement (writer, lines[i].rating);
      add_circumstances (writer, lines[i].rating);
      semio_csv_writer_end_row (writer);
    }
  return semio_csv_writer_steal_bytes (writer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "semio-csv-reader.h"
#include "semio-prediction.h"
#include "semio-predictions-writer.h"
#include "semio-ratings-writer.h"
#include "semio-wide-reader.h"

static const char *
get_cell (SemioCsvTable *table, guint row, const char *title)
{
  for (guint i = 0; i < semio_csv_table_get_n_columns (table); i++)
    if (g_str_equal (semio_csv_table_get_cell (table, 0, i), title))
      return semio_csv_table_get_cell (table, row, i);
  g_error ("no column “%s”", title);
  return NULL;
}

static SemioRating *
make_rating (void)
{
  SemioRating *rating = semio_rating_new ();

  rating->score = 4;
  rating->supports = SEMIO_SUPPORTS_NO;
  rating->marks = SEMIO_MARK_WRONG_SIDE | SEMIO_MARK_LEFT_OUT;
  rating->comment = g_strdup ("=left, not \"right\"\nlook again");
  rating->visible = SEMIO_VISIBLE_RUN_NAME | SEMIO_VISIBLE_SOUND;
  rating->played_event = 0.875;
  rating->played_cited = NAN;
  rating->seconds = 12.5;
  rating->utc_us = G_GINT64_CONSTANT (1000000000000001);
  rating->current = TRUE;
  return rating;
}

static void
test_ratings (void)
{
  g_autoptr (SemioRating) rating = make_rating ();
  g_autoptr (SemioRating) reason = semio_rating_new ();
  g_autoptr (SemioRating) withdrawal = semio_rating_new ();
  SemioRatingLine lines[3] = { { .rating = rating,
                                 .person = "Dr. Ærø",
                                 .role = SEMIO_ROLE_EPILEPTOLOGIST,
                                 .recording = "R031",
                                 .event_type = SEMIO_EVENT_TYPE_FUNCTIONAL,
                                 .run = "run A",
                                 .model = "M",
                                 .enhancement = "face crop",
                                 .feature = "tonic",
                                 .segment = SEMIO_SEGMENT_WHOLE,
                                 .answer = SEMIO_ANSWER_YES,
                                 .reference = SEMIO_ANSWER_NO },
                               { .rating = reason, .person_number = 2, .segment = 2, .answer = SEMIO_ANSWER_FAIL },
                               { .rating = withdrawal } };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SemioCsvTable) table = NULL;
  g_autoptr (GError) error = NULL;

  reason->cannot_judge = SEMIO_CANNOT_JUDGE_NO_SOUND;
  withdrawal->withdrawn = TRUE;
  withdrawal->current = TRUE;
  bytes = semio_ratings_write (lines, 3);
  table = semio_csv_read (bytes, "ratings.csv", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (semio_csv_table_get_n_rows (table), ==, 4);
  g_assert_cmpuint (semio_csv_table_get_n_columns (table), ==, 23);
  g_assert_cmpstr (get_cell (table, 1, "person"), ==, "Dr. Ærø");
  g_assert_cmpstr (get_cell (table, 1, "role"), ==, "epileptologist");
  g_assert_cmpstr (get_cell (table, 1, "recording"), ==, "R031");
  g_assert_cmpstr (get_cell (table, 1, "event_type"), ==, "functional");
  g_assert_cmpstr (get_cell (table, 1, "run"), ==, "run A");
  g_assert_cmpstr (get_cell (table, 1, "model"), ==, "M");
  g_assert_cmpstr (get_cell (table, 1, "enhancement"), ==, "face crop");
  g_assert_cmpstr (get_cell (table, 1, "feature"), ==, "tonic");
  g_assert_cmpstr (get_cell (table, 1, "segment"), ==, "whole");
  g_assert_cmpstr (get_cell (table, 1, "answer"), ==, "yes");
  g_assert_cmpstr (get_cell (table, 1, "reference"), ==, "no");
  g_assert_cmpstr (get_cell (table, 1, "score"), ==, "4");
  g_assert_cmpstr (get_cell (table, 1, "percent"), ==, "80");
  g_assert_cmpstr (get_cell (table, 1, "supports"), ==, "no");
  g_assert_cmpstr (get_cell (table, 1, "cannot_judge"), ==, "");
  g_assert_cmpstr (get_cell (table, 1, "marks"), ==, "wrong_side left_out");
  g_assert_cmpstr (get_cell (table, 1, "comment"), ==, "'=left, not \"right\"\nlook again");
  g_assert_cmpstr (get_cell (table, 1, "visible"), ==, "run_name sound");
  g_assert_cmpstr (get_cell (table, 1, "played_event"), ==, "0.875");
  g_assert_cmpstr (get_cell (table, 1, "played_cited"), ==, "");
  g_assert_cmpstr (get_cell (table, 1, "seconds"), ==, "12.5");
  g_assert_cmpstr (get_cell (table, 1, "utc"), ==, "2001-09-09T01:46:40.000001Z");
  g_assert_cmpstr (get_cell (table, 1, "state"), ==, "current");
  g_assert_cmpstr (get_cell (table, 2, "person"), ==, "person 2");
  g_assert_cmpstr (get_cell (table, 2, "segment"), ==, "3");
  g_assert_cmpstr (get_cell (table, 2, "score"), ==, "");
  g_assert_cmpstr (get_cell (table, 2, "percent"), ==, "");
  g_assert_cmpstr (get_cell (table, 2, "cannot_judge"), ==, "no_sound");
  g_assert_cmpstr (get_cell (table, 2, "answer"), ==, "fail");
  g_assert_cmpstr (get_cell (table, 2, "reference"), ==, "");
  g_assert_cmpstr (get_cell (table, 2, "state"), ==, "superseded");
  g_assert_cmpstr (get_cell (table, 3, "state"), ==, "withdrawn");
}

/* What is exported reads back cell by cell. */
static void
test_predictions (void)
{
  static const char *const names[] = { "R001", "clip.v1", "Ünder.v1" };
  static const SemioAnswer all[] = { SEMIO_ANSWER_MISSING, SEMIO_ANSWER_YES, SEMIO_ANSWER_NO, SEMIO_ANSWER_NA,
                                     SEMIO_ANSWER_FAIL };
  static const char *const texts[] = { NULL, "=1+1", "a \"quoted\", text\nin lines", "plain", "'=odd", "-" };
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  SemioPredictionRow rows[12];
  SemioAnswer answers[12][20];
  const char *explanations[12][20];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SemioWideTable) table = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 12; i++)
    {
      rows[i] = (SemioPredictionRow){ names[i / 4], i < 8 ? (int) (i % 4) : SEMIO_SEGMENT_WHOLE, answers[i], explanations[i] };
      for (guint j = 0; j < 20; j++)
        {
          answers[i][j] = all[(i * 3 + j) % G_N_ELEMENTS (all)];
          explanations[i][j] = texts[(i + j * 5) % G_N_ELEMENTS (texts)];
        }
    }
  bytes = semio_predictions_write (features, rows, 9);
  table = semio_wide_read (bytes, "out.csv", SEMIO_WIDE_PREDICTIONS, features, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (semio_wide_table_get_n_rows (table), ==, 9);
  g_assert_cmpstr (semio_wide_table_get_row (table, 0)->stem, ==, "r001");
  g_assert_cmpstr (semio_wide_table_get_row (table, 4)->stem, ==, "clip.v1");
  g_assert_cmpstr (semio_wide_table_get_row (table, 8)->stem, ==, "ünder.v1");
  for (guint i = 0; i < 9; i++)
    {
      const SemioWideRow *row = semio_wide_table_get_row (table, i);

      g_assert_cmpint (row->segment, ==, rows[i].segment);
      for (guint j = 0; j < 20; j++)
        {
          g_assert_cmpint (row->cells[j].answer, ==, answers[i][j]);
          g_assert_cmpint (row->cells[j].blank, ==, answers[i][j] == SEMIO_ANSWER_MISSING);
          g_assert_cmpstr (row->cells[j].explanation, ==, explanations[i][j]);
        }
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/writers/ratings", test_ratings);
  g_test_add_func ("/exchange/writers/predictions", test_predictions);
  return g_test_run ();
}

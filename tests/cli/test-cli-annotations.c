/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Annotations of the size of the published suite with the real program: 438 recordings, 79 columns, 2,366 onsets, eleven
 * models; and the scores of time, order and curves that come of them. */
#include <string.h>

#include "semio-feature-set.h"
#include "semio-test-cli.h"
#include "semio-test-home.h"

#define run semio_test_cli_run
#define put semio_test_cli_put
#define read_json semio_test_cli_read_json
#define assert_err semio_test_cli_assert_err
#define assert_out semio_test_cli_assert_out

#define N_RECORDINGS 438
/* The dense file lacks the rows of the last ones. */
#define N_DENSE 430
#define N_ONSETS 2366
#define N_MODELS 11

static SemioFeatureSet *features;

static gboolean
is_yes (guint recording, guint feature)
{
  return (recording + feature) % 3 == 0;
}

static guint
get_begin_s (guint recording, guint feature)
{
  return 5 + (recording + feature) % 40;
}

static const char *
get_id (guint feature)
{
  return semio_feature_set_get (features, feature)->id;
}

/* In each of the forms that the published files mix. */
static void
append_time (GString *csv, guint seconds)
{
  if (seconds % 3 == 0)
    g_string_append_printf (csv, ",%02u:%02u:00", seconds / 60, seconds % 60);
  else
    g_string_append_printf (csv, seconds % 3 == 1 ? ",%u:%02u" : ", %02u:%02u ", seconds / 60, seconds % 60);
}

static char *
write_dense (Fixture *fixture)
{
  g_autoptr (GString) csv = g_string_new ("file_name");

  for (guint f = 0; f < semio_feature_set_get_n_features (features); f++)
    {
      g_string_append_printf (csv, ",%s,justification_for_%s", get_id (f), get_id (f));
      if (f > 0)
        g_string_append_printf (csv, ",start_time_for_%s,end_time_for_%s", get_id (f), get_id (f));
    }
  for (guint i = 0; i < N_DENSE; i++)
    {
      g_string_append_printf (csv, "\r\nA%04u@1-1-2020@UA@sz_v1.mp4", i);
      for (guint f = 0; f < semio_feature_set_get_n_features (features); f++)
        {
          g_string_append_printf (csv, "%s,\"Seen, in %s,\nby the patient's side.\"", is_yes (i, f) ? ", yes " : ",no",
                                  get_id (f));
          if (f > 0 && is_yes (i, f))
            {
              append_time (csv, get_begin_s (i, f));
              append_time (csv, get_begin_s (i, f) + 10);
            }
          /* One interval beside a no. */
          else if (f > 0)
            g_string_append (csv, i == 1 && f == 1 ? ",0:01,0:02" : ",,N/A");
        }
    }
  return put (fixture, "dense.csv", csv->str);
}

/* model: −1 for the reference, whose times are in seconds. */
static char *
write_onsets (Fixture *fixture, int model)
{
  g_autoptr (GString) csv = g_string_new (model < 0 ? "file_name,target_time,feature\n" : "file_name,feature,timestamp\n");

  for (guint k = 0; k < N_ONSETS; k++)
    {
      const guint recording = k % N_RECORDINGS, feature = 1 + k / N_RECORDINGS;
      const guint seconds = get_begin_s (recording, feature) + (guint) MAX (model, 0);

      g_string_append_printf (csv, "A%04u@1-1-2020@UA@sz_v1.mp4", recording);
      if (model < 0)
        g_string_append_printf (csv, ",%u.0,%s\n", seconds, get_id (feature));
      else
        g_string_append_printf (csv, ",%s,%02u:%02u\n", get_id (feature), seconds / 60, seconds % 60);
    }
  return put (fixture, "onsets.csv", csv->str);
}

/* One column, the same rule for reference and models: model m is wrong in every recording below m. */
static char *
write_rule (Fixture *fixture, const char *head, const char *even, const char *odd, guint model)
{
  g_autoptr (GString) csv = g_string_new (head);

  for (guint i = 0; i < N_RECORDINGS; i++)
    g_string_append_printf (csv, "A%04u@1-1-2020@UA@sz_v1.mp4,%s\n", i, (i % 2 == 0) != (i < model) ? even : odd);
  return put (fixture, "rule.csv", csv->str);
}

static char *
write_answers (Fixture *fixture, guint model)
{
  const guint n = semio_feature_set_get_n_features (features);
  g_autoptr (GString) csv = g_string_new ("file_name");

  for (guint f = 0; f < n; f++)
    g_string_append_printf (csv, ",%s,justification_for_%s,score_for_%s", get_id (f), get_id (f), get_id (f));
  for (guint i = 0; i < N_RECORDINGS; i++)
    {
      g_string_append_printf (csv, "\nA%04u@1-1-2020@UA@sz_v1.mp4", i);
      for (guint f = 0; f < n; f++)
        g_string_append_printf (csv, ",%s,Because.,%s", is_yes (i, f) ? "yes" : "no",
                                is_yes (i, f) != (i < model) ? "0.75" : "0.25");
    }
  return put (fixture, "answers.csv", csv->str);
}

static JsonObject *
import_reference (Fixture *fixture, const char *path, gboolean create)
{
  g_assert_cmpint (
      run (fixture, "import", "annotations", fixture->study, path, "--person", "Ada", "--json", create ? "--create" : NULL, NULL),
      ==, 0);
  return read_json (fixture);
}

static JsonObject *
import_run (Fixture *fixture, const char *path, const char *name)
{
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", name, "--json", NULL), ==, 0);
  return read_json (fixture);
}

static void
import_references (Fixture *fixture)
{
  g_autofree char *types = write_rule (fixture, "file_name,label\n", "ES", "NES", 0);
  g_autoptr (JsonObject) with_types = import_reference (fixture, types, TRUE);
  g_autofree char *dense = write_dense (fixture);
  g_autoptr (JsonObject) with_dense = import_reference (fixture, dense, FALSE);
  g_autofree char *onsets = write_onsets (fixture, -1);
  g_autoptr (JsonObject) with_onsets = import_reference (fixture, onsets, FALSE);
  g_autofree char *sides = write_rule (fixture, "file_name,left_right_head_turning\n", "left", " right ", 0);
  g_autoptr (JsonObject) with_sides = import_reference (fixture, sides, FALSE);
  g_autofree char *order = write_rule (fixture, "file_name,event_sequence\n", "tonic,clonic", "\"clonic, tonic\"", 0);
  g_autoptr (JsonObject) with_order = import_reference (fixture, order, FALSE);
  JsonArray *unnamed = json_object_get_array_member (with_dense, "unmatched_recordings");

  g_assert_cmpint (json_object_get_int_member (with_types, "created_recordings"), ==, N_RECORDINGS);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (with_dense, "columns")), ==, 79);
  g_assert_cmpint (json_object_get_int_member (with_dense, "rows"), ==, N_DENSE);
  g_assert_cmpuint (json_array_get_length (unnamed), ==, N_RECORDINGS - N_DENSE);
  /* A label and words of each of twenty features; the interval beside the no stands with its words. */
  g_assert_cmpint (json_object_get_int_member (with_dense, "new_cells"), ==, N_DENSE * 40);
  g_assert_nonnull (strstr (fixture->out, "\"order-csv\""));
  g_assert_cmpint (json_object_get_int_member (with_onsets, "new_cells"), ==, N_ONSETS);
  g_assert_cmpint (json_object_get_int_member (with_sides, "new_cells"), ==, N_RECORDINGS);
  g_assert_cmpint (json_object_get_int_member (with_order, "new_cells"), ==, N_RECORDINGS);
}

static void
import_models (Fixture *fixture)
{
  for (guint m = 0; m < N_MODELS; m++)
    {
      g_autofree char *name = g_strdup_printf ("model %02u", m);
      g_autofree char *onsets = write_onsets (fixture, (int) m);
      g_autoptr (JsonObject) with_onsets = import_run (fixture, onsets, name);
      g_autofree char *answers = write_answers (fixture, m);
      g_autoptr (JsonObject) with_answers = import_run (fixture, answers, name);
      g_autofree char *sides = write_rule (fixture, "file_name,left_right_head_turning\n", "left", "right", m);
      g_autoptr (JsonObject) with_sides = import_run (fixture, sides, name);
      g_autofree char *types = write_rule (fixture, "file_name,label\n", "ES", "NES", m);
      g_autoptr (JsonObject) with_types = import_run (fixture, types, name);
      g_autofree char *order = write_rule (fixture, "file_name,event_sequence\n", "\"tonic, clonic\"", "clonic,tonic", m);
      g_autoptr (JsonObject) with_order = import_run (fixture, order, name);

      g_assert_cmpint (json_object_get_int_member (with_onsets, "new_cells"), ==, N_ONSETS);
      g_assert_cmpint (json_object_get_int_member (with_answers, "new_cells"), ==, N_RECORDINGS * 20);
      g_assert_cmpint (json_object_get_int_member (with_types, "new_cells"), ==, N_RECORDINGS);
    }
}

/* (nullable) the value of a measure of a model. */
static JsonObject *
find (JsonArray *rows, const char *part, guint model, const char *measure, const char *side)
{
  g_autofree char *name = g_strdup_printf ("model %02u", model);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "part"), part)
          && g_str_equal (json_object_get_string_member (row, "run"), name)
          && g_str_equal (json_object_get_string_member (row, "measure"), measure) && !json_object_has_member (row, "feature")
          && (side == NULL || g_str_equal (json_object_get_string_member (row, "side"), side)))
        return row;
    }
  return NULL;
}

static void
assert_score (JsonObject *row, double expected)
{
  g_assert_nonnull (row);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json_object_get_object_member (row, "score"), "value"), expected,
                                  1e-9);
}

static void
expect_times (Fixture *fixture)
{
  g_autoptr (JsonObject) object = NULL;
  JsonArray *rows;

  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--times", "--resamples", "500", "--format", "json", NULL), ==, 0);
  object = read_json (fixture);
  rows = json_object_get_array_member (object, "times");
  g_assert_cmpint (json_object_get_int_member (object, "recordings"), ==, N_RECORDINGS);
  for (guint m = 0; m < N_MODELS; m++)
    {
      JsonObject *onset = find (rows, "onsets", m, "mean_error_s", NULL);
      /* Of 219 left and 219 right, m are turned around, the even ones of them lefts. */
      const guint n_left = 219, missed = (m + 1) / 2, wrong = m / 2;

      /* Each model is late by its number of seconds. */
      assert_score (onset, m);
      g_assert_cmpint (json_object_get_int_member (onset, "scored"), ==, N_ONSETS);
      assert_score (find (rows, "onsets", m, "within_5_s", NULL), m <= 5);
      assert_score (find (rows, "order", m, "edit", NULL), (double) m / N_RECORDINGS);
      assert_score (find (rows, "order", m, "tau", NULL), 1 - 2.0 * m / N_RECORDINGS);
      assert_score (find (rows, "order", m, "lcs", NULL), 1 - 0.5 * m / N_RECORDINGS);
      assert_score (find (rows, "sides", m, "f1", "left"), 2.0 * (n_left - missed) / (2.0 * (n_left - missed) + missed + wrong));
      assert_score (find (rows, "event_types", m, "recall", NULL), (double) (n_left - missed) / n_left);
    }
  g_assert_nonnull (strstr (json_object_get_string_member (json_object_get_object_member (object, "missing"), "overlap"),
                            "No chosen run tells intervals."));
}

static void
expect_curves (Fixture *fixture)
{
  g_autoptr (JsonObject) object = NULL;
  JsonObject *first, *last;

  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--curves", "--resamples", "500", "--json", NULL), ==, 0);
  object = read_json (fixture);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "curves")), ==, N_MODELS * 20);
  first = json_array_get_object_element (json_object_get_array_member (object, "curves"), 0);
  last = json_array_get_object_element (json_object_get_array_member (object, "curves"), (N_MODELS - 1) * 20);
  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (json_object_get_object_member (json_object_get_object_member (first, "roc"), "area"),
                                     "value"),
      1, 1e-9);
  /* Of 144 yes and 286 no of the first feature 4 and 6 are scored the wrong way round: (140/144 + 280/286) / 2. */
  g_assert_cmpint (json_object_get_int_member (last, "yes"), ==, 144);
  g_assert_cmpint (json_object_get_int_member (last, "no"), ==, 286);
  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (json_object_get_object_member (json_object_get_object_member (last, "roc"), "area"),
                                     "value"),
      (140.0 / 144 + 280.0 / 286) / 2, 1e-9);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--curves", "--times", NULL), ==, 2);
}

static void
expect_tables (Fixture *fixture)
{
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--times", "--run", "model 03", NULL), ==, 0);
  assert_out (fixture, "Onset times");
  assert_out (fixture, "all features");
  assert_out (fixture, "3.000");
  assert_out (fixture, "No chosen run tells intervals.");
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--times", "--resamples", "500", "--format", "csv", NULL), ==, 0);
  g_assert_true (g_str_has_prefix (fixture->out, "part,run,feature,body_part,side,measure,value,"));
  assert_out (fixture, "sides,model 00,,head,left,f1,1,");
  assert_err (fixture, "No chosen run tells intervals.");
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--curves", "--run", "model 10", NULL), ==, 0);
  assert_out (fixture, "0.976");
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  import_references (fixture);
  import_models (fixture);
  expect_times (fixture);
  expect_curves (fixture);
  expect_tables (fixture);
  g_assert_cmpint (run (fixture, "verify", fixture->study, NULL), ==, 0);
}

/* What is exported is what was imported: answers, words, times and scores. */
static void
test_export (Fixture *fixture, gconstpointer data)
{
  const char *text = "file_name,tonic,justification_for_tonic,start_time_for_tonic,end_time_for_tonic,score_for_tonic\n"
                     "a.mp4,yes,stiff,00:12:00,12.5,0.8\nb.mp4,no,,,,0.1\nc.mp4,fail,,,,\n";
  g_autofree char *path = put (fixture, "p.csv", text);
  g_autofree char *out = g_build_filename (fixture->folder, "out.csv", NULL);
  g_autofree char *written = NULL;

  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m", "--create", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "export", fixture->study, "predictions", out, NULL), ==, 0);
  g_assert_true (g_file_get_contents (out, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "tonic,justification_for_tonic,start_time_for_tonic,end_time_for_tonic,score_for_tonic"));
  g_assert_nonnull (strstr (written, "yes,stiff,12,12.5,0.8"));
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, out, "--run", "m", NULL), ==, 0);
  assert_out (fixture, "Nothing changed: the same 3 cells");
}

static void
test_without_scores (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = put (fixture, "p.csv", "file_name,tonic\na.mp4,yes\n");

  g_assert_cmpint (run (fixture, "import", "annotations", fixture->study, path, "--create", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--curves", NULL), ==, 0);
  assert_out (fixture, "The chosen runs give answers without scores");
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--times", NULL), ==, 0);
  assert_out (fixture, "The reference set tells no onset times.");
  g_assert_cmpint (run (fixture, "import", "annotations", fixture->study, path, "--format", "csv", NULL), ==, 2);
  assert_err (fixture, "--format is");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, semio_test_cli_set_up, func, semio_test_cli_tear_down)

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  semio_test_cli_init (argc, argv);
  features = semio_feature_set_new_default ();
  ADD ("/cli/annotations/size", test_size);
  ADD ("/cli/annotations/export", test_export);
  ADD ("/cli/annotations/without-scores", test_without_scores);
  status = semio_test_home_run ();
  semio_feature_set_unref (features);
  semio_test_cli_clear ();
  return status;
}

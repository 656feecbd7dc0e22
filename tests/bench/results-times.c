/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the Results page works for a change of choice: results-times RECORDINGS RUNS [KEEP.semio] makes a study of 20 features,
 * with 3 persons who rated, and prints milliseconds as JSON: of the numbers, tables and figures that follow a change at once,
 * and of the intervals that follow later. With KEEP.semio the study stays there to be looked at. */
#include <stdio.h>
#include <string.h>

#include "semio-results-parts.h"
#include "semio-test-study.h"

#define N_CHANGES 24
#define N_PERSONS 3
#define N_RATED 90
#define SEED 20261130

static const char *const names[] = {
  "CNN", "ViViT", "Qwen2.5-VL-32B", "InternVL3.5-38B", "Qwen2.5-VL-32B, face crop", "InternVL3.5-38B, pose overlay"
};
static const char *const models[] = { "CNN", "ViViT", "Qwen2.5-VL-32B", "InternVL3.5-38B", "Qwen2.5-VL-32B", "InternVL3.5-38B" };
static const char *const enhancements[] = { "none", "none", "none", "none", "face crop", "pose overlay" };

static gboolean
is_yes (guint recording, guint feature)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + recording * 97 + feature);

  return g_rand_double (rand) < 0.12 + 0.025 * feature;
}

/* run < 0: the reference. */
static char *
write_table (SemioTestStudy *test, GRand *rand, guint n_recordings, int run)
{
  SemioFeatureSet *set = semio_study_get_feature_set (test->study);
  g_autoptr (GString) csv = g_string_new ("file_name");
  g_autofree char *name = g_strdup_printf ("table%d.csv", run);

  for (guint f = 0; f < semio_feature_set_get_n_features (set); f++)
    g_string_append_printf (csv, run < 0 ? ",%s" : ",%s,justification_for_%s", semio_feature_set_get (set, f)->id,
                            semio_feature_set_get (set, f)->id);
  g_string_append (csv, run < 0 ? ",label\n" : "\n");
  for (guint r = 0; r < n_recordings; r++)
    {
      g_string_append_printf (csv, "A%04u@5-13-2021@UA66LK@sz_v%u.mp4", r % (n_recordings / 3), r / (n_recordings / 3));
      for (guint f = 0; f < semio_feature_set_get_n_features (set); f++)
        {
          gboolean truth = is_yes (r, f);
          gboolean right = g_rand_double (rand) < 0.62 + 0.05 * run;
          gboolean said = right ? truth : !truth;

          if (run < 0)
            g_string_append_printf (csv, ",%s", truth ? "yes" : "no");
          else if (g_rand_double (rand) < 0.015)
            g_string_append (csv, ",fail,");
          else
            g_string_append_printf (csv, ",%s,%s", said ? "yes" : "no",
                                    said ? "The arm moves as it is asked for." : "Nothing of the kind is seen.");
        }
      if (run < 0)
        g_string_append_printf (csv, ",%d", r % 3 != 0);
      g_string_append_c (csv, '\n');
    }
  return semio_test_study_put (test, name, csv->str);
}

static void
import_run (SemioTestStudy *test, const char *path, guint run)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioImport) import = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  GAsyncResult *slot = NULL;

  semio_import_read_async (test->study, SEMIO_IMPORT_PREDICTIONS, file, NULL, NULL, semio_test_ready_cb, &slot);
  read = semio_test_wait_for (&slot);
  import = semio_import_read_finish (read, &error);
  g_assert_no_error (error);
  semio_import_set_name (import, names[run % G_N_ELEMENTS (names)]);
  semio_import_set_model (import, models[run % G_N_ELEMENTS (names)]);
  semio_import_set_enhancement (import, enhancements[run % G_N_ELEMENTS (names)]);
  semio_import_commit_async (import, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  summary = semio_import_commit_finish (import, result, &error);
  g_assert_no_error (error);
}

static SemioReview *
load_review (SemioTestStudy *test, guint index)
{
  g_autoptr (SemioCase) one = g_list_model_get_item (semio_study_get_cases (test->study), index);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioReview *review;

  semio_study_load_review_async (test->study, semio_case_get_id (one), NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  review = semio_study_load_review_finish (test->study, result, &error);
  g_assert_no_error (error);
  return review;
}

/* Every person scores the same explanations, of the first recordings, near what they are worth. */
static void
rate (SemioTestStudy *test, GRand *rand)
{
  for (guint p = 0; p < N_PERSONS; p++)
    {
      g_autofree char *name = g_strdup_printf ("Rater %c", 'A' + (int) p);
      SemioPerson *person = semio_test_study_add_person (test, name);

      semio_study_set_person (test->study, person);
      for (guint r = 0; r < 5; r++)
        {
          g_autoptr (SemioReview) review = load_review (test, r);

          for (guint i = 0; i < N_RATED / 5; i++)
            {
              guint item = (i * 7 + r) % semio_review_get_n_items (review);
              int score = 3 + (int) (item % 3) - 1 + g_rand_int_range (rand, -1, 2);
              g_autoptr (GError) error = NULL;
              g_autoptr (SemioRating) rating = NULL;

              if (!semio_item_is_ratable (semio_review_get_item (review, item)))
                continue;
              rating = semio_test_study_rate (test, review, item, CLAMP (score, 1, 5), &error);
              g_assert_no_error (error);
            }
        }
    }
}

static SemioResultsReport *
compute (SemioResults *results, const SemioResultsChoice *choice)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioResultsReport *report;

  semio_results_compute_async (results, choice, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_results_compute_finish (results, result, &error);
  g_assert_no_error (error);
  return report;
}

/* Draws a figure as a screen would. */
static void
draw (SemioChart *chart)
{
  SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  semio_chart_get_natural_size (chart, &style, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  semio_chart_draw (chart, &style, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static gint64
time_change (SemioResults *results, const SemioResultsView *others, const SemioResultsChoice *choice, gint64 *longest_us)
{
  gint64 start_us = g_get_monotonic_time ();
  gint64 main_us;
  g_autoptr (SemioResultsReport) report = compute (results, choice);
  const SemioResultsView view = { report, others->ratings, others->features };

  /* From here on the main thread works. */
  main_us = g_get_monotonic_time ();
  for (guint kind = 0; kind < SEMIO_RESULTS_N_PARTS; kind++)
    {
      g_autoptr (SemioResultsPart) part = semio_results_part_new ((SemioResultsPartKind) kind, &view);

      if (part->chart != NULL)
        draw (part->chart);
    }
  *longest_us = MAX (*longest_us, g_get_monotonic_time () - main_us);
  return g_get_monotonic_time () - start_us;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
measure (SemioTestStudy *test)
{
  g_autoptr (SemioResults) results = semio_results_new (test->study);
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioRatingsReport) ratings = NULL;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint first = 0;
  GAsyncResult *slot = NULL;
  SemioResultsView view = { .features = semio_study_get_feature_set (test->study) };
  gint64 times_us[N_CHANGES], full_us, main_us = 0;

  semio_study_ratings_async (test->study, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  ratings = semio_study_ratings_finish (test->study, result, NULL);
  view.ratings = ratings;
  g_array_append_val (groups, first);
  choice.n_resamples = 0;
  choice.with_contrasts = FALSE;
  time_change (results, &view, &choice, &main_us);
  main_us = 0;
  for (guint i = 0; i < N_CHANGES; i++)
    {
      choice.policy = i % 2 ? SEMIO_METRICS_POLICY_PUBLISHED : SEMIO_METRICS_POLICY_DEFAULT;
      choice.join = (SemioResultsJoin) (i % 3);
      choice.groups = i % 4 == 3 ? groups : NULL;
      times_us[i] = time_change (results, &view, &choice, &main_us);
    }
  choice = (SemioResultsChoice) SEMIO_RESULTS_CHOICE_INIT;
  full_us = time_change (results, &view, &choice, &main_us);
  qsort (times_us, N_CHANGES, sizeof *times_us, compare_times);
  fprintf (stdout,
           "{\"change_us\": %" G_GINT64_FORMAT ", \"change_95_us\": %" G_GINT64_FORMAT ", \"main_us\": %" G_GINT64_FORMAT
           ", \"full_us\": %" G_GINT64_FORMAT "}\n",
           times_us[N_CHANGES / 2], times_us[N_CHANGES * 95 / 100], main_us, full_us);
}

int
main (int argc, char **argv)
{
  SemioTestStudy test = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint n_recordings = argc > 2 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 0;
  int n_runs = argc > 2 ? (int) g_ascii_strtoull (argv[2], NULL, 10) : 0;

  if (n_recordings < 6 || n_runs < 1 || n_runs > (int) G_N_ELEMENTS (names))
    {
      fputs ("results-times RECORDINGS RUNS [KEEP.semio]\n", stderr);
      return 2;
    }
  semio_test_study_set_up (&test, NULL);
  for (int run = -1; run < n_runs; run++)
    {
      g_autofree char *path = write_table (&test, rand, n_recordings, run);
      g_autoptr (GError) error = NULL;

      if (run >= 0)
        import_run (&test, path, (guint) run);
      else
        g_free (semio_test_study_import (&test, SEMIO_IMPORT_REFERENCE, path, "Consensus of three", TRUE, &error));
    }
  rate (&test, rand);
  measure (&test);
  if (argc > 3)
    {
      g_autoptr (GFile) keep = g_file_new_for_path (argv[3]);

      semio_test_study_close (&test);
      if (!g_file_copy (test.file, keep, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL))
        return 1;
      semio_test_study_open (&test);
    }
  semio_test_study_tear_down (&test, NULL);
  return 0;
}

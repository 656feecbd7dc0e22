/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who agrees with whom: raters on explanations, a person with himself, annotators on labels; counted by hand. */
#include <string.h>

#include "semio-study-annotators.h"
#include "semio-study-ratings.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

#define EPSILON 1e-12

static const char predictions[] = "file_name,tonic,justification_for_tonic\n"
                                  "a.mp4,yes,first\nb.mp4,no,second\nc.mp4,yes,third\n";

static void
import (SemioTestStudy *test, SemioImportKind kind, const char *text, const char *name)
{
  g_autofree char *path = semio_test_study_put (test, "file.csv", text);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_test_study_import (test, kind, path, name, TRUE, &error);

  g_assert_no_error (error);
}

static void
judge (SemioTestStudy *test, const char *recording, int score, SemioVisible visible)
{
  g_autoptr (SemioReview) review = semio_test_study_review (test, recording);
  g_autoptr (SemioRating) rating = semio_rating_new ();
  g_autoptr (SemioRating) stored = NULL;
  g_autoptr (GError) error = NULL;

  rating->key = semio_review_get_item (review, semio_test_study_find_item (test, review, "tonic", 0))->key;
  rating->score = score;
  rating->visible = visible;
  stored = semio_test_study_judge (test, review, rating, &error);
  g_assert_no_error (error);
}

static SemioRatingsReport *
report_ratings (SemioTestStudy *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioRatingsReport *report;

  semio_study_ratings_async (test->study, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_study_ratings_finish (test->study, result, &error);
  g_assert_no_error (error);
  return report;
}

static gboolean
is_revealed (const SemioFaithfulPoint *point, gconstpointer data)
{
  return point->revealed;
}

/* The first person scores 4, 2, 5, and 2 is a second thought after 3; the second scores 4 and, knowing the reference, 3. */
static void
test_raters (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioPerson) other = NULL;
  g_autoptr (SemioRatingsReport) report = NULL;
  g_autoptr (GArray) revealed = NULL;
  SemioAgreementCounts counts;

  import (test, SEMIO_IMPORT_PREDICTIONS, predictions, "model");
  import (test, SEMIO_IMPORT_REFERENCE, "file_name,tonic\na.mp4,yes\nb.mp4,no\nc.mp4,no\n", "Ada");
  judge (test, "a.mp4", 4, 0);
  judge (test, "b.mp4", 3, 0);
  judge (test, "b.mp4", 2, 0);
  judge (test, "c.mp4", 5, 0);
  other = semio_test_study_add_person (test, "Second Rater");
  semio_study_set_person (test->study, other);
  judge (test, "a.mp4", 4, SEMIO_VISIBLE_SOUND);
  judge (test, "b.mp4", 3, SEMIO_VISIBLE_REFERENCE);
  report = report_ratings (test);

  g_assert_cmpuint (report->persons->len, ==, 2);
  g_assert_true (semio_ratings_report_is_of_few (report));
  g_assert_cmpuint (report->points->len, ==, 5);
  counts = semio_agreement_count (report->agreement);
  g_assert_cmpuint (counts.n_units, ==, 3);
  g_assert_cmpuint (counts.n_paired, ==, 2);
  g_assert_cmpuint (counts.n_values, ==, 5);
  g_assert_cmpuint (semio_agreement_count_pair (report->agreement, 0, 1), ==, 2);
  g_assert_cmpfloat_with_epsilon (semio_agreement_percent (report->agreement).value, 0.5, EPSILON);
  /* What was scored knowing the reference stands apart. */
  g_assert_cmpuint (report->n_revealed, ==, 1);
  g_assert_cmpuint (semio_agreement_count (report->hidden).n_paired, ==, 1);
  g_assert_cmpfloat_with_epsilon (semio_agreement_percent (report->hidden).value, 1, EPSILON);
  revealed = semio_faithfulness_filter (report->points, is_revealed, NULL);
  g_assert_cmpuint (revealed->len, ==, 1);
  g_assert_cmpint (g_array_index (revealed, SemioFaithfulPoint, 0).score, ==, 3);
  /* One score was given twice, and differs. */
  g_assert_cmpuint (semio_agreement_count (report->again).n_units, ==, 1);
  g_assert_cmpfloat_with_epsilon (semio_agreement_percent (report->again).value, 0, EPSILON);
}

static SemioAnnotatorsReport *
report_annotators (SemioTestStudy *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioAnnotatorsReport *report;

  semio_study_annotators_async (test->study, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  report = semio_study_annotators_finish (test->study, result, &error);
  g_assert_no_error (error);
  return report;
}

static const SemioLabelAgreement *
find_row (const SemioAnnotatorsReport *report, int feature)
{
  for (guint i = 0; i < report->rows->len; i++)
    if (g_array_index (report->rows, SemioLabelAgreement, i).feature == feature)
      return &g_array_index (report->rows, SemioLabelAgreement, i);
  return NULL;
}

/* Krippendorff's example of two observers and ten units with two values (Computing Krippendorff's Alpha-Reliability, 2011, part A):
 * alpha is 0.095. */
static void
test_annotators (SemioTestStudy *test, gconstpointer data)
{
  static const char *const first[] = { "no", "yes", "no", "no", "no", "no", "no", "no", "yes", "no" };
  static const char *const second[] = { "yes", "yes", "yes", "no", "no", "yes", "no", "no", "no", "no" };
  SemioFeatureSet *features = semio_study_get_feature_set (test->study);
  const int tonic = semio_feature_set_find (features, "tonic"), clonic = semio_feature_set_find (features, "clonic");
  g_autoptr (SemioAnnotatorsReport) none = report_annotators (test);
  g_autoptr (SemioAnnotatorsReport) report = NULL;
  g_autoptr (GString) one = g_string_new ("file_name,tonic,clonic,verbal_responsiveness\n");
  g_autoptr (GString) other = g_string_new ("file_name,tonic\n");
  const SemioLabelAgreement *row;

  g_assert_cmpint (
      semio_agreement_alpha (g_array_index (none->rows, SemioLabelAgreement, 0).agreement, SEMIO_SCALE_NOMINAL).state, ==,
      SEMIO_FIGURE_NEEDS_RATERS);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_string_append_printf (one, "r%u.mp4,%s,yes,na\n", i, first[i]);
      g_string_append_printf (other, "r%u.mp4,%s\n", i, second[i]);
    }
  import (test, SEMIO_IMPORT_REFERENCE, one->str, "Ada");
  import (test, SEMIO_IMPORT_REFERENCE, other->str, "Ben");
  import (test, SEMIO_IMPORT_REFERENCE, "file_name,report\nr0.mp4,words\n", "Reports alone");
  report = report_annotators (test);
  g_assert_cmpuint (report->sets->len, ==, 2);
  row = find_row (report, tonic);
  g_assert_cmpuint (semio_agreement_count (row->agreement).n_paired, ==, 10);
  g_assert_cmpfloat_with_epsilon (semio_agreement_percent (row->agreement).value, 0.6, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_agreement_alpha (row->agreement, SEMIO_SCALE_NOMINAL).value, 0.095, 5e-4);
  /* Six of twenty say yes; nobody could tell from the labels that there are more answers than two: pe = 2 · 0.3 · 0.7. */
  g_assert_cmpfloat_with_epsilon (semio_agreement_gwet (row->agreement, SEMIO_SCALE_NOMINAL).value, (0.6 - 0.42) / (1 - 0.42),
                                  EPSILON);
  /* One annotator alone has nobody to agree with. */
  g_assert_null (find_row (report, clonic));
  row = find_row (report, -1);
  g_assert_cmpuint (semio_agreement_count (row->agreement).n_units, ==, 30);
  g_assert_cmpuint (semio_agreement_count (row->agreement).n_paired, ==, 10);
}

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
#define ADD(name, function) g_test_add (name, SemioTestStudy, NULL, semio_test_study_set_up, function, semio_test_study_tear_down)
  ADD ("/session/agreement/raters", test_raters);
  ADD ("/session/agreement/annotators", test_annotators);
#undef ADD
  return semio_test_home_run ();
}

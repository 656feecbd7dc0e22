/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-case-filter.h"

#include "semio-case-private.h"
#include "semio-span.h"

static SemioCase *
make_case (gint64 id, const char *patient, const char *pseudonym, int seconds, double coverage, guint n_rated, guint n_items)
{
  SemioRecording *recording = semio_recording_new ();
  SemioCase *item = NULL;

  recording->id = id;
  recording->patient = g_strdup (patient);
  recording->pseudonym = g_strdup (pseudonym);
  recording->duration_ns = seconds * SEMIO_NS_PER_SECOND;
  item = semio_case_new (recording);
  semio_recording_unref (recording);
  semio_case_set_coverage (item, &coverage, 1);
  semio_case_set_progress (item, n_rated, n_items);
  return item;
}

static gboolean
matches (SemioCaseFilter *filter, SemioCase *item)
{
  return gtk_filter_match (GTK_FILTER (filter), item);
}

static void
test_text (void)
{
  g_autoptr (SemioCaseFilter) filter = semio_case_filter_new ();
  g_autoptr (SemioCase) item = make_case (1, "P07", "R031", 90, 1, 0, 4);

  g_assert_cmpint (gtk_filter_get_strictness (GTK_FILTER (filter)), ==, GTK_FILTER_MATCH_ALL);
  semio_case_filter_set_text (filter, "  r031  p07 ");
  g_assert_cmpint (gtk_filter_get_strictness (GTK_FILTER (filter)), ==, GTK_FILTER_MATCH_SOME);
  g_assert_true (matches (filter, item));
  semio_case_filter_set_text (filter, "r031 p08");
  g_assert_false (matches (filter, item));
  semio_case_filter_set_text (filter, "   ");
  g_assert_true (matches (filter, item));
  g_assert_cmpint (gtk_filter_get_strictness (GTK_FILTER (filter)), ==, GTK_FILTER_MATCH_ALL);
}

static void
test_patient_and_length (void)
{
  g_autoptr (SemioCaseFilter) filter = semio_case_filter_new ();
  g_autoptr (SemioCase) brief = make_case (1, "P01", "R1", 59, 1, 0, 4);
  g_autoptr (SemioCase) minute = make_case (2, "P02", "R2", 60, 1, 0, 4);
  g_autoptr (SemioCase) unknown = make_case (3, "P02", "R3", 0, 1, 0, 4);

  semio_case_filter_set_patient (filter, "P02");
  g_assert_false (matches (filter, brief));
  g_assert_true (matches (filter, minute));
  semio_case_filter_set_patient (filter, NULL);
  semio_case_filter_set_length (filter, SEMIO_CASE_LENGTH_SHORT);
  g_assert_true (matches (filter, brief));
  g_assert_false (matches (filter, minute));
  g_assert_false (matches (filter, unknown));
  semio_case_filter_set_length (filter, SEMIO_CASE_LENGTH_MEDIUM);
  g_assert_true (matches (filter, minute));
  semio_case_filter_set_length (filter, SEMIO_CASE_LENGTH_UNKNOWN);
  g_assert_true (matches (filter, unknown));
  g_assert_false (matches (filter, brief));
}

static void
test_coverage_and_progress (void)
{
  g_autoptr (SemioCaseFilter) filter = semio_case_filter_new ();
  g_autoptr (SemioCase) fresh = make_case (1, "P01", "R1", 60, 1, 0, 4);
  g_autoptr (SemioCase) begun = make_case (2, "P01", "R2", 60, 0.5, 1, 4);
  g_autoptr (SemioCase) judged = make_case (3, "P01", "R3", 60, 0, 4, 4);
  g_autoptr (SemioCase) closed = make_case (4, "P01", "R4", 60, 0, 1, 4);

  semio_case_set_done (closed, TRUE);
  semio_case_filter_set_coverage (filter, SEMIO_CASE_COVERAGE_WHOLE);
  g_assert_true (matches (filter, fresh));
  g_assert_false (matches (filter, begun));
  semio_case_filter_set_coverage (filter, SEMIO_CASE_COVERAGE_PARTLY);
  g_assert_true (matches (filter, begun));
  semio_case_filter_set_coverage (filter, SEMIO_CASE_COVERAGE_NONE);
  g_assert_true (matches (filter, judged));
  semio_case_filter_set_coverage (filter, SEMIO_CASE_COVERAGE_ANY);
  semio_case_filter_set_progress (filter, SEMIO_CASE_PROGRESS_NOT_BEGUN);
  g_assert_true (matches (filter, fresh));
  g_assert_false (matches (filter, begun));
  semio_case_filter_set_progress (filter, SEMIO_CASE_PROGRESS_BEGUN);
  g_assert_true (matches (filter, begun));
  g_assert_false (matches (filter, closed));
  semio_case_filter_set_progress (filter, SEMIO_CASE_PROGRESS_JUDGED);
  g_assert_true (matches (filter, judged));
  g_assert_true (matches (filter, closed));
  g_assert_false (matches (filter, fresh));
}

static void
test_order (void)
{
  g_autoptr (SemioCase) nine = make_case (1, "P01", "R9", 90, 0.5, 3, 4);
  g_autoptr (SemioCase) ten = make_case (2, "P01", "R10", 60, 1, 0, 4);

  g_assert_cmpint (semio_case_compare (nine, ten, SEMIO_CASE_SORT_NAME), <, 0);
  g_assert_cmpint (semio_case_compare (nine, ten, SEMIO_CASE_SORT_LENGTH), >, 0);
  g_assert_cmpint (semio_case_compare (nine, ten, SEMIO_CASE_SORT_COVERAGE), <, 0);
  g_assert_cmpint (semio_case_compare (nine, ten, SEMIO_CASE_SORT_PROGRESS), >, 0);
  g_assert_cmpint (semio_case_compare (ten, ten, SEMIO_CASE_SORT_PROGRESS), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/case-filter/text", test_text);
  g_test_add_func ("/app/case-filter/patient-and-length", test_patient_and_length);
  g_test_add_func ("/app/case-filter/coverage-and-progress", test_coverage_and_progress);
  g_test_add_func ("/app/case-filter/order", test_order);
  return g_test_run ();
}

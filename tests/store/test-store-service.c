/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "semio-case-table.h"
#include "semio-draft-table.h"
#include "semio-entry-table.h"
#include "semio-person-table.h"
#include "semio-prediction-table.h"
#include "semio-rating-table.h"
#include "semio-recording-table.h"
#include "semio-run-table.h"
#include "semio-store-fixture.h"

static gpointer
load_predictions_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *recording_id = data;

  return semio_prediction_table_load (database, *recording_id, error);
}

static gpointer
load_coverage_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_prediction_table_load_coverage (database, error);
}

static gpointer
load_labels_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;

  return semio_reference_table_load_labels (database, facts->set_id, 0, error);
}

static gpointer
load_events_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;

  return semio_reference_table_load_events (database, facts->set_id, facts->recording_ids[1], error);
}

static void
check_rating (const SemioRating *rating, int score)
{
  g_assert_nonnull (rating);
  g_assert_false (semio_uuid_is_nil (&rating->entry));
  g_assert_cmpint (rating->score, ==, score);
  g_assert_cmpint (rating->supports, ==, SEMIO_SUPPORTS_NO);
  g_assert_cmpint (rating->marks, ==, SEMIO_MARK_WRONG_SIDE | SEMIO_MARK_LEFT_OUT);
  g_assert_cmpint (rating->visible, ==, SEMIO_VISIBLE_SOUND);
  g_assert_cmpfloat (rating->seconds, ==, 12.346);
  g_assert_cmpfloat (rating->played_event, ==, 0.5);
  g_assert_cmpint (rating->key.segment, ==, SEMIO_SEGMENT_WHOLE);
  g_assert_true (rating->current);
  g_assert_false (rating->withdrawn);
}

/* The whole way: make, import, rate, close, open, read back. */
static void
test_thin_path (void)
{
  g_autofree char *path = semio_store_fixture_path ("thin.semio");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) rating = NULL;
  g_autoptr (GArray) predictions = NULL;
  g_autoptr (GArray) coverage = NULL;
  g_autoptr (GArray) labels = NULL;
  g_autoptr (GArray) events = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SemioStoreFacts facts;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 3, &facts);
  rating = semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[0], 1, 4, "A “comment”, äöü", &error);
  g_assert_no_error (error);
  check_rating (rating, 4);
  g_assert_cmpstr (rating->comment, ==, "A “comment”, äöü");
  before = semio_store_fixture_list_current (service);
  semio_store_fixture_close (service);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (semio_store_service_get_title (service), ==, "A study");
  g_assert_false (semio_store_service_is_read_only (service));
  after = semio_store_fixture_list_current (service);
  g_assert_cmpstr (before, ==, after);
  predictions = semio_store_fixture_read (service, load_predictions_func, &facts.recording_ids[1], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (predictions->len, ==, 6);
  g_assert_cmpstr (g_array_index (predictions, SemioPrediction, 3).explanation, ==,
                   "Explanation 3 of clip 1, \"quoted\",\nwith a line.");
  coverage = semio_store_fixture_read (service, load_coverage_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (coverage->len, ==, 3);
  g_assert_cmpuint (g_array_index (coverage, SemioCoverage, 0).n_features, ==, 3);
  g_assert_true (semio_coverage_has_bit (g_array_index (coverage, SemioCoverage, 0).ratable, 2));
  g_assert_false (semio_coverage_has_bit (g_array_index (coverage, SemioCoverage, 0).ratable, 3));
  labels = semio_store_fixture_read (service, load_labels_func, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (labels->len, ==, 3);
  events = semio_store_fixture_read (service, load_events_func, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpint (g_array_index (events, SemioRecordingEvent, 0).event.onset_ns, ==, 5 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (g_array_index (events, SemioRecordingEvent, 0).event.offset_ns, ==, SEMIO_TIME_NONE);
  semio_store_fixture_close (service);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/service/thin-path", test_thin_path);
  return semio_store_fixture_run ();
}

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
  rating =
      semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[0], 1, 4, "A “comment”, äöü", &error);
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

static gpointer
history_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;

  return semio_rating_table_load (database, facts->person_id, facts->recording_ids[0], error);
}

static gpointer
rated_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;

  return semio_rating_table_load_rated (database, facts->person_id, error);
}

static gpointer
withdraw_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;
  const SemioItemKey key = { facts->run_id, facts->recording_ids[0], 1, SEMIO_SEGMENT_WHOLE };

  return semio_rating_table_withdraw (database, facts->person_id, &key, "a slip", error);
}

/* A later judgement supersedes the one before; a withdrawal leaves nothing current; all stay in the history. */
static void
test_supersede (void)
{
  g_autofree char *path = semio_store_fixture_path ("supersede.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) first = NULL;
  g_autoptr (SemioRating) second = NULL;
  g_autoptr (SemioRating) withdrawal = NULL;
  g_autoptr (SemioRating) nothing = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GArray) rated = NULL;
  g_autofree char *current = NULL;
  SemioStoreFacts facts;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 1, &facts);
  first = semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[0], 1, 4, NULL, &error);
  second = semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[0], 1, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (second->current);
  withdrawal = semio_store_fixture_write (service, withdraw_func, &facts, &error);
  g_assert_no_error (error);
  g_assert_true (withdrawal->withdrawn);
  nothing = semio_store_fixture_write (service, withdraw_func, &facts, &error);
  g_assert_no_error (error);
  g_assert_null (nothing);
  current = semio_store_fixture_list_current (service);
  g_assert_cmpstr (current, ==, "");
  rated = semio_store_fixture_read (service, rated_func, &facts, &error);
  g_assert_cmpuint (rated->len, ==, 0);
  history = semio_store_fixture_read (service, history_func, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const SemioRating *rating = g_ptr_array_index (history, i);

      g_assert_cmpint (rating->current, ==, i == 2);
      g_assert_cmpint (rating->score, ==, i == 0 ? 4 : i == 1 ? 5 : 0);
    }
  semio_store_fixture_close (service);
}

static gpointer
case_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;
  g_autoptr (SemioPerson) person = semio_person_table_get (database, facts->person_id, error);
  const SemioItemKey key = { facts->run_id, facts->recording_ids[0], 2, SEMIO_SEGMENT_WHOLE };

  if (person != NULL && semio_case_table_set_done (database, &person->uuid, facts->recording_ids[0], TRUE, error)
      && semio_case_table_set_done (database, &person->uuid, facts->recording_ids[1], TRUE, error)
      && semio_case_table_set_done (database, &person->uuid, facts->recording_ids[1], FALSE, error)
      && semio_case_table_reveal (database, &person->uuid, facts->recording_ids[0], TRUE, FALSE, error)
      && semio_recording_table_set_mirrored (database, &person->uuid, facts->recording_ids[0], TRUE, NULL, error)
      && semio_recording_table_set_pseudonym (database, &person->uuid, facts->recording_ids[0], "X-77", "asked for", error)
      && semio_recording_table_set_patient (database, &person->uuid, facts->recording_ids[1], "P-new", NULL, error)
      && semio_person_table_correct (database, &person->uuid, &person->uuid, "Dr. A. Example", SEMIO_ROLE_RESEARCHER, "typo",
                                     error))
    semio_draft_table_set (database, facts->person_id, &key, "half a comm", error);
  return NULL;
}

static gpointer
case_read_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;
  g_autoptr (GArray) done = semio_case_table_load_done (database, facts->person_id, error);
  g_autoptr (GArray) drafts = semio_draft_table_load (database, facts->person_id, facts->recording_ids[0], error);
  g_autoptr (SemioRecording) first = semio_recording_table_get (database, facts->recording_ids[0], error);
  g_autoptr (SemioRecording) second = semio_recording_table_get (database, facts->recording_ids[1], error);
  g_autoptr (SemioPerson) person = semio_person_table_get (database, facts->person_id, error);
  SemioRevealed revealed;
  gboolean read;

  g_assert_cmpuint (done->len, ==, 1);
  g_assert_cmpint (g_array_index (done, gint64, 0), ==, facts->recording_ids[0]);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (g_array_index (drafts, SemioDraft, 0).text, ==, "half a comm");
  g_assert_cmpstr (first->pseudonym, ==, "X-77");
  g_assert_true (first->mirrored);
  g_assert_cmpstr (second->patient, ==, "P-new");
  g_assert_cmpstr (person->name, ==, "Dr. A. Example");
  g_assert_cmpint (person->role, ==, SEMIO_ROLE_RESEARCHER);
  read = semio_case_table_get_revealed (database, facts->person_id, facts->recording_ids[0], &revealed, error);
  g_assert_true (read);
  g_assert_true (revealed.reference);
  g_assert_false (revealed.runs);
  return NULL;
}

static void
test_case (void)
{
  g_autofree char *path = semio_store_fixture_path ("case.semio");
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_write (service, case_func, &facts, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  semio_store_fixture_read (service, case_read_func, &facts, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
}

static gpointer
media_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;
  g_autoptr (SemioRecording) media = semio_recording_new ();
  g_autoptr (GBytes) index = g_bytes_new_static ("index", 5);
  g_autoptr (GBytes) poster = g_bytes_new_static ("poster", 6);
  SemioNewRecording adding = { media, "A0009", index, poster };
  g_autoptr (SemioRecording) attached = NULL;
  g_autoptr (SemioRecording) twice = NULL;
  g_autoptr (SemioRecording) found = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GPtrArray) stems = NULL;
  g_autoptr (GError) local = NULL;

  media->has_media = TRUE;
  media->content = semio_sha256_of_text ("bytes of a video");
  media->size_bytes = 1234;
  media->rate = 29.97;
  media->duration_ns = 61 * SEMIO_NS_PER_SECOND;
  media->sound = SEMIO_SOUND_NONE;
  media->source_name = g_strdup ("CLIP0.MKV");
  attached = semio_recording_table_attach_media (database, NULL, facts->recording_ids[0], &adding, error);
  g_assert_nonnull (attached);
  g_assert_true (attached->has_media);
  g_assert_cmpfloat (attached->rate, ==, 29.97);
  twice = semio_recording_table_add (database, NULL, &adding, &local);
  g_assert_error (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS);
  g_assert_null (twice);
  found = semio_recording_table_find_content (database, &media->content, error);
  g_assert_cmpint (found->id, ==, facts->recording_ids[0]);
  kept = semio_recording_table_get_frame_index (database, found->id, error);
  g_assert_true (g_bytes_equal (kept, index));
  stems = semio_recording_table_find_stem (database, "clip0", error);
  g_assert_cmpuint (stems->len, ==, 1);
  return NULL;
}

static void
test_media (void)
{
  g_autofree char *path = semio_store_fixture_path ("media.semio");
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_write (service, media_func, &facts, &error);
  g_assert_no_error (error);
  semio_store_fixture_close (service);
}

static gpointer
run_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_run_table_find (database, data, error);
}

/* The same cells again, moved to the recordings that stand now. */
static SemioStoreImport *
repeat_import (SemioStoreService *service, const SemioStoreFacts *facts)
{
  SemioStoreImport *import = semio_store_fixture_new_import ("Model one", facts->n_recordings);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&import->run, semio_run_unref);
  import->run = semio_store_fixture_read (service, run_func, (gpointer) "Model one", &error);
  g_assert_no_error (error);
  g_assert_nonnull (import->run);
  g_ptr_array_set_size (import->creates, 0);
  for (guint i = 0; i < import->predictions->len; i++)
    {
      SemioPrediction *cell = &g_array_index (import->predictions, SemioPrediction, i);

      cell->recording_id = facts->recording_ids[-1 - cell->recording_id];
    }
  return import;
}

/* Repeating compares cells: the same change nothing, others are refused and listed, further ones are added. */
static void
test_repeat_import (void)
{
  g_autofree char *path = semio_store_fixture_path ("repeat.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreImportResult) same = NULL;
  g_autoptr (SemioStoreImportResult) other = NULL;
  g_autoptr (SemioStoreImportResult) more = NULL;
  g_autoptr (GArray) predictions = NULL;
  SemioStoreFacts facts;
  SemioStoreImport *import;
  SemioPrediction *cell;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 2, &facts);
  same = semio_store_fixture_import (service, repeat_import (service, &facts), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->n_same, ==, 12);
  g_assert_cmpuint (same->n_added, ==, 0);

  import = repeat_import (service, &facts);
  cell = &g_array_index (import->predictions, SemioPrediction, 3);
  cell->answer = cell->answer == SEMIO_ANSWER_YES ? SEMIO_ANSWER_NO : SEMIO_ANSWER_YES;
  cell = &g_array_index (import->predictions, SemioPrediction, 4);
  g_free (cell->explanation);
  cell->explanation = g_strdup ("another text");
  other = semio_store_fixture_import (service, import, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->n_differences, ==, 2);
  g_assert_cmpuint (other->n_same, ==, 10);
  g_assert_true (g_array_index (other->differences, SemioCellDifference, 1).only_text);

  import = repeat_import (service, &facts);
  cell = &g_array_index (import->predictions, SemioPrediction, 0);
  cell->attempt = 1;
  more = semio_store_fixture_import (service, import, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (more->n_added, ==, 1);
  g_assert_cmpuint (more->n_same, ==, 11);
  predictions = semio_store_fixture_read (service, load_predictions_func, &facts.recording_ids[0], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (predictions->len, ==, 7);
  semio_prediction_keep_last (predictions);
  g_assert_cmpuint (predictions->len, ==, 6);
  g_assert_cmpint (g_array_index (predictions, SemioPrediction, 0).attempt, ==, 1);
  semio_store_fixture_close (service);
}

typedef struct {
  GString *order;
  gboolean imported;
  gboolean rated;
  guint n_progress;
  SemioStoreService *service;
  SemioStoreFacts facts;
} Race;

static gpointer
race_rate_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Race *race = data;
  g_autoptr (SemioRating) rating = semio_rating_new ();
  g_autoptr (SemioRating) made = NULL;
  g_autoptr (SemioStatement) staged = semio_database_prepare (database, "SELECT count (*) FROM import WHERE state = 0", error);
  g_autoptr (GArray) coverage = semio_prediction_table_load_coverage (database, error);
  gboolean has_row, stepped;
  gint64 syncing;

  /* Staged slices may go without; a judgement never does. */
  semio_database_get_int (database, "PRAGMA synchronous", -1, &syncing, error);
  g_assert_cmpint (syncing, ==, 2);
  rating->person_id = race->facts.person_id;
  rating->key = (SemioItemKey){ race->facts.run_id, race->facts.recording_ids[0], 0, SEMIO_SEGMENT_WHOLE };
  rating->score = 3;
  made = semio_rating_table_add (database, rating, error);
  stepped = semio_statement_step (staged, &has_row, error);
  g_assert_true (stepped);
  /* The import is under way, and nothing of it is to be seen. */
  g_assert_cmpint (semio_statement_get_int (staged, 0), ==, 1);
  g_assert_cmpuint (coverage->len, ==, race->facts.n_recordings);
  return NULL;
}

static void
race_rated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Race *race = user_data;
  g_autoptr (GError) error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  g_assert_no_error (error);
  g_string_append (race->order, "rating ");
  race->rated = TRUE;
}

static void
race_imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Race *race = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreImportResult) outcome = semio_store_import_finish (SEMIO_STORE_SERVICE (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_added, ==, 60000);
  g_string_append (race->order, "import ");
  race->imported = TRUE;
}

static void
race_progress (double fraction, const char *what, gpointer user_data)
{
  Race *race = user_data;

  race->n_progress += 1;
  if (race->n_progress == 3)
    semio_store_service_write_async (race->service, SEMIO_STORE_PRIORITY_JUDGEMENT, race_rate_func, race, NULL, NULL, NULL,
                                     race_rated_cb, race);
}

/* A rating asked for in the middle of a staged import is done long before the import is. */
static void
test_rating_during_import (void)
{
  g_autofree char *path = semio_store_fixture_path ("race.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) coverage = NULL;
  Race race = { g_string_new (NULL), FALSE, FALSE, 0, semio_store_fixture_create (path), { 0 } };
  SemioStoreImport *import = semio_store_import_new ();

  semio_store_fixture_fill (race.service, 2, &race.facts);
  import->run = semio_run_new ();
  import->run->name = g_strdup ("Big");
  for (guint i = 0; i < 60000; i++)
    {
      SemioPrediction cell = { 0 };

      cell.recording_id = race.facts.recording_ids[i % 2];
      cell.feature = i / 2 % 20;
      cell.segment = (int) (i / 40);
      cell.answer = SEMIO_ANSWER_YES;
      cell.explanation = g_strdup ("Some words that were said about this segment.");
      g_array_append_val (import->predictions, cell);
    }
  semio_store_import_async (race.service, import, race_progress, &race, NULL, race_imported_cb, &race);
  semio_store_fixture_wait (&race.imported);
  g_assert_true (race.rated);
  g_assert_cmpstr (race.order->str, ==, "rating import ");
  g_assert_cmpuint (race.n_progress, >, 5);
  coverage = semio_store_fixture_read (race.service, load_coverage_func, NULL, &error);
  g_assert_cmpuint (coverage->len, ==, 4);
  semio_store_fixture_close (race.service);
  g_string_free (race.order, TRUE);
}

static gpointer
count_staged_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioStatement) count = semio_database_prepare (
      database, "SELECT (SELECT count (*) FROM import WHERE state = 0), (SELECT count (*) FROM prediction)", error);
  gint64 *counts = data;
  gboolean has_row, stepped;

  stepped = semio_statement_step (count, &has_row, error);
  g_assert_true (stepped && has_row);
  counts[0] = semio_statement_get_int (count, 0);
  counts[1] = semio_statement_get_int (count, 1);
  return NULL;
}

static void
cancel_progress (double fraction, const char *what, gpointer user_data)
{
  if (fraction > 0.2)
    g_cancellable_cancel (user_data);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (semio_store_import_finish (SEMIO_STORE_SERVICE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *done = TRUE;
}

static void
test_cancel_import (void)
{
  g_autofree char *path = semio_store_fixture_path ("cancel.semio");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  SemioStoreImport *import = semio_store_import_new ();
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;
  gboolean done = FALSE;
  gint64 counts[2];

  semio_store_fixture_fill (service, 1, &facts);
  import->run = semio_run_new ();
  import->run->name = g_strdup ("Big");
  for (guint i = 0; i < 20000; i++)
    {
      const SemioPrediction cell = { 0, facts.recording_ids[0], i % 20, (int) (i / 20), 0, SEMIO_ANSWER_NO, NULL };

      g_array_append_val (import->predictions, cell);
    }
  semio_store_import_async (service, import, cancel_progress, cancellable, cancellable, cancelled_cb, &done);
  semio_store_fixture_wait (&done);
  semio_store_fixture_read (service, count_staged_func, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts[0], ==, 0);
  g_assert_cmpint (counts[1], ==, 6);
  semio_store_fixture_close (service);
}

static gpointer
abandon_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  /* As a program that was killed would leave it. */
  semio_database_execute (
      database,
      "INSERT INTO import (uuid, state, run_id, owner, touched_utc_us)"
      " VALUES (x'00112233445566778899aabbccddeeff', 0, 1, 'gone:gone:1', 0);"
      "INSERT INTO prediction SELECT recording_id, run_id, feature_id, segment, kind, 9, 2, answer, NULL, NULL, NULL FROM "
      "prediction"
      " WHERE import_id = 1;"
      "INSERT INTO coverage SELECT recording_id, run_id, 2, answered, ratable FROM coverage WHERE import_id = 1",
      error);
  return NULL;
}

static gpointer
nothing_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
swept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, NULL);
  *done = TRUE;
}

static void
test_sweep (void)
{
  g_autofree char *path = semio_store_fixture_path ("sweep.semio");
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  gint64 counts[2];
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_write (service, abandon_func, NULL, &error);
  g_assert_no_error (error);
  semio_store_fixture_read (service, count_staged_func, counts, &error);
  g_assert_cmpint (counts[0], ==, 1);
  g_assert_cmpint (counts[1], ==, 24);
  semio_store_fixture_close (service);

  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  do
    {
      gboolean done = FALSE;

      semio_store_service_write_async (service, SEMIO_STORE_PRIORITY_MAINTENANCE, nothing_func, NULL, NULL, NULL, NULL, swept_cb,
                                       &done);
      semio_store_fixture_wait (&done);
      semio_store_fixture_read (service, count_staged_func, counts, &error);
      g_assert_no_error (error);
  } while (counts[0] > 0);
  g_assert_cmpint (counts[1], ==, 12);
  semio_store_fixture_close (service);
}

static gpointer
update_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  semio_database_execute (database, data, error);
  return NULL;
}

static void
test_entries_stay (void)
{
  static const char *const attempts[] = { "UPDATE entry SET json = '{}'", "UPDATE entry SET seq = seq + 1 WHERE id = 1",
                                          "DELETE FROM entry", "DELETE FROM entry WHERE id = 2" };
  g_autofree char *path = semio_store_fixture_path ("stay.semio");
  SemioStoreFacts facts;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_fill (service, 1, &facts);
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autoptr (GError) error = NULL;

      semio_store_fixture_write (service, update_func, (gpointer) attempts[i], &error);
      g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID);
    }
  semio_store_fixture_close (service);
}

/* A function that fails leaves nothing behind of what it wrote before. */
static gpointer
fail_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioPerson) person = semio_person_table_add (database, NULL, "Nobody", SEMIO_ROLE_OTHER, error);

  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED, "on purpose");
  return NULL;
}

static gpointer
persons_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_person_table_load (database, error);
}

static void
test_roll_back (void)
{
  g_autofree char *path = semio_store_fixture_path ("back.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) persons = NULL;
  SemioStoreService *service = semio_store_fixture_create (path);

  semio_store_fixture_write (service, fail_func, NULL, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED);
  g_clear_error (&error);
  persons = semio_store_fixture_read (service, persons_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (persons->len, ==, 0);
  semio_store_fixture_close (service);
}

static void
poll_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *state = user_data;
  g_autoptr (GError) error = NULL;
  gboolean changed, polled;

  polled = semio_store_service_poll_finish (SEMIO_STORE_SERVICE (source), result, &changed, &error);
  g_assert_true (polled);
  *state = changed ? 2 : 1;
}

static gboolean
poll (SemioStoreService *service)
{
  int state = 0;

  semio_store_service_poll_async (service, poll_cb, &state);
  while (state == 0)
    g_main_context_iteration (NULL, TRUE);
  return state == 2;
}

/* Two openings of one file, as by two programs: each has a writer of its own and sees what the other wrote. */
static void
test_beside (void)
{
  g_autofree char *path = semio_store_fixture_path ("beside.semio");
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) first = NULL;
  g_autoptr (SemioRating) second = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autofree char *current = NULL;
  SemioStoreFacts facts;
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreService *other;

  semio_store_fixture_fill (service, 1, &facts);
  other = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  g_assert_false (poll (service));
  first = semio_store_fixture_rate (other, facts.person_id, facts.run_id, facts.recording_ids[0], 0, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (poll (service));
  g_assert_false (poll (service));
  second = semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[0], 0, 3, NULL, &error);
  g_assert_no_error (error);
  current = semio_store_fixture_list_current (other);
  g_assert_true (g_str_has_suffix (current, ":0=3"));
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  g_assert_cmpuint (report->n_writers, ==, 2);
  semio_store_fixture_close (other);
  semio_store_fixture_close (service);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/service/thin-path", test_thin_path);
  g_test_add_func ("/store/service/supersede", test_supersede);
  g_test_add_func ("/store/service/case", test_case);
  g_test_add_func ("/store/service/media", test_media);
  g_test_add_func ("/store/service/repeat-import", test_repeat_import);
  g_test_add_func ("/store/service/rating-during-import", test_rating_during_import);
  g_test_add_func ("/store/service/cancel-import", test_cancel_import);
  g_test_add_func ("/store/service/sweep", test_sweep);
  g_test_add_func ("/store/service/entries-stay", test_entries_stay);
  g_test_add_func ("/store/service/roll-back", test_roll_back);
  g_test_add_func ("/store/service/beside", test_beside);
  return semio_store_fixture_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-fixture-live.h"

#include <string.h>

#include "semio-bookmark-table.h"
#include "semio-consent-table.h"
#include "semio-live-table.h"
#include "semio-prediction-table.h"
#include "semio-run-table.h"
#include "semio-sent-table.h"
#include "semio-transcript-table.h"

#define RAW "{\"choices\": [{\"message\": {\"content\": \"…\"}}]}"

static gboolean
put_runs (SemioDatabase *database, gint64 *run_id, GError **error)
{
  g_autoptr (SemioRun) run = semio_run_new ();
  g_autoptr (SemioRun) made = NULL;
  g_autoptr (SemioRun) away = NULL;

  run->name = g_strdup ("asked");
  run->model = g_strdup ("a model");
  run->origin = g_strdup ("live");
  run->settings = g_strdup ("{}");
  made = semio_run_table_put (database, NULL, run, NULL, error);
  g_free (run->name);
  run->name = g_strdup ("away");
  away = made != NULL ? semio_run_table_put (database, NULL, run, NULL, error) : NULL;
  if (away == NULL)
    return FALSE;
  *run_id = made->id;
  return semio_run_table_set_archived (database, NULL, away->id, TRUE, "a wrong prompt", error);
}

static gboolean
put_answers (SemioDatabase *database, gint64 run_id, GError **error)
{
  const gint64 import_id = semio_live_table_begin (database, run_id, error);
  g_autoptr (SemioModelReply) failed = semio_model_reply_new ();
  g_autoptr (SemioModelReply) good = semio_model_reply_new ();
  SemioLiveAnswer answers[] = {
    { 1, SEMIO_QUESTION_ANSWER, 3, 0, failed, 0 }, { 1, SEMIO_QUESTION_ANSWER, 3, 0, good, 0 },
    { 1, SEMIO_QUESTION_ONSET, 3, 0, good, 0 },    { 1, SEMIO_QUESTION_NARRATIVE, SEMIO_FEATURE_NONE, 0, good, 0 },
    { 2, SEMIO_QUESTION_ANSWER, 4, 0, good, 0 },
  };

  semio_model_reply_set_unusable (failed, "The server was not there.");
  failed->utc_us = G_GINT64_CONSTANT (1767323045000000);
  good->state = SEMIO_REPLY_REPAIRED;
  good->answer = SEMIO_ANSWER_YES;
  good->onset_ns = 7 * SEMIO_NS_PER_SECOND;
  good->explanation = g_strdup ("the left arm bends");
  good->reasoning = g_strdup ("it may bend");
  good->problem = g_strdup ("There was a comma too many.");
  good->finish_reason = g_strdup ("stop");
  good->host = g_strdup ("127.0.0.1:8000");
  good->http_status = 200;
  good->prompt_tokens = 1200;
  good->completion_tokens = 30;
  good->first_us = 2000;
  good->total_us = 3000;
  good->utc_us = G_GINT64_CONSTANT (1767323046000000);
  good->request = semio_sha256_of_text ("a request");
  good->raw = g_bytes_new_static (RAW, strlen (RAW));
  return import_id != 0 && semio_live_table_store_all (database, import_id, run_id, answers, G_N_ELEMENTS (answers), error)
         && semio_live_table_finish_segment (database, NULL, run_id, 1, 0, error);
}

static gboolean
put_sent (SemioDatabase *database, gint64 run_id, GError **error)
{
  const SemioSentPicture picture = { 15, 500000000 };
  g_autoptr (SemioSentSegment) sent = semio_sent_segment_new ();
  g_autoptr (SemioConsent) consent = semio_consent_new ("127.0.0.1:8000");

  sent->run_id = run_id;
  sent->recording_id = 1;
  sent->group = g_strdup ("frames");
  sent->host = g_strdup ("127.0.0.1:8000");
  sent->prefix = semio_sha256_of_text ("a prefix");
  sent->prompts = semio_sha256_of_text ("prompts");
  g_array_append_val (sent->pictures, picture);
  sent->picture_bytes = 1000;
  sent->height_px = 448;
  sent->quality = 85;
  consent->person_id = 1;
  consent->what = SEMIO_CONSENT_IMAGES;
  consent->n_patients = 1;
  consent->n_recordings = 2;
  consent->text_version = 1;
  return semio_consent_table_put (database, consent, error) && semio_sent_table_put (database, NULL, sent, error);
}

static gboolean
put_words (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioTranscript) transcript = semio_transcript_new ("a listening model");
  g_autoptr (SemioBookmark) bookmark = semio_bookmark_new ();
  g_autoptr (SemioBookmark) made = NULL;
  g_autoptr (SemioBookmark) changed = NULL;

  semio_transcript_add (transcript, (SemioSpan){ 0, SEMIO_NS_PER_SECOND }, "Hello?");
  bookmark->person_id = 1;
  bookmark->recording_id = 1;
  bookmark->time_ns = 3 * SEMIO_NS_PER_SECOND;
  bookmark->text = g_strdup ("here");
  made = semio_bookmark_table_put (database, bookmark, error);
  if (made == NULL)
    return FALSE;
  bookmark->entry = made->entry;
  bookmark->time_ns = 4 * SEMIO_NS_PER_SECOND;
  changed = semio_bookmark_table_put (database, bookmark, error);
  return changed != NULL && semio_transcript_table_put (database, NULL, 1, transcript, "127.0.0.1:9000", error);
}

static gpointer
fill_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 run_id;

  if (put_runs (database, &run_id, error) && put_sent (database, run_id, error) && put_answers (database, run_id, error))
    put_words (database, error);
  return NULL;
}

void
semio_store_fixture_fill_live (SemioStoreService *service)
{
  g_autoptr (GError) error = NULL;

  semio_store_fixture_write (service, fill_func, NULL, &error);
  g_assert_no_error (error);
}

static void
expect_answers (SemioDatabase *database, gint64 run_id, GError **error)
{
  g_autoptr (GArray) cells = semio_live_table_load_cells (database, run_id, error);
  g_autoptr (SemioModelReply) reply = semio_live_table_get_reply (database, run_id, 1, SEMIO_QUESTION_ANSWER, 3, 0, -1, error);
  g_autoptr (GArray) onsets = semio_prediction_table_load_onsets (database, 1, error);
  g_autoptr (GArray) narratives = semio_prediction_table_load_narratives (database, 1, error);
  const SemioSha256 request = semio_sha256_of_text ("a request");
  SemioLiveSums sums;
  gboolean summed = semio_live_table_load_sums (database, run_id, &sums, error);

  g_assert_true (summed);
  g_assert_cmpuint (cells->len, ==, 4);
  g_assert_cmpuint (sums.n_attempts, ==, 5);
  g_assert_cmpuint (sums.n_repaired, ==, 4);
  g_assert_cmpint (sums.prompt_tokens, ==, 4800);
  g_assert_cmpint (sums.cached_tokens, ==, -1);
  g_assert_cmpint (reply->state, ==, SEMIO_REPLY_REPAIRED);
  g_assert_cmpstr (reply->explanation, ==, "the left arm bends");
  g_assert_cmpstr (reply->reasoning, ==, "it may bend");
  g_assert_cmpstr (reply->problem, ==, "There was a comma too many.");
  g_assert_true (semio_sha256_equal (&reply->request, &request));
  g_assert_cmpmem (g_bytes_get_data (reply->raw, NULL), g_bytes_get_size (reply->raw), RAW, strlen (RAW));
  g_assert_cmpuint (onsets->len, ==, 1);
  g_assert_cmpint (g_array_index (onsets, SemioPredictedOnset, 0).onset_ns, ==, 7 * SEMIO_NS_PER_SECOND);
  g_assert_cmpuint (narratives->len, ==, 1);
  g_assert_cmpstr (g_array_index (narratives, SemioNarrative, 0).text, ==, "the left arm bends");
}

static gpointer
expect_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioRun) run = semio_run_table_find (database, "asked", error);
  g_autoptr (SemioRun) away = semio_run_table_find (database, "away", error);
  g_autoptr (SemioSentSegment) sent = semio_sent_table_find (database, run->id, 1, 0, "frames", error);
  g_autoptr (SemioConsent) consent = semio_consent_table_find (database, "127.0.0.1:8000", FALSE, error);
  g_autoptr (SemioTranscript) transcript = semio_transcript_table_find (database, 1, NULL, error);
  g_autoptr (GPtrArray) bookmarks = semio_bookmark_table_load (database, 1, error);
  const SemioBookmark *bookmark;

  g_assert_false (run->archived);
  g_assert_true (away->archived);
  g_assert_cmpint (run->created_utc_us, >, 0);
  expect_answers (database, run->id, error);
  g_assert_cmpuint (sent->pictures->len, ==, 1);
  g_assert_cmpint (g_array_index (sent->pictures, SemioSentPicture, 0).frame, ==, 15);
  g_assert_cmpint (consent->person_id, ==, 1);
  g_assert_cmpint (consent->what, ==, SEMIO_CONSENT_IMAGES);
  g_assert_cmpstr (g_array_index (transcript->lines, SemioTranscriptLine, 0).text, ==, "Hello?");
  g_assert_cmpuint (bookmarks->len, ==, 1);
  bookmark = g_ptr_array_index (bookmarks, 0);
  g_assert_cmpstr (bookmark->text, ==, "here");
  g_assert_cmpint (bookmark->time_ns, ==, 4 * SEMIO_NS_PER_SECOND);
  return NULL;
}

void
semio_store_fixture_expect_live (SemioStoreService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autofree char *remarks = NULL;

  semio_store_fixture_read (service, expect_func, NULL, &error);
  g_assert_no_error (error);
  report = semio_store_fixture_verify (service);
  remarks = g_strjoinv ("\n", report->remarks);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  /* That of the second recording. */
  g_assert_nonnull (strstr (remarks, "1 answer of a model is not covered"));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What left the machine, who agreed to it, what was said in a recording, and runs that are put away: written, read again,
 * verified, merged. */
#include <string.h>

#include "semio-consent-table.h"
#include "semio-prediction.h"
#include "semio-run-table.h"
#include "semio-sent-table.h"
#include "semio-store-fixture.h"
#include "semio-transcript-table.h"

static gpointer
send_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *group = data;
  g_autoptr (SemioSentSegment) sent = semio_sent_segment_new ();

  sent->run_id = 1;
  sent->recording_id = 2;
  sent->segment = 3;
  sent->group = g_strdup (group);
  sent->host = g_strdup ("gpu.example.org:8000");
  sent->prefix = semio_sha256_of_text (group);
  sent->prompts = semio_sha256_of_text ("prompts");
  sent->picture_bytes = 123456;
  sent->height_px = 448;
  sent->quality = 85;
  for (gint64 frame = 0; frame < 60; frame++)
    {
      const SemioSentPicture picture = { frame * 15, frame * 500000000 };

      g_array_append_val (sent->pictures, picture);
    }
  if (g_str_equal (group, "sound"))
    {
      sent->has_sound = sent->has_transcript = TRUE;
      sent->sound_span = (SemioSpan){ 75 * SEMIO_NS_PER_SECOND, 105 * SEMIO_NS_PER_SECOND };
      sent->sound = semio_sha256_of_text ("wav");
      sent->transcript = semio_sha256_of_text ("what was said");
    }
  semio_sent_table_put (database, NULL, sent, error);
  return NULL;
}

static gpointer
look_at_sent_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) all = semio_sent_table_load (database, 1, 2, 3, error);
  g_autoptr (SemioSentSegment) sound = semio_sent_table_find (database, 1, 2, 3, "sound", error);
  g_autoptr (SemioSentSegment) last = semio_sent_table_find (database, 1, 2, 3, NULL, error);
  const SemioSha256 prefix = semio_sha256_of_text ("sound");
  const SemioSha256 wav = semio_sha256_of_text ("wav");
  const SemioSha256 said = semio_sha256_of_text ("what was said");

  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (last->group, ==, "frames");
  g_assert_false (last->has_sound || last->has_transcript);
  g_assert_cmpint (sound->run_id, ==, 1);
  g_assert_cmpint (sound->recording_id, ==, 2);
  g_assert_cmpint (sound->segment, ==, 3);
  g_assert_cmpstr (sound->host, ==, "gpu.example.org:8000");
  g_assert_true (semio_sha256_equal (&sound->prefix, &prefix));
  g_assert_cmpuint (sound->pictures->len, ==, 60);
  g_assert_cmpint (g_array_index (sound->pictures, SemioSentPicture, 59).frame, ==, 885);
  g_assert_cmpint (g_array_index (sound->pictures, SemioSentPicture, 59).time_ns, ==, G_GINT64_CONSTANT (29500000000));
  g_assert_cmpint (sound->picture_bytes, ==, 123456);
  g_assert_cmpuint (sound->height_px, ==, 448);
  g_assert_cmpuint (sound->quality, ==, 85);
  g_assert_true (sound->has_sound && sound->has_transcript);
  g_assert_cmpint (sound->sound_span.begin_ns, ==, 75 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (sound->sound_span.end_ns, ==, 105 * SEMIO_NS_PER_SECOND);
  g_assert_true (semio_sha256_equal (&sound->sound, &wav));
  g_assert_true (semio_sha256_equal (&sound->transcript, &said));
  g_assert_cmpint (sound->utc_us, >, 0);
  g_assert_null (semio_sent_table_find (database, 1, 2, 4, NULL, error));
  return NULL;
}

typedef struct {
  gint64 person_id;
  const char *host;
  gboolean plain_http;
  SemioConsentWhat what;
} Wish;

static gpointer
agree_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  g_autoptr (SemioConsent) consent = semio_consent_new (wish->host);

  consent->person_id = wish->person_id;
  consent->plain_http = wish->plain_http;
  consent->what = wish->what;
  consent->n_patients = 4;
  consent->n_recordings = 9;
  consent->bytes = wish->person_id != 0 ? 5000000 : -1;
  consent->text_version = 2;
  semio_consent_table_put (database, consent, error);
  return NULL;
}

/* "<host> <plain> <what> <person>" each. */
static gpointer
list_consents_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) consents = semio_consent_table_load (database, error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; consents != NULL && i < consents->len; i++)
    {
      const SemioConsent *consent = g_ptr_array_index (consents, i);

      g_string_append_printf (text, "%s%s %d %d %d", i > 0 ? "; " : "", consent->host, consent->plain_http, consent->what,
                              (int) consent->person_id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
expect_consents (SemioStoreService *service, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = semio_store_fixture_read (service, list_consents_func, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

static gpointer
find_consents_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioConsent) secure = semio_consent_table_find (database, "a.example", FALSE, error);
  g_autoptr (SemioConsent) covered = semio_consent_table_find (database, "b.example:80", FALSE, error);
  g_autoptr (SemioConsent) plain = semio_consent_table_find (database, "b.example:80", TRUE, error);

  g_assert_null (semio_consent_table_find (database, "a.example", TRUE, error));
  g_assert_null (semio_consent_table_find (database, "c.example", FALSE, error));
  g_assert_cmpint (secure->what, ==, SEMIO_CONSENT_IMAGES | SEMIO_CONSENT_SOUND);
  g_assert_cmpuint (secure->n_patients, ==, 4);
  g_assert_cmpuint (secure->n_recordings, ==, 9);
  g_assert_cmpint (secure->bytes, ==, 5000000);
  g_assert_cmpint (secure->text_version, ==, 2);
  g_assert_true (covered->plain_http && plain->plain_http);
  g_assert_cmpint (plain->person_id, ==, 0);
  g_assert_cmpint (plain->bytes, ==, -1);
  return NULL;
}

static gpointer
disagree_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioConsent) consent = semio_consent_table_find (database, data, FALSE, error);

  if (semio_consent_table_withdraw (database, 1, &consent->entry, error))
    semio_consent_table_withdraw (database, 1, &consent->entry, error);
  return NULL;
}

static gpointer
transcribe_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioTranscript) transcript = semio_transcript_new ("whisper-x");

  transcript->language = g_strdup ("de");
  semio_transcript_add (transcript, (SemioSpan){ 0, 2000000000 }, "Wie geht’s?");
  semio_transcript_add (transcript, (SemioSpan){ 3000000000, 5500000000 }, data);
  semio_transcript_table_put (database, NULL, 1, transcript, "127.0.0.1:9000", error);
  return NULL;
}

static gpointer
read_transcript_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) transcripts = semio_transcript_table_load (database, 1, error);
  g_autoptr (SemioTranscript) found = semio_transcript_table_find (database, 1, data, error);

  if (transcripts == NULL || found == NULL)
    return NULL;
  g_assert_cmpuint (transcripts->len, ==, 1);
  g_assert_cmpstr (found->language, ==, "de");
  return semio_transcript_to_text (found, (SemioSpan){ 0, G_MAXINT64 });
}

static void
expect_transcript (SemioStoreService *service, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = semio_store_fixture_read (service, read_transcript_func, "whisper-x", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
  g_assert_null (semio_store_fixture_read (service, read_transcript_func, "another", &error));
  g_assert_no_error (error);
}

static gpointer
archive_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  semio_run_table_set_archived (database, NULL, 1, GPOINTER_TO_INT (data), "not needed", error);
  return NULL;
}

static gpointer
is_archived_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) runs = semio_run_table_load (database, error);
  const SemioRun *run = g_ptr_array_index (runs, 0);

  g_assert_cmpint (run->created_utc_us, >, 0);
  return GINT_TO_POINTER (run->archived);
}

static gboolean
is_archived (SemioStoreService *service)
{
  g_autoptr (GError) error = NULL;
  gpointer archived = semio_store_fixture_read (service, is_archived_func, NULL, &error);

  g_assert_no_error (error);
  return GPOINTER_TO_INT (archived);
}

static void
work (SemioStoreService *service, SemioStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  semio_store_fixture_write (service, func, data, &error);
  g_assert_no_error (error);
}

static void
look (SemioStoreService *service, SemioStoreFunc func)
{
  g_autoptr (GError) error = NULL;

  semio_store_fixture_read (service, func, NULL, &error);
  g_assert_no_error (error);
}

static void
expect_good (SemioStoreService *service)
{
  g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);

  g_assert_cmpstr (report->findings[0], ==, NULL);
}

static SemioStoreService *
reopen (const char *path)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  g_assert_no_error (error);
  return service;
}

static void
fill (SemioStoreService *service)
{
  SemioStoreFacts facts;
  Wish wish;

  semio_store_fixture_fill (service, 2, &facts);
  work (service, send_func, "frames");
  work (service, send_func, "sound");
  work (service, send_func, "frames");
  wish = (Wish){ facts.person_id, " a.example\n", FALSE, SEMIO_CONSENT_IMAGES };
  work (service, agree_func, &wish);
  wish.what |= SEMIO_CONSENT_SOUND;
  work (service, agree_func, &wish);
  wish = (Wish){ 0, "b.example:80", TRUE, SEMIO_CONSENT_TRANSCRIPT };
  work (service, agree_func, &wish);
  work (service, transcribe_func, "Gut.");
  work (service, archive_func, GINT_TO_POINTER (TRUE));
}

static void
expect_filled (SemioStoreService *service)
{
  look (service, look_at_sent_func);
  look (service, find_consents_func);
  expect_consents (service, "b.example:80 1 4 0; a.example 0 3 1");
  expect_transcript (service, "0:00 to 0:02: Wie geht’s?\n0:03 to 0:05: Gut.\n");
  g_assert_true (is_archived (service));
  expect_good (service);
}

static void
test_life (void)
{
  g_autofree char *path = semio_store_fixture_path ("sent.semio");
  SemioStoreService *service = semio_store_fixture_create (path);

  fill (service);
  expect_filled (service);
  semio_store_fixture_close (service);
  service = reopen (path);
  expect_filled (service);
  work (service, disagree_func, "a.example");
  expect_consents (service, "b.example:80 1 4 0");
  work (service, transcribe_func, "Besser.");
  expect_transcript (service, "0:00 to 0:02: Wie geht’s?\n0:03 to 0:05: Besser.\n");
  work (service, archive_func, GINT_TO_POINTER (FALSE));
  g_assert_false (is_archived (service));
  expect_good (service);
  semio_store_fixture_close (service);
}

static gpointer
sql_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  semio_database_execute (database, data, error);
  return NULL;
}

static void
test_verify (void)
{
  static const struct {
    const char *sql;
    const char *finding;
  } tampering[] = {
    { "UPDATE sent SET segment = 4 WHERE entry_id = (SELECT max (entry_id) FROM sent)", "what was sent" },
    { "UPDATE consent SET plain_http = 1", "consents" },
    { "UPDATE consent SET current = 1", "consents" },
    { "DELETE FROM consent", "consents" },
    { "UPDATE transcript SET model = 'mine'", "transcripts" },
    { "UPDATE run SET archived = 0", "runs" },
    { "UPDATE run SET created_utc_us = 5", "runs" },
    { "UPDATE entry_text SET text = '[]' WHERE text LIKE '[[%'", "1 text was changed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autofree char *name = g_strdup_printf ("sent-verify-%u.semio", i);
      g_autofree char *path = semio_store_fixture_path (name);
      SemioStoreService *service = semio_store_fixture_create (path);
      g_autoptr (SemioStoreVerifyReport) report = NULL;

      fill (service);
      work (service, sql_func, (gpointer) tampering[i].sql);
      report = semio_store_fixture_verify (service);
      g_assert_cmpuint (g_strv_length (report->findings), ==, 1);
      g_assert_nonnull (strstr (report->findings[0], tampering[i].finding));
      semio_store_fixture_close (service);
    }
}

static gpointer
count_said_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 n = -1;

  semio_database_get_int (database, "SELECT count (*) FROM entry WHERE json LIKE '%Wie geht%'", 0, &n, error);
  return GINT_TO_POINTER ((int) n);
}

/* In a copy without texts nothing that was said is left, and the chains hold. */
static void
test_redacted (void)
{
  g_autofree char *path = semio_store_fixture_path ("sent-redacted.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gpointer said;

  fill (service);
  work (service, sql_func, "DELETE FROM entry_text");
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  g_assert_null (semio_store_fixture_read (service, read_transcript_func, "whisper-x", &error));
  g_assert_no_error (error);
  said = semio_store_fixture_read (service, count_said_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (GPOINTER_TO_INT (said), ==, 0);
  semio_store_fixture_close (service);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
merge (SemioStoreService *service, const char *other)
{
  g_autoptr (GError) error = NULL;

  g_free (semio_store_fixture_merge (service, other, &error));
  g_assert_no_error (error);
}

/* All of it is written in one copy while the other goes on; the other agrees too and takes a run out again. */
static void
test_merge (void)
{
  g_autofree char *path = semio_store_fixture_path ("sent-a.semio");
  g_autofree char *other_path = semio_store_fixture_path ("sent-b.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreService *other;
  Wish wish = { 0, "a.example", FALSE, SEMIO_CONSENT_IMAGES };

  fill (service);
  semio_store_fixture_close (service);
  copy_file (path, other_path);
  service = reopen (path);
  work (service, disagree_func, "a.example");
  work (service, transcribe_func, "In A.");
  semio_store_fixture_close (service);
  other = reopen (other_path);
  work (other, agree_func, &wish);
  work (other, send_func, "third");
  work (other, archive_func, GINT_TO_POINTER (FALSE));
  semio_store_fixture_close (other);

  service = reopen (path);
  merge (service, other_path);
  merge (service, other_path);
  expect_consents (service, "a.example 0 1 0; b.example:80 1 4 0");
  expect_transcript (service, "0:00 to 0:02: Wie geht’s?\n0:03 to 0:05: In A.\n");
  g_assert_false (is_archived (service));
  expect_good (service);
  semio_store_fixture_close (service);
  other = reopen (other_path);
  merge (other, path);
  expect_consents (other, "a.example 0 1 0; b.example:80 1 4 0");
  expect_transcript (other, "0:00 to 0:02: Wie geht’s?\n0:03 to 0:05: In A.\n");
  g_assert_false (is_archived (other));
  expect_good (other);
  semio_store_fixture_close (other);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/sent/life", test_life);
  g_test_add_func ("/store/sent/verify", test_verify);
  g_test_add_func ("/store/sent/redacted", test_redacted);
  g_test_add_func ("/store/sent/merge", test_merge);
  return semio_store_fixture_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-live-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-clock.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-live-private.h"
#include "semio-projection-private.h"
#include "semio-raw-body.h"
#include "semio-text.h"

#define MAX_TEXT_CHARS 1000000
#define PART_BYTES 12

static const char *APPLY_SQL = "UPDATE live SET run_id = ?2 WHERE id = ?1";
static const char *FIND_SQL = "SELECT i.id FROM import AS i JOIN live AS l ON l.id = i.live_id"
                              " WHERE l.uuid = ?1 AND i.state = 1 AND i.run_id = ?2 ORDER BY i.id LIMIT 1";
static const char *BEGIN_SQL = "INSERT INTO import (uuid, state, run_id, owner, touched_utc_us, live_id)"
                               " VALUES (?1, 1, ?2, '', ?3, ?4)";
static const char *CHECK_SQL = "SELECT t.text FROM import AS i JOIN run AS r ON r.id = i.run_id"
                               " LEFT JOIN entry_text AS t ON t.hash = r.name_hash"
                               " WHERE i.run_id = ?1 AND i.state = 1 AND (i.live_id IS NULL) = ?2 LIMIT 1";
static const char *ATTEMPT_SQL = "SELECT coalesce (max (attempt), -1) + 1 FROM prediction"
                                 " WHERE recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
                                 " AND run_id = ?2 AND feature_id = ?3 AND segment = ?4 AND kind = ?5";
static const char *PREDICTION_SQL = "INSERT INTO prediction (recording_id, run_id, feature_id, segment, kind, attempt, import_id,"
                                    " answer, onset_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char *EXPLANATION_SQL = "INSERT INTO explanation (recording_id, run_id, feature_id, segment, kind, attempt,"
                                     " import_id, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char *REPLY_SQL = "INSERT INTO reply (recording_id, run_id, feature_id, segment, kind, attempt, import_id, state,"
                               " http_status, finish_reason, problem, prompt_tokens, cached_tokens, completion_tokens, first_us,"
                               " total_us, utc_us, request, host)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
static const char *BODY_SQL = "INSERT INTO reply_body (recording_id, run_id, feature_id, segment, kind, attempt, import_id,"
                              " reasoning, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char *READ_COVERAGE_SQL = "SELECT answered, ratable FROM coverage"
                                       " WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3";
static const char *COVERAGE_SQL = "INSERT INTO coverage (recording_id, run_id, import_id, answered, ratable)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (recording_id, run_id, import_id)"
                                  " DO UPDATE SET answered = excluded.answered, ratable = excluded.ratable";

gboolean
semio_live_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, APPLY_SQL, error);
  gint64 live_id, run_id;

  if (update == NULL || !semio_projection_ensure (database, entry->payload, "live", SEMIO_IDENTITY_LIVE, &live_id, error)
      || !semio_projection_ensure (database, entry->payload, "run", SEMIO_IDENTITY_RUN, &run_id, error))
    return FALSE;
  semio_statement_bind_int (update, 1, live_id);
  semio_statement_bind_int (update, 2, run_id);
  return semio_statement_run (update, error);
}

gboolean
semio_live_check_run (SemioDatabase *database, gint64 run_id, gboolean live, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, CHECK_SQL, error);
  const char *name;
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_int (find, 1, run_id);
  semio_statement_bind_int (find, 2, live);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  name = semio_statement_is_null (find, 0) ? "?" : semio_statement_get_text (find, 0);
  if (live)
    g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_CONFLICT,
                 _ ("The answers of run “%s” came from a file, so no model is asked for more of them. Make a new run."), name);
  else
    g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_CONFLICT,
                 _ ("The answers of run “%s” came from a model that was asked here, so nothing is imported into it. Import "
                    "under another name."),
                 name);
  return FALSE;
}

SemioUuid
semio_live_make_part (const SemioUuid *live)
{
  SemioUuid part = semio_uuid_new ();

  memcpy (part.bytes, live->bytes, PART_BYTES);
  return part;
}

static gboolean
find_own (SemioDatabase *database, const SemioUuid *live, gint64 run_id, gint64 *import_id, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, FIND_SQL, error);
  gboolean has_row;

  *import_id = 0;
  if (find == NULL)
    return FALSE;
  semio_statement_bind_uuid (find, 1, live);
  semio_statement_bind_int (find, 2, run_id);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    *import_id = semio_statement_get_int (find, 0);
  return TRUE;
}

static gint64
make_own (SemioDatabase *database, const SemioUuid *live, const SemioUuid *run, gint64 run_id, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_LIVE, NULL, json_object_new ());
  const SemioUuid part = semio_live_make_part (live);
  g_autoptr (SemioStatement) insert = NULL;
  gint64 live_id;

  semio_entry_payload_set_uuid (entry->payload, "live", live);
  semio_entry_payload_set_uuid (entry->payload, "run", run);
  if (!semio_entry_table_append (database, entry, error)
      || !semio_identity_ensure (database, SEMIO_IDENTITY_LIVE, live, &live_id, error))
    return 0;
  insert = semio_database_prepare (database, BEGIN_SQL, error);
  if (insert == NULL)
    return 0;
  semio_statement_bind_uuid (insert, 1, &part);
  semio_statement_bind_int (insert, 2, run_id);
  semio_statement_bind_int (insert, 3, semio_clock_get_utc_us ());
  semio_statement_bind_int (insert, 4, live_id);
  return semio_statement_run (insert, error) ? semio_database_get_last_row_id (database) : 0;
}

gint64
semio_live_table_begin (SemioDatabase *database, gint64 run_id, GError **error)
{
  struct {
    char what[16];
    SemioUuid opening;
    SemioUuid writer;
    SemioUuid run;
  } seed = { "live", *semio_database_get_opening (database), { { 0 } }, { { 0 } } };
  const SemioUuid *writer = semio_database_get_writer (database);
  SemioUuid live;
  gint64 import_id;

  if (writer != NULL)
    seed.writer = *writer;
  if (!semio_live_check_run (database, run_id, TRUE, error)
      || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RUN, run_id, &seed.run, error))
    return 0;
  live = semio_uuid_from_data (&seed, sizeof seed);
  if (!find_own (database, &live, run_id, &import_id, error))
    return 0;
  return import_id != 0 ? import_id : make_own (database, &live, &seed.run, run_id, error);
}

gboolean
semio_live_find_feature (SemioDatabase *database, guint feature, gint64 *feature_id, GError **error)
{
  *feature_id = feature;
  return feature != SEMIO_FEATURE_NONE || semio_identity_ensure_feature (database, SEMIO_LIVE_NO_FEATURE, feature_id, error);
}

gboolean
semio_live_get_no_feature (SemioDatabase *database, gint64 *feature_id, GError **error)
{
  return semio_identity_find_feature (database, SEMIO_LIVE_NO_FEATURE, feature_id, error);
}

gboolean
semio_live_is_usable (SemioQuestionKind kind, SemioAnswer answer)
{
  return kind == SEMIO_QUESTION_ANSWER ? semio_answer_is_usable (answer) : answer != SEMIO_ANSWER_FAIL;
}

/* Where an answer goes. */
typedef struct {
  gint64 import_id;
  gint64 run_id;
  gint64 feature_id;
  SemioLiveAnswer *answer;
} Place;

static void
bind_place (SemioStatement *insert, const Place *place)
{
  semio_statement_bind_int (insert, 1, place->answer->recording_id);
  semio_statement_bind_int (insert, 2, place->run_id);
  semio_statement_bind_int (insert, 3, place->feature_id);
  semio_statement_bind_int (insert, 4, place->answer->segment);
  semio_statement_bind_int (insert, 5, place->answer->kind);
  semio_statement_bind_int (insert, 6, place->answer->attempt);
  semio_statement_bind_int (insert, 7, place->import_id);
}

/* What the reader of replies cleaned already goes in as it is. */
static void
bind_text (SemioStatement *insert, int parameter, const char *text)
{
  g_autofree char *clean = NULL;

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    text = clean = semio_text_clean (text, -1, MAX_TEXT_CHARS);
  semio_statement_bind_text (insert, parameter, text);
}

static void
bind_known (SemioStatement *insert, int parameter, gint64 value)
{
  if (value >= 0)
    semio_statement_bind_int (insert, parameter, value);
  else
    semio_statement_bind_null (insert, parameter);
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static SemioAnswer
get_answer (const SemioModelReply *reply)
{
  return reply->state == SEMIO_REPLY_UNUSABLE ? SEMIO_ANSWER_FAIL : reply->answer;
}

static gboolean
choose_attempt (SemioDatabase *database, Place *place, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, ATTEMPT_SQL, error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_int (find, 1, place->answer->recording_id);
  semio_statement_bind_int (find, 2, place->run_id);
  semio_statement_bind_int (find, 3, place->feature_id);
  semio_statement_bind_int (find, 4, place->answer->segment);
  semio_statement_bind_int (find, 5, place->answer->kind);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  place->answer->attempt = has_row ? (int) semio_statement_get_int (find, 0) : 0;
  return TRUE;
}

static gboolean
insert_prediction (SemioDatabase *database, const Place *place, GError **error)
{
  const SemioModelReply *reply = place->answer->reply;
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, PREDICTION_SQL, error);
  g_autoptr (SemioStatement) explain = insert != NULL ? semio_database_prepare (database, EXPLANATION_SQL, error) : NULL;

  if (explain == NULL)
    return FALSE;
  bind_place (insert, place);
  semio_statement_bind_int (insert, 8, get_answer (reply));
  semio_statement_bind_time (insert, 9, reply->state == SEMIO_REPLY_UNUSABLE ? SEMIO_TIME_NONE : reply->onset_ns);
  if (!semio_statement_run (insert, error))
    return FALSE;
  if (!has_text (reply->explanation))
    return TRUE;
  bind_place (explain, place);
  bind_text (explain, 8, reply->explanation);
  return semio_statement_run (explain, error);
}

static gboolean
insert_body (SemioDatabase *database, const Place *place, GError **error)
{
  const SemioModelReply *reply = place->answer->reply;
  const gboolean has_raw = reply->raw != NULL && g_bytes_get_size (reply->raw) > 0;
  g_autoptr (SemioStatement) insert = NULL;
  g_autoptr (GBytes) raw = NULL;

  if (!has_raw && !has_text (reply->reasoning))
    return TRUE;
  raw = has_raw ? semio_raw_body_deflate (reply->raw, error) : NULL;
  if (has_raw && raw == NULL)
    return FALSE;
  insert = semio_database_prepare (database, BODY_SQL, error);
  if (insert == NULL)
    return FALSE;
  bind_place (insert, place);
  bind_text (insert, 8, reply->reasoning);
  semio_statement_bind_bytes (insert, 9, raw);
  return semio_statement_run (insert, error);
}

static gboolean
insert_reply (SemioDatabase *database, const Place *place, GError **error)
{
  const SemioModelReply *reply = place->answer->reply;
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, REPLY_SQL, error);

  if (insert == NULL)
    return FALSE;
  bind_place (insert, place);
  semio_statement_bind_int (insert, 8, reply->state);
  semio_statement_bind_int (insert, 9, reply->http_status);
  bind_text (insert, 10, reply->finish_reason);
  bind_text (insert, 11, reply->problem);
  bind_known (insert, 12, reply->prompt_tokens);
  bind_known (insert, 13, reply->cached_tokens);
  bind_known (insert, 14, reply->completion_tokens);
  bind_known (insert, 15, reply->first_us);
  bind_known (insert, 16, reply->total_us);
  semio_statement_bind_int (insert, 17, reply->utc_us != 0 ? reply->utc_us : semio_clock_get_utc_us ());
  semio_statement_bind_sha256 (insert, 18, &reply->request);
  bind_text (insert, 19, reply->host);
  return semio_statement_run (insert, error) && insert_body (database, place, error);
}

static GBytes *
set_bit (SemioStatement *read, int column, guint feature, gboolean set)
{
  gsize length = 0;
  const guint8 *old = read != NULL ? semio_statement_get_blob (read, column, &length) : NULL;
  const gsize size = set ? MAX (length, feature / 8 + 1) : length;
  guint8 *bits = g_malloc0 (MAX (size, 1));

  if (length > 0)
    memcpy (bits, old, length);
  if (set)
    bits[feature / 8] |= (guint8) (1u << (feature % 8));
  return g_bytes_new_take (bits, size);
}

/* What lists show is there for answers; the row itself is there for everything, for by it the rest is found. */
static gboolean
mark_coverage (SemioDatabase *database, const Place *place, GError **error)
{
  const SemioModelReply *reply = place->answer->reply;
  const gboolean is_answer = place->answer->kind == SEMIO_QUESTION_ANSWER;
  g_autoptr (SemioStatement) read = semio_database_prepare (database, READ_COVERAGE_SQL, error);
  g_autoptr (SemioStatement) insert = read != NULL ? semio_database_prepare (database, COVERAGE_SQL, error) : NULL;
  g_autoptr (GBytes) answered = NULL;
  g_autoptr (GBytes) ratable = NULL;
  gboolean has_row;

  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (read, 1, place->answer->recording_id);
  semio_statement_bind_int (read, 2, place->run_id);
  semio_statement_bind_int (read, 3, place->import_id);
  if (!semio_statement_step (read, &has_row, error))
    return FALSE;
  answered = set_bit (has_row ? read : NULL, 0, place->answer->feature, is_answer && semio_answer_is_usable (get_answer (reply)));
  ratable = set_bit (has_row ? read : NULL, 1, place->answer->feature, is_answer && has_text (reply->explanation));
  semio_statement_bind_int (insert, 1, place->answer->recording_id);
  semio_statement_bind_int (insert, 2, place->run_id);
  semio_statement_bind_int (insert, 3, place->import_id);
  semio_statement_bind_bytes (insert, 4, answered);
  semio_statement_bind_bytes (insert, 5, ratable);
  return semio_statement_run (insert, error);
}

static gboolean
check_answer (const SemioLiveAnswer *answer, GError **error)
{
  if ((answer->feature == SEMIO_FEATURE_NONE) == (answer->kind == SEMIO_QUESTION_NARRATIVE) && answer->segment >= -1)
    return TRUE;
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                       _ ("An answer that is to be stored does not say which question it is of."));
  return FALSE;
}

gboolean
semio_live_table_store_all (SemioDatabase *database, gint64 import_id, gint64 run_id, SemioLiveAnswer *answers, guint n_answers,
                            GError **error)
{
  g_return_val_if_fail (semio_database_in_transaction (database), FALSE);
  for (guint i = 0; i < n_answers; i++)
    {
      Place place = { import_id, run_id, 0, &answers[i] };

      if (!check_answer (&answers[i], error) || !semio_live_find_feature (database, answers[i].feature, &place.feature_id, error)
          || !choose_attempt (database, &place, error) || !insert_prediction (database, &place, error)
          || !insert_reply (database, &place, error) || !mark_coverage (database, &place, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
semio_live_table_store (SemioDatabase *database, gint64 import_id, gint64 run_id, gint64 recording_id, SemioQuestionKind kind,
                        guint feature, int segment, const SemioModelReply *reply, int *attempt, GError **error)
{
  SemioLiveAnswer answer = { recording_id, kind, feature, segment, reply, 0 };

  if (!semio_live_table_store_all (database, import_id, run_id, &answer, 1, error))
    return FALSE;
  if (attempt != NULL)
    *attempt = answer.attempt;
  return TRUE;
}

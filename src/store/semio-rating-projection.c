/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-entry-private.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"
#include "semio-rating-payload.h"

static const char *INSERT_SQL = "INSERT INTO rating (entry_id, person_id, recording_id, run_id, feature_id, segment, attempt,"
                                " explanation, score, supports, cannot_judge, marks, comment_hash, visible, played_event,"
                                " played_cited, seconds, utc_us, withdrawn, judged, current)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                                " ?19, ?20, NOT EXISTS (SELECT 1 FROM supersession WHERE superseded = ?21))";

typedef struct {
  gint64 person_id;
  gint64 recording_id;
  gint64 run_id;
  gint64 feature_id;
  gint64 segment;
} RatingKey;

static gboolean
read_key (SemioDatabase *database, const SemioEntry *entry, RatingKey *key, GError **error)
{
  const char *feature = semio_json_get_text (entry->payload, "feature", error);

  return feature != NULL && semio_projection_ensure_person (database, entry, &key->person_id, error)
         && semio_projection_ensure (database, entry->payload, "recording", SEMIO_IDENTITY_RECORDING, &key->recording_id, error)
         && semio_projection_ensure (database, entry->payload, "run", SEMIO_IDENTITY_RUN, &key->run_id, error)
         && semio_json_get_int (entry->payload, "segment", &key->segment, error)
         && semio_identity_ensure_feature (database, feature, &key->feature_id, error);
}

static void
bind_key (SemioStatement *insert, const SemioEntry *entry, const RatingKey *key)
{
  const gint64 attempt = semio_json_get_int_or (entry->payload, "attempt", -1);

  semio_statement_bind_int (insert, 1, entry->id);
  semio_statement_bind_int (insert, 2, key->person_id);
  semio_statement_bind_int (insert, 3, key->recording_id);
  semio_statement_bind_int (insert, 4, key->run_id);
  semio_statement_bind_int (insert, 5, key->feature_id);
  semio_statement_bind_int (insert, 6, key->segment);
  if (attempt >= 0)
    semio_statement_bind_int (insert, 7, attempt);
  else
    semio_statement_bind_null (insert, 7);
}

static void
bind_rating (SemioStatement *insert, const SemioEntry *entry, const SemioRating *rating)
{
  SemioSha256 comment;

  semio_statement_bind_sha256 (insert, 8, &rating->explanation);
  semio_statement_bind_int (insert, 9, rating->score);
  semio_statement_bind_int (insert, 10, rating->supports);
  semio_statement_bind_int (insert, 11, rating->cannot_judge);
  semio_statement_bind_int (insert, 12, rating->marks);
  if (semio_entry_text_get_hash (entry->payload, "comment", &comment))
    semio_statement_bind_sha256 (insert, 13, &comment);
  else
    semio_statement_bind_null (insert, 13);
  semio_statement_bind_int (insert, 14, rating->visible);
  semio_statement_bind_double (insert, 15, rating->played_event);
  semio_statement_bind_double (insert, 16, rating->played_cited);
  semio_statement_bind_double (insert, 17, rating->seconds);
}

/* Ratings and withdrawals stand in one table: both are what a person last said of an item. */
gboolean
semio_rating_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  const gboolean withdrawn = g_str_equal (entry->kind, SEMIO_ENTRY_WITHDRAWAL);
  g_autoptr (SemioRating) rating = semio_rating_new ();
  g_autoptr (SemioStatement) insert = NULL;
  RatingKey key;

  if (!read_key (database, entry, &key, error) || (!withdrawn && !semio_rating_payload_read (entry->payload, rating, error)))
    return FALSE;
  insert = semio_database_prepare (database, INSERT_SQL, error);
  if (insert == NULL)
    return FALSE;
  bind_key (insert, entry, &key);
  bind_rating (insert, entry, rating);
  semio_statement_bind_int (insert, 18, entry->utc_us);
  semio_statement_bind_int (insert, 19, withdrawn);
  semio_statement_bind_int (insert, 20, !withdrawn && (rating->score > 0 || rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET));
  semio_statement_bind_uuid (insert, 21, &entry->uuid);
  return semio_statement_run (insert, error);
}

gboolean
semio_rating_table_apply_withdrawal (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  const char *item = semio_json_get_text_or (entry->payload, "item", "answer");

  return !g_str_equal (item, "answer") || semio_rating_table_apply (database, entry, error);
}

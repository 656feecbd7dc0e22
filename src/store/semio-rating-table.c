/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-rating-payload.h"

#define RATING_COLUMNS                                                                                                           \
  "e.uuid, r.person_id, r.run_id, coalesce (c.alias_of, c.id), r.feature_id, r.segment, r.explanation, r.score, r.supports,"     \
  " r.cannot_judge, r.marks, t.text, r.visible, r.played_event, r.played_cited, r.seconds, r.utc_us, r.current, r.withdrawn"     \
  " FROM rating AS r JOIN entry AS e ON e.id = r.entry_id JOIN recording AS c ON c.id = r.recording_id"                          \
  " LEFT JOIN entry_text AS t ON t.hash = r.comment_hash"
/* A recording together with those that merging found to be the same. */
#define SAME_RECORDING "(SELECT id FROM recording WHERE id = ?2 OR alias_of = ?2)"

static const char *GET_SQL = "SELECT " RATING_COLUMNS " WHERE e.uuid = ?1 LIMIT 1";
static const char *LOAD_SQL = "SELECT " RATING_COLUMNS " JOIN writer AS w ON w.id = e.writer_id"
                              " WHERE (?1 = 0 OR r.person_id = ?1) ORDER BY e.lamport, w.uuid, e.seq";
/* The index begins with the person, so all of them are named to it: without, every rating of the study would be read. */
static const char *LOAD_RECORDING_SQL =
    "SELECT " RATING_COLUMNS " JOIN writer AS w ON w.id = e.writer_id"
    " WHERE r.person_id IN (SELECT id FROM person) AND r.recording_id IN " SAME_RECORDING " ORDER BY e.lamport, w.uuid, e.seq";
static const char *LOAD_OF_PERSON_SQL =
    "SELECT " RATING_COLUMNS " JOIN writer AS w ON w.id = e.writer_id"
    " WHERE r.person_id = ?1 AND r.recording_id IN " SAME_RECORDING " ORDER BY e.lamport, w.uuid, e.seq";
static const char *STANDING_SQL = "SELECT " RATING_COLUMNS " JOIN writer AS w ON w.id = e.writer_id"
                                  " WHERE r.person_id = ?1 AND r.recording_id IN " SAME_RECORDING
                                  " AND r.run_id = ?3 AND r.feature_id = ?4 AND r.segment = ?5 AND r.current = 1"
                                  " AND r.withdrawn = 0 ORDER BY e.lamport DESC, w.uuid DESC, e.seq DESC LIMIT 1";
static const char *CURRENT_SQL = "SELECT e.uuid, r.withdrawn FROM rating AS r JOIN entry AS e ON e.id = r.entry_id"
                                 " WHERE r.person_id = ?1 AND r.recording_id IN " SAME_RECORDING
                                 " AND r.run_id = ?3 AND r.feature_id = ?4 AND r.segment = ?5 AND r.current = 1"
                                 " ORDER BY e.lamport, e.id";
/* Straight from the index, in its order; what has aliases takes the longer way. */
static const char *RATED_SQL = "SELECT recording_id, run_id, feature_id, segment, max (judged), count (*) FROM rating"
                               " WHERE person_id = ?1 AND current = 1 AND withdrawn = 0"
                               " GROUP BY recording_id, run_id, feature_id, segment";
static const char *N_ALIASES_SQL = "SELECT count (*) FROM recording WHERE alias_of IS NOT NULL";
static const char *RATED_ALIASES_SQL =
    "SELECT coalesce (c.alias_of, c.id), r.run_id, r.feature_id, r.segment, max (r.judged), count (*)"
    " FROM rating AS r JOIN recording AS c ON c.id = r.recording_id"
    " WHERE r.person_id = ?1 AND r.current = 1 AND r.withdrawn = 0"
    " GROUP BY coalesce (c.alias_of, c.id), r.run_id, r.feature_id, r.segment";
static const char *SECONDS_SQL =
    "SELECT seconds FROM rating WHERE person_id = ?1 AND current = 1 AND withdrawn = 0 AND judged = 1"
    " ORDER BY seconds LIMIT 2 - (SELECT count (*) FROM rating WHERE person_id = ?1"
    " AND current = 1 AND withdrawn = 0 AND judged = 1) % 2"
    " OFFSET (SELECT (count (*) - 1) / 2 FROM rating WHERE person_id = ?1 AND current = 1"
    " AND withdrawn = 0 AND judged = 1)";
/* The attempts that stood when the item was judged; its text is known by its hash. */
static const char *ATTEMPT_SQL = "SELECT max (attempt) FROM prediction WHERE recording_id IN " SAME_RECORDING
                                 " AND run_id = ?1 AND feature_id = ?3 AND (?4 = -1 OR segment = ?4) AND kind = 0";

static SemioRating *
read_rating (SemioStatement *statement)
{
  SemioRating *rating = semio_rating_new ();

  rating->entry = semio_statement_get_uuid (statement, 0);
  rating->person_id = semio_statement_get_int (statement, 1);
  rating->key.run_id = semio_statement_get_int (statement, 2);
  rating->key.recording_id = semio_statement_get_int (statement, 3);
  rating->key.feature = (guint) semio_statement_get_int (statement, 4);
  rating->key.segment = (int) semio_statement_get_int (statement, 5);
  rating->explanation = semio_statement_get_sha256 (statement, 6);
  rating->score = (int) semio_statement_get_int (statement, 7);
  rating->supports = (SemioSupports) semio_statement_get_int (statement, 8);
  rating->cannot_judge = (SemioCannotJudge) semio_statement_get_int (statement, 9);
  rating->marks = (SemioMarks) semio_statement_get_int (statement, 10);
  rating->comment = semio_statement_dup_text (statement, 11);
  rating->visible = (SemioVisible) semio_statement_get_int (statement, 12);
  rating->played_event = semio_statement_get_double (statement, 13);
  rating->played_cited = semio_statement_get_double (statement, 14);
  rating->seconds = semio_statement_get_double (statement, 15);
  rating->utc_us = semio_statement_get_int (statement, 16);
  rating->current = semio_statement_get_int (statement, 17) != 0;
  rating->withdrawn = semio_statement_get_int (statement, 18) != 0;
  return rating;
}

/* Adds what the person's new entry on the item supersedes. *n_standing counts those that are no withdrawals. */
static gboolean
supersede_current (SemioDatabase *database, SemioEntry *entry, gint64 person_id, const SemioItemKey *key, guint *n_standing,
                   GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, CURRENT_SQL, error);
  gboolean has_row;

  *n_standing = 0;
  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, person_id);
  semio_statement_bind_int (statement, 2, key->recording_id);
  semio_statement_bind_int (statement, 3, key->run_id);
  semio_statement_bind_int (statement, 4, key->feature);
  semio_statement_bind_int (statement, 5, key->segment);
  while (TRUE)
    {
      SemioUuid uuid;

      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      uuid = semio_statement_get_uuid (statement, 0);
      semio_entry_add_supersedes (entry, &uuid);
      *n_standing += semio_statement_get_int (statement, 1) == 0;
    }
}

static gboolean
set_attempt (SemioDatabase *database, JsonObject *payload, const SemioItemKey *key, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, ATTEMPT_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, key->run_id);
  semio_statement_bind_int (statement, 2, key->recording_id);
  semio_statement_bind_int (statement, 3, key->feature);
  semio_statement_bind_int (statement, 4, key->segment);
  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && !semio_statement_is_null (statement, 0))
    json_object_set_int_member (payload, "attempt", semio_statement_get_int (statement, 0));
  else
    json_object_set_null_member (payload, "attempt");
  return TRUE;
}

static SemioEntry *
make_entry (SemioDatabase *database, const char *kind, gint64 person_id, const SemioItemKey *key, guint *n_standing,
            GError **error)
{
  g_autoptr (SemioEntry) entry = NULL;
  g_autofree char *feature = NULL;
  SemioUuid person, recording, run;

  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_PERSON, person_id, &person, error)
      || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, key->recording_id, &recording, error)
      || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RUN, key->run_id, &run, error))
    return NULL;
  feature = semio_identity_get_feature (database, key->feature, error);
  if (feature == NULL)
    return NULL;
  entry = semio_entry_new (kind, &person, json_object_new ());
  semio_entry_payload_set_uuid (entry->payload, "run", &run);
  semio_entry_payload_set_uuid (entry->payload, "recording", &recording);
  json_object_set_string_member (entry->payload, "feature", feature);
  json_object_set_string_member (entry->payload, "item", "answer");
  json_object_set_int_member (entry->payload, "segment", key->segment);
  if (!set_attempt (database, entry->payload, key, error)
      || !supersede_current (database, entry, person_id, key, n_standing, error))
    return NULL;
  return g_steal_pointer (&entry);
}

SemioRating *
semio_rating_table_add (SemioDatabase *database, const SemioRating *rating, GError **error)
{
  g_autoptr (SemioEntry) entry = NULL;
  guint n_standing;

  if (rating->score < 0 || rating->score > 5)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("A score is a number from 1 to 5."));
      return NULL;
    }
  entry = make_entry (database, SEMIO_ENTRY_RATING, rating->person_id, &rating->key, &n_standing, error);
  if (entry == NULL)
    return NULL;
  semio_rating_payload_write (entry->payload, rating);
  if (!semio_entry_text_set (database, entry->payload, "comment", rating->comment, error)
      || !semio_entry_table_append (database, entry, error))
    return NULL;
  return semio_rating_table_get (database, &entry->uuid, error);
}

SemioRating *
semio_rating_table_withdraw (SemioDatabase *database, gint64 person_id, const SemioItemKey *key, const char *reason,
                             GError **error)
{
  g_autoptr (SemioEntry) entry = NULL;
  guint n_standing;

  entry = make_entry (database, SEMIO_ENTRY_WITHDRAWAL, person_id, key, &n_standing, error);
  if (entry == NULL || n_standing == 0)
    return NULL;
  semio_entry_set_reason (entry, reason);
  if (!semio_entry_table_append (database, entry, error))
    return NULL;
  return semio_rating_table_get (database, &entry->uuid, error);
}

SemioRating *
semio_rating_table_get (SemioDatabase *database, const SemioUuid *entry, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, GET_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_uuid (statement, 1, entry);
  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_rating (statement);
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND, _ ("The rating is not in the study."));
  return NULL;
}

static GPtrArray *
load (SemioDatabase *database, gint64 person_id, gint64 recording_id, gboolean only_current, GError **error)
{
  const char *sql = recording_id == 0 ? LOAD_SQL : person_id == 0 ? LOAD_RECORDING_SQL : LOAD_OF_PERSON_SQL;
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);
  g_autoptr (GPtrArray) ratings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_rating_unref);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, person_id);
  if (recording_id != 0)
    semio_statement_bind_int (statement, 2, recording_id);
  while (TRUE)
    {
      g_autoptr (SemioRating) rating = NULL;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&ratings);
      rating = read_rating (statement);
      if (!only_current || (rating->current && !rating->withdrawn))
        g_ptr_array_add (ratings, g_steal_pointer (&rating));
    }
}

GPtrArray *
semio_rating_table_load (SemioDatabase *database, gint64 person_id, gint64 recording_id, GError **error)
{
  return load (database, person_id, recording_id, FALSE, error);
}

GPtrArray *
semio_rating_table_load_current (SemioDatabase *database, gint64 person_id, gint64 recording_id, GError **error)
{
  return load (database, person_id, recording_id, TRUE, error);
}

SemioRating *
semio_rating_table_find_current (SemioDatabase *database, gint64 person_id, const SemioItemKey *key, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, STANDING_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, person_id);
  semio_statement_bind_int (statement, 2, key->recording_id);
  semio_statement_bind_int (statement, 3, key->run_id);
  semio_statement_bind_int (statement, 4, key->feature);
  semio_statement_bind_int (statement, 5, key->segment);
  if (!semio_statement_step (statement, &has_row, error) || !has_row)
    return NULL;
  return read_rating (statement);
}

GArray *
semio_rating_table_load_rated (SemioDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (SemioStatement) statement = NULL;
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (SemioRatedItem));
  gboolean has_row;
  gint64 n_aliases;

  if (!semio_database_get_int (database, N_ALIASES_SQL, 0, &n_aliases, error))
    return NULL;
  statement = semio_database_prepare (database, n_aliases > 0 ? RATED_ALIASES_SQL : RATED_SQL, error);
  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, person_id);
  while (TRUE)
    {
      SemioRatedItem item = { { 0 }, FALSE, 0 };

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&items);
      item.key.recording_id = semio_statement_get_int (statement, 0);
      item.key.run_id = semio_statement_get_int (statement, 1);
      item.key.feature = (guint) semio_statement_get_int (statement, 2);
      item.key.segment = (int) semio_statement_get_int (statement, 3);
      item.judged = semio_statement_get_int (statement, 4) != 0;
      item.n_current = (guint) semio_statement_get_int (statement, 5);
      g_array_append_val (items, item);
    }
}

gboolean
semio_rating_table_get_median_seconds (SemioDatabase *database, gint64 person_id, double *seconds, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, SECONDS_SQL, error);
  double sum = 0;
  guint n = 0;
  gboolean has_row = TRUE;

  *seconds = 0;
  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, person_id);
  while (has_row)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        {
          sum += semio_statement_get_double (statement, 0);
          n += 1;
        }
    }
  if (n > 0)
    *seconds = sum / n;
  return TRUE;
}

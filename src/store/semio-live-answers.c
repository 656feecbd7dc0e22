/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that say by a digest which answers came: what a run was told is covered by the chains as imports are. */
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-live-private.h"
#include "semio-live-table.h"
#include "semio-projection-private.h"

#define FIRST_NUMBER 1
#define N_NUMBERS 5 /* segment, kind, attempt, answer, onset */
#define N_KEY_NUMBERS 3
#define TEXT_COLUMN 6
#define REPLY_COLUMN 7
#define N_REPLY_NUMBERS 8 /* state … utc */
#define REQUEST_COLUMN 15
#define FIRST_WORD 16
#define N_WORDS 4 /* finish reason, problem, host, reasoning */
#define RAW_COLUMN 20

static const char *UNCOVERED_SQL =
    "SELECT l.uuid, c.uuid, " SEMIO_LIVE_CELL_COLUMNS " FROM recording AS c"
    " CROSS JOIN prediction AS p ON p.recording_id = c.id AND p.run_id = ?1 AND p.segment = ?3"
    " CROSS JOIN import AS i ON i.id = p.import_id CROSS JOIN live AS l ON l.id = i.live_id" SEMIO_LIVE_CELL_JOINS
    " WHERE (c.id = ?2 OR c.alias_of = ?2) AND i.state = 1 AND r.covered = 0"
    " ORDER BY l.uuid, c.uuid, p.feature_id, p.kind, p.attempt";
static const char *SEGMENTS_SQL = "SELECT DISTINCT r.recording_id, r.segment FROM recording AS c"
                                  " CROSS JOIN reply AS r ON r.recording_id = c.id AND r.run_id = ?1"
                                  " CROSS JOIN import AS i ON i.id = r.import_id"
                                  " WHERE r.covered = 0 AND i.state = 1 AND i.live_id IS NOT NULL"
                                  " ORDER BY r.recording_id, r.segment";
static const char *COVER_SQL = "UPDATE reply SET covered = 1 WHERE recording_id = ?1 AND run_id = ?2 AND feature_id = ?3"
                               " AND segment = ?4 AND kind = ?5 AND attempt = ?6"
                               " AND import_id IN (SELECT id FROM import WHERE live_id = ?7)";

static void
add_words (GString *text, SemioStatement *statement, int first)
{
  for (int i = 0; i < N_WORDS; i++)
    {
      if (!semio_statement_is_null (statement, first + i))
        g_string_append (text, semio_statement_get_text (statement, first + i));
      g_string_append_c (text, '\n');
    }
}

static void
add_reply (SemioImportDigest *digest, const SemioUuid *recording, const char *feature, const gint64 *key,
           SemioStatement *statement, int first)
{
  const SemioSha256 request = semio_statement_get_sha256 (statement, first + REQUEST_COLUMN);
  gint64 numbers[N_KEY_NUMBERS + N_REPLY_NUMBERS];
  g_autoptr (GString) text = g_string_sized_new (256);
  g_autofree char *request_text = semio_sha256_to_string (&request);

  for (int i = 0; i < N_KEY_NUMBERS; i++)
    numbers[i] = key[i];
  for (int i = 0; i < N_REPLY_NUMBERS; i++)
    numbers[N_KEY_NUMBERS + i] = semio_statement_get_time (statement, first + REPLY_COLUMN + i);
  g_string_append_printf (text, "%s\n", request_text);
  if (!semio_statement_is_null (statement, first + RAW_COLUMN))
    {
      gsize length;
      const void *raw = semio_statement_get_blob (statement, first + RAW_COLUMN, &length);
      const SemioSha256 hash = semio_sha256_of_data (raw, length);
      char hash_text[SEMIO_SHA256_TEXT];

      semio_sha256_format (&hash, hash_text);
      g_string_append (text, hash_text);
    }
  g_string_append_c (text, '\n');
  add_words (text, statement, first + FIRST_WORD);
  semio_import_digest_add (digest, SEMIO_IMPORT_PART_REPLIES, recording, feature, numbers, G_N_ELEMENTS (numbers), text->str);
}

void
semio_live_digest_add (SemioImportDigest *digest, const SemioUuid *recording, SemioStatement *statement, int first)
{
  const char *feature = semio_statement_get_text (statement, first);
  gint64 numbers[N_NUMBERS];

  for (int i = 0; i < N_NUMBERS; i++)
    numbers[i] = semio_statement_get_time (statement, first + FIRST_NUMBER + i);
  semio_import_digest_add (digest, SEMIO_IMPORT_PART_ANSWERS, recording, feature, numbers, N_NUMBERS, NULL);
  if (!semio_statement_is_null (statement, first + TEXT_COLUMN))
    semio_import_digest_add (digest, SEMIO_IMPORT_PART_EXPLANATIONS, recording, feature, numbers, N_KEY_NUMBERS,
                             semio_statement_get_text (statement, first + TEXT_COLUMN));
  if (!semio_statement_is_null (statement, first + REPLY_COLUMN))
    add_reply (digest, recording, feature, numbers, statement, first);
}

static gboolean
read_cell_name (JsonNode *node, SemioLiveCellName *name)
{
  JsonArray *parts = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (parts == NULL || json_array_get_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (parts, i))
        || json_node_get_value_type (json_array_get_element (parts, i)) != (i < 2 ? G_TYPE_STRING : G_TYPE_INT64))
      return FALSE;
  name->feature = json_array_get_string_element (parts, 1);
  name->attempt = json_array_get_int_element (parts, 2);
  return semio_question_kind_from_id (json_array_get_string_element (parts, 0), &name->kind);
}

GArray *
semio_live_cells_from_json (JsonObject *payload)
{
  JsonNode *node = json_object_get_member (payload, "cells");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (SemioLiveCellName));

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      SemioLiveCellName name;

      if (!read_cell_name (json_array_get_element (array, i), &name))
        return NULL;
      g_array_append_val (names, name);
    }
  return g_steal_pointer (&names);
}

static gboolean
cover (SemioDatabase *database, const SemioLiveCellName *name, const gint64 *place, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, COVER_SQL, error);
  gint64 feature_id;

  if (update == NULL || !semio_identity_find_feature (database, name->feature, &feature_id, error))
    return FALSE;
  semio_statement_bind_int (update, 1, place[1]);
  semio_statement_bind_int (update, 2, place[2]);
  semio_statement_bind_int (update, 3, feature_id);
  semio_statement_bind_int (update, 4, place[3]);
  semio_statement_bind_int (update, 5, name->kind);
  semio_statement_bind_int (update, 6, name->attempt);
  semio_statement_bind_int (update, 7, place[0]);
  return semio_statement_run (update, error);
}

gboolean
semio_live_table_apply_answers (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  static const struct {
    const char *member;
    SemioIdentity identity;
  } members[] = {
    { "live", SEMIO_IDENTITY_LIVE },
    { "recording", SEMIO_IDENTITY_RECORDING },
    { "run", SEMIO_IDENTITY_RUN },
  };
  g_autoptr (GArray) names = semio_live_cells_from_json (entry->payload);
  gint64 place[G_N_ELEMENTS (members) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      SemioUuid uuid;

      if (!semio_entry_payload_get_uuid (entry->payload, members[i].member, &uuid, error)
          || !semio_identity_find (database, members[i].identity, &uuid, &place[i], error))
        return FALSE;
      /* Nothing of it is here. */
      if (place[i] == 0)
        return TRUE;
    }
  if (!semio_json_get_int (entry->payload, "segment", &place[G_N_ELEMENTS (members)], error))
    return FALSE;
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (!cover (database, &g_array_index (names, SemioLiveCellName, i), place, error))
      return FALSE;
  return TRUE;
}

/* An entry in the making: the cells of one opening for one recording. */
typedef struct {
  SemioUuid live;
  SemioUuid recording;
  JsonArray *cells;
  SemioImportDigest digest;
} Answers;

static gboolean
write_answers (SemioDatabase *database, const SemioUuid *actor, const SemioUuid *run, int segment, Answers *answers,
               GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_ANSWERS, actor, json_object_new ());

  semio_entry_payload_set_uuid (entry->payload, "live", &answers->live);
  semio_entry_payload_set_uuid (entry->payload, "run", run);
  semio_entry_payload_set_uuid (entry->payload, "recording", &answers->recording);
  json_object_set_int_member (entry->payload, "segment", segment);
  json_object_set_array_member (entry->payload, "cells", g_steal_pointer (&answers->cells));
  json_object_set_object_member (entry->payload, "digest", semio_import_digest_to_json (&answers->digest));
  return semio_entry_table_append (database, entry, error);
}

static void
clear_answers (gpointer data)
{
  g_clear_pointer (&((Answers *) data)->cells, json_array_unref);
}

static void
add_uncovered (GArray *list, SemioStatement *statement)
{
  const SemioUuid live = semio_statement_get_uuid (statement, 0);
  const SemioUuid recording = semio_statement_get_uuid (statement, 1);
  Answers *last = list->len > 0 ? &g_array_index (list, Answers, list->len - 1) : NULL;
  JsonArray *cell = json_array_sized_new (3);

  if (last == NULL || !semio_uuid_equal (&last->live, &live) || !semio_uuid_equal (&last->recording, &recording))
    {
      const Answers added = { live, recording, json_array_new (), { .n_rows = { 0 } } };

      g_array_append_val (list, added);
      last = &g_array_index (list, Answers, list->len - 1);
    }
  json_array_add_string_element (
      cell, semio_question_kind_to_id ((SemioQuestionKind) semio_statement_get_int (statement, 2 + FIRST_NUMBER + 1)));
  json_array_add_string_element (cell, semio_statement_get_text (statement, 2));
  json_array_add_int_element (cell, semio_statement_get_int (statement, 2 + FIRST_NUMBER + 2));
  json_array_add_array_element (last->cells, cell);
  semio_live_digest_add (&last->digest, &recording, statement, 2);
}

gboolean
semio_live_table_finish_segment (SemioDatabase *database, const SemioUuid *actor, gint64 run_id, gint64 recording_id, int segment,
                                 GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (database, UNCOVERED_SQL, error);
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (Answers));
  gboolean has_row = TRUE;
  SemioUuid run;

  g_array_set_clear_func (list, clear_answers);
  if (read == NULL || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RUN, run_id, &run, error))
    return FALSE;
  semio_statement_bind_int (read, 1, run_id);
  semio_statement_bind_int (read, 2, recording_id);
  semio_statement_bind_int (read, 3, segment);
  while (has_row)
    {
      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (has_row)
        add_uncovered (list, read);
    }
  for (guint i = 0; i < list->len; i++)
    if (!write_answers (database, actor, &run, segment, &g_array_index (list, Answers, i), error))
      return FALSE;
  return TRUE;
}

typedef struct {
  gint64 recording_id;
  int segment;
} Segment;

gboolean
semio_live_table_finish_run (SemioDatabase *database, const SemioUuid *actor, gint64 run_id, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (database, SEGMENTS_SQL, error);
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  gboolean has_row = TRUE;

  if (read == NULL)
    return FALSE;
  semio_statement_bind_int (read, 1, run_id);
  while (has_row)
    {
      Segment segment;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      segment.recording_id = semio_statement_get_int (read, 0);
      segment.segment = (int) semio_statement_get_int (read, 1);
      g_array_append_val (segments, segment);
    }
  for (guint i = 0; i < segments->len; i++)
    {
      const Segment *segment = &g_array_index (segments, Segment, i);

      if (!semio_live_table_finish_segment (database, actor, run_id, segment->recording_id, segment->segment, error))
        return FALSE;
    }
  return TRUE;
}

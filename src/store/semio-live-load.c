/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands of a run that was asked: its grid, its sums, its problems, one reply with all that came. */
#include "semio-identity.h"
#include "semio-live-private.h"
#include "semio-live-table.h"
#include "semio-raw-body.h"

/* By recording and run first: so the rows of one run lie together. */
#define CELLS_FROM                                                                                                               \
  " FROM recording AS c CROSS JOIN prediction AS p ON p.recording_id = c.id AND p.run_id = ?1"                                   \
  " CROSS JOIN import AS i ON i.id = p.import_id"                                                                                \
  " LEFT JOIN reply AS r ON r.recording_id = p.recording_id AND r.run_id = p.run_id AND r.feature_id = p.feature_id"             \
  " AND r.segment = p.segment AND r.kind = p.kind AND r.attempt = p.attempt AND r.import_id = p.import_id"

static const char *CELLS_SQL =
    "SELECT coalesce (c.alias_of, c.id) AS shown_id, p.feature_id, p.segment, p.kind, p.attempt, p.answer, r.state,"
    " r.prompt_tokens, r.cached_tokens, r.completion_tokens, r.utc_us" CELLS_FROM
    " WHERE i.state = 1 AND p.kind <= 2 ORDER BY shown_id, p.feature_id, p.segment, p.kind, p.attempt, i.uuid";
static const char *PROBLEMS_SQL =
    "SELECT coalesce (c.alias_of, c.id), r.feature_id, r.segment, r.kind, r.attempt, r.state, r.http_status, r.problem, r.host,"
    " r.utc_us FROM recording AS c CROSS JOIN reply AS r ON r.recording_id = c.id AND r.run_id = ?1"
    " CROSS JOIN import AS i ON i.id = r.import_id WHERE i.state = 1 AND r.problem IS NOT NULL"
    " ORDER BY r.utc_us DESC, r.recording_id, r.feature_id, r.segment, r.kind, r.attempt DESC LIMIT ?2";
static const char *REPLY_SQL =
    "SELECT p.attempt, p.answer, p.onset_ns, x.text, r.state, r.http_status, r.finish_reason, r.problem, r.prompt_tokens,"
    " r.cached_tokens, r.completion_tokens, r.first_us, r.total_us, r.utc_us, r.request, r.host, b.reasoning, b.raw"
    " FROM prediction AS p CROSS JOIN import AS i ON i.id = p.import_id" SEMIO_LIVE_CELL_JOINS
    " WHERE p.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1) AND p.run_id = ?2 AND p.feature_id = ?3"
    " AND p.segment = ?4 AND p.kind = ?5 AND i.state = 1 AND (?6 < 0 OR p.attempt = ?6) ORDER BY p.attempt, i.uuid";

/* One attempt, as the query gives it. */
typedef struct {
  SemioLiveCell cell;
  gint64 prompt_tokens, cached_tokens, completion_tokens;
  gint64 utc_us;
} Attempt;

typedef void (*AttemptFunc) (const Attempt *attempt, gpointer user_data);

static gint64
get_known (SemioStatement *statement, int column)
{
  return semio_statement_is_null (statement, column) ? -1 : semio_statement_get_int (statement, column);
}

static guint
get_feature (SemioStatement *statement, int column, gint64 no_feature)
{
  const gint64 id = semio_statement_get_int (statement, column);

  return id == no_feature ? SEMIO_FEATURE_NONE : (guint) id;
}

static void
read_attempt (SemioStatement *statement, gint64 no_feature, Attempt *attempt)
{
  SemioLiveCell *cell = &attempt->cell;

  cell->recording_id = semio_statement_get_int (statement, 0);
  cell->feature = get_feature (statement, 1, no_feature);
  cell->segment = (int) semio_statement_get_int (statement, 2);
  cell->kind = (SemioQuestionKind) semio_statement_get_int (statement, 3);
  cell->attempt = (int) semio_statement_get_int (statement, 4);
  cell->n_attempts = 1;
  cell->answer = (SemioAnswer) semio_statement_get_int (statement, 5);
  if (!semio_statement_is_null (statement, 6))
    cell->state = (SemioReplyState) semio_statement_get_int (statement, 6);
  else
    cell->state = semio_live_is_usable (cell->kind, cell->answer) ? SEMIO_REPLY_AS_SENT : SEMIO_REPLY_UNUSABLE;
  attempt->prompt_tokens = get_known (statement, 7);
  attempt->cached_tokens = get_known (statement, 8);
  attempt->completion_tokens = get_known (statement, 9);
  attempt->utc_us = semio_statement_get_int (statement, 10);
}

static gboolean
visit_attempts (SemioDatabase *database, gint64 run_id, AttemptFunc func, gpointer user_data, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, CELLS_SQL, error);
  gint64 no_feature;
  gboolean has_row;

  if (statement == NULL || !semio_live_get_no_feature (database, &no_feature, error))
    return FALSE;
  semio_statement_bind_int (statement, 1, run_id);
  while (TRUE)
    {
      Attempt attempt;

      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      read_attempt (statement, no_feature, &attempt);
      func (&attempt, user_data);
    }
}

static void
add_cell (const Attempt *attempt, gpointer user_data)
{
  GArray *cells = user_data;
  const SemioLiveCell *added = &attempt->cell;
  SemioLiveCell *last = cells->len > 0 ? &g_array_index (cells, SemioLiveCell, cells->len - 1) : NULL;

  if (last == NULL || last->recording_id != added->recording_id || last->feature != added->feature
      || last->segment != added->segment || last->kind != added->kind)
    {
      g_array_append_vals (cells, added, 1);
      return;
    }
  last->n_attempts += 1;
  if (!semio_live_is_usable (added->kind, added->answer) && semio_live_is_usable (last->kind, last->answer))
    return;
  last->attempt = added->attempt;
  last->state = added->state;
  last->answer = added->answer;
}

GArray *
semio_live_table_load_cells (SemioDatabase *database, gint64 run_id, GError **error)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (SemioLiveCell));

  return visit_attempts (database, run_id, add_cell, cells, error) ? g_steal_pointer (&cells) : NULL;
}

typedef struct {
  SemioLiveSums *sums;
  GArray *cells;
} Summing;

static void
add_tokens (gint64 *sum, gint64 tokens)
{
  if (tokens >= 0)
    *sum = MAX (*sum, 0) + tokens;
}

static void
add_attempt (const Attempt *attempt, gpointer user_data)
{
  Summing *summing = user_data;
  SemioLiveSums *sums = summing->sums;

  add_cell (attempt, summing->cells);
  sums->n_attempts += 1;
  add_tokens (&sums->prompt_tokens, attempt->prompt_tokens);
  add_tokens (&sums->completion_tokens, attempt->completion_tokens);
  add_tokens (&sums->cached_tokens, attempt->cached_tokens);
  if (attempt->cached_tokens >= 0)
    add_tokens (&sums->cached_of_tokens, attempt->prompt_tokens);
  if (attempt->utc_us == 0)
    return;
  if (sums->first_utc_us == 0 || attempt->utc_us < sums->first_utc_us)
    sums->first_utc_us = attempt->utc_us;
  sums->last_utc_us = MAX (sums->last_utc_us, attempt->utc_us);
}

gboolean
semio_live_table_load_sums (SemioDatabase *database, gint64 run_id, SemioLiveSums *sums, GError **error)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (SemioLiveCell));
  Summing summing = { sums, cells };

  *sums = (SemioLiveSums){ .prompt_tokens = -1, .completion_tokens = -1, .cached_tokens = -1, .cached_of_tokens = -1 };
  if (!visit_attempts (database, run_id, add_attempt, &summing, error))
    return FALSE;
  sums->n_questions = cells->len;
  for (guint i = 0; i < cells->len; i++)
    {
      const SemioReplyState state = g_array_index (cells, SemioLiveCell, i).state;

      sums->n_answered += state == SEMIO_REPLY_AS_SENT;
      sums->n_repaired += state == SEMIO_REPLY_REPAIRED;
      sums->n_unusable += state == SEMIO_REPLY_UNUSABLE;
    }
  return TRUE;
}

static gboolean
read_reply (SemioStatement *statement, SemioModelReply *reply, GError **error)
{
  g_autoptr (GBytes) raw = semio_statement_is_null (statement, 17) ? NULL : semio_statement_dup_bytes (statement, 17);

  reply->answer = (SemioAnswer) semio_statement_get_int (statement, 1);
  reply->onset_ns = semio_statement_get_time (statement, 2);
  reply->explanation = semio_statement_dup_text (statement, 3);
  reply->state = reply->answer == SEMIO_ANSWER_FAIL ? SEMIO_REPLY_UNUSABLE : SEMIO_REPLY_AS_SENT;
  /* An imported answer has nothing more. */
  if (semio_statement_is_null (statement, 4))
    return TRUE;
  reply->state = (SemioReplyState) semio_statement_get_int (statement, 4);
  reply->http_status = (int) semio_statement_get_int (statement, 5);
  reply->finish_reason = semio_statement_dup_text (statement, 6);
  reply->problem = semio_statement_dup_text (statement, 7);
  reply->prompt_tokens = get_known (statement, 8);
  reply->cached_tokens = get_known (statement, 9);
  reply->completion_tokens = get_known (statement, 10);
  reply->first_us = get_known (statement, 11);
  reply->total_us = get_known (statement, 12);
  reply->utc_us = semio_statement_get_int (statement, 13);
  reply->request = semio_statement_get_sha256 (statement, 14);
  reply->host = semio_statement_dup_text (statement, 15);
  reply->reasoning = semio_statement_dup_text (statement, 16);
  if (raw != NULL)
    reply->raw = semio_raw_body_inflate (raw, error);
  return raw == NULL || reply->raw != NULL;
}

/* Of the rows in the order of attempts the one that counts, or the last when one attempt is asked for. */
static SemioModelReply *
pick_reply (SemioStatement *statement, SemioQuestionKind kind, GError **error)
{
  g_autoptr (SemioModelReply) picked = NULL;
  gboolean has_row;

  while (TRUE)
    {
      SemioAnswer answer;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&picked);
      answer = (SemioAnswer) semio_statement_get_int (statement, 1);
      if (picked != NULL && !semio_live_is_usable (kind, answer) && semio_live_is_usable (kind, picked->answer))
        continue;
      g_clear_pointer (&picked, semio_model_reply_free);
      picked = semio_model_reply_new ();
      if (!read_reply (statement, picked, error))
        return NULL;
    }
}

SemioModelReply *
semio_live_table_get_reply (SemioDatabase *database, gint64 run_id, gint64 recording_id, SemioQuestionKind kind, guint feature,
                            int segment, int attempt, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, REPLY_SQL, error);
  gint64 feature_id = feature;

  if (statement == NULL || (feature == SEMIO_FEATURE_NONE && !semio_live_get_no_feature (database, &feature_id, error)))
    return NULL;
  semio_statement_bind_int (statement, 1, recording_id);
  semio_statement_bind_int (statement, 2, run_id);
  semio_statement_bind_int (statement, 3, feature_id);
  semio_statement_bind_int (statement, 4, segment);
  semio_statement_bind_int (statement, 5, kind);
  semio_statement_bind_int (statement, 6, attempt);
  return pick_reply (statement, kind, error);
}

void
semio_live_problem_free (SemioLiveProblem *problem)
{
  g_free (problem->problem);
  g_free (problem->host);
  g_free (problem);
}

GPtrArray *
semio_live_table_load_problems (SemioDatabase *database, gint64 run_id, guint limit, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, PROBLEMS_SQL, error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_live_problem_free);
  gint64 no_feature;
  gboolean has_row;

  if (statement == NULL || !semio_live_get_no_feature (database, &no_feature, error))
    return NULL;
  semio_statement_bind_int (statement, 1, run_id);
  semio_statement_bind_int (statement, 2, limit);
  while (TRUE)
    {
      SemioLiveProblem *problem;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&problems);
      problem = g_new0 (SemioLiveProblem, 1);
      problem->recording_id = semio_statement_get_int (statement, 0);
      problem->feature = get_feature (statement, 1, no_feature);
      problem->segment = (int) semio_statement_get_int (statement, 2);
      problem->kind = (SemioQuestionKind) semio_statement_get_int (statement, 3);
      problem->attempt = (int) semio_statement_get_int (statement, 4);
      problem->state = (SemioReplyState) semio_statement_get_int (statement, 5);
      problem->http_status = (int) semio_statement_get_int (statement, 6);
      problem->problem = semio_statement_dup_text (statement, 7);
      problem->host = semio_statement_dup_text (statement, 8);
      problem->utc_us = semio_statement_get_int (statement, 9);
      g_ptr_array_add (problems, problem);
    }
}

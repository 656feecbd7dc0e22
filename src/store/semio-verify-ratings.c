/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratings against the explanations that stand: each says by a hash which text it is of. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-error.h"
#include "semio-identity.h"
#include "semio-import-digest.h"
#include "semio-prediction.h"
#include "semio-verify-chains.h"

#define RATINGS_PER_LOOK 500
#define MAX_NAMED 5
#define SHORT_TEXT 8

/* In the order of the predictions, so that both are read once from beginning to end. */
static const char *RATINGS_SQL =
    "SELECT coalesce (c.alias_of, c.id) AS shown_id, r.run_id, r.feature_id, r.segment, r.attempt, r.explanation, r.entry_id,"
    " e.lamport FROM rating AS r JOIN entry AS e ON e.id = r.entry_id JOIN recording AS c ON c.id = r.recording_id"
    " WHERE r.withdrawn = 0 ORDER BY shown_id, r.run_id, r.feature_id";
static const char *COUNT_SQL = "SELECT count (*) FROM rating WHERE withdrawn = 0";
static const char *CELLS_SQL = "SELECT p.segment, p.attempt, p.answer, x.text, p.import_id, r.utc_us FROM prediction AS p"
                               " CROSS JOIN import AS i ON i.id = p.import_id LEFT JOIN explanation AS x"
                               " ON x.recording_id = p.recording_id AND x.run_id = p.run_id AND x.feature_id = p.feature_id"
                               " AND x.segment = p.segment AND x.kind = p.kind AND x.attempt = p.attempt"
                               " AND x.import_id = p.import_id LEFT JOIN reply AS r ON r.recording_id = p.recording_id"
                               " AND r.run_id = p.run_id AND r.feature_id = p.feature_id AND r.segment = p.segment"
                               " AND r.kind = p.kind AND r.attempt = p.attempt AND r.import_id = p.import_id"
                               " WHERE p.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
                               " AND p.run_id = ?2 AND p.feature_id = ?3 AND p.kind = 0 AND i.state = 1"
                               " ORDER BY p.segment, p.attempt, i.uuid";
static const char *NAMES_SQL = "SELECT coalesce (a.pseudonym, c.pseudonym), f.name, u.text, p.text, w.uuid FROM rating AS r"
                               " JOIN recording AS c ON c.id = r.recording_id LEFT JOIN recording AS a ON a.id = c.alias_of"
                               " JOIN feature AS f ON f.id = r.feature_id JOIN run AS m ON m.id = r.run_id"
                               " LEFT JOIN entry_text AS u ON u.hash = m.name_hash JOIN person AS w ON w.id = r.person_id"
                               " LEFT JOIN entry_text AS p ON p.hash = w.name_hash WHERE r.entry_id = ?1";

/* What an import's entry tells. */
typedef struct {
  gint64 lamport;
  gboolean has_digest;
} ImportFacts;

typedef struct {
  SemioPrediction prediction;
  gint64 import_id;
  gint64 utc_us; /* when a model that was asked gave it; 0 for what was imported */
} Cell;

typedef struct {
  gint64 recording_id;
  gint64 run_id;
  gint64 feature_id;
  gint64 segment;
  gint64 attempt; /* the last that stood, -1 none */
  SemioSha256 explanation;
  gint64 entry_id;
  gint64 lamport;
} Rating;

/* Ratings of one sort, with the first few by name. */
typedef struct {
  guint n;
  GString *names;
} Told;

typedef struct {
  SemioVerify *verify;
  GHashTable *imports; /* local id → ImportFacts */
  GArray *cells; /* of Cell: of the item that is being looked at */
  GPtrArray *chosen; /* of SemioPrediction, from cells */
  Told differing;
  Told missing;
  Told older;
  Told unclear;
  guint n_grown;
  guint n_unsaid;
} Ratings;

static void
clear_cell (gpointer data)
{
  semio_prediction_clear (&((Cell *) data)->prediction);
}

static gboolean
note_import (SemioEntry *entry, gpointer user_data, GError **error)
{
  Ratings *ratings = user_data;
  SemioImportDigest digest;
  ImportFacts *facts;
  SemioUuid uuid;
  gint64 id;

  if (!semio_entry_payload_get_uuid (entry->payload, "import", &uuid, NULL))
    return TRUE;
  if (!semio_identity_find (ratings->verify->database, SEMIO_IDENTITY_IMPORT, &uuid, &id, error))
    return FALSE;
  facts = g_new0 (ImportFacts, 1);
  *facts = (ImportFacts){ entry->lamport, semio_import_digest_from_json (entry->payload, &digest) };
  g_hash_table_insert (ratings->imports, g_memdup2 (&id, sizeof id), facts);
  return TRUE;
}

static gboolean
load_cells (Ratings *ratings, const Rating *rating, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (ratings->verify->database, CELLS_SQL, error);
  gboolean has_row;

  g_array_set_size (ratings->cells, 0);
  if (read == NULL)
    return FALSE;
  semio_statement_bind_int (read, 1, rating->recording_id);
  semio_statement_bind_int (read, 2, rating->run_id);
  semio_statement_bind_int (read, 3, rating->feature_id);
  while (TRUE)
    {
      Cell cell = { { 0 }, 0, 0 };

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      cell.prediction.segment = (int) semio_statement_get_int (read, 0);
      cell.prediction.attempt = (int) semio_statement_get_int (read, 1);
      cell.prediction.answer = (SemioAnswer) semio_statement_get_int (read, 2);
      cell.prediction.explanation = semio_statement_dup_text (read, 3);
      cell.import_id = semio_statement_get_int (read, 4);
      cell.utc_us = semio_statement_get_int (read, 5);
      g_array_append_val (ratings->cells, cell);
    }
}

static const ImportFacts *
find_import (Ratings *ratings, gint64 id)
{
  static const ImportFacts unknown = { 0, TRUE };
  const ImportFacts *facts = g_hash_table_lookup (ratings->imports, &id);

  return facts != NULL ? facts : &unknown;
}

/* The cells that the rating is of: no later attempts, and none of imports whose entries come at before_lamport or later. */
static void
choose (Ratings *ratings, const Rating *rating, gint64 before_lamport)
{
  g_ptr_array_set_size (ratings->chosen, 0);
  for (guint i = 0; i < ratings->cells->len; i++)
    {
      const Cell *cell = &g_array_index (ratings->cells, Cell, i);

      if ((rating->segment == SEMIO_SEGMENT_WHOLE || cell->prediction.segment == rating->segment)
          && (rating->attempt < 0 || cell->prediction.attempt <= rating->attempt)
          && find_import (ratings, cell->import_id)->lamport < before_lamport)
        g_ptr_array_add (ratings->chosen, (gpointer) &cell->prediction);
    }
}

/* The same of what came up to a time. */
static void
choose_answered (Ratings *ratings, const Rating *rating, gint64 until_utc_us)
{
  g_ptr_array_set_size (ratings->chosen, 0);
  for (guint i = 0; i < ratings->cells->len; i++)
    {
      const Cell *cell = &g_array_index (ratings->cells, Cell, i);

      if ((rating->segment == SEMIO_SEGMENT_WHOLE || cell->prediction.segment == rating->segment)
          && (rating->attempt < 0 || cell->prediction.attempt <= rating->attempt) && cell->utc_us <= until_utc_us)
        g_ptr_array_add (ratings->chosen, (gpointer) &cell->prediction);
    }
}

static gboolean
is_of_chosen (Ratings *ratings, const Rating *rating)
{
  const SemioPrediction *const *chosen = (const SemioPrediction *const *) ratings->chosen->pdata;
  guint n_segments;
  g_autofree const SemioPrediction **picked = semio_prediction_pick (chosen, ratings->chosen->len, &n_segments);
  g_autofree const char **texts = g_new0 (const char *, MAX (n_segments, 1));
  SemioSha256 hash;

  for (guint i = 0; i < MAX (n_segments, 1); i++)
    texts[i] = picked[i] != NULL ? picked[i]->explanation : NULL;
  /* Of a rating of one segment that segment's text was shown, and nothing else. */
  if (rating->segment != SEMIO_SEGMENT_WHOLE && n_segments > rating->segment)
    hash = semio_prediction_hash_shown (&texts[rating->segment], 0);
  else
    hash = semio_prediction_hash_shown (texts, n_segments);
  return semio_sha256_equal (&hash, &rating->explanation);
}

static char *
name_rating (Ratings *ratings, const Rating *rating)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (ratings->verify->database, NAMES_SQL, NULL);
  g_autofree char *rater = NULL;
  gboolean has_row;

  if (read == NULL)
    return g_strdup ("?");
  semio_statement_bind_int (read, 1, rating->entry_id);
  if (!semio_statement_step (read, &has_row, NULL) || !has_row)
    return g_strdup ("?");
  if (semio_statement_is_null (read, 3))
    {
      const SemioUuid person = semio_statement_get_uuid (read, 4);
      char text[SEMIO_UUID_TEXT];

      semio_uuid_format (&person, text);
      rater = g_strndup (text, SHORT_TEXT);
    }
  else
    rater = semio_statement_dup_text (read, 3);
  /* Translators: a recording's pseudonym, a feature, the name of a run, the name of who rated. */
  return g_strdup_printf (
      _ ("%s %s of run “%s” by %s"), semio_statement_is_null (read, 0) ? "?" : semio_statement_get_text (read, 0),
      semio_statement_get_text (read, 1), semio_statement_is_null (read, 2) ? "?" : semio_statement_get_text (read, 2), rater);
}

static void
tell (Ratings *ratings, Told *told, const Rating *rating)
{
  g_autofree char *name = NULL;

  told->n += 1;
  if (told->n > MAX_NAMED + 1)
    return;
  if (told->names == NULL)
    told->names = g_string_new (NULL);
  if (told->n > MAX_NAMED)
    {
      g_string_append (told->names, " …");
      return;
    }
  name = name_rating (ratings, rating);
  g_string_append_printf (told->names, "%s%s", told->n > 1 ? "; " : "", name);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 *p = a;
  const gint64 *q = b;

  return (*p > *q) - (*p < *q);
}

/* Whether the rating is of what stood at some time while a run was being asked: of the answers up to one of them. */
static gboolean
is_of_answers_so_far (Ratings *ratings, const Rating *rating)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ratings->cells->len; i++)
    {
      const gint64 utc_us = g_array_index (ratings->cells, Cell, i).utc_us;

      if (utc_us != 0)
        g_array_append_val (times, utc_us);
    }
  g_array_sort (times, compare_times);
  for (guint i = 0; i < times->len; i++)
    {
      choose_answered (ratings, rating, g_array_index (times, gint64, i));
      if (ratings->chosen->len > 0 && is_of_chosen (ratings, rating))
        return TRUE;
    }
  return FALSE;
}

/* Why a rating's text is not the one that stands. */
static void
tell_other_text (Ratings *ratings, const Rating *rating)
{
  const gint64 first = ratings->cells->len > 0 ? g_array_index (ratings->cells, Cell, 0).import_id : 0;
  gboolean is_older = FALSE;
  gboolean is_of_several = FALSE;

  for (guint i = 0; i < ratings->cells->len; i++)
    {
      const gint64 import_id = g_array_index (ratings->cells, Cell, i).import_id;

      is_older = is_older || !find_import (ratings, import_id)->has_digest;
      is_of_several = is_of_several || import_id != first;
    }
  if (is_of_several)
    {
      choose (ratings, rating, rating->lamport);
      if (ratings->chosen->len > 0 && is_of_chosen (ratings, rating))
        {
          ratings->n_grown += 1;
          return;
        }
    }
  if (is_of_answers_so_far (ratings, rating))
    {
      ratings->n_grown += 1;
      return;
    }
  tell (ratings, is_older ? &ratings->older : is_of_several ? &ratings->unclear : &ratings->differing, rating);
}

static void
check_rating (Ratings *ratings, const Rating *rating)
{
  static const SemioSha256 none = { { 0 } };

  ratings->verify->n_ratings += 1;
  choose (ratings, rating, G_MAXINT64);
  if (ratings->chosen->len == 0)
    tell (ratings, &ratings->missing, rating);
  else if (semio_sha256_equal (&rating->explanation, &none))
    ratings->n_unsaid += 1;
  else if (!is_of_chosen (ratings, rating))
    tell_other_text (ratings, rating);
}

static gboolean
read_ratings (Ratings *ratings, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (ratings->verify->database, RATINGS_SQL, error);
  Rating last = { 0 };
  gint64 n_ratings;
  gboolean has_row;

  if (read == NULL || !semio_database_get_int (ratings->verify->database, COUNT_SQL, 0, &n_ratings, error))
    return FALSE;
  for (guint row = 0;; row++)
    {
      Rating rating = { 0 };

      if (row % RATINGS_PER_LOOK == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          if (progress != NULL)
            progress ((double) row / (double) MAX (n_ratings, 1), _ ("Comparing ratings with explanations"), progress_data);
        }
      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      rating.recording_id = semio_statement_get_int (read, 0);
      rating.run_id = semio_statement_get_int (read, 1);
      rating.feature_id = semio_statement_get_int (read, 2);
      rating.segment = semio_statement_get_int (read, 3);
      rating.attempt = semio_statement_is_null (read, 4) ? -1 : semio_statement_get_int (read, 4);
      if (!semio_statement_is_null (read, 5))
        rating.explanation = semio_statement_get_sha256 (read, 5);
      rating.entry_id = semio_statement_get_int (read, 6);
      rating.lamport = semio_statement_get_int (read, 7);
      if ((row == 0 || rating.recording_id != last.recording_id || rating.run_id != last.run_id
           || rating.feature_id != last.feature_id)
          && !load_cells (ratings, &rating, error))
        return FALSE;
      check_rating (ratings, &rating);
      last = rating;
    }
}

static void
report (Ratings *ratings)
{
  SemioVerify *verify = ratings->verify;

  verify->n_ratings_differing = ratings->differing.n;
  verify->n_ratings_missing = ratings->missing.n;
  if (ratings->differing.n > 0)
    semio_verify_find (verify,
                       ngettext ("%u rating was given for another explanation than the one that stands: %s.",
                                 "%u ratings were given for other explanations than those that stand: %s.", ratings->differing.n),
                       ratings->differing.n, ratings->differing.names->str);
  if (ratings->missing.n > 0)
    semio_verify_find (verify,
                       ngettext ("%u rating is of an answer that is not in the file: %s.",
                                 "%u ratings are of answers that are not in the file: %s.", ratings->missing.n),
                       ratings->missing.n, ratings->missing.names->str);
  if (ratings->older.n > 0)
    semio_verify_remark (verify,
                         ngettext ("%u rating was given for another explanation than the one that stands, which came with an "
                                   "import from before the digest: which of them was changed cannot be told: %s.",
                                   "%u ratings were given for other explanations than those that stand, which came with imports "
                                   "from before the digest: which of them were changed cannot be told: %s.",
                                   ratings->older.n),
                         ratings->older.n, ratings->older.names->str);
  if (ratings->unclear.n > 0)
    semio_verify_remark (verify,
                         ngettext ("%u rating is of a part of what several imports brought, so its text cannot be compared: %s.",
                                   "%u ratings are of a part of what several imports brought, so their texts cannot be "
                                   "compared: %s.",
                                   ratings->unclear.n),
                         ratings->unclear.n, ratings->unclear.names->str);
  if (ratings->n_grown > 0)
    semio_verify_remark (verify,
                         ngettext ("%u rating was given before a later import or answer added to its explanation.",
                                   "%u ratings were given before later imports or answers added to their explanations.",
                                   ratings->n_grown),
                         ratings->n_grown);
  if (ratings->n_unsaid > 0)
    semio_verify_remark (verify,
                         ngettext ("%u rating does not say which explanation it was given for.",
                                   "%u ratings do not say which explanations they were given for.", ratings->n_unsaid),
                         ratings->n_unsaid);
}

static void
clear_told (Told *told)
{
  if (told->names != NULL)
    g_string_free (told->names, TRUE);
}

static gboolean
check (Ratings *ratings, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* An entry that cannot be read was told already. */
  if (!semio_entry_table_foreach (ratings->verify->database, SEMIO_ENTRY_IMPORT, note_import, ratings, &local)
      && local->domain != SEMIO_BASE_ERROR && !g_error_matches (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!read_ratings (ratings, progress, progress_data, cancellable, error))
    return FALSE;
  report (ratings);
  return TRUE;
}

gboolean
semio_verify_ratings (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GHashTable) imports = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GArray) cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  Ratings ratings = { .verify = verify, .imports = imports, .cells = cells, .chosen = chosen };
  gboolean done;

  g_array_set_clear_func (cells, clear_cell);
  done = check (&ratings, progress, progress_data, cancellable, error);
  clear_told (&ratings.differing);
  clear_told (&ratings.missing);
  clear_told (&ratings.older);
  clear_told (&ratings.unclear);
  return done;
}

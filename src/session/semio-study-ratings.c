/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-study-ratings.h"

#include "semio-joined.h"
#include "semio-person-table.h"
#include "semio-results.h"
#include "semio-study-private.h"

#define FEW_RATERS 5

void
semio_ratings_report_free (SemioRatingsReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->points, g_array_unref);
  g_clear_pointer (&report->persons, g_ptr_array_unref);
  g_clear_pointer (&report->runs, g_ptr_array_unref);
  g_clear_pointer (&report->agreement, semio_agreement_free);
  g_clear_pointer (&report->hidden, semio_agreement_free);
  g_clear_pointer (&report->repeats, g_array_unref);
  g_clear_pointer (&report->again, semio_agreement_free);
  g_free (report->reference_name);
  g_free (report);
}

gboolean
semio_ratings_report_is_of_few (const SemioRatingsReport *report)
{
  return report->persons->len < FEW_RATERS;
}

static SemioOutcome
get_outcome (SemioAnswer reference, SemioAnswer answer)
{
  if (reference == SEMIO_ANSWER_YES && answer == SEMIO_ANSWER_YES)
    return SEMIO_OUTCOME_TRUE_POSITIVE;
  if (reference == SEMIO_ANSWER_NO && answer == SEMIO_ANSWER_NO)
    return SEMIO_OUTCOME_TRUE_NEGATIVE;
  if (reference == SEMIO_ANSWER_NO && answer == SEMIO_ANSWER_YES)
    return SEMIO_OUTCOME_FALSE_POSITIVE;
  if (reference == SEMIO_ANSWER_YES && answer == SEMIO_ANSWER_NO)
    return SEMIO_OUTCOME_FALSE_NEGATIVE;
  return SEMIO_OUTCOME_UNKNOWN;
}

static guint
get_cluster (SemioJoined *joined, gint64 recording_id)
{
  const SemioRecording *recording = g_hash_table_lookup (joined->recordings_by_id, &recording_id);

  /* A recording without a patient stands for itself; the two kinds of numbers are kept apart. */
  if (recording != NULL && recording->patient_id > 0)
    return (guint) recording->patient_id * 2;
  return (guint) recording_id * 2 + 1;
}

static void
add_point (SemioRatingsReport *report, SemioJoined *joined, const SemioRating *rating)
{
  SemioFaithfulPoint point = { rating->person_id, rating->key.recording_id, rating->key.run_id };
  SemioAnswer answer = SEMIO_ANSWER_MISSING;

  semio_joined_get_answer (joined, rating->key.run_id, rating->key.recording_id, rating->key.feature, &answer);
  point.feature = rating->key.feature;
  point.score = rating->score;
  point.cannot_judge = rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET;
  point.marks = rating->marks;
  point.seconds = rating->seconds;
  point.outcome = get_outcome (semio_joined_get_label (joined, rating->key.recording_id, rating->key.feature), answer);
  point.revealed = (rating->visible & (SEMIO_VISIBLE_REFERENCE | SEMIO_VISIBLE_RUN_NAME)) != 0;
  point.cluster = get_cluster (joined, rating->key.recording_id);
  g_array_append_val (report->points, point);
}

static guint
hash_key (gconstpointer key)
{
  return semio_item_key_hash (key);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return semio_item_key_equal (a, b);
}

static int
find_person (GPtrArray *persons, gint64 id)
{
  for (guint i = 0; i < persons->len; i++)
    if (((SemioPerson *) persons->pdata[i])->id == id)
      return (int) i;
  return -1;
}

/* Persons who judged nothing are no raters. */
static void
drop_idle (SemioRatingsReport *report)
{
  for (guint i = report->persons->len; i > 0; i--)
    {
      gboolean judged = FALSE;

      for (guint p = 0; !judged && p < report->points->len; p++)
        judged =
            g_array_index (report->points, SemioFaithfulPoint, p).person == ((SemioPerson *) report->persons->pdata[i - 1])->id;
      if (!judged)
        g_ptr_array_remove_index (report->persons, i - 1);
    }
}

typedef struct {
  guint cluster;
  guint8 values[];
} Unit;

/* Items with what each person scored, one unit each; of what was scored while hidden alone, or all. */
static SemioAgreement *
collect_agreement (SemioRatingsReport *report, gboolean hidden_only)
{
  SemioAgreement *agreement;
  g_autoptr (GHashTable) units = g_hash_table_new_full (hash_key, equal_keys, g_free, g_free);
  guint n = MAX (report->persons->len, 1);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < report->points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (report->points, SemioFaithfulPoint, i);
      SemioItemKey item = { point->run, point->recording, point->feature, SEMIO_SEGMENT_WHOLE };
      int person = find_person (report->persons, point->person);
      Unit *unit = g_hash_table_lookup (units, &item);

      if (person < 0 || point->cannot_judge || point->score == 0 || (hidden_only && point->revealed))
        continue;
      if (unit == NULL)
        {
          unit = g_malloc0 (sizeof (Unit) + n);
          unit->cluster = point->cluster;
          g_hash_table_insert (units, g_memdup2 (&item, sizeof item), unit);
        }
      unit->values[person] = (guint8) point->score;
    }
  agreement = semio_agreement_new (n, SEMIO_N_FAITHFUL_SCORES);
  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    semio_agreement_add_unit (agreement, ((Unit *) value)->values, ((Unit *) value)->cluster);
  return agreement;
}

static void
make_agreement (SemioRatingsReport *report)
{
  SemioAgreementIntervals *intervals = &report->intervals;

  for (guint i = 0; i < SEMIO_N_SCALES; i++)
    intervals->bootstrap[i] = intervals->jackknife[i] = semio_interval_missing (SEMIO_FIGURE_NOT_DRAWN);
  intervals->hidden = semio_interval_missing (SEMIO_FIGURE_NOT_DRAWN);
  report->agreement = collect_agreement (report, FALSE);
  report->hidden = collect_agreement (report, TRUE);
  for (guint i = 0; i < report->points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (report->points, SemioFaithfulPoint, i);

      report->n_revealed += point->revealed && point->score > 0 && !point->cannot_judge;
    }
}

typedef struct {
  gint64 person;
  SemioItemKey item;
} PersonItem;

static guint
hash_person_item (gconstpointer key)
{
  const PersonItem *one = key;

  return semio_item_key_hash (&one->item) * 31 + (guint) one->person;
}

static gboolean
equal_person_items (gconstpointer a, gconstpointer b)
{
  const PersonItem *one = a;
  const PersonItem *other = b;

  return one->person == other->person && semio_item_key_equal (&one->item, &other->item);
}

/* What a person scored at first and at last, where a score was given twice; a slip that was mended at once is one as well. */
static void
collect_repeats (SemioRatingsReport *report, SemioJoined *joined, GPtrArray *all)
{
  g_autoptr (GHashTable) scores = g_hash_table_new_full (hash_person_item, equal_person_items, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < all->len; i++)
    {
      const SemioRating *rating = all->pdata[i];
      PersonItem item = { rating->person_id, rating->key };
      guint8 *pair = g_hash_table_lookup (scores, &item);

      if (rating->withdrawn || rating->score == 0)
        continue;
      if (pair == NULL)
        {
          pair = g_new0 (guint8, 2);
          pair[0] = (guint8) rating->score;
          g_hash_table_insert (scores, g_memdup2 (&item, sizeof item), pair);
        }
      else
        pair[1] = (guint8) rating->score;
    }
  report->repeats = g_array_new (FALSE, FALSE, sizeof (SemioRatingRepeat));
  g_hash_table_iter_init (&iter, scores);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const PersonItem *item = key;
      const guint8 *pair = value;
      const SemioRatingRepeat repeat = { item->person, { pair[0], pair[1] }, get_cluster (joined, item->item.recording_id) };

      if (pair[1] != 0)
        g_array_append_val (report->repeats, repeat);
    }
}

static void
make_again (SemioRatingsReport *report)
{
  report->again = semio_agreement_new (2, SEMIO_N_FAITHFUL_SCORES);
  for (guint i = 0; i < report->repeats->len; i++)
    {
      const SemioRatingRepeat *repeat = &g_array_index (report->repeats, SemioRatingRepeat, i);

      semio_agreement_add_unit (report->again, repeat->scores, repeat->cluster);
    }
}

static gboolean
has_id (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

SemioRatingsReport *
semio_ratings_report_choose (const SemioRatingsReport *report, const GArray *ids)
{
  SemioRatingsReport *chosen = g_new0 (SemioRatingsReport, 1);

  chosen->points = g_array_new (FALSE, FALSE, sizeof (SemioFaithfulPoint));
  chosen->repeats = g_array_new (FALSE, FALSE, sizeof (SemioRatingRepeat));
  chosen->persons = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_person_unref);
  chosen->runs = g_ptr_array_ref (report->runs);
  chosen->reference_name = g_strdup (report->reference_name);
  for (guint i = 0; i < report->persons->len; i++)
    if (has_id (ids, ((SemioPerson *) report->persons->pdata[i])->id))
      g_ptr_array_add (chosen->persons, semio_person_ref (report->persons->pdata[i]));
  for (guint i = 0; i < report->points->len; i++)
    if (has_id (ids, g_array_index (report->points, SemioFaithfulPoint, i).person))
      g_array_append_val (chosen->points, g_array_index (report->points, SemioFaithfulPoint, i));
  for (guint i = 0; i < report->repeats->len; i++)
    if (has_id (ids, g_array_index (report->repeats, SemioRatingRepeat, i).person))
      g_array_append_val (chosen->repeats, g_array_index (report->repeats, SemioRatingRepeat, i));
  make_agreement (chosen);
  make_again (chosen);
  return chosen;
}

void
semio_ratings_report_draw (SemioRatingsReport *report, guint64 seed, guint n_threads, GCancellable *cancellable)
{
  SemioAgreementIntervals *intervals = &report->intervals;

  for (guint i = 0; i < SEMIO_N_SCALES && !g_cancellable_is_cancelled (cancellable); i++)
    {
      intervals->bootstrap[i] = semio_agreement_alpha_bootstrap (report->agreement, (SemioScale) i, SEMIO_AGREEMENT_RESAMPLES,
                                                                 seed, n_threads, SEMIO_RESULTS_LEVEL, cancellable, NULL);
      intervals->jackknife[i] = semio_agreement_alpha_jackknife (report->agreement, (SemioScale) i, SEMIO_RESULTS_LEVEL);
    }
  intervals->hidden = semio_agreement_alpha_bootstrap (report->hidden, SEMIO_SCALE_ORDINAL, SEMIO_AGREEMENT_RESAMPLES, seed,
                                                       n_threads, SEMIO_RESULTS_LEVEL, cancellable, NULL);
}

static void
draw_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  semio_ratings_report_draw (task_data, SEMIO_RESULTS_SEED, g_get_num_processors (), cancellable);
  g_task_return_pointer (task, task_data, (GDestroyNotify) semio_ratings_report_free);
}

void
semio_ratings_report_draw_async (SemioRatingsReport *report, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_ratings_report_draw_async);
  /* The thread, which runs in any case, hands it on. */
  g_task_set_task_data (task, report, NULL);
  g_task_run_in_thread (task, draw_thread);
}

SemioRatingsReport *
semio_ratings_report_draw_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
semio_ratings_report_drop_names (SemioRatingsReport *report)
{
  for (guint i = 0; i < report->persons->len; i++)
    {
      const SemioPerson *person = report->persons->pdata[i];
      SemioPerson *nameless = semio_person_new ();

      nameless->id = person->id;
      nameless->role = person->role;
      semio_person_unref (report->persons->pdata[i]);
      report->persons->pdata[i] = nameless;
    }
}

static gpointer
read_report (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioJoined) joined = semio_joined_load (database, data, SEMIO_JOIN_POLICY_EVENT, 0, cancellable, error);
  g_autoptr (GPtrArray) all = joined ? semio_rating_table_load (database, 0, 0, error) : NULL;
  g_autoptr (SemioRatingsReport) report = g_new0 (SemioRatingsReport, 1);

  report->persons = all ? semio_person_table_load (database, error) : NULL;
  if (report->persons == NULL)
    return NULL;
  report->points = g_array_new (FALSE, FALSE, sizeof (SemioFaithfulPoint));
  report->runs = g_ptr_array_ref (joined->runs);
  report->reference_name = g_strdup (joined->reference_name);
  for (guint i = 0; i < all->len; i++)
    {
      const SemioRating *rating = all->pdata[i];

      if (rating->current && !rating->withdrawn)
        add_point (report, joined, rating);
    }
  drop_idle (report);
  make_agreement (report);
  collect_repeats (report, joined, all);
  make_again (report);
  return g_steal_pointer (&report);
}

static void
report_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioRatingsReport *report = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) semio_ratings_report_free);
  else
    semio_study_take_error (task, error);
}

void
semio_study_ratings_async (SemioStudy *study, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_ratings_async);
  semio_store_service_read_long_async (study->store, read_report, semio_feature_set_ref (study->features),
                                       (GDestroyNotify) semio_feature_set_unref, (GDestroyNotify) semio_ratings_report_free,
                                       cancellable, report_cb, task);
}

SemioRatingsReport *
semio_study_ratings_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

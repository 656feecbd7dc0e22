/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-rating.h"

#include <glib/gi18n-lib.h>

#define MAX_SCORE 5
#define PERCENT_PER_SCORE 20

typedef struct {
  guint value;
  const char *id;
  const char *label;
} ValueText;

static const ValueText reasons[] = {
  { SEMIO_CANNOT_JUDGE_UNSET, "", "" },
  { SEMIO_CANNOT_JUDGE_NO_SOUND, "no_sound", N_ ("No sound") },
  { SEMIO_CANNOT_JUDGE_OUT_OF_FRAME, "out_of_frame", N_ ("Out of frame") },
  { SEMIO_CANNOT_JUDGE_OCCLUDED, "occluded", N_ ("Occluded") },
  { SEMIO_CANNOT_JUDGE_LANGUAGE, "language", N_ ("Language") },
};

static const ValueText marks[] = {
  { SEMIO_MARK_NO_SUCH_EVENT, "no_such_event", N_ ("Event that is not there") },
  { SEMIO_MARK_WRONG_BODY_PART, "wrong_body_part", N_ ("Wrong body part") },
  { SEMIO_MARK_WRONG_SIDE, "wrong_side", N_ ("Wrong side") },
  { SEMIO_MARK_WRONG_TIME, "wrong_time", N_ ("Wrong time") },
  { SEMIO_MARK_LEFT_OUT, "left_out", N_ ("Key finding left out") },
  { SEMIO_MARK_NOT_IN_INPUT, "not_in_input", N_ ("Claims to hear or see what was not in the model’s input") },
};

static const ValueText visible_things[] = {
  { SEMIO_VISIBLE_REFERENCE, "reference", N_ ("Reference") },
  { SEMIO_VISIBLE_RUN_NAME, "run_name", N_ ("Run name") },
  { SEMIO_VISIBLE_OTHER_RUNS, "other_runs", N_ ("Other runs") },
  { SEMIO_VISIBLE_OTHERS_RATINGS, "others_ratings", N_ ("Others’ ratings") },
  { SEMIO_VISIBLE_SOUND, "sound", N_ ("Sound") },
};

static const ValueText supports_answers[] = {
  { SEMIO_SUPPORTS_UNSET, "", "" },
  { SEMIO_SUPPORTS_YES, "yes", "" },
  { SEMIO_SUPPORTS_NO, "no", "" },
};

static const char *const anchors[MAX_SCORE + 1] = {
  "",
  N_ ("Nothing in it is true of this recording"),
  N_ ("Mostly wrong, or only restates the answer"),
  N_ ("The core is true; one important statement is wrong or left out"),
  N_ ("True and specific but for a minor slip"),
  N_ ("All statements true, specific, right time and side"),
};

G_DEFINE_BOXED_TYPE (SemioRating, semio_rating, semio_rating_ref, semio_rating_unref)

static const ValueText *
find_value (const ValueText *table, gsize n, guint value)
{
  for (gsize i = 0; i < n; i++)
    if (table[i].value == value)
      return &table[i];
  return NULL;
}

static const ValueText *
find_id (const ValueText *table, gsize n, const char *id)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (table[i].id, id) == 0)
      return &table[i];
  return NULL;
}

static const char *
translate (const char *label)
{
  /* The empty text is the catalogue's own header. */
  return *label != '\0' ? _ (label) : "";
}

SemioRating *
semio_rating_new (void)
{
  SemioRating *rating = g_new0 (SemioRating, 1);

  g_atomic_ref_count_init (&rating->refs);
  rating->key.segment = -1;
  return rating;
}

SemioRating *
semio_rating_copy (const SemioRating *rating)
{
  SemioRating *copy = g_memdup2 (rating, sizeof *rating);

  g_atomic_ref_count_init (&copy->refs);
  copy->comment = g_strdup (rating->comment);
  return copy;
}

SemioRating *
semio_rating_ref (SemioRating *rating)
{
  g_atomic_ref_count_inc (&rating->refs);
  return rating;
}

void
semio_rating_unref (SemioRating *rating)
{
  if (!g_atomic_ref_count_dec (&rating->refs))
    return;
  g_free (rating->comment);
  g_free (rating);
}

guint
semio_item_key_hash (const SemioItemKey *key)
{
  guint hash = g_int64_hash (&key->run_id);

  hash = hash * 31 + g_int64_hash (&key->recording_id);
  hash = hash * 31 + key->feature;
  return hash * 31 + (guint) key->segment;
}

gboolean
semio_item_key_equal (const SemioItemKey *a, const SemioItemKey *b)
{
  return a->run_id == b->run_id && a->recording_id == b->recording_id && a->feature == b->feature && a->segment == b->segment;
}

/**
 * semio_rating_score_to_percent:
 * @score: 1 to 5
 *
 * Returns: 20, 40, 60, 80 or 100; 0 for no score
 */
int
semio_rating_score_to_percent (int score)
{
  return score >= 1 && score <= MAX_SCORE ? score * PERCENT_PER_SCORE : 0;
}

const char *
semio_rating_get_anchor (int score)
{
  return score >= 1 && score <= MAX_SCORE ? _ (anchors[score]) : "";
}

/* Empty for unset. */
const char *
semio_cannot_judge_to_id (SemioCannotJudge reason)
{
  const ValueText *found = find_value (reasons, G_N_ELEMENTS (reasons), reason);

  g_return_val_if_fail (found != NULL, "");

  return found->id;
}

gboolean
semio_cannot_judge_from_id (const char *id, SemioCannotJudge *reason)
{
  const ValueText *found = find_id (reasons, G_N_ELEMENTS (reasons), id);

  if (found != NULL)
    *reason = (SemioCannotJudge) found->value;
  return found != NULL;
}

const char *
semio_cannot_judge_get_label (SemioCannotJudge reason)
{
  const ValueText *found = find_value (reasons, G_N_ELEMENTS (reasons), reason);

  g_return_val_if_fail (found != NULL, "");

  return translate (found->label);
}

const char *
semio_mark_to_id (SemioMarks mark)
{
  const ValueText *found = find_value (marks, G_N_ELEMENTS (marks), mark);

  g_return_val_if_fail (found != NULL, "");

  return found->id;
}

gboolean
semio_mark_from_id (const char *id, SemioMarks *mark)
{
  const ValueText *found = find_id (marks, G_N_ELEMENTS (marks), id);

  if (found != NULL)
    *mark = (SemioMarks) found->value;
  return found != NULL;
}

const char *
semio_mark_get_label (SemioMarks mark)
{
  const ValueText *found = find_value (marks, G_N_ELEMENTS (marks), mark);

  g_return_val_if_fail (found != NULL, "");

  return translate (found->label);
}

const char *
semio_visible_to_id (SemioVisible thing)
{
  const ValueText *found = find_value (visible_things, G_N_ELEMENTS (visible_things), thing);

  g_return_val_if_fail (found != NULL, "");

  return found->id;
}

gboolean
semio_visible_from_id (const char *id, SemioVisible *thing)
{
  const ValueText *found = find_id (visible_things, G_N_ELEMENTS (visible_things), id);

  if (found != NULL)
    *thing = (SemioVisible) found->value;
  return found != NULL;
}

const char *
semio_visible_get_label (SemioVisible thing)
{
  const ValueText *found = find_value (visible_things, G_N_ELEMENTS (visible_things), thing);

  g_return_val_if_fail (found != NULL, "");

  return translate (found->label);
}

const char *
semio_supports_to_id (SemioSupports supports)
{
  const ValueText *found = find_value (supports_answers, G_N_ELEMENTS (supports_answers), supports);

  g_return_val_if_fail (found != NULL, "");

  return found->id;
}

gboolean
semio_supports_from_id (const char *id, SemioSupports *supports)
{
  const ValueText *found = find_id (supports_answers, G_N_ELEMENTS (supports_answers), id);

  if (found != NULL)
    *supports = (SemioSupports) found->value;
  return found != NULL;
}

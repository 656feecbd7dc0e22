/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-lane-review.h"

#include <glib/gi18n-lib.h>

#include "semio-lane-persons.h"

static SemioLaneReference
get_reference (SemioReview *review)
{
  if (!semio_review_has_reference (review))
    return SEMIO_LANE_REFERENCE_NONE;
  return semio_review_is_reference_revealed (review) ? SEMIO_LANE_REFERENCE_REVEALED : SEMIO_LANE_REFERENCE_HIDDEN;
}

static void
add_answers (SemioLaneRun *run, const SemioItem *item, gint64 duration_ns, gint64 end_ns)
{
  if (item->n_segments == 0)
    {
      if (item->answer != SEMIO_ANSWER_MISSING)
        semio_lane_run_add_answer (run, SEMIO_SEGMENT_WHOLE, (SemioSpan){ 0, end_ns }, item->answer);
      return;
    }
  for (guint i = 0; i < item->n_segments; i++)
    semio_lane_run_add_answer (run, (int) i, semio_item_get_span (item, i, duration_ns), item->answers[i]);
}

static void
add_runs (SemioLane *lane, SemioReview *review, guint feature, gint64 end_ns)
{
  gint64 duration_ns = semio_review_get_duration_ns (review);

  for (guint i = 0; i < semio_review_get_n_runs (review); i++)
    {
      int found = semio_review_find_item (review, feature, i);
      const SemioItem *item = found >= 0 ? semio_review_get_item (review, (guint) found) : NULL;
      SemioLaneRun *run = semio_lane_add_run (lane, i, semio_review_get_run_label (review, i),
                                              item != NULL ? item->answer : SEMIO_ANSWER_MISSING);

      if (item != NULL)
        add_answers (run, item, duration_ns, end_ns);
    }
}

/**
 * semio_lane_review_build:
 * @review: a review
 * @features: the study's feature set
 *
 * Returns: (transfer full): its lanes
 */
SemioLaneSet *
semio_lane_review_build (SemioReview *review, SemioFeatureSet *features)
{
  SemioLaneSet *set =
      semio_lane_set_new (semio_review_get_duration_ns (review), semio_review_get_event (review), get_reference (review));
  gint64 end_ns = semio_lane_set_get_end_ns (set);
  g_autoptr (GPtrArray) others = semio_review_get_others_ratings (review);

  for (guint group = 0; group < semio_feature_set_get_n_groups (features); group++)
    {
      semio_lane_set_add_group (set, semio_feature_set_get_group (features, group)->label);
      for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
        {
          const SemioFeature *feature = semio_feature_set_get (features, i);
          SemioLane *lane;

          if (feature->group != group)
            continue;
          lane = semio_lane_set_add_lane (set, group, i, feature->label);
          add_runs (lane, review, i, end_ns);
          semio_lane_persons_add (lane, review, others, end_ns);
          if (set->reference == SEMIO_LANE_REFERENCE_REVEALED)
            {
              SemioLabel label = semio_review_get_label (review, i);

              semio_lane_set_reference (lane, label.answer, label.begin_ns, label.end_ns);
            }
        }
    }
  return set;
}

static void
lane_note_free (SemioLaneNote *note)
{
  g_free (note->text);
  g_free (note->name);
  g_free (note);
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const SemioLaneNote *first = *(SemioLaneNote *const *) a, *second = *(SemioLaneNote *const *) b;

  return first->time_ns < second->time_ns ? -1 : first->time_ns > second->time_ns;
}

static void
add_comment (GPtrArray *comments, SemioReview *review, SemioFeatureSet *features, const SemioItem *item,
             const SemioRating *rating)
{
  const char *feature = semio_feature_set_get (features, item->key.feature)->label;
  const char *run = semio_review_get_run_label (review, item->run);
  int segment = semio_item_get_next_cited (item, -1, 1);
  SemioLaneNote *comment;

  if (rating->comment == NULL || *rating->comment == '\0')
    return;
  comment = g_new0 (SemioLaneNote, 1);
  comment->own = rating->person_id == semio_review_get_person_id (review);
  if (segment >= 0)
    comment->time_ns = semio_item_get_span (item, (guint) segment, semio_review_get_duration_ns (review)).begin_ns;
  comment->name = g_strdup (rating->comment);
  if (comment->own)
    comment->text = g_strdup_printf ("%s · %s: %s", feature, run, rating->comment);
  else
    comment->text = g_strdup_printf ("%s · %s · %s: %s", semio_review_get_person_name (review, rating->person_id), feature, run,
                                     rating->comment);
  g_ptr_array_add (comments, comment);
}

/**
 * semio_lane_review_build_comments:
 * @review: a review
 * @features: the study's feature set
 *
 * Returns: (transfer full) (element-type SemioLaneNote): the person's comments and those that the review shows of others, runs under
 * the names the review gives them
 */
GPtrArray *
semio_lane_review_build_comments (SemioReview *review, SemioFeatureSet *features)
{
  GPtrArray *comments = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_note_free);
  g_autoptr (GPtrArray) others = semio_review_get_others_ratings (review);

  for (guint i = 0; i < semio_review_get_n_items (review); i++)
    {
      const SemioItem *item = semio_review_get_item (review, i);

      if (item->rating != NULL)
        add_comment (comments, review, features, item, item->rating);
      for (guint j = 0; j < others->len; j++)
        {
          const SemioRating *rating = g_ptr_array_index (others, j);

          if (semio_item_key_equal (&rating->key, &item->key))
            add_comment (comments, review, features, item, rating);
        }
    }
  g_ptr_array_sort (comments, compare_notes);
  return comments;
}

/**
 * semio_lane_review_build_bookmarks:
 * @review: a review
 *
 * Returns: (transfer full) (element-type SemioLaneNote): the bookmarks that it shows, those of others under their names
 */
GPtrArray *
semio_lane_review_build_bookmarks (SemioReview *review)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_note_free);
  g_autoptr (GPtrArray) bookmarks = semio_review_get_bookmarks (review);

  for (guint i = 0; i < bookmarks->len; i++)
    {
      const SemioBookmark *bookmark = g_ptr_array_index (bookmarks, i);
      const char *text = bookmark->text != NULL ? bookmark->text : "";
      SemioLaneNote *note = g_new0 (SemioLaneNote, 1);

      note->time_ns = bookmark->time_ns;
      note->own = bookmark->person_id == semio_review_get_person_id (review);
      note->name = g_strdup (text);
      if (*text == '\0')
        text = _ ("Bookmark without a name");
      if (note->own)
        note->text = g_strdup (text);
      else
        /* Translators: who set a bookmark, and its name. */
        note->text = g_strdup_printf (_ ("%s: %s"), semio_review_get_person_name (review, bookmark->person_id), text);
      g_ptr_array_add (notes, note);
    }
  g_ptr_array_sort (notes, compare_notes);
  return notes;
}

/**
 * semio_lane_review_build_speech:
 * @transcript: (nullable): what was said
 *
 * Returns: (transfer full) (element-type SemioLaneNote): a mark where each line begins; nobody's own, so that none is changed
 */
GPtrArray *
semio_lane_review_build_speech (const SemioTranscript *transcript)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_note_free);

  for (guint i = 0; transcript != NULL && i < transcript->lines->len; i++)
    {
      const SemioTranscriptLine *line = &g_array_index (transcript->lines, SemioTranscriptLine, i);
      SemioLaneNote *note = g_new0 (SemioLaneNote, 1);

      note->time_ns = line->span.begin_ns;
      note->name = g_strdup (line->text);
      note->text = g_strdup (line->text);
      g_ptr_array_add (notes, note);
    }
  return notes;
}

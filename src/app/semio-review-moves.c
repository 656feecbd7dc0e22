/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-review-page-private.h"

#include <glib/gi18n-lib.h>

/* Denials are seen through at this speed. */
#define DENIAL_SPEED 2.0

/* A window that is not painted, since it is covered or put away, goes on after this. */
#define UNPAINTED_MS 100

/* Features as they stand in the panel: group by group. */
static GArray *
order_features (SemioReviewPage *self)
{
  SemioFeatureSet *features = semio_study_get_feature_set (self->study);
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint group = 0; group < semio_feature_set_get_n_groups (features); group++)
    for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
      if (semio_feature_set_get (features, i)->group == group)
        g_array_append_val (order, i);
  return order;
}

static gboolean
has_item (SemioReviewPage *self, guint feature)
{
  for (guint run = 0; run < semio_review_get_n_runs (self->review); run++)
    if (semio_review_find_item (self->review, feature, run) >= 0)
      return TRUE;
  return FALSE;
}

void
semio_review_page_move_feature (SemioReviewPage *self, int direction)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  g_autoptr (GArray) order = NULL;
  int at = -1;

  if (self->review == NULL)
    return;
  order = order_features (self);
  for (guint i = 0; item != NULL && i < order->len; i++)
    if (g_array_index (order, guint, i) == item->key.feature)
      at = (int) i;
  if (item == NULL && direction < 0)
    at = (int) order->len;
  for (at += direction; at >= 0 && at < (int) order->len; at += direction)
    if (has_item (self, g_array_index (order, guint, (guint) at)))
      {
        semio_review_page_choose (self, g_array_index (order, guint, (guint) at), -1);
        return;
      }
}

void
semio_review_page_move_run (SemioReviewPage *self, int direction)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  int run = 0;

  if (self->review == NULL || item == NULL)
    return;
  for (run = (int) item->run + direction; run >= 0 && run < (int) semio_review_get_n_runs (self->review); run += direction)
    if (semio_review_find_item (self->review, item->key.feature, (guint) run) >= 0)
      {
        semio_review_page_choose (self, item->key.feature, run);
        return;
      }
}

gboolean
semio_review_page_is_going_on (SemioReviewPage *self)
{
  return self->go_on_timeout_id != 0;
}

void
semio_review_page_forget_going_on (SemioReviewPage *self)
{
  if (self->go_on_tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->go_on_tick_id);
  self->go_on_tick_id = 0;
  g_clear_handle_id (&self->go_on_timeout_id, g_source_remove);
}

/* Who chose something else meanwhile stays there. */
void
semio_review_page_settle_going_on (SemioReviewPage *self)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);

  if (!semio_review_page_is_going_on (self))
    return;
  semio_review_page_forget_going_on (self);
  if (item != NULL && semio_item_key_equal (&item->key, &self->rated) && !semio_review_page_go_on_after (self, &item->key, TRUE))
    semio_review_page_show_toast (self, _ ("That was the last one: everything is rated."));
}

/* The first frame that begins is the one that shows the tick; when the second begins, it has been painted. */
static gboolean
frame_begins_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (widget);

  if (++self->n_go_on_frames < 2)
    return G_SOURCE_CONTINUE;
  semio_review_page_settle_going_on (self);
  return G_SOURCE_CONTINUE; /* it was removed with the rest */
}

static gboolean
unpainted_cb (gpointer user_data)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (user_data);

  semio_review_page_settle_going_on (self);
  return G_SOURCE_CONTINUE; /* it was removed with the rest */
}

/* What the next item changes, with a list that scrolls, takes several times as long to paint as the tick does. Whoever
 * judges on does not wait for it. */
void
semio_review_page_go_on (SemioReviewPage *self)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);

  if (item == NULL)
    return;
  semio_review_page_settle_going_on (self);
  self->rated = item->key;
  self->n_go_on_frames = 0;
  self->go_on_tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_begins_cb, NULL, NULL);
  self->go_on_timeout_id = g_timeout_add (UNPAINTED_MS, unpainted_cb, self);
  if (semio_rating_controller_has_waiting (self->controller) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    semio_review_page_settle_going_on (self);
}

gint64
semio_review_page_find_segment_time (SemioReview *review, const SemioItemKey *key)
{
  for (guint i = 0; i < semio_review_get_n_items (review); i++)
    {
      const SemioItem *item = semio_review_get_item (review, i);
      int segment;

      if (item->key.run_id != key->run_id || item->key.feature != key->feature)
        continue;
      segment = item->n_segments > 0 ? semio_item_get_next_cited (item, -1, 1) : -1;
      if (segment >= 0)
        return semio_item_get_span (item, (guint) segment, semio_review_get_duration_ns (review)).begin_ns;
    }
  return SEMIO_TIME_NONE;
}

void
semio_review_page_open_item (SemioReviewPage *self, const SemioItemKey *key)
{
  gint64 time_ns;

  g_return_if_fail (self->study != NULL);
  semio_review_page_load_case (self, key->recording_id, key, FALSE);
  if (self->loading != NULL)
    {
      self->at_segment = TRUE;
      return;
    }
  /* A case that stands there already is not loaded: its picture goes there now. */
  time_ns = self->review != NULL ? semio_review_page_find_segment_time (self->review, key) : SEMIO_TIME_NONE;
  if (time_ns != SEMIO_TIME_NONE)
    semio_review_playback_seek (self->playback, time_ns);
}

/* A yes is looked for where it was said, one cited segment after another. A denial speaks of the whole event. */
void
semio_review_page_play_cited (SemioReviewPage *self, int direction)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  double speed = semio_review_playback_get_speed (self->playback);
  int segment = -1;

  if (self->review == NULL || item == NULL)
    return;
  if (item->answer == SEMIO_ANSWER_NO || item->n_segments == 0)
    {
      semio_review_playback_play_span (self->playback, semio_review_page_get_event_span (self->review),
                                       item->answer == SEMIO_ANSWER_NO ? DENIAL_SPEED : speed);
      return;
    }
  segment = semio_item_get_next_cited (item, self->cued, direction);
  if (segment < 0)
    segment = semio_item_get_next_cited (item, -1, direction);
  if (segment < 0)
    {
      semio_review_page_show_toast (self, _ ("No segment speaks for this answer."));
      return;
    }
  semio_rating_controller_set_segment (self->controller, segment);
  self->cued = segment;
  semio_review_playback_play_span (
      self->playback, semio_item_get_span (item, (guint) segment, semio_review_get_duration_ns (self->review)), speed);
}

static const char *const framing_names[] = { "whole", "body", "face" };

void
semio_review_page_apply_framing (SemioReviewPage *self, SemioFraming framing)
{
  semio_video_view_set_framing (self->view, framing);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "framing", g_variant_new_string (framing_names[framing]));
}

/* Keeps for the next start how a group is framed. */
static void
keep_framing (SemioReviewPage *self, guint group)
{
  g_autoptr (GVariant) kept = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *other = NULL;
  const char *name = NULL;
  const char *id = NULL;

  if (self->settings == NULL || group >= self->n_framings)
    return;
  id = semio_feature_set_get_group (semio_study_get_feature_set (self->study), group)->id;
  kept = g_settings_get_value (self->settings, "framings");
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "{&s&s}", &other, &name))
    if (!g_str_equal (other, id))
      g_variant_builder_add (&builder, "{ss}", other, name);
  g_variant_builder_add (&builder, "{ss}", id, framing_names[self->framings[group]]);
  g_settings_set_value (self->settings, "framings", g_variant_builder_end (&builder));
}

/* Where the eye goes first in each group, until the person says otherwise. */
void
semio_review_page_reset_framings (SemioReviewPage *self)
{
  SemioFeatureSet *features = self->study != NULL ? semio_study_get_feature_set (self->study) : NULL;
  g_autoptr (GVariant) kept = NULL;

  g_clear_pointer (&self->framings, g_free);
  self->n_framings = features != NULL ? semio_feature_set_get_n_groups (features) : 0;
  if (features == NULL)
    return;
  self->framings = g_new0 (SemioFraming, self->n_framings);
  kept = self->settings != NULL ? g_settings_get_value (self->settings, "framings") : NULL;
  for (guint i = 0; i < self->n_framings; i++)
    {
      const SemioFeatureGroup *group = semio_feature_set_get_group (features, i);
      const char *name = NULL;

      self->framings[i] = group->framing;
      if (kept == NULL || !g_variant_lookup (kept, group->id, "&s", &name))
        continue;
      for (guint framing = 0; framing < G_N_ELEMENTS (framing_names); framing++)
        if (g_str_equal (name, framing_names[framing]))
          self->framings[i] = (SemioFraming) framing;
    }
}

/* Of the two segments that overlap at the playhead, the later one: its begin is what was just reached. */
SemioSpan
semio_review_page_get_segment_span (SemioReviewPage *self)
{
  const SemioItem *item = self->review != NULL ? semio_rating_controller_get_selected_item (self->controller) : NULL;
  SemioSegmentPlan plan = item != NULL ? item->segments : (SemioSegmentPlan){ 0, 0 };
  int segment = self->review != NULL ? semio_rating_controller_get_segment (self->controller) : -1;
  gint64 duration_ns, now_ns;

  if (self->review == NULL)
    return (SemioSpan){ 0, 0 };
  duration_ns = semio_review_get_duration_ns (self->review);
  if (segment >= 0 && segment < (int) semio_segment_plan_count (plan, duration_ns))
    return semio_segment_plan_get_span (plan, (guint) segment, duration_ns);
  now_ns = semio_timeline_get_position (self->timeline);
  segment = (int) semio_segment_plan_count (plan, duration_ns) - 1;
  while (segment > 0 && semio_segment_plan_get_span (plan, (guint) segment, duration_ns).begin_ns > now_ns)
    segment--;
  return semio_segment_plan_get_span (plan, (guint) MAX (segment, 0), duration_ns);
}

/* The group of the feature in hand remembers it. */
void
semio_review_page_set_framing (SemioReviewPage *self, SemioFraming framing)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  guint group = 0;

  if (item != NULL)
    {
      group = semio_feature_set_get (semio_study_get_feature_set (self->study), item->key.feature)->group;
      if (group < self->n_framings)
        {
          self->framings[group] = framing;
          keep_framing (self, group);
        }
    }
  semio_review_page_apply_framing (self, framing);
}

void
semio_review_page_go_next (SemioReviewPage *self)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);

  if (self->study != NULL && !semio_review_page_go_on_after (self, item != NULL ? &item->key : NULL, FALSE))
    semio_review_page_show_toast (self, semio_study_get_person (self->study) != NULL
                                            ? _ ("Everything is rated.")
                                            : _ ("Choose who rates first: the queue is theirs."));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioReviewPage) self = SEMIO_REVIEW_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  SemioCase *what = NULL;
  SemioItemKey last;

  if (!semio_study_edit_finish (SEMIO_STUDY (source), result, &error))
    {
      semio_review_page_show_toast (self, error->message);
      return;
    }
  if (self->study != SEMIO_STUDY (source) || self->review == NULL)
    return;
  what = semio_study_find_case (self->study, semio_review_get_recording (self->review)->id);
  semio_review_case_line_show (self->case_line, self->review, semio_review_playback_get_player (self->playback), what);
  if (what == NULL || !semio_case_get_done (what) || semio_review_get_n_items (self->review) == 0)
    return;
  semio_review_page_show_toast (self, _ ("The case is done."));
  last = semio_review_get_item (self->review, semio_review_get_n_items (self->review) - 1)->key;
  semio_review_page_go_on_after (self, &last, FALSE);
}

void
semio_review_page_toggle_done (SemioReviewPage *self)
{
  const char *obstacle = semio_rating_controller_get_obstacle (self->controller);
  gint64 id = semio_review_page_get_recording_id (self);
  SemioCase *what = id != 0 ? semio_study_find_case (self->study, id) : NULL;

  if (what == NULL)
    return;
  if (obstacle != NULL)
    semio_review_page_show_toast (self, obstacle);
  else
    semio_study_set_case_done_async (self->study, id, !semio_case_get_done (what), done_cb, g_object_ref (self));
}

static void
revealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioReviewPage) self = SEMIO_REVIEW_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (!semio_study_edit_finish (SEMIO_STUDY (source), result, &error))
    semio_review_page_show_toast (self, error->message);
}

static void
reveal (SemioReviewPage *self, gboolean reference, gboolean runs)
{
  semio_study_reveal_async (self->study, self->review, reference, runs, revealed_cb, g_object_ref (self));
}

void
semio_review_page_toggle_reference (SemioReviewPage *self)
{
  if (self->review == NULL || !semio_review_has_reference (self->review))
    return;
  if (semio_review_is_reference_revealed (self->review))
    semio_study_hide (self->study, self->review, TRUE, FALSE);
  else
    reveal (self, TRUE, FALSE);
}

void
semio_review_page_toggle_runs (SemioReviewPage *self)
{
  if (self->review == NULL)
    return;
  if (semio_review_are_runs_revealed (self->review))
    semio_study_hide (self->study, self->review, FALSE, TRUE);
  else
    reveal (self, FALSE, TRUE);
}

/* The picture alone, as large as the screen; everything stays as it was behind it. */
void
semio_review_page_toggle_full_screen (SemioReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root))
    return;
  self->video_only = !self->video_only;
  gtk_widget_set_visible (self->side, !self->video_only);
  gtk_widget_set_visible (GTK_WIDGET (self->timeline), !self->video_only);
  gtk_widget_set_visible (GTK_WIDGET (self->case_line), !self->video_only);
  gtk_widget_set_visible (GTK_WIDGET (self->copy_bar), !self->video_only);
  if (self->video_only)
    gtk_window_fullscreen (GTK_WINDOW (root));
  else
    gtk_window_unfullscreen (GTK_WINDOW (root));
  semio_review_page_fit_controls (self);
  g_object_notify (G_OBJECT (self), "video-only");
}

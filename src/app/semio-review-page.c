/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-review-page-private.h"

#include <glib/gi18n-lib.h>

#include "semio-timing.h"

/* Shares of the window when it is first shown. */
#define LEFT_SHARE 0.63
#define VIDEO_SHARE 0.56
/* A picture narrower than this leaves words out of its controls. */
#define NARROW_PX 660
G_DEFINE_FINAL_TYPE (SemioReviewPage, semio_review_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_CASE_TITLE, PROP_VIDEO_ONLY, N_PROPS };

static GParamSpec *props[N_PROPS];

static SemioFeatureSet *
get_features (SemioReviewPage *self)
{
  return semio_study_get_feature_set (self->study);
}

static SemioCase *
get_case (SemioReviewPage *self)
{
  return self->review != NULL ? semio_study_find_case (self->study, semio_review_get_recording (self->review)->id) : NULL;
}

static void
show_case_line (SemioReviewPage *self)
{
  semio_review_case_line_show (self->case_line, self->review, semio_review_playback_get_player (self->playback), get_case (self));
  semio_review_case_line_show_copy (self->case_line, semio_copy_bar_is_of_use (self->copy_bar),
                                    semio_copy_bar_has_copy (self->copy_bar));
}

/* What may be changed of a case while it is shown: its names and which side of the patient lies where. */
static void
show_case (SemioReviewPage *self)
{
  SemioCase *what = get_case (self);

  show_case_line (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CASE_TITLE]);
  if (what == NULL)
    return;
  semio_video_view_set_title (self->view, semio_case_get_title (what));
  semio_video_view_set_mirrored (self->view, semio_case_get_recording (what)->mirrored);
}

/* Time goes to the selected item while the person is here. */
static void
update_clock (SemioReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  gboolean here = gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));

  semio_rating_clock_set_item (self->clock, here && item != NULL ? &item->key : NULL, g_get_monotonic_time ());
}

/* A key came to this window: the person is here, whatever the window manager says of it. */
static void
key_touched_cb (SemioReviewPage *self)
{
  const SemioItem *item;

  semio_review_page_settle_going_on (self);
  item = semio_rating_controller_get_selected_item (self->controller);
  semio_rating_clock_set_item (self->clock, item != NULL ? &item->key : NULL, g_get_monotonic_time ());
}

static void
touch_clock (SemioReviewPage *self)
{
  semio_rating_clock_touch (self->clock, g_get_monotonic_time ());
}

/* The event, or the whole recording when nobody knows when it is. */
SemioSpan
semio_review_page_get_event_span (SemioReview *review)
{
  SemioSpan span = { 0, semio_review_get_duration_ns (review) };
  const SemioEvent *event = semio_review_get_event (review);
  SemioSpan known;

  if (event != NULL && semio_event_get_span (event, span.end_ns, &known) && known.end_ns > known.begin_ns)
    span = known;
  return span;
}

static void
fill_exposure (SemioReview *review, guint index, SemioRating *rating, gpointer user_data)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (user_data);
  const SemioItem *item = semio_review_get_item (review, index);
  gint64 recording_id = semio_review_get_recording (review)->id;
  gint64 duration_ns = semio_review_get_duration_ns (review);
  SemioSpan event = semio_review_page_get_event_span (review);
  g_autoptr (GArray) cited = g_array_new (FALSE, FALSE, sizeof (SemioSpan));
  SemioVisible visible = 0;

  for (guint i = 0; i < item->n_segments; i++)
    if (item->cited[i])
      {
        SemioSpan span = semio_item_get_span (item, i, duration_ns);

        g_array_append_val (cited, span);
      }
  if (cited->len == 0)
    g_array_append_val (cited, event);
  if (semio_review_is_reference_revealed (review))
    visible |= SEMIO_VISIBLE_REFERENCE;
  if (semio_review_are_runs_revealed (review))
    visible |= SEMIO_VISIBLE_RUN_NAME;
  if (semio_review_get_n_runs (review) > 1)
    visible |= SEMIO_VISIBLE_OTHER_RUNS;
  if (semio_review_playback_is_audible (self->playback))
    visible |= SEMIO_VISIBLE_SOUND;
  rating->visible = visible;
  rating->played_event = semio_review_playback_get_share (self->playback, recording_id, &event, 1);
  rating->played_cited =
      semio_review_playback_get_share (self->playback, recording_id, (const SemioSpan *) cited->data, cited->len);
  rating->seconds = semio_rating_clock_get_seconds (self->clock, &item->key, g_get_monotonic_time ());
}

static int
find_item_of_key (SemioReview *review, const SemioItemKey *key)
{
  for (guint i = 0; i < semio_review_get_n_items (review); i++)
    if (semio_item_key_equal (&semio_review_get_item (review, i)->key, key))
      return (int) i;
  return -1;
}

/* The first item that is not judged yet, else the first. */
static int
find_first_item (SemioReview *review)
{
  for (guint i = 0; i < semio_review_get_n_items (review); i++)
    {
      const SemioItem *item = semio_review_get_item (review, i);

      if (semio_item_is_ratable (item) && !semio_item_is_rated (item))
        return (int) i;
    }
  return semio_review_get_n_items (review) > 0 ? 0 : -1;
}

static guint
get_group (SemioReviewPage *self, guint feature)
{
  return semio_feature_set_get (get_features (self), feature)->group;
}

static void
selected_cb (SemioReviewPage *self)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);

  update_clock (self);
  if (item == NULL)
    {
      semio_timeline_set_selected (self->timeline, -1, -1, SEMIO_SEGMENT_WHOLE);
      return;
    }
  if (!semio_item_key_equal (&self->in_hand, &item->key))
    self->cued = -1;
  self->in_hand = item->key;
  semio_timeline_set_selected (self->timeline, (int) item->key.feature, (int) item->run,
                               semio_rating_controller_get_segment (self->controller));
  if (get_group (self, item->key.feature) < self->n_framings)
    semio_review_page_apply_framing (self, self->framings[get_group (self, item->key.feature)]);
}

static void
changed_cb (SemioReviewPage *self)
{
  const char *message = semio_rating_controller_get_message (self->controller);

  if (message != NULL)
    gtk_label_set_text (self->spoken_label, message);
  else if (semio_rating_controller_is_saved (self->controller))
    gtk_label_set_text (self->spoken_label, _ ("Saved"));
  else
    gtk_label_set_text (self->spoken_label, "");
}

static void
item_changed_cb (SemioReviewPage *self, guint item, SemioReview *review)
{
  if (review == self->review)
    semio_feature_panel_refresh (self->panel, (int) semio_review_get_item (review, item)->key.feature);
  semio_review_footer_show (self->footer, self->study);
}

static void
visibility_cb (SemioReviewPage *self)
{
  semio_feature_panel_refresh (self->panel, -1);
  show_case_line (self);
}

static void
media_cb (SemioReviewPage *self)
{
  semio_review_playback_set_review (self->playback, self->review);
  semio_copy_bar_set_review (self->copy_bar, self->review);
  show_case_line (self);
}

static void
replaced_cb (SemioReviewPage *self)
{
  semio_feature_panel_set_review (self->panel, self->review);
  semio_rating_controller_set_review (self->controller, self->review);
  semio_rating_controller_go_to (self->controller, find_item_of_key (self->review, &self->in_hand));
  show_case_line (self);
}

static void
go_to_key (SemioReviewPage *self, const SemioItemKey *key, gboolean goes_on)
{
  int item = key != NULL ? find_item_of_key (self->review, key) : -1;

  if (item < 0)
    item = find_first_item (self->review);
  if (goes_on)
    semio_rating_controller_go_to (self->controller, item);
  else
    semio_rating_controller_select (self->controller, item);
}

static void
set_review (SemioReviewPage *self, SemioReview *review)
{
  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  g_set_object (&self->review, review);
  semio_feature_panel_set_review (self->panel, review);
  semio_rating_controller_set_review (self->controller, review);
  semio_timeline_set_review (self->timeline, review, self->study != NULL ? get_features (self) : NULL);
  semio_timeline_load_signals (self->timeline, review != NULL ? self->study : NULL,
                               review != NULL ? semio_review_get_recording (review)->id : 0);
  semio_review_playback_set_review (self->playback, review);
  semio_copy_bar_set_review (self->copy_bar, review);
  gtk_widget_set_visible (GTK_WIDGET (self->columns), review != NULL);
  semio_review_footer_show (self->footer, self->study);
  show_case (self);
  if (review == NULL)
    return;
  g_signal_connect_object (review, "item-changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "visibility-changed", G_CALLBACK (visibility_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "media-changed", G_CALLBACK (media_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "replaced", G_CALLBACK (replaced_cb), self, G_CONNECT_SWAPPED);
}

static void
review_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioReviewPage) self = SEMIO_REVIEW_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioReview) review = semio_study_load_review_finish (SEMIO_STUDY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->study != SEMIO_STUDY (source))
    return;
  g_clear_object (&self->loading);
  if (review == NULL)
    {
      semio_review_page_show_toast (self, error->message);
      return;
    }
  if (self->has_wanted && self->at_segment)
    semio_review_playback_set_first (self->playback, semio_review_page_find_segment_time (review, &self->wanted));
  set_review (self, review);
  semio_review_playback_set_first (self->playback, SEMIO_TIME_NONE);
  go_to_key (self, self->has_wanted ? &self->wanted : NULL, self->goes_on);
  semio_timing_mark_painted (GTK_WIDGET (self), "case painted");
}

void
semio_review_page_load_case (SemioReviewPage *self, gint64 recording_id, const SemioItemKey *key, gboolean goes_on)
{
  SemioPerson *person = semio_study_get_person (self->study);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->review != NULL && semio_review_get_recording (self->review)->id == recording_id
      && semio_review_get_person_id (self->review) == (person != NULL ? person->id : 0))
    {
      go_to_key (self, key, goes_on);
      return;
    }
  semio_timing_mark ("case asked");
  self->loading = g_cancellable_new ();
  self->has_wanted = key != NULL;
  if (key != NULL)
    self->wanted = *key;
  self->goes_on = goes_on;
  self->at_segment = FALSE;
  semio_rating_box_close_all (semio_feature_panel_get_rating_box (self->panel));
  semio_study_load_review_async (self->study, recording_id, self->loading, review_loaded_cb, g_object_ref (self));
}

/* The next item of the queue after an item. */
gboolean
semio_review_page_go_on_after (SemioReviewPage *self, const SemioItemKey *after, gboolean goes_on)
{
  SemioItemKey next;

  if (!semio_study_find_next_item (self->study, after, &next))
    return FALSE;
  semio_review_page_load_case (self, next.recording_id, &next, goes_on);
  return TRUE;
}

static void
return_to_cb (SemioReviewPage *self, const SemioItemKey *key)
{
  semio_review_page_load_case (self, key->recording_id, key, FALSE);
}

void
semio_review_page_choose (SemioReviewPage *self, guint feature, int run)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  int wanted = run >= 0 ? run : item != NULL ? (int) item->run : 0;
  int index = semio_review_find_item (self->review, feature, (guint) wanted);

  for (guint i = 0; index < 0 && run < 0 && i < semio_review_get_n_runs (self->review); i++)
    index = semio_review_find_item (self->review, feature, i);
  if (index >= 0 && index != semio_rating_controller_get_selected (self->controller))
    semio_rating_controller_select (self->controller, index);
}

/* A segment is chosen: its text is read and its begin shown, nothing plays. */
static void
segment_chosen_cb (SemioReviewPage *self, int segment)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);

  if (segment < 0 || item == NULL)
    return;
  semio_rating_controller_set_segment (self->controller, segment);
  self->cued = segment;
  semio_review_playback_seek (self->playback,
                              semio_item_get_span (item, (guint) segment, semio_review_get_duration_ns (self->review)).begin_ns);
}

static void
timeline_seek_cb (SemioReviewPage *self, gint64 time_ns, gboolean final)
{
  if (final)
    semio_review_playback_seek (self->playback, time_ns);
  else
    semio_review_playback_scrub (self->playback, time_ns);
}

static void
timeline_cell_cb (SemioReviewPage *self, int feature, int run, int segment)
{
  const SemioItem *item = NULL;

  if (self->review == NULL || feature < 0)
    return;
  semio_review_page_choose (self, (guint) feature, run);
  item = semio_rating_controller_get_selected_item (self->controller);
  if (item != NULL && segment >= 0 && segment < (int) item->n_segments)
    {
      semio_rating_controller_set_segment (self->controller, segment);
      self->cued = segment;
    }
}

static void
played_cb (SemioReviewPage *self)
{
  semio_rating_controller_note_played (self->controller);
}

static void
player_sound_cb (SemioReviewPage *self)
{
  SemioPlayer *player = semio_review_playback_get_player (self->playback);

  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "mute",
                                      g_variant_new_boolean (semio_player_get_muted (player)));
  show_case_line (self);
}

static gboolean
key_action_cb (SemioReviewPage *self, const char *name, GVariant *target)
{
  if (self->review == NULL)
    return GDK_EVENT_PROPAGATE;
  /* On a lane of the timeline the arrows go through its intervals, on the strip of what was sent through its pictures. */
  if (g_str_equal (name, "jump") && ABS (g_variant_get_int32 (target)) == 1
      && (semio_timeline_move_interval (self->timeline, g_variant_get_int32 (target))
          || semio_seen_box_move (semio_feature_panel_get_seen_box (self->panel), g_variant_get_int32 (target))))
    return GDK_EVENT_STOP;
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), name, target);
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (SemioReviewPage *self, guint keyval, guint state)
{
  if (self->review == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape && self->video_only)
    {
      semio_review_page_toggle_full_screen (self);
      return GDK_EVENT_STOP;
    }
  return semio_timeline_handle_key (self->timeline, keyval, (GdkModifierType) state);
}

static void
person_cb (SemioReviewPage *self)
{
  SemioPerson *person = semio_study_get_person (self->study);
  gint64 id = person != NULL ? person->id : 0;

  if (id == self->person_id)
    return;
  self->person_id = id;
  semio_review_playback_forget_played (self->playback);
  g_clear_pointer (&self->clock, semio_rating_clock_free);
  self->clock = semio_rating_clock_new ();
  semio_rating_controller_set_message (self->controller, NULL);
  semio_review_footer_show (self->footer, self->study);
  if (self->review != NULL)
    semio_review_page_load_case (self, semio_review_get_recording (self->review)->id, &self->in_hand, FALSE);
}

static void
study_changed_cb (SemioReviewPage *self)
{
  semio_review_footer_show (self->footer, self->study);
  show_case (self);
}

/* The panes get their shares once the size of the window is known; later the person's own sizes stay. */
static void
columns_sized_cb (SemioReviewPage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->columns));
  int height = gtk_widget_get_height (GTK_WIDGET (self->rows));

  if (self->has_sized || width <= 0 || height <= 0)
    return;
  self->has_sized = TRUE;
  gtk_paned_set_position (self->columns, (int) (width * LEFT_SHARE));
  gtk_paned_set_position (self->rows, (int) (height * VIDEO_SHARE));
}

void
semio_review_page_fit_controls (SemioReviewPage *self)
{
  int width = self->video_only ? gtk_widget_get_width (GTK_WIDGET (self)) : gtk_paned_get_position (self->columns);

  semio_player_controls_set_narrow (self->controls, width < NARROW_PX);
}

static gboolean
first_size_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (widget);

  columns_sized_cb (self);
  semio_review_page_fit_controls (self);
  return self->has_sized ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
semio_review_page_map (GtkWidget *widget)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (semio_review_page_parent_class)->map (widget);
  if (GTK_IS_WINDOW (root))
    {
      semio_key_controller_set_window (self->keys, GTK_WINDOW (root));
      gtk_window_set_focus_visible (GTK_WINDOW (root), FALSE);
      g_signal_connect_object (root, "notify::is-active", G_CALLBACK (update_clock), self, G_CONNECT_SWAPPED);
    }
  if (!self->has_sized)
    gtk_widget_add_tick_callback (widget, first_size_cb, NULL, NULL);
  update_clock (self);
}

static void
semio_review_page_unmap (GtkWidget *widget)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  semio_key_controller_set_window (self->keys, NULL);
  if (root != NULL)
    g_signal_handlers_disconnect_by_func (root, update_clock, self);
  semio_review_playback_stop (self->playback);
  GTK_WIDGET_CLASS (semio_review_page_parent_class)->unmap (widget);
  update_clock (self);
}

static void
semio_review_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (object);

  switch (prop_id)
    {
    case PROP_CASE_TITLE:
      g_value_set_string (value, get_case (self) != NULL ? semio_case_get_title (get_case (self)) : NULL);
      break;
    case PROP_VIDEO_ONLY:
      g_value_set_boolean (value, self->video_only);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
semio_review_page_dispose (GObject *object)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  semio_review_page_forget_going_on (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "review", NULL);
  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->tools);
  g_clear_object (&self->playback);
  g_clear_object (&self->keys);
  g_clear_object (&self->controller);
  g_clear_object (&self->actions);
  g_clear_object (&self->review);
  g_clear_object (&self->study);
  g_clear_object (&self->settings);
  g_clear_weak_pointer (&self->state_toast);
  if (self->toasts != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->toasts));
  self->toasts = NULL;
  G_OBJECT_CLASS (semio_review_page_parent_class)->dispose (object);
}

static void
semio_review_page_finalize (GObject *object)
{
  SemioReviewPage *self = SEMIO_REVIEW_PAGE (object);

  semio_rating_clock_free (self->clock);
  g_free (self->framings);
  G_OBJECT_CLASS (semio_review_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, columns);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, rows);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, picture);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, view);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, controls);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, case_line);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, copy_bar);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, side);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, side_box);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, footer);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewPage, spoken_label);
}

static void
semio_review_page_class_init (SemioReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = semio_review_page_get_property;
  object_class->dispose = semio_review_page_dispose;
  object_class->finalize = semio_review_page_finalize;
  widget_class->map = semio_review_page_map;
  widget_class->unmap = semio_review_page_unmap;

  props[PROP_CASE_TITLE] = g_param_spec_string ("case-title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_VIDEO_ONLY] = g_param_spec_boolean ("video-only", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (SEMIO_TYPE_VIDEO_VIEW);
  g_type_ensure (SEMIO_TYPE_PLAYER_CONTROLS);
  g_type_ensure (SEMIO_TYPE_TIMELINE);
  g_type_ensure (SEMIO_TYPE_REVIEW_CASE_LINE);
  g_type_ensure (SEMIO_TYPE_COPY_BAR);
  g_type_ensure (SEMIO_TYPE_REVIEW_FOOTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-review-page.ui");
  bind_children (widget_class);
}

/* The picture comes from the copy from now on, or from the original again, at the same frame. */
static void
copy_changed_cb (SemioReviewPage *self)
{
  semio_review_playback_reload (self->playback);
  show_case_line (self);
}

static void
connect_parts (SemioReviewPage *self)
{
  SemioPlayer *player = semio_review_playback_get_player (self->playback);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (self->controller, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "go-on", G_CALLBACK (semio_review_page_go_on), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "return-to", G_CALLBACK (return_to_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "choose", G_CALLBACK (semio_review_page_choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "segment-chosen", G_CALLBACK (segment_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "seek", G_CALLBACK (timeline_seek_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "activate-cell", G_CALLBACK (timeline_cell_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "played", G_CALLBACK (played_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "frame", G_CALLBACK (touch_clock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "notice", G_CALLBACK (semio_review_page_show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copy_bar, "changed", G_CALLBACK (copy_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copy_bar, "notice", G_CALLBACK (semio_review_page_show_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::muted", G_CALLBACK (player_sound_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::volume", G_CALLBACK (player_sound_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::sound-output", G_CALLBACK (player_sound_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::state", G_CALLBACK (show_case_line), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "action", G_CALLBACK (key_action_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "key", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "released", G_CALLBACK (semio_view_tools_release), self->tools, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "released", G_CALLBACK (semio_review_playback_release), self->playback, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "touched", G_CALLBACK (key_touched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "notify::position", G_CALLBACK (semio_review_page_fit_controls), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (touch_clock), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
semio_review_page_init (SemioReviewPage *self)
{
  self->cued = -1;
  self->clock = semio_rating_clock_new ();
  self->keys = semio_key_controller_new ();
  self->controller = semio_rating_controller_new (fill_exposure, self);
  self->actions = semio_review_actions_new (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "review", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->panel = SEMIO_FEATURE_PANEL (semio_feature_panel_new (self->controller));
  gtk_widget_set_vexpand (GTK_WIDGET (self->panel), TRUE);
  gtk_box_prepend (self->side_box, GTK_WIDGET (self->panel));
  self->playback = semio_review_playback_new (self->view, self->controls, self->timeline);
  self->tools = semio_view_tools_new (self);
  connect_parts (self);
  semio_review_page_connect_notes (self);
  semio_review_page_connect_seen (self);
  set_review (self, NULL);
}

GtkWidget *
semio_review_page_new (void)
{
  return g_object_new (SEMIO_TYPE_REVIEW_PAGE, NULL);
}

void
semio_review_page_set_study (SemioReviewPage *self, SemioStudy *study)
{
  SemioPerson *person = NULL;

  if (self->study == study)
    return;
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  set_review (self, NULL);
  semio_review_playback_forget_played (self->playback);
  g_set_object (&self->study, study);
  semio_rating_controller_set_study (self->controller, study);
  semio_feature_panel_set_features (self->panel, study != NULL ? get_features (self) : NULL);
  semio_review_page_reset_framings (self);
  semio_review_footer_show (self->footer, study);
  if (study == NULL)
    return;
  person = semio_study_get_person (study);
  self->person_id = person != NULL ? person->id : 0;
  g_signal_connect_object (study, "notify::person", G_CALLBACK (person_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "changed", G_CALLBACK (study_changed_cb), self, G_CONNECT_SWAPPED);
}

void
semio_review_page_open_case (SemioReviewPage *self, gint64 recording_id)
{
  g_return_if_fail (self->study != NULL);
  semio_review_page_load_case (self, recording_id, NULL, FALSE);
}

gboolean
semio_review_page_open_next (SemioReviewPage *self)
{
  g_return_val_if_fail (self->study != NULL, FALSE);
  return semio_review_page_go_on_after (self, NULL, FALSE);
}

gint64
semio_review_page_get_recording_id (SemioReviewPage *self)
{
  return self->review != NULL ? semio_review_get_recording (self->review)->id : 0;
}

void
semio_review_page_set_settings (SemioReviewPage *self, GSettings *settings)
{
  SemioPlayer *player = NULL;

  g_return_if_fail (SEMIO_IS_REVIEW_PAGE (self));
  g_set_object (&self->settings, settings);
  semio_review_page_restore_lanes (self);
  player = semio_review_playback_get_player (self->playback);
  g_settings_bind (settings, "volume", player, "volume", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "muted", player, "muted", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "hardware-decoding", player, "hardware", G_SETTINGS_BIND_GET);
}

gboolean
semio_review_page_get_video_only (SemioReviewPage *self)
{
  return self->video_only;
}

void
semio_review_page_toggle_copy (SemioReviewPage *self)
{
  if (self->review != NULL)
    semio_copy_bar_toggle (self->copy_bar);
  show_case_line (self);
}

SemioRatingController *
semio_review_page_get_controller (SemioReviewPage *self)
{
  return self->controller;
}

SemioReviewPlayback *
semio_review_page_get_playback (SemioReviewPage *self)
{
  return self->playback;
}

SemioRatingBox *
semio_review_page_get_rating_box (SemioReviewPage *self)
{
  return semio_feature_panel_get_rating_box (self->panel);
}

gboolean
semio_review_page_is_loading (SemioReviewPage *self)
{
  return self->loading != NULL;
}

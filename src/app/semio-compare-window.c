/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-compare-window.h"

#include <glib/gi18n-lib.h>

#include "semio-compare-pair.h"
#include "semio-video-view.h"
#include "semio-view-memory.h"

/* Another moment of the same recording begins so much after the one on the left. */
#define MOMENT_NS (10 * SEMIO_NS_PER_SECOND)
/* Less than this is within what two screens of frames show anyway. */
#define TOLD_DRIFT_NS (50 * SEMIO_NS_PER_SECOND / 1000)

static const double speeds[] = { 0.25, 0.5, 1, 2 };

struct _SemioCompareWindow {
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkLabel *left_title;
  GtkDropDown *choice;
  SemioVideoView *left_view;
  SemioVideoView *right_view;
  GtkLabel *left_time;
  GtkLabel *right_time;
  GtkLabel *offset_label;
  GtkButton *play_button;
  GtkScale *scale;
  GtkAdjustment *position;
  GtkDropDown *speed_choice;
  GtkLabel *note;

  SemioStudy *study;
  GSettings *settings; /* (nullable) */
  SemioReview *review; /* the left one */
  SemioReview *other; /* (nullable) the right one */
  SemioComparePair *pair;
  GArray *ids; /* of the recordings in the choice; the first is the left one */
  GCancellable *loading;
  gint64 left_anchor_ns;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (SemioCompareWindow, semio_compare_window, ADW_TYPE_WINDOW)

static void
set_accessible (gpointer widget, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* The onset; without one the beginning. */
static gint64
get_onset (SemioReview *review)
{
  const SemioEvent *event = semio_review_get_event (review);

  return event != NULL && event->onset_ns != SEMIO_TIME_NONE ? MAX (event->onset_ns, 0) : 0;
}

static gboolean
has_onset (SemioReview *review)
{
  const SemioEvent *event = semio_review_get_event (review);

  return event != NULL && event->onset_ns != SEMIO_TIME_NONE;
}

static void
show_frame_text (GtkLabel *label, const SemioFrame *frame)
{
  g_autofree char *time = semio_time_format (frame->time_ns, 3);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, frame->frame);
  /* TRANSLATORS: time and number of a frame: "0:12.400 · frame 372" */
  g_autofree char *text = g_strdup_printf (_ ("%s · frame %s"), time, number);

  gtk_label_set_text (label, text);
}

/* How the two belong together, in words. */
static void
show_offset (SemioCompareWindow *self)
{
  gint64 left_ns = semio_compare_pair_get_anchor (self->pair, SEMIO_COMPARE_LEFT);
  gint64 right_ns = semio_compare_pair_get_anchor (self->pair, SEMIO_COMPARE_RIGHT);
  g_autofree char *left = semio_time_format (left_ns, 3);
  g_autofree char *right = semio_time_format (right_ns, 3);
  g_autofree char *text = NULL;
  gint64 drift_ns = semio_compare_pair_get_drift (self->pair);

  if (!semio_compare_pair_is_ready (self->pair))
    text = g_strdup ("");
  else if (self->other != self->review && has_onset (self->review) && has_onset (self->other)
           && left_ns == get_onset (self->review) && right_ns == get_onset (self->other))
    text = g_strdup_printf (_ ("Onsets together: %s and %s"), left, right);
  else
    text = g_strdup_printf (_ ("Together: %s and %s"), left, right);
  if (ABS (drift_ns) >= TOLD_DRIFT_NS)
    {
      g_autofree char *together = g_steal_pointer (&text);
      int drift_ms = (int) (ABS (drift_ns) / 10000000 * 10);

      /* Translators: how the two belong together, then how far the right one is off while both play, in milliseconds. */
      text = g_strdup_printf (drift_ns > 0 ? _ ("%s · right one %d ms ahead") : _ ("%s · right one %d ms behind"), together,
                              drift_ms);
    }
  if (g_strcmp0 (gtk_label_get_text (self->offset_label), text) != 0)
    gtk_label_set_text (self->offset_label, text);
}

static void
frame_cb (SemioCompareWindow *self, int side, gpointer data)
{
  SemioFrame *frame = data;

  semio_video_view_set_frame (side == SEMIO_COMPARE_LEFT ? self->left_view : self->right_view, frame);
  show_frame_text (side == SEMIO_COMPARE_LEFT ? self->left_time : self->right_time, frame);
  if (side != SEMIO_COMPARE_LEFT)
    return;
  self->updating = TRUE;
  gtk_adjustment_set_value (self->position, (double) semio_compare_pair_get_time (self->pair) / SEMIO_NS_PER_SECOND);
  self->updating = FALSE;
  if (semio_compare_pair_is_playing (self->pair))
    show_offset (self);
}

static void
changed_cb (SemioCompareWindow *self)
{
  gboolean plays = semio_compare_pair_is_playing (self->pair);
  gboolean ready = semio_compare_pair_is_ready (self->pair);
  SemioSpan span = semio_compare_pair_get_span (self->pair);

  gtk_button_set_icon_name (self->play_button, plays ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  set_accessible (self->play_button, plays ? _ ("Pause both") : _ ("Play both"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->play_button), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), ready);
  self->updating = TRUE;
  gtk_adjustment_set_lower (self->position, (double) span.begin_ns / SEMIO_NS_PER_SECOND);
  gtk_adjustment_set_upper (self->position, (double) span.end_ns / SEMIO_NS_PER_SECOND);
  self->updating = FALSE;
  show_offset (self);
}

static void
position_cb (SemioCompareWindow *self)
{
  if (!self->updating)
    semio_compare_pair_seek (self->pair, (gint64) (gtk_adjustment_get_value (self->position) * SEMIO_NS_PER_SECOND));
}

static void
speed_cb (SemioCompareWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->speed_choice);

  if (self->pair != NULL && chosen < G_N_ELEMENTS (speeds))
    semio_compare_pair_set_speed (self->pair, speeds[chosen]);
}

/* As this user left the picture on the Review page. */
static void
show_as_left_there (SemioCompareWindow *self, SemioCompareSide side, const SemioRecording *recording)
{
  SemioVideoView *view = side == SEMIO_COMPARE_LEFT ? self->left_view : self->right_view;
  g_autoptr (GVariant) pictures = NULL;
  g_auto (GStrv) deinterlaced = NULL;

  semio_video_view_set_mirrored (view, recording->mirrored);
  semio_video_view_set_source_size (view, recording->width_px, recording->height_px);
  if (self->settings == NULL)
    return;
  pictures = g_settings_get_value (self->settings, "pictures");
  semio_video_view_set_change (view, semio_view_memory_find (pictures, &recording->uuid));
  deinterlaced = g_settings_get_strv (self->settings, "deinterlaced");
  semio_player_set_deinterlaced (semio_compare_pair_get_player (self->pair, side),
                                 semio_view_memory_has ((const char *const *) deinterlaced, &recording->uuid));
}

static void
show_right (SemioCompareWindow *self)
{
  const SemioRecording *recording = semio_review_get_recording (self->other);
  GFile *file = semio_review_get_file (self->other);
  SemioFrameIndex *index = semio_review_get_frame_index (self->other);
  gboolean is_same = self->other == self->review;
  gint64 anchor_ns = is_same ? self->left_anchor_ns + MOMENT_NS : get_onset (self->other);
  gint64 left_ns = is_same || !has_onset (self->review) ? self->left_anchor_ns : get_onset (self->review);

  if (!has_onset (self->other) && !is_same)
    left_ns = self->left_anchor_ns;
  semio_video_view_set_frame (self->right_view, NULL);
  gtk_label_set_text (self->right_time, "");
  show_as_left_there (self, SEMIO_COMPARE_RIGHT, recording);
  semio_video_view_set_title (self->right_view, recording->pseudonym);
  if (file == NULL || index == NULL)
    semio_video_view_set_message (self->right_view, _ ("No Video for This Recording"), _ ("Choose another one above."));
  else
    semio_video_view_set_message (self->right_view, NULL, NULL);
  if (is_same && index != NULL && anchor_ns >= semio_frame_index_get_duration_ns (index))
    anchor_ns = 0;
  semio_compare_pair_load (self->pair, SEMIO_COMPARE_RIGHT, &recording->content, file, index, anchor_ns);
  semio_compare_pair_set_anchor (self->pair, SEMIO_COMPARE_LEFT, left_ns);
  semio_compare_pair_seek (self->pair, 0);
}

static void
other_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioCompareWindow) self = SEMIO_COMPARE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioReview) review = semio_study_load_review_finish (SEMIO_STUDY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->pair == NULL)
    return;
  if (review == NULL)
    {
      semio_video_view_set_message (self->right_view, _ ("The Recording Could Not Be Read"), error->message);
      return;
    }
  g_set_object (&self->other, review);
  show_right (self);
}

static void
chosen_cb (SemioCompareWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->choice);

  if (self->ids == NULL || chosen >= self->ids->len)
    return;
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (chosen == 0)
    {
      g_set_object (&self->other, self->review);
      show_right (self);
      return;
    }
  self->loading = g_cancellable_new ();
  semio_study_load_review_async (self->study, g_array_index (self->ids, gint64, chosen), self->loading, other_loaded_cb,
                                 g_object_ref (self));
}

static gboolean
close_request_cb (SemioCompareWindow *self)
{
  semio_compare_pair_close (self->pair);
  return FALSE;
}

/* The keys of the Review page where they mean the same; Alt and Shift move the right one alone. */
static gboolean
key_cb (SemioCompareWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint modifiers = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK);
  int direction = keyval == GDK_KEY_Left || keyval == GDK_KEY_comma ? -1 : 1;

  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return GDK_EVENT_PROPAGATE;
  if (modifiers == 0 && (keyval == GDK_KEY_k || (keyval == GDK_KEY_space && !gtk_window_get_focus_visible (GTK_WINDOW (self)))))
    semio_compare_pair_toggle (self->pair);
  else if (modifiers == 0 && (keyval == GDK_KEY_comma || keyval == GDK_KEY_period))
    semio_compare_pair_step (self->pair, direction);
  else if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right)
    {
      if (modifiers == 0)
        semio_compare_pair_seek (self->pair, semio_compare_pair_get_time (self->pair) + direction * SEMIO_NS_PER_SECOND);
      else if (modifiers == GDK_ALT_MASK)
        semio_compare_pair_shift_frames (self->pair, direction);
      else if (modifiers == GDK_SHIFT_MASK)
        semio_compare_pair_shift (self->pair, direction * SEMIO_NS_PER_SECOND);
      else
        return GDK_EVENT_PROPAGATE;
    }
  else if (keyval == GDK_KEY_Home && modifiers == 0)
    semio_compare_pair_seek (self->pair, 0);
  else if (keyval == GDK_KEY_Escape && modifiers == 0)
    gtk_window_close (GTK_WINDOW (self));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
toggle_clicked_cb (SemioCompareWindow *self)
{
  semio_compare_pair_toggle (self->pair);
}

static void
back_clicked_cb (SemioCompareWindow *self)
{
  semio_compare_pair_step (self->pair, -1);
}

static void
forward_clicked_cb (SemioCompareWindow *self)
{
  semio_compare_pair_step (self->pair, 1);
}

static void
earlier_clicked_cb (SemioCompareWindow *self)
{
  semio_compare_pair_shift_frames (self->pair, -1);
}

static void
later_clicked_cb (SemioCompareWindow *self)
{
  semio_compare_pair_shift_frames (self->pair, 1);
}

static void
view_size_cb (SemioVideoView *view, int width_px, int height_px, gpointer user_data)
{
  semio_player_set_view_size (SEMIO_PLAYER (user_data), width_px, height_px);
}

static void
semio_compare_window_dispose (GObject *object)
{
  SemioCompareWindow *self = SEMIO_COMPARE_WINDOW (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->pair != NULL)
    g_signal_handlers_disconnect_by_data (self->pair, self);
  g_clear_object (&self->pair);
  g_clear_object (&self->review);
  g_clear_object (&self->other);
  g_clear_object (&self->study);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->ids, g_array_unref);
  G_OBJECT_CLASS (semio_compare_window_parent_class)->dispose (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, position_cb);
  gtk_widget_class_bind_template_callback (widget_class, speed_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggle_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, forward_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
semio_compare_window_class_init (SemioCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_compare_window_dispose;
  g_type_ensure (SEMIO_TYPE_VIDEO_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, left_title);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, choice);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, left_view);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, right_view);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, left_time);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, right_time);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, offset_label);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, play_button);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, scale);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, position);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, speed_choice);
  gtk_widget_class_bind_template_child (widget_class, SemioCompareWindow, note);
  bind_callbacks (widget_class);
}

static void
semio_compare_window_init (SemioCompareWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->pair = semio_compare_pair_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (self->pair, "frame", G_CALLBACK (frame_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pair, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->left_view, "view-size", G_CALLBACK (view_size_cb),
                           semio_compare_pair_get_player (self->pair, SEMIO_COMPARE_LEFT), 0);
  g_signal_connect_object (self->right_view, "view-size", G_CALLBACK (view_size_cb),
                           semio_compare_pair_get_player (self->pair, SEMIO_COMPARE_RIGHT), 0);
}

/* This recording first, then the patient's others that can be shown. */
static void
fill_choice (SemioCompareWindow *self)
{
  const SemioRecording *left = semio_review_get_recording (self->review);
  GListModel *cases = semio_study_get_cases (self->study);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (self->ids, left->id);
  gtk_string_list_append (names, _ ("This recording, another moment"));
  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) what = g_list_model_get_item (cases, i);
      gint64 id = semio_case_get_id (what);

      if (id == left->id || semio_case_get_recording (what)->patient_id != left->patient_id || !semio_case_get_media_found (what))
        continue;
      g_array_append_val (self->ids, id);
      gtk_string_list_append (names, semio_case_get_title (what));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->note), self->ids->len == 1);
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (names));
  /* Seizures of one patient are what is compared first. */
  gtk_drop_down_set_selected (self->choice, self->ids->len > 1 ? 1 : 0);
}

/**
 * semio_compare_window_new:
 * @parent: the study's window
 * @study: the study
 * @settings: (nullable): how pictures are shown
 * @review: the case on the left; has a video
 * @time_ns: the moment that is looked at in it
 *
 * Returns: a window, not yet shown
 */
GtkWidget *
semio_compare_window_new (GtkWindow *parent, SemioStudy *study, GSettings *settings, SemioReview *review, gint64 time_ns)
{
  SemioCompareWindow *self = g_object_new (SEMIO_TYPE_COMPARE_WINDOW, "transient-for", parent, NULL);
  const SemioRecording *recording = semio_review_get_recording (review);
  SemioCase *what = semio_study_find_case (study, recording->id);
  g_autofree char *note = NULL;

  self->study = g_object_ref (study);
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->review = g_object_ref (review);
  self->left_anchor_ns = time_ns;
  adw_window_title_set_subtitle (self->title, recording->patient);
  gtk_label_set_text (self->left_title, what != NULL ? semio_case_get_title (what) : recording->pseudonym);
  note = g_strdup_printf (_ ("%s has no other recording with a video."), recording->patient);
  gtk_label_set_text (self->note, note);
  semio_video_view_set_title (self->left_view, recording->pseudonym);
  show_as_left_there (self, SEMIO_COMPARE_LEFT, recording);
  semio_compare_pair_load (self->pair, SEMIO_COMPARE_LEFT, &recording->content, semio_review_get_file (review),
                           semio_review_get_frame_index (review), time_ns);
  fill_choice (self);
  if (self->other == NULL && gtk_drop_down_get_selected (self->choice) == 0)
    chosen_cb (self);
  gtk_window_set_focus_visible (GTK_WINDOW (self), FALSE);
  return GTK_WIDGET (self);
}

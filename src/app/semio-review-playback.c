/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-review-playback.h"

#include <glib/gi18n-lib.h>

#include "semio-play-tracker.h"
#include "semio-source.h"
#include "semio-timing.h"

/* A case opens this long before the onset. */
#define LEAD_NS (10 * SEMIO_NS_PER_SECOND)
/* Backwards faster than life the picture comes in steps this far apart: no decoder runs backwards. */
#define REVERSE_STEP_MS 120
#define MAX_SHUTTLE 4

static const double speeds[] = { 0.1, 0.25, 0.5, 1, 1.5, 2, 4, 8 };

struct _SemioReviewPlayback {
  GObject parent_instance;

  SemioVideoView *view;
  SemioPlayerControls *controls;
  SemioTimeline *timeline;
  SemioPlayer *player;
  SemioReview *review;
  SemioFrameIndex *index;
  GHashTable *trackers; /* recording id → SemioPlayTracker */
  double speed; /* the person's own: spans may play at another */
  gboolean in_span;
  int reverse; /* how many times life backwards, 0 not */
  guint reverse_id;
  int hold; /* frames of a step that is made at every frame of the screen, 0 none */
  guint hold_id;
  gint64 first_ns; /* SEMIO_TIME_NONE: before the onset */
  gint64 in_ns; /* SEMIO_TIME_NONE not marked */
  gint64 out_ns;
  gboolean loops;

  GCancellable *finding; /* (nullable) while it is not known what the picture is read from */
  gint64 first_frame; /* to show then */
  gboolean plays_on; /* from there */
  gboolean from_copy;
  SemioTimeLeft left;
};

G_DEFINE_FINAL_TYPE (SemioReviewPlayback, semio_review_playback, G_TYPE_OBJECT)

enum { SIGNAL_PLAYED, SIGNAL_FRAME, SIGNAL_NOTICE, N_SIGNALS };

static guint signals[N_SIGNALS];

static gint64
get_recording_id (SemioReviewPlayback *self)
{
  return semio_review_get_recording (self->review)->id;
}

static SemioPlayTracker *
get_tracker (SemioReviewPlayback *self)
{
  gint64 id = get_recording_id (self);
  SemioPlayTracker *tracker = g_hash_table_lookup (self->trackers, &id);

  if (tracker == NULL)
    {
      tracker = semio_play_tracker_new ();
      g_hash_table_insert (self->trackers, g_memdup2 (&id, sizeof id), tracker);
    }
  return tracker;
}

/* What comes next was not reached by playing. */
static void
break_tracker (SemioReviewPlayback *self)
{
  if (self->review != NULL)
    semio_play_tracker_break (get_tracker (self));
}

static void
notify_text (SemioReviewPlayback *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, text);
}

static gboolean
can_play (SemioReviewPlayback *self)
{
  return self->index != NULL && semio_player_get_state (self->player) != SEMIO_PLAYER_EMPTY;
}

static void
stop_reverse (SemioReviewPlayback *self)
{
  semio_review_playback_release (self);
  gboolean plays = self->reverse == 1;

  g_clear_handle_id (&self->reverse_id, g_source_remove);
  self->reverse = 0;
  if (!plays)
    return;
  semio_player_pause (self->player);
  semio_player_set_speed (self->player, self->speed);
}

static void
leave_span (SemioReviewPlayback *self)
{
  if (!self->in_span)
    return;
  self->in_span = FALSE;
  semio_player_set_speed (self->player, self->speed);
}

static void
frame_ready_cb (SemioReviewPlayback *self, SemioFrame *frame)
{
  if (self->index == NULL)
    return;
  if (semio_video_paintable_get_frame (semio_video_view_get_paintable (self->view)) == NULL)
    semio_timing_mark_painted (GTK_WIDGET (self->view), "video frame painted");
  semio_video_view_set_frame (self->view, frame);
  semio_player_controls_set_frame (self->controls, frame->frame, frame->time_ns, semio_frame_index_get_n_frames (self->index));
  semio_timeline_set_position (self->timeline, frame->time_ns);
  if (semio_player_get_state (self->player) == SEMIO_PLAYER_PLAYING && self->reverse == 0)
    semio_play_tracker_play (get_tracker (self), semio_frame_index_get_span (self->index, frame->frame),
                             semio_player_get_speed (self->player));
  g_signal_emit (self, signals[SIGNAL_FRAME], 0);
}

static void
state_cb (SemioReviewPlayback *self)
{
  SemioPlayerState state = semio_player_get_state (self->player);

  if (state == SEMIO_PLAYER_PLAYING || state == SEMIO_PLAYER_LOADING)
    return;
  break_tracker (self);
  /* At the beginning there is nothing more to play backwards. */
  if (self->reverse == 1)
    self->reverse = 0;
  leave_span (self);
}

static void
show_failure (SemioReviewPlayback *self, const GError *error)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Try Again"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "review.retry");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  semio_video_view_set_message (self->view, _ ("The Video Cannot Be Played"), error->message);
  semio_video_view_set_message_action (self->view, button);
}

static void find_source (SemioReviewPlayback *self, gint64 first_frame, gboolean plays_on);

static void
failed_cb (SemioReviewPlayback *self, const GError *error)
{
  const SemioSha256 *content = NULL;

  if (self->review == NULL || !self->from_copy)
    {
      show_failure (self, error);
      return;
    }
  /* A copy that cannot be played is of no use; the original still is. */
  content = &semio_review_get_recording (self->review)->content;
  g_info ("%s", error->message);
  semio_copy_cache_remove (content, SEMIO_MEDIA_COPY_PROXY);
  semio_copy_cache_remove (content, SEMIO_MEDIA_COPY_REMUX);
  notify_text (self, _ ("The copy of this video was damaged and thrown away."));
  find_source (self, MAX (semio_player_get_frame (self->player), 0), FALSE);
}

static void
notice_cb (SemioReviewPlayback *self, const char *text)
{
  notify_text (self, text);
}

static void
view_size_cb (SemioReviewPlayback *self, int width_px, int height_px)
{
  semio_player_set_view_size (self->player, width_px, height_px);
}

static void
stop_finding (SemioReviewPlayback *self)
{
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
}

static gboolean
reverse_cb (gpointer user_data)
{
  SemioReviewPlayback *self = SEMIO_REVIEW_PLAYBACK (user_data);
  double rate = semio_frame_index_get_rate (self->index);
  int n_frames = MAX ((int) (rate * self->reverse * REVERSE_STEP_MS / 1000 + 0.5), 1);

  if (semio_player_get_frame (self->player) <= 0)
    {
      self->reverse_id = 0;
      self->reverse = 0;
      return G_SOURCE_REMOVE;
    }
  semio_player_step (self->player, -n_frames);
  return G_SOURCE_CONTINUE;
}

static void
semio_review_playback_dispose (GObject *object)
{
  SemioReviewPlayback *self = SEMIO_REVIEW_PLAYBACK (object);

  stop_reverse (self);
  stop_finding (self);
  if (self->player != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->player, self);
      semio_player_unload (self->player);
    }
  g_clear_object (&self->player);
  g_clear_object (&self->review);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_clear_object (&self->view);
  g_clear_object (&self->controls);
  g_clear_object (&self->timeline);
  G_OBJECT_CLASS (semio_review_playback_parent_class)->dispose (object);
}

static void
semio_review_playback_finalize (GObject *object)
{
  g_hash_table_unref (SEMIO_REVIEW_PLAYBACK (object)->trackers);
  G_OBJECT_CLASS (semio_review_playback_parent_class)->finalize (object);
}

static void
semio_review_playback_class_init (SemioReviewPlaybackClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_review_playback_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_review_playback_finalize;
  signals[SIGNAL_PLAYED] = g_signal_new ("played", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
semio_review_playback_init (SemioReviewPlayback *self)
{
  self->first_ns = SEMIO_TIME_NONE;
  self->speed = 1;
  self->in_ns = self->out_ns = SEMIO_TIME_NONE;
  self->trackers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) semio_play_tracker_free);
  self->player = semio_player_new ();
  g_signal_connect_object (self->player, "frame-ready", G_CALLBACK (frame_ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
}

/* A stretch that was dragged on the timeline is looped as one that was marked by keys. */
static void
selection_changed_cb (SemioReviewPlayback *self)
{
  SemioSpan span = { SEMIO_TIME_NONE, SEMIO_TIME_NONE };

  if (!semio_timeline_get_selection (self->timeline, &span))
    span.begin_ns = span.end_ns = SEMIO_TIME_NONE;
  self->in_ns = span.begin_ns;
  self->out_ns = span.end_ns;
}

SemioReviewPlayback *
semio_review_playback_new (SemioVideoView *view, SemioPlayerControls *controls, SemioTimeline *timeline)
{
  SemioReviewPlayback *self = g_object_new (SEMIO_TYPE_REVIEW_PLAYBACK, NULL);

  self->view = g_object_ref (view);
  self->controls = g_object_ref (controls);
  self->timeline = g_object_ref (timeline);
  semio_player_controls_set_player (controls, self->player);
  g_signal_connect_object (view, "view-size", G_CALLBACK (view_size_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (timeline, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

SemioPlayer *
semio_review_playback_get_player (SemioReviewPlayback *self)
{
  return self->player;
}

static void
show_no_video (SemioReviewPlayback *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Locate…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.locate");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  semio_video_view_set_frame (self->view, NULL);
  semio_video_view_set_message (self->view, _ ("No Video for This Recording"),
                                _ ("Explanations, timeline and ratings work without it. To play it, point to the folder "
                                   "that holds the video: it is known by its content, whatever its name."));
  semio_video_view_set_message_action (self->view, button);
  semio_player_controls_set_frame (self->controls, -1, 0, 0);
}

static void
load (SemioReviewPlayback *self, GFile *file, SemioFrameIndex *index)
{
  semio_video_view_set_message (self->view, NULL, NULL);
  semio_video_view_set_message_action (self->view, NULL);
  self->from_copy = !g_file_equal (file, semio_review_get_file (self->review));
  semio_player_load (self->player, file, index, self->first_frame);
  semio_player_set_speed (self->player, self->speed);
  if (self->plays_on)
    semio_player_play (self->player);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioReviewPlayback) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->index == NULL)
    return;
  g_clear_object (&self->finding);
  if (found != NULL)
    load (self, found->file, found->index);
  else
    show_failure (self, error);
}

static void
find_progress_cb (double fraction, const char *what, gpointer user_data)
{
  SemioReviewPlayback *self = user_data;
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;

  if (self->finding == NULL)
    return;
  semio_time_left_update (&self->left, MAX (fraction, 0));
  left = semio_time_left_to_text (&self->left);
  text = g_strdup_printf (_ ("%d %%%s%s. The original stays as it is."), (int) (CLAMP (fraction, 0, 1) * 100),
                          left != NULL ? ", " : "", left != NULL ? left : "");
  semio_video_view_set_message (self->view, _ ("Putting the Video Together From Its Fragments"), text);
}

/* Most videos are read from their own file, at once; for the others it is looked, or made, first. */
static void
find_source (SemioReviewPlayback *self, gint64 first_frame, gboolean plays_on)
{
  const SemioRecording *recording = semio_review_get_recording (self->review);
  GFile *file = semio_review_get_file (self->review);

  stop_finding (self);
  self->first_frame = first_frame;
  self->plays_on = plays_on;
  if (semio_source_is_plain (&recording->content, self->index, SEMIO_SOURCE_STEPS))
    {
      load (self, file, self->index);
      return;
    }
  self->finding = g_cancellable_new ();
  semio_time_left_start (&self->left);
  semio_source_find_async (&recording->content, file, self->index, SEMIO_SOURCE_STEPS, find_progress_cb, self, self->finding,
                           found_cb, g_object_ref (self));
}

static gint64
find_first_time (SemioReviewPlayback *self)
{
  const SemioEvent *event = semio_review_get_event (self->review);

  if (self->first_ns != SEMIO_TIME_NONE)
    return self->first_ns;
  return event != NULL && event->onset_ns != SEMIO_TIME_NONE ? MAX (event->onset_ns - LEAD_NS, 0) : 0;
}

static gint64
find_first_frame (SemioReviewPlayback *self, gboolean is_same)
{
  if (is_same && semio_player_get_frame (self->player) >= 0)
    return semio_player_get_frame (self->player);
  return semio_frame_index_get_frame_at (self->index, find_first_time (self));
}

void
semio_review_playback_set_first (SemioReviewPlayback *self, gint64 time_ns)
{
  g_return_if_fail (SEMIO_IS_REVIEW_PLAYBACK (self));
  self->first_ns = time_ns;
}

void
semio_review_playback_set_review (SemioReviewPlayback *self, SemioReview *review)
{
  gboolean is_same = review != NULL && self->review != NULL && semio_review_get_recording (review)->id == get_recording_id (self);
  GFile *file = review != NULL ? semio_review_get_file (review) : NULL;
  SemioFrameIndex *index = review != NULL ? semio_review_get_frame_index (review) : NULL;
  const SemioRecording *recording = review != NULL ? semio_review_get_recording (review) : NULL;

  stop_reverse (self);
  break_tracker (self);
  if (is_same && self->index != NULL && file != NULL)
    {
      g_set_object (&self->review, review);
      return;
    }
  if (!is_same)
    {
      self->in_ns = self->out_ns = SEMIO_TIME_NONE;
      self->loops = FALSE;
    }
  self->in_span = FALSE;
  stop_finding (self);
  semio_player_unload (self->player);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_set_object (&self->review, review);
  if (review == NULL)
    return;

  semio_video_view_set_mirrored (self->view, recording->mirrored);
  semio_video_view_set_source_size (self->view, recording->width_px, recording->height_px);
  semio_timeline_set_position (self->timeline, find_first_time (self));
  if (file == NULL || index == NULL)
    {
      show_no_video (self);
      return;
    }
  self->index = semio_frame_index_ref (index);
  semio_video_view_set_frame (self->view, NULL);
  semio_video_view_set_message (self->view, NULL, NULL);
  semio_video_view_set_message_action (self->view, NULL);
  find_source (self, find_first_frame (self, is_same), FALSE);
}

void
semio_review_playback_reload (SemioReviewPlayback *self)
{
  gint64 frame = semio_player_get_frame (self->player);
  gboolean plays = semio_player_get_state (self->player) == SEMIO_PLAYER_PLAYING && self->reverse == 0 && !self->in_span;
  gboolean is_plain;

  if (self->index == NULL || self->review == NULL)
    return;
  is_plain = semio_source_is_plain (&semio_review_get_recording (self->review)->content, self->index, SEMIO_SOURCE_STEPS);
  if (is_plain && !self->from_copy)
    return;
  stop_reverse (self);
  break_tracker (self);
  self->loops = self->in_span = FALSE;
  find_source (self, MAX (frame, 0), plays);
}

void
semio_review_playback_retry (SemioReviewPlayback *self)
{
  if (semio_player_get_state (self->player) == SEMIO_PLAYER_FAILED)
    semio_player_retry (self->player);
  else if (self->index != NULL && self->review != NULL)
    find_source (self, find_first_frame (self, FALSE), FALSE);
}

void
semio_review_playback_forget_played (SemioReviewPlayback *self)
{
  g_hash_table_remove_all (self->trackers);
}

void
semio_review_playback_stop (SemioReviewPlayback *self)
{
  stop_reverse (self);
  self->loops = FALSE;
  if (can_play (self))
    semio_player_pause (self->player);
}

void
semio_review_playback_toggle (SemioReviewPlayback *self)
{
  gboolean was_reverse = self->reverse != 0;

  stop_reverse (self);
  self->loops = FALSE;
  if (!can_play (self) || was_reverse)
    return;
  leave_span (self);
  semio_player_toggle (self->player);
  g_signal_emit (self, signals[SIGNAL_PLAYED], 0);
}

void
semio_review_playback_step (SemioReviewPlayback *self, int n_frames)
{
  stop_reverse (self);
  self->loops = FALSE;
  if (!can_play (self))
    return;
  break_tracker (self);
  semio_player_step (self->player, n_frames);
}

static gboolean
hold_cb (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  SemioReviewPlayback *self = SEMIO_REVIEW_PLAYBACK (user_data);

  /* A step that is not shown yet is waited for, so that nothing is left to do when the key comes up. */
  semio_player_step_held (self->player, self->hold);
  return G_SOURCE_CONTINUE;
}

void
semio_review_playback_hold_step (SemioReviewPlayback *self, int n_frames)
{
  if (!can_play (self) || (self->hold_id != 0 && self->hold == n_frames))
    return;
  stop_reverse (self);
  self->loops = FALSE;
  break_tracker (self);
  self->hold = n_frames;
  self->hold_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), hold_cb, self, NULL);
}

void
semio_review_playback_release (SemioReviewPlayback *self)
{
  if (self->hold_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->hold_id);
  self->hold_id = 0;
  self->hold = 0;
}

void
semio_review_playback_scrub (SemioReviewPlayback *self, gint64 time_ns)
{
  if (!can_play (self))
    {
      semio_review_playback_seek (self, time_ns);
      return;
    }
  stop_reverse (self);
  self->loops = FALSE;
  break_tracker (self);
  semio_player_scrub_frame (self->player, semio_frame_index_get_frame_at (self->index, time_ns));
}

void
semio_review_playback_jump (SemioReviewPlayback *self, gint64 delta_ns)
{
  stop_reverse (self);
  if (!can_play (self))
    return;
  break_tracker (self);
  semio_player_jump (self->player, delta_ns);
}

void
semio_review_playback_seek (SemioReviewPlayback *self, gint64 time_ns)
{
  stop_reverse (self);
  self->loops = FALSE;
  if (!can_play (self))
    {
      semio_timeline_set_position (self->timeline, time_ns);
      return;
    }
  break_tracker (self);
  semio_player_seek_time (self->player, time_ns);
}

void
semio_review_playback_play_span (SemioReviewPlayback *self, SemioSpan span, double speed)
{
  stop_reverse (self);
  self->loops = FALSE;
  if (!can_play (self))
    {
      semio_timeline_set_position (self->timeline, span.begin_ns);
      return;
    }
  break_tracker (self);
  self->in_span = FALSE;
  semio_player_play_span (self->player, span.begin_ns, span.end_ns, speed);
  self->in_span = TRUE;
  g_signal_emit (self, signals[SIGNAL_PLAYED], 0);
}

void
semio_review_playback_set_speed (SemioReviewPlayback *self, double speed)
{
  self->speed = CLAMP (speed, speeds[0], speeds[G_N_ELEMENTS (speeds) - 1]);
  semio_player_set_speed (self->player, self->speed);
}

double
semio_review_playback_get_speed (SemioReviewPlayback *self)
{
  return self->speed;
}

void
semio_review_playback_change_speed (SemioReviewPlayback *self, int direction)
{
  double now = semio_player_get_speed (self->player);
  int nearest = 0;

  if (direction == 0)
    {
      semio_review_playback_set_speed (self, 1);
      return;
    }
  for (int i = 1; i < (int) G_N_ELEMENTS (speeds); i++)
    if (ABS (speeds[i] - now) < ABS (speeds[nearest] - now))
      nearest = i;
  nearest = CLAMP (nearest + direction, 0, (int) G_N_ELEMENTS (speeds) - 1);
  semio_review_playback_set_speed (self, speeds[nearest]);
}

void
semio_review_playback_shuttle (SemioReviewPlayback *self, int direction)
{
  gboolean playing = semio_player_get_state (self->player) == SEMIO_PLAYER_PLAYING && self->reverse == 0;

  if (!can_play (self))
    return;
  self->loops = FALSE;
  if (direction > 0)
    {
      stop_reverse (self);
      leave_span (self);
      semio_review_playback_set_speed (self, playing ? MIN (MAX (self->speed, 0.5) * 2, MAX_SHUTTLE) : 1);
      semio_player_play (self->player);
      g_signal_emit (self, signals[SIGNAL_PLAYED], 0);
      return;
    }
  break_tracker (self);
  self->reverse = self->reverse == 0 ? 1 : MIN (self->reverse * 2, MAX_SHUTTLE);
  if (self->reverse == 1)
    {
      semio_player_play_reverse (self->player, 1);
      return;
    }
  semio_player_pause (self->player);
  if (self->reverse_id == 0)
    self->reverse_id = g_timeout_add (REVERSE_STEP_MS, reverse_cb, self);
}

void
semio_review_playback_toggle_muted (SemioReviewPlayback *self)
{
  semio_player_set_muted (self->player, !semio_player_get_muted (self->player));
}

void
semio_review_playback_mark (SemioReviewPlayback *self, gboolean is_out)
{
  g_autofree char *begin = NULL;
  g_autofree char *end = NULL;
  g_autofree char *text = NULL;
  gint64 now_ns = 0;

  if (!can_play (self))
    return;
  now_ns = semio_player_get_position_ns (self->player);
  if (is_out)
    self->out_ns = semio_frame_index_get_span (self->index, semio_player_get_frame (self->player)).end_ns;
  else
    self->in_ns = now_ns;
  if (is_out && self->in_ns == SEMIO_TIME_NONE)
    self->in_ns = 0;
  if (!is_out && (self->out_ns == SEMIO_TIME_NONE || self->out_ns <= self->in_ns))
    self->out_ns = semio_frame_index_get_duration_ns (self->index);
  if (self->in_ns >= self->out_ns)
    self->in_ns = 0;
  begin = semio_time_format (self->in_ns, 1);
  end = semio_time_format (self->out_ns, 1);
  semio_timeline_set_selection (self->timeline, self->in_ns, self->out_ns);
  text = g_strdup_printf (_ ("Selection %s to %s. Ctrl+L plays it again and again."), begin, end);
  notify_text (self, text);
}

void
semio_review_playback_toggle_loop (SemioReviewPlayback *self, SemioSpan fallback)
{
  SemioSpan loop = { self->in_ns, self->out_ns };

  if (!can_play (self))
    return;
  if (self->loops)
    {
      semio_review_playback_stop (self);
      return;
    }
  if (loop.begin_ns == SEMIO_TIME_NONE || loop.end_ns == SEMIO_TIME_NONE)
    loop = fallback;
  if (loop.end_ns <= loop.begin_ns)
    {
      notify_text (self, _ ("Mark a selection first: I where it begins, O where it ends."));
      return;
    }
  stop_reverse (self);
  break_tracker (self);
  semio_player_play_loop (self->player, loop.begin_ns, loop.end_ns, self->speed);
  self->in_span = TRUE;
  g_signal_emit (self, signals[SIGNAL_PLAYED], 0);
  self->loops = TRUE;
}

gboolean
semio_review_playback_is_audible (SemioReviewPlayback *self)
{
  return can_play (self) && semio_player_get_has_sound (self->player) && semio_player_get_sound_output (self->player)
         && !semio_player_get_muted (self->player) && semio_player_get_volume (self->player) > 0;
}

double
semio_review_playback_get_share (SemioReviewPlayback *self, gint64 recording_id, const SemioSpan *spans, guint n_spans)
{
  SemioPlayTracker *tracker = g_hash_table_lookup (self->trackers, &recording_id);

  return tracker != NULL ? semio_play_tracker_get_share (tracker, spans, n_spans) : 0;
}

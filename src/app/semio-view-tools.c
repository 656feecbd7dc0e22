/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-view-tools.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-compare-window.h"
#include "semio-review-page-private.h"
#include "semio-view-chips.h"
#include "semio-view-memory.h"
#include "semio-view-popover.h"
#include "semio-view-snapshot.h"

/* On both sides of the moment. */
#define AROUND_NS (2 * SEMIO_NS_PER_SECOND)
#define AROUND_SPEED 0.5
/* A key press moves what is zoomed by this share of the view. */
#define PAN_SHARE 0.1

struct _SemioViewTools {
  GObject parent_instance;

  SemioReviewPage *page; /* it owns the tools */
  SemioViewPopover *popover; /* this and the next: the page's widgets own them */
  SemioViewChips *chips;
  gboolean holds_lens; /* while a key is down */
  gboolean takes_over; /* the picture of another recording is being set up */
  gint64 around_ns; /* the moment played around last, SEMIO_TIME_NONE none */
};

G_DEFINE_FINAL_TYPE (SemioViewTools, semio_view_tools, G_TYPE_OBJECT)

static SemioVideoView *
view_of (gpointer tools)
{
  return SEMIO_VIEW_TOOLS (tools)->page->view;
}

static void
zoom_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioVideoView *view = view_of (tools);
  int direction = g_variant_get_int32 (target);

  if (direction == 0)
    semio_video_view_reset_zoom (view);
  else
    semio_video_view_zoom (view, semio_video_view_get_zoom (view) * pow (SEMIO_PICTURE_ZOOM_STEP, direction));
}

static void
pan_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioVideoView *view = view_of (tools);
  int x = 0, y = 0;

  g_variant_get (target, "(ii)", &x, &y);
  semio_video_view_pan (view, x * PAN_SHARE * gtk_widget_get_width (GTK_WIDGET (view)),
                        y * PAN_SHARE * gtk_widget_get_height (GTK_WIDGET (view)));
}

static void
set_lens (SemioViewTools *self, gboolean shown)
{
  semio_video_view_set_lens_shown (self->page->view, shown);
  g_action_group_change_action_state (G_ACTION_GROUP (self->page->actions), "magnifier", g_variant_new_boolean (shown));
}

static void
magnifier_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  set_lens (tools, !semio_video_view_get_lens_shown (view_of (tools)));
}

static void
magnify_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioViewTools *self = tools;

  /* The one that was switched on stays on; the key puts it away. */
  self->holds_lens = !semio_video_view_get_lens_shown (self->page->view);
  set_lens (self, self->holds_lens);
}

static void
rotate_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioPictureChange change = semio_video_view_get_change (view_of (tools));

  change.quarter_turns++;
  semio_video_view_set_change (view_of (tools), change);
}

static void
picture_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  semio_player_controls_open_picture (SEMIO_VIEW_TOOLS (tools)->page->controls);
}

static SemioPlayer *
player_of (SemioViewTools *self)
{
  return semio_review_playback_get_player (self->page->playback);
}

/* What the player knows of fields, on the switch, the popover and the chips. */
static void
refresh_interlaced (SemioViewTools *self)
{
  gboolean interlaced = semio_player_get_interlaced (player_of (self));
  gboolean deinterlaced = semio_player_get_deinterlaced (player_of (self));
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->page->actions), "deinterlace");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), interlaced);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (deinterlaced));
  semio_view_popover_set_interlaced (self->popover, interlaced, deinterlaced);
  semio_view_chips_set_deinterlaced (self->chips, interlaced && deinterlaced);
}

/* By the person, who finds it so again. */
static void
set_deinterlaced (SemioViewTools *self, gboolean deinterlaced)
{
  g_auto (GStrv) kept = NULL;
  g_auto (GStrv) changed = NULL;

  semio_player_set_deinterlaced (player_of (self), deinterlaced);
  if (self->page->review == NULL || self->page->settings == NULL)
    return;
  kept = g_settings_get_strv (self->page->settings, "deinterlaced");
  changed =
      semio_view_memory_mark ((const char *const *) kept, &semio_review_get_recording (self->page->review)->uuid, deinterlaced);
  g_settings_set_strv (self->page->settings, "deinterlaced", (const char *const *) changed);
}

static void
deinterlace_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  set_deinterlaced (tools, !semio_player_get_deinterlaced (player_of (tools)));
}

static void
reset_picture_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  if (semio_player_get_deinterlaced (player_of (tools)))
    set_deinterlaced (tools, FALSE);
  semio_video_view_set_change (view_of (tools), SEMIO_PICTURE_CHANGE_NONE);
}

/* The frame on screen, NULL without a case or a picture. */
static SemioFrame *
get_frame (SemioViewTools *self)
{
  if (self->page->review == NULL || semio_video_view_get_message (self->page->view) != NULL)
    return NULL;
  return semio_video_paintable_get_frame (semio_video_view_get_paintable (self->page->view));
}

static void
copy_time_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioViewTools *self = tools;
  SemioFrame *frame = get_frame (self);
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;

  if (frame == NULL)
    return;
  text = semio_view_snapshot_format_time (frame);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->page)), text);
  /* TRANSLATORS: "%s" is a time and the number of a frame: "0:12.400 f 372" */
  said = g_strdup_printf (_ ("Copied: %s"), text);
  semio_review_page_show_toast (self->page, said);
}

static void
save_frame_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioViewTools *self = tools;
  SemioFrame *frame = get_frame (self);
  SemioFrameIndex *index = self->page->review != NULL ? semio_review_get_frame_index (self->page->review) : NULL;
  GFile *file = self->page->review != NULL ? semio_review_get_file (self->page->review) : NULL;

  if (frame == NULL || index == NULL || file == NULL)
    {
      semio_review_page_show_toast (self->page, _ ("There is no picture to save."));
      return;
    }
  semio_player_pause (player_of (self));
  semio_view_snapshot_show (self->page, file, index, frame->frame, semio_review_get_recording (self->page->review),
                            semio_video_view_get_change (self->page->view),
                            semio_player_get_interlaced (player_of (self)) && semio_player_get_deinterlaced (player_of (self)));
}

static void
play_segment_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioViewTools *self = tools;
  SemioSpan span = semio_review_page_get_segment_span (self->page);

  if (span.end_ns > span.begin_ns)
    semio_review_playback_play_span (self->page->playback, span, semio_review_playback_get_speed (self->page->playback));
}

/* Pressed again it plays around the same moment, not around where the picture came to rest. */
static void
play_around_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioViewTools *self = tools;
  SemioFrame *frame = get_frame (self);
  gint64 duration_ns;
  SemioSpan span;

  if (frame == NULL)
    return;
  duration_ns = semio_review_get_duration_ns (self->page->review);
  if (self->around_ns != SEMIO_TIME_NONE)
    {
      SemioSpan last = { self->around_ns - AROUND_NS, MIN (self->around_ns + AROUND_NS, duration_ns) };
      SemioSpan shown = semio_frame_index_get_span (semio_review_get_frame_index (self->page->review), frame->frame);
      gboolean plays = semio_player_get_state (semio_review_playback_get_player (self->page->playback)) == SEMIO_PLAYER_PLAYING;

      if (!semio_span_contains (last, frame->time_ns) || (!plays && shown.end_ns < last.end_ns))
        self->around_ns = SEMIO_TIME_NONE;
    }
  if (self->around_ns == SEMIO_TIME_NONE)
    self->around_ns = frame->time_ns;
  span = (SemioSpan){ MAX (self->around_ns - AROUND_NS, 0), MIN (self->around_ns + AROUND_NS, duration_ns) };
  semio_review_playback_play_span (self->page->playback, span, AROUND_SPEED);
}

static void
compare_cb (GSimpleAction *action, GVariant *target, gpointer tools)
{
  SemioViewTools *self = tools;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  SemioReview *review = self->page->review;
  SemioPlayer *player = semio_review_playback_get_player (self->page->playback);
  SemioFrame *frame = get_frame (self);

  if (review == NULL || !GTK_IS_WINDOW (root) || semio_review_get_file (review) == NULL
      || semio_review_get_frame_index (review) == NULL)
    {
      semio_review_page_show_toast (self->page, _ ("There is no video to compare with another."));
      return;
    }
  semio_player_pause (player);
  /* The picture of a case that is only just opened may still be under way. */
  gtk_window_present (
      GTK_WINDOW (semio_compare_window_new (GTK_WINDOW (root), self->page->study, self->page->settings, review,
                                            frame != NULL ? frame->time_ns : semio_player_get_position_ns (player))));
}

static const GActionEntry entries[] = {
  { .name = "zoom", .activate = zoom_cb, .parameter_type = "i" },
  { .name = "pan", .activate = pan_cb, .parameter_type = "(ii)" },
  { .name = "magnifier", .activate = magnifier_cb, .state = "false" },
  { .name = "magnify", .activate = magnify_cb },
  { .name = "rotate", .activate = rotate_cb },
  { .name = "deinterlace", .activate = deinterlace_cb, .state = "false" },
  { .name = "picture", .activate = picture_cb },
  { .name = "reset-picture", .activate = reset_picture_cb },
  { .name = "copy-time", .activate = copy_time_cb },
  { .name = "save-frame", .activate = save_frame_cb },
  { .name = "play-segment", .activate = play_segment_cb },
  { .name = "play-around", .activate = play_around_cb },
  { .name = "compare", .activate = compare_cb },
};

/* Another recording: its picture as this user left it. */
static void
case_cb (SemioViewTools *self)
{
  g_autoptr (GVariant) kept = NULL;
  g_auto (GStrv) deinterlaced = NULL;
  SemioPictureChange change = SEMIO_PICTURE_CHANGE_NONE;

  self->around_ns = SEMIO_TIME_NONE;
  if (self->page->review != NULL && self->page->settings != NULL)
    {
      kept = g_settings_get_value (self->page->settings, "pictures");
      change = semio_view_memory_find (kept, &semio_review_get_recording (self->page->review)->uuid);
      deinterlaced = g_settings_get_strv (self->page->settings, "deinterlaced");
      semio_player_set_deinterlaced (
          player_of (self),
          semio_view_memory_has ((const char *const *) deinterlaced, &semio_review_get_recording (self->page->review)->uuid));
    }
  self->takes_over = TRUE;
  semio_video_view_set_change (self->page->view, change);
  self->takes_over = FALSE;
}

static void
adjusted_cb (SemioViewTools *self)
{
  g_autoptr (GVariant) kept = NULL;

  if (self->takes_over || self->page->review == NULL || self->page->settings == NULL)
    return;
  kept = g_settings_get_value (self->page->settings, "pictures");
  g_settings_set_value (self->page->settings, "pictures",
                        semio_view_memory_put (kept, &semio_review_get_recording (self->page->review)->uuid,
                                               semio_video_view_get_change (self->page->view)));
}

static void
semio_view_tools_class_init (SemioViewToolsClass *klass)
{
}

static void
semio_view_tools_init (SemioViewTools *self)
{
  self->around_ns = SEMIO_TIME_NONE;
}

/**
 * semio_view_tools_new:
 * @page: the page that owns the tools, with its widgets and its group of actions
 *
 * Returns: (transfer full): the tools
 */
SemioViewTools *
semio_view_tools_new (SemioReviewPage *page)
{
  SemioViewTools *self = g_object_new (SEMIO_TYPE_VIEW_TOOLS, NULL);

  self->page = page;
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), self);
  self->chips = SEMIO_VIEW_CHIPS (semio_view_chips_new (page->view));
  self->popover = SEMIO_VIEW_POPOVER (semio_view_popover_new (page->view));
  gtk_overlay_add_overlay (page->picture, GTK_WIDGET (self->chips));
  semio_player_controls_set_picture_popover (page->controls, GTK_WIDGET (self->popover));
  g_signal_connect_object (page, "notify::case-title", G_CALLBACK (case_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->view, "adjusted", G_CALLBACK (adjusted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player_of (self), "notify::interlaced", G_CALLBACK (refresh_interlaced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player_of (self), "notify::deinterlaced", G_CALLBACK (refresh_interlaced), self, G_CONNECT_SWAPPED);
  refresh_interlaced (self);
  return self;
}

/**
 * semio_view_tools_release:
 * @self: tools
 *
 * A key came up, whichever: the magnifier that a key held goes.
 */
void
semio_view_tools_release (SemioViewTools *self)
{
  if (!self->holds_lens)
    return;
  self->holds_lens = FALSE;
  set_lens (self, FALSE);
}

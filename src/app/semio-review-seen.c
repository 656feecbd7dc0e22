/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model saw, beside the picture as a person sees it. */
#include "semio-review-page-private.h"

static void
seek_cb (SemioReviewPage *self, gint64 time_ns)
{
  semio_review_playback_seek (self->playback, time_ns);
}

static void
play_cb (SemioReviewPage *self, gint64 begin_ns, gint64 end_ns)
{
  SemioSpan span = { begin_ns, end_ns };

  semio_review_playback_play_span (self->playback, span, semio_review_playback_get_speed (self->playback));
}

static void
frame_cb (SemioReviewPage *self)
{
  semio_seen_box_set_time (semio_feature_panel_get_seen_box (self->panel),
                           semio_player_get_position_ns (semio_review_playback_get_player (self->playback)));
}

/**
 * semio_review_page_connect_seen:
 * @self: a page
 *
 * Once, when it is made.
 */
void
semio_review_page_connect_seen (SemioReviewPage *self)
{
  SemioSeenBox *box = semio_feature_panel_get_seen_box (self->panel);

  g_signal_connect_object (box, "seek", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (box, "play", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "frame", G_CALLBACK (frame_cb), self, G_CONNECT_SWAPPED);
}

/**
 * semio_review_page_toggle_seen:
 * @self: a page
 *
 * Shows or folds away what the model saw of the explanation in hand.
 */
void
semio_review_page_toggle_seen (SemioReviewPage *self)
{
  if (semio_rating_controller_get_selected_item (self->controller) != NULL)
    semio_seen_box_toggle (semio_feature_panel_get_seen_box (self->panel));
}

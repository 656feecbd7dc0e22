/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-copy-bar.h"
#include "semio-feature-panel.h"
#include "semio-key-controller.h"
#include "semio-player-controls.h"
#include "semio-rating-clock.h"
#include "semio-rating-controller.h"
#include "semio-review-case-line.h"
#include "semio-review-footer.h"
#include "semio-review-page.h"
#include "semio-review-playback.h"
#include "semio-timeline.h"
#include "semio-video-view.h"
#include "semio-view-tools.h"

G_BEGIN_DECLS

struct _SemioReviewPage {
  GtkWidget parent_instance;

  AdwToastOverlay *toasts;
  AdwToast *state_toast; /* (nullable) (weak) what the player said last, while it is shown or waits */
  GtkPaned *columns;
  GtkPaned *rows;
  GtkOverlay *picture;
  SemioVideoView *view;
  SemioPlayerControls *controls;
  SemioTimeline *timeline;
  SemioReviewCaseLine *case_line;
  SemioCopyBar *copy_bar;
  GtkWidget *side;
  GtkBox *side_box;
  SemioReviewFooter *footer;
  GtkLabel *spoken_label; /* says aloud what happened, to those who listen */

  SemioFeaturePanel *panel;
  SemioRatingController *controller;
  SemioReviewPlayback *playback;
  SemioKeyController *keys;
  SemioViewTools *tools;
  SemioRatingClock *clock;
  GSimpleActionGroup *actions;
  SemioStudy *study;
  SemioReview *review;
  GCancellable *loading; /* (nullable) a case that is being read */
  SemioItemKey wanted; /* the item to open it at */
  gboolean has_wanted;
  gboolean at_segment; /* the picture begins where the item speaks */
  gboolean goes_on; /* it was the queue that led there */
  guint go_on_tick_id; /* until the tick of a rating is painted and the next item comes */
  guint go_on_timeout_id;
  guint n_go_on_frames; /* begun since then */
  SemioItemKey rated; /* what was rated then */
  SemioItemKey in_hand; /* the selected item, to find it again when the review is replaced */
  gint64 person_id;
  int cued; /* segment that was played or chosen last, −1 none */
  GSettings *settings; /* (nullable) */
  SemioFraming *framings; /* by group of features: each remembers its own */
  guint n_framings;
  gboolean has_sized;
  gboolean video_only;
};

/* A sentence that passes by, after those before it. */
void semio_review_page_show_toast (SemioReviewPage *self, const char *text);
/* How the player stands now; it takes the place of how it stood before. */
void semio_review_page_show_state (SemioReviewPage *self, const char *text);
/* Opens a case, at an item or its first open one; goes_on: the queue led there. */
void semio_review_page_load_case (SemioReviewPage *self, gint64 recording_id, const SemioItemKey *key, gboolean goes_on);
/* Opens the item of the queue that follows one; FALSE when all are judged. */
gboolean semio_review_page_go_on_after (SemioReviewPage *self, const SemioItemKey *after, gboolean goes_on);
/* A rating is kept: its tick is painted, then the next item comes. */
void semio_review_page_go_on (SemioReviewPage *self);
/* The next item comes now, before its time: a key is pressed, and it means that item. */
void semio_review_page_settle_going_on (SemioReviewPage *self);
/* The next item does not come any more. */
void semio_review_page_forget_going_on (SemioReviewPage *self);
/* Selects a feature's item of a run, with −1 of the run in hand or any that answered. */
void semio_review_page_choose (SemioReviewPage *self, guint feature, int run);
void semio_review_page_apply_framing (SemioReviewPage *self, SemioFraming framing);
/* Each group of features gets the framing that was kept, or the set's own. */
void semio_review_page_reset_framings (SemioReviewPage *self);
void semio_review_page_fit_controls (SemioReviewPage *self);
/* The event, or the whole recording when nobody knows when it is. */
SemioSpan semio_review_page_get_event_span (SemioReview *review);

/* The segment in hand, else the one at the playhead; empty without a case. */
SemioSpan semio_review_page_get_segment_span (SemioReviewPage *self);

/* What the page's actions are made of. */
SemioRatingController *semio_review_page_get_controller (SemioReviewPage *self);
SemioReviewPlayback *semio_review_page_get_playback (SemioReviewPage *self);
SemioRatingBox *semio_review_page_get_rating_box (SemioReviewPage *self);
/* Another case is being read: nothing on screen is to be judged now. */
gboolean semio_review_page_is_loading (SemioReviewPage *self);
gboolean semio_review_page_is_going_on (SemioReviewPage *self);

void semio_review_page_move_feature (SemioReviewPage *self, int direction);
void semio_review_page_move_run (SemioReviewPage *self, int direction);
void semio_review_page_play_cited (SemioReviewPage *self, int direction);
void semio_review_page_set_framing (SemioReviewPage *self, SemioFraming framing);
void semio_review_page_go_next (SemioReviewPage *self);
void semio_review_page_toggle_done (SemioReviewPage *self);
void semio_review_page_toggle_reference (SemioReviewPage *self);
void semio_review_page_toggle_runs (SemioReviewPage *self);
void semio_review_page_toggle_full_screen (SemioReviewPage *self);
/* Has a copy for quick steps made, or takes it away. */
void semio_review_page_toggle_copy (SemioReviewPage *self);
/* Bookmarks, and which lanes of the timeline are shown. */
void semio_review_page_connect_notes (SemioReviewPage *self);
void semio_review_page_restore_lanes (SemioReviewPage *self);
/* Where the first segment begins that speaks for an item; SEMIO_TIME_NONE when it is of the whole recording. */
gint64 semio_review_page_find_segment_time (SemioReview *review, const SemioItemKey *key);
void semio_review_page_open_bookmark (SemioReviewPage *self);
void semio_review_page_go_bookmark (SemioReviewPage *self, int direction);

/* What the model saw of the explanation in hand. */
void semio_review_page_connect_seen (SemioReviewPage *self);
void semio_review_page_toggle_seen (SemioReviewPage *self);

/* The group "review" with all actions of the page, which outlives it. */
GSimpleActionGroup *semio_review_actions_new (SemioReviewPage *page);

G_END_DECLS

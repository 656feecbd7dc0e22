/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person notes on the timeline, and which of its lanes are shown from one time to the next. */
#include <glib/gi18n-lib.h>

#include "semio-review-page-private.h"

#define LANES_KEY "timeline-lanes"

static void
bookmark_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioReviewPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!semio_study_set_bookmark_finish (SEMIO_STUDY (source), result, &error))
    semio_review_page_show_toast (self, error->message);
  else
    gtk_label_set_text (self->spoken_label, _ ("Bookmark saved"));
}

static void
bookmark_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioReviewPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!semio_study_set_bookmark_finish (SEMIO_STUDY (source), result, &error))
    semio_review_page_show_toast (self, error->message);
  else
    semio_review_page_show_toast (self, _ ("Bookmark removed. Ctrl+Z brings it back."));
}

static void
edit_bookmark_cb (SemioReviewPage *self, gint64 time_ns, const char *text)
{
  if (self->review == NULL || self->study == NULL)
    return;
  semio_study_set_bookmark_async (self->study, self->review, time_ns, text, text != NULL ? bookmark_set_cb : bookmark_removed_cb,
                                  g_object_ref (self));
}

static void
spoken_cb (SemioReviewPage *self, const char *text)
{
  gtk_label_set_text (self->spoken_label, text);
}

static void
signals_shown_cb (SemioReviewPage *self)
{
  const char *names[SEMIO_SIGNAL_LANE_N_KINDS + 1] = { NULL };
  guint n = 0;

  if (self->settings == NULL)
    return;
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    if (semio_timeline_get_signal_shown (self->timeline, (SemioSignalLaneKind) i))
      names[n++] = semio_signal_lane_kind_get_name ((SemioSignalLaneKind) i);
  g_settings_set_strv (self->settings, LANES_KEY, names);
}

/**
 * semio_review_page_connect_notes:
 * @self: a page
 *
 * Once, when it is made.
 */
void
semio_review_page_connect_notes (SemioReviewPage *self)
{
  g_signal_connect_object (self->timeline, "edit-bookmark", G_CALLBACK (edit_bookmark_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "signals-shown", G_CALLBACK (signals_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "spoken", G_CALLBACK (spoken_cb), self, G_CONNECT_SWAPPED);
}

/**
 * semio_review_page_restore_lanes:
 * @self: a page with settings
 *
 * Shows the lanes of sound and picture that the user chose last.
 */
void
semio_review_page_restore_lanes (SemioReviewPage *self)
{
  g_auto (GStrv) names = g_settings_get_strv (self->settings, LANES_KEY);

  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    semio_timeline_set_signal_shown (
        self->timeline, (SemioSignalLaneKind) i,
        g_strv_contains ((const char *const *) names, semio_signal_lane_kind_get_name ((SemioSignalLaneKind) i)));
}

/**
 * semio_review_page_open_bookmark:
 * @self: a page
 *
 * A bookmark at the frame that is shown; says why not when there can be none.
 */
void
semio_review_page_open_bookmark (SemioReviewPage *self)
{
  if (self->review == NULL)
    return;
  if (semio_study_is_read_only (self->study))
    semio_review_page_show_toast (self, semio_study_get_read_only_reason (self->study));
  else if (semio_review_get_person_id (self->review) == 0)
    semio_review_page_show_toast (self, _ ("Nobody is chosen whose bookmark it would be. Choose a person first."));
  else if (!semio_timeline_open_bookmark (self->timeline))
    semio_review_page_show_toast (self, _ ("No frame is shown that could be marked."));
}

/**
 * semio_review_page_go_bookmark:
 * @self: a page
 * @direction: -1 to the bookmark before, 1 to the one after
 */
void
semio_review_page_go_bookmark (SemioReviewPage *self, int direction)
{
  if (self->review != NULL && !semio_timeline_go_bookmark (self->timeline, direction))
    semio_review_page_show_toast (self, direction < 0 ? _ ("No bookmark before this frame. Ctrl+B sets one.")
                                                      : _ ("No bookmark after this frame. Ctrl+B sets one."));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lanes of a timeline that show sound and picture: where they stand, what is switched on, and how their data come. */
#include <glib/gi18n-lib.h>

#include "semio-signals.h"
#include "semio-timeline-private.h"

/* A case that is only passed by is not looked at; and the page is shown first. */
#define LOAD_DELAY_MS 400

typedef struct {
  SemioTimeline *timeline; /* the load is cancelled before the timeline goes */
  SemioStudy *study;
  gint64 recording_id;
  GCancellable *cancellable;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->study);
  g_object_unref (load->cancellable);
  g_free (load);
}

static void
update_visible (SemioTimeline *self)
{
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    {
      gboolean has = semio_signal_lane_has_signal (SEMIO_SIGNAL_LANE (self->signal_lanes[i]));

      gtk_widget_set_visible (self->signal_lanes[i], self->signal_shown[i] && (has || self->signals_awaited));
    }
}

/**
 * semio_timeline_add_signal_lanes:
 * @self: a timeline
 *
 * Once, when it is made. They are children that stand under the ruler, and under them the comments.
 */
void
semio_timeline_add_signal_lanes (SemioTimeline *self)
{
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    {
      self->signal_lanes[i] = semio_signal_lane_new (self->axis, self->style, (SemioSignalLaneKind) i);
      self->signal_shown[i] = i == SEMIO_SIGNAL_LANE_WAVEFORM || i == SEMIO_SIGNAL_LANE_MOTION;
      gtk_widget_set_parent (self->signal_lanes[i], GTK_WIDGET (self));
    }
  self->comments = semio_comment_lane_new (self->axis, self->style);
  gtk_widget_set_parent (self->comments, GTK_WIDGET (self));
  update_visible (self);
}

/**
 * semio_timeline_measure_signal_lanes:
 * @self: a timeline
 *
 * Returns: the height of those that are shown
 */
int
semio_timeline_measure_signal_lanes (SemioTimeline *self)
{
  int height_px = 0, lane_px;

  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    {
      if (!gtk_widget_should_layout (self->signal_lanes[i]))
        continue;
      gtk_widget_measure (self->signal_lanes[i], GTK_ORIENTATION_VERTICAL, -1, &lane_px, NULL, NULL, NULL);
      height_px += lane_px;
    }
  if (!gtk_widget_should_layout (self->comments))
    return height_px;
  gtk_widget_measure (self->comments, GTK_ORIENTATION_VERTICAL, -1, &lane_px, NULL, NULL, NULL);
  return height_px + lane_px;
}

/**
 * semio_timeline_allocate_signal_lanes:
 * @self: a timeline
 * @y_px: where the first begins
 * @width_px: of the timeline
 *
 * Returns: where the last ends
 */
int
semio_timeline_allocate_signal_lanes (SemioTimeline *self, int y_px, int width_px)
{
  int lane_px;

  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    {
      if (!gtk_widget_should_layout (self->signal_lanes[i]))
        continue;
      gtk_widget_measure (self->signal_lanes[i], GTK_ORIENTATION_VERTICAL, width_px, &lane_px, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->signal_lanes[i], &(GtkAllocation){ 0, y_px, width_px, lane_px }, -1);
      y_px += lane_px;
    }
  if (!gtk_widget_should_layout (self->comments))
    return y_px;
  gtk_widget_measure (self->comments, GTK_ORIENTATION_VERTICAL, width_px, &lane_px, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->comments, &(GtkAllocation){ 0, y_px, width_px, lane_px }, -1);
  return y_px + lane_px;
}

/**
 * semio_timeline_set_signals:
 * @self: a timeline
 * @signals: (nullable): what was computed
 * @message: (nullable): what the lanes say without it; NULL hides them
 */
void
semio_timeline_set_signals (SemioTimeline *self, SemioSignalSet *signals, const char *message)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  self->signals_awaited = signals == NULL && message != NULL;
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    semio_signal_lane_set_signals (SEMIO_SIGNAL_LANE (self->signal_lanes[i]), signals, message);
  update_visible (self);
}

/**
 * semio_timeline_set_signal_shown:
 * @self: a timeline
 * @kind: which lane
 * @shown: whether it is shown where the recording has the signal
 */
void
semio_timeline_set_signal_shown (SemioTimeline *self, SemioSignalLaneKind kind, gboolean shown)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  self->signal_shown[kind] = shown;
  update_visible (self);
}

/**
 * semio_timeline_get_signal_shown:
 * @self: a timeline
 * @kind: which lane
 *
 * Returns: whether it is switched on
 */
gboolean
semio_timeline_get_signal_shown (SemioTimeline *self, SemioSignalLaneKind kind)
{
  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), FALSE);

  return self->signal_shown[kind];
}

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  Load *load = user_data;
  g_autofree char *message = NULL;

  if (g_cancellable_is_cancelled (load->cancellable))
    return;
  if (fraction < 0)
    message = g_strdup (_ ("Computing…"));
  else
    message = g_strdup_printf (_ ("Computing, %d %%"), (int) (100 * MIN (fraction, 1)));
  semio_timeline_set_signals (load->timeline, NULL, message);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioSignalSet) signals = semio_signals_load_finish (SEMIO_STUDY (source), result, &error);

  if (!g_cancellable_is_cancelled (load->cancellable))
    {
      /* Without a video there is nothing to say that the picture does not say already. */
      gboolean tells = error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                       && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      semio_timeline_set_signals (load->timeline, signals, tells ? error->message : NULL);
    }
  load_free (load);
}

static gboolean
start_cb (gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);
  Load *load = g_new0 (Load, 1);

  self->load_id = 0;
  load->timeline = self;
  load->study = g_object_ref (self->load_study);
  load->cancellable = g_object_ref (self->load_cancellable);
  semio_signals_load_async (load->study, self->load_recording_id, progress_cb, load, load->cancellable, loaded_cb, load);
  return G_SOURCE_REMOVE;
}

/**
 * semio_timeline_load_signals:
 * @self: a timeline
 * @study: (nullable): the study the recording belongs to
 * @recording_id: which
 *
 * What was loaded or being loaded before is dropped; without a study that is all.
 */
void
semio_timeline_load_signals (SemioTimeline *self, SemioStudy *study, gint64 recording_id)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  semio_timeline_stop_signals (self);
  semio_timeline_set_signals (self, NULL, NULL);
  if (study == NULL)
    return;
  self->load_study = g_object_ref (study);
  self->load_recording_id = recording_id;
  self->load_cancellable = g_cancellable_new ();
  self->load_id = g_timeout_add (LOAD_DELAY_MS, start_cb, self);
}

/**
 * semio_timeline_reload_signals:
 * @self: a timeline
 *
 * The video was found, or another one.
 */
void
semio_timeline_reload_signals (SemioTimeline *self)
{
  g_autoptr (SemioStudy) study = self->load_study != NULL ? g_object_ref (self->load_study) : NULL;

  if (study != NULL)
    semio_timeline_load_signals (self, study, self->load_recording_id);
}

/**
 * semio_timeline_stop_signals:
 * @self: a timeline
 *
 * Ends a load; what is shown stays.
 */
void
semio_timeline_stop_signals (SemioTimeline *self)
{
  g_clear_handle_id (&self->load_id, g_source_remove);
  if (self->load_cancellable != NULL)
    g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_clear_object (&self->load_study);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lanes of a timeline that show sound and picture: where they stand, what is switched on, and how their data come. */
#include <glib/gi18n-lib.h>

#include "semio-signals.h"
#include "semio-timeline-private.h"

/* A case that is only passed by is not looked at; and the page is shown first. */
#define LOAD_DELAY_MS 400
/* From here on the time that is left can be told. */
#define LEFT_AFTER_US (2 * G_USEC_PER_SEC)
#define LEFT_AFTER_SHARE 0.02

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
 * Once, when it is made. They are children that stand under the ruler.
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
  update_visible (self);
}

/**
 * semio_timeline_measure_signal_lanes:
 * @self: a timeline
 *
 * Returns: the height of those that are shown, those of notes too
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
  for (guint i = 0; i < SEMIO_TIMELINE_N_NOTE_LANES; i++)
    {
      if (!gtk_widget_should_layout (self->note_lanes[i]))
        continue;
      gtk_widget_measure (self->note_lanes[i], GTK_ORIENTATION_VERTICAL, -1, &lane_px, NULL, NULL, NULL);
      height_px += lane_px;
    }
  return height_px;
}

static int
allocate_lane (GtkWidget *lane, int y_px, int width_px)
{
  int lane_px;

  if (!gtk_widget_should_layout (lane))
    return y_px;
  gtk_widget_measure (lane, GTK_ORIENTATION_VERTICAL, width_px, &lane_px, NULL, NULL, NULL);
  gtk_widget_size_allocate (lane, &(GtkAllocation){ 0, y_px, width_px, lane_px }, -1);
  return y_px + lane_px;
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
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    y_px = allocate_lane (self->signal_lanes[i], y_px, width_px);
  for (guint i = 0; i < SEMIO_TIMELINE_N_NOTE_LANES; i++)
    y_px = allocate_lane (self->note_lanes[i], y_px, width_px);
  return y_px;
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

  self->signal_shown[kind] = !!shown;
  g_simple_action_set_state (self->lane_actions[kind], g_variant_new_boolean (!!shown));
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

/**
 * semio_timeline_describe_progress:
 * @fraction: how far the computation is, negative when not known
 * @begin_fraction: how far it was when it was first looked at
 * @elapsed_us: how long ago that was
 *
 * What is left is told only when enough was done for it to be more than a guess.
 *
 * Returns: (transfer full): a sentence for the lanes
 */
char *
semio_timeline_describe_progress (double fraction, double begin_fraction, gint64 elapsed_us)
{
  double done = MIN (fraction, 1) - begin_fraction;
  int percent = (int) (100 * CLAMP (fraction, 0, 1));
  gint64 left_s;

  if (fraction < 0)
    return g_strdup (_ ("Waveform and motion are being computed"));
  if (elapsed_us < LEFT_AFTER_US || done < LEFT_AFTER_SHARE)
    return g_strdup_printf (_ ("Waveform and motion: %d %%"), percent);
  left_s = (gint64) ((1 - MIN (fraction, 1)) * (double) elapsed_us / done / G_USEC_PER_SEC);
  if (left_s < 60)
    return g_strdup_printf (_ ("Waveform and motion: %d %%, less than a minute left"), percent);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Waveform and motion: %d %%, about %d min left",
                                       "Waveform and motion: %d %%, about %d min left", (gulong) ((left_s + 30) / 60)),
                          percent, (int) ((left_s + 30) / 60));
}

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  Load *load = user_data;
  SemioTimeline *self = load->timeline;
  g_autofree char *message = NULL;
  gint64 now_us = g_get_monotonic_time ();

  if (g_cancellable_is_cancelled (load->cancellable))
    return;
  if (self->load_begin_us == 0 && fraction >= 0)
    {
      self->load_begin_us = now_us;
      self->load_begin_fraction = fraction;
    }
  message = semio_timeline_describe_progress (fraction, self->load_begin_fraction, now_us - self->load_begin_us);
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
    {
      semio_timeline_load_speech (self, NULL, 0, NULL);
      return;
    }
  self->load_study = g_object_ref (study);
  self->load_recording_id = recording_id;
  self->load_begin_us = 0;
  self->load_begin_fraction = 0;
  self->load_cancellable = g_cancellable_new ();
  semio_timeline_load_speech (self, study, recording_id, self->load_cancellable);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signal-lane.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-signal-painter.h"

#define EDGE_PX 12
#define GAP_PX 8
#define PADDING_PX 2
#define QUARTER_PX 14
#define QUARTER_GAP_PX 2
#define N_QUARTERS 4

struct _SemioSignalLane {
  SemioTimelineLayer parent_instance;
  SemioSignalLaneKind kind;
  SemioSignalSet *signals; /* (nullable) */
  char *message; /* (nullable) */
  PangoLayout *label, *sentence; /* (nullable) */
  PangoLayout *quarters[N_QUARTERS]; /* (nullable) each */
  guint64 n_snapshots;
};

G_DEFINE_FINAL_TYPE (SemioSignalLane, semio_signal_lane, SEMIO_TYPE_TIMELINE_LAYER)

static const struct {
  const char *name, *label;
  int height_px;
} kinds[SEMIO_SIGNAL_LANE_N_KINDS] = {
  [SEMIO_SIGNAL_LANE_THUMBS] = { "thumbs", N_ ("Pictures"), 44 },
  [SEMIO_SIGNAL_LANE_WAVEFORM] = { "waveform", N_ ("Waveform"), 34 },
  [SEMIO_SIGNAL_LANE_SPECTROGRAM] = { "spectrogram", N_ ("Spectrogram"), 48 },
  [SEMIO_SIGNAL_LANE_MOTION] = { "motion", N_ ("Motion"), 28 },
  [SEMIO_SIGNAL_LANE_QUARTERS] = { "quarters", N_ ("Motion by quarter"),
                                   N_QUARTERS *(QUARTER_PX + QUARTER_GAP_PX) + 2 * PADDING_PX },
};

/**
 * semio_signal_lane_kind_get_label:
 * @kind: a kind
 *
 * Returns: its name for people
 */
const char *
semio_signal_lane_kind_get_label (SemioSignalLaneKind kind)
{
  return _ (kinds[kind].label);
}

/**
 * semio_signal_lane_kind_get_name:
 * @kind: a kind
 *
 * Returns: its name for actions
 */
const char *
semio_signal_lane_kind_get_name (SemioSignalLaneKind kind)
{
  return kinds[kind].name;
}

static SemioSignalKind
get_pyramid_kind (SemioSignalLaneKind kind)
{
  return kind == SEMIO_SIGNAL_LANE_WAVEFORM ? SEMIO_SIGNAL_WAVEFORM
         : kind == SEMIO_SIGNAL_LANE_MOTION ? SEMIO_SIGNAL_MOTION
                                            : SEMIO_SIGNAL_MOTION_TOP_LEFT;
}

/* The four under one another, by one scale: only so can a side be compared with the other. */
static void
draw_quarters (SemioSignalLane *self, cairo_t *cr, double y_px)
{
  float most = 0;

  for (guint i = 0; i < N_QUARTERS; i++)
    {
      SemioSignalPyramid *pyramid = self->signals->pyramids[SEMIO_SIGNAL_MOTION_TOP_LEFT + i];

      if (pyramid != NULL)
        most = MAX (most, semio_signal_pyramid_get_range (pyramid).maximum);
    }
  for (guint i = 0; i < N_QUARTERS; i++)
    {
      SemioSignalPyramid *pyramid = self->signals->pyramids[SEMIO_SIGNAL_MOTION_TOP_LEFT + i];

      if (pyramid != NULL)
        semio_signal_painter_draw_motion (SEMIO_TIMELINE_LAYER (self), cr, pyramid, most,
                                          y_px + i * (QUARTER_PX + QUARTER_GAP_PX), QUARTER_PX);
    }
}

static void
draw_signal (SemioSignalLane *self, cairo_t *cr)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  double y_px = PADDING_PX, height_px = kinds[self->kind].height_px - 2 * PADDING_PX;

  switch (self->kind)
    {
    case SEMIO_SIGNAL_LANE_THUMBS:
      semio_signal_painter_draw_thumbs (layer, cr, self->signals->thumbs, y_px, height_px);
      break;
    case SEMIO_SIGNAL_LANE_WAVEFORM:
      semio_signal_painter_draw_waveform (layer, cr, self->signals->pyramids[SEMIO_SIGNAL_WAVEFORM], y_px, height_px);
      break;
    case SEMIO_SIGNAL_LANE_SPECTROGRAM:
      semio_signal_painter_draw_spectrogram (layer, cr, self->signals->spectrogram, y_px, height_px);
      break;
    case SEMIO_SIGNAL_LANE_MOTION:
      semio_signal_painter_draw_motion (layer, cr, self->signals->pyramids[SEMIO_SIGNAL_MOTION],
                                        semio_signal_pyramid_get_range (self->signals->pyramids[SEMIO_SIGNAL_MOTION]).maximum,
                                        y_px, height_px);
      break;
    case SEMIO_SIGNAL_LANE_QUARTERS:
    default:
      draw_quarters (self, cr, y_px);
      break;
    }
}

static void
append_text (SemioSignalLane *self, GtkSnapshot *snapshot, PangoLayout **layout, const char *text, double x, int width_px)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  int height_px;

  if (*layout == NULL)
    *layout = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), GTK_WIDGET (self),
                                                  SEMIO_TIMELINE_TEXT_LABEL, text);
  pango_layout_set_width (*layout, MAX (width_px, 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (*layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (*layout, NULL, &height_px);
  semio_timeline_layer_append_text (layer, snapshot, *layout, SEMIO_TIMELINE_COLOR_TEXT, x,
                                    floor ((gtk_widget_get_height (GTK_WIDGET (self)) - height_px) / 2.0));
}

/* Which quarter each row is, at the right end of the label column. Returns where the names begin. */
static double
append_quarter_names (SemioSignalLane *self, GtkSnapshot *snapshot)
{
  static const char *const names[N_QUARTERS] = { N_ ("top left"), N_ ("top right"), N_ ("bottom left"), N_ ("bottom right") };
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  double right = semio_timeline_layer_get_track_x (layer) - GAP_PX / 2.0, left = right;

  for (guint i = 0; i < N_QUARTERS; i++)
    {
      int width_px, height_px;

      if (self->quarters[i] == NULL)
        self->quarters[i] = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), GTK_WIDGET (self),
                                                                SEMIO_TIMELINE_TEXT_WORD, _ (names[i]));
      pango_layout_get_pixel_size (self->quarters[i], &width_px, &height_px);
      semio_timeline_layer_append_text (layer, snapshot, self->quarters[i], SEMIO_TIMELINE_COLOR_DIM, right - width_px,
                                        PADDING_PX + floor (i * (QUARTER_PX + QUARTER_GAP_PX) + (QUARTER_PX - height_px) / 2.0));
      left = MIN (left, right - width_px);
    }
  return left;
}

static void
semio_signal_lane_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioSignalLane *self = SEMIO_SIGNAL_LANE (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  int track_x = semio_timeline_layer_get_track_x (layer), width_px = gtk_widget_get_width (widget);
  double label_end = track_x;

  self->n_snapshots++;
  if (self->kind == SEMIO_SIGNAL_LANE_QUARTERS)
    label_end = append_quarter_names (self, snapshot);
  append_text (self, snapshot, &self->label, semio_signal_lane_kind_get_label (self->kind), EDGE_PX,
               (int) label_end - EDGE_PX - GAP_PX);
  if (semio_signal_lane_has_signal (self))
    {
      cairo_t *cr = semio_timeline_layer_append_drawing (layer, snapshot);

      draw_signal (self, cr);
      cairo_destroy (cr);
    }
  else if (self->message != NULL)
    append_text (self, snapshot, &self->sentence, self->message, track_x + GAP_PX, width_px - track_x - 2 * GAP_PX);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, gtk_widget_get_height (widget) - 1, width_px,
                                    1);
}

static void
semio_signal_lane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? kinds[SEMIO_SIGNAL_LANE (widget)->kind].height_px : 0;
}

static void
semio_signal_lane_dispose (GObject *object)
{
  SemioSignalLane *self = SEMIO_SIGNAL_LANE (object);

  g_clear_object (&self->label);
  g_clear_object (&self->sentence);
  for (guint i = 0; i < N_QUARTERS; i++)
    g_clear_object (&self->quarters[i]);
  g_clear_pointer (&self->signals, semio_signal_set_unref);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (semio_signal_lane_parent_class)->dispose (object);
}

static void
semio_signal_lane_class_init (SemioSignalLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_signal_lane_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = semio_signal_lane_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = semio_signal_lane_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
semio_signal_lane_init (SemioSignalLane *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
update_accessible (SemioSignalLane *self)
{
  const char *label = semio_signal_lane_kind_get_label (self->kind);
  /* Translators: a lane of the timeline and how far its computation is. */
  g_autofree char *sentence = self->message != NULL ? g_strdup_printf (_ ("%s. %s"), label, self->message) : g_strdup (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

/**
 * semio_signal_lane_new:
 * @axis: what is visible
 * @style: how it looks
 * @kind: which signal
 *
 * Returns: (transfer floating): a lane without its signal
 */
GtkWidget *
semio_signal_lane_new (SemioAxis *axis, SemioTimelineStyle *style, SemioSignalLaneKind kind)
{
  SemioSignalLane *self = g_object_new (SEMIO_TYPE_SIGNAL_LANE, NULL);

  self->kind = kind;
  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  update_accessible (self);
  return GTK_WIDGET (self);
}

/**
 * semio_signal_lane_set_signals:
 * @self: a lane
 * @signals: (nullable): what was computed
 * @message: (nullable): what to say without them
 */
void
semio_signal_lane_set_signals (SemioSignalLane *self, SemioSignalSet *signals, const char *message)
{
  if (signals == self->signals && g_strcmp0 (message, self->message) == 0)
    return;
  if (signals != NULL)
    semio_signal_set_ref (signals);
  g_clear_pointer (&self->signals, semio_signal_set_unref);
  self->signals = signals;
  g_free (self->message);
  self->message = g_strdup (message);
  update_accessible (self);
  semio_signal_lane_reset (self);
}

/**
 * semio_signal_lane_has_signal:
 * @self: a lane
 *
 * Returns: whether there is anything to draw
 */
gboolean
semio_signal_lane_has_signal (SemioSignalLane *self)
{
  if (self->signals == NULL)
    return FALSE;
  if (self->kind == SEMIO_SIGNAL_LANE_THUMBS)
    return self->signals->thumbs != NULL;
  if (self->kind == SEMIO_SIGNAL_LANE_SPECTROGRAM)
    return self->signals->spectrogram != NULL;
  return self->signals->pyramids[get_pyramid_kind (self->kind)] != NULL;
}

/**
 * semio_signal_lane_reset:
 * @self: a lane
 *
 * Drops what was laid out before.
 */
void
semio_signal_lane_reset (SemioSignalLane *self)
{
  g_clear_object (&self->label);
  g_clear_object (&self->sentence);
  for (guint i = 0; i < N_QUARTERS; i++)
    g_clear_object (&self->quarters[i]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_signal_lane_get_n_snapshots:
 * @self: a lane
 *
 * Returns: how often it was painted
 */
guint64
semio_signal_lane_get_n_snapshots (SemioSignalLane *self)
{
  return self->n_snapshots;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-ruler.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Least distance of two labels, in heights of the ruler, which follow the font. */
#define LABEL_DISTANCE_HEIGHTS 2.8
#define LABEL_INSET_PX 5
#define MINOR_TICK_PX 4
#define WORD_INSET_PX 4
#define MAX_LABELS 200

typedef enum {
  WORD_ONSET,
  WORD_EVENT,
  WORD_OFFSET,
  N_WORDS,
} EventWord;

struct _SemioTimelineRuler {
  SemioTimelineLayer parent_instance;
  SemioEvent event;
  gint64 end_ns;
  GHashTable *labels; /* from time in ns to its layout, of one distance of ticks */
  gint64 labels_tick_ns;
  PangoLayout *words[N_WORDS];
};

G_DEFINE_FINAL_TYPE (SemioTimelineRuler, semio_timeline_ruler, SEMIO_TYPE_TIMELINE_LAYER)

static PangoLayout *
get_label (SemioTimelineRuler *self, gint64 time_ns, gint64 tick_ns)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  PangoLayout *layout;

  if (self->labels_tick_ns != tick_ns)
    g_hash_table_remove_all (self->labels);
  self->labels_tick_ns = tick_ns;
  layout = g_hash_table_lookup (self->labels, &time_ns);
  if (layout == NULL)
    {
      g_autofree char *text = semio_time_format (time_ns, semio_axis_get_tick_decimals (tick_ns));
      gint64 *key = g_new (gint64, 1);

      layout = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), GTK_WIDGET (self),
                                                   SEMIO_TIMELINE_TEXT_RULER, text);
      *key = time_ns;
      g_hash_table_insert (self->labels, key, layout);
    }
  return layout;
}

static void
append_ticks (SemioTimelineRuler *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  SemioAxis *axis = semio_timeline_layer_get_axis (layer);
  SemioSpan visible = semio_axis_get_visible (axis);
  int height_px = semio_timeline_style_get_ruler_height (semio_timeline_layer_get_style (layer));
  guint n_minor;
  gint64 tick_ns = semio_axis_choose_tick (axis, LABEL_DISTANCE_HEIGHTS * height_px, &n_minor);

  /* Panning through hours would keep every label that was ever seen. */
  if (g_hash_table_size (self->labels) > MAX_LABELS)
    g_hash_table_remove_all (self->labels);
  for (gint64 time_ns = visible.begin_ns / tick_ns * tick_ns; time_ns <= visible.end_ns; time_ns += tick_ns)
    {
      double x = semio_axis_time_to_pixel (axis, time_ns);
      PangoLayout *label = get_label (self, time_ns, tick_ns);

      semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_OUTLINE, x, 3, 1, height_px - 3);
      /* A label that is cut at the left reads as another time. */
      if (x >= -LABEL_INSET_PX)
        semio_timeline_layer_append_text (layer, snapshot, label, SEMIO_TIMELINE_COLOR_DIM, x + LABEL_INSET_PX, 2);
      for (guint minor = 1; minor < n_minor; minor++)
        {
          gint64 minor_ns = time_ns + tick_ns * minor / n_minor;

          semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_OUTLINE,
                                            semio_axis_time_to_pixel (axis, minor_ns), height_px - MINOR_TICK_PX, 1,
                                            MINOR_TICK_PX);
        }
    }
}

static PangoLayout *
get_word (SemioTimelineRuler *self, EventWord word, int *width_px)
{
  if (self->words[word] == NULL)
    {
      const char *texts[N_WORDS] = { _ ("onset"), _ ("event"), _ ("offset") };

      self->words[word] = semio_timeline_style_create_layout (semio_timeline_layer_get_style (SEMIO_TIMELINE_LAYER (self)),
                                                              GTK_WIDGET (self), SEMIO_TIMELINE_TEXT_WORD, texts[word]);
    }
  pango_layout_get_pixel_size (self->words[word], width_px, NULL);
  return self->words[word];
}

/* The words stand inside the strip as far as it is wide enough: event last of all, since the tint tells it too. */
static void
append_event (SemioTimelineRuler *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  SemioTimelineStyle *style = semio_timeline_layer_get_style (layer);
  SemioAxis *axis = semio_timeline_layer_get_axis (layer);
  double y = semio_timeline_style_get_ruler_height (style);
  double begin_px, end_px, left_px, right_px, room_px;
  int onset_px, event_px, offset_px;
  PangoLayout *onset, *event, *offset;
  SemioSpan span;

  if (!semio_event_get_span (&self->event, self->end_ns, &span))
    return;
  onset = get_word (self, WORD_ONSET, &onset_px);
  event = get_word (self, WORD_EVENT, &event_px);
  offset = get_word (self, WORD_OFFSET, &offset_px);
  begin_px = semio_axis_time_to_pixel (axis, span.begin_ns);
  end_px = semio_axis_time_to_pixel (axis, span.end_ns);
  left_px = MAX (begin_px, 0);
  right_px = MIN (end_px, semio_axis_get_width (axis));
  if (right_px <= left_px)
    return;

  if (begin_px >= 0)
    {
      semio_timeline_layer_append_text (layer, snapshot, onset, SEMIO_TIMELINE_COLOR_EVENT, begin_px + WORD_INSET_PX, y + 1);
      left_px = begin_px + WORD_INSET_PX + onset_px;
    }
  if (self->event.offset_ns != SEMIO_TIME_NONE && end_px <= semio_axis_get_width (axis)
      && end_px - offset_px - WORD_INSET_PX > left_px + 2 * WORD_INSET_PX)
    {
      semio_timeline_layer_append_text (layer, snapshot, offset, SEMIO_TIMELINE_COLOR_EVENT, end_px - offset_px - WORD_INSET_PX,
                                        y + 1);
      right_px = end_px - offset_px - WORD_INSET_PX;
    }
  room_px = right_px - left_px - event_px;
  if (room_px > 4 * WORD_INSET_PX)
    semio_timeline_layer_append_text (layer, snapshot, event, SEMIO_TIMELINE_COLOR_EVENT, floor (left_px + room_px / 2), y + 1);
}

static void
semio_timeline_ruler_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioTimelineRuler *self = SEMIO_TIMELINE_RULER (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);

  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, gtk_widget_get_height (widget) - 1,
                                    gtk_widget_get_width (widget), 1);
  semio_timeline_layer_push_track (layer, snapshot);
  append_ticks (self, snapshot);
  append_event (self, snapshot);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
semio_timeline_ruler_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                              int *minimum_baseline, int *natural_baseline)
{
  SemioTimelineRuler *self = SEMIO_TIMELINE_RULER (widget);
  SemioTimelineStyle *style = semio_timeline_layer_get_style (SEMIO_TIMELINE_LAYER (widget));

  *minimum = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = semio_timeline_style_get_ruler_height (style) + 1;
      if (self->event.onset_ns != SEMIO_TIME_NONE)
        *minimum += semio_timeline_style_get_event_height (style);
    }
  *natural = *minimum;
}

static void
semio_timeline_ruler_dispose (GObject *object)
{
  SemioTimelineRuler *self = SEMIO_TIMELINE_RULER (object);

  for (guint i = 0; i < N_WORDS; i++)
    g_clear_object (&self->words[i]);
  g_clear_pointer (&self->labels, g_hash_table_unref);

  G_OBJECT_CLASS (semio_timeline_ruler_parent_class)->dispose (object);
}

static void
semio_timeline_ruler_class_init (SemioTimelineRulerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_timeline_ruler_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = semio_timeline_ruler_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = semio_timeline_ruler_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
semio_timeline_ruler_init (SemioTimelineRuler *self)
{
  self->event = (SemioEvent) SEMIO_EVENT_INIT;
  self->labels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

static void
update_accessible (SemioTimelineRuler *self)
{
  g_autofree char *onset = NULL, *offset = NULL, *text = NULL;

  if (self->event.onset_ns == SEMIO_TIME_NONE)
    text = g_strdup (_ ("Ruler; onset not known"));
  else
    {
      onset = semio_time_format (self->event.onset_ns, 0);
      if (self->event.offset_ns == SEMIO_TIME_NONE)
        text = g_strdup_printf (_ ("Ruler; onset at %s, offset not known"), onset);
      else
        {
          offset = semio_time_format (self->event.offset_ns, 0);
          text = g_strdup_printf (_ ("Ruler; onset at %s, offset at %s"), onset, offset);
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/**
 * semio_timeline_ruler_new:
 * @axis: what is visible
 * @style: how it looks
 *
 * Returns: (transfer floating): a ruler without an event
 */
GtkWidget *
semio_timeline_ruler_new (SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioTimelineRuler *self = g_object_new (SEMIO_TYPE_TIMELINE_RULER, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  update_accessible (self);
  return GTK_WIDGET (self);
}

/**
 * semio_timeline_ruler_set_event:
 * @self: a ruler
 * @event: (nullable): the event, NULL for none
 * @end_ns: where the recording ends
 */
void
semio_timeline_ruler_set_event (SemioTimelineRuler *self, const SemioEvent *event, gint64 end_ns)
{
  self->event = event != NULL ? *event : (SemioEvent) SEMIO_EVENT_INIT;
  self->end_ns = end_ns;
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * semio_timeline_ruler_reset:
 * @self: a ruler
 *
 * Drops what was laid out in the font before.
 */
void
semio_timeline_ruler_reset (SemioTimelineRuler *self)
{
  g_hash_table_remove_all (self->labels);
  for (guint i = 0; i < N_WORDS; i++)
    g_clear_object (&self->words[i]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

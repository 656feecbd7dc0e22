/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-note-lane.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define HEIGHT_PX 20
#define EDGE_PX 12
#define GAP_PX 8
#define MARK_WIDTH_PX 11
#define MARK_HEIGHT_PX 8
#define TAIL_PX 3
#define FOCUS_PX 2
/* A name that would be shorter than this is left to the tooltip. */
#define MIN_NAME_PX 24

struct _SemioNoteLane {
  SemioTimelineLayer parent_instance;
  SemioNoteLaneKind kind;
  GPtrArray *notes; /* of SemioLaneNote, in order of time */
  int cursor; /* the mark that the keyboard stands on, -1 none */
  PangoLayout *label; /* (nullable) */
};

enum {
  SIGNAL_ACTIVATE,
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioNoteLane, semio_note_lane, SEMIO_TYPE_TIMELINE_LAYER)

static const char *
get_title (SemioNoteLane *self)
{
  switch (self->kind)
    {
    case SEMIO_NOTE_LANE_COMMENTS:
      return _ ("Comments");
    case SEMIO_NOTE_LANE_SPEECH:
      return _ ("Speech");
    case SEMIO_NOTE_LANE_BOOKMARKS:
    default:
      return _ ("Bookmarks");
    }
}

static const SemioLaneNote *
get_note (SemioNoteLane *self, guint index)
{
  return g_ptr_array_index (self->notes, index);
}

static double
get_mark_x (SemioNoteLane *self, guint index)
{
  return semio_axis_time_to_pixel (semio_timeline_layer_get_axis (SEMIO_TIMELINE_LAYER (self)), get_note (self, index)->time_ns);
}

static double
get_mark_top (void)
{
  return floor ((HEIGHT_PX - MARK_HEIGHT_PX - TAIL_PX) / 2.0);
}

/* A balloon whose tail stands on its time. */
static void
trace_balloon (cairo_t *cr, double x)
{
  double top = get_mark_top ();

  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x + MARK_WIDTH_PX, top);
  cairo_line_to (cr, x + MARK_WIDTH_PX, top + MARK_HEIGHT_PX);
  cairo_line_to (cr, x + TAIL_PX, top + MARK_HEIGHT_PX);
  cairo_line_to (cr, x, top + MARK_HEIGHT_PX + TAIL_PX);
  cairo_close_path (cr);
}

/* A pennant whose pole stands on its time. */
static void
trace_flag (cairo_t *cr, double x)
{
  double top = get_mark_top ();

  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x + MARK_WIDTH_PX, top + MARK_HEIGHT_PX / 2.0);
  cairo_line_to (cr, x + 2, top + MARK_HEIGHT_PX);
  cairo_line_to (cr, x + 2, top + MARK_HEIGHT_PX + TAIL_PX);
  cairo_line_to (cr, x, top + MARK_HEIGHT_PX + TAIL_PX);
  cairo_close_path (cr);
}

static void
append_marks (SemioNoteLane *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  cairo_t *cr = semio_timeline_layer_append_drawing (layer, snapshot);
  double width_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer));
  gboolean flags = self->kind == SEMIO_NOTE_LANE_BOOKMARKS;

  for (guint i = 0; i < self->notes->len; i++)
    {
      double x = get_mark_x (self, i);
      gboolean own = get_note (self, i)->own;

      if (x < -MARK_WIDTH_PX || x > width_px)
        continue;
      if (flags)
        trace_flag (cr, own ? x : x + 0.5);
      else
        trace_balloon (cr, x);
      gdk_cairo_set_source_rgba (
          cr, semio_timeline_layer_get_color (layer, flags && own ? SEMIO_TIMELINE_COLOR_ACCENT : SEMIO_TIMELINE_COLOR_DIM));
      /* What others noted is an outline. */
      cairo_set_line_width (cr, 1);
      if (own)
        cairo_fill (cr);
      else
        cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

/* As much of a bookmark's name, or of what was said, as fits before the next one. */
static void
append_names (SemioNoteLane *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  double width_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer));

  for (guint i = 0; i < self->notes->len; i++)
    {
      double x = get_mark_x (self, i) + MARK_WIDTH_PX + 2;
      double end_px = i + 1 < self->notes->len ? MIN (get_mark_x (self, i + 1) - 2, width_px) : width_px;
      g_autoptr (PangoLayout) layout = NULL;
      int height_px;

      if (x < -width_px || x > width_px || end_px - x < MIN_NAME_PX || *get_note (self, i)->name == '\0')
        continue;
      layout = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), GTK_WIDGET (self),
                                                   SEMIO_TIMELINE_TEXT_LABEL, get_note (self, i)->name);
      pango_layout_set_width (layout, (int) (end_px - x) * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_pixel_size (layout, NULL, &height_px);
      semio_timeline_layer_append_text (layer, snapshot, layout, SEMIO_TIMELINE_COLOR_TEXT, floor (x),
                                        floor ((HEIGHT_PX - height_px) / 2.0));
    }
}

/* Round the mark in hand, else round the lane. */
static void
append_focus (SemioNoteLane *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  const GdkRGBA *color = semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_ACCENT);
  const float widths[] = { FOCUS_PX, FOCUS_PX, FOCUS_PX, FOCUS_PX };
  const GdkRGBA colors[] = { *color, *color, *color, *color };
  GskRoundedRect outline;
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)), HEIGHT_PX - 1);

  if (self->cursor >= 0)
    rect = GRAPHENE_RECT_INIT (
        (float) (semio_timeline_layer_get_track_x (layer) + get_mark_x (self, (guint) self->cursor) - FOCUS_PX - 1), 0,
        MARK_WIDTH_PX + 2 * FOCUS_PX + 2, HEIGHT_PX - 1);
  gsk_rounded_rect_init_from_rect (&outline, &rect, 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
semio_note_lane_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioNoteLane *self = SEMIO_NOTE_LANE (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  int height_px;

  if (self->label == NULL)
    self->label = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), widget, SEMIO_TIMELINE_TEXT_LABEL,
                                                      get_title (self));
  pango_layout_set_width (self->label, MAX (semio_timeline_layer_get_track_x (layer) - EDGE_PX - GAP_PX, 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (self->label, NULL, &height_px);
  semio_timeline_layer_append_text (layer, snapshot, self->label, SEMIO_TIMELINE_COLOR_TEXT, EDGE_PX,
                                    floor ((HEIGHT_PX - height_px) / 2.0));
  append_marks (self, snapshot);
  if (self->kind != SEMIO_NOTE_LANE_COMMENTS)
    {
      semio_timeline_layer_push_track (layer, snapshot);
      append_names (self, snapshot);
      gtk_snapshot_restore (snapshot);
      gtk_snapshot_pop (snapshot);
    }
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, HEIGHT_PX - 1, gtk_widget_get_width (widget),
                                    1);
  if (gtk_widget_has_visible_focus (widget))
    append_focus (self, snapshot);
}

static void
semio_note_lane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT_PX : 0;
}

/* All whose marks lie under the point: those of one segment stand on one another. */
static gboolean
semio_note_lane_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  SemioNoteLane *self = SEMIO_NOTE_LANE (widget);
  double track_x = x - semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (widget));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->notes->len; i++)
    {
      double mark_x = get_mark_x (self, i);

      if (keyboard ? (int) i != self->cursor : track_x < mark_x - 1 || track_x > mark_x + MARK_WIDTH_PX)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", get_note (self, i)->text);
    }
  gtk_tooltip_set_text (tooltip, text->str);
  return text->len > 0;
}

static void
semio_note_lane_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GtkStateFlags changed = previous ^ gtk_widget_get_state_flags (widget);

  GTK_WIDGET_CLASS (semio_note_lane_parent_class)->state_flags_changed (widget, previous);
  if ((changed & (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE)) != 0)
    gtk_widget_queue_draw (widget);
}

static void
semio_note_lane_dispose (GObject *object)
{
  g_clear_object (&SEMIO_NOTE_LANE (object)->label);

  G_OBJECT_CLASS (semio_note_lane_parent_class)->dispose (object);
}

static void
semio_note_lane_finalize (GObject *object)
{
  g_ptr_array_unref (SEMIO_NOTE_LANE (object)->notes);

  G_OBJECT_CLASS (semio_note_lane_parent_class)->finalize (object);
}

static void
semio_note_lane_class_init (SemioNoteLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_note_lane_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_note_lane_finalize;
  widget_class->snapshot = semio_note_lane_snapshot;
  widget_class->measure = semio_note_lane_measure;
  widget_class->query_tooltip = semio_note_lane_query_tooltip;
  widget_class->state_flags_changed = semio_note_lane_state_flags_changed;

  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", SEMIO_TYPE_NOTE_LANE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] =
      g_signal_new ("remove", SEMIO_TYPE_NOTE_LANE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ACTIVATE]);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Delete, 0, "remove", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Delete, 0, "remove", NULL);
  gtk_widget_class_set_css_name (widget_class, "semiolane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
semio_note_lane_init (SemioNoteLane *self)
{
  self->notes = g_ptr_array_new ();
  self->cursor = -1;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
update_accessible (SemioNoteLane *self)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *label = NULL;
  g_autofree char *in_hand = semio_note_lane_describe_cursor (self);

  for (guint i = 0; i < self->notes->len; i++)
    {
      g_autofree char *time = semio_time_format (get_note (self, i)->time_ns, 0);

      g_string_append_printf (all, "%s%s %s", i > 0 ? "; " : "", time, get_note (self, i)->text);
    }
  /* Translators: a lane of the timeline, "Comments" or "Bookmarks", and how many stand on it. */
  label = g_strdup_printf (_ ("%s, %u"), get_title (self), self->notes->len);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, in_hand != NULL ? in_hand : all->str, -1);
}

/**
 * semio_note_lane_new:
 * @axis: what is visible
 * @style: how it looks
 * @kind: what stands on it
 *
 * Returns: (transfer floating): a lane without notes
 */
GtkWidget *
semio_note_lane_new (SemioAxis *axis, SemioTimelineStyle *style, SemioNoteLaneKind kind)
{
  SemioNoteLane *self = g_object_new (SEMIO_TYPE_NOTE_LANE, NULL);

  self->kind = kind;
  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  update_accessible (self);
  return GTK_WIDGET (self);
}

/**
 * semio_note_lane_set_notes:
 * @self: a lane
 * @notes: (transfer full) (element-type SemioLaneNote): what it shows, in order of time
 */
void
semio_note_lane_set_notes (SemioNoteLane *self, GPtrArray *notes)
{
  gint64 time_ns = self->cursor >= 0 ? get_note (self, (guint) self->cursor)->time_ns : -1;

  g_ptr_array_unref (self->notes);
  self->notes = notes;
  self->cursor = -1;
  for (guint i = 0; time_ns >= 0 && i < notes->len && self->cursor < 0; i++)
    if (get_note (self, i)->time_ns == time_ns)
      self->cursor = (int) i;
  update_accessible (self);
  gtk_widget_set_visible (GTK_WIDGET (self), notes->len > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_note_lane_get_n_notes:
 * @self: a lane
 *
 * Returns: how many it shows
 */
guint
semio_note_lane_get_n_notes (SemioNoteLane *self)
{
  return self->notes->len;
}

/**
 * semio_note_lane_find:
 * @self: a lane
 * @time_ns: of a frame
 *
 * Returns: (transfer none) (nullable): the person's own note there
 */
const SemioLaneNote *
semio_note_lane_find (SemioNoteLane *self, gint64 time_ns)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (get_note (self, i)->own && get_note (self, i)->time_ns == time_ns)
      return get_note (self, i);
  return NULL;
}

/**
 * semio_note_lane_find_next:
 * @self: a lane
 * @time_ns: where one stands
 * @direction: -1 for the nearest before, 1 for the nearest after
 *
 * Returns: (transfer none) (nullable): it
 */
const SemioLaneNote *
semio_note_lane_find_next (SemioNoteLane *self, gint64 time_ns, int direction)
{
  const SemioLaneNote *before = NULL;

  for (guint i = 0; i < self->notes->len; i++)
    {
      const SemioLaneNote *note = get_note (self, i);

      if (direction > 0 && note->time_ns > time_ns)
        return note;
      if (note->time_ns < time_ns)
        before = note;
    }
  return direction < 0 ? before : NULL;
}

/**
 * semio_note_lane_move_cursor:
 * @self: a lane
 * @direction: -1 to the mark before, 1 to the one after
 * @time_ns: where the first move begins
 *
 * Returns: FALSE without any mark
 */
gboolean
semio_note_lane_move_cursor (SemioNoteLane *self, int direction, gint64 time_ns)
{
  int last = (int) self->notes->len - 1;

  if (last < 0)
    return FALSE;
  if (self->cursor >= 0)
    self->cursor = CLAMP (self->cursor + direction, 0, last);
  else
    {
      int next = 0;

      while (next <= last && get_note (self, (guint) next)->time_ns < time_ns)
        next++;
      /* Onwards the one at the playhead or after it, backwards the one at it or before. */
      if (direction < 0 && (next > last || get_note (self, (guint) next)->time_ns > time_ns))
        next--;
      self->cursor = CLAMP (next, 0, last);
    }
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/**
 * semio_note_lane_get_cursor:
 * @self: a lane
 *
 * Returns: (transfer none) (nullable): the note that the keyboard stands on
 */
const SemioLaneNote *
semio_note_lane_get_cursor (SemioNoteLane *self)
{
  return self->cursor >= 0 ? get_note (self, (guint) self->cursor) : NULL;
}

/**
 * semio_note_lane_describe_cursor:
 * @self: a lane
 *
 * Returns: (transfer full) (nullable): the sentence of the note that the keyboard stands on
 */
char *
semio_note_lane_describe_cursor (SemioNoteLane *self)
{
  const SemioLaneNote *note = semio_note_lane_get_cursor (self);
  g_autofree char *time = NULL;

  if (note == NULL)
    return NULL;
  time = semio_time_format (note->time_ns, 0);
  /* Translators: the second of five, at 0:25, then what it says. */
  return g_strdup_printf (_ ("%d of %u, %s: %s"), self->cursor + 1, self->notes->len, time, note->text);
}

/**
 * semio_note_lane_find_at:
 * @self: a lane
 * @x_px: in the widget's coordinates
 *
 * Returns: (transfer none) (nullable): the note whose mark is there, the uppermost
 */
const SemioLaneNote *
semio_note_lane_find_at (SemioNoteLane *self, double x_px)
{
  double track_x = x_px - semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (self));

  for (guint i = self->notes->len; i > 0; i--)
    if (track_x >= get_mark_x (self, i - 1) - 1 && track_x <= get_mark_x (self, i - 1) + MARK_WIDTH_PX)
      return get_note (self, i - 1);
  return NULL;
}

/**
 * semio_note_lane_reset:
 * @self: a lane
 *
 * Drops what was laid out before.
 */
void
semio_note_lane_reset (SemioNoteLane *self)
{
  g_clear_object (&self->label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

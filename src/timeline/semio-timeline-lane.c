/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-lane.h"

#include <math.h>

#include "semio-cell-painter.h"

#define EDGE_PX 12
#define LABEL_GAP_PX 8
#define FOCUS_PX 2
#define LANE_LINE_PX 1
#define MAX_NAME_LINES 2

struct _SemioTimelineLane {
  SemioTimelineLayer parent_instance;
  SemioLaneSet *set;
  const SemioLane *lane; /* of the set */
  GArray *items; /* what is painted and hit */
  gboolean items_valid;
  gboolean selected;
  int run, segment; /* the cell in hand */
  int cursor_run, cursor_index; /* where the keyboard stands in runs and answers, -1 nowhere */
  PangoLayout *name;
  GPtrArray *run_labels; /* of its runs, then of its persons */
  GskRenderNode *labels; /* (nullable) both, drawn */
  int labels_width_px; /* they were laid out for */
  guint64 n_snapshots;
};

enum {
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioTimelineLane, semio_timeline_lane, SEMIO_TYPE_TIMELINE_LAYER)

static const SemioLaneMetrics *
get_metrics (SemioTimelineLane *self)
{
  return semio_timeline_style_get_metrics (semio_timeline_layer_get_style (SEMIO_TIMELINE_LAYER (self)),
                                           self->set->reference == SEMIO_LANE_REFERENCE_REVEALED);
}

static void
clear_labels (SemioTimelineLane *self)
{
  g_clear_object (&self->name);
  g_ptr_array_set_size (self->run_labels, 0);
  g_clear_pointer (&self->labels, gsk_render_node_unref);
}

static void
set_ellipsized (PangoLayout *layout, int width_px, PangoEllipsizeMode mode)
{
  pango_layout_set_width (layout, MAX (width_px, 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, mode);
}

/* On two lines where one is too short for it and the lane has the height. */
static void
fit_name (SemioTimelineLane *self, int width_px)
{
  int lane_px = semio_lane_layout_get_lane_height (get_metrics (self), self->lane->runs->len, self->lane->persons->len);
  int height_px;

  set_ellipsized (self->name, width_px, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (self->name, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (self->name, -MAX_NAME_LINES);
  pango_layout_get_pixel_size (self->name, NULL, &height_px);
  if (height_px > lane_px - LANE_LINE_PX)
    pango_layout_set_height (self->name, -1);
}

static void
lay_out_labels (SemioTimelineLane *self)
{
  SemioTimelineStyle *style = semio_timeline_layer_get_style (SEMIO_TIMELINE_LAYER (self));
  int track_x = semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (self));
  int run_width_px = semio_timeline_style_get_run_label_width (style);

  if (self->name != NULL && self->labels_width_px == track_x)
    return;
  clear_labels (self);
  self->labels_width_px = track_x;
  self->name = semio_timeline_style_create_layout (
      style, GTK_WIDGET (self), self->selected ? SEMIO_TIMELINE_TEXT_LABEL_SELECTED : SEMIO_TIMELINE_TEXT_LABEL,
      self->lane->label);
  fit_name (self, track_x - EDGE_PX - LABEL_GAP_PX - run_width_px);
  for (guint i = 0; i < self->lane->runs->len; i++)
    {
      const SemioLaneRun *run = g_ptr_array_index (self->lane->runs, i);
      PangoLayout *layout = semio_timeline_style_create_layout (style, GTK_WIDGET (self), SEMIO_TIMELINE_TEXT_RUN, run->label);

      /* The names of runs often differ in their last letters alone. */
      set_ellipsized (layout, run_width_px - LABEL_GAP_PX, PANGO_ELLIPSIZE_START);
      g_ptr_array_add (self->run_labels, layout);
    }
  for (guint i = 0; i < self->lane->persons->len; i++)
    {
      const SemioLanePerson *person = g_ptr_array_index (self->lane->persons, i);
      PangoLayout *layout =
          semio_timeline_style_create_layout (style, GTK_WIDGET (self), SEMIO_TIMELINE_TEXT_WORD, person->label);

      set_ellipsized (layout, run_width_px - LABEL_GAP_PX, PANGO_ELLIPSIZE_END);
      g_ptr_array_add (self->run_labels, layout);
    }
}

/* One drawing, kept until the names, the style or the width of their column change. */
static GskRenderNode *
draw_labels (SemioTimelineLane *self)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  const SemioLaneMetrics *metrics = get_metrics (self);
  int run_width_px = semio_timeline_style_get_run_label_width (semio_timeline_layer_get_style (layer));
  int track_x = semio_timeline_layer_get_track_x (layer);
  int rows_px = semio_lane_layout_get_run_y (metrics, MAX (self->lane->runs->len, 1)) - metrics->gap_px - metrics->padding_px;
  GskRenderNode *node =
      gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) track_x, (float) gtk_widget_get_height (GTK_WIDGET (self))));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  int height_px;

  pango_layout_get_pixel_size (self->name, NULL, &height_px);
  semio_timeline_layer_draw_text (layer, cr, self->name, SEMIO_TIMELINE_COLOR_TEXT, EDGE_PX,
                                  MAX (metrics->padding_px + floor ((rows_px - height_px) / 2.0), 0));
  for (guint i = 0; i < self->run_labels->len; i++)
    {
      PangoLayout *label = g_ptr_array_index (self->run_labels, i);
      guint n_runs = self->lane->runs->len;
      int y =
          i < n_runs ? semio_lane_layout_get_run_y (metrics, i) : semio_lane_layout_get_person_y (metrics, n_runs, i - n_runs);

      pango_layout_get_pixel_size (label, NULL, &height_px);
      semio_timeline_layer_draw_text (layer, cr, label, SEMIO_TIMELINE_COLOR_DIM, track_x - run_width_px,
                                      y + floor ((metrics->run_px - height_px) / 2.0));
    }
  cairo_destroy (cr);
  return node;
}

static void
append_labels (SemioTimelineLane *self, GtkSnapshot *snapshot)
{
  lay_out_labels (self);
  if (self->labels == NULL)
    self->labels = draw_labels (self);
  gtk_snapshot_append_node (snapshot, self->labels);
}

static gboolean
is_item_selected (SemioTimelineLane *self, const SemioLaneItem *item)
{
  const SemioLaneRun *run;

  if (!self->selected || self->run < 0 || item->kind != SEMIO_LANE_ITEM_ANSWER)
    return FALSE;
  run = g_ptr_array_index (self->lane->runs, item->run);
  if ((int) run->run != self->run)
    return FALSE;
  for (guint i = item->first; i < item->first + item->n; i++)
    {
      const SemioLaneAnswer *answer = &g_array_index (run->answers, SemioLaneAnswer, i);

      if (answer->segment == self->segment)
        return TRUE;
    }
  return FALSE;
}

static void
append_items (SemioTimelineLane *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  cairo_t *cr = semio_timeline_layer_append_drawing (layer, snapshot);

  semio_timeline_lane_prepare (self);
  semio_cell_painter_draw (layer, cr, self->lane, self->items);
  for (guint i = 0; self->selected && i < self->items->len; i++)
    {
      const SemioLaneItem *item = &g_array_index (self->items, SemioLaneItem, i);

      if (is_item_selected (self, item))
        semio_cell_painter_draw_selection (layer, cr, item);
    }
  for (guint i = 0; self->cursor_index >= 0 && gtk_widget_has_visible_focus (GTK_WIDGET (self)) && i < self->items->len; i++)
    {
      const SemioLaneItem *item = &g_array_index (self->items, SemioLaneItem, i);

      if (item->kind == SEMIO_LANE_ITEM_ANSWER && (int) item->run == self->cursor_run && (int) item->first <= self->cursor_index
          && (int) (item->first + item->n) > self->cursor_index)
        semio_cell_painter_draw_cursor (layer, cr, item);
    }
  cairo_destroy (cr);
}

static void
append_focus (SemioTimelineLane *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GskRoundedRect outline;
  GdkRGBA color = *semio_timeline_layer_get_color (SEMIO_TIMELINE_LAYER (self), SEMIO_TIMELINE_COLOR_ACCENT);
  const float widths[4] = { FOCUS_PX, FOCUS_PX, FOCUS_PX, FOCUS_PX };
  const GdkRGBA colors[4] = { color, color, color, color };

  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT (1, 1, (float) gtk_widget_get_width (widget) - 2, (float) gtk_widget_get_height (widget) - 2),
      4);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
semio_timeline_lane_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioTimelineLane *self = SEMIO_TIMELINE_LANE (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  int width_px = gtk_widget_get_width (widget), height_px = gtk_widget_get_height (widget);

  if (self->lane == NULL)
    return;
  self->n_snapshots++;
  if (self->selected)
    semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_SELECTED, 0, 0, width_px, height_px);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, height_px - LANE_LINE_PX, width_px,
                                    LANE_LINE_PX);
  append_labels (self, snapshot);
  append_items (self, snapshot);
  if (gtk_widget_has_visible_focus (widget))
    append_focus (self, snapshot);
}

static void
semio_timeline_lane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  SemioTimelineLane *self = SEMIO_TIMELINE_LANE (widget);

  *minimum = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && self->lane != NULL)
    *minimum = semio_lane_layout_get_lane_height (get_metrics (self), self->lane->runs->len, self->lane->persons->len);
  *natural = *minimum;
}

static void
semio_timeline_lane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SEMIO_TIMELINE_LANE (widget)->items_valid = FALSE;
}

static gboolean
semio_timeline_lane_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  SemioTimelineLane *self = SEMIO_TIMELINE_LANE (widget);
  g_autofree char *text = NULL;

  if (self->lane == NULL)
    return FALSE;
  text = keyboard ? semio_lane_set_describe (self->set, self->lane) : semio_timeline_lane_describe (self, x, y);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
semio_timeline_lane_axis_changed (SemioTimelineLayer *layer)
{
  SEMIO_TIMELINE_LANE (layer)->items_valid = FALSE;
}

static void
semio_timeline_lane_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GtkStateFlags changed = previous ^ gtk_widget_get_state_flags (widget);

  GTK_WIDGET_CLASS (semio_timeline_lane_parent_class)->state_flags_changed (widget, previous);
  if ((changed & (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE)) != 0)
    gtk_widget_queue_draw (widget);
}

static void
semio_timeline_lane_dispose (GObject *object)
{
  SemioTimelineLane *self = SEMIO_TIMELINE_LANE (object);

  self->lane = NULL;
  if (self->run_labels != NULL)
    clear_labels (self);
  g_clear_pointer (&self->run_labels, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->set, semio_lane_set_unref);

  G_OBJECT_CLASS (semio_timeline_lane_parent_class)->dispose (object);
}

static void
semio_timeline_lane_class_init (SemioTimelineLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_timeline_lane_dispose;
  widget_class->snapshot = semio_timeline_lane_snapshot;
  widget_class->measure = semio_timeline_lane_measure;
  widget_class->size_allocate = semio_timeline_lane_size_allocate;
  widget_class->query_tooltip = semio_timeline_lane_query_tooltip;
  widget_class->state_flags_changed = semio_timeline_lane_state_flags_changed;
  SEMIO_TIMELINE_LAYER_CLASS (klass)->axis_changed = semio_timeline_lane_axis_changed;

  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", SEMIO_TYPE_TIMELINE_LANE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ACTIVATE]);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "activate", NULL);
  gtk_widget_class_set_css_name (widget_class, "semiolane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
semio_timeline_lane_init (SemioTimelineLane *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (SemioLaneItem));
  self->run_labels = g_ptr_array_new_with_free_func (g_object_unref);
  self->run = self->segment = self->cursor_run = self->cursor_index = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

static void
set_cursor (SemioTimelineLane *self, int run, int index)
{
  g_autofree char *text = NULL;

  self->cursor_run = run;
  self->cursor_index = index;
  if (index >= 0)
    {
      const SemioLaneRun *in = g_ptr_array_index (self->lane->runs, (guint) run);

      text = semio_lane_describe_answer (self->lane, in, &g_array_index (in->answers, SemioLaneAnswer, (guint) index));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_timeline_lane_new:
 * @axis: what is visible
 * @style: how it looks
 *
 * Returns: (transfer floating): a lane that shows nothing yet
 */
GtkWidget *
semio_timeline_lane_new (SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioTimelineLane *self = g_object_new (SEMIO_TYPE_TIMELINE_LANE, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  return GTK_WIDGET (self);
}

/**
 * semio_timeline_lane_set_lane:
 * @self: a lane
 * @set: what is shown
 * @index: of its lane
 */
void
semio_timeline_lane_set_lane (SemioTimelineLane *self, SemioLaneSet *set, guint index)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (SEMIO_IS_TIMELINE_LANE (self));
  g_return_if_fail (index < set->lanes->len);

  semio_lane_set_ref (set);
  g_clear_pointer (&self->set, semio_lane_set_unref);
  self->set = set;
  self->lane = g_ptr_array_index (set->lanes, index);
  set_cursor (self, -1, -1);
  sentence = semio_lane_set_describe (set, self->lane);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  semio_timeline_lane_reset (self);
}

/**
 * semio_timeline_lane_get_lane:
 * @self: a lane
 *
 * Returns: (transfer none): what it shows
 */
const SemioLane *
semio_timeline_lane_get_lane (SemioTimelineLane *self)
{
  return self->lane;
}

/**
 * semio_timeline_lane_set_selected:
 * @self: a lane
 * @selected: whether it is the lane in hand
 * @run: the run in hand, -1 none
 * @segment: the segment in hand, #SEMIO_SEGMENT_WHOLE for the whole
 */
void
semio_timeline_lane_set_selected (SemioTimelineLane *self, gboolean selected, int run, int segment)
{
  selected = !!selected;
  if (self->selected == selected && (!selected || (self->run == run && self->segment == segment)))
    return;
  if (self->selected != selected)
    clear_labels (self);
  self->selected = selected;
  self->run = run;
  self->segment = segment;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_timeline_lane_reset:
 * @self: a lane
 *
 * Drops what was prepared and laid out before.
 */
void
semio_timeline_lane_reset (SemioTimelineLane *self)
{
  self->items_valid = FALSE;
  clear_labels (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * semio_timeline_lane_hit:
 * @self: a lane
 * @x_px: in the widget's coordinates
 * @y_px: in the widget's coordinates
 *
 * Returns: what lies there
 */
SemioLaneHit
semio_timeline_lane_hit (SemioTimelineLane *self, double x_px, double y_px)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);

  if (self->lane == NULL)
    return (SemioLaneHit){ NULL, NULL, NULL, NULL, NULL };
  semio_timeline_lane_prepare (self);
  return semio_lane_layout_hit (self->lane, get_metrics (self), semio_timeline_layer_get_axis (layer), self->items,
                                x_px - semio_timeline_layer_get_track_x (layer), y_px);
}

/**
 * semio_timeline_lane_describe:
 * @self: a lane
 * @x_px: in the widget's coordinates
 * @y_px: in the widget's coordinates
 *
 * Returns: (transfer full) (nullable): what to tell about the point
 */
char *
semio_timeline_lane_describe (SemioTimelineLane *self, double x_px, double y_px)
{
  SemioLaneHit hit;

  if (self->lane == NULL)
    return NULL;
  if (x_px < semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (self)))
    return semio_lane_set_describe (self->set, self->lane);
  hit = semio_timeline_lane_hit (self, x_px, y_px);
  if (hit.answer != NULL)
    return semio_lane_describe_answer (self->lane, hit.run, hit.answer);
  if (hit.item != NULL && hit.item->kind == SEMIO_LANE_ITEM_REFERENCE)
    return semio_lane_describe_reference (self->lane);
  if (hit.judgement != NULL)
    return semio_lane_describe_judgement (self->lane, hit.person, hit.judgement);
  return NULL;
}

/**
 * semio_timeline_lane_get_n_snapshots:
 * @self: a lane
 *
 * Returns: how often it was painted
 */
guint64
semio_timeline_lane_get_n_snapshots (SemioTimelineLane *self)
{
  return self->n_snapshots;
}

/**
 * semio_timeline_lane_get_name_is_cut:
 * @self: a lane that has its place
 *
 * Returns: whether the name of the feature is shown shortened
 */
gboolean
semio_timeline_lane_get_name_is_cut (SemioTimelineLane *self)
{
  if (self->lane == NULL)
    return FALSE;
  lay_out_labels (self);
  return pango_layout_is_ellipsized (self->name);
}

/**
 * semio_timeline_lane_get_span_at:
 * @self: a lane
 * @x_px: in the widget's coordinates
 * @y_px: in the widget's coordinates
 * @span: (out): the interval there
 *
 * Returns: FALSE when none lies there; @span is left alone then
 */
gboolean
semio_timeline_lane_get_span_at (SemioTimelineLane *self, double x_px, double y_px, SemioSpan *span)
{
  SemioLaneHit hit = semio_timeline_lane_hit (self, x_px, y_px);

  if (hit.answer != NULL)
    *span = hit.answer->span;
  else if (hit.judgement != NULL)
    *span = hit.judgement->span;
  else if (hit.item != NULL && hit.item->kind == SEMIO_LANE_ITEM_REFERENCE && self->lane->reference_begin_ns != SEMIO_TIME_NONE
           && self->lane->reference_end_ns != SEMIO_TIME_NONE)
    *span = (SemioSpan){ self->lane->reference_begin_ns, self->lane->reference_end_ns };
  else
    return FALSE;
  return TRUE;
}

/**
 * semio_timeline_lane_prepare:
 * @self: a lane
 *
 * What is painted and what is hit read what this lays out.
 */
void
semio_timeline_lane_prepare (SemioTimelineLane *self)
{
  if (self->items_valid || self->lane == NULL)
    return;
  semio_lane_layout_prepare (self->set, self->lane, get_metrics (self),
                             semio_timeline_layer_get_axis (SEMIO_TIMELINE_LAYER (self)), self->items);
  self->items_valid = TRUE;
}

/**
 * semio_timeline_lane_move_cursor:
 * @self: a lane
 * @direction: -1 to the interval before, 1 to the one after
 * @run: the run in hand, -1 none; where a first move goes
 * @time_ns: of the playhead; where a first move goes
 *
 * Returns: FALSE when there is no interval to stand on
 */
gboolean
semio_timeline_lane_move_cursor (SemioTimelineLane *self, int direction, int run, gint64 time_ns)
{
  const SemioLaneRun *in;
  guint first, n;

  if (self->lane == NULL || self->lane->runs->len == 0)
    return FALSE;
  if (self->cursor_index >= 0)
    {
      in = g_ptr_array_index (self->lane->runs, (guint) self->cursor_run);
      set_cursor (self, self->cursor_run, CLAMP (self->cursor_index + direction, 0, (int) in->answers->len - 1));
      return TRUE;
    }
  self->cursor_run = 0;
  for (guint i = 0; i < self->lane->runs->len; i++)
    {
      if ((int) ((SemioLaneRun *) g_ptr_array_index (self->lane->runs, i))->run == run)
        self->cursor_run = (int) i;
    }
  in = g_ptr_array_index (self->lane->runs, (guint) self->cursor_run);
  if (in->answers->len == 0)
    return FALSE;
  semio_lane_layout_cull (in->answers, (SemioSpan){ time_ns, time_ns + 1 }, &first, &n);
  set_cursor (self, self->cursor_run, (int) MIN (first, in->answers->len - 1));
  return TRUE;
}

/**
 * semio_timeline_lane_get_cursor:
 * @self: a lane
 * @run: (out): whose interval it is
 * @answer: (out): the interval
 *
 * Returns: FALSE while the keyboard stands on none
 */
gboolean
semio_timeline_lane_get_cursor (SemioTimelineLane *self, const SemioLaneRun **run, const SemioLaneAnswer **answer)
{
  if (self->lane == NULL || self->cursor_index < 0)
    return FALSE;
  *run = g_ptr_array_index (self->lane->runs, (guint) self->cursor_run);
  *answer = &g_array_index ((*run)->answers, SemioLaneAnswer, (guint) self->cursor_index);
  return TRUE;
}

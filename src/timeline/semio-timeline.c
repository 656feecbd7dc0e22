/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-event-layer.h"
#include "semio-lane-review.h"
#include "semio-playhead-layer.h"
#include "semio-selection-layer.h"
#include "semio-timeline-private.h"
#include "semio-timeline-ruler.h"

/* When the playhead runs out at the right, the view turns a page and it stands here. */
#define PAGE_SHARE 0.05
#define MIN_TRACK_PX 120
#define NATURAL_LANES_PX 240
#define MIN_LANES_PX 60

enum {
  SIGNAL_SEEK,
  SIGNAL_ACTIVATE_CELL,
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_EDIT_BOOKMARK,
  SIGNAL_SIGNALS_SHOWN,
  SIGNAL_SPOKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioTimeline, semio_timeline, GTK_TYPE_WIDGET)

static void
update_style (SemioTimeline *self)
{
  semio_timeline_style_update (self->style, GTK_WIDGET (self));
  semio_timeline_style_measure_labels (self->style, GTK_WIDGET (self), self->set);
  semio_timeline_ruler_reset (SEMIO_TIMELINE_RULER (self->ruler));
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    semio_signal_lane_reset (SEMIO_SIGNAL_LANE (self->signal_lanes[i]));
  semio_timeline_list_reset (SEMIO_TIMELINE_LIST (self->list));
  semio_selection_layer_reset (SEMIO_SELECTION_LAYER (self->selection_layer));
  semio_hover_layer_reset (SEMIO_HOVER_LAYER (self->hover_layer));
  for (guint i = 0; i < SEMIO_TIMELINE_N_NOTE_LANES; i++)
    semio_note_lane_reset (SEMIO_NOTE_LANE (self->note_lanes[i]));
  semio_minimap_reset (SEMIO_MINIMAP (self->minimap));
  gtk_widget_queue_draw (self->event_ground);
  gtk_widget_queue_draw (self->event_lines);
  gtk_widget_queue_draw (self->playhead_layer);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
show_set (SemioTimeline *self, SemioLaneSet *set, gboolean fit)
{
  const SemioEvent *event = set != NULL ? &set->event : NULL;
  gint64 end_ns = set != NULL ? semio_lane_set_get_end_ns (set) : 0;

  if (set != NULL)
    semio_lane_set_ref (set);
  g_clear_pointer (&self->set, semio_lane_set_unref);
  self->set = set;
  if (fit || end_ns != semio_axis_get_duration (self->axis))
    semio_axis_set_duration (self->axis, end_ns);
  semio_timeline_style_measure_labels (self->style, GTK_WIDGET (self), set);
  semio_timeline_ruler_set_event (SEMIO_TIMELINE_RULER (self->ruler), event, end_ns);
  semio_event_layer_set_event (SEMIO_EVENT_LAYER (self->event_ground), event, end_ns);
  semio_event_layer_set_event (SEMIO_EVENT_LAYER (self->event_lines), event, end_ns);
  semio_minimap_set_event (SEMIO_MINIMAP (self->minimap), event, end_ns);
  semio_timeline_list_set_lane_set (SEMIO_TIMELINE_LIST (self->list), set);
  if (fit)
    semio_timeline_fit_event (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* The lane in hand in the middle of what is seen, unless it is seen already. */
static void
reveal_lane (SemioTimeline *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double value = gtk_adjustment_get_value (adjustment), page = gtk_adjustment_get_page_size (adjustment);
  int y_px, height_px;

  if (!semio_timeline_list_get_lane_range (SEMIO_TIMELINE_LIST (self->list), self->feature, &y_px, &height_px))
    return;
  if (y_px < value || y_px + height_px > value + page)
    gtk_adjustment_set_value (adjustment, y_px + (height_px - page) / 2);
}

static gboolean
reveal_cb (gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);

  self->reveal_id = 0;
  reveal_lane (self);
  return G_SOURCE_REMOVE;
}

static void
review_changed_cb (SemioReview *review, gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);
  g_autoptr (SemioLaneSet) set = semio_lane_review_build (review, self->features);

  semio_axis_set_frame_index (self->axis, semio_review_get_frame_index (review));
  show_set (self, set, FALSE);
  semio_timeline_update_notes (self);
}

static gboolean
show_judged_cb (gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);
  g_autoptr (SemioLaneSet) set = semio_lane_review_build (self->review, self->features);

  self->judged_id = 0;
  show_set (self, set, FALSE);
  return G_SOURCE_REMOVE;
}

/* The person's own judgement stands in a lane only beside those of others; it may come there after the tick was painted. */
static void
item_judged_cb (SemioReview *review, guint item, gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);
  g_autoptr (GPtrArray) others = semio_review_get_others_ratings (review);

  if (others->len > 0 && self->judged_id == 0)
    self->judged_id = g_idle_add_full (G_PRIORITY_LOW, show_judged_cb, self, NULL);
}

static void
media_changed_cb (SemioReview *review, gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);

  semio_axis_set_frame_index (self->axis, semio_review_get_frame_index (review));
  semio_timeline_reload_signals (self);
}

static void
seek_cb (SemioTimelineInput *input, gint64 time_ns, gboolean final, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_SEEK], 0, time_ns, final);
}

static void
activate_cell_cb (SemioTimelineInput *input, int feature, int run, int segment, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_ACTIVATE_CELL], 0, feature, run, segment);
}

/* From the keyboard a lane means the interval that the keyboard stands on, else the run in hand and the segment under the
 * playhead. */
static void
lane_activated_cb (SemioTimelineList *list, SemioTimelineLane *widget, gpointer user_data)
{
  SemioTimeline *self = SEMIO_TIMELINE (user_data);
  const SemioLane *lane = semio_timeline_lane_get_lane (widget);
  int run = lane->runs->len > 0 ? MAX (self->run, 0) : -1;
  int segment = SEMIO_SEGMENT_WHOLE;
  const SemioLaneRun *cursor_run;
  const SemioLaneAnswer *cursor;

  if (semio_timeline_lane_get_cursor (widget, &cursor_run, &cursor))
    {
      g_signal_emit (self, signals[SIGNAL_SEEK], 0, cursor->span.begin_ns, TRUE);
      g_signal_emit (self, signals[SIGNAL_ACTIVATE_CELL], 0, (int) lane->feature, (int) cursor_run->run, cursor->segment);
      return;
    }
  for (guint i = 0; i < lane->runs->len; i++)
    {
      const SemioLaneRun *candidate = g_ptr_array_index (lane->runs, i);
      guint first, n;

      if ((int) candidate->run != run)
        continue;
      semio_lane_layout_cull (candidate->answers, (SemioSpan){ self->position_ns, self->position_ns + 1 }, &first, &n);
      if (n > 0)
        segment = g_array_index (candidate->answers, SemioLaneAnswer, first).segment;
    }
  g_signal_emit (self, signals[SIGNAL_ACTIVATE_CELL], 0, (int) lane->feature, run, segment);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, gpointer user_data)
{
  return semio_timeline_handle_key (SEMIO_TIMELINE (user_data), keyval, state);
}

static void
semio_timeline_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  SemioTimeline *self = SEMIO_TIMELINE (widget);
  int ruler_px, lanes_px = 0, scroller_px, minimap_px;

  gtk_widget_measure (self->ruler, orientation, -1, &ruler_px, NULL, NULL, NULL);
  gtk_widget_measure (self->scroller, orientation, -1, &scroller_px, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (MIN_TRACK_PX * 2, scroller_px);
      *natural = MAX (*minimum, MIN_TRACK_PX * 5);
      return;
    }
  gtk_widget_measure (self->list, orientation, -1, &lanes_px, NULL, NULL, NULL);
  gtk_widget_measure (self->minimap, orientation, -1, &minimap_px, NULL, NULL, NULL);
  ruler_px += semio_timeline_measure_signal_lanes (self) + minimap_px;
  *minimum = ruler_px + MAX (scroller_px, MIN_LANES_PX);
  *natural = MAX (*minimum, ruler_px + MIN (lanes_px, NATURAL_LANES_PX));
}

static void
semio_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SemioTimeline *self = SEMIO_TIMELINE (widget);
  GtkWidget *layers[] = { self->event_ground, self->event_lines, self->selection_layer, self->hover_layer, self->playhead_layer };
  int ruler_px, minimum_px, minimap_px;

  semio_timeline_style_set_available (self->style, width);
  semio_axis_set_width (self->axis, width - semio_timeline_style_get_label_width (self->style));
  gtk_widget_measure (self->minimap, GTK_ORIENTATION_VERTICAL, width, &minimap_px, NULL, NULL, NULL);
  height -= minimap_px;
  gtk_widget_size_allocate (self->minimap, &(GtkAllocation){ 0, height, width, minimap_px }, -1);
  gtk_widget_measure (self->ruler, GTK_ORIENTATION_VERTICAL, width, &ruler_px, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->ruler, &(GtkAllocation){ 0, 0, width, ruler_px }, -1);
  ruler_px = semio_timeline_allocate_signal_lanes (self, ruler_px, width);
  gtk_widget_measure (self->scroller, GTK_ORIENTATION_VERTICAL, width, &minimum_px, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->scroller, &(GtkAllocation){ 0, ruler_px, width, MAX (height - ruler_px, minimum_px) }, -1);
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      /* GTK wants every child measured before it is placed. */
      gtk_widget_measure (layers[i], GTK_ORIENTATION_VERTICAL, width, &minimum_px, NULL, NULL, NULL);
      gtk_widget_size_allocate (layers[i], &(GtkAllocation){ 0, 0, width, height }, -1);
    }
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
semio_timeline_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (semio_timeline_parent_class)->css_changed (widget, change);
  if (SEMIO_TIMELINE (widget)->list != NULL)
    update_style (SEMIO_TIMELINE (widget));
}

static void
clear_review (SemioTimeline *self)
{
  g_clear_handle_id (&self->judged_id, g_source_remove);
  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  g_clear_object (&self->review);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  if (self->axis != NULL)
    semio_axis_set_frame_index (self->axis, NULL);
}

static void
semio_timeline_dispose (GObject *object)
{
  SemioTimeline *self = SEMIO_TIMELINE (object);

  g_clear_handle_id (&self->reveal_id, g_source_remove);
  clear_review (self);
  g_clear_object (&self->input);
  self->list = NULL;
  semio_timeline_stop_signals (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    g_clear_pointer (&self->signal_lanes[i], gtk_widget_unparent);
  for (guint i = 0; i < SEMIO_TIMELINE_N_NOTE_LANES; i++)
    g_clear_pointer (&self->note_lanes[i], gtk_widget_unparent);
  g_clear_pointer (&self->ruler, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->event_ground, gtk_widget_unparent);
  g_clear_pointer (&self->event_lines, gtk_widget_unparent);
  g_clear_pointer (&self->selection_layer, gtk_widget_unparent);
  g_clear_pointer (&self->hover_layer, gtk_widget_unparent);
  g_clear_pointer (&self->playhead_layer, gtk_widget_unparent);
  g_clear_pointer (&self->minimap, gtk_widget_unparent);
  g_clear_pointer (&self->set, semio_lane_set_unref);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->axis);
  g_clear_object (&self->style);

  G_OBJECT_CLASS (semio_timeline_parent_class)->dispose (object);
}

static void
semio_timeline_class_init (SemioTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_timeline_dispose;
  widget_class->measure = semio_timeline_measure;
  widget_class->size_allocate = semio_timeline_size_allocate;
  widget_class->css_changed = semio_timeline_css_changed;

  signals[SIGNAL_SEEK] = g_signal_new ("seek", SEMIO_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                       G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[SIGNAL_ACTIVATE_CELL] = g_signal_new ("activate-cell", SEMIO_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);
  signals[SIGNAL_SELECTION_CHANGED] =
      g_signal_new ("selection-changed", SEMIO_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDIT_BOOKMARK] = g_signal_new ("edit-bookmark", SEMIO_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[SIGNAL_SIGNALS_SHOWN] =
      g_signal_new ("signals-shown", SEMIO_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SPOKEN] =
      g_signal_new ("spoken", SEMIO_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "semiotimeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_children (SemioTimeline *self)
{
  GtkWidget *children[8];

  self->ruler = semio_timeline_ruler_new (self->axis, self->style);
  self->list = semio_timeline_list_new (self->axis, self->style);
  self->scroller = gtk_scrolled_window_new ();
  self->event_ground = semio_event_layer_new (self->axis, self->style, SEMIO_EVENT_LAYER_GROUND);
  self->event_lines = semio_event_layer_new (self->axis, self->style, SEMIO_EVENT_LAYER_LINES);
  self->selection_layer = semio_selection_layer_new (self->axis, self->style, self->selection);
  self->hover_layer = semio_hover_layer_new (self->axis, self->style);
  self->minimap = semio_minimap_new (self->axis, self->style, self->selection);
  self->playhead_layer = semio_playhead_layer_new (self->axis, self->style);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  /* The lanes in it take the focus; stopping at their frame would say nothing. */
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  semio_timeline_list_set_scroll (SEMIO_TIMELINE_LIST (self->list),
                                  gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Lanes"), -1);
  g_signal_connect (self->list, "lane-activated", G_CALLBACK (lane_activated_cb), self);

  /* The last is painted on top: the playhead over the selection over the event's lines over the lanes over the event's ground. */
  children[0] = self->event_ground;
  children[1] = self->ruler;
  children[2] = self->scroller;
  children[3] = self->event_lines;
  children[4] = self->selection_layer;
  children[5] = self->hover_layer;
  children[6] = self->playhead_layer;
  children[7] = self->minimap;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      gtk_widget_set_parent (children[i], GTK_WIDGET (self));
      if (children[i] != self->ruler)
        continue;
      semio_timeline_add_signal_lanes (self);
      semio_timeline_add_note_lanes (self);
    }
}

static void
selection_changed_cb (SemioTimelineSelection *selection, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
semio_timeline_init (SemioTimeline *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->axis = semio_axis_new ();
  self->style = semio_timeline_style_new ();
  self->selection = semio_timeline_selection_new (self->axis);
  g_signal_connect (self->selection, "changed", G_CALLBACK (selection_changed_cb), self);
  self->position_ns = -1;
  self->follow = TRUE;
  self->feature = self->run = self->segment = -1;
  add_children (self);
  semio_timeline_add_menu (self);
  update_style (self);

  self->input =
      semio_timeline_input_new (GTK_WIDGET (self), self->axis, self->style, self->scroller, SEMIO_TIMELINE_LIST (self->list),
                                SEMIO_HOVER_LAYER (self->hover_layer), self->selection);
  g_signal_connect (self->input, "seek", G_CALLBACK (seek_cb), self);
  g_signal_connect (self->input, "activate-cell", G_CALLBACK (activate_cell_cb), self);

  /* Before the scrolled window, which has uses of its own for Page Up and Page Down. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Timeline"), -1);
}

/**
 * semio_timeline_new:
 *
 * Returns: (transfer floating): an empty timeline
 */
GtkWidget *
semio_timeline_new (void)
{
  return g_object_new (SEMIO_TYPE_TIMELINE, NULL);
}

/**
 * semio_timeline_set_review:
 * @self: a timeline
 * @review: (nullable): what to show
 * @features: (nullable): the study's feature set; NULL only without a review
 */
void
semio_timeline_set_review (SemioTimeline *self, SemioReview *review, SemioFeatureSet *features)
{
  g_autoptr (SemioLaneSet) set = NULL;

  g_return_if_fail (SEMIO_IS_TIMELINE (self));
  g_return_if_fail (review == NULL || features != NULL);

  if (review != NULL)
    {
      g_object_ref (review);
      semio_feature_set_ref (features);
    }
  clear_review (self);
  semio_timeline_selection_clear (self->selection);
  self->review = review;
  self->features = review != NULL ? features : NULL;
  if (review != NULL)
    {
      set = semio_lane_review_build (review, features);
      semio_axis_set_frame_index (self->axis, semio_review_get_frame_index (review));
      g_signal_connect (review, "media-changed", G_CALLBACK (media_changed_cb), self);
      g_signal_connect (review, "visibility-changed", G_CALLBACK (review_changed_cb), self);
      g_signal_connect (review, "replaced", G_CALLBACK (review_changed_cb), self);
      g_signal_connect (review, "item-changed", G_CALLBACK (item_judged_cb), self);
    }
  show_set (self, set, TRUE);
  semio_timeline_follow_notes (self);
}

/**
 * semio_timeline_set_lane_set:
 * @self: a timeline
 * @lanes: (nullable): what to show
 */
void
semio_timeline_set_lane_set (SemioTimeline *self, SemioLaneSet *lanes)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  clear_review (self);
  semio_timeline_selection_clear (self->selection);
  show_set (self, lanes, TRUE);
  semio_timeline_follow_notes (self);
}

static void
follow_playhead (SemioTimeline *self)
{
  double width_px = semio_axis_get_width (self->axis);
  double x = semio_axis_time_to_x (self->axis, self->position_ns);

  if (!self->follow || self->position_ns < 0 || semio_timeline_input_is_dragging (self->input))
    return;
  if (x > width_px)
    semio_axis_pan (self->axis, x - PAGE_SHARE * width_px);
  else if (x < 0)
    semio_axis_pan (self->axis, x - width_px / 2);
}

/**
 * semio_timeline_set_position:
 * @self: a timeline
 * @position_ns: time of the frame that is shown, negative for none
 */
void
semio_timeline_set_position (SemioTimeline *self, gint64 position_ns)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  if (self->position_ns == position_ns)
    return;
  self->position_ns = position_ns;
  semio_playhead_layer_set_position (SEMIO_PLAYHEAD_LAYER (self->playhead_layer), position_ns);
  semio_minimap_set_position (SEMIO_MINIMAP (self->minimap), position_ns);
  follow_playhead (self);
}

/**
 * semio_timeline_get_position:
 * @self: a timeline
 *
 * Returns: where the playhead stands, negative for none
 */
gint64
semio_timeline_get_position (SemioTimeline *self)
{
  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), -1);

  return self->position_ns;
}

/**
 * semio_timeline_set_follow:
 * @self: a timeline
 * @follow: whether the view moves when the playhead leaves it
 */
void
semio_timeline_set_follow (SemioTimeline *self, gboolean follow)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  self->follow = !!follow;
  follow_playhead (self);
}

/**
 * semio_timeline_set_selected:
 * @self: a timeline
 * @feature: in hand, -1 none
 * @run: in hand, -1 none
 * @segment: in hand, #SEMIO_SEGMENT_WHOLE for the whole
 */
void
semio_timeline_set_selected (SemioTimeline *self, int feature, int run, int segment)
{
  gboolean moved;

  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  moved = feature != self->feature;
  self->feature = feature;
  self->run = run;
  self->segment = segment;
  semio_timeline_list_set_selected (SEMIO_TIMELINE_LIST (self->list), feature, run, segment);
  /* After the list has its new size. */
  if (moved && feature >= 0 && self->reveal_id == 0)
    self->reveal_id = g_idle_add_full (G_PRIORITY_LOW, reveal_cb, self, NULL);
}

/**
 * semio_timeline_get_track_x:
 * @self: a timeline
 *
 * Returns: width of the label column
 */
int
semio_timeline_get_track_x (SemioTimeline *self)
{
  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), 0);

  return semio_timeline_style_get_label_width (self->style);
}

/**
 * semio_timeline_get_n_lane_snapshots:
 * @self: a timeline
 *
 * Returns: how often a lane was painted so far
 */
guint64
semio_timeline_get_n_lane_snapshots (SemioTimeline *self)
{
  guint64 n;

  g_return_val_if_fail (SEMIO_IS_TIMELINE (self), 0);

  n = semio_timeline_list_get_n_snapshots (SEMIO_TIMELINE_LIST (self->list));
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    n += semio_signal_lane_get_n_snapshots (SEMIO_SIGNAL_LANE (self->signal_lanes[i]));
  return n;
}

/**
 * semio_timeline_prepare:
 * @self: a timeline
 *
 * What is prepared is kept until the view or the lanes change.
 */
void
semio_timeline_prepare (SemioTimeline *self)
{
  g_return_if_fail (SEMIO_IS_TIMELINE (self));

  semio_timeline_list_prepare (SEMIO_TIMELINE_LIST (self->list));
}

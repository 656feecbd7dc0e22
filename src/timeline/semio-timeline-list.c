/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-list.h"

#include "semio-timeline-header.h"

struct _SemioTimelineList {
  GtkWidget parent_instance;
  SemioAxis *axis;
  SemioTimelineStyle *style;
  SemioLaneSet *set;
  GtkAdjustment *scroll; /* (nullable) what of the list is in sight */
  GPtrArray *headers; /* of SemioTimelineHeader, one per group */
  GPtrArray *lanes; /* of SemioTimelineLane, one per lane of the set */
  gboolean *collapsed; /* per group */
  GArray *bands;
  int height_px;
  gboolean bands_valid;
  int feature, run, segment; /* in hand */
  guint64 n_snapshots_before; /* of lanes that are gone */
};

enum {
  SIGNAL_LANE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioTimelineList, semio_timeline_list, GTK_TYPE_WIDGET)

static void
stack (SemioTimelineList *self)
{
  const SemioLaneMetrics *metrics;

  if (self->bands_valid)
    return;
  self->bands_valid = TRUE;
  self->height_px = 0;
  g_array_set_size (self->bands, 0);
  if (self->set == NULL)
    return;
  metrics = semio_timeline_style_get_metrics (self->style, self->set->reference == SEMIO_LANE_REFERENCE_REVEALED);
  self->height_px = semio_lane_layout_stack (self->set, metrics, self->collapsed, self->bands);
}

static void
header_activate_cb (SemioTimelineHeader *header, gpointer user_data)
{
  SemioTimelineList *self = SEMIO_TIMELINE_LIST (user_data);
  guint group;

  if (!g_ptr_array_find (self->headers, header, &group))
    return;
  self->collapsed[group] = !self->collapsed[group];
  semio_timeline_header_set_expanded (header, !self->collapsed[group]);
  for (guint i = 0; i < self->lanes->len; i++)
    {
      SemioTimelineLane *lane = g_ptr_array_index (self->lanes, i);

      if (semio_timeline_lane_get_lane (lane)->group == group)
        gtk_widget_set_visible (GTK_WIDGET (lane), !self->collapsed[group]);
    }
  self->bands_valid = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
lane_activate_cb (SemioTimelineLane *lane, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_LANE_ACTIVATED], 0, lane);
}

static void
remove_children (SemioTimelineList *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    self->n_snapshots_before += semio_timeline_lane_get_n_snapshots (g_ptr_array_index (self->lanes, i));
  g_ptr_array_set_size (self->lanes, 0);
  g_ptr_array_set_size (self->headers, 0);
  g_clear_pointer (&self->collapsed, g_free);
}

/* In the order in which the focus moves through them. */
static void
add_children (SemioTimelineList *self)
{
  guint index = 0;

  self->collapsed = g_new0 (gboolean, MAX (self->set->groups->len, 1));
  for (guint group = 0; group < self->set->groups->len; group++)
    {
      GtkWidget *header = semio_timeline_header_new (self->axis, self->style);

      gtk_widget_set_parent (header, GTK_WIDGET (self));
      g_signal_connect (header, "activate", G_CALLBACK (header_activate_cb), self);
      g_ptr_array_add (self->headers, header);
      for (; index < self->set->lanes->len; index++)
        {
          const SemioLane *lane = g_ptr_array_index (self->set->lanes, index);
          GtkWidget *widget;

          if (lane->group != group)
            break;
          widget = semio_timeline_lane_new (self->axis, self->style);
          gtk_widget_set_parent (widget, GTK_WIDGET (self));
          g_signal_connect (widget, "activate", G_CALLBACK (lane_activate_cb), self);
          g_ptr_array_add (self->lanes, widget);
        }
    }
}

/* The same features in the same groups: the widgets, the focus and what is collapsed stay. */
static gboolean
is_same_shape (SemioLaneSet *a, SemioLaneSet *b)
{
  if (a == NULL || b == NULL || a->groups->len != b->groups->len || a->lanes->len != b->lanes->len)
    return FALSE;
  for (guint i = 0; i < a->lanes->len; i++)
    {
      const SemioLane *lane = g_ptr_array_index (a->lanes, i), *other = g_ptr_array_index (b->lanes, i);

      if (lane->feature != other->feature || lane->group != other->group)
        return FALSE;
    }
  return TRUE;
}

static void
semio_timeline_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  SemioTimelineList *self = SEMIO_TIMELINE_LIST (widget);

  stack (self);
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? self->height_px : 0;
}

static void
semio_timeline_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SemioTimelineList *self = SEMIO_TIMELINE_LIST (widget);

  stack (self);
  for (guint i = 0; i < self->bands->len; i++)
    {
      const SemioLaneBand *band = &g_array_index (self->bands, SemioLaneBand, i);
      GPtrArray *children = band->kind == SEMIO_LANE_BAND_HEADER ? self->headers : self->lanes;
      GtkWidget *child = g_ptr_array_index (children, band->index);
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_size_allocate (child, &(GtkAllocation){ 0, band->y_px, width, MAX (band->height_px, minimum) }, -1);
    }
}

/* Headings and lanes that are in sight, found without looking at the others. */
static void
find_in_sight (SemioTimelineList *self, guint *first, guint *end)
{
  double top_px = self->scroll != NULL ? gtk_adjustment_get_value (self->scroll) : 0;
  double bottom_px = self->scroll != NULL ? top_px + gtk_adjustment_get_page_size (self->scroll) : self->height_px;

  stack (self);
  semio_lane_layout_cull_bands (self->bands, top_px, bottom_px, first, end);
}

static GtkWidget *
get_child (SemioTimelineList *self, guint band_index)
{
  const SemioLaneBand *band = &g_array_index (self->bands, SemioLaneBand, band_index);

  return g_ptr_array_index (band->kind == SEMIO_LANE_BAND_HEADER ? self->headers : self->lanes, band->index);
}

/* Only what is in sight: the cairo renderer looks at every node at every frame, clipped away or not. */
static void
semio_timeline_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioTimelineList *self = SEMIO_TIMELINE_LIST (widget);
  guint first, end;

  find_in_sight (self, &first, &end);
  for (guint i = first; i < end; i++)
    gtk_widget_snapshot_child (widget, get_child (self, i), snapshot);
}

static void
semio_timeline_list_dispose (GObject *object)
{
  SemioTimelineList *self = SEMIO_TIMELINE_LIST (object);

  if (self->lanes != NULL)
    remove_children (self);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->set, semio_lane_set_unref);
  g_clear_object (&self->scroll);
  g_clear_object (&self->axis);
  g_clear_object (&self->style);

  G_OBJECT_CLASS (semio_timeline_list_parent_class)->dispose (object);
}

static void
semio_timeline_list_finalize (GObject *object)
{
  g_array_unref (SEMIO_TIMELINE_LIST (object)->bands);

  G_OBJECT_CLASS (semio_timeline_list_parent_class)->finalize (object);
}

static void
semio_timeline_list_class_init (SemioTimelineListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_timeline_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_timeline_list_finalize;
  widget_class->measure = semio_timeline_list_measure;
  widget_class->size_allocate = semio_timeline_list_size_allocate;
  widget_class->snapshot = semio_timeline_list_snapshot;

  signals[SIGNAL_LANE_ACTIVATED] = g_signal_new ("lane-activated", SEMIO_TYPE_TIMELINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 1, SEMIO_TYPE_TIMELINE_LANE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
semio_timeline_list_init (SemioTimelineList *self)
{
  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->bands = g_array_new (FALSE, FALSE, sizeof (SemioLaneBand));
  self->feature = self->run = self->segment = -1;
}

/**
 * semio_timeline_list_new:
 * @axis: what is visible
 * @style: how it looks
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
semio_timeline_list_new (SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioTimelineList *self = g_object_new (SEMIO_TYPE_TIMELINE_LIST, NULL);

  self->axis = g_object_ref (axis);
  self->style = g_object_ref (style);
  return GTK_WIDGET (self);
}

/**
 * semio_timeline_list_set_scroll:
 * @self: a list
 * @scroll: tells what of the list is in sight
 */
void
semio_timeline_list_set_scroll (SemioTimelineList *self, GtkAdjustment *scroll)
{
  g_return_if_fail (self->scroll == NULL);

  self->scroll = g_object_ref (scroll);
  g_signal_connect_object (scroll, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scroll, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * semio_timeline_list_set_lane_set:
 * @self: a list
 * @set: (nullable): what to show
 */
void
semio_timeline_list_set_lane_set (SemioTimelineList *self, SemioLaneSet *set)
{
  gboolean same = is_same_shape (self->set, set);

  if (set != NULL)
    semio_lane_set_ref (set);
  if (!same)
    remove_children (self);
  g_clear_pointer (&self->set, semio_lane_set_unref);
  self->set = set;
  if (!same && set != NULL)
    add_children (self);
  for (guint i = 0; set != NULL && i < set->groups->len; i++)
    semio_timeline_header_set_label (g_ptr_array_index (self->headers, i), g_ptr_array_index (set->groups, i));
  for (guint i = 0; set != NULL && i < set->lanes->len; i++)
    semio_timeline_lane_set_lane (g_ptr_array_index (self->lanes, i), set, i);
  self->bands_valid = FALSE;
  semio_timeline_list_set_selected (self, self->feature, self->run, self->segment);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * semio_timeline_list_set_selected:
 * @self: a list
 * @feature: in hand, -1 none
 * @run: in hand, -1 none
 * @segment: in hand, #SEMIO_SEGMENT_WHOLE for the whole
 */
void
semio_timeline_list_set_selected (SemioTimelineList *self, int feature, int run, int segment)
{
  self->feature = feature;
  self->run = run;
  self->segment = segment;
  for (guint i = 0; i < self->lanes->len; i++)
    {
      SemioTimelineLane *lane = g_ptr_array_index (self->lanes, i);

      semio_timeline_lane_set_selected (lane, (int) semio_timeline_lane_get_lane (lane)->feature == feature, run, segment);
    }
}

/**
 * semio_timeline_list_reset:
 * @self: a list
 *
 * Drops what was laid out in the font before.
 */
void
semio_timeline_list_reset (SemioTimelineList *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    semio_timeline_lane_reset (g_ptr_array_index (self->lanes, i));
  for (guint i = 0; i < self->headers->len; i++)
    semio_timeline_header_reset (g_ptr_array_index (self->headers, i));
  self->bands_valid = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * semio_timeline_list_get_lane_at:
 * @self: a list
 * @y_px: from its top
 *
 * Returns: (transfer none) (nullable): the lane there
 */
SemioTimelineLane *
semio_timeline_list_get_lane_at (SemioTimelineList *self, double y_px)
{
  const SemioLaneBand *band;

  stack (self);
  band = semio_lane_layout_find_band (self->bands, y_px);
  if (band == NULL || band->kind != SEMIO_LANE_BAND_LANE)
    return NULL;
  return g_ptr_array_index (self->lanes, band->index);
}

/**
 * semio_timeline_list_get_lane_range:
 * @self: a list
 * @feature: which
 * @y_px: (out): top of its lane
 * @height_px: (out): of its lane
 *
 * Returns: FALSE when no lane shows it
 */
gboolean
semio_timeline_list_get_lane_range (SemioTimelineList *self, int feature, int *y_px, int *height_px)
{
  stack (self);
  for (guint i = 0; i < self->bands->len; i++)
    {
      const SemioLaneBand *band = &g_array_index (self->bands, SemioLaneBand, i);

      if (band->kind != SEMIO_LANE_BAND_LANE)
        continue;
      if ((int) semio_timeline_lane_get_lane (g_ptr_array_index (self->lanes, band->index))->feature != feature)
        continue;
      *y_px = band->y_px;
      *height_px = band->height_px;
      return TRUE;
    }
  return FALSE;
}

/**
 * semio_timeline_list_get_n_snapshots:
 * @self: a list
 *
 * Returns: how often a lane was painted so far
 */
guint64
semio_timeline_list_get_n_snapshots (SemioTimelineList *self)
{
  guint64 n = self->n_snapshots_before;

  for (guint i = 0; i < self->lanes->len; i++)
    n += semio_timeline_lane_get_n_snapshots (g_ptr_array_index (self->lanes, i));
  return n;
}

/**
 * semio_timeline_list_prepare:
 * @self: a list
 *
 * Lanes out of sight are prepared when they come into it.
 */
void
semio_timeline_list_prepare (SemioTimelineList *self)
{
  guint first, end;

  find_in_sight (self, &first, &end);
  for (guint i = first; i < end; i++)
    {
      GtkWidget *child = get_child (self, i);

      if (SEMIO_IS_TIMELINE_LANE (child))
        semio_timeline_lane_prepare (SEMIO_TIMELINE_LANE (child));
    }
}

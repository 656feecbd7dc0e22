/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-comment-lane.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-lane-review.h"

#define HEIGHT_PX 20
#define EDGE_PX 12
#define GAP_PX 8
#define MARK_WIDTH_PX 11
#define MARK_HEIGHT_PX 8
#define TAIL_PX 3

struct _SemioCommentLane {
  SemioTimelineLayer parent_instance;
  GPtrArray *comments; /* of SemioLaneComment, in order of time */
  PangoLayout *label; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SemioCommentLane, semio_comment_lane, SEMIO_TYPE_TIMELINE_LAYER)

static double
get_mark_x (SemioCommentLane *self, const SemioLaneComment *comment)
{
  return semio_axis_time_to_pixel (semio_timeline_layer_get_axis (SEMIO_TIMELINE_LAYER (self)), comment->time_ns);
}

/* A balloon whose tail stands on its time. */
static void
append_marks (SemioCommentLane *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  cairo_t *cr = semio_timeline_layer_append_drawing (layer, snapshot);
  double top = floor ((HEIGHT_PX - MARK_HEIGHT_PX - TAIL_PX) / 2.0),
         width_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer));

  for (guint i = 0; i < self->comments->len; i++)
    {
      double x = get_mark_x (self, g_ptr_array_index (self->comments, i));

      if (x < -MARK_WIDTH_PX || x > width_px)
        continue;
      cairo_move_to (cr, x, top);
      cairo_line_to (cr, x + MARK_WIDTH_PX, top);
      cairo_line_to (cr, x + MARK_WIDTH_PX, top + MARK_HEIGHT_PX);
      cairo_line_to (cr, x + TAIL_PX, top + MARK_HEIGHT_PX);
      cairo_line_to (cr, x, top + MARK_HEIGHT_PX + TAIL_PX);
      cairo_close_path (cr);
    }
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_DIM));
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
semio_comment_lane_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioCommentLane *self = SEMIO_COMMENT_LANE (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  int height_px;

  if (self->label == NULL)
    self->label = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), widget, SEMIO_TIMELINE_TEXT_LABEL,
                                                      _ ("Comments"));
  pango_layout_set_width (self->label, MAX (semio_timeline_layer_get_track_x (layer) - EDGE_PX - GAP_PX, 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (self->label, NULL, &height_px);
  semio_timeline_layer_append_text (layer, snapshot, self->label, SEMIO_TIMELINE_COLOR_TEXT, EDGE_PX,
                                    floor ((HEIGHT_PX - height_px) / 2.0));
  append_marks (self, snapshot);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, HEIGHT_PX - 1, gtk_widget_get_width (widget),
                                    1);
}

static void
semio_comment_lane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                            int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT_PX : 0;
}

/* All comments whose marks lie under the point: those of one segment stand on one another. */
static gboolean
semio_comment_lane_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  SemioCommentLane *self = SEMIO_COMMENT_LANE (widget);
  double track_x = x - semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (widget));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->comments->len; i++)
    {
      const SemioLaneComment *comment = g_ptr_array_index (self->comments, i);
      double mark_x = get_mark_x (self, comment);

      if (track_x < mark_x - 1 || track_x > mark_x + MARK_WIDTH_PX)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", comment->text);
    }
  gtk_tooltip_set_text (tooltip, text->str);
  return text->len > 0;
}

static void
semio_comment_lane_dispose (GObject *object)
{
  g_clear_object (&SEMIO_COMMENT_LANE (object)->label);

  G_OBJECT_CLASS (semio_comment_lane_parent_class)->dispose (object);
}

static void
semio_comment_lane_finalize (GObject *object)
{
  g_ptr_array_unref (SEMIO_COMMENT_LANE (object)->comments);

  G_OBJECT_CLASS (semio_comment_lane_parent_class)->finalize (object);
}

static void
semio_comment_lane_class_init (SemioCommentLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_comment_lane_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_comment_lane_finalize;
  widget_class->snapshot = semio_comment_lane_snapshot;
  widget_class->measure = semio_comment_lane_measure;
  widget_class->query_tooltip = semio_comment_lane_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
semio_comment_lane_init (SemioCommentLane *self)
{
  self->comments = g_ptr_array_new ();
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Comments"), -1);
}

/**
 * semio_comment_lane_new:
 * @axis: what is visible
 * @style: how it looks
 *
 * Returns: (transfer floating): a lane without comments
 */
GtkWidget *
semio_comment_lane_new (SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioCommentLane *self = g_object_new (SEMIO_TYPE_COMMENT_LANE, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  return GTK_WIDGET (self);
}

/**
 * semio_comment_lane_show:
 * @self: a lane
 * @review: (nullable): whose comments are shown
 * @features: (nullable): the study's feature set; NULL only without a review
 */
void
semio_comment_lane_show (SemioCommentLane *self, SemioReview *review, SemioFeatureSet *features)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_ptr_array_unref (self->comments);
  self->comments = review != NULL ? semio_lane_review_build_comments (review, features) : g_ptr_array_new ();
  for (guint i = 0; i < self->comments->len; i++)
    {
      const SemioLaneComment *comment = g_ptr_array_index (self->comments, i);
      g_autofree char *time = semio_time_format (comment->time_ns, 0);

      g_string_append_printf (all, "%s%s %s", i > 0 ? "; " : "", time, comment->text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all->str, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), self->comments->len > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_comment_lane_get_n_comments:
 * @self: a lane
 *
 * Returns: how many it shows
 */
guint
semio_comment_lane_get_n_comments (SemioCommentLane *self)
{
  return self->comments->len;
}

/**
 * semio_comment_lane_reset:
 * @self: a lane
 *
 * Drops what was laid out before.
 */
void
semio_comment_lane_reset (SemioCommentLane *self)
{
  g_clear_object (&self->label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

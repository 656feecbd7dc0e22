/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-wrap-layout.h"

/**
 * SemioWrapLayout:
 *
 * Sets children side by side at their natural width and begins a new line where the next one does not fit, so that no word
 * is cut for want of width. A line is as high as its highest child.
 */
struct _SemioWrapLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SemioWrapLayout, semio_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

#define SPACING_PX 4

static int
get_width (GtkWidget *child, int most_px)
{
  int least_px = 0;
  int natural_px = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_px, &natural_px, NULL, NULL);
  return MAX (least_px, MIN (natural_px, most_px));
}

static int
get_height (GtkWidget *child, int width_px)
{
  int natural_px = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width_px, NULL, &natural_px, NULL, NULL);
  return natural_px;
}

/* The first child after the line that begins at @first; how high that line is. */
static GtkWidget *
measure_line (GtkWidget *first, int width_px, int *height_px)
{
  GtkWidget *child = first;
  int used_px = 0;

  *height_px = 0;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_px = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      child_px = get_width (child, width_px);
      if (used_px > 0 && used_px + child_px > width_px)
        break;
      used_px += child_px + SPACING_PX;
      *height_px = MAX (*height_px, get_height (child, child_px));
    }
  return child;
}

static int
measure_lines (GtkWidget *widget, int width_px)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int total_px = 0;

  while (child != NULL)
    {
      int line_px = 0;

      child = measure_line (child, width_px, &line_px);
      total_px += line_px + (total_px > 0 ? SPACING_PX : 0);
    }
  return total_px;
}

static GtkSizeRequestMode
semio_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
semio_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                           int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = measure_lines (widget, for_size >= 0 ? for_size : G_MAXINT / 2);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least_px = 0;
      int natural_px = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_px, &natural_px, NULL, NULL);
      *minimum = MAX (*minimum, least_px);
      *natural += natural_px + (*natural > 0 ? SPACING_PX : 0);
    }
}

static void
semio_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  gboolean leftward = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y_px = 0;

  while (child != NULL)
    {
      int line_px = 0;
      int x_px = 0;
      GtkWidget *end = measure_line (child, width, &line_px);

      for (; child != end; child = gtk_widget_get_next_sibling (child))
        {
          GtkAllocation place = { .y = y_px, .height = line_px };

          if (!gtk_widget_should_layout (child))
            continue;
          place.width = get_width (child, width);
          place.x = leftward ? width - x_px - place.width : x_px;
          gtk_widget_size_allocate (child, &place, -1);
          x_px += place.width + SPACING_PX;
        }
      y_px += line_px + SPACING_PX;
    }
}

static void
semio_wrap_layout_class_init (SemioWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = semio_wrap_layout_get_request_mode;
  layout_class->measure = semio_wrap_layout_measure;
  layout_class->allocate = semio_wrap_layout_allocate;
}

static void
semio_wrap_layout_init (SemioWrapLayout *self)
{
}

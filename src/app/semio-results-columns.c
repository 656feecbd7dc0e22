/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-columns.h"

/**
 * SemioResultsColumns:
 *
 * Two children side by side where there is room for both, the first somewhat wider; one under the other where there is not.
 */
struct _SemioResultsColumns {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SemioResultsColumns, semio_results_columns, GTK_TYPE_LAYOUT_MANAGER)

#define SPACING_PX 14
#define WIDE_FROM_PX 960
#define FIRST_SHARE 0.62

static gboolean
is_wide (GtkWidget *first, int width_px)
{
  return width_px >= WIDE_FROM_PX && gtk_widget_get_next_sibling (first) != NULL;
}

static int
get_first_px (int width_px)
{
  return (int) ((width_px - SPACING_PX) * FIRST_SHARE);
}

static GtkSizeRequestMode
semio_results_columns_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measure_height (GtkWidget *child, int width_px)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width_px, NULL, &natural, NULL, NULL);
  return natural;
}

static void
semio_results_columns_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                               int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least = 0;
      int usual = 0;

      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          gtk_widget_measure (child, orientation, -1, &least, &usual, NULL, NULL);
          *minimum = MAX (*minimum, least);
          *natural += usual + (child == first ? 0 : SPACING_PX);
          continue;
        }
      if (for_size >= 0 && is_wide (first, for_size))
        *natural = MAX (*natural, measure_height (child, child == first ? get_first_px (for_size)
                                                                        : for_size - get_first_px (for_size) - SPACING_PX));
      else
        *natural += measure_height (child, for_size) + (child == first ? 0 : SPACING_PX);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural;
}

static void
semio_results_columns_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkAllocation place = { 0, 0, width, height };

  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (is_wide (first, width))
        place.width = child == first ? get_first_px (width) : width - get_first_px (width) - SPACING_PX;
      else
        place.height = measure_height (child, width);
      gtk_widget_size_allocate (child, &place, -1);
      if (is_wide (first, width))
        place.x += place.width + SPACING_PX;
      else
        place.y += place.height + SPACING_PX;
    }
}

static void
semio_results_columns_class_init (SemioResultsColumnsClass *klass)
{
  GtkLayoutManagerClass *manager = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager->get_request_mode = semio_results_columns_get_request_mode;
  manager->measure = semio_results_columns_measure;
  manager->allocate = semio_results_columns_allocate;
}

static void
semio_results_columns_init (SemioResultsColumns *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-grid.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "semio-run-cell-painter.h"
#include "semio-wrap-layout.h"

#define CELL_PX 22
#define PITCH_PX 25
#define GAP_PX 8
/* Long names end with an ellipsis. */
#define MAX_TITLE_PX 150
#define MAX_HEADER_PX 190
/* Rows beyond the view that are painted as well, so that a little scrolling shows no holes. */
#define SPARE_ROWS 4

struct _SemioRunGrid {
  GtkWidget parent_instance;

  const SemioRunCoverage *coverage; /* (nullable): the caller's */
  SemioFeatureSet *features;
  char **titles; /* by row of the coverage */
  GArray *rows, *columns; /* of guint: those that are asked about */
  guint row, column; /* chosen: places in these */
  int title_px, header_px;
  GskRenderNode *header; /* (nullable): as it was painted last */
  GPtrArray *lines; /* of GskRenderNode (nullable), by place of the row */
  GArray *painted; /* of SemioCoverageCell: what these show, row by row */
  GtkAdjustment *scroll; /* (nullable): of what it is scrolled in */
};

G_DEFINE_FINAL_TYPE (SemioRunGrid, semio_run_grid, GTK_TYPE_WIDGET)

enum { SIGNAL_CHOSEN, SIGNAL_OPEN, N_SIGNALS };

static guint signals[N_SIGNALS];

static const SemioCoverageCell *
get_cell (SemioRunGrid *self, guint row, guint column)
{
  return semio_run_coverage_get (self->coverage, g_array_index (self->rows, guint, row),
                                 g_array_index (self->columns, guint, column));
}

static const char *
get_label (SemioRunGrid *self, guint column)
{
  guint feature = g_array_index (self->columns, guint, column);

  return feature < self->coverage->n_features ? semio_feature_set_get (self->features, feature)->label : _ ("Narrative");
}

static gboolean
is_filled (SemioRunGrid *self)
{
  return self->coverage != NULL && self->rows->len > 0 && self->columns->len > 0;
}

static char *
describe (SemioRunGrid *self, guint row, guint column)
{
  g_autofree char *words = semio_coverage_cell_describe (get_cell (self, row, column));

  /* TRANSLATORS: recording, feature, and what stands there. */
  return g_strdup_printf (_ ("%s, %s: %s"), self->titles[g_array_index (self->rows, guint, row)], get_label (self, column),
                          words);
}

static void
tell_chosen (SemioRunGrid *self)
{
  g_autofree char *sentence =
      is_filled (self) ? describe (self, self->row, self->column) : g_strdup (_ ("Nothing was asked yet."));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, sentence);
}

/* ---- Painting ---- */

static PangoLayout *
make_layout (SemioRunGrid *self, const char *text, int max_px)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, max_px * PANGO_SCALE);
  return layout;
}

/* What scrolls it up and down; what scrolls it sideways alone stands between. (nullable) */
static GtkWidget *
find_scroller (SemioRunGrid *self)
{
  GtkPolicyType policy = GTK_POLICY_NEVER;

  for (GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self)); parent != NULL; parent = gtk_widget_get_parent (parent))
    {
      if (!GTK_IS_SCROLLED_WINDOW (parent))
        continue;
      gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (parent), NULL, &policy);
      if (policy != GTK_POLICY_NEVER)
        return parent;
    }
  return NULL;
}

/* The rows in sight, counted in places. */
static void
find_visible (SemioRunGrid *self, guint *first, guint *last)
{
  GtkWidget *scroller = find_scroller (self);
  double x = 0, y = 0;

  *first = 0;
  *last = self->rows->len;
  if (self->scroll == NULL || scroller == NULL || !gtk_widget_translate_coordinates (scroller, GTK_WIDGET (self), 0, 0, &x, &y))
    return;
  *first = (guint) CLAMP ((y - self->header_px) / PITCH_PX - SPARE_ROWS, 0, self->rows->len);
  *last =
      (guint) CLAMP ((y - self->header_px + gtk_widget_get_height (scroller)) / PITCH_PX + SPARE_ROWS, *first, self->rows->len);
}

static void
paint_text (SemioRunGrid *self, cairo_t *cr, const char *text, double x, double y, int max_px, gboolean is_upright)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, max_px);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  if (is_upright)
    cairo_rotate (cr, -G_PI_2);
  cairo_move_to (cr, 0, -height / 2.0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

static void
paint_row (SemioRunGrid *self, cairo_t *cr, const SemioRunCellColors *colors, guint row)
{
  double y = self->header_px + row * PITCH_PX;

  gdk_cairo_set_source_rgba (cr, &colors->words);
  paint_text (self, cr, self->titles[g_array_index (self->rows, guint, row)], 0, y + CELL_PX / 2.0, self->title_px, FALSE);
  for (guint column = 0; column < self->columns->len; column++)
    {
      const SemioCoverageCell *cell = get_cell (self, row, column);
      double share = cell->n_planned > 0 ? (double) (cell->n_as_sent + cell->n_repaired) / cell->n_planned : 0;

      semio_run_cell_paint (cr, colors, semio_coverage_cell_get_state (cell), share, self->title_px + GAP_PX + column * PITCH_PX,
                            y, CELL_PX);
    }
}

static void
paint_chosen (SemioRunGrid *self, cairo_t *cr, const SemioRunCellColors *colors)
{
  gboolean has_focus = gtk_widget_has_focus (GTK_WIDGET (self));

  gdk_cairo_set_source_rgba (cr, has_focus ? &colors->accent : &colors->words);
  cairo_set_line_width (cr, has_focus ? 2 : 1);
  cairo_rectangle (cr, self->title_px + GAP_PX + self->column * PITCH_PX - 1.5, self->header_px + self->row * PITCH_PX - 1.5,
                   CELL_PX + 3, CELL_PX + 3);
  cairo_stroke (cr);
}

/* What was painted stands until it changes: only that is painted anew, and only there the screen is touched. */
static void
forget_painted (SemioRunGrid *self)
{
  g_clear_pointer (&self->header, gsk_render_node_unref);
  g_ptr_array_set_size (self->lines, 0);
  g_array_set_size (self->painted, 0);
  g_ptr_array_set_size (self->lines, (int) self->rows->len);
  g_array_set_size (self->painted, self->rows->len * self->columns->len);
}

static cairo_t *
begin_node (SemioRunGrid *self, GtkSnapshot **snapshot, double y, double height)
{
  *snapshot = gtk_snapshot_new ();
  return gtk_snapshot_append_cairo (
      *snapshot, &GRAPHENE_RECT_INIT (0, (float) y, (float) gtk_widget_get_width (GTK_WIDGET (self)), (float) height));
}

static GskRenderNode *
end_node (GtkSnapshot *snapshot, cairo_t *cr)
{
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (snapshot);
}

static GskRenderNode *
make_header (SemioRunGrid *self, const SemioRunCellColors *colors)
{
  GtkSnapshot *snapshot;
  cairo_t *cr = begin_node (self, &snapshot, 0, self->header_px);

  gdk_cairo_set_source_rgba (cr, &colors->words);
  for (guint column = 0; column < self->columns->len; column++)
    paint_text (self, cr, get_label (self, column), self->title_px + GAP_PX + column * PITCH_PX + CELL_PX / 2.0,
                self->header_px - GAP_PX, MAX_HEADER_PX, TRUE);
  return end_node (snapshot, cr);
}

/* TRUE when the row shows other numbers than were painted; then these are kept. */
static gboolean
has_changed (SemioRunGrid *self, guint row)
{
  gboolean changed = self->lines->pdata[row] == NULL;

  for (guint column = 0; column < self->columns->len; column++)
    {
      SemioCoverageCell *painted = &g_array_index (self->painted, SemioCoverageCell, row * self->columns->len + column);
      const SemioCoverageCell *cell = get_cell (self, row, column);

      changed = changed || memcmp (painted, cell, sizeof *cell) != 0;
      *painted = *cell;
    }
  return changed;
}

static void
append_line (SemioRunGrid *self, GtkSnapshot *snapshot, const SemioRunCellColors *colors, guint row)
{
  GtkSnapshot *inner;
  cairo_t *cr;

  if (has_changed (self, row))
    {
      g_clear_pointer (&self->lines->pdata[row], gsk_render_node_unref);
      cr = begin_node (self, &inner, self->header_px + row * PITCH_PX - 1, PITCH_PX);
      paint_row (self, cr, colors, row);
      self->lines->pdata[row] = end_node (inner, cr);
    }
  gtk_snapshot_append_node (snapshot, self->lines->pdata[row]);
}

static void
semio_run_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioRunGrid *self = SEMIO_RUN_GRID (widget);
  SemioRunCellColors colors;
  guint first, last;
  cairo_t *cr;

  if (!is_filled (self))
    return;
  semio_run_cell_colors_read (&colors, widget);
  find_visible (self, &first, &last);
  if (self->header == NULL)
    self->header = make_header (self, &colors);
  gtk_snapshot_append_node (snapshot, self->header);
  for (guint row = first; row < last; row++)
    append_line (self, snapshot, &colors, row);
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) (self->title_px + GAP_PX + (int) self->column * PITCH_PX - 4),
                                     (float) (self->header_px + (int) self->row * PITCH_PX - 4), CELL_PX + 8, CELL_PX + 8));
  paint_chosen (self, cr, &colors);
  cairo_destroy (cr);
}

static void
semio_run_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  forget_painted (SEMIO_RUN_GRID (widget));
}

/* The widest of these texts, in pixels. */
static int
measure_widest (SemioRunGrid *self, guint n, const char *(*get) (SemioRunGrid *self, guint place), int max_px)
{
  int widest = 0;
  glong longest = 0;

  for (guint i = 0; i < n; i++)
    {
      glong length = g_utf8_strlen (get (self, i), -1);

      /* A text with fewer letters may still be wider, but hardly by a quarter. */
      if (length * 4 >= longest * 3)
        {
          g_autoptr (PangoLayout) layout = make_layout (self, get (self, i), max_px);
          int width;

          pango_layout_get_pixel_size (layout, &width, NULL);
          widest = MAX (widest, width);
          longest = MAX (longest, length);
        }
    }
  return widest;
}

static const char *
get_title (SemioRunGrid *self, guint row)
{
  return self->titles[g_array_index (self->rows, guint, row)];
}

static void
measure_all (SemioRunGrid *self)
{
  self->title_px = is_filled (self) ? measure_widest (self, self->rows->len, get_title, MAX_TITLE_PX) : 0;
  self->header_px = is_filled (self) ? measure_widest (self, self->columns->len, get_label, MAX_HEADER_PX) + 2 * GAP_PX : 0;
}

static void
semio_run_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  SemioRunGrid *self = SEMIO_RUN_GRID (widget);
  int size = 0;

  if (is_filled (self) && orientation == GTK_ORIENTATION_HORIZONTAL)
    size = self->title_px + GAP_PX + (int) self->columns->len * PITCH_PX;
  else if (is_filled (self))
    size = self->header_px + (int) self->rows->len * PITCH_PX;
  *minimum = *natural = size;
}

static void
semio_run_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (semio_run_grid_parent_class)->css_changed (widget, change);
  measure_all (SEMIO_RUN_GRID (widget));
  forget_painted (SEMIO_RUN_GRID (widget));
  gtk_widget_queue_resize (widget);
}

/* ---- Choosing ---- */

/* Brings the chosen row into sight. */
static void
scroll_to_chosen (SemioRunGrid *self)
{
  GtkWidget *scroller = find_scroller (self);
  double x, y;
  double top = self->header_px + self->row * PITCH_PX;
  double value;

  if (self->scroll == NULL || scroller == NULL || !gtk_widget_translate_coordinates (GTK_WIDGET (self), scroller, 0, top, &x, &y))
    return;
  value = gtk_adjustment_get_value (self->scroll) + y;
  gtk_adjustment_clamp_page (self->scroll, value - PITCH_PX, value + 2 * PITCH_PX);
}

static void
choose (SemioRunGrid *self, int row, int column)
{
  if (!is_filled (self))
    return;
  self->row = (guint) CLAMP (row, 0, (int) self->rows->len - 1);
  self->column = (guint) CLAMP (column, 0, (int) self->columns->len - 1);
  tell_chosen (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, SemioRunGrid *self)
{
  int row = (int) self->row;
  int column = (int) self->column;

  if (!is_filled (self) || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Up:
      row--;
      break;
    case GDK_KEY_Down:
      row++;
      break;
    case GDK_KEY_Left:
      column--;
      break;
    case GDK_KEY_Right:
      column++;
      break;
    case GDK_KEY_Home:
      column = 0;
      break;
    case GDK_KEY_End:
      column = (int) self->columns->len - 1;
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      g_signal_emit (self, signals[SIGNAL_OPEN], 0,
                     ((SemioRecording *) self->coverage->recordings->pdata[g_array_index (self->rows, guint, row)])->id);
      return TRUE;
    default:
      return FALSE;
    }
  choose (self, row, column);
  scroll_to_chosen (self);
  return TRUE;
}

/* FALSE outside of all cells. */
static gboolean
find_at (SemioRunGrid *self, double x, double y, int *row, int *column)
{
  *row = (int) floor ((y - self->header_px) / PITCH_PX);
  *column = (int) floor ((x - self->title_px - GAP_PX) / PITCH_PX);
  return is_filled (self) && *row >= 0 && *column >= 0 && *row < (int) self->rows->len && *column < (int) self->columns->len;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_presses, double x, double y, SemioRunGrid *self)
{
  int row, column;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!find_at (self, x, y, &row, &column))
    return;
  choose (self, row, column);
  if (n_presses == 2)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0,
                   ((SemioRecording *) self->coverage->recordings->pdata[g_array_index (self->rows, guint, row)])->id);
}

static gboolean
tooltip_cb (SemioRunGrid *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;
  int row, column;

  if (by_keyboard || !find_at (self, x, y, &row, &column))
    return FALSE;
  text = describe (self, (guint) row, (guint) column);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* ---- The widget ---- */

static void
semio_run_grid_map (GtkWidget *widget)
{
  SemioRunGrid *self = SEMIO_RUN_GRID (widget);
  GtkWidget *scroller = find_scroller (self);

  GTK_WIDGET_CLASS (semio_run_grid_parent_class)->map (widget);
  if (scroller == NULL)
    return;
  self->scroll = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  g_signal_connect_object (self->scroll, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroll, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

static void
drop_scroll (SemioRunGrid *self)
{
  if (self->scroll != NULL)
    g_signal_handlers_disconnect_by_data (self->scroll, self);
  g_clear_object (&self->scroll);
}

static void
semio_run_grid_unmap (GtkWidget *widget)
{
  drop_scroll (SEMIO_RUN_GRID (widget));
  GTK_WIDGET_CLASS (semio_run_grid_parent_class)->unmap (widget);
}

static void
free_node (gpointer node)
{
  g_clear_pointer ((GskRenderNode **) &node, gsk_render_node_unref);
}

static void
semio_run_grid_finalize (GObject *object)
{
  SemioRunGrid *self = SEMIO_RUN_GRID (object);

  drop_scroll (self);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  g_strfreev (self->titles);
  g_array_unref (self->rows);
  g_array_unref (self->columns);
  g_clear_pointer (&self->header, gsk_render_node_unref);
  g_ptr_array_unref (self->lines);
  g_array_unref (self->painted);
  G_OBJECT_CLASS (semio_run_grid_parent_class)->finalize (object);
}

static void
semio_run_grid_class_init (SemioRunGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = semio_run_grid_finalize;
  widget_class->snapshot = semio_run_grid_snapshot;
  widget_class->measure = semio_run_grid_measure;
  widget_class->size_allocate = semio_run_grid_size_allocate;
  widget_class->map = semio_run_grid_map;
  widget_class->unmap = semio_run_grid_unmap;
  widget_class->css_changed = semio_run_grid_css_changed;
  gtk_widget_class_set_css_name (widget_class, "rungrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", SEMIO_TYPE_RUN_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPEN] =
      g_signal_new ("open", SEMIO_TYPE_RUN_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
semio_run_grid_init (SemioRunGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  self->lines = g_ptr_array_new_with_free_func (free_node);
  self->painted = g_array_new (FALSE, TRUE, sizeof (SemioCoverageCell));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
semio_run_grid_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_GRID, NULL);
}

static gboolean
has_row (const SemioRunCoverage *coverage, guint row)
{
  for (guint column = 0; column <= coverage->n_features; column++)
    if (semio_run_coverage_get (coverage, row, column)->n_planned > 0)
      return TRUE;
  return FALSE;
}

void
semio_run_grid_show (SemioRunGrid *self, const SemioRunCoverage *coverage, SemioFeatureSet *features, const char *const *titles)
{
  g_clear_pointer (&self->features, semio_feature_set_unref);
  g_clear_pointer (&self->titles, g_strfreev);
  g_array_set_size (self->rows, 0);
  g_array_set_size (self->columns, 0);
  self->coverage = coverage;
  if (coverage != NULL)
    {
      self->features = semio_feature_set_ref (features);
      self->titles = g_strdupv ((char **) titles);
      for (guint row = 0; row < coverage->recordings->len; row++)
        if (has_row (coverage, row))
          g_array_append_val (self->rows, row);
      for (guint column = 0; column <= coverage->n_features; column++)
        if (semio_run_coverage_has_column (coverage, column))
          g_array_append_val (self->columns, column);
    }
  self->row = self->rows->len > 0 ? MIN (self->row, self->rows->len - 1) : 0;
  self->column = self->columns->len > 0 ? MIN (self->column, self->columns->len - 1) : 0;
  measure_all (self);
  forget_painted (self);
  tell_chosen (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
semio_run_grid_update (SemioRunGrid *self)
{
  tell_chosen (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- The legend ---- */

static void
draw_legend_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer state)
{
  SemioRunCellColors colors;

  semio_run_cell_colors_read (&colors, GTK_WIDGET (area));
  semio_run_cell_paint (cr, &colors, (SemioCoverageState) GPOINTER_TO_INT (state), 0.5, 0, 0, width);
}

GtkWidget *
semio_run_grid_create_legend (void)
{
  static const struct {
    SemioCoverageState state;
    const char *label;
  } entries[] = {
    { SEMIO_COVERAGE_DONE, N_ ("All answered") },
    { SEMIO_COVERAGE_REPAIRED, N_ ("Some repaired") },
    { SEMIO_COVERAGE_FAILED, N_ ("Some without answer") },
    { SEMIO_COVERAGE_PART, N_ ("In part") },
    { SEMIO_COVERAGE_OPEN, N_ ("Open") },
    { SEMIO_COVERAGE_NOT_ASKED, N_ ("Not asked") },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, g_object_new (SEMIO_TYPE_WRAP_LAYOUT, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *area = gtk_drawing_area_new ();
      GtkWidget *label = gtk_label_new (_ (entries[i].label));

      gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 16);
      gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 16);
      gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_legend_cb, GINT_TO_POINTER (entries[i].state), NULL);
      gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (entry, "run-legend");
      gtk_box_append (GTK_BOX (entry), area);
      gtk_box_append (GTK_BOX (entry), label);
      gtk_box_append (GTK_BOX (box), entry);
    }
  return box;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-chart-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _SemioChartView {
  GtkWidget parent_instance;

  SemioChart *chart;
  int mark; /* the one told by the keys, -1 none */
};

G_DEFINE_FINAL_TYPE (SemioChartView, semio_chart_view, GTK_TYPE_WIDGET)

enum { SIGNAL_MARK_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

static SemioChartStyle
get_style (void)
{
  /* That of a card, on which the figure lies. */
  static const SemioColor card = { 0.212, 0.212, 0.212 };
  SemioChartStyle style = semio_chart_style_get (
      adw_style_manager_get_dark (adw_style_manager_get_default ()) ? SEMIO_CHART_DARK : SEMIO_CHART_LIGHT);

  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    style.dim = style.grid = style.text;
  style.without_title = TRUE;
  if (adw_style_manager_get_dark (adw_style_manager_get_default ()))
    style.background = card;
  return style;
}

static void
get_size (SemioChartView *self, double *width_px, double *height_px)
{
  *width_px = gtk_widget_get_width (GTK_WIDGET (self));
  *height_px = gtk_widget_get_height (GTK_WIDGET (self));
}

/* What is read out: the figure's sentence, or the mark that the keys stand on. */
static void
tell (SemioChartView *self)
{
  g_autofree char *text = NULL;

  if (self->chart == NULL)
    return;
  if (self->mark >= 0)
    text = semio_chart_describe_mark (self->chart, (guint) self->mark);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : semio_chart_get_title (self->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  semio_chart_get_sentence (self->chart), -1);
}

static void
set_mark (SemioChartView *self, int mark)
{
  if (mark == self->mark)
    return;
  self->mark = mark;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, gpointer user_data)
{
  SemioChartView *self = SEMIO_CHART_VIEW (user_data);
  int n_marks = self->chart != NULL ? (int) semio_chart_get_n_marks (self->chart) : 0;

  if (n_marks == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Down:
      set_mark (self, MIN (self->mark + 1, n_marks - 1));
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_Up:
      set_mark (self, MAX (self->mark - 1, 0));
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      set_mark (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      set_mark (self, n_marks - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (self->mark < 0)
        return GDK_EVENT_PROPAGATE;
      g_signal_emit (self, signals[SIGNAL_MARK_ACTIVATED], 0, (guint) self->mark);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static int
find_mark (SemioChartView *self, double x, double y)
{
  SemioChartStyle style = get_style ();
  double width_px = 0;
  double height_px = 0;

  get_size (self, &width_px, &height_px);
  return self->chart != NULL ? semio_chart_find_mark (self->chart, &style, width_px, height_px, x, y) : -1;
}

static void
pressed_cb (SemioChartView *self, int n_press, double x, double y)
{
  int mark = find_mark (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (mark < 0)
    return;
  set_mark (self, mark);
  g_signal_emit (self, signals[SIGNAL_MARK_ACTIVATED], 0, (guint) mark);
}

static gboolean
semio_chart_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  SemioChartView *self = SEMIO_CHART_VIEW (widget);
  int mark = keyboard ? self->mark : find_mark (self, x, y);
  g_autofree char *text = NULL;

  if (mark < 0)
    return FALSE;
  text = semio_chart_describe_mark (self->chart, (guint) mark);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* The told mark stands in words at the figure's foot, so that what the keys walk is seen as well as heard. */
static void
draw_told (SemioChartView *self, const SemioChartStyle *style, cairo_t *cr, double width_px, double height_px)
{
  g_autofree char *text = semio_chart_describe_mark (self->chart, (guint) self->mark);
  double line_px = style->font_px * 2;

  semio_color_set (cr, style->background);
  cairo_rectangle (cr, 0, height_px - line_px, width_px, line_px);
  cairo_fill (cr);
  semio_color_set (cr, style->text);
  semio_chart_draw_text (cr, style, text, style->font_px, height_px - line_px / 2, 0, width_px - 2 * style->font_px, TRUE);
}

static void
semio_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioChartView *self = SEMIO_CHART_VIEW (widget);
  SemioChartStyle style = get_style ();
  double width_px = 0;
  double height_px = 0;
  cairo_t *cr;

  get_size (self, &width_px, &height_px);
  if (self->chart == NULL || width_px < 1 || height_px < 1)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width_px, (float) height_px));
  semio_chart_draw (self->chart, &style, cr, width_px, height_px);
  if (self->mark >= 0 && gtk_widget_has_focus (widget))
    draw_told (self, &style, cr, width_px, height_px);
  cairo_destroy (cr);
}

static void
semio_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  SemioChartView *self = SEMIO_CHART_VIEW (widget);
  SemioChartStyle style = get_style ();
  double width_px = 0;
  double height_px = 0;

  if (self->chart != NULL)
    semio_chart_get_natural_size (self->chart, &style, &width_px, &height_px);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->chart != NULL ? (int) semio_chart_get_min_width (self->chart, &style) : 0;
      *natural = (int) width_px + 1;
    }
  else if (self->chart != NULL && for_size > 0)
    *minimum = *natural = (int) semio_chart_get_height (self->chart, &style, for_size) + 1;
  else
    *minimum = *natural = (int) height_px + 1;
}

static GtkSizeRequestMode
semio_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
semio_chart_view_dispose (GObject *object)
{
  g_clear_pointer (&SEMIO_CHART_VIEW (object)->chart, semio_chart_unref);
  G_OBJECT_CLASS (semio_chart_view_parent_class)->dispose (object);
}

static void
semio_chart_view_class_init (SemioChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_chart_view_dispose;
  widget_class->snapshot = semio_chart_view_snapshot;
  widget_class->measure = semio_chart_view_measure;
  widget_class->get_request_mode = semio_chart_view_get_request_mode;
  widget_class->query_tooltip = semio_chart_view_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[SIGNAL_MARK_ACTIVATED] =
      g_signal_new ("mark-activated", SEMIO_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
semio_chart_view_init (SemioChartView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->mark = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
}

GtkWidget *
semio_chart_view_new (void)
{
  return g_object_new (SEMIO_TYPE_CHART_VIEW, NULL);
}

void
semio_chart_view_set_chart (SemioChartView *self, SemioChart *chart)
{
  g_return_if_fail (SEMIO_IS_CHART_VIEW (self));
  if (chart == self->chart)
    return;
  g_clear_pointer (&self->chart, semio_chart_unref);
  self->chart = chart != NULL ? semio_chart_ref (chart) : NULL;
  self->mark = -1;
  tell (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

SemioChart *
semio_chart_view_get_chart (SemioChartView *self)
{
  g_return_val_if_fail (SEMIO_IS_CHART_VIEW (self), NULL);
  return self->chart;
}

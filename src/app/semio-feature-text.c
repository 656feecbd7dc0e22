/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-feature-text.h"

#include <glib/gi18n-lib.h>

#define MIN_HEIGHT_PX 24
#define MAX_HEIGHT_PX 190

struct _SemioFeatureText {
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (SemioFeatureText, semio_feature_text, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
semio_feature_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
semio_feature_text_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                            int *minimum_baseline, int *natural_baseline)
{
  SemioFeatureText *self = SEMIO_FEATURE_TEXT (widget);
  int height_px = 0;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (GTK_WIDGET (self->label), orientation, -1, minimum, natural, NULL, NULL);
      return;
    }
  gtk_widget_measure (GTK_WIDGET (self->label), orientation, for_size, &height_px, NULL, NULL, NULL);
  *minimum = *natural = CLAMP (height_px, MIN_HEIGHT_PX, MAX_HEIGHT_PX);
}

static void
semio_feature_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (SEMIO_FEATURE_TEXT (widget)->scroller, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
semio_feature_text_dispose (GObject *object)
{
  g_clear_pointer (&SEMIO_FEATURE_TEXT (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (semio_feature_text_parent_class)->dispose (object);
}

static void
semio_feature_text_class_init (SemioFeatureTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_feature_text_dispose;
  widget_class->get_request_mode = semio_feature_text_get_request_mode;
  widget_class->measure = semio_feature_text_measure;
  widget_class->size_allocate = semio_feature_text_size_allocate;
}

static void
semio_feature_text_init (SemioFeatureText *self)
{
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_yalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "explanation-text");
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->label));
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), viewport);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
semio_feature_text_new (void)
{
  return g_object_new (SEMIO_TYPE_FEATURE_TEXT, NULL);
}

void
semio_feature_text_set_text (SemioFeatureText *self, const char *text, gboolean is_quiet)
{
  if (is_quiet)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  if (g_strcmp0 (text, gtk_label_get_text (self->label)) == 0)
    return;
  gtk_label_set_text (self->label, text);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

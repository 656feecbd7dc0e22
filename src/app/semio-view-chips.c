/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-view-chips.h"

#include <glib/gi18n-lib.h>

struct _SemioViewChips {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *zoom_button;
  GtkLabel *zoom_label;
  GtkWidget *change_button;

  SemioVideoView *view;
  gboolean deinterlaced;
};

G_DEFINE_FINAL_TYPE (SemioViewChips, semio_view_chips, GTK_TYPE_WIDGET)

static void
update (SemioViewChips *self)
{
  int tenths = (int) (semio_video_view_get_zoom (self->view) * 10 + 0.5);
  gboolean changed = self->deinterlaced || !semio_picture_change_is_none (semio_video_view_get_change (self->view));
  g_autofree char *text = g_strdup_printf ("%d.%d×", tenths / 10, tenths % 10);
  /* TRANSLATORS: for assistive technology; "%s" is "2.0×" */
  g_autofree char *name = g_strdup_printf (_ ("Zoom %s: show the picture as it fits"), text);

  gtk_label_set_text (self->zoom_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->zoom_button, tenths > 10);
  gtk_widget_set_visible (self->change_button, changed);
  gtk_widget_set_visible (GTK_WIDGET (self), tenths > 10 || changed);
}

static void
semio_view_chips_dispose (GObject *object)
{
  SemioViewChips *self = SEMIO_VIEW_CHIPS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (semio_view_chips_parent_class)->dispose (object);
}

static void
semio_view_chips_class_init (SemioViewChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_view_chips_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-view-chips.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioViewChips, box);
  gtk_widget_class_bind_template_child (widget_class, SemioViewChips, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, SemioViewChips, zoom_label);
  gtk_widget_class_bind_template_child (widget_class, SemioViewChips, change_button);
}

static void
semio_view_chips_init (SemioViewChips *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * semio_view_chips_set_deinterlaced:
 * @self: chips
 * @deinterlaced: whether combs are taken away from the picture
 */
void
semio_view_chips_set_deinterlaced (SemioViewChips *self, gboolean deinterlaced)
{
  g_return_if_fail (SEMIO_IS_VIEW_CHIPS (self));

  self->deinterlaced = deinterlaced;
  update (self);
}

/**
 * semio_view_chips_new:
 * @view: what the chips speak of
 *
 * Returns: (transfer floating): chips to stand over the view
 */
GtkWidget *
semio_view_chips_new (SemioVideoView *view)
{
  SemioViewChips *self = g_object_new (SEMIO_TYPE_VIEW_CHIPS, NULL);

  self->view = g_object_ref (view);
  g_signal_connect_object (view, "notify::zoom", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "adjusted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

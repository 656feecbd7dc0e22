/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-view-popover.h"

#include <math.h>

struct _SemioViewPopover {
  GtkPopover parent_instance;

  GtkAdjustment *brightness;
  GtkAdjustment *contrast;
  GtkAdjustment *gamma;
  GtkWidget *brightness_scale;
  GtkWidget *reset_button;
  GtkWidget *deinterlace_button;

  SemioVideoView *view;
  gboolean updating, deinterlaced;
  guint focus_id;
};

G_DEFINE_FINAL_TYPE (SemioViewPopover, semio_view_popover, GTK_TYPE_POPOVER)

/* On the scale as far to the left for half the gamma as to the right for twice. */
static double
gamma_to_scale (int gamma_percent)
{
  return log (gamma_percent / 100.0) / log (SEMIO_PICTURE_GAMMA_MAX / 100.0) * 100;
}

static int
scale_to_gamma (double value)
{
  return (int) round (pow (SEMIO_PICTURE_GAMMA_MAX / 100.0, value / 100) * 100);
}

static void
value_changed_cb (SemioViewPopover *self)
{
  SemioPictureChange change = semio_video_view_get_change (self->view);

  if (self->updating)
    return;
  change.brightness = (int) gtk_adjustment_get_value (self->brightness);
  change.contrast = (int) gtk_adjustment_get_value (self->contrast);
  change.gamma_percent = scale_to_gamma (gtk_adjustment_get_value (self->gamma));
  semio_video_view_set_change (self->view, change);
}

static void
update (SemioViewPopover *self)
{
  SemioPictureChange change = semio_video_view_get_change (self->view);

  self->updating = TRUE;
  gtk_adjustment_set_value (self->brightness, change.brightness);
  gtk_adjustment_set_value (self->contrast, change.contrast);
  if (scale_to_gamma (gtk_adjustment_get_value (self->gamma)) != change.gamma_percent)
    gtk_adjustment_set_value (self->gamma, gamma_to_scale (change.gamma_percent));
  self->updating = FALSE;
  gtk_widget_set_sensitive (self->reset_button, self->deinterlaced || !semio_picture_change_is_none (change));
}

/* The sliders are what it is opened for: the arrow keys are theirs at once. */
static void
semio_view_popover_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (semio_view_popover_parent_class)->show (widget);
  gtk_widget_grab_focus (SEMIO_VIEW_POPOVER (widget)->brightness_scale);
}

static gboolean
release_focus_cb (gpointer user_data)
{
  SemioViewPopover *self = SEMIO_VIEW_POPOVER (user_data);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->focus_id = 0;
  if (!GTK_IS_WINDOW (root) || gtk_widget_get_visible (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  gtk_window_set_focus (GTK_WINDOW (root), NULL);
  gtk_window_set_focus_visible (GTK_WINDOW (root), FALSE);
  return G_SOURCE_REMOVE;
}

/* The keys are the page's again: GTK leaves the focus on the button, where Space opens it anew instead of playing. */
static void
visible_cb (SemioViewPopover *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) && self->focus_id == 0)
    self->focus_id = g_idle_add (release_focus_cb, self);
}

static void
semio_view_popover_dispose (GObject *object)
{
  g_clear_handle_id (&SEMIO_VIEW_POPOVER (object)->focus_id, g_source_remove);
  g_clear_object (&SEMIO_VIEW_POPOVER (object)->view);
  G_OBJECT_CLASS (semio_view_popover_parent_class)->dispose (object);
}

static void
semio_view_popover_class_init (SemioViewPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_view_popover_dispose;
  widget_class->show = semio_view_popover_show;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-view-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioViewPopover, brightness);
  gtk_widget_class_bind_template_child (widget_class, SemioViewPopover, contrast);
  gtk_widget_class_bind_template_child (widget_class, SemioViewPopover, gamma);
  gtk_widget_class_bind_template_child (widget_class, SemioViewPopover, brightness_scale);
  gtk_widget_class_bind_template_child (widget_class, SemioViewPopover, reset_button);
  gtk_widget_class_bind_template_child (widget_class, SemioViewPopover, deinterlace_button);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
}

static void
semio_view_popover_init (SemioViewPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::visible", G_CALLBACK (visible_cb), NULL);
}

/**
 * semio_view_popover_set_interlaced:
 * @self: a popover
 * @interlaced: whether the recording is
 * @deinterlaced: whether it is shown without its combs
 */
void
semio_view_popover_set_interlaced (SemioViewPopover *self, gboolean interlaced, gboolean deinterlaced)
{
  g_return_if_fail (SEMIO_IS_VIEW_POPOVER (self));

  gtk_widget_set_visible (self->deinterlace_button, interlaced);
  self->deinterlaced = interlaced && deinterlaced;
  update (self);
}

/**
 * semio_view_popover_new:
 * @view: whose picture is changed
 *
 * Returns: (transfer floating): a popover for a button
 */
GtkWidget *
semio_view_popover_new (SemioVideoView *view)
{
  SemioViewPopover *self = g_object_new (SEMIO_TYPE_VIEW_POPOVER, NULL);

  self->view = g_object_ref (view);
  g_signal_connect_object (view, "adjusted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

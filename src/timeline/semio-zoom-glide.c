/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-zoom-glide.h"

#include <math.h>

/* What is left falls to a third in this time: a notch is over after some 150 ms, before a hand turns the next. */
#define FALL_US 45000.0
/* Less than this, of the logarithm of the factor, is not seen. */
#define REST 0.002

struct _SemioZoomGlide {
  GObject parent_instance;
  GtkWidget *widget; /* owns this object */
  SemioAxis *axis;
  double rest; /* logarithm of the factor still to come */
  double x_px;
  gint64 last_us; /* 0 before the first frame */
  guint tick_id;
  gboolean applying;
};

G_DEFINE_FINAL_TYPE (SemioZoomGlide, semio_zoom_glide, G_TYPE_OBJECT)

static void
stop (SemioZoomGlide *self)
{
  self->rest = 0;
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  self->tick_id = 0;
}

static void
apply (SemioZoomGlide *self, double part)
{
  self->rest -= part;
  self->applying = TRUE;
  semio_axis_zoom (self->axis, exp (part), self->x_px);
  self->applying = FALSE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SemioZoomGlide *self = SEMIO_ZOOM_GLIDE (user_data);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  double share = self->last_us != 0 ? 1 - exp (-(double) (now_us - self->last_us) / FALL_US) : 0.3;

  self->last_us = now_us;
  if (fabs (self->rest) * (1 - share) > REST)
    {
      apply (self, self->rest * share);
      return G_SOURCE_CONTINUE;
    }
  self->tick_id = 0;
  apply (self, self->rest);
  return G_SOURCE_REMOVE;
}

static void
axis_changed_cb (SemioZoomGlide *self)
{
  if (!self->applying && self->tick_id != 0)
    stop (self);
}

static void
semio_zoom_glide_dispose (GObject *object)
{
  SemioZoomGlide *self = SEMIO_ZOOM_GLIDE (object);

  stop (self);
  g_clear_object (&self->axis);

  G_OBJECT_CLASS (semio_zoom_glide_parent_class)->dispose (object);
}

static void
semio_zoom_glide_class_init (SemioZoomGlideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_zoom_glide_dispose;
}

static void
semio_zoom_glide_init (SemioZoomGlide *self)
{
}

/**
 * semio_zoom_glide_new:
 * @widget: what is painted, and owns the result
 * @axis: what is zoomed
 *
 * Returns: (transfer full): an object to be dropped with the widget
 */
SemioZoomGlide *
semio_zoom_glide_new (GtkWidget *widget, SemioAxis *axis)
{
  SemioZoomGlide *self = g_object_new (SEMIO_TYPE_ZOOM_GLIDE, NULL);

  self->widget = widget;
  self->axis = g_object_ref (axis);
  g_signal_connect_object (axis, "changed", G_CALLBACK (axis_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * semio_zoom_glide_add:
 * @self: a glide
 * @factor: above 1 shows less time
 * @x_px: what stays where it is
 */
void
semio_zoom_glide_add (SemioZoomGlide *self, double factor, double x_px)
{
  gboolean animates = TRUE;

  g_return_if_fail (factor > 0);

  g_object_get (gtk_widget_get_settings (self->widget), "gtk-enable-animations", &animates, NULL);
  /* What was to come about another place is done first: both places stay where they were. */
  if (self->tick_id != 0 && fabs (x_px - self->x_px) > 1)
    semio_zoom_glide_finish (self);
  self->rest += log (factor);
  self->x_px = x_px;
  if (!animates || !gtk_widget_get_mapped (self->widget))
    {
      semio_zoom_glide_finish (self);
      return;
    }
  if (self->tick_id != 0)
    return;
  self->last_us = 0;
  self->tick_id = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
}

/**
 * semio_zoom_glide_finish:
 * @self: a glide
 */
void
semio_zoom_glide_finish (SemioZoomGlide *self)
{
  double rest = self->rest;

  stop (self);
  self->rest = rest;
  if (rest != 0)
    apply (self, rest);
}

/**
 * semio_zoom_glide_is_running:
 * @self: a glide
 *
 * Returns: whether more is to come
 */
gboolean
semio_zoom_glide_is_running (SemioZoomGlide *self)
{
  return self->tick_id != 0;
}

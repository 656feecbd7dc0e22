/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-video-view-private.h"

#include <glib/gi18n-lib.h>

#include "semio-video-gestures.h"
#include "semio-video-lens.h"
#include "semio-video-message.h"

#define FRAMING_DURATION_US (180 * 1000)
/* While a window is dragged larger the decoder would be reconfigured at every pixel. */
#define SIZE_REST_MS 120
#define MIN_WIDTH_PX 160
#define MIN_HEIGHT_PX 90
/* The lens enlarges at least so much what is seen around it. */
#define MIN_LENS 2.0

enum {
  PROP_0,
  PROP_FRAMING,
  PROP_MIRRORED,
  PROP_SHOW_SIDES,
  PROP_ZOOM,
  N_PROPS,
};

enum {
  SIGNAL_VIEW_SIZE,
  SIGNAL_ADJUSTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioVideoView, semio_video_view, GTK_TYPE_WIDGET)

static SemioPictureChange
get_change (SemioVideoView *self)
{
  return semio_video_paintable_get_change (self->paintable);
}

/* Whether width and height of the source stand exchanged. */
static gboolean
is_on_side (SemioVideoView *self)
{
  return get_change (self).quarter_turns % 2 != 0;
}

/* Of the picture as it is shown. */
static double
get_aspect (SemioVideoView *self)
{
  SemioFrame *frame = semio_video_paintable_get_frame (self->paintable);
  double aspect = 0;

  if (self->source_width_px > 0 && self->source_height_px > 0)
    aspect = (double) self->source_width_px / self->source_height_px;
  else if (frame != NULL && frame->height_px > 0 && frame->width_px > 0)
    aspect = (double) frame->width_px / frame->height_px;
  return aspect > 0 && is_on_side (self) ? 1 / aspect : aspect;
}

/* The view in device pixels. */
void
semio_video_view_get_device_size (SemioVideoView *self, double *width_px, double *height_px)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  *width_px = (double) gtk_widget_get_width (GTK_WIDGET (self)) * scale;
  *height_px = (double) gtk_widget_get_height (GTK_WIDGET (self)) * scale;
}

/* Where the whole picture stands, in device pixels, under a given crop of the picture as it was recorded; not zoomed. */
SemioPictureRect
semio_video_view_fit_crop (SemioVideoView *self, SemioPictureRect crop)
{
  double width_px, height_px;

  semio_video_view_get_device_size (self, &width_px, &height_px);
  return semio_picture_fit (width_px, height_px, get_aspect (self), semio_picture_change_turn (get_change (self), crop));
}

/* The same with the zoom. */
static SemioPictureRect
fit_zoomed (SemioVideoView *self, SemioPictureRect crop)
{
  double width_px, height_px;

  semio_video_view_get_device_size (self, &width_px, &height_px);
  return semio_picture_zoom_apply (self->zoom, width_px, height_px, semio_video_view_fit_crop (self, crop));
}

static gboolean
is_message_shown (SemioVideoView *self)
{
  return gtk_widget_get_visible (self->message);
}

void
semio_video_view_update_accessible (SemioVideoView *self)
{
  g_autoptr (GString) label = g_string_new (self->title != NULL ? self->title : _ ("Video"));
  const char *message = semio_video_view_get_message (self);

  if (message != NULL)
    g_string_append_printf (label, ": %s", message);
  else if (self->show_sides)
    g_string_append_printf (label, ", %s",
                            self->mirrored ? _ ("mirrored: the patient’s left is on the left of the picture")
                                           : _ ("the patient’s right is on the left of the picture"));
  if (message == NULL && get_change (self).quarter_turns != 0)
    g_string_append_printf (label, ", %s", _ ("turned for the eye"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
tell_size (SemioVideoView *self)
{
  SemioPictureRect fitted;
  int width_px, height_px;

  if (get_aspect (self) <= 0)
    return;
  fitted = fit_zoomed (self, self->framings[self->framing]);
  if (is_on_side (self))
    fitted = (SemioPictureRect){ fitted.y, fitted.x, fitted.height, fitted.width };
  /* The lens shows the source's own pixels. */
  if (self->lens_shown && self->source_width_px > 0)
    fitted = (SemioPictureRect){ 0, 0, self->source_width_px, self->source_height_px };
  semio_picture_fit_get_size (fitted, self->source_width_px, self->source_height_px, &width_px, &height_px);
  semio_picture_fit_cap_size (&width_px, &height_px);
  if (width_px <= 0 || height_px <= 0 || (width_px == self->view_width_px && height_px == self->view_height_px))
    return;
  self->view_width_px = width_px;
  self->view_height_px = height_px;
  g_signal_emit (self, signals[SIGNAL_VIEW_SIZE], 0, width_px, height_px);
}

static gboolean
size_rested_cb (gpointer user_data)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (user_data);

  self->size_id = 0;
  tell_size (self);
  return G_SOURCE_REMOVE;
}

void
semio_video_view_queue_size (SemioVideoView *self)
{
  g_clear_handle_id (&self->size_id, g_source_remove);
  if (self->view_width_px == 0)
    tell_size (self);
  else
    self->size_id = g_timeout_add (SIZE_REST_MS, size_rested_cb, self);
}

static void
contents_cb (GdkPaintable *paintable, gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

static gboolean
framing_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (widget);
  gint64 elapsed_us = gdk_frame_clock_get_frame_time (clock) - self->change_began_us;
  double share = CLAMP ((double) elapsed_us / FRAMING_DURATION_US, 0, 1);
  double left = 1 - share;

  /* Fast at first, slow at the end: the eye follows the picture to where it rests. */
  self->crop = semio_picture_rect_mix (self->from, self->framings[self->framing], 1 - left * left * left);
  gtk_widget_queue_draw (widget);
  if (share < 1)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_change (SemioVideoView *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static void
begin_change (SemioVideoView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean animate = FALSE;

  stop_change (self);
  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animate, NULL);
  if (animate && clock != NULL && gtk_widget_get_mapped (widget))
    {
      self->from = self->crop;
      self->change_began_us = gdk_frame_clock_get_frame_time (clock);
      self->tick_id = gtk_widget_add_tick_callback (widget, framing_tick_cb, NULL, NULL);
    }
  else
    {
      self->crop = self->framings[self->framing];
      gtk_widget_queue_draw (widget);
    }
  semio_video_view_queue_size (self);
}

static void
append_picture (SemioVideoView *self, GtkSnapshot *snapshot, SemioPictureRect fitted)
{
  GdkPaintable *paintable = GDK_PAINTABLE (self->paintable);
  float scale = (float) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double width_px = fitted.width, height_px = fitted.height;
  int frame_width_px = gdk_paintable_get_intrinsic_width (paintable);
  int frame_height_px = gdk_paintable_get_intrinsic_height (paintable);

  if (frame_width_px <= 0)
    return;
  /* The decoder may round a size to even numbers; painting its frame as it is costs less than scaling by a pixel. */
  if (ABS (frame_width_px - width_px) <= 2 && ABS (frame_height_px - height_px) <= 2)
    {
      width_px = frame_width_px;
      height_px = frame_height_px;
    }
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                                         (float) gtk_widget_get_height (GTK_WIDGET (self))));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) fitted.x / scale, (float) fitted.y / scale));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width_px / scale, height_px / scale);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

/* Without a pointer in the view the lens stands in its middle. */
static void
append_lens (SemioVideoView *self, GtkSnapshot *snapshot, SemioPictureRect fitted)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  SemioPictureRect picture = { fitted.x / scale, fitted.y / scale, fitted.width / scale, fitted.height / scale };
  graphene_point_t point = { (float) width / 2, (float) height / 2 };
  double lens = picture.width * self->lens;

  if (self->has_pointer)
    point = (graphene_point_t){ (float) self->pointer_x, (float) self->pointer_y };
  if (self->source_width_px > 0)
    lens = (is_on_side (self) ? self->source_height_px : self->source_width_px) * self->lens / scale;
  /* A picture zoomed further than the lens shows is still enlarged by it. */
  lens = MAX (lens, picture.width * MIN_LENS);
  semio_video_lens_append (snapshot, GDK_PAINTABLE (self->paintable), point, picture, lens, lens / get_aspect (self), width,
                           height);
}

static void
append_sides (SemioVideoView *self, GtkSnapshot *snapshot, SemioPictureRect fitted)
{
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  SemioPictureRect picture = { fitted.x / scale, fitted.y / scale, fitted.width / scale, fitted.height / scale };

  if (self->letters == NULL)
    self->letters = semio_side_letters_new (GTK_WIDGET (self));
  semio_side_letters_append (self->letters, snapshot, picture, gtk_widget_get_width (GTK_WIDGET (self)),
                             gtk_widget_get_height (GTK_WIDGET (self)), self->mirrored, get_change (self).quarter_turns);
}

static void
semio_video_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  SemioVideoView *self = SEMIO_VIDEO_VIEW (widget);
  SemioPictureRect fitted;

  gtk_snapshot_append_color (
      snapshot, &black,
      &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget)));
  if (is_message_shown (self))
    {
      gtk_widget_snapshot_child (widget, self->message, snapshot);
      return;
    }
  fitted = fit_zoomed (self, self->crop);
  append_picture (self, snapshot, fitted);
  if (self->lens_shown && fitted.width > 0)
    append_lens (self, snapshot, fitted);
  if (self->show_sides && fitted.width > 0)
    append_sides (self, snapshot, fitted);
}

static void
semio_video_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (widget);
  int child_minimum = 0;

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH_PX : MIN_HEIGHT_PX;
  *natural = *minimum * 4;
  if (is_message_shown (self))
    gtk_widget_measure (self->message, orientation, for_size, &child_minimum, NULL, NULL, NULL);
  *minimum = MAX (*minimum, child_minimum);
  *natural = MAX (*natural, child_minimum);
}

static void
semio_video_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (widget);

  if (is_message_shown (self))
    gtk_widget_size_allocate (self->message, &(GtkAllocation){ 0, 0, width, height }, -1);
  semio_video_view_queue_size (self);
}

static void
scale_factor_cb (SemioVideoView *self)
{
  semio_video_view_queue_size (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
semio_video_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (widget);

  GTK_WIDGET_CLASS (semio_video_view_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->letters, semio_side_letters_free);
}

static void
semio_video_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (object);

  switch (id)
    {
    case PROP_FRAMING:
      g_value_set_int (value, (int) self->framing);
      break;
    case PROP_MIRRORED:
      g_value_set_boolean (value, self->mirrored);
      break;
    case PROP_SHOW_SIDES:
      g_value_set_boolean (value, self->show_sides);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom.factor);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
semio_video_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (object);

  switch (id)
    {
    case PROP_FRAMING:
      semio_video_view_set_framing (self, (SemioFraming) g_value_get_int (value));
      break;
    case PROP_MIRRORED:
      semio_video_view_set_mirrored (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_SIDES:
      semio_video_view_set_show_sides (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
semio_video_view_dispose (GObject *object)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (object);

  stop_change (self);
  g_clear_handle_id (&self->size_id, g_source_remove);
  g_clear_pointer (&self->message, gtk_widget_unparent);
  g_clear_pointer (&self->letters, semio_side_letters_free);
  g_clear_object (&self->paintable);

  G_OBJECT_CLASS (semio_video_view_parent_class)->dispose (object);
}

static void
semio_video_view_finalize (GObject *object)
{
  SemioVideoView *self = SEMIO_VIDEO_VIEW (object);

  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (semio_video_view_parent_class)->finalize (object);
}

static void
semio_video_view_class_init (SemioVideoViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = semio_video_view_dispose;
  object_class->finalize = semio_video_view_finalize;
  object_class->get_property = semio_video_view_get_property;
  object_class->set_property = semio_video_view_set_property;
  widget_class->snapshot = semio_video_view_snapshot;
  widget_class->measure = semio_video_view_measure;
  widget_class->size_allocate = semio_video_view_size_allocate;
  widget_class->css_changed = semio_video_view_css_changed;

  properties[PROP_FRAMING] = g_param_spec_int ("framing", NULL, NULL, 0, N_FRAMINGS - 1, SEMIO_FRAMING_WHOLE, flags);
  properties[PROP_MIRRORED] = g_param_spec_boolean ("mirrored", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_SIDES] = g_param_spec_boolean ("show-sides", NULL, NULL, TRUE, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 1, SEMIO_PICTURE_ZOOM_MAX, 1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_VIEW_SIZE] = g_signal_new ("view-size", SEMIO_TYPE_VIDEO_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[SIGNAL_ADJUSTED] =
      g_signal_new ("adjusted", SEMIO_TYPE_VIDEO_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "semiovideo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
semio_video_view_init (SemioVideoView *self)
{
  /* The camera hangs above the bed, the head towards the top of the picture. */
  self->framings[SEMIO_FRAMING_WHOLE] = (SemioPictureRect){ 0, 0, 1, 1 };
  self->framings[SEMIO_FRAMING_BODY] = (SemioPictureRect){ 0.15, 0.0, 0.7, 1.0 };
  self->framings[SEMIO_FRAMING_FACE] = (SemioPictureRect){ 0.3, 0.0, 0.4, 0.5 };
  self->crop = self->framings[SEMIO_FRAMING_WHOLE];
  self->show_sides = TRUE;
  self->zoom = (SemioPictureZoom){ 1, 0.5, 0.5 };
  self->lens = SEMIO_VIDEO_VIEW_LENS;

  self->paintable = semio_video_paintable_new ();
  g_signal_connect (self->paintable, "invalidate-contents", G_CALLBACK (contents_cb), self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_factor_cb), NULL);

  self->message = semio_video_message_new ();
  gtk_widget_set_parent (self->message, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  semio_video_gestures_add (self);
  semio_video_view_update_accessible (self);
}

/**
 * semio_video_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing yet
 */
GtkWidget *
semio_video_view_new (void)
{
  return g_object_new (SEMIO_TYPE_VIDEO_VIEW, NULL);
}

/**
 * semio_video_view_get_paintable:
 * @self: a view
 *
 * Returns: (transfer none): the paintable that it shows, always the same
 */
SemioVideoPaintable *
semio_video_view_get_paintable (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), NULL);

  return self->paintable;
}

/**
 * semio_video_view_set_frame:
 * @self: a view
 * @frame: (nullable): what to show from now on
 */
void
semio_video_view_set_frame (SemioVideoView *self, SemioFrame *frame)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  semio_video_paintable_set_frame (self->paintable, frame);
  /* Without a source's size the first frame gives the aspect. */
  if (self->view_width_px == 0)
    tell_size (self);
}

/**
 * semio_video_view_set_source_size:
 * @self: a view
 * @width_px: of the recording's picture, 0 unknown
 * @height_px: of the recording's picture, 0 unknown
 */
void
semio_video_view_set_source_size (SemioVideoView *self, int width_px, int height_px)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  if (self->source_width_px == width_px && self->source_height_px == height_px)
    return;
  self->source_width_px = MAX (width_px, 0);
  self->source_height_px = MAX (height_px, 0);
  /* Another recording: its size is told at once, and nothing is known of where to look. */
  semio_video_view_reset_zoom (self);
  self->view_width_px = self->view_height_px = 0;
  semio_video_view_queue_size (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_video_view_set_framing_rect:
 * @self: a view
 * @framing: face or body; the whole stays as it is
 * @rect: in shares of the picture's width and height
 */
void
semio_video_view_set_framing_rect (SemioVideoView *self, SemioFraming framing, const graphene_rect_t *rect)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));
  g_return_if_fail (framing != SEMIO_FRAMING_WHOLE && (guint) framing < N_FRAMINGS);
  g_return_if_fail (rect != NULL);

  self->framings[framing] =
      semio_picture_rect_clamp ((SemioPictureRect){ rect->origin.x, rect->origin.y, rect->size.width, rect->size.height });
  if (self->framing == framing)
    begin_change (self);
}

/**
 * semio_video_view_get_framing_rect:
 * @self: a view
 * @framing: which
 * @rect: (out): in shares of the picture's width and height
 */
void
semio_video_view_get_framing_rect (SemioVideoView *self, SemioFraming framing, graphene_rect_t *rect)
{
  const SemioPictureRect *share;

  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));
  g_return_if_fail ((guint) framing < N_FRAMINGS);

  share = &self->framings[framing];
  graphene_rect_init (rect, (float) share->x, (float) share->y, (float) share->width, (float) share->height);
}

/**
 * semio_video_view_set_framing:
 * @self: a view
 * @framing: what of the picture to show
 */
void
semio_video_view_set_framing (SemioVideoView *self, SemioFraming framing)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));
  g_return_if_fail ((guint) framing < N_FRAMINGS);

  semio_video_view_reset_zoom (self);
  if (self->framing == framing)
    return;
  self->framing = framing;
  begin_change (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAMING]);
}

/**
 * semio_video_view_get_framing:
 * @self: a view
 *
 * Returns: the framing in use, also while it is still moving there
 */
SemioFraming
semio_video_view_get_framing (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), SEMIO_FRAMING_WHOLE);

  return self->framing;
}

/**
 * semio_video_view_set_mirrored:
 * @self: a view
 * @mirrored: whether the recording is mirrored: R and L change places
 */
void
semio_video_view_set_mirrored (SemioVideoView *self, gboolean mirrored)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  mirrored = !!mirrored;
  if (self->mirrored == mirrored)
    return;
  self->mirrored = mirrored;
  semio_video_view_update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MIRRORED]);
}

/**
 * semio_video_view_get_mirrored:
 * @self: a view
 *
 * Returns: whether R and L stand exchanged
 */
gboolean
semio_video_view_get_mirrored (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), FALSE);

  return self->mirrored;
}

/**
 * semio_video_view_set_show_sides:
 * @self: a view
 * @show_sides: whether R and L stand at the picture's edges
 */
void
semio_video_view_set_show_sides (SemioVideoView *self, gboolean show_sides)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  show_sides = !!show_sides;
  if (self->show_sides == show_sides)
    return;
  self->show_sides = show_sides;
  semio_video_view_update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDES]);
}

/**
 * semio_video_view_set_message:
 * @self: a view
 * @title: (nullable): one short line, NULL to show the picture again
 * @description: (nullable): why, and what to do
 */
void
semio_video_view_set_message (SemioVideoView *self, const char *title, const char *description)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  semio_video_message_set_text (SEMIO_VIDEO_MESSAGE (self->message), title, description);
  semio_video_view_update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_video_view_get_message:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the message's title, NULL when the picture is shown
 */
const char *
semio_video_view_get_message (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), NULL);

  return semio_video_message_get_title (SEMIO_VIDEO_MESSAGE (self->message));
}

/**
 * semio_video_view_set_message_action:
 * @self: a view
 * @action: (nullable): a widget to stand under the message
 */
void
semio_video_view_set_message_action (SemioVideoView *self, GtkWidget *action)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));
  g_return_if_fail (action == NULL || GTK_IS_WIDGET (action));

  semio_video_message_set_action (SEMIO_VIDEO_MESSAGE (self->message), action);
}

/**
 * semio_video_view_set_title:
 * @self: a view
 * @title: (nullable): what is shown, for assistive technology
 */
void
semio_video_view_set_title (SemioVideoView *self, const char *title)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  g_free (self->title);
  self->title = g_strdup (title);
  semio_video_view_update_accessible (self);
}

/**
 * semio_video_view_get_picture_rect:
 * @self: a view
 * @rect: (out): where the whole picture stands; parts of it may lie outside the view
 *
 * Returns: FALSE when there is no picture
 */
gboolean
semio_video_view_get_picture_rect (SemioVideoView *self, graphene_rect_t *rect)
{
  SemioPictureRect fitted;
  float scale;

  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), FALSE);

  fitted = fit_zoomed (self, self->crop);
  if (fitted.width <= 0 || is_message_shown (self))
    return FALSE;
  scale = (float) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_init (rect, (float) fitted.x / scale, (float) fitted.y / scale, (float) fitted.width / scale,
                      (float) fitted.height / scale);
  return TRUE;
}

/**
 * semio_video_view_get_view_size:
 * @self: a view
 * @width_px: (out): device pixels
 * @height_px: (out): device pixels
 */
void
semio_video_view_get_view_size (SemioVideoView *self, int *width_px, int *height_px)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  *width_px = self->view_width_px;
  *height_px = self->view_height_px;
}

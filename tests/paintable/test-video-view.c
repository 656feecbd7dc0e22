/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "semio-video-view.h"

#define WIDTH_PX 800
#define HEIGHT_PX 300
#define WAIT_US (5 * G_USEC_PER_SEC)
#define GREY 0xff808080u

typedef struct {
  GtkWidget *window;
  SemioVideoView *view;
  int width_px, height_px;
  guint n_sizes, n_frames;
} Fixture;

/* One colour all over. */
static SemioFrame *
new_frame (gint64 number, int width_px, int height_px)
{
  SemioFrame *frame = g_new0 (SemioFrame, 1);
  gsize n = (gsize) width_px * (gsize) height_px;
  guint32 *pixels = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    pixels[i] = GREY;
  g_atomic_ref_count_init (&frame->refs);
  frame->frame = number;
  frame->width_px = width_px;
  frame->height_px = height_px;
  frame->stride = width_px * 4;
  frame->bgra = g_bytes_new_take (pixels, n * 4);
  return frame;
}

static void
show_frame (Fixture *fixture, gint64 number)
{
  g_autoptr (SemioFrame) frame = new_frame (number, fixture->width_px, fixture->height_px);

  semio_video_view_set_frame (fixture->view, frame);
}

static void
view_size_cb (SemioVideoView *view, int width_px, int height_px, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->width_px = width_px;
  fixture->height_px = height_px;
  fixture->n_sizes++;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  ((Fixture *) user_data)->n_frames++;
}

static void
wait_frame (Fixture *fixture)
{
  guint before = fixture->n_frames;
  gint64 until_us = g_get_monotonic_time () + WAIT_US;

  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (fixture->window), GDK_FRAME_CLOCK_PHASE_PAINT);
  while (fixture->n_frames == before && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->n_frames, >, before);
}

static void
wait_size (Fixture *fixture, guint n)
{
  gint64 until_us = g_get_monotonic_time () + WAIT_US;

  while (fixture->n_sizes < n && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->n_sizes, ==, n);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->view = SEMIO_VIDEO_VIEW (semio_video_view_new ());
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH_PX, HEIGHT_PX);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  g_signal_connect (fixture->view, "view-size", G_CALLBACK (view_size_cb), fixture);
  semio_video_view_set_source_size (fixture->view, 1920, 1080);
  g_object_set (gtk_widget_get_settings (fixture->window), "gtk-enable-animations", FALSE, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_signal_connect (gtk_widget_get_frame_clock (fixture->window), "after-paint", G_CALLBACK (after_paint_cb), fixture);
  wait_frame (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (fixture->window), fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* What the view paints now, BGRA, a row after another. */
static guint32 *
grab (Fixture *fixture)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 *pixels = g_new0 (guint32, WIDTH_PX * HEIGHT_PX);

  wait_frame (fixture);
  g_assert_cmpint (gtk_widget_get_width (widget), ==, WIDTH_PX);
  g_assert_cmpint (gtk_widget_get_height (widget), ==, HEIGHT_PX);
  /* Only what was painted once can be looked at. */
  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, snapshot, WIDTH_PX, HEIGHT_PX);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, WIDTH_PX, HEIGHT_PX));
  gdk_texture_download (texture, (guchar *) pixels, WIDTH_PX * 4);
  return pixels;
}

/* Sum of the light in a rectangle: an R holds more ink than an L. */
static guint64
get_light (const guint32 *pixels, int x, int y, int width, int height)
{
  guint64 light = 0;

  for (int row = y; row < y + height; row++)
    for (int column = x; column < x + width; column++)
      light += pixels[row * WIDTH_PX + column] & 0xff;
  return light;
}

static void
test_size_is_told_once (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fixture->n_sizes, ==, 1);
  g_assert_cmpint (fixture->height_px, ==, 300);
  g_assert_cmpint (fixture->width_px, ==, 533);
  gtk_widget_queue_resize (GTK_WIDGET (fixture->view));
  wait_frame (fixture);
  show_frame (fixture, 1);
  wait_frame (fixture);
  g_assert_cmpuint (fixture->n_sizes, ==, 1);
}

static void
test_framing_asks_for_more_pixels (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t rect;

  semio_video_view_set_framing (fixture->view, SEMIO_FRAMING_FACE);
  wait_size (fixture, 2);
  g_assert_cmpint (fixture->height_px, >, 500);
  g_assert_true (semio_video_view_get_picture_rect (fixture->view, &rect));
  g_assert_cmpfloat (rect.size.height, >, HEIGHT_PX);
  semio_video_view_set_framing (fixture->view, SEMIO_FRAMING_WHOLE);
  wait_size (fixture, 3);
  g_assert_cmpint (fixture->height_px, ==, 300);
}

static void
test_picture_on_black (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *pixels = NULL;
  graphene_rect_t rect;

  semio_video_view_set_show_sides (fixture->view, FALSE);
  show_frame (fixture, 7);
  pixels = grab (fixture);
  g_assert_true (semio_video_view_get_picture_rect (fixture->view, &rect));
  g_assert_cmpfloat (rect.origin.x, ==, 133);
  for (int x = 0; x < WIDTH_PX; x++)
    {
      gboolean inside = x >= 133 && x < 133 + 533;

      /* Not one column of it is blurred: what was asked for is painted as it came. */
      g_assert_cmphex (pixels[150 * WIDTH_PX + x], ==, inside ? GREY : 0xff000000u);
    }
  g_assert_cmpint (semio_video_paintable_get_painted_frame (semio_video_view_get_paintable (fixture->view)), ==, 7);
}

static void
test_sides (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *plain = NULL, *mirrored = NULL;
  g_autofree char *difference = NULL;
  guint64 left, right;

  show_frame (fixture, 1);
  plain = grab (fixture);
  left = get_light (plain, 0, 0, 133, 60);
  right = get_light (plain, 133 + 533, 0, 133, 60);
  /* The patient faces the camera: R is on the left of the picture. */
  g_assert_cmpuint (left, >, right);
  g_assert_cmpuint (right, >, 0);

  semio_video_view_set_title (fixture->view, "P07 · R031");
  semio_video_view_set_mirrored (fixture->view, TRUE);
  mirrored = grab (fixture);
  g_assert_cmpuint (get_light (mirrored, 0, 0, 133, 60), ==, right);
  g_assert_cmpuint (get_light (mirrored, 133 + 533, 0, 133, 60), ==, left);
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                   "P07 · R031, mirrored: the patient’s left is on the left of the picture");
  g_assert_cmpstr (difference, ==, NULL);
}

static void
test_message (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = gtk_button_new_with_label ("Find the Video…");
  g_autofree char *difference = NULL;
  graphene_rect_t rect;

  semio_video_view_set_message (fixture->view, "No video for this recording", "It was made from labels.");
  semio_video_view_set_message_action (fixture->view, button);
  wait_frame (fixture);
  g_assert_cmpstr (semio_video_view_get_message (fixture->view), ==, "No video for this recording");
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_false (semio_video_view_get_picture_rect (fixture->view, &rect));
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                   "Video: No video for this recording");
  g_assert_cmpstr (difference, ==, NULL);

  semio_video_view_set_message (fixture->view, NULL, NULL);
  wait_frame (fixture);
  g_assert_null (semio_video_view_get_message (fixture->view));
  g_assert_false (gtk_widget_get_mapped (button));
  semio_video_view_set_message_action (fixture->view, NULL);
}

/* Frames that were replaced before they were painted do not count; one painted twice counts once. */
/* Each pixel twice as large: as many more are asked for, and what is under the point stays there. */
static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t before, after;
  int wide = fixture->width_px;

  g_assert_true (semio_video_view_get_picture_rect (fixture->view, &before));
  semio_video_view_zoom_about (fixture->view, 2, before.origin.x + before.size.width / 4, 150);
  wait_size (fixture, 2);
  g_assert_cmpint (ABS (fixture->width_px - 2 * wide), <=, 1);
  g_assert_true (semio_video_view_get_picture_rect (fixture->view, &after));
  g_assert_cmpfloat_with_epsilon (after.origin.x + after.size.width / 4, before.origin.x + before.size.width / 4, 1.5);
  /* Never more than the source has. */
  semio_video_view_zoom (fixture->view, 100);
  g_assert_cmpfloat (semio_video_view_get_zoom (fixture->view), ==, SEMIO_PICTURE_ZOOM_MAX);
  wait_size (fixture, 3);
  g_assert_cmpint (fixture->width_px, ==, 1920);
  semio_video_view_pan (fixture->view, 1e6, 1e6);
  g_assert_true (semio_video_view_get_picture_rect (fixture->view, &after));
  g_assert_cmpfloat (after.origin.x, ==, 0);
  g_assert_cmpfloat (after.origin.y, ==, 0);
  /* Another framing is looked at from its beginning. */
  semio_video_view_set_framing (fixture->view, SEMIO_FRAMING_BODY);
  g_assert_cmpfloat (semio_video_view_get_zoom (fixture->view), ==, 1);
}

/* R stands at the edge that was on the left: turned clockwise, that is the top. The number of the frame stays. */
static void
test_turned (Fixture *fixture, gconstpointer data)
{
  SemioPictureChange change = SEMIO_PICTURE_CHANGE_NONE;
  g_autofree guint32 *pixels = NULL;
  graphene_rect_t rect;
  int x;

  show_frame (fixture, 5);
  change.quarter_turns = 1;
  semio_video_view_set_change (fixture->view, change);
  wait_size (fixture, 2);
  /* Asked for as it was recorded: 16 by 9, as high as the view when it lies on its side. */
  g_assert_cmpint (fixture->width_px, ==, 300);
  g_assert_cmpint (fixture->height_px, ==, 169);
  show_frame (fixture, 6);
  pixels = grab (fixture);
  g_assert_true (semio_video_view_get_picture_rect (fixture->view, &rect));
  g_assert_cmpfloat (rect.size.width, <, rect.size.height);
  x = (int) rect.origin.x;
  g_assert_cmpuint (get_light (pixels, x, 0, 60, 50), >, get_light (pixels, x, HEIGHT_PX - 90, 60, 50));
  g_assert_cmpint (semio_video_paintable_get_painted_frame (semio_video_view_get_paintable (fixture->view)), ==, 6);
}

/* The magnifier asks for the source's own pixels and stays inside the view. */
static void
test_lens (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *plain = NULL, *magnified = NULL;

  semio_video_view_set_show_sides (fixture->view, FALSE);
  show_frame (fixture, 1);
  plain = grab (fixture);
  semio_video_view_set_pointer (fixture->view, TRUE, 140, 5);
  semio_video_view_set_lens_shown (fixture->view, TRUE);
  wait_size (fixture, 2);
  g_assert_cmpint (fixture->width_px, ==, 1920);
  magnified = grab (fixture);
  /* Its white rim stands over the grey picture, below the pointer: it cannot leave the view at the top. */
  g_assert_cmphex (magnified[2 * WIDTH_PX + 140], !=, plain[2 * WIDTH_PX + 140]);
  semio_video_view_set_lens (fixture->view, 99);
  g_assert_cmpfloat (semio_video_view_get_lens (fixture->view), ==, 4);
  semio_video_view_set_lens_shown (fixture->view, FALSE);
  wait_size (fixture, 3);
  g_assert_cmpint (fixture->width_px, ==, 533);
}

static void
test_painted_frames_are_counted (Fixture *fixture, gconstpointer data)
{
  SemioVideoPaintable *paintable = semio_video_view_get_paintable (fixture->view);
  guint64 before = semio_video_paintable_get_n_painted (paintable);

  for (int i = 0; i < 10; i++)
    {
      show_frame (fixture, 2 * i);
      show_frame (fixture, 2 * i + 1);
      wait_frame (fixture);
      gtk_widget_queue_draw (GTK_WIDGET (fixture->view));
      wait_frame (fixture);
      g_assert_cmpint (semio_video_paintable_get_painted_frame (paintable), ==, 2 * i + 1);
    }
  g_assert_cmpuint (semio_video_paintable_get_n_painted (paintable), ==, before + 10);
}

static void
count_cb (GdkPaintable *paintable, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
}

static void
test_paintable (void)
{
  g_autoptr (SemioVideoPaintable) paintable = semio_video_paintable_new ();
  g_autoptr (SemioFrame) first = new_frame (0, 64, 48);
  g_autoptr (SemioFrame) second = new_frame (1, 64, 48);
  g_autoptr (SemioFrame) larger = new_frame (2, 128, 96);
  guint n_contents = 0, n_sizes = 0;

  g_signal_connect (paintable, "invalidate-contents", G_CALLBACK (count_cb), &n_contents);
  g_signal_connect (paintable, "invalidate-size", G_CALLBACK (count_cb), &n_sizes);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (paintable)), ==, 0);
  semio_video_paintable_set_frame (paintable, first);
  semio_video_paintable_set_frame (paintable, first);
  semio_video_paintable_set_frame (paintable, second);
  g_assert_cmpuint (n_contents, ==, 2);
  g_assert_cmpuint (n_sizes, ==, 1);
  semio_video_paintable_set_frame (paintable, larger);
  g_assert_cmpuint (n_sizes, ==, 2);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (paintable)), ==, 96);
  g_assert_true (semio_video_paintable_get_frame (paintable) == larger);
  semio_video_paintable_set_frame (paintable, NULL);
  g_assert_null (semio_video_paintable_get_texture (paintable));
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (paintable)), ==, 0);
}

/* A frame that claims more than its buffer holds is not read. */
static void
test_short_buffer (void)
{
  g_autoptr (SemioVideoPaintable) paintable = semio_video_paintable_new ();
  g_autoptr (SemioFrame) taller = new_frame (0, 64, 48);
  g_autoptr (SemioFrame) wider = new_frame (0, 64, 48);
  g_autoptr (SemioFrame) negative = new_frame (0, 64, 48);

  taller->height_px = 4000;
  wider->width_px = 65;
  negative->height_px = -48;
  semio_video_paintable_set_frame (paintable, taller);
  g_assert_null (semio_video_paintable_get_texture (paintable));
  semio_video_paintable_set_frame (paintable, wider);
  g_assert_null (semio_video_paintable_get_texture (paintable));
  semio_video_paintable_set_frame (paintable, negative);
  g_assert_null (semio_video_paintable_get_texture (paintable));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/video-view/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("size-is-told-once", test_size_is_told_once);
  ADD ("framing-asks-for-more-pixels", test_framing_asks_for_more_pixels);
  ADD ("picture-on-black", test_picture_on_black);
  ADD ("sides", test_sides);
  ADD ("message", test_message);
  ADD ("zoom", test_zoom);
  ADD ("turned", test_turned);
  ADD ("lens", test_lens);
  ADD ("painted-frames-are-counted", test_painted_frames_are_counted);
#undef ADD
  g_test_add_func ("/video-paintable/frames", test_paintable);
  g_test_add_func ("/video-paintable/short-buffer", test_short_buffer);
  return g_test_run ();
}

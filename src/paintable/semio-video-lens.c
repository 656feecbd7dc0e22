/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-video-lens.h"

#include <math.h>

#define MAX_RADIUS_PX 130
/* In a small view the lens leaves the rest to be seen. */
#define VIEW_SHARE 0.32
#define RIM_PX 2

/**
 * semio_video_lens_append:
 * @snapshot: to paint on
 * @paintable: the picture
 * @point: what is looked at, in the view
 * @picture: where the whole picture stands in the view
 * @width_px: width of the whole picture as the lens shows it
 * @height_px: height of the whole picture as the lens shows it
 * @view_width_px: the view
 * @view_height_px: the view
 *
 * The middle of the lens shows what is under the point. The lens itself stays inside the view.
 */
void
semio_video_lens_append (GtkSnapshot *snapshot, GdkPaintable *paintable, graphene_point_t point, SemioPictureRect picture,
                         double width_px, double height_px, double view_width_px, double view_height_px)
{
  static const GdkRGBA black = { 0, 0, 0, 1 }, rim = { 1, 1, 1, 0.9f }, edge = { 0, 0, 0, 0.6f };
  double radius = floor (MIN (MAX_RADIUS_PX, VIEW_SHARE * MIN (view_width_px, view_height_px)));
  double center_x = CLAMP (point.x, radius + RIM_PX, MAX (view_width_px - radius - RIM_PX, radius + RIM_PX));
  double center_y = CLAMP (point.y, radius + RIM_PX, MAX (view_height_px - radius - RIM_PX, radius + RIM_PX));
  double share_x, share_y;
  float widths[] = { RIM_PX, RIM_PX, RIM_PX, RIM_PX };
  GdkRGBA colors[] = { rim, rim, rim, rim };
  GskRoundedRect circle;
  graphene_rect_t bounds;

  if (picture.width <= 0 || picture.height <= 0 || radius < 1)
    return;
  share_x = CLAMP ((point.x - picture.x) / picture.width, 0.0, 1.0);
  share_y = CLAMP ((point.y - picture.y) / picture.height, 0.0, 1.0);
  graphene_rect_init (&bounds, (float) (center_x - radius), (float) (center_y - radius), (float) (2 * radius),
                      (float) (2 * radius));
  gsk_rounded_rect_init_from_rect (&circle, &bounds, (float) radius);
  gtk_snapshot_append_outset_shadow (snapshot, &circle, &edge, 0, 1, 1, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &black, &bounds);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) floor (center_x - share_x * width_px),
                                                          (float) floor (center_y - share_y * height_px)));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width_px, height_px);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &circle, widths, colors);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-zoom.h"

#include <math.h>

/* Closer to 1 than this is 1: a wheel turned back must land on the framing itself. */
#define NEAR_ONE 0.02

static double
place (double view_px, double size_px, double center)
{
  double begin_px = view_px / 2 - center * size_px;

  if (size_px <= view_px)
    return floor ((view_px - size_px) / 2);
  return floor (CLAMP (begin_px, view_px - size_px, 0.0));
}

/* The share of the picture that can stand in the middle of the view without black at an edge. */
static double
clamp_center (double view_px, double size_px, double center)
{
  double half = view_px / size_px / 2;

  return half >= 0.5 ? 0.5 : CLAMP (center, half, 1 - half);
}

/* The zoom under which the picture stands at a place, as far as the edges allow. */
static SemioPictureZoom
from_place (double factor, double view_width_px, double view_height_px, SemioPictureRect picture)
{
  return (SemioPictureZoom){
    factor,
    clamp_center (view_width_px, picture.width, (view_width_px / 2 - picture.x) / picture.width),
    clamp_center (view_height_px, picture.height, (view_height_px / 2 - picture.y) / picture.height),
  };
}

/* Where the picture stands before that is rounded to whole pixels: many small steps must not add up their roundings. */
static SemioPictureRect
get_exact (SemioPictureZoom zoom, double view_width_px, double view_height_px, SemioPictureRect fitted)
{
  SemioPictureRect exact = fitted;

  if (zoom.factor <= 1)
    return fitted;
  exact.width *= zoom.factor;
  exact.height *= zoom.factor;
  exact.x = view_width_px / 2 - clamp_center (view_width_px, exact.width, zoom.x) * exact.width;
  exact.y = view_height_px / 2 - clamp_center (view_height_px, exact.height, zoom.y) * exact.height;
  return exact;
}

/**
 * semio_picture_zoom_apply:
 * @zoom: how much, about which point
 * @view_width_px: the view, device pixels
 * @view_height_px: the view, device pixels
 * @fitted: where the picture stands without zoom, from semio_picture_fit()
 *
 * Returns: where the whole picture stands, in whole device pixels
 */
SemioPictureRect
semio_picture_zoom_apply (SemioPictureZoom zoom, double view_width_px, double view_height_px, SemioPictureRect fitted)
{
  SemioPictureRect zoomed;

  if (zoom.factor <= 1 || fitted.width <= 0 || fitted.height <= 0)
    return fitted;
  zoomed.width = round (fitted.width * zoom.factor);
  zoomed.height = round (fitted.height * zoom.factor);
  zoomed.x = place (view_width_px, zoomed.width, zoom.x);
  zoomed.y = place (view_height_px, zoomed.height, zoom.y);
  return zoomed;
}

/**
 * semio_picture_zoom_about:
 * @zoom: the zoom so far
 * @view_width_px: the view, device pixels
 * @view_height_px: the view, device pixels
 * @fitted: where the picture stands without zoom
 * @factor: wanted; brought to 1 to %SEMIO_PICTURE_ZOOM_MAX
 * @x_px: the point of the view that stays, device pixels
 * @y_px: the point of the view that stays, device pixels
 *
 * Returns: the zoom from now on
 */
SemioPictureZoom
semio_picture_zoom_about (SemioPictureZoom zoom, double view_width_px, double view_height_px, SemioPictureRect fitted,
                          double factor, double x_px, double y_px)
{
  SemioPictureRect now = get_exact (zoom, view_width_px, view_height_px, fitted);
  SemioPictureRect next;
  double x, y;

  if (now.width <= 0 || now.height <= 0 || !isfinite (factor))
    return zoom;
  factor = CLAMP (factor, 1.0, SEMIO_PICTURE_ZOOM_MAX);
  if (factor < 1 + NEAR_ONE)
    return (SemioPictureZoom){ 1, 0.5, 0.5 };
  x = (x_px - now.x) / now.width;
  y = (y_px - now.y) / now.height;
  next.width = fitted.width * factor;
  next.height = fitted.height * factor;
  next.x = x_px - x * next.width;
  next.y = y_px - y * next.height;
  return from_place (factor, view_width_px, view_height_px, next);
}

/**
 * semio_picture_zoom_pan:
 * @zoom: the zoom so far
 * @view_width_px: the view, device pixels
 * @view_height_px: the view, device pixels
 * @fitted: where the picture stands without zoom
 * @dx_px: how far the picture moves to the right, device pixels
 * @dy_px: how far the picture moves down, device pixels
 *
 * Returns: the zoom from now on; the same when there is nothing to pan
 */
SemioPictureZoom
semio_picture_zoom_pan (SemioPictureZoom zoom, double view_width_px, double view_height_px, SemioPictureRect fitted, double dx_px,
                        double dy_px)
{
  SemioPictureRect now = get_exact (zoom, view_width_px, view_height_px, fitted);

  if (zoom.factor <= 1 || now.width <= 0 || now.height <= 0)
    return zoom;
  now.x += dx_px;
  now.y += dy_px;
  return from_place (zoom.factor, view_width_px, view_height_px, now);
}

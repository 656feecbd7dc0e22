/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-fit.h"

#include <math.h>

/* A framing smaller than this would ask for a picture of absurd size. */
#define MIN_SHARE 0.05
/* 33 MB a frame: a source of 3840 × 2160 as it is, and a limit for what is larger. */
#define MAX_PIXELS (3840.0 * 2160.0)

static double
clamp_range (double begin, double length, double *clamped_length)
{
  length = CLAMP (length, MIN_SHARE, 1.0);
  *clamped_length = length;
  return CLAMP (begin, 0.0, 1.0 - length);
}

/**
 * semio_picture_rect_clamp:
 * @rect: in shares of the picture
 *
 * Returns: the nearest rectangle of its size that lies inside the picture; the whole for one that is none
 */
SemioPictureRect
semio_picture_rect_clamp (SemioPictureRect rect)
{
  SemioPictureRect clamped;

  if (!(rect.width > 0) || !(rect.height > 0) || !isfinite (rect.x) || !isfinite (rect.y))
    return (SemioPictureRect){ 0, 0, 1, 1 };
  clamped.x = clamp_range (rect.x, rect.width, &clamped.width);
  clamped.y = clamp_range (rect.y, rect.height, &clamped.height);
  return clamped;
}

/**
 * semio_picture_rect_mix:
 * @from: at share 0
 * @to: at share 1
 * @share: 0 to 1
 *
 * Returns: the rectangle between them
 */
SemioPictureRect
semio_picture_rect_mix (SemioPictureRect from, SemioPictureRect to, double share)
{
  return (SemioPictureRect){
    from.x + (to.x - from.x) * share,
    from.y + (to.y - from.y) * share,
    from.width + (to.width - from.width) * share,
    from.height + (to.height - from.height) * share,
  };
}

/* The picture's edge along one axis: the crop in the middle, but no black beside the picture where the picture could
 * fill it. */
static double
place (double view_px, double size_px, double crop_begin, double crop_length)
{
  double begin_px = view_px / 2 - (crop_begin + crop_length / 2) * size_px;

  if (size_px <= view_px)
    return floor ((view_px - size_px) / 2);
  return floor (CLAMP (begin_px, view_px - size_px, 0.0));
}

/**
 * semio_picture_fit:
 * @view_width_px: the view, device pixels
 * @view_height_px: the view, device pixels
 * @aspect: width by height of the whole picture
 * @crop: what of it is to be seen, in shares
 *
 * Returns: where the whole picture stands, in whole device pixels
 */
SemioPictureRect
semio_picture_fit (double view_width_px, double view_height_px, double aspect, SemioPictureRect crop)
{
  SemioPictureRect fitted;
  double crop_aspect, height_px;

  if (!(view_width_px >= 1) || !(view_height_px >= 1) || !(aspect > 0))
    return (SemioPictureRect){ 0, 0, 0, 0 };
  crop = semio_picture_rect_clamp (crop);
  crop_aspect = aspect * crop.width / crop.height;
  if (crop_aspect > view_width_px / view_height_px)
    height_px = view_width_px / crop_aspect / crop.height;
  else
    height_px = view_height_px / crop.height;

  fitted.width = MAX (round (height_px * aspect), 1);
  fitted.height = MAX (round (height_px), 1);
  fitted.x = place (view_width_px, fitted.width, crop.x, crop.width);
  fitted.y = place (view_height_px, fitted.height, crop.y, crop.height);
  return fitted;
}

/**
 * semio_picture_fit_get_size:
 * @fitted: from semio_picture_fit()
 * @source_width_px: of the recording, 0 unknown
 * @source_height_px: of the recording, 0 unknown
 * @width_px: (out): to ask for
 * @height_px: (out): to ask for
 *
 * A picture larger than its source gains nothing from being scaled before it is painted.
 */
void
semio_picture_fit_get_size (SemioPictureRect fitted, int source_width_px, int source_height_px, int *width_px, int *height_px)
{
  *width_px = (int) fitted.width;
  *height_px = (int) fitted.height;
  if (source_width_px > 0 && source_height_px > 0 && (*width_px > source_width_px || *height_px > source_height_px))
    {
      *width_px = source_width_px;
      *height_px = source_height_px;
    }
}

/**
 * semio_picture_fit_cap_size:
 * @width_px: (inout): to ask for
 * @height_px: (inout): to ask for
 */
void
semio_picture_fit_cap_size (int *width_px, int *height_px)
{
  double pixels = (double) *width_px * *height_px;
  double share = sqrt (MAX_PIXELS / pixels);

  if (pixels <= MAX_PIXELS)
    return;
  *width_px = MAX ((int) (*width_px * share), 1);
  *height_px = MAX ((int) (*height_px * share), 1);
}

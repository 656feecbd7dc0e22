/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame.h"
#include "semio-picture-fit.h"

G_BEGIN_DECLS

#define SEMIO_PICTURE_GAMMA_MIN 30
#define SEMIO_PICTURE_GAMMA_MAX 300
/* Type of what semio_picture_change_to_variant() gives. */
#define SEMIO_PICTURE_CHANGE_FORMAT "(iiii)"

/* What is done to the picture on the way to the eye, and only there: the file stays as it is. */
typedef struct {
  int brightness; /* −100 to 100, 0 as it is */
  int contrast; /* −100 to 100, 0 as it is */
  int gamma_percent; /* 30 to 300, 100 as it is; more lifts what is dark */
  int quarter_turns; /* 0 to 3, clockwise */
} SemioPictureChange;

#define SEMIO_PICTURE_CHANGE_NONE ((SemioPictureChange){ 0, 0, 100, 0 })

/* Every number brought into its range. */
SemioPictureChange semio_picture_change_clamp (SemioPictureChange change);
gboolean semio_picture_change_is_none (SemioPictureChange change);
gboolean semio_picture_change_equal (SemioPictureChange a, SemioPictureChange b);
/* What becomes of each value of a colour. */
void semio_picture_change_fill_table (SemioPictureChange change, guint8 table[256]);
/* Another frame with the same number and time, or the same frame when nothing changes. */
SemioFrame *semio_picture_change_apply (SemioPictureChange change, SemioFrame *frame);
/* Where a part of the picture (in shares) stands after turning. */
SemioPictureRect semio_picture_change_turn (SemioPictureChange change, SemioPictureRect rect);

/* (transfer floating) */
GVariant *semio_picture_change_to_variant (SemioPictureChange change);
/* No change from what is no such variant. */
SemioPictureChange semio_picture_change_from_variant (GVariant *variant);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-video-view.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_VIEW_CHIPS (semio_view_chips_get_type ())
G_DECLARE_FINAL_TYPE (SemioViewChips, semio_view_chips, SEMIO, VIEW_CHIPS, GtkWidget)

/**
 * SemioViewChips:
 *
 * What is not as it was recorded stands over the picture: "2.0×" and "Picture changed", each taken back by a click.
 * Nothing stands there while the picture is as it was recorded.
 */
GtkWidget *semio_view_chips_new (SemioVideoView *view);

/* Whether the combs of an interlaced recording are taken away, which is not as it was recorded either. */
void semio_view_chips_set_deinterlaced (SemioViewChips *chips, gboolean deinterlaced);

G_END_DECLS

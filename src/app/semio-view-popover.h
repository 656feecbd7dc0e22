/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-video-view.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_VIEW_POPOVER (semio_view_popover_get_type ())
G_DECLARE_FINAL_TYPE (SemioViewPopover, semio_view_popover, SEMIO, VIEW_POPOVER, GtkPopover)

/**
 * SemioViewPopover:
 *
 * Brightness, contrast and gamma of a view by sliders, and what else is done with its picture by actions of the group "review".
 */
GtkWidget *semio_view_popover_new (SemioVideoView *view);

/* Of an interlaced recording its combs can be taken away; of others nothing is said of them. */
void semio_view_popover_set_interlaced (SemioViewPopover *popover, gboolean interlaced, gboolean deinterlaced);

G_END_DECLS

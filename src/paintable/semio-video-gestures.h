/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-video-view.h"

G_BEGIN_DECLS

/* Wheel, pinch, drag and pointer of a view: they zoom and pan it. */
void semio_video_gestures_add (SemioVideoView *view);

G_END_DECLS

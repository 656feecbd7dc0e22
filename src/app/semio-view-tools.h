/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-review-page.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_VIEW_TOOLS (semio_view_tools_get_type ())
G_DECLARE_FINAL_TYPE (SemioViewTools, semio_view_tools, SEMIO, VIEW_TOOLS, GObject)

/**
 * SemioViewTools:
 *
 * What the Review page does to the picture for the eye: zoom, magnifier, brightness, turning, saving a frame, copying
 * its time, playing a segment or around a moment. Adds its actions to the page's group "review", its chips to the picture
 * and its popover to the player's controls. How a recording's picture was changed is kept for this user, outside the study.
 */
SemioViewTools *semio_view_tools_new (SemioReviewPage *page);
/* A key came up: what is held by a key ends. */
void semio_view_tools_release (SemioViewTools *self);

G_END_DECLS

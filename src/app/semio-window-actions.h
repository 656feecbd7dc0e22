/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-window.h"

G_BEGIN_DECLS

/* The actions behind the menus and keys of a window. */
void semio_window_actions_install (SemioWindow *window);
/* Enables what the study and its page allow. */
void semio_window_actions_update (SemioWindow *window);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_WELCOME_PAGE (semio_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (SemioWelcomePage, semio_welcome_page, SEMIO, WELCOME_PAGE, AdwBin)

/**
 * SemioWelcomePage:
 *
 * Where a window begins: open, new, the studies opened last, the demonstration. Choices go out as actions and as the
 * signal "open-recent" (#GFile).
 */
void semio_welcome_page_set_settings (SemioWelcomePage *self, GSettings *settings);

G_END_DECLS

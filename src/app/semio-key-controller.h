/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-key-map.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_KEY_CONTROLLER (semio_key_controller_get_type ())
G_DECLARE_FINAL_TYPE (SemioKeyController, semio_key_controller, SEMIO, KEY_CONTROLLER, GObject)

/**
 * SemioKeyController:
 *
 * Takes the keys of a page before any widget sees them, except while an editable, a popover, a menu or a dialog has the
 * focus. It stands on the window while the page is on screen, so that a click beside the page does not silence it.
 *
 * Signals: "action" (const char *name, GVariant *target), handled when the handler returns TRUE; "key" (guint keyval,
 * guint state), a key that means nothing here, handled when the handler returns TRUE; "touched", any key at all;
 * "released", a key came up, or the window lost the keyboard and nobody knows which are down.
 */
SemioKeyController *semio_key_controller_new (void);

/* Listens to a window, or with NULL to none. */
void semio_key_controller_set_window (SemioKeyController *self, GtkWindow *window);

/* Whether keys go to a widget that has the focus rather than to the page; for tests. */
gboolean semio_key_controller_is_exempt (GtkWidget *focus);

G_END_DECLS

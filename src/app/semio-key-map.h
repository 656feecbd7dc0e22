/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* One key of the Review page. */
typedef struct {
  const char *action; /* of the page's group "review", without the prefix */
  const char *target; /* (nullable) GVariant text of its parameter */
  gboolean repeats; /* may be held */
  gboolean yields; /* goes to a focused control when its focus is visible */
} SemioKeyBinding;

/* What a key does, or NULL. keyval is what the key types in the layout in use (for a layout without Latin letters, what
 * it types in the first one that has them); keycode the hardware's; level the shift level it was typed at: digits match
 * by position, so a key that types something else with AltGr is no digit. */
const SemioKeyBinding *semio_key_map_find (guint keyval, guint keycode, int level, GdkModifierType state);
/* The digit of a key by its position in the top row or on the keypad, -1 none. */
int semio_key_map_get_digit (guint keycode);

G_END_DECLS

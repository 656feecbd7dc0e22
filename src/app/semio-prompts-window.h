/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_PROMPTS_WINDOW (semio_prompts_window_get_type ())
G_DECLARE_FINAL_TYPE (SemioPromptsWindow, semio_prompts_window, SEMIO, PROMPTS_WINDOW, AdwWindow)

/**
 * SemioPromptsWindow:
 *
 * The words put to models: the sets that come with the program and the person's own. A text is read, compared with that of
 * another set or version word by word, and changed; what is changed is kept as a new version in the person's folder. Those of
 * the program are never changed: the first change makes a copy.
 */
GtkWidget *semio_prompts_window_new (GtkWindow *parent);

G_END_DECLS

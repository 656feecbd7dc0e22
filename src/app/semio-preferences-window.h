/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_PREFERENCES_WINDOW (semio_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (SemioPreferencesWindow, semio_preferences_window, SEMIO, PREFERENCES_WINDOW, AdwPreferencesWindow)

/* What belongs to user and machine: where videos lie, how a patient is read from a name, whether videos are copied. */
GtkWidget *semio_preferences_window_new (GSettings *settings);

G_END_DECLS

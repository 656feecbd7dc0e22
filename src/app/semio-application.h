/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_APPLICATION (semio_application_get_type ())
G_DECLARE_FINAL_TYPE (SemioApplication, semio_application, SEMIO, APPLICATION, AdwApplication)

/**
 * SemioApplication:
 *
 * The one process: a window per study, the settings of user and machine. Opening a study that is open raises its window.
 */
SemioApplication *semio_application_new (void);

/* What belongs to user and machine. */
GSettings *semio_application_get_settings (SemioApplication *self);
/* Shows a study in its own window, in the given one when that is empty, or in a new one. */
void semio_application_open_study (SemioApplication *self, GFile *file, GtkWindow *window);

G_END_DECLS

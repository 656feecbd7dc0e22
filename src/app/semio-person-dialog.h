/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-window.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_PERSON_DIALOG (semio_person_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemioPersonDialog, semio_person_dialog, SEMIO, PERSON_DIALOG, AdwWindow)

/**
 * SemioPersonDialog:
 *
 * Asks who rates in a window: one of the study's persons, or a new one with a role. The signal "chosen" tells that the
 * window has its person now.
 */
/* adds: a new person is wanted, the known ones are left out. */
SemioPersonDialog *semio_person_dialog_new (SemioWindow *window, gboolean adds);

G_END_DECLS

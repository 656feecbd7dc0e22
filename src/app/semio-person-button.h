/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_PERSON_BUTTON (semio_person_button_get_type ())
G_DECLARE_FINAL_TYPE (SemioPersonButton, semio_person_button, SEMIO, PERSON_BUTTON, AdwBin)

/**
 * SemioPersonButton:
 *
 * Who rates in the window, with a menu of the study's persons. Choices go out as the actions "win.person" (the person's
 * UUID as text) and "win.add-person".
 */
void semio_person_button_set_study (SemioPersonButton *self, SemioStudy *study);

G_END_DECLS

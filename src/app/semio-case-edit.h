/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-window.h"

G_BEGIN_DECLS

/* Corrections of a recording by a person; the first two ask for the new text. Each is kept as an entry of the study. */
void semio_case_edit_pseudonym (SemioWindow *window, gint64 recording_id);
void semio_case_edit_patient (SemioWindow *window, gint64 recording_id);
/* Turns the mark over. */
void semio_case_edit_mirrored (SemioWindow *window, gint64 recording_id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-picture-fit.h"

G_BEGIN_DECLS

/**
 * SemioSideLetters:
 *
 * R and L for the patient's right and left, laid out in a widget's font.
 */
typedef struct _SemioSideLetters SemioSideLetters;

SemioSideLetters *semio_side_letters_new (GtkWidget *widget);
void semio_side_letters_free (SemioSideLetters *letters);

/* Beside the picture where the view has room for both, else on its edges. */
void semio_side_letters_append (SemioSideLetters *letters, GtkSnapshot *snapshot, SemioPictureRect picture, double view_width_px,
                                double view_height_px, gboolean mirrored, int quarter_turns);

G_END_DECLS

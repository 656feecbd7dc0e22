/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_PROGRESS_DIALOG (semio_progress_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemioProgressDialog, semio_progress_dialog, SEMIO, PROGRESS_DIALOG, AdwWindow)

/**
 * SemioProgressDialog:
 *
 * How far an operation has come, the time left, and a button that cancels it. It shows itself only when the operation
 * takes longer than a moment. Whoever starts the operation keeps a reference until semio_progress_dialog_finish().
 */
SemioProgressDialog *semio_progress_dialog_new (GtkWindow *parent, const char *heading);
GCancellable *semio_progress_dialog_get_cancellable (SemioProgressDialog *self);
/* A #SemioProgressFunc whose data is the dialog. */
void semio_progress_dialog_update (double fraction, const char *what, gpointer dialog);
/* The operation ended: closes and lets go of the dialog. */
void semio_progress_dialog_finish (SemioProgressDialog *self);

G_END_DECLS

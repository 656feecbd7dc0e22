/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-import.h"
#include "semio-window.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_IMPORT_DIALOG (semio_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemioImportDialog, semio_import_dialog, SEMIO, IMPORT_DIALOG, AdwWindow)

/**
 * SemioImportDialog:
 *
 * The preview of a table of labels or predictions: how its columns and names map, what blank cells mean, how many cells say
 * what; and the button that takes all of it over, or nothing.
 */
GtkWidget *semio_import_dialog_new (SemioWindow *window, SemioImport *import, GFile *file);

G_END_DECLS

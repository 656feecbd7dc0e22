/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-feature-set.h"
#include "semio-import.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_IMPORT_COLUMN_ROW (semio_import_column_row_get_type ())
G_DECLARE_FINAL_TYPE (SemioImportColumnRow, semio_import_column_row, SEMIO, IMPORT_COLUMN_ROW, AdwActionRow)

/**
 * SemioImportColumnRow:
 *
 * One column of a table that is imported: what it was taken for, its cells by answer, and what blank means in it. The
 * signal "blank-changed" tells that the person chose another meaning; the row has set it on the import already.
 */
GtkWidget *semio_import_column_row_new (SemioImport *import, SemioFeatureSet *set, guint column);
/* Shows what the import says of the column now. */
void semio_import_column_row_refresh (SemioImportColumnRow *self);

G_END_DECLS

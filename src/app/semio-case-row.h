/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-poster-cache.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_CASE_ROW (semio_case_row_get_type ())
G_DECLARE_FINAL_TYPE (SemioCaseRow, semio_case_row, SEMIO, CASE_ROW, AdwBin)

/**
 * SemioCaseRow:
 *
 * A case in the list of the Cases page; made once and bound to one case after the other. The signal "menu" (double x,
 * double y, in the row) asks for the menu of its case.
 */
GtkWidget *semio_case_row_new (void);
void semio_case_row_bind (SemioCaseRow *self, SemioCase *item, SemioStudy *study, SemioPosterCache *posters);
void semio_case_row_unbind (SemioCaseRow *self);
/* (nullable) */
SemioCase *semio_case_row_get_case (SemioCaseRow *self);

G_END_DECLS

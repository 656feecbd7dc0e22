/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-csv-reader.h"
#include "semio-wide-reader.h"

G_BEGIN_DECLS

/* What the header of a wide file was taken for; columns that are not there are -1. */
typedef struct {
  GArray *columns; /* SemioWideColumn, one per column of the file */
  int *answers; /* one per feature: column of its answers */
  int *explanations; /* one per feature: column of its explanations */
  int *begins; /* one per feature: column of when it begins */
  int *ends; /* one per feature: column of when it ends */
  int *scores; /* one per feature: column of its scores; predictions only */
  guint n_features;
  int file_name;
  int onset;
  int offset;
  int event_type;
  int gender;
} SemioWideColumns;

SemioWideColumns *semio_wide_columns_new (SemioCsvTable *csv, SemioWideKind kind, SemioFeatureSet *features, GError **error);
/* Columns that are not known and look like one that is, misspelt; a remark for each. Never guessed. */
void semio_wide_columns_remark_misspelt (SemioWideColumns *columns, SemioFeatureSet *features, GPtrArray *remarks);
void semio_wide_columns_free (SemioWideColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioWideColumns, semio_wide_columns_free)

G_END_DECLS

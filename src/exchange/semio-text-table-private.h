/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-text-table.h"

G_BEGIN_DECLS

typedef enum { SEMIO_TEXT_CELL_TEXT, SEMIO_TEXT_CELL_INT, SEMIO_TEXT_CELL_NUMBER } SemioTextCellKind;

typedef struct {
  SemioTextCellKind kind;
  gboolean bold;
  double value;
  char *text; /* as it is shown */
  gboolean has_interval;
  double low, high;
  char *full; /* (nullable): of a text, what stands in files for programs instead */
  char *why; /* (nullable): in a column with intervals, why there is none */
} SemioTextCell;

struct _SemioTextTable {
  char *title, *sentence;
  GPtrArray *heads; /* of char * */
  GArray *with_intervals; /* of gboolean, one a head */
  GPtrArray *rows; /* of arrays of SemioTextCell */
};

G_END_DECLS

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
} SemioTextCell;

struct _SemioTextTable {
  char *title, *sentence;
  GPtrArray *heads; /* of char * */
  GPtrArray *rows; /* of arrays of SemioTextCell */
};

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioStoreError:
 * @SEMIO_STORE_ERROR_FAILED: SQLite failed in a way that has no case of its own
 * @SEMIO_STORE_ERROR_NOT_A_STUDY: the file is something else, or empty
 * @SEMIO_STORE_ERROR_DAMAGED: the file is cut or broken; semio_backup_find() may know a good copy
 * @SEMIO_STORE_ERROR_NEWER: a newer Semioscope made the file
 * @SEMIO_STORE_ERROR_READ_ONLY: the place or the opening does not allow writing
 * @SEMIO_STORE_ERROR_BUSY: another program holds the file
 * @SEMIO_STORE_ERROR_FULL: the disk is full or the file cannot be written
 * @SEMIO_STORE_ERROR_NOT_FOUND: no row of that identity
 * @SEMIO_STORE_ERROR_EXISTS: a row or file of that identity is there already
 * @SEMIO_STORE_ERROR_CONFLICT: other cells stand under this run or reference set
 * @SEMIO_STORE_ERROR_OTHER_STUDY: the studies to merge are not copies of one study
 * @SEMIO_STORE_ERROR_INVALID: a value that the store does not take
 *
 * Errors of the store. Messages are sentences for people.
 */
typedef enum {
  SEMIO_STORE_ERROR_FAILED,
  SEMIO_STORE_ERROR_NOT_A_STUDY,
  SEMIO_STORE_ERROR_DAMAGED,
  SEMIO_STORE_ERROR_NEWER,
  SEMIO_STORE_ERROR_READ_ONLY,
  SEMIO_STORE_ERROR_BUSY,
  SEMIO_STORE_ERROR_FULL,
  SEMIO_STORE_ERROR_NOT_FOUND,
  SEMIO_STORE_ERROR_EXISTS,
  SEMIO_STORE_ERROR_CONFLICT,
  SEMIO_STORE_ERROR_OTHER_STUDY,
  SEMIO_STORE_ERROR_INVALID,
} SemioStoreError;

#define SEMIO_STORE_ERROR (semio_store_error_quark ())
GQuark semio_store_error_quark (void);

G_END_DECLS

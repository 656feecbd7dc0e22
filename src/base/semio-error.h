/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SemioBaseError:
 * @SEMIO_BASE_ERROR_PARSE: text is not of the form it should have
 * @SEMIO_BASE_ERROR_LIMIT: input is larger or deeper than allowed
 * @SEMIO_BASE_ERROR_HASH: the cryptographic library failed
 *
 * Errors of the base layer. Files report #GIOErrorEnum.
 */
typedef enum {
  SEMIO_BASE_ERROR_PARSE,
  SEMIO_BASE_ERROR_LIMIT,
  SEMIO_BASE_ERROR_HASH,
} SemioBaseError;

#define SEMIO_BASE_ERROR (semio_base_error_quark ())
GQuark semio_base_error_quark (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SemioExchangeError:
 * @SEMIO_EXCHANGE_ERROR_FORM: the file is not of the form it should have; the message names file, line and column
 * @SEMIO_EXCHANGE_ERROR_ENCODING: the file is not UTF-8
 * @SEMIO_EXCHANGE_ERROR_LIMIT: the file is larger than what is read
 *
 * Errors of the exchange layer.
 */
typedef enum {
  SEMIO_EXCHANGE_ERROR_FORM,
  SEMIO_EXCHANGE_ERROR_ENCODING,
  SEMIO_EXCHANGE_ERROR_LIMIT,
} SemioExchangeError;

#define SEMIO_EXCHANGE_ERROR (semio_exchange_error_quark ())
GQuark semio_exchange_error_quark (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioMllmError:
 * @SEMIO_MLLM_ERROR_INVALID: a prompt set, configuration, profile or address that is not one
 * @SEMIO_MLLM_ERROR_OFFLINE: the door is closed
 * @SEMIO_MLLM_ERROR_CONNECTION: no connection, or it broke; may be tried again
 * @SEMIO_MLLM_ERROR_CERTIFICATE: the server could not prove who it is
 * @SEMIO_MLLM_ERROR_TIMEOUT: no answer in time; may be tried again
 * @SEMIO_MLLM_ERROR_REDIRECT: the server points elsewhere; nothing was sent there
 * @SEMIO_MLLM_ERROR_REFUSED: the server said no, in its own words
 * @SEMIO_MLLM_ERROR_MIXED: the canary found that the server mixes what it was shown
 * @SEMIO_MLLM_ERROR_UNREACHABLE: nobody answers there, so nothing was sent; may be tried again
 *
 * Errors of talking to model servers.
 */
typedef enum {
  SEMIO_MLLM_ERROR_INVALID,
  SEMIO_MLLM_ERROR_OFFLINE,
  SEMIO_MLLM_ERROR_CONNECTION,
  SEMIO_MLLM_ERROR_CERTIFICATE,
  SEMIO_MLLM_ERROR_TIMEOUT,
  SEMIO_MLLM_ERROR_REDIRECT,
  SEMIO_MLLM_ERROR_REFUSED,
  SEMIO_MLLM_ERROR_MIXED,
  SEMIO_MLLM_ERROR_UNREACHABLE,
} SemioMllmError;

#define SEMIO_MLLM_ERROR (semio_mllm_error_quark ())
GQuark semio_mllm_error_quark (void);

G_END_DECLS

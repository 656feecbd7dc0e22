/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SemioModelError:
 * @SEMIO_MODEL_ERROR_FEATURE_SET: a feature set is not of the form it should have
 * @SEMIO_MODEL_ERROR_FRAME_INDEX: a frame index is not of the form it should have
 * @SEMIO_MODEL_ERROR_SIGNAL: signals are not of the form they should have
 *
 * Errors of the model layer.
 */
typedef enum {
  SEMIO_MODEL_ERROR_FEATURE_SET,
  SEMIO_MODEL_ERROR_FRAME_INDEX,
  SEMIO_MODEL_ERROR_SIGNAL,
} SemioModelError;

#define SEMIO_MODEL_ERROR (semio_model_error_quark ())
GQuark semio_model_error_quark (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioDemoError:
 * @SEMIO_DEMO_ERROR_CHOREOGRAPHY: a choreography or a file of sample answers is not of the form it should have
 * @SEMIO_DEMO_ERROR_DRAWING: cairo could not draw
 * @SEMIO_DEMO_ERROR_ENCODING: a GStreamer element is missing or failed
 * @SEMIO_DEMO_ERROR_STUDY: the study did not take what was made for it
 */
typedef enum {
  SEMIO_DEMO_ERROR_CHOREOGRAPHY,
  SEMIO_DEMO_ERROR_DRAWING,
  SEMIO_DEMO_ERROR_ENCODING,
  SEMIO_DEMO_ERROR_STUDY,
} SemioDemoError;

#define SEMIO_DEMO_ERROR (semio_demo_error_quark ())
GQuark semio_demo_error_quark (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SEMIO_SESSION_ERROR_READ_ONLY,
  SEMIO_SESSION_ERROR_NOT_FOUND,
  SEMIO_SESSION_ERROR_DUPLICATE, /* already there; nothing was changed */
  SEMIO_SESSION_ERROR_CONFLICT, /* other cells stand under this run */
  SEMIO_SESSION_ERROR_CONSENT, /* nobody agreed that something goes to a host; the message names it */
  SEMIO_SESSION_ERROR_REFUSED, /* the rules forbid it (an audio feature of a recording without sound) */
} SemioSessionError;

#define SEMIO_SESSION_ERROR (semio_session_error_quark ())
GQuark semio_session_error_quark (void);

G_END_DECLS

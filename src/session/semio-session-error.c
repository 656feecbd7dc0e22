/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-session-error.h"

G_DEFINE_QUARK (semio - session - error - quark, semio_session_error)

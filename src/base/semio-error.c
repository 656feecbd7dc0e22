/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-error.h"

G_DEFINE_QUARK (semio - base - error - quark, semio_base_error)

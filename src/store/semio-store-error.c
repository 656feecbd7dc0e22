/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-error.h"

G_DEFINE_QUARK (semio - store - error - quark, semio_store_error)

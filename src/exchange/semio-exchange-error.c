/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-exchange-error.h"

G_DEFINE_QUARK (semio - exchange - error - quark, semio_exchange_error)

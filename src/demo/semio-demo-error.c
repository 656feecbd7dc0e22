/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-error.h"

G_DEFINE_QUARK (semio - demo - error, semio_demo_error)

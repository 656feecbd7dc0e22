/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-model-error.h"

G_DEFINE_QUARK (semio - model - error - quark, semio_model_error)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-mllm-error.h"

G_DEFINE_QUARK (semio - mllm - error - quark, semio_mllm_error)

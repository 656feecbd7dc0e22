/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-media-error.h"

G_DEFINE_QUARK (semio - media - error - quark, semio_media_error)

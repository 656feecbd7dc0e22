/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-sniff.h"

G_BEGIN_DECLS

/* Walks the outermost parts of a container and refuses one whose parts reach beyond its end: a copy that broke off.
 * Also finds out whether an MP4 is in fragments. */
gboolean semio_sniff_whole (int fd, guint64 n_bytes, SemioSniff *sniff, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The body of a server's reply, as it stands in the study: a zlib stream, whose own check tells damage. */
GBytes *semio_raw_body_deflate (GBytes *raw, GError **error);
GBytes *semio_raw_body_inflate (GBytes *stored, GError **error);

G_END_DECLS

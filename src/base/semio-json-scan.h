/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Checks that the text is one JSON value of RFC 8259, nested at most max_depth deep, without a NUL or half a surrogate
 * pair in its strings and with finite numbers. Takes constant stack. */
gboolean semio_json_scan (const char *text, gsize length, guint max_depth, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON written straight into one buffer, for requests of many megabytes. The text must be UTF-8 without NUL. */

/* A text with its quotes. */
void semio_request_append_text (GString *out, const char *text);
/* Base64 (RFC 4648, padded) of the bytes; reserve() tells how long it gets. */
void semio_request_append_base64 (GString *out, GBytes *bytes);
gsize semio_request_get_base64_length (gsize n_bytes);

G_END_DECLS

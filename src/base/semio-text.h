/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text from outside made safe to keep and show: valid UTF-8 (bad bytes become U+FFFD), no NUL, no control
 * characters but newline and tab, bidirectional controls and other invisible format characters removed,
 * at most max_chars characters (then an ellipsis). Never NULL. */
char *semio_text_clean (const char *text, gssize length, gsize max_chars);
/* The name a file is joined by: base name without directories and extension, case folded, NFC. */
char *semio_text_stem (const char *file_name);
/* Locale-free number text for files: shortest that reads back the same; integers without a point. */
char *semio_text_from_double (double value);
gboolean semio_text_to_double (const char *text, double *value, GError **error);
gboolean semio_text_to_int64 (const char *text, gint64 *value, GError **error);

G_END_DECLS

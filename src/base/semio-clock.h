/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds since 1970 UTC; SEMIO_NOW (ISO 8601) fixes the start in tests, from where it runs on. */
gint64 semio_clock_get_utc_us (void);
/* Offset of local time from UTC in minutes. */
int semio_clock_get_offset_min (void);
/* "2026-11-23T18:51:00.123456Z" and back. */
char *semio_clock_format_utc (gint64 utc_us);
gboolean semio_clock_parse_utc (const char *text, gint64 *utc_us, GError **error);

G_END_DECLS

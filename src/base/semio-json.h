/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SEMIO_JSON_MAX_DEPTH 64

/* Parses JSON from anywhere: size and nesting depth are checked before the parser sees it, UTF-8 and NUL too. */
JsonNode *semio_json_parse (const char *text, gssize length, gsize max_bytes, GError **error);
/* Canonical text: keys sorted by code point, no blanks, integers as integers, doubles shortest, UTF-8 as is but for
 * what JSON must escape. The same value gives the same bytes. */
char *semio_json_canonical (JsonNode *node);

/* Typed members of an object, with an error that names the member. */
const char *semio_json_get_text (JsonObject *object, const char *member, GError **error);
gboolean semio_json_get_int (JsonObject *object, const char *member, gint64 *value, GError **error);
/* For members that may be missing. */
const char *semio_json_get_text_or (JsonObject *object, const char *member, const char *fallback);
gint64 semio_json_get_int_or (JsonObject *object, const char *member, gint64 fallback);

G_END_DECLS

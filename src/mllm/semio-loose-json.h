/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SEMIO_LOOSE_NULL,
  SEMIO_LOOSE_BOOLEAN,
  SEMIO_LOOSE_NUMBER,
  SEMIO_LOOSE_TEXT,
  SEMIO_LOOSE_ARRAY,
  SEMIO_LOOSE_OBJECT,
} SemioLooseKind;

/**
 * SemioLooseValue:
 *
 * JSON as models write it: also with single quotes, trailing commas, names without quotes, line ends inside texts, words of
 * other languages for true and null, and closing brackets that are missing at the very end. Members stand in their order,
 * and one that stands twice stands here twice. Plain memory, owned by whoever parsed it.
 */
typedef struct _SemioLooseValue SemioLooseValue;
struct _SemioLooseValue {
  SemioLooseKind kind;
  gboolean truth; /* of a boolean */
  char *text; /* of a text, and a number as it was written; valid UTF-8 */
  GPtrArray *names; /* of an object; char * */
  GPtrArray *values; /* of an object or array; SemioLooseValue * */
};

/* The value at the beginning of the text, or NULL. used: bytes that it took; when NULL, nothing but blanks may follow.
 * is_strict (nullable): whether it was JSON of RFC 8259 all through. At most 64 deep; text is valid UTF-8. */
SemioLooseValue *semio_loose_json_parse (const char *text, gsize length, gsize *used, gboolean *is_strict);
void semio_loose_value_free (SemioLooseValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioLooseValue, semio_loose_value_free)

/* These take NULL and values of another kind, and then return NULL (0, the fallback). */
const SemioLooseValue *semio_loose_value_get (const SemioLooseValue *value, const char *name);
const SemioLooseValue *semio_loose_value_get_element (const SemioLooseValue *value, guint index);
guint semio_loose_value_get_length (const SemioLooseValue *value);
const char *semio_loose_value_get_text (const SemioLooseValue *value, const char *name);
gint64 semio_loose_value_get_int (const SemioLooseValue *value, const char *name, gint64 fallback);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of a text, in characters. */
typedef struct {
  int begin, end;
} SemioWordStretch;

/**
 * semio_word_diff:
 * @left: a text
 * @right: another
 * @left_only: (out) (element-type SemioWordStretch): words of the left that the right lacks
 * @right_only: (out) (element-type SemioWordStretch): words of the right that the left lacks
 *
 * Compares by words; what stands between them does not count. Texts of more than some thousand words are told as wholly
 * different from their first difference on.
 */
void semio_word_diff (const char *left, const char *right, GArray **left_only, GArray **right_only);

G_END_DECLS

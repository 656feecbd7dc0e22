/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioSecretText:
 *
 * A short secret in pages of its own that are not swapped where the system allows it, never in a core dump, and wiped when it
 * is freed.
 */
typedef struct _SemioSecretText SemioSecretText;

/* prefix ‖ text, neither NULL. */
SemioSecretText *semio_secret_text_new (const char *prefix, const char *text);
void semio_secret_text_free (SemioSecretText *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSecretText, semio_secret_text_free)
/* (nullable) for NULL. */
char *semio_secret_text_get (SemioSecretText *secret);

G_END_DECLS

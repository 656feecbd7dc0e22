/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-sha256.h"

G_BEGIN_DECLS

/**
 * SemioSha256State:
 *
 * A SHA-256 under way. Copied, it hashes many texts with one long beginning without reading the beginning again.
 */
typedef struct _SemioSha256State SemioSha256State;

SemioSha256State *semio_sha256_state_new (void);
SemioSha256State *semio_sha256_state_copy (const SemioSha256State *state);
void semio_sha256_state_free (SemioSha256State *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSha256State, semio_sha256_state_free)
void semio_sha256_state_add (SemioSha256State *state, const void *data, gsize length);
/* The hash of what was added so far; more may be added. */
SemioSha256 semio_sha256_state_get (const SemioSha256State *state);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-key.h"

G_BEGIN_DECLS

/* Keys to servers while the program runs: those that no keyring took are held in memory that is wiped, the others are asked
 * of the keyring. */

/* Holds a key, or forgets it with NULL. */
void semio_server_keys_hold (const SemioEndpoint *endpoint, SemioKey *key);
/* A held key, else that of the keyring. Without either the result is NULL, without an error: a server may need none. */
void semio_server_keys_find_async (const SemioEndpoint *endpoint, GAsyncReadyCallback callback, gpointer user_data);
SemioKey *semio_server_keys_find_finish (GAsyncResult *result);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-endpoint.h"

G_BEGIN_DECLS

/**
 * SemioKey:
 *
 * The key to a server, in memory that is not swapped out, not part of a core dump, and wiped when the last reference goes.
 * Atomically reference counted.
 */
typedef struct _SemioKey SemioKey;

/* NULL or "" gives NULL: a server without a key. Blanks around it are left out. */
SemioKey *semio_key_new (const char *text);
/* Takes the value out of the environment and wipes it there, also from what /proc tells of this process. NULL when unset. */
SemioKey *semio_key_take_environment (const char *name);
/* Reads to the end of a descriptor, at most 16 KiB; NULL without error when it is empty. */
SemioKey *semio_key_read_descriptor (int descriptor, GError **error);
SemioKey *semio_key_ref (SemioKey *key);
void semio_key_unref (SemioKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioKey, semio_key_unref)
/* (nullable) for a NULL key. Never to be printed, kept or copied to memory that is not wiped. */
const char *semio_key_get_text (SemioKey *key);

/* The user's secret service, by the endpoint's id. Storing NULL takes the key away. When no secret service answers, the
 * error says so and that the key then holds for this session only. */
void semio_key_store_async (const SemioEndpoint *endpoint, SemioKey *key, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean semio_key_store_finish (GAsyncResult *result, GError **error);
void semio_key_load_async (const SemioEndpoint *endpoint, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
/* (nullable): NULL without error when there is none. */
SemioKey *semio_key_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS

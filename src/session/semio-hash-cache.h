/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-sha256.h"

G_BEGIN_DECLS

/* What tells that a file is still the one that was hashed, without reading it. */
typedef struct {
  guint64 device;
  guint64 inode;
  gint64 size_bytes;
  gint64 mtime_ns;
} SemioFileStamp;

gboolean semio_file_stamp_read (GFile *file, SemioFileStamp *stamp, GError **error);
gboolean semio_file_stamp_equal (const SemioFileStamp *a, const SemioFileStamp *b);

/**
 * SemioHashCache:
 *
 * Remembers which content lies where on this machine, in the user's cache folder and never in a study: (device, inode,
 * size, time of change) → SHA-256, and the place where it was seen last. Lines are appended, so several processes may
 * write. Safe to use from several threads. Everything in it can be found again by reading the files.
 */
typedef struct _SemioHashCache SemioHashCache;

/* The one in the user's cache folder. */
SemioHashCache *semio_hash_cache_new (void);
void semio_hash_cache_free (SemioHashCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioHashCache, semio_hash_cache_free)

gboolean semio_hash_cache_lookup (SemioHashCache *cache, const SemioFileStamp *stamp, SemioSha256 *hash);
/* (nullable): where this content was seen last; it may be gone or changed since. */
GFile *semio_hash_cache_lookup_file (SemioHashCache *cache, const SemioSha256 *hash);
void semio_hash_cache_store (SemioHashCache *cache, const SemioFileStamp *stamp, const SemioSha256 *hash, GFile *file);

/* The hash of a file, from the cache when its stamp is known, else by reading it. A file that changes while it is read
 * is an error. Blocks. */
gboolean semio_hash_cache_hash_file (SemioHashCache *cache, GFile *file, SemioProgressFunc progress, gpointer progress_data,
                                     GCancellable *cancellable, SemioSha256 *hash, SemioFileStamp *stamp, GError **error);

G_END_DECLS

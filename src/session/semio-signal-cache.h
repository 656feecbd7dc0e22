/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-sha256.h"
#include "semio-signal-set.h"

G_BEGIN_DECLS

/* Signals kept in the user's cache folder, one file for each content of a video, readable by the user alone. What is
 * damaged or of another version counts as not there. Block; safe from any thread. */
SemioSignalSet *semio_signal_cache_load (const SemioSha256 *content);
/* Written whole or not at all. When the folder grows large, what was not looked at for longest goes. */
gboolean semio_signal_cache_store (const SemioSha256 *content, SemioSignalSet *set, GError **error);
/* Where they are kept. */
char *semio_signal_cache_get_path (const SemioSha256 *content);

G_END_DECLS

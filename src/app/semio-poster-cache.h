/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_POSTER_CACHE (semio_poster_cache_get_type ())
G_DECLARE_FINAL_TYPE (SemioPosterCache, semio_poster_cache, SEMIO, POSTER_CACHE, GObject)

/**
 * SemioPosterCache:
 *
 * The poster frames of a study's recordings as textures, read and decoded off the main thread. The signal "ready" (gint64
 * recording id) tells that one has come.
 */
SemioPosterCache *semio_poster_cache_new (SemioStudy *study);
/* (nullable): not there, or not there yet; then it is asked for. */
GdkTexture *semio_poster_cache_get (SemioPosterCache *self, gint64 recording_id);
/* A recording got other media: its poster is asked for anew. */
void semio_poster_cache_forget (SemioPosterCache *self, gint64 recording_id);

G_END_DECLS

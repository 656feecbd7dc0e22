/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-picture-change.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/* How the pictures of recordings were changed for the eye, as the settings keep it: a(s(iiii)), the last first. Identities
 * of recordings and no more of them. */
SemioPictureChange semio_view_memory_find (GVariant *kept, const SemioUuid *recording);
/* (transfer floating): without the recording when its picture is as it is; the oldest go when there are many. */
GVariant *semio_view_memory_put (GVariant *kept, const SemioUuid *recording, SemioPictureChange change);

/* Which recordings are shown without combs, as the settings keep it: identities, the last first. */
gboolean semio_view_memory_has (const char *const *kept, const SemioUuid *recording);
/* (transfer full): with the recording, or without it; the oldest go when there are many. */
char **semio_view_memory_mark (const char *const *kept, const SemioUuid *recording, gboolean marked);

G_END_DECLS

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

G_END_DECLS

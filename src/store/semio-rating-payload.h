/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "semio-rating.h"

G_BEGIN_DECLS

/* A rating's own members of the payload of its entry; the key and the comment are the table's. */
void semio_rating_payload_write (JsonObject *payload, const SemioRating *rating);
/* What cannot be read stays unset, but for a score that is none, which fails. */
gboolean semio_rating_payload_read (JsonObject *payload, SemioRating *rating, GError **error);

G_END_DECLS

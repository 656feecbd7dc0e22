/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-uuid.h"

G_BEGIN_DECLS

/* What keeps a server's cache of this study apart from that of others: random as the study's identity is, without telling it.
 * Free with g_free(). */
char *semio_predict_make_salt (const SemioUuid *study);

G_END_DECLS

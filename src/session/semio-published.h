/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-headlines.h"

G_BEGIN_DECLS

/* The published figures that the program carries (data/published/metrics.csv). Array of #SemioPublishedRow. */
GPtrArray *semio_published_load (GError **error);

G_END_DECLS

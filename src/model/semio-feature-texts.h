/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text of the default feature set translated; any other text as it is. */
const char *semio_feature_texts_translate (const char *text);
/* Whether it is one of the default feature set's. */
gboolean semio_feature_texts_contains (const char *text);

G_END_DECLS

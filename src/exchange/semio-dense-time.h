/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times as dense annotations write them: 12 s is "0:12", "00:12:00" (of three parts the last is always 00) or "12", mixed even
 * in one row. precision_ns: 1 s for what has no decimals after a colon, else 0. FALSE for anything else. */
gboolean semio_dense_time_parse (const char *text, gint64 *time_ns, gint64 *precision_ns);
/* Whether a cell says that there is nothing to say: blank, "N/A", "na", "none", "no", with blanks around. */
gboolean semio_dense_says_nothing (const char *text);

G_END_DECLS

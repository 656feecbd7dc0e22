/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The studies opened last, newest first, as the settings keep them. */
void semio_recent_studies_add (GSettings *settings, GFile *file);
void semio_recent_studies_remove (GSettings *settings, GFile *file);
/* Array of #GFile. */
GPtrArray *semio_recent_studies_list (GSettings *settings);

G_END_DECLS

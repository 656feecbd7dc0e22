/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-exchange-error.h"

G_BEGIN_DECLS

/**
 * SemioNameMap:
 *
 * Which name of a file stands for which recording, from a CSV with the columns "old" and "new". Reference counted.
 */
typedef struct _SemioNameMap SemioNameMap;

SemioNameMap *semio_name_map_read (GBytes *bytes, const char *name, GError **error);
SemioNameMap *semio_name_map_ref (SemioNameMap *map);
void semio_name_map_unref (SemioNameMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioNameMap, semio_name_map_unref)

guint semio_name_map_get_n_names (SemioNameMap *map);
/* The new stem for an old one, or NULL. */
const char *semio_name_map_lookup (SemioNameMap *map, const char *stem);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_BOOKMARK_POPOVER (semio_bookmark_popover_get_type ())
G_DECLARE_FINAL_TYPE (SemioBookmarkPopover, semio_bookmark_popover, SEMIO, BOOKMARK_POPOVER, GtkPopover)

/**
 * SemioBookmarkPopover:
 *
 * Where the name of a bookmark is typed. Enter keeps it, Escape leaves all as it was.
 *
 * Signals: "edited" (const char *): the name, which may be empty; NULL when the bookmark is to be removed.
 */
GtkWidget *semio_bookmark_popover_new (void);

/* name (nullable): of the bookmark that stands there; NULL when a new one is set. */
void semio_bookmark_popover_open (SemioBookmarkPopover *self, const GdkRectangle *at, gint64 time_ns, const char *name);

G_END_DECLS

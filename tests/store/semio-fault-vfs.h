/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Between SQLite and the disk: calls that fail, and a power cut that loses what was not synced. For tests alone; of one
 * thread. */

/* Makes it SQLite's default. */
void semio_fault_vfs_install (void);
void semio_fault_vfs_remove (void);

/* The Nth write, sync or truncation from now on fails; sticky: all after it too. 0: none. */
void semio_fault_vfs_fail_at (guint n, gboolean sticky);
/* Whether it came to that. */
gboolean semio_fault_vfs_has_failed (void);

/* From now on only synced bytes reach the disk. The power goes at the Nth write, sync or truncation; from there on every
 * call fails. */
void semio_fault_vfs_cut_power_at (guint n, guint32 seed);
gboolean semio_fault_vfs_is_dark (void);
/* Leaves on the disk what a cut leaves: what was synced, and any part of what was not, in any order. Then files are read and
 * written as usual again. */
void semio_fault_vfs_restore_power (void);

G_END_DECLS

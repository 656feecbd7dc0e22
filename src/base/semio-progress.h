/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioProgressFunc:
 * @fraction: share done, 0 to 1, or negative when it cannot be told
 * @what: (nullable): what is being done, for people
 *
 * Told of how far an operation has come, in the thread-default context of whoever started it
 * (for blocking functions: in the calling thread).
 */
typedef void (*SemioProgressFunc) (double fraction, const char *what, gpointer user_data);

/**
 * SemioShare:
 *
 * How far work in other threads is, told there and looked at elsewhere when it is wanted. Reference counted; any thread.
 */
typedef struct _SemioShare SemioShare;

SemioShare *semio_share_new (void);
SemioShare *semio_share_ref (SemioShare *share);
void semio_share_unref (SemioShare *share);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioShare, semio_share_unref)
/* fraction: 0 to 1, to a ten thousandth; never less than before. */
void semio_share_set (SemioShare *share, double fraction);
double semio_share_get (SemioShare *share);

/* Estimates the time left from the share done. Plain memory, may stand on the stack. */
typedef struct {
  gint64 start_us;
  gint64 last_us;
  double last_fraction;
  double rate;
} SemioTimeLeft;

void semio_time_left_start (SemioTimeLeft *left);
void semio_time_left_update (SemioTimeLeft *left, double fraction);
/* Seconds left, or a negative number while too little is known. */
double semio_time_left_get_seconds (const SemioTimeLeft *left);
/* "about 2 min left", or NULL while too little is known. */
char *semio_time_left_to_text (const SemioTimeLeft *left);

G_END_DECLS

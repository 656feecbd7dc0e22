/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioDrift:
 *
 * How far one of two that play is ahead of the other, from what is seen at single frames. Each frame comes some way into its time,
 * so that a single difference is off by up to a frame; their mean over a second is not.
 */
typedef struct {
  double ahead_ns;
  gint64 first_us; /* 0 before the first */
  gint64 last_us;
} SemioDrift;

void semio_drift_reset (SemioDrift *drift);
void semio_drift_add (SemioDrift *drift, gint64 ahead_ns, gint64 at_us);
/* 0 while too little was seen. */
gint64 semio_drift_get (const SemioDrift *drift);

G_END_DECLS

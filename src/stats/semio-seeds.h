/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The seed of a block of resamples, made of the whole's by SplitMix64 (G. Steele, D. Lea and C. Flood, OOPSLA 2014): blocks
 * have random numbers of their own, so that the number of threads changes nothing. */
gulong semio_seed_for_block (guint64 seed, guint block);

G_END_DECLS

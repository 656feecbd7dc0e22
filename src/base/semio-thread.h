/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives the calling thread a lower share of the processor (10 of nice(1)), for work that nobody looks at. */
void semio_thread_stand_back (void);

G_END_DECLS

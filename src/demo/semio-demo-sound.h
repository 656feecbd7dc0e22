/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-choreography.h"

G_BEGIN_DECLS

/* Makes the whole sound of a recording: one channel of 16 bit samples at SEMIO_DEMO_SOUND_RATE_HZ. */
gint16 *semio_demo_sound_make (const SemioChoreography *choreography, gsize *n_samples);

G_END_DECLS

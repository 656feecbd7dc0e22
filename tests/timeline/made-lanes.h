/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-lane-set.h"
#include "semio-signal-set.h"

G_BEGIN_DECLS

/* Lanes made up for tests: 1:58 with an event from 0:34 to 1:24, two runs, twenty features in three groups, answers of
 * every kind. */
SemioLaneSet *made_lanes_new (SemioLaneReference reference);
/* Makes them so many runs, and adds so many persons to every other lane. */
void made_lanes_add_many (SemioLaneSet *set, guint n_runs, guint n_persons);

G_END_DECLS
/* Sound, motion and pictures of the same two minutes: loud and lively while the event lasts. */
SemioSignalSet *made_signals_new (void);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double time_s;
  double value;
} SemioDemoKey;

/* Where a channel stands over time: keys joined by a smooth step, held before the first and after the last. Plain memory. */
typedef struct {
  double rest;
  GArray *keys; /* (nullable) of #SemioDemoKey, sorted by time */
} SemioDemoTrack;

void semio_demo_track_init (SemioDemoTrack *track, double rest);
void semio_demo_track_clear (SemioDemoTrack *track);
/* FALSE when the time does not rise. */
gboolean semio_demo_track_add_key (SemioDemoTrack *track, double time_s, double value);
double semio_demo_track_get (const SemioDemoTrack *track, double time_s);
/* The integral from 0 s, with straight lines between the keys: cycles done when the value is a rate a second. */
double semio_demo_track_integrate (const SemioDemoTrack *track, double time_s);

typedef enum {
  SEMIO_DEMO_SHAPE_SINE,
  SEMIO_DEMO_SHAPE_JERK, /* a quick pull, a slower release */
  SEMIO_DEMO_SHAPE_TREMOR, /* rate and size wander */
} SemioDemoShape;

/* A repeated movement of one channel, added to its track. Plain memory. */
typedef struct {
  double begin_s;
  double end_s;
  double begin_hz;
  double end_hz; /* the rate changes evenly from the one to the other */
  double amplitude;
  double begin_share; /* share of the amplitude at the begin */
  double end_share; /* and at the end */
  double phase; /* cycles */
  double wander; /* tremor: how far rate and size wander, 0 to 1 */
  double fade_s; /* at both ends */
  SemioDemoShape shape;
} SemioDemoWave;

double semio_demo_wave_get (const SemioDemoWave *wave, double time_s);
/* Cycles done since the begin. */
double semio_demo_wave_get_cycles (const SemioDemoWave *wave, double time_s);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-track.h"

#include <math.h>

void
semio_demo_track_init (SemioDemoTrack *track, double rest)
{
  track->rest = rest;
  track->keys = NULL;
}

void
semio_demo_track_clear (SemioDemoTrack *track)
{
  g_clear_pointer (&track->keys, g_array_unref);
}

gboolean
semio_demo_track_add_key (SemioDemoTrack *track, double time_s, double value)
{
  SemioDemoKey key = { time_s, value };

  if (!track->keys)
    track->keys = g_array_new (FALSE, FALSE, sizeof (SemioDemoKey));
  if (track->keys->len > 0 && g_array_index (track->keys, SemioDemoKey, track->keys->len - 1).time_s >= time_s)
    return FALSE;
  g_array_append_val (track->keys, key);
  return TRUE;
}

double
semio_demo_track_get (const SemioDemoTrack *track, double time_s)
{
  const SemioDemoKey *keys;
  guint i;
  double share;

  if (!track->keys || track->keys->len == 0)
    return track->rest;
  keys = (const SemioDemoKey *) (void *) track->keys->data;
  if (time_s <= keys[0].time_s)
    return keys[0].value;
  for (i = 1; i < track->keys->len && keys[i].time_s < time_s; i++)
    ;
  if (i == track->keys->len)
    return keys[i - 1].value;
  share = (time_s - keys[i - 1].time_s) / (keys[i].time_s - keys[i - 1].time_s);
  share = share * share * (3 - 2 * share);
  return keys[i - 1].value + share * (keys[i].value - keys[i - 1].value);
}

double
semio_demo_track_integrate (const SemioDemoTrack *track, double time_s)
{
  const SemioDemoKey *keys;
  double sum = 0, from = 0, last;

  if (!track->keys || track->keys->len == 0)
    return track->rest * time_s;
  keys = (const SemioDemoKey *) (void *) track->keys->data;
  last = keys[0].value;
  for (guint i = 0; i < track->keys->len && from < time_s; i++)
    {
      double end = keys[i].time_s, value = keys[i].value;

      if (end <= from)
        {
          last = value;
          continue;
        }
      if (end > time_s)
        {
          value = last + (value - last) * (time_s - from) / (end - from);
          end = time_s;
        }
      sum += (end - from) * (last + value) / 2;
      from = end;
      last = value;
    }
  return from < time_s ? sum + (time_s - from) * last : sum;
}

double
semio_demo_wave_get_cycles (const SemioDemoWave *wave, double time_s)
{
  double passed = CLAMP (time_s, wave->begin_s, wave->end_s) - wave->begin_s;
  double slope = (wave->end_hz - wave->begin_hz) / (wave->end_s - wave->begin_s);

  return wave->begin_hz * passed + slope * passed * passed / 2;
}

/* The muscle pulls within a quarter of the cycle, or 0.09 s when the cycle is long, and lets go slowly. */
static double
jerk (double cycle, double rate_hz)
{
  double pull = MIN (0.28, 0.09 * rate_hz);
  double share;

  cycle -= floor (cycle);
  if (cycle < pull)
    {
      share = cycle / pull;
      return share * share * (3 - 2 * share);
    }
  share = MIN (1, (cycle - pull) / MIN (1 - pull, pull * 2.2));
  return 1 - share * share * (3 - 2 * share);
}

double
semio_demo_wave_get (const SemioDemoWave *wave, double time_s)
{
  double fade, size, share, cycles, phase = wave->phase;

  if (time_s <= wave->begin_s || time_s >= wave->end_s)
    return 0;
  share = (time_s - wave->begin_s) / (wave->end_s - wave->begin_s);
  fade = MIN (1, MIN (time_s - wave->begin_s, wave->end_s - time_s) / MAX (wave->fade_s, 0.02));
  size = wave->amplitude * fade * (wave->begin_share + share * (wave->end_share - wave->begin_share));
  cycles = semio_demo_wave_get_cycles (wave, time_s) + phase;
  switch (wave->shape)
    {
    case SEMIO_DEMO_SHAPE_JERK:
      return size * jerk (cycles, wave->begin_hz + share * (wave->end_hz - wave->begin_hz));
    case SEMIO_DEMO_SHAPE_TREMOR:
      /* Two slow, unrelated swings make neither rate nor size ever repeat; the phase tells channels apart. */
      cycles += wave->wander * (0.9 * sin (time_s * 1.7 + phase * 11) + 0.6 * sin (time_s * 2.9 + phase * 23));
      size *= 1 - wave->wander * (0.45 + 0.45 * sin (time_s * 1.1 + phase * 17));
      return size * sin (2 * G_PI * cycles);
    case SEMIO_DEMO_SHAPE_SINE:
    default:
      return size * sin (2 * G_PI * cycles);
    }
}

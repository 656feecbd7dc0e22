/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sound-signals.h"

#include <math.h>
#include <string.h>

#include "semio-spectrum.h"

#define RATE_HZ SEMIO_SOUND_SIGNALS_RATE_HZ
#define SAMPLE_NS (SEMIO_NS_PER_SECOND / RATE_HZ)
#define MS (SEMIO_NS_PER_SECOND / 1000)
/* Past this the steps are longer, so that hours stay small. */
#define LONG_NS (20 * 60 * SEMIO_NS_PER_SECOND)
#define N_BANDS 64
#define LOWEST_HZ 50
#define HIGHEST_HZ 8000
/* From one spectrum to the next. */
#define HOP_SAMPLES (RATE_HZ / 50)
/* Times of buffers are rounded; a true gap is larger. */
#define GAP_NS (20 * MS)

typedef struct {
  float minimum, maximum;
  float sum; /* of magnitudes */
  guint n;
} Bucket;

struct _SemioSoundSignals {
  gint64 step_ns, column_ns;
  gint64 n_steps, n_columns;
  Bucket *buckets;
  guint8 *levels;
  SemioSpectrum *spectrum;

  gboolean any;
  gint64 next_ns; /* where the next sample should be */
  float window[SEMIO_SPECTRUM_SAMPLES];
  guint n_window;
  gint64 window_ns; /* of its first sample */
};

SemioSoundSignals *
semio_sound_signals_new (gint64 duration_ns)
{
  SemioSoundSignals *self = g_new0 (SemioSoundSignals, 1);

  self->step_ns = duration_ns > LONG_NS ? 5 * MS : MS;
  self->column_ns = duration_ns > LONG_NS ? 100 * MS : 20 * MS;
  self->n_steps = (duration_ns + self->step_ns - 1) / self->step_ns;
  self->n_columns = (duration_ns + self->column_ns - 1) / self->column_ns;
  self->spectrum = semio_spectrum_new (RATE_HZ, N_BANDS, LOWEST_HZ, HIGHEST_HZ);
  return self;
}

void
semio_sound_signals_free (SemioSoundSignals *self)
{
  g_free (self->buckets);
  g_free (self->levels);
  semio_spectrum_free (self->spectrum);
  g_free (self);
}

static void
add_to_waveform (SemioSoundSignals *self, gint64 begin_ns, const float *samples, gsize n_samples)
{
  for (gsize i = 0; i < n_samples; i++)
    {
      gint64 at_ns = begin_ns + (gint64) i * SAMPLE_NS;
      gint64 step = at_ns / self->step_ns;
      Bucket *bucket;

      if (at_ns < 0 || step >= self->n_steps)
        continue;
      bucket = &self->buckets[step];
      bucket->minimum = bucket->n ? MIN (bucket->minimum, samples[i]) : samples[i];
      bucket->maximum = bucket->n ? MAX (bucket->maximum, samples[i]) : samples[i];
      bucket->sum += fabsf (samples[i]);
      bucket->n++;
    }
}

/* The spectrum of what stands in the window belongs to its middle. */
static void
add_column (SemioSoundSignals *self)
{
  gint64 middle_ns = self->window_ns + SEMIO_SPECTRUM_SAMPLES / 2 * SAMPLE_NS;
  gint64 column = middle_ns / self->column_ns;
  guint8 levels[N_BANDS];

  if (middle_ns < 0 || column >= self->n_columns)
    return;
  semio_spectrum_run (self->spectrum, self->window, levels);
  for (guint i = 0; i < N_BANDS; i++)
    self->levels[column * N_BANDS + i] = MAX (self->levels[column * N_BANDS + i], levels[i]);
}

static void
add_to_spectrogram (SemioSoundSignals *self, const float *samples, gsize n_samples)
{
  while (n_samples > 0)
    {
      gsize n = MIN (n_samples, SEMIO_SPECTRUM_SAMPLES - self->n_window);

      memcpy (self->window + self->n_window, samples, n * sizeof *samples);
      self->n_window += (guint) n;
      samples += n;
      n_samples -= n;
      if (self->n_window < SEMIO_SPECTRUM_SAMPLES)
        return;
      add_column (self);
      self->n_window -= HOP_SAMPLES;
      memmove (self->window, self->window + HOP_SAMPLES, self->n_window * sizeof *self->window);
      self->window_ns += HOP_SAMPLES * SAMPLE_NS;
    }
}

void
semio_sound_signals_add (SemioSoundSignals *self, gint64 begin_ns, const float *samples, gsize n_samples)
{
  if (!self->any)
    {
      self->buckets = g_new0 (Bucket, (gsize) self->n_steps);
      self->levels = g_malloc0 ((gsize) self->n_columns * N_BANDS);
    }
  if (!self->any || ABS (begin_ns - self->next_ns) > GAP_NS)
    {
      /* Silence before the first sample lets the first columns have a spectrum too. */
      memset (self->window, 0, sizeof self->window);
      self->n_window = SEMIO_SPECTRUM_SAMPLES / 2;
      self->window_ns = begin_ns - SEMIO_SPECTRUM_SAMPLES / 2 * SAMPLE_NS;
      self->next_ns = begin_ns;
    }
  self->any = TRUE;
  add_to_waveform (self, self->next_ns, samples, n_samples);
  add_to_spectrogram (self, samples, n_samples);
  self->next_ns += (gint64) n_samples * SAMPLE_NS;
}

void
semio_sound_signals_finish (SemioSoundSignals *self, SemioSignalSet *set)
{
  g_autofree SemioSignalValue *values = NULL;

  if (!self->any)
    return;
  values = g_new (SemioSignalValue, (gsize) self->n_steps);
  for (gint64 i = 0; i < self->n_steps; i++)
    {
      const Bucket *bucket = &self->buckets[i];

      values[i] =
          bucket->n ? (SemioSignalValue){ bucket->minimum, bucket->maximum, bucket->sum / bucket->n } : SEMIO_SIGNAL_VALUE_EMPTY;
    }
  set->pyramids[SEMIO_SIGNAL_WAVEFORM] = semio_signal_pyramid_new (values, (gsize) self->n_steps, self->step_ns, 1.0f);
  set->spectrogram =
      semio_spectrogram_new (self->levels, (gsize) self->n_columns, N_BANDS, self->column_ns, LOWEST_HZ, HIGHEST_HZ);
}

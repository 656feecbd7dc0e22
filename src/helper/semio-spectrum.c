/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-spectrum.h"

#include <math.h>

#include "semio-spectrogram.h"

#define N SEMIO_SPECTRUM_SAMPLES

struct _SemioSpectrum {
  guint n_bands;
  guint *first_bin; /* of each band */
  guint *end_bin;
  float window[N];
  float cosine[N / 2];
  float sine[N / 2];
  guint order[N]; /* bits of the place reversed */
};

static void
fill_tables (SemioSpectrum *self)
{
  double sum = 0;

  for (guint i = 0; i < N; i++)
    {
      double value = 0.5 - 0.5 * cos (2 * G_PI * i / N);
      guint reversed = 0;

      sum += value;
      self->window[i] = (float) value;
      for (guint bit = 1, mirror = N / 2; bit < N; bit <<= 1, mirror >>= 1)
        if (i & bit)
          reversed |= mirror;
      self->order[i] = reversed;
    }
  /* So that a sine at full scale comes out as 1. */
  for (guint i = 0; i < N; i++)
    self->window[i] = (float) (self->window[i] * 2 / sum);
  for (guint i = 0; i < N / 2; i++)
    {
      self->cosine[i] = (float) cos (2 * G_PI * i / N);
      self->sine[i] = (float) -sin (2 * G_PI * i / N);
    }
}

SemioSpectrum *
semio_spectrum_new (guint rate_hz, guint n_bands, guint lowest_hz, guint highest_hz)
{
  SemioSpectrum *self = g_new0 (SemioSpectrum, 1);
  double bin_hz = (double) rate_hz / N;

  self->n_bands = n_bands;
  self->first_bin = g_new (guint, n_bands);
  self->end_bin = g_new (guint, n_bands);
  fill_tables (self);
  for (guint i = 0; i < n_bands; i++)
    {
      double low_hz = lowest_hz * pow ((double) highest_hz / lowest_hz, (double) i / n_bands);
      double high_hz = lowest_hz * pow ((double) highest_hz / lowest_hz, (double) (i + 1) / n_bands);

      /* A low band is narrower than a bin and takes the one that is nearest. */
      self->first_bin[i] = MIN ((guint) ceil (low_hz / bin_hz), N / 2 - 1);
      self->end_bin[i] = MIN ((guint) ceil (high_hz / bin_hz), N / 2);
      if (self->end_bin[i] <= self->first_bin[i])
        {
          self->first_bin[i] = MIN ((guint) lround ((low_hz + high_hz) / 2 / bin_hz), N / 2 - 1);
          self->end_bin[i] = self->first_bin[i] + 1;
        }
    }
  return self;
}

void
semio_spectrum_free (SemioSpectrum *self)
{
  g_free (self->first_bin);
  g_free (self->end_bin);
  g_free (self);
}

/* The Fourier transform by halves (Cooley and Tukey), in place; the places come in with their bits reversed. */
static void
transform (SemioSpectrum *self, float *real, float *imaginary)
{
  for (guint half = 1; half < N; half *= 2)
    {
      guint stride = N / (2 * half);

      for (guint begin = 0; begin < N; begin += 2 * half)
        for (guint k = 0; k < half; k++)
          {
            guint a = begin + k, b = a + half;
            float c = self->cosine[k * stride], s = self->sine[k * stride];
            float r = real[b] * c - imaginary[b] * s, i = real[b] * s + imaginary[b] * c;

            real[b] = real[a] - r;
            imaginary[b] = imaginary[a] - i;
            real[a] += r;
            imaginary[a] += i;
          }
    }
}

void
semio_spectrum_run (SemioSpectrum *self, const float *samples, guint8 *levels)
{
  float real[N], imaginary[N] = { 0 };

  for (guint i = 0; i < N; i++)
    real[self->order[i]] = samples[i] * self->window[i];
  transform (self, real, imaginary);
  for (guint i = 0; i < self->n_bands; i++)
    {
      float power = 0;
      double decibels;

      for (guint k = self->first_bin[i]; k < self->end_bin[i]; k++)
        power = MAX (power, real[k] * real[k] + imaginary[k] * imaginary[k]);
      decibels = power > 0 ? 10 * log10 (power) : SEMIO_SPECTROGRAM_FLOOR_DB;
      levels[i] = (guint8) lrint (CLAMP ((decibels - SEMIO_SPECTROGRAM_FLOOR_DB) / -SEMIO_SPECTROGRAM_FLOOR_DB, 0.0, 1.0) * 255);
    }
}

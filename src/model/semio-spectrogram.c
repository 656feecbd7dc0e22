/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-spectrogram.h"

#include <math.h>
#include <string.h>

#include "semio-signal-bytes.h"

/* The blob: magic, version, bands, lowest and highest pitch, step, number of columns, then the levels. */
#define MAGIC 0x47534d53u /* "SMSG" */
#define VERSION 1

#define FACTOR 4
#define MAX_LEVELS 16
#define MAX_BANDS 1024
#define MAX_COLUMNS (G_GINT64_CONSTANT (1) << 24)
#define MAX_BYTES ((gsize) 1 << 31)
#define MAX_HZ 200000
#define MAX_STEP_NS (3600 * SEMIO_NS_PER_SECOND)

/* Columns of the lowest level, or the loudest of four of the level below. */
typedef struct {
  guint8 *cells;
  gint64 n_columns;
} Level;

struct _SemioSpectrogram {
  gatomicrefcount refs;
  guint n_bands;
  guint lowest_hz, highest_hz;
  gint64 step_ns;
  int n_levels;
  Level levels[MAX_LEVELS];
};

static void
take_loudest (guint8 *into, const guint8 *column, guint n_bands)
{
  for (guint i = 0; i < n_bands; i++)
    into[i] = MAX (into[i], column[i]);
}

static void
add_level (SemioSpectrogram *self)
{
  const Level *below = &self->levels[self->n_levels - 1];
  Level *level = &self->levels[self->n_levels++];

  level->n_columns = (below->n_columns + FACTOR - 1) / FACTOR;
  level->cells = g_malloc0 ((gsize) level->n_columns * self->n_bands);
  for (gint64 i = 0; i < below->n_columns; i++)
    take_loudest (level->cells + (gsize) (i / FACTOR) * self->n_bands, below->cells + (gsize) i * self->n_bands, self->n_bands);
}

SemioSpectrogram *
semio_spectrogram_new (const guint8 *levels, gsize n_columns, guint n_bands, gint64 step_ns, guint lowest_hz, guint highest_hz)
{
  SemioSpectrogram *self;

  g_return_val_if_fail (n_bands > 0 && n_bands <= MAX_BANDS && n_columns <= MAX_COLUMNS, NULL);
  g_return_val_if_fail (step_ns > 0 && step_ns <= MAX_STEP_NS, NULL);
  g_return_val_if_fail (lowest_hz > 0 && highest_hz > lowest_hz && highest_hz <= MAX_HZ, NULL);

  self = g_new0 (SemioSpectrogram, 1);
  g_atomic_ref_count_init (&self->refs);
  self->n_bands = n_bands;
  self->lowest_hz = lowest_hz;
  self->highest_hz = highest_hz;
  self->step_ns = step_ns;
  self->levels[0] = (Level){ g_memdup2 (levels, n_columns * n_bands), (gint64) n_columns };
  self->n_levels = 1;
  while (self->levels[self->n_levels - 1].n_columns > FACTOR && self->n_levels < MAX_LEVELS)
    add_level (self);
  return self;
}

SemioSpectrogram *
semio_spectrogram_ref (SemioSpectrogram *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
semio_spectrogram_unref (SemioSpectrogram *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (int i = 0; i < self->n_levels; i++)
    g_free (self->levels[i].cells);
  g_free (self);
}

gint64
semio_spectrogram_get_step_ns (SemioSpectrogram *self)
{
  return self->step_ns;
}

gint64
semio_spectrogram_get_n_columns (SemioSpectrogram *self)
{
  return self->levels[0].n_columns;
}

guint
semio_spectrogram_get_n_bands (SemioSpectrogram *self)
{
  return self->n_bands;
}

double
semio_spectrogram_get_edge_hz (SemioSpectrogram *self, guint edge)
{
  double share = (double) MIN (edge, self->n_bands) / self->n_bands;

  return self->lowest_hz * pow ((double) self->highest_hz / self->lowest_hz, share);
}

int
semio_spectrogram_find_band (SemioSpectrogram *self, double hz)
{
  double share;

  if (hz < self->lowest_hz || hz >= self->highest_hz)
    return -1;
  share = log (hz / self->lowest_hz) / log ((double) self->highest_hz / self->lowest_hz);
  return MIN ((int) (share * self->n_bands), (int) self->n_bands - 1);
}

/* The loudest of the columns from first up to, not including, end: fine ones at the ends, the coarsest that fit between. */
static void
gather (SemioSpectrogram *self, gint64 first, gint64 end, guint8 *into)
{
  for (int i = 0; i < self->n_levels && first < end; i++)
    {
      const Level *level = &self->levels[i];
      gboolean top = i == self->n_levels - 1;

      while (first < end && (top || first % FACTOR != 0))
        take_loudest (into, level->cells + (gsize) first++ * self->n_bands, self->n_bands);
      while (first < end && end % FACTOR != 0 && end != level->n_columns)
        take_loudest (into, level->cells + (gsize) --end * self->n_bands, self->n_bands);
      if (first >= end)
        break;
      end = (end + FACTOR - 1) / FACTOR;
      first /= FACTOR;
    }
}

void
semio_spectrogram_read (SemioSpectrogram *self, SemioSpan span, guint8 *levels, guint n_columns)
{
  double width_ns = (double) semio_span_get_length (span) / MAX (n_columns, 1);

  memset (levels, 0, (gsize) n_columns * self->n_bands);
  for (guint i = 0; i < n_columns; i++)
    {
      gint64 begin_ns = span.begin_ns + (gint64) (width_ns * i);
      gint64 end_ns = MAX (span.begin_ns + (gint64) (width_ns * (i + 1)), begin_ns + 1);
      gint64 first = MAX (begin_ns, 0) / self->step_ns;

      if (end_ns > 0 && first < self->levels[0].n_columns)
        gather (self, first, MIN ((end_ns - 1) / self->step_ns + 1, self->levels[0].n_columns),
                levels + (gsize) i * self->n_bands);
    }
}

GBytes *
semio_spectrogram_to_bytes (SemioSpectrogram *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  semio_signal_append_uint32 (out, MAGIC);
  semio_signal_append_uint32 (out, VERSION);
  semio_signal_append_uint32 (out, self->n_bands);
  semio_signal_append_uint32 (out, self->lowest_hz);
  semio_signal_append_uint32 (out, self->highest_hz);
  semio_signal_append_int64 (out, self->step_ns);
  semio_signal_append_int64 (out, self->levels[0].n_columns);
  g_byte_array_append (out, self->levels[0].cells, (guint) (self->levels[0].n_columns * self->n_bands));
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

SemioSpectrogram *
semio_spectrogram_from_bytes (GBytes *bytes, GError **error)
{
  SemioSignalReader reader = semio_signal_reader_open (bytes);
  guint32 magic, version, n_bands, lowest_hz, highest_hz;
  gint64 step_ns, n_columns;

  if (!semio_signal_reader_take_uint32 (&reader, &magic) || !semio_signal_reader_take_uint32 (&reader, &version)
      || !semio_signal_reader_take_uint32 (&reader, &n_bands) || !semio_signal_reader_take_uint32 (&reader, &lowest_hz)
      || !semio_signal_reader_take_uint32 (&reader, &highest_hz) || !semio_signal_reader_take_int64 (&reader, &step_ns)
      || !semio_signal_reader_take_int64 (&reader, &n_columns) || magic != MAGIC || version != VERSION || n_bands < 1
      || n_bands > MAX_BANDS || lowest_hz < 1 || highest_hz <= lowest_hz || highest_hz > MAX_HZ || step_ns < 1
      || step_ns > MAX_STEP_NS || n_columns < 0 || n_columns > MAX_COLUMNS || (gsize) n_columns * n_bands > MAX_BYTES
      || semio_signal_reader_get_left (&reader) != (gsize) n_columns * n_bands)
    {
      semio_signal_set_damaged (error, "spectrogram");
      return NULL;
    }
  return semio_spectrogram_new (reader.position, (gsize) n_columns, n_bands, step_ns, lowest_hz, highest_hz);
}

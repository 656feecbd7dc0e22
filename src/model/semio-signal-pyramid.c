/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signal-pyramid.h"

#include <math.h>
#include <string.h>

#include "semio-signal-bytes.h"

/* The blob: magic, version, limit in thousandths, step, number of values, then minimum, maximum and mean of each in 16
 * bits. */
#define MAGIC 0x50534d53u /* "SMSP" */
#define VERSION 1
#define LIMIT_UNIT 1000.0f

#define FACTOR 4
#define FULL 32767
/* A step of a millisecond over three days. */
#define MAX_VALUES (G_GINT64_CONSTANT (1) << 28)
#define MAX_LEVELS 16
#define MAX_STEP_NS (3600 * SEMIO_NS_PER_SECOND)

/* One value in 16 bits; nothing measured when the minimum is above the maximum. */
typedef struct {
  gint16 minimum;
  gint16 maximum;
  gint16 mean;
} Cell;

typedef struct {
  Cell *cells;
  gint64 n_cells;
} Level;

struct _SemioSignalPyramid {
  gatomicrefcount refs;
  gint64 step_ns;
  guint32 limit_units;
  float unit; /* what one of a cell's units is worth */
  int n_levels;
  Level levels[MAX_LEVELS];
};

/* What has been gathered of several cells. */
typedef struct {
  gint16 minimum;
  gint16 maximum;
  gint64 sum;
  gint64 weight; /* values of the lowest level */
} Sum;

static const Sum no_sum = { G_MAXINT16, G_MININT16, 0, 0 };

static void
add_cell (Sum *sum, const Cell *cell, gint64 weight)
{
  if (cell->minimum > cell->maximum)
    return;
  sum->minimum = MIN (sum->minimum, cell->minimum);
  sum->maximum = MAX (sum->maximum, cell->maximum);
  sum->sum += cell->mean * weight;
  sum->weight += weight;
}

static gint16
divide (gint64 sum, gint64 weight)
{
  return (gint16) ((sum >= 0 ? sum + weight / 2 : sum - weight / 2) / weight);
}

/* How many values of the lowest level a cell stands for; the last of a level may stand for fewer than the others. */
static gint64
get_weight (SemioSignalPyramid *self, gint64 cell, gint64 full)
{
  return MIN (full, self->levels[0].n_cells - cell * full);
}

static void
add_level (SemioSignalPyramid *self, gint64 full_below)
{
  const Level *below = &self->levels[self->n_levels - 1];
  Level *level = &self->levels[self->n_levels++];

  level->n_cells = (below->n_cells + FACTOR - 1) / FACTOR;
  level->cells = g_new (Cell, (gsize) level->n_cells);
  for (gint64 i = 0; i < level->n_cells; i++)
    {
      Sum sum = no_sum;

      for (gint64 k = i * FACTOR; k < MIN ((i + 1) * FACTOR, below->n_cells); k++)
        add_cell (&sum, &below->cells[k], get_weight (self, k, full_below));
      level->cells[i] = sum.weight ? (Cell){ sum.minimum, sum.maximum, divide (sum.sum, sum.weight) } : (Cell){ 1, -1, 0 };
    }
}

/* Takes the cells. */
static SemioSignalPyramid *
new_from_cells (Cell *cells, gint64 n_cells, gint64 step_ns, guint32 limit_units)
{
  SemioSignalPyramid *self = g_new0 (SemioSignalPyramid, 1);

  g_atomic_ref_count_init (&self->refs);
  self->step_ns = step_ns;
  self->limit_units = limit_units;
  self->unit = limit_units / LIMIT_UNIT / FULL;
  self->levels[0] = (Level){ cells, n_cells };
  self->n_levels = 1;
  for (gint64 full = 1; self->levels[self->n_levels - 1].n_cells > FACTOR && self->n_levels < MAX_LEVELS; full *= FACTOR)
    add_level (self, full);
  return self;
}

static gint16
to_cell (float value, float limit)
{
  return (gint16) lrintf (CLAMP (value / limit, -1.0f, 1.0f) * FULL);
}

/**
 * semio_signal_pyramid_new:
 * @values: (array length=n_values): one for each step
 * @step_ns: how long a step is
 * @limit: the largest magnitude; what lies beyond is cut. Kept in thousandths.
 *
 * Returns: (transfer full): the pyramid
 */
SemioSignalPyramid *
semio_signal_pyramid_new (const SemioSignalValue *values, gsize n_values, gint64 step_ns, float limit)
{
  guint32 limit_units = (guint32) lrintf (limit * LIMIT_UNIT);
  Cell *cells;

  g_return_val_if_fail (step_ns > 0 && step_ns <= MAX_STEP_NS, NULL);
  g_return_val_if_fail (n_values <= MAX_VALUES, NULL);
  g_return_val_if_fail (limit_units > 0, NULL);

  limit = limit_units / LIMIT_UNIT;
  cells = g_new (Cell, n_values);
  for (gsize i = 0; i < n_values; i++)
    cells[i] =
        semio_signal_value_is_empty (&values[i])
            ? (Cell){ 1, -1, 0 }
            : (Cell){ to_cell (values[i].minimum, limit), to_cell (values[i].maximum, limit), to_cell (values[i].mean, limit) };
  return new_from_cells (cells, (gint64) n_values, step_ns, limit_units);
}

SemioSignalPyramid *
semio_signal_pyramid_ref (SemioSignalPyramid *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
semio_signal_pyramid_unref (SemioSignalPyramid *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (int i = 0; i < self->n_levels; i++)
    g_free (self->levels[i].cells);
  g_free (self);
}

gint64
semio_signal_pyramid_get_step_ns (SemioSignalPyramid *self)
{
  return self->step_ns;
}

gint64
semio_signal_pyramid_get_n_values (SemioSignalPyramid *self)
{
  return self->levels[0].n_cells;
}

float
semio_signal_pyramid_get_limit (SemioSignalPyramid *self)
{
  return self->limit_units / LIMIT_UNIT;
}

/* The steps from first up to, not including, end: at the ends in fine cells, in the middle in the coarsest that fit. */
static SemioSignalValue
gather (SemioSignalPyramid *self, gint64 first, gint64 end)
{
  gint64 full = 1;
  Sum sum = no_sum;

  for (int i = 0; i < self->n_levels && first < end; i++)
    {
      const Level *level = &self->levels[i];
      gboolean top = i == self->n_levels - 1;

      while (first < end && (top || first % FACTOR != 0))
        {
          add_cell (&sum, &level->cells[first], get_weight (self, first, full));
          first++;
        }
      /* The last cell of a level may stand for fewer below, so a part that reaches the end may go up with it. */
      while (first < end && end % FACTOR != 0 && end != level->n_cells)
        {
          end--;
          add_cell (&sum, &level->cells[end], get_weight (self, end, full));
        }
      if (first >= end)
        break;
      end = (end + FACTOR - 1) / FACTOR;
      first /= FACTOR;
      full *= FACTOR;
    }
  if (sum.weight == 0)
    return SEMIO_SIGNAL_VALUE_EMPTY;
  return (SemioSignalValue){ sum.minimum * self->unit, sum.maximum * self->unit,
                             (float) ((double) sum.sum / (double) sum.weight) * self->unit };
}

SemioSignalValue
semio_signal_pyramid_get_value (SemioSignalPyramid *self, SemioSpan span)
{
  gint64 n = self->levels[0].n_cells;
  gint64 begin_ns = MAX (span.begin_ns, 0);
  gint64 first = begin_ns / self->step_ns;
  gint64 end = span.end_ns <= begin_ns ? first : (span.end_ns - 1) / self->step_ns + 1;

  if (span.end_ns <= span.begin_ns || span.end_ns <= 0 || first >= n)
    return SEMIO_SIGNAL_VALUE_EMPTY;
  return gather (self, first, MIN (end, n));
}

void
semio_signal_pyramid_read (SemioSignalPyramid *self, SemioSpan span, SemioSignalValue *columns, guint n_columns)
{
  double width_ns = (double) semio_span_get_length (span) / MAX (n_columns, 1);

  for (guint i = 0; i < n_columns; i++)
    {
      gint64 begin_ns = span.begin_ns + (gint64) (width_ns * i);
      gint64 end_ns = span.begin_ns + (gint64) (width_ns * (i + 1));

      columns[i] = semio_signal_pyramid_get_value (self, (SemioSpan){ begin_ns, MAX (end_ns, begin_ns + 1) });
    }
}

SemioSignalValue
semio_signal_pyramid_get_range (SemioSignalPyramid *self)
{
  return gather (self, 0, self->levels[0].n_cells);
}

GBytes *
semio_signal_pyramid_to_bytes (SemioSignalPyramid *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const Level *base = &self->levels[0];
  gsize at;

  semio_signal_append_uint32 (out, MAGIC);
  semio_signal_append_uint32 (out, VERSION);
  semio_signal_append_uint32 (out, self->limit_units);
  semio_signal_append_int64 (out, self->step_ns);
  semio_signal_append_int64 (out, base->n_cells);
  at = out->len;
  g_byte_array_set_size (out, (guint) (at + (gsize) base->n_cells * sizeof (Cell)));
  for (gint64 i = 0; i < base->n_cells; i++)
    {
      gint16 triple[3] = { GINT16_TO_LE (base->cells[i].minimum), GINT16_TO_LE (base->cells[i].maximum),
                           GINT16_TO_LE (base->cells[i].mean) };

      memcpy (out->data + at + (gsize) i * sizeof triple, triple, sizeof triple);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * semio_signal_pyramid_from_bytes:
 * @bytes: a blob, from anywhere
 * @error: set to %SEMIO_MODEL_ERROR_SIGNAL
 *
 * Returns: (transfer full): the pyramid, or NULL when the blob is not one
 */
SemioSignalPyramid *
semio_signal_pyramid_from_bytes (GBytes *bytes, GError **error)
{
  SemioSignalReader reader = semio_signal_reader_open (bytes);
  guint32 magic, version, limit_units;
  gint64 step_ns, n_cells;
  const guint8 *data;
  Cell *cells;

  if (!semio_signal_reader_take_uint32 (&reader, &magic) || !semio_signal_reader_take_uint32 (&reader, &version)
      || !semio_signal_reader_take_uint32 (&reader, &limit_units) || !semio_signal_reader_take_int64 (&reader, &step_ns)
      || !semio_signal_reader_take_int64 (&reader, &n_cells) || magic != MAGIC || version != VERSION || limit_units == 0
      || step_ns < 1 || step_ns > MAX_STEP_NS || n_cells < 0 || n_cells > MAX_VALUES
      || semio_signal_reader_get_left (&reader) != (gsize) n_cells * sizeof (Cell))
    {
      semio_signal_set_damaged (error, "pyramid");
      return NULL;
    }
  data = semio_signal_reader_take (&reader, (gsize) n_cells * sizeof (Cell));
  cells = g_new (Cell, (gsize) n_cells);
  for (gint64 i = 0; i < n_cells; i++)
    {
      gint16 triple[3];

      memcpy (triple, data + (gsize) i * sizeof triple, sizeof triple);
      cells[i] = (Cell){ GINT16_FROM_LE (triple[0]), GINT16_FROM_LE (triple[1]), GINT16_FROM_LE (triple[2]) };
    }
  return new_from_cells (cells, n_cells, step_ns, limit_units);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-frame-index.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "semio-model-error.h"
#include "semio-sha256.h"

/* The blob, version 1: magic, version, then varints (7 bits a byte, low first; signed ones zigzag): flags, number of
 * frames, zero offset, duration of the last frame, for every further frame how much its gap differs from the gap before,
 * number of key frames, for each the distance from the one before; then the first bytes of the SHA-256 of all that. */
#define MAGIC "SMFI"
#define MAGIC_BYTES 4
#define VERSION 1
#define CHECK_BYTES 16
#define MAX_FRAMES (G_GINT64_CONSTANT (1) << 31)
/* Times stay far from the ends of 64 bits, so that adding two of them is safe: about 146 years. */
#define MAX_TIME_NS (G_GINT64_CONSTANT (1) << 62)
#define MAX_SEEK_NUDGE_NS G_GINT64_CONSTANT (2000000)
#define DEFAULT_GAP_NS (SEMIO_NS_PER_SECOND / 25)

struct _SemioFrameIndex {
  gatomicrefcount refs;
  gint64 n_frames;
  gint64 zero_ns;
  gint64 *times_ns; /* from the first frame; one more entry: the end of the last */
  guint8 *is_key;
  SemioFrameIndexFlags flags;
  gint64 last_duration_ns;
};

typedef struct {
  const guint8 *position;
  const guint8 *end;
} Reader;

static gboolean
set_blob_error (GError **error, const char *what)
{
  g_set_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX,
               _ ("The frame index is damaged (%s). Add the video again to make a new one."), what);
  return FALSE;
}

static int
compare_int64 (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static gint64
get_gap_ns (const SemioFrameIndex *index, gint64 frame)
{
  return index->times_ns[frame + 1] - index->times_ns[frame];
}

static gint64
get_median_gap_ns (const SemioFrameIndex *index)
{
  gint64 n = index->n_frames - 1;
  g_autofree gint64 *gaps = NULL;

  if (n == 0)
    return index->last_duration_ns > 0 ? index->last_duration_ns : DEFAULT_GAP_NS;
  gaps = g_new (gint64, (gsize) n);
  for (gint64 i = 0; i < n; i++)
    gaps[i] = get_gap_ns (index, i);
  qsort (gaps, (gsize) n, sizeof *gaps, compare_int64);
  return gaps[n / 2];
}

static void
append_varint (GByteArray *out, guint64 value)
{
  while (value >= 0x80)
    {
      guint8 byte = (guint8) (value | 0x80);

      g_byte_array_append (out, &byte, 1);
      value >>= 7;
    }
  g_byte_array_append (out, &(guint8){ (guint8) value }, 1);
}

static void
append_signed (GByteArray *out, gint64 value)
{
  append_varint (out, ((guint64) value << 1) ^ (guint64) (value >> 63));
}

static gboolean
read_varint (Reader *reader, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; shift < 64 && reader->position < reader->end; shift += 7)
    {
      guint8 byte = *reader->position++;

      if (shift == 63 && byte > 1)
        return FALSE;
      *value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_signed (Reader *reader, gint64 *value)
{
  guint64 raw;

  if (!read_varint (reader, &raw))
    return FALSE;
  *value = (gint64) (raw >> 1) ^ -(gint64) (raw & 1);
  return TRUE;
}

/* A count of things that take at least a byte each: one beyond the bytes that are left is a lie, and nothing is
 * allocated for it. */
static gboolean
read_count (Reader *reader, guint64 *count)
{
  return read_varint (reader, count) && *count <= (guint64) (reader->end - reader->position) && *count <= (guint64) MAX_FRAMES;
}

static gboolean
read_times (Reader *reader, gint64 *times_ns, guint64 n_frames)
{
  gint64 gap_ns = 0;

  times_ns[0] = 0;
  for (guint64 i = 1; i < n_frames; i++)
    {
      gint64 change_ns;

      if (!read_signed (reader, &change_ns) || ABS (change_ns / 2) > MAX_TIME_NS / 4)
        return FALSE;
      gap_ns += change_ns;
      if (gap_ns <= 0 || gap_ns > MAX_TIME_NS || times_ns[i - 1] > MAX_TIME_NS - gap_ns)
        return FALSE;
      times_ns[i] = times_ns[i - 1] + gap_ns;
    }
  return TRUE;
}

static gboolean
read_keys (Reader *reader, guint8 *is_key, guint64 n_frames)
{
  guint64 n_keys;
  gint64 frame = -1;

  if (!read_count (reader, &n_keys))
    return FALSE;
  for (guint64 i = 0; i < n_keys; i++)
    {
      guint64 distance;

      if (!read_varint (reader, &distance) || distance == 0 || distance > (guint64) ((gint64) n_frames - 1 - frame))
        return FALSE;
      frame += (gint64) distance;
      is_key[frame] = 1;
    }
  return TRUE;
}

/**
 * semio_frame_index_new:
 * @times_ns: (array length=n_frames): stream times, strictly rising
 * @is_key: (array length=n_frames): whether a frame can be decoded alone
 * @n_frames: at least 1
 * @last_duration_ns: how long the last frame is shown; 0 when unknown, then the median gap stands for it
 * @flags: what is odd about the file
 * @error: return location for a #SemioModelError
 *
 * Returns: (transfer full): the index
 */
SemioFrameIndex *
semio_frame_index_new (const gint64 *times_ns, const guint8 *is_key, gsize n_frames, gint64 last_duration_ns,
                       SemioFrameIndexFlags flags, GError **error)
{
  SemioFrameIndex *index;

  if (n_frames == 0 || n_frames > (gsize) MAX_FRAMES)
    {
      g_set_error_literal (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX, _ ("The video has no frames, or too many."));
      return NULL;
    }
  for (gsize i = 0; i < n_frames; i++)
    if (times_ns[i] <= -MAX_TIME_NS / 2 || times_ns[i] >= MAX_TIME_NS / 2 || (i > 0 && times_ns[i] <= times_ns[i - 1]))
      {
        g_set_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX,
                     _ ("The time of frame %" G_GSIZE_FORMAT " does not lie after the one before."), i);
        return NULL;
      }
  if (last_duration_ns < 0 || last_duration_ns > MAX_TIME_NS / 2)
    {
      g_set_error_literal (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FRAME_INDEX,
                           _ ("The duration of the last frame makes no sense."));
      return NULL;
    }

  index = g_new0 (SemioFrameIndex, 1);
  g_atomic_ref_count_init (&index->refs);
  index->n_frames = (gint64) n_frames;
  index->zero_ns = times_ns[0];
  index->flags = flags;
  index->is_key = g_memdup2 (is_key, n_frames);
  index->times_ns = g_new (gint64, n_frames + 1);
  for (gsize i = 0; i < n_frames; i++)
    index->times_ns[i] = times_ns[i] - times_ns[0];
  index->last_duration_ns = last_duration_ns > 0 ? last_duration_ns : get_median_gap_ns (index);
  index->times_ns[n_frames] = index->times_ns[n_frames - 1] + index->last_duration_ns;
  return index;
}

SemioFrameIndex *
semio_frame_index_ref (SemioFrameIndex *index)
{
  g_atomic_ref_count_inc (&index->refs);
  return index;
}

void
semio_frame_index_unref (SemioFrameIndex *index)
{
  if (!g_atomic_ref_count_dec (&index->refs))
    return;
  g_free (index->times_ns);
  g_free (index->is_key);
  g_free (index);
}

/* The same index always gives the same bytes. */
GBytes *
semio_frame_index_to_bytes (SemioFrameIndex *index)
{
  GByteArray *out = g_byte_array_new ();
  gint64 gap_ns = 0, last_key = -1;
  guint64 n_keys = 0;
  SemioSha256 hash;

  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_BYTES);
  append_varint (out, VERSION);
  append_varint (out, index->flags);
  append_varint (out, (guint64) index->n_frames);
  append_signed (out, index->zero_ns);
  append_varint (out, (guint64) index->last_duration_ns);
  for (gint64 i = 1; i < index->n_frames; i++)
    {
      gint64 next_gap_ns = get_gap_ns (index, i - 1);

      append_signed (out, next_gap_ns - gap_ns);
      gap_ns = next_gap_ns;
    }
  for (gint64 i = 0; i < index->n_frames; i++)
    n_keys += index->is_key[i] != 0;
  append_varint (out, n_keys);
  for (gint64 i = 0; i < index->n_frames; i++)
    {
      if (index->is_key[i] == 0)
        continue;
      append_varint (out, (guint64) (i - last_key));
      last_key = i;
    }
  hash = semio_sha256_of_data (out->data, out->len);
  g_byte_array_append (out, hash.bytes, CHECK_BYTES);
  return g_byte_array_free_to_bytes (out);
}

/**
 * semio_frame_index_from_bytes:
 * @bytes: what semio_frame_index_to_bytes() made, or anything else
 * @error: return location for a #SemioModelError
 *
 * The bytes may come from a hostile file: every number is checked before it is used, and nothing is allocated that the
 * bytes could not fill.
 *
 * Returns: (transfer full): the index
 */
SemioFrameIndex *
semio_frame_index_from_bytes (GBytes *bytes, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree gint64 *times_ns = NULL;
  g_autofree guint8 *is_key = NULL;
  Reader reader;
  guint64 version, flags, n_frames, last_duration_ns;
  gint64 zero_ns;
  SemioSha256 hash;

  if (length < MAGIC_BYTES + CHECK_BYTES || memcmp (data, MAGIC, MAGIC_BYTES) != 0)
    return set_blob_error (error, _ ("it does not start as one")), NULL;
  hash = semio_sha256_of_data (data, length - CHECK_BYTES);
  reader = (Reader){ data + MAGIC_BYTES, data + length - CHECK_BYTES };
  if (!read_varint (&reader, &version) || version != VERSION)
    return set_blob_error (error, _ ("its version is unknown")), NULL;
  if (memcmp (hash.bytes, data + length - CHECK_BYTES, CHECK_BYTES) != 0)
    return set_blob_error (error, _ ("its check sum is wrong")), NULL;
  /* The first frame takes no byte of its own, but the numbers after the count do. */
  if (!read_varint (&reader, &flags) || flags > G_MAXINT32 || !read_count (&reader, &n_frames) || n_frames == 0
      || !read_signed (&reader, &zero_ns) || !read_varint (&reader, &last_duration_ns) || last_duration_ns == 0
      || last_duration_ns > (guint64) MAX_TIME_NS / 2 || zero_ns <= -MAX_TIME_NS / 2 || zero_ns >= MAX_TIME_NS / 2)
    return set_blob_error (error, _ ("its head is wrong")), NULL;
  times_ns = g_new (gint64, n_frames);
  is_key = g_new0 (guint8, n_frames);
  if (!read_times (&reader, times_ns, n_frames) || times_ns[n_frames - 1] >= MAX_TIME_NS / 2 - ABS (zero_ns))
    return set_blob_error (error, _ ("its times are wrong")), NULL;
  if (!read_keys (&reader, is_key, n_frames) || reader.position != reader.end)
    return set_blob_error (error, _ ("its key frames are wrong")), NULL;
  for (guint64 i = 0; i < n_frames; i++)
    times_ns[i] += zero_ns;
  return semio_frame_index_new (times_ns, is_key, n_frames, (gint64) last_duration_ns, (SemioFrameIndexFlags) flags, error);
}

gint64
semio_frame_index_get_n_frames (SemioFrameIndex *index)
{
  return index->n_frames;
}

SemioFrameIndexFlags
semio_frame_index_get_flags (SemioFrameIndex *index)
{
  return index->flags;
}

/* From the first frame's beginning to the last one's end. */
gint64
semio_frame_index_get_duration_ns (SemioFrameIndex *index)
{
  return index->times_ns[index->n_frames];
}

gint64
semio_frame_index_get_zero_ns (SemioFrameIndex *index)
{
  return index->zero_ns;
}

/* Frames outside the recording read as the nearest one of it. */
static gint64
clamp_frame (const SemioFrameIndex *index, gint64 frame)
{
  return CLAMP (frame, 0, index->n_frames - 1);
}

gint64
semio_frame_index_get_time_ns (SemioFrameIndex *index, gint64 frame)
{
  return index->times_ns[clamp_frame (index, frame)];
}

SemioSpan
semio_frame_index_get_span (SemioFrameIndex *index, gint64 frame)
{
  gint64 inside = clamp_frame (index, frame);

  return (SemioSpan){ index->times_ns[inside], index->times_ns[inside + 1] };
}

/**
 * semio_frame_index_get_frame_at:
 * @index: an index
 * @time_ns: from the first displayed frame
 *
 * Returns: the frame on screen then; the first before the beginning, the last after the end
 */
gint64
semio_frame_index_get_frame_at (SemioFrameIndex *index, gint64 time_ns)
{
  gint64 low = 0;
  gint64 high = index->n_frames;

  /* The frame sought lies in [low, high). */
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (index->times_ns[middle] <= time_ns)
        low = middle;
      else
        high = middle;
    }
  return low;
}

gboolean
semio_frame_index_is_key (SemioFrameIndex *index, gint64 frame)
{
  return frame >= 0 && frame < index->n_frames && index->is_key[frame] != 0;
}

/* The first frame when no key frame stands before. */
gint64
semio_frame_index_get_key_before (SemioFrameIndex *index, gint64 frame)
{
  gint64 key = clamp_frame (index, frame);

  while (key > 0 && index->is_key[key] == 0)
    key--;
  return key;
}

gint64
semio_frame_index_get_seek_ns (SemioFrameIndex *index, gint64 frame)
{
  gint64 inside = clamp_frame (index, frame);

  return index->zero_ns + index->times_ns[inside] + MIN (MAX_SEEK_NUDGE_NS, get_gap_ns (index, inside) / 2);
}

/**
 * semio_frame_index_get_rate:
 * @index: an index
 *
 * The mean gap when it is within 5 % of the median, because some formats round times to milliseconds; else the median.
 * A value within 0.1 %, or within what a millisecond over the whole length can do, of a usual rate reads as that rate.
 *
 * Returns: frames a second
 */
double
semio_frame_index_get_rate (SemioFrameIndex *index)
{
  static const double usual[] = {
    1, 2, 5, 10, 12, 12.5, 15, 20, 24000.0 / 1001, 24, 25, 30000.0 / 1001, 30, 48, 50, 60000.0 / 1001, 60, 100, 120
  };
  double gap_ns = (double) get_median_gap_ns (index);
  double tolerance = 0.001;
  double rate, best;

  if (index->n_frames > 1)
    {
      double total_ns = (double) index->times_ns[index->n_frames - 1];
      double mean_ns = total_ns / (double) (index->n_frames - 1);

      if (fabs (mean_ns - gap_ns) < 0.05 * gap_ns)
        gap_ns = mean_ns;
      tolerance = MAX (tolerance, MIN (1e6 / total_ns, 0.03));
    }
  rate = (double) SEMIO_NS_PER_SECOND / gap_ns;
  best = usual[0];
  for (guint i = 1; i < G_N_ELEMENTS (usual); i++)
    if (fabs (usual[i] - rate) < fabs (best - rate))
      best = usual[i];
  return fabs (best - rate) <= tolerance * best ? best : rate;
}

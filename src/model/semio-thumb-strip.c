/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-thumb-strip.h"

#include <string.h>

#include "semio-signal-bytes.h"

/* The blob: magic, version, number of pictures, width, height, frame and time of each, then the pictures. */
#define MAGIC 0x54534d53u /* "SMST" */
#define VERSION 1

#define MAX_THUMBS 65536
#define MAX_SIDE_PX 1024
#define MAX_BYTES ((gsize) 1 << 30)

struct _SemioThumbStrip {
  gatomicrefcount refs;
  guint n_thumbs;
  guint width_px, height_px;
  gint64 *frames;
  gint64 *times_ns;
  GBytes *rgb;
};

SemioThumbStrip *
semio_thumb_strip_new (const gint64 *frames, const gint64 *times_ns, guint n_thumbs, guint width_px, guint height_px,
                       const guint8 *rgb)
{
  SemioThumbStrip *self;

  g_return_val_if_fail (n_thumbs <= MAX_THUMBS, NULL);
  g_return_val_if_fail (width_px > 0 && width_px <= MAX_SIDE_PX && height_px > 0 && height_px <= MAX_SIDE_PX, NULL);

  self = g_new0 (SemioThumbStrip, 1);
  g_atomic_ref_count_init (&self->refs);
  self->n_thumbs = n_thumbs;
  self->width_px = width_px;
  self->height_px = height_px;
  self->frames = g_memdup2 (frames, n_thumbs * sizeof *frames);
  self->times_ns = g_memdup2 (times_ns, n_thumbs * sizeof *times_ns);
  self->rgb = g_bytes_new (rgb, (gsize) n_thumbs * width_px * height_px * 3);
  return self;
}

SemioThumbStrip *
semio_thumb_strip_ref (SemioThumbStrip *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
semio_thumb_strip_unref (SemioThumbStrip *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->frames);
  g_free (self->times_ns);
  g_bytes_unref (self->rgb);
  g_free (self);
}

guint
semio_thumb_strip_get_n_thumbs (SemioThumbStrip *self)
{
  return self->n_thumbs;
}

guint
semio_thumb_strip_get_width_px (SemioThumbStrip *self)
{
  return self->width_px;
}

guint
semio_thumb_strip_get_height_px (SemioThumbStrip *self)
{
  return self->height_px;
}

gint64
semio_thumb_strip_get_frame (SemioThumbStrip *self, guint thumb)
{
  g_return_val_if_fail (thumb < self->n_thumbs, -1);

  return self->frames[thumb];
}

gint64
semio_thumb_strip_get_time_ns (SemioThumbStrip *self, guint thumb)
{
  g_return_val_if_fail (thumb < self->n_thumbs, SEMIO_TIME_NONE);

  return self->times_ns[thumb];
}

guint
semio_thumb_strip_find (SemioThumbStrip *self, gint64 time_ns)
{
  guint low = 0, high = self->n_thumbs;

  /* The first that is later. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->times_ns[middle] > time_ns)
        high = middle;
      else
        low = middle + 1;
    }
  if (low == 0)
    return 0;
  if (low < self->n_thumbs && self->times_ns[low] - time_ns < time_ns - self->times_ns[low - 1])
    return low;
  return low - 1;
}

GBytes *
semio_thumb_strip_get_rgb (SemioThumbStrip *self, guint thumb)
{
  gsize n_bytes = (gsize) self->width_px * self->height_px * 3;

  g_return_val_if_fail (thumb < self->n_thumbs, NULL);

  return g_bytes_new_from_bytes (self->rgb, thumb * n_bytes, n_bytes);
}

GBytes *
semio_thumb_strip_to_bytes (SemioThumbStrip *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize n_bytes;
  const guint8 *rgb = g_bytes_get_data (self->rgb, &n_bytes);

  semio_signal_append_uint32 (out, MAGIC);
  semio_signal_append_uint32 (out, VERSION);
  semio_signal_append_uint32 (out, self->n_thumbs);
  semio_signal_append_uint32 (out, self->width_px);
  semio_signal_append_uint32 (out, self->height_px);
  for (guint i = 0; i < self->n_thumbs; i++)
    {
      semio_signal_append_int64 (out, self->frames[i]);
      semio_signal_append_int64 (out, self->times_ns[i]);
    }
  g_byte_array_append (out, rgb, (guint) n_bytes);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

SemioThumbStrip *
semio_thumb_strip_from_bytes (GBytes *bytes, GError **error)
{
  SemioSignalReader reader = semio_signal_reader_open (bytes);
  guint32 magic, version, n_thumbs, width_px, height_px;
  g_autofree gint64 *frames = NULL;
  g_autofree gint64 *times_ns = NULL;
  gsize n_pixels;

  if (!semio_signal_reader_take_uint32 (&reader, &magic) || !semio_signal_reader_take_uint32 (&reader, &version)
      || !semio_signal_reader_take_uint32 (&reader, &n_thumbs) || !semio_signal_reader_take_uint32 (&reader, &width_px)
      || !semio_signal_reader_take_uint32 (&reader, &height_px) || magic != MAGIC || version != VERSION || n_thumbs > MAX_THUMBS
      || width_px < 1 || width_px > MAX_SIDE_PX || height_px < 1 || height_px > MAX_SIDE_PX)
    {
      semio_signal_set_damaged (error, "thumbnails");
      return NULL;
    }
  n_pixels = (gsize) n_thumbs * width_px * height_px * 3;
  if (n_pixels > MAX_BYTES || semio_signal_reader_get_left (&reader) != n_pixels + (gsize) n_thumbs * 2 * sizeof (gint64))
    {
      semio_signal_set_damaged (error, "thumbnails");
      return NULL;
    }
  frames = g_new (gint64, n_thumbs);
  times_ns = g_new (gint64, n_thumbs);
  for (guint i = 0; i < n_thumbs; i++)
    {
      semio_signal_reader_take_int64 (&reader, &frames[i]);
      semio_signal_reader_take_int64 (&reader, &times_ns[i]);
      if (frames[i] < 0 || times_ns[i] < 0 || (i > 0 && (frames[i] <= frames[i - 1] || times_ns[i] <= times_ns[i - 1])))
        {
          semio_signal_set_damaged (error, "thumbnails");
          return NULL;
        }
    }
  return semio_thumb_strip_new (frames, times_ns, n_thumbs, width_px, height_px, reader.position);
}

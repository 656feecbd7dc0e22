/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-copy-check.h"

#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "semio-frame-source.h"
#include "semio-media-error.h"

/* A frame whose time is off by more would not be known again. */
#define TOLERANCE_NS G_GINT64_CONSTANT (50000)
/* Pictures compared, first and last among them, in this size. */
#define N_COMPARED 12
#define COMPARED_PX 320
/* Of 255, on average over all pixels and colours: what encoding anew may change, far below what another picture does. */
#define MAX_DIFFERENCE 6

typedef struct {
  SemioIndexerProgress progress;
  gpointer progress_data;
} Alive;

static gboolean
alive_cb (gpointer user_data)
{
  Alive *alive = user_data;

  return alive->progress (1.0, alive->progress_data);
}

static gboolean
quiet_cb (double fraction, gpointer user_data)
{
  return alive_cb (user_data);
}

static SemioFrameIndex *
refuse (gint64 frame, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, frame);

  g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VERIFIED,
               _ ("The copy is not the same as the original at frame %s, so it was thrown away. The original is used."), number);
  return NULL;
}

/* Times of the original from its first frame; what else is the copy's. */
static SemioFrameIndex *
join (SemioFrameIndex *index, SemioFrameIndex *copy, GError **error)
{
  gint64 n_frames = semio_frame_index_get_n_frames (index);
  g_autofree gint64 *times_ns = NULL;
  g_autofree guint8 *keys = NULL;

  if (semio_frame_index_get_n_frames (copy) != n_frames)
    return refuse (MIN (n_frames, semio_frame_index_get_n_frames (copy)), error);
  times_ns = g_new (gint64, (gsize) n_frames);
  keys = g_new (guint8, (gsize) n_frames);
  for (gint64 i = 0; i < n_frames; i++)
    {
      gint64 time_ns = semio_frame_index_get_time_ns (index, i);

      if (ABS (semio_frame_index_get_time_ns (copy, i) - time_ns) > TOLERANCE_NS)
        {
          g_info ("Frame %" G_GINT64_FORMAT " stands at %" G_GINT64_FORMAT " and not at %" G_GINT64_FORMAT ".", i,
                  semio_frame_index_get_time_ns (copy, i), time_ns);
          return refuse (i, error);
        }
      times_ns[i] = semio_frame_index_get_zero_ns (copy) + time_ns;
      keys[i] = semio_frame_index_is_key (copy, i);
    }
  return semio_frame_index_new (times_ns, keys, (gsize) n_frames,
                                semio_span_get_length (semio_frame_index_get_span (index, n_frames - 1)),
                                semio_frame_index_get_flags (copy), error);
}

/* The mean difference of two pictures, or more than any when they are of different sizes. */
static guint
measure (GstSample *a, GstSample *b)
{
  GstVideoInfo info_a, info_b;
  GstVideoFrame frame_a, frame_b;
  guint64 sum = 0, n;

  if (!gst_video_info_from_caps (&info_a, gst_sample_get_caps (a)) || !gst_video_info_from_caps (&info_b, gst_sample_get_caps (b))
      || info_a.width != info_b.width || info_a.height != info_b.height)
    return G_MAXUINT;
  if (!gst_video_frame_map (&frame_a, &info_a, gst_sample_get_buffer (a), GST_MAP_READ))
    return G_MAXUINT;
  if (!gst_video_frame_map (&frame_b, &info_b, gst_sample_get_buffer (b), GST_MAP_READ))
    {
      gst_video_frame_unmap (&frame_a);
      return G_MAXUINT;
    }
  n = (guint64) info_a.width * info_a.height * 3;
  for (int y = 0; y < info_a.height; y++)
    {
      const guint8 *row_a =
          (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame_a, 0) + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame_a, 0);
      const guint8 *row_b =
          (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame_b, 0) + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame_b, 0);

      for (int x = 0; x < info_a.width * 4; x++)
        if (x % 4 != 3)
          sum += (guint64) ABS (row_a[x] - row_b[x]);
    }
  gst_video_frame_unmap (&frame_a);
  gst_video_frame_unmap (&frame_b);
  return (guint) ((sum + n / 2) / n);
}

static gboolean
compare_pictures (int copy_fd, int fd, SemioFrameIndex *index, SemioFrameIndex *copy, Alive *alive, GError **error)
{
  g_autoptr (SemioFrameSource) from = semio_frame_source_new (fd, index, alive_cb, alive, error);
  g_autoptr (SemioFrameSource) to = from ? semio_frame_source_new (copy_fd, copy, alive_cb, alive, error) : NULL;
  gint64 last = semio_frame_index_get_n_frames (index) - 1;

  if (!to)
    return FALSE;
  for (int i = 0; i < N_COMPARED; i++)
    {
      gint64 frame = last * i / (N_COMPARED - 1);
      g_autoptr (GstSample) a = semio_frame_source_get (from, frame, COMPARED_PX, COMPARED_PX, error);
      guint difference;
      g_autoptr (GstSample) b = a ? semio_frame_source_get (to, frame, COMPARED_PX, COMPARED_PX, error) : NULL;

      if (!b)
        return FALSE;
      difference = measure (a, b);
      if (difference > MAX_DIFFERENCE)
        {
          g_info ("Frame %" G_GINT64_FORMAT " differs by %u.", frame, difference);
          refuse (frame, error);
          return FALSE;
        }
    }
  return TRUE;
}

/* One picture tells whether anything can be decoded at all. */
static gboolean
try_first_frame (int copy_fd, SemioFrameIndex *copy, Alive *alive, GError **error)
{
  g_autoptr (SemioFrameSource) source = semio_frame_source_new (copy_fd, copy, alive_cb, alive, error);
  g_autoptr (GstSample) sample = source ? semio_frame_source_get (source, 0, 64, 64, error) : NULL;

  return sample != NULL;
}

SemioFrameIndex *
semio_copy_check (int copy_fd, int fd, SemioFrameIndex *index, gboolean by_pixels, SemioIndexerProgress progress,
                  gpointer progress_data, GError **error)
{
  Alive alive = { progress, progress_data };
  g_autoptr (SemioProbe) probe = semio_indexer_run (copy_fd, quiet_cb, &alive, error);
  g_autoptr (SemioFrameIndex) copy = probe ? join (index, probe->index, error) : NULL;

  if (!copy)
    return NULL;
  if (by_pixels ? !compare_pictures (copy_fd, fd, index, copy, &alive, error) : !try_first_frame (copy_fd, copy, &alive, error))
    return NULL;
  return g_steal_pointer (&copy);
}

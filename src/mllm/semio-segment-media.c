/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-segment-media.h"

static void
frame_clear (gpointer data)
{
  SemioSentFrame *frame = data;

  g_clear_pointer (&frame->jpeg, g_bytes_unref);
}

/**
 * semio_segment_media_new:
 * @span: of the segment in the recording
 *
 * Returns: (transfer full): media without pictures and sound; fill its members before it is given away
 */
SemioSegmentMedia *
semio_segment_media_new (SemioSpan span)
{
  SemioSegmentMedia *media = g_new0 (SemioSegmentMedia, 1);

  g_atomic_ref_count_init (&media->refs);
  media->span = span;
  media->frames = g_array_new (FALSE, TRUE, sizeof (SemioSentFrame));
  g_array_set_clear_func (media->frames, frame_clear);
  return media;
}

SemioSegmentMedia *
semio_segment_media_ref (SemioSegmentMedia *media)
{
  g_atomic_ref_count_inc (&media->refs);
  return media;
}

void
semio_segment_media_unref (SemioSegmentMedia *media)
{
  if (!g_atomic_ref_count_dec (&media->refs))
    return;
  g_array_unref (media->frames);
  g_clear_pointer (&media->wav, g_bytes_unref);
  g_free (media->transcript);
  g_free (media);
}

/**
 * semio_segment_media_add_frame:
 * @media: media that was not given away yet
 * @frame: number in the recording
 * @time_ns: when it is shown, from the first displayed frame; not before the one added last
 * @width_px: of the picture that is sent
 * @height_px: of the picture that is sent
 * @jpeg: the picture
 */
void
semio_segment_media_add_frame (SemioSegmentMedia *media, gint64 frame, gint64 time_ns, guint width_px, guint height_px,
                               GBytes *jpeg)
{
  SemioSentFrame sent = { frame, time_ns, width_px, height_px, NULL };

  g_return_if_fail (jpeg != NULL);

  sent.jpeg = g_bytes_ref (jpeg);
  g_array_append_val (media->frames, sent);
}

gsize
semio_segment_media_get_size (const SemioSegmentMedia *media)
{
  gsize size = media->wav ? g_bytes_get_size (media->wav) : 0;

  for (guint i = 0; i < media->frames->len; i++)
    size += g_bytes_get_size (g_array_index (media->frames, SemioSentFrame, i).jpeg);
  return size;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-frame.h"

SemioFrame *
semio_frame_ref (SemioFrame *frame)
{
  g_return_val_if_fail (frame != NULL, NULL);

  g_atomic_ref_count_inc (&frame->refs);
  return frame;
}

void
semio_frame_unref (SemioFrame *frame)
{
  g_return_if_fail (frame != NULL);

  if (!g_atomic_ref_count_dec (&frame->refs))
    return;
  g_clear_pointer (&frame->bgra, g_bytes_unref);
  g_free (frame);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-probe.h"

SemioProbe *
semio_probe_ref (SemioProbe *probe)
{
  g_return_val_if_fail (probe != NULL, NULL);

  g_atomic_ref_count_inc (&probe->refs);
  return probe;
}

void
semio_probe_unref (SemioProbe *probe)
{
  g_return_if_fail (probe != NULL);

  if (!g_atomic_ref_count_dec (&probe->refs))
    return;
  g_clear_pointer (&probe->container, g_free);
  g_clear_pointer (&probe->video_codec, g_free);
  g_clear_pointer (&probe->audio_codec, g_free);
  g_clear_pointer (&probe->index, semio_frame_index_unref);
  g_free (probe);
}

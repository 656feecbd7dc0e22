/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-hardware.h"
#include "semio-playback-private.h"

static void
tell_decoder (SemioPlayback *self, const char *sentence)
{
  semio_playback_tell (self, SEMIO_MESSAGE_DECODER, self->load_serial,
                       g_variant_new ("(bs)", self->decoder != NULL, sentence ? sentence : ""));
}

/* Before a file is played. What was refused once is not tried again by this process. */
void
semio_playback_choose_decoder (SemioPlayback *self, SemioAliveFunc alive)
{
  g_autofree char *reason = NULL;

  self->decoder = NULL;
  if (!self->allows_hardware)
    return;
  self->decoder = semio_hardware_choose (self->fd, self->index, alive, self, &reason);
  if (reason)
    self->allows_hardware = FALSE;
  tell_decoder (self, reason);
}

/* The decoder in use failed, or showed what it should not: software from here on. FALSE when it was none of hardware. */
gboolean
semio_playback_leave_decoder (SemioPlayback *self)
{
  if (!self->decoder)
    return FALSE;
  self->decoder = NULL;
  self->allows_hardware = FALSE;
  tell_decoder (self, _ ("Decoding by the graphics card failed; the program goes on without it."));
  return TRUE;
}

/* A picture of the graphics card stands and the same frame has now been decoded by software too. */
gboolean
semio_playback_check_decoder (SemioPlayback *self)
{
  g_autoptr (GstSample) known = NULL;
  int difference;

  if (!self->decoder || !self->landed || self->landed_frame != self->shown)
    return TRUE;
  known = semio_frame_cache_get (self->cache, self->shown);
  if (!known)
    return TRUE;
  difference = semio_hardware_compare (known, self->landed);
  g_clear_pointer (&self->landed, gst_sample_unref);
  /* Of two sizes: the view has just changed. */
  return difference < 0 || difference <= SEMIO_HARDWARE_SAME;
}

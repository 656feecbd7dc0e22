/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * SemioSoundChain:
 *
 * From a demuxer's pad to a sound device. Pitch is kept between half and double speed; beyond, and when muted, it is
 * silent. Without a device nothing is linked and the picture plays alone.
 */
typedef struct _SemioSoundChain SemioSoundChain;

SemioSoundChain *semio_sound_chain_new (GstBin *bin);
void semio_sound_chain_free (SemioSoundChain *chain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSoundChain, semio_sound_chain_free)
/* In the streaming thread. FALSE when there is no device or the coding is not read. */
gboolean semio_sound_chain_link (SemioSoundChain *chain, GstPad *pad, GstCaps *caps);
gboolean semio_sound_chain_has_output (SemioSoundChain *chain);
/* Whether an element belongs to the sound: what fails there need not stop the picture. */
gboolean semio_sound_chain_owns (SemioSoundChain *chain, GstObject *object);
/* volume is cubic, as ears hear it, 0 to 1. */
void semio_sound_chain_set_volume (SemioSoundChain *chain, double volume, gboolean muted, double speed);

G_END_DECLS

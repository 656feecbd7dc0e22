/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-copy-writer.h"
#include "semio-sniff.h"

G_BEGIN_DECLS

/**
 * SemioCopySound:
 *
 * Takes the first sound track of a file into a copy: its packets as they are, or decoded where a QuickTime file cannot hold
 * them.
 */
typedef struct _SemioCopySound SemioCopySound;

/* Looks whether there is sound, and puts what reads it into the writer, which must not have been started. Blocks. NULL with an
 * error; a file without sound is none. The sound must live as long as the writer. */
SemioCopySound *semio_copy_sound_new (SemioCopyWriter *writer, int fd, SemioAliveFunc alive, gpointer alive_data, GError **error);
void semio_copy_sound_free (SemioCopySound *sound);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCopySound, semio_copy_sound_free)

/* The kinds of picture and sound in a file, those of the first tracks, by what its demuxer says. (out) (nullable) each. */
gboolean semio_copy_read_caps (int fd, SemioContainer container, SemioAliveFunc alive, gpointer alive_data, GstCaps **picture,
                               GstCaps **sound, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-recording.h"

G_BEGIN_DECLS

/**
 * SemioSoundMeter:
 *
 * Finds out whether a sound track has anything in it. Decodes until the first sound that is louder than nothing, or
 * ten minutes of silence, and only counts packets from there on.
 */
typedef struct _SemioSoundMeter SemioSoundMeter;

SemioSoundMeter *semio_sound_meter_new (void);
void semio_sound_meter_free (SemioSoundMeter *meter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSoundMeter, semio_sound_meter_free)
/* Links a demuxer's pad to the meter, inside the bin. A coding that cannot be decoded is only counted. */
void semio_sound_meter_link (SemioSoundMeter *meter, GstBin *bin, GstPad *pad, GstCaps *caps);

/* After the end. */
SemioSound semio_sound_meter_get_sound (SemioSoundMeter *meter);
const char *semio_sound_meter_get_codec (SemioSoundMeter *meter);
int semio_sound_meter_get_rate_hz (SemioSoundMeter *meter);
int semio_sound_meter_get_channels (SemioSoundMeter *meter);
gint64 semio_sound_meter_get_end_ns (SemioSoundMeter *meter);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-frame-index.h"
#include "semio-packet-table.h"
#include "semio-sniff.h"

G_BEGIN_DECLS

/**
 * SemioPlayPipeline:
 *
 * The chain that plays a file: picture to BGRA, sound to the device. It knows nothing of what is wanted; whoever has it
 * decides. All that it tells arrives in the main context.
 */
typedef struct _SemioPlayPipeline SemioPlayPipeline;

typedef struct {
  /* A picture, to be shown now or as the one that it is paused on. From before the last seek: not told. */
  void (*sample) (GstSample *sample, gpointer user_data);
  /* The picture track has come to its end, or to where the seek said that it should. */
  void (*end) (gpointer user_data);
  /* In a loop: all of it has been read, some of it is still to be shown. */
  void (*segment_done) (gpointer user_data);
  /* Opened: tracks are known, the first picture stands. */
  void (*ready) (gpointer user_data);
  /* of_sound: only the sound has failed. */
  void (*failed) (const GError *error, gboolean of_sound, gpointer user_data);
} SemioPlayPipelineFuncs;

/* table: (nullable): of a file in fragments; must live longer. decoder: (nullable): an element of semio-hardware.c. */
SemioPlayPipeline *semio_play_pipeline_new (int fd, const SemioSniff *sniff, SemioFrameIndex *index, SemioPacketTable *table,
                                            gboolean with_sound, const char *decoder, const SemioPlayPipelineFuncs *funcs,
                                            gpointer user_data, GError **error);
/* Nothing is told any more. */
void semio_play_pipeline_close (SemioPlayPipeline *pipeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPlayPipeline, semio_play_pipeline_close)

void semio_play_pipeline_set_playing (SemioPlayPipeline *pipeline, gboolean playing);
/* Exact, flushing, at a rate; stop_ns or -1. */
gboolean semio_play_pipeline_seek (SemioPlayPipeline *pipeline, gint64 stream_ns, gint64 stop_ns, double rate);
/* From the next seek on, what is played ends in segment_done instead of an end. */
void semio_play_pipeline_set_loops (SemioPlayPipeline *pipeline, gboolean loops);
/* In segment_done: goes on here when the rest is shown, without a gap. */
gboolean semio_play_pipeline_append (SemioPlayPipeline *pipeline, gint64 stream_ns, gint64 stop_ns, double rate);
/* Whether the next seek is for one picture alone: it comes sooner, and nothing after it without another seek. */
void semio_play_pipeline_set_lands (SemioPlayPipeline *pipeline, gboolean lands);
/* The picture alone goes on by frames while paused. */
gboolean semio_play_pipeline_step (SemioPlayPipeline *pipeline, guint n_frames);
/* Steps may now go so far from the place that was sought, in nanoseconds of the file: the sound stands there and has to wait. */
void semio_play_pipeline_allow_way (SemioPlayPipeline *pipeline, gint64 way_ns);
gboolean semio_play_pipeline_set_view (SemioPlayPipeline *pipeline, int width_px, int height_px);
/* From the next seek on without the combs of interlaced frames. FALSE when nothing changes. */
gboolean semio_play_pipeline_set_deinterlaced (SemioPlayPipeline *pipeline, gboolean deinterlaced);
gboolean semio_play_pipeline_saw_interlaced (SemioPlayPipeline *pipeline);
void semio_play_pipeline_set_volume (SemioPlayPipeline *pipeline, double volume, gboolean muted, double speed);
gint64 semio_play_pipeline_read (SemioPlayPipeline *pipeline, GstSample *sample);
/* Whether there is a sound track, and whether it is heard. */
gboolean semio_play_pipeline_has_sound (SemioPlayPipeline *pipeline);
gboolean semio_play_pipeline_has_sound_output (SemioPlayPipeline *pipeline);

G_END_DECLS

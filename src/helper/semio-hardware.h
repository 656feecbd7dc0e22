/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-element.h"
#include "semio-frame-source.h"

G_BEGIN_DECLS

/**
 * semio_hardware_choose:
 * @fd: a media file
 * @index: its frame index
 * @alive: asked now and then
 * @reason: (out) (optional): a sentence when a decoder that is there was found unfit
 *
 * Looks for a decoder of the graphics card that gives the same pictures under the same numbers as the one in software: at
 * the beginning and after exact seeks into the middle, each time some frames in a row. Where the pictures hardly differ from
 * their neighbours nothing is proven, and no hardware is used. Blocks.
 *
 * Returns: (nullable): the name of the decoder's element
 */
const char *semio_hardware_choose (int fd, SemioFrameIndex *index, SemioAliveFunc alive, gpointer alive_data, char **reason);

/* An element of the list, or NULL when it is not there, does not read this coding, or is no hardware decoder. Floating. */
GstElement *semio_hardware_new_decoder (const char *factory, const SemioCodec *codec);

/* Mean difference of two pictures of one size, in thousandths of a step of brightness; -1 when they cannot be compared. */
int semio_hardware_compare (GstSample *a, GstSample *b);
/* Up to here two decoders show the same picture. */
#define SEMIO_HARDWARE_SAME 1000

G_END_DECLS

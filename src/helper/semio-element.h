/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-sniff.h"

G_BEGIN_DECLS

/* GStreamer without its registry: nothing is scanned, no program is started for scanning, and only the plugins of the
 * list below are ever loaded, each when it is first needed. */
void semio_element_init (void);
/* An element from the list; anything else, or one that is not installed, is %SEMIO_MEDIA_ERROR_UNSUPPORTED. Floating. */
GstElement *semio_element_new (const char *factory, GError **error);
/* The same, put into a bin. */
GstElement *semio_element_add (GstBin *bin, const char *factory, GError **error);

/* Reading a file descriptor, and taking its container apart. */
GstElement *semio_element_new_source (int fd, GError **error);
GstElement *semio_element_new_demuxer (SemioContainer container, GError **error);

/**
 * SemioCodec:
 *
 * One way of coding that is read: what it is called and the elements that read it.
 */
typedef struct {
  const char *name; /* "h264" */
  const char *caps; /* what the demuxer calls it */
  const char *parser; /* (nullable) */
  const char *decoders[3]; /* the first that is installed; none for what needs no decoding */
} SemioCodec;

/* Whether decoders must get every packet and begin one key frame early, see semio-element.c. */
gboolean semio_element_is_careful (void);

/* NULL when the coding is not on the list. */
const SemioCodec *semio_codec_find_video (GstCaps *caps);
const SemioCodec *semio_codec_find_sound (GstCaps *caps);
/* NULL with an error when none is installed; a codec that needs none gets an identity. */
GstElement *semio_codec_new_decoder (const SemioCodec *codec, GError **error);

G_END_DECLS

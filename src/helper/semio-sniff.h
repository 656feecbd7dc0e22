/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The containers that are read. */
typedef enum {
  SEMIO_CONTAINER_MP4,
  SEMIO_CONTAINER_QUICKTIME,
  SEMIO_CONTAINER_MATROSKA,
  SEMIO_CONTAINER_WEBM,
  SEMIO_CONTAINER_MPEGTS,
  SEMIO_CONTAINER_AVI,
} SemioContainer;

/**
 * SemioSniff:
 * @container: what the bytes are
 * @fragmented: whether an MP4 is cut into fragments
 *
 * What the bytes of a file say about themselves.
 */
typedef struct {
  SemioContainer container;
  gboolean fragmented;
} SemioSniff;

const char *semio_container_get_name (SemioContainer container);
/* Looks at the bytes, never at the name. Fails with #SemioMediaError, a sentence that says what the file is instead. */
gboolean semio_sniff_file (int fd, SemioSniff *sniff, GError **error);

G_END_DECLS

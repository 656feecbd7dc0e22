/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioMediaError:
 * @SEMIO_MEDIA_ERROR_NOT_VIDEO: the bytes are no video we read (text, picture, sound only, playlist)
 * @SEMIO_MEDIA_ERROR_EMPTY: zero bytes, or no frame in it
 * @SEMIO_MEDIA_ERROR_CUT: the file ends in the middle and cannot be trusted
 * @SEMIO_MEDIA_ERROR_UNSUPPORTED: a container or codec that is not on the list
 * @SEMIO_MEDIA_ERROR_UNREADABLE: cannot be opened or read
 * @SEMIO_MEDIA_ERROR_DAMAGED: decoding fails
 * @SEMIO_MEDIA_ERROR_NOT_VERIFIED: the frame asked for could not be confirmed
 * @SEMIO_MEDIA_ERROR_HELPER: the helper died, hung or answered nonsense
 * @SEMIO_MEDIA_ERROR_LIMIT: larger or longer than allowed
 * @SEMIO_MEDIA_ERROR_NO_SPACE: no room on the disk for what is written
 */
typedef enum {
  SEMIO_MEDIA_ERROR_NOT_VIDEO,
  SEMIO_MEDIA_ERROR_EMPTY,
  SEMIO_MEDIA_ERROR_CUT,
  SEMIO_MEDIA_ERROR_UNSUPPORTED,
  SEMIO_MEDIA_ERROR_UNREADABLE,
  SEMIO_MEDIA_ERROR_DAMAGED,
  SEMIO_MEDIA_ERROR_NOT_VERIFIED,
  SEMIO_MEDIA_ERROR_HELPER,
  SEMIO_MEDIA_ERROR_LIMIT,
  SEMIO_MEDIA_ERROR_NO_SPACE,
} SemioMediaError;

#define SEMIO_MEDIA_ERROR (semio_media_error_quark ())
GQuark semio_media_error_quark (void);

G_END_DECLS

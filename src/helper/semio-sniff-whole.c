/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sniff-whole.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "semio-media-error.h"

/* More boxes than four hours of one-second fragments with room to spare. */
#define MAX_BOXES 1000000

static guint64
read_big_endian (const guint8 *bytes, int n_bytes)
{
  guint64 value = 0;

  for (int i = 0; i < n_bytes; i++)
    value = value << 8 | bytes[i];
  return value;
}

static gboolean
refuse_cut (guint64 missing_bytes, GError **error)
{
  g_autofree char *size = g_format_size (missing_bytes);

  g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_CUT,
               _ ("The file is cut: at least %s are missing at its end. Copy or export it again."), size);
  return FALSE;
}

static gboolean
walk_boxes (int fd, guint64 n_bytes, SemioSniff *sniff, GError **error)
{
  gboolean has_movie = FALSE;
  guint64 at = 0;

  for (int i = 0; i < MAX_BOXES && at + 8 <= n_bytes; i++)
    {
      guint8 head[16] = { 0 };
      guint64 size;

      if (pread (fd, head, sizeof head, (off_t) at) < 8)
        break;
      size = read_big_endian (head, 4);
      if (size == 1)
        size = read_big_endian (head + 8, 8);
      else if (size == 0)
        size = n_bytes - at;
      if (memcmp (head + 4, "moov", 4) == 0)
        has_movie = TRUE;
      if (memcmp (head + 4, "moof", 4) == 0)
        sniff->fragmented = TRUE;
      /* Padding of zeros after the last box does no harm. */
      if (size < 8)
        break;
      if (size > n_bytes - at)
        return refuse_cut (size - (n_bytes - at), error);
      at += size;
    }
  if (has_movie)
    return TRUE;
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_CUT,
                       _ ("The file has no table of contents: recording or copying it broke off. Copy or export it again."));
  return FALSE;
}

/* A number of EBML: its length stands in its first bits. All ones mean "unknown", which a live recording may have. */
static gboolean
read_ebml_size (int fd, guint64 at, int *n_bytes, guint64 *size, gboolean *unknown)
{
  guint8 bytes[8] = { 0 };
  int length = 1;

  if (pread (fd, bytes, sizeof bytes, (off_t) at) < 1 || bytes[0] == 0)
    return FALSE;
  while (!(bytes[0] & (0x80 >> (length - 1))))
    length++;
  *size = read_big_endian (bytes, length) & ((G_GUINT64_CONSTANT (1) << (7 * length)) - 1);
  *unknown = *size == (G_GUINT64_CONSTANT (1) << (7 * length)) - 1;
  *n_bytes = length;
  return TRUE;
}

static gboolean
walk_ebml (int fd, guint64 n_bytes, GError **error)
{
  guint64 at = 4, size;
  gboolean unknown;
  guint8 name[4];
  int length;

  if (!read_ebml_size (fd, at, &length, &size, &unknown) || unknown || size > n_bytes)
    return refuse_cut (1, error);
  at += (guint64) length + size;
  if (pread (fd, name, sizeof name, (off_t) at) < 4 || memcmp (name, "\x18\x53\x80\x67", 4) != 0
      || !read_ebml_size (fd, at + 4, &length, &size, &unknown))
    return refuse_cut (1, error);
  at += 4 + (guint64) length;
  if (!unknown && size > n_bytes - at)
    return refuse_cut (size - (n_bytes - at), error);
  return TRUE;
}

static gboolean
walk_riff (int fd, guint64 n_bytes, GError **error)
{
  guint8 head[8] = { 0 };
  guint64 size;

  if (pread (fd, head, sizeof head, 0) < 8)
    return refuse_cut (1, error);
  size = (guint64) head[4] | (guint64) head[5] << 8 | (guint64) head[6] << 16 | (guint64) head[7] << 24;
  if (size + 8 > n_bytes)
    return refuse_cut (size + 8 - n_bytes, error);
  return TRUE;
}

gboolean
semio_sniff_whole (int fd, guint64 n_bytes, SemioSniff *sniff, GError **error)
{
  switch (sniff->container)
    {
    case SEMIO_CONTAINER_MP4:
    case SEMIO_CONTAINER_QUICKTIME:
      return walk_boxes (fd, n_bytes, sniff, error);
    case SEMIO_CONTAINER_MATROSKA:
    case SEMIO_CONTAINER_WEBM:
      return walk_ebml (fd, n_bytes, error);
    case SEMIO_CONTAINER_AVI:
      return walk_riff (fd, n_bytes, error);
    case SEMIO_CONTAINER_MPEGTS:
    default:
      /* A transport stream may end anywhere. */
      return TRUE;
    }
}

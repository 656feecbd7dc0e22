/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sniff.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-media-error.h"
#include "semio-sniff-whole.h"

#define HEAD_BYTES 4096
#define TS_PACKET_BYTES 188
#define TS_TIME_BYTES 4

/* Beginnings of files that are no video, and what to call them. */
typedef struct {
  gsize offset;
  const char *bytes;
  gsize n_bytes;
  const char *what;
} Mark;

#define MARK(offset, bytes, what)                                                                                                \
  {                                                                                                                              \
    offset, bytes, sizeof (bytes) - 1, what                                                                                      \
  }

static const Mark not_video[] = {
  MARK (0, "#EXTM3U", N_ ("a playlist")),
  MARK (0, "[playlist]", N_ ("a playlist")),
  MARK (0, "<?xml", N_ ("a text in XML")),
  MARK (0, "<smil", N_ ("a playlist")),
  MARK (0, "<asx", N_ ("a playlist")),
  MARK (0, "<ASX", N_ ("a playlist")),
  MARK (0, "RTSPtext", N_ ("a playlist")),
  MARK (0, "\xff\xd8\xff", N_ ("a picture")),
  MARK (0, "\x89PNG", N_ ("a picture")),
  MARK (0, "GIF8", N_ ("a picture")),
  MARK (0, "II*\0", N_ ("a picture")),
  MARK (0, "MM\0*", N_ ("a picture")),
  MARK (8, "WEBP", N_ ("a picture")),
  MARK (4, "ftypheic", N_ ("a picture")),
  MARK (4, "ftypmif1", N_ ("a picture")),
  MARK (4, "ftypavif", N_ ("a picture")),
  MARK (8, "WAVE", N_ ("sound without picture")),
  MARK (4, "ftypM4A ", N_ ("sound without picture")),
  MARK (0, "fLaC", N_ ("sound without picture")),
  MARK (0, "ID3", N_ ("sound without picture")),
  MARK (0, "\xff\xfb", N_ ("sound without picture")),
  MARK (0, "MThd", N_ ("sound without picture")),
  MARK (0, "%PDF", N_ ("a PDF document")),
  MARK (0, "PK\3\4", N_ ("a ZIP archive or an office document")),
  MARK (0, "SQLite format 3", N_ ("a database")),
};

/* Beginnings of videos that are not read. */
static const Mark unsupported[] = {
  MARK (0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media"),
  MARK (0, "FLV", "Flash Video"),
  MARK (0, "OggS", "Ogg"),
  MARK (0, "\0\0\1\xba", "MPEG program stream"),
  MARK (0, ".RMF", "RealMedia"),
  MARK (0, "DHAV", "DHAV"),
};

static const Mark *
find_mark (const Mark *marks, gsize n_marks, const guint8 *head, gsize n_bytes)
{
  for (gsize i = 0; i < n_marks; i++)
    if (marks[i].offset + marks[i].n_bytes <= n_bytes && memcmp (head + marks[i].offset, marks[i].bytes, marks[i].n_bytes) == 0)
      return &marks[i];
  return NULL;
}

static gboolean
is_box_name (const guint8 *name)
{
  static const char *const names[] = { "ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp", "moof", "uuid" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (memcmp (name, names[i], 4) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_sync_bytes (const guint8 *head, gsize n_bytes, gsize first, gsize packet_bytes)
{
  if (n_bytes < 3 * packet_bytes)
    return FALSE;
  for (gsize at = first; at < MIN (n_bytes, 8 * packet_bytes); at += packet_bytes)
    if (head[at] != 0x47)
      return FALSE;
  return TRUE;
}

/* Recorders on discs and cards write a time before each packet. */
static gboolean
is_transport_stream (const guint8 *head, gsize n_bytes)
{
  return has_sync_bytes (head, n_bytes, 0, TS_PACKET_BYTES)
         || has_sync_bytes (head, n_bytes, TS_TIME_BYTES, TS_TIME_BYTES + TS_PACKET_BYTES);
}

/* WebM is the kind of Matroska that says so near its beginning: element 4282, a size, the name. */
static gboolean
says_webm (const guint8 *head, gsize n_bytes)
{
  const guint8 *name = memmem (head, MIN (n_bytes, 128), "webm", 4);

  return name && name - head >= 3 && name[-3] == 0x42 && name[-2] == 0x82 && name[-1] >= 0x84;
}

static gboolean
find_container (const guint8 *head, gsize n_bytes, SemioContainer *container)
{
  if (n_bytes >= 12 && is_box_name (head + 4))
    {
      gboolean quicktime = memcmp (head + 4, "ftyp", 4) != 0 || memcmp (head + 8, "qt  ", 4) == 0;

      *container = quicktime ? SEMIO_CONTAINER_QUICKTIME : SEMIO_CONTAINER_MP4;
    }
  else if (n_bytes >= 4 && memcmp (head, "\x1a\x45\xdf\xa3", 4) == 0)
    *container = says_webm (head, n_bytes) ? SEMIO_CONTAINER_WEBM : SEMIO_CONTAINER_MATROSKA;
  else if (n_bytes >= 12 && memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "AVI ", 4) == 0)
    *container = SEMIO_CONTAINER_AVI;
  else if (is_transport_stream (head, n_bytes))
    *container = SEMIO_CONTAINER_MPEGTS;
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_text (const guint8 *head, gsize n_bytes)
{
  const char *end;

  for (gsize i = 0; i < n_bytes; i++)
    if (head[i] < 32 && head[i] != '\n' && head[i] != '\r' && head[i] != '\t' && head[i] != '\f')
      return FALSE;
  /* A letter of several bytes may be cut at the end of what was read. */
  return g_utf8_validate ((const char *) head, (gssize) n_bytes, &end) || end > (const char *) head + n_bytes - 4;
}

static gboolean
is_all_zero (const guint8 *head, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    if (head[i] != 0)
      return FALSE;
  return TRUE;
}

static void
complain (const guint8 *head, gsize n_bytes, GError **error)
{
  const Mark *mark = find_mark (unsupported, G_N_ELEMENTS (unsupported), head, n_bytes);

  if (mark)
    g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED,
                 _ ("The file is a video of a kind that is not read (%s). Convert it to MP4 first."), mark->what);
  else if (is_all_zero (head, n_bytes))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_CUT,
                         _ ("The file begins with nothing but zeros. It was not copied whole; copy it again."));
  else if (is_text (head, n_bytes))
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VIDEO,
                         _ ("The file is a text and no video, whatever its name says. Choose the video itself."));
  else
    g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VIDEO,
                         _ ("The file is no video of a kind that is known. Choose another file, or convert it to MP4 first."));
}

const char *
semio_container_get_name (SemioContainer container)
{
  static const char *const names[] = { "mp4", "quicktime", "matroska", "webm", "mpegts", "avi" };

  return names[container];
}

gboolean
semio_sniff_file (int fd, SemioSniff *sniff, GError **error)
{
  guint8 head[HEAD_BYTES];
  ssize_t n_bytes = pread (fd, head, sizeof head, 0);
  struct stat about;
  const Mark *mark;

  if (n_bytes < 0 || fstat (fd, &about) != 0)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE,
                   _ ("The file cannot be read: %s. Check the disk and who may read the file."), g_strerror (errno));
      return FALSE;
    }
  if (n_bytes == 0)
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_EMPTY,
                           _ ("The file is empty (zero bytes). Copy or export it again."));
      return FALSE;
    }
  mark = find_mark (not_video, G_N_ELEMENTS (not_video), head, (gsize) n_bytes);
  if (mark)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VIDEO,
                   _ ("The file is %s and no video, whatever its name says. Choose the video itself."), _ (mark->what));
      return FALSE;
    }
  if (!find_container (head, (gsize) n_bytes, &sniff->container))
    {
      complain (head, (gsize) n_bytes, error);
      return FALSE;
    }
  sniff->fragmented = FALSE;
  return semio_sniff_whole (fd, (guint64) about.st_size, sniff, error);
}

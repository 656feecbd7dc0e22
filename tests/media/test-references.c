/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that name other files or addresses: reading them opens neither. The named file is watched by the system, and the
 * named address has a listener that must stay alone. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "semio-media-error.h"
#include "semio-media-signals.h"
#include "semio-test-clips.h"
#include "semio-test-worker.h"

static char *clips;
static char *folder;
static char *secret; /* the path of a real video that others name */
static GSocket *listener;
static GSocket *datagrams;
static guint16 port, datagram_port;
static int watch_fd = -1;

static GSocket *
listen_at (GSocketType type, guint16 *at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, type, G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  g_socket_bind (socket, address, TRUE, &error);
  g_assert_no_error (error);
  if (type == G_SOCKET_TYPE_STREAM)
    g_socket_listen (socket, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (socket, &error);
  *at = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return socket;
}

/* Whether the named file was opened since the last time. */
static gboolean
was_opened (void)
{
  char events[4096];

  return read (watch_fd, events, sizeof events) > 0;
}

static gboolean
was_called (void)
{
  g_autoptr (GSocket) connection = g_socket_accept (listener, NULL, NULL);
  char byte;

  return connection || g_socket_receive (datagrams, &byte, 1, NULL, NULL) >= 0;
}

/* What tells is itself told to tell: opening the file and calling the address are noticed. */
static void
test_watches (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *contents = NULL;

  g_assert_false (was_opened ());
  g_assert_false (was_called ());
  g_assert_true (g_file_get_contents (secret, &contents, NULL, NULL));
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  g_assert_nonnull (connection);
  g_assert_true (was_opened ());
  g_assert_true (was_called ());
  while (was_opened ())
    ;
}

/* Reads a file in every way there is. TRUE when it was taken for a video. */
static gboolean
read_in_all_ways (const char *path)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioFrame) frame = NULL;
  g_autoptr (SemioSignalSet) set = NULL;

  if (!probe)
    {
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, name));
      g_assert_cmpint (error->code, !=, SEMIO_MEDIA_ERROR_HELPER);
      return FALSE;
    }
  frame = semio_test_frame (worker, file, probe->index, 5, 0, NULL);
  semio_media_worker_signals_async (worker, file, probe->index, NULL, NULL, NULL, semio_test_keep_cb, &result);
  semio_test_wait (&result);
  set = semio_media_worker_signals_finish (worker, result, NULL);
  return TRUE;
}

static void
check_file (const char *name, const void *data, gsize n_bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gboolean read_it;

  g_assert_true (g_file_set_contents (path, data, (gssize) n_bytes, NULL));
  read_it = read_in_all_ways (path);
  g_test_message ("%s: %s", name, read_it ? "its own frames" : "refused");
  g_assert_false (was_opened ());
  g_assert_false (was_called ());
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* Lists and descriptions, under their own name and as a video. */
static void
test_lists (void)
{
  g_autofree char *uri = g_filename_to_uri (secret, NULL, NULL);
  const struct {
    const char *ending;
    char *text;
  } lists[] = {
    { "m3u", g_strdup_printf ("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:%u/a.ts\n%s\n%s\n", port, uri, secret) },
    { "m3u8", g_strdup_printf ("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-KEY:METHOD=AES-128,URI="
                               "\"http://127.0.0.1:%u/key\"\n#EXTINF:10,\n%s\n#EXT-X-ENDLIST\n",
                               port, uri) },
    { "mpd", g_strdup_printf ("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\">"
                              "<BaseURL>http://127.0.0.1:%u/</BaseURL><Period><AdaptationSet mimeType=\"video/mp4\">"
                              "<Representation><BaseURL>%s</BaseURL></Representation></AdaptationSet></Period></MPD>",
                              port, uri) },
    { "ffconcat", g_strdup_printf ("ffconcat version 1.0\nfile '%s'\nfile 'http://127.0.0.1:%u/a.mp4'\n", secret, port) },
    { "sdp", g_strdup_printf ("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video %u RTP/AVP 96\n"
                              "a=rtpmap:96 H264/90000\na=control:rtsp://127.0.0.1:%u/\n",
                              datagram_port, port) },
    { "pls", g_strdup_printf ("[playlist]\nFile1=http://127.0.0.1:%u/a\nFile2=%s\nNumberOfEntries=2\n", port, secret) },
    { "asx", g_strdup_printf ("<asx version=\"3.0\"><entry><ref href=\"http://127.0.0.1:%u/a\"/></entry></asx>", port) },
    { "smil", g_strdup_printf ("<smil><body><video src=\"%s\"/></body></smil>", uri) },
    { "xspf", g_strdup_printf ("<?xml version=\"1.0\"?><playlist xmlns=\"http://xspf.org/ns/0/\"><trackList><track><location>"
                               "%s</location></track></trackList></playlist>",
                               uri) },
    { "qtl", g_strdup_printf ("<?xml version=\"1.0\"?><?quicktime type=\"application/x-quicktime-media-link\"?>"
                              "<embed src=\"http://127.0.0.1:%u/a.mov\"/>",
                              port) },
  };
  static const char *const endings[] = { "mp4", "mkv", "avi", "ts" };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *name = g_strconcat ("list.", lists[i].ending, NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *renamed = g_strconcat ("list.", endings[i % G_N_ELEMENTS (endings)], NULL);

      check_file (name, lists[i].text, strlen (lists[i].text));
      check_file (renamed, lists[i].text, strlen (lists[i].text));
      g_assert_true (g_file_set_contents (path, lists[i].text, -1, NULL));
      g_assert_false (read_in_all_ways (path));
      g_assert_cmpint (g_remove (path), ==, 0);
      g_free (lists[i].text);
    }
}

static void
put_number (guint8 *data, guint32 value)
{
  for (int i = 0; i < 4; i++)
    data[i] = (guint8) (value >> (24 - 8 * i));
}

static guint32
get_number (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* Puts bytes at a place inside boxes, all of which grow: every box on the way from the movie to the reference. */
static GByteArray *
insert_in_boxes (const guint8 *data, gsize n_bytes, gsize at, const guint8 *added, guint n_added)
{
  GByteArray *out = g_byte_array_new ();
  gsize begin = 0, end = n_bytes;

  g_byte_array_append (out, data, (guint) at);
  g_byte_array_append (out, added, n_added);
  g_byte_array_append (out, data + at, (guint) (n_bytes - at));
  while (begin + 8 <= end)
    {
      gsize box = begin, size = get_number (data + box);

      if (size < 8 || size > end - box)
        break;
      if (at <= box || at >= box + size)
        {
          begin = box + size;
          continue;
        }
      put_number (out->data + box, (guint32) (size + n_added));
      begin = box + 8;
      end = box + size;
    }
  return out;
}

/* A film whose picture lies in another file, by address, by alias and by name. */
static void
test_outside_data (void)
{
  g_autofree char *path = g_build_filename (clips, "ntsc.mov", NULL);
  g_autofree char *uri = g_filename_to_uri (secret, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/a.mov", port);
  const char *named[] = { uri, address, secret };
  static const char kinds[][5] = { "url ", "urn ", "alis", "rsrc" };
  g_autofree char *contents = NULL;
  gsize n_bytes;
  guint8 *entry;

  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  /* The first reference of the first track: size, kind, flags (1: in this file). */
  entry = memmem (contents, n_bytes, "dref", 4);
  g_assert_nonnull (entry);
  entry += 12;
  g_assert_cmpint (get_number (entry), ==, 12);
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
      {
        g_autoptr (GByteArray) film = NULL;

        memcpy (entry + 4, kinds[kind], 4);
        put_number (entry + 8, 0);
        film = insert_in_boxes ((const guint8 *) contents, n_bytes, (gsize) (entry + 12 - (guint8 *) contents),
                                (const guint8 *) named[i], (guint) strlen (named[i]) + 1);
        /* The entry itself grew too. */
        put_number (film->data + (entry - (guint8 *) contents), (guint32) (12 + strlen (named[i]) + 1));
        check_file ("outside.mov", film->data, film->len);
      }
}

static void
append_box (GByteArray *out, const char *kind, const void *data, guint n_bytes)
{
  guint8 head[8];

  put_number (head, n_bytes + 8);
  memcpy (head + 4, kind, 4);
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, data, n_bytes);
}

/* A film that is nothing but a reference to another, by address, by alias and by name. */
static void
test_reference_movie (void)
{
  g_autofree char *uri = g_filename_to_uri (secret, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/a.mov", port);
  const char *named[] = { uri, address, secret, secret };
  static const char kinds[][5] = { "url ", "url ", "alis", "rsrc" };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autoptr (GByteArray) reference = g_byte_array_new ();
      g_autoptr (GByteArray) description = g_byte_array_new ();
      g_autoptr (GByteArray) list = g_byte_array_new ();
      g_autoptr (GByteArray) movie = g_byte_array_new ();
      g_autoptr (GByteArray) file = g_byte_array_new ();
      guint8 head[12] = { 0 };

      memcpy (head + 4, kinds[i], 4);
      put_number (head + 8, (guint32) strlen (named[i]) + 1);
      g_byte_array_append (reference, head, sizeof head);
      g_byte_array_append (reference, (const guint8 *) named[i], (guint) strlen (named[i]) + 1);
      append_box (description, "rdrf", reference->data, reference->len);
      append_box (list, "rmda", description->data, description->len);
      append_box (movie, "rmra", list->data, list->len);
      append_box (file, "ftyp", "qt  \0\0\0\0qt  ", 12);
      append_box (file, "moov", movie->data, movie->len);
      check_file ("reference.mov", file->data, file->len);
    }
}

static void
append_element (GByteArray *out, const char *id, const void *data, guint n_bytes)
{
  guint8 size[2] = { (guint8) (0x40 | n_bytes >> 8), (guint8) n_bytes };

  g_byte_array_append (out, (const guint8 *) id, (guint) strlen (id));
  g_byte_array_append (out, size, sizeof size);
  g_byte_array_append (out, data, n_bytes);
}

/* A Matroska file that continues in another, named and by its number, put before the contents of a whole one. */
static void
test_linked_segments (void)
{
  g_autofree char *path = g_build_filename (clips, "h264.mkv", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GByteArray) links = g_byte_array_new ();
  g_autoptr (GByteArray) info = g_byte_array_new ();
  g_autoptr (GByteArray) file = g_byte_array_new ();
  const guint8 *segment;
  const guint8 unknown[8] = { 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  gsize n_bytes, head;

  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  segment = memmem (contents, n_bytes, "\x18\x53\x80\x67", 4);
  g_assert_nonnull (segment);
  head = (gsize) (segment - (const guint8 *) contents) + 4;
  append_element (links, "\x3e\xb9\x23", "0123456789abcdef", 16);
  append_element (links, "\x3e\x83\xbb", secret, (guint) strlen (secret));
  append_element (links, "\x3c\x83\xab", secret, (guint) strlen (secret));
  append_element (links, "\x2a\xd7\xb1", "\x0f\x42\x40", 3);
  append_element (info, "\x15\x49\xa9\x66", links->data, links->len);
  g_byte_array_append (file, (const guint8 *) contents, (guint) head);
  g_byte_array_append (file, unknown, sizeof unknown);
  g_byte_array_append (file, info->data, info->len);
  check_file ("linked.mkv", file->data, file->len);
  /* The rest of the whole file behind it, whose own description stands after the links. */
  g_byte_array_append (file, (const guint8 *) contents + head + 8, (guint) (n_bytes - head - 8));
  check_file ("linked-whole.mkv", file->data, file->len);
}

/* A Matroska file with something attached that is called as another file is, and holds a list of others. */
static void
test_attachments (void)
{
  g_autofree char *path = g_build_filename (clips, "h264.mkv", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *list = g_strdup_printf ("#EXTM3U\nhttp://127.0.0.1:%u/a.ts\n%s\n", port, secret);
  g_autoptr (GByteArray) attached = g_byte_array_new ();
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GByteArray) file = g_byte_array_new ();
  const guint8 unknown[8] = { 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  const guint8 *segment;
  gsize n_bytes, head;

  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  segment = memmem (contents, n_bytes, "\x18\x53\x80\x67", 4);
  g_assert_nonnull (segment);
  head = (gsize) (segment - (const guint8 *) contents) + 4;
  append_element (attached, "\x46\x6e", secret, (guint) strlen (secret));
  append_element (attached, "\x46\x60", "application/vnd.apple.mpegurl", 29);
  append_element (attached, "\x46\x5c", list, (guint) strlen (list));
  append_element (attached, "\x46\xae", "\x01", 1);
  append_element (all, "\x61\xa7", attached->data, attached->len);
  g_byte_array_append (file, (const guint8 *) contents, (guint) head);
  g_byte_array_append (file, unknown, sizeof unknown);
  append_element (file, "\x19\x41\xa4\x69", all->data, all->len);
  g_byte_array_append (file, (const guint8 *) contents + head + 8, (guint) (n_bytes - head - 8));
  check_file ("attached.mkv", file->data, file->len);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clip = NULL;
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  clips = semio_test_clips_ensure (&error);
  g_assert_no_error (error);
  folder = g_dir_make_tmp ("semio-references-XXXXXX", &error);
  g_assert_no_error (error);
  secret = g_build_filename (folder, "secret.mp4", NULL);
  clip = g_build_filename (clips, "cfr.mp4", NULL);
  from = g_file_new_for_path (clip);
  to = g_file_new_for_path (secret);
  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  listener = listen_at (G_SOCKET_TYPE_STREAM, &port);
  datagrams = listen_at (G_SOCKET_TYPE_DATAGRAM, &datagram_port);
  watch_fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  g_assert_cmpint (inotify_add_watch (watch_fd, secret, IN_OPEN | IN_ACCESS), >=, 0);
  g_test_add_func ("/media/references/watches", test_watches);
  g_test_add_func ("/media/references/lists", test_lists);
  g_test_add_func ("/media/references/outside-data", test_outside_data);
  g_test_add_func ("/media/references/reference-movie", test_reference_movie);
  g_test_add_func ("/media/references/linked-segments", test_linked_segments);
  g_test_add_func ("/media/references/attachments", test_attachments);
  status = g_test_run ();
  close (watch_fd);
  g_object_unref (listener);
  g_object_unref (datagrams);
  g_unlink (secret);
  g_rmdir (folder);
  g_free (secret);
  return status;
}

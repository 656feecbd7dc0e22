/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "semio-element.h"
#include "semio-media-error.h"
#include "semio-packet-list.h"
#include "semio-sandbox.h"
#include "semio-shared-memory.h"
#include "semio-sniff.h"

/* Inside the sandbox: no network of any family, no programs, local sockets and shared memory as before. */
static void
test_sandbox (void)
{
  static const int families[] = { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET };
  char *const arguments[] = { (char *) "true", NULL };
  gpointer mapping = NULL;
  struct rlimit core;
  int pair[2];

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  semio_sandbox_enter ();
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      int fd = socket (families[i], SOCK_DGRAM, 0);

      g_assert_cmpint (fd, ==, -1);
      g_assert_cmpint (errno, ==, EACCES);
    }
  g_assert_cmpint (execv ("/bin/true", arguments), ==, -1);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET, 0, pair), ==, 0);
  g_assert_cmpint (semio_shared_memory_new ("test", 1 << 20, &mapping, NULL), >=, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &core), ==, 0);
  g_assert_cmpuint (core.rlim_cur, ==, 0);
}

/* Nothing on the disk can be made, written, renamed or removed; reading goes on. */
static void
test_files (void)
{
  static const int refused[] = { O_WRONLY, O_WRONLY | O_CREAT, O_RDWR | O_CREAT, O_RDONLY | O_TRUNC, O_WRONLY | O_APPEND };
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  g_autofree char *contents = NULL;
  int fd;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  folder = g_dir_make_tmp ("semio-files-XXXXXX", NULL);
  path = g_build_filename (folder, "study", NULL);
  other = g_build_filename (folder, "other", NULL);
  g_assert_true (g_file_set_contents (path, "kept", -1, NULL));
  if (fork () == 0)
    {
      semio_sandbox_enter ();
      for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
        {
          g_assert_cmpint (open (path, refused[i] | O_CLOEXEC, 0600), ==, -1);
          g_assert_cmpint (open (other, refused[i] | O_CLOEXEC, 0600), ==, -1);
        }
      g_assert_cmpint (rename (path, other), ==, -1);
      g_assert_cmpint (unlink (path), ==, -1);
      g_assert_cmpint (truncate (path, 0), ==, -1);
      g_assert_cmpint (mkdir (other, 0700), ==, -1);
      g_assert_cmpint (symlink (path, other), ==, -1);
      g_assert_cmpint (chmod (path, 0), ==, -1);
      g_assert_cmpint (errno, ==, EACCES);
      fd = open (path, O_RDWR | O_CLOEXEC);
      g_assert_cmpint (fd, >=, 0);
      semio_sandbox_narrow ();
      g_assert_cmpint (open (path, O_RDWR | O_CLOEXEC), ==, -1);
      g_assert_cmpint (socket (AF_UNIX, SOCK_STREAM, 0), ==, -1);
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      _exit (0);
    }
  g_assert_cmpint (wait (&fd), >, 0);
  g_assert_cmpint (fd, ==, 0);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "kept");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Nothing outside the list can be made, however well GStreamer knows it. */
static void
test_allow_list (void)
{
  static const char *const refused[] = { "playbin",  "decodebin", "uridecodebin", "souphttpsrc",
                                         "hlsdemux", "filesink",  "multifilesink" };
  static const char *const allowed[] = { "qtdemux", "avdec_h264", "vp8dec", "appsink", "scaletempo" };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  semio_element_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (semio_element_new (refused[i], &error));
      g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GstElement) element = semio_element_new (allowed[i], &error);

      g_assert_no_error (error);
      gst_object_ref_sink (element);
    }
  /* No registry was read or written, so what was not loaded by name is not there. */
  g_assert_null (gst_element_factory_find ("playbin"));
}

typedef struct {
  const char *name;
  const char *bytes;
  gsize n_bytes;
  int code;
} SniffCase;

#define SNIFF(name, bytes, code)                                                                                                 \
  {                                                                                                                              \
    name, bytes, sizeof (bytes) - 1, code                                                                                        \
  }

static void
test_sniff (void)
{
  static const SniffCase cases[] = {
    SNIFF ("m3u", "#EXTM3U\nhttp://example.org/a.ts\n", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("pls", "[playlist]\nFile1=http://example.org\n", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("xspf", "<?xml version=\"1.0\"?><playlist/>", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("text", "Gr\303\274\303\237e aus der Nachtwache", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("jpeg", "\xff\xd8\xff\xe0\0\20JFIF", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("png", "\x89PNG\r\n\x1a\n", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("wave", "RIFF\x24\0\0\0WAVEfmt ", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("mp3", "ID3\4\0\0\0\0\0\0", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("pdf", "%PDF-1.7", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("random", "\x13\x37\xf0\x0d\x01\x02\x03\x04\x05\x06\x07\x08", SEMIO_MEDIA_ERROR_NOT_VIDEO),
    SNIFF ("zeros", "\0\0\0\0\0\0\0\0\0\0\0\0", SEMIO_MEDIA_ERROR_CUT),
    SNIFF ("wmv", "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", SEMIO_MEDIA_ERROR_UNSUPPORTED),
    SNIFF ("flv", "FLV\1\5\0\0\0\11", SEMIO_MEDIA_ERROR_UNSUPPORTED),
    SNIFF ("empty", "", SEMIO_MEDIA_ERROR_EMPTY),
    SNIFF ("no movie", "\0\0\0\20ftypisom\0\0\0\0", SEMIO_MEDIA_ERROR_CUT),
    SNIFF ("cut box", "\0\0\0\20ftypisom\0\0\0\0\0\1\0\0moov", SEMIO_MEDIA_ERROR_CUT),
    SNIFF ("endless box", "\0\0\0\1mdat\xff\xff\xff\xff\xff\xff\xff\xff\0\0", SEMIO_MEDIA_ERROR_CUT),
    SNIFF ("cut matroska", "\x1a\x45\xdf\xa3\x84\0\0\0\0\x18\x53\x80\x67\x40\x7f\0", SEMIO_MEDIA_ERROR_CUT),
    SNIFF ("cut avi", "RIFF\xff\xff\0\0AVI LIST", SEMIO_MEDIA_ERROR_CUT),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].n_bytes);
      g_autofree char *path = NULL;
      g_autoptr (GError) error = NULL;
      SemioSniff sniff;
      int fd = g_file_open_tmp ("semio-sniff-XXXXXX", &path, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (write (fd, cases[i].bytes, cases[i].n_bytes), ==, cases[i].n_bytes);
      g_assert_false (semio_sniff_file (fd, &sniff, &error));
      g_assert_error (error, SEMIO_MEDIA_ERROR, cases[i].code);
      /* Every refusal says what to do about it. */
      g_assert_true (g_regex_match_simple ("[.;] (Choose|Convert|Copy|copy) [a-z]", error->message, 0, 0));
      close (fd);
      unlink (path);
    }
}

/* The order of showing, what lies before the first key frame, and the flags. */
static void
test_packet_list (void)
{
  static const gint64 times_ms[] = { -40, 0, 120, 40, 80, 240, 160, 200, 200 };
  g_autoptr (SemioPacketList) list = semio_packet_list_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrameIndex) index = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (times_ms); i++)
    semio_packet_list_add (list, 600000000 + times_ms[i] * 1000000, 40000000, i == 1 || i == 5);
  index = semio_packet_list_to_index (list, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (semio_frame_index_get_n_frames (index), ==, 7);
  g_assert_cmpint (list->n_doubled, ==, 1);
  g_assert_cmpint (semio_frame_index_get_zero_ns (index), ==, 600000000);
  g_assert_cmpint (semio_frame_index_get_time_ns (index, 6), ==, 240000000);
  g_assert_true (semio_frame_index_is_key (index, 0));
  g_assert_true (semio_frame_index_is_key (index, 6));
  g_assert_false (semio_frame_index_is_key (index, 3));
  g_assert_cmpint (semio_frame_index_get_flags (index), ==, SEMIO_FRAME_INDEX_LATE_START);
}

static void
test_no_packets (void)
{
  g_autoptr (SemioPacketList) list = semio_packet_list_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (semio_packet_list_to_index (list, 0, &error));
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_EMPTY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/helper/sandbox", test_sandbox);
  g_test_add_func ("/helper/files", test_files);
  g_test_add_func ("/helper/allow-list", test_allow_list);
  g_test_add_func ("/helper/sniff", test_sniff);
  g_test_add_func ("/helper/packet-list", test_packet_list);
  g_test_add_func ("/helper/no-packets", test_no_packets);
  return g_test_run ();
}

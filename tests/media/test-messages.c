/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "semio-helper-process.h"
#include "semio-media-error.h"
#include "semio-media-message.h"
#include "semio-shared-memory.h"

#define N_MUTATIONS 20000

static GBytes *
make_picture_bytes (void)
{
  return semio_message_to_bytes (SEMIO_MESSAGE_PICTURE, 7, g_variant_new ("(xbuuuu)", (gint64) 12, TRUE, 1u, 320u, 240u, 1280u));
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioMessage) message = NULL;
  gint64 frame = 0;
  guint32 width_px = 0;
  int pair[2], fd;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), ==, 0);
  fd = semio_shared_memory_new ("test", 4096, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (semio_message_send (pair[0], SEMIO_MESSAGE_PICTURE, 9,
                                     g_variant_new ("(xbuuuu)", (gint64) 12, TRUE, 1u, 320u, 240u, 1280u), &fd, 1, TRUE, &error));
  message = semio_message_receive (pair[1], &error);
  g_assert_no_error (error);
  g_assert_cmpint (message->type, ==, SEMIO_MESSAGE_PICTURE);
  g_assert_cmpuint (message->serial, ==, 9);
  g_assert_cmpint (message->n_fds, ==, 1);
  g_variant_get (message->body, "(xbuuuu)", &frame, NULL, NULL, &width_px, NULL, NULL);
  g_assert_cmpint (frame, ==, 12);
  g_assert_cmpuint (width_px, ==, 320);
  g_assert_null (semio_message_receive (pair[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_clear_error (&error);
  close (pair[0]);
  g_assert_null (semio_message_receive (pair[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  close (pair[1]);
  close (fd);
}

/* Any bytes at all either are a message of a known form or are refused; either way nothing falls over. */
static void
test_mutated (void)
{
  g_autoptr (GBytes) good = make_picture_bytes ();
  gsize length;
  const guint8 *bytes = g_bytes_get_data (good, &length);
  int n_refused = 0;

  for (int i = 0; i < N_MUTATIONS; i++)
    {
      g_autofree guint8 *data = g_malloc0 (length + 64);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioMessage) message = NULL;
      gsize n_bytes = i % 3 == 0 ? (gsize) g_test_rand_int_range (0, (int) length + 64) : length;

      memcpy (data, bytes, length);
      for (int k = g_test_rand_int_range (0, 6); k > 0; k--)
        data[g_test_rand_int_range (0, (int) length)] = (guint8) g_test_rand_int ();
      message = semio_message_parse (data, n_bytes, NULL, 0, &error);
      g_assert_true ((message == NULL) == (error != NULL));
      if (!message)
        n_refused++;
    }
  g_assert_cmpint (n_refused, >, N_MUTATIONS / 3);
  g_assert_cmpint (n_refused, <, N_MUTATIONS);
}

/* Every kind of message under every other kind's number. */
static void
test_wrong_kind (void)
{
  g_autoptr (GBytes) good = make_picture_bytes ();
  gsize length;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (good, &length), g_bytes_get_size (good));

  for (guint32 type = 0; type < 300; type++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioMessage) message = NULL;

      memcpy (data + 4, &type, sizeof type);
      message = semio_message_parse (data, length, NULL, 0, &error);
      g_assert_true ((message != NULL) == (type == SEMIO_MESSAGE_PICTURE));
    }
}

static void
test_too_long (void)
{
  g_autofree guint8 *data = g_malloc0 (SEMIO_MESSAGE_MAX_BYTES + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) sent_error = NULL;
  int pair[2];

  g_assert_null (semio_message_parse (data, SEMIO_MESSAGE_MAX_BYTES + 1, NULL, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), ==, 0);
  g_assert_cmpint (send (pair[0], data, SEMIO_MESSAGE_MAX_BYTES + 1, 0), ==, SEMIO_MESSAGE_MAX_BYTES + 1);
  g_assert_null (semio_message_receive (pair[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  close (pair[0]);
  close (pair[1]);
}

/* Memory that could shrink under a reader, or is not of the size agreed, is not mapped. */
static void
test_unsealed (void)
{
  g_autoptr (GError) error = NULL;
  gsize n_bytes = 0;
  int open_fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  int sealed_fd = semio_shared_memory_new ("test", 4096, NULL, &error);
  int file_fd = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);

  g_assert_no_error (error);
  g_assert_cmpint (ftruncate (open_fd, 4096), ==, 0);
  g_assert_null (semio_shared_memory_map (open_fd, 1, 8192, &n_bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (semio_shared_memory_map (file_fd, 1, G_MAXSIZE, &n_bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (semio_shared_memory_map (sealed_fd, 1, 100, &n_bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  close (open_fd);
  close (sealed_fd);
  close (file_fd);
}

/* A message as it would come from a helper that was taken over. */
static SemioMessage *
forge (SemioMessageType type, GVariant *body, int fd)
{
  g_autoptr (GBytes) bytes = semio_message_to_bytes (type, 1, body);
  SemioMessage *message = semio_message_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &fd, fd >= 0, NULL);

  g_assert_nonnull (message);
  return message;
}

/* Descriptions of videos that cannot be, and indexes that are none. */
static void
test_forged_probe (void)
{
  static const guint32 numbers[][8] = {
    { 0, 240, 25, 1, 0, 0, 1, 0 },      { 320, 4000000000u, 25, 1, 0, 0, 1, 0 }, { 320, 240, 25, 0, 0, 0, 1, 0 },
    { 320, 240, 25, 1, 0, 4000, 1, 0 }, { 320, 240, 25, 1, 0, 0, 99, 0 },        { 320, 240, 25, 1, 0, 0, 1, 0xffffffffu },
    { 320, 240, 25, 1, 0, 0, 1, 0 }, /* all in order but for the index */
  };
  g_autofree char *junk = g_strnfill (500, 'x');
  g_autoptr (GBytes) index = g_bytes_new (junk, 500);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;
      const guint32 *n = numbers[i];
      g_autoptr (SemioMessage) message =
          forge (SEMIO_MESSAGE_PROBED,
                 g_variant_new ("(sssuuuuuuuu)", "mp4", "h264", "", n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]),
                 semio_shared_memory_new_from_bytes ("index", index, NULL));
      g_autoptr (SemioProbe) probe = semio_helper_process_take_probe (message, &error);

      g_assert_null (probe);
      g_assert_nonnull (error);
    }
}

static void
test_forged_error (void)
{
  g_autofree char *longest = g_strnfill (8000, 'y');
  g_autoptr (SemioMessage) message = forge (SEMIO_MESSAGE_ERROR, g_variant_new ("(us)", 12345u, longest), -1);
  g_autoptr (GError) error = semio_helper_process_take_error (message, "a.mp4");

  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER);
  g_assert_true (g_str_has_prefix (error->message, "a.mp4: yyy"));
  g_assert_cmpuint (strlen (error->message), <, 600);
}

/* Pictures that reach beyond their buffer, unknown buffers, frames that are not in the index. */
static void
test_forged_picture (void)
{
  static const gint64 times[] = { 0, 40000000 };
  static const guint8 keys[] = { 1, 0 };
  static const struct {
    gint64 frame;
    guint32 slot, width_px, height_px, stride;
    gsize n_bytes; /* of the buffer sent along, 0 none */
  } pictures[] = {
    { 0, 1, 16, 16, 64, 1000 },          { 0, 2, 16, 16, 60, 1024 },          { 0, 3, 0, 16, 64, 1024 },
    { 2, 4, 16, 16, 64, 1024 },          { -1, 5, 16, 16, 64, 1024 },         { 0, 6, 16, 16, 64, 0 },
    { 0, 7, 16, 0xffffffffu, 64, 1024 }, { 0, 8, 16, 16, 0xfffffffcu, 1024 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrameIndex) index = semio_frame_index_new (times, keys, 2, 40000000, 0, &error);
  g_autoptr (SemioHelperProcess) process = semio_helper_process_new (&error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      int fd = pictures[i].n_bytes ? semio_shared_memory_new ("picture", pictures[i].n_bytes, NULL, NULL) : -1;
      g_autoptr (SemioMessage) message = forge (SEMIO_MESSAGE_PICTURE,
                                                g_variant_new ("(xbuuuu)", pictures[i].frame, TRUE, pictures[i].slot,
                                                               pictures[i].width_px, pictures[i].height_px, pictures[i].stride),
                                                fd);

      g_assert_null (semio_helper_process_take_picture (process, message, index, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
}

static void
gone_cb (SemioHelperProcess *process, guint why, gpointer user_data)
{
  *(guint *) user_data = why;
}

/* A helper that says something that is no message is stopped. */
static void
test_nonsense (void)
{
  g_autofree char *helper = g_strdup (g_getenv ("SEMIO_HELPER"));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "semio-nonsense-XXXXXX", NULL);
  g_autoptr (SemioHelperProcess) process = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0700);
  const char script[] = "#!/bin/sh\necho 'I am the helper, believe me' >&3\nsleep 20\n";
  guint why = G_MAXUINT;

  g_assert_cmpint (write (fd, script, sizeof script - 1), ==, sizeof script - 1);
  close (fd);
  g_setenv ("SEMIO_HELPER", path, TRUE);
  process = semio_helper_process_new (&error);
  g_setenv ("SEMIO_HELPER", helper, TRUE);
  g_assert_no_error (error);
  g_signal_connect (process, "gone", G_CALLBACK (gone_cb), &why);
  while (why == G_MAXUINT)
    g_main_context_iteration (NULL, TRUE);
  unlink (path);
  g_assert_cmpuint (why, ==, SEMIO_HELPER_GONE_NONSENSE);
  g_assert_cmpint (semio_helper_process_get_pid (process), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/messages/round-trip", test_round_trip);
  g_test_add_func ("/media/messages/mutated", test_mutated);
  g_test_add_func ("/media/messages/wrong-kind", test_wrong_kind);
  g_test_add_func ("/media/messages/too-long", test_too_long);
  g_test_add_func ("/media/messages/unsealed", test_unsealed);
  g_test_add_func ("/media/messages/forged-probe", test_forged_probe);
  g_test_add_func ("/media/messages/forged-error", test_forged_error);
  g_test_add_func ("/media/messages/forged-picture", test_forged_picture);
  g_test_add_func ("/media/messages/nonsense", test_nonsense);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-media-message.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAGIC 0x534d4831u /* "SMH1" */

typedef struct {
  guint32 magic;
  guint32 type;
  guint64 serial;
  guint32 body_bytes;
  guint32 reserved;
} Header;

/* The form of every message: what its body looks like and how many descriptors it brings. */
typedef struct {
  SemioMessageType type;
  const char *form;
  int min_fds;
  int max_fds;
} Form;

static const Form forms[] = {
  { SEMIO_MESSAGE_PROBE, "()", 1, 1 },
  { SEMIO_MESSAGE_FRAME, "(xuub)", 2, 2 },
  { SEMIO_MESSAGE_LOAD, "(xuudbd)", 2, 2 },
  { SEMIO_MESSAGE_PLAY, "(xx)", 0, 0 },
  { SEMIO_MESSAGE_PAUSE, "()", 0, 0 },
  { SEMIO_MESSAGE_SEEK, "(x)", 0, 0 },
  { SEMIO_MESSAGE_SPEED, "(d)", 0, 0 },
  { SEMIO_MESSAGE_VOLUME, "(db)", 0, 0 },
  { SEMIO_MESSAGE_VIEW, "(uu)", 0, 0 },
  { SEMIO_MESSAGE_RELEASE, "(u)", 0, 0 },
  { SEMIO_MESSAGE_REVERSE, "(d)", 0, 0 },
  { SEMIO_MESSAGE_LOOP, "(xx)", 0, 0 },
  { SEMIO_MESSAGE_SCRUB, "(x)", 0, 0 },
  { SEMIO_MESSAGE_DEINTERLACE, "(b)", 0, 0 },
  { SEMIO_MESSAGE_HARDWARE, "(b)", 0, 0 },
  { SEMIO_MESSAGE_PING, "()", 0, 0 },
  { SEMIO_MESSAGE_UNLOAD, "()", 0, 0 },
  { SEMIO_MESSAGE_PROGRESS, "(d)", 0, 0 },
  { SEMIO_MESSAGE_PROBED, "(sssuuuuuuuu)", 1, 1 },
  { SEMIO_MESSAGE_PICTURE, "(xbuuuu)", 0, 1 },
  { SEMIO_MESSAGE_FORGET, "(u)", 0, 0 },
  { SEMIO_MESSAGE_SEEK_DONE, "(x)", 0, 0 },
  { SEMIO_MESSAGE_STATE, "(u)", 0, 0 },
  { SEMIO_MESSAGE_SOUND, "(bb)", 0, 0 },
  { SEMIO_MESSAGE_ERROR, "(us)", 0, 0 },
  { SEMIO_MESSAGE_PONG, "()", 0, 0 },
  { SEMIO_MESSAGE_INTERLACED, "()", 0, 0 },
  { SEMIO_MESSAGE_DECODER, "(bs)", 0, 0 },
  { SEMIO_MESSAGE_SIGNALS, "()", 2, 2 },
  { SEMIO_MESSAGE_SAMPLE, "(xxuuuu)", 2, 2 },
  { SEMIO_MESSAGE_SAMPLE_SOUND, "(xx)", 2, 2 },
  { SEMIO_MESSAGE_COPY, "(u)", 3, 3 },
  { SEMIO_MESSAGE_COPIED, "()", 1, 1 },
  { SEMIO_MESSAGE_SIGNALS_MADE, "()", 1, 1 },
  { SEMIO_MESSAGE_SAMPLED, "(xuuu)", 1, 1 },
  { SEMIO_MESSAGE_SAMPLED_ALL, "(u)", 0, 0 },
  { SEMIO_MESSAGE_SAMPLED_SOUND, "()", 1, 1 },
};

static const Form *
find_form (guint32 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].type == type)
      return &forms[i];
  return NULL;
}

static void
close_all (const int *fds, int n_fds)
{
  for (int i = 0; i < n_fds; i++)
    if (fds[i] >= 0)
      close (fds[i]);
}

void
semio_message_free (SemioMessage *message)
{
  close_all (message->fds, message->n_fds);
  g_clear_pointer (&message->body, g_variant_unref);
  g_free (message);
}

int
semio_message_steal_fd (SemioMessage *message, int which)
{
  int fd;

  g_return_val_if_fail (which >= 0 && which < SEMIO_MESSAGE_MAX_FDS, -1);

  if (which >= message->n_fds)
    return -1;
  fd = message->fds[which];
  message->fds[which] = -1;
  return fd;
}

/**
 * semio_message_parse:
 * @data: the bytes of one message as they came
 * @fds: (array length=n_fds): descriptors that came with it; the message takes them when it is good
 * @error: set to %G_IO_ERROR_INVALID_DATA
 *
 * Reads one message. Length, kind, form of the body and number of descriptors are checked.
 *
 * Returns: the message, or NULL
 */
SemioMessage *
semio_message_parse (const void *data, gsize length, const int *fds, int n_fds, GError **error)
{
  g_autoptr (GVariant) body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SemioMessage *message;
  const Form *form;
  Header header;

  if (length < sizeof header || length > SEMIO_MESSAGE_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A message of %" G_GSIZE_FORMAT " bytes is not one.", length);
      return NULL;
    }
  memcpy (&header, data, sizeof header);
  form = header.magic == MAGIC ? find_form (header.type) : NULL;
  if (!form || header.reserved != 0 || header.body_bytes != length - sizeof header || n_fds < form->min_fds
      || n_fds > form->max_fds)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A message of kind %u is not of its form.", header.type);
      return NULL;
    }
  bytes = g_bytes_new ((const guint8 *) data + sizeof header, header.body_bytes);
  body = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (form->form), bytes, FALSE));
  if (!g_variant_is_normal_form (body))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The body of a message of kind %u is not of its form.",
                   header.type);
      return NULL;
    }
  message = g_new0 (SemioMessage, 1);
  message->type = (SemioMessageType) header.type;
  message->serial = header.serial;
  message->body = g_steal_pointer (&body);
  message->n_fds = n_fds;
  for (int i = 0; i < SEMIO_MESSAGE_MAX_FDS; i++)
    message->fds[i] = i < n_fds ? fds[i] : -1;
  return message;
}

GBytes *
semio_message_to_bytes (SemioMessageType type, guint64 serial, GVariant *body)
{
  const Form *form = find_form (type);
  g_autoptr (GVariant) kept = g_variant_ref_sink (body ? body : g_variant_new ("()"));
  Header header = { MAGIC, type, serial, (guint32) g_variant_get_size (kept), 0 };
  g_autofree guint8 *data = g_malloc (sizeof header + header.body_bytes);

  g_return_val_if_fail (form != NULL && g_variant_is_of_type (kept, G_VARIANT_TYPE (form->form)), NULL);
  g_return_val_if_fail (sizeof header + header.body_bytes <= SEMIO_MESSAGE_MAX_BYTES, NULL);

  memcpy (data, &header, sizeof header);
  g_variant_store (kept, data + sizeof header);
  return g_bytes_new_take (g_steal_pointer (&data), sizeof header + header.body_bytes);
}

/**
 * semio_message_send:
 * @socket: a SOCK_SEQPACKET socket
 * @body: (nullable): of the form that belongs to @type; NULL for the empty one
 * @wait: whether to wait for room
 *
 * Sends one message whole, with its descriptors, which stay the caller's. Safe from any thread.
 */
gboolean
semio_message_send (int socket, SemioMessageType type, guint64 serial, GVariant *body, const int *fds, int n_fds, gboolean wait,
                    GError **error)
{
  g_autoptr (GBytes) bytes = semio_message_to_bytes (type, serial, body);
  union {
    char data[CMSG_SPACE (sizeof (int) * SEMIO_MESSAGE_MAX_FDS)];
    struct cmsghdr align;
  } control = { 0 };
  struct iovec part;
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  ssize_t sent;

  g_return_val_if_fail (bytes != NULL && n_fds <= SEMIO_MESSAGE_MAX_FDS, FALSE);

  part.iov_base = (gpointer) g_bytes_get_data (bytes, &part.iov_len);
  if (n_fds > 0)
    {
      struct cmsghdr *head;

      message.msg_control = control.data;
      message.msg_controllen = CMSG_SPACE (sizeof (int) * n_fds);
      head = CMSG_FIRSTHDR (&message);
      head->cmsg_level = SOL_SOCKET;
      head->cmsg_type = SCM_RIGHTS;
      head->cmsg_len = CMSG_LEN (sizeof (int) * n_fds);
      memcpy (CMSG_DATA (head), fds, sizeof (int) * n_fds);
    }
  do
    sent = sendmsg (socket, &message, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
  while (sent < 0 && errno == EINTR);
  if (sent >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Sending a message failed: %s", g_strerror (errno));
  return FALSE;
}

/* Collects the descriptors of a received message; those beyond what any message may bring are closed. */
static int
take_fds (struct msghdr *message, int fds[SEMIO_MESSAGE_MAX_FDS])
{
  int n_fds = 0;

  for (struct cmsghdr *head = CMSG_FIRSTHDR (message); head; head = CMSG_NXTHDR (message, head))
    {
      if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
        continue;
      for (gsize at = 0; at + sizeof (int) <= head->cmsg_len - CMSG_LEN (0); at += sizeof (int))
        {
          int fd;

          memcpy (&fd, CMSG_DATA (head) + at, sizeof fd);
          if (n_fds < SEMIO_MESSAGE_MAX_FDS)
            fds[n_fds++] = fd;
          else
            close (fd);
        }
    }
  return n_fds;
}

SemioMessage *
semio_message_receive (int socket, GError **error)
{
  union {
    char data[CMSG_SPACE (sizeof (int) * SEMIO_MESSAGE_MAX_FDS)];
    struct cmsghdr align;
  } control;
  guint8 data[SEMIO_MESSAGE_MAX_BYTES];
  struct iovec part = { data, sizeof data };
  struct msghdr header = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.data, .msg_controllen = sizeof control.data
  };
  int fds[SEMIO_MESSAGE_MAX_FDS], n_fds;
  SemioMessage *message = NULL;
  ssize_t length;

  do
    length = recvmsg (socket, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  while (length < 0 && errno == EINTR);
  if (length < 0)
    {
      g_set_error (error, G_IO_ERROR, errno == ECONNRESET ? G_IO_ERROR_CLOSED : (int) g_io_error_from_errno (errno),
                   "Receiving a message failed: %s", g_strerror (errno));
      return NULL;
    }
  n_fds = take_fds (&header, fds);
  if (length == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The other side has closed the connection.");
  else if (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A message is longer than allowed.");
  else
    message = semio_message_parse (data, (gsize) length, fds, n_fds, error);
  if (!message)
    close_all (fds, n_fds);
  return message;
}

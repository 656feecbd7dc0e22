/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The whole of a message, header and body; anything longer is refused on both sides. */
#define SEMIO_MESSAGE_MAX_BYTES 16384
#define SEMIO_MESSAGE_MAX_FDS 3
/* No stop frame in %SEMIO_MESSAGE_PLAY. */
#define SEMIO_MESSAGE_NO_FRAME G_GINT64_CONSTANT (-1)

/**
 * SemioMessageType:
 *
 * What the program and its media helper say to each other. The form of each body stands beside it.
 */
typedef enum {
  /* To the helper. */
  SEMIO_MESSAGE_PROBE = 1, /* (): one descriptor, the media file */
  SEMIO_MESSAGE_FRAME = 2, /* (xuub): frame, largest width, largest height, without combs; media file and frame index */
  SEMIO_MESSAGE_LOAD = 3, /* (xuudbd): first frame, view width, view height, volume, muted, speed; media file and frame index */
  SEMIO_MESSAGE_PLAY = 4, /* (xx): the frame to begin with, the frame before which to stop, each or none */
  SEMIO_MESSAGE_PAUSE = 5, /* () */
  SEMIO_MESSAGE_SEEK = 6, /* (x): frame */
  SEMIO_MESSAGE_SPEED = 7, /* (d) */
  SEMIO_MESSAGE_VOLUME = 8, /* (db): volume, muted */
  SEMIO_MESSAGE_VIEW = 9, /* (uu): width, height */
  SEMIO_MESSAGE_RELEASE = 10, /* (u): slot whose picture is no longer used */
  SEMIO_MESSAGE_PING = 11, /* () */
  SEMIO_MESSAGE_UNLOAD = 12, /* () */
  SEMIO_MESSAGE_REVERSE = 13, /* (d): plays backward from the frame shown, at this speed */
  SEMIO_MESSAGE_LOOP = 14, /* (xx): plays again and again from the first frame to before the second, which may be none */
  SEMIO_MESSAGE_SCRUB = 15, /* (x): shows this frame or, when it is not at hand, the key frame before it */
  SEMIO_MESSAGE_DEINTERLACE =
      16, /* (b): whether interlaced frames come without their combs, from now on and in what is loaded next */
  SEMIO_MESSAGE_HARDWARE = 17, /* (b): whether the graphics card may decode what is loaded next */
  SEMIO_MESSAGE_SIGNALS = 24, /* (): media file and frame index */
  SEMIO_MESSAGE_SAMPLE =
      25, /* (xxuuuu): begin, end, pictures in how many seconds (two numbers), largest height, JPEG quality; media file and frame index */
  SEMIO_MESSAGE_SAMPLE_SOUND = 26, /* (xx): begin, end; media file and frame index */
  SEMIO_MESSAGE_COPY = 27, /* (u): SemioMediaCopyKind; media file, frame index, and an empty file to write into */
  /* From the helper. */
  SEMIO_MESSAGE_PROGRESS = 32, /* (d): share done, negative when unknown */
  SEMIO_MESSAGE_PROBED = 33, /* (sssuuuuuuuu): see semio_helper_process_take_probe(); frame index */
  SEMIO_MESSAGE_PICTURE = 34, /* (xbuuuu): frame, verified, slot, width, height, stride; the slot's memory when it is new */
  SEMIO_MESSAGE_FORGET = 35, /* (u): slot that will not come again */
  SEMIO_MESSAGE_SEEK_DONE = 36, /* (x): frame; the serial is the seek's */
  SEMIO_MESSAGE_STATE = 37, /* (u): SemioHelperState; the serial is that of the last play or pause */
  SEMIO_MESSAGE_SOUND = 38, /* (bb): there is a sound track, a device took it */
  SEMIO_MESSAGE_ERROR = 39, /* (us): SemioMediaError, sentence */
  SEMIO_MESSAGE_PONG = 40, /* () */
  SEMIO_MESSAGE_INTERLACED = 41, /* (): an interlaced frame was decoded; once for each file */
  SEMIO_MESSAGE_DECODER = 42, /* (bs): whether the graphics card decodes from now on; why it was given up, or "" */
  SEMIO_MESSAGE_SIGNALS_MADE = 48, /* (): a SemioSignalSet */
  SEMIO_MESSAGE_SAMPLED = 49, /* (xuuu): frame, width, height, bytes; the JPEG */
  SEMIO_MESSAGE_SAMPLED_ALL = 50, /* (u): number of pictures */
  SEMIO_MESSAGE_SAMPLED_SOUND = 51, /* (): a WAV file */
  SEMIO_MESSAGE_COPIED = 52, /* (): the frame index of the copy */
} SemioMessageType;

/* Which copy of a video is made. */
typedef enum {
  SEMIO_MEDIA_COPY_REMUX, /* the packets as they are, in a plain file instead of fragments */
  SEMIO_MEDIA_COPY_PROXY, /* encoded anew with key frames close together */
} SemioMediaCopyKind;

/* What a helper that plays is doing, told when it changes by itself. */
typedef enum {
  SEMIO_HELPER_PAUSED,
  SEMIO_HELPER_ENDED,
} SemioHelperState;

/**
 * SemioMessage:
 *
 * One message with its descriptors, which it owns.
 */
typedef struct {
  SemioMessageType type;
  guint64 serial; /* of the request that it belongs to */
  GVariant *body;
  int fds[SEMIO_MESSAGE_MAX_FDS];
  int n_fds;
} SemioMessage;

void semio_message_free (SemioMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioMessage, semio_message_free)
/* Takes a descriptor out of the message. */
int semio_message_steal_fd (SemioMessage *message, int which);

/* Checks and reads the bytes of one message; takes nothing from them on trust. */
SemioMessage *semio_message_parse (const void *data, gsize length, const int *fds, int n_fds, GError **error);
GBytes *semio_message_to_bytes (SemioMessageType type, guint64 serial, GVariant *body);

/* Sends over a SOCK_SEQPACKET socket. With wait unset a full socket is %G_IO_ERROR_WOULD_BLOCK. Consumes a floating body. */
gboolean semio_message_send (int socket, SemioMessageType type, guint64 serial, GVariant *body, const int *fds, int n_fds,
                             gboolean wait, GError **error);
/* The next message. NULL with %G_IO_ERROR_WOULD_BLOCK when there is none and with %G_IO_ERROR_CLOSED at the end. */
SemioMessage *semio_message_receive (int socket, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-frame.h"
#include "semio-media-message.h"
#include "semio-probe.h"

G_BEGIN_DECLS

/* Why a helper is no longer there. */
typedef enum {
  SEMIO_HELPER_GONE_DIED,
  SEMIO_HELPER_GONE_HUNG,
  SEMIO_HELPER_GONE_NONSENSE,
} SemioHelperGone;

#define SEMIO_TYPE_HELPER_PROCESS (semio_helper_process_get_type ())
G_DECLARE_FINAL_TYPE (SemioHelperProcess, semio_helper_process, SEMIO, HELPER_PROCESS, GObject)

/**
 * SemioHelperProcess:
 *
 * A running media helper and the connection to it. Nothing that it says is believed before it was checked.
 *
 * Signals, in the thread-default context in which it was made: "message" (#SemioMessage, which stays the process's),
 * "gone" (#SemioHelperGone as an unsigned integer; comes once, and not after semio_helper_process_stop()).
 */
SemioHelperProcess *semio_helper_process_new (GError **error);
void semio_helper_process_stop (SemioHelperProcess *process);
gboolean semio_helper_process_send (SemioHelperProcess *process, SemioMessageType type, guint64 serial, GVariant *body,
                                    const int *fds, int n_fds);
/* While an answer is expected, silence longer than this means that the helper hangs. With ping set it is asked for a sign
 * of life meanwhile. */
void semio_helper_process_expect (SemioHelperProcess *process, gboolean expecting, gboolean ping);
void semio_helper_process_set_patience_ms (SemioHelperProcess *process, guint patience_ms);
int semio_helper_process_get_pid (SemioHelperProcess *process);

/* Readers of messages that carry more than numbers. */
SemioFrame *semio_helper_process_take_picture (SemioHelperProcess *process, SemioMessage *message, SemioFrameIndex *index,
                                               GError **error);
SemioProbe *semio_helper_process_take_probe (SemioMessage *message, GError **error);
GError *semio_helper_process_take_error (SemioMessage *message, const char *file_name);

/* Opens a media file for handing over; the error names it. */
int semio_helper_process_open_file (GFile *file, GError **error);
int semio_helper_process_share_index (SemioFrameIndex *index, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-service.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-copy-check.h"
#include "semio-frame-source.h"
#include "semio-indexer.h"
#include "semio-media-error.h"
#include "semio-media-message.h"
#include "semio-playback.h"
#include "semio-proxy-maker.h"
#include "semio-remux.h"
#include "semio-sample-plan.h"
#include "semio-sampler.h"
#include "semio-sandbox.h"
#include "semio-shared-memory.h"
#include "semio-signal-maker.h"
#include "semio-slot-ring.h"

#define PROGRESS_US (150 * 1000)
/* What goes on in the background gives way to whatever is watched. */
#define BACKGROUND_NICE 10
#define MAX_INDEX_BYTES ((gsize) 512 * 1024 * 1024)

struct _SemioService {
  int socket;
  GMainLoop *loop;
  SemioSlotRing *ring; /* of single frames */
  SemioPlayback *playback;

  /* The file that single frames were last taken from, kept open for the next. */
  SemioFrameSource *source;
  struct stat source_about;
  int source_fd;

  guint64 serial; /* of what is being done */
  gint64 told_us;
};

/* Whether the program is still there; long work asks now and then and also tells that it is going on. */
static gboolean
tell (SemioService *self, double fraction)
{
  struct pollfd poll_fd = { self->socket, POLLRDHUP, 0 };
  gint64 now_us = g_get_monotonic_time ();

  if (poll (&poll_fd, 1, 0) > 0 && (poll_fd.revents & (POLLRDHUP | POLLHUP | POLLERR)))
    return FALSE;
  if (now_us - self->told_us < PROGRESS_US)
    return TRUE;
  self->told_us = now_us;
  return semio_message_send (self->socket, SEMIO_MESSAGE_PROGRESS, self->serial, g_variant_new ("(d)", fraction), NULL, 0, TRUE,
                             NULL);
}

static gboolean
progress_cb (double fraction, gpointer user_data)
{
  return tell (user_data, fraction);
}

static gboolean
alive_cb (gpointer user_data)
{
  return tell (user_data, -1.0);
}

static void
send_error (SemioService *self, guint64 serial, const GError *error)
{
  guint32 code = error->domain == SEMIO_MEDIA_ERROR ? (guint32) error->code : SEMIO_MEDIA_ERROR_DAMAGED;
  g_autofree char *text = g_utf8_make_valid (error->message, MIN ((gssize) strlen (error->message), 2000));

  semio_message_send (self->socket, SEMIO_MESSAGE_ERROR, serial, g_variant_new ("(us)", code, text), NULL, 0, TRUE, NULL);
}

static void
drop_source (SemioService *self)
{
  g_clear_pointer (&self->source, semio_frame_source_free);
  if (self->source_fd >= 0)
    close (self->source_fd);
  self->source_fd = -1;
}

static gboolean
is_same_file (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec
         && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* A frame that cannot be decoded is better found out at adding than at the first look. */
static gboolean
try_first_frame (SemioService *self, int fd, SemioProbe *probe, GError **error)
{
  g_autoptr (SemioFrameSource) source = semio_frame_source_new (fd, probe->index, alive_cb, self, error);
  GstSample *sample = source ? semio_frame_source_get (source, 0, 64, 64, error) : NULL;

  if (!sample)
    return FALSE;
  if (semio_frame_source_saw_interlaced (source))
    probe->warnings |= SEMIO_WARNING_INTERLACED;
  gst_sample_unref (sample);
  return TRUE;
}

static void
probe_file (SemioService *self, SemioMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_indexer_run (message->fds[0], progress_cb, self, &error);
  int index_fd = -1;

  /* What needs a remux is tried out when it is made. */
  if (probe
      && ((semio_frame_index_get_flags (probe->index) & SEMIO_FRAME_INDEX_NEEDS_REMUX)
          || try_first_frame (self, message->fds[0], probe, &error)))
    {
      g_autoptr (GBytes) bytes = semio_frame_index_to_bytes (probe->index);

      index_fd = semio_shared_memory_new_from_bytes ("semio-index", bytes, &error);
    }
  if (index_fd < 0)
    {
      send_error (self, message->serial, error);
      return;
    }
  semio_message_send (self->socket, SEMIO_MESSAGE_PROBED, message->serial,
                      g_variant_new ("(sssuuuuuuuu)", probe->container, probe->video_codec,
                                     probe->audio_codec ? probe->audio_codec : "", (guint32) probe->width_px,
                                     (guint32) probe->height_px, (guint32) probe->rate_num, (guint32) probe->rate_den,
                                     (guint32) probe->audio_rate_hz, (guint32) probe->audio_channels, (guint32) probe->sound,
                                     (guint32) probe->warnings),
                      &index_fd, 1, TRUE, NULL);
  close (index_fd);
}

static gboolean
ensure_source (SemioService *self, SemioMessage *message, GError **error)
{
  g_autoptr (SemioFrameIndex) index = NULL;
  g_autoptr (GBytes) bytes = NULL;
  struct stat about;

  if (fstat (message->fds[0], &about) == 0 && self->source && is_same_file (&about, &self->source_about))
    return TRUE;
  drop_source (self);
  bytes = semio_shared_memory_read (message->fds[1], MAX_INDEX_BYTES, error);
  index = bytes ? semio_frame_index_from_bytes (bytes, error) : NULL;
  if (!index)
    return FALSE;
  self->source_fd = semio_message_steal_fd (message, 0);
  self->source_about = about;
  self->source = semio_frame_source_new (self->source_fd, index, alive_cb, self, error);
  return self->source != NULL;
}

static void
show_frame (SemioService *self, SemioMessage *message)
{
  guint32 max_width_px, max_height_px;
  g_autoptr (GError) error = NULL;
  GstSample *sample = NULL;
  gboolean deinterlaced;
  gint64 frame;

  g_variant_get (message->body, "(xuub)", &frame, &max_width_px, &max_height_px, &deinterlaced);
  if (ensure_source (self, message, &error))
    {
      semio_frame_source_set_deinterlaced (self->source, deinterlaced);
      sample =
          semio_frame_source_get (self->source, frame, (int) MIN (max_width_px, 16384), (int) MIN (max_height_px, 16384), &error);
    }
  if (sample && !semio_slot_ring_give (self->ring, message->serial, frame, TRUE, sample))
    error = g_error_new_literal (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_LIMIT,
                                 _ ("There is no memory left for the picture. Close something and try again."));
  g_clear_pointer (&sample, gst_sample_unref);
  if (!error)
    return;
  send_error (self, message->serial, error);
  /* What went wrong once is not built on. */
  drop_source (self);
}

static SemioFrameIndex *
read_index (SemioMessage *message, GError **error)
{
  g_autoptr (GBytes) bytes = semio_shared_memory_read (message->fds[1], MAX_INDEX_BYTES, error);

  return bytes ? semio_frame_index_from_bytes (bytes, error) : NULL;
}

/* Answers with bytes in memory of their own. */
static void
send_bytes (SemioService *self, SemioMessage *message, SemioMessageType type, GBytes *bytes, const GError *error)
{
  g_autoptr (GError) reason = NULL;
  int fd = bytes ? semio_shared_memory_new_from_bytes ("semio-answer", bytes, &reason) : -1;

  if (fd < 0)
    {
      send_error (self, message->serial, error ? error : reason);
      return;
    }
  semio_message_send (self->socket, type, message->serial, NULL, &fd, 1, TRUE, NULL);
  close (fd);
}

static void
be_background (void)
{
  if (setpriority (PRIO_PROCESS, 0, BACKGROUND_NICE) != 0)
    g_info ("The priority cannot be lowered: %s", g_strerror (errno));
}

static gboolean
sampled_cb (gint64 frame, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data)
{
  SemioService *self = user_data;
  int fd = semio_shared_memory_new_from_bytes ("semio-sample", jpeg, NULL);
  gboolean sent;

  if (fd < 0)
    return FALSE;
  sent = semio_message_send (self->socket, SEMIO_MESSAGE_SAMPLED, self->serial,
                             g_variant_new ("(xuuu)", frame, width_px, height_px, (guint32) g_bytes_get_size (jpeg)), &fd, 1,
                             TRUE, NULL);
  close (fd);
  return sent;
}

static void
sample_pictures (SemioService *self, SemioMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrameIndex) index = read_index (message, &error);
  g_autoptr (GArray) frames = NULL;
  guint32 rate_num, rate_den, height_px, quality;
  SemioSpan span;

  g_variant_get (message->body, "(xxuuuu)", &span.begin_ns, &span.end_ns, &rate_num, &rate_den, &height_px, &quality);
  if (index)
    {
      SemioSampling sampling = { NULL, MIN (height_px, 16384), CLAMP (quality, 1, 100), sampled_cb, alive_cb, self };

      sampling.frames = frames = semio_sample_plan_new (index, span, MAX (rate_num, 1), MAX (rate_den, 1));
      semio_sampler_run (message->fds[0], index, &sampling, &error);
    }
  if (error)
    send_error (self, message->serial, error);
  else
    semio_message_send (self->socket, SEMIO_MESSAGE_SAMPLED_ALL, message->serial, g_variant_new ("(u)", (guint32) frames->len),
                        NULL, 0, TRUE, NULL);
}

static void
sample_sound (SemioService *self, SemioMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrameIndex) index = read_index (message, &error);
  g_autoptr (GBytes) wav = NULL;
  SemioSpan span;

  g_variant_get (message->body, "(xx)", &span.begin_ns, &span.end_ns);
  if (index)
    wav = semio_sampler_run_sound (message->fds[0], index, span, alive_cb, self, &error);
  send_bytes (self, message, SEMIO_MESSAGE_SAMPLED_SOUND, wav, error);
}

static void
make_signals (SemioService *self, SemioMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrameIndex) index = read_index (message, &error);
  g_autoptr (SemioSignalSet) set = NULL;
  g_autoptr (GBytes) bytes = NULL;

  be_background ();
  set = index ? semio_signal_maker_run (message->fds[0], index, progress_cb, self, &error) : NULL;
  bytes = set ? semio_signal_set_to_bytes (set) : NULL;
  send_bytes (self, message, SEMIO_MESSAGE_SIGNALS_MADE, bytes, error);
}

/* The file that is written stays the program's: it is kept or thrown away there. */
static void
make_copy (SemioService *self, SemioMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrameIndex) index = read_index (message, &error);
  g_autoptr (SemioFrameIndex) copy = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_proxy, made = FALSE;
  guint32 kind;

  g_variant_get (message->body, "(u)", &kind);
  is_proxy = kind == SEMIO_MEDIA_COPY_PROXY;
  be_background ();
  if (index)
    made = is_proxy ? semio_proxy_maker_run (message->fds[0], index, message->fds[2], progress_cb, self, &error)
                    : semio_remux_run (message->fds[0], index, message->fds[2], progress_cb, self, &error);
  if (made)
    copy = semio_copy_check (message->fds[2], message->fds[0], index, is_proxy, progress_cb, self, &error);
  bytes = copy ? semio_frame_index_to_bytes (copy) : NULL;
  send_bytes (self, message, SEMIO_MESSAGE_COPIED, bytes, error);
}

static void
handle_message (SemioService *self, SemioMessage *message)
{
  guint32 number;

  self->serial = message->serial;
  self->told_us = 0;
  if (message->type == SEMIO_MESSAGE_COPY)
    semio_sandbox_allow_large_file ();
  if (message->type == SEMIO_MESSAGE_PROBE || message->type == SEMIO_MESSAGE_SIGNALS || message->type == SEMIO_MESSAGE_SAMPLE
      || message->type == SEMIO_MESSAGE_SAMPLE_SOUND || message->type == SEMIO_MESSAGE_COPY)
    semio_sandbox_narrow ();
  switch (message->type)
    {
    case SEMIO_MESSAGE_PROBE:
      probe_file (self, message);
      break;
    case SEMIO_MESSAGE_FRAME:
      show_frame (self, message);
      break;
    case SEMIO_MESSAGE_SIGNALS:
      make_signals (self, message);
      break;
    case SEMIO_MESSAGE_SAMPLE:
      sample_pictures (self, message);
      break;
    case SEMIO_MESSAGE_SAMPLE_SOUND:
      sample_sound (self, message);
      break;
    case SEMIO_MESSAGE_COPY:
      make_copy (self, message);
      break;
    case SEMIO_MESSAGE_PING:
      semio_message_send (self->socket, SEMIO_MESSAGE_PONG, message->serial, NULL, NULL, 0, TRUE, NULL);
      break;
    case SEMIO_MESSAGE_RELEASE:
      g_variant_get (message->body, "(u)", &number);
      if (self->playback)
        semio_playback_release (self->playback, number);
      else
        semio_slot_ring_release (self->ring, number);
      break;
    case SEMIO_MESSAGE_UNLOAD:
      g_clear_pointer (&self->playback, semio_playback_free);
      break;
    default:
      if (!self->playback)
        self->playback = semio_playback_new (self->socket);
      semio_playback_handle (self->playback, message);
    }
}

static gboolean
socket_cb (int fd, GIOCondition condition, gpointer user_data)
{
  SemioService *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioMessage) message = semio_message_receive (fd, &error);

  if (message)
    handle_message (self, message);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

SemioService *
semio_service_new (int socket)
{
  SemioService *self = g_new0 (SemioService, 1);

  self->socket = socket;
  self->source_fd = -1;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->ring = semio_slot_ring_new (socket, 1);
  return self;
}

void
semio_service_run (SemioService *self)
{
  guint source = g_unix_fd_add (self->socket, G_IO_IN | G_IO_HUP | G_IO_ERR, socket_cb, self);

  g_main_loop_run (self->loop);
  if (g_main_context_find_source_by_id (NULL, source))
    g_source_remove (source);
}

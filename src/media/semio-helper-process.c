/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-helper-process.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-config.h"
#include "semio-file-error.h"
#include "semio-helper-slot.h"
#include "semio-media-error.h"
#include "semio-shared-memory.h"
#include "semio-text.h"

#define HELPER_NAME "semioscope-media"
#define DEFAULT_PATIENCE_MS 10000
/* A helper keeps a small ring; one that names more slots than this talks nonsense. */
#define MAX_SLOTS 64
#define MAX_SIDE_PX 16384
#define MAX_INDEX_BYTES ((gsize) 512 * 1024 * 1024)
#define MAX_SENTENCE_CHARS 500

struct _SemioHelperProcess {
  GObject parent_instance;

  GSubprocess *subprocess;
  SemioHelperSocket *helper_socket;
  GMainContext *context;
  GSource *source;
  GSource *watch;
  GHashTable *slots; /* number → SemioHelperSlot */
  guint patience_ms;
  gboolean expecting;
  gboolean ping;
  gint64 heard_us; /* when the last message came, or waiting began */
};

G_DEFINE_FINAL_TYPE (SemioHelperProcess, semio_helper_process, G_TYPE_OBJECT)

enum {
  SIGNAL_MESSAGE,
  SIGNAL_GONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Where the helper stands: as a test says, beside the program in the build tree, or where it was installed. */
static char *
find_helper (void)
{
  const char *named = g_getenv ("SEMIO_HELPER");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, HELPER_NAME, NULL);
  g_autofree char *in_tree = g_build_filename (folder, "..", "helper", HELPER_NAME, NULL);

  if (named && *named)
    return g_strdup (named);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  if (g_file_test (in_tree, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&in_tree);
  return g_build_filename (SEMIO_LIBEXECDIR, HELPER_NAME, NULL);
}

static void
clear_source (GSource **source)
{
  if (!*source)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
semio_helper_process_stop (SemioHelperProcess *self)
{
  g_return_if_fail (SEMIO_IS_HELPER_PROCESS (self));

  clear_source (&self->source);
  clear_source (&self->watch);
  if (self->helper_socket)
    shutdown (semio_helper_socket_get_fd (self->helper_socket), SHUT_RDWR);
  if (self->subprocess)
    g_subprocess_force_exit (self->subprocess);
  g_clear_object (&self->subprocess);
  g_hash_table_remove_all (self->slots);
}

static void
leave (SemioHelperProcess *self, SemioHelperGone why)
{
  g_autoptr (SemioHelperProcess) kept = g_object_ref (self);

  if (!self->source)
    return;
  semio_helper_process_stop (self);
  g_signal_emit (self, signals[SIGNAL_GONE], 0, (guint) why);
}

static void
handle_message (SemioHelperProcess *self, SemioMessage *message)
{
  guint32 number;

  if (message->type == SEMIO_MESSAGE_PONG)
    return;
  if (message->type == SEMIO_MESSAGE_FORGET)
    {
      g_variant_get (message->body, "(u)", &number);
      g_hash_table_remove (self->slots, GUINT_TO_POINTER (number));
      return;
    }
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

static gboolean
socket_cb (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (SemioHelperProcess) self = g_object_ref (user_data);

  /* A bounded number at a time, so that a helper that never stops talking cannot stop the program. */
  for (int i = 0; i < 64 && self->source; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioMessage) message = semio_message_receive (fd, &error);

      if (!message && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
      if (!message)
        {
          leave (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ? SEMIO_HELPER_GONE_NONSENSE
                                                                                    : SEMIO_HELPER_GONE_DIED);
          return G_SOURCE_REMOVE;
        }
      self->heard_us = g_get_monotonic_time ();
      handle_message (self, message);
    }
  return self->source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
watch_cb (gpointer user_data)
{
  SemioHelperProcess *self = user_data;

  if (!self->expecting)
    return G_SOURCE_CONTINUE;
  if (g_get_monotonic_time () - self->heard_us > self->patience_ms * G_GINT64_CONSTANT (1000))
    {
      leave (self, SEMIO_HELPER_GONE_HUNG);
      return G_SOURCE_REMOVE;
    }
  if (self->ping)
    semio_helper_process_send (self, SEMIO_MESSAGE_PING, 0, NULL, NULL, 0);
  return self->source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* The clock that looks after the helper runs only while something is expected of it. */
static void
set_watch (SemioHelperProcess *self)
{
  clear_source (&self->watch);
  if (!self->expecting || !self->source)
    return;
  self->watch = g_timeout_source_new (MAX (self->patience_ms / 4, 10));
  /* After the socket: what has already arrived counts as a sign of life, however long the program itself was busy. */
  g_source_set_priority (self->watch, G_PRIORITY_DEFAULT + 20);
  g_source_set_callback (self->watch, watch_cb, self, NULL);
  g_source_attach (self->watch, self->context);
}

void
semio_helper_process_expect (SemioHelperProcess *self, gboolean expecting, gboolean ping)
{
  g_return_if_fail (SEMIO_IS_HELPER_PROCESS (self));

  if (expecting && !self->expecting)
    self->heard_us = g_get_monotonic_time ();
  self->ping = ping;
  if (expecting == self->expecting)
    return;
  self->expecting = expecting;
  set_watch (self);
}

void
semio_helper_process_set_patience_ms (SemioHelperProcess *self, guint patience_ms)
{
  g_return_if_fail (SEMIO_IS_HELPER_PROCESS (self));

  self->patience_ms = patience_ms ? patience_ms : DEFAULT_PATIENCE_MS;
  set_watch (self);
}

gboolean
semio_helper_process_send (SemioHelperProcess *self, SemioMessageType type, guint64 serial, GVariant *body, const int *fds,
                           int n_fds)
{
  g_autoptr (GVariant) kept = body ? g_variant_ref_sink (body) : NULL;
  g_autoptr (GError) error = NULL;

  if (!self->source)
    return FALSE;
  if (semio_message_send (semio_helper_socket_get_fd (self->helper_socket), type, serial, kept, fds, n_fds, FALSE, &error))
    return TRUE;
  /* A full socket means that the helper has not read for hundreds of messages; the watch or the end of the connection
   * deals with it. */
  g_debug ("%s", error->message);
  return FALSE;
}

int
semio_helper_process_get_pid (SemioHelperProcess *self)
{
  const char *pid = self->subprocess ? g_subprocess_get_identifier (self->subprocess) : NULL;

  return pid ? (int) g_ascii_strtoll (pid, NULL, 10) : 0;
}

/**
 * semio_helper_process_new:
 * @error: set to %SEMIO_MEDIA_ERROR_HELPER
 *
 * Starts a helper.
 *
 * Returns: (transfer full): the process, or NULL
 */
SemioHelperProcess *
semio_helper_process_new (GError **error)
{
  g_autoptr (SemioHelperProcess) self = g_object_new (SEMIO_TYPE_HELPER_PROCESS, NULL);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *path = find_helper ();
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_SILENCE;
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, _ ("The video process cannot be started: %s"),
                   g_strerror (errno));
      return NULL;
    }
  self->helper_socket = semio_helper_socket_new (pair[0]);
  if (!g_getenv ("G_MESSAGES_DEBUG") && !g_getenv ("GST_DEBUG"))
    flags |= G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  launcher = g_subprocess_launcher_new (flags);
  g_subprocess_launcher_take_fd (launcher, pair[1], 3);
  self->subprocess = g_subprocess_launcher_spawn (launcher, &reason, path, "3", NULL);
  if (!self->subprocess)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER,
                   _ ("The video process cannot be started: %s Install the program again."), reason->message);
      return NULL;
    }
  self->context = g_main_context_ref_thread_default ();
  self->source = g_unix_fd_source_new (pair[0], G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (self->source, G_SOURCE_FUNC (socket_cb), self, NULL);
  g_source_attach (self->source, self->context);
  return g_steal_pointer (&self);
}

/* The slot of a picture: a known one, or a new one from the descriptor that came along. */
static SemioHelperSlot *
find_slot (SemioHelperProcess *self, SemioMessage *message, guint32 number, GError **error)
{
  SemioHelperSlot *slot = g_hash_table_lookup (self->slots, GUINT_TO_POINTER (number));

  if (message->n_fds == 0 && slot)
    return slot;
  if (message->n_fds == 0 || slot || g_hash_table_size (self->slots) >= MAX_SLOTS)
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, _ ("The video process named a wrong buffer."));
      return NULL;
    }
  slot = semio_helper_slot_new (self->helper_socket, number, message->fds[0], error);
  if (slot)
    g_hash_table_insert (self->slots, GUINT_TO_POINTER (number), slot);
  return slot;
}

/**
 * semio_helper_process_take_picture:
 * @message: a %SEMIO_MESSAGE_PICTURE
 * @index: the index of the recording that was asked for
 * @error: set to %SEMIO_MEDIA_ERROR_HELPER when the message cannot be true
 *
 * Wraps the picture without copying it. The time comes from the index, not from the helper.
 *
 * Returns: (transfer full): the frame, or NULL
 */
SemioFrame *
semio_helper_process_take_picture (SemioHelperProcess *self, SemioMessage *message, SemioFrameIndex *index, GError **error)
{
  guint32 number, width_px, height_px, stride;
  SemioHelperSlot *slot;
  SemioFrame *frame;
  gboolean verified;
  gint64 n;

  g_return_val_if_fail (message->type == SEMIO_MESSAGE_PICTURE, NULL);

  g_variant_get (message->body, "(xbuuuu)", &n, &verified, &number, &width_px, &height_px, &stride);
  slot = find_slot (self, message, number, error);
  if (!slot)
    return NULL;
  if (n < 0 || n >= semio_frame_index_get_n_frames (index) || width_px < 1 || width_px > MAX_SIDE_PX || height_px < 1
      || height_px > MAX_SIDE_PX || stride < width_px * 4 || stride > MAX_SIDE_PX * 8
      || (gsize) stride * height_px > semio_helper_slot_get_size (slot))
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER,
                           _ ("The video process sent a picture that cannot be."));
      return NULL;
    }
  frame = g_new0 (SemioFrame, 1);
  g_atomic_ref_count_init (&frame->refs);
  frame->frame = n;
  frame->time_ns = semio_frame_index_get_time_ns (index, n);
  frame->width_px = (int) width_px;
  frame->height_px = (int) height_px;
  frame->stride = (int) stride;
  frame->verified = verified;
  frame->bgra = semio_helper_slot_lend (slot, (gsize) stride * height_px);
  return frame;
}

/**
 * semio_helper_process_take_probe:
 * @message: a %SEMIO_MESSAGE_PROBED: container, video codec, sound codec (or ""), width, height, rate as a fraction,
 *   sampling rate, channels, #SemioSound, #SemioWarnings; and the frame index
 * @error: set to %SEMIO_MEDIA_ERROR_HELPER when the message cannot be true
 *
 * Returns: (transfer full): what the file is, or NULL
 */
SemioProbe *
semio_helper_process_take_probe (SemioMessage *message, GError **error)
{
  guint32 width_px, height_px, rate_num, rate_den, audio_rate_hz, channels, sound, warnings;
  const char *container, *video, *audio;
  g_autoptr (SemioProbe) probe = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (message->type == SEMIO_MESSAGE_PROBED, NULL);

  g_variant_get (message->body, "(&s&s&suuuuuuuu)", &container, &video, &audio, &width_px, &height_px, &rate_num, &rate_den,
                 &audio_rate_hz, &channels, &sound, &warnings);
  if (width_px < 1 || width_px > MAX_SIDE_PX || height_px < 1 || height_px > MAX_SIDE_PX || rate_num > G_MAXINT32 || rate_den < 1
      || rate_den > G_MAXINT32 || audio_rate_hz > G_MAXINT32 || channels > 1024 || sound > SEMIO_SOUND_PRESENT
      || warnings >= SEMIO_WARNING_INTERLACED << 1)
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER,
                           _ ("The video process described a video that cannot be."));
      return NULL;
    }
  bytes = semio_shared_memory_read (message->fds[0], MAX_INDEX_BYTES, error);
  if (!bytes)
    return NULL;
  probe = g_new0 (SemioProbe, 1);
  g_atomic_ref_count_init (&probe->refs);
  probe->container = semio_text_clean (container, -1, 64);
  probe->video_codec = semio_text_clean (video, -1, 64);
  probe->audio_codec = *audio ? semio_text_clean (audio, -1, 64) : NULL;
  probe->width_px = (int) width_px;
  probe->height_px = (int) height_px;
  probe->rate_num = (int) rate_num;
  probe->rate_den = (int) rate_den;
  probe->audio_rate_hz = (int) audio_rate_hz;
  probe->audio_channels = (int) channels;
  probe->sound = (SemioSound) sound;
  probe->warnings = (SemioWarnings) warnings;
  probe->index = semio_frame_index_from_bytes (bytes, error);
  return probe->index ? g_steal_pointer (&probe) : NULL;
}

/* The helper's complaint, with the name of the file before it. */
GError *
semio_helper_process_take_error (SemioMessage *message, const char *file_name)
{
  g_autofree char *sentence = NULL;
  const char *text;
  guint32 code;

  g_return_val_if_fail (message->type == SEMIO_MESSAGE_ERROR, NULL);

  g_variant_get (message->body, "(u&s)", &code, &text);
  sentence = semio_text_clean (text, -1, MAX_SENTENCE_CHARS);
  if (code > SEMIO_MEDIA_ERROR_NO_SPACE)
    code = SEMIO_MEDIA_ERROR_HELPER;
  return g_error_new (SEMIO_MEDIA_ERROR, (int) code, "%s: %s", file_name, sentence);
}

int
semio_helper_process_open_file (GFile *file, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = g_file_get_basename (file);
  struct stat about;
  int fd, code;

  if (!path)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE,
                   _ ("%s: The file is not on this machine. Copy it here first."), name);
      return -1;
    }
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  code = errno;
  if (fd < 0)
    {
      g_autofree char *message = semio_file_error_describe_read (path, code);

      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE, "%s: %s", name, message);
      return -1;
    }
  if (fstat (fd, &about) == 0 && S_ISREG (about.st_mode))
    return fd;
  g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE, _ ("%s: This is a folder or a device. Name a video file."),
               name);
  close (fd);
  return -1;
}

int
semio_helper_process_share_index (SemioFrameIndex *index, GError **error)
{
  g_autoptr (GBytes) bytes = semio_frame_index_to_bytes (index);

  return semio_shared_memory_new_from_bytes ("semio-index", bytes, error);
}

static void
semio_helper_process_dispose (GObject *object)
{
  SemioHelperProcess *self = SEMIO_HELPER_PROCESS (object);

  semio_helper_process_stop (self);
  g_clear_pointer (&self->helper_socket, semio_helper_socket_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (semio_helper_process_parent_class)->dispose (object);
}

static void
semio_helper_process_finalize (GObject *object)
{
  SemioHelperProcess *self = SEMIO_HELPER_PROCESS (object);

  g_hash_table_unref (self->slots);

  G_OBJECT_CLASS (semio_helper_process_parent_class)->finalize (object);
}

static void
semio_helper_process_class_init (SemioHelperProcessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = semio_helper_process_dispose;
  object_class->finalize = semio_helper_process_finalize;

  signals[SIGNAL_MESSAGE] =
      g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_GONE] =
      g_signal_new ("gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
semio_helper_process_init (SemioHelperProcess *self)
{
  self->patience_ms = DEFAULT_PATIENCE_MS;
  self->slots = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) semio_helper_slot_unref);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-source.h"

#include <glib/gi18n-lib.h>

#include "semio-copy-maker.h"
#include "semio-span.h"

/* What a picture of a ward comes to, of bits a pixel with a key frame every 15, and sound as recorders write it. */
#define PIXELS_A_BYTE 60
#define SOUND_BYTES_A_SECOND 24000

typedef struct {
  SemioSha256 content;
  GFile *file;
  SemioFrameIndex *index;
  SemioSourceUse use;
  SemioProgressFunc progress;
  gpointer progress_data;
} Find;

static void
find_free (Find *find)
{
  g_object_unref (find->file);
  semio_frame_index_unref (find->index);
  g_free (find);
}

static gboolean
is_fragmented (SemioFrameIndex *index)
{
  return (semio_frame_index_get_flags (index) & SEMIO_FRAME_INDEX_FRAGMENTED) != 0;
}

gboolean
semio_source_is_plain (const SemioSha256 *content, SemioFrameIndex *index, SemioSourceUse use)
{
  return !is_fragmented (index) && (use == SEMIO_SOURCE_EXACT || !semio_copy_cache_has (content, SEMIO_MEDIA_COPY_PROXY));
}

static void
return_original (GTask *task)
{
  Find *find = g_task_get_task_data (task);

  g_task_return_pointer (task, semio_copy_new (find->file, find->index), (GDestroyNotify) semio_copy_free);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *find = g_task_get_task_data (task);
  GError *error = NULL;
  SemioCopy *copy = semio_copy_make_finish (result, &error);

  if (copy)
    g_task_return_pointer (task, copy, (GDestroyNotify) semio_copy_free);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           || (semio_frame_index_get_flags (find->index) & SEMIO_FRAME_INDEX_NEEDS_REMUX))
    g_task_return_error (task, error);
  else
    {
      g_info ("%s", error->message);
      g_error_free (error);
      return_original (task);
    }
}

static void
look_thread (GTask *look, gpointer source, gpointer data, GCancellable *cancellable)
{
  Find *find = data;
  SemioCopy *copy = NULL;

  if (find->use == SEMIO_SOURCE_STEPS)
    copy = semio_copy_cache_load (&find->content, SEMIO_MEDIA_COPY_PROXY, find->index);
  if (!copy && is_fragmented (find->index))
    copy = semio_copy_cache_load (&find->content, SEMIO_MEDIA_COPY_REMUX, find->index);
  g_task_return_pointer (look, copy, (GDestroyNotify) semio_copy_free);
}

static void
size_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *find = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  semio_copy_make_async (SEMIO_MEDIA_COPY_REMUX, &find->content, find->file, find->index, info ? g_file_info_get_size (info) : 0,
                         find->progress, find->progress_data, g_task_get_cancellable (task), made_cb, g_object_ref (task));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *find = g_task_get_task_data (task);
  SemioCopy *copy = g_task_propagate_pointer (G_TASK (result), NULL);

  if (copy)
    g_task_return_pointer (task, copy, (GDestroyNotify) semio_copy_free);
  else if (is_fragmented (find->index))
    g_file_query_info_async (find->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), size_cb, g_object_ref (task));
  else
    return_original (task);
}

void
semio_source_find_async (const SemioSha256 *content, GFile *file, SemioFrameIndex *index, SemioSourceUse use,
                         SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) look = NULL;
  Find *find = g_new0 (Find, 1);

  g_task_set_source_tag (task, semio_source_find_async);
  find->content = *content;
  find->file = g_object_ref (file);
  find->index = semio_frame_index_ref (index);
  find->use = use;
  find->progress = progress;
  find->progress_data = progress_data;
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);
  if (semio_source_is_plain (content, index, use))
    {
      return_original (task);
      return;
    }
  look = g_task_new (NULL, NULL, looked_cb, g_object_ref (task));
  g_task_set_task_data (look, find, NULL);
  g_task_run_in_thread (look, look_thread);
}

SemioCopy *
semio_source_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gint64
semio_source_get_key_gap_ns (SemioFrameIndex *index, const SemioRecording *recording)
{
  gint64 n_frames = semio_frame_index_get_n_frames (index), last_ns = 0, longest_ns = 0;

  /* A copy would lose the half pictures. */
  if (recording->warnings & SEMIO_WARNING_INTERLACED)
    return 0;
  for (gint64 i = 1; i < n_frames; i++)
    if (semio_frame_index_is_key (index, i))
      {
        gint64 time_ns = semio_frame_index_get_time_ns (index, i);

        longest_ns = MAX (longest_ns, time_ns - last_ns);
        last_ns = time_ns;
      }
  longest_ns = MAX (longest_ns, semio_frame_index_get_duration_ns (index) - last_ns);
  return longest_ns > SEMIO_SOURCE_LONG_GAP_NS ? longest_ns : 0;
}

gint64
semio_source_guess_proxy_bytes (SemioFrameIndex *index, const SemioRecording *recording)
{
  gint64 pixels = (gint64) recording->width_px * recording->height_px;
  gint64 seconds = semio_frame_index_get_duration_ns (index) / SEMIO_NS_PER_SECOND + 1;
  gint64 sound = recording->sound == SEMIO_SOUND_NONE ? 0 : seconds * SOUND_BYTES_A_SECOND;

  return semio_frame_index_get_n_frames (index) * pixels / PIXELS_A_BYTE + sound;
}

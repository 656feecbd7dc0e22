/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio probe, semio frame */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-file-write.h"
#include "semio-media-worker.h"
#include "semio-poster.h"
#include "semio-source.h"
#include "semio-text.h"

static SemioProbe *
probe (SemioCli *cli, SemioMediaWorker *worker, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_media_worker_probe_async (worker, file, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb,
                                  cli);
  result = semio_cli_wait (cli);
  return semio_media_worker_probe_finish (worker, result, error);
}

/* Errors of the media layer tell what is wrong; which file it is stands before. */
static int
fail_with_name (SemioCli *cli, GFile *file, GError *error)
{
  g_autofree char *name = g_file_get_basename (file);

  if (!g_str_has_prefix (error->message, name))
    g_prefix_error (&error, "%s: ", name);
  return semio_cli_fail (cli, error);
}

static JsonObject *
probe_to_json (const char *given, const SemioProbe *found)
{
  JsonObject *object = json_object_new ();
  g_autofree char *name = g_filename_display_name (given);

  json_object_set_string_member (object, "file", name);
  json_object_set_string_member (object, "container", found->container);
  json_object_set_string_member (object, "video_codec", found->video_codec);
  if (found->audio_codec)
    json_object_set_string_member (object, "audio_codec", found->audio_codec);
  else
    json_object_set_null_member (object, "audio_codec");
  json_object_set_int_member (object, "width", found->width_px);
  json_object_set_int_member (object, "height", found->height_px);
  json_object_set_int_member (object, "rate_num", found->rate_num);
  json_object_set_int_member (object, "rate_den", found->rate_den);
  json_object_set_int_member (object, "audio_rate", found->audio_rate_hz);
  json_object_set_int_member (object, "audio_channels", found->audio_channels);
  json_object_set_string_member (object, "sound", semio_cli_sound_to_id (found->sound));
  json_object_set_array_member (object, "warnings", semio_cli_warnings_to_json (found->warnings));
  json_object_set_boolean_member (object, "remux",
                                  (semio_frame_index_get_flags (found->index) & SEMIO_FRAME_INDEX_FRAGMENTED) != 0);
  json_object_set_int_member (object, "frames", semio_frame_index_get_n_frames (found->index));
  json_object_set_int_member (object, "duration_ns", semio_frame_index_get_duration_ns (found->index));
  json_object_set_int_member (object, "zero_ns", semio_frame_index_get_zero_ns (found->index));
  return object;
}

static void
print_probe (SemioCli *cli, GFile *file, const SemioProbe *found)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *length = semio_time_format (semio_frame_index_get_duration_ns (found->index), 3);
  g_autofree char *frames = g_strdup_printf ("%" G_GINT64_FORMAT, semio_frame_index_get_n_frames (found->index));
  g_autofree char *rate = semio_text_from_double (semio_frame_index_get_rate (found->index));

  semio_cli_print (cli, "%s", name);
  semio_cli_print (cli, _ ("  %s, video %s, sound %s"), found->container, found->video_codec,
                   found->audio_codec ? found->audio_codec : _ ("none"));
  semio_cli_print (cli, _ ("  %d×%d, %s frames a second"), found->width_px, found->height_px, rate);
  semio_cli_print (cli, _ ("  %s, %s frames"), length, frames);
  for (guint bit = 0; bit < 8; bit++)
    if (found->warnings & (1u << bit))
      semio_cli_print (cli, "  %s", semio_warning_get_label ((SemioWarnings) (1u << bit)));
  if (semio_frame_index_get_flags (found->index) & SEMIO_FRAME_INDEX_FRAGMENTED)
    semio_cli_print (cli, "  %s",
                     _ ("It is put together into a plain file in your cache folder when it is added; it stays as it is itself."));
}

int
semio_cli_probe (SemioCli *cli, char ***argv)
{
  int status = semio_cli_parse (cli, "probe VIDEO", _ ("Tells what a video file is, from reading all of it."), NULL, argv, 1, 1);
  g_autoptr (GFile) file = NULL;
  g_autoptr (SemioMediaWorker) worker = NULL;
  g_autoptr (SemioProbe) found = NULL;
  GError *error = NULL;

  if (status >= 0)
    return status;
  file = g_file_new_for_commandline_arg ((*argv)[1]);
  worker = semio_media_worker_new ();
  found = probe (cli, worker, file, &error);
  if (!found)
    return fail_with_name (cli, file, error);
  print_probe (cli, file, found);
  semio_cli_print_json (cli, probe_to_json ((*argv)[1], found));
  return SEMIO_CLI_DONE;
}

/* What the frames of a video are read from: its file, or a copy of its packets when it comes in fragments. */
static SemioCopy *
find_source (SemioCli *cli, GFile *file, SemioFrameIndex *index, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SemioSha256 content = { 0 };

  if (!(semio_frame_index_get_flags (index) & SEMIO_FRAME_INDEX_FRAGMENTED))
    return semio_copy_new (file, index);
  if (!semio_sha256_of_file (file, semio_cli_progress, cli, semio_cli_get_cancellable (cli), &content, error))
    return NULL;
  semio_source_find_async (&content, file, index, SEMIO_SOURCE_EXACT, semio_cli_progress, cli, semio_cli_get_cancellable (cli),
                           semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  return semio_source_find_finish (result, error);
}

static int
write_frame (SemioCli *cli, const SemioFrame *frame, GFile *out)
{
  g_autoptr (GBytes) png = NULL;
  g_autofree char *time = semio_time_format (frame->time_ns, 3);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, frame->frame);
  g_autofree char *path = g_file_get_path (out);
  JsonObject *object;
  GError *error = NULL;

  png = semio_poster_encode (frame, &error);
  if (!png || !semio_file_write (out, png, semio_cli_get_cancellable (cli), &error))
    return semio_cli_fail (cli, error);
  semio_cli_print (cli, _ ("Frame %s at %s, %d×%d, written to %s."), number, time, frame->width_px, frame->height_px, path);
  object = json_object_new ();
  json_object_set_int_member (object, "frame", frame->frame);
  json_object_set_int_member (object, "time_ns", frame->time_ns);
  json_object_set_int_member (object, "width", frame->width_px);
  json_object_set_int_member (object, "height", frame->height_px);
  json_object_set_boolean_member (object, "verified", frame->verified);
  json_object_set_string_member (object, "file", path);
  semio_cli_print_json (cli, object);
  return SEMIO_CLI_DONE;
}

int
semio_cli_frame (SemioCli *cli, char ***argv)
{
  int status =
      semio_cli_parse (cli, "frame VIDEO INDEX OUT.png",
                       _ ("Writes one frame of a video, counted from 0, as a PNG picture in its full size."), NULL, argv, 3, 3);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) out = NULL;
  g_autoptr (SemioMediaWorker) worker = NULL;
  g_autoptr (SemioProbe) found = NULL;
  g_autoptr (SemioCopy) source = NULL;
  g_autoptr (SemioFrame) frame = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 index;
  gint64 n_frames;
  GError *error = NULL;

  if (status >= 0)
    return status;
  if (!semio_text_to_int64 ((*argv)[2], &index, NULL) || index < 0)
    return semio_cli_wrong_use (cli, _ ("“%s” is no frame: give a whole number, 0 for the first."), (*argv)[2]);
  file = g_file_new_for_commandline_arg ((*argv)[1]);
  out = g_file_new_for_commandline_arg ((*argv)[3]);
  worker = semio_media_worker_new ();
  found = probe (cli, worker, file, &error);
  if (!found)
    return fail_with_name (cli, file, error);
  n_frames = semio_frame_index_get_n_frames (found->index);
  if (index >= n_frames)
    {
      g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, n_frames - 1);

      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("There is no frame %s: the last one is %s."), (*argv)[2],
                   last);
      return fail_with_name (cli, file, error);
    }
  source = find_source (cli, file, found->index, &error);
  if (!source)
    return fail_with_name (cli, file, error);
  semio_media_worker_frame_async (worker, source->file, source->index, index, 0, 0, semio_cli_get_cancellable (cli),
                                  semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  frame = semio_media_worker_frame_finish (worker, result, &error);
  if (!frame)
    return fail_with_name (cli, file, error);
  return write_frame (cli, frame, out);
}

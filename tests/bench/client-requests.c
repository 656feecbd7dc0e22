/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts questions to a server through the scheduler and prints what it took, in JSON: client-requests URL COUNT CONCURRENCY.
 * With a folder as fourth argument it only writes the bodies of one segment's questions there, for another client to send. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "semio-scheduler.h"

#define N_FRAMES 60
#define FRAME_WIDTH_PX 448
#define FRAME_HEIGHT_PX 252
/* What such a picture of a ward takes at quality 85. */
#define FRAME_BYTES 24000
#define N_QUESTIONS 20
#define SETTLED 1000

typedef struct {
  GMainLoop *loop;
  SemioEndpoint *endpoint;
  SemioFeatureSet *features;
  SemioRunConfig *config;
  guint n_wanted;
  guint n_pushed;
  guint n_answered;
  guint n_unusable;
  gint64 idle_bytes;
  gint64 most_bytes;
  gint64 settled_bytes; /* most of the thousand after the first thousand */
  gint64 last_bytes; /* most of the last thousand */
  GError *error;
} Bench;

static gint64
get_resident_bytes (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  words = g_strsplit (text, " ", 3);
  return g_ascii_strtoll (words[1], NULL, 10) * sysconf (_SC_PAGESIZE);
}

static SemioFanOut *
make_fan_out (Bench *bench, guint segment)
{
  SemioSpan span = { segment * 25 * SEMIO_NS_PER_SECOND, (segment * 25 + 30) * SEMIO_NS_PER_SECOND };
  g_autoptr (SemioSegmentMedia) media = semio_segment_media_new (span);
  g_autoptr (SemioChatPrefix) prefix = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (segment);
  SemioFanOut *fan_out;

  for (guint i = 0; i < N_FRAMES; i++)
    {
      guint32 *data = g_new (guint32, FRAME_BYTES / 4);
      g_autoptr (GBytes) jpeg = NULL;

      for (guint j = 0; j < FRAME_BYTES / 4; j++)
        data[j] = g_rand_int (random);
      jpeg = g_bytes_new_take (data, FRAME_BYTES);
      semio_segment_media_add_frame (media, i * 15, span.begin_ns + i * SEMIO_NS_PER_SECOND / 2, FRAME_WIDTH_PX, FRAME_HEIGHT_PX,
                                     jpeg);
    }
  prefix = semio_chat_prefix_new (bench->config, &bench->endpoint->dialect, media, TRUE, FALSE, NULL);
  fan_out = semio_fan_out_new (prefix, NULL, NULL);
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      const SemioFeature *feature = semio_feature_set_get (bench->features, i);
      SemioQuestion question = { .kind = SEMIO_QUESTION_ANSWER, .feature = i };

      question.domain.kind = SEMIO_QUESTION_ANSWER;
      question.domain.span = span;
      question.tail = semio_chat_tail_new (prefix, SEMIO_QUESTION_ANSWER, feature, feature->id, 300);
      g_array_append_val (fan_out->questions, question);
    }
  return fan_out;
}

static void
wanted_cb (SemioScheduler *scheduler, Bench *bench)
{
  if (bench->n_pushed * N_QUESTIONS < bench->n_wanted)
    semio_scheduler_push (scheduler, make_fan_out (bench, bench->n_pushed++));
}

static void
answered_cb (SemioScheduler *scheduler, SemioFanOut *fan_out, guint question, SemioModelReply *reply, Bench *bench)
{
  gint64 bytes = get_resident_bytes ();

  bench->most_bytes = MAX (bench->most_bytes, bytes);
  bench->n_answered++;
  if (bench->n_answered > SETTLED && bench->n_answered <= 2 * SETTLED)
    bench->settled_bytes = MAX (bench->settled_bytes, bytes);
  if (bench->n_answered + SETTLED > bench->n_wanted)
    bench->last_bytes = MAX (bench->last_bytes, bytes);
  if (reply->state == SEMIO_REPLY_UNUSABLE)
    bench->n_unusable++;
  if (bench->n_answered >= bench->n_wanted)
    g_main_loop_quit (bench->loop);
}

static void
stopped_cb (SemioScheduler *scheduler, const GError *error, Bench *bench)
{
  bench->error = g_error_copy (error);
  g_main_loop_quit (bench->loop);
}

static int
write_bodies (Bench *bench, const char *folder)
{
  g_autoptr (SemioFanOut) fan_out = make_fan_out (bench, 0);
  GBytes *prefix = semio_chat_prefix_get_bytes (fan_out->prefix);

  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      GBytes *tail = g_array_index (fan_out->questions, SemioQuestion, i).tail;
      g_autofree char *path = g_strdup_printf ("%s/%02u.json", folder, i);
      g_autoptr (GByteArray) body = g_byte_array_new ();
      g_autoptr (GError) error = NULL;

      g_byte_array_append (body, g_bytes_get_data (prefix, NULL), (guint) g_bytes_get_size (prefix));
      g_byte_array_append (body, g_bytes_get_data (tail, NULL), (guint) g_bytes_get_size (tail));
      if (!g_file_set_contents (path, (const char *) body->data, body->len, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
    }
  return 0;
}

static int
send_questions (Bench *bench)
{
  g_autoptr (SemioScheduler) scheduler = semio_scheduler_new (bench->endpoint, NULL);
  gint64 begin_us;
  gint64 took_us;

  g_signal_connect (scheduler, "wanted", G_CALLBACK (wanted_cb), bench);
  g_signal_connect (scheduler, "answered", G_CALLBACK (answered_cb), bench);
  g_signal_connect (scheduler, "stopped", G_CALLBACK (stopped_cb), bench);
  bench->idle_bytes = get_resident_bytes ();
  begin_us = g_get_monotonic_time ();
  semio_scheduler_start (scheduler);
  g_main_loop_run (bench->loop);
  took_us = g_get_monotonic_time () - begin_us;
  semio_scheduler_cancel (scheduler);
  if (bench->error != NULL || bench->n_unusable > 0)
    {
      g_printerr ("%u answers were unusable; %s\n", bench->n_unusable, bench->error != NULL ? bench->error->message : "");
      return 1;
    }
  printf ("{\"requests\":%u,\"wall_us\":%" G_GINT64_FORMAT ",\"idle_bytes\":%" G_GINT64_FORMAT ",\"most_bytes\":%" G_GINT64_FORMAT
          ",\"settled_bytes\":%" G_GINT64_FORMAT ",\"last_bytes\":%" G_GINT64_FORMAT "}\n",
          bench->n_answered, took_us, bench->idle_bytes, bench->most_bytes, bench->settled_bytes, bench->last_bytes);
  return 0;
}

int
main (int argc, char *argv[])
{
  Bench bench = { 0 };
  const char *urls[] = { argc > 1 ? argv[1] : NULL, NULL };
  int status;

  if (argc < 4)
    {
      g_printerr ("client-requests URL COUNT CONCURRENCY [FOLDER]\n");
      return 2;
    }
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.features = semio_feature_set_new_default ();
  bench.config = semio_run_config_new_default (bench.features);
  g_free (bench.config->model);
  bench.config->model = g_strdup ("test-model");
  bench.endpoint = semio_endpoint_new ("bench");
  g_strfreev (bench.endpoint->urls);
  bench.endpoint->urls = g_strdupv ((char **) urls);
  bench.n_wanted = (guint) MAX (atoi (argv[2]), 1);
  bench.endpoint->max_in_flight = (guint) MAX (atoi (argv[3]), 1);
  status = argc > 4 ? write_bodies (&bench, argv[4]) : send_questions (&bench);
  g_clear_error (&bench.error);
  semio_run_config_free (bench.config);
  semio_endpoint_free (bench.endpoint);
  semio_feature_set_unref (bench.features);
  g_main_loop_unref (bench.loop);
  return status;
}

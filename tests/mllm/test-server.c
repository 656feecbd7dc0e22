/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The test server as a program, for tests of other folders: prints "port N" and serves until its standard input is closed or
 * it is told to end. A line "allow N" there holds all requests from number N on, "allow all" lets them go. Each request
 * becomes a line of JSON in the log. */
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "semio-test-server.h"

static struct {
  int port;
  int delay_ms;
  char *log;
  char *keep;
  char *script;
  char *then;
  char **for_text;
  char *key;
  char *model;
  char *answer;
  char *redirect;
  char *certificate;
  char *certificate_key;
  char *sound;
  gboolean fast;
  gboolean mixes;
  gboolean blind;
  gboolean no_images;
  gboolean no_schema;
  gboolean no_transcription;
  gboolean plain_transcripts;
  gboolean stay;
} options;

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &options.port, "Port; any when it is not given", "N" },
  { "delay-ms", 0, 0, G_OPTION_ARG_INT, &options.delay_ms, "Wait before each answer", "N" },
  { "log", 0, 0, G_OPTION_ARG_FILENAME, &options.log, "Write a line of JSON for each request", "FILE" },
  { "keep", 0, 0, G_OPTION_ARG_FILENAME, &options.keep, "Write each body to FOLDER/NUMBER.json", "FOLDER" },
  { "script", 0, 0, G_OPTION_ARG_STRING, &options.script, "What the first requests meet: 503,reset,good", "ACTS" },
  { "then", 0, 0, G_OPTION_ARG_STRING, &options.then, "What the others meet (good)", "ACT" },
  { "for", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.for_text, "What questions that hold TEXT meet; may be repeated",
    "TEXT=ACT" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &options.key, "Refuse requests without this key", "KEY" },
  { "model", 0, 0, G_OPTION_ARG_STRING, &options.model, "Name in the list of models", "NAME" },
  { "answer", 0, 0, G_OPTION_ARG_STRING, &options.answer, "What the model writes every time", "TEXT" },
  { "redirect", 0, 0, G_OPTION_ARG_STRING, &options.redirect, "Where “redirect” points", "URL" },
  { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate, "Speak TLS with this certificate", "PEM" },
  { "certificate-key", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate_key, "and this key", "PEM" },
  { "sound", 0, 0, G_OPTION_ARG_STRING, &options.sound, "Take sound as input_audio (usual), audio_url or none", "PART" },
  { "fast", 0, 0, G_OPTION_ARG_NONE, &options.fast, "Answer without reading, and keep nothing", NULL },
  { "mixes", 0, 0, G_OPTION_ARG_NONE, &options.mixes, "Show the model the pictures of the request before", NULL },
  { "blind", 0, 0, G_OPTION_ARG_NONE, &options.blind, "The model cannot read codes", NULL },
  { "no-images", 0, 0, G_OPTION_ARG_NONE, &options.no_images, "Refuse pictures", NULL },
  { "no-schema", 0, 0, G_OPTION_ARG_NONE, &options.no_schema, "Refuse schemas", NULL },
  { "no-transcription", 0, 0, G_OPTION_ARG_NONE, &options.no_transcription, "Refuse transcriptions", NULL },
  { "plain-transcripts", 0, 0, G_OPTION_ARG_NONE, &options.plain_transcripts, "Transcribe without times", NULL },
  { "stay", 0, 0, G_OPTION_ARG_NONE, &options.stay, "Do not end with standard input", NULL },
  { NULL },
};

typedef struct {
  GMutex lock;
  FILE *log;
} Watch;

static void
keep_body (const SemioTestRequest *request)
{
  g_autofree char *name = g_strdup_printf ("%06u.json", request->number);
  g_autofree char *path = g_build_filename (options.keep, name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  g_file_set_contents (path, data, (gssize) length, NULL);
}

static void
watch_cb (const SemioTestRequest *request, gpointer data)
{
  Watch *watch = data;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (options.keep != NULL && request->body != NULL)
    keep_body (request);
  if (watch->log == NULL)
    return;
  json_object_set_int_member (object, "number", request->number);
  json_object_set_string_member (object, "method", request->method);
  json_object_set_string_member (object, "path", request->path);
  json_object_set_string_member (object, "act", semio_test_act_get_name (request->act));
  json_object_set_int_member (object, "status", request->status);
  json_object_set_int_member (object, "bytes", (gint64) request->n_bytes);
  json_object_set_string_member (object, "sha256", request->sha256 != NULL ? request->sha256 : "");
  json_object_set_string_member (object, "question", request->question != NULL ? request->question : "");
  json_object_set_boolean_member (object, "has_key", strcasestr (request->head, "\r\nAuthorization:") != NULL);
  json_object_set_int_member (object, "in_flight", request->n_in_flight);
  json_object_set_int_member (object, "come_us", request->come_us);
  json_object_set_int_member (object, "done_us", request->done_us);
  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  g_mutex_lock (&watch->lock);
  fprintf (watch->log, "%s\n", text);
  fflush (watch->log);
  g_mutex_unlock (&watch->lock);
}

static gboolean
read_acts (SemioTestServer *server)
{
  g_auto (GStrv) script = g_strsplit (options.script != NULL ? options.script : "", ",", -1);
  SemioTestAct act;

  for (guint i = 0; script[i] != NULL && *script[i] != '\0'; i++)
    {
      if (!semio_test_act_from_name (script[i], &act))
        return FALSE;
      semio_test_server_push (server, act);
    }
  for (guint i = 0; options.for_text != NULL && options.for_text[i] != NULL; i++)
    {
      char *equals = strrchr (options.for_text[i], '=');

      if (equals == NULL || !semio_test_act_from_name (equals + 1, &act))
        return FALSE;
      *equals = '\0';
      semio_test_server_set_for (server, options.for_text[i], act);
    }
  if (options.then == NULL)
    return TRUE;
  if (!semio_test_act_from_name (options.then, &act))
    return FALSE;
  semio_test_server_set_usual (server, act);
  return TRUE;
}

static void
apply_options (SemioTestServer *server)
{
  SemioTestModelOptions *model = semio_test_server_get_model (server);

  model->model = options.model;
  model->is_fast = options.fast;
  model->mixes = options.mixes;
  model->is_blind = options.blind;
  model->plain_transcripts = options.plain_transcripts;
  model->dialect.images = !options.no_images;
  model->dialect.schema = options.no_schema ? SEMIO_SCHEMA_NONE : SEMIO_SCHEMA_RESPONSE_FORMAT;
  model->dialect.transcription = !options.no_transcription;
  if (g_strcmp0 (options.sound, "audio_url") == 0)
    model->dialect.sound = SEMIO_SOUND_PART_AUDIO_URL;
  else if (g_strcmp0 (options.sound, "none") == 0)
    model->dialect.sound = SEMIO_SOUND_PART_NONE;
  semio_test_server_set_drop_bodies (server, options.keep == NULL);
  semio_test_server_set_key (server, options.key);
  semio_test_server_set_answer (server, options.answer);
  semio_test_server_set_redirect (server, options.redirect);
  semio_test_server_set_delay (server, (guint) MAX (options.delay_ms, 0));
}

typedef struct {
  GMainLoop *loop;
  SemioTestServer *server;
} Input;

/* One line comes at a time: who writes waits for what it does. */
static gboolean
input_cb (int fd, GIOCondition condition, gpointer data)
{
  Input *input = data;
  char buffer[256];
  gssize length = read (fd, buffer, sizeof buffer - 1);

  if (length <= 0)
    {
      g_main_loop_quit (input->loop);
      return G_SOURCE_REMOVE;
    }
  buffer[length] = '\0';
  if (g_str_has_prefix (buffer, "allow all"))
    semio_test_server_let_go (input->server);
  else if (g_str_has_prefix (buffer, "allow "))
    semio_test_server_hold (input->server, (guint) g_ascii_strtoull (buffer + strlen ("allow "), NULL, 10), G_MAXUINT);
  printf ("done\n");
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

static gboolean
signal_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  SemioTestServer *server;
  Watch watch = { 0 };
  Input input = { loop };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("test-server: %s\n", error->message);
      return 2;
    }
  server = semio_test_server_new (NULL, (guint16) options.port, options.certificate, options.certificate_key, &error);
  if (server == NULL)
    {
      g_printerr ("test-server: %s\n", error->message);
      return 1;
    }
  if (!read_acts (server))
    {
      g_printerr ("test-server: no such act\n");
      return 2;
    }
  apply_options (server);
  g_mutex_init (&watch.lock);
  watch.log = options.log != NULL ? g_fopen (options.log, "ae") : NULL;
  semio_test_server_set_watch (server, watch_cb, &watch);
  printf ("port %u\n", semio_test_server_get_port (server));
  fflush (stdout);
  input.server = server;
  if (!options.stay)
    g_unix_fd_add (0, G_IO_IN | G_IO_HUP, input_cb, &input);
  g_unix_signal_add (SIGTERM, signal_cb, loop);
  g_unix_signal_add (SIGINT, signal_cb, loop);
  g_main_loop_run (loop);
  semio_test_server_free (server);
  if (watch.log != NULL)
    fclose (watch.log);
  return 0;
}

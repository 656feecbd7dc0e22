/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio new, semio info */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"

int
semio_cli_new_study (SemioCli *cli, char ***argv)
{
  g_autofree char *title = NULL;
  const GOptionEntry options[] = { { "title", 0, 0, G_OPTION_ARG_STRING, &title,
                                     N_ ("Title of the study; the file's name when not given"), N_ ("TITLE") },
                                   { NULL } };
  int status = semio_cli_parse (cli, "new STUDY", _ ("Makes an empty study, which must not exist yet."), options, argv, 1, 1);
  g_autoptr (GFile) file = NULL;
  SemioStudy *study;
  JsonObject *object;
  GError *error = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *path = NULL;

  if (status >= 0)
    return status;
  file = g_file_new_for_commandline_arg ((*argv)[1]);
  if (!title)
    {
      g_autofree char *name = g_file_get_basename (file);

      title = g_str_has_suffix (name, ".semio") ? g_strndup (name, strlen (name) - strlen (".semio")) : g_strdup (name);
    }
  study = semio_study_create_sync (file, title, &error);
  if (!study)
    return semio_cli_fail (cli, error);
  path = g_file_get_path (file);
  uuid = semio_uuid_to_string (semio_study_get_uuid (study));
  semio_cli_print (cli, _ ("Made the study “%s” in %s."), title, path);
  object = json_object_new ();
  json_object_set_string_member (object, "file", path);
  json_object_set_string_member (object, "title", semio_study_get_title (study));
  json_object_set_string_member (object, "uuid", uuid);
  semio_cli_print_json (cli, object);
  return semio_cli_close (cli, study, SEMIO_CLI_DONE);
}

const char *
semio_cli_sound_to_id (int sound)
{
  switch (sound)
    {
    case SEMIO_SOUND_NONE:
      return "none";
    case SEMIO_SOUND_SILENT:
      return "silent";
    case SEMIO_SOUND_PRESENT:
      return "present";
    default:
      return "unknown";
    }
}

JsonArray *
semio_cli_warnings_to_json (int warnings)
{
  static const struct {
    SemioWarnings warning;
    const char *id;
  } ids[] = {
    { SEMIO_WARNING_VARIABLE_RATE, "variable-rate" },
    { SEMIO_WARNING_FRAGMENTED, "fragmented" },
    { SEMIO_WARNING_NO_TIME_STAMPS, "no-time-stamps" },
    { SEMIO_WARNING_LATE_START, "late-start" },
    { SEMIO_WARNING_SOUND_SHORTER, "sound-shorter" },
    { SEMIO_WARNING_NO_SOUND, "no-sound" },
    { SEMIO_WARNING_SILENT, "silent" },
    { SEMIO_WARNING_LOW_RATE, "low-rate" },
    { SEMIO_WARNING_INTERLACED, "interlaced" },
  };
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (warnings & (int) ids[i].warning)
      json_array_add_string_element (array, ids[i].id);
  return array;
}

static void
set_uuid (JsonObject *object, const SemioUuid *uuid)
{
  char text[SEMIO_UUID_TEXT];

  semio_uuid_format (uuid, text);
  json_object_set_string_member (object, "uuid", text);
}

static JsonObject *
recording_to_json (SemioCase *row)
{
  const SemioRecording *recording = semio_case_get_recording (row);
  JsonObject *object = json_object_new ();

  set_uuid (object, &recording->uuid);
  json_object_set_string_member (object, "pseudonym", recording->pseudonym);
  json_object_set_string_member (object, "patient", recording->patient ? recording->patient : "");
  json_object_set_boolean_member (object, "has_media", recording->has_media);
  json_object_set_boolean_member (object, "media_found", semio_case_get_media_found (row));
  json_object_set_int_member (object, "width", recording->width_px);
  json_object_set_int_member (object, "height", recording->height_px);
  json_object_set_double_member (object, "rate", recording->rate);
  json_object_set_int_member (object, "frames", recording->n_frames);
  json_object_set_int_member (object, "duration_ns", recording->duration_ns);
  json_object_set_string_member (object, "sound", semio_cli_sound_to_id (recording->sound));
  json_object_set_boolean_member (object, "mirrored", recording->mirrored);
  json_object_set_array_member (object, "warnings", semio_cli_warnings_to_json (recording->warnings));
  json_object_set_int_member (object, "items", semio_case_get_n_items (row));
  json_object_set_double_member (object, "coverage", semio_case_get_total_coverage (row));
  return object;
}

static JsonArray *
runs_to_json (SemioStudy *study)
{
  JsonArray *array = json_array_new ();
  GPtrArray *runs = semio_study_get_runs (study);

  for (guint i = 0; i < runs->len; i++)
    {
      const SemioRun *run = runs->pdata[i];
      JsonObject *object = json_object_new ();

      set_uuid (object, &run->uuid);
      json_object_set_string_member (object, "name", run->name);
      json_object_set_string_member (object, "model", run->model ? run->model : "");
      json_object_set_string_member (object, "enhancement", run->enhancement ? run->enhancement : "");
      json_object_set_string_member (object, "origin", run->origin ? run->origin : "");
      json_object_set_string_member (object, "notice", run->notice ? run->notice : "");
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
sets_to_json (SemioStudy *study)
{
  JsonArray *array = json_array_new ();
  GPtrArray *sets = semio_study_get_reference_sets (study);

  for (guint i = 0; i < sets->len; i++)
    {
      const SemioReferenceSet *set = sets->pdata[i];
      JsonObject *object = json_object_new ();

      set_uuid (object, &set->uuid);
      json_object_set_string_member (object, "name", set->name);
      json_object_set_boolean_member (object, "current", set->current);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
persons_to_json (SemioStudy *study)
{
  JsonArray *array = json_array_new ();
  GPtrArray *persons = semio_study_get_persons (study);

  for (guint i = 0; i < persons->len; i++)
    {
      SemioPerson *person = persons->pdata[i];
      JsonObject *object = json_object_new ();
      guint n_rated;
      guint n_items;

      semio_study_set_person (study, person);
      semio_study_get_progress (study, &n_rated, &n_items, NULL);
      set_uuid (object, &person->uuid);
      json_object_set_string_member (object, "name", person->name ? person->name : "");
      json_object_set_string_member (object, "role", semio_role_to_id (person->role));
      json_object_set_int_member (object, "rated", n_rated);
      json_object_set_int_member (object, "items", n_items);
      json_array_add_object_element (array, object);
    }
  semio_study_set_person (study, NULL);
  return array;
}

static JsonObject *
study_to_json (SemioStudy *study)
{
  JsonObject *object = json_object_new ();
  JsonArray *recordings = json_array_new ();
  JsonArray *features = json_array_new ();
  GListModel *cases = semio_study_get_cases (study);
  SemioFeatureSet *set = semio_study_get_feature_set (study);
  g_autofree char *path = g_file_get_path (semio_study_get_file (study));
  JsonObject *head = json_object_new ();

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (cases, i);

      json_array_add_object_element (recordings, recording_to_json (row));
    }
  for (guint i = 0; i < semio_feature_set_get_n_features (set); i++)
    json_array_add_string_element (features, semio_feature_set_get (set, i)->id);
  set_uuid (head, semio_study_get_uuid (study));
  json_object_set_string_member (head, "title", semio_study_get_title (study));
  json_object_set_string_member (head, "file", path);
  json_object_set_boolean_member (head, "read_only", semio_study_is_read_only (study));
  json_object_set_object_member (object, "study", head);
  json_object_set_array_member (object, "features", features);
  json_object_set_array_member (object, "recordings", recordings);
  json_object_set_array_member (object, "runs", runs_to_json (study));
  json_object_set_array_member (object, "reference_sets", sets_to_json (study));
  json_object_set_array_member (object, "persons", persons_to_json (study));
  return object;
}

static void
print_recordings (SemioCli *cli, SemioStudy *study)
{
  GListModel *cases = semio_study_get_cases (study);
  guint n = g_list_model_get_n_items (cases);

  semio_cli_print (cli, ngettext ("%u recording", "%u recordings", n), n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (cases, i);
      const SemioRecording *recording = semio_case_get_recording (row);
      g_autofree char *length = semio_time_format (recording->duration_ns, 0);
      g_autofree char *size = g_strdup_printf ("%d×%d", recording->width_px, recording->height_px);

      if (recording->has_media)
        {
          g_autoptr (GString) remarks = g_string_new (semio_case_get_media_found (row) ? "" : _ ("The video is missing."));

          for (guint bit = 0; bit < 8; bit++)
            if (recording->warnings & (1u << bit))
              g_string_append_printf (remarks, "%s%s", remarks->len ? " " : "",
                                      semio_warning_get_label ((SemioWarnings) (1u << bit)));
          semio_cli_print (cli, remarks->len ? "  %-14s %9s  %s  %s" : "  %-14s %9s  %s%s", semio_case_get_title (row), length,
                           size, remarks->str);
        }
      else
        semio_cli_print (cli, "  %-14s %s", semio_case_get_title (row), _ ("by name alone, without a video"));
    }
}

static void
print_study (SemioCli *cli, SemioStudy *study)
{
  g_autofree char *path = g_file_get_path (semio_study_get_file (study));
  g_autofree char *uuid = semio_uuid_to_string (semio_study_get_uuid (study));
  GPtrArray *runs = semio_study_get_runs (study);
  GPtrArray *sets = semio_study_get_reference_sets (study);
  GPtrArray *persons = semio_study_get_persons (study);
  guint n_features = semio_feature_set_get_n_features (semio_study_get_feature_set (study));

  semio_cli_print (cli, "%s\n%s\n%s", semio_study_get_title (study), path, uuid);
  if (semio_study_is_read_only (study))
    semio_cli_print (cli, "%s", semio_study_get_read_only_reason (study));
  semio_cli_print (cli, ngettext ("%u feature", "%u features", n_features), n_features);
  print_recordings (cli, study);
  semio_cli_print (cli, ngettext ("%u run", "%u runs", runs->len), runs->len);
  for (guint i = 0; i < runs->len; i++)
    {
      const SemioRun *run = runs->pdata[i];

      const gboolean enhanced = run->enhancement && !g_str_equal (run->enhancement, "none");

      semio_cli_print (cli, "  %s%s%s%s%s%s%s%s", run->name, run->model ? " · " : "", run->model ? run->model : "",
                       enhanced ? " · " : "", enhanced ? run->enhancement : "", run->notice ? " (" : "",
                       run->notice ? run->notice : "", run->notice ? ")" : "");
    }
  semio_cli_print (cli, ngettext ("%u reference set", "%u reference sets", sets->len), sets->len);
  for (guint i = 0; i < sets->len; i++)
    {
      const SemioReferenceSet *set = sets->pdata[i];

      semio_cli_print (cli, "  %s%s", set->name, set->current ? _ (" (current)") : "");
    }
  semio_cli_print (cli, ngettext ("%u person", "%u persons", persons->len), persons->len);
  for (guint i = 0; i < persons->len; i++)
    {
      guint n_rated;
      guint n_items;
      SemioPerson *person = persons->pdata[i];

      semio_study_set_person (study, person);
      semio_study_get_progress (study, &n_rated, &n_items, NULL);
      semio_cli_print (cli, _ ("  %s, %s: %u of %u judged"), person->name ? person->name : _ ("(redacted)"),
                       semio_role_get_label (person->role), n_rated, n_items);
    }
  semio_study_set_person (study, NULL);
}

int
semio_cli_info (SemioCli *cli, char ***argv)
{
  int status = semio_cli_parse (cli, "info STUDY", _ ("Tells what a study holds."), NULL, argv, 1, 1);
  SemioStudy *study;

  if (status >= 0)
    return status;
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  while (semio_study_is_finding_media (study) && !g_cancellable_is_cancelled (semio_cli_get_cancellable (cli)))
    g_main_context_iteration (NULL, TRUE);
  if (semio_cli_is_json (cli))
    semio_cli_print_json (cli, study_to_json (study));
  else
    print_study (cli, study);
  return semio_cli_close (cli, study, SEMIO_CLI_DONE);
}

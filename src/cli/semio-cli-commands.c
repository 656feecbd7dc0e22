/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* Room for a command's words in the list of commands. */
#define WORDS_CHARS 46

typedef struct {
  const char *first;
  const char *second; /* (nullable) */
  SemioCliFunc func;
  const char *arguments;
  const char *summary;
} Command;

static const Command commands[] = {
  { "new", NULL, semio_cli_new_study, "STUDY", N_ ("Make an empty study") },
  { "demo", NULL, semio_cli_demo, "FOLDER", N_ ("Make the demonstration study") },
  { "info", NULL, semio_cli_info, "STUDY", N_ ("Tell what a study holds") },
  { "add", NULL, semio_cli_add, "STUDY VIDEO…", N_ ("Add recordings") },
  { "import", "reference", semio_cli_import_reference, "STUDY FILE", N_ ("Import reference labels") },
  { "import", "annotations", semio_cli_import_annotations, "STUDY FILE", N_ ("Import what an annotator labelled, with times") },
  { "import", "predictions", semio_cli_import_predictions, "STUDY FILE --run NAME", N_ ("Import a run's predictions") },
  { "predict", NULL, semio_cli_predict, "STUDY --run NAME --endpoint URL", N_ ("Ask a model server") },
  { "settings", NULL, semio_cli_settings, "", N_ ("List the settings of runs that are kept by name") },
  { "batch", "write", semio_cli_batch_write, "STUDY --run NAME --model M OUTDIR", N_ ("Write questions for a batch service") },
  { "batch", "read", semio_cli_batch_read, "STUDY RESULT.jsonl…", N_ ("Keep a batch service's answers") },
  { "transcribe", NULL, semio_cli_transcribe, "STUDY --endpoint URL --model M", N_ ("Write down what is said") },
  { "metrics", NULL, semio_cli_metrics, "STUDY", N_ ("Score the runs against the current reference") },
  { "agreement", NULL, semio_cli_agreement, "STUDY", N_ ("How far the persons who rate agree") },
  { "faithfulness", NULL, semio_cli_faithfulness, "STUDY", N_ ("How faithful the explanations were found") },
  { "published", NULL, semio_cli_published, "", N_ ("Print the published figures") },
  { "export", NULL, semio_cli_export, "STUDY WHAT OUT", N_ ("Write ratings, predictions, numbers, figures or reports") },
  { "merge", NULL, semio_cli_merge, "STUDY OTHER…", N_ ("Take in what copies of the study have") },
  { "verify", NULL, semio_cli_verify, "STUDY", N_ ("Check every entry of a study") },
  { "probe", NULL, semio_cli_probe, "VIDEO", N_ ("Tell what a video file is") },
  { "frame", NULL, semio_cli_frame, "VIDEO INDEX OUT.png", N_ ("Write one frame of a video as a picture") },
};

/* first (nullable): only the commands that begin with this word. */
static void
print_commands (const char *first)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (first == NULL || g_str_equal (first, commands[i].first))
      {
        g_autofree char *words = g_strdup_printf ("%s%s%s %s", commands[i].first, commands[i].second ? " " : "",
                                                  commands[i].second ? commands[i].second : "", commands[i].arguments);

        /* Padded by characters: printf() counts bytes. */
        fprintf (stdout, "  %s%*s%s\n", words, MAX (WORDS_CHARS - (int) g_utf8_strlen (words, -1), 1), "",
                 _ (commands[i].summary));
      }
}

static void
print_help (void)
{
  fputs (_ ("Usage: semio COMMAND …\n\nReview of seizure videos from the command line.\n\n"), stdout);
  print_commands (NULL);
  fputs (_ ("\nEvery command takes --help and --json. Exit status: 0 done, 1 failed, 2 wrong use.\n"), stdout);
}

/* What was said is half a command, as "import", or none. */
static int
explain_choice (SemioCli *cli, const char *first, const char *second)
{
  g_autoptr (GString) choices = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (first, commands[i].first))
      g_string_append_printf (choices, "%s“semio %s %s”", choices->len > 0 ? ", " : "", first, commands[i].second);
  if (choices->len == 0)
    return semio_cli_wrong_use (cli, _ ("There is no command “%s”. “semio --help” lists them."), first);
  if (g_strcmp0 (second, "--help") != 0 && g_strcmp0 (second, "-h") != 0)
    return semio_cli_wrong_use (cli, _ ("“semio %s” wants one more word: %s."), first, choices->str);
  print_commands (first);
  return SEMIO_CLI_DONE;
}

static int
run_command (SemioCli *cli, char **argv)
{
  const char *first = argv[0] ? argv[1] : NULL;

  if (!first)
    {
      fprintf (stderr, "%s", _ ("semio: No command is given. “semio --help” lists them.\n"));
      return SEMIO_CLI_WRONG_USE;
    }
  if (g_str_equal (first, "--help") || g_str_equal (first, "-h") || g_str_equal (first, "help"))
    {
      print_help ();
      return SEMIO_CLI_DONE;
    }
  if (g_str_equal (first, "--version"))
    {
      fprintf (stdout, "semio %s\n", SEMIO_VERSION);
      return SEMIO_CLI_DONE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (first, commands[i].first) && (!commands[i].second || g_strcmp0 (argv[2], commands[i].second) == 0))
      {
        g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
        g_auto (GStrv) rest = NULL;

        g_strv_builder_add (builder, "semio");
        g_strv_builder_addv (builder, (const char **) (argv + (commands[i].second ? 3 : 2)));
        rest = g_strv_builder_end (builder);
        return commands[i].func (cli, &rest);
      }
  return explain_choice (cli, first, argv[2]);
}

int
semio_cli_run (SemioCli *cli, char **argv)
{
  return semio_cli_end_output (cli, run_command (cli, argv));
}

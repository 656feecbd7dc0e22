/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real program from outside: exit status, JSON, texts, wrong files, another locale. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "semio-test-cli.h"
#include "semio-test-home.h"

/* Short words for what every line of these tests does. */
#define run semio_test_cli_run
#define put semio_test_cli_put
#define read_json semio_test_cli_read_json

static void
test_wrong_use (Fixture *fixture, gconstpointer data)
{
  static const char *const commands[] = { "new",       "demo",         "info",    "add",        "metrics",
                                          "agreement", "faithfulness", "predict", "transcribe", "published",
                                          "export",    "merge",        "verify",  "probe",      "frame" };

  g_assert_cmpint (run (fixture, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "nothing", NULL), ==, 2);
  g_assert_cmpstr (fixture->out, ==, "");
  /* Half a command names what may follow, and tells more when asked. */
  g_assert_cmpint (run (fixture, "import", NULL), ==, 2);
  semio_test_cli_assert_err (fixture, "semio import annotations");
  g_assert_cmpint (run (fixture, "batch", "erase", NULL), ==, 2);
  semio_test_cli_assert_err (fixture, "semio batch read");
  g_assert_cmpint (run (fixture, "batch", "--help", NULL), ==, 0);
  semio_test_cli_assert_out (fixture, "batch write");
  g_assert_null (strstr (fixture->out, "import"));
  g_assert_cmpint (run (fixture, "info", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "info", "a", "b", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "info", "--nothing", fixture->study, NULL), ==, 2);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--policy", "mine", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--format", "xml", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "export", fixture->study, "dreams", "out", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, "p.csv", NULL), ==, 2);
  g_assert_nonnull (strstr (fixture->err, "--run"));
  g_assert_cmpint (run (fixture, "frame", "v.mp4", "first", "o.png", NULL), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_assert_cmpint (run (fixture, commands[i], "--help", NULL), ==, 0);
      g_assert_nonnull (strstr (fixture->out, "--json"));
      g_assert_nonnull (strstr (fixture->out, commands[i]));
      g_assert_cmpstr (fixture->err, ==, "");
    }
  g_assert_cmpint (run (fixture, "--help", NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_assert_nonnull (strstr (fixture->out, commands[i]));
}

/* Every option that a command tells of stands in the manual page, and the other way round. */
static void
test_manual (Fixture *fixture, gconstpointer data)
{
  static const char *const commands[] = { "new",
                                          "demo",
                                          "info",
                                          "add",
                                          "import reference",
                                          "import annotations",
                                          "import predictions",
                                          "metrics",
                                          "agreement",
                                          "faithfulness",
                                          "predict",
                                          "transcribe",
                                          "batch write",
                                          "batch read",
                                          "published",
                                          "export",
                                          "merge",
                                          "verify",
                                          "probe",
                                          "frame" };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "semio.1", NULL);
  g_autofree char *page = NULL;
  g_autoptr (GString) all_help = g_string_new (NULL);
  g_autoptr (GRegex) option = g_regex_new ("--[a-z-]+", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) words = g_strsplit (commands[i], " ", 2);

      g_assert_cmpint (run (fixture, words[0], words[1] ? words[1] : "--help", words[1] ? "--help" : NULL, NULL), ==, 0);
      g_string_append (all_help, fixture->out);
      g_assert_nonnull (strstr (page, commands[i]));
    }
  parts = g_strsplit (page, "\\-", -1);
  g_free (page);
  page = g_strjoinv ("-", parts);
  for (g_regex_match (option, all_help->str, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 0);

      g_assert_nonnull (strstr (page, word));
    }
  g_match_info_unref (match);
  for (g_regex_match (option, page, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 0);

      g_assert_nonnull (strstr (all_help->str, word));
    }
}

/* What could not be printed is a failure, not a silent end. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  fixture->out_path = "/dev/full";
  g_assert_cmpint (run (fixture, "info", fixture->study, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "could not be written"));
  g_assert_cmpint (run (fixture, "info", fixture->study, "--json", NULL), ==, 1);
  g_assert_cmpint (run (fixture, "--help", NULL), ==, 1);
  fixture->out_path = NULL;
  g_assert_cmpint (run (fixture, "info", fixture->study, NULL), ==, 0);
}

static void
test_wrong_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = put (fixture, "text.semio", "this is no study\n");
  g_autofree char *empty = put (fixture, "empty.semio", "");

  g_assert_cmpint (run (fixture, "info", "gone.semio", NULL), ==, 1);
  g_assert_cmpstr (fixture->out, ==, "");
  g_assert_nonnull (strstr (fixture->err, "gone.semio"));
  g_assert_cmpint (run (fixture, "info", text, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "text.semio"));
  g_assert_cmpint (run (fixture, "info", empty, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "empty.semio"));
  g_assert_null (strstr (fixture->err, "A good backup is"));
  /* Nothing is overwritten. */
  g_assert_cmpint (run (fixture, "new", fixture->study, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "there already"));
  g_assert_cmpint (run (fixture, "info", fixture->study, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "reference"));
  g_assert_cmpint (run (fixture, "export", fixture->study, "predictions", "out.csv", NULL), ==, 1);
  g_assert_cmpint (run (fixture, "export", fixture->study, "predictions", "out.csv", "--run", "none", NULL), ==, 1);
}

/* Whoever has an empty or cut study is told where its good copy is. */
static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) info = NULL;
  g_autofree char *made = g_build_filename (fixture->folder, "Damaged.semio", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_cmpint (run (fixture, "new", "--json", made, NULL), ==, 0);
  info = read_json (fixture);
  folder = g_build_filename (g_get_user_data_dir (), "semioscope", "backups", json_object_get_string_member (info, "uuid"), NULL);
  backup = g_build_filename (folder, "00001700000000000000.semio", NULL);
  g_file_get_contents (made, &bytes, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (backup, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  g_file_set_contents (made, "", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run (fixture, "info", made, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, backup));
}

static const char reference[] = "file_name,tonic,verbal_responsiveness,start_time,end_time,label\n"
                                "a.mp4,yes,,0:10,0:40,1\nb.mp4,no,no,,,NES\nc.mp4,yes,na,,,ES\n";
static const char predictions[] = "file_name,tonic,justification_for_tonic,verbal_responsiveness,hair\n"
                                  "a.mp4,yes,\"=SUM(A1), \"\"right\"\" arm\",no,x\nb.mp4,yes,Stiff.,no,x\nc.mp4,fail,fail,na,x\n";

static void
import_both (Fixture *fixture)
{
  g_autofree char *r = put (fixture, "r.csv", reference);
  g_autofree char *p = put (fixture, "p.csv", predictions);

  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, r, "--set", "Experts", "--create", "--blank", "na", NULL),
                   ==, 0);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, p, "--run", "m1", "--model", "M", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->out, "hair"));
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *p = put (fixture, "p.csv", predictions);
  g_autofree char *changed = put (fixture, "changed.csv", "file_name,tonic,justification_for_tonic\na.mp4,no,Else.\n");
  g_autofree char *broken = put (fixture, "broken.csv", "file_name,tonic\na.mp4,yes\nb.mp4,\"no\n");
  g_autoptr (JsonObject) object = NULL;

  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, p, "--run", "m1", NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "a.mp4"));
  g_assert_cmpint (
      run (fixture, "import", "predictions", fixture->study, p, "--run", "m1", "--create", "--dry-run", "--json", NULL), ==, 0);
  object = read_json (fixture);
  g_assert_true (json_object_get_boolean_member (object, "dry_run"));
  g_assert_cmpint (json_object_get_int_member (object, "rows"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "cells"), "fail"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "unmatched_names")), ==, 3);
  g_clear_pointer (&object, json_object_unref);
  g_assert_cmpint (run (fixture, "info", fixture->study, "--json", NULL), ==, 0);
  object = read_json (fixture);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "recordings")), ==, 0);

  import_both (fixture);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, p, "--run", "m1", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->out, "Nothing changed"));
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, changed, "--run", "m1", NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "tonic: yes stands, the file has no"));
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, broken, "--run", "m2", NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "broken.csv"));
  g_assert_nonnull (strstr (fixture->err, "line 3"));
  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, p, "--blank", "yes", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "verify", fixture->study, NULL), ==, 0);
}

static void
test_metrics (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) published = NULL;
  g_auto (GStrv) lines = NULL;
  JsonObject *row, *scores;

  import_both (fixture);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--format", "csv", NULL), ==, 0);
  lines = g_strsplit (fixture->out, "\r\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "run,feature,accuracy,precision,recall,f1,positives,scored,left_out"));
  /* Of three, one is right, one is a false alarm, one failed where the reference is yes. */
  g_assert_true (g_str_has_prefix (lines[1], "m1,tonic,0.3333333333333333,0.5,0.5,0.5,2,3,0,1,1,default,Experts"));
  /* The reference of a and c is na: left out; nothing is positive, so recall and precision are empty. */
  g_assert_true (g_str_has_prefix (lines[2], "m1,verbal_responsiveness,1,,,,0,1,2,"));
  g_assert_cmpstr (lines[3], ==, "");

  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--json", "--run", "m1", NULL), ==, 0);
  object = read_json (fixture);
  g_assert_cmpstr (json_object_get_string_member (object, "policy"), ==, "default");
  row = json_array_get_object_element (json_object_get_array_member (object, "rows"), 1);
  g_assert_true (json_object_get_null_member (row, "precision"));
  /* A number that is not there says why, also in JSON. */
  scores = json_object_get_object_member (row, "scores");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (scores, "precision"), "missing"), ==,
                   "never_said");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (scores, "mcc"), "missing"), ==, "no_positives");
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--format", "json", "--policy", "published", NULL), ==, 0);
  published = read_json (fixture);
  g_assert_cmpstr (json_object_get_string_member (published, "policy"), ==, "published");
  row = json_array_get_object_element (json_object_get_array_member (published, "rows"), 0);
  g_assert_cmpint (json_object_get_int_member (row, "scored"), ==, 2);
  g_assert_cmpfloat (json_object_get_double_member (row, "recall"), ==, 1);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->out, "0.333"));
  g_assert_nonnull (strstr (fixture->out, "default"));
  /* Of three patients there are no draws, so no seed either, and it says why. */
  g_assert_nonnull (strstr (fixture->out, "needs four patients"));
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--run", "m9", NULL), ==, 1);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--primary", "tonic", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "metrics", fixture->study, "--resamples", "-1", NULL), ==, 2);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *ratings = NULL;

  import_both (fixture);
  g_assert_cmpint (run (fixture, "export", fixture->study, "predictions", out, NULL), ==, 0);
  g_assert_true (g_file_get_contents (out, &text, NULL, NULL));
  /* A formula is defused, and names of files do not leave. */
  g_assert_nonnull (strstr (text, "\"'=SUM(A1), \"\"right\"\" arm\""));
  g_assert_null (strstr (text, "a.mp4"));
  /* What was written is read again as the same cells. */
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, out, "--run", "m1", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->out, "Nothing changed"));
  g_assert_cmpint (run (fixture, "export", fixture->study, "ratings", out, "--deidentified", "--json", NULL), ==, 0);
  g_assert_true (g_file_get_contents (out, &ratings, NULL, NULL));
  g_assert_true (g_str_has_prefix (ratings, "person,role,recording,event_type,run,model,enhancement,feature,segment,answer,"));
  g_assert_cmpint (run (fixture, "export", fixture->study, "ratings", "/nowhere/at/all.csv", NULL), ==, 1);
}

static void
assert_begins (const char *path, const char *begin)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, begin));
}

/* Numbers, figures, the report and the cases, each by its name's ending; refused with words where it says none. */
static void
test_export_results (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *what, *name, *begin;
  } files[] = {
    { "metrics", "m.csv", "run,feature,measure,value" }, { "metrics", "m.json", "{" },  { "metrics", "m.tex", "% Needs" },
    { "metrics", "m.html", "<!DOCTYPE html>" },          { "report", "r.pdf", "%PDF" }, { "case", "c.pdf", "%PDF" }
  };
  g_autofree char *folder = g_build_filename (fixture->folder, "figures", NULL);
  g_autofree char *forest = g_build_filename (folder, "f1-intervals.svg", NULL);
  g_autofree char *word = g_build_filename (fixture->folder, "m.docx", NULL);

  g_assert_cmpint (run (fixture, "export", fixture->study, "metrics", word, NULL), ==, 1);
  import_both (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *out = g_build_filename (fixture->folder, files[i].name, NULL);

      g_assert_cmpint (run (fixture, "export", fixture->study, files[i].what, out, "--deidentified", NULL), ==, 0);
      assert_begins (out, files[i].begin);
    }
  g_assert_cmpint (run (fixture, "export", fixture->study, "figures", folder, "--resamples", "100", NULL), ==, 0);
  assert_begins (forest, "<?xml");
  g_assert_cmpint (run (fixture, "export", fixture->study, "metrics", word, NULL), ==, 1);
  semio_test_cli_assert_err (fixture, "says no format");
  g_assert_cmpint (run (fixture, "export", fixture->study, "case", word, "--recording", "nobody", NULL), ==, 1);
  semio_test_cli_assert_err (fixture, "no recording “nobody”");
  g_assert_cmpint (run (fixture, "export", fixture->study, "report", word, "--recording", "R001", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "export", fixture->study, "report", word, "--policy", "kind", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "export", fixture->study, "report", word, "--resamples", "-1", NULL), ==, 2);
}

static void
test_media (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (semio_test_cli_get_clips (), "cfr.mp4", NULL);
  g_autofree char *text = g_build_filename (semio_test_cli_get_clips (), "text.mp4", NULL);
  g_autofree char *out = g_build_filename (fixture->folder, "f.png", NULL);
  g_autoptr (JsonObject) probed = NULL;
  g_autoptr (JsonObject) framed = NULL;
  g_autoptr (JsonObject) added = NULL;
  g_autofree char *png = NULL;
  gsize length;

  g_assert_cmpint (run (fixture, "probe", video, "--json", NULL), ==, 0);
  probed = read_json (fixture);
  g_assert_cmpint (json_object_get_int_member (probed, "frames"), ==, 240);
  g_assert_cmpstr (json_object_get_string_member (probed, "sound"), ==, "present");
  g_assert_cmpint (run (fixture, "probe", text, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "text.mp4"));
  g_assert_cmpint (run (fixture, "frame", video, "17", out, "--json", NULL), ==, 0);
  framed = read_json (fixture);
  g_assert_cmpint (json_object_get_int_member (framed, "frame"), ==, 17);
  g_assert_true (json_object_get_boolean_member (framed, "verified"));
  g_assert_true (g_file_get_contents (out, &png, &length, NULL));
  g_assert_cmpmem (png, 8, "\211PNG\r\n\032\n", 8);
  g_assert_cmpint (run (fixture, "frame", video, "240", out, NULL), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "239"));

  /* What is refused does not keep the rest out; the status tells of it. */
  g_assert_cmpint (run (fixture, "add", fixture->study, video, text, "--json", NULL), ==, 1);
  added = read_json (fixture);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (added, "files")), ==, 2);
  g_assert_nonnull (strstr (fixture->err, "text.mp4"));
  g_assert_cmpint (run (fixture, "add", fixture->study, video, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "info", fixture->study, NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->out, "320×240"));
  g_assert_cmpint (run (fixture, "add", fixture->study, video, "--patient", "(", NULL), ==, 1);
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.semio", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other.semio", NULL);
  g_autofree char *p = put (fixture, "p.csv", predictions);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) info = NULL;
  g_autoptr (JsonObject) verified = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->study, &text, &length, NULL));
  g_assert_true (g_file_set_contents (copy, text, (gssize) length, NULL));
  g_assert_cmpint (run (fixture, "import", "predictions", copy, p, "--run", "m1", "--create", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "merge", fixture->study, copy, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "merge", fixture->study, copy, "--json", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "info", fixture->study, "--json", NULL), ==, 0);
  info = read_json (fixture);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (info, "recordings")), ==, 3);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (info, "runs")), ==, 1);
  g_assert_cmpint (run (fixture, "verify", fixture->study, "--json", NULL), ==, 0);
  verified = read_json (fixture);
  g_assert_true (json_object_get_boolean_member (verified, "good"));
  g_assert_cmpint (run (fixture, "new", other, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "merge", fixture->study, other, NULL), ==, 1);
}

/* The three headlines of the publication, by the features that make them. */
static void
test_published (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *member;
    int count, of;
  } headlines[] = {
    { "better_than_baselines", 13, 18 },
    { "better_without_enhancement", 11, 18 },
    { "enhancement_helps", 10, 20 },
  };
  g_autoptr (JsonObject) published = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (run (fixture, "published", "--json", NULL), ==, 0);
  published = read_json (fixture);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (published, "rows")), ==, 114);
  for (guint i = 0; i < G_N_ELEMENTS (headlines); i++)
    {
      JsonObject *one = json_object_get_object_member (published, headlines[i].member);

      g_assert_cmpint (json_object_get_int_member (one, "count"), ==, headlines[i].count);
      g_assert_cmpint (json_object_get_int_member (one, "of"), ==, headlines[i].of);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (one, "features")), ==, headlines[i].count);
    }
  g_assert_cmpint (run (fixture, "published", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->out, "13 of the 18"));
  g_assert_nonnull (strstr (fixture->out, "11 of 18"));
  g_assert_nonnull (strstr (fixture->out, "10 of the 20"));
  g_assert_cmpint (run (fixture, "published", "--format", "csv", NULL), ==, 0);
  lines = g_strsplit (fixture->out, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 116);
  g_assert_cmpint (run (fixture, "published", "--format", "xml", NULL), ==, 2);
}

#define ADD(path, locale, func) g_test_add (path, Fixture, locale, semio_test_cli_set_up, func, semio_test_cli_tear_down)

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  semio_test_cli_init (argc, argv);
  ADD ("/cli/wrong-use", NULL, test_wrong_use);
  ADD ("/cli/manual", NULL, test_manual);
  ADD ("/cli/full", NULL, test_full);
  ADD ("/cli/wrong-files", NULL, test_wrong_files);
  ADD ("/cli/backup", NULL, test_backup);
  ADD ("/cli/import", NULL, test_import);
  ADD ("/cli/metrics", NULL, test_metrics);
  ADD ("/cli/published", NULL, test_published);
  ADD ("/cli/export", NULL, test_export);
  ADD ("/cli/export-results", NULL, test_export_results);
  ADD ("/cli/media", NULL, test_media);
  ADD ("/cli/merge", NULL, test_merge);
  /* Where the machine does not have this locale the program falls back to C, and the test says nothing more. */
  ADD ("/cli/de/metrics", "de_DE.UTF-8", test_metrics);
  ADD ("/cli/de/export", "de_DE.UTF-8", test_export);
  status = semio_test_home_run ();
  semio_test_cli_clear ();
  return status;
}

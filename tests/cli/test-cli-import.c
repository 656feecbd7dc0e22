/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing with the real program: previews, refusals, and what is wrong with a file. */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "semio-test-cli.h"
#include "semio-test-home.h"

#define run semio_test_cli_run
#define put semio_test_cli_put
#define read_json semio_test_cli_read_json
#define assert_err semio_test_cli_assert_err
#define assert_out semio_test_cli_assert_out

#define HUGE_BYTES (1024 * 1024 + 1)

static const char first[] = "file_name,tonic,verbal_responsiveness,hair\na.mp4,yes,,x\nb.mp4,no,no,\n";

static void
import_first (Fixture *fixture)
{
  g_autofree char *path = put (fixture, "first.csv", first);

  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--model", "M", NULL), ==, 1);
  assert_out (fixture, "Names that match no recording:");
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--model", "M", "--create", NULL),
                   ==, 0);
  assert_out (fixture, "Names without a recording, each of which gets one:");
}

static guint
count (JsonObject *object, const char *member)
{
  return json_array_get_length (json_object_get_array_member (object, member));
}

/* Hundreds of names are counted for a person, and listed for a program. */
static void
test_many_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("file_name,tonic\n");
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) object = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "n%u.mp4,yes\n", i);
  path = put (fixture, "many.csv", text->str);
  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, path, "--dry-run", "--create", NULL), ==, 0);
  assert_out (fixture, "and 50 more");
  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, path, "--dry-run", "--create", "--json", NULL), ==, 0);
  object = read_json (fixture);
  g_assert_cmpuint (count (object, "unmatched_names"), ==, 100);
}

/* It stands back behind a window on the same machine. A pipe that nobody fills holds it while its priority is read. */
static void
test_priority (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe.csv", NULL);
  g_autoptr (GSubprocess) import = NULL;
  int priority = 0;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  import = semio_test_cli_spawn (fixture, "import", "reference", fixture->study, pipe, NULL);
  while (priority < 10 && g_subprocess_get_identifier (import) != NULL)
    {
      errno = 0;
      priority = getpriority (PRIO_PROCESS, (id_t) g_ascii_strtoull (g_subprocess_get_identifier (import), NULL, 10));
      g_assert_cmpint (errno, ==, 0);
      g_usleep (1000);
    }
  g_subprocess_force_exit (import);
  g_assert_true (g_subprocess_wait (import, NULL, NULL));
  g_assert_cmpint (priority, >=, 10);
}

/* What would not be imported is previewed in full, with the reason; nothing is written. */
static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = put (fixture, "p.csv", "file_name,tonic,verbal_responsiveness,hair\na.mp4,no,no,x\nz.mp4,yes,,\n");
  g_autoptr (JsonObject) open = NULL;
  g_autoptr (JsonObject) differing = NULL;
  g_autoptr (JsonObject) refused = NULL;
  g_autoptr (JsonObject) info = NULL;
  JsonObject *cell;

  import_first (fixture);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--dry-run", "--json", NULL), ==,
                   1);
  assert_err (fixture, "z.mp4");
  open = read_json (fixture);
  g_assert_true (json_object_get_boolean_member (open, "dry_run"));
  g_assert_false (json_object_get_boolean_member (open, "would_import"));
  g_assert_nonnull (strstr (json_object_get_string_member (open, "reason"), "matches no recording"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (open, "unmatched_names"), 0), ==, "z.mp4");
  g_assert_nonnull (
      strstr (json_array_get_string_element (json_object_get_array_member (open, "unmatched_recordings"), 0), "b.mp4"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (open, "unknown_columns"), 0), ==, "hair");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (open, "cells"), "missing"), ==, 1);
  /* The cells of the names that match are compared all the same. */
  g_assert_cmpint (json_object_get_int_member (open, "differing_cells"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (open, "new_cells"), ==, 1);

  g_assert_cmpint (
      run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--dry-run", "--create", "--json", NULL), ==,
      1);
  differing = read_json (fixture);
  g_assert_false (json_object_get_boolean_member (differing, "would_import"));
  g_assert_nonnull (strstr (json_object_get_string_member (differing, "reason"), "tonic: yes stands, the file has no"));
  g_assert_cmpuint (count (differing, "differing"), ==, 1);
  cell = json_array_get_object_element (json_object_get_array_member (differing, "differing"), 0);
  g_assert_cmpstr (json_object_get_string_member (cell, "feature"), ==, "tonic");
  g_assert_cmpstr (json_object_get_string_member (cell, "segment"), ==, "whole");
  g_assert_cmpstr (json_object_get_string_member (cell, "stands"), ==, "yes");
  g_assert_cmpstr (json_object_get_string_member (cell, "brought"), ==, "no");
  g_assert_cmpstr (json_object_get_string_member (cell, "differs"), ==, "answer");

  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--json", NULL), ==, 1);
  refused = read_json (fixture);
  g_assert_false (json_object_get_boolean_member (refused, "imported"));
  g_assert_cmpint (run (fixture, "info", fixture->study, "--json", NULL), ==, 0);
  info = read_json (fixture);
  g_assert_cmpuint (count (info, "recordings"), ==, 2);
}

/* A run is of one model: another one given for it is refused, the same one is not. */
static void
test_other_model (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = put (fixture, "more.csv", "file_name,clonic\na.mp4,no\n");

  import_first (fixture);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--model", "Other", NULL), ==, 1);
  assert_err (fixture, "The run “m1”");
  assert_err (fixture, "the model “M”, not “Other”");
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--enhancement", "crop", NULL), ==,
                   1);
  assert_err (fixture, "the enhancement “none”, not “crop”");
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--model", "M", NULL), ==, 0);
  assert_out (fixture, "Imported 1 cell into the run “m1”");
}

/* What a blank cell means is said by column, over what is said for all. */
static void
test_column_blank (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = put (fixture, "r.csv", "file_name,tonic,Clonic,verbal_responsiveness\na.mp4,,,\nb.mp4,yes,no,\n");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) labels = NULL;
  JsonObject *column;

  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, path, "--create", "--blank", "no", "--blank-column",
                        "verbal_responsiveness=na", "--blank-column", "clonic=missing", "--json", NULL),
                   ==, 0);
  object = read_json (fixture);
  labels = json_object_ref (json_object_get_object_member (object, "cells"));
  g_assert_cmpint (json_object_get_int_member (labels, "no"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (labels, "na"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (labels, "missing"), ==, 1);
  column = json_array_get_object_element (json_object_get_array_member (object, "columns"), 3);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (column, "written"), "na"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (column, "blank"), "cells"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (column, "blank"), "means"), ==, "na");
  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, path, "--blank-column", "hair=no", NULL), ==, 1);
  assert_err (fixture, "hair");
  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, path, "--blank-column", "tonic", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "import", "reference", fixture->study, path, "--blank-column", "tonic=yes", NULL), ==, 2);
  assert_err (fixture, "--blank-column");
}

/* Each file is refused whole, with file, line, column and what to do. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *command;
    const char *text;
    gsize length; /* 0: up to its NUL */
    const char *place;
    const char *what;
  } twins[] = {
    { "predictions", "file_name,tonic\na.mp4,\"yes\nb.mp4,no\n", 0, "line 2, column 2", "does not end" },
    { "predictions", "file_name,tonic\na.mp4,ye\"s\n", 0, "line 2, column 2", "a quote stands inside a cell" },
    { "predictions", "file_name,tonic\na.mp4,\"yes\" x\n", 0, "line 2, column 2", "after the closing quote" },
    { "predictions", "file_name,tonic\na.mp4,yes\nb.mp4,no,no\n", 0, "line 3, column 3",
      "the row has 3 cells, the header has 2" },
    { "predictions", "file_name,tonic\na.mp4,yes\nb.mp4\n", 0, "line 3, column 2", "the row has 1 cell, the header has 2" },
    { "predictions", "file_name,tonic\na.mp4,yes\nb.mp4,perhaps\n", 0, "line 3, column 2", "“perhaps” is no answer" },
    { "predictions", "file_name,tonic\na.mp4,yes\nA.m2t,no\n", 0, "line 3, column 1", "line 2" },
    { "predictions", "file_name,tonic\n,yes\n", 0, "line 2, column 1", "file name is missing" },
    { "predictions", "file_name,tonic,Tonic \na.mp4,yes,no\n", 0, "line 1, column 3", "column 2" },
    { "predictions", "file_name,tonic\na.mp4,caf\xe9\n", 0, "line 2, column 2", "0xE9 is not UTF-8" },
    { "predictions", "file_name,tonic\na.mp4,y\0s\n", 26, "line 2, column 2", "NUL" },
    { "predictions",
      "\xff\xfe"
      "f\0i\0l\0e\0",
      10, "line 1, column 1", "UTF-16" },
    { "predictions", "", 0, "line 1, column 1", "the file is empty" },
    { "predictions", "file_name,tonic\n", 0, "line 1, column 1", "no rows" },
    { "predictions", "name,tonic\na.mp4,yes\n", 0, "line 1, column 1", "“file_name” is missing" },
    { "predictions", "file_name,dystonic\na.mp4,yes\n", 0, "line 1, column 1", "named after a feature" },
    { "predictions", "file_name;tonic;clonic\na.mp4;yes;\"no\"\n", 0, "line 1, column 1", "semicolons" },
    { "predictions", "\n\"file_name\"\t\"tonic\"\na.mp4\tyes\n", 0, "line 2, column 1", "tabs" },
    { "reference", "file_name,tonic,start_time\na.mp4,yes,0:10\nb.mp4,no,1:61\n", 0, "line 3, column 3", "“1:61” is no time" },
    { "reference", "file_name,tonic,label\na.mp4,yes,EEG\n", 0, "line 2, column 3", "no type of event" },
    { "reference", "file_name,tonic\na.mp4,fail\n", 0, "line 2, column 2", "“fail” is no label" },
    { "reference", "file_name,tonic\na_segment_1.mp4,yes\n", 0, "line 2, column 1", "is a segment" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (twins); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, "twin.csv", NULL);
      g_autofree char *place = g_strdup_printf ("semio: twin.csv, %s: ", twins[i].place);
      const gboolean is_run = g_str_equal (twins[i].command, "predictions");

      g_assert_true (g_file_set_contents (path, twins[i].text, twins[i].length > 0 ? (gssize) twins[i].length : -1, NULL));
      g_assert_cmpint (run (fixture, "import", twins[i].command, fixture->study, path, "--create", is_run ? "--run" : "--set",
                            "twin", "--json", NULL),
                       ==, 1);
      g_test_message ("%s", fixture->err);
      g_assert_true (g_str_has_prefix (fixture->err, place));
      assert_err (fixture, twins[i].what);
    }
  g_assert_cmpint (run (fixture, "info", fixture->study, NULL), ==, 0);
  assert_out (fixture, "0 recordings");
  assert_out (fixture, "0 runs");
}

static void
test_huge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("file_name,tonic,justification_for_tonic\na.mp4,yes,");
  g_autofree char *path = NULL;

  for (guint i = 0; i < HUGE_BYTES; i++)
    g_string_append_c (text, 'x');
  g_string_append_c (text, '\n');
  path = put (fixture, "huge.csv", text->str);
  g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m", "--create", NULL), ==, 1);
  assert_err (fixture, "huge.csv, line 2, column 3: the cell is longer than 1048576 bytes");
}

/* The name map has its own twins. */
static void
test_name_map (Fixture *fixture, gconstpointer data)
{
  static const char *const twins[][2] = {
    { "old;new\nx.mp4;a.mp4\n", "map.csv, line 1, column 1: the columns look separated by semicolons" },
    { "from,to\nx.mp4,a.mp4\n", "map.csv, line 1, column 1: a name map needs the columns" },
    { "old,new\nx.mp4,\n", "map.csv, line 2, column 2: the name is missing" },
    { "old,new\nx.mp4,a.mp4\nX.mp4,b.mp4\n", "map.csv, line 3, column 1: “x” stands for two names" },
  };
  g_autofree char *path = put (fixture, "named.csv", "file_name,clonic\nx.mp4,no\n");

  import_first (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (twins); i++)
    {
      g_autofree char *map = put (fixture, "map.csv", twins[i][0]);

      g_assert_cmpint (run (fixture, "import", "predictions", fixture->study, path, "--run", "m1", "--name-map", map, NULL), ==,
                       1);
      assert_err (fixture, twins[i][1]);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, semio_test_cli_set_up, func, semio_test_cli_tear_down)

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  semio_test_cli_init (argc, argv);
  ADD ("/cli/import/priority", test_priority);
  ADD ("/cli/import/preview", test_preview);
  ADD ("/cli/import/other-model", test_other_model);
  ADD ("/cli/import/many-names", test_many_names);
  ADD ("/cli/import/column-blank", test_column_blank);
  ADD ("/cli/import/broken", test_broken);
  ADD ("/cli/import/huge", test_huge);
  ADD ("/cli/import/name-map", test_name_map);
  status = semio_test_home_run ();
  semio_test_cli_clear ();
  return status;
}

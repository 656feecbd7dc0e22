/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The real program on an empty study in a folder of its own. */
typedef struct {
  char *folder;
  char *study;
  char *locale; /* (nullable) */
  guint64 file_limit; /* bytes of any file it may write, as a full disk; 0: no limit */
  const char *out_path; /* (nullable): where standard output goes instead of into out */
  char *out; /* of the last call */
  char *err;
} Fixture;

/* Takes argv[1], the program, and argv[2], the program that makes the clips. To be called after semio_test_home_init(). */
void semio_test_cli_init (int argc, char **argv);
void semio_test_cli_clear (void);
const char *semio_test_cli_get_clips (void);

/* A launcher of the program's surroundings, and the call of the program with arguments after it. */
GSubprocess *semio_test_cli_spawn (Fixture *fixture, ...) G_GNUC_NULL_TERMINATED;
/* Runs it to its end. Gives the exit status. */
int semio_test_cli_run (Fixture *fixture, ...) G_GNUC_NULL_TERMINATED;
/* The last call's JSON; its schema is checked. */
JsonObject *semio_test_cli_read_json (Fixture *fixture);
char *semio_test_cli_put (Fixture *fixture, const char *name, const char *text);
/* The last call's standard error has the text, or its output has. */
void semio_test_cli_assert_err (Fixture *fixture, const char *text);
void semio_test_cli_assert_out (Fixture *fixture, const char *text);

/* data (nullable): locale. */
void semio_test_cli_set_up (Fixture *fixture, gconstpointer data);
void semio_test_cli_tear_down (Fixture *fixture, gconstpointer data);

G_END_DECLS

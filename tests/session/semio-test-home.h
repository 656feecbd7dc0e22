/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives the test a home of its own and starts the test framework, which does the same but never frees what it needs for
 * it. To be called first. */
void semio_test_home_init (int *argc, char ***argv);
/* Runs the tests and takes the home away. */
int semio_test_home_run (void);
void semio_test_home_remove_tree (const char *path);

/* The folder of the test clips, made by a process of its own: program makes them. Free with g_free(). */
char *semio_test_home_make_clips (const char *program);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A random pseudonym that is not in taken (a set of strings): prefix and digits, more of them as they run out. Random,
 * because a number in the order of adding, or a piece of the file's name, can give away who it is. It is put into
 * taken and given to the caller. */
char *semio_pseudonym_new (const char *prefix, guint n_digits, GHashTable *taken);
char *semio_pseudonym_new_for_recording (GHashTable *taken);
char *semio_pseudonym_new_for_patient (GHashTable *taken);

/* The patient that a file's name tells of: the first group of the pattern in the base name. NULL when it does not
 * match or the group is empty; an error when the pattern is no regular expression. pattern NULL: "^([^@]+)@". */
char *semio_pseudonym_read_patient (const char *file_name, const char *pattern, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The patient that a file's name tells of: the first group of the pattern in the base name. NULL without error when it
 * does not match or the group is empty; an error when the pattern is no regular expression with a group.
 * pattern NULL: "^([^@]+)@". */
char *semio_patient_name_read (const char *file_name, const char *pattern, GError **error);

G_END_DECLS

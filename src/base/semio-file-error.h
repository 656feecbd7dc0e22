/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a file could not be read or written, as a sentence that says what, where and what to do. code: an errno. Both look at
 * the folder to tell a misspelt file from a misspelt folder. Free with g_free(). */
char *semio_file_error_describe_read (const char *path, int code);
char *semio_file_error_describe_write (const char *path, int code);

/* Puts such a sentence in place of GIO's words when the error is of G_IO_ERROR and about the file itself; others stay. */
void semio_file_error_explain_read (GError **error, GFile *file);
void semio_file_error_explain_write (GError **error, GFile *file);

G_END_DECLS

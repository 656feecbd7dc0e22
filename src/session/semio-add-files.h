/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One file that is to be added. */
typedef struct {
  GFile *file;
  char *name; /* base name, for people */
  char *stem; /* by which it is joined to a name */
  gint64 size_bytes;
  gboolean is_twin; /* another file of the same adding, of another size, has the same stem */
} SemioAddFile;

void semio_add_file_free (SemioAddFile *file);

/* The files of files and folders: folders are searched through, hidden files and what no video is named like left out;
 * a file named by itself always stands. Blocks. Array of #SemioAddFile. */
GPtrArray *semio_add_files_expand (GPtrArray *files, GCancellable *cancellable);

G_END_DECLS

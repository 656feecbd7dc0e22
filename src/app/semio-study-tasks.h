/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-import.h"
#include "semio-results-export.h"
#include "semio-window.h"

G_BEGIN_DECLS

/* What takes time on the study of a window: each runs with a progress dialog, can be cancelled, and tells what came of it. */

/* Adds videos, and those of folders (array of #GFile). */
void semio_study_tasks_add (SemioWindow *window, GPtrArray *files);
/* Looks for missing videos in a folder. */
void semio_study_tasks_locate (SemioWindow *window, GFile *folder);
/* Reads a table and shows the import dialog on it. */
void semio_study_tasks_import (SemioWindow *window, SemioImportKind kind, GFile *file);
/* what: "ratings" or "predictions". */
void semio_study_tasks_export (SemioWindow *window, const char *what, GFile *out);
/* All of the results of a choice, which is copied. */
void semio_study_tasks_export_results (SemioWindow *window, const SemioResultsChoice *choice, SemioResultsExport what, GFile *out,
                                       gboolean deidentified);
/* A report on each recording. */
void semio_study_tasks_write_cases (SemioWindow *window, GFile *out, gboolean deidentified);
/* A whole copy of the study in a new file; the window stays with its own. */
void semio_study_tasks_save_copy (SemioWindow *window, GFile *target);
void semio_study_tasks_merge (SemioWindow *window, GFile *other);
void semio_study_tasks_verify (SemioWindow *window);
/* Makes the demonstration study on first use, and opens it. */
void semio_study_tasks_make_demonstration (SemioWindow *window);

G_END_DECLS

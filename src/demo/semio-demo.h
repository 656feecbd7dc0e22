/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-progress.h"

G_BEGIN_DECLS

/* The study's name inside the folder. */
#define SEMIO_DEMO_STUDY_NAME "Demonstration.semio"
/* What the runs of sample answers are called wherever they show; untranslated, as it stands in the study. */
#define SEMIO_DEMO_NOTICE "sample answers, written for the demonstration; not a model"

/* Makes the demonstration study: draws nine recordings into the folder, which is created when it is not there, and beside
 * them Demonstration.semio with reference labels, event times and two runs of sample answers. Nothing is overwritten when a
 * study stands there already (G_IO_ERROR_EXISTS). Takes about half a minute on two cores. */
void semio_demo_make_async (GFile *folder, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
/* The study's file. */
GFile *semio_demo_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-predict.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_LIST (semio_run_list_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunList, semio_run_list, SEMIO, RUN_LIST, AdwBin)

/**
 * SemioRunList:
 *
 * The runs of a study, the newest above, each with its state and how far it is.
 *
 * Signals: "chosen" (another run is, or none; also when the list was filled), "opened" (a person wants to see the chosen one).
 */

/* Gives what works at a run (nullable), not owned. */
typedef SemioPredict *(*SemioRunListFind) (const char *name, gpointer user_data);

GtkWidget *semio_run_list_new (SemioRunListFind find, gpointer user_data);
/* study: (nullable) */
void semio_run_list_set_study (SemioRunList *self, SemioStudy *study);
/* Shows the study's runs as they are now and asks for how far each is. */
void semio_run_list_refresh (SemioRunList *self, gboolean with_archived);
/* Chooses a run by its name, as soon as it is in the list. */
void semio_run_list_choose (SemioRunList *self, const char *name);
/* Asks again what works at a run. */
void semio_run_list_update_predict (SemioRunList *self, const char *name);
/* (nullable) (transfer none) */
SemioRun *semio_run_list_get_chosen (SemioRunList *self);
/* Puts the focus on the chosen run. */
void semio_run_list_focus (SemioRunList *self);

G_END_DECLS

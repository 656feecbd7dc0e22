/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"

G_BEGIN_DECLS

/* Which recordings a run is over, for going on with it: kept in the settings of this machine by study and name of the run. */

/* NULL: all of the study. ids: of gint64. */
void semio_run_choice_keep (GSettings *settings, SemioStudy *study, const char *run, GArray *ids);
/* (nullable) (transfer full): NULL for all of the study. */
GArray *semio_run_choice_find (GSettings *settings, SemioStudy *study, const char *run);

G_END_DECLS

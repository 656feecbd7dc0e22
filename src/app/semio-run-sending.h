/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-consent-need.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_SENDING (semio_run_sending_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunSending, semio_run_sending, SEMIO, RUN_SENDING, AdwBin)

/**
 * SemioRunSending:
 *
 * What a run would send, to whom, of how many patients; and who agrees to it, where that is not known yet.
 *
 * Signals: "changed" (semio_run_sending_is_agreed() may be another), "choose-person".
 */
GtkWidget *semio_run_sending_new (void);
/* needs (element-type SemioConsentNeed): what nobody agreed to yet. person (nullable): who would agree. What was ticked is not. */
void semio_run_sending_show (SemioRunSending *self, const SemioRunConfig *config, const SemioEndpoint *endpoint,
                             const SemioPredictPlan *plan, GPtrArray *needs, const SemioPerson *person);
/* TRUE when all that was needed is ticked, by a person who is known. */
gboolean semio_run_sending_is_agreed (SemioRunSending *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-consent.h"
#include "semio-endpoint.h"
#include "semio-predict-plan.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* What must be agreed to before anything of a study goes to a host. Plain memory. */
typedef struct {
  char *host; /* as SemioBaseUrl has it */
  gboolean is_plain; /* http to another machine: anyone on the way can read it */
  SemioConsentWhat what;
} SemioConsentNeed;

void semio_consent_need_free (SemioConsentNeed *need);

/* What a run sends, by its configuration. */
SemioConsentWhat semio_consent_need_what (const SemioRunConfig *config, SemioFeatureSet *features);

/* Hosts of an endpoint for which no consent stands that covers all of it. Array of #SemioConsentNeed, empty when nothing is
 * lacking. This machine needs none. */
void semio_consent_need_list_async (SemioStudy *study, const SemioEndpoint *endpoint, SemioConsentWhat what,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *semio_consent_need_list_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* Keeps that the chosen person (or whoever runs the command line) agreed, with what was named to them. */
void semio_consent_need_agree_async (SemioStudy *study, const SemioConsentNeed *need, const SemioPredictPlan *plan,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_consent_need_agree_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* What a person agrees to, one sentence a line: the host, what goes out and of how many patients, that faces and voices
 * identify people, what plain http means, that a server may pass on what it gets. */
char *semio_consent_need_describe (const SemioConsentNeed *need, const SemioPredictPlan *plan);

G_END_DECLS

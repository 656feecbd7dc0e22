/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-endpoint.h"
#include "semio-run-config.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* endpoints (nullable, element-type SemioEndpoint): the servers that are kept. */

/* The server of a run among those that are kept; else one made of the run's own addresses. Free with semio_endpoint_free(). */
SemioEndpoint *semio_run_server_find (GPtrArray *endpoints, const SemioRunConfig *config);
/* (nullable): a run that was imported has none. What its server does not take is not asked for. */
SemioRunConfig *semio_run_server_read_config (const SemioRun *run, GPtrArray *endpoints);
/* Of the whole run, over all recordings of the study. */
guint semio_run_server_count_questions (SemioStudy *study, const SemioRun *run, GPtrArray *endpoints);

G_END_DECLS

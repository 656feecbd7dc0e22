/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-run-config.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_PROTOCOL (semio_run_protocol_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunProtocol, semio_run_protocol, SEMIO, RUN_PROTOCOL, AdwExpanderRow)

/**
 * SemioRunProtocol:
 *
 * Every value of the protocol of a run, each beside the one of the publication.
 *
 * Signal "changed": a value is another.
 */
GtkWidget *semio_run_protocol_new (void);
/* Shows the values of a configuration; defaults tells those of the publication. */
void semio_run_protocol_show (SemioRunProtocol *self, const SemioRunConfig *config, const SemioRunConfig *defaults);
/* Writes what is shown into a configuration. */
void semio_run_protocol_apply (SemioRunProtocol *self, SemioRunConfig *config);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-run-config.h"

G_BEGIN_DECLS

/* Whether every number is one that a run can have; the sentence names the member. */
gboolean semio_run_config_check_numbers (const SemioRunConfig *config, GError **error);

G_END_DECLS

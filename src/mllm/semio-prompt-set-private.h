/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "semio-prompt-set.h"

G_BEGIN_DECLS

#define SEMIO_PROMPT_SET_MAX_BYTES (4 * 1024 * 1024)

/* The set of a value that was parsed already, as a run's configuration holds one. */
SemioPromptSet *semio_prompt_set_read_node (JsonNode *node, GError **error);

G_END_DECLS

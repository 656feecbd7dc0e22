/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-prompt-set.h"

G_BEGIN_DECLS

/* Where the user's own prompt sets lie: "semioscope/prompts" in the user's data folder. It need not exist. */
GFile *semio_prompts_get_folder (void);
/* Those that come with the program, then the user's own. Array of #SemioPromptSet. Files that cannot be read are told in
 * problems (nullable). Blocks: a handful of small files. */
GPtrArray *semio_prompts_list (GPtrArray *problems);
/* By "id" (the newest version), "id@version", or the path of a file. SEMIO_SESSION_ERROR_NOT_FOUND names those there are. */
SemioPromptSet *semio_prompts_find (const char *name, GError **error);

G_END_DECLS

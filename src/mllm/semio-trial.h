/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-dialect.h"

G_BEGIN_DECLS

/* A small request with nothing of a patient in it, by which a server is tried out. Plain memory. */
typedef struct {
  const char *model; /* (nullable) */
  const char *question;
  GBytes *pictures[2]; /* (nullable): PNG */
  SemioSoundPart sound;
  gboolean with_schema;
  gboolean with_salt;
  guint max_tokens;
} SemioTrial;

GBytes *semio_trial_make_body (const SemioTrial *trial);
/* The text a model wrote; NULL when the body holds none. */
char *semio_trial_read_content (GBytes *body);
/* Ids of a list of models, and the context of the one asked about (nullable: of the first), -1 when not told. NULL when it is
 * no such list. */
char **semio_trial_read_models (GBytes *body, const char *model, gint64 *context_tokens);

G_END_DECLS

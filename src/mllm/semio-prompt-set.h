/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-feature-set.h"
#include "semio-question.h"
#include "semio-sha256.h"

G_BEGIN_DECLS

/**
 * SemioPromptSet:
 *
 * The words put to a model, read from a file of prompts/ or of the user's own folder (prompts/schema.json, docs/prompts.md).
 * Immutable, atomically reference counted. A changed one is a new version with a new hash.
 */
typedef struct _SemioPromptSet SemioPromptSet;

/* "default": observable. Array of #SemioPromptSet in the order they are shown: the three that come with the program. */
GPtrArray *semio_prompt_set_list_built_in (void);
/* Those of a folder, by name then version; a file that cannot be read gives a sentence in problems (nullable, array of
 * char *) and the others stand. Blocks: a handful of small files. */
GPtrArray *semio_prompt_set_list_folder (GFile *folder, GPtrArray *problems);
/* Errors name the member and what it should be. */
SemioPromptSet *semio_prompt_set_parse (const char *json, gssize length, GError **error);
SemioPromptSet *semio_prompt_set_ref (SemioPromptSet *set);
void semio_prompt_set_unref (SemioPromptSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPromptSet, semio_prompt_set_unref)

const char *semio_prompt_set_get_id (SemioPromptSet *set); /* "observable" */
const char *semio_prompt_set_get_name (SemioPromptSet *set);
guint semio_prompt_set_get_version (SemioPromptSet *set);
const char *semio_prompt_set_get_about (SemioPromptSet *set); /* for what it serves, in a sentence */
/* Canonical JSON, which a run keeps, and its SHA-256. */
const char *semio_prompt_set_get_json (SemioPromptSet *set);
SemioSha256 semio_prompt_set_get_hash (SemioPromptSet *set);
/* The system's words, and those that stand after the media and before every question. */
const char *semio_prompt_set_get_system (SemioPromptSet *set);
const char *semio_prompt_set_get_instructions (SemioPromptSet *set);
/* (nullable): NULL when the set does not ask this. feature is an id, NULL for a narrative. */
const char *semio_prompt_set_get_question (SemioPromptSet *set, SemioQuestionKind kind, const char *feature);
/* Whether its question on the feature lets "na" be an answer. */
gboolean semio_prompt_set_takes_na (SemioPromptSet *set, const char *feature);
/* Features of a study that it has no question for, as ids; NULL-terminated. */
char **semio_prompt_set_list_lacking (SemioPromptSet *set, SemioFeatureSet *features);

/* A new version with one text changed: kind and feature as above, or feature NULL with is_system / instructions by
 * member ("system", "instructions", "name", "about"). */
SemioPromptSet *semio_prompt_set_with_question (SemioPromptSet *set, SemioQuestionKind kind, const char *feature,
                                                const char *text, GError **error);
SemioPromptSet *semio_prompt_set_with_member (SemioPromptSet *set, const char *member, const char *text, GError **error);
/* The same words under an id and name of its own, version 1. */
SemioPromptSet *semio_prompt_set_copy_as (SemioPromptSet *set, const char *id, const char *name, GError **error);
/* Writes ID-VERSION.json beside the others, whole or not at all; never over a file with other words. Blocks. */
gboolean semio_prompt_set_save (SemioPromptSet *set, GFile *folder, GError **error);

G_END_DECLS

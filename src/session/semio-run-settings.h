/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-run-config.h"

G_BEGIN_DECLS

/* The name of the settings that are always there: the protocol of the publication. Never translated; shown in the user's
 * language by semio_run_settings_get_label(). */
#define SEMIO_RUN_SETTINGS_PUBLISHED "As published"

/* Where the settings that a user saved lie: "semioscope/settings" in the user's data folder. It need not exist. */
GFile *semio_run_settings_get_folder (void);
/* What was saved, in the order of the names: array of #SemioRunConfig whose names are those of the settings. Files that cannot
 * be read are told in problems (nullable, of char *). Blocks: a handful of small files. */
GPtrArray *semio_run_settings_list (GPtrArray *problems);
/* The settings of a name, or those as published over features. SEMIO_SESSION_ERROR_NOT_FOUND names those there are. */
SemioRunConfig *semio_run_settings_find (const char *name, SemioFeatureSet *features, GError **error);

/* Keeps settings under a name, cleaned; what stands under it is replaced when wished, otherwise
 * SEMIO_SESSION_ERROR_DUPLICATE. */
gboolean semio_run_settings_save (const SemioRunConfig *config, const char *name, gboolean replace, GError **error);
/* Errors as those of saving and finding; then all is as before. */
gboolean semio_run_settings_rename (const char *name, const char *new_name, GError **error);
gboolean semio_run_settings_delete (const char *name, GError **error);

/* As it will be kept: without what cannot be shown, at most 80 characters. Free with g_free(). */
char *semio_run_settings_clean_name (const char *name);
const char *semio_run_settings_get_label (const char *name);

G_END_DECLS

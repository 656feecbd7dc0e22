/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a configuration can be run, and how it cuts recordings. */
#include "semio-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-mllm-error.h"
#include "semio-run-config-private.h"
#include "semio-run-config.h"
#include "semio-segments.h"

#define MAX_TEMPERATURE 2.0

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[0] == '\0';
}

/* One feature: it is of the study, the set asks for it, and both mean the same answers. */
static gboolean
check_feature (const SemioRunConfig *config, SemioFeatureSet *features, const char *id, GError **error)
{
  int index = semio_feature_set_find (features, id);
  const SemioFeature *feature;

  if (index < 0)
    return refuse (error, _ ("The study has no feature “%.64s”. Choose among its own."), id);
  feature = semio_feature_set_get (features, (guint) index);
  if ((config->kinds & (1u << SEMIO_QUESTION_ANSWER))
      && semio_prompt_set_get_question (config->prompts, SEMIO_QUESTION_ANSWER, feature->id) == NULL)
    return refuse (error, _ ("The prompt set “%s” has no question on “%s”. Leave the feature out, or choose another set."),
                   semio_prompt_set_get_name (config->prompts), feature->label);
  if ((config->kinds & (1u << SEMIO_QUESTION_ONSET))
      && semio_prompt_set_get_question (config->prompts, SEMIO_QUESTION_ONSET, feature->id) == NULL)
    return refuse (error, _ ("The prompt set “%s” does not ask when “%s” begins. Leave the feature or the onset times out."),
                   semio_prompt_set_get_name (config->prompts), feature->label);
  if (semio_prompt_set_takes_na (config->prompts, feature->id) && !feature->takes_na)
    return refuse (error, _ ("The prompt set “%s” lets “na” be an answer on “%s”, which the study does not."),
                   semio_prompt_set_get_name (config->prompts), feature->label);
  return TRUE;
}

static gboolean
check_features (const SemioRunConfig *config, SemioFeatureSet *features, GError **error)
{
  guint feature_kinds = config->kinds & ~(1u << SEMIO_QUESTION_NARRATIVE);

  if (config->kinds == 0 || config->kinds >= (1u << SEMIO_N_QUESTION_KINDS))
    return refuse (error, _ ("The run asks nothing. Choose answers, onset times or a narrative."));
  if ((config->kinds & (1u << SEMIO_QUESTION_NARRATIVE))
      && semio_prompt_set_get_question (config->prompts, SEMIO_QUESTION_NARRATIVE, NULL) == NULL)
    return refuse (error, _ ("The prompt set “%s” does not ask for a narrative. Leave it out, or choose another set."),
                   semio_prompt_set_get_name (config->prompts));
  if (feature_kinds == 0)
    return TRUE;
  if (config->features == NULL || config->features[0] == NULL)
    return refuse (error, _ ("The run has no features. Choose at least one."));
  for (guint i = 0; config->features[i] != NULL; i++)
    {
      if (!check_feature (config, features, config->features[i], error))
        return FALSE;
      for (guint k = 0; k < i; k++)
        if (g_ascii_strcasecmp (config->features[k], config->features[i]) == 0)
          return refuse (error, _ ("The feature “%.64s” is chosen twice."), config->features[i]);
    }
  return TRUE;
}

/**
 * semio_run_config_check:
 * @config: a configuration
 * @features: the study's set
 * @error: return location for a #SemioMllmError whose sentence says what to mend
 *
 * The model may still be empty: a server with one model is asked for its name.
 *
 * Returns: whether it can be run
 */
gboolean
semio_run_config_check (const SemioRunConfig *config, SemioFeatureSet *features, GError **error)
{
  if (is_blank (config->name))
    return refuse (error, _ ("The run has no name. Give it one."));
  if (config->urls == NULL || config->urls[0] == NULL)
    return refuse (error, _ ("The run has no server. Give the address of one."));
  if (is_blank (config->enhancement))
    return refuse (error, _ ("The run has no enhancement. “none” is one."));
  if (config->prompts == NULL)
    return refuse (error, _ ("The run has no prompts. Choose a prompt set."));
  if (!isfinite (config->temperature) || config->temperature < 0 || config->temperature > MAX_TEMPERATURE)
    return refuse (error, _ ("The temperature must be from 0 to 2."));
  if (!semio_run_config_check_numbers (config, error))
    return FALSE;
  return check_features (config, features, error);
}

static SemioSegmentPlan
get_plan (const SemioRunConfig *config)
{
  return (SemioSegmentPlan){ config->segment_ns, config->step_ns };
}

guint
semio_run_config_count_segments (const SemioRunConfig *config, gint64 duration_ns)
{
  return semio_segment_plan_count (get_plan (config), duration_ns);
}

SemioSpan
semio_run_config_get_segment (const SemioRunConfig *config, guint segment, gint64 duration_ns)
{
  return semio_segment_plan_get_span (get_plan (config), segment, duration_ns);
}

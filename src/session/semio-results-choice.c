/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-private.h"

static GArray *
copy_array (GArray *array)
{
  return array != NULL ? g_array_copy (array) : NULL;
}

SemioResultsChoice
semio_results_choice_copy (const SemioResultsChoice *choice)
{
  SemioResultsChoice copy = *choice;

  copy.runs = copy_array (choice->runs);
  copy.groups = copy_array (choice->groups);
  copy.patients = copy_array (choice->patients);
  copy.persons = copy_array (choice->persons);
  return copy;
}

void
semio_results_choice_clear (SemioResultsChoice *choice)
{
  g_clear_pointer (&choice->runs, g_array_unref);
  g_clear_pointer (&choice->groups, g_array_unref);
  g_clear_pointer (&choice->patients, g_array_unref);
  g_clear_pointer (&choice->persons, g_array_unref);
}

static gboolean
has_id (const GArray *ids, gint64 id)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return ids == NULL;
}

gboolean
semio_results_choice_has_run (const SemioResultsChoice *choice, gint64 run_id)
{
  return has_id (choice->runs, run_id);
}

gboolean
semio_results_choice_has_feature (const SemioResultsChoice *choice, SemioFeatureSet *features, guint feature)
{
  const guint group = semio_feature_set_get (features, feature)->group;

  for (guint i = 0; choice->groups != NULL && i < choice->groups->len; i++)
    if (g_array_index (choice->groups, guint, i) == group)
      return TRUE;
  return choice->groups == NULL;
}

gboolean
semio_results_choice_has_recording (const SemioResultsChoice *choice, const SemioRecording *recording, guint event_type,
                                    SemioPatientGroup group)
{
  return has_id (choice->patients, recording->patient_id)
         && (choice->patient_group == SEMIO_PATIENT_GROUP_ALL || choice->patient_group == group)
         && (choice->event_types == 0 || (choice->event_types & (1u << event_type)) != 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-patient-group.h"

#include <glib/gi18n-lib.h>

enum { HAS_EPILEPTIC = 1, HAS_OTHER = 2 };

static const char *const ids[SEMIO_N_PATIENT_GROUPS] = { "all", "epileptic", "non-epileptic", "both", "unknown" };

const char *
semio_patient_group_to_id (SemioPatientGroup group)
{
  g_return_val_if_fail ((guint) group < SEMIO_N_PATIENT_GROUPS, NULL);

  return ids[group];
}

gboolean
semio_patient_group_from_id (const char *id, SemioPatientGroup *group)
{
  for (guint i = 0; i < SEMIO_N_PATIENT_GROUPS; i++)
    if (g_str_equal (ids[i], id))
      {
        *group = (SemioPatientGroup) i;
        return TRUE;
      }
  return FALSE;
}

const char *
semio_patient_group_get_label (SemioPatientGroup group)
{
  switch (group)
    {
    case SEMIO_PATIENT_GROUP_EPILEPTIC:
      return _ ("Patients with epileptic events only");
    case SEMIO_PATIENT_GROUP_OTHER:
      return _ ("Patients without epileptic events");
    case SEMIO_PATIENT_GROUP_BOTH:
      return _ ("Patients with both kinds of events");
    case SEMIO_PATIENT_GROUP_UNKNOWN:
      return _ ("Patients with events of no known type");
    case SEMIO_PATIENT_GROUP_ALL:
    default:
      return _ ("All patients");
    }
}

static SemioPatientGroup
get_group (guint has)
{
  static const SemioPatientGroup groups[] = { SEMIO_PATIENT_GROUP_UNKNOWN, SEMIO_PATIENT_GROUP_EPILEPTIC,
                                              SEMIO_PATIENT_GROUP_OTHER, SEMIO_PATIENT_GROUP_BOTH };

  return groups[has];
}

static guint
get_bit (guint8 type)
{
  return type == SEMIO_EVENT_TYPE_UNDETERMINED ? 0 : type == SEMIO_EVENT_TYPE_EPILEPTIC ? HAS_EPILEPTIC : HAS_OTHER;
}

SemioPatientGroup *
semio_patient_group_find (GPtrArray *recordings, const guint8 *types)
{
  SemioPatientGroup *groups = g_new0 (SemioPatientGroup, MAX (recordings->len, 1));
  g_autoptr (GHashTable) has = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < recordings->len; i++)
    {
      gint64 *patient_id = &((SemioRecording *) recordings->pdata[i])->patient_id;
      const guint before = GPOINTER_TO_UINT (g_hash_table_lookup (has, patient_id));

      if (*patient_id > 0)
        g_hash_table_insert (has, patient_id, GUINT_TO_POINTER (before | get_bit (types[i])));
    }
  for (guint i = 0; i < recordings->len; i++)
    {
      const gint64 *patient_id = &((SemioRecording *) recordings->pdata[i])->patient_id;

      groups[i] = get_group (*patient_id > 0 ? GPOINTER_TO_UINT (g_hash_table_lookup (has, patient_id)) : get_bit (types[i]));
    }
  return groups;
}

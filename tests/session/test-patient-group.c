/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patients by the types of all their events. */
#include "semio-patient-group.h"

static void
test_find (void)
{
  /* Patients 1: epileptic and unknown; 2: both kinds; 3: functional and another; 4: unknown; and two recordings of nobody. */
  static const struct {
    gint64 patient_id;
    SemioEventType type;
    SemioPatientGroup group;
  } rows[] = { { 1, SEMIO_EVENT_TYPE_EPILEPTIC, SEMIO_PATIENT_GROUP_EPILEPTIC },
               { 2, SEMIO_EVENT_TYPE_EPILEPTIC, SEMIO_PATIENT_GROUP_BOTH },
               { 3, SEMIO_EVENT_TYPE_FUNCTIONAL, SEMIO_PATIENT_GROUP_OTHER },
               { 0, SEMIO_EVENT_TYPE_EPILEPTIC, SEMIO_PATIENT_GROUP_EPILEPTIC },
               { 1, SEMIO_EVENT_TYPE_UNDETERMINED, SEMIO_PATIENT_GROUP_EPILEPTIC },
               { 2, SEMIO_EVENT_TYPE_NON_EPILEPTIC, SEMIO_PATIENT_GROUP_BOTH },
               { 0, SEMIO_EVENT_TYPE_UNDETERMINED, SEMIO_PATIENT_GROUP_UNKNOWN },
               { 3, SEMIO_EVENT_TYPE_OTHER_NON_EPILEPTIC, SEMIO_PATIENT_GROUP_OTHER },
               { 4, SEMIO_EVENT_TYPE_UNDETERMINED, SEMIO_PATIENT_GROUP_UNKNOWN } };
  g_autoptr (GPtrArray) recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  guint8 types[G_N_ELEMENTS (rows)];
  g_autofree SemioPatientGroup *groups = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SemioRecording *recording = semio_recording_new ();

      recording->patient_id = rows[i].patient_id;
      g_ptr_array_add (recordings, recording);
      types[i] = (guint8) rows[i].type;
    }
  groups = semio_patient_group_find (recordings, types);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (groups[i], ==, rows[i].group);
}

static void
test_ids (void)
{
  SemioPatientGroup group = SEMIO_PATIENT_GROUP_ALL;

  for (guint i = 0; i < SEMIO_N_PATIENT_GROUPS; i++)
    {
      const gboolean known = semio_patient_group_from_id (semio_patient_group_to_id ((SemioPatientGroup) i), &group);

      g_assert_true (known);
      g_assert_cmpint (group, ==, i);
    }
  g_assert_false (semio_patient_group_from_id ("adults", &group));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/patient-group/find", test_find);
  g_test_add_func ("/session/patient-group/ids", test_ids);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-event.h"
#include "semio-recording.h"

G_BEGIN_DECLS

/**
 * SemioPatientGroup:
 * @SEMIO_PATIENT_GROUP_ALL: everybody
 * @SEMIO_PATIENT_GROUP_EPILEPTIC: all events that have a type are epileptic
 * @SEMIO_PATIENT_GROUP_OTHER: none of them is
 * @SEMIO_PATIENT_GROUP_BOTH: some are and some are not
 * @SEMIO_PATIENT_GROUP_UNKNOWN: no event has a type
 *
 * Patients by what the reference set says of all their events. What a choice of event types leaves in is events; this is whole
 * patients, so that a functional event of somebody who has seizures too is not taken for that of somebody who has none.
 */
typedef enum {
  SEMIO_PATIENT_GROUP_ALL,
  SEMIO_PATIENT_GROUP_EPILEPTIC,
  SEMIO_PATIENT_GROUP_OTHER,
  SEMIO_PATIENT_GROUP_BOTH,
  SEMIO_PATIENT_GROUP_UNKNOWN,
} SemioPatientGroup;

#define SEMIO_N_PATIENT_GROUPS (SEMIO_PATIENT_GROUP_UNKNOWN + 1)

/* "all", "epileptic", "non-epileptic", "both", "unknown". */
const char *semio_patient_group_to_id (SemioPatientGroup group);
gboolean semio_patient_group_from_id (const char *id, SemioPatientGroup *group);
const char *semio_patient_group_get_label (SemioPatientGroup group);

/**
 * semio_patient_group_find:
 * @recordings: (element-type SemioRecording): all of the study; one without a patient stands for a patient of its own
 * @types: (array): the #SemioEventType of each
 *
 * Returns: (transfer full): the #SemioPatientGroup of each recording's patient, as many as recordings; g_free()
 */
SemioPatientGroup *semio_patient_group_find (GPtrArray *recordings, const guint8 *types);

G_END_DECLS

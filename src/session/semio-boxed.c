/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-boxed.h"

G_DEFINE_BOXED_TYPE (SemioRecording, semio_recording, semio_recording_ref, semio_recording_unref)
G_DEFINE_BOXED_TYPE (SemioPerson, semio_person, semio_person_ref, semio_person_unref)

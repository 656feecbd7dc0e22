/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-recording.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (SemioRecording, semio_recording, semio_recording_ref, semio_recording_unref)

SemioRecording *
semio_recording_new (void)
{
  SemioRecording *recording = g_new0 (SemioRecording, 1);

  g_atomic_ref_count_init (&recording->refs);
  return recording;
}

SemioRecording *
semio_recording_copy (const SemioRecording *recording)
{
  SemioRecording *copy = g_memdup2 (recording, sizeof *recording);

  g_atomic_ref_count_init (&copy->refs);
  copy->pseudonym = g_strdup (recording->pseudonym);
  copy->patient = g_strdup (recording->patient);
  copy->source_name = g_strdup (recording->source_name);
  return copy;
}

SemioRecording *
semio_recording_ref (SemioRecording *recording)
{
  g_atomic_ref_count_inc (&recording->refs);
  return recording;
}

void
semio_recording_unref (SemioRecording *recording)
{
  if (!g_atomic_ref_count_dec (&recording->refs))
    return;
  g_free (recording->pseudonym);
  g_free (recording->patient);
  g_free (recording->source_name);
  g_free (recording);
}

const char *
semio_warning_get_label (SemioWarnings warning)
{
  switch (warning)
    {
    case SEMIO_WARNING_VARIABLE_RATE:
      return _ ("The frame rate varies.");
    case SEMIO_WARNING_FRAGMENTED:
      return _ ("The file is fragmented.");
    case SEMIO_WARNING_NO_TIME_STAMPS:
      return _ ("The file has no reliable time stamps: times were worked out from its frames.");
    case SEMIO_WARNING_LATE_START:
      return _ ("The picture starts later than the file: times count from the first picture.");
    case SEMIO_WARNING_SOUND_SHORTER:
      return _ ("The sound is shorter than the picture.");
    case SEMIO_WARNING_NO_SOUND:
      return _ ("The recording has no sound track.");
    case SEMIO_WARNING_SILENT:
      return _ ("The sound track is silent.");
    case SEMIO_WARNING_LOW_RATE:
      return _ ("The frame rate is low: fast movements cannot be told.");
    case SEMIO_WARNING_INTERLACED:
      return _ ("The picture is interlaced: its combs can be taken away in the view.");
    default:
      g_return_val_if_reached ("");
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said in the recording, as a transcribing model wrote it, on a lane of its own. */
#include "semio-timeline-private.h"
#include "semio-transcribe.h"

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioTranscript) transcript = semio_transcript_load_finish (SEMIO_STUDY (source), result, &error);

  /* Another recording was opened, or the timeline is gone: what was read is of no use. */
  if (error != NULL || self->note_lanes[SEMIO_NOTE_LANE_SPEECH] == NULL)
    return;
  semio_note_lane_set_notes (SEMIO_NOTE_LANE (self->note_lanes[SEMIO_NOTE_LANE_SPEECH]),
                             semio_lane_review_build_speech (transcript));
}

/**
 * semio_timeline_load_speech:
 * @self: a timeline
 * @study: (nullable): the study the recording belongs to
 * @recording_id: which
 * @cancellable: (nullable): ends it
 *
 * Shows the newest transcript of a recording; the lane is hidden while there is none.
 */
void
semio_timeline_load_speech (SemioTimeline *self, SemioStudy *study, gint64 recording_id, GCancellable *cancellable)
{
  semio_note_lane_set_notes (SEMIO_NOTE_LANE (self->note_lanes[SEMIO_NOTE_LANE_SPEECH]), g_ptr_array_new ());
  if (study != NULL)
    semio_transcript_load_async (study, recording_id, cancellable, loaded_cb, g_object_ref (self));
}

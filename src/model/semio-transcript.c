/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-transcript.h"

static void
line_clear (gpointer data)
{
  SemioTranscriptLine *line = data;

  g_free (line->text);
}

SemioTranscript *
semio_transcript_new (const char *model)
{
  SemioTranscript *transcript = g_new0 (SemioTranscript, 1);

  transcript->model = g_strdup (model);
  transcript->lines = g_array_new (FALSE, FALSE, sizeof (SemioTranscriptLine));
  g_array_set_clear_func (transcript->lines, line_clear);
  return transcript;
}

void
semio_transcript_free (SemioTranscript *transcript)
{
  if (transcript == NULL)
    return;
  g_free (transcript->model);
  g_free (transcript->language);
  g_array_unref (transcript->lines);
  g_free (transcript);
}

void
semio_transcript_add (SemioTranscript *transcript, SemioSpan span, const char *text)
{
  SemioTranscriptLine line = { span, g_strdup (text) };

  g_array_append_val (transcript->lines, line);
}

char *
semio_transcript_to_text (const SemioTranscript *transcript, SemioSpan span)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < transcript->lines->len; i++)
    {
      const SemioTranscriptLine *line = &g_array_index (transcript->lines, SemioTranscriptLine, i);
      g_autofree char *begin = NULL;
      g_autofree char *end = NULL;

      if (!semio_span_overlaps (line->span, span))
        continue;
      begin = semio_time_format (line->span.begin_ns, 0);
      end = semio_time_format (line->span.end_ns, 0);
      /* A model reads this, so it stays in one language. */
      g_string_append_printf (text, "%s to %s: %s\n", begin, end, line->text);
    }
  return g_string_free (text, FALSE);
}

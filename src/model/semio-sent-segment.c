/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sent-segment.h"

SemioSentSegment *
semio_sent_segment_new (void)
{
  SemioSentSegment *sent = g_new0 (SemioSentSegment, 1);

  sent->pictures = g_array_new (FALSE, FALSE, sizeof (SemioSentPicture));
  return sent;
}

void
semio_sent_segment_free (SemioSentSegment *sent)
{
  if (sent == NULL)
    return;
  g_free (sent->group);
  g_free (sent->host);
  g_array_unref (sent->pictures);
  g_free (sent);
}

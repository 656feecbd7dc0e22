/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-event.h"

#include "semio-clock.h"

SemioRunEvent *
semio_run_event_new (SemioRunEventKind kind, const char *text)
{
  SemioRunEvent *event = g_new0 (SemioRunEvent, 1);

  event->utc_us = semio_clock_get_utc_us ();
  event->kind = kind;
  event->text = g_strdup (text);
  return event;
}

void
semio_run_event_free (SemioRunEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->text);
  g_free (event);
}

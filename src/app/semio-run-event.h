/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SEMIO_RUN_EVENT_NOTE, /* began, waits, ended */
  SEMIO_RUN_EVENT_REPAIRED, /* an answer */
  SEMIO_RUN_EVENT_FAILED, /* a question without a usable answer, or a recording that was left out */
  SEMIO_RUN_EVENT_STOPPED, /* the run, by an error */
} SemioRunEventKind;

/* A line of what happened in a run. */
typedef struct {
  gint64 utc_us;
  SemioRunEventKind kind;
  char *text; /* a sentence; plain text */
} SemioRunEvent;

/* Now. Free with semio_run_event_free(). */
SemioRunEvent *semio_run_event_new (SemioRunEventKind kind, const char *text);
void semio_run_event_free (SemioRunEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRunEvent, semio_run_event_free)

G_END_DECLS

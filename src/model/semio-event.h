/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-span.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_EVENT_TYPE_UNDETERMINED,
  SEMIO_EVENT_TYPE_EPILEPTIC,
  SEMIO_EVENT_TYPE_FUNCTIONAL,
  SEMIO_EVENT_TYPE_OTHER_NON_EPILEPTIC,
  SEMIO_EVENT_TYPE_NON_EPILEPTIC, /* a file's 0 or NES: which kind is not said */
} SemioEventType;

/* The seizure inside a recording as one reference set gives it. */
typedef struct {
  gint64 onset_ns; /* SEMIO_TIME_NONE unknown */
  gint64 offset_ns; /* SEMIO_TIME_NONE unknown */
  gint64 precision_ns; /* 1 s when read from M:SS, 0 exact */
  SemioEventType type;
} SemioEvent;

#define SEMIO_EVENT_INIT                                                                                                         \
  {                                                                                                                              \
    SEMIO_TIME_NONE, SEMIO_TIME_NONE, 0, SEMIO_EVENT_TYPE_UNDETERMINED                                                           \
  }

const char *semio_event_type_to_id (SemioEventType type);
/* "epileptic", … and the published files' 1, 0, ES, NES. */
gboolean semio_event_type_from_text (const char *text, SemioEventType *type);
const char *semio_event_type_get_label (SemioEventType type);
/* Takes over what part says and leaves the rest: several imports may each tell a part of one event. */
void semio_event_complete (SemioEvent *event, const SemioEvent *part);
/* FALSE when onset is unknown; an unknown offset becomes the end given. */
gboolean semio_event_get_span (const SemioEvent *event, gint64 duration_ns, SemioSpan *span);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-answer.h"
#include "semio-event.h"
#include "semio-person.h"
#include "semio-rating.h"

G_BEGIN_DECLS

/* One rating entry with what it is about, in words. Texts may be NULL; nothing is owned. */
typedef struct {
  const SemioRating *rating; /* score, reasons, marks, comment, visible, shares, seconds, time, current, withdrawn */
  const char *person; /* NULL in a de-identified copy, where person_number tells persons apart */
  guint person_number; /* from 1; 0 writes nothing */
  SemioRole role;
  const char *recording; /* pseudonym */
  SemioEventType event_type;
  const char *run;
  const char *model;
  const char *enhancement;
  const char *feature; /* id */
  int segment; /* SEMIO_SEGMENT_WHOLE for the whole recording; from 0 */
  SemioAnswer answer;
  SemioAnswer reference;
} SemioRatingLine;

/* CSV, a row per line, in the order given: person, role, recording, event_type, run, model, enhancement, feature, segment
 * ("whole" or a number from 1), answer, reference, score, percent, supports, cannot_judge, marks, comment, visible,
 * played_event, played_cited, seconds, utc, state (current, superseded, withdrawn). Marks and visible things are joined by
 * blanks; what is not known is empty. */
GBytes *semio_ratings_write (const SemioRatingLine *lines, guint n_lines);

G_END_DECLS

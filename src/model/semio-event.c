/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-event.h"

#include <glib/gi18n-lib.h>

typedef struct {
  SemioEventType type;
  const char *id;
  const char *label;
} EventTypeText;

static const EventTypeText texts[] = {
  { SEMIO_EVENT_TYPE_UNDETERMINED, "undetermined", N_ ("undetermined") },
  { SEMIO_EVENT_TYPE_EPILEPTIC, "epileptic", N_ ("epileptic") },
  { SEMIO_EVENT_TYPE_FUNCTIONAL, "functional", N_ ("functional (dissociative)") },
  { SEMIO_EVENT_TYPE_OTHER_NON_EPILEPTIC, "other_non_epileptic", N_ ("other non-epileptic") },
  { SEMIO_EVENT_TYPE_NON_EPILEPTIC, "non_epileptic", N_ ("non-epileptic") },
};

/* How published files write the type of an event. */
static const EventTypeText aliases[] = {
  { SEMIO_EVENT_TYPE_EPILEPTIC, "1", NULL },       { SEMIO_EVENT_TYPE_EPILEPTIC, "1.0", NULL },
  { SEMIO_EVENT_TYPE_EPILEPTIC, "es", NULL },      { SEMIO_EVENT_TYPE_NON_EPILEPTIC, "0", NULL },
  { SEMIO_EVENT_TYPE_NON_EPILEPTIC, "0.0", NULL }, { SEMIO_EVENT_TYPE_NON_EPILEPTIC, "nes", NULL },
};

const char *
semio_event_type_to_id (SemioEventType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (texts), "undetermined");

  return texts[type].id;
}

/**
 * semio_event_type_from_text:
 * @text: an id, or 1, 0, ES, NES as published files write it, in any case, blanks around it allowed
 * @type: (out): the type
 *
 * Returns: whether @text is a type
 */
gboolean
semio_event_type_from_text (const char *text, SemioEventType *type)
{
  g_autofree char *word = g_strstrip (g_ascii_strdown (text != NULL ? text : "", -1));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (word, texts[i].id))
      {
        *type = texts[i].type;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (word, aliases[i].id))
      {
        *type = aliases[i].type;
        return TRUE;
      }
  return FALSE;
}

const char *
semio_event_type_get_label (SemioEventType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (texts), "");

  return _ (texts[type].label);
}

/**
 * semio_event_get_span:
 * @event: (nullable): an event
 * @duration_ns: where an event without offset ends; 0 when that is not known either
 * @span: (out): the event's span
 *
 * An offset that does not lie after the onset, as with times in whole seconds, gives the shortest span the precision
 * can tell.
 *
 * Returns: %FALSE when the onset is unknown
 */
gboolean
semio_event_get_span (const SemioEvent *event, gint64 duration_ns, SemioSpan *span)
{
  if (event == NULL || event->onset_ns == SEMIO_TIME_NONE)
    return FALSE;
  span->begin_ns = event->onset_ns;
  if (event->offset_ns != SEMIO_TIME_NONE)
    span->end_ns = event->offset_ns;
  else
    span->end_ns = duration_ns > 0 ? duration_ns : G_MAXINT64;
  span->end_ns = MAX (span->end_ns, span->begin_ns + MAX (event->precision_ns, 1));
  return TRUE;
}

void
semio_event_complete (SemioEvent *event, const SemioEvent *part)
{
  if (part->onset_ns != SEMIO_TIME_NONE)
    event->onset_ns = part->onset_ns;
  if (part->offset_ns != SEMIO_TIME_NONE)
    event->offset_ns = part->offset_ns;
  if (part->onset_ns != SEMIO_TIME_NONE || part->offset_ns != SEMIO_TIME_NONE)
    event->precision_ns = MAX (event->precision_ns, part->precision_ns);
  /* "Not epileptic" says less than a kind of it. */
  if (part->type != SEMIO_EVENT_TYPE_UNDETERMINED
      && (part->type != SEMIO_EVENT_TYPE_NON_EPILEPTIC || event->type <= SEMIO_EVENT_TYPE_EPILEPTIC))
    event->type = part->type;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-finding-words.h"

#include <glib/gi18n-lib.h>

#include "semio-event.h"
#include "semio-segments.h"
#include "semio-span.h"

/* "1:04.5" */
static char *
format_time (gint64 time_ns)
{
  const gint64 tenths = (time_ns + SEMIO_NS_PER_SECOND / 20) / (SEMIO_NS_PER_SECOND / 10);

  return g_strdup_printf ("%d:%02d.%d", (int) (tenths / 600), (int) (tenths / 10 % 60), (int) (tenths % 10));
}

/* ", 0:12.0 to 0:20.0"; "" without a time. */
static char *
describe_interval (const SemioFinding *finding)
{
  g_autofree char *begin = NULL;
  g_autofree char *end = NULL;

  if (finding->begin_ns == SEMIO_TIME_NONE)
    return g_strdup ("");
  begin = format_time (finding->begin_ns);
  if (finding->end_ns == SEMIO_TIME_NONE)
    return g_strdup_printf (_ (", from %s"), begin);
  end = format_time (finding->end_ns);
  return g_strdup_printf (_ (", %s to %s"), begin, end);
}

static const char *
name_feature (const SemioFinding *finding, SemioFeatureSet *features)
{
  if (finding->feature == SEMIO_FEATURE_HEAD)
    return _ ("Head");
  if (finding->feature == SEMIO_FEATURE_ARM)
    return _ ("Arm");
  return finding->feature < semio_feature_set_get_n_features (features)
             ? semio_feature_set_get (features, finding->feature)->label
             : _ ("Whole event");
}

static const char *
name_side (const char *id)
{
  SemioSide side = SEMIO_SIDE_NONE;

  if (id == NULL || !semio_side_from_id (id, &side))
    return _ ("neither side");
  return side == SEMIO_SIDE_LEFT    ? _ ("left")
         : side == SEMIO_SIDE_RIGHT ? _ ("right")
         : side == SEMIO_SIDE_BOTH  ? _ ("both sides")
                                    : _ ("neither side");
}

/* Ids that the set knows by their labels, others as they are. */
static char *
describe_order (const char *ids, SemioFeatureSet *features)
{
  g_auto (GStrv) words = g_strsplit (ids, ",", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *id = g_strstrip (words[i]);
      const int feature = semio_feature_set_find (features, id);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              feature >= 0 ? semio_feature_set_get (features, (guint) feature)->label : id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_type (const char *text)
{
  SemioEventType type;

  return g_strdup (text != NULL && semio_event_type_from_text (text, &type) ? semio_event_type_get_label (type) : text);
}

/* The words, with the time that stands beside them. */
static char *
describe_words (const char *head, const SemioFinding *finding)
{
  g_autofree char *interval = describe_interval (finding);

  if (finding->failed)
    return g_strdup_printf (_ ("%s: no usable answer"), head);
  if (finding->text == NULL || *finding->text == '\0')
    return *interval != '\0' ? g_strdup_printf ("%s%s", head, interval) : NULL;
  return g_strdup_printf ("%s%s: %s", head, interval, finding->text);
}

char *
semio_finding_describe (const SemioFinding *finding, SemioFeatureSet *features)
{
  const char *feature = name_feature (finding, features);
  g_autofree char *interval = describe_interval (finding);
  g_autofree char *text = NULL;

  if (finding->failed && finding->kind != SEMIO_FINDING_ANSWER)
    return describe_words (finding->kind == SEMIO_FINDING_NARRATIVE ? _ ("Report") : feature, finding);
  switch (finding->kind)
    {
    case SEMIO_FINDING_NARRATIVE:
      return describe_words (_ ("Report"), finding);
    case SEMIO_FINDING_REGION:
      return describe_words (_ ("Begins in"), finding);
    case SEMIO_FINDING_ONSET:
      return finding->begin_ns != SEMIO_TIME_NONE ? g_strdup_printf (_ ("Onset of “%s”%s"), feature, interval) : NULL;
    case SEMIO_FINDING_SIDE:
      return g_strdup_printf ("%s: %s%s", feature, name_side (finding->text), interval);
    case SEMIO_FINDING_EVENT_TYPE:
      text = describe_type (finding->text);
      return text != NULL ? g_strdup_printf (_ ("Event type: %s"), text) : NULL;
    case SEMIO_FINDING_ORDER:
      text = finding->text != NULL && *finding->text != '\0' ? describe_order (finding->text, features) : NULL;
      return text != NULL ? g_strdup_printf (_ ("Order: %s"), text) : NULL;
    case SEMIO_FINDING_ANSWER:
    default:
      return describe_words (feature, finding);
    }
}

gboolean
semio_finding_is_free_text (const SemioFinding *finding)
{
  return finding->kind == SEMIO_FINDING_NARRATIVE || finding->kind == SEMIO_FINDING_REGION
         || finding->kind == SEMIO_FINDING_ANSWER;
}

/* The report, where it begins, sides, order, type; then what is of single features. */
static guint
get_rank (SemioFindingKind kind)
{
  static const SemioFindingKind order[] = { SEMIO_FINDING_NARRATIVE, SEMIO_FINDING_REGION,     SEMIO_FINDING_SIDE,
                                            SEMIO_FINDING_ORDER,     SEMIO_FINDING_EVENT_TYPE, SEMIO_FINDING_ANSWER,
                                            SEMIO_FINDING_ONSET };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i] == kind)
      return i;
  return G_N_ELEMENTS (order);
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const SemioFinding *one = a;
  const SemioFinding *other = b;
  const guint left = get_rank (one->kind);
  const guint right = get_rank (other->kind);

  if (left != right)
    return left < right ? -1 : 1;
  if (one->begin_ns != other->begin_ns)
    return one->begin_ns < other->begin_ns ? -1 : 1;
  return (one->feature > other->feature) - (one->feature < other->feature);
}

void
semio_findings_sort (GArray *findings)
{
  g_array_sort (findings, compare_findings);
}

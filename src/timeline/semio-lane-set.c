/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-lane-set.h"

#include <glib/gi18n-lib.h>

#include "semio-prediction.h"
#include "semio-segments.h"

static void
lane_run_free (SemioLaneRun *run)
{
  g_free (run->label);
  g_array_unref (run->answers);
  g_free (run);
}

static void
judgement_clear (gpointer judgement)
{
  g_free (((SemioLaneJudgement *) judgement)->word);
  g_free (((SemioLaneJudgement *) judgement)->text);
}

static void
lane_person_free (SemioLanePerson *person)
{
  g_free (person->label);
  g_free (person->sentence);
  g_array_unref (person->judgements);
  g_free (person);
}

static void
lane_free (SemioLane *lane)
{
  g_free (lane->label);
  g_ptr_array_unref (lane->runs);
  g_ptr_array_unref (lane->persons);
  g_free (lane);
}

/**
 * semio_lane_set_new:
 * @duration_ns: of the recording, 0 unknown
 * @event: (nullable): the event inside it
 * @reference: whether there is one and may be shown
 *
 * Returns: (transfer full): a set without lanes
 */
SemioLaneSet *
semio_lane_set_new (gint64 duration_ns, const SemioEvent *event, SemioLaneReference reference)
{
  static const SemioEvent unknown = SEMIO_EVENT_INIT;
  SemioLaneSet *set = g_new0 (SemioLaneSet, 1);

  g_atomic_ref_count_init (&set->refs);
  set->duration_ns = MAX (duration_ns, 0);
  set->event = event != NULL ? *event : unknown;
  set->reference = reference;
  set->groups = g_ptr_array_new_with_free_func (g_free);
  set->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_free);
  return set;
}

/**
 * semio_lane_set_ref:
 * @set: a set
 *
 * Returns: (transfer full): the same
 */
SemioLaneSet *
semio_lane_set_ref (SemioLaneSet *set)
{
  g_atomic_ref_count_inc (&set->refs);
  return set;
}

/**
 * semio_lane_set_unref:
 * @set: (transfer full): a set
 */
void
semio_lane_set_unref (SemioLaneSet *set)
{
  if (!g_atomic_ref_count_dec (&set->refs))
    return;
  g_ptr_array_unref (set->groups);
  g_ptr_array_unref (set->lanes);
  g_free (set);
}

/**
 * semio_lane_set_add_group:
 * @set: a set
 * @label: the heading
 *
 * Returns: the group's index
 */
guint
semio_lane_set_add_group (SemioLaneSet *set, const char *label)
{
  g_ptr_array_add (set->groups, g_strdup (label));
  return set->groups->len - 1;
}

/**
 * semio_lane_set_add_lane:
 * @set: a set
 * @group: index of a group; lanes of one group are added one after another
 * @feature: what the widget reports when the lane is chosen
 * @label: name of the feature
 *
 * Returns: (transfer none): the lane, owned by the set
 */
SemioLane *
semio_lane_set_add_lane (SemioLaneSet *set, guint group, guint feature, const char *label)
{
  SemioLane *lane;

  g_return_val_if_fail (group < set->groups->len, NULL);

  lane = g_new0 (SemioLane, 1);
  lane->group = group;
  lane->feature = feature;
  lane->label = g_strdup (label);
  lane->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_run_free);
  lane->persons = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_person_free);
  lane->reference = SEMIO_ANSWER_MISSING;
  lane->reference_begin_ns = SEMIO_TIME_NONE;
  lane->reference_end_ns = SEMIO_TIME_NONE;
  g_ptr_array_add (set->lanes, lane);
  return lane;
}

/**
 * semio_lane_add_run:
 * @lane: a lane
 * @run: what the widget reports when a cell of it is chosen
 * @label: "A", or the run's name
 * @joined: the answer for the whole recording
 *
 * Returns: (transfer none): the run, owned by the lane
 */
SemioLaneRun *
semio_lane_add_run (SemioLane *lane, guint run, const char *label, SemioAnswer joined)
{
  SemioLaneRun *added = g_new0 (SemioLaneRun, 1);

  added->run = run;
  added->label = g_strdup (label);
  added->joined = joined;
  added->answers = g_array_new (FALSE, FALSE, sizeof (SemioLaneAnswer));
  g_ptr_array_add (lane->runs, added);
  return added;
}

/**
 * semio_lane_run_add_answer:
 * @run: a run of a lane
 * @segment: from 0, or #SEMIO_SEGMENT_WHOLE
 * @span: the segment's; spans are added in order of their begin
 * @answer: the answer
 */
void
semio_lane_run_add_answer (SemioLaneRun *run, int segment, SemioSpan span, SemioAnswer answer)
{
  SemioLaneAnswer added = { segment, span, answer };

  g_array_append_val (run->answers, added);
}

/**
 * semio_lane_add_person:
 * @lane: a lane
 * @label: the person's name
 * @sentence: all that the person judged of it
 *
 * Only for what may be shown.
 *
 * Returns: (transfer none): the person, owned by the lane
 */
SemioLanePerson *
semio_lane_add_person (SemioLane *lane, const char *label, const char *sentence)
{
  SemioLanePerson *added = g_new0 (SemioLanePerson, 1);

  added->label = g_strdup (label);
  added->sentence = g_strdup (sentence);
  added->judgements = g_array_new (FALSE, FALSE, sizeof (SemioLaneJudgement));
  g_array_set_clear_func (added->judgements, judgement_clear);
  g_ptr_array_add (lane->persons, added);
  return added;
}

/**
 * semio_lane_person_add_judgement:
 * @person: a person of a lane
 * @span: what was judged stands there; spans are added in order and do not overlap
 * @word: what the cell says
 * @text: what is told of it
 */
void
semio_lane_person_add_judgement (SemioLanePerson *person, SemioSpan span, const char *word, const char *text)
{
  SemioLaneJudgement added = { span, g_strdup (word), g_strdup (text) };

  g_array_append_val (person->judgements, added);
}

/**
 * semio_lane_set_reference:
 * @lane: a lane
 * @answer: the reference's
 * @begin_ns: of its interval, #SEMIO_TIME_NONE unknown
 * @end_ns: of its interval, #SEMIO_TIME_NONE unknown
 *
 * Only for what may be shown: a hidden reference is not set at all.
 */
void
semio_lane_set_reference (SemioLane *lane, SemioAnswer answer, gint64 begin_ns, gint64 end_ns)
{
  lane->reference = answer;
  lane->reference_begin_ns = begin_ns;
  lane->reference_end_ns = end_ns;
}

/**
 * semio_lane_set_get_end_ns:
 * @set: a set
 *
 * A recording without media has no known duration, yet its answers and its event have times.
 *
 * Returns: where the recording ends for drawing
 */
gint64
semio_lane_set_get_end_ns (SemioLaneSet *set)
{
  gint64 end_ns = set->duration_ns;

  if (end_ns > 0)
    return end_ns;
  end_ns = MAX (end_ns, MAX (set->event.onset_ns, set->event.offset_ns));
  for (guint i = 0; i < set->lanes->len; i++)
    {
      const SemioLane *lane = g_ptr_array_index (set->lanes, i);

      end_ns = MAX (end_ns, MAX (lane->reference_begin_ns, lane->reference_end_ns));
      for (guint run = 0; run < lane->runs->len; run++)
        {
          const GArray *answers = ((SemioLaneRun *) g_ptr_array_index (lane->runs, run))->answers;

          if (answers->len > 0)
            end_ns = MAX (end_ns, g_array_index (answers, SemioLaneAnswer, answers->len - 1).span.end_ns);
        }
    }
  return MAX (end_ns, SEMIO_SEGMENT_LENGTH_NS);
}

static guint
count_answers (const SemioLaneRun *run, SemioAnswer answer)
{
  guint n = 0;

  for (guint i = 0; i < run->answers->len; i++)
    n += g_array_index (run->answers, SemioLaneAnswer, i).answer == answer;
  return n;
}

/* "yes in 2 of 4 segments", "no, but yes in 1 of 4 segments", "no". */
static char *
describe_joined (const SemioLaneRun *run)
{
  guint n_yes = count_answers (run, SEMIO_ANSWER_YES);
  guint n = run->answers->len;

  if (run->joined == SEMIO_ANSWER_MISSING && n_yes == 0)
    return g_strdup (_ ("without an answer"));
  if (n <= 1 || n_yes == 0)
    return g_strdup (semio_answer_get_label (run->joined));
  if (run->joined == SEMIO_ANSWER_YES)
    return g_strdup_printf (ngettext ("yes in %u of %u segment", "yes in %u of %u segments", n), n_yes, n);
  /* Translators: first the answer for the whole recording. */
  return g_strdup_printf (ngettext ("%s, but yes in %u of %u segment", "%s, but yes in %u of %u segments", n),
                          semio_answer_get_label (run->joined), n_yes, n);
}

static char *
describe_label (const SemioLane *lane)
{
  g_autofree char *begin = NULL, *end = NULL;
  const char *answer = semio_answer_get_label (lane->reference);

  if (lane->reference == SEMIO_ANSWER_MISSING)
    return g_strdup (_ ("reference not given"));
  if (lane->reference_begin_ns == SEMIO_TIME_NONE)
    return g_strdup_printf (_ ("reference %s"), answer);
  begin = semio_time_format (lane->reference_begin_ns, 0);
  if (lane->reference_end_ns == SEMIO_TIME_NONE)
    return g_strdup_printf (_ ("reference %s, from %s"), answer, begin);
  end = semio_time_format (lane->reference_end_ns, 0);
  return g_strdup_printf (_ ("reference %s, %s to %s"), answer, begin, end);
}

/**
 * semio_lane_set_describe:
 * @set: a set
 * @lane: one of its lanes
 *
 * Returns: (transfer full): the lane in a sentence
 */
char *
semio_lane_set_describe (SemioLaneSet *set, const SemioLane *lane)
{
  GString *text = g_string_new (lane->label);
  const char *separator = ",";

  if (set->reference == SEMIO_LANE_REFERENCE_REVEALED)
    {
      g_autofree char *label = describe_label (lane);

      g_string_append_printf (text, ", %s", label);
      separator = ";";
    }
  for (guint i = 0; i < lane->runs->len; i++)
    {
      const SemioLaneRun *run = g_ptr_array_index (lane->runs, i);
      g_autofree char *joined = describe_joined (run);

      g_string_append_printf (text, "%s %s %s", separator, run->label, joined);
      separator = ",";
    }
  for (guint i = 0; i < lane->persons->len; i++)
    {
      const SemioLanePerson *person = g_ptr_array_index (lane->persons, i);

      g_string_append (text, "; ");
      /* Translators: a person and what the person judged, "Anna: A 4, B 2". */
      g_string_append_printf (text, _ ("%s: %s"), person->label, person->sentence);
    }
  if (set->reference == SEMIO_LANE_REFERENCE_HIDDEN)
    g_string_append_printf (text, "; %s", _ ("reference hidden"));
  return g_string_free (text, FALSE);
}

/**
 * semio_lane_describe_answer:
 * @lane: a lane
 * @run: one of its runs
 * @answer: one of the run's answers
 *
 * Returns: (transfer full): what lies there
 */
char *
semio_lane_describe_answer (const SemioLane *lane, const SemioLaneRun *run, const SemioLaneAnswer *answer)
{
  g_autofree char *begin = semio_time_format (answer->span.begin_ns, 0);
  g_autofree char *end = semio_time_format (answer->span.end_ns, 0);
  const char *word = answer->answer == SEMIO_ANSWER_MISSING ? _ ("without an answer") : semio_answer_get_label (answer->answer);

  if (answer->segment == SEMIO_SEGMENT_WHOLE)
    return g_strdup_printf (_ ("%s · %s · whole recording · %s"), lane->label, run->label, word);
  /* Translators: feature, run, number of the segment, its begin and end, the answer. */
  return g_strdup_printf (_ ("%s · %s · segment %d, %s–%s · %s"), lane->label, run->label, answer->segment + 1, begin, end, word);
}

/**
 * semio_lane_describe_reference:
 * @lane: a lane whose reference is shown
 *
 * Returns: (transfer full): what lies there
 */
char *
semio_lane_describe_reference (const SemioLane *lane)
{
  g_autofree char *label = describe_label (lane);

  return g_strdup_printf ("%s · %s", lane->label, label);
}

/**
 * semio_lane_describe_judgement:
 * @lane: a lane
 * @person: one of its persons
 * @judgement: one of the person's judgements
 *
 * Returns: (transfer full): what lies there
 */
char *
semio_lane_describe_judgement (const SemioLane *lane, const SemioLanePerson *person, const SemioLaneJudgement *judgement)
{
  return g_strdup_printf ("%s · %s · %s", lane->label, person->label, judgement->text);
}

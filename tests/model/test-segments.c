/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-segments.h"

#include <string.h>

#define S SEMIO_NS_PER_SECOND
#define MAX_SEGMENTS 8

static void
test_count (void)
{
  g_assert_cmpuint (semio_segments_count (0), ==, 0);
  g_assert_cmpuint (semio_segments_count (-5), ==, 0);
  g_assert_cmpuint (semio_segments_count (1), ==, 1);
  g_assert_cmpuint (semio_segments_count (25 * S + 1), ==, 1);
  g_assert_cmpuint (semio_segments_count (30 * S), ==, 1);
  g_assert_cmpuint (semio_segments_count (30 * S + 1), ==, 2);
  g_assert_cmpuint (semio_segments_count (30 * S + S / 10000), ==, 2);
  g_assert_cmpuint (semio_segments_count (55 * S), ==, 2);
  g_assert_cmpuint (semio_segments_count (55 * S + 1), ==, 3);
  g_assert_cmpuint (semio_segments_count (105 * S), ==, 4);
  for (gint64 seconds = 106; seconds <= 130; seconds++)
    g_assert_cmpuint (semio_segments_count (seconds * S), ==, 5);
  g_assert_cmpuint (semio_segments_count (130 * S + 1), ==, 6);
}

/* The rule as it is worded, walked step by step, for durations around every border. */
static void
test_count_by_rule (void)
{
  for (gint64 duration_ns = S; duration_ns < 200 * S; duration_ns += S / 2)
    for (gint64 change_ns = -1; change_ns <= 1; change_ns++)
      {
        gint64 length_ns = duration_ns + change_ns;
        guint n = 0;
        gint64 last_end_ns = 0;

        for (gint64 begin_ns = 0; begin_ns < length_ns; begin_ns += 25 * S)
          {
            gint64 end_ns = MIN (begin_ns + 30 * S, length_ns);

            if (n > 0 && end_ns <= last_end_ns)
              break;
            last_end_ns = end_ns;
            n++;
          }
        g_assert_cmpuint (semio_segments_count (length_ns), ==, n);
      }
}

static void
assert_span (guint segment, gint64 duration_ns, gint64 begin_ns, gint64 end_ns)
{
  SemioSpan span = semio_segments_get_span (segment, duration_ns);

  g_assert_cmpint (span.begin_ns, ==, begin_ns);
  g_assert_cmpint (span.end_ns, ==, end_ns);
}

static void
test_span (void)
{
  assert_span (0, 1, 0, 1);
  assert_span (0, 30 * S, 0, 30 * S);
  assert_span (1, 30 * S + 1, 25 * S, 30 * S + 1);
  assert_span (4, 110 * S, 100 * S, 110 * S);
  assert_span (3, 0, 75 * S, 105 * S);
  /* Beyond the end there is nothing. */
  assert_span (3, 40 * S, 75 * S, 75 * S);
}

/* "ynaf-" for yes, no, na, fail, missing; the expected citations as digits of 1 and 0. */
static void
assert_join (SemioJoin join, SemioJoinPolicy policy, const char *said, const SemioSpan *event, char expected, const char *cited)
{
  static const char letters[] = {
    [SEMIO_ANSWER_MISSING] = '-',        [SEMIO_ANSWER_YES] = 'y', [SEMIO_ANSWER_NO] = 'n', [SEMIO_ANSWER_NA] = 'a',
    [SEMIO_ANSWER_NOT_ASSESSABLE] = 'o', [SEMIO_ANSWER_FAIL] = 'f'
  };
  SemioFeature feature = { .join = join };
  SemioAnswer answers[MAX_SEGMENTS];
  gboolean flags[MAX_SEGMENTS];
  char text[MAX_SEGMENTS + 1] = "";
  guint n = (guint) strlen (said);
  SemioAnswer answer;

  for (guint i = 0; i < n; i++)
    answers[i] = (SemioAnswer) ((const char *) memchr (letters, said[i], sizeof letters) - letters);
  answer =
      semio_segments_join (&feature, policy, (SemioSegmentPlan){ 0, 0 }, answers, n, n > 0 ? (25 * n + 5) * S : 0, event, flags);
  g_assert_cmpint (letters[answer], ==, expected);
  g_assert_cmpint (
      semio_segments_join (&feature, policy, (SemioSegmentPlan){ 0, 0 }, answers, n, n > 0 ? (25 * n + 5) * S : 0, event, NULL),
      ==, answer);
  for (guint i = 0; i < n; i++)
    text[i] = flags[i] ? '1' : '0';
  g_assert_cmpstr (text, ==, cited);
}

static void
test_join_any (void)
{
  SemioSpan event = { 60 * S, 90 * S };
  SemioSpan beyond = { 900 * S, 901 * S };

  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "", NULL, '-', "");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "nyn", NULL, 'y', "010");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "nnn", NULL, 'n', "111");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "naf", NULL, 'n', "111");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "aaf", NULL, 'a', "110");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "-f-", NULL, 'f', "010");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "---", NULL, '-', "000");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "ooo", NULL, '-', "000");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "ffyf", NULL, 'y', "0010");
  /* 60 to 90 s overlaps the segments from 50 and 75 s, and not those that end at 55 or begin at 100. */
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "yynny", &event, 'n', "00110");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "nnnyn", &event, 'y', "00010");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "yyffy", &event, 'f', "00110");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "yy--y", &event, '-', "00000");
  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_EVENT, "nny", &beyond, 'y', "001");
}

static void
test_join_majority (void)
{
  SemioSpan event = { 60 * S, 90 * S };

  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "ynn", NULL, 'n', "111");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "yny", NULL, 'y', "101");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "yn", NULL, 'y', "10");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "yfff-", NULL, 'y', "10000");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "aan", NULL, 'a', "110");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "an", NULL, 'n', "11");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "ff-", NULL, 'f', "110");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_EVENT, "yynny", &event, 'n', "00110");
}

static void
test_join_onset (void)
{
  SemioSpan event = { 60 * S, 90 * S };
  SemioSpan overlap = { 27 * S, 90 * S };
  SemioSpan beyond = { 900 * S, 901 * S };

  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "ynn", NULL, 'y', "100");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "nyy", NULL, 'n', "100");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "nnynn", &event, 'y', "00100");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "yynyy", &event, 'n', "00100");
  /* 27 s lies in the first two segments: the first shows more of what went before. */
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "ynn", &overlap, 'y', "100");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "yyfyy", &event, 'f', "00100");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "yy-yy", &event, '-', "00000");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "yn", &beyond, 'y', "10");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_EVENT, "fyy", NULL, 'f', "100");
}

static void
test_join_published (void)
{
  SemioSpan event = { 60 * S, 90 * S };

  assert_join (SEMIO_JOIN_ANY, SEMIO_JOIN_POLICY_PUBLISHED, "ynnnn", &event, 'y', "10000");
  assert_join (SEMIO_JOIN_MAJORITY, SEMIO_JOIN_POLICY_PUBLISHED, "nnyn", &event, 'y', "0010");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_PUBLISHED, "nnynn", &event, 'n', "10000");
  assert_join (SEMIO_JOIN_ONSET, SEMIO_JOIN_POLICY_PUBLISHED, "fyyyy", &event, 'f', "10000");
}

/* Windows of another length; with gaps between them; whole seconds one after the other. */
static void
test_other_plans (void)
{
  const SemioSegmentPlan dense = { 10 * S, 5 * S };
  const SemioSegmentPlan gaps = { 10 * S, 20 * S };
  const SemioSegmentPlan seconds = { S, S };

  g_assert_cmpuint (semio_segment_plan_count (dense, 10 * S), ==, 1);
  g_assert_cmpuint (semio_segment_plan_count (dense, 15 * S), ==, 2);
  g_assert_cmpuint (semio_segment_plan_count (dense, 15 * S + 1), ==, 3);
  g_assert_cmpint (semio_segment_plan_get_span (dense, 2, 17 * S).begin_ns, ==, 10 * S);
  g_assert_cmpint (semio_segment_plan_get_span (dense, 2, 17 * S).end_ns, ==, 17 * S);
  g_assert_cmpuint (semio_segment_plan_count (gaps, 20 * S), ==, 1);
  g_assert_cmpuint (semio_segment_plan_count (gaps, 20 * S + 1), ==, 2);
  g_assert_cmpuint (semio_segment_plan_count (seconds, 60 * S), ==, 60);
  for (gint64 duration_ns = S / 2; duration_ns < 40 * S; duration_ns += S / 2)
    {
      guint n = semio_segment_plan_count (dense, duration_ns);

      g_assert_false (semio_span_is_empty (semio_segment_plan_get_span (dense, n - 1, duration_ns)));
      g_assert_cmpint (semio_segment_plan_get_span (dense, n - 1, duration_ns).end_ns, ==, duration_ns);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/segments/count", test_count);
  g_test_add_func ("/model/segments/count-by-rule", test_count_by_rule);
  g_test_add_func ("/model/segments/span", test_span);
  g_test_add_func ("/model/segments/join-any", test_join_any);
  g_test_add_func ("/model/segments/join-majority", test_join_majority);
  g_test_add_func ("/model/segments/join-onset", test_join_onset);
  g_test_add_func ("/model/segments/join-published", test_join_published);
  g_test_add_func ("/model/segments/other-plans", test_other_plans);
  return g_test_run ();
}

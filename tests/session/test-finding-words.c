/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What findings say in words. */
#include "semio-finding-words.h"
#include "semio-span.h"

#define S SEMIO_NS_PER_SECOND

static SemioFeatureSet *features;

static void
expect (SemioFindingKind kind, guint feature, gint64 begin_ns, gint64 end_ns, const char *text, const char *wanted)
{
  const SemioFinding finding = {
    .kind = kind, .feature = feature, .begin_ns = begin_ns, .end_ns = end_ns, .text = (char *) text
  };
  g_autofree char *said = semio_finding_describe (&finding, features);

  g_assert_cmpstr (said, ==, wanted);
}

static void
test_words (void)
{
  const guint tonic = (guint) semio_feature_set_find (features, "tonic");
  const gint64 none = SEMIO_TIME_NONE;
  const SemioFinding failed = { .kind = SEMIO_FINDING_SIDE, .feature = SEMIO_FEATURE_ARM, .begin_ns = none, .failed = TRUE };
  g_autofree char *of_failed = semio_finding_describe (&failed, features);

  expect (SEMIO_FINDING_NARRATIVE, SEMIO_FEATURE_NONE, none, none, "First <b>this</b>,\nthen that.",
          "Report: First <b>this</b>,\nthen that.");
  expect (SEMIO_FINDING_REGION, SEMIO_FEATURE_NONE, none, none, "left hand", "Begins in: left hand");
  expect (SEMIO_FINDING_SIDE, SEMIO_FEATURE_HEAD, 12 * S, 20 * S + S / 2, "left", "Head: left, 0:12.0 to 0:20.5");
  expect (SEMIO_FINDING_SIDE, SEMIO_FEATURE_ARM, none, none, "both", "Arm: both sides");
  expect (SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE, none, none, "tonic, hiccup", "Order: Tonic, hiccup");
  expect (SEMIO_FINDING_EVENT_TYPE, SEMIO_FEATURE_NONE, none, none, "ES", "Event type: epileptic");
  expect (SEMIO_FINDING_ONSET, tonic, 65 * S, none, NULL, "Onset of “Tonic”, from 1:05.0");
  expect (SEMIO_FINDING_ANSWER, tonic, 4 * S, 6 * S, "Only a stretch.", "Tonic, 0:04.0 to 0:06.0: Only a stretch.");
  /* What says nothing has no line. */
  expect (SEMIO_FINDING_NARRATIVE, SEMIO_FEATURE_NONE, none, none, "", NULL);
  expect (SEMIO_FINDING_ONSET, tonic, none, none, NULL, NULL);
  expect (SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE, none, none, NULL, NULL);
  g_assert_cmpstr (of_failed, ==, "Arm: no usable answer");
}

static void
test_order (void)
{
  g_autoptr (GArray) findings = g_array_new (FALSE, TRUE, sizeof (SemioFinding));
  const SemioFinding rows[] = { { .kind = SEMIO_FINDING_ONSET, .begin_ns = 5 },
                                { .kind = SEMIO_FINDING_ONSET, .begin_ns = 2 },
                                { .kind = SEMIO_FINDING_SIDE },
                                { .kind = SEMIO_FINDING_NARRATIVE } };

  g_array_append_vals (findings, rows, G_N_ELEMENTS (rows));
  semio_findings_sort (findings);
  g_assert_cmpint (g_array_index (findings, SemioFinding, 0).kind, ==, SEMIO_FINDING_NARRATIVE);
  g_assert_cmpint (g_array_index (findings, SemioFinding, 1).kind, ==, SEMIO_FINDING_SIDE);
  g_assert_cmpint (g_array_index (findings, SemioFinding, 2).begin_ns, ==, 2);
  /* Persons and models write what they like into these alone. */
  g_assert_true (semio_finding_is_free_text (&rows[3]));
  g_assert_false (semio_finding_is_free_text (&rows[2]));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  features = semio_feature_set_new_default ();
  g_test_add_func ("/session/finding-words/words", test_words);
  g_test_add_func ("/session/finding-words/order", test_order);
  status = g_test_run ();
  semio_feature_set_unref (features);
  return status;
}

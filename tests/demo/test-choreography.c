/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choreographies as a whole: what occurs where, how long, and that a broken one is refused. */
#include <math.h>

#include "semio-choreography.h"
#include "semio-demo-error.h"
#include "semio-segments.h"

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = semio_choreography_load_all (&error);

  g_assert_no_error (error);
  g_assert_nonnull (all);
  return all;
}

static void
test_lengths (void)
{
  g_autoptr (GPtrArray) all = load ();
  guint n_long = 0, n_silent = 0, n_mirrored = 0, n_functional = 0;
  double sum = 0;

  g_assert_cmpuint (all->len, ==, 9);
  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);
      gint64 duration_ns = (gint64) (it->duration_s * SEMIO_NS_PER_SECOND);
      g_autofree char *pseudonym = g_strdup_printf ("R%02u", i + 1);

      sum += it->duration_s;
      n_silent += it->silent;
      n_mirrored += it->mirrored;
      n_functional += it->type == SEMIO_EVENT_TYPE_FUNCTIONAL;
      g_assert_cmpstr (it->pseudonym, ==, pseudonym);
      g_assert_cmpfloat (it->offset_s, <=, it->duration_s);
      if (it->duration_s < 110)
        continue;
      n_long++;
      g_assert_cmpfloat (it->duration_s, <=, 130);
      g_assert_cmpfloat (it->onset_s, >, 30);
      g_assert_cmpuint (semio_segments_count (duration_ns), ==, 5);
    }
  g_assert_cmpfloat (sum, <=, 330);
  g_assert_cmpuint (n_long, ==, 1);
  g_assert_cmpuint (n_silent, ==, 1);
  g_assert_cmpuint (n_mirrored, ==, 1);
  g_assert_cmpuint (n_functional, ==, 2);
}

/* Each of the twenty is there in one recording at least and is not there in another. */
static void
test_features (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  g_assert_cmpuint (semio_feature_set_get_n_features (features), ==, 20);
  for (guint f = 0; f < 20; f++)
    {
      const SemioFeature *feature = semio_feature_set_get (features, f);
      guint n_yes = 0, n_no = 0;

      for (guint i = 0; i < all->len; i++)
        {
          SemioAnswer answer =
              semio_choreography_get_answer (g_ptr_array_index (all, i), feature, semio_feature_set_is_from_sound (features, f));

          n_yes += answer == SEMIO_ANSWER_YES;
          n_no += answer == SEMIO_ANSWER_NO;
        }
      g_test_message ("%s: %u yes, %u no", feature->id, n_yes, n_no);
      g_assert_cmpuint (n_yes, >=, 1);
      g_assert_cmpuint (n_no, >=, 1);
    }
}

/* Whatever a choreography names is a feature, lies inside the recording, and names a side that there is. */
static void
test_intervals (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);

      for (guint k = 0; k < it->features->len; k++)
        {
          const SemioDemoFeature *feature = g_ptr_array_index (it->features, k);

          g_assert_cmpint (semio_feature_set_find (features, feature->id), >=, 0);
          for (guint n = 0; n < feature->intervals->len; n++)
            {
              const SemioDemoInterval *interval = g_ptr_array_index (feature->intervals, n);

              g_assert_cmpfloat (interval->begin_s, >=, it->onset_s - 0.001);
              g_assert_cmpfloat (interval->end_s, <=, it->offset_s + 1);
              g_assert_true (interval->side == NULL || g_str_equal (interval->side, "left")
                             || g_str_equal (interval->side, "right") || g_str_equal (interval->side, "both"));
            }
        }
    }
}

/* Without a sound track nobody can label what is heard. */
static void
test_silent (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  for (guint i = 0; i < all->len; i++)
    {
      const SemioChoreography *it = g_ptr_array_index (all, i);

      for (guint f = 0; f < 20; f++)
        if (semio_feature_set_is_from_sound (features, f))
          {
            SemioAnswer answer = semio_choreography_get_answer (it, semio_feature_set_get (features, f), TRUE);

            g_assert_true ((answer == SEMIO_ANSWER_MISSING) == it->silent);
          }
    }
}

static void
test_broken (void)
{
  static const char *const heads[] = {
    "",
    "[]",
    "{\"type\": \"epileptic\"}",
    "{\"id\":\"x\",\"file\":\"x.mp4\",\"patient\":\"P\",\"pseudonym\":\"R\",\"type\":\"other\",\"duration\":2,\"onset\":0,"
    "\"offset\":1}",
    "{\"id\":\"x\",\"file\":\"x.mp4\",\"patient\":\"P\",\"pseudonym\":\"R\",\"type\":\"epileptic\",\"duration\":2,\"onset\":1,"
    "\"offset\":9}",
    "{\"id\":\"x\",\"file\":\"x.mp4\",\"patient\":\"P\",\"pseudonym\":\"R\",\"type\":\"epileptic\",\"duration\":2,\"onset\":0,"
    "\"offset\":1,\"tracks\":{\"third_arm\":[[0,1]]}}",
    "{\"id\":\"x\",\"file\":\"x.mp4\",\"patient\":\"P\",\"pseudonym\":\"R\",\"type\":\"epileptic\",\"duration\":2,\"onset\":0,"
    "\"offset\":1,\"tracks\":{\"left_elbow\":[[1,1],[0,1]]}}",
    "{\"id\":\"x\",\"file\":\"x.mp4\",\"patient\":\"P\",\"pseudonym\":\"R\",\"type\":\"epileptic\",\"duration\":2,\"onset\":0,"
    "\"offset\":1,\"sounds\":[{\"kind\":\"trumpet\",\"from\":0,\"to\":1}]}",
    "{\"id\":\"x\",\"file\":\"x.mp4\",\"patient\":\"P\",\"pseudonym\":\"R\",\"type\":\"epileptic\",\"duration\":2,\"onset\":0,"
    "\"offset\":1,\"features\":{\"tonic\":\"maybe\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GError) error = NULL;
      SemioChoreography *choreography = semio_choreography_new_from_json (heads[i], -1, &error);

      g_assert_null (choreography);
      g_assert_nonnull (error);
    }
}

static void
test_track (void)
{
  SemioDemoTrack track;
  SemioDemoWave wave = {
    .begin_s = 1, .end_s = 5, .begin_hz = 3, .end_hz = 1, .amplitude = 10, .begin_share = 1, .end_share = 1
  };
  gboolean added;

  semio_demo_track_init (&track, 7);
  g_assert_cmpfloat_with_epsilon (semio_demo_track_get (&track, 3), 7, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_demo_track_integrate (&track, 3), 21, 1e-9);
  added = semio_demo_track_add_key (&track, 1, 0) && semio_demo_track_add_key (&track, 3, 10);
  g_assert_true (added);
  added = semio_demo_track_add_key (&track, 3, 11);
  g_assert_false (added);
  g_assert_cmpfloat_with_epsilon (semio_demo_track_get (&track, 0), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_demo_track_get (&track, 2), 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_demo_track_get (&track, 9), 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_demo_track_integrate (&track, 4), 20, 1e-9);
  semio_demo_track_clear (&track);
  /* From 3 Hz to 1 Hz within four seconds are eight cycles. */
  g_assert_cmpfloat_with_epsilon (semio_demo_wave_get_cycles (&wave, 5), 8, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_demo_wave_get (&wave, 0.9), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_demo_wave_get (&wave, 5.1), 0, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/choreography/lengths", test_lengths);
  g_test_add_func ("/demo/choreography/features", test_features);
  g_test_add_func ("/demo/choreography/intervals", test_intervals);
  g_test_add_func ("/demo/choreography/silent", test_silent);
  g_test_add_func ("/demo/choreography/broken", test_broken);
  g_test_add_func ("/demo/choreography/track", test_track);
  return g_test_run ();
}

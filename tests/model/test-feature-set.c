/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-feature-set.h"

#include <string.h>

#include "semio-feature-texts.h"
#include "semio-model-error.h"

static const char *const ids[] = {
  "occur_during_sleep",
  "arm_flexion",
  "arm_straightening",
  "arms_move_simultaneously",
  "figure4",
  "tonic",
  "clonic",
  "limb_automatisms",
  "asynchronous_movement",
  "pelvic_thrusting",
  "full_body_shaking",
  "blank_stare",
  "close_eyes",
  "eye_blinking",
  "oral_automatisms",
  "face_pulling",
  "face_twitching",
  "head_turning",
  "verbal_responsiveness",
  "ictal_vocalization",
};

static void
test_default (void)
{
  g_autoptr (SemioFeatureSet) set = semio_feature_set_new_default ();
  guint n_ilae = 0;

  g_assert_cmpuint (semio_feature_set_get_n_features (set), ==, 20);
  g_assert_cmpuint (semio_feature_set_get_n_groups (set), ==, 3);
  for (guint i = 0; i < 20; i++)
    {
      const SemioFeature *feature = semio_feature_set_get (set, i);

      g_assert_cmpstr (feature->id, ==, ids[i]);
      g_assert_cmpuint (feature->group, ==, i < 11 ? 0u : i < 18 ? 1u : 2u);
      g_assert_cmpint (feature->takes_na, ==, i == 18);
      g_assert_cmpint (feature->join, ==, i == 0 ? SEMIO_JOIN_ONSET : i == 12 ? SEMIO_JOIN_MAJORITY : SEMIO_JOIN_ANY);
      g_assert_cmpint (semio_feature_set_is_from_sound (set, i), ==, i >= 18);
      g_assert_cmpuint (strlen (feature->definition), >, 20);
      g_assert_cmpint (semio_feature_set_find (set, ids[i]), ==, (int) i);
      n_ilae += feature->ilae;
    }
  g_assert_cmpuint (n_ilae, ==, 6);
  g_assert_cmpint (semio_feature_set_find (set, "TONIC"), ==, 5);
  g_assert_cmpint (semio_feature_set_find (set, "dystonic"), ==, -1);
  g_assert_cmpstr (semio_feature_set_get_group (set, 0)->label, ==, "Limb and body");
  g_assert_cmpint (semio_feature_set_get_group (set, 0)->framing, ==, SEMIO_FRAMING_BODY);
  g_assert_cmpint (semio_feature_set_get_group (set, 1)->framing, ==, SEMIO_FRAMING_FACE);
}

/* What translators get is what the file holds. */
static void
test_texts (void)
{
  g_autoptr (SemioFeatureSet) set = semio_feature_set_new_default ();

  for (guint i = 0; i < semio_feature_set_get_n_groups (set); i++)
    g_assert_true (semio_feature_texts_contains (semio_feature_set_get_group (set, i)->label));
  for (guint i = 0; i < semio_feature_set_get_n_features (set); i++)
    {
      g_assert_true (semio_feature_texts_contains (semio_feature_set_get (set, i)->label));
      g_assert_true (semio_feature_texts_contains (semio_feature_set_get (set, i)->definition));
    }
  g_assert_cmpstr (semio_feature_texts_translate ("Own words"), ==, "Own words");
}

static void
test_round_trip (void)
{
  g_autoptr (SemioFeatureSet) set = semio_feature_set_new_default ();
  g_autofree char *json = semio_feature_set_to_json (set);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFeatureSet) again = semio_feature_set_new_from_json (json, -1, &error);
  g_autofree char *json_again = NULL;

  g_assert_no_error (error);
  json_again = semio_feature_set_to_json (again);
  g_assert_cmpstr (json, ==, json_again);
  g_assert_cmpuint (semio_feature_set_get_n_features (again), ==, 20);
}

#define GROUPS "\"version\":1,\"groups\":[{\"id\":\"g\"}],"

static void
test_own_set (void)
{
  static const char json[] = "{" GROUPS "\"features\":[{\"id\":\"drop\",\"group\":\"g\",\"label\":\"Drop\\u202e attack\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFeatureSet) set = semio_feature_set_new_from_json (json, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (semio_feature_set_get_n_features (set), ==, 1);
  g_assert_cmpstr (semio_feature_set_get (set, 0)->label, ==, "Drop attack");
  g_assert_cmpint (semio_feature_set_get (set, 0)->join, ==, SEMIO_JOIN_ANY);
  g_assert_false (semio_feature_set_is_from_sound (set, 0));
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "[]",
    "{}",
    "{\"version\":2,\"groups\":[{\"id\":\"g\"}],\"features\":[{\"id\":\"a\",\"group\":\"g\"}]}",
    "{" GROUPS "\"features\":[]}",
    "{" GROUPS "\"features\":[7]}",
    "{" GROUPS "\"features\":[{\"id\":\"\",\"group\":\"g\"}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a b\",\"group\":\"g\"}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"other\"}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"g\"},{\"id\":\"A\",\"group\":\"g\"}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"g\",\"join\":\"all\"}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"g\",\"join\":1}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"g\",\"answers\":[\"yes\"]}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"g\",\"answers\":[\"yes\",\"no\",\"perhaps\"]}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"g\",\"qualifiers\":[\"colour\"]}]}",
    "{" GROUPS "\"features\":[{\"id\":\"a\",\"group\":\"g\",\"qualifiers\":\"side\"}]}",
    "{\"version\":1,\"groups\":[{\"id\":\"g\"},{\"id\":\"G\"}],\"features\":[{\"id\":\"a\",\"group\":\"g\"}]}",
    "{\"version\":1,\"groups\":{},\"features\":[{\"id\":\"a\",\"group\":\"g\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (semio_feature_set_new_from_json (bad[i], -1, &error));
      g_assert_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FEATURE_SET);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/feature-set/default", test_default);
  g_test_add_func ("/model/feature-set/texts", test_texts);
  g_test_add_func ("/model/feature-set/round-trip", test_round_trip);
  g_test_add_func ("/model/feature-set/own-set", test_own_set);
  g_test_add_func ("/model/feature-set/refused", test_refused);
  return g_test_run ();
}

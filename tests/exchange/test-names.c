/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "semio-name-join.h"

static SemioNameMap *
read_map (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return semio_name_map_read (bytes, "map.csv", error);
}

static void
assert_map_fails (const char *text, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = g_strdup_printf ("map.csv, %s: ", place);

  g_assert_null (read_map (text, &error));
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, prefix))
    g_error ("“%s” does not start with “%s”", error->message, prefix);
}

static void
test_map (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioNameMap) map = read_map ("\xef\xbb\xbfNew , OLD\r\nb.mp4,A.MP4\r\n,\r\nb,a\r\nd,c\r\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (semio_name_map_get_n_names (map), ==, 2);
  g_assert_cmpstr (semio_name_map_lookup (map, "a"), ==, "b");
  g_assert_cmpstr (semio_name_map_lookup (map, "c"), ==, "d");
  g_assert_null (semio_name_map_lookup (map, "b"));
  assert_map_fails ("old,neu\na,b\n", "line 1, column 1");
  assert_map_fails ("old,new\na,b\na,c\n", "line 3, column 1");
  assert_map_fails ("old,new\na,\n", "line 2, column 2");
  assert_map_fails ("old,new\n,b\n", "line 2, column 1");
}

static void
test_join (void)
{
  static const char *const names[] = { "sz_v1", "sz_v2_1", "sz_v3", "twin", "sz_v9", "renamed", "" };
  static const char *const recordings[] = { "sz_v1", "sz_v2", "sz_v3_1", "sz_v3_2", "twin", "twin", "other", "" };
  g_autoptr (SemioNameMap) map = read_map ("old,new\nrenamed,other\n", NULL);
  g_autoptr (SemioNameJoin) join = semio_name_join (names, 7, recordings, 8, map);

  g_assert_cmpuint (join->n_matched, ==, 2);
  g_assert_cmpuint (join->n_ambiguous, ==, 1);
  g_assert_cmpuint (join->n_unmatched, ==, 4);
  g_assert_cmpint (join->names[0].recording, ==, 0);
  /* A part number alone is a hint and no match. */
  g_assert_cmpint (join->names[1].state, ==, SEMIO_NAME_UNMATCHED);
  g_assert_cmpuint (join->names[1].n_candidates, ==, 1);
  g_assert_cmpuint (join->names[1].candidates[0], ==, 1);
  g_assert_cmpint (join->names[2].state, ==, SEMIO_NAME_UNMATCHED);
  g_assert_cmpuint (join->names[2].n_candidates, ==, 2);
  g_assert_cmpint (join->names[3].state, ==, SEMIO_NAME_AMBIGUOUS);
  g_assert_cmpuint (join->names[3].n_candidates, ==, 2);
  g_assert_cmpint (join->names[3].recording, ==, -1);
  g_assert_cmpuint (join->names[4].n_candidates, ==, 0);
  g_assert_cmpint (join->names[5].recording, ==, 6);
  g_assert_cmpint (join->names[6].state, ==, SEMIO_NAME_UNMATCHED);
  g_assert_true (join->used[0] && join->used[6]);
  g_assert_false (join->used[1] || join->used[4] || join->used[7]);
}

/* Two names that the map sends to one recording: neither is taken. */
static void
test_join_shared (void)
{
  static const char *const names[] = { "sz_v1_1", "sz_v1_2", "sz_v2" };
  static const char *const recordings[] = { "sz_v1", "sz_v2" };
  g_autoptr (SemioNameMap) map = read_map ("old,new\nsz_v1_1,sz_v1\nsz_v1_2,sz_v1\n", NULL);
  g_autoptr (SemioNameJoin) join = semio_name_join (names, 3, recordings, 2, map);
  g_autoptr (SemioNameJoin) empty = semio_name_join (NULL, 0, NULL, 0, NULL);

  g_assert_cmpint (join->names[0].state, ==, SEMIO_NAME_AMBIGUOUS);
  g_assert_cmpint (join->names[1].state, ==, SEMIO_NAME_AMBIGUOUS);
  g_assert_cmpuint (join->names[1].candidates[0], ==, 0);
  g_assert_cmpint (join->names[2].state, ==, SEMIO_NAME_MATCHED);
  g_assert_false (join->used[0]);
  g_assert_cmpuint (empty->n_matched, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/names/map", test_map);
  g_test_add_func ("/exchange/names/join", test_join);
  g_test_add_func ("/exchange/names/join-shared", test_join_shared);
  return g_test_run ();
}

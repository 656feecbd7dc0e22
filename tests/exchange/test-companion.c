/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "semio-companion-reader.h"

#define S SEMIO_NS_PER_SECOND

static SemioFeatureSet *features;

static SemioCompanionTable *
read_good (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  SemioCompanionTable *table = semio_companion_read (bytes, "c.csv", features, &error);

  g_assert_no_error (error);
  g_assert_nonnull (table);
  return table;
}

static void
assert_fails (const char *text, const char *place, const char *said)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCompanionTable) table = semio_companion_read (bytes, "c.csv", features, &error);
  g_autofree char *prefix = g_strdup_printf ("c.csv, %s: ", place);

  g_assert_null (table);
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, prefix) || strstr (error->message, said) == NULL)
    g_error ("“%s” does not start with “%s” or does not say “%s”", error->message, prefix, said);
}

static void
test_sides (void)
{
  g_autoptr (SemioCompanionTable) table =
      read_good ("\xef\xbb\xbf"
                 "file_name,left_right_head_turning,start_time_for_head_turning,end_time_for_head_turning,"
                 "left_right_arm_movement,arm_movement_start_time,arm_moverment_end_time,body_region_onset\r\n"
                 "A1.mp4, right ,00:12:00,0:15,right arm ,1:05,01:10:00,\"face,\nthen arm\"\r\n"
                 "A2.mp4,N/A,,,Both,,,\r\n"
                 "A3.mp4,,0:20,0:10,left and right,0:01,0:02,\r\n");
  const SemioCompanionRow *row = semio_companion_table_get_row (table, 0);

  g_assert_cmpint (semio_companion_table_get_kind (table), ==, SEMIO_COMPANION_SIDES);
  g_assert_cmpuint (semio_companion_table_get_n_rows (table), ==, 3);
  g_assert_cmpint (row->head.side, ==, SEMIO_SIDE_RIGHT);
  g_assert_cmpint (row->head.begin_ns, ==, 12 * S);
  g_assert_cmpint (row->head.end_ns, ==, 15 * S);
  g_assert_cmpint (row->arm.side, ==, SEMIO_SIDE_RIGHT);
  g_assert_cmpint (row->arm.begin_ns, ==, 65 * S);
  g_assert_cmpint (row->arm.end_ns, ==, 70 * S);
  g_assert_nonnull (strstr (row->text, "then arm"));
  row = semio_companion_table_get_row (table, 1);
  g_assert_cmpint (row->head.side, ==, SEMIO_SIDE_NONE);
  g_assert_cmpint (row->arm.side, ==, SEMIO_SIDE_BOTH);
  row = semio_companion_table_get_row (table, 2);
  g_assert_cmpuint (row->line, ==, 5);
  g_assert_false (row->head.says);
  g_assert_cmpint (row->head.begin_ns, ==, SEMIO_TIME_NONE);
  g_assert_cmpint (row->arm.side, ==, SEMIO_SIDE_BOTH);
}

static void
test_onsets (void)
{
  g_autoptr (SemioCompanionTable) table =
      read_good ("file_name,target_time,feature\nA1.mp4,12.5,tonic\nA1.mp4,30, Head Turning \nA2.mp4,,clonic\nA2.mp4,3,hiccup\n");
  g_autoptr (SemioCompanionTable) predicted =
      read_good ("file_name,feature,timestamp\nA1.mp4,tonic,00:12\nA1.mp4,clonic,00:14:00\nA1.mp4,figure4,0:12.5\n"
                 "A1.mp4,blank_stare,01:02.250\n");

  g_assert_cmpint (semio_companion_table_get_kind (table), ==, SEMIO_COMPANION_ONSETS);
  g_assert_cmpint (semio_companion_table_get_row (table, 0)->time_ns, ==, 25 * S / 2);
  g_assert_cmpint (semio_companion_table_get_row (table, 0)->feature, ==, semio_feature_set_find (features, "tonic"));
  g_assert_cmpint (semio_companion_table_get_row (table, 1)->feature, ==, semio_feature_set_find (features, "head_turning"));
  g_assert_cmpint (semio_companion_table_get_row (table, 2)->time_ns, ==, SEMIO_TIME_NONE);
  g_assert_cmpint (semio_companion_table_get_row (table, 3)->feature, ==, -1);
  g_assert_nonnull (strstr (semio_companion_table_get_remarks (table)[0], "hiccup"));
  g_assert_cmpint (semio_companion_table_get_row (predicted, 0)->time_ns, ==, 12 * S);
  g_assert_cmpint (semio_companion_table_get_row (predicted, 0)->precision_ns, ==, S);
  g_assert_cmpint (semio_companion_table_get_row (predicted, 1)->time_ns, ==, 14 * S);
  /* Decimals are kept, and with them how exact the time is. */
  g_assert_cmpint (semio_companion_table_get_row (predicted, 2)->time_ns, ==, 25 * S / 2);
  g_assert_cmpint (semio_companion_table_get_row (predicted, 2)->precision_ns, ==, S / 10);
  g_assert_cmpint (semio_companion_table_get_row (predicted, 3)->time_ns, ==, 62 * S + S / 4);
  g_assert_cmpint (semio_companion_table_get_row (predicted, 3)->precision_ns, ==, S / 1000);
}

static void
test_order (void)
{
  g_autoptr (SemioCompanionTable) table =
      read_good ("file_name,event_sequence\r\nA1.mp4,\"tonic, clonic\"\r\n"
                 "A2.mp4, head_turning , tonic,clonic\r\nA3.mp4,\"tonic,\r\n clonic\"\r\nA4.mp4,\r\n");
  static const struct {
    guint n;
    const char *first;
    guint line;
  } expected[] = { { 2, "tonic", 2 }, { 3, "head_turning", 3 }, { 2, "tonic", 4 }, { 0, NULL, 6 } };

  g_assert_cmpint (semio_companion_table_get_kind (table), ==, SEMIO_COMPANION_ORDER);
  g_assert_cmpuint (semio_companion_table_get_n_rows (table), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const SemioCompanionRow *row = semio_companion_table_get_row (table, i);

      g_assert_cmpuint (row->order->len, ==, expected[i].n);
      g_assert_cmpuint (row->line, ==, expected[i].line);
      if (expected[i].n > 0)
        g_assert_cmpint (g_array_index (row->order, int, 0), ==, semio_feature_set_find (features, expected[i].first));
    }
}

static void
test_texts_and_types (void)
{
  g_autoptr (SemioCompanionTable) reports = read_good ("file_name,report\nA1.mp4,\"First line,\nsecond\"\nA2.mp4,\n");
  g_autoptr (SemioCompanionTable) types = read_good ("file_name,label\nA1.mp4, ES \nA2.mp4,NES\nA3.mp4,\n");

  g_assert_cmpint (semio_companion_table_get_kind (reports), ==, SEMIO_COMPANION_REPORTS);
  g_assert_nonnull (strstr (semio_companion_table_get_row (reports, 0)->text, "second"));
  g_assert_null (semio_companion_table_get_row (reports, 1)->text);
  g_assert_cmpint (semio_companion_table_get_kind (types), ==, SEMIO_COMPANION_EVENT_TYPES);
  g_assert_cmpint (semio_companion_table_get_row (types, 0)->type, ==, SEMIO_EVENT_TYPE_EPILEPTIC);
  g_assert_cmpint (semio_companion_table_get_row (types, 1)->type, ==, SEMIO_EVENT_TYPE_NON_EPILEPTIC);
  g_assert_false (semio_companion_table_get_row (types, 2)->has_type);
}

static void
test_errors (void)
{
  assert_fails ("name,label\na,ES\n", "line 1, column 1", "file_name");
  assert_fails ("file_name,other\na,ES\n", "line 1, column 1", "event_sequence");
  assert_fails ("file_name,label\na.mp4,ES\nb.mp4,maybe\n", "line 3, column 2", "maybe");
  assert_fails ("file_name,label\na.mp4,ES\nA.MTS,NES\n", "line 3, column 1", "line 2");
  assert_fails ("file_name,label\n,ES\n", "line 2, column 1", "missing");
  assert_fails ("file_name,feature,timestamp\na.mp4,tonic,soon\n", "line 2, column 3", "soon");
  assert_fails ("file_name,feature,timestamp\na.mp4,,0:01\n", "line 2, column 2", "missing");
  assert_fails ("file_name,feature,target_time\na.mp4,tonic,-3\n", "line 2, column 3", "-3");
  assert_fails ("file_name,left_right_head_turning\na.mp4,up\n", "line 2, column 2", "up");
}

/* Whatever is changed in a file, it is read or refused with a place, never more. */
static void
test_mutations (void)
{
  static const char *const seeds[] = {
    "file_name,event_sequence\nA1.mp4,\"tonic, clonic\"\nA2.mp4,tonic,clonic\n",
    "file_name,feature,timestamp\nA1.mp4,tonic,00:12:00\nA2.mp4,clonic,0:14\n",
    "file_name,left_right_head_turning,start_time_for_head_turning,end_time_for_head_turning\nA.mp4,right,0:01,0:02\n",
  };
  static const char bytes[] = ",\"\n\r:0a \xff";
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint n_read = 0, n_refused = 0;

  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *text = g_strdup (seeds[i % G_N_ELEMENTS (seeds)]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioCompanionTable) table = NULL;
      g_autoptr (GBytes) file = NULL;
      gsize length = strlen (text);

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        text[g_rand_int_range (random, 0, (gint32) length)] = bytes[g_rand_int_range (random, 0, sizeof bytes)];
      if (i % 4 == 0)
        length = (gsize) g_rand_int_range (random, 0, (gint32) length);
      file = g_bytes_new (text, length);
      table = semio_companion_read (file, "c.csv", features, &error);
      g_assert_true ((table == NULL) == (error != NULL));
      n_read += table != NULL;
      n_refused += table == NULL && g_str_has_prefix (error->message, "c.csv");
    }
  g_assert_cmpuint (n_read, >, 100);
  g_assert_cmpuint (n_read + n_refused, ==, 6000);
}

/* Real companions hold 2,366 onsets of 438 recordings. */
static void
test_size (void)
{
  g_autoptr (GString) text = g_string_new ("file_name,target_time,feature\n");
  g_autoptr (SemioCompanionTable) table = NULL;
  guint n_features = semio_feature_set_get_n_features (features);

  for (guint i = 0; i < 2366; i++)
    g_string_append_printf (text, "A%04u@x@sz_v1.mp4,%u.5,%s\n", i % 438, i % 97,
                            semio_feature_set_get (features, (i / 438) % n_features)->id);
  table = read_good (text->str);
  g_assert_cmpuint (semio_companion_table_get_n_rows (table), ==, 2366);
  g_assert_cmpint (semio_companion_table_get_row (table, 2365)->time_ns, ==, (2365 % 97) * S + S / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  features = semio_feature_set_new_default ();
  g_test_add_func ("/companion/sides", test_sides);
  g_test_add_func ("/companion/onsets", test_onsets);
  g_test_add_func ("/companion/order", test_order);
  g_test_add_func ("/companion/texts-and-types", test_texts_and_types);
  g_test_add_func ("/companion/errors", test_errors);
  g_test_add_func ("/companion/mutations", test_mutations);
  g_test_add_func ("/companion/size", test_size);
  return g_test_run ();
}

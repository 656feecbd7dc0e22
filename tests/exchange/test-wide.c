/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "semio-name-join.h"
#include "semio-text.h"
#include "semio-wide-reader.h"

#define S SEMIO_NS_PER_SECOND

static SemioFeatureSet *features;

static guint
find (const char *id)
{
  int index = semio_feature_set_find (features, id);

  g_assert_cmpint (index, >=, 0);
  return (guint) index;
}

static SemioWideTable *
read_text (const char *text, gssize length, SemioWideKind kind, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return semio_wide_read (bytes, "labels.csv", kind, features, error);
}

static SemioWideTable *
read_good (const char *text, SemioWideKind kind)
{
  g_autoptr (GError) error = NULL;
  SemioWideTable *table = read_text (text, -1, kind, &error);

  g_assert_no_error (error);
  return table;
}

static void
assert_fails (const char *text, SemioWideKind kind, const char *place, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = g_strdup_printf ("labels.csv, %s: ", place);

  g_assert_null (read_text (text, -1, kind, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == SEMIO_EXCHANGE_ERROR);
  if (!g_str_has_prefix (error->message, prefix) || strstr (error->message, said) == NULL)
    g_error ("“%s” does not start with “%s” or does not say “%s”", error->message, prefix, said);
}

/* All that a prediction file can be at once: BOM, CRLF, quotes, newlines, mixed case, na, fail, blanks, full stops, unknown
 * columns, names of recordings that nobody has. */
#define PREDICTIONS                                                                                                              \
  "\xef\xbb\xbf"                                                                                                                 \
  "FILE_NAME,Tonic,justification_for_TONIC,verbal_responsiveness,justification_for_verbal_responsiveness,note\r\n"               \
  "A0001@x@sz_v1.mp4,YES,\"The arm \"\"stiffens\"\",\r\nthen relaxes.\",na,Nobody speaks.,1\r\n"                                 \
  "a0002@x@SZ_V1.M2T, No. ,fail,Fail,,\"two\r\nlines\"\r\n"                                                                      \
  "A0003@x@sz_v1.wav,no,\"Nothing seen || fail || Still nothing\", yes ,'=says yes,\r\n"                                         \
  "nobody.mp4,,,FAIL.,,\r\n"

static void
assert_cell (const SemioWideRow *row, const char *feature, SemioAnswer answer, gboolean blank, const char *explanation)
{
  const SemioWideCell *cell = &row->cells[find (feature)];

  g_assert_cmpint (cell->answer, ==, answer);
  g_assert_cmpint (cell->blank, ==, blank);
  g_assert_cmpstr (cell->explanation, ==, explanation);
}

static void
test_predictions (void)
{
  g_autoptr (SemioWideTable) table = read_good (PREDICTIONS, SEMIO_WIDE_PREDICTIONS);
  const SemioWideRow *row = semio_wide_table_get_row (table, 0);
  const SemioWideColumn *column = semio_wide_table_get_column (table, 1);

  g_assert_cmpuint (semio_wide_table_get_n_rows (table), ==, 4);
  g_assert_false (semio_wide_table_has_segments (table));
  g_assert_true (semio_wide_table_has_explanations (table));
  g_assert_cmpstr (row->name, ==, "A0001@x@sz_v1.mp4");
  g_assert_cmpstr (row->stem, ==, "a0001@x@sz_v1");
  g_assert_cmpint (row->segment, ==, -1);
  assert_cell (row, "tonic", SEMIO_ANSWER_YES, FALSE, "The arm \"stiffens\",\nthen relaxes.");
  assert_cell (row, "verbal_responsiveness", SEMIO_ANSWER_NA, FALSE, "Nobody speaks.");
  assert_cell (row, "clonic", SEMIO_ANSWER_MISSING, TRUE, NULL);
  row = semio_wide_table_get_row (table, 1);
  g_assert_cmpuint (row->line, ==, 4);
  g_assert_cmpstr (row->stem, ==, "a0002@x@sz_v1");
  /* A merged file's failed answer. */
  assert_cell (row, "tonic", SEMIO_ANSWER_FAIL, FALSE, "fail");
  assert_cell (row, "verbal_responsiveness", SEMIO_ANSWER_FAIL, FALSE, NULL);
  row = semio_wide_table_get_row (table, 2);
  g_assert_cmpuint (row->line, ==, 6);
  assert_cell (row, "tonic", SEMIO_ANSWER_NO, FALSE, "Nothing seen || fail || Still nothing");
  g_assert_cmpuint (g_strv_length ((char **) row->cells[find ("tonic")].parts), ==, 3);
  g_assert_cmpstr (row->cells[find ("tonic")].parts[2], ==, "Still nothing");
  g_assert_cmpuint (row->cells[find ("tonic")].column, ==, 2);
  assert_cell (row, "verbal_responsiveness", SEMIO_ANSWER_YES, FALSE, "=says yes");
  row = semio_wide_table_get_row (table, 3);
  assert_cell (row, "tonic", SEMIO_ANSWER_MISSING, TRUE, NULL);
  assert_cell (row, "verbal_responsiveness", SEMIO_ANSWER_FAIL, FALSE, NULL);

  g_assert_cmpint (column->role, ==, SEMIO_WIDE_ROLE_FEATURE);
  g_assert_cmpint (column->feature, ==, (int) find ("tonic"));
  g_assert_cmpuint (column->counts[SEMIO_ANSWER_YES], ==, 1);
  g_assert_cmpuint (column->counts[SEMIO_ANSWER_NO], ==, 1);
  g_assert_cmpuint (column->counts[SEMIO_ANSWER_FAIL], ==, 1);
  g_assert_cmpuint (column->n_blank, ==, 1);
  column = semio_wide_table_get_column (table, 5);
  g_assert_cmpstr (column->name, ==, "note");
  g_assert_cmpstr (semio_wide_role_to_id (column->role), ==, "unknown");
  g_assert_cmpint (semio_wide_table_find_feature (table, find ("tonic")), ==, 1);
  g_assert_cmpint (semio_wide_table_find_feature (table, find ("clonic")), ==, -1);
}

static void
test_predictions_join (void)
{
  g_autoptr (SemioWideTable) table = read_good (PREDICTIONS, SEMIO_WIDE_PREDICTIONS);
  const char *const *stems = semio_wide_table_get_stems (table);
  static const char *const recordings[] = { "a0001@x@sz_v1", "a0002@x@sz_v1", "a0003@x@sz_v1", "z0009@x@sz_v1" };
  g_autoptr (SemioNameJoin) join = semio_name_join (stems, g_strv_length ((char **) stems), recordings, 4, NULL);

  g_assert_cmpuint (join->n_matched, ==, 3);
  g_assert_cmpuint (join->n_unmatched, ==, 1);
  g_assert_cmpint (join->names[3].state, ==, SEMIO_NAME_UNMATCHED);
  g_assert_true (join->used[0]);
  g_assert_false (join->used[3]);
}

/* The broken twins: the same file with one thing wrong. */
static void
test_predictions_broken (void)
{
  static const struct {
    const char *good, *bad, *place, *said;
  } twins[] = {
    { "Fail,,\"two", "perhaps,,\"two", "line 4, column 4", "perhaps" },
    { ",fail,Fail", ",fa\"il,Fail", "line 4, column 3", "quote" },
    { "nobody.mp4,,,FAIL.,,", "nobody.mp4,,,FAIL.,", "line 7, column 6", "5 cells" },
    { "nobody.mp4", "a0001@x@sz_v1.avi", "line 7, column 1", "line 2" },
    { "nobody.mp4", "a0001@x@sz_v1_segment_1.avi", "line 7, column 1", "segments" },
    { "nobody.mp4", " ", "line 7, column 1", "name is missing" },
    { ",note", ",tonic", "line 1, column 6", "column 2" },
    { "FILE_NAME", "file", "line 1, column 1", "file_name" },
    { "Nobody speaks.", "Nobody speaks\xff", "line 3, column 5", "UTF-8" },
    { ",na,", ",not_assessable,", "line 3, column 4", "not_assessable" },
    { "nobody.mp4", "nobody_segment_12345678.mp4", "line 7, column 1", "12345678" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (twins); i++)
    {
      g_autoptr (GString) text = g_string_new (PREDICTIONS);

      g_assert_cmpuint (g_string_replace (text, twins[i].good, twins[i].bad, 1), ==, 1);
      assert_fails (text->str, SEMIO_WIDE_PREDICTIONS, twins[i].place, twins[i].said);
    }
}

static void
test_segments (void)
{
  static const char from_one[] = "file_name,tonic,justification_for_tonic\n"
                                 "A_segment_1.mp4,yes,a || b\n"
                                 "A_Segment_2.mp4,no,fail\n"
                                 "B_segment_2.mp4,no,x\n"
                                 "C_segment_x.mp4,no,x\n"
                                 ",,\n";
  g_autoptr (SemioWideTable) table = read_good (from_one, SEMIO_WIDE_PREDICTIONS);
  const SemioWideRow *row = semio_wide_table_get_row (table, 0);
  const char *const *stems = semio_wide_table_get_stems (table);

  g_assert_cmpuint (semio_wide_table_get_n_rows (table), ==, 4);
  g_assert_true (semio_wide_table_has_segments (table));
  g_assert_cmpstr (row->stem, ==, "a");
  g_assert_cmpint (row->segment, ==, 0);
  g_assert_null (row->cells[find ("tonic")].parts);
  g_assert_cmpstr (row->cells[find ("tonic")].explanation, ==, "a || b");
  row = semio_wide_table_get_row (table, 1);
  g_assert_cmpstr (row->stem, ==, "a");
  g_assert_cmpint (row->segment, ==, 1);
  g_assert_cmpint (row->cells[find ("tonic")].answer, ==, SEMIO_ANSWER_FAIL);
  g_assert_cmpint (semio_wide_table_get_row (table, 2)->segment, ==, 1);
  g_assert_cmpint (semio_wide_table_get_row (table, 3)->segment, ==, -1);
  g_assert_cmpstr (stems[0], ==, "a");
  g_assert_cmpstr (stems[1], ==, "b");
  g_assert_cmpstr (stems[2], ==, "c_segment_x");
  g_assert_null (stems[3]);
  assert_fails ("file_name,tonic\nA_segment_1.mp4,yes\nB.mp4,no\na_segment_1.avi,no\n", SEMIO_WIDE_PREDICTIONS,
                "line 4, column 1", "line 2");
  g_clear_pointer (&table, semio_wide_table_unref);
  table = read_good ("file_name,tonic\nA_segment_0.mp4,yes\nA_segment_1.mp4,no\n", SEMIO_WIDE_PREDICTIONS);
  g_assert_cmpint (semio_wide_table_get_row (table, 1)->segment, ==, 1);
}

static void
test_reference (void)
{
  static const char text[] = "file_name,gender,tonic,start_time,end_time,label,verbal_responsiveness\n"
                             "A.mp4,f,yes,0:12,1:05,1,\n"
                             "B.mp4,m,no,,,NES,not_assessable\n"
                             "C.mp4,,na,1:02.5,0:30,,no\n";
  g_autoptr (SemioWideTable) table = read_good (text, SEMIO_WIDE_REFERENCE);
  const SemioWideRow *row = semio_wide_table_get_row (table, 0);

  g_assert_cmpint (row->event.onset_ns, ==, 12 * S);
  g_assert_cmpint (row->event.offset_ns, ==, 65 * S);
  g_assert_cmpint (row->event.precision_ns, ==, S);
  g_assert_cmpint (row->event.type, ==, SEMIO_EVENT_TYPE_EPILEPTIC);
  g_assert_cmpstr (row->gender, ==, "f");
  assert_cell (row, "verbal_responsiveness", SEMIO_ANSWER_MISSING, TRUE, NULL);
  row = semio_wide_table_get_row (table, 1);
  g_assert_cmpint (row->event.onset_ns, ==, SEMIO_TIME_NONE);
  g_assert_cmpint (row->event.type, ==, SEMIO_EVENT_TYPE_NON_EPILEPTIC);
  assert_cell (row, "verbal_responsiveness", SEMIO_ANSWER_NOT_ASSESSABLE, FALSE, NULL);
  row = semio_wide_table_get_row (table, 2);
  g_assert_cmpint (row->event.onset_ns, ==, 62 * S + S / 2);
  g_assert_cmpint (row->event.offset_ns, ==, SEMIO_TIME_NONE);
  g_assert_cmpint (row->event.type, ==, SEMIO_EVENT_TYPE_UNDETERMINED);
  g_assert_nonnull (strstr (semio_wide_table_get_remarks (table)[0], "Line 4"));
  assert_fails ("file_name,start_time\nA.mp4,12\n", SEMIO_WIDE_REFERENCE, "line 2, column 2", "12");
  assert_fails ("file_name,label\nA.mp4,2\n", SEMIO_WIDE_REFERENCE, "line 2, column 2", "“2”");
  assert_fails ("file_name,tonic\nA.mp4,fail\n", SEMIO_WIDE_REFERENCE, "line 2, column 2", "fail");
  assert_fails ("file_name,dystonic\nA.mp4,yes\n", SEMIO_WIDE_REFERENCE, "line 1, column 1", "feature");
}

/* 438 recordings and 79 columns: name, gender, twenty features, times, label, and 54 columns that nobody knows. */
static GString *
make_large (void)
{
  static const char *const answers[] = { "yes", "no", "", "No" };
  GString *text = g_string_new ("file_name,gender");

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text, ",%s", semio_feature_set_get (features, i)->id);
  g_string_append (text, ",start_time,end_time,label");
  for (int i = 0; i < 54; i++)
    g_string_append_printf (text, ",extra column %d", i);
  g_string_append (text, "\r\n");
  for (int row = 0; row < 438; row++)
    {
      g_string_append_printf (text, "A%04d@5-13-2021@UA66@sz_v%d.mp4,%s", row / 3, row % 3 + 1, row % 2 == 0 ? "f" : "m");
      for (int i = 0; i < 20; i++)
        g_string_append_printf (text, ",%s", answers[(row * 7 + i * 3) % 4]);
      g_string_append_printf (text, ",%d:%02d,%d:%02d,%d", row % 5, row % 60, row % 5 + 1, row % 60, row % 4 != 0);
      for (int i = 0; i < 54; i++)
        g_string_append (text, i % 9 == 0 ? ",\"free, text\nwith \"\"quotes\"\"\"" : ",x");
      g_string_append (text, "\r\n");
    }
  return text;
}

static void
test_large (void)
{
  g_autoptr (GString) text = make_large ();
  g_autoptr (SemioWideTable) table = read_good (text->str, SEMIO_WIDE_REFERENCE);
  guint n_unknown = 0, n_cells = 0;
  const char *broken_cell;

  g_assert_cmpuint (semio_wide_table_get_n_rows (table), ==, 438);
  g_assert_cmpuint (semio_wide_table_get_n_columns (table), ==, 79);
  for (guint i = 0; i < 79; i++)
    {
      const SemioWideColumn *column = semio_wide_table_get_column (table, i);

      n_unknown += column->role == SEMIO_WIDE_ROLE_UNKNOWN;
      if (column->role == SEMIO_WIDE_ROLE_FEATURE)
        n_cells += column->counts[SEMIO_ANSWER_YES] + column->counts[SEMIO_ANSWER_NO] + column->n_blank;
    }
  g_assert_cmpuint (n_unknown, ==, 54);
  g_assert_cmpuint (n_cells, ==, 438 * 20);
  g_assert_cmpuint (semio_wide_table_get_row (table, 437)->line, ==, 2 + 437 * 7);
  g_assert_cmpstr (semio_wide_table_get_row (table, 437)->stem, ==, "a0145@5-13-2021@ua66@sz_v3");

  /* The broken twin: the time of the row 300 rows down has sixty seconds. */
  broken_cell = strstr (text->str, "A0100@5-13-2021@UA66@sz_v2.mp4");
  g_assert_nonnull (broken_cell);
  broken_cell = strstr (broken_cell, ",1:01,");
  g_assert_nonnull (broken_cell);
  text->str[broken_cell - text->str + 3] = '6';
  assert_fails (text->str, SEMIO_WIDE_REFERENCE, "line 2109, column 23", "1:61");
}

int
main (int argc, char *argv[])
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  features = semio_feature_set_new_default ();
  g_test_add_func ("/exchange/wide/predictions", test_predictions);
  g_test_add_func ("/exchange/wide/predictions-join", test_predictions_join);
  g_test_add_func ("/exchange/wide/predictions-broken", test_predictions_broken);
  g_test_add_func ("/exchange/wide/segments", test_segments);
  g_test_add_func ("/exchange/wide/reference", test_reference);
  g_test_add_func ("/exchange/wide/large", test_large);
  status = g_test_run ();
  semio_feature_set_unref (features);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "semio-csv-reader.h"
#include "semio-csv-writer.h"

static SemioCsvTable *
read_text (const char *text, gssize length, const SemioCsvLimits *limits, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return semio_csv_read (bytes, "f.csv", limits, error);
}

/* The cells joined: "|" between cells, "/" after rows. */
static void
assert_cells (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCsvTable) table = read_text (text, -1, NULL, &error);
  g_autoptr (GString) cells = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint row = 0; row < semio_csv_table_get_n_rows (table); row++)
    for (guint column = 0; column < semio_csv_table_get_n_columns (table); column++)
      g_string_append_printf (cells, "%s%c", semio_csv_table_get_cell (table, row, column),
                              column + 1 < semio_csv_table_get_n_columns (table) ? '|' : '/');
  g_assert_cmpstr (cells->str, ==, expected);
}

static void
assert_fails (const char *text, gssize length, int code, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCsvTable) table = read_text (text, length, NULL, &error);
  g_autofree char *prefix = g_strdup_printf ("f.csv, %s: ", place);

  g_assert_null (table);
  g_assert_error (error, SEMIO_EXCHANGE_ERROR, code);
  if (!g_str_has_prefix (error->message, prefix))
    g_error ("“%s” does not start with “%s”", error->message, prefix);
}

static void
test_read (void)
{
  assert_cells ("a,b\n1,2\n", "a|b/1|2/");
  assert_cells ("a,b\r\n1,2", "a|b/1|2/");
  assert_cells ("a,b\r1,2\r", "a|b/1|2/");
  assert_cells ("\xef\xbb\xbf"
                "a,b\n,\n",
                "a|b/|/");
  assert_cells ("\n\na\n\n1\n\r\n\n", "a/1/");
  assert_cells ("a\n\"\"\n", "a//");
  assert_cells ("\"a\",\"b\"\n\"x, y\",\"say \"\"no\"\"\"\n", "a|b/x, y|say \"no\"/");
  assert_cells ("a,b\n\"two\nlines\",\"\r\n\"\n", "a|b/two\nlines|\r\n/");
  assert_cells ("\"\"\"\",b\n", "\"|b/");
  assert_cells (" a , b\t\n", " a | b\t/");
  assert_cells ("ä,€,😀\n1,2,3\n", "ä|€|😀/1|2|3/");
  assert_cells ("\xef\xbb\xbf\"a\"\n1\n", "a/1/");
}

static void
test_lines (void)
{
  g_autoptr (SemioCsvTable) table = read_text ("a,b\r\n\"one\r\ntwo\nthree\",x\r\n\r\nlast,\"y\rz\"", -1, NULL, NULL);

  g_assert_cmpuint (semio_csv_table_get_n_rows (table), ==, 3);
  g_assert_cmpuint (semio_csv_table_get_line (table, 0, 1), ==, 1);
  g_assert_cmpuint (semio_csv_table_get_line (table, 1, 0), ==, 2);
  g_assert_cmpuint (semio_csv_table_get_line (table, 1, 1), ==, 4);
  g_assert_cmpuint (semio_csv_table_get_line (table, 2, 0), ==, 6);
}

static void
test_errors (void)
{
  assert_fails ("", -1, SEMIO_EXCHANGE_ERROR_FORM, "line 1, column 1");
  assert_fails ("\xef\xbb\xbf", -1, SEMIO_EXCHANGE_ERROR_FORM, "line 1, column 1");
  assert_fails ("a,b\n1,2\n3\n", -1, SEMIO_EXCHANGE_ERROR_FORM, "line 3, column 2");
  assert_fails ("a,b\n\"x\ny\",2\n1,2,3\n", -1, SEMIO_EXCHANGE_ERROR_FORM, "line 4, column 3");
  assert_fails ("a,b\n1,x\"y\n", -1, SEMIO_EXCHANGE_ERROR_FORM, "line 2, column 2");
  assert_fails ("a,b\n\"x\"y,2\n", -1, SEMIO_EXCHANGE_ERROR_FORM, "line 2, column 1");
  assert_fails ("a,b\n1,\"x\n\n2,3\n", -1, SEMIO_EXCHANGE_ERROR_FORM, "line 2, column 2");
  assert_fails ("a,b\n1,x\0y\n", 9, SEMIO_EXCHANGE_ERROR_ENCODING, "line 2, column 2");
  assert_fails ("a,b\n\"1\n2\",caf\xe9\n", -1, SEMIO_EXCHANGE_ERROR_ENCODING, "line 3, column 2");
  assert_fails ("a,b\n1,\"caf\xe9\"\n", -1, SEMIO_EXCHANGE_ERROR_ENCODING, "line 2, column 2");
  assert_fails ("a,b\n\xff", -1, SEMIO_EXCHANGE_ERROR_ENCODING, "line 2, column 1");
  assert_fails ("\xff\xfe"
                "a\0,\0",
                6, SEMIO_EXCHANGE_ERROR_ENCODING, "line 1, column 1");
}

static void
assert_limited (SemioCsvLimits limits, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (text, -1, &limits, &error));
  g_assert_error (error, SEMIO_EXCHANGE_ERROR, SEMIO_EXCHANGE_ERROR_LIMIT);
}

static void
test_limits (void)
{
  assert_limited ((SemioCsvLimits){ 3, 10, 10, 10 }, "a,b\n");
  assert_limited ((SemioCsvLimits){ 100, 1, 10, 10 }, "a\nb\n");
  assert_limited ((SemioCsvLimits){ 100, 10, 1, 10 }, "a,b\n");
  assert_limited ((SemioCsvLimits){ 100, 10, 10, 2 }, "a,bcd\n");
  assert_limited ((SemioCsvLimits){ 100, 10, 10, 2 }, "a,\"b\"\"cd\"\n");
}

static void
test_million (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SemioCsvTable) table = NULL;
  gint64 begin_us;

  for (int row = 0; row < 10000; row++)
    for (int column = 0; column < 100; column++)
      g_string_append_printf (text, column % 7 == 0 ? "\"cell, %d\"%c" : "cell %d%c", column, column == 99 ? '\n' : ',');
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  begin_us = g_get_monotonic_time ();
  table = semio_csv_read (bytes, "f.csv", NULL, NULL);
  g_test_message ("1,000,000 cells in %d ms", (int) ((g_get_monotonic_time () - begin_us) / 1000));
  g_assert_cmpuint (semio_csv_table_get_n_rows (table), ==, 10000);
  g_assert_cmpstr (semio_csv_table_get_cell (table, 9999, 98), ==, "cell, 98");
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 5 * G_USEC_PER_SEC);
}

static void
assert_written (const char *cell, const char *expected)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  semio_csv_writer_add_text (writer, cell);
  semio_csv_writer_add_int (writer, -5);
  semio_csv_writer_end_row (writer);
  bytes = semio_csv_writer_steal_bytes (writer);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_write (void)
{
  assert_written (NULL, ",-5\r\n");
  assert_written ("", ",-5\r\n");
  assert_written ("plain", "plain,-5\r\n");
  assert_written ("a,b", "\"a,b\",-5\r\n");
  assert_written ("say \"no\"", "\"say \"\"no\"\"\",-5\r\n");
  assert_written ("two\nlines", "\"two\nlines\",-5\r\n");
  assert_written (" blank", "\" blank\",-5\r\n");
  assert_written ("=1+1", "'=1+1,-5\r\n");
  assert_written ("+1", "'+1,-5\r\n");
  assert_written ("-1", "'-1,-5\r\n");
  assert_written ("@x", "'@x,-5\r\n");
  assert_written ("\tx", "'\tx,-5\r\n");
  assert_written ("\rx", "\"'\rx\",-5\r\n");
  assert_written ("'=x", "''=x,-5\r\n");
  assert_written ("'tis", "'tis,-5\r\n");
  assert_written ("caf\xe9", "caf\xef\xbf\xbd,-5\r\n");
}

static void
test_write_numbers (void)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  semio_csv_writer_add_double (writer, 0.5);
  semio_csv_writer_add_double (writer, -1234567.25);
  semio_csv_writer_add_double (writer, NAN);
  semio_csv_writer_add_double (writer, INFINITY);
  semio_csv_writer_add_int (writer, G_MININT64);
  semio_csv_writer_end_row (writer);
  semio_csv_writer_add_text (writer, "");
  semio_csv_writer_end_row (writer);
  bytes = semio_csv_writer_steal_bytes (writer);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==, "0.5,-1234567.25,,,-9223372036854775808\r\n\"\"\r\n");
}

/* Random texts of the characters that matter read back as they were written, guards aside. */
static void
test_round_trip (void)
{
  static const char letters[] = "ab,\"\n\r'=+-@\t ";

  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (SemioCsvTable) table = NULL;
      char cells[3][9] = { { 0 } };

      for (int i = 0; i < 3; i++)
        for (int j = g_test_rand_int_range (0, 9) - 1; j >= 0; j--)
          cells[i][j] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      for (int i = 0; i < 3; i++)
        semio_csv_writer_add_text (writer, cells[i]);
      semio_csv_writer_end_row (writer);
      bytes = semio_csv_writer_steal_bytes (writer);
      table = semio_csv_read (bytes, "f.csv", NULL, NULL);
      g_assert_nonnull (table);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpstr (semio_csv_skip_guard (semio_csv_table_get_cell (table, 0, i)), ==, cells[i]);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv/read", test_read);
  g_test_add_func ("/exchange/csv/lines", test_lines);
  g_test_add_func ("/exchange/csv/errors", test_errors);
  g_test_add_func ("/exchange/csv/limits", test_limits);
  g_test_add_func ("/exchange/csv/million", test_million);
  g_test_add_func ("/exchange/csv/write", test_write);
  g_test_add_func ("/exchange/csv/write-numbers", test_write_numbers);
  g_test_add_func ("/exchange/csv/round-trip", test_round_trip);
  return g_test_run ();
}

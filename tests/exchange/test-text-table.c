/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "semio-text-table.h"

static SemioTextTable *
make (void)
{
  SemioTextTable *table = semio_text_table_new ("F1 & more", "50 % of <them>");

  semio_text_table_add_head (table, "Feature");
  semio_text_table_add_head (table, "run_1");
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, "Tonic\tarm");
  semio_text_table_add_number (table, 2.0 / 3, TRUE);
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, "=Clonic");
  semio_text_table_add_text (table, "the reference never says yes");
  return table;
}

static char *
write_text (SemioTableFormat format)
{
  g_autoptr (SemioTextTable) table = make ();
  g_autoptr (GBytes) bytes = semio_text_table_write (table, format);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_formats (void)
{
  g_autofree char *csv = write_text (SEMIO_TABLE_CSV);
  g_autofree char *tsv = write_text (SEMIO_TABLE_TSV);
  g_autofree char *latex = write_text (SEMIO_TABLE_LATEX);
  g_autofree char *html = write_text (SEMIO_TABLE_HTML);
  g_autofree char *json = write_text (SEMIO_TABLE_JSON);

  g_assert_cmpstr (csv, ==, "Feature,run_1\r\nTonic\tarm,0.6666666666666666\r\n'=Clonic,the reference never says yes\r\n");
  g_assert_cmpstr (tsv, ==, "Feature\trun_1\nTonic arm\t0.667\n=Clonic\tthe reference never says yes\n");
  g_assert_nonnull (strstr (latex, "\\caption{F1 \\& more. 50 \\% of \\textless{}them\\textgreater{}}"));
  g_assert_nonnull (strstr (latex, "Feature & run\\_1 \\\\"));
  g_assert_nonnull (strstr (latex, "Tonic arm & \\textbf{0.667} \\\\"));
  g_assert_nonnull (strstr (html, "50 % of &lt;them&gt;"));
  g_assert_nonnull (strstr (html, "<td align=\"right\"><b>0.667</b></td>"));
  g_assert_nonnull (strstr (json, "\"schema\" : 1"));
  g_assert_nonnull (strstr (json, "0.6666666666666666"));
}

/* Ends of intervals stand in the cell for people and in columns of their own for programs. */
static void
test_intervals (void)
{
  g_autoptr (SemioTextTable) table = semio_text_table_new ("Errors", "In seconds.");
  g_autoptr (SemioTextTable) copy = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autofree char *csv_text = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) tsv = NULL;
  const char *text;
  gsize length;
  gboolean is_number = FALSE;

  semio_text_table_add_head (table, "Run");
  semio_text_table_add_interval_head (table, "Mean");
  semio_text_table_add_head (table, "n");
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, "A");
  semio_text_table_add_interval (table, 2.5, -1, 3.25, "▾");
  semio_text_table_add_int (table, 4);
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, "B");
  semio_text_table_add_without_interval (table, 0.5, "needs two patients", NULL);
  semio_text_table_add_int (table, 1);
  semio_text_table_begin_row (table);
  semio_text_table_add_short_text (table, "  always", "C");
  semio_text_table_add_text (table, "needs times");
  semio_text_table_add_int (table, 0);
  copy = semio_text_table_copy (table);
  csv = semio_text_table_write (copy, SEMIO_TABLE_CSV);
  text = g_bytes_get_data (csv, &length);
  csv_text = g_strndup (text, length);
  g_assert_cmpstr (
      csv_text, ==,
      "Run,Mean,\"Mean, low\",\"Mean, high\",n\r\nA,2.5,-1,3.25,4\r\nB,0.5,needs two patients,needs two patients,1\r\n"
      "C,needs times,,,0\r\n");
  json = semio_text_table_write (copy, SEMIO_TABLE_JSON);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json), "3.25"));
  tsv = semio_text_table_write (copy, SEMIO_TABLE_TSV);
  text = g_bytes_get_data (tsv, &length);
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "A\t2.50 ▾ (-1.00, 3.25)\t4\nB\t0.50\t1\n  always\tneeds times\t0\n"));
  g_assert_cmpstr (semio_text_table_get_cell (copy, 1, 1, &is_number, NULL), ==, "0.50");
  g_assert_true (is_number);
}

static void
test_same_bytes (void)
{
  for (SemioTableFormat format = SEMIO_TABLE_CSV; format <= SEMIO_TABLE_TSV; format++)
    {
      g_autofree char *one = write_text (format);
      g_autofree char *other = write_text (format);

      g_assert_cmpstr (one, ==, other);
    }
}

/* A table that no page holds goes over pages, and what a font of LaTeX has no letter for is written in mathematics. */
static void
test_long_latex (void)
{
  g_autoptr (SemioTextTable) table = semio_text_table_new ("Long", "Krippendorff’s α, p < 0.001, ▾ no better.");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *latex = NULL;

  semio_text_table_add_head (table, "Row");
  semio_text_table_add_head (table, "≤ 1 s");
  for (guint i = 0; i < 60; i++)
    {
      semio_text_table_begin_row (table);
      semio_text_table_add_int (table, i);
      semio_text_table_add_text (table, "0.5 ▾");
    }
  bytes = semio_text_table_write (table, SEMIO_TABLE_LATEX);
  latex = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (latex, "\\usepackage{longtable}"));
  g_assert_nonnull (strstr (latex, "\\begin{longtable}{lr}\n\\caption{"));
  g_assert_nonnull (strstr (latex, "\\endfirsthead"));
  g_assert_nonnull (strstr (latex, "\\end{longtable}"));
  g_assert_null (strstr (latex, "\\begin{tabular}"));
  g_assert_nonnull (strstr (latex, "\\ensuremath{\\alpha}, p \\textless{} 0.001"));
  g_assert_nonnull (strstr (latex, "59 & 0.5 \\ensuremath{\\blacktriangledown}"));
  g_assert_null (strstr (latex, "▾"));
}

static void
test_names (void)
{
  SemioTableFormat format = SEMIO_TABLE_CSV;

  g_assert_true (semio_table_format_from_name ("a.TEX", &format));
  g_assert_cmpint (format, ==, SEMIO_TABLE_LATEX);
  g_assert_false (semio_table_format_from_name ("a.docx", &format));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-table/formats", test_formats);
  g_test_add_func ("/text-table/long-latex", test_long_latex);
  g_test_add_func ("/text-table/intervals", test_intervals);
  g_test_add_func ("/text-table/same-bytes", test_same_bytes);
  g_test_add_func ("/text-table/names", test_names);
  return g_test_run ();
}

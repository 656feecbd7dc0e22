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
  g_assert_nonnull (strstr (latex, "\\caption{F1 \\& more. 50 \\% of <them>}"));
  g_assert_nonnull (strstr (latex, "Feature & run\\_1 \\\\"));
  g_assert_nonnull (strstr (latex, "Tonic arm & \\textbf{0.667} \\\\"));
  g_assert_nonnull (strstr (html, "50 % of &lt;them&gt;"));
  g_assert_nonnull (strstr (html, "<td align=\"right\"><b>0.667</b></td>"));
  g_assert_nonnull (strstr (json, "\"schema\" : 1"));
  g_assert_nonnull (strstr (json, "0.6666666666666666"));
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
  g_test_add_func ("/text-table/same-bytes", test_same_bytes);
  g_test_add_func ("/text-table/names", test_names);
  return g_test_run ();
}

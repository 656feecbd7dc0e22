/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report on pages: what does not fit goes on, and the same calls give the same bytes. */
#include <string.h>

#include "semio-paper.h"

#define UTC_US G_GINT64_CONSTANT (1795000000000000)

static SemioPaper *
make (void)
{
  const char *const heads[] = { "Feature", "A rather long head of a column", "Run", NULL };
  g_autofree SemioPaperCell *cells = g_new0 (SemioPaperCell, 200 * 3);
  SemioPaper *paper = semio_paper_new ("Study: results", UTC_US, SEMIO_CHART_LIGHT);

  for (guint i = 0; i < 200; i++)
    {
      cells[i * 3].text = "Arms move simultaneously, and more words than a line has room for when columns are narrow";
      cells[i * 3 + 1] = (SemioPaperCell){ "0.123", TRUE, i % 2 == 0 };
      cells[i * 3 + 2].text = "A run <b>whose</b> name is no markup & long enough to be broken into several lines";
    }
  semio_paper_add (paper, SEMIO_PAPER_TITLE, "Study: results");
  semio_paper_add (paper, SEMIO_PAPER_HEADING, "Study");
  semio_paper_add (paper, SEMIO_PAPER_TEXT, "Words.");
  semio_paper_add_table (paper, heads, cells, 200);
  return paper;
}

static void
test_pages (void)
{
  SemioPaper *paper = make ();
  guint before = semio_paper_get_n_pages (paper);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* 200 rows of two lines or more are more than two pages. */
  g_assert_cmpuint (before, >, 3);
  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "word ");
  semio_paper_break_page (paper);
  semio_paper_break_page (paper);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), ==, before + 1);
  semio_paper_add (paper, SEMIO_PAPER_TEXT, text->str);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), >, before + 1);
  bytes = semio_paper_finish (paper, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 4, "%PDF", 4);
  /* The file carries the study's time, not now. */
  g_assert_nonnull (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "(20261118", strlen ("(20261118")));
}

static void
test_charts (void)
{
  const char *const rows[] = { "Tonic", NULL };
  const char *const runs[] = { "A", NULL };
  const SemioFigure values[] = { { 0.5, 0 } };
  g_autoptr (SemioChart) chart = semio_chart_new_heat ("Heat", "s", "F1", rows, runs, values, 0, 1);
  g_autoptr (GPtrArray) many = g_ptr_array_new ();
  g_autofree SemioFigure *all = g_new0 (SemioFigure, 100);
  g_autoptr (SemioChart) high = NULL;
  g_autoptr (SemioChart) longer = NULL;
  SemioPaper *paper = semio_paper_new ("T", 0, SEMIO_CHART_GREY);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (many, (gpointer) "Row");
  g_ptr_array_add (many, NULL);
  longer = semio_chart_new_heat ("Heat", "s", "F1", (const char *const *) many->pdata, runs, all, 0, 1);
  many->pdata[35] = NULL;
  high = semio_chart_new_heat ("Heat", "s", "F1", (const char *const *) many->pdata, runs, all, 0, 1);
  semio_paper_add (paper, SEMIO_PAPER_TITLE, "T");
  semio_paper_keep_with_chart (paper, chart);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), ==, 1);
  semio_paper_add_chart (paper, chart);
  /* Too high for what is left, and then as high as a page: one page more, not two. */
  semio_paper_keep_with_chart (paper, high);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), ==, 2);
  semio_paper_add (paper, SEMIO_PAPER_HEADING, "Heat");
  semio_paper_add (paper, SEMIO_PAPER_NOTE, "What it shows.");
  semio_paper_add_chart (paper, high);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), ==, 2);
  /* On one page nobody could read it: it begins on a new one and goes on. */
  semio_paper_keep_with_chart (paper, longer);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), ==, 3);
  semio_paper_add (paper, SEMIO_PAPER_HEADING, "Longer");
  semio_paper_add_chart (paper, longer);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), >, 4);
  g_assert_cmpuint (semio_paper_get_n_pages (paper), <, 8);
  bytes = semio_paper_finish (paper, NULL);
  g_assert_nonnull (bytes);
}

static void
test_same_bytes (void)
{
  g_autoptr (GBytes) one = semio_paper_finish (make (), NULL);
  g_autoptr (GBytes) other = semio_paper_finish (make (), NULL);

  g_assert_true (g_bytes_equal (one, other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/pages", test_pages);
  g_test_add_func ("/paper/charts", test_charts);
  g_test_add_func ("/paper/same-bytes", test_same_bytes);
  return g_test_run ();
}

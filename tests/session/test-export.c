/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exporting: how far it has come, and stopping it. */
#include "semio-export.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

typedef struct {
  guint n_told;
  double last;
  GCancellable *cancellable; /* (nullable) cancelled at the first word */
} Told;

static void
told_cb (double fraction, const char *what, gpointer user_data)
{
  Told *told = user_data;

  g_assert_cmpfloat (fraction, >=, told->last);
  g_assert_cmpfloat (fraction, <=, 1);
  told->last = fraction;
  told->n_told++;
  if (told->cancellable)
    g_cancellable_cancel (told->cancellable);
}

static gboolean
export_to (SemioTestStudy *test, const char *path, Told *told, GError **error)
{
  g_autoptr (GFile) out = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_export_async (test->study, "predictions", out, FALSE, told_cb, told, told->cancellable, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_export_finish (test->study, result, error);
}

static void
test_progress (SemioTestStudy *test, gconstpointer data)
{
  g_autofree char *csv = semio_test_study_put (test, "p.csv", "file_name,tonic\na.mp4,yes\nb.mp4,no\n");
  g_autofree char *out = semio_test_study_put (test, "out.csv", "old\n");
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Told stopped = { 0, 0, cancellable };
  Told told = { 0 };
  gboolean done;

  summary = semio_test_study_import (test, SEMIO_IMPORT_PREDICTIONS, csv, "run", TRUE, &error);
  g_assert_no_error (error);
  done = export_to (test, out, &stopped, &error);
  g_assert_false (done);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (out, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old\n");
  done = export_to (test, out, &told, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpuint (told.n_told, >=, 2);
  g_assert_true (g_file_get_contents (out, &written, NULL, NULL));
  g_assert_true (g_str_has_prefix (written, "file_name,"));
}

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  g_test_add ("/export/progress", SemioTestStudy, NULL, semio_test_study_set_up, test_progress, semio_test_study_tear_down);
  return semio_test_home_run ();
}

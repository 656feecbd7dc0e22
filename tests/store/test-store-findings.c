/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside answers and labels: brought in, compared, verified and merged. */
#include <string.h>

#include "semio-reference-table.h"
#include "semio-store-fixture-findings.h"
#include "semio-store-service-private.h"

#define S SEMIO_NS_PER_SECOND

static SemioStoreService *
create (const char *name, char **path)
{
  SemioStoreService *service;
  SemioStoreFacts facts;

  *path = semio_store_fixture_path (name);
  service = semio_store_fixture_create (*path);
  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_fill_findings (service);
  return service;
}

static void
expect_good (SemioStoreService *service)
{
  g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);

  g_assert_cmpstr (report->findings[0], ==, NULL);
}

static void
test_same_and_other (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = create ("same.semio", &path);
  g_autoptr (SemioStoreImportResult) same = NULL;
  g_autoptr (SemioStoreImportResult) other = NULL;
  g_autoptr (SemioStoreImportResult) score = NULL;
  const SemioCellDifference *difference;

  semio_store_fixture_expect_findings (service);
  same = semio_store_fixture_import (service, semio_store_fixture_new_annotations (2, FALSE), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->n_same, ==, 9);
  g_assert_cmpuint (same->n_added, ==, 0);
  g_clear_pointer (&same, semio_store_import_result_free);
  same = semio_store_fixture_import (service, semio_store_fixture_new_said (2, FALSE), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->n_same, ==, 6);

  other = semio_store_fixture_import (service, semio_store_fixture_new_annotations (2, TRUE), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->n_differences, ==, 1);
  difference = &g_array_index (other->differences, SemioCellDifference, 0);
  g_assert_true (difference->is_finding);
  g_assert_cmpint (difference->kind, ==, SEMIO_FINDING_SIDE);
  g_assert_cmpuint (difference->feature, ==, SEMIO_FEATURE_HEAD);
  score = semio_store_fixture_import (service, semio_store_fixture_new_said (2, TRUE), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (score->n_differences, ==, 1);
  semio_store_fixture_expect_findings (service);
  expect_good (service);
  semio_store_fixture_close (service);
}

/* The set's event may come in parts: the times of one file, the type of another. */
static SemioStoreImportResult *
import_event (SemioStoreService *service, SemioEvent event)
{
  SemioStoreImport *import = semio_store_import_new ();
  const SemioRecordingEvent of_recording = { 1, event };
  g_autoptr (GError) error = NULL;
  SemioStoreImportResult *result;

  import->set = semio_reference_set_new ();
  import->set->id = 2;
  g_array_append_val (import->events, of_recording);
  result = semio_store_fixture_import (service, import, &error);
  g_assert_no_error (error);
  return result;
}

static gpointer
events_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_reference_table_load_events (database, 2, 0, error);
}

static void
test_event_parts (void)
{
  g_autofree char *path = NULL;
  SemioStoreService *service = create ("parts.semio", &path);
  g_autoptr (GArray) events = NULL;
  const SemioEvent times = { 5 * S, 9 * S, S, SEMIO_EVENT_TYPE_UNDETERMINED };
  const SemioEvent type = { SEMIO_TIME_NONE, SEMIO_TIME_NONE, 0, SEMIO_EVENT_TYPE_FUNCTIONAL };
  static const struct {
    SemioEvent event;
    guint n_same, n_differences;
  } again[] = {
    { { SEMIO_TIME_NONE, SEMIO_TIME_NONE, 0, SEMIO_EVENT_TYPE_NON_EPILEPTIC }, 1, 0 },
    { { 5 * S, SEMIO_TIME_NONE, S, SEMIO_EVENT_TYPE_FUNCTIONAL }, 1, 0 },
    { { SEMIO_TIME_NONE, SEMIO_TIME_NONE, 0, SEMIO_EVENT_TYPE_EPILEPTIC }, 0, 1 },
    { { 6 * S, SEMIO_TIME_NONE, S, SEMIO_EVENT_TYPE_UNDETERMINED }, 0, 1 },
  };

  semio_store_import_result_free (import_event (service, times));
  semio_store_import_result_free (import_event (service, type));
  for (guint i = 0; i < G_N_ELEMENTS (again); i++)
    {
      g_autoptr (SemioStoreImportResult) result = import_event (service, again[i].event);

      g_assert_cmpuint (result->n_added, ==, 0);
      g_assert_cmpuint (result->n_same, ==, again[i].n_same);
      g_assert_cmpuint (result->n_differences, ==, again[i].n_differences);
    }
  events = semio_store_fixture_read (service, events_func, NULL, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpint (g_array_index (events, SemioRecordingEvent, 0).event.onset_ns, ==, 5 * S);
  g_assert_cmpint (g_array_index (events, SemioRecordingEvent, 0).event.offset_ns, ==, 9 * S);
  g_assert_cmpint (g_array_index (events, SemioRecordingEvent, 0).event.type, ==, SEMIO_EVENT_TYPE_FUNCTIONAL);
  expect_good (service);
  semio_store_fixture_close (service);
}

/* Each change made behind the program's back is told. */
static void
test_tampering (void)
{
  static const struct {
    const char *sql;
    const char *said;
  } changes[] = {
    { "UPDATE finding SET text = 'right' WHERE text = 'left'", "Annotator" },
    { "UPDATE finding SET begin_ns = begin_ns + 1 WHERE kind = 0 AND begin_ns IS NOT NULL", "beside its labels" },
    { "DELETE FROM finding WHERE kind = 2", "7 stand where 8" },
    { "UPDATE prediction SET score = 0.2 WHERE score IS NOT NULL", "Model two" },
    { "UPDATE prediction SET end_ns = NULL WHERE end_ns IS NOT NULL", "Model two" },
    { "UPDATE prediction SET onset_ns = 1 WHERE kind = 1 AND onset_ns IS NOT NULL", "Model two" },
    { "UPDATE explanation SET text = 'left' WHERE kind = 3", "explanations of run “Model two”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *name = g_strdup_printf ("tampered-%u.semio", i);
      g_autofree char *path = NULL;
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioStoreVerifyReport) report = NULL;
      SemioStoreService *service = create (name, &path);
      SemioDatabase *database;

      semio_store_fixture_close (service);
      database = semio_database_open (path, SEMIO_DATABASE_NONE, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (semio_database_execute (database, changes[i].sql, &error));
      g_assert_cmpint (semio_database_get_n_changes (database), >=, 1);
      semio_database_close (database);
      service = semio_store_fixture_open (path, &error);
      g_assert_no_error (error);
      report = semio_store_fixture_verify (service);
      found = g_strjoinv ("\n", report->findings);
      g_test_message ("%s", found);
      g_assert_nonnull (strstr (found, changes[i].said));
      semio_store_fixture_close (service);
    }
}

/* A copy that lacks them gets all of them, and again nothing. */
static void
test_merge (void)
{
  g_autofree char *path = semio_store_fixture_path ("merge.semio");
  g_autofree char *other = semio_store_fixture_path ("merge-other.semio");
  g_autofree char *bytes = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreFacts facts;
  gsize length;

  semio_store_fixture_fill (service, 2, &facts);
  semio_store_fixture_close (service);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (other, bytes, (gssize) length, NULL));
  service = semio_store_fixture_open (other, &error);
  g_assert_no_error (error);
  semio_store_fixture_fill_findings (service);
  semio_store_fixture_close (service);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  first = semio_store_fixture_merge (service, other, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (first, "8 findings of annotators"));
  semio_store_fixture_expect_findings (service);
  second = semio_store_fixture_merge (service, other, &error);
  g_assert_no_error (error);
  semio_store_fixture_expect_findings (service);
  expect_good (service);
  semio_store_fixture_close (service);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/findings/same-and-other", test_same_and_other);
  g_test_add_func ("/store/findings/event-parts", test_event_parts);
  g_test_add_func ("/store/findings/tampering", test_tampering);
  g_test_add_func ("/store/findings/merge", test_merge);
  return semio_store_fixture_run ();
}

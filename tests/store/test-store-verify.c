/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "semio-entry-table.h"
#include "semio-known-study.h"
#include "semio-rating-table.h"
#include "semio-schema.h"
#include "semio-store-fixture.h"

/* Changes a closed file behind the program's back. */
static void
tamper (const char *path, const char *sql)
{
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

static char *
make_study (const char *name, guint n_ratings)
{
  char *path = semio_store_fixture_path (name);
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;

  semio_store_fixture_fill (service, 2, &facts);
  for (guint i = 0; i < n_ratings; i++)
    {
      g_autoptr (SemioRating) rating =
          semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[i % 2], i % 3, (int) (1 + i % 5),
                                    i % 2 == 0 ? "a remark" : NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (rating);
    }
  semio_store_fixture_close (service);
  return path;
}

static SemioStoreVerifyReport *
verify (const char *path)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  SemioStoreVerifyReport *report;

  g_assert_no_error (error);
  report = semio_store_fixture_verify (service);
  semio_store_fixture_close (service);
  return report;
}

static void
expect (const char *name, const char *sql, const char *finding)
{
  g_autofree char *path = make_study (name, 4);
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autofree char *all = NULL;

  tamper (path, sql);
  report = verify (path);
  all = g_strjoinv ("\n", report->findings);
  g_assert_false (report->good);
  g_test_message ("%s", all);
  g_assert_nonnull (strstr (all, finding));
}

static void
test_good (void)
{
  g_autofree char *path = make_study ("good.semio", 5);
  g_autoptr (SemioStoreVerifyReport) report = verify (path);
  g_autofree char *remarks = g_strjoinv ("\n", report->remarks);

  g_assert_cmpstr (report->findings[0], ==, NULL);
  g_assert_true (report->good);
  /* A person, two recordings with one patient, a run, a set, its choice, the import, five ratings. */
  g_assert_cmpuint (report->n_entries, ==, 13);
  g_assert_cmpuint (report->n_writers, ==, 1);
  g_assert_nonnull (strstr (remarks, "This is no signature"));
}

static void
test_changed_entry (void)
{
  expect ("changed.semio",
          "DROP TRIGGER entry_keeps; UPDATE entry SET json = replace (json, '\"score\":2', '\"score\":5') WHERE kind = 'rating';"
          "CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT RAISE (ABORT, 'entries are never changed'); END",
          "was changed: its text does not give its hash");
}

static void
test_changed_column (void)
{
  expect ("column.semio",
          "DROP TRIGGER entry_keeps; UPDATE entry SET kind = 'person' WHERE id = (SELECT max (id) FROM entry);"
          "CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT RAISE (ABORT, 'entries are never changed'); END",
          "does not say what the table says of it");
}

static void
test_missing_entry (void)
{
  expect ("missing.semio",
          "PRAGMA foreign_keys = OFF; DROP TRIGGER entry_stays; DELETE FROM rating WHERE entry_id = 10; DELETE FROM entry WHERE "
          "id = 10;"
          "CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE (ABORT, 'entries are never deleted'); END",
          "is broken before entry 11");
}

static void
test_changed_projection (void)
{
  expect ("projection.semio", "UPDATE rating SET score = 5 WHERE score = 2", "The table of ratings does not agree");
}

static void
test_hidden_rating (void)
{
  expect ("hidden.semio", "UPDATE rating SET current = 0 WHERE entry_id = (SELECT max (entry_id) FROM rating)",
          "The table of ratings does not agree");
}

static void
test_changed_text (void)
{
  expect ("text.semio", "UPDATE entry_text SET text = 'another remark' WHERE text = 'a remark'",
          "texts were changed after they were entered");
}

/* A rating says which text it is of; nothing else vouches for the text where its import has no digest to compare. */
static void
test_rating_of_other_text (void)
{
  expect ("other-text.semio", "UPDATE explanation SET text = 'Another text.' WHERE recording_id = 1 AND feature_id = 0",
          "1 rating was given for another explanation than the one that stands: ");
  expect ("other-text-named.semio", "UPDATE explanation SET text = 'Another text.' WHERE recording_id = 1 AND feature_id = 0",
          "of run “Model one” by Dr. Ada Example.");
  /* What was superseded was given for a text too. */
  expect ("other-text-all.semio", "UPDATE explanation SET text = text || ' More.'",
          "4 ratings were given for other explanations");
}

static void
test_rating_of_nothing (void)
{
  expect ("nothing.semio", "DELETE FROM explanation WHERE feature_id = 1; DELETE FROM prediction WHERE feature_id = 1",
          "1 rating is of an answer that is not in the file: ");
}

static gpointer
no_digest_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;
  g_autoptr (SemioRating) rating = semio_rating_new ();

  rating->person_id = facts->person_id;
  rating->key = (SemioItemKey){ facts->run_id, facts->recording_ids[0], 0, SEMIO_SEGMENT_WHOLE };
  rating->score = 2;
  return semio_rating_table_add (database, rating, error);
}

/* Cells that come later make the text another one, and the rating none the worse. */
static void
test_rating_before_more (void)
{
  g_autofree char *path = semio_store_fixture_path ("before-more.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreImport *more = semio_store_fixture_new_import ("Model one", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) first = NULL;
  g_autoptr (SemioRating) unsaid = NULL;
  g_autoptr (SemioStoreImportResult) result = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autofree char *remarks = NULL;
  SemioStoreFacts facts;

  semio_store_fixture_fill (service, 2, &facts);
  first = semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[0], 0, 4, NULL, &error);
  g_assert_no_error (error);
  unsaid = semio_store_fixture_write (service, no_digest_func, &facts, &error);
  g_assert_no_error (error);
  more->run->id = facts.run_id;
  for (int i = 0; i < 2; i++)
    {
      /* A further segment, and a further attempt at the first one. */
      SemioPrediction cell = { 0, facts.recording_ids[0], 0, i == 0 ? 2 : 0, i, SEMIO_ANSWER_YES, g_strdup ("Later.") };

      g_array_append_val (more->predictions, cell);
    }
  result = semio_store_fixture_import (service, more, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_added, ==, 2);
  report = semio_store_fixture_verify (service);
  remarks = g_strjoinv ("\n", report->remarks);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  g_assert_cmpuint (report->n_ratings, ==, 2);
  g_assert_cmpuint (report->n_ratings_differing, ==, 0);
  g_assert_nonnull (strstr (remarks, "1 rating was given before a later import or answer added to its explanation."));
  g_assert_nonnull (strstr (remarks, "1 rating does not say which explanation it was given for."));
  semio_store_fixture_close (service);
}

/* The end is cut so that the file itself is whole: only what stands outside can tell. */
static void
test_cut_tail (void)
{
  expect ("tail.semio",
          "PRAGMA foreign_keys = OFF; DROP TRIGGER entry_stays; DELETE FROM rating WHERE entry_id = 12; DELETE FROM entry WHERE "
          "id = 12;"
          "CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE (ABORT, 'entries are never deleted'); END;"
          "UPDATE writer SET seq = 11, hash = (SELECT hash FROM entry WHERE seq = 11), head_entry_id = 11",
          "The end was cut: this computer wrote 12 entries");
}

#define CUT_SQL                                                                                                                  \
  "PRAGMA foreign_keys = OFF; DROP TRIGGER entry_stays; DELETE FROM rating WHERE entry_id = 12;"                                 \
  "DELETE FROM supersession WHERE entry_id = 12; DELETE FROM entry WHERE "                                                       \
  "id = 12; CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE (ABORT, 'entries are never deleted'); END;"     \
  "UPDATE writer SET seq = 11, hash = (SELECT hash FROM entry WHERE seq = 11), head_entry_id = 11 WHERE seq = 12"

static void
assert_told (const char *path, const char *finding)
{
  g_autoptr (SemioStoreVerifyReport) report = verify (path);
  g_autofree char *all = g_strjoinv ("\n", report->findings);

  g_test_message ("%s", all);
  g_assert_false (report->good);
  g_assert_nonnull (strstr (all, finding));
}

static SemioUuid open_writer (const char *path, gboolean rate);

static gboolean
is_known (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_READ_ONLY, NULL, &error);
  g_autoptr (SemioStudyHead) head = database != NULL ? semio_schema_read_head (database, &error) : NULL;
  g_autoptr (SemioKnownStudy) known = head != NULL ? semio_known_study_load (&head->uuid, &error) : NULL;
  gboolean is;

  g_assert_no_error (error);
  is = semio_known_study_is_known (known, database, &error);
  g_assert_no_error (error);
  return is;
}

/* However often the cut file is opened and written, the loss stays told, and the old chain is not gone on with. */
static void
test_cut_tail_stays_told (void)
{
  g_autofree char *path = make_study ("tail-stays.semio", 3);
  const SemioUuid first = open_writer (path, TRUE);
  SemioUuid next;

  g_assert_true (is_known (path));
  tamper (path, CUT_SQL);
  next = open_writer (path, FALSE);
  /* It is looked at as a stranger's, each time. */
  g_assert_false (is_known (path));
  g_assert_false (semio_uuid_equal (&first, &next));
  assert_told (path, "The end was cut: this computer wrote 12 entries");
  next = open_writer (path, TRUE);
  g_assert_false (semio_uuid_equal (&first, &next));
  open_writer (path, TRUE);
  assert_told (path, "The end was cut: this computer wrote 12 entries");
  g_assert_false (is_known (path));
}

static void
forget_studies (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "semioscope", "studies", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

/* What somebody else wrote is known here from having been opened, though this installation is none of its writers. */
static void
test_cut_foreign_tail (void)
{
  g_autofree char *path = make_study ("tail-foreign.semio", 4);

  forget_studies ();
  open_writer (path, FALSE);
  tamper (path, CUT_SQL);
  open_writer (path, FALSE);
  assert_told (path, "The end was cut: this file once had 12 entries");
  open_writer (path, TRUE);
  assert_told (path, "The end was cut: this file once had 12 entries");
}

/* The end is taken away and another put in its place: the chain is whole, but not the one that was seen. */
static void
test_rewritten_tail (void)
{
  g_autofree char *path = make_study ("tail-rewritten.semio", 4);
  g_autofree char *shorter = NULL;

  tamper (path, CUT_SQL);
  shorter = semio_store_fixture_copy (path, "tail-shorter.semio");
  open_writer (shorter, TRUE);
  assert_told (path, "The end was cut");
  open_writer (path, TRUE);
  open_writer (path, FALSE);
  assert_told (path, "The end was cut");
}

/* A record that cannot be read is not written over. */
static void
test_damaged_record (void)
{
  g_autofree char *path = make_study ("record.semio", 1);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "semioscope", "studies", NULL);
  g_autofree char *content = NULL;
  g_autofree char *record = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  forget_studies ();
  open_writer (path, TRUE);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      record = g_build_filename (folder, name, NULL);
  g_assert_nonnull (record);
  g_assert_true (g_file_set_contents (record, "{\"cut\":", -1, NULL));
  open_writer (path, TRUE);
  aside = g_strconcat (record, ".damaged", NULL);
  g_assert_true (g_file_get_contents (aside, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "{\"cut\":");
}

/* Cells of an import that were changed, taken away or added outside are told by the run's or the set's name. */
static void
test_changed_cells (void)
{
  expect ("cell-answer.semio", "UPDATE prediction SET answer = 2 WHERE answer = 1 AND recording_id = 1 AND feature_id = 0",
          "The answers of run “Model one” are not those that were imported: 12 stand where 12 were brought in");
  expect ("cell-text.semio", "UPDATE explanation SET text = text || '!' WHERE recording_id = 2 AND feature_id = 1",
          "The explanations of run “Model one” are not those that were imported");
  expect ("cell-gone.semio", "DELETE FROM prediction WHERE recording_id = 1 AND feature_id = 2 AND segment = 0",
          "11 stand where 12 were brought in");
  expect ("label.semio", "UPDATE label SET answer = 2 WHERE recording_id = 2",
          "The labels of reference set “Consensus” are not those that were imported");
  expect ("label-time.semio", "UPDATE label SET begin_ns = 0 WHERE recording_id = 2", "The labels of reference set “Consensus”");
  expect ("event.semio", "UPDATE event SET onset_ns = onset_ns + 1 WHERE recording_id = 1",
          "The event times of reference set “Consensus” are not those that were imported");
  expect ("import-gone.semio",
          "PRAGMA foreign_keys = OFF; DELETE FROM label; DELETE FROM event; DELETE FROM coverage;"
          "DELETE FROM explanation; DELETE FROM prediction; DELETE FROM import",
          "is not in the file any more");
  expect ("import-strange.semio",
          "INSERT INTO import (uuid, state, run_id, owner, touched_utc_us) VALUES (zeroblob (16), 1, 1, '', 0);"
          "INSERT INTO prediction (recording_id, run_id, feature_id, segment, attempt, import_id, answer)"
          " VALUES (1, 1, 7, 0, 0, (SELECT max (id) FROM import), 1)",
          "1 import stands in the file that no entry speaks of");
}

/* The digest goes with the import: united in either order nothing is told, and what was changed before is told after. */
static void
test_merged_cells (void)
{
  g_autofree char *path = make_study ("merged-one.semio", 1);
  g_autofree char *other = semio_store_fixture_copy (path, "merged-two.semio");
  const char *order[][2] = { { path, other }, { other, path } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      SemioStoreService *service = semio_store_fixture_open (i == 0 ? path : other, &error);
      SemioStoreImport *import = semio_store_fixture_new_import (i == 0 ? "Of one" : "Of two", 1 + i);
      g_autoptr (SemioStoreImportResult) result = semio_store_fixture_import (service, import, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (result->n_differences, ==, 0);
      semio_store_fixture_close (service);
    }
  tamper (other, "UPDATE explanation SET text = 'another' WHERE run_id = (SELECT max (id) FROM run) AND feature_id = 1");
  for (guint i = 0; i < 2; i++)
    {
      SemioStoreService *service = semio_store_fixture_open (order[i][0], &error);
      g_autofree char *text = semio_store_fixture_merge (service, order[i][1], &error);
      g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);
      g_autofree char *all = g_strjoinv ("\n", report->findings);

      g_assert_no_error (error);
      g_test_message ("%s", all);
      g_assert_cmpuint (g_strv_length (report->findings), ==, 1);
      g_assert_nonnull (strstr (all, "The explanations of run “Of two” are not those that were imported"));
      semio_store_fixture_close (service);
    }
}

static void
test_redacted (void)
{
  g_autofree char *path = make_study ("redacted.semio", 4);
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autofree char *remarks = NULL;

  tamper (path, "DELETE FROM entry_text WHERE text = 'a remark'");
  report = verify (path);
  remarks = g_strjoinv ("\n", report->remarks);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  g_assert_nonnull (strstr (remarks, "2 texts are redacted"));
}

static gpointer
writer_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return g_memdup2 (semio_database_get_writer (database), sizeof (SemioUuid));
}

static SemioUuid
open_writer (const char *path, gboolean rate)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  g_autofree SemioUuid *writer = NULL;

  g_assert_no_error (error);
  writer = semio_store_fixture_write (service, writer_func, NULL, &error);
  g_assert_no_error (error);
  if (rate)
    {
      g_autoptr (SemioRating) rating = semio_store_fixture_rate (service, 1, 1, 1, 0, 3, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (rating);
    }
  semio_store_fixture_close (service);
  return *writer;
}

/* A copy goes on as its writer only where its end is exactly the one remembered; an older one gets a new writer. */
static void
test_writers (void)
{
  g_autofree char *path = make_study ("writers.semio", 1);
  g_autofree char *older = semio_store_fixture_copy (path, "writers-older.semio");
  g_autofree char *merged = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  SemioUuid first = open_writer (path, TRUE);
  SemioUuid again = open_writer (path, TRUE);
  SemioUuid other = open_writer (older, TRUE);
  SemioUuid third = open_writer (path, FALSE);
  SemioUuid other_again = open_writer (older, FALSE);
  SemioStoreService *service;

  g_assert_true (semio_uuid_equal (&first, &again));
  g_assert_false (semio_uuid_equal (&first, &other));
  g_assert_true (semio_uuid_equal (&first, &third));
  g_assert_true (semio_uuid_equal (&other, &other_again));

  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  merged = semio_store_fixture_merge (service, older, &error);
  g_assert_no_error (error);
  report = semio_store_fixture_verify (service);
  g_assert_cmpstr (report->findings[0], ==, NULL);
  g_assert_cmpuint (report->n_writers, ==, 2);
  semio_store_fixture_close (service);
}

/* An opening that never closed may have written more than is remembered: nobody goes on as that writer. */
static void
test_writer_after_crash (void)
{
  g_autofree char *path = make_study ("crash.semio", 1);
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);
  g_autofree SemioUuid *crashed = semio_store_fixture_write (service, writer_func, NULL, &error);
  g_autofree char *left = semio_store_fixture_copy (path, "crash-left.semio");
  SemioUuid next = open_writer (left, TRUE);

  g_assert_no_error (error);
  g_assert_false (semio_uuid_equal (crashed, &next));
  semio_store_fixture_close (service);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/verify/good", test_good);
  g_test_add_func ("/store/verify/changed-entry", test_changed_entry);
  g_test_add_func ("/store/verify/changed-column", test_changed_column);
  g_test_add_func ("/store/verify/missing-entry", test_missing_entry);
  g_test_add_func ("/store/verify/changed-projection", test_changed_projection);
  g_test_add_func ("/store/verify/hidden-rating", test_hidden_rating);
  g_test_add_func ("/store/verify/changed-text", test_changed_text);
  g_test_add_func ("/store/verify/rating-of-other-text", test_rating_of_other_text);
  g_test_add_func ("/store/verify/rating-of-nothing", test_rating_of_nothing);
  g_test_add_func ("/store/verify/rating-before-more", test_rating_before_more);
  g_test_add_func ("/store/verify/cut-tail", test_cut_tail);
  g_test_add_func ("/store/verify/cut-tail-stays-told", test_cut_tail_stays_told);
  g_test_add_func ("/store/verify/cut-foreign-tail", test_cut_foreign_tail);
  g_test_add_func ("/store/verify/rewritten-tail", test_rewritten_tail);
  g_test_add_func ("/store/verify/damaged-record", test_damaged_record);
  g_test_add_func ("/store/verify/changed-cells", test_changed_cells);
  g_test_add_func ("/store/verify/merged-cells", test_merged_cells);
  g_test_add_func ("/store/verify/redacted", test_redacted);
  g_test_add_func ("/store/verify/writers", test_writers);
  g_test_add_func ("/store/verify/writer-after-crash", test_writer_after_crash);
  return semio_store_fixture_run ();
}

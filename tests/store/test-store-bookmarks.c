/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookmarks: noted, changed, removed, in the file again, verified, and merged from two copies. */
#include <gio/gio.h>

#include "semio-bookmark-table.h"
#include "semio-entry-table.h"
#include "semio-rating-table.h"
#include "semio-span.h"
#include "semio-store-fixture.h"

typedef struct {
  gint64 person_id;
  gint64 recording_id;
  gint64 time_ns;
  const char *text;
  SemioUuid entry; /* what is changed or removed */
} Wish;

static gpointer
put_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  g_autoptr (SemioBookmark) bookmark = semio_bookmark_new ();

  bookmark->entry = wish->entry;
  bookmark->person_id = wish->person_id;
  bookmark->recording_id = wish->recording_id;
  bookmark->time_ns = wish->time_ns;
  bookmark->text = g_strdup (wish->text);
  return semio_bookmark_table_put (database, bookmark, error);
}

static gpointer
withdraw_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;

  semio_bookmark_table_withdraw (database, wish->person_id, &wish->entry, error);
  return NULL;
}

static gpointer
load_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_bookmark_table_load (database, *(gint64 *) data, error);
}

static SemioBookmark *
put (SemioStoreService *service, const Wish *wish)
{
  g_autoptr (GError) error = NULL;
  SemioBookmark *bookmark = semio_store_fixture_write (service, put_func, (gpointer) wish, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bookmark);
  return bookmark;
}

static void
withdraw (SemioStoreService *service, const Wish *wish)
{
  g_autoptr (GError) error = NULL;

  semio_store_fixture_write (service, withdraw_func, (gpointer) wish, &error);
  g_assert_no_error (error);
}

/* What stands, "<recording>:<ns> <text>" each, in the order in which it is given. */
static char *
list (SemioStoreService *service, gint64 recording_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bookmarks = semio_store_fixture_read (service, load_func, &recording_id, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < bookmarks->len; i++)
    {
      const SemioBookmark *bookmark = g_ptr_array_index (bookmarks, i);

      g_string_append_printf (text, "%s%d:%d %s", i > 0 ? "; " : "", (int) bookmark->recording_id, (int) bookmark->time_ns,
                              bookmark->text != NULL ? bookmark->text : "-");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
expect (SemioStoreService *service, gint64 recording_id, const char *expected)
{
  g_autofree char *found = list (service, recording_id);

  g_assert_cmpstr (found, ==, expected);
}

static void
expect_good (SemioStoreService *service)
{
  g_autoptr (SemioStoreVerifyReport) report = semio_store_fixture_verify (service);

  g_assert_cmpstr (report->findings[0], ==, NULL);
}

static void
test_life (void)
{
  g_autofree char *path = semio_store_fixture_path ("bookmarks.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (SemioBookmark) first = NULL;
  g_autoptr (SemioBookmark) second = NULL;
  g_autoptr (SemioBookmark) changed = NULL;
  g_autoptr (SemioBookmark) refused = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  Wish wish;

  semio_store_fixture_fill (service, 2, &facts);
  wish = (Wish){ facts.person_id, facts.recording_ids[0], 5000, "  the head turns\n", { { 0 } } };
  first = put (service, &wish);
  g_assert_cmpstr (first->text, ==, "the head turns");
  g_assert_cmpint (first->person_id, ==, facts.person_id);
  g_assert_cmpint (first->utc_us, >, 0);
  g_assert_false (semio_uuid_is_nil (&first->entry));
  wish.time_ns = 100;
  wish.text = NULL;
  second = put (service, &wish);
  g_assert_null (second->text);
  wish.recording_id = facts.recording_ids[1];
  wish.text = "other";
  semio_bookmark_unref (put (service, &wish));
  expect (service, facts.recording_ids[0], "1:100 -; 1:5000 the head turns");
  expect (service, 0, "1:100 -; 1:5000 the head turns; 2:100 other");

  wish = (Wish){ facts.person_id, facts.recording_ids[0], 6000, "to the left", first->entry };
  changed = put (service, &wish);
  expect (service, facts.recording_ids[0], "1:100 -; 1:6000 to the left");
  /* What was changed cannot be changed or removed again. */
  refused = semio_store_fixture_write (service, put_func, &wish, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND);
  g_assert_null (refused);
  withdraw (service, &wish);
  expect (service, facts.recording_ids[0], "1:100 -; 1:6000 to the left");
  wish.entry = second->entry;
  withdraw (service, &wish);
  withdraw (service, &wish);
  expect (service, facts.recording_ids[0], "1:6000 to the left");
  g_clear_error (&error);
  wish = (Wish){ facts.person_id, facts.recording_ids[0], -1, "before", { { 0 } } };
  refused = semio_store_fixture_write (service, put_func, &wish, &error);
  g_assert_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID);

  semio_store_fixture_close (service);
  g_clear_error (&error);
  service = semio_store_fixture_open (path, &error);
  g_assert_no_error (error);
  expect (service, facts.recording_ids[0], "1:6000 to the left");
  expect_good (service);
  semio_store_fixture_close (service);
}

static gpointer
tamper_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  semio_database_execute (database, data, error);
  return NULL;
}

/* A moved bookmark does not agree with its entry; a changed text does not give its hash. */
static void
test_verify (void)
{
  g_autofree char *path = semio_store_fixture_path ("bookmarks-tampered.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  g_autoptr (SemioStoreVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  Wish wish;

  semio_store_fixture_fill (service, 1, &facts);
  wish = (Wish){ facts.person_id, facts.recording_ids[0], 5000, "here", { { 0 } } };
  semio_bookmark_unref (put (service, &wish));
  expect_good (service);
  semio_store_fixture_write (service, tamper_func, "UPDATE bookmark SET time_ns = 6000", &error);
  g_assert_no_error (error);
  report = semio_store_fixture_verify (service);
  g_assert_cmpuint (g_strv_length (report->findings), ==, 1);
  g_assert_nonnull (g_strstr_len (report->findings[0], -1, "bookmarks"));
  semio_store_fixture_close (service);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static SemioStoreService *
reopen (const char *path)
{
  g_autoptr (GError) error = NULL;
  SemioStoreService *service = semio_store_fixture_open (path, &error);

  g_assert_no_error (error);
  return service;
}

/* Changed in one copy, removed in the other: both are kept apart, whichever side merges, and twice is as once. */
static void
test_merge (void)
{
  g_autofree char *path = semio_store_fixture_path ("bookmarks-a.semio");
  g_autofree char *other_path = semio_store_fixture_path ("bookmarks-b.semio");
  SemioStoreService *service = semio_store_fixture_create (path);
  SemioStoreService *other;
  g_autoptr (SemioBookmark) shared = NULL;
  g_autoptr (SemioBookmark) gone = NULL;
  g_autoptr (GError) error = NULL;
  SemioStoreFacts facts;
  Wish wish;

  semio_store_fixture_fill (service, 1, &facts);
  wish = (Wish){ facts.person_id, facts.recording_ids[0], 1000, "shared", { { 0 } } };
  shared = put (service, &wish);
  wish.time_ns = 2000;
  wish.text = "goes";
  gone = put (service, &wish);
  semio_store_fixture_close (service);
  copy_file (path, other_path);

  service = reopen (path);
  wish = (Wish){ facts.person_id, facts.recording_ids[0], 1100, "changed in A", shared->entry };
  semio_bookmark_unref (put (service, &wish));
  wish.entry = gone->entry;
  withdraw (service, &wish);
  semio_store_fixture_close (service);
  other = reopen (other_path);
  wish = (Wish){ facts.person_id, facts.recording_ids[0], 1200, "changed in B", shared->entry };
  semio_bookmark_unref (put (other, &wish));
  wish = (Wish){ facts.person_id, facts.recording_ids[0], 3000, "new in B", { { 0 } } };
  semio_bookmark_unref (put (other, &wish));
  semio_store_fixture_close (other);

  service = reopen (path);
  for (guint i = 0; i < 2; i++)
    {
      g_free (semio_store_fixture_merge (service, other_path, &error));
      g_assert_no_error (error);
      expect (service, 0, "1:1100 changed in A; 1:1200 changed in B; 1:3000 new in B");
      expect_good (service);
    }
  semio_store_fixture_close (service);
  other = reopen (other_path);
  g_free (semio_store_fixture_merge (other, path, &error));
  g_assert_no_error (error);
  expect (other, 0, "1:1100 changed in A; 1:1200 changed in B; 1:3000 new in B");
  expect_good (other);
  semio_store_fixture_close (other);
}

int
main (int argc, char **argv)
{
  semio_store_fixture_init (&argc, &argv);
  g_test_add_func ("/store/bookmarks/life", test_life);
  g_test_add_func ("/store/bookmarks/verify", test_verify);
  g_test_add_func ("/store/bookmarks/merge", test_merge);
  return semio_store_fixture_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the fixture of the schema that this program writes: make-fixture OUT. Run it once when a version is new, commit
 * the file as fixtures/study-v<version>.semio, and never make it again. */
#include <glib/gstdio.h>

#include "semio-case-table.h"
#include "semio-draft-table.h"
#include "semio-person-table.h"
#include "semio-rating-table.h"
#include "semio-store-fixture-findings.h"
#include "semio-store-fixture-live.h"

static gpointer
work_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const SemioStoreFacts *facts = data;
  const SemioItemKey withdrawn = { facts->run_id, facts->recording_ids[1], 0, SEMIO_SEGMENT_WHOLE };
  const SemioItemKey half = { facts->run_id, facts->recording_ids[1], 2, SEMIO_SEGMENT_WHOLE };
  g_autoptr (SemioPerson) person = semio_person_table_get (database, facts->person_id, error);
  g_autoptr (SemioRecording) media = semio_recording_new ();
  g_autoptr (GBytes) index = g_bytes_new_static ("an index", 8);
  const SemioNewRecording adding = { media, NULL, index, NULL };
  g_autoptr (SemioRecording) attached = NULL;
  g_autoptr (SemioRating) withdrawal = NULL;

  media->has_media = TRUE;
  media->content = semio_sha256_of_text ("a video");
  media->size_bytes = 1000;
  media->duration_ns = 40 * SEMIO_NS_PER_SECOND;
  attached = semio_recording_table_attach_media (database, &person->uuid, facts->recording_ids[0], &adding, error);
  if (attached == NULL || !semio_case_table_set_done (database, &person->uuid, facts->recording_ids[0], TRUE, error)
      || !semio_case_table_reveal (database, &person->uuid, facts->recording_ids[0], TRUE, TRUE, error)
      || !semio_recording_table_set_mirrored (database, &person->uuid, facts->recording_ids[1], TRUE, "seen on the wall", error)
      || !semio_draft_table_set (database, facts->person_id, &half, "half a comment", error))
    return NULL;
  withdrawal = semio_rating_table_withdraw (database, facts->person_id, &withdrawn, "wrong key", error);
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("semio-fixture-XXXXXX", NULL);
  SemioStoreService *service;
  SemioStoreFacts facts;

  if (argc != 2 || g_file_test (argv[1], G_FILE_TEST_EXISTS))
    {
      g_printerr ("usage: make-fixture OUT, where OUT is not there yet\n");
      return 2;
    }
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("SEMIO_SEED", "fixture", TRUE);
  g_setenv ("SEMIO_NOW", "2026-01-02T03:04:05Z", TRUE);
  service = semio_store_fixture_create (argv[1]);
  semio_store_fixture_fill (service, 2, &facts);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (SemioRating) rating =
          semio_store_fixture_rate (service, facts.person_id, facts.run_id, facts.recording_ids[i / 2], i % 2, (int) i + 2,
                                    i == 1 ? "left, not right" : NULL, &error);

      if (rating == NULL)
        g_error ("%s", error->message);
    }
  semio_store_fixture_write (service, work_func, &facts, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  semio_store_fixture_fill_live (service);
  semio_store_fixture_fill_findings (service);
  semio_store_fixture_close (service);
  return 0;
}

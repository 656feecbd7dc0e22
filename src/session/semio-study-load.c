/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-study-load.h"

#include "semio-case-table.h"
#include "semio-person-table.h"
#include "semio-prediction-table.h"
#include "semio-recording-table.h"
#include "semio-reference-table.h"
#include "semio-run-table.h"
#include "semio-study-private.h"

void
semio_person_work_free (SemioPersonWork *work)
{
  g_clear_pointer (&work->rated, g_array_unref);
  g_clear_pointer (&work->done, g_array_unref);
  g_free (work);
}

void
semio_study_content_free (SemioStudyContent *content)
{
  g_clear_pointer (&content->recordings, g_ptr_array_unref);
  g_clear_pointer (&content->runs, g_ptr_array_unref);
  g_clear_pointer (&content->persons, g_ptr_array_unref);
  g_clear_pointer (&content->reference_sets, g_ptr_array_unref);
  g_clear_pointer (&content->events, g_array_unref);
  g_clear_pointer (&content->coverage, g_array_unref);
  g_clear_pointer (&content->work, g_ptr_array_unref);
  g_free (content);
}

static gboolean
load_events (SemioDatabase *database, SemioStudyContent *content, GError **error)
{
  for (guint i = 0; i < content->reference_sets->len; i++)
    {
      const SemioReferenceSet *set = content->reference_sets->pdata[i];

      if (set->current)
        {
          content->events = semio_reference_table_load_events (database, set->id, 0, error);
          return content->events != NULL;
        }
    }
  return TRUE;
}

/* Of every person, so that choosing another one needs no waiting. */
static gboolean
load_work (SemioDatabase *database, SemioStudyContent *content, GError **error)
{
  content->work = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_person_work_free);
  for (guint i = 0; i < content->persons->len; i++)
    {
      const SemioPerson *person = content->persons->pdata[i];
      SemioPersonWork *work = g_new0 (SemioPersonWork, 1);

      g_ptr_array_add (content->work, work);
      work->person_id = person->id;
      work->rated = semio_rating_table_load_rated (database, person->id, error);
      if (!work->rated)
        return FALSE;
      work->done = semio_case_table_load_done (database, person->id, error);
      if (!work->done)
        return FALSE;
    }
  return TRUE;
}

gpointer
semio_study_content_load (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioStudyContent) content = g_new0 (SemioStudyContent, 1);

  if (!(content->recordings = semio_recording_table_load (database, error))
      || !(content->runs = semio_run_table_load (database, error))
      || !(content->persons = semio_person_table_load (database, error))
      || !(content->reference_sets = semio_reference_table_load_sets (database, error))
      || !(content->coverage = semio_prediction_table_load_coverage (database, error)) || !load_events (database, content, error)
      || !load_work (database, content, error))
    return NULL;
  return g_steal_pointer (&content);
}

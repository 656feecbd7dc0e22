/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-export.h"

#include <glib/gi18n-lib.h>

#include "semio-file-write.h"
#include "semio-joined.h"
#include "semio-person-table.h"
#include "semio-prediction-table.h"
#include "semio-predictions-writer.h"
#include "semio-ratings-writer.h"
#include "semio-study-private.h"

#define PROGRESS_EVERY_US (50 * 1000)
/* Ratings between two looks at the time and at the cancellable. */
#define RATINGS_A_STEP 1024

typedef struct {
  SemioFeatureSet *features;
  gboolean deidentified;
  gint64 run_id;
  GFile *out;
  SemioProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  GMainContext *context; /* of whoever started it */
  gint64 last_progress_us;
} Export;

typedef struct {
  SemioProgressFunc progress;
  gpointer progress_data;
  double fraction;
} Progress;

static gboolean
tell_progress_cb (gpointer user_data)
{
  const Progress *progress = user_data;

  progress->progress (progress->fraction, _ ("Exporting…"), progress->progress_data);
  return G_SOURCE_REMOVE;
}

/* In the reading thread; told on at most twenty times a second. The result comes later by the same way, so whoever waits for it
 * is still there. FALSE with an error when it was cancelled. */
static gboolean
step (Export *export, guint done, guint all, GCancellable *cancellable, GError **error)
{
  gint64 now_us = g_get_monotonic_time ();
  Progress *progress;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!export->progress || now_us - export->last_progress_us < PROGRESS_EVERY_US)
    return TRUE;
  export->last_progress_us = now_us;
  progress = g_new0 (Progress, 1);
  progress->progress = export->progress;
  progress->progress_data = export->progress_data;
  progress->fraction = (double) done / MAX (all, 1);
  g_main_context_invoke_full (export->context, G_PRIORITY_DEFAULT, tell_progress_cb, progress, g_free);
  return TRUE;
}

static void
export_free (Export *export)
{
  g_main_context_unref (export->context);
  semio_feature_set_unref (export->features);
  g_object_unref (export->out);
  g_free (export);
}

/* Persons by id with a number each, for copies that leave names out. */
static int
find_person (GPtrArray *persons, gint64 id)
{
  for (guint i = 0; i < persons->len; i++)
    if (((SemioPerson *) persons->pdata[i])->id == id)
      return (int) i;
  return -1;
}

static void
fill_line (const Export *export, SemioJoined *joined, GPtrArray *persons, const SemioRating *rating, SemioRatingLine *line)
{
  const SemioRecording *recording = g_hash_table_lookup (joined->recordings_by_id, &rating->key.recording_id);
  const SemioRun *run = g_hash_table_lookup (joined->runs_by_id, &rating->key.run_id);
  const SemioEvent *event = g_hash_table_lookup (joined->events, &rating->key.recording_id);
  int person = find_person (persons, rating->person_id);

  line->rating = rating;
  if (person >= 0)
    {
      line->person = export->deidentified ? NULL : ((SemioPerson *) persons->pdata[person])->name;
      line->person_number = (guint) person + 1;
      line->role = ((SemioPerson *) persons->pdata[person])->role;
    }
  line->recording = recording ? recording->pseudonym : NULL;
  line->event_type = event ? event->type : SEMIO_EVENT_TYPE_UNDETERMINED;
  line->run = run ? run->name : NULL;
  line->model = run ? run->model : NULL;
  line->enhancement = run ? run->enhancement : NULL;
  line->feature = semio_feature_set_get (export->features, rating->key.feature)->id;
  line->segment = rating->key.segment;
  line->reference = semio_joined_get_label (joined, rating->key.recording_id, rating->key.feature);
  if (!semio_joined_get_answer (joined, rating->key.run_id, rating->key.recording_id, rating->key.feature, &line->answer))
    line->answer = SEMIO_ANSWER_MISSING;
}

/* Free text can tell who somebody is: a de-identified file leaves it out. */
static void
drop_comments (GPtrArray *ratings)
{
  for (guint i = 0; i < ratings->len; i++)
    {
      SemioRating *copy = semio_rating_copy (ratings->pdata[i]);

      g_clear_pointer (&copy->comment, g_free);
      semio_rating_unref (ratings->pdata[i]);
      ratings->pdata[i] = copy;
    }
}

static gpointer
export_ratings (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  g_autoptr (SemioJoined) joined = semio_joined_load (database, export->features, SEMIO_JOIN_POLICY_EVENT, 0, cancellable, error);
  g_autoptr (GPtrArray) persons = joined ? semio_person_table_load (database, error) : NULL;
  g_autoptr (GPtrArray) ratings = persons ? semio_rating_table_load (database, 0, 0, error) : NULL;
  g_autofree SemioRatingLine *lines = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!ratings)
    return NULL;
  if (export->deidentified)
    drop_comments (ratings);
  lines = g_new0 (SemioRatingLine, MAX (ratings->len, 1));
  for (guint i = 0; i < ratings->len; i++)
    {
      if (i % RATINGS_A_STEP == 0 && !step (export, i, ratings->len, cancellable, error))
        return NULL;
      fill_line (export, joined, persons, ratings->pdata[i], &lines[i]);
    }
  bytes = semio_ratings_write (lines, ratings->len);
  semio_file_write (export->out, bytes, cancellable, error);
  return NULL;
}

/* One row of the file on its way: recording and segment, with room for every feature. */
typedef struct {
  char *name;
  int segment;
  SemioAnswer *answers;
  const char **explanations;
  const SemioPrediction **cells;
} Row;

static void
row_free (Row *row)
{
  g_free (row->name);
  g_free (row->answers);
  g_free (row->explanations);
  g_free (row->cells);
  g_free (row);
}

static Row *
find_row (GPtrArray *rows, guint first, const char *name, int segment, guint n_features)
{
  Row *row;

  for (guint i = first; i < rows->len; i++)
    if (((Row *) rows->pdata[i])->segment == segment)
      return rows->pdata[i];
  row = g_new0 (Row, 1);
  row->name = g_strdup (name);
  row->segment = segment;
  row->answers = g_new0 (SemioAnswer, n_features);
  row->explanations = g_new0 (const char *, n_features);
  row->cells = g_new0 (const SemioPrediction *, n_features);
  g_ptr_array_add (rows, row);
  return row;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = *(const Row *const *) a;
  const Row *y = *(const Row *const *) b;
  int order = g_strcmp0 (x->name, y->name);

  return order ? order : x->segment < y->segment ? -1 : x->segment > y->segment;
}

static GBytes *
write_rows (const Export *export, GPtrArray *rows)
{
  g_autofree SemioPredictionRow *lines = g_new0 (SemioPredictionRow, MAX (rows->len, 1));

  g_ptr_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = rows->pdata[i];

      lines[i].name = row->name;
      lines[i].segment = row->segment;
      lines[i].answers = row->answers;
      lines[i].explanations = row->explanations;
      lines[i].cells = row->cells;
    }
  return semio_predictions_write (export->features, lines, rows->len);
}

static gpointer
export_predictions (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  guint n_features = semio_feature_set_get_n_features (export->features);
  g_autoptr (SemioJoined) joined =
      semio_joined_load (database, export->features, SEMIO_JOIN_POLICY_EVENT, export->run_id, cancellable, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  /* The rows borrow the explanations, so what was loaded stays until the file is made. */
  g_autoptr (GPtrArray) loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; joined && i < joined->recordings->len; i++)
    {
      const SemioRecording *recording = joined->recordings->pdata[i];
      GArray *predictions;
      guint first = rows->len;

      if (!step (export, i, joined->recordings->len, cancellable, error))
        return NULL;
      predictions = semio_prediction_table_load (database, recording->id, error);
      if (!predictions)
        return NULL;
      g_ptr_array_add (loaded, predictions);
      semio_prediction_keep_last (predictions);
      for (guint j = 0; j < predictions->len; j++)
        {
          const SemioPrediction *prediction = &g_array_index (predictions, SemioPrediction, j);
          Row *row;

          if (prediction->run_id != export->run_id || prediction->feature >= n_features)
            continue;
          row = find_row (rows, first, recording->pseudonym, prediction->segment, n_features);
          row->answers[prediction->feature] = prediction->answer;
          row->explanations[prediction->feature] = prediction->explanation;
          row->cells[prediction->feature] = prediction;
        }
    }
  if (!joined)
    return NULL;
  bytes = write_rows (export, rows);
  semio_file_write (export->out, bytes, cancellable, error);
  return NULL;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error)
    semio_study_take_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
start (SemioStudy *study, SemioStoreFunc func, gint64 run_id, GFile *out, gboolean deidentified, SemioProgressFunc progress,
       gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->features = semio_feature_set_ref (semio_study_get_feature_set (study));
  export->deidentified = deidentified;
  export->run_id = run_id;
  export->out = g_object_ref (out);
  export->progress = progress;
  export->progress_data = progress_data;
  export->context = g_main_context_ref_thread_default ();
  if (progress)
    progress (0, _ ("Exporting…"), progress_data);
  g_task_set_source_tag (task, semio_export_async);
  semio_store_service_read_long_async (study->store, func, export, (GDestroyNotify) export_free, NULL, cancellable, exported_cb,
                                       task);
}

void
semio_export_async (SemioStudy *study, const char *what, GFile *out, gboolean deidentified, SemioProgressFunc progress,
                    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GPtrArray *runs = semio_study_get_runs (study);

  if (g_str_equal (what, "ratings"))
    start (study, export_ratings, 0, out, deidentified, progress, progress_data, cancellable, callback, user_data);
  else if (!g_str_equal (what, "predictions"))
    g_task_report_new_error (study, callback, user_data, semio_export_async, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                             _ ("There is no export “%s”. Choose “ratings” or “predictions”."), what);
  else if (runs->len != 1)
    g_task_report_new_error (
        study, callback, user_data, semio_export_async, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED, "%s",
        runs->len ? _ ("The study has several runs, and a file holds one. Choose the run.")
                  : _ ("The study has no run whose predictions could be exported. Import predictions first."));
  else
    start (study, export_predictions, ((SemioRun *) runs->pdata[0])->id, out, deidentified, progress, progress_data, cancellable,
           callback, user_data);
}

void
semio_export_run_async (SemioStudy *study, gint64 run_id, GFile *out, SemioProgressFunc progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start (study, export_predictions, run_id, out, FALSE, progress, progress_data, cancellable, callback, user_data);
}

gboolean
semio_export_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

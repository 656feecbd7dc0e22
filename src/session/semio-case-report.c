/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-case-report.h"

#include <glib/gi18n-lib.h>

#include "semio-file-write.h"
#include "semio-finding-table.h"
#include "semio-finding-words.h"
#include "semio-item-private.h"
#include "semio-joined.h"
#include "semio-paper.h"
#include "semio-person-table.h"
#include "semio-prediction-table.h"
#include "semio-reference-table.h"
#include "semio-schema.h"
#include "semio-study-private.h"

#define PROGRESS_EVERY_US (50 * 1000)

typedef struct {
  SemioFeatureSet *features;
  gint64 recording_id;
  gboolean deidentified;
  char *title;
  GFile *out;
  SemioProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  GMainContext *context; /* of whoever started it */
  gint64 last_progress_us;
} Job;

/* All that is said of one recording. */
typedef struct {
  const Job *job;
  SemioPaper *paper;
  SemioJoined *joined;
  GPtrArray *persons;
  const SemioRecording *recording;
  GArray *labels; /* (nullable) of #SemioLabel */
  GArray *said; /* (nullable) of #SemioFinding: what the reference says beside its labels */
  GArray *run_said; /* of #SemioFinding: the same of the runs */
  GPtrArray *items; /* of #SemioItem */
  GPtrArray *ratings; /* of #SemioRating */
} Case;

typedef struct {
  SemioProgressFunc progress;
  gpointer progress_data;
  double fraction;
} Progress;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->features, semio_feature_set_unref);
  g_clear_object (&job->out);
  g_main_context_unref (job->context);
  g_free (job->title);
  g_free (job);
}

static gboolean
tell_cb (gpointer user_data)
{
  const Progress *progress = user_data;

  progress->progress (progress->fraction, _ ("Writing…"), progress->progress_data);
  return G_SOURCE_REMOVE;
}

static void
tell (Job *job, guint done, guint all)
{
  gint64 now_us = g_get_monotonic_time ();
  Progress *progress;

  if (job->progress == NULL || now_us - job->last_progress_us < PROGRESS_EVERY_US)
    return;
  job->last_progress_us = now_us;
  progress = g_new0 (Progress, 1);
  *progress = (Progress){ job->progress, job->progress_data, (double) done / MAX (all, 1) };
  g_main_context_invoke_full (job->context, G_PRIORITY_DEFAULT, tell_cb, progress, g_free);
}

/* "1:04.5". */
static char *
format_time (gint64 time_ns)
{
  gint64 tenths = (time_ns + 50 * 1000 * 1000) / (100 * 1000 * 1000);

  return g_strdup_printf ("%d:%02d.%d", (int) (tenths / 600), (int) (tenths / 10 % 60), (int) (tenths % 10));
}

static const SemioLabel *
find_label (const Case *one, guint feature)
{
  for (guint i = 0; one->labels != NULL && i < one->labels->len; i++)
    if (g_array_index (one->labels, SemioLabel, i).feature == feature)
      return &g_array_index (one->labels, SemioLabel, i);
  return NULL;
}

static char *
name_person (const Case *one, gint64 id)
{
  for (guint i = 0; i < one->persons->len; i++)
    {
      const SemioPerson *person = one->persons->pdata[i];

      if (person->id == id)
        return one->job->deidentified || person->name == NULL ? g_strdup_printf (_ ("Rater %u"), i + 1) : g_strdup (person->name);
    }
  return g_strdup ("");
}

static void
add_facts (const Case *one)
{
  const SemioEvent *event = g_hash_table_lookup (one->joined->events, &one->recording->id);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Patient %s."), one->recording->patient != NULL ? one->recording->patient : "–");
  if (one->recording->duration_ns > 0)
    {
      g_autofree char *length = format_time (one->recording->duration_ns);

      g_string_append_printf (text, _ (" %s long."), length);
    }
  if (event != NULL)
    {
      g_autofree char *onset = event->onset_ns != SEMIO_TIME_NONE ? format_time (event->onset_ns) : g_strdup ("–");
      g_autofree char *offset = event->offset_ns != SEMIO_TIME_NONE ? format_time (event->offset_ns) : g_strdup ("–");

      g_string_append_printf (text, _ (" Event: %s, onset %s, offset %s."), semio_event_type_get_label (event->type), onset,
                              offset);
    }
  if (!one->job->deidentified && one->recording->source_name != NULL)
    g_string_append_printf (text, _ (" File: %s."), one->recording->source_name);
  semio_paper_add (one->paper, SEMIO_PAPER_TEXT, text->str);
}

/* Features whose beginning is known go first, in the order of it; the others follow in the set's order. */
static int
compare_features (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Case *one = user_data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;
  const SemioLabel *of_left = find_label (one, left);
  const SemioLabel *of_right = find_label (one, right);
  gboolean left_known = of_left != NULL && of_left->begin_ns != SEMIO_TIME_NONE;
  gboolean right_known = of_right != NULL && of_right->begin_ns != SEMIO_TIME_NONE;

  if (left_known != right_known)
    return right_known - left_known;
  if (left_known && of_left->begin_ns != of_right->begin_ns)
    return of_left->begin_ns < of_right->begin_ns ? -1 : 1;
  return (left > right) - (left < right);
}

static GArray *
sort_features (Case *one)
{
  GArray *features = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < semio_feature_set_get_n_features (one->job->features); i++)
    g_array_append_val (features, i);
  g_array_sort_with_data (features, compare_features, one);
  return features;
}

static void
add_sequence (const Case *one, const GArray *features)
{
  guint n_columns = 3 + one->joined->runs->len;
  g_autofree const char **heads = g_new0 (const char *, n_columns + 1);
  g_autofree SemioPaperCell *cells = g_new0 (SemioPaperCell, features->len * n_columns);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  heads[0] = _ ("Feature");
  heads[1] = _ ("Begins");
  heads[2] = _ ("Reference");
  for (guint run = 0; run < one->joined->runs->len; run++)
    heads[3 + run] = ((SemioRun *) one->joined->runs->pdata[run])->name;
  for (guint i = 0; i < features->len; i++)
    {
      guint feature = g_array_index (features, guint, i);
      const SemioLabel *label = find_label (one, feature);
      SemioPaperCell *row = cells + (gsize) i * n_columns;
      char *begin = label != NULL && label->begin_ns != SEMIO_TIME_NONE ? format_time (label->begin_ns) : g_strdup ("–");

      g_ptr_array_add (texts, begin);
      row[0].text = semio_feature_set_get (one->job->features, feature)->label;
      row[1] = (SemioPaperCell){ begin, TRUE, FALSE };
      row[2].text = semio_answer_get_label (semio_joined_get_label (one->joined, one->recording->id, feature));
      for (guint run = 0; run < one->joined->runs->len; run++)
        {
          SemioAnswer answer;
          gint64 id = ((SemioRun *) one->joined->runs->pdata[run])->id;

          row[3 + run].text = semio_joined_get_answer (one->joined, id, one->recording->id, feature, &answer)
                                  ? semio_answer_get_label (answer)
                                  : _ ("not asked");
        }
    }
  semio_paper_add (one->paper, SEMIO_PAPER_SUBHEADING, _ ("Sequence of features, labels and answers"));
  semio_paper_add_table (one->paper, heads, cells, features->len);
}

/* What one voice says beside labels and answers; run_id: 0 for the reference. What persons wrote stays out where names do. */
static void
add_voice (const Case *one, const GArray *said, gint64 run_id, const char *name)
{
  gboolean is_named = FALSE;

  for (guint i = 0; said != NULL && i < said->len; i++)
    {
      const SemioFinding *finding = &g_array_index (said, SemioFinding, i);
      const gboolean is_left_out = run_id == 0 && one->job->deidentified && semio_finding_is_free_text (finding);
      g_autofree char *line = NULL;

      if (finding->run_id != run_id || is_left_out)
        continue;
      line = semio_finding_describe (finding, one->job->features);
      if (line == NULL)
        continue;
      if (!is_named)
        semio_paper_add (one->paper, SEMIO_PAPER_BOLD, name);
      is_named = TRUE;
      semio_paper_add (one->paper, SEMIO_PAPER_TEXT, line);
    }
}

static void
add_findings (const Case *one)
{
  if ((one->said == NULL || one->said->len == 0) && one->run_said->len == 0)
    return;
  semio_paper_add (one->paper, SEMIO_PAPER_SUBHEADING, _ ("Reports, sides, order and times"));
  add_voice (one, one->said, 0, _ ("Reference"));
  for (guint i = 0; i < one->joined->runs->len; i++)
    add_voice (one, one->run_said, ((SemioRun *) one->joined->runs->pdata[i])->id,
               ((SemioRun *) one->joined->runs->pdata[i])->name);
}

static void
add_rating (const Case *one, const SemioRating *rating)
{
  g_autofree char *person = name_person (one, rating->person_id);
  g_autoptr (GString) text = g_string_new (person);

  if (rating->score > 0)
    g_string_append_printf (text, _ (": %d of 5"), rating->score);
  if (rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    g_string_append_printf (text, _ (": cannot judge, %s"), semio_cannot_judge_get_label (rating->cannot_judge));
  if (rating->supports != SEMIO_SUPPORTS_UNSET)
    g_string_append (text,
                     rating->supports == SEMIO_SUPPORTS_YES ? _ (", supports its answer") : _ (", does not support its answer"));
  for (guint i = 0; i < SEMIO_N_MARKS; i++)
    if ((rating->marks & (1u << i)) != 0)
      g_string_append_printf (text, ", %s", semio_mark_get_label ((SemioMarks) (1u << i)));
  if ((rating->visible & (SEMIO_VISIBLE_REFERENCE | SEMIO_VISIBLE_RUN_NAME)) != 0)
    g_string_append (text, _ (" (reference or run in sight)"));
  if (rating->comment != NULL && *rating->comment != '\0')
    {
      if (one->job->deidentified)
        g_string_append (text, _ (" [comment left out]"));
      else
        g_string_append_printf (text, " “%s”", rating->comment);
    }
  semio_paper_add (one->paper, SEMIO_PAPER_NOTE, text->str);
}

static void
add_item (const Case *one, const SemioItem *item)
{
  const SemioRun *run = one->joined->runs->pdata[item->run];
  g_autofree char *head = g_strdup_printf ("%s · %s: %s", semio_feature_set_get (one->job->features, item->key.feature)->label,
                                           run->name, semio_answer_get_label (item->answer));

  semio_paper_add (one->paper, SEMIO_PAPER_BOLD, head);
  for (guint i = 0; i < MAX (item->n_segments, 1); i++)
    {
      g_autofree char *text = NULL;

      if (item->explanations[i] == NULL || *item->explanations[i] == '\0')
        continue;
      text = item->n_segments == 0
                 ? g_strdup (item->explanations[i])
                 : g_strdup_printf (_ ("Segment %u, %s%s: %s"), i + 1, semio_answer_get_label (item->answers[i]),
                                    item->cited[i] ? _ (", counts") : "", item->explanations[i]);
      semio_paper_add (one->paper, SEMIO_PAPER_TEXT, text);
    }
  for (guint i = 0; i < one->ratings->len; i++)
    {
      const SemioRating *rating = one->ratings->pdata[i];

      if (rating->key.run_id == run->id && rating->key.feature == item->key.feature)
        add_rating (one, rating);
    }
}

static void
add_case (Case *one)
{
  g_autoptr (GArray) features = sort_features (one);

  semio_paper_add (one->paper, SEMIO_PAPER_HEADING, one->recording->pseudonym);
  add_facts (one);
  add_sequence (one, features);
  add_findings (one);
  semio_paper_add (one->paper, SEMIO_PAPER_SUBHEADING, _ ("Answers, explanations and ratings"));
  if (one->items->len == 0)
    semio_paper_add (one->paper, SEMIO_PAPER_TEXT, _ ("No run has answered for this recording."));
  for (guint f = 0; f < features->len; f++)
    for (guint i = 0; i < one->items->len; i++)
      if (((SemioItem *) one->items->pdata[i])->key.feature == g_array_index (features, guint, f))
        add_item (one, one->items->pdata[i]);
}

/* Loads one recording and writes its pages. */
static gboolean
write_case (Case *one, SemioDatabase *database, gint64 set_id, gboolean *is_begun, GError **error)
{
  const SemioEvent *event = g_hash_table_lookup (one->joined->events, &one->recording->id);
  g_autoptr (GArray) predictions = semio_prediction_table_load (database, one->recording->id, error);
  g_autoptr (GArray) labels =
      predictions != NULL && set_id != 0 ? semio_reference_table_load_labels (database, set_id, one->recording->id, error) : NULL;
  g_autoptr (GArray) said =
      labels != NULL ? semio_finding_table_load_reference (database, set_id, one->recording->id, error) : NULL;
  g_autoptr (GArray) run_said = NULL;
  g_autoptr (GPtrArray) ratings = NULL;
  g_autoptr (GPtrArray) items = NULL;
  SemioSpan span;

  if (predictions == NULL || (set_id != 0 && said == NULL))
    return FALSE;
  run_said = semio_finding_table_load_runs (database, 0, one->recording->id, error);
  if (run_said == NULL)
    return FALSE;
  if (said != NULL)
    semio_findings_sort (said);
  semio_findings_sort (run_said);
  ratings = semio_rating_table_load_current (database, 0, one->recording->id, error);
  if (ratings == NULL)
    return FALSE;
  items = semio_item_build_all (one->job->features, one->recording,
                                event != NULL && semio_event_get_span (event, one->recording->duration_ns, &span) ? &span : NULL,
                                one->joined->runs, predictions);
  /* The first stands below the title. */
  if (*is_begun)
    semio_paper_break_page (one->paper);
  *is_begun = TRUE;
  one->labels = labels;
  one->said = said;
  one->run_said = run_said;
  one->ratings = ratings;
  one->items = items;
  add_case (one);
  return TRUE;
}

static SemioPaper *
begin_paper (const Job *job, const SemioStudyHead *head)
{
  g_autofree char *uuid = semio_uuid_to_string (&head->uuid);
  g_autofree char *title =
      job->deidentified ? g_strdup_printf (_ ("Study %.8s: cases"), uuid) : g_strdup_printf (_ ("%s: cases"), job->title);
  SemioPaper *paper = semio_paper_new (title, head->created_utc_us, SEMIO_CHART_LIGHT);

  semio_paper_add (paper, SEMIO_PAPER_TITLE, title);
  semio_paper_add (paper, SEMIO_PAPER_TEXT,
                   job->deidentified ? _ (
                       "De-identified: recordings and patients go by their pseudonyms, raters by number. File names and what "
                       "persons wrote are left out. Explanations are the models’ words as given: read them before you pass "
                       "this on.")
                                     : _ ("This report names persons and files. Write it de-identified to pass it on."));
  return paper;
}

static gpointer
write_report (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (SemioStudyHead) head = semio_schema_read_head (database, error);
  g_autoptr (SemioJoined) joined =
      head != NULL ? semio_joined_load (database, job->features, SEMIO_JOIN_POLICY_EVENT, 0, cancellable, error) : NULL;
  g_autoptr (GPtrArray) persons = joined != NULL ? semio_person_table_load (database, error) : NULL;
  g_autoptr (SemioReferenceSet) set = NULL;
  g_autoptr (SemioPaper) paper = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_begun = FALSE;
  GError *failed = NULL;

  if (persons == NULL)
    return NULL;
  set = semio_reference_table_get_current (database, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  paper = begin_paper (job, head);
  for (guint i = 0; i < joined->recordings->len; i++)
    {
      Case one = { job, paper, joined, persons, joined->recordings->pdata[i], NULL, NULL, NULL };

      if (job->recording_id != 0 && one.recording->id != job->recording_id)
        continue;
      tell (job, i, joined->recordings->len);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !write_case (&one, database, set != NULL ? set->id : 0, &is_begun, error))
        return NULL;
    }
  bytes = semio_paper_finish (g_steal_pointer (&paper), error);
  if (bytes != NULL)
    semio_file_write (job->out, bytes, cancellable, error);
  return NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    semio_study_take_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
semio_case_report_write_async (SemioStudy *study, gint64 recording_id, GFile *out, gboolean deidentified,
                               SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->features = semio_feature_set_ref (semio_study_get_feature_set (study));
  job->recording_id = recording_id;
  job->deidentified = deidentified;
  job->title = g_strdup (semio_study_get_title (study));
  job->out = g_object_ref (out);
  job->progress = progress;
  job->progress_data = progress_data;
  job->context = g_main_context_ref_thread_default ();
  g_task_set_source_tag (task, semio_case_report_write_async);
  semio_store_service_read_long_async (study->store, write_report, job, (GDestroyNotify) job_free, NULL, cancellable, written_cb,
                                       task);
}

gboolean
semio_case_report_write_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

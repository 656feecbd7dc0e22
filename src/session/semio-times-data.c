/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reference and the runs say of times, order, sides and types, and with which scores: loaded for one choice. */
#include "semio-times-data.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-finding-table.h"
#include "semio-prediction-table.h"
#include "semio-recording-table.h"
#include "semio-reference-table.h"
#include "semio-run-table.h"

typedef struct {
  SemioTimesData *data;
  SemioDatabase *database;
  const SemioResultsChoice *choice;
  GCancellable *cancellable;
  GHashTable *events; /* recording id → SemioEvent */
  GHashTable *recording_places; /* id → place + 1 */
  GHashTable *run_places; /* id → place + 1 */
} Load;

static void
clear_spans (GArray **arrays, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_clear_pointer (&arrays[i], g_array_unref);
  g_free (arrays);
}

static void
voice_free (SemioTimesVoice *voice)
{
  g_free (voice->onsets_s);
  clear_spans (voice->spans, voice->n_cells);
  clear_spans (voice->orders, voice->n_recordings);
  for (guint i = 0; i < SEMIO_TIMES_N_BODY_PARTS; i++)
    g_free (voice->sides[i]);
  g_free (voice->types);
  g_free (voice);
}

static gint8 *
new_silent (gsize n)
{
  gint8 *values = g_new (gint8, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    values[i] = SEMIO_TIMES_SILENT;
  return values;
}

static SemioTimesVoice *
voice_new (const SemioTimesData *data)
{
  SemioTimesVoice *voice = g_new0 (SemioTimesVoice, 1);

  voice->n_recordings = data->recordings->len;
  voice->n_cells = voice->n_recordings * semio_feature_set_get_n_features (data->features);
  voice->onsets_s = g_new (double, MAX (voice->n_cells, 1));
  for (gsize i = 0; i < voice->n_cells; i++)
    voice->onsets_s[i] = NAN;
  voice->spans = g_new0 (GArray *, MAX (voice->n_cells, 1));
  voice->orders = g_new0 (GArray *, MAX (voice->n_recordings, 1));
  for (guint i = 0; i < SEMIO_TIMES_N_BODY_PARTS; i++)
    voice->sides[i] = new_silent (voice->n_recordings);
  voice->types = new_silent (voice->n_recordings);
  return voice;
}

gsize
semio_times_data_get_cell (const SemioTimesData *data, guint recording, guint feature)
{
  return (gsize) recording * semio_feature_set_get_n_features (data->features) + feature;
}

/* −1 when it is not of the choice. */
static int
find_place (GHashTable *places, gint64 id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (places, &id)) - 1;
}

static void
note_place (GHashTable *places, const gint64 *id)
{
  g_hash_table_insert (places, g_memdup2 (id, sizeof *id), GINT_TO_POINTER ((int) g_hash_table_size (places) + 1));
}

static gboolean
is_chosen_feature (const SemioTimesData *data, guint feature)
{
  return feature < semio_feature_set_get_n_features (data->features) && data->has_feature[feature];
}

static void
add_span (SemioTimesVoice *voice, gsize cell, gint64 begin_ns, gint64 end_ns)
{
  const SemioSpan span = { begin_ns, end_ns };

  if (begin_ns == SEMIO_TIME_NONE || end_ns == SEMIO_TIME_NONE || end_ns <= begin_ns)
    return;
  if (voice->spans[cell] == NULL)
    voice->spans[cell] = g_array_new (FALSE, FALSE, sizeof (SemioSpan));
  g_array_append_val (voice->spans[cell], span);
}

/* Of several, the first in time. */
static void
add_onset (SemioTimesVoice *voice, gsize cell, gint64 begin_ns)
{
  const double onset_s = (double) begin_ns / (double) SEMIO_NS_PER_SECOND;

  if (begin_ns != SEMIO_TIME_NONE && !(voice->onsets_s[cell] <= onset_s))
    voice->onsets_s[cell] = onset_s;
}

static GArray *
parse_order (const SemioTimesData *data, const char *text)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) ids = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      int feature = semio_feature_set_find (data->features, g_strstrip (ids[i]));

      if (feature >= 0 && data->has_feature[feature])
        g_array_append_val (order, feature);
    }
  return order;
}

static void
take_side (SemioTimesVoice *voice, int recording, const SemioFinding *finding)
{
  gint8 *side = &voice->sides[finding->feature == SEMIO_FEATURE_HEAD ? 0 : 1][recording];
  SemioSide read;

  if (finding->failed)
    *side = SEMIO_TIMES_FAILED;
  else if (semio_side_from_id (finding->text, &read))
    *side = (gint8) read;
}

static void
take_type (SemioTimesVoice *voice, int recording, const SemioFinding *finding)
{
  SemioEventType type;

  if (finding->failed)
    voice->types[recording] = SEMIO_TIMES_FAILED;
  else if (finding->text != NULL && semio_event_type_from_text (finding->text, &type))
    voice->types[recording] = (gint8) type;
}

static void
take_finding (const SemioTimesData *data, SemioTimesVoice *voice, int recording, const SemioFinding *finding)
{
  switch (finding->kind)
    {
    case SEMIO_FINDING_ONSET:
      if (!finding->failed && is_chosen_feature (data, finding->feature))
        add_onset (voice, semio_times_data_get_cell (data, (guint) recording, finding->feature), finding->begin_ns);
      break;
    case SEMIO_FINDING_SIDE:
      if (finding->feature == SEMIO_FEATURE_HEAD || finding->feature == SEMIO_FEATURE_ARM)
        take_side (voice, recording, finding);
      break;
    case SEMIO_FINDING_EVENT_TYPE:
      take_type (voice, recording, finding);
      break;
    case SEMIO_FINDING_ORDER:
      g_clear_pointer (&voice->orders[recording], g_array_unref);
      if (!finding->failed)
        voice->orders[recording] = parse_order (data, finding->text);
      break;
    case SEMIO_FINDING_ANSWER:
    case SEMIO_FINDING_NARRATIVE:
    case SEMIO_FINDING_REGION:
    default:
      break;
    }
}

static int
compare_onsets (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const double *onsets_s = user_data;
  const guint one = *(const guint *) a, other = *(const guint *) b;

  if (onsets_s[one] < onsets_s[other] || onsets_s[one] > onsets_s[other])
    return onsets_s[one] < onsets_s[other] ? -1 : 1;
  return one < other ? -1 : one > other;
}

/* A voice that names no sequence of a recording gives one by the onsets that it tells; of those at one time the set's first goes
 * first. One onset is no order. */
static void
derive_orders (const SemioTimesData *data, SemioTimesVoice *voice)
{
  const guint n_features = semio_feature_set_get_n_features (data->features);

  for (guint r = 0; r < voice->n_recordings; r++)
    {
      double *onsets_s = voice->onsets_s + semio_times_data_get_cell (data, r, 0);
      g_autoptr (GArray) order = NULL;

      if (voice->orders[r] != NULL)
        continue;
      order = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint f = 0; f < n_features; f++)
        if (isfinite (onsets_s[f]))
          g_array_append_val (order, f);
      if (order->len < 2)
        continue;
      g_array_sort_with_data (order, compare_onsets, onsets_s);
      voice->orders[r] = g_steal_pointer (&order);
    }
}

/* Where nothing tells an onset, an interval's beginning is one. */
static void
fill_onsets (SemioTimesVoice *voice)
{
  for (gsize cell = 0; cell < voice->n_cells; cell++)
    if (!isfinite (voice->onsets_s[cell]))
      for (guint i = 0; voice->spans[cell] != NULL && i < voice->spans[cell]->len; i++)
        add_onset (voice, cell, g_array_index (voice->spans[cell], SemioSpan, i).begin_ns);
}

static gboolean
load_reference (Load *load, gint64 set_id, GError **error)
{
  SemioTimesData *data = load->data;
  g_autoptr (GArray) labels = semio_reference_table_load_labels (load->database, set_id, 0, error);
  g_autoptr (GArray) findings = labels ? semio_finding_table_load_reference (load->database, set_id, 0, error) : NULL;

  if (findings == NULL)
    return FALSE;
  data->reference = voice_new (data);
  data->labels = g_new0 (guint8, MAX (data->reference->n_cells, 1));
  for (guint i = 0; i < labels->len; i++)
    {
      const SemioLabel *label = &g_array_index (labels, SemioLabel, i);
      int recording = find_place (load->recording_places, label->recording_id);
      gsize cell;

      if (recording < 0 || !is_chosen_feature (data, label->feature))
        continue;
      cell = semio_times_data_get_cell (data, (guint) recording, label->feature);
      data->labels[cell] = (guint8) label->answer;
      if (label->answer == SEMIO_ANSWER_YES)
        add_span (data->reference, cell, label->begin_ns, label->end_ns);
    }
  for (guint i = 0; i < findings->len; i++)
    {
      const SemioFinding *finding = &g_array_index (findings, SemioFinding, i);
      int recording = find_place (load->recording_places, finding->recording_id);

      if (recording >= 0)
        take_finding (data, data->reference, recording, finding);
    }
  for (guint r = 0; r < data->recordings->len; r++)
    {
      const SemioEvent *event = g_hash_table_lookup (load->events, &((SemioRecording *) data->recordings->pdata[r])->id);

      if (event != NULL && event->type != SEMIO_EVENT_TYPE_UNDETERMINED)
        data->reference->types[r] = (gint8) event->type;
    }
  fill_onsets (data->reference);
  derive_orders (data, data->reference);
  return TRUE;
}

/* The score of one feature of a recording from the rows of its segments, or of the whole. */
static double
join_scores (const Load *load, guint run, const SemioRecording *recording, const SemioPrediction *const *rows, guint n)
{
  const SemioRun *about = load->data->runs->pdata[run];
  const SemioEvent *event = g_hash_table_lookup (load->events, &recording->id);
  guint n_segments;
  g_autofree const SemioPrediction **picked = semio_prediction_pick (rows, n, &n_segments);
  g_autofree double *scores = g_new (double, MAX (n_segments, 1));
  gboolean has_span;
  SemioSpan span;

  if (n_segments == 0)
    return picked[0] != NULL && picked[0]->has_score ? picked[0]->score : NAN;
  for (guint i = 0; i < n_segments; i++)
    scores[i] = picked[i] != NULL && picked[i]->has_score ? picked[i]->score : NAN;
  has_span =
      event != NULL && semio_event_get_span (event, recording->duration_ns > 0 ? recording->duration_ns : G_MAXINT64, &span);
  return semio_segments_join_scores (semio_feature_set_get (load->data->features, rows[0]->feature),
                                     semio_results_get_join (load->choice, FALSE), about->segments, scores, n_segments,
                                     recording->duration_ns, has_span ? &span : NULL);
}

static void
take_answers (const Load *load, const SemioPrediction *const *rows, guint n)
{
  SemioTimesData *data = load->data;
  int run = find_place (load->run_places, rows[0]->run_id);
  int recording = find_place (load->recording_places, rows[0]->recording_id);
  gsize cell;
  double score;

  if (run < 0 || recording < 0 || !is_chosen_feature (data, rows[0]->feature))
    return;
  cell = semio_times_data_get_cell (data, (guint) recording, rows[0]->feature);
  for (guint i = 0; i < n; i++)
    if (rows[i]->has_span && rows[i]->answer == SEMIO_ANSWER_YES)
      add_span (data->voices->pdata[run], cell, rows[i]->begin_ns, rows[i]->end_ns);
  score = join_scores (load, (guint) run, data->recordings->pdata[recording], rows, n);
  data->scores[(gsize) run * data->reference->n_cells + cell] = score;
  data->has_scores[run] |= isfinite (score);
}

static gboolean
is_same_item (const SemioPrediction *a, const SemioPrediction *b)
{
  return a->run_id == b->run_id && a->recording_id == b->recording_id && a->feature == b->feature;
}

static gboolean
load_answers (Load *load, GError **error)
{
  g_autoptr (GArray) rows = semio_prediction_table_load_answers (load->database, 0, error);
  g_autoptr (GPtrArray) group = g_ptr_array_new ();

  if (rows == NULL)
    return FALSE;
  semio_prediction_keep_last (rows);
  for (guint i = 0; i < rows->len;)
    {
      const SemioPrediction *first = &g_array_index (rows, SemioPrediction, i);

      g_ptr_array_set_size (group, 0);
      for (; i < rows->len && is_same_item (first, &g_array_index (rows, SemioPrediction, i)); i++)
        g_ptr_array_add (group, &g_array_index (rows, SemioPrediction, i));
      take_answers (load, (const SemioPrediction *const *) group->pdata, group->len);
      if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_runs (Load *load, GError **error)
{
  SemioTimesData *data = load->data;
  const gsize n = data->reference->n_cells * data->runs->len;
  g_autoptr (GArray) findings = NULL;

  data->voices = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_free);
  for (guint i = 0; i < data->runs->len; i++)
    g_ptr_array_add (data->voices, voice_new (data));
  data->has_scores = g_new0 (gboolean, MAX (data->runs->len, 1));
  data->scores = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    data->scores[i] = NAN;
  if (!load_answers (load, error))
    return FALSE;
  findings = semio_finding_table_load_runs (load->database, 0, 0, error);
  if (findings == NULL)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const SemioFinding *finding = &g_array_index (findings, SemioFinding, i);
      int run = find_place (load->run_places, finding->run_id);
      int recording = find_place (load->recording_places, finding->recording_id);

      if (run >= 0 && recording >= 0)
        take_finding (data, data->voices->pdata[run], recording, finding);
    }
  for (guint i = 0; i < data->voices->len; i++)
    {
      fill_onsets (data->voices->pdata[i]);
      derive_orders (data, data->voices->pdata[i]);
    }
  return TRUE;
}

static gboolean
load_events (Load *load, gint64 set_id, GError **error)
{
  g_autoptr (GArray) events = semio_reference_table_load_events (load->database, set_id, 0, error);

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const SemioRecordingEvent *event = &g_array_index (events, SemioRecordingEvent, i);

      g_hash_table_insert (load->events, g_memdup2 (&event->recording_id, sizeof event->recording_id),
                           g_memdup2 (&event->event, sizeof event->event));
    }
  return events != NULL;
}

/* What the reference set says of the event of each recording. */
static guint8 *
list_types (const Load *load, const GPtrArray *recordings)
{
  guint8 *types = g_new (guint8, MAX (recordings->len, 1));

  for (guint i = 0; i < recordings->len; i++)
    {
      const SemioEvent *event = g_hash_table_lookup (load->events, &((SemioRecording *) recordings->pdata[i])->id);

      types[i] = (guint8) (event != NULL ? event->type : SEMIO_EVENT_TYPE_UNDETERMINED);
    }
  return types;
}

static gboolean
choose (Load *load, GError **error)
{
  SemioTimesData *data = load->data;
  g_autoptr (GPtrArray) recordings = semio_recording_table_load (load->database, error);
  g_autoptr (GPtrArray) runs = recordings ? semio_run_table_load (load->database, error) : NULL;
  g_autofree guint8 *types = NULL;
  g_autofree SemioPatientGroup *groups = NULL;

  if (runs == NULL)
    return FALSE;
  types = list_types (load, recordings);
  groups = semio_patient_group_find (recordings, types);
  for (guint i = 0; i < recordings->len; i++)
    {
      SemioRecording *recording = recordings->pdata[i];

      if (!semio_results_choice_has_recording (load->choice, recording, types[i], groups[i]))
        continue;
      g_ptr_array_add (data->recordings, semio_recording_ref (recording));
      note_place (load->recording_places, &recording->id);
    }
  for (guint i = 0; i < runs->len; i++)
    {
      SemioRun *run = runs->pdata[i];

      if (!semio_results_choice_has_run (load->choice, run->id))
        continue;
      g_ptr_array_add (data->runs, semio_run_ref (run));
      note_place (load->run_places, &run->id);
    }
  return TRUE;
}

/* (nullable): NULL with an error. */
static SemioReferenceSet *
find_set (SemioDatabase *database, gint64 reference_id, GError **error)
{
  g_autoptr (GPtrArray) sets = semio_reference_table_load_sets (database, error);

  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      SemioReferenceSet *set = sets->pdata[i];

      if (reference_id != 0 ? set->id == reference_id : set->current)
        return semio_reference_set_ref (set);
    }
  if (sets != NULL)
    g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                         _ ("The study has no reference labels to score against. Import them first."));
  return NULL;
}

SemioTimesData *
semio_times_data_load (SemioDatabase *database, SemioFeatureSet *features, const SemioResultsChoice *choice,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioTimesData) data = g_new0 (SemioTimesData, 1);
  g_autoptr (SemioReferenceSet) set = NULL;
  g_autoptr (GHashTable) events = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) recording_places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) run_places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Load load = { data, database, choice, cancellable, events, recording_places, run_places };

  data->features = semio_feature_set_ref (features);
  data->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  data->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_unref);
  data->has_feature = g_new0 (gboolean, MAX (semio_feature_set_get_n_features (features), 1));
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    data->has_feature[i] = semio_results_choice_has_feature (choice, features, i);
  set = find_set (database, choice->reference_id, error);
  if (set == NULL)
    return NULL;
  data->reference_name = g_strdup (set->name);
  if (!load_events (&load, set->id, error) || !choose (&load, error) || !load_reference (&load, set->id, error)
      || !load_runs (&load, error))
    return NULL;
  return g_steal_pointer (&data);
}

void
semio_times_data_free (SemioTimesData *data)
{
  g_clear_pointer (&data->features, semio_feature_set_unref);
  g_clear_pointer (&data->recordings, g_ptr_array_unref);
  g_clear_pointer (&data->runs, g_ptr_array_unref);
  g_clear_pointer (&data->voices, g_ptr_array_unref);
  g_clear_pointer (&data->reference, voice_free);
  g_free (data->has_feature);
  g_free (data->reference_name);
  g_free (data->labels);
  g_free (data->scores);
  g_free (data->has_scores);
  g_free (data);
}

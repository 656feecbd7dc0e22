/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-study-annotators.h"

#include "semio-recording-table.h"
#include "semio-reference-table.h"
#include "semio-study-private.h"

#define N_LABEL_VALUES 4

static void
clear_row (gpointer data)
{
  semio_agreement_free (((SemioLabelAgreement *) data)->agreement);
}

void
semio_annotators_report_free (SemioAnnotatorsReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->features, semio_feature_set_unref);
  g_clear_pointer (&report->sets, g_ptr_array_unref);
  g_clear_pointer (&report->rows, g_array_unref);
  g_free (report);
}

/* The labels of all sets, by recording, feature, set; 0 where a set says nothing. */
typedef struct {
  GPtrArray *recordings; /* of #SemioRecording */
  GHashTable *places; /* id → place + 1 */
  guint n_features, n_sets;
  guint8 *values;
} Labels;

static guint8 *
get_unit (const Labels *labels, guint recording, guint feature)
{
  return labels->values + ((gsize) recording * labels->n_features + feature) * labels->n_sets;
}

static guint8
get_value (SemioAnswer answer)
{
  switch (answer)
    {
    case SEMIO_ANSWER_YES:
      return 1;
    case SEMIO_ANSWER_NO:
      return 2;
    case SEMIO_ANSWER_NA:
      return 3;
    case SEMIO_ANSWER_NOT_ASSESSABLE:
      return 4;
    case SEMIO_ANSWER_MISSING:
    case SEMIO_ANSWER_FAIL:
    default:
      return 0;
    }
}

static void
take_labels (Labels *labels, guint set, const GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const SemioLabel *label = &g_array_index (rows, SemioLabel, i);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (labels->places, &label->recording_id));

      if (place > 0 && label->feature < labels->n_features)
        get_unit (labels, place - 1, label->feature)[set] = get_value (label->answer);
    }
}

static guint
count_said (const guint8 *unit, guint n)
{
  guint said = 0;

  for (guint i = 0; i < n; i++)
    said += unit[i] != 0;
  return said;
}

/* Numbers the values that any set says of the feature from 1 on, in their order. At least two, as a measure of agreement wants. */
static guint
number_values (const Labels *labels, int feature, guint8 *numbers)
{
  gboolean is_said[N_LABEL_VALUES + 1] = { FALSE };
  guint8 n = 0;

  for (guint r = 0; r < labels->recordings->len; r++)
    for (guint f = 0; f < labels->n_features; f++)
      for (guint s = 0; (feature < 0 || f == (guint) feature) && s < labels->n_sets; s++)
        is_said[get_unit (labels, r, f)[s]] = TRUE;
  numbers[0] = 0;
  for (guint value = 1; value <= N_LABEL_VALUES; value++)
    numbers[value] = is_said[value] ? ++n : 0;
  return MAX (n, 2);
}

/* feature: −1 for all. */
static void
add_row (SemioAnnotatorsReport *report, const Labels *labels, int feature)
{
  guint8 numbers[N_LABEL_VALUES + 1];
  const guint n_values = number_values (labels, feature, numbers);
  SemioLabelAgreement row = { feature, semio_agreement_new (MAX (labels->n_sets, 1), n_values) };
  g_autofree guint8 *values = g_new0 (guint8, MAX (labels->n_sets, 1));
  gboolean any = FALSE;

  for (guint r = 0; r < labels->recordings->len; r++)
    {
      const SemioRecording *recording = labels->recordings->pdata[r];
      /* A recording without a patient stands for itself; the two kinds of numbers are kept apart. */
      const guint cluster = recording->patient_id > 0 ? (guint) recording->patient_id * 2 : (guint) recording->id * 2 + 1;

      for (guint f = 0; f < labels->n_features; f++)
        {
          const guint8 *unit = get_unit (labels, r, f);
          const guint n = feature < 0 || f == (guint) feature ? count_said (unit, labels->n_sets) : 0;

          if (n == 0)
            continue;
          for (guint s = 0; s < labels->n_sets; s++)
            values[s] = numbers[unit[s]];
          semio_agreement_add_unit (row.agreement, values, cluster);
          any |= n > 1;
        }
    }
  if (any || feature < 0)
    g_array_append_val (report->rows, row);
  else
    semio_agreement_free (row.agreement);
}

/* Sets whose labels are none, such as those of sides alone, are no annotators of labels. */
static GPtrArray *
load_sets (SemioDatabase *database, GPtrArray *labels, GError **error)
{
  g_autoptr (GPtrArray) all = semio_reference_table_load_sets (database, error);
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_reference_set_unref);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      SemioReferenceSet *set = all->pdata[i];
      g_autoptr (GArray) rows = semio_reference_table_load_labels (database, set->id, 0, error);

      if (rows == NULL)
        return NULL;
      if (rows->len == 0)
        continue;
      g_ptr_array_add (sets, semio_reference_set_ref (set));
      g_ptr_array_add (labels, g_steal_pointer (&rows));
    }
  return all != NULL ? g_steal_pointer (&sets) : NULL;
}

static gpointer
read_report (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioAnnotatorsReport) report = g_new0 (SemioAnnotatorsReport, 1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) recordings = semio_recording_table_load (database, error);
  g_autofree guint8 *values = NULL;
  Labels labels = { recordings, places };

  report->features = semio_feature_set_ref (data);
  report->rows = g_array_new (FALSE, FALSE, sizeof (SemioLabelAgreement));
  g_array_set_clear_func (report->rows, clear_row);
  report->sets = recordings != NULL ? load_sets (database, rows, error) : NULL;
  if (report->sets == NULL)
    return NULL;
  for (guint i = 0; i < recordings->len; i++)
    g_hash_table_insert (places, &((SemioRecording *) recordings->pdata[i])->id, GUINT_TO_POINTER (i + 1));
  labels.n_features = semio_feature_set_get_n_features (report->features);
  labels.n_sets = report->sets->len;
  labels.values = values = g_new0 (guint8, MAX ((gsize) recordings->len * labels.n_features * labels.n_sets, 1));
  for (guint i = 0; i < rows->len; i++)
    take_labels (&labels, i, rows->pdata[i]);
  for (int feature = -1; feature < (int) labels.n_features; feature++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      add_row (report, &labels, feature);
    }
  return g_steal_pointer (&report);
}

static void
report_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioAnnotatorsReport *report = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) semio_annotators_report_free);
  else
    semio_study_take_error (task, error);
}

void
semio_study_annotators_async (SemioStudy *study, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_annotators_async);
  semio_store_service_read_long_async (study->store, read_report, semio_feature_set_ref (study->features),
                                       (GDestroyNotify) semio_feature_set_unref, (GDestroyNotify) semio_annotators_report_free,
                                       cancellable, report_cb, task);
}

SemioAnnotatorsReport *
semio_study_annotators_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

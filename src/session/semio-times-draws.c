/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-times-draws.h"

/* Where an interval goes. */
typedef struct {
  GArray *values, *rows;
  SemioDrawnFunc statistic;
  guint row;
  gsize offset;
} Want;

struct _SemioTimesDraws {
  guint *patients; /* by recording */
  guint n_patients;
  SemioShare *share; /* (nullable), borrowed of the data */
  GArray *wants; /* of Want */
};

static void
want_clear (gpointer data)
{
  g_array_unref (((Want *) data)->values);
  g_array_unref (((Want *) data)->rows);
}

SemioTimesDraws *
semio_times_draws_new (const SemioTimesData *data)
{
  SemioTimesDraws *self = g_new0 (SemioTimesDraws, 1);
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);

  self->share = data->share;
  self->wants = g_array_new (FALSE, FALSE, sizeof (Want));
  g_array_set_clear_func (self->wants, want_clear);
  self->patients = g_new (guint, MAX (data->recordings->len, 1));
  for (guint r = 0; r < data->recordings->len; r++)
    {
      const SemioRecording *recording = data->recordings->pdata[r];
      guint place = recording->patient_id > 0 ? GPOINTER_TO_UINT (g_hash_table_lookup (places, &recording->patient_id)) : 0;

      if (place == 0)
        {
          place = ++self->n_patients;
          if (recording->patient_id > 0)
            g_hash_table_insert (places, (gpointer) &recording->patient_id, GUINT_TO_POINTER (place));
        }
      self->patients[r] = place - 1;
    }
  return self;
}

void
semio_times_draws_free (SemioTimesDraws *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->wants);
  g_free (self->patients);
  g_free (self);
}

guint
semio_times_draws_get_patient (const SemioTimesDraws *self, guint recording)
{
  return self->patients[recording];
}

guint
semio_times_draws_get_n_patients (const SemioTimesDraws *self)
{
  return self->n_patients;
}

void
semio_times_draws_want (SemioTimesDraws *self, SemioDrawnFunc statistic, GArray *values, GArray *rows, guint row, gsize offset)
{
  const Want want = { g_array_ref (values), g_array_ref (rows), statistic, row, offset };

  g_array_append_val (self->wants, want);
}

gboolean
semio_times_draws_run (SemioTimesDraws *self, const SemioResultsChoice *choice, GCancellable *cancellable, GError **error)
{
  const guint n = self->wants->len;
  const guint n_threads = choice->n_threads > 0 ? choice->n_threads : g_get_num_processors ();
  g_autofree SemioDrawnTask *tasks = g_new0 (SemioDrawnTask, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      const Want *want = &g_array_index (self->wants, Want, i);

      tasks[i].statistic = want->statistic;
      tasks[i].data = want->values;
    }
  if (!semio_patient_draws_run (tasks, n, self->n_patients, choice->n_resamples, choice->seed, SEMIO_RESULTS_LEVEL, n_threads,
                                self->share, cancellable, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const Want *want = &g_array_index (self->wants, Want, i);
      gpointer row = want->rows->data + (gsize) want->row * g_array_get_element_size (want->rows);

      *(SemioInterval *) G_STRUCT_MEMBER_P (row, want->offset) = tasks[i].interval;
    }
  return TRUE;
}

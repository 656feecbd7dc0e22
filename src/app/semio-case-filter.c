/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-case-filter.h"

#include "semio-span.h"

#define MINUTE_NS (60 * SEMIO_NS_PER_SECOND)

struct _SemioCaseFilter {
  GtkFilter parent_instance;

  char **words;
  char *patient;
  SemioCaseLength length;
  SemioCaseCoverage coverage;
  SemioCaseProgress progress;
};

G_DEFINE_FINAL_TYPE (SemioCaseFilter, semio_case_filter, GTK_TYPE_FILTER)

static gboolean
matches_text (SemioCaseFilter *self, SemioCase *item)
{
  g_autofree char *title = NULL;

  if (self->words == NULL)
    return TRUE;
  title = g_utf8_casefold (semio_case_get_title (item), -1);
  for (gsize i = 0; self->words[i] != NULL; i++)
    {
      if (strstr (title, self->words[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
matches_length (SemioCaseLength length, gint64 duration_ns)
{
  switch (length)
    {
    case SEMIO_CASE_LENGTH_SHORT:
      return duration_ns > 0 && duration_ns < MINUTE_NS;
    case SEMIO_CASE_LENGTH_MEDIUM:
      return duration_ns >= MINUTE_NS && duration_ns < 5 * MINUTE_NS;
    case SEMIO_CASE_LENGTH_LONG:
      return duration_ns >= 5 * MINUTE_NS;
    case SEMIO_CASE_LENGTH_UNKNOWN:
      return duration_ns <= 0;
    case SEMIO_CASE_LENGTH_ANY:
    default:
      return TRUE;
    }
}

static gboolean
matches_coverage (SemioCaseCoverage coverage, double share)
{
  switch (coverage)
    {
    case SEMIO_CASE_COVERAGE_WHOLE:
      return share >= 1;
    case SEMIO_CASE_COVERAGE_PARTLY:
      return share > 0 && share < 1;
    case SEMIO_CASE_COVERAGE_NONE:
      return share <= 0;
    case SEMIO_CASE_COVERAGE_ANY:
    default:
      return TRUE;
    }
}

static gboolean
matches_progress (SemioCaseProgress progress, SemioCase *item)
{
  guint n_rated = semio_case_get_n_rated (item);
  guint n_items = semio_case_get_n_items (item);
  gboolean judged = semio_case_get_done (item) || (n_items > 0 && n_rated >= n_items);

  switch (progress)
    {
    case SEMIO_CASE_PROGRESS_NOT_BEGUN:
      return !judged && n_rated == 0;
    case SEMIO_CASE_PROGRESS_BEGUN:
      return !judged && n_rated > 0;
    case SEMIO_CASE_PROGRESS_JUDGED:
      return judged;
    case SEMIO_CASE_PROGRESS_ANY:
    default:
      return TRUE;
    }
}

static gboolean
semio_case_filter_match (GtkFilter *filter, gpointer item)
{
  SemioCaseFilter *self = SEMIO_CASE_FILTER (filter);
  const SemioRecording *recording = semio_case_get_recording (item);

  return matches_text (self, item) && (self->patient == NULL || g_strcmp0 (self->patient, recording->patient) == 0)
         && matches_length (self->length, recording->duration_ns)
         && matches_coverage (self->coverage, semio_case_get_total_coverage (item)) && matches_progress (self->progress, item);
}

static GtkFilterMatch
semio_case_filter_get_strictness (GtkFilter *filter)
{
  SemioCaseFilter *self = SEMIO_CASE_FILTER (filter);
  gboolean all = self->words == NULL && self->patient == NULL && self->length == SEMIO_CASE_LENGTH_ANY
                 && self->coverage == SEMIO_CASE_COVERAGE_ANY && self->progress == SEMIO_CASE_PROGRESS_ANY;

  return all ? GTK_FILTER_MATCH_ALL : GTK_FILTER_MATCH_SOME;
}

static void
semio_case_filter_finalize (GObject *object)
{
  SemioCaseFilter *self = SEMIO_CASE_FILTER (object);

  g_strfreev (self->words);
  g_free (self->patient);
  G_OBJECT_CLASS (semio_case_filter_parent_class)->finalize (object);
}

static void
semio_case_filter_class_init (SemioCaseFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_case_filter_finalize;
  GTK_FILTER_CLASS (klass)->match = semio_case_filter_match;
  GTK_FILTER_CLASS (klass)->get_strictness = semio_case_filter_get_strictness;
}

static void
semio_case_filter_init (SemioCaseFilter *self)
{
}

SemioCaseFilter *
semio_case_filter_new (void)
{
  return g_object_new (SEMIO_TYPE_CASE_FILTER, NULL);
}

void
semio_case_filter_set_text (SemioCaseFilter *self, const char *text)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  gboolean any = FALSE;

  g_return_if_fail (SEMIO_IS_CASE_FILTER (self));
  folded = g_utf8_casefold (text != NULL ? text : "", -1);
  parts = g_strsplit_set (folded, " \t", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] == '\0')
        continue;
      g_strv_builder_add (words, parts[i]);
      any = TRUE;
    }
  g_clear_pointer (&self->words, g_strfreev);
  if (any)
    self->words = g_strv_builder_end (words);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
semio_case_filter_set_patient (SemioCaseFilter *self, const char *patient)
{
  g_return_if_fail (SEMIO_IS_CASE_FILTER (self));
  if (g_strcmp0 (self->patient, patient) == 0)
    return;
  g_free (self->patient);
  self->patient = g_strdup (patient);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
semio_case_filter_set_length (SemioCaseFilter *self, SemioCaseLength length)
{
  g_return_if_fail (SEMIO_IS_CASE_FILTER (self));
  self->length = length;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
semio_case_filter_set_coverage (SemioCaseFilter *self, SemioCaseCoverage coverage)
{
  g_return_if_fail (SEMIO_IS_CASE_FILTER (self));
  self->coverage = coverage;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
semio_case_filter_set_progress (SemioCaseFilter *self, SemioCaseProgress progress)
{
  g_return_if_fail (SEMIO_IS_CASE_FILTER (self));
  self->progress = progress;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
semio_case_filter_refresh (SemioCaseFilter *self)
{
  g_return_if_fail (SEMIO_IS_CASE_FILTER (self));
  if (semio_case_filter_get_strictness (GTK_FILTER (self)) != GTK_FILTER_MATCH_ALL)
    gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

static double
get_progress (SemioCase *item)
{
  guint n_items = semio_case_get_n_items (item);

  if (semio_case_get_done (item))
    return 1;
  return n_items > 0 ? (double) semio_case_get_n_rated (item) / n_items : 0;
}

static int
compare_names (SemioCase *a, SemioCase *b)
{
  g_autofree char *key_a = g_utf8_collate_key_for_filename (semio_case_get_title (a), -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (semio_case_get_title (b), -1);

  return strcmp (key_a, key_b);
}

int
semio_case_compare (SemioCase *a, SemioCase *b, SemioCaseSort sort)
{
  double left = 0;
  double right = 0;

  g_return_val_if_fail (SEMIO_IS_CASE (a) && SEMIO_IS_CASE (b), 0);
  if (sort == SEMIO_CASE_SORT_LENGTH)
    {
      left = semio_case_get_recording (a)->duration_ns;
      right = semio_case_get_recording (b)->duration_ns;
    }
  else if (sort == SEMIO_CASE_SORT_COVERAGE)
    {
      left = semio_case_get_total_coverage (a);
      right = semio_case_get_total_coverage (b);
    }
  else if (sort == SEMIO_CASE_SORT_PROGRESS)
    {
      left = get_progress (a);
      right = get_progress (b);
    }
  if (left < right)
    return -1;
  return left > right ? 1 : compare_names (a, b);
}

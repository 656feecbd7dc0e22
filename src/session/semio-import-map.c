/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns and names of an imported file are taken for. */
#include <glib/gi18n-lib.h>

#include "semio-import-private.h"
#include "semio-segments.h"
#include "semio-study-private.h"
#include "semio-text.h"

static SemioAnswer
read_blank (SemioBlank blank)
{
  switch (blank)
    {
    case SEMIO_BLANK_NA:
      return SEMIO_ANSWER_NA;
    case SEMIO_BLANK_NO:
      return SEMIO_ANSWER_NO;
    case SEMIO_BLANK_MISSING:
    default:
      return SEMIO_ANSWER_MISSING;
    }
}

static void
map_companion_columns (SemioImport *self)
{
  for (guint i = 0; i < semio_companion_table_get_n_columns (self->companion); i++)
    {
      SemioImportColumn column = { .feature = -1 };

      column.name = g_strdup (semio_companion_table_get_column (self->companion, i));
      column.role = g_strdup (semio_companion_table_get_role (self->companion, i));
      g_array_append_val (self->columns, column);
    }
}

static void
map_columns (SemioImport *self)
{
  guint n = self->table ? semio_wide_table_get_n_columns (self->table) : 0;

  g_array_set_size (self->columns, 0);
  memset (self->counts, 0, sizeof self->counts);
  if (self->companion)
    map_companion_columns (self);
  for (guint i = 0; i < n; i++)
    {
      const SemioWideColumn *wide = semio_wide_table_get_column (self->table, i);
      SemioImportColumn column = { 0 };

      column.name = g_strdup (wide->name);
      column.role = g_strdup (semio_wide_role_to_id (wide->role));
      column.feature = wide->feature;
      column.blank = self->blanks[i];
      column.n_blank = wide->n_blank;
      if (wide->role == SEMIO_WIDE_ROLE_FEATURE)
        {
          memcpy (column.counts, wide->counts, sizeof column.counts);
          column.counts[read_blank (column.blank)] += wide->n_blank;
          for (guint answer = 0; answer < SEMIO_N_ANSWERS; answer++)
            self->counts[answer] += column.counts[answer];
        }
      g_array_append_val (self->columns, column);
    }
}

gboolean
semio_import_get_answer (SemioImport *self, const SemioWideRow *row, guint feature, SemioAnswer *answer)
{
  int column = semio_wide_table_find_feature (self->table, feature);
  const SemioWideCell *cell = &row->cells[feature];

  if (column < 0)
    return FALSE;
  *answer = cell->blank ? read_blank (self->blanks[column]) : cell->answer;
  return TRUE;
}

/* The study's recordings now. */
static void
take_recordings (SemioImport *self)
{
  GListModel *cases = semio_study_get_cases (self->study);
  guint n = g_list_model_get_n_items (cases);

  g_clear_pointer (&self->recordings, g_ptr_array_unref);
  self->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (cases, i);

      g_ptr_array_add (self->recordings, semio_recording_ref ((SemioRecording *) semio_case_get_recording (row)));
    }
}

/* Files that the program wrote itself name recordings by pseudonym, so those stand behind the source names. */
static void
join_names (SemioImport *self)
{
  const char *const *names = semio_import_get_stems (self);
  guint n = self->recordings->len;
  g_autoptr (GPtrArray) stems = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      const SemioRecording *recording = self->recordings->pdata[i];

      g_ptr_array_add (stems, semio_text_stem (recording->source_name ? recording->source_name : ""));
    }
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (stems, semio_text_stem (((SemioRecording *) self->recordings->pdata[i])->pseudonym));
  g_clear_pointer (&self->join, semio_name_join_free);
  self->join =
      semio_name_join (names, g_strv_length ((char **) names), (const char *const *) stems->pdata, stems->len, self->map);
  g_hash_table_remove_all (self->stem_indices);
  for (guint i = 0; names[i]; i++)
    g_hash_table_insert (self->stem_indices, (gpointer) names[i], GUINT_TO_POINTER (i));
}

static const SemioNameMatch *
find_match (SemioImport *self, const char *stem)
{
  gpointer index;

  if (!g_hash_table_lookup_extended (self->stem_indices, stem, NULL, &index))
    return NULL;
  return &self->join->names[GPOINTER_TO_UINT (index)];
}

const SemioRecording *
semio_import_find_recording (SemioImport *self, const char *stem)
{
  const SemioNameMatch *match = find_match (self, stem);

  if (!match || match->state != SEMIO_NAME_MATCHED || self->recordings->len == 0)
    return NULL;
  return self->recordings->pdata[(guint) match->recording % self->recordings->len];
}

gboolean
semio_import_is_ambiguous (SemioImport *self, const char *stem)
{
  const SemioNameMatch *match = find_match (self, stem);

  return match && match->state == SEMIO_NAME_AMBIGUOUS;
}

const char *const *
semio_import_get_stems (SemioImport *self)
{
  return self->table ? semio_wide_table_get_stems (self->table) : semio_companion_table_get_stems (self->companion);
}

/* A file's name without what makes it a segment's. */
static char *
get_recording_name (const SemioWideRow *row)
{
  g_autofree char *lower = g_ascii_strdown (row->name, -1);
  const char *mark = row->segment >= 0 ? g_strrstr (lower, "_segment_") : NULL;
  const char *dot;

  if (!mark)
    return g_strdup (row->name);
  dot = strrchr (row->name + (mark - lower), '.');
  return g_strdup_printf ("%.*s%s", (int) (mark - lower), row->name, dot ? dot : "");
}

/* The name of the file's first row with this stem: what people know it by. */
static char *
find_name (SemioImport *self, const char *stem)
{
  const char *name = g_hash_table_lookup (self->names, stem);

  return g_strdup (name ? name : stem);
}

void
semio_import_index_rows (SemioImport *self)
{
  for (guint i = semio_import_get_n_rows (self); i > 0; i--)
    {
      const SemioWideRow *row = self->table ? semio_wide_table_get_row (self->table, i - 1) : NULL;
      const SemioCompanionRow *other = self->table ? NULL : semio_companion_table_get_row (self->companion, i - 1);

      g_hash_table_insert (self->names, (gpointer) (row ? row->stem : other->stem),
                           row ? get_recording_name (row) : g_strdup (other->name));
    }
}

static char *
describe_candidates (SemioImport *self, const SemioNameMatch *match)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < match->n_candidates; i++)
    {
      const SemioRecording *recording = self->recordings->pdata[match->candidates[i] % self->recordings->len];

      g_string_append_printf (text, "%s%s", i ? ", " : "", recording->pseudonym);
      if (recording->source_name)
        g_string_append_printf (text, " (%s)", recording->source_name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
list_names (SemioImport *self)
{
  const char *const *stems = semio_import_get_stems (self);
  guint n = self->recordings->len;

  g_ptr_array_set_size (self->unmatched_names, 0);
  g_ptr_array_set_size (self->unmatched_recordings, 0);
  self->n_matched = self->join->n_matched;
  for (guint i = 0; i < self->join->n_names; i++)
    {
      const SemioNameMatch *match = &self->join->names[i];
      g_autofree char *name = NULL;
      g_autofree char *candidates = NULL;

      if (match->state == SEMIO_NAME_MATCHED)
        continue;
      name = find_name (self, stems[i]);
      candidates = describe_candidates (self, match);
      if (match->n_candidates == 0)
        g_ptr_array_add (self->unmatched_names, g_steal_pointer (&name));
      else if (match->state == SEMIO_NAME_AMBIGUOUS)
        g_ptr_array_add (self->unmatched_names, g_strdup_printf (_ ("%s: could be any of %s"), name, candidates));
      else
        g_ptr_array_add (self->unmatched_names, g_strdup_printf (_ ("%s: perhaps %s; a name map tells"), name, candidates));
    }
  for (guint i = 0; i < n; i++)
    if (!self->join->used[i] && !self->join->used[n + i])
      {
        const SemioRecording *recording = self->recordings->pdata[i];

        g_ptr_array_add (self->unmatched_recordings,
                         recording->source_name ? g_strdup_printf ("%s (%s)", recording->pseudonym, recording->source_name)
                                                : g_strdup (recording->pseudonym));
      }
  g_ptr_array_add (self->unmatched_names, NULL);
  g_ptr_array_add (self->unmatched_recordings, NULL);
}

static void
remark_event (SemioImport *self, const SemioWideRow *row)
{
  const SemioRecording *recording = semio_import_find_recording (self, row->stem);
  gint64 last_ns = row->event.offset_ns != SEMIO_TIME_NONE ? row->event.offset_ns : row->event.onset_ns;
  g_autofree char *at = NULL;
  g_autofree char *length = NULL;

  if (row->event.onset_ns != SEMIO_TIME_NONE && row->event.offset_ns != SEMIO_TIME_NONE
      && row->event.offset_ns < row->event.onset_ns)
    g_ptr_array_add (self->remarks,
                     g_strdup_printf (_ ("Line %u: the event of %s ends before it begins."), row->line, row->name));
  if (!recording || recording->duration_ns <= 0 || last_ns == SEMIO_TIME_NONE
      || last_ns <= recording->duration_ns + row->event.precision_ns)
    return;
  at = semio_time_format (last_ns, 0);
  length = semio_time_format (recording->duration_ns, 0);
  g_ptr_array_add (self->remarks,
                   g_strdup_printf (_ ("Line %u: the event of %s lies at %s, after the end of the video (%s). Its times may "
                                       "count from another start: correct them by the offset."),
                                    row->line, row->name, at, length));
}

/* A file with more segments than the video has was made from another cut of it. */
static void
remark_segment (SemioImport *self, const SemioWideRow *row)
{
  const SemioRecording *recording = semio_import_find_recording (self, row->stem);
  guint n;

  if (!recording || recording->duration_ns <= 0 || row->segment < 0)
    return;
  n = semio_segments_count (recording->duration_ns);
  if ((guint) row->segment >= n)
    g_ptr_array_add (self->remarks,
                     g_strdup_printf (ngettext ("Line %u: %s is a segment past the end: the video has %u segment.",
                                                "Line %u: %s is a segment past the end: the video has %u segments.", n),
                                      row->line, row->name, n));
}

/* Of many one is named: they come of another start of the clock, which all rows of a recording share. */
static void
remark_late_onsets (SemioImport *self)
{
  const SemioCompanionRow *first = NULL;
  guint n = 0;

  for (guint i = 0; i < semio_companion_table_get_n_rows (self->companion); i++)
    {
      const SemioCompanionRow *row = semio_companion_table_get_row (self->companion, i);
      const SemioRecording *recording = semio_import_find_recording (self, row->stem);

      if (!recording || recording->duration_ns <= 0 || row->time_ns == SEMIO_TIME_NONE
          || row->time_ns <= recording->duration_ns + row->precision_ns)
        continue;
      first = first ? first : row;
      n++;
    }
  if (n > 0)
    g_ptr_array_add (self->remarks,
                     g_strdup_printf (ngettext ("Line %u: the onset of %s lies after the end of the video; %u onset does.",
                                                "Line %u: the onset of %s lies after the end of the video; %u onsets do.", n),
                                      first->line, first->name, n));
}

static void
list_remarks (SemioImport *self)
{
  g_ptr_array_set_size (self->remarks, 0);
  for (const char *const *remark = self->table ? semio_wide_table_get_remarks (self->table)
                                               : semio_companion_table_get_remarks (self->companion);
       remark && *remark; remark++)
    g_ptr_array_add (self->remarks, g_strdup (*remark));
  if (self->companion)
    remark_late_onsets (self);
  for (guint i = 0; self->table && i < semio_wide_table_get_n_rows (self->table); i++)
    {
      const SemioWideRow *row = semio_wide_table_get_row (self->table, i);

      if (self->kind == SEMIO_IMPORT_REFERENCE)
        remark_event (self, row);
      else
        remark_segment (self, row);
    }
  g_ptr_array_add (self->remarks, NULL);
}

void
semio_import_map (SemioImport *self)
{
  map_columns (self);
  take_recordings (self);
  join_names (self);
  list_names (self);
  list_remarks (self);
}

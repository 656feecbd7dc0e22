/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says beside answers and labels, on its way into the store. */
#include <glib/gi18n-lib.h>

#include "semio-import-private.h"

static void
add_finding (SemioImportBuild *build, gint64 recording_id, SemioFindingKind kind, guint feature, const char *text)
{
  const SemioFinding finding = { .recording_id = recording_id,
                                 .kind = kind,
                                 .feature = feature,
                                 .segment = SEMIO_SEGMENT_WHOLE,
                                 .begin_ns = SEMIO_TIME_NONE,
                                 .end_ns = SEMIO_TIME_NONE,
                                 .text = text && *text ? g_strdup (text) : NULL };

  g_array_append_val (build->store_import->findings, finding);
}

static SemioFinding *
get_last (SemioImportBuild *build)
{
  return &g_array_index (build->store_import->findings, SemioFinding, build->store_import->findings->len - 1);
}

/* A beginning without an end is an onset. The times beside a no, na or blank are when something else was looked at: they stay with
 * the annotation's words. */
void
semio_import_build_annotation (SemioImportBuild *build, const SemioWideCell *cell, guint feature, gint64 recording_id,
                               gboolean is_yes)
{
  const gboolean has_begin = cell->begin_ns != SEMIO_TIME_NONE;
  const gboolean has_text = cell->explanation && *cell->explanation;

  if (is_yes && has_begin && cell->end_ns == SEMIO_TIME_NONE)
    {
      add_finding (build, recording_id, SEMIO_FINDING_ONSET, feature, NULL);
      get_last (build)->begin_ns = cell->begin_ns;
    }
  if (!has_text && (is_yes || !has_begin))
    return;
  add_finding (build, recording_id, SEMIO_FINDING_ANSWER, feature, cell->explanation);
  if (is_yes)
    return;
  get_last (build)->begin_ns = cell->begin_ns;
  get_last (build)->end_ns = cell->end_ns;
}

static void
add_side (SemioImportBuild *build, gint64 recording_id, guint part, const SemioCompanionLaterality *laterality)
{
  if (!laterality->says)
    return;
  add_finding (build, recording_id, SEMIO_FINDING_SIDE, part, laterality->failed ? NULL : semio_side_to_id (laterality->side));
  get_last (build)->failed = laterality->failed;
  get_last (build)->begin_ns = laterality->begin_ns;
  get_last (build)->end_ns = laterality->end_ns;
}

/* A blank cell says nothing; of a run "N/A" says that there is no onset, of a reference that nobody looked. */
static void
add_onset (SemioImportBuild *build, gint64 recording_id, const SemioCompanionRow *row)
{
  const gboolean is_run = build->import->kind == SEMIO_IMPORT_PREDICTIONS;

  if (row->feature < 0 || (row->time_ns == SEMIO_TIME_NONE && !row->failed && !is_run))
    return;
  add_finding (build, recording_id, SEMIO_FINDING_ONSET, (guint) row->feature, NULL);
  get_last (build)->failed = row->failed;
  get_last (build)->begin_ns = row->time_ns;
  get_last (build)->precision_ns = row->time_ns != SEMIO_TIME_NONE ? row->precision_ns : 0;
}

static void
add_order (SemioImportBuild *build, gint64 recording_id, const SemioCompanionRow *row)
{
  SemioFeatureSet *features = semio_study_get_feature_set (build->import->study);
  g_autoptr (GString) ids = g_string_new (NULL);

  if (row->text == NULL && !row->failed)
    return;
  for (guint i = 0; row->order && i < row->order->len; i++)
    g_string_append_printf (ids, "%s%s", i ? ", " : "",
                            semio_feature_set_get (features, (guint) g_array_index (row->order, int, i))->id);
  add_finding (build, recording_id, SEMIO_FINDING_ORDER, SEMIO_FEATURE_NONE, ids->str);
  get_last (build)->failed = row->failed;
}

static void
add_event_type (SemioImportBuild *build, gint64 recording_id, const SemioCompanionRow *row)
{
  const SemioRecordingEvent event = { recording_id, { SEMIO_TIME_NONE, SEMIO_TIME_NONE, 0, row->type } };

  if (!row->has_type && !row->failed)
    return;
  if (build->import->kind == SEMIO_IMPORT_REFERENCE)
    {
      g_array_append_val (build->store_import->events, event);
      return;
    }
  add_finding (build, recording_id, SEMIO_FINDING_EVENT_TYPE, SEMIO_FEATURE_NONE,
               row->failed ? NULL : semio_event_type_to_id (row->type));
  get_last (build)->failed = row->failed;
}

static void
add_row (SemioImportBuild *build, gint64 recording_id, const SemioCompanionRow *row)
{
  switch (semio_companion_table_get_kind (build->import->companion))
    {
    case SEMIO_COMPANION_SIDES:
      add_side (build, recording_id, SEMIO_FEATURE_HEAD, &row->head);
      add_side (build, recording_id, SEMIO_FEATURE_ARM, &row->arm);
      if (row->text)
        add_finding (build, recording_id, SEMIO_FINDING_REGION, SEMIO_FEATURE_NONE, row->text);
      break;
    case SEMIO_COMPANION_ONSETS:
      add_onset (build, recording_id, row);
      break;
    case SEMIO_COMPANION_ORDER:
      add_order (build, recording_id, row);
      break;
    case SEMIO_COMPANION_REPORTS:
      if (row->text || row->failed)
        {
          add_finding (build, recording_id, SEMIO_FINDING_NARRATIVE, SEMIO_FEATURE_NONE, row->text);
          get_last (build)->failed = row->failed;
        }
      break;
    case SEMIO_COMPANION_EVENT_TYPES:
      add_event_type (build, recording_id, row);
      break;
    default:
      g_return_if_reached ();
    }
}

/* Two names of the file may be one recording by the name map; which row is meant nobody could say. */
static gboolean
check_row (SemioImportBuild *build, const SemioCompanionRow *row, gint64 recording_id, GError **error)
{
  SemioImport *self = build->import;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %d", recording_id, row->feature);
  guint line =
      row->feature < 0 && self->form == SEMIO_IMPORT_FORM_ONSETS ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (build->seen, key));
  const gboolean failed = row->failed || row->head.failed || row->arm.failed;

  if (line > 0)
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                 _ ("%s, line %u: “%s” names the same recording as line %u. Leave one of the two out."), self->file_name,
                 row->line, row->name, line);
  else if (failed && self->kind == SEMIO_IMPORT_REFERENCE)
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                 _ ("%s, line %u: “fail” is what a model says, not a reference. Leave the cell blank, or import the file as "
                    "predictions."),
                 self->file_name, row->line);
  else
    {
      g_hash_table_insert (build->seen, g_steal_pointer (&key), GUINT_TO_POINTER (row->line));
      return TRUE;
    }
  return FALSE;
}

gboolean
semio_import_build_companion (SemioImportBuild *build, GError **error)
{
  for (guint i = 0; i < semio_companion_table_get_n_rows (build->import->companion); i++)
    {
      const SemioCompanionRow *row = semio_companion_table_get_row (build->import->companion, i);
      gint64 recording_id = semio_import_build_get_recording (build, row->stem);

      if (recording_id == 0)
        continue;
      if (!check_row (build, row, recording_id, error))
        return FALSE;
      add_row (build, recording_id, row);
    }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-companion-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-companion-private.h"
#include "semio-csv-reader.h"
#include "semio-dense-time.h"
#include "semio-text.h"

#define MAX_SHOWN_CHARS 80

typedef enum {
  COLUMN_FILE_NAME,
  COLUMN_HEAD_SIDE,
  COLUMN_HEAD_BEGIN,
  COLUMN_HEAD_END,
  COLUMN_ARM_SIDE,
  COLUMN_ARM_BEGIN,
  COLUMN_ARM_END,
  COLUMN_BODY_REGION,
  COLUMN_TARGET_TIME,
  COLUMN_TIMESTAMP,
  COLUMN_FEATURE,
  COLUMN_SEQUENCE,
  COLUMN_REPORT,
  COLUMN_LABEL,
  N_COLUMNS,
} Column;

/* Published files write "arm_moverment_end_time"; a file whose spelling was mended is read too. */
static const struct {
  const char *name;
  Column column;
} column_names[] = {
  { "file_name", COLUMN_FILE_NAME },
  { "left_right_head_turning", COLUMN_HEAD_SIDE },
  { "start_time_for_head_turning", COLUMN_HEAD_BEGIN },
  { "end_time_for_head_turning", COLUMN_HEAD_END },
  { "left_right_arm_movement", COLUMN_ARM_SIDE },
  { "arm_movement_start_time", COLUMN_ARM_BEGIN },
  { "arm_moverment_start_time", COLUMN_ARM_BEGIN },
  { "arm_movement_end_time", COLUMN_ARM_END },
  { "arm_moverment_end_time", COLUMN_ARM_END },
  { "body_region_onset", COLUMN_BODY_REGION },
  { "target_time", COLUMN_TARGET_TIME },
  { "timestamp", COLUMN_TIMESTAMP },
  { "feature", COLUMN_FEATURE },
  { "event_sequence", COLUMN_SEQUENCE },
  { "report", COLUMN_REPORT },
  { "label", COLUMN_LABEL },
};

static const char *const role_ids[N_COLUMNS] = {
  [COLUMN_FILE_NAME] = "file name",
  [COLUMN_HEAD_SIDE] = "side",
  [COLUMN_HEAD_BEGIN] = "begin",
  [COLUMN_HEAD_END] = "end",
  [COLUMN_ARM_SIDE] = "side",
  [COLUMN_ARM_BEGIN] = "begin",
  [COLUMN_ARM_END] = "end",
  [COLUMN_BODY_REGION] = "region",
  [COLUMN_TARGET_TIME] = "feature onset",
  [COLUMN_TIMESTAMP] = "feature onset",
  [COLUMN_FEATURE] = "feature name",
  [COLUMN_SEQUENCE] = "order",
  [COLUMN_REPORT] = "report",
  [COLUMN_LABEL] = "event type",
};

struct _SemioCompanionTable {
  gatomicrefcount refs;
  SemioCompanionKind kind;
  GPtrArray *titles; /* of char *, made safe */
  GPtrArray *roles; /* of static text, one for each title */
  GPtrArray *stems; /* NULL-terminated when read; those of rows */
  GPtrArray *rows;
  GPtrArray *remarks; /* NULL-terminated when read */
};

typedef struct {
  SemioCompanionTable *table;
  SemioCsvTable *csv;
  SemioFeatureSet *features;
  GHashTable *stems; /* that have a row; owned by the rows */
  GHashTable *seen; /* stem, or stem and feature → line */
  GHashTable *unknown; /* names of features that the set lacks */
  int columns[N_COLUMNS];
  guint row;
} Reader;

static const char *const kind_ids[] = { "sides", "onsets", "order", "reports", "event-types" };

const char *
semio_companion_kind_to_id (SemioCompanionKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_ids), NULL);

  return kind_ids[kind];
}

const char *
semio_companion_kind_get_label (SemioCompanionKind kind)
{
  switch (kind)
    {
    case SEMIO_COMPANION_SIDES:
      return _ ("Sides of head and arms");
    case SEMIO_COMPANION_ONSETS:
      return _ ("Onset times");
    case SEMIO_COMPANION_ORDER:
      return _ ("Order of features");
    case SEMIO_COMPANION_REPORTS:
      return _ ("Reports");
    case SEMIO_COMPANION_EVENT_TYPES:
      return _ ("Event types");
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
row_free (gpointer data)
{
  SemioCompanionRow *row = data;

  g_free (row->name);
  g_free (row->stem);
  g_free (row->text);
  g_clear_pointer (&row->order, g_array_unref);
  g_free (row);
}

/* The cell without blanks around it; "" when the file has no such column. */
static char *
get_cell (Reader *reader, Column column)
{
  if (reader->columns[column] < 0)
    return g_strdup ("");
  return g_strstrip (g_strdup (semio_csv_table_get_cell (reader->csv, reader->row, (guint) reader->columns[column])));
}

static gboolean
fail_cell (Reader *reader, Column column, const char *format, const char *text, GError **error)
{
  g_autofree char *shown = semio_text_clean (text, -1, MAX_SHOWN_CHARS);
  g_autofree char *sentence = NULL;
  g_auto (GStrv) halves = g_strsplit (format, "%s", 2);

  sentence = g_strjoinv (shown, halves);
  return semio_csv_table_fail (reader->csv, reader->row, (guint) reader->columns[column], error, "%s", sentence);
}

static gboolean
says_fail (const char *text)
{
  SemioAnswer answer;

  return semio_answer_from_text (text, &answer) && answer == SEMIO_ANSWER_FAIL;
}

static gboolean
read_time (Reader *reader, Column column, gint64 *time_ns, gint64 *precision_ns, GError **error)
{
  g_autofree char *text = get_cell (reader, column);

  *time_ns = SEMIO_TIME_NONE;
  *precision_ns = 0;
  if (semio_dense_says_nothing (text) || says_fail (text) || semio_dense_time_parse (text, time_ns, precision_ns))
    return TRUE;
  return fail_cell (reader, column, _ ("“%s” is no time. Write minutes and seconds, such as 1:05, or seconds."), text, error);
}

static gboolean
read_side (Reader *reader, Column column, SemioCompanionLaterality *laterality, GError **error)
{
  g_autofree char *text = get_cell (reader, column);
  g_autofree char *folded = g_ascii_strdown (text, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\r\n,;/&+-.", -1);
  guint sides = 0;

  laterality->says = *text != '\0';
  laterality->failed = says_fail (text);
  laterality->side = SEMIO_SIDE_NONE;
  if (laterality->failed || semio_dense_says_nothing (text))
    return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], "left"))
        sides |= SEMIO_SIDE_LEFT;
      else if (g_str_equal (words[i], "right"))
        sides |= SEMIO_SIDE_RIGHT;
      else if (g_str_equal (words[i], "both") || g_str_equal (words[i], "bilateral"))
        sides |= SEMIO_SIDE_BOTH;
    }
  laterality->side = (SemioSide) sides;
  if (sides != 0)
    return TRUE;
  return fail_cell (reader, column, _ ("“%s” is no side. Write left, right, both or N/A."), text, error);
}

static gboolean
read_laterality (Reader *reader, Column side, Column begin, Column end, SemioCompanionLaterality *laterality, GError **error)
{
  gint64 precision_ns;

  if (!read_side (reader, side, laterality, error) || !read_time (reader, begin, &laterality->begin_ns, &precision_ns, error)
      || !read_time (reader, end, &laterality->end_ns, &precision_ns, error))
    return FALSE;
  if (laterality->begin_ns == SEMIO_TIME_NONE && laterality->end_ns == SEMIO_TIME_NONE)
    return TRUE;
  if (laterality->begin_ns == SEMIO_TIME_NONE || laterality->end_ns == SEMIO_TIME_NONE
      || laterality->end_ns < laterality->begin_ns)
    {
      g_ptr_array_add (
          reader->table->remarks,
          g_strdup_printf (_ ("Line %u, column %d: the interval has one end only, or ends before it begins, and is left out."),
                           semio_csv_table_get_line (reader->csv, reader->row, (guint) reader->columns[COLUMN_FILE_NAME]),
                           MAX (reader->columns[begin], reader->columns[end]) + 1));
      laterality->begin_ns = laterality->end_ns = SEMIO_TIME_NONE;
    }
  return TRUE;
}

/* A feature by its id, with blanks or hyphens for underscores, in any case; what the set lacks is remarked on once. */
static int
find_feature (Reader *reader, const char *text)
{
  g_autofree char *id = g_strdelimit (g_strstrip (g_ascii_strdown (text, -1)), " -", '_');
  g_autofree char *shown = NULL;
  int feature = semio_feature_set_find (reader->features, id);

  if (feature >= 0 || !g_hash_table_add (reader->unknown, g_strdup (id)))
    return feature;
  shown = semio_text_clean (text, -1, MAX_SHOWN_CHARS);
  g_ptr_array_add (reader->table->remarks,
                   g_strdup_printf (_ ("“%s” is no feature of this study and is left out."), g_strstrip (shown)));
  return -1;
}

static void
read_order (Reader *reader, SemioCompanionRow *row)
{
  g_autofree char *text = get_cell (reader, COLUMN_SEQUENCE);
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  row->order = g_array_new (FALSE, FALSE, sizeof (int));
  if (semio_dense_says_nothing (text))
    return;
  for (guint i = 0; names[i] != NULL; i++)
    {
      int feature = *g_strstrip (names[i]) != '\0' ? find_feature (reader, names[i]) : -1;

      if (feature >= 0)
        g_array_append_val (row->order, feature);
    }
}

static gboolean
read_event_type (Reader *reader, SemioCompanionRow *row, GError **error)
{
  g_autofree char *text = get_cell (reader, COLUMN_LABEL);

  row->failed = says_fail (text);
  row->has_type = *text != '\0' && semio_event_type_from_text (text, &row->type);
  if (row->has_type || row->failed || semio_dense_says_nothing (text))
    return TRUE;
  return fail_cell (reader, COLUMN_LABEL, _ ("“%s” is no event type. Write ES or NES."), text, error);
}

static char *
read_text (Reader *reader, Column column)
{
  g_autofree char *text = get_cell (reader, column);

  return *text != '\0' ? semio_text_clean (text, -1, -1) : NULL;
}

static gboolean
cell_fails (Reader *reader, Column column)
{
  g_autofree char *text = get_cell (reader, column);

  return says_fail (text);
}

static gboolean
read_kind (Reader *reader, SemioCompanionRow *row, GError **error)
{
  g_autofree char *feature = NULL;

  switch (reader->table->kind)
    {
    case SEMIO_COMPANION_SIDES:
      row->text = read_text (reader, COLUMN_BODY_REGION);
      return read_laterality (reader, COLUMN_HEAD_SIDE, COLUMN_HEAD_BEGIN, COLUMN_HEAD_END, &row->head, error)
             && read_laterality (reader, COLUMN_ARM_SIDE, COLUMN_ARM_BEGIN, COLUMN_ARM_END, &row->arm, error);
    case SEMIO_COMPANION_ONSETS:
      feature = get_cell (reader, COLUMN_FEATURE);
      if (*feature == '\0')
        return fail_cell (reader, COLUMN_FEATURE, _ ("the feature is missing%s. Write its identifier, such as tonic."), "",
                          error);
      row->feature = find_feature (reader, feature);
      row->failed = cell_fails (reader, reader->columns[COLUMN_TARGET_TIME] >= 0 ? COLUMN_TARGET_TIME : COLUMN_TIMESTAMP);
      return read_time (reader, reader->columns[COLUMN_TARGET_TIME] >= 0 ? COLUMN_TARGET_TIME : COLUMN_TIMESTAMP, &row->time_ns,
                        &row->precision_ns, error);
    case SEMIO_COMPANION_ORDER:
      row->failed = cell_fails (reader, COLUMN_SEQUENCE);
      row->text = read_text (reader, COLUMN_SEQUENCE);
      if (!row->failed)
        read_order (reader, row);
      return TRUE;
    case SEMIO_COMPANION_REPORTS:
      row->failed = cell_fails (reader, COLUMN_REPORT);
      row->text = row->failed ? NULL : read_text (reader, COLUMN_REPORT);
      return TRUE;
    case SEMIO_COMPANION_EVENT_TYPES:
      return read_event_type (reader, row, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* A recording, or with onsets a feature of it, stands once: which of two rows is meant nobody could say. */
static gboolean
check_once (Reader *reader, SemioCompanionRow *row, GError **error)
{
  g_autofree char *cell = get_cell (reader, COLUMN_FEATURE);
  g_autofree char *feature = g_strdelimit (g_ascii_strdown (cell, -1), " -", '_');
  g_autofree char *key = g_strconcat (row->stem, "\n", feature, NULL);
  guint line = GPOINTER_TO_UINT (g_hash_table_lookup (reader->seen, key));

  if (line != 0)
    return semio_csv_table_fail (reader->csv, reader->row, (guint) reader->columns[COLUMN_FILE_NAME], error,
                                 _ ("“%s” stands in line %u already. Keep one of the two rows."), row->name, line);
  g_hash_table_insert (reader->seen, g_steal_pointer (&key), GUINT_TO_POINTER (row->line));
  return TRUE;
}

static gboolean
read_row (Reader *reader, GError **error)
{
  g_autofree char *name = get_cell (reader, COLUMN_FILE_NAME);
  SemioCompanionRow *row;
  gboolean blank = TRUE;

  for (guint i = 0; i < semio_csv_table_get_n_columns (reader->csv) && blank; i++)
    {
      const char *cell = semio_csv_table_get_cell (reader->csv, reader->row, i);

      blank = cell[strspn (cell, " \t\r\n")] == '\0';
    }
  if (blank)
    return TRUE;
  if (*name == '\0')
    return fail_cell (reader, COLUMN_FILE_NAME, _ ("the file name is missing%s. Each row needs one."), "", error);
  row = g_new0 (SemioCompanionRow, 1);
  g_ptr_array_add (reader->table->rows, row);
  row->name = semio_text_clean (name, -1, -1);
  row->stem = semio_text_stem (name);
  row->line = semio_csv_table_get_line (reader->csv, reader->row, (guint) reader->columns[COLUMN_FILE_NAME]);
  row->feature = -1;
  row->time_ns = SEMIO_TIME_NONE;
  row->head = row->arm = (SemioCompanionLaterality){ FALSE, FALSE, SEMIO_SIDE_NONE, SEMIO_TIME_NONE, SEMIO_TIME_NONE };
  if (g_hash_table_add (reader->stems, row->stem))
    g_ptr_array_add (reader->table->stems, row->stem);
  return read_kind (reader, row, error) && check_once (reader, row, error);
}

/* By a header whose columns were found. */
static gboolean
tell_kind (const int *columns, SemioCompanionKind *kind)
{
  if (columns[COLUMN_HEAD_SIDE] >= 0 || columns[COLUMN_ARM_SIDE] >= 0)
    *kind = SEMIO_COMPANION_SIDES;
  else if (columns[COLUMN_FEATURE] >= 0 && (columns[COLUMN_TARGET_TIME] >= 0 || columns[COLUMN_TIMESTAMP] >= 0))
    *kind = SEMIO_COMPANION_ONSETS;
  else if (columns[COLUMN_SEQUENCE] >= 0)
    *kind = SEMIO_COMPANION_ORDER;
  else if (columns[COLUMN_REPORT] >= 0)
    *kind = SEMIO_COMPANION_REPORTS;
  else if (columns[COLUMN_LABEL] >= 0)
    *kind = SEMIO_COMPANION_EVENT_TYPES;
  else
    return FALSE;
  return TRUE;
}

/* Which column a title is, N_COLUMNS for none. */
static Column
find_column (const char *cell)
{
  g_autofree char *title = g_strstrip (g_ascii_strdown (cell, -1));

  for (guint j = 0; j < G_N_ELEMENTS (column_names); j++)
    if (g_str_equal (title, column_names[j].name))
      return column_names[j].column;
  return N_COLUMNS;
}

gboolean
semio_companion_recognise (GBytes *bytes, SemioFeatureSet *features, SemioCompanionKind *kind)
{
  g_autoptr (SemioCsvTable) header = semio_companion_read_header (bytes);
  int columns[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    columns[i] = -1;
  for (guint i = 0; header != NULL && i < semio_csv_table_get_n_columns (header); i++)
    {
      const char *cell = semio_csv_table_get_cell (header, 0, i);
      g_autofree char *title = g_strstrip (g_ascii_strdown (cell, -1));
      const Column column = find_column (cell);

      if (semio_feature_set_find (features, title) >= 0 || g_str_equal (title, "start_time") || g_str_equal (title, "end_time"))
        return FALSE;
      if (column != N_COLUMNS)
        columns[column] = (int) i;
    }
  return columns[COLUMN_FILE_NAME] >= 0 && tell_kind (columns, kind);
}

static gboolean
find_columns (Reader *reader, GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    reader->columns[i] = -1;
  for (guint i = 0; i < semio_csv_table_get_n_columns (reader->csv); i++)
    {
      const char *cell = semio_csv_table_get_cell (reader->csv, 0, i);
      const Column column = find_column (cell);

      g_ptr_array_add (reader->table->titles, semio_text_clean (cell, -1, MAX_SHOWN_CHARS));
      g_ptr_array_add (reader->table->roles, (gpointer) (column != N_COLUMNS ? role_ids[column] : "unknown"));
      if (column == N_COLUMNS)
        continue;
      if (reader->columns[column] >= 0)
        return semio_csv_table_fail (reader->csv, 0, i, error, _ ("the column “%s” stands twice. Keep one of them."),
                                     (const char *) reader->table->titles->pdata[i]);
      reader->columns[column] = (int) i;
    }
  if (reader->columns[COLUMN_FILE_NAME] < 0)
    return semio_csv_table_fail (reader->csv, 0, 0, error, _ ("the column “file_name” is missing. Add it."));
  if (tell_kind (reader->columns, &reader->table->kind))
    return TRUE;
  return semio_csv_table_fail (reader->csv, 0, 0, error,
                               _ ("no column says sides, onsets, order, report or event type. Name one of them as in the guide, "
                                  "such as “event_sequence”."));
}

/**
 * semio_companion_read:
 * @bytes: the file
 * @name: what errors call it
 * @features: the features that the file's names are looked up in
 * @error: return location for a #SemioExchangeError that names file, line and column
 *
 * The kind is told by the header. Times are `M:SS`, `MM:SS:00` (the last part always 00, so `00:12:00` is 12 s) or seconds.
 *
 * Returns: (transfer full): the table
 */
SemioCompanionTable *
semio_companion_read (GBytes *bytes, const char *name, SemioFeatureSet *features, GError **error)
{
  g_autoptr (SemioCompanionTable) table = g_new0 (SemioCompanionTable, 1);
  g_autoptr (SemioCsvTable) csv = NULL;
  g_autoptr (GBytes) quoted = semio_companion_quote_sequences (bytes);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) stems = g_hash_table_new (g_str_hash, g_str_equal);
  Reader reader = { .table = table, .features = features, .stems = stems, .seen = seen, .unknown = unknown };

  g_atomic_ref_count_init (&table->refs);
  table->rows = g_ptr_array_new_with_free_func (row_free);
  table->remarks = g_ptr_array_new_with_free_func (g_free);
  table->titles = g_ptr_array_new_with_free_func (g_free);
  table->roles = g_ptr_array_new ();
  table->stems = g_ptr_array_new ();
  if (semio_csv_check_separator (quoted, name, error))
    csv = semio_csv_read (quoted, name, NULL, error);
  if (csv == NULL)
    return NULL;
  reader.csv = csv;
  if (!find_columns (&reader, error))
    return NULL;
  for (reader.row = 1; reader.row < semio_csv_table_get_n_rows (csv); reader.row++)
    if (!read_row (&reader, error))
      return NULL;
  g_ptr_array_add (table->remarks, NULL);
  g_ptr_array_add (table->stems, NULL);
  return g_steal_pointer (&table);
}

SemioCompanionTable *
semio_companion_table_ref (SemioCompanionTable *table)
{
  g_atomic_ref_count_inc (&table->refs);
  return table;
}

void
semio_companion_table_unref (SemioCompanionTable *table)
{
  if (!g_atomic_ref_count_dec (&table->refs))
    return;
  g_ptr_array_unref (table->rows);
  g_ptr_array_unref (table->remarks);
  g_ptr_array_unref (table->titles);
  g_ptr_array_unref (table->roles);
  g_ptr_array_unref (table->stems);
  g_free (table);
}

SemioCompanionKind
semio_companion_table_get_kind (SemioCompanionTable *table)
{
  return table->kind;
}

guint
semio_companion_table_get_n_rows (SemioCompanionTable *table)
{
  return table->rows->len;
}

const SemioCompanionRow *
semio_companion_table_get_row (SemioCompanionTable *table, guint row)
{
  g_return_val_if_fail (row < table->rows->len, NULL);

  return g_ptr_array_index (table->rows, row);
}

const char *const *
semio_companion_table_get_remarks (SemioCompanionTable *table)
{
  return (const char *const *) table->remarks->pdata;
}

guint
semio_companion_table_get_n_columns (SemioCompanionTable *table)
{
  return table->titles->len;
}

const char *
semio_companion_table_get_column (SemioCompanionTable *table, guint column)
{
  g_return_val_if_fail (column < table->titles->len, NULL);

  return table->titles->pdata[column];
}

const char *
semio_companion_table_get_role (SemioCompanionTable *table, guint column)
{
  g_return_val_if_fail (column < table->roles->len, NULL);

  return table->roles->pdata[column];
}

const char *const *
semio_companion_table_get_stems (SemioCompanionTable *table)
{
  return (const char *const *) table->stems->pdata;
}

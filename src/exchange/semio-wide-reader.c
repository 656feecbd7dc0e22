/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-wide-reader.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "semio-csv-reader.h"
#include "semio-csv-writer.h"
#include "semio-dense-time.h"
#include "semio-text.h"
#include "semio-wide-columns.h"

#define SEGMENT_MARK "_segment_"
#define PART_SEPARATOR " || "
#define MAX_SEGMENT_DIGITS 6
#define MAX_QUOTED_CHARS 60
#define CHUNK_BYTES (64 * 1024)

struct _SemioWideTable {
  gatomicrefcount refs;
  SemioWideColumns *columns;
  GArray *rows; /* SemioWideRow */
  GStringChunk *texts; /* all texts of rows */
  GPtrArray *parts; /* arrays of pointers into texts */
  GPtrArray *stems; /* NULL-terminated, pointers into texts */
  GPtrArray *remarks; /* NULL-terminated */
  gboolean has_segments;
};

/* What rows a recording has so far. */
typedef enum {
  STEM_HAS_WHOLE = 1 << 0,
  STEM_HAS_SEGMENTS = 1 << 1,
} StemRows;

typedef struct {
  SemioWideTable *table;
  SemioCsvTable *csv;
  SemioWideKind kind;
  GHashTable *lines_by_row; /* "stem/number" → line */
  GHashTable *rows_by_stem; /* stem → StemRows */
  guint row; /* of the CSV */
  GError **error;
} Reader;

static gboolean
is_blank_row (SemioCsvTable *csv, guint row)
{
  for (guint i = 0; i < semio_csv_table_get_n_columns (csv); i++)
    {
      const char *cell = semio_csv_table_get_cell (csv, row, i);

      if (cell[strspn (cell, " \t")] != '\0')
        return FALSE;
    }
  return TRUE;
}

static const char *
keep_text (Reader *reader, const char *cell)
{
  g_autofree char *clean = semio_text_clean (semio_csv_skip_guard (cell), -1, G_MAXSIZE);

  return g_string_chunk_insert (reader->table->texts, g_strstrip (clean));
}

/* The cell's text as an error may quote it. */
static char *
quote_cell (Reader *reader, int column)
{
  return semio_text_clean (semio_csv_table_get_cell (reader->csv, reader->row, (guint) column), -1, MAX_QUOTED_CHARS);
}

/* Cuts "_segment_<k>" off a stem. */
static gboolean
split_segment (Reader *reader, char *stem, int *segment)
{
  char *mark = g_strrstr (stem, SEGMENT_MARK);
  const char *digits = mark != NULL ? mark + strlen (SEGMENT_MARK) : NULL;
  gint64 number;

  *segment = -1;
  if (digits == NULL || mark == stem || *digits == '\0' || digits[strspn (digits, "0123456789")] != '\0')
    return TRUE;
  if (strlen (digits) > MAX_SEGMENT_DIGITS || !semio_text_to_int64 (digits, &number, NULL))
    return semio_csv_table_fail (reader->csv, reader->row, (guint) reader->table->columns->file_name, reader->error,
                                 _ ("the segment number %s is too large."), digits);
  *segment = (int) number;
  *mark = '\0';
  return TRUE;
}

/* One row for each recording or segment, and not both kinds for one recording. */
static gboolean
note_row (Reader *reader, SemioWideRow *row)
{
  g_autofree char *key = g_strdup_printf ("%s/%d", row->stem, row->segment);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (reader->lines_by_row, key));
  guint rows = GPOINTER_TO_UINT (g_hash_table_lookup (reader->rows_by_stem, row->stem));
  guint column = (guint) reader->table->columns->file_name;

  if (before > 0)
    return semio_csv_table_fail (reader->csv, reader->row, column, reader->error,
                                 _ ("“%s” stands here and on line %u. Keep one of the rows."), row->name, before);
  if (rows == 0)
    g_ptr_array_add (reader->table->stems, (char *) row->stem);
  rows |= row->segment < 0 ? STEM_HAS_WHOLE : STEM_HAS_SEGMENTS;
  if (rows == (STEM_HAS_WHOLE | STEM_HAS_SEGMENTS))
    return semio_csv_table_fail (reader->csv, reader->row, column, reader->error,
                                 _ ("“%s” has rows of segments and a row of the whole recording. Keep one kind."), row->stem);
  g_hash_table_insert (reader->lines_by_row, g_steal_pointer (&key), GUINT_TO_POINTER (row->line));
  g_hash_table_insert (reader->rows_by_stem, (char *) row->stem, GUINT_TO_POINTER (rows));
  return TRUE;
}

static gboolean
read_name (Reader *reader, SemioWideRow *row)
{
  guint column = (guint) reader->table->columns->file_name;
  const char *cell = semio_csv_table_get_cell (reader->csv, reader->row, column);
  g_autofree char *stem = semio_text_stem (semio_csv_skip_guard (cell));

  row->line = semio_csv_table_get_line (reader->csv, reader->row, column);
  if (*stem == '\0')
    return semio_csv_table_fail (reader->csv, reader->row, column, reader->error,
                                 _ ("the file name is missing. Every row needs the name of its recording."));
  if (!split_segment (reader, stem, &row->segment))
    return FALSE;
  row->name = keep_text (reader, cell);
  row->stem = g_string_chunk_insert (reader->table->texts, stem);
  reader->table->has_segments = reader->table->has_segments || row->segment >= 0;
  return note_row (reader, row);
}

/* Annotators write "N/A" for not applicable; of a model's answer it is not decided what that means. */
static gboolean
read_word (Reader *reader, const char *text, SemioAnswer *answer)
{
  g_autofree char *word = g_strstrip (g_ascii_strdown (text, -1));

  if (reader->kind != SEMIO_WIDE_REFERENCE || !g_str_equal (word, "n/a"))
    return semio_answer_from_text (text, answer);
  *answer = SEMIO_ANSWER_NA;
  return TRUE;
}

static gboolean
read_answer (Reader *reader, int column, SemioWideCell *cell)
{
  const char *text = semio_csv_table_get_cell (reader->csv, reader->row, (guint) column);
  SemioWideColumn *about = &g_array_index (reader->table->columns->columns, SemioWideColumn, column);
  gboolean good = read_word (reader, text, &cell->answer);
  g_autofree char *quoted = NULL;

  cell->line = semio_csv_table_get_line (reader->csv, reader->row, (guint) column);
  cell->column = (guint) column + 1;
  cell->blank = text[strspn (text, " \t\r\n")] == '\0';
  if (cell->blank)
    about->n_blank++;
  else if (good)
    about->counts[cell->answer]++;
  if (good && cell->answer != (reader->kind == SEMIO_WIDE_REFERENCE ? SEMIO_ANSWER_FAIL : SEMIO_ANSWER_NOT_ASSESSABLE))
    return TRUE;
  quoted = quote_cell (reader, column);
  if (reader->kind == SEMIO_WIDE_REFERENCE)
    return semio_csv_table_fail (reader->csv, reader->row, (guint) column, reader->error,
                                 _ ("“%s” is no label of “%s”. Write yes, no, na or nothing."), quoted, about->name);
  return semio_csv_table_fail (reader->csv, reader->row, (guint) column, reader->error,
                               _ ("“%s” is no answer for “%s”. Write yes, no, na, fail or nothing."), quoted, about->name);
}

static gboolean
says_fail (const char *text)
{
  SemioAnswer answer;

  return semio_answer_from_text (text, &answer) && answer == SEMIO_ANSWER_FAIL;
}

static gboolean
all_say_fail (const SemioWideCell *cell)
{
  if (cell->explanation == NULL)
    return FALSE;
  if (cell->parts == NULL)
    return says_fail (cell->explanation);
  for (guint i = 0; cell->parts[i] != NULL; i++)
    if (!says_fail (cell->parts[i]))
      return FALSE;
  return TRUE;
}

static void
split_parts (Reader *reader, SemioWideCell *cell)
{
  g_auto (GStrv) parts = g_strsplit (cell->explanation, PART_SEPARATOR, -1);
  guint n = g_strv_length (parts);
  const char **kept = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    kept[i] = g_string_chunk_insert (reader->table->texts, g_strstrip (parts[i]));
  g_ptr_array_add (reader->table->parts, kept);
  cell->parts = kept;
}

static void
read_explanation (Reader *reader, int answer_column, int column, gboolean is_whole, SemioWideCell *cell)
{
  const char *text = keep_text (reader, semio_csv_table_get_cell (reader->csv, reader->row, (guint) column));
  SemioWideColumn *about;

  if (*text == '\0')
    return;
  cell->explanation = text;
  if (is_whole && strstr (text, PART_SEPARATOR) != NULL)
    split_parts (reader, cell);
  if (cell->answer != SEMIO_ANSWER_NO || !all_say_fail (cell))
    return;
  /* Merged files write a failed answer as a "no" that is explained by "fail". */
  about = &g_array_index (reader->table->columns->columns, SemioWideColumn, answer_column);
  about->counts[SEMIO_ANSWER_NO]--;
  about->counts[SEMIO_ANSWER_FAIL]++;
  cell->answer = SEMIO_ANSWER_FAIL;
}

/* When a feature begins or ends; what says that there is nothing to say is not known. */
static gboolean
read_feature_time (Reader *reader, int column, gint64 *time_ns)
{
  const char *text = column >= 0 ? semio_csv_table_get_cell (reader->csv, reader->row, (guint) column) : "";
  gint64 precision_ns;
  g_autofree char *quoted = NULL;

  *time_ns = SEMIO_TIME_NONE;
  if (semio_dense_says_nothing (text) || says_fail (text) || semio_dense_time_parse (text, time_ns, &precision_ns))
    return TRUE;
  quoted = quote_cell (reader, column);
  return semio_csv_table_fail (reader->csv, reader->row, (guint) column, reader->error,
                               _ ("“%s” is no time of “%s”. Write minutes and seconds as 0:12 or 00:12:00, seconds, or nothing."),
                               quoted, g_array_index (reader->table->columns->columns, SemioWideColumn, column).name);
}

/* What of an interval cannot be kept is told with its place. */
static gboolean
read_interval (Reader *reader, guint feature, SemioWideCell *cell)
{
  SemioWideColumns *columns = reader->table->columns;
  const char *what = NULL;
  guint line;

  if (!read_feature_time (reader, columns->begins[feature], &cell->begin_ns)
      || !read_feature_time (reader, columns->ends[feature], &cell->end_ns))
    return FALSE;
  if (cell->end_ns == SEMIO_TIME_NONE)
    return TRUE;
  if (cell->begin_ns == SEMIO_TIME_NONE)
    what = _ ("an end stands without a beginning and is left out");
  else if (cell->end_ns < cell->begin_ns)
    what = _ ("the end stands before the beginning and is left out");
  if (what == NULL)
    return TRUE;
  cell->end_ns = SEMIO_TIME_NONE;
  line = semio_csv_table_get_line (reader->csv, reader->row, (guint) columns->ends[feature]);
  g_ptr_array_add (reader->table->remarks,
                   g_strdup_printf (_ ("Line %u, column %d: %s (“%s”)."), line, columns->ends[feature] + 1, what,
                                    g_array_index (columns->columns, SemioWideColumn, columns->ends[feature]).name));
  return TRUE;
}

static gboolean
read_score (Reader *reader, int column, SemioWideCell *cell)
{
  const char *text = column >= 0 ? semio_csv_table_get_cell (reader->csv, reader->row, (guint) column) : "";
  g_autofree char *cut = g_strstrip (g_strdup (text));
  g_autofree char *quoted = NULL;

  if (semio_dense_says_nothing (cut) || says_fail (cut))
    return TRUE;
  cell->has_score = semio_text_to_double (cut, &cell->score, NULL) && isfinite (cell->score);
  if (cell->has_score)
    return TRUE;
  quoted = quote_cell (reader, column);
  return semio_csv_table_fail (reader->csv, reader->row, (guint) column, reader->error,
                               _ ("“%s” is no score. Write a number, such as 0.87, or nothing."), quoted);
}

static gboolean
read_cells (Reader *reader, SemioWideRow *row)
{
  SemioWideColumns *columns = reader->table->columns;

  row->cells = g_new0 (SemioWideCell, columns->n_features);
  for (guint i = 0; i < columns->n_features; i++)
    {
      SemioWideCell *cell = &row->cells[i];

      cell->blank = TRUE;
      if (!read_interval (reader, i, cell) || !read_score (reader, columns->scores[i], cell))
        return FALSE;
      if (columns->answers[i] < 0)
        continue;
      if (!read_answer (reader, columns->answers[i], cell))
        return FALSE;
      if (columns->explanations[i] >= 0)
        read_explanation (reader, columns->answers[i], columns->explanations[i], row->segment < 0, cell);
    }
  return TRUE;
}

static gboolean
read_time (Reader *reader, int column, gint64 *time_ns, gint64 *precision_ns)
{
  const char *text = column >= 0 ? semio_csv_table_get_cell (reader->csv, reader->row, (guint) column) : "";
  gint64 read_precision_ns = 0;
  g_autofree char *quoted = NULL;

  if (text[strspn (text, " \t\r\n")] == '\0')
    return TRUE;
  if (semio_time_parse (text, time_ns, &read_precision_ns, NULL))
    {
      *precision_ns = MAX (*precision_ns, read_precision_ns);
      return TRUE;
    }
  quoted = quote_cell (reader, column);
  return semio_csv_table_fail (reader->csv, reader->row, (guint) column, reader->error,
                               _ ("“%s” is no time. Write minutes and seconds, such as 1:05."), quoted);
}

static gboolean
read_event (Reader *reader, SemioWideRow *row)
{
  SemioWideColumns *columns = reader->table->columns;
  const char *type =
      columns->event_type >= 0 ? semio_csv_table_get_cell (reader->csv, reader->row, (guint) columns->event_type) : "";
  g_autofree char *quoted = NULL;

  if (!read_time (reader, columns->onset, &row->event.onset_ns, &row->event.precision_ns)
      || !read_time (reader, columns->offset, &row->event.offset_ns, &row->event.precision_ns))
    return FALSE;
  if (row->event.onset_ns != SEMIO_TIME_NONE && row->event.offset_ns != SEMIO_TIME_NONE
      && row->event.offset_ns < row->event.onset_ns)
    {
      g_ptr_array_add (
          reader->table->remarks,
          g_strdup_printf (_ ("Line %u: the event of “%s” ends before it begins. Its end is left out."), row->line, row->name));
      row->event.offset_ns = SEMIO_TIME_NONE;
    }
  if (type[strspn (type, " \t\r\n")] == '\0' || semio_event_type_from_text (type, &row->event.type))
    return TRUE;
  quoted = quote_cell (reader, columns->event_type);
  return semio_csv_table_fail (reader->csv, reader->row, (guint) columns->event_type, reader->error,
                               _ ("“%s” is no type of event. Write 1 or ES for epileptic, 0 or NES for not."), quoted);
}

static gboolean
read_row (Reader *reader)
{
  SemioWideTable *table = reader->table;
  SemioWideRow *row;

  g_array_set_size (table->rows, table->rows->len + 1);
  row = &g_array_index (table->rows, SemioWideRow, table->rows->len - 1);
  row->event = (SemioEvent) SEMIO_EVENT_INIT;
  if (!read_name (reader, row) || !read_cells (reader, row))
    return FALSE;
  if (reader->kind == SEMIO_WIDE_REFERENCE && !read_event (reader, row))
    return FALSE;
  if (table->columns->gender >= 0)
    row->gender = keep_text (reader, semio_csv_table_get_cell (reader->csv, reader->row, (guint) table->columns->gender));
  return TRUE;
}

/* The lowest number in the file is the first segment, because some files count from 0 and some from 1. */
static void
renumber_segments (SemioWideTable *table)
{
  int lowest = G_MAXINT;

  for (guint i = 0; i < table->rows->len; i++)
    {
      int segment = g_array_index (table->rows, SemioWideRow, i).segment;

      if (segment >= 0)
        lowest = MIN (lowest, segment);
    }
  for (guint i = 0; i < table->rows->len; i++)
    {
      SemioWideRow *row = &g_array_index (table->rows, SemioWideRow, i);

      if (row->segment >= 0)
        row->segment -= lowest;
    }
  if (table->has_segments && lowest > 1)
    g_ptr_array_add (table->remarks,
                     g_strdup_printf (_ ("The segments of this file count from %d; %d is taken for the first."), lowest, lowest));
}

static void
remark_absent_features (SemioWideTable *table, SemioFeatureSet *features)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < table->columns->n_features; i++)
    if (table->columns->answers[i] < 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", semio_feature_set_get (features, i)->id);
  if (names->len > 0)
    g_ptr_array_add (table->remarks, g_strdup_printf (_ ("The file has no column for: %s."), names->str));
}

static void
clear_row (gpointer data)
{
  g_free (((SemioWideRow *) data)->cells);
}

static SemioWideTable *
wide_table_new (SemioWideColumns *columns)
{
  SemioWideTable *table = g_new0 (SemioWideTable, 1);

  g_atomic_ref_count_init (&table->refs);
  table->columns = columns;
  table->rows = g_array_new (FALSE, TRUE, sizeof (SemioWideRow));
  g_array_set_clear_func (table->rows, clear_row);
  table->texts = g_string_chunk_new (CHUNK_BYTES);
  table->parts = g_ptr_array_new_with_free_func (g_free);
  table->stems = g_ptr_array_new ();
  table->remarks = g_ptr_array_new_with_free_func (g_free);
  return table;
}

/**
 * semio_wide_read:
 * @bytes: the content of a wide study CSV
 * @name: what errors call the file
 * @kind: what it holds
 * @features: which columns are features
 * @error: return location for a #SemioExchangeError that names file, line and column, and quotes the cell
 *
 * Returns: (transfer full): all of the file, or nothing
 */
SemioWideTable *
semio_wide_read (GBytes *bytes, const char *name, SemioWideKind kind, SemioFeatureSet *features, GError **error)
{
  g_autoptr (SemioCsvTable) csv =
      semio_csv_check_separator (bytes, name, error) ? semio_csv_read (bytes, name, NULL, error) : NULL;
  g_autoptr (SemioWideTable) table = NULL;
  g_autoptr (GHashTable) lines_by_row = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) rows_by_stem = g_hash_table_new (g_str_hash, g_str_equal);
  SemioWideColumns *columns;
  Reader reader = { 0 };

  if (csv == NULL)
    return NULL;
  columns = semio_wide_columns_new (csv, kind, features, error);
  if (columns == NULL)
    return NULL;
  table = wide_table_new (columns);
  reader.table = table;
  reader.csv = csv;
  reader.kind = kind;
  reader.lines_by_row = lines_by_row;
  reader.rows_by_stem = rows_by_stem;
  reader.error = error;
  for (reader.row = 1; reader.row < semio_csv_table_get_n_rows (csv); reader.row++)
    if (!is_blank_row (csv, reader.row) && !read_row (&reader))
      return NULL;
  if (table->rows->len == 0)
    {
      g_set_error (error, SEMIO_EXCHANGE_ERROR, SEMIO_EXCHANGE_ERROR_FORM,
                   _ ("%s, line 1, column 1: there are no rows below the names of the columns. Give a table with one row per "
                      "recording or segment."),
                   name);
      return NULL;
    }
  renumber_segments (table);
  remark_absent_features (table, features);
  semio_wide_columns_remark_misspelt (columns, features, table->remarks);
  g_ptr_array_add (table->stems, NULL);
  g_ptr_array_add (table->remarks, NULL);
  return g_steal_pointer (&table);
}

SemioWideTable *
semio_wide_table_ref (SemioWideTable *table)
{
  g_atomic_ref_count_inc (&table->refs);
  return table;
}

void
semio_wide_table_unref (SemioWideTable *table)
{
  if (!g_atomic_ref_count_dec (&table->refs))
    return;
  semio_wide_columns_free (table->columns);
  g_array_unref (table->rows);
  g_ptr_array_unref (table->parts);
  g_ptr_array_unref (table->stems);
  g_ptr_array_unref (table->remarks);
  g_string_chunk_free (table->texts);
  g_free (table);
}

guint
semio_wide_table_get_n_columns (SemioWideTable *table)
{
  return table->columns->columns->len;
}

const SemioWideColumn *
semio_wide_table_get_column (SemioWideTable *table, guint column)
{
  g_return_val_if_fail (column < table->columns->columns->len, NULL);

  return &g_array_index (table->columns->columns, SemioWideColumn, column);
}

guint
semio_wide_table_get_n_rows (SemioWideTable *table)
{
  return table->rows->len;
}

const SemioWideRow *
semio_wide_table_get_row (SemioWideTable *table, guint row)
{
  g_return_val_if_fail (row < table->rows->len, NULL);

  return &g_array_index (table->rows, SemioWideRow, row);
}

int
semio_wide_table_find_feature (SemioWideTable *table, guint feature)
{
  g_return_val_if_fail (feature < table->columns->n_features, -1);

  return table->columns->answers[feature];
}

gboolean
semio_wide_table_has_segments (SemioWideTable *table)
{
  return table->has_segments;
}

static gboolean
has_any (SemioWideTable *table, const int *places)
{
  for (guint i = 0; i < table->columns->n_features; i++)
    if (places[i] >= 0)
      return TRUE;
  return FALSE;
}

gboolean
semio_wide_table_has_explanations (SemioWideTable *table)
{
  return has_any (table, table->columns->explanations);
}

gboolean
semio_wide_table_has_intervals (SemioWideTable *table)
{
  return has_any (table, table->columns->begins);
}

gboolean
semio_wide_table_has_scores (SemioWideTable *table)
{
  return has_any (table, table->columns->scores);
}

const char *const *
semio_wide_table_get_stems (SemioWideTable *table)
{
  return (const char *const *) table->stems->pdata;
}

const char *const *
semio_wide_table_get_remarks (SemioWideTable *table)
{
  return (const char *const *) table->remarks->pdata;
}

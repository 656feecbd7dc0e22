/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-wide-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-text.h"

#define EXPLANATION_PREFIX "justification_for_"
#define BEGIN_PREFIX "start_time_for_"
#define END_PREFIX "end_time_for_"
#define SCORE_PREFIX "score_for_"
/* A name that needs no more changes than this to be a known one is told. */
#define MAX_MISSPELT 2
#define MAX_TITLE_CHARS 200

typedef struct {
  const char *title;
  SemioWideRole role;
  gboolean references_only;
} KnownColumn;

static const KnownColumn known_columns[] = {
  { "file_name", SEMIO_WIDE_ROLE_FILE_NAME, FALSE }, { "start_time", SEMIO_WIDE_ROLE_ONSET, TRUE },
  { "end_time", SEMIO_WIDE_ROLE_OFFSET, TRUE },      { "label", SEMIO_WIDE_ROLE_EVENT_TYPE, TRUE },
  { "gender", SEMIO_WIDE_ROLE_GENDER, FALSE },
};

static const char *const role_ids[] = {
  [SEMIO_WIDE_ROLE_UNKNOWN] = "unknown",
  [SEMIO_WIDE_ROLE_FILE_NAME] = "file name",
  [SEMIO_WIDE_ROLE_FEATURE] = "feature",
  [SEMIO_WIDE_ROLE_EXPLANATION] = "explanation",
  [SEMIO_WIDE_ROLE_ONSET] = "onset",
  [SEMIO_WIDE_ROLE_OFFSET] = "offset",
  [SEMIO_WIDE_ROLE_EVENT_TYPE] = "event type",
  [SEMIO_WIDE_ROLE_GENDER] = "gender",
  [SEMIO_WIDE_ROLE_FEATURE_BEGIN] = "feature begin",
  [SEMIO_WIDE_ROLE_FEATURE_END] = "feature end",
  [SEMIO_WIDE_ROLE_SCORE] = "score",
};

const char *
semio_wide_role_to_id (SemioWideRole role)
{
  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (role_ids), "unknown");

  return role_ids[role];
}

static void
clear_column (gpointer data)
{
  g_free (((SemioWideColumn *) data)->name);
}

/* What stands before a feature's id. */
static const struct {
  const char *text;
  SemioWideRole role;
} prefixes[] = {
  { EXPLANATION_PREFIX, SEMIO_WIDE_ROLE_EXPLANATION },
  { BEGIN_PREFIX, SEMIO_WIDE_ROLE_FEATURE_BEGIN },
  { END_PREFIX, SEMIO_WIDE_ROLE_FEATURE_END },
  { SCORE_PREFIX, SEMIO_WIDE_ROLE_SCORE },
};

/* What a title, already in lower case, stands for. */
static SemioWideRole
find_role (const char *title, SemioWideKind kind, SemioFeatureSet *features, int *feature)
{
  *feature = semio_feature_set_find (features, title);
  if (*feature >= 0)
    return SEMIO_WIDE_ROLE_FEATURE;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (!g_str_has_prefix (title, prefixes[i].text)
          || (kind == SEMIO_WIDE_REFERENCE && prefixes[i].role == SEMIO_WIDE_ROLE_SCORE))
        continue;
      *feature = semio_feature_set_find (features, title + strlen (prefixes[i].text));
      if (*feature >= 0)
        return prefixes[i].role;
    }
  for (guint i = 0; i < G_N_ELEMENTS (known_columns); i++)
    if (g_str_equal (known_columns[i].title, title) && (kind == SEMIO_WIDE_REFERENCE || !known_columns[i].references_only))
      return known_columns[i].role;
  return SEMIO_WIDE_ROLE_UNKNOWN;
}

static void
note_role (SemioWideColumns *columns, SemioWideRole role, int feature, int index)
{
  switch (role)
    {
    case SEMIO_WIDE_ROLE_FILE_NAME:
      columns->file_name = index;
      break;
    case SEMIO_WIDE_ROLE_FEATURE:
      columns->answers[feature] = index;
      break;
    case SEMIO_WIDE_ROLE_EXPLANATION:
      columns->explanations[feature] = index;
      break;
    case SEMIO_WIDE_ROLE_FEATURE_BEGIN:
      columns->begins[feature] = index;
      break;
    case SEMIO_WIDE_ROLE_FEATURE_END:
      columns->ends[feature] = index;
      break;
    case SEMIO_WIDE_ROLE_SCORE:
      columns->scores[feature] = index;
      break;
    case SEMIO_WIDE_ROLE_ONSET:
      columns->onset = index;
      break;
    case SEMIO_WIDE_ROLE_OFFSET:
      columns->offset = index;
      break;
    case SEMIO_WIDE_ROLE_EVENT_TYPE:
      columns->event_type = index;
      break;
    case SEMIO_WIDE_ROLE_GENDER:
      columns->gender = index;
      break;
    case SEMIO_WIDE_ROLE_UNKNOWN:
    default:
      break;
    }
}

static SemioWideColumns *
columns_new (guint n_features)
{
  SemioWideColumns *columns = g_new0 (SemioWideColumns, 1);

  columns->columns = g_array_new (FALSE, TRUE, sizeof (SemioWideColumn));
  g_array_set_clear_func (columns->columns, clear_column);
  columns->n_features = n_features;
  columns->answers = g_new (int, MAX (n_features, 1));
  columns->explanations = g_new (int, MAX (n_features, 1));
  columns->begins = g_new (int, MAX (n_features, 1));
  columns->ends = g_new (int, MAX (n_features, 1));
  columns->scores = g_new (int, MAX (n_features, 1));
  for (guint i = 0; i < n_features; i++)
    columns->answers[i] = columns->explanations[i] = columns->begins[i] = columns->ends[i] = columns->scores[i] = -1;
  columns->file_name = columns->onset = columns->offset = columns->event_type = columns->gender = -1;
  return columns;
}

static gboolean
check_needed (SemioWideColumns *columns, SemioCsvTable *csv, SemioWideKind kind, GError **error)
{
  gboolean any = kind == SEMIO_WIDE_REFERENCE && (columns->onset >= 0 || columns->event_type >= 0);

  if (columns->file_name < 0)
    return semio_csv_table_fail (csv, 0, 0, error,
                                 _ ("the column “file_name” is missing. Name the column with the recordings so."));
  for (guint i = 0; i < columns->n_features; i++)
    any = any || columns->answers[i] >= 0;
  if (!any)
    return semio_csv_table_fail (csv, 0, 0, error,
                                 _ ("no column is named after a feature of the study, such as “tonic”. Check the header."));
  return TRUE;
}

/* Maps the header; columns that nobody knows are listed and left alone. */
SemioWideColumns *
semio_wide_columns_new (SemioCsvTable *csv, SemioWideKind kind, SemioFeatureSet *features, GError **error)
{
  g_autoptr (SemioWideColumns) columns = columns_new (semio_feature_set_get_n_features (features));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < semio_csv_table_get_n_columns (csv); i++)
    {
      const char *cell = semio_csv_table_get_cell (csv, 0, i);
      g_autofree char *title = g_strstrip (g_ascii_strdown (cell, -1));
      SemioWideColumn column = { 0 };
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (seen, title));

      column.name = semio_text_clean (cell, -1, MAX_TITLE_CHARS);
      column.role = find_role (title, kind, features, &column.feature);
      g_array_append_val (columns->columns, column);
      note_role (columns, column.role, column.feature, (int) i);
      if (before > 0)
        {
          semio_csv_table_fail (csv, 0, i, error, _ ("the column “%s” stands here and as column %u. Keep one of them."),
                                column.name, before);
          return NULL;
        }
      /* Columns without a title, such as the row numbers that some programs write, are not the same column. */
      if (*title != '\0')
        g_hash_table_insert (seen, g_steal_pointer (&title), GUINT_TO_POINTER (i + 1));
    }
  if (!check_needed (columns, csv, kind, error))
    return NULL;
  return g_steal_pointer (&columns);
}

/* Fewest insertions, deletions and replacements of bytes that make one of the other; more than limit need not be exact. */
static guint
count_edits (const char *one, const char *other, guint limit)
{
  const gsize n = strlen (one), m = strlen (other);
  g_autofree guint *row = NULL;

  if ((n > m ? n - m : m - n) > limit)
    return limit + 1;
  row = g_new (guint, m + 1);
  for (gsize j = 0; j <= m; j++)
    row[j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      guint before = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          const guint above = row[j];
          const guint replaced = before + (one[i - 1] != other[j - 1]);

          row[j] = MIN (replaced, MIN (above, row[j - 1]) + 1);
          before = above;
        }
    }
  return row[m];
}

/* (nullable): the known name that a title is most likely meant as. */
static char *
find_meant (const char *title, SemioFeatureSet *features)
{
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      const char *id = semio_feature_set_get (features, i)->id;

      for (guint j = 0; j <= G_N_ELEMENTS (prefixes); j++)
        {
          g_autofree char *name = g_strconcat (j > 0 ? prefixes[j - 1].text : "", id, NULL);

          /* Short names are near to one another by chance. */
          if (count_edits (title, name, MAX_MISSPELT) <= (strlen (name) < 8 ? 1 : MAX_MISSPELT))
            return g_steal_pointer (&name);
        }
    }
  return NULL;
}

void
semio_wide_columns_remark_misspelt (SemioWideColumns *columns, SemioFeatureSet *features, GPtrArray *remarks)
{
  for (guint i = 0; i < columns->columns->len; i++)
    {
      const SemioWideColumn *column = &g_array_index (columns->columns, SemioWideColumn, i);
      g_autofree char *title = g_strstrip (g_ascii_strdown (column->name, -1));
      g_autofree char *meant = column->role == SEMIO_WIDE_ROLE_UNKNOWN ? find_meant (title, features) : NULL;

      if (meant != NULL)
        g_ptr_array_add (remarks,
                         g_strdup_printf (_ ("Column %u, “%s”, was left alone. If it is meant as “%s”, mend its name and "
                                             "import the file again."),
                                          i + 1, column->name, meant));
    }
}

void
semio_wide_columns_free (SemioWideColumns *columns)
{
  g_array_unref (columns->columns);
  g_free (columns->answers);
  g_free (columns->explanations);
  g_free (columns->begins);
  g_free (columns->ends);
  g_free (columns->scores);
  g_free (columns);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-import-column-row.h"

#include <glib/gi18n-lib.h>

struct _SemioImportColumnRow {
  AdwActionRow parent_instance;

  SemioImport *import;
  SemioFeatureSet *set;
  guint column;
  GtkDropDown *blank; /* (nullable): nothing is blank */
  gboolean refreshing;
};

G_DEFINE_FINAL_TYPE (SemioImportColumnRow, semio_import_column_row, ADW_TYPE_ACTION_ROW)

enum { SIGNAL_BLANK_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* The roles of the session in a person's words. */
static const struct {
  const char *role;
  const char *label;
} roles[] = {
  { "file name", N_ ("Name of the recording") },
  { "segment", N_ ("Segment") },
  { "explanation", N_ ("Explanation") },
  { "onset", N_ ("Onset of the event") },
  { "offset", N_ ("Offset of the event") },
  { "event type", N_ ("Type of the event") },
  { "feature begin", N_ ("Begins at") },
  { "feature end", N_ ("Ends at") },
  { "score", N_ ("Score") },
  { "side", N_ ("Side of the patient") },
  { "begin", N_ ("Begins at") },
  { "end", N_ ("Ends at") },
  { "feature onset", N_ ("Onset of the feature") },
  { "feature name", N_ ("Feature") },
  { "order", N_ ("Order of features") },
  { "report", N_ ("Report") },
  { "region", N_ ("Body region of the onset") },
  { "gender", N_ ("Gender; left alone") },
  { "unknown", N_ ("Not known; left alone") },
};

static const char *
get_role_label (const char *role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (g_strcmp0 (role, roles[i].role) == 0)
        return _ (roles[i].label);
    }
  return role != NULL ? role : "";
}

static void
append_count (GString *text, guint count, const char *label)
{
  if (count == 0)
    return;
  g_string_append_printf (text, "%s%u %s", text->len > 0 ? " · " : "", count, label);
}

static char *
describe_counts (const SemioImportColumn *column)
{
  GString *text = g_string_new (NULL);

  for (guint answer = SEMIO_ANSWER_YES; answer < SEMIO_N_ANSWERS; answer++)
    append_count (text, column->counts[answer], semio_answer_get_label ((SemioAnswer) answer));
  append_count (text, column->counts[SEMIO_ANSWER_MISSING], semio_answer_get_label (SEMIO_ANSWER_MISSING));
  return g_string_free (text, FALSE);
}

static char *
describe_column (SemioImportColumnRow *self, const SemioImportColumn *column)
{
  g_autofree char *counts = NULL;
  const char *label = NULL;

  if (column->feature < 0)
    return g_strdup (get_role_label (column->role));
  label = semio_feature_set_get (self->set, (guint) column->feature)->label;
  if (g_strcmp0 (column->role, "feature") != 0)
    /* TRANSLATORS: role of a column, then the feature: "Explanation: Tonic". */
    return g_strdup_printf (_ ("%s: %s"), get_role_label (column->role), label);
  counts = describe_counts (column);
  return g_strdup_printf ("%s\n%s", label, counts);
}

static void
blank_selected_cb (SemioImportColumnRow *self)
{
  if (self->refreshing)
    return;
  semio_import_set_column_blank (self->import, self->column, (SemioBlank) gtk_drop_down_get_selected (self->blank));
  g_signal_emit (self, signals[SIGNAL_BLANK_CHANGED], 0);
}

static void
semio_import_column_row_dispose (GObject *object)
{
  SemioImportColumnRow *self = SEMIO_IMPORT_COLUMN_ROW (object);

  g_clear_object (&self->import);
  g_clear_pointer (&self->set, semio_feature_set_unref);
  G_OBJECT_CLASS (semio_import_column_row_parent_class)->dispose (object);
}

static void
semio_import_column_row_class_init (SemioImportColumnRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_import_column_row_dispose;
  signals[SIGNAL_BLANK_CHANGED] =
      g_signal_new ("blank-changed", SEMIO_TYPE_IMPORT_COLUMN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_import_column_row_init (SemioImportColumnRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 1);
}

static void
add_blank_choice (SemioImportColumnRow *self, const SemioImportColumn *column)
{
  /* In the order of SemioBlank. */
  const char *const meanings[] = { _ ("Blank is missing"), _ ("Blank is not applicable"), _ ("Blank is no"), NULL };
  g_autofree char *label = g_strdup_printf (_ ("What a blank cell of %s means"), column->name);

  self->blank = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (meanings));
  gtk_widget_set_valign (GTK_WIDGET (self->blank), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->blank), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_drop_down_set_selected (self->blank, column->blank);
  g_signal_connect_object (self->blank, "notify::selected", G_CALLBACK (blank_selected_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->blank));
}

GtkWidget *
semio_import_column_row_new (SemioImport *import, SemioFeatureSet *set, guint column)
{
  SemioImportColumnRow *self = g_object_new (SEMIO_TYPE_IMPORT_COLUMN_ROW, NULL);
  const SemioImportColumn *info = semio_import_get_column (import, column);

  self->import = g_object_ref (import);
  self->set = semio_feature_set_ref (set);
  self->column = column;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), info->name);
  if (info->n_blank > 0 && g_strcmp0 (info->role, "feature") == 0)
    add_blank_choice (self, info);
  semio_import_column_row_refresh (self);
  return GTK_WIDGET (self);
}

void
semio_import_column_row_refresh (SemioImportColumnRow *self)
{
  const SemioImportColumn *info = NULL;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (SEMIO_IS_IMPORT_COLUMN_ROW (self));
  info = semio_import_get_column (self->import, self->column);
  subtitle = describe_column (self, info);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (self->blank == NULL)
    return;
  self->refreshing = TRUE;
  gtk_drop_down_set_selected (self->blank, info->blank);
  self->refreshing = FALSE;
}

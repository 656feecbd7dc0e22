/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-grid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-inner-scroll.h"
#include "semio-results-figures.h"
#include "semio-table-label.h"

/* Columns that are no run. */
enum { COLUMN_FEATURE = -1, COLUMN_POSITIVES = -2, COLUMN_COVERAGE = -3, COLUMN_CONSTANT = -4 };

#define HEAD_CHARACTERS 10
#define FEATURE_CHARACTERS 14

struct _SemioResultsGrid {
  AdwBin parent_instance;

  GtkColumnView *view;
  GListStore *lines; /* of GtkStringObject: the feature's index in the set as text */
  GtkMultiSelection *selection;
  guint sorted_by; /* by keys: 1 + the column; 0: none */
  gboolean sorts_down;
  SemioResultsReport *report;
  char *columns_key; /* names of the runs that the columns were made for */
};

G_DEFINE_FINAL_TYPE (SemioResultsGrid, semio_results_grid, ADW_TYPE_BIN)

enum { SIGNAL_FEATURE_ACTIVATED, SIGNAL_CELL_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* One column of a grid, which outlives it. */
typedef struct {
  SemioResultsGrid *grid;
  int run;
} Column;

static guint
get_feature (gpointer item)
{
  return (guint) g_ascii_strtoull (gtk_string_object_get_string (GTK_STRING_OBJECT (item)), NULL, 10);
}

/* The number that a column sorts by. */
static SemioFigure
get_figure (const SemioResultsReport *report, int column, guint feature)
{
  const SemioResultsRow *row =
      column >= 0 ? semio_results_report_find (report, (guint) column, feature) : semio_results_find_any (report, feature);

  if (row == NULL)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  if (column == COLUMN_POSITIVES)
    return semio_figure_new (row->main.metrics.positives);
  if (column == COLUMN_COVERAGE)
    return semio_figure_share (row->main.metrics.scored, row->main.metrics.scored + row->main.metrics.left_out,
                               SEMIO_FIGURE_NO_PAIRS);
  return column == COLUMN_CONSTANT ? row->main.constants[SEMIO_SCORE_F1] : row->main.scores[SEMIO_SCORE_F1];
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;
  guint one = get_feature ((gpointer) a);
  guint other = get_feature ((gpointer) b);
  SemioFigure left;
  SemioFigure right;

  if (column->grid->report == NULL || column->run == COLUMN_FEATURE)
    return (one > other) - (one < other);
  left = get_figure (column->grid->report, column->run, one);
  right = get_figure (column->grid->report, column->run, other);
  if (left.state != SEMIO_FIGURE_KNOWN || right.state != SEMIO_FIGURE_KNOWN)
    return (left.state == SEMIO_FIGURE_KNOWN) - (right.state == SEMIO_FIGURE_KNOWN);
  return (left.value > right.value) - (left.value < right.value);
}

static char *
describe_cell (const SemioResultsReport *report, const Column *column, guint feature, SemioFigure figure)
{
  if (column->run == COLUMN_FEATURE)
    return g_strdup (semio_feature_set_get (report->features, feature)->label);
  if (figure.state != SEMIO_FIGURE_KNOWN)
    return g_strdup ("–");
  if (column->run == COLUMN_POSITIVES)
    return g_strdup_printf ("%d", (int) figure.value);
  if (column->run == COLUMN_COVERAGE)
    return g_strdup_printf ("%d %%", (int) (figure.value * 100 + 0.5));
  return semio_text_table_format_number (figure.value);
}

static void
mark_cell (GtkWidget *label, const SemioResultsReport *report, const Column *column, guint feature, SemioFigure figure)
{
  const SemioResultsRow *row = column->run >= 0 ? semio_results_report_find (report, (guint) column->run, feature) : NULL;
  gboolean best = row != NULL && row->is_best;
  gboolean beaten = row != NULL && semio_results_row_is_beaten (row);
  g_autofree char *number = describe_cell (report, column, feature, figure);
  /* Told apart by a sign as well as by colour. */
  g_autofree char *text = g_strconcat (number, best ? " ★" : "", beaten ? " ▾" : "", NULL);
  const char *why = NULL;

  if (column->run == COLUMN_FEATURE)
    why = number;
  else if (figure.state != SEMIO_FIGURE_KNOWN)
    why = semio_figure_state_describe (figure.state);
  else if (best)
    why = _ ("Best: each paired interval to the other runs excludes zero");
  else if (beaten)
    why = _ ("No better than the best constant answer");
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, why);
  (best ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (label, "results-best");
  (beaten ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (label, "results-beaten");
}

/* A click on a number lists what it is made of; the name of the feature still selects its row. */
static void
cell_pressed_cb (GtkGestureClick *click, int n_press, double x, double y, gpointer user_data)
{
  GtkListItem *item = GTK_LIST_ITEM (user_data);
  const Column *column = g_object_get_data (G_OBJECT (item), "semio-column");
  gpointer line = gtk_list_item_get_item (item);

  if (line == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (column->grid, signals[SIGNAL_CELL_ACTIVATED], 0, get_feature (line), (guint) column->run);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->run == COLUMN_FEATURE ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  if (column->run == COLUMN_FEATURE)
    {
      /* Numbers come first where there is little room. */
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), FEATURE_CHARACTERS);
    }
  gtk_list_item_set_child (item, label);
  if (column->run >= 0)
    {
      GtkGesture *click = gtk_gesture_click_new ();

      g_object_set_data (G_OBJECT (item), "semio-column", user_data);
      g_signal_connect_object (click, "pressed", G_CALLBACK (cell_pressed_cb), item, 0);
      gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (click));
    }
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  const SemioResultsReport *report = column->grid->report;
  guint feature = get_feature (gtk_list_item_get_item (item));
  SemioFigure figure = semio_figure_new (0);

  if (report == NULL)
    return;
  if (column->run != COLUMN_FEATURE)
    figure = get_figure (report, column->run, feature);
  mark_cell (gtk_list_item_get_child (item), report, column, feature, figure);
}

/* The head of a column does not wrap by itself, and a long one would make its numbers stand far apart. */
static char *
break_lines (const char *title)
{
  GString *lines = g_string_new (NULL);
  const char *word = title;
  glong used = 0;

  while (*word != '\0')
    {
      gsize length = strcspn (word, " -");
      glong characters;

      length += word[length] != '\0';
      characters = g_utf8_strlen (word, (gssize) length);
      if (used > 0 && used + characters > HEAD_CHARACTERS)
        {
          g_string_append_c (lines, '\n');
          used = 0;
        }
      g_string_append_len (lines, word, (gssize) length);
      used += characters;
      word += length;
    }
  return g_string_free (lines, FALSE);
}

static void
add_column (SemioResultsGrid *self, const char *title, int run)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *column = g_new0 (Column, 1);
  g_autofree char *head = break_lines (title);
  g_autoptr (GtkColumnViewColumn) added = gtk_column_view_column_new (head, factory);
  g_autoptr (GtkSorter) sorter = NULL;

  column->grid = self;
  column->run = run;
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, column, NULL));
  gtk_column_view_column_set_sorter (added, sorter);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_column_set_expand (added, run == COLUMN_FEATURE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  /* Lives as long as the column, which the sorter and the factory do not outlive in use. */
  g_object_set_data_full (G_OBJECT (added), "semio-column", column, g_free);
  gtk_column_view_append_column (self->view, added);
}

static void
make_columns (SemioResultsGrid *self)
{
  g_autoptr (GString) key = g_string_new (NULL);
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < self->report->runs->len; i++)
    g_string_append_printf (key, "%s\n", ((SemioRun *) self->report->runs->pdata[i])->name);
  if (g_strcmp0 (key->str, self->columns_key) == 0)
    return;
  g_free (self->columns_key);
  self->columns_key = g_strdup (key->str);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  add_column (self, _ ("Feature"), COLUMN_FEATURE);
  add_column (self, _ ("Positives"), COLUMN_POSITIVES);
  /* What every run is read by stands before them: many runs go on beyond the edge of the card. */
  add_column (self, _ ("Scored"), COLUMN_COVERAGE);
  add_column (self, _ ("Constant"), COLUMN_CONSTANT);
  for (guint i = 0; i < self->report->runs->len; i++)
    add_column (self, ((SemioRun *) self->report->runs->pdata[i])->name, (int) i);
}

static void
activate_cb (SemioResultsGrid *self, guint position)
{
  g_autoptr (GObject) line = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (line != NULL)
    g_signal_emit (self, signals[SIGNAL_FEATURE_ACTIVATED], 0, get_feature (line));
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  g_autoptr (SemioTextTable) table = semio_results_grid_make_table (SEMIO_RESULTS_GRID (user_data));

  if (table == NULL)
    return FALSE;
  semio_table_copy (widget, table);
  return TRUE;
}

static void
semio_results_grid_dispose (GObject *object)
{
  SemioResultsGrid *self = SEMIO_RESULTS_GRID (object);

  g_clear_pointer (&self->report, semio_results_report_unref);
  g_clear_object (&self->lines);
  G_OBJECT_CLASS (semio_results_grid_parent_class)->dispose (object);
}

static void
semio_results_grid_finalize (GObject *object)
{
  g_free (SEMIO_RESULTS_GRID (object)->columns_key);
  G_OBJECT_CLASS (semio_results_grid_parent_class)->finalize (object);
}

static void
semio_results_grid_class_init (SemioResultsGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_results_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_results_grid_finalize;
  signals[SIGNAL_CELL_ACTIVATED] = g_signal_new ("cell-activated", SEMIO_TYPE_RESULTS_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_FEATURE_ACTIVATED] = g_signal_new ("feature-activated", SEMIO_TYPE_RESULTS_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

/* GTK gives heads no focus, so that keys go through them: no order, then each column from the left. */
static gboolean
sort_next_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  SemioResultsGrid *self = user_data;
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr (GtkColumnViewColumn) column = NULL;

  self->sorted_by = self->sorted_by >= g_list_model_get_n_items (columns) ? 0 : self->sorted_by + 1;
  self->sorts_down = FALSE;
  if (self->sorted_by > 0)
    column = g_list_model_get_item (columns, self->sorted_by - 1);
  /* Without this the column before would stay the second order and keep its arrow. */
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (column != NULL)
    gtk_column_view_sort_by_column (self->view, column, GTK_SORT_ASCENDING);
  return TRUE;
}

static gboolean
sort_turned_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  SemioResultsGrid *self = user_data;
  g_autoptr (GtkColumnViewColumn) column = NULL;

  if (self->sorted_by == 0)
    return FALSE;
  column = g_list_model_get_item (gtk_column_view_get_columns (self->view), self->sorted_by - 1);
  if (column == NULL)
    return FALSE;
  self->sorts_down = !self->sorts_down;
  gtk_column_view_sort_by_column (self->view, column, self->sorts_down ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  return TRUE;
}

static void
semio_results_grid_init (SemioResultsGrid *self)
{
  GtkWidget *view = gtk_column_view_new (NULL);
  GtkSortListModel *sorted;
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  self->view = GTK_COLUMN_VIEW (view);
  self->lines = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  sorted =
      gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->lines)), g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("F1 per feature"), -1);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_c, GDK_CONTROL_MASK), gtk_callback_action_new (copy_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_s, 0), gtk_callback_action_new (sort_next_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_s, GDK_SHIFT_MASK),
                                                          gtk_callback_action_new (sort_turned_cb, self, NULL)));
  gtk_widget_add_controller (view, shortcuts);
  g_signal_connect_object (view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  /* Many runs are more columns than a narrow window has room for. */
  adw_bin_set_child (ADW_BIN (self), semio_inner_scroll_new (view, 0));
}

GtkWidget *
semio_results_grid_new (void)
{
  return g_object_new (SEMIO_TYPE_RESULTS_GRID, NULL);
}

void
semio_results_grid_set_report (SemioResultsGrid *self, SemioResultsReport *report)
{
  g_autoptr (GArray) features = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (SEMIO_IS_RESULTS_GRID (self));
  g_clear_pointer (&self->report, semio_results_report_unref);
  if (report != NULL)
    {
      self->report = semio_results_report_ref (report);
      make_columns (self);
      features = semio_results_list_features (report);
      for (guint i = 0; i < features->len; i++)
        {
          g_autofree char *text = g_strdup_printf ("%u", g_array_index (features, guint, i));

          g_ptr_array_add (lines, gtk_string_object_new (text));
        }
    }
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)), lines->pdata, lines->len);
}

SemioTextTable *
semio_results_grid_make_table (SemioResultsGrid *self)
{
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (guint));
  GListModel *model = G_LIST_MODEL (self->selection);
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (SEMIO_IS_RESULTS_GRID (self), NULL);
  if (self->report == NULL)
    return NULL;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) line = g_list_model_get_item (model, i);
      guint feature = get_feature (line);

      if (gtk_bitset_is_empty (selected) || gtk_bitset_contains (selected, i))
        g_array_append_val (features, feature);
    }
  return semio_results_make_table (self->report, features);
}

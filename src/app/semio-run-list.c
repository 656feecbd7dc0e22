/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-list.h"

#include <glib/gi18n-lib.h>

#include "semio-endpoint-list.h"
#include "semio-run-row.h"
#include "semio-run-server.h"

struct _SemioRunList {
  AdwBin parent_instance;

  GtkListBox *box;
  SemioRunListFind find;
  gpointer find_data;

  SemioStudy *study;
  GHashTable *planned; /* gint64 run id: guint, questions of the whole run */
  guint planned_cases; /* of so many cases */
  GCancellable *loading;
  char *wanted; /* (nullable): chosen when it is in the list */
  gboolean with_archived;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SemioRunList, semio_run_list, ADW_TYPE_BIN)

enum { SIGNAL_CHOSEN, SIGNAL_OPENED, N_SIGNALS };

static guint signals[N_SIGNALS];

static SemioRunRow *
get_row (SemioRunList *self, guint index)
{
  return (SemioRunRow *) gtk_list_box_get_row_at_index (self->box, (int) index);
}

/* How many questions the whole run has; counted once for as many cases as there are. */
static guint
count_planned (SemioRunList *self, const SemioRun *run, GPtrArray *endpoints)
{
  guint n_cases = g_list_model_get_n_items (semio_study_get_cases (self->study));
  gpointer known;

  if (n_cases != self->planned_cases)
    g_hash_table_remove_all (self->planned);
  self->planned_cases = n_cases;
  if (!g_hash_table_lookup_extended (self->planned, &run->id, NULL, &known))
    {
      known = GUINT_TO_POINTER (semio_run_server_count_questions (self->study, run, endpoints));
      g_hash_table_insert (self->planned, g_memdup2 (&run->id, sizeof run->id), known);
    }
  return GPOINTER_TO_UINT (known);
}

static void
sums_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunList) self = user_data;
  g_autoptr (GArray) sums = semio_run_sums_load_finish (SEMIO_STUDY (source), result, NULL);
  g_autoptr (GPtrArray) endpoints = NULL;
  GPtrArray *runs = semio_study_get_runs (SEMIO_STUDY (source));
  SemioRunRow *row;

  if (sums == NULL || self->study != SEMIO_STUDY (source) || sums->len != runs->len)
    return;
  endpoints = semio_endpoint_list_load (NULL);
  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    for (guint r = 0; r < runs->len; r++)
      if (((SemioRun *) runs->pdata[r])->id == semio_run_row_get_run (row)->id)
        semio_run_row_set_sums (row, &g_array_index (sums, SemioRunSums, r), count_planned (self, runs->pdata[r], endpoints));
}

/* TRUE when the rows are those of the runs that are to be shown, the newest above, unchanged. */
static gboolean
is_current (SemioRunList *self, GPtrArray *runs)
{
  guint n = 0;

  for (guint i = runs->len; i > 0; i--)
    {
      SemioRun *run = runs->pdata[i - 1];
      SemioRunRow *row;

      if (run->archived && !self->with_archived)
        continue;
      row = get_row (self, n++);
      if (row == NULL || semio_run_row_get_run (row)->id != run->id || semio_run_row_get_run (row)->archived != run->archived
          || g_strcmp0 (semio_run_row_get_run (row)->notice, run->notice) != 0)
        return FALSE;
    }
  return get_row (self, n) == NULL;
}

static void
choose_row (SemioRunList *self, gint64 id)
{
  SemioRunRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    if (semio_run_row_get_run (row)->id == id)
      gtk_list_box_select_row (self->box, GTK_LIST_BOX_ROW (row));
  for (guint i = 0; self->wanted != NULL && (row = get_row (self, i)) != NULL; i++)
    if (g_strcmp0 (semio_run_row_get_run (row)->name, self->wanted) == 0)
      {
        gtk_list_box_select_row (self->box, GTK_LIST_BOX_ROW (row));
        g_clear_pointer (&self->wanted, g_free);
      }
  if (gtk_list_box_get_selected_row (self->box) == NULL && get_row (self, 0) != NULL)
    gtk_list_box_select_row (self->box, GTK_LIST_BOX_ROW (get_row (self, 0)));
}

static void
fill (SemioRunList *self, GPtrArray *runs)
{
  SemioRun *chosen = semio_run_list_get_chosen (self);
  gint64 id = chosen != NULL ? chosen->id : 0;
  SemioRunRow *row;

  self->is_filling = TRUE;
  while ((row = get_row (self, 0)) != NULL)
    gtk_list_box_remove (self->box, GTK_WIDGET (row));
  for (guint i = runs->len; i > 0; i--)
    {
      SemioRun *run = runs->pdata[i - 1];

      if (run->archived && !self->with_archived)
        continue;
      row = semio_run_row_new (run);
      semio_run_row_set_predict (row, self->find (run->name, self->find_data));
      gtk_list_box_append (self->box, GTK_WIDGET (row));
    }
  choose_row (self, id);
  self->is_filling = FALSE;
}

static void
selected_cb (SemioRunList *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
activated_cb (SemioRunList *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
semio_run_list_init (SemioRunList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->planned = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Runs"), -1);
  g_signal_connect_swapped (self->box, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->box, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

static void
semio_run_list_dispose (GObject *object)
{
  SemioRunList *self = SEMIO_RUN_LIST (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->study);
  /* What works at the runs goes before the rows do. */
  self->is_filling = TRUE;
  G_OBJECT_CLASS (semio_run_list_parent_class)->dispose (object);
}

static void
semio_run_list_finalize (GObject *object)
{
  SemioRunList *self = SEMIO_RUN_LIST (object);

  g_hash_table_unref (self->planned);
  g_free (self->wanted);
  G_OBJECT_CLASS (semio_run_list_parent_class)->finalize (object);
}

static void
semio_run_list_class_init (SemioRunListClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_run_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_run_list_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

GtkWidget *
semio_run_list_new (SemioRunListFind find, gpointer user_data)
{
  SemioRunList *self = g_object_new (SEMIO_TYPE_RUN_LIST, NULL);

  self->find = find;
  self->find_data = user_data;
  return GTK_WIDGET (self);
}

void
semio_run_list_set_study (SemioRunList *self, SemioStudy *study)
{
  g_set_object (&self->study, study);
  g_hash_table_remove_all (self->planned);
}

void
semio_run_list_refresh (SemioRunList *self, gboolean with_archived)
{
  GPtrArray *runs = self->study != NULL ? semio_study_get_runs (self->study) : NULL;

  if (runs == NULL)
    return;
  self->with_archived = with_archived;
  if (!is_current (self, runs))
    fill (self, runs);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  semio_run_sums_load_async (self->study, self->loading, sums_cb, g_object_ref (self));
}

void
semio_run_list_choose (SemioRunList *self, const char *name)
{
  g_free (self->wanted);
  self->wanted = g_strdup (name);
  choose_row (self, 0);
}

void
semio_run_list_update_predict (SemioRunList *self, const char *name)
{
  SemioRunRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    if (g_strcmp0 (semio_run_row_get_run (row)->name, name) == 0)
      semio_run_row_set_predict (row, self->find (name, self->find_data));
}

SemioRun *
semio_run_list_get_chosen (SemioRunList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->box);

  return row != NULL ? semio_run_row_get_run (SEMIO_RUN_ROW (row)) : NULL;
}

void
semio_run_list_focus (SemioRunList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->box);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

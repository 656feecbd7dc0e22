/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-runs-page.h"

#include <glib/gi18n-lib.h>

#include "semio-endpoint-list.h"
#include "semio-run-choice.h"
#include "semio-run-row.h"
#include "semio-server-keys.h"

/* A run at work. Owned by the page. */
typedef struct {
  SemioRunsPage *page; /* not owned: the page outlives it */
  SemioPredict *predict;
  GCancellable *cancellable;
  char *name;
} Work;

struct _SemioRunsPage {
  AdwBin parent_instance;

  GtkWidget *stack;
  GtkListBox *list;
  GtkWidget *new_button;
  GtkWidget *archived_switch;

  GtkRevealer *strip; /* while the program is offline */

  GSettings *settings;
  SemioStudy *study;
  GPtrArray *works; /* of Work */
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (SemioRunsPage, semio_runs_page, ADW_TYPE_BIN)

enum { SIGNAL_NEW_RUN, SIGNAL_TELL, SIGNAL_IDLE, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->predict);
  g_object_unref (work->cancellable);
  g_free (work->name);
  g_free (work);
}

static SemioRunRow *
get_row (SemioRunsPage *self, guint index)
{
  return SEMIO_RUN_ROW (gtk_list_box_get_row_at_index (self->list, (int) index));
}

static guint
count_rows (SemioRunsPage *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->list, (int) n) != NULL)
    n++;
  return n;
}

static Work *
find_work (SemioRunsPage *self, const char *name)
{
  for (guint i = 0; i < self->works->len; i++)
    if (g_strcmp0 (((Work *) self->works->pdata[i])->name, name) == 0)
      return self->works->pdata[i];
  return NULL;
}

static Work *
work_of_row (SemioRunsPage *self, SemioRunRow *row)
{
  return find_work (self, semio_run_row_get_run (row)->name);
}

static void
tell (SemioRunsPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_TELL], 0, text);
}

/* ---- What a row asks for ---- */

static void
pause_cb (SemioRunsPage *self, SemioRunRow *row)
{
  Work *work = work_of_row (self, row);

  if (work != NULL)
    semio_predict_set_paused (work->predict, semio_predict_get_state (work->predict) != SEMIO_PREDICT_PAUSED);
}

static void
stop_cb (SemioRunsPage *self, SemioRunRow *row)
{
  Work *work = work_of_row (self, row);

  if (work != NULL)
    g_cancellable_cancel (work->cancellable);
}

/* The server of the run among those that are kept; else one made of the run's own addresses. */
static SemioEndpoint *
find_endpoint (const SemioRunConfig *config)
{
  g_autoptr (GPtrArray) endpoints = semio_endpoint_list_load (NULL);
  SemioEndpoint *endpoint;

  for (guint i = 0; endpoints && i < endpoints->len; i++)
    {
      const SemioEndpoint *kept = endpoints->pdata[i];

      if (kept->urls && kept->urls[0] && g_strcmp0 (kept->urls[0], config->urls[0]) == 0)
        return semio_endpoint_copy (kept);
    }
  endpoint = semio_endpoint_new (config->urls[0]);
  g_strfreev (endpoint->urls);
  endpoint->urls = g_strdupv (config->urls);
  return endpoint;
}

typedef struct {
  SemioRunsPage *page;
  SemioRunConfig *config;
  SemioEndpoint *endpoint;
  gboolean retry_failed;
} Resume;

static void
resume_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Resume *resume = user_data;
  g_autoptr (SemioKey) key = semio_server_keys_find_finish (result);
  g_autoptr (SemioPredict) predict = NULL;
  g_autoptr (GArray) recordings = NULL;

  if (resume->page->study != NULL)
    {
      recordings = semio_run_choice_find (resume->page->settings, resume->page->study, resume->config->name);
      predict = semio_predict_new (resume->page->study, resume->config, resume->endpoint, semio_key_get_text (key), recordings);
      semio_predict_set_retry_failed (predict, resume->retry_failed);
      semio_runs_page_start (resume->page, predict);
    }
  g_object_unref (resume->page);
  semio_run_config_free (resume->config);
  semio_endpoint_free (resume->endpoint);
  g_free (resume);
}

static void
go_on (SemioRunsPage *self, SemioRunRow *row, gboolean retry_failed)
{
  SemioRun *run = semio_run_row_get_run (row);
  SemioRunConfig *config = run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;
  Resume *resume;

  if (config == NULL || work_of_row (self, row) != NULL)
    {
      g_clear_pointer (&config, semio_run_config_free);
      return;
    }
  resume = g_new0 (Resume, 1);
  resume->page = g_object_ref (self);
  resume->config = config;
  resume->endpoint = find_endpoint (config);
  resume->retry_failed = retry_failed;
  semio_server_keys_find_async (resume->endpoint, resume_key_cb, resume);
}

static void
go_on_cb (SemioRunsPage *self, SemioRunRow *row)
{
  go_on (self, row, FALSE);
}

static void
retry_cb (SemioRunsPage *self, SemioRunRow *row)
{
  go_on (self, row, TRUE);
}

static void
duplicate_cb (SemioRunsPage *self, SemioRunRow *row)
{
  SemioRun *run = semio_run_row_get_run (row);
  g_autoptr (SemioRunConfig) config = run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;

  g_signal_emit (self, signals[SIGNAL_NEW_RUN], 0, config);
}

static void
archived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!semio_run_set_archived_finish (SEMIO_STUDY (source), result, &error))
    tell (self, error->message);
}

static void
archive_cb (SemioRunsPage *self, SemioRunRow *row)
{
  SemioRun *run = semio_run_row_get_run (row);

  semio_run_set_archived_async (self->study, run->id, !run->archived, archived_cb, g_object_ref (self));
}

/* ---- The list ---- */

static void
add_row (SemioRunsPage *self, SemioRun *run)
{
  SemioRunRow *row = semio_run_row_new (run);
  Work *work = find_work (self, run->name);

  if (work != NULL)
    semio_run_row_set_predict (row, work->predict);
  g_signal_connect_swapped (row, "pause", G_CALLBACK (pause_cb), self);
  g_signal_connect_swapped (row, "stop", G_CALLBACK (stop_cb), self);
  g_signal_connect_swapped (row, "go-on", G_CALLBACK (go_on_cb), self);
  g_signal_connect_swapped (row, "retry", G_CALLBACK (retry_cb), self);
  g_signal_connect_swapped (row, "duplicate", G_CALLBACK (duplicate_cb), self);
  g_signal_connect_swapped (row, "archive", G_CALLBACK (archive_cb), self);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
}

static void
sums_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunsPage) self = user_data;
  g_autoptr (GArray) sums = semio_run_sums_load_finish (SEMIO_STUDY (source), result, NULL);
  GPtrArray *runs = semio_study_get_runs (SEMIO_STUDY (source));

  if (sums == NULL || self->study != SEMIO_STUDY (source) || sums->len != runs->len)
    return;
  for (guint i = 0; i < count_rows (self); i++)
    for (guint r = 0; r < runs->len; r++)
      if (((SemioRun *) runs->pdata[r])->id == semio_run_row_get_run (get_row (self, i))->id)
        semio_run_row_set_sums (get_row (self, i), &g_array_index (sums, SemioRunSums, r));
}

static gboolean
is_shown (SemioRunsPage *self, SemioRun *run)
{
  return !run->archived || gtk_switch_get_active (GTK_SWITCH (self->archived_switch));
}

/* TRUE when the rows are those of the runs that are to be shown, unchanged. */
static gboolean
is_current (SemioRunsPage *self, GPtrArray *runs)
{
  guint n = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      SemioRun *run = runs->pdata[i];
      SemioRunRow *row;

      if (!is_shown (self, run))
        continue;
      if (gtk_list_box_get_row_at_index (self->list, (int) n) == NULL)
        return FALSE;
      row = get_row (self, n++);
      if (semio_run_row_get_run (row)->id != run->id || semio_run_row_get_run (row)->archived != run->archived)
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (self->list, (int) n) == NULL;
}

static void
refresh (SemioRunsPage *self)
{
  GPtrArray *runs = self->study ? semio_study_get_runs (self->study) : NULL;
  GtkWidget *child;

  if (runs == NULL)
    return;
  if (!is_current (self, runs))
    {
      while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
        gtk_list_box_remove (self->list, child);
      for (guint i = 0; i < runs->len; i++)
        if (is_shown (self, runs->pdata[i]))
          add_row (self, runs->pdata[i]);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), runs->len > 0 ? "runs" : "empty");
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  semio_run_sums_load_async (self->study, self->loading, sums_cb, g_object_ref (self));
}

/* ---- Runs at work ---- */

static void
attach (SemioRunsPage *self, const char *name, SemioPredict *predict)
{
  for (guint i = 0; i < count_rows (self); i++)
    if (g_strcmp0 (semio_run_row_get_run (get_row (self, i))->name, name) == 0)
      semio_run_row_set_predict (get_row (self, i), predict);
}

static void
notify_end (SemioRunsPage *self, const char *name, const char *body)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GNotification) notification = NULL;

  if (application == NULL || !g_application_get_is_registered (application))
    return;
  notification = g_notification_new (name);
  g_notification_set_body (notification, body);
  g_application_send_notification (application, name, notification);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Work *work = user_data;
  SemioRunsPage *self = work->page;
  SemioPredictProgress progress = semio_predict_get_progress (work->predict);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean done = semio_predict_run_finish (work->predict, result, &error);

  if (done)
    text = g_strdup_printf (_ ("“%s” is done: %u of %u questions have an answer."), work->name, progress.n_answered,
                            progress.n_questions);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup_printf (_ ("“%s” was stopped: %u of %u questions have an answer. It goes on with “Continue”."), work->name,
                            progress.n_answered, progress.n_questions);
  else
    text = g_strdup_printf (_ ("“%s” stopped: %s"), work->name, error->message);
  attach (self, work->name, NULL);
  for (guint i = 0; !done && i < count_rows (self); i++)
    if (g_strcmp0 (semio_run_row_get_run (get_row (self, i))->name, work->name) == 0)
      semio_run_row_add_problem (get_row (self, i), text);
  tell (self, text);
  notify_end (self, work->name, text);
  g_ptr_array_remove (self->works, work);
  refresh (self);
  if (self->works->len == 0)
    g_signal_emit (self, signals[SIGNAL_IDLE], 0);
  g_object_unref (self);
}

void
semio_runs_page_start (SemioRunsPage *self, SemioPredict *predict)
{
  const char *name = semio_predict_get_config (predict)->name;
  Work *work;

  if (find_work (self, name) != NULL)
    {
      tell (self, _ ("This run is at work already."));
      return;
    }
  work = g_new0 (Work, 1);
  work->page = g_object_ref (self);
  work->predict = g_object_ref (predict);
  work->cancellable = g_cancellable_new ();
  work->name = g_strdup (name);
  g_ptr_array_add (self->works, work);
  attach (self, name, predict);
  semio_predict_run_async (predict, work->cancellable, ended_cb, work);
}

gboolean
semio_runs_page_is_busy (SemioRunsPage *self)
{
  return self->works->len > 0;
}

gboolean
semio_runs_page_stop (SemioRunsPage *self)
{
  for (guint i = 0; i < self->works->len; i++)
    g_cancellable_cancel (((Work *) self->works->pdata[i])->cancellable);
  return self->works->len > 0;
}

void
semio_runs_page_set_study (SemioRunsPage *self, SemioStudy *study)
{
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_set_object (&self->study, study);
  gtk_widget_set_sensitive (self->new_button, study != NULL && !semio_study_is_read_only (study));
  if (study == NULL)
    return;
  g_signal_connect_object (study, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
new_clicked_cb (SemioRunsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_NEW_RUN], 0, NULL);
}

static GtkWidget *
build_head (SemioRunsPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("Show those put _away"));

  self->new_button = gtk_button_new_with_mnemonic (_ ("_New Run…"));
  gtk_widget_add_css_class (self->new_button, "suggested-action");
  gtk_widget_add_css_class (self->new_button, "pill");
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (new_clicked_cb), self);
  self->archived_switch = gtk_switch_new ();
  gtk_widget_set_valign (self->archived_switch, GTK_ALIGN_CENTER);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->archived_switch);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->archived_switch), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show those put away"), -1);
  g_signal_connect_swapped (self->archived_switch, "notify::active", G_CALLBACK (refresh), self);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_box_append (GTK_BOX (head), self->new_button);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), self->archived_switch);
  return head;
}

static GtkWidget *
build_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-run-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Runs Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("A run asks a model about the recordings of this study and keeps its answers. "
                                      "Predictions can be imported from a file as well."));
  return page;
}

static GtkWidget *
build_strip (SemioRunsPage *self)
{
  GtkWidget *label =
      gtk_label_new (_ ("The program is offline: only servers on this machine are asked. The preferences change that."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "read-only-strip");
  self->strip = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->strip, label);
  return GTK_WIDGET (self->strip);
}

static void
semio_runs_page_init (SemioRunsPage *self)
{
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->works = g_ptr_array_new_with_free_func (work_free);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->list), "runs");
  gtk_stack_add_named (GTK_STACK (self->stack), build_empty (), "empty");
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (whole), build_strip (self));
  gtk_box_append (GTK_BOX (whole), scroller);
  adw_bin_set_child (ADW_BIN (self), whole);
}

static void
semio_runs_page_dispose (GObject *object)
{
  SemioRunsPage *self = SEMIO_RUNS_PAGE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->study);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (semio_runs_page_parent_class)->dispose (object);
}

static void
semio_runs_page_finalize (GObject *object)
{
  g_ptr_array_unref (SEMIO_RUNS_PAGE (object)->works);
  G_OBJECT_CLASS (semio_runs_page_parent_class)->finalize (object);
}

static void
semio_runs_page_class_init (SemioRunsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_runs_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_runs_page_finalize;
  signals[SIGNAL_NEW_RUN] =
      g_signal_new ("new-run", SEMIO_TYPE_RUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_TELL] =
      g_signal_new ("tell", SEMIO_TYPE_RUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_IDLE] = g_signal_new ("idle", SEMIO_TYPE_RUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

GtkWidget *
semio_runs_page_new (GSettings *settings)
{
  SemioRunsPage *self = g_object_new (SEMIO_TYPE_RUNS_PAGE, NULL);

  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "offline", self->strip, "reveal-child", G_SETTINGS_BIND_GET);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-runs-page.h"

#include <glib/gi18n-lib.h>

#include "semio-endpoint-list.h"
#include "semio-file-choice.h"
#include "semio-run-choice.h"
#include "semio-run-list.h"
#include "semio-run-server.h"
#include "semio-run-settings-file.h"
#include "semio-run-view.h"
#include "semio-run-work.h"
#include "semio-server-keys.h"
#include "semio-timing.h"

#define LIST_WIDTH_PX 310
/* Beside the list a run has at least so much; where a window has less, one stands in place of the other. */
#define VIEW_WIDTH_PX 589

struct _SemioRunsPage {
  AdwBin parent_instance;

  GtkStack *stack;
  AdwLeaflet *leaflet; /* list and view */
  GtkWidget *view_place;
  SemioRunList *list;
  SemioRunView *view;
  GtkWidget *new_button, *empty_new_button;
  GSimpleAction *import_action, *archived_action;
  GtkRevealer *strip; /* while the program is offline */

  GSettings *settings;
  SemioStudy *study;
  GPtrArray *works; /* of SemioRunWork: those at work, and those that ended, for what was seen of them */
  gboolean is_stale; /* changed while nobody looked */
};

G_DEFINE_FINAL_TYPE (SemioRunsPage, semio_runs_page, ADW_TYPE_BIN)

enum { SIGNAL_NEW_RUN, SIGNAL_TELL, SIGNAL_IDLE, N_SIGNALS };

static guint signals[N_SIGNALS];

static SemioRunWork *
find_work (SemioRunsPage *self, const char *name)
{
  for (guint i = 0; i < self->works->len; i++)
    if (g_strcmp0 (semio_run_work_get_name (self->works->pdata[i]), name) == 0)
      return self->works->pdata[i];
  return NULL;
}

static SemioPredict *
find_predict (const char *name, gpointer user_data)
{
  SemioRunWork *work = find_work (user_data, name);

  return work != NULL ? semio_run_work_get_predict (work) : NULL;
}

static void
tell (SemioRunsPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_TELL], 0, text);
}

/* Who has just told what failed need not be told of cancelling. */
static void
tell_error (SemioRunsPage *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, error->message);
}

static GtkWindow *
get_window (SemioRunsPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* ---- What the view asks for ---- */

static void
pause_cb (SemioRunsPage *self)
{
  SemioPredict *predict = find_predict (semio_run_view_get_run (self->view)->name, self);

  if (predict != NULL)
    semio_predict_set_paused (predict, semio_predict_get_state (predict) != SEMIO_PREDICT_PAUSED);
}

static void
stop_cb (SemioRunsPage *self)
{
  SemioRunWork *work = find_work (self, semio_run_view_get_run (self->view)->name);

  if (work != NULL)
    semio_run_work_stop (work);
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
go_on (SemioRunsPage *self, gboolean retry_failed)
{
  SemioRun *run = semio_run_view_get_run (self->view);
  SemioRunConfig *config = run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;
  g_autoptr (GPtrArray) endpoints = semio_endpoint_list_load (NULL);
  Resume *resume;

  if (config == NULL || find_predict (run->name, self) != NULL)
    {
      g_clear_pointer (&config, semio_run_config_free);
      return;
    }
  resume = g_new0 (Resume, 1);
  resume->page = g_object_ref (self);
  resume->config = config;
  resume->endpoint = semio_run_server_find (endpoints, config);
  resume->retry_failed = retry_failed;
  semio_server_keys_find_async (resume->endpoint, resume_key_cb, resume);
}

static void
go_on_cb (SemioRunsPage *self)
{
  go_on (self, FALSE);
}

static void
retry_cb (SemioRunsPage *self)
{
  go_on (self, TRUE);
}

static SemioRunConfig *
parse_shown (SemioRunsPage *self)
{
  SemioRun *run = semio_run_view_get_run (self->view);

  return run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;
}

static void
duplicate_cb (SemioRunsPage *self)
{
  g_autoptr (SemioRunConfig) config = parse_shown (self);

  g_signal_emit (self, signals[SIGNAL_NEW_RUN], 0, config);
}

static void
archived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!semio_run_set_archived_finish (SEMIO_STUDY (source), result, &error))
    tell_error (self, error);
}

static void
archive_cb (SemioRunsPage *self)
{
  SemioRun *run = semio_run_view_get_run (self->view);

  if (!run->archived)
    tell (self, _ ("The run is in the archive. Nothing of it was deleted; “Show Archived Runs” in the menu shows it."));
  semio_run_set_archived_async (self->study, run->id, !run->archived, archived_cb, g_object_ref (self));
}

static void
open_cb (SemioRunsPage *self, gint64 recording_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-case", "x", recording_id);
}

/* ---- Settings as a file ---- */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = g_strdup_printf (_ ("The settings are in %s. They hold no key."), name);

  if (semio_run_settings_file_write_finish (result, &error))
    tell (self, text);
  else
    tell_error (self, error);
}

static void
export_chosen_cb (GPtrArray *files, gpointer user_data)
{
  SemioRunsPage *self = user_data;
  g_autoptr (SemioRunConfig) config = parse_shown (self);

  if (config != NULL)
    semio_run_settings_file_write_async (files->pdata[0], config, NULL, exported_cb, g_object_ref (self));
}

static void
export_cb (SemioRunsPage *self)
{
  g_autofree char *name = semio_run_settings_file_name (semio_run_view_get_run (self->view)->name);

  semio_file_choice_show (get_window (self), SEMIO_FILE_CHOICE_NEW_SETTINGS, _ ("Export the Settings"), name, export_chosen_cb,
                          self);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRunConfig) config = semio_run_settings_file_read_finish (result, &error);

  if (config == NULL)
    tell_error (self, error);
  else if (self->study != NULL)
    g_signal_emit (self, signals[SIGNAL_NEW_RUN], 0, config);
}

static void
import_chosen_cb (GPtrArray *files, gpointer user_data)
{
  SemioRunsPage *self = user_data;

  semio_run_settings_file_read_async (files->pdata[0], NULL, imported_cb, g_object_ref (self));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioRunsPage *self = user_data;

  semio_file_choice_show (get_window (self), SEMIO_FILE_CHOICE_SETTINGS, _ ("Import Settings"), NULL, import_chosen_cb, self);
}

/* ---- Where there is no room for both ---- */

static void
open_view (SemioRunsPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->view_place);
  if (adw_leaflet_get_folded (self->leaflet))
    gtk_widget_child_focus (self->view_place, GTK_DIR_TAB_FORWARD);
}

static void
back_cb (SemioRunsPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  semio_run_list_focus (self->list);
}

static void
folded_cb (SemioRunsPage *self)
{
  semio_run_view_set_alone (self->view, adw_leaflet_get_folded (self->leaflet));
}

/* ---- The list ---- */

static void
show_chosen (SemioRunsPage *self)
{
  SemioRun *run = semio_run_list_get_chosen (self->list);
  g_autoptr (GPtrArray) endpoints = NULL;
  g_autoptr (SemioRunConfig) config = NULL;
  SemioRunWork *work;

  gtk_widget_set_visible (GTK_WIDGET (self->view), run != NULL);
  if (run == NULL)
    return;
  work = find_work (self, run->name);
  endpoints = semio_endpoint_list_load (NULL);
  config = semio_run_server_read_config (run, endpoints);
  semio_run_view_show (self->view, self->study, run, config, find_predict (run->name, self),
                       work != NULL ? semio_run_work_get_events (work) : NULL);
}

static void
refresh (SemioRunsPage *self)
{
  GPtrArray *runs = self->study ? semio_study_get_runs (self->study) : NULL;
  g_autoptr (GVariant) archived = g_action_get_state (G_ACTION (self->archived_action));

  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (runs == NULL || self->is_stale)
    return;
  semio_run_list_refresh (self->list, g_variant_get_boolean (archived));
  gtk_stack_set_visible_child_name (self->stack, runs->len > 0 ? "runs" : "empty");
}

/* ---- Runs at work ---- */

static void
attach (SemioRunsPage *self, const char *name)
{
  semio_run_list_update_predict (self->list, name);
  semio_run_list_choose (self->list, name);
  show_chosen (self);
  adw_leaflet_set_visible_child (self->leaflet, self->view_place);
}

static void
notify_end (const char *name, const char *body)
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
event_cb (SemioRunsPage *self, const SemioRunEvent *event, SemioRunWork *work)
{
  SemioRun *run = semio_run_view_get_run (self->view);

  if (run != NULL && g_strcmp0 (run->name, semio_run_work_get_name (work)) == 0)
    semio_run_view_add_event (self->view, event);
}

static void
ended_cb (SemioRunsPage *self, const char *text, SemioRunWork *work)
{
  semio_run_list_update_predict (self->list, semio_run_work_get_name (work));
  semio_timing_mark ("run ended");
  tell (self, text);
  notify_end (semio_run_work_get_name (work), text);
  refresh (self);
  if (!semio_runs_page_is_busy (self))
    g_signal_emit (self, signals[SIGNAL_IDLE], 0);
}

void
semio_runs_page_start (SemioRunsPage *self, SemioPredict *predict)
{
  const char *name = semio_predict_get_config (predict)->name;
  SemioRunWork *work = find_work (self, name);

  if (work != NULL && semio_run_work_get_predict (work) != NULL)
    {
      tell (self, _ ("This run is at work already."));
      return;
    }
  if (work != NULL)
    g_ptr_array_remove (self->works, work);
  work = semio_run_work_new (predict);
  g_signal_connect_object (work, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (work, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->works, work);
  semio_timing_watch_frames (GTK_WIDGET (self));
  semio_timing_mark ("run began");
  semio_run_work_start (work);
  attach (self, name);
}

gboolean
semio_runs_page_is_busy (SemioRunsPage *self)
{
  for (guint i = 0; i < self->works->len; i++)
    if (semio_run_work_get_predict (self->works->pdata[i]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
semio_runs_page_stop (SemioRunsPage *self)
{
  for (guint i = 0; i < self->works->len; i++)
    semio_run_work_stop (self->works->pdata[i]);
  return semio_runs_page_is_busy (self);
}

void
semio_runs_page_set_study (SemioRunsPage *self, SemioStudy *study)
{
  gboolean can_run = study != NULL && !semio_study_is_read_only (study);

  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_set_object (&self->study, study);
  semio_run_list_set_study (self->list, study);
  gtk_widget_set_sensitive (self->new_button, can_run);
  gtk_widget_set_sensitive (self->empty_new_button, can_run);
  g_simple_action_set_enabled (self->import_action, can_run);
  if (study == NULL)
    return;
  g_signal_connect_object (study, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/* ---- The widget ---- */

static void
new_clicked_cb (SemioRunsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_NEW_RUN], 0, NULL);
}

static void
archived_changed_cb (GSimpleAction *action, GVariant *state, gpointer self)
{
  g_simple_action_set_state (action, state);
  refresh (self);
}

static void
add_actions (SemioRunsPage *self)
{
  static const GActionEntry entries[] = { { .name = "import", .activate = import_cb },
                                          { .name = "show-archived", .state = "false", .change_state = archived_changed_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  self->import_action = G_SIMPLE_ACTION (g_object_ref (g_action_map_lookup_action (G_ACTION_MAP (group), "import")));
  self->archived_action = G_SIMPLE_ACTION (g_object_ref (g_action_map_lookup_action (G_ACTION_MAP (group), "show-archived")));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "runs", G_ACTION_GROUP (group));
}

static GtkWidget *
create_new_button (SemioRunsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_New Run…"));

  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (new_clicked_cb), self);
  return button;
}

static GtkWidget *
build_head (SemioRunsPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *menu_button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Import Settings…"), "runs.import");
  g_menu_append (menu, _ ("Show _Archived Runs"), "runs.show-archived");
  self->new_button = create_new_button (self);
  gtk_widget_set_hexpand (self->new_button, TRUE);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (menu_button, _ ("More about runs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More about runs"), -1);
  gtk_box_append (GTK_BOX (head), self->new_button);
  gtk_box_append (GTK_BOX (head), menu_button);
  gtk_widget_add_css_class (head, "run-head");
  return head;
}

static GtkWidget *
build_empty (SemioRunsPage *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *import = gtk_button_new_with_mnemonic (_ ("_Import Settings…"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-run-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Runs Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("A run asks a model about the recordings of this study and keeps its answers. "
                                      "Predictions can be imported from a file as well."));
  self->empty_new_button = create_new_button (self);
  gtk_widget_add_css_class (self->empty_new_button, "pill");
  gtk_widget_add_css_class (import, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "runs.import");
  gtk_box_append (GTK_BOX (buttons), self->empty_new_button);
  gtk_box_append (GTK_BOX (buttons), import);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), buttons);
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

static GtkWidget *
build_list (SemioRunsPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = SEMIO_RUN_LIST (semio_run_list_new (find_predict, self));
  g_signal_connect_swapped (self->list, "chosen", G_CALLBACK (show_chosen), self);
  g_signal_connect_swapped (self->list, "opened", G_CALLBACK (open_view), self);
  gtk_widget_set_size_request (side, LIST_WIDTH_PX, -1);
  /* The button's wish to be wide is not the list's. */
  gtk_widget_set_hexpand (side, FALSE);
  gtk_box_append (GTK_BOX (side), build_head (self));
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->list));
  return side;
}

static GtkWidget *
build_view (SemioRunsPage *self)
{
  self->view = SEMIO_RUN_VIEW (semio_run_view_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->view), FALSE);
  g_signal_connect_swapped (self->view, "pause", G_CALLBACK (pause_cb), self);
  g_signal_connect_swapped (self->view, "stop", G_CALLBACK (stop_cb), self);
  g_signal_connect_swapped (self->view, "go-on", G_CALLBACK (go_on_cb), self);
  g_signal_connect_swapped (self->view, "retry", G_CALLBACK (retry_cb), self);
  g_signal_connect_swapped (self->view, "duplicate", G_CALLBACK (duplicate_cb), self);
  g_signal_connect_swapped (self->view, "export", G_CALLBACK (export_cb), self);
  g_signal_connect_swapped (self->view, "archive", G_CALLBACK (archive_cb), self);
  g_signal_connect_swapped (self->view, "open", G_CALLBACK (open_cb), self);
  g_signal_connect_swapped (self->view, "back", G_CALLBACK (back_cb), self);
  self->view_place = adw_bin_new ();
  gtk_widget_set_size_request (self->view_place, VIEW_WIDTH_PX, -1);
  gtk_widget_set_hexpand (self->view_place, TRUE);
  adw_bin_set_child (ADW_BIN (self->view_place), GTK_WIDGET (self->view));
  return self->view_place;
}

static GtkWidget *
build_leaflet (SemioRunsPage *self)
{
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_append (self->leaflet, build_list (self));
  adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, line), FALSE);
  adw_leaflet_append (self->leaflet, build_view (self));
  adw_leaflet_set_fold_threshold_policy (self->leaflet, ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self);
  return GTK_WIDGET (self->leaflet);
}

static void
semio_runs_page_init (SemioRunsPage *self)
{
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->works = g_ptr_array_new_with_free_func (g_object_unref);
  add_actions (self);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, build_leaflet (self), "runs");
  gtk_stack_add_named (self->stack, build_empty (self), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (whole), build_strip (self));
  gtk_box_append (GTK_BOX (whole), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), whole);
}

/* What changed meanwhile is read when somebody looks. */
static void
semio_runs_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (semio_runs_page_parent_class)->map (widget);
  if (SEMIO_RUNS_PAGE (widget)->is_stale)
    refresh (SEMIO_RUNS_PAGE (widget));
}

static void
semio_runs_page_dispose (GObject *object)
{
  SemioRunsPage *self = SEMIO_RUNS_PAGE (object);

  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->study);
  g_clear_object (&self->settings);
  g_clear_object (&self->import_action);
  g_clear_object (&self->archived_action);
  G_OBJECT_CLASS (semio_runs_page_parent_class)->dispose (object);
}

static void
semio_runs_page_finalize (GObject *object)
{
  SemioRunsPage *self = SEMIO_RUNS_PAGE (object);

  g_ptr_array_unref (self->works);
  G_OBJECT_CLASS (semio_runs_page_parent_class)->finalize (object);
}

static void
semio_runs_page_class_init (SemioRunsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_runs_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_runs_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = semio_runs_page_map;
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

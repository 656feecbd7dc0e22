/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-dialog.h"

#include <glib/gi18n-lib.h>

#include "semio-consent-need.h"
#include "semio-endpoint-list.h"
#include "semio-person-dialog.h"
#include "semio-prompts.h"
#include "semio-run-choice.h"
#include "semio-run-questions.h"
#include "semio-run-sending.h"
#include "semio-run-settings-row.h"
#include "semio-server-dialog.h"
#include "semio-server-keys.h"
#include "semio-text.h"

#define MAX_NAME_CHARS 80

struct _SemioRunDialog {
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkWidget *back_button, *next_button;
  GtkLabel *error_label;
  SemioRunSending *sending;
  AdwEntryRow *name_row;
  SemioRunSettingsRow *settings_row;
  AdwComboRow *recordings_row, *server_row, *prompts_row, *enhancement_row;
  GtkWidget *edit_button;
  SemioRunQuestions *questions;

  SemioWindow *window; /* weak */
  SemioStudy *study;
  SemioRunConfig *config; /* what it began with, then what is asked for */
  GArray *shown;
  GPtrArray *endpoints; /* of SemioEndpoint */
  GPtrArray *prompts; /* of SemioPromptSet */
  SemioEndpoint *endpoint; /* chosen */
  SemioPredictPlan *plan;
  GPtrArray *needs; /* of SemioConsentNeed: still to be agreed to */
  GCancellable *cancellable;
  gboolean is_showing; /* the controls change by themselves */
};

G_DEFINE_FINAL_TYPE (SemioRunDialog, semio_run_dialog, ADW_TYPE_WINDOW)

enum { SIGNAL_START, N_SIGNALS };

static guint signals[N_SIGNALS];

static void ask_consent (SemioRunDialog *self);
static void choices_changed_cb (SemioRunDialog *self);

static void
say (SemioRunDialog *self, const char *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
turn_to (SemioRunDialog *self, gboolean sending)
{
  gtk_stack_set_visible_child_name (self->stack, sending ? "sending" : "settings");
  gtk_button_set_label (GTK_BUTTON (self->back_button), sending ? _ ("_Back") : _ ("_Cancel"));
  gtk_button_set_label (GTK_BUTTON (self->next_button), sending ? _ ("_Start") : _ ("_Next"));
  gtk_widget_set_sensitive (self->next_button, TRUE);
}

static void
fail (SemioRunDialog *self, const GError *error)
{
  gtk_widget_set_sensitive (self->next_button, TRUE);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

/* ---- Servers ---- */

static void
show_servers (SemioRunDialog *self, const char *wanted_id, const char *wanted_url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  self->endpoints = semio_endpoint_list_load (&error);
  if (error != NULL)
    say (self, error->message);
  for (guint i = 0; self->endpoints != NULL && i < self->endpoints->len; i++)
    {
      const SemioEndpoint *endpoint = self->endpoints->pdata[i];

      gtk_string_list_append (names, endpoint->name);
      if (g_strcmp0 (endpoint->id, wanted_id) == 0
          || (wanted_id == NULL && wanted_url != NULL && endpoint->urls != NULL
              && g_strcmp0 (endpoint->urls[0], wanted_url) == 0))
        selected = i;
    }
  /* A row without choices is insensitive, and with it the button that adds the first server. */
  if (g_list_model_get_n_items (G_LIST_MODEL (names)) == 0)
    gtk_string_list_append (names, _ ("None"));
  adw_combo_row_set_model (self->server_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->server_row, selected);
  gtk_widget_set_sensitive (self->edit_button, self->endpoints != NULL && self->endpoints->len > 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->server_row),
                               self->endpoints != NULL && self->endpoints->len > 0 ? "" : _ ("None yet: add one"));
}

static void
server_changed_cb (SemioRunDialog *self, const char *id)
{
  say (self, NULL);
  show_servers (self, id, NULL);
  choices_changed_cb (self);
}

static void
show_server_dialog (SemioRunDialog *self, const SemioEndpoint *endpoint)
{
  SemioServerDialog *dialog = semio_server_dialog_new (GTK_WINDOW (self), endpoint);

  g_signal_connect_object (dialog, "changed", G_CALLBACK (server_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_server_cb (SemioRunDialog *self)
{
  show_server_dialog (self, NULL);
}

static const SemioEndpoint *
get_endpoint (SemioRunDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->server_row);

  return self->endpoints != NULL && selected < self->endpoints->len ? self->endpoints->pdata[selected] : NULL;
}

static void
edit_server_cb (SemioRunDialog *self)
{
  if (get_endpoint (self) != NULL)
    show_server_dialog (self, get_endpoint (self));
}

/* ---- Starting ---- */

static void
start_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunDialog) self = user_data;
  g_autoptr (SemioKey) key = semio_server_keys_find_finish (result);
  g_autoptr (SemioPredict) predict = NULL;
  g_autoptr (GArray) recordings = NULL;
  g_autofree char *settings = semio_run_config_to_json (self->config);

  if (self->window == NULL)
    return;
  if (adw_combo_row_get_selected (self->recordings_row) == 1)
    recordings = g_array_ref (self->shown);
  semio_run_choice_keep (semio_window_get_settings (self->window), self->study, self->config->name, recordings);
  g_settings_set_string (semio_window_get_settings (self->window), "last-run", settings);
  predict = semio_predict_new (self->study, self->config, self->endpoint, semio_key_get_text (key), recordings);
  g_signal_emit (self, signals[SIGNAL_START], 0, predict);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
agreed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!semio_consent_need_agree_finish (SEMIO_STUDY (source), result, &error))
    {
      fail (self, error);
      return;
    }
  g_ptr_array_remove_index (self->needs, 0);
  ask_consent (self);
}

/* Keeps one consent after the other, then starts. */
static void
ask_consent (SemioRunDialog *self)
{
  if (self->needs->len > 0)
    semio_consent_need_agree_async (self->study, self->needs->pdata[0], self->plan, self->cancellable, agreed_cb,
                                    g_object_ref (self));
  else
    semio_server_keys_find_async (self->endpoint, start_key_cb, g_object_ref (self));
}

/* ---- What will be sent ---- */

static void
sending_changed_cb (SemioRunDialog *self)
{
  gboolean can_start = self->plan != NULL && self->plan->n_open > 0 && semio_run_sending_is_agreed (self->sending);

  gtk_widget_set_sensitive (self->next_button, can_start);
}

static void
show_sending (SemioRunDialog *self)
{
  semio_run_sending_show (self->sending, self->config, self->endpoint, self->plan, self->needs,
                          semio_study_get_person (self->study));
}

static void
choose_person_cb (SemioRunDialog *self)
{
  SemioPersonDialog *who = semio_person_dialog_new (self->window, FALSE);

  gtk_window_set_transient_for (GTK_WINDOW (who), GTK_WINDOW (self));
  g_signal_connect_object (who, "chosen", G_CALLBACK (show_sending), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (who));
}

static void
needs_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->needs, g_ptr_array_unref);
  self->needs = semio_consent_need_list_finish (SEMIO_STUDY (source), result, &error);
  if (self->needs == NULL)
    {
      fail (self, error);
      return;
    }
  turn_to (self, TRUE);
  show_sending (self);
  if (self->plan->n_open == 0)
    say (self, _ ("There is nothing to ask: choose other recordings or features."));
}

static void
plan_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  SemioConsentWhat what;

  g_clear_pointer (&self->plan, semio_predict_plan_free);
  self->plan = semio_predict_plan_finish (SEMIO_PREDICT (source), result, &error);
  if (self->plan == NULL)
    {
      fail (self, error);
      return;
    }
  what = semio_consent_need_what (self->config, semio_study_get_feature_set (self->study));
  semio_consent_need_list_async (self->study, self->endpoint, what, self->cancellable, needs_cb, g_object_ref (self));
}

static gboolean
is_name_taken (SemioRunDialog *self, const char *name)
{
  GPtrArray *runs = semio_study_get_runs (self->study);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    if (g_strcmp0 (((SemioRun *) runs->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* What the controls say. */
static SemioRunConfig *
read_choices (SemioRunDialog *self)
{
  SemioRunConfig *config = semio_run_config_copy (self->config);
  const SemioEndpoint *endpoint = get_endpoint (self);
  guint prompts = adw_combo_row_get_selected (self->prompts_row);

  g_free (config->name);
  config->name = g_strstrip (semio_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), -1, MAX_NAME_CHARS));
  if (endpoint != NULL)
    {
      g_free (config->model);
      config->model = g_strdup (endpoint->model != NULL ? endpoint->model : "");
      g_strfreev (config->urls);
      config->urls = g_strdupv (endpoint->urls);
    }
  g_free (config->enhancement);
  config->enhancement =
      g_strdup (adw_combo_row_get_selected (self->enhancement_row) == 1 ? SEMIO_ENHANCEMENT_TRANSCRIPT : SEMIO_ENHANCEMENT_NONE);
  if (prompts < self->prompts->len)
    {
      g_clear_pointer (&config->prompts, semio_prompt_set_unref);
      config->prompts = semio_prompt_set_ref (self->prompts->pdata[prompts]);
    }
  semio_run_questions_apply (self->questions, config);
  return config;
}

static void
take_choices (SemioRunDialog *self)
{
  SemioRunConfig *config = read_choices (self);

  semio_run_config_free (self->config);
  self->config = config;
}

static void
choices_changed_cb (SemioRunDialog *self)
{
  g_autoptr (SemioRunConfig) config = NULL;

  if (self->is_showing)
    return;
  config = read_choices (self);
  semio_run_settings_row_set_current (self->settings_row, config);
}

static gboolean
check_choices (SemioRunDialog *self, GError **error)
{
  const SemioEndpoint *chosen = get_endpoint (self);

  if (chosen == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("Add a server first: nobody can be asked yet."));
      return FALSE;
    }
  g_clear_pointer (&self->endpoint, semio_endpoint_free);
  self->endpoint = semio_endpoint_copy (chosen);
  take_choices (self);
  if (self->config->model[0] == '\0')
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("The server has no model chosen: edit the server and press “Test”."));
      return FALSE;
    }
  if (is_name_taken (self, self->config->name))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("The study has a run “%s” already: give this one another name, or continue that one on the Runs page."),
                   self->config->name);
      return FALSE;
    }
  return semio_run_config_check (self->config, semio_study_get_feature_set (self->study), error);
}

static void
next_cb (SemioRunDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioPredict) predict = NULL;

  say (self, NULL);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "sending") == 0)
    {
      gtk_widget_set_sensitive (self->next_button, FALSE);
      ask_consent (self);
      return;
    }
  if (!check_choices (self, &error))
    {
      say (self, error->message);
      return;
    }
  gtk_widget_set_sensitive (self->next_button, FALSE);
  predict = semio_predict_new (self->study, self->config, self->endpoint, NULL,
                               adw_combo_row_get_selected (self->recordings_row) == 1 ? self->shown : NULL);
  semio_predict_plan_async (predict, self->cancellable, plan_cb, g_object_ref (self));
}

static void
back_cb (SemioRunDialog *self)
{
  say (self, NULL);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "sending") == 0)
    turn_to (self, FALSE);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* ---- What is shown ---- */

/* The prompt sets there are, and that of the settings when it is none of them any more. */
static void
show_prompts (SemioRunDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected;

  g_clear_pointer (&self->prompts, g_ptr_array_unref);
  self->prompts = semio_prompts_list (NULL);
  for (selected = 0; selected < self->prompts->len; selected++)
    if (g_strcmp0 (semio_prompt_set_get_json (self->prompts->pdata[selected]), semio_prompt_set_get_json (self->config->prompts))
        == 0)
      break;
  if (selected == self->prompts->len)
    g_ptr_array_add (self->prompts, semio_prompt_set_ref (self->config->prompts));
  for (guint i = 0; i < self->prompts->len; i++)
    {
      SemioPromptSet *set = self->prompts->pdata[i];
      /* TRANSLATORS: the name of a prompt set and its version, short: the row has little room. */
      g_autofree char *name =
          g_strdup_printf (_ ("%s, v%u"), semio_prompt_set_get_name (set), semio_prompt_set_get_version (set));

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->prompts_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->prompts_row, selected);
}

/* Where settings name a server that this machine knows, it is chosen; otherwise the choice stays. */
static void
choose_server (SemioRunDialog *self)
{
  const char *url = self->config->urls != NULL ? self->config->urls[0] : NULL;

  for (guint i = 0; url != NULL && self->endpoints != NULL && i < self->endpoints->len; i++)
    {
      const SemioEndpoint *endpoint = self->endpoints->pdata[i];

      if (endpoint->urls != NULL && g_strcmp0 (endpoint->urls[0], url) == 0)
        {
          adw_combo_row_set_selected (self->server_row, i);
          return;
        }
    }
  if (url != NULL && self->endpoints != NULL && self->endpoints->len > 0)
    {
      g_autofree char *text = g_strdup_printf (_ ("The settings name %s, which is none of these"), url);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->server_row), text);
    }
}

static void
show_config (SemioRunDialog *self)
{
  g_autoptr (SemioRunConfig) shown = NULL;

  self->is_showing = TRUE;
  if (self->endpoints != NULL && self->endpoints->len > 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->server_row), "");
  choose_server (self);
  show_prompts (self);
  adw_combo_row_set_selected (self->enhancement_row, g_strcmp0 (self->config->enhancement, SEMIO_ENHANCEMENT_TRANSCRIPT) == 0);
  semio_run_questions_show (self->questions, self->config);
  self->is_showing = FALSE;
  shown = read_choices (self);
  semio_run_settings_row_set_base (self->settings_row, shown);
}

static void
settings_chosen_cb (SemioRunDialog *self, const SemioRunConfig *config)
{
  semio_run_config_free (self->config);
  self->config = semio_run_config_copy (config);
  say (self, NULL);
  show_config (self);
}

/* ---- The window ---- */

static GtkWidget *
add_row (GtkWidget *group, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
set_choices (AdwComboRow *row, const char *const *choices)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static GtkWidget *
build_what (SemioRunDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  const char *const enhancements[] = { _ ("None"), _ ("Transcript of the speech"), NULL };

  self->settings_row = SEMIO_RUN_SETTINGS_ROW (semio_run_settings_row_new ());
  g_signal_connect_object (self->settings_row, "chosen", G_CALLBACK (settings_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings_row, "problem", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->settings_row));
  self->name_row = ADW_ENTRY_ROW (add_row (group, adw_entry_row_new (), _ ("Name of the run")));
  self->recordings_row = ADW_COMBO_ROW (add_row (group, adw_combo_row_new (), _ ("Recordings")));
  self->server_row = ADW_COMBO_ROW (add_row (group, adw_combo_row_new (), _ ("Server")));
  self->edit_button = gtk_button_new_with_mnemonic (_ ("_Edit…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Edit the server"), -1);
  gtk_widget_set_valign (self->edit_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (edit_server_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->server_row), self->edit_button);
  {
    GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add Server…"));

    gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
    g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_server_cb), self);
    adw_action_row_add_suffix (ADW_ACTION_ROW (self->server_row), add);
  }
  self->prompts_row = ADW_COMBO_ROW (add_row (group, adw_combo_row_new (), _ ("Prompts")));
  self->enhancement_row = ADW_COMBO_ROW (add_row (group, adw_combo_row_new (), _ ("Enhancement")));
  set_choices (self->enhancement_row, enhancements);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->server_row), FALSE);
  g_signal_connect_swapped (self->server_row, "notify::selected", G_CALLBACK (choices_changed_cb), self);
  g_signal_connect_swapped (self->prompts_row, "notify::selected", G_CALLBACK (choices_changed_cb), self);
  g_signal_connect_swapped (self->enhancement_row, "notify::selected", G_CALLBACK (choices_changed_cb), self);
  return group;
}

static void
semio_run_dialog_dispose (GObject *object)
{
  SemioRunDialog *self = SEMIO_RUN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_run_dialog_parent_class)->dispose (object);
}

static void
semio_run_dialog_finalize (GObject *object)
{
  SemioRunDialog *self = SEMIO_RUN_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->config, semio_run_config_free);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  g_clear_pointer (&self->prompts, g_ptr_array_unref);
  g_clear_pointer (&self->endpoint, semio_endpoint_free);
  g_clear_pointer (&self->plan, semio_predict_plan_free);
  g_clear_pointer (&self->needs, g_ptr_array_unref);
  G_OBJECT_CLASS (semio_run_dialog_parent_class)->finalize (object);
}

static void
semio_run_dialog_class_init (SemioRunDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_run_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_run_dialog_finalize;
  signals[SIGNAL_START] =
      g_signal_new ("start", SEMIO_TYPE_RUN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, SEMIO_TYPE_PREDICT);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkLabel *
make_label (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_xalign (label, 0);
  gtk_widget_set_margin_start (GTK_WIDGET (label), 24);
  gtk_widget_set_margin_end (GTK_WIDGET (label), 24);
  gtk_widget_set_margin_top (GTK_WIDGET (label), 12);
  return label;
}

static void
semio_run_dialog_init (SemioRunDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *page = adw_preferences_page_new ();

  self->cancellable = g_cancellable_new ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 600);
  self->back_button = gtk_button_new_with_mnemonic ("");
  self->next_button = gtk_button_new_with_mnemonic ("");
  gtk_widget_add_css_class (self->next_button, "suggested-action");
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->next_button, "clicked", G_CALLBACK (next_cb), self);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next_button);
  self->error_label = make_label ();
  gtk_widget_add_css_class (GTK_WIDGET (self->error_label), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  self->sending = SEMIO_RUN_SENDING (semio_run_sending_new ());
  g_signal_connect_swapped (self->sending, "changed", G_CALLBACK (sending_changed_cb), self);
  g_signal_connect_swapped (self->sending, "choose-person", G_CALLBACK (choose_person_cb), self);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (build_what (self)));
  self->questions = SEMIO_RUN_QUESTIONS (semio_run_questions_new ());
  g_signal_connect_swapped (self->questions, "changed", G_CALLBACK (choices_changed_cb), self);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->questions));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, page, "settings");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->sending), "sending");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->error_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  turn_to (self, FALSE);
}

/* ---- What it begins with ---- */

static void
show_run (SemioRunDialog *self)
{
  guint n_cases = g_list_model_get_n_items (semio_study_get_cases (self->study));
  g_autofree char *all = g_strdup_printf (_ ("All (%u)"), n_cases);
  g_autofree char *shown = g_strdup_printf (_ ("Those the Cases page shows (%u)"), self->shown->len);
  const char *const recordings[] = { all, self->shown->len < n_cases ? shown : NULL, NULL };
  g_autofree char *name = NULL;

  for (guint i = 1; name == NULL || is_name_taken (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf (_ ("Run %u"), i);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  set_choices (self->recordings_row, recordings);
}

SemioRunDialog *
semio_run_dialog_new (SemioWindow *window, const SemioRunConfig *config, GArray *shown)
{
  SemioRunDialog *self = g_object_new (SEMIO_TYPE_RUN_DIALOG, "transient-for", window, "title", _ ("New Run"), NULL);
  g_autofree char *last = g_settings_get_string (semio_window_get_settings (window), "last-run");

  SemioFeatureSet *features;
  g_autofree char *label = NULL;

  g_set_weak_pointer (&self->window, window);
  self->study = g_object_ref (semio_window_get_study (window));
  self->shown = g_array_ref (shown);
  features = semio_study_get_feature_set (self->study);
  self->config = config != NULL ? semio_run_config_copy (config) : semio_run_config_parse (last, -1, NULL);
  if (self->config == NULL)
    self->config = semio_run_config_new_default (features);
  /* TRANSLATORS: settings that are those of a run. */
  label =
      config != NULL && config->name[0] != '\0' ? g_strdup_printf (_ ("Of “%s”"), config->name) : g_strdup (_ ("As used last"));
  self->is_showing = TRUE;
  show_run (self);
  show_servers (self, NULL, self->config->urls != NULL ? self->config->urls[0] : NULL);
  semio_run_questions_set_features (self->questions, features);
  semio_run_settings_row_begin (self->settings_row, features, self->config, label);
  show_config (self);
  return self;
}

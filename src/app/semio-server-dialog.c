/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-server-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-endpoint-list.h"
#include "semio-server-keys.h"
#include "semio-server-probe.h"
#include "semio-text.h"

#define MAX_NAME_CHARS 80
#define MAX_IN_FLIGHT_TRIALS 2

struct _SemioServerDialog {
  AdwWindow parent_instance;

  AdwEntryRow *name_row, *url_row, *model_row;
  GtkEditable *key_row;
  AdwComboRow *models_row, *sound_row;
  GtkSwitch *images_switch, *schema_switch, *salt_switch, *transcription_switch;
  GtkSpinButton *in_flight_spin, *timeout_spin;
  GtkWidget *test_button, *save_button, *spinner;
  GtkLabel *result_label;

  SemioEndpoint *endpoint;
  gboolean is_new;
  SemioTransfer *transfer; /* while the server is tried out */
  SemioEndpoint *tried;
  SemioKey *tried_key;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SemioServerDialog, semio_server_dialog, ADW_TYPE_WINDOW)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
say (SemioServerDialog *self, const char *text, gboolean is_error)
{
  gtk_label_set_text (self->result_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), text[0] != '\0');
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->result_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->result_label), "error");
}

/* Addresses stand in the entry with blanks or commas between. */
static char **
read_urls (SemioServerDialog *self, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (self->url_row)), ", \t", -1);
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      SemioBaseUrl url = { NULL };

      if (parts[i][0] == '\0')
        continue;
      if (!semio_base_url_parse (parts[i], &url, error))
        return NULL;
      g_strv_builder_add (urls, url.url);
      semio_base_url_clear (&url);
      n++;
    }
  if (n == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("The address of the server is missing, as http://127.0.0.1:8000."));
      return NULL;
    }
  return g_strv_builder_end (urls);
}

static void
read_dialect (SemioServerDialog *self, SemioDialect *dialect)
{
  dialect->images = gtk_switch_get_active (self->images_switch);
  dialect->sound = (SemioSoundPart) adw_combo_row_get_selected (self->sound_row);
  dialect->schema = gtk_switch_get_active (self->schema_switch) ? SEMIO_SCHEMA_RESPONSE_FORMAT : SEMIO_SCHEMA_NONE;
  dialect->cache_salt = gtk_switch_get_active (self->salt_switch);
  dialect->transcription = gtk_switch_get_active (self->transcription_switch);
}

static void
show_dialect (SemioServerDialog *self, const SemioDialect *dialect)
{
  gtk_switch_set_active (self->images_switch, dialect->images);
  adw_combo_row_set_selected (self->sound_row, dialect->sound);
  gtk_switch_set_active (self->schema_switch, dialect->schema != SEMIO_SCHEMA_NONE);
  gtk_switch_set_active (self->salt_switch, dialect->cache_salt);
  gtk_switch_set_active (self->transcription_switch, dialect->transcription);
}

/* What the dialog holds, as a server of its own. */
static SemioEndpoint *
read_endpoint (SemioServerDialog *self, GError **error)
{
  g_autoptr (SemioEndpoint) endpoint = semio_endpoint_copy (self->endpoint);
  g_auto (GStrv) urls = read_urls (self, error);
  g_autofree char *name = semio_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), -1, MAX_NAME_CHARS);
  g_autofree char *model = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->model_row))));

  if (urls == NULL)
    return NULL;
  g_strstrip (name);
  g_strfreev (endpoint->urls);
  endpoint->urls = g_steal_pointer (&urls);
  g_free (endpoint->name);
  endpoint->name = name[0] != '\0' ? g_steal_pointer (&name) : g_strdup (endpoint->urls[0]);
  g_free (endpoint->model);
  endpoint->model = model[0] != '\0' ? g_steal_pointer (&model) : NULL;
  endpoint->max_in_flight = (guint) gtk_spin_button_get_value_as_int (self->in_flight_spin);
  endpoint->timeout_s = (guint) gtk_spin_button_get_value_as_int (self->timeout_spin);
  read_dialect (self, &endpoint->dialect);
  return g_steal_pointer (&endpoint);
}

/* ---- Trying it out ---- */

static void
end_trial (SemioServerDialog *self)
{
  g_clear_object (&self->transfer);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->tried, semio_endpoint_free);
  g_clear_pointer (&self->tried_key, semio_key_unref);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_sensitive (self->test_button, TRUE);
}

static void
fail_trial (SemioServerDialog *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message, TRUE);
  end_trial (self);
}

static char *
describe_dialect (const SemioDialect *dialect)
{
  GString *text = g_string_new (NULL);

  g_string_append (text, dialect->images ? _ ("The server answers and takes pictures.")
                                         : _ ("The server answers, but takes no pictures."));
  g_string_append_c (text, '\n');
  g_string_append (text, dialect->sound != SEMIO_SOUND_PART_NONE
                             ? _ ("It takes sound.")
                             : _ ("It takes no sound: what is judged by ear cannot be asked."));
  g_string_append_c (text, '\n');
  g_string_append (text, dialect->schema != SEMIO_SCHEMA_NONE
                             ? _ ("It keeps to the form of the answer.")
                             : _ ("It cannot be held to a form; answers are read as they come."));
  g_string_append_c (text, '\n');
  g_string_append (text, dialect->transcription ? _ ("It transcribes speech.") : _ ("It does not transcribe speech."));
  if (dialect->context_tokens > 0)
    g_string_append_printf (text, _ ("\nIt holds %" G_GINT64_FORMAT " tokens at once."), dialect->context_tokens);
  return g_string_free (text, FALSE);
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  SemioDialect dialect = self->tried->dialect;
  g_autofree char *text = NULL;

  if (!semio_server_probe_finish (SEMIO_TRANSFER (source), result, &dialect, &error))
    {
      fail_trial (self, error);
      return;
    }
  self->endpoint->dialect = dialect;
  self->endpoint->dialect_probed = TRUE;
  show_dialect (self, &dialect);
  text = describe_dialect (&dialect);
  say (self, text, FALSE);
  end_trial (self);
}

static void
model_chosen_cb (SemioServerDialog *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->models_row);

  if (chosen != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->model_row), gtk_string_object_get_string (chosen));
}

static void
show_models (SemioServerDialog *self, const char *const *models)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (models);
  g_autofree char *wanted = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->model_row))));
  guint selected = 0;

  for (guint i = 0; models[i] != NULL; i++)
    if (g_str_equal (models[i], wanted))
      selected = i;
  g_signal_handlers_block_by_func (self->models_row, model_chosen_cb, self);
  adw_combo_row_set_model (self->models_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->models_row, selected);
  g_signal_handlers_unblock_by_func (self->models_row, model_chosen_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self->models_row), models[0] != NULL && models[1] != NULL);
  if (models[0] != NULL && (wanted[0] == '\0' || !g_strv_contains (models, wanted)))
    gtk_editable_set_text (GTK_EDITABLE (self->model_row), models[selected]);
}

static void
models_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) models = semio_server_list_models_finish (SEMIO_TRANSFER (source), result, &error);

  if (models == NULL)
    {
      fail_trial (self, error);
      return;
    }
  show_models (self, (const char *const *) models);
  g_free (self->tried->model);
  self->tried->model = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->model_row)));
  semio_server_probe_async (self->transfer, self->tried, semio_key_get_text (self->tried_key), self->cancellable, probed_cb,
                            g_object_ref (self));
}

static void
ask_models (SemioServerDialog *self)
{
  semio_server_list_models_async (self->transfer, self->tried->urls[0], semio_key_get_text (self->tried_key), self->cancellable,
                                  models_cb, g_object_ref (self));
}

static void
trial_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioServerDialog) self = user_data;

  self->tried_key = semio_server_keys_find_finish (result);
  if (self->transfer != NULL)
    ask_models (self);
}

static void
test_cb (SemioServerDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (self->transfer != NULL)
    return;
  self->tried = read_endpoint (self, &error);
  if (self->tried == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  self->transfer = semio_transfer_new (MAX_IN_FLIGHT_TRIALS);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  gtk_widget_set_sensitive (self->test_button, FALSE);
  say (self, _ ("Asking the server, with drawn pictures and a made sound…"), FALSE);
  self->tried_key = semio_key_new (gtk_editable_get_text (self->key_row));
  if (self->tried_key != NULL || self->is_new)
    ask_models (self);
  else
    semio_server_keys_find_async (self->tried, trial_key_cb, g_object_ref (self));
}

/* ---- Keeping it ---- */

static void
close_changed (SemioServerDialog *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, id);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* The list on disk is the truth: another window may have written it meanwhile. */
static gboolean
write_list (SemioServerDialog *self, const SemioEndpoint *endpoint, GError **error)
{
  g_autoptr (GPtrArray) endpoints = semio_endpoint_list_load (error);
  gboolean found = FALSE;

  if (endpoints == NULL)
    return FALSE;
  for (guint i = 0; i < endpoints->len && !found; i++)
    {
      SemioEndpoint *kept = endpoints->pdata[i];

      if (!g_str_equal (kept->id, self->endpoint->id))
        continue;
      found = TRUE;
      g_ptr_array_remove_index (endpoints, i);
      if (endpoint != NULL)
        g_ptr_array_insert (endpoints, (int) i, semio_endpoint_copy (endpoint));
    }
  if (!found && endpoint != NULL)
    g_ptr_array_add (endpoints, semio_endpoint_copy (endpoint));
  return semio_endpoint_list_save (endpoints, error);
}

static void
key_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  GtkWidget *dialog;

  if (semio_key_store_finish (result, &error))
    semio_server_keys_hold (self->endpoint, NULL);
  else
    {
      dialog = adw_message_dialog_new (parent, _ ("The key is kept for this session only"), error->message);
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
      gtk_window_present (GTK_WINDOW (dialog));
    }
  close_changed (self, self->endpoint->id);
}

static void
save_cb (SemioServerDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioEndpoint) endpoint = read_endpoint (self, &error);
  g_autoptr (SemioKey) key = semio_key_new (gtk_editable_get_text (self->key_row));

  if (endpoint == NULL || !write_list (self, endpoint, &error))
    {
      say (self, error->message, TRUE);
      return;
    }
  if (key == NULL)
    {
      close_changed (self, self->endpoint->id);
      return;
    }
  gtk_editable_set_text (self->key_row, "");
  gtk_widget_set_sensitive (self->save_button, FALSE);
  semio_server_keys_hold (endpoint, key);
  semio_key_store_async (endpoint, key, NULL, key_stored_cb, g_object_ref (self));
}

static void
key_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Without a keyring there was no key in it. */
  semio_key_store_finish (result, &error);
}

static void
remove_cb (SemioServerDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!write_list (self, NULL, &error))
    {
      say (self, error->message, TRUE);
      return;
    }
  semio_server_keys_hold (self->endpoint, NULL);
  semio_key_store_async (self->endpoint, NULL, NULL, key_cleared_cb, NULL);
  close_changed (self, "");
}

/* ---- The window ---- */

static GtkWidget *
add_control (GtkWidget *group, const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return control;
}

static GtkWidget *
add_entry (GtkWidget *group, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
build_address (SemioServerDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->name_row = ADW_ENTRY_ROW (add_entry (group, adw_entry_row_new (), _ ("Name")));
  self->url_row = ADW_ENTRY_ROW (add_entry (group, adw_entry_row_new (), _ ("Address, as http://127.0.0.1:8000")));
  self->key_row = GTK_EDITABLE (add_entry (group, adw_password_entry_row_new (), _ ("Key, when the server wants one")));
  self->model_row = ADW_ENTRY_ROW (add_entry (group, adw_entry_row_new (), _ ("Model")));
  self->models_row = ADW_COMBO_ROW (add_entry (group, adw_combo_row_new (), _ ("Models of the server")));
  gtk_widget_set_visible (GTK_WIDGET (self->models_row), FALSE);
  g_signal_connect_swapped (self->models_row, "notify::selected", G_CALLBACK (model_chosen_cb), self);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("Several addresses that serve the same model stand with blanks between. The key goes into your keyring, and is not "
         "shown again."));
  return group;
}

static GtkWidget *
build_test (SemioServerDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->test_button = gtk_button_new_with_mnemonic (_ ("_Test"));
  g_signal_connect_swapped (self->test_button, "clicked", G_CALLBACK (test_cb), self);
  self->spinner = gtk_spinner_new ();
  self->result_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->result_label, TRUE);
  gtk_label_set_xalign (self->result_label, 0);
  gtk_label_set_selectable (self->result_label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->result_label), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), FALSE);
  gtk_widget_set_valign (self->test_button, GTK_ALIGN_START);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), self->test_button);
  gtk_box_append (GTK_BOX (line), self->spinner);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->result_label));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line);
  return group;
}

static GtkWidget *
build_dialect (SemioServerDialog *self)
{
  const char *const parts[] = { _ ("No sound"), "input_audio", "audio_url", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (parts);
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("What It Accepts"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ ("“Test” finds this out."));
  self->images_switch = GTK_SWITCH (add_control (group, _ ("Pictures"), NULL, gtk_switch_new ()));
  self->sound_row = ADW_COMBO_ROW (add_entry (group, adw_combo_row_new (), _ ("Sound")));
  adw_combo_row_set_model (self->sound_row, G_LIST_MODEL (list));
  self->schema_switch = GTK_SWITCH (add_control (group, _ ("Form of the answer"), "response_format", gtk_switch_new ()));
  self->transcription_switch =
      GTK_SWITCH (add_control (group, _ ("Transcription"), "/v1/audio/transcriptions", gtk_switch_new ()));
  self->salt_switch = GTK_SWITCH (add_control (group, _ ("Cache kept apart by patient"), "cache_salt", gtk_switch_new ()));
  self->in_flight_spin = GTK_SPIN_BUTTON (
      add_control (group, _ ("Questions at once"), _ ("On each address"), gtk_spin_button_new_with_range (1, 256, 1)));
  self->timeout_spin = GTK_SPIN_BUTTON (
      add_control (group, _ ("Longest wait for an answer, in seconds"), NULL, gtk_spin_button_new_with_range (1, 86400, 10)));
  return group;
}

static void
semio_server_dialog_dispose (GObject *object)
{
  SemioServerDialog *self = SEMIO_SERVER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->transfer);
  G_OBJECT_CLASS (semio_server_dialog_parent_class)->dispose (object);
}

static void
semio_server_dialog_finalize (GObject *object)
{
  SemioServerDialog *self = SEMIO_SERVER_DIALOG (object);

  g_clear_pointer (&self->tried, semio_endpoint_free);
  g_clear_pointer (&self->tried_key, semio_key_unref);
  g_clear_pointer (&self->endpoint, semio_endpoint_free);
  G_OBJECT_CLASS (semio_server_dialog_parent_class)->finalize (object);
}

/* A trial that is under way ends with the window; its answer would change what nobody sees. */
static gboolean
semio_server_dialog_close_request (GtkWindow *window)
{
  g_cancellable_cancel (SEMIO_SERVER_DIALOG (window)->cancellable);
  return GTK_WINDOW_CLASS (semio_server_dialog_parent_class)->close_request (window);
}

static void
semio_server_dialog_class_init (SemioServerDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_server_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_server_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = semio_server_dialog_close_request;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", SEMIO_TYPE_SERVER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
semio_server_dialog_init (SemioServerDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *page = adw_preferences_page_new ();

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 600);
  self->save_button = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save_button);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (build_address (self)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (build_test (self)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (build_dialect (self)));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  if (!self->is_new)
    gtk_window_set_default_widget (GTK_WINDOW (self), self->save_button);
}

SemioServerDialog *
semio_server_dialog_new (GtkWindow *parent, const SemioEndpoint *endpoint)
{
  SemioServerDialog *self = g_object_new (SEMIO_TYPE_SERVER_DIALOG, "transient-for", parent, "title",
                                          endpoint ? _ ("Server") : _ ("Add a Server"), NULL);
  g_autofree char *urls = NULL;

  self->is_new = endpoint == NULL;
  self->endpoint = endpoint != NULL ? semio_endpoint_copy (endpoint) : semio_endpoint_new ("");
  urls = self->endpoint->urls != NULL ? g_strjoinv (" ", self->endpoint->urls) : g_strdup ("");
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), self->endpoint->name != NULL ? self->endpoint->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->url_row), urls);
  gtk_editable_set_text (GTK_EDITABLE (self->model_row), self->endpoint->model != NULL ? self->endpoint->model : "");
  gtk_spin_button_set_value (self->in_flight_spin, self->endpoint->max_in_flight);
  gtk_spin_button_set_value (self->timeout_spin, self->endpoint->timeout_s);
  show_dialect (self, &self->endpoint->dialect);
  if (!self->is_new)
    {
      GtkWidget *box = adw_window_get_content (ADW_WINDOW (self));
      GtkWidget *remove = gtk_button_new_with_mnemonic (_ ("_Remove This Server"));

      gtk_widget_add_css_class (remove, "destructive-action");
      gtk_widget_set_halign (remove, GTK_ALIGN_CENTER);
      gtk_widget_set_margin_top (remove, 12);
      gtk_widget_set_margin_bottom (remove, 12);
      g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_cb), self);
      gtk_box_append (GTK_BOX (box), remove);
    }
  return self;
}

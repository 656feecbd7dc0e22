/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-settings-row.h"

#include <glib/gi18n-lib.h>

#include "semio-run-settings.h"

/* One of the list: as published, saved, or what was not saved. */
typedef struct {
  char *label;
  SemioRunConfig *config;
  gboolean is_saved;
} Entry;

struct _SemioRunSettingsRow {
  AdwComboRow parent_instance;

  GtkWidget *menu_button;
  GSimpleActionGroup *actions;
  SemioFeatureSet *features;
  GtkStringList *labels;
  GPtrArray *entries; /* of Entry: those as published, the saved ones, at the end one that is not saved */
  guint chosen;
  SemioRunConfig *base; /* (nullable): the chosen ones as the controls show them */
  SemioRunConfig *current; /* (nullable): what the controls say */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SemioRunSettingsRow, semio_run_settings_row, ADW_TYPE_COMBO_ROW)

enum { SIGNAL_CHOSEN, SIGNAL_PROBLEM, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  semio_run_config_free (entry->config);
  g_free (entry->label);
  g_free (entry);
}

static Entry *
get_chosen (SemioRunSettingsRow *self)
{
  return self->entries->pdata[self->chosen];
}

/* The name of a run is no setting; servers move, so what the publication used is the same on each. */
static gboolean
is_same (const SemioRunConfig *one, const SemioRunConfig *other, gboolean on_any_server)
{
  g_autoptr (SemioRunConfig) copy = semio_run_config_copy (one);
  g_autofree char *one_json = NULL;
  g_autofree char *other_json = NULL;

  g_free (copy->name);
  copy->name = g_strdup (other->name);
  if (on_any_server)
    {
      g_free (copy->model);
      copy->model = g_strdup (other->model);
      g_strfreev (copy->urls);
      copy->urls = g_strdupv (other->urls);
    }
  one_json = semio_run_config_to_json (copy);
  other_json = semio_run_config_to_json (other);
  return g_str_equal (one_json, other_json);
}

static gboolean
is_changed (SemioRunSettingsRow *self)
{
  return self->base != NULL && self->current != NULL && !is_same (self->current, self->base, !get_chosen (self)->is_saved);
}

static void
set_enabled (SemioRunSettingsRow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
update (SemioRunSettingsRow *self)
{
  gboolean is_saved = get_chosen (self)->is_saved;
  gboolean changed = is_changed (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), changed ? _ ("Changed, not saved") : "");
  set_enabled (self, "save", is_saved && changed);
  set_enabled (self, "rename", is_saved);
  set_enabled (self, "delete", is_saved);
}

static void
tell_problem (SemioRunSettingsRow *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, text);
}

/* ---- The list ---- */

static void
add_entry (SemioRunSettingsRow *self, char *label, SemioRunConfig *config, gboolean is_saved)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->label = label;
  entry->config = config;
  entry->is_saved = is_saved;
  g_ptr_array_add (self->entries, entry);
}

static Entry *
find_unsaved (SemioRunSettingsRow *self)
{
  Entry *last = self->entries->pdata[self->entries->len - 1];

  return self->entries->len > 1 && !last->is_saved ? last : NULL;
}

/* Labels that stay are left alone: who goes through the list by keys would lose the place. */
static void
show_entries (SemioRunSettingsRow *self)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->labels));
  guint n_same = 0;

  while (n_same < MIN (n_shown, self->entries->len)
         && g_strcmp0 (gtk_string_list_get_string (self->labels, n_same), ((Entry *) self->entries->pdata[n_same])->label) == 0)
    n_same++;
  for (guint i = n_same; i < self->entries->len; i++)
    g_strv_builder_add (labels, ((Entry *) self->entries->pdata[i])->label);
  rest = g_strv_builder_end (labels);
  self->is_filling = TRUE;
  if (n_shown > n_same || self->entries->len > n_same)
    gtk_string_list_splice (self->labels, n_same, n_shown - n_same, (const char *const *) rest);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), self->chosen);
  self->is_filling = FALSE;
  update (self);
}

/* Reads what is saved; what is not saved stays. */
static void
read_entries (SemioRunSettingsRow *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) saved = semio_run_settings_list (problems);
  Entry *unsaved = self->entries->len > 0 ? find_unsaved (self) : NULL;
  SemioRunConfig *kept = unsaved != NULL ? semio_run_config_copy (unsaved->config) : NULL;
  char *label = unsaved != NULL ? g_strdup (unsaved->label) : NULL;

  g_ptr_array_set_size (self->entries, 0);
  add_entry (self, g_strdup (semio_run_settings_get_label (SEMIO_RUN_SETTINGS_PUBLISHED)),
             semio_run_config_new_default (self->features), FALSE);
  for (guint i = 0; i < saved->len; i++)
    {
      const SemioRunConfig *config = saved->pdata[i];

      add_entry (self, g_strdup (config->name), semio_run_config_copy (config), TRUE);
    }
  if (kept != NULL)
    add_entry (self, label, kept, FALSE);
  if (problems->len > 0)
    tell_problem (self, problems->pdata[0]);
}

/* Puts values that have no name at the end of the list. */
static void
keep_unsaved (SemioRunSettingsRow *self, const SemioRunConfig *config, const char *label)
{
  if (find_unsaved (self) != NULL)
    g_ptr_array_remove_index (self->entries, self->entries->len - 1);
  add_entry (self, g_strdup (label), semio_run_config_copy (config), FALSE);
}

static guint
find_name (SemioRunSettingsRow *self, const char *name)
{
  g_autofree char *clean = semio_run_settings_clean_name (name);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      if (entry->is_saved && g_str_equal (entry->label, clean))
        return i;
    }
  return 0;
}

static void
choose (SemioRunSettingsRow *self, guint chosen)
{
  g_autoptr (SemioRunConfig) config = NULL;

  if (is_changed (self))
    {
      g_autofree char *label = g_strdup_printf (_ ("%s, changed"), get_chosen (self)->label);

      keep_unsaved (self, self->current, find_unsaved (self) == get_chosen (self) ? get_chosen (self)->label : label);
    }
  self->chosen = MIN (chosen, self->entries->len - 1);
  config = semio_run_config_copy (get_chosen (self)->config);
  g_clear_pointer (&self->base, semio_run_config_free);
  show_entries (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, config);
}

static gboolean
choose_cb (gpointer data)
{
  SemioRunSettingsRow *self = data;
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (selected != self->chosen && selected != GTK_INVALID_LIST_POSITION)
    choose (self, selected);
  return G_SOURCE_REMOVE;
}

/* The list may not change while it tells what was chosen. */
static void
selected_cb (SemioRunSettingsRow *self)
{
  if (!self->is_filling && self->entries->len > 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, choose_cb, g_object_ref (self), g_object_unref);
}

/* ---- Saving ---- */

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioRunSettingsRow *self = user_data;
  g_autofree char *name = g_strdup (get_chosen (self)->label);
  g_autoptr (GError) error = NULL;

  tell_problem (self, NULL);
  if (!semio_run_settings_save (self->current, name, TRUE, &error))
    {
      tell_problem (self, error->message);
      return;
    }
  read_entries (self);
  self->chosen = find_name (self, name);
  semio_run_settings_row_set_base (self, self->current);
  show_entries (self);
}

/* What is asked for a name. */
typedef enum { ASK_SAVE, ASK_RENAME, ASK_DUPLICATE } AskKind;

typedef struct {
  SemioRunSettingsRow *row; /* owned */
  GtkEditable *entry;
  AskKind kind;
} Ask;

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_object_unref (ask->row);
  g_free (ask);
}

static gboolean
do_asked (const Ask *ask, const char *name, GError **error)
{
  SemioRunSettingsRow *self = ask->row;
  const Entry *chosen = get_chosen (self);

  switch (ask->kind)
    {
    case ASK_RENAME:
      return semio_run_settings_rename (chosen->label, name, error);
    case ASK_DUPLICATE:
      return semio_run_settings_save (chosen->config, name, FALSE, error);
    case ASK_SAVE:
    default:
      return semio_run_settings_save (self->current, name, FALSE, error);
    }
}

static void
named_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Ask *ask = user_data;
  SemioRunSettingsRow *self = ask->row;
  g_autoptr (GError) error = NULL;
  const char *name = gtk_editable_get_text (ask->entry);
  guint found;

  if (!g_str_equal (response, "keep") || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  tell_problem (self, NULL);
  if (!do_asked (ask, name, &error))
    {
      tell_problem (self, error->message);
      return;
    }
  read_entries (self);
  found = find_name (self, name);
  if (ask->kind == ASK_DUPLICATE)
    {
      choose (self, found);
      return;
    }
  self->chosen = found;
  if (ask->kind == ASK_SAVE)
    semio_run_settings_row_set_base (self, self->current);
  show_entries (self);
}

static void
name_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *clean = semio_run_settings_clean_name (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (dialog, "keep", clean[0] != '\0');
}

static void
ask_name (SemioRunSettingsRow *self, AskKind kind, const char *heading, const char *button, const char *name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, NULL);
  GtkWidget *entry = gtk_entry_new ();
  Ask *ask = g_new0 (Ask, 1);

  ask->row = g_object_ref (self);
  ask->entry = GTK_EDITABLE (entry);
  ask->kind = kind;
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "keep", button, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name of the settings"), -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  name_changed_cb (GTK_EDITABLE (entry), ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_data (dialog, "response", G_CALLBACK (named_cb), ask, ask_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
save_as_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_name (user_data, ASK_SAVE, _ ("Save These Settings"), _ ("_Save"), "");
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioRunSettingsRow *self = user_data;

  ask_name (self, ASK_RENAME, _ ("Rename the Settings"), _ ("_Rename"), get_chosen (self)->label);
}

static void
duplicate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioRunSettingsRow *self = user_data;
  /* TRANSLATORS: the name of settings that are a copy of these. */
  g_autofree char *name = g_strdup_printf (_ ("%s, copy"), get_chosen (self)->label);

  ask_name (self, ASK_DUPLICATE, _ ("Duplicate the Settings"), _ ("_Duplicate"), name);
}

static void
deleted_cb (SemioRunSettingsRow *self, const char *response)
{
  g_autofree char *name = g_strdup (get_chosen (self)->label);
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "delete") || !get_chosen (self)->is_saved)
    return;
  tell_problem (self, NULL);
  if (!semio_run_settings_delete (name, &error))
    {
      tell_problem (self, error->message);
      return;
    }
  /* What stands in the controls is not taken from under the hands of who wants it after all. */
  read_entries (self);
  keep_unsaved (self, self->current, _ ("Not saved"));
  self->chosen = self->entries->len - 1;
  semio_run_settings_row_set_base (self, self->current);
  show_entries (self);
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioRunSettingsRow *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s”?"), get_chosen (self)->label);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (root), heading,
      _ ("Runs that were made with these settings keep them. The values in this window stay until it closes."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- The widget ---- */

static GtkWidget *
build_menu (SemioRunSettingsRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) keeping = g_menu_new ();
  g_autoptr (GMenu) changing = g_menu_new ();

  g_menu_append (keeping, _ ("_Save"), "settings.save");
  g_menu_append (keeping, _ ("Save _As…"), "settings.save-as");
  g_menu_append (changing, _ ("_Rename…"), "settings.rename");
  g_menu_append (changing, _ ("_Duplicate…"), "settings.duplicate");
  g_menu_append (changing, _ ("De_lete…"), "settings.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (keeping));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (changing));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("More about these settings"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More about these settings"), -1);
  return button;
}

static void
semio_run_settings_row_init (SemioRunSettingsRow *self)
{
  static const GActionEntry entries[] = { { .name = "save", .activate = save_cb },
                                          { .name = "save-as", .activate = save_as_cb },
                                          { .name = "rename", .activate = rename_cb },
                                          { .name = "duplicate", .activate = duplicate_cb },
                                          { .name = "delete", .activate = delete_cb } };

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->labels = gtk_string_list_new (NULL);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "settings", G_ACTION_GROUP (self->actions));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Settings"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->labels));
  self->menu_button = build_menu (self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->menu_button);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

static void
semio_run_settings_row_finalize (GObject *object)
{
  SemioRunSettingsRow *self = SEMIO_RUN_SETTINGS_ROW (object);

  g_clear_pointer (&self->base, semio_run_config_free);
  g_clear_pointer (&self->current, semio_run_config_free);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  g_ptr_array_unref (self->entries);
  g_object_unref (self->labels);
  g_object_unref (self->actions);
  G_OBJECT_CLASS (semio_run_settings_row_parent_class)->finalize (object);
}

static void
semio_run_settings_row_class_init (SemioRunSettingsRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = semio_run_settings_row_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

GtkWidget *
semio_run_settings_row_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_SETTINGS_ROW, NULL);
}

void
semio_run_settings_row_begin (SemioRunSettingsRow *self, SemioFeatureSet *features, const SemioRunConfig *config,
                              const char *label)
{
  g_return_if_fail (self->features == NULL);
  self->features = semio_feature_set_ref (features);
  read_entries (self);
  for (self->chosen = 0; self->chosen < self->entries->len; self->chosen++)
    if (is_same (get_chosen (self)->config, config, !get_chosen (self)->is_saved))
      break;
  if (self->chosen == self->entries->len)
    keep_unsaved (self, config, label);
  show_entries (self);
}

void
semio_run_settings_row_set_base (SemioRunSettingsRow *self, const SemioRunConfig *config)
{
  SemioRunConfig *base = semio_run_config_copy (config);

  g_clear_pointer (&self->base, semio_run_config_free);
  self->base = base;
  semio_run_settings_row_set_current (self, base);
}

void
semio_run_settings_row_set_current (SemioRunSettingsRow *self, const SemioRunConfig *config)
{
  SemioRunConfig *current = semio_run_config_copy (config);

  g_clear_pointer (&self->current, semio_run_config_free);
  self->current = current;
  update (self);
}

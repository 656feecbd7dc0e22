/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prompts-window.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "semio-prompt-trial-window.h"
#include "semio-prompts.h"
#include "semio-window.h"
#include "semio-word-diff.h"

/* One text of a set. */
typedef struct {
  const char *member; /* (nullable): "system"… static */
  SemioQuestionKind kind;
  char *feature; /* (nullable): its id */
} Piece;

struct _SemioPromptsWindow {
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkListBox *list;
  GtkDropDown *pieces_button;
  GtkDropDown *other_button;
  GtkTextView *text;
  GtkTextView *other_text;
  GtkWidget *other_side;
  GtkLabel *about_label;
  GtkLabel *problem_label;
  GtkWidget *save_button;

  GPtrArray *sets; /* of SemioPromptSet */
  guint n_built_in;
  GArray *pieces; /* of Piece */
  GHashTable *edits; /* index of the piece + 1 → text, not kept yet */
  int set; /* that is shown */
  int wanted; /* set to go to when what was changed is kept or dropped, -1: close */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SemioPromptsWindow, semio_prompts_window, ADW_TYPE_WINDOW)

static void
clear_piece (gpointer piece)
{
  g_free (((Piece *) piece)->feature);
}

static SemioPromptSet *
get_set (SemioPromptsWindow *self)
{
  return self->sets->pdata[self->set];
}

static guint
get_piece_index (SemioPromptsWindow *self)
{
  guint index = gtk_drop_down_get_selected (self->pieces_button);

  return index < self->pieces->len ? index : 0;
}

/* What a set says, empty when it does not ask that. */
static const char *
get_words (SemioPromptSet *set, const Piece *piece)
{
  const char *words = NULL;

  if (piece->member == NULL)
    words = semio_prompt_set_get_question (set, piece->kind, piece->feature);
  else if (g_str_equal (piece->member, "system"))
    words = semio_prompt_set_get_system (set);
  else
    words = semio_prompt_set_get_instructions (set);
  return words != NULL ? words : "";
}

static char *
name_set (SemioPromptsWindow *self, guint index)
{
  SemioPromptSet *set = self->sets->pdata[index];

  if (index < self->n_built_in)
    /* TRANSLATORS: a prompt set and its version */
    return g_strdup_printf (_ ("%s, version %u, comes with the program"), semio_prompt_set_get_name (set),
                            semio_prompt_set_get_version (set));
  /* TRANSLATORS: a prompt set and its version */
  return g_strdup_printf (_ ("%s, version %u, your own"), semio_prompt_set_get_name (set), semio_prompt_set_get_version (set));
}

static void
mark (GtkTextView *view, GArray *stretches)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter begin, end;

  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, "different", &begin, &end);
  for (guint i = 0; stretches != NULL && i < stretches->len; i++)
    {
      const SemioWordStretch *stretch = &g_array_index (stretches, SemioWordStretch, i);

      gtk_text_buffer_get_iter_at_offset (buffer, &begin, stretch->begin);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, stretch->end);
      gtk_text_buffer_apply_tag_by_name (buffer, "different", &begin, &end);
    }
}

static char *
get_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter begin, end;

  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  return gtk_text_buffer_get_text (buffer, &begin, &end, FALSE);
}

/* The first entry of the choice is none. */
static void
show_other (SemioPromptsWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->other_button);
  gboolean compares = chosen > 0 && chosen <= self->sets->len;
  g_autofree char *mine = get_text (self->text);
  g_autoptr (GArray) left = NULL;
  g_autoptr (GArray) right = NULL;
  const char *words = NULL;

  gtk_widget_set_visible (self->other_side, compares);
  if (!compares)
    {
      mark (self->text, NULL);
      return;
    }
  words = get_words (self->sets->pdata[chosen - 1], &g_array_index (self->pieces, Piece, get_piece_index (self)));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->other_text), words, -1);
  semio_word_diff (mine, words, &left, &right);
  mark (self->text, left);
  mark (self->other_text, right);
}

static void
show_state (SemioPromptsWindow *self)
{
  g_autofree char *hash = NULL;
  SemioSha256 sha256 = semio_prompt_set_get_hash (get_set (self));
  g_autofree char *text = NULL;
  g_autofree char *about = NULL;

  hash = semio_sha256_to_string (&sha256);
  text = g_strndup (hash, 12);
  about = g_strdup_printf ("%s · %s", semio_prompt_set_get_about (get_set (self)), text);
  gtk_label_set_text (self->about_label, about);
  gtk_widget_set_sensitive (self->save_button, g_hash_table_size (self->edits) > 0);
}

static void
show_piece (SemioPromptsWindow *self)
{
  guint index = get_piece_index (self);
  const char *edited = g_hash_table_lookup (self->edits, GUINT_TO_POINTER (index + 1));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  self->is_filling = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (
      buffer, edited != NULL ? edited : get_words (get_set (self), &g_array_index (self->pieces, Piece, index)), -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->is_filling = FALSE;
  show_other (self);
  show_state (self);
}

static void
edited_cb (SemioPromptsWindow *self)
{
  guint index = get_piece_index (self);
  g_autofree char *text = NULL;

  if (self->is_filling)
    return;
  text = get_text (self->text);
  if (g_str_equal (text, get_words (get_set (self), &g_array_index (self->pieces, Piece, index))))
    g_hash_table_remove (self->edits, GUINT_TO_POINTER (index + 1));
  else
    g_hash_table_replace (self->edits, GUINT_TO_POINTER (index + 1), g_steal_pointer (&text));
  show_other (self);
  show_state (self);
}

static void
add_row (SemioPromptsWindow *self, guint index)
{
  SemioPromptSet *set = self->sets->pdata[index];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (semio_prompt_set_get_name (set));
  g_autofree char *whole = name_set (self, index);
  g_autofree char *version =
      g_strdup_printf (index < self->n_built_in ? _ ("version %u, comes with the program") : _ ("version %u, your own"),
                       semio_prompt_set_get_version (set));
  GtkWidget *below = gtk_label_new (version);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (below), 0);
  gtk_widget_add_css_class (below, "dim-label");
  gtk_widget_add_css_class (below, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), below);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  gtk_list_box_append (self->list, row);
}

/* Reads the sets anew and shows the one of these words, else the first. */
static void
load (SemioPromptsWindow *self, const SemioSha256 *hash)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) built_in = semio_prompt_set_list_built_in ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *told = NULL;
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->sets, g_ptr_array_unref);
  self->sets = semio_prompts_list (problems);
  self->n_built_in = built_in->len;
  self->set = 0;
  gtk_string_list_append (names, _ ("Compare with…"));
  for (guint i = 0; i < self->sets->len; i++)
    {
      g_autofree char *name = name_set (self, i);
      SemioSha256 other = semio_prompt_set_get_hash (self->sets->pdata[i]);

      add_row (self, i);
      gtk_string_list_append (names, name);
      if (hash != NULL && semio_sha256_equal (&other, hash))
        self->set = (int) i;
    }
  gtk_drop_down_set_model (self->other_button, G_LIST_MODEL (names));
  g_ptr_array_add (problems, NULL);
  told = g_strjoinv ("\n", (char **) problems->pdata);
  gtk_label_set_text (self->problem_label, told);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), *told != '\0');
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, self->set));
  show_piece (self);
}

static guint
find_next_version (SemioPromptsWindow *self, const char *id)
{
  guint version = 0;

  for (guint i = 0; i < self->sets->len; i++)
    if (g_str_equal (semio_prompt_set_get_id (self->sets->pdata[i]), id))
      version = MAX (version, semio_prompt_set_get_version (self->sets->pdata[i]));
  return version + 1;
}

/* However many texts were changed, it is one new version. */
static SemioPromptSet *
with_version (SemioPromptSet *set, guint version, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *json = NULL;

  if (!json_parser_load_from_data (parser, semio_prompt_set_get_json (set), -1, error))
    return NULL;
  json_object_set_int_member (json_node_get_object (json_parser_get_root (parser)), "version", version);
  json = json_to_string (json_parser_get_root (parser), FALSE);
  return semio_prompt_set_parse (json, -1, error);
}

/* Takes the set. */
static SemioPromptSet *
apply_edits (SemioPromptsWindow *self, SemioPromptSet *start, GError **error)
{
  g_autoptr (SemioPromptSet) set = start;
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, self->edits);
  while (set != NULL && g_hash_table_iter_next (&iter, &key, &text))
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, GPOINTER_TO_UINT (key) - 1);
      SemioPromptSet *next = piece->member != NULL
                                 ? semio_prompt_set_with_member (set, piece->member, text, error)
                                 : semio_prompt_set_with_question (set, piece->kind, piece->feature, text, error);

      semio_prompt_set_unref (set);
      set = next;
    }
  return g_steal_pointer (&set);
}

static SemioPromptSet *
make_next (SemioPromptsWindow *self, GError **error)
{
  SemioPromptSet *base = get_set (self);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autoptr (SemioPromptSet) set = NULL;

  if (self->set >= (int) self->n_built_in)
    {
      id = g_strdup (semio_prompt_set_get_id (base));
      set = apply_edits (self, semio_prompt_set_ref (base), error);
    }
  else
    {
      id = g_strdup_printf ("%s-own", semio_prompt_set_get_id (base));
      /* TRANSLATORS: name of a person's copy of a prompt set that comes with the program */
      name = g_strdup_printf (_ ("%s, own"), semio_prompt_set_get_name (base));
      set = apply_edits (self, semio_prompt_set_copy_as (base, id, name, error), error);
    }
  return set != NULL ? with_version (set, find_next_version (self, id), error) : NULL;
}

static void
tell (SemioPromptsWindow *self, const char *text)
{
  g_autofree char *plain = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (plain));
}

static gboolean
save (SemioPromptsWindow *self)
{
  g_autoptr (GFile) folder = semio_prompts_get_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioPromptSet) set = NULL;
  g_autofree char *text = NULL;
  SemioSha256 hash;

  if (g_hash_table_size (self->edits) == 0)
    return TRUE;
  set = make_next (self, &error);
  if (set == NULL || !semio_prompt_set_save (set, folder, &error))
    {
      tell (self, error->message);
      return FALSE;
    }
  g_hash_table_remove_all (self->edits);
  hash = semio_prompt_set_get_hash (set);
  load (self, &hash);
  text = g_strdup_printf (_ ("Saved as “%s”, version %u."), semio_prompt_set_get_name (set), semio_prompt_set_get_version (set));
  tell (self, text);
  return TRUE;
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save (SEMIO_PROMPTS_WINDOW (widget));
}

/* Goes where the person wanted to go, nothing being unsaved any more. */
static void
go_on (SemioPromptsWindow *self, int wanted)
{
  if (wanted < 0)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->set = wanted;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, wanted));
  show_piece (self);
}

static void
answered_cb (SemioPromptsWindow *self, const char *response, GtkWindow *dialog)
{
  int wanted = self->wanted;

  /* The dialog closes after this, when its parent may be gone already. */
  gtk_window_set_transient_for (dialog, NULL);
  if (g_str_equal (response, "discard"))
    g_hash_table_remove_all (self->edits);
  else if (!g_str_equal (response, "save") || !save (self))
    {
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, self->set));
      return;
    }
  go_on (self, MIN (wanted, (int) self->sets->len - 1));
}

static void
ask (SemioPromptsWindow *self, int wanted)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save the Changes?"),
                                              _ ("What you changed in these prompts is not kept yet."));

  self->wanted = wanted;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), "save",
                                    _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
row_cb (SemioPromptsWindow *self, GtkListBoxRow *row)
{
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (index < 0 || index == self->set)
    return;
  if (g_hash_table_size (self->edits) > 0)
    ask (self, index);
  else
    go_on (self, index);
}

static gboolean
close_cb (SemioPromptsWindow *self)
{
  if (g_hash_table_size (self->edits) == 0)
    return GDK_EVENT_PROPAGATE;
  ask (self, -1);
  return GDK_EVENT_STOP;
}

static void
add_piece (SemioPromptsWindow *self, GtkStringList *names, const char *member, SemioQuestionKind kind,
           const SemioFeature *feature, const char *name)
{
  Piece piece = { member, kind, feature != NULL ? g_strdup (feature->id) : NULL };

  g_array_append_val (self->pieces, piece);
  gtk_string_list_append (names, name);
}

/* As the words stand just now, kept or not. */
static void
try_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SemioPromptsWindow *self = SEMIO_PROMPTS_WINDOW (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  SemioStudy *study = SEMIO_IS_WINDOW (parent) ? semio_window_get_study (SEMIO_WINDOW (parent)) : NULL;
  const Piece *piece = &g_array_index (self->pieces, Piece, get_piece_index (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioPromptSet) set = NULL;

  if (study == NULL)
    {
      tell (self, _ ("Open a study first: a prompt is tried on a segment of one of its recordings."));
      return;
    }
  set = apply_edits (self, semio_prompt_set_ref (get_set (self)), &error);
  if (set == NULL)
    {
      tell (self, error->message);
      return;
    }
  gtk_window_present (GTK_WINDOW (semio_prompt_trial_window_new (GTK_WINDOW (self), study, set, piece->kind, piece->feature)));
}

static void
fill_pieces (SemioPromptsWindow *self)
{
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  add_piece (self, names, "instructions", 0, NULL, _ ("Instructions"));
  add_piece (self, names, "system", 0, NULL, _ ("System text"));
  for (guint kind = SEMIO_QUESTION_ANSWER; kind <= SEMIO_QUESTION_ONSET; kind++)
    for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
      {
        const SemioFeature *feature = semio_feature_set_get (features, i);
        /* TRANSLATORS: a feature and what is asked of it, "Tonic: onset" */
        g_autofree char *name =
            g_strdup_printf (_ ("%s: %s"), feature->label, semio_question_kind_get_label ((SemioQuestionKind) kind));

        add_piece (self, names, NULL, (SemioQuestionKind) kind, feature, name);
      }
  add_piece (self, names, NULL, SEMIO_QUESTION_NARRATIVE, NULL, semio_question_kind_get_label (SEMIO_QUESTION_NARRATIVE));
  gtk_drop_down_set_model (self->pieces_button, G_LIST_MODEL (names));
}

/* A list box walks through its rows by Tab, and each would be chosen on the way; the arrows do that. */
static gboolean
tab_cb (SemioPromptsWindow *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Tab || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (GTK_WIDGET (self->pieces_button), GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static void
leave_list_by_tab (SemioPromptsWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (tab_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

static void
semio_prompts_window_finalize (GObject *object)
{
  SemioPromptsWindow *self = SEMIO_PROMPTS_WINDOW (object);

  g_clear_pointer (&self->sets, g_ptr_array_unref);
  g_array_unref (self->pieces);
  g_hash_table_unref (self->edits);
  G_OBJECT_CLASS (semio_prompts_window_parent_class)->finalize (object);
}

static void
semio_prompts_window_class_init (SemioPromptsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = semio_prompts_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-prompts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, pieces_button);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, other_button);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, text);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, other_text);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, other_side);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, about_label);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, SemioPromptsWindow, save_button);
  gtk_widget_class_install_action (widget_class, "prompts.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "prompts.try", NULL, try_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "prompts.try", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "prompts.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
semio_prompts_window_init (SemioPromptsWindow *self)
{
  self->pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, clear_piece);
  self->edits = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Underlined as well: colour alone tells not everybody. */
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (self->text), "different", "underline", PANGO_UNDERLINE_SINGLE, "weight",
                              PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (self->other_text), "different", "underline", PANGO_UNDERLINE_SINGLE,
                              "weight", PANGO_WEIGHT_BOLD, NULL);
  leave_list_by_tab (self);
  fill_pieces (self);
  load (self, NULL);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pieces_button, "notify::selected", G_CALLBACK (show_piece), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->other_button, "notify::selected", G_CALLBACK (show_other), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-request", G_CALLBACK (close_cb), NULL);
}

GtkWidget *
semio_prompts_window_new (GtkWindow *parent)
{
  return g_object_new (SEMIO_TYPE_PROMPTS_WINDOW, "transient-for", parent, NULL);
}

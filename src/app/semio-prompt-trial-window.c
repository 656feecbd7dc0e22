/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prompt-trial-window.h"

#include <glib/gi18n-lib.h>

#include "semio-endpoint-list.h"
#include "semio-prompt-trial.h"
#include "semio-server-keys.h"
#include "semio-text.h"

/* More of a reply is no reading. */
#define MAX_RAW_CHARS 20000

struct _SemioPromptTrialWindow {
  AdwWindow parent_instance;

  AdwComboRow *question_row, *recording_row, *segment_row, *server_row;
  GtkWidget *ask_button, *spinner;
  GtkLabel *problem, *answer, *justification, *facts, *raw;
  GtkWidget *result;

  SemioStudy *study;
  SemioRunConfig *config;
  GPtrArray *endpoints; /* (nullable): of SemioEndpoint */
  GArray *features; /* of guint: of the questions, SEMIO_FEATURE_NONE for the narrative */
  SemioQuestionKind kind; /* of the questions on features */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SemioPromptTrialWindow, semio_prompt_trial_window, ADW_TYPE_WINDOW)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
set_busy (SemioPromptTrialWindow *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->ask_button, !busy && self->endpoints != NULL && self->endpoints->len > 0);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static const SemioRecording *
get_recording (SemioPromptTrialWindow *self)
{
  g_autoptr (SemioCase) item =
      g_list_model_get_item (semio_study_get_cases (self->study), adw_combo_row_get_selected (self->recording_row));

  return item != NULL ? semio_case_get_recording (item) : NULL;
}

static char *
describe_answer (const SemioModelReply *reply)
{
  if (reply->state == SEMIO_REPLY_UNUSABLE)
    return g_strdup (_ ("No usable answer"));
  if (reply->onset_ns != SEMIO_TIME_NONE)
    return semio_time_format (reply->onset_ns, 1);
  return g_strdup (reply->answer == SEMIO_ANSWER_MISSING ? _ ("Narrative") : semio_answer_get_label (reply->answer));
}

static char *
describe_facts (const SemioModelReply *reply)
{
  g_autofree char *seconds = g_strdup_printf (_ ("%.1f s"), (double) reply->total_us / G_USEC_PER_SEC);

  if (reply->prompt_tokens < 0)
    return g_strdup_printf (_ ("HTTP %d · %s"), reply->http_status, seconds);
  return g_strdup_printf (_ ("HTTP %d · %s · %" G_GINT64_FORMAT " tokens read, %" G_GINT64_FORMAT " written"), reply->http_status,
                          seconds, reply->prompt_tokens, MAX (reply->completion_tokens, 0));
}

static void
show_reply (SemioPromptTrialWindow *self, const SemioModelReply *reply)
{
  g_autofree char *answer = describe_answer (reply);
  g_autofree char *facts = describe_facts (reply);
  gsize length = 0;
  const char *data = reply->raw != NULL ? g_bytes_get_data (reply->raw, &length) : NULL;
  g_autofree char *raw = data != NULL ? semio_text_clean (data, (gssize) length, MAX_RAW_CHARS) : NULL;

  show_text (self->answer, answer);
  show_text (self->justification, reply->explanation);
  show_text (self->problem, reply->problem);
  show_text (self->facts, facts);
  show_text (self->raw, raw);
  gtk_widget_set_visible (self->result, TRUE);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioPromptTrialWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioModelReply) reply = semio_prompt_trial_finish (SEMIO_STUDY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (reply != NULL)
    show_reply (self, reply);
  else
    show_text (self->problem, error->message);
}

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioPromptTrialWindow) self = user_data;
  g_autoptr (SemioKey) key = semio_server_keys_find_finish (result);
  const SemioRecording *recording = get_recording (self);
  const SemioEndpoint *endpoint = self->endpoints->pdata[adw_combo_row_get_selected (self->server_row)];
  guint feature = g_array_index (self->features, guint, adw_combo_row_get_selected (self->question_row));

  if (g_cancellable_is_cancelled (self->cancellable) || recording == NULL)
    return;
  g_free (self->config->model);
  self->config->model = g_strdup (endpoint->model != NULL ? endpoint->model : "");
  semio_prompt_trial_async (self->study, self->config, endpoint, semio_key_get_text (key), recording->id,
                            adw_combo_row_get_selected (self->segment_row),
                            feature == SEMIO_FEATURE_NONE ? SEMIO_QUESTION_NARRATIVE : self->kind, feature, self->cancellable,
                            asked_cb, g_object_ref (self));
}

static void
ask_cb (SemioPromptTrialWindow *self)
{
  set_busy (self, TRUE);
  show_text (self->problem, NULL);
  gtk_widget_set_visible (self->result, FALSE);
  semio_server_keys_find_async (self->endpoints->pdata[adw_combo_row_get_selected (self->server_row)], key_cb,
                                g_object_ref (self));
}

/* ---- What can be chosen ---- */

static void
show_segments (SemioPromptTrialWindow *self)
{
  const SemioRecording *recording = get_recording (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = recording != NULL ? semio_run_config_count_segments (self->config, recording->duration_ns) : 0;

  for (guint i = 0; i < n; i++)
    {
      SemioSpan span = semio_run_config_get_segment (self->config, i, recording->duration_ns);
      g_autofree char *begin = semio_time_format (span.begin_ns, 0);
      g_autofree char *end = semio_time_format (span.end_ns, 0);
      g_autofree char *name = g_strdup_printf ("%u: %s – %s", i + 1, begin, end);

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->segment_row, G_LIST_MODEL (names));
}

static void
show_recordings (SemioPromptTrialWindow *self)
{
  GListModel *cases = semio_study_get_cases (self->study);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

      gtk_string_list_append (names, semio_case_get_title (item));
    }
  adw_combo_row_set_model (self->recording_row, G_LIST_MODEL (names));
}

static void
show_questions (SemioPromptTrialWindow *self, const char *chosen)
{
  SemioFeatureSet *features = semio_study_get_feature_set (self->study);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint none = SEMIO_FEATURE_NONE;
  guint selected = 0;

  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      const SemioFeature *feature = semio_feature_set_get (features, i);
      g_autofree char *name = g_strdup_printf (_ ("%s: %s"), feature->label, semio_question_kind_get_label (self->kind));

      if (g_strcmp0 (feature->id, chosen) == 0)
        selected = i;
      gtk_string_list_append (names, name);
      g_array_append_val (self->features, i);
    }
  gtk_string_list_append (names, semio_question_kind_get_label (SEMIO_QUESTION_NARRATIVE));
  g_array_append_val (self->features, none);
  adw_combo_row_set_model (self->question_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->question_row, selected);
}

static void
show_servers (SemioPromptTrialWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->endpoints = semio_endpoint_list_load (NULL);
  for (guint i = 0; self->endpoints != NULL && i < self->endpoints->len; i++)
    gtk_string_list_append (names, ((SemioEndpoint *) self->endpoints->pdata[i])->name);
  adw_combo_row_set_model (self->server_row, G_LIST_MODEL (names));
  if (self->endpoints == NULL || self->endpoints->len == 0)
    show_text (self->problem, _ ("No server is known yet: add one with “New Run…” on the Runs page."));
  set_busy (self, FALSE);
}

/* ---- The window ---- */

static AdwComboRow *
add_choice (GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return ADW_COMBO_ROW (row);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_widget_set_visible (GTK_WIDGET (label), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static GtkWidget *
build_result (SemioPromptTrialWindow *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *expander = gtk_expander_new_with_mnemonic (_ ("_Reply as it was received"));
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "results-card");
  self->answer = add_label (card, "title-2");
  self->justification = add_label (card, NULL);
  self->facts = add_label (card, "dim-label");
  self->raw = add_label (inside, "monospace");
  gtk_expander_set_child (GTK_EXPANDER (expander), inside);
  gtk_box_append (GTK_BOX (card), expander);
  gtk_widget_set_visible (card, FALSE);
  return card;
}

static void
semio_prompt_trial_window_dispose (GObject *object)
{
  SemioPromptTrialWindow *self = SEMIO_PROMPT_TRIAL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (semio_prompt_trial_window_parent_class)->dispose (object);
}

static void
semio_prompt_trial_window_finalize (GObject *object)
{
  SemioPromptTrialWindow *self = SEMIO_PROMPT_TRIAL_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->study);
  g_clear_pointer (&self->config, semio_run_config_free);
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  g_array_unref (self->features);
  G_OBJECT_CLASS (semio_prompt_trial_window_parent_class)->finalize (object);
}

static void
semio_prompt_trial_window_class_init (SemioPromptTrialWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_prompt_trial_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_prompt_trial_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
build_page (SemioPromptTrialWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->question_row = add_choice (group, _ ("Question"));
  self->recording_row = add_choice (group, _ ("Recording"));
  self->segment_row = add_choice (group, _ ("Segment"));
  self->server_row = add_choice (group, _ ("Server"));
  gtk_box_append (GTK_BOX (box), group);
  self->problem = add_label (box, "warning");
  gtk_box_append (GTK_BOX (box), self->result = build_result (self));
  gtk_widget_add_css_class (box, "run-view");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
semio_prompt_trial_window_init (SemioPromptTrialWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  self->features = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 560);
  self->ask_button = gtk_button_new_with_mnemonic (_ ("_Ask"));
  gtk_widget_add_css_class (self->ask_button, "suggested-action");
  g_signal_connect_swapped (self->ask_button, "clicked", G_CALLBACK (ask_cb), self);
  self->spinner = gtk_spinner_new ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->ask_button);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->spinner);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), build_page (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->recording_row, "notify::selected", G_CALLBACK (show_segments), self, G_CONNECT_SWAPPED);
}

GtkWidget *
semio_prompt_trial_window_new (GtkWindow *parent, SemioStudy *study, SemioPromptSet *set, SemioQuestionKind kind,
                               const char *feature)
{
  SemioPromptTrialWindow *self =
      g_object_new (SEMIO_TYPE_PROMPT_TRIAL_WINDOW, "transient-for", parent, "title", _ ("Try the Prompt"), NULL);

  self->study = g_object_ref (study);
  self->config = semio_run_config_new_default (semio_study_get_feature_set (study));
  g_clear_pointer (&self->config->prompts, semio_prompt_set_unref);
  self->config->prompts = semio_prompt_set_ref (set);
  self->kind = kind == SEMIO_QUESTION_NARRATIVE ? SEMIO_QUESTION_ANSWER : kind;
  show_questions (self, feature);
  show_recordings (self);
  show_segments (self);
  show_servers (self);
  if (kind == SEMIO_QUESTION_NARRATIVE)
    adw_combo_row_set_selected (self->question_row, self->features->len - 1);
  return GTK_WIDGET (self);
}

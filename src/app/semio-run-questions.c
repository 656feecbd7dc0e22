/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-questions.h"

#include <glib/gi18n-lib.h>

#include "semio-run-protocol.h"

struct _SemioRunQuestions {
  AdwPreferencesGroup parent_instance;

  AdwExpanderRow *features_row;
  GPtrArray *feature_checks; /* of GtkCheckButton, by feature */
  GtkSwitch *answer_switch, *onset_switch, *narrative_switch;
  SemioRunProtocol *protocol;
  SemioFeatureSet *features;
};

G_DEFINE_FINAL_TYPE (SemioRunQuestions, semio_run_questions, ADW_TYPE_PREFERENCES_GROUP)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
tell_changed (SemioRunQuestions *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
count_features (SemioRunQuestions *self)
{
  g_autofree char *text = NULL;
  guint n_chosen = 0;

  for (guint i = 0; i < self->feature_checks->len; i++)
    n_chosen += gtk_check_button_get_active (self->feature_checks->pdata[i]) ? 1 : 0;
  /* TRANSLATORS: so many features are chosen, of all. */
  text = g_strdup_printf (_ ("%u of %u"), n_chosen, self->feature_checks->len);
  adw_expander_row_set_subtitle (self->features_row, text);
  tell_changed (self);
}

static GtkSwitch *
add_switch (SemioRunQuestions *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *control = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (control, "notify::active", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
  return GTK_SWITCH (control);
}

static void
semio_run_questions_init (SemioRunQuestions *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->feature_checks = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _ ("What Is Asked"));
  self->features_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->features_row), _ ("Features"));
  adw_preferences_group_add (group, GTK_WIDGET (self->features_row));
  self->answer_switch = add_switch (self, _ ("Whether each feature occurs"), _ ("With a justification, in each segment"));
  self->onset_switch = add_switch (self, _ ("When each feature begins"), _ ("One more question for each feature"));
  self->narrative_switch =
      add_switch (self, _ ("What happens, in free text"), _ ("Once for each recording: what, in which order, on which side"));
  self->protocol = SEMIO_RUN_PROTOCOL (semio_run_protocol_new ());
  g_signal_connect_object (self->protocol, "changed", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->protocol));
}

static void
semio_run_questions_finalize (GObject *object)
{
  SemioRunQuestions *self = SEMIO_RUN_QUESTIONS (object);

  g_ptr_array_unref (self->feature_checks);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  G_OBJECT_CLASS (semio_run_questions_parent_class)->finalize (object);
}

static void
semio_run_questions_class_init (SemioRunQuestionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_run_questions_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", SEMIO_TYPE_RUN_QUESTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

GtkWidget *
semio_run_questions_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_QUESTIONS, NULL);
}

static void
add_feature (SemioRunQuestions *self, const SemioFeature *feature)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), feature->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), semio_feature_set_get_group (self->features, feature->group)->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, feature->label, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (self->features_row, row);
  g_signal_connect_object (check, "toggled", G_CALLBACK (count_features), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->feature_checks, check);
}

void
semio_run_questions_set_features (SemioRunQuestions *self, SemioFeatureSet *features)
{
  g_return_if_fail (self->features == NULL);
  self->features = semio_feature_set_ref (features);
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    add_feature (self, semio_feature_set_get (features, i));
}

void
semio_run_questions_show (SemioRunQuestions *self, const SemioRunConfig *config)
{
  g_autoptr (SemioRunConfig) published = semio_run_config_new_default (self->features);

  for (guint i = 0; i < self->feature_checks->len; i++)
    gtk_check_button_set_active (self->feature_checks->pdata[i], g_strv_contains ((const char *const *) config->features,
                                                                                  semio_feature_set_get (self->features, i)->id));
  count_features (self);
  gtk_switch_set_active (self->answer_switch, (config->kinds & (1u << SEMIO_QUESTION_ANSWER)) != 0);
  gtk_switch_set_active (self->onset_switch, (config->kinds & (1u << SEMIO_QUESTION_ONSET)) != 0);
  gtk_switch_set_active (self->narrative_switch, (config->kinds & (1u << SEMIO_QUESTION_NARRATIVE)) != 0);
  semio_run_protocol_show (self->protocol, config, published);
}

void
semio_run_questions_apply (SemioRunQuestions *self, SemioRunConfig *config)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->feature_checks->len; i++)
    if (gtk_check_button_get_active (self->feature_checks->pdata[i]))
      g_strv_builder_add (ids, semio_feature_set_get (self->features, i)->id);
  g_strfreev (config->features);
  config->features = g_strv_builder_end (ids);
  config->kinds = (gtk_switch_get_active (self->answer_switch) ? 1u << SEMIO_QUESTION_ANSWER : 0)
                  | (gtk_switch_get_active (self->onset_switch) ? 1u << SEMIO_QUESTION_ONSET : 0)
                  | (gtk_switch_get_active (self->narrative_switch) ? 1u << SEMIO_QUESTION_NARRATIVE : 0);
  semio_run_protocol_apply (self->protocol, config);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-chooser.h"

#include <glib/gi18n-lib.h>

/* As the drop-down has them, after "all". */
static const SemioEventType event_types[] = { SEMIO_EVENT_TYPE_EPILEPTIC, SEMIO_EVENT_TYPE_FUNCTIONAL,
                                              SEMIO_EVENT_TYPE_OTHER_NON_EPILEPTIC, SEMIO_EVENT_TYPE_NON_EPILEPTIC };

/* Something to tick, with what it stands for. */
typedef struct {
  GtkCheckButton *button;
  gint64 id;
} Tick;

struct _SemioResultsChooser {
  AdwBin parent_instance;

  GtkDropDown *reference;
  GtkDropDown *policy, *join, *patients, *type;
  GtkLabel *coverage_recordings, *coverage_scored, *coverage_fails, *coverage_rated;
  GtkBox *runs_box, *groups_box, *persons_box;
  GArray *runs, *groups, *persons; /* of Tick */
  GArray *reference_ids; /* of gint64, as the drop-down has them */
  SemioStudy *study;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (SemioResultsChooser, semio_results_chooser, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, SIGNAL_PERSONS_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
chosen_cb (SemioResultsChooser *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
person_cb (SemioResultsChooser *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_PERSONS_CHANGED], 0);
}

static gboolean
was_unticked (const GArray *ticks, gint64 id)
{
  for (guint i = 0; i < ticks->len; i++)
    {
      const Tick *tick = &g_array_index (ticks, Tick, i);

      if (tick->id == id)
        return !gtk_check_button_get_active (tick->button);
    }
  return FALSE;
}

static void
add_tick (SemioResultsChooser *self, GtkBox *box, GCallback toggled, GArray *fresh, const GArray *old, const char *label,
          gint64 id)
{
  GtkWidget *button = gtk_check_button_new_with_label (label);
  Tick tick = { GTK_CHECK_BUTTON (button), id };
  GtkWidget *text = gtk_widget_get_last_child (button);

  if (GTK_IS_LABEL (text))
    {
      gtk_label_set_wrap (GTK_LABEL (text), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
    }
  gtk_check_button_set_active (tick.button, !was_unticked (old, id));
  g_signal_connect_object (button, "toggled", toggled, self, G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
  g_array_append_val (fresh, tick);
}

static void
begin_ticks (GArray **ticks, GArray **old)
{
  *old = *ticks;
  *ticks = g_array_new (FALSE, FALSE, sizeof (Tick));
}

static void
end_ticks (GtkBox *box, GArray *old)
{
  for (guint i = 0; i < old->len; i++)
    gtk_box_remove (box, GTK_WIDGET (g_array_index (old, Tick, i).button));
  g_array_unref (old);
}

static void
fill_references (SemioResultsChooser *self)
{
  GPtrArray *sets = semio_study_get_reference_sets (self->study);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = gtk_drop_down_get_selected (self->reference);
  gint64 old = chosen < self->reference_ids->len ? g_array_index (self->reference_ids, gint64, chosen) : 0;
  guint select = GTK_INVALID_LIST_POSITION;

  g_array_set_size (self->reference_ids, 0);
  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      const SemioReferenceSet *set = sets->pdata[i];

      gtk_string_list_append (names, set->name);
      g_array_append_val (self->reference_ids, set->id);
      if (set->id == old || (set->current && select == GTK_INVALID_LIST_POSITION))
        select = i;
    }
  gtk_drop_down_set_model (self->reference, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->reference, select);
  gtk_widget_set_sensitive (GTK_WIDGET (self->reference), self->reference_ids->len > 0);
}

static void
fill (SemioResultsChooser *self)
{
  GPtrArray *runs = semio_study_get_runs (self->study);
  GPtrArray *persons = semio_study_get_persons (self->study);
  SemioFeatureSet *set = semio_study_get_feature_set (self->study);
  GArray *old = NULL;

  self->filling = TRUE;
  fill_references (self);
  begin_ticks (&self->runs, &old);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    add_tick (self, self->runs_box, G_CALLBACK (chosen_cb), self->runs, old, ((SemioRun *) runs->pdata[i])->name,
              ((SemioRun *) runs->pdata[i])->id);
  end_ticks (self->runs_box, old);
  begin_ticks (&self->groups, &old);
  for (guint i = 0; i < semio_feature_set_get_n_groups (set); i++)
    add_tick (self, self->groups_box, G_CALLBACK (chosen_cb), self->groups, old, semio_feature_set_get_group (set, i)->label, i);
  end_ticks (self->groups_box, old);
  begin_ticks (&self->persons, &old);
  for (guint i = 0; persons != NULL && i < persons->len; i++)
    {
      const SemioPerson *person = persons->pdata[i];

      add_tick (self, self->persons_box, G_CALLBACK (person_cb), self->persons, old,
                person->name != NULL ? person->name : _ ("Nameless"), person->id);
    }
  end_ticks (self->persons_box, old);
  gtk_widget_set_visible (GTK_WIDGET (self->persons_box), self->persons->len > 0);
  gtk_widget_set_visible (gtk_widget_get_prev_sibling (GTK_WIDGET (self->persons_box)), self->persons->len > 0);
  self->filling = FALSE;
}

static void
study_changed_cb (SemioResultsChooser *self)
{
  fill (self);
  chosen_cb (self);
}

static void
add_heading (GtkBox *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 12);
  gtk_box_append (box, label);
}

static GtkBox *
add_ticks_box (GtkBox *box, const char *heading)
{
  GtkWidget *ticks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  add_heading (box, heading);
  gtk_widget_add_css_class (ticks, "card");
  gtk_widget_add_css_class (ticks, "results-ticks");
  gtk_box_append (box, ticks);
  return GTK_BOX (ticks);
}

/* name: what a screen reader says of it; heading: (nullable) what stands above. */
static GtkDropDown *
add_drop_down (SemioResultsChooser *self, GtkBox *box, const char *heading, const char *name, const char *const *names)
{
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (names);

  if (heading != NULL)
    add_heading (box, heading);
  gtk_widget_set_tooltip_text (drop_down, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static GtkLabel *
add_fact (GtkBox *box, const char *name)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (value, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (box, line);
  return GTK_LABEL (value);
}

static void
semio_results_chooser_dispose (GObject *object)
{
  SemioResultsChooser *self = SEMIO_RESULTS_CHOOSER (object);

  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_results_chooser_parent_class)->dispose (object);
}

static void
semio_results_chooser_finalize (GObject *object)
{
  SemioResultsChooser *self = SEMIO_RESULTS_CHOOSER (object);

  g_array_unref (self->runs);
  g_array_unref (self->groups);
  g_array_unref (self->persons);
  g_array_unref (self->reference_ids);
  G_OBJECT_CLASS (semio_results_chooser_parent_class)->finalize (object);
}

static void
semio_results_chooser_class_init (SemioResultsChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_results_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_results_chooser_finalize;
  signals[SIGNAL_PERSONS_CHANGED] =
      g_signal_new ("persons-changed", SEMIO_TYPE_RESULTS_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", SEMIO_TYPE_RESULTS_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_results_chooser_init (SemioResultsChooser *self)
{
  const char *const none[] = { NULL };
  const char *const policies[] = { _ ("Policy: default"), _ ("Policy: as published"), NULL };
  const char *const joins[] = { _ ("Joining: by policy"), _ ("Joining: by event"), _ ("Joining: all segments"), NULL };
  const char *const patients[] = { _ ("Patients: all"),        _ ("Patients: epileptic only"), _ ("Patients: not epileptic"),
                                   _ ("Patients: both kinds"), _ ("Patients: type unknown"),   NULL };
  const char *const types[] = { _ ("Events: all types"),
                                semio_event_type_get_label (SEMIO_EVENT_TYPE_EPILEPTIC),
                                semio_event_type_get_label (SEMIO_EVENT_TYPE_FUNCTIONAL),
                                semio_event_type_get_label (SEMIO_EVENT_TYPE_OTHER_NON_EPILEPTIC),
                                semio_event_type_get_label (SEMIO_EVENT_TYPE_NON_EPILEPTIC),
                                NULL };
  GtkBox *coverage = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->runs = g_array_new (FALSE, FALSE, sizeof (Tick));
  self->groups = g_array_new (FALSE, FALSE, sizeof (Tick));
  self->persons = g_array_new (FALSE, FALSE, sizeof (Tick));
  self->reference_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_add_css_class (box, "results-chooser");
  self->reference = add_drop_down (self, GTK_BOX (box), _ ("Reference"), _ ("Reference"), none);
  self->runs_box = add_ticks_box (GTK_BOX (box), _ ("Runs"));
  self->policy = add_drop_down (self, GTK_BOX (box), _ ("Counting"), _ ("How failed and missing answers count"), policies);
  self->join = add_drop_down (self, GTK_BOX (box), NULL, _ ("How segments become the answer of a recording"), joins);
  self->patients = add_drop_down (self, GTK_BOX (box), NULL, _ ("Which patients are looked at, by their events"), patients);
  self->type = add_drop_down (self, GTK_BOX (box), NULL, _ ("Which events are looked at"), types);
  self->groups_box = add_ticks_box (GTK_BOX (box), _ ("Features"));
  self->persons_box = add_ticks_box (GTK_BOX (box), _ ("Who rated"));
  coverage = add_ticks_box (GTK_BOX (box), _ ("Coverage"));
  self->coverage_recordings = add_fact (coverage, _ ("Recordings"));
  self->coverage_scored = add_fact (coverage, _ ("Scored answers"));
  self->coverage_fails = add_fact (coverage, _ ("Failed answers"));
  self->coverage_rated = add_fact (coverage, _ ("Rated explanations"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_size_request (scrolled, 232, -1);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

GtkWidget *
semio_results_chooser_new (void)
{
  return g_object_new (SEMIO_TYPE_RESULTS_CHOOSER, NULL);
}

void
semio_results_chooser_set_study (SemioResultsChooser *self, SemioStudy *study)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CHOOSER (self));
  g_return_if_fail (self->study == NULL);
  self->study = g_object_ref (study);
  g_signal_connect_object (study, "changed", G_CALLBACK (study_changed_cb), self, G_CONNECT_SWAPPED);
  fill (self);
}

void
semio_results_chooser_get_choice (SemioResultsChooser *self, SemioResultsChoice *choice)
{
  guint reference = gtk_drop_down_get_selected (self->reference);

  g_return_if_fail (SEMIO_IS_RESULTS_CHOOSER (self));
  *choice = (SemioResultsChoice) SEMIO_RESULTS_CHOICE_INIT;
  if (reference < self->reference_ids->len)
    choice->reference_id = g_array_index (self->reference_ids, gint64, reference);
  choice->policy = gtk_drop_down_get_selected (self->policy) == 1 ? SEMIO_METRICS_POLICY_PUBLISHED : SEMIO_METRICS_POLICY_DEFAULT;
  choice->join = (SemioResultsJoin) gtk_drop_down_get_selected (self->join);
  choice->patient_group = (SemioPatientGroup) gtk_drop_down_get_selected (self->patients);
  if (gtk_drop_down_get_selected (self->type) > 0)
    choice->event_types = 1u << event_types[gtk_drop_down_get_selected (self->type) - 1];
  choice->runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  choice->groups = g_array_new (FALSE, FALSE, sizeof (guint));
  choice->persons = semio_results_chooser_list_persons (self);
  for (guint i = 0; i < self->runs->len; i++)
    {
      const Tick *tick = &g_array_index (self->runs, Tick, i);

      if (gtk_check_button_get_active (tick->button))
        g_array_append_val (choice->runs, tick->id);
    }
  for (guint i = 0; i < self->groups->len; i++)
    {
      const Tick *tick = &g_array_index (self->groups, Tick, i);
      guint group = (guint) tick->id;

      if (gtk_check_button_get_active (tick->button))
        g_array_append_val (choice->groups, group);
    }
}

void
semio_results_chooser_clear_choice (SemioResultsChoice *choice)
{
  g_clear_pointer (&choice->runs, g_array_unref);
  g_clear_pointer (&choice->groups, g_array_unref);
  g_clear_pointer (&choice->persons, g_array_unref);
}

GArray *
semio_results_chooser_list_persons (SemioResultsChooser *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (SEMIO_IS_RESULTS_CHOOSER (self), ids);
  for (guint i = 0; i < self->persons->len; i++)
    if (gtk_check_button_get_active (g_array_index (self->persons, Tick, i).button))
      g_array_append_val (ids, g_array_index (self->persons, Tick, i).id);
  return ids;
}

void
semio_results_chooser_show_coverage (SemioResultsChooser *self, const SemioResultsReport *report)
{
  guint n_scored = 0;
  guint n_pairs = 0;
  guint n_fails = 0;
  g_autofree char *recordings = NULL;
  g_autofree char *scored = NULL;
  g_autofree char *fails = NULL;

  g_return_if_fail (SEMIO_IS_RESULTS_CHOOSER (self));
  for (guint i = 0; i < report->rows->len; i++)
    {
      const SemioMetrics *metrics = &g_array_index (report->rows, SemioResultsRow, i).main.metrics;

      n_scored += metrics->scored;
      n_pairs += metrics->scored + metrics->left_out;
      n_fails += metrics->fails;
    }
  recordings = g_strdup_printf (_ ("%u of %u"), report->recordings->len, report->n_recordings);
  scored = n_pairs > 0 ? g_strdup_printf ("%.1f %%", 100.0 * n_scored / n_pairs) : g_strdup ("–");
  fails = n_pairs > 0 ? g_strdup_printf ("%.1f %%", 100.0 * n_fails / n_pairs) : g_strdup ("–");
  gtk_label_set_text (self->coverage_recordings, recordings);
  gtk_label_set_text (self->coverage_scored, scored);
  gtk_label_set_text (self->coverage_fails, fails);
}

void
semio_results_chooser_show_rated (SemioResultsChooser *self, const SemioRatingsReport *ratings)
{
  g_autofree char *text = NULL;

  g_return_if_fail (SEMIO_IS_RESULTS_CHOOSER (self));
  text = g_strdup_printf ("%u", semio_agreement_count (ratings->agreement).n_units);
  gtk_label_set_text (self->coverage_rated, text);
}

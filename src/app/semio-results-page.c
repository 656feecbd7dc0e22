/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-results-page-private.h"

/* Shorter work shows no spinner. */
#define SPINNER_AFTER_MS 150

G_DEFINE_FINAL_TYPE (SemioResultsPage, semio_results_page, ADW_TYPE_BIN)

static void compute (SemioResultsPage *self, guint n_resamples);

static void
end_work (SemioResultsPage *self)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (self->cancel, FALSE);
}

static void
cancel_work (SemioResultsPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->spinner != NULL)
    end_work (self);
}

static gboolean
spinner_cb (gpointer user_data)
{
  SemioResultsPage *self = SEMIO_RESULTS_PAGE (user_data);

  self->spinner_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_widget_set_visible (self->cancel, TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
show_empty (SemioResultsPage *self, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, escaped);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static const char *
find_reason (const SemioResultsReport *report)
{
  if (report->runs->len == 0)
    return _ ("No run is chosen. Tick one on the left.");
  if (report->rows->len == 0)
    return _ ("Nothing of what is chosen was asked of a run. Tick other features or runs on the left.");
  return NULL;
}

static void
show_report (SemioResultsPage *self)
{
  const char *why = find_reason (self->report);
  g_autoptr (SemioChart) forest = why == NULL ? semio_results_make_forest (self->report) : NULL;
  g_autoptr (SemioChart) heat = why == NULL ? semio_results_make_heat (self->report) : NULL;
  g_autofree char *sentence = g_strdup_printf (
      _ ("%s ★ best, only where each paired interval excludes zero. ▾ no better than the best constant answer. Against “%s”."),
      semio_metrics_policy_describe (self->report->policy), self->report->reference_name);
  g_autofree char *remarks = g_strjoinv ("\n", self->report->remarks);

  semio_results_grid_set_report (self->grid, self->report);
  semio_results_card_set_sentence (self->table_card, sentence);
  semio_results_card_set_missing (self->table_card, why);
  semio_results_card_set_chart (self->forest_card, forest, why);
  semio_results_card_set_chart (self->heat_card, heat, why);
  gtk_label_set_text (self->remarks, remarks);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), *remarks != '\0');
  gtk_stack_set_visible_child_name (self->stack, "results");
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioResultsPage) self = SEMIO_RESULTS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  SemioResultsReport *report = semio_results_compute_finish (SEMIO_RESULTS (source), result, &error);
  gboolean is_plain;

  /* Another choice was made meanwhile, or the study is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->study == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      semio_results_report_unref (report);
      return;
    }
  end_work (self);
  if (report == NULL)
    {
      if (g_error_matches (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND))
        show_empty (self, _ ("No Reference"), _ ("Answers are scored against a reference set. Import one from the menu."));
      else
        show_empty (self, _ ("No Results"), error->message);
      return;
    }
  semio_results_report_unref (self->report);
  self->report = report;
  is_plain = report->n_resamples == 0;
  show_report (self);
  if (is_plain && report->rows->len > 0)
    compute (self, SEMIO_RESULTS_RESAMPLES);
}

/* The numbers come first, the intervals and comparisons when they are drawn. */
static void
compute (SemioResultsPage *self, guint n_resamples)
{
  SemioResultsChoice choice;

  cancel_work (self);
  self->cancellable = g_cancellable_new ();
  self->spinner_id = g_timeout_add (SPINNER_AFTER_MS, spinner_cb, self);
  semio_results_chooser_get_choice (self->chooser, &choice);
  choice.n_resamples = n_resamples;
  choice.with_contrasts = n_resamples > 0;
  semio_results_compute_async (self->results, &choice, NULL, NULL, self->cancellable, computed_cb, g_object_ref (self));
  semio_results_chooser_clear_choice (&choice);
}

static void
show_ratings (SemioResultsPage *self)
{
  g_autoptr (SemioTextTable) agreement = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  SemioAgreementCounts counts = semio_agreement_count (self->ratings->agreement);

  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->faithful, semio_chart_unref);
  self->points = g_array_new (FALSE, FALSE, sizeof (SemioFaithfulPoint));
  for (guint i = 0; i < self->ratings->points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (self->ratings->points, SemioFaithfulPoint, i);

      if (semio_results_chooser_has_person (self->chooser, point->person))
        g_array_append_vals (self->points, point, 1);
    }
  g_array_set_size (self->faithful_features, 0);
  self->faithful =
      semio_results_make_faithfulness (self->points, semio_study_get_feature_set (self->study), self->faithful_features);
  semio_results_card_set_chart (self->faithful_card, self->faithful, _ ("Nobody who is chosen has scored an explanation yet."));
  agreement = semio_results_make_agreement (self->ratings);
  bytes = semio_text_table_write (agreement, SEMIO_TABLE_TSV);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  gtk_label_set_text (self->agreement, text);
  semio_results_card_set_sentence (self->agreement_card, semio_text_table_get_sentence (agreement));
  semio_results_card_set_missing (self->agreement_card,
                                  counts.n_paired > 0 ? NULL : _ ("Agreement needs two raters who scored the same explanation."));
}

static void
ratings_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioResultsPage) self = SEMIO_RESULTS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  SemioRatingsReport *ratings = semio_study_ratings_finish (SEMIO_STUDY (source), result, &error);

  if (ratings == NULL)
    {
      if (self->study != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        semio_results_card_set_chart (self->faithful_card, NULL, error->message);
      return;
    }
  if (self->study == NULL)
    {
      semio_ratings_report_free (ratings);
      return;
    }
  g_clear_pointer (&self->ratings, semio_ratings_report_free);
  self->ratings = ratings;
  show_ratings (self);
}

static void
read_ratings (SemioResultsPage *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  semio_study_ratings_async (self->study, self->reading, ratings_cb, g_object_ref (self));
}

static gboolean
needs_asking (SemioResultsPage *self)
{
  SemioPerson *person = semio_study_get_person (self->study);

  return person != NULL && !semio_study_is_read_only (self->study) && person->id != self->asked_person_id;
}

/* Computes what is on screen, or asks first. */
static void
refresh (SemioResultsPage *self)
{
  GPtrArray *runs;

  if (self->study == NULL || self->stack == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (needs_asking (self))
    {
      cancel_work (self);
      gtk_stack_set_visible_child_name (self->stack, "gate");
      /* It names the runs too. */
      gtk_widget_set_visible (GTK_WIDGET (self->chooser), FALSE);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), TRUE);
  runs = semio_study_get_runs (self->study);
  if (runs == NULL || runs->len == 0)
    {
      show_empty (self, _ ("No Runs"),
                  _ ("Results compare what models answered. Import predictions from the menu, or make a run."));
      return;
    }
  compute (self, 0);
  read_ratings (self);
}

static void
choice_cb (SemioResultsPage *self)
{
  refresh (self);
}

static void
revealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioResultsPage) self = SEMIO_RESULTS_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (semio_study_edit_finish (SEMIO_STUDY (source), result, &error))
    {
      refresh (self);
      return;
    }
  self->asked_person_id = 0;
  if (self->study != NULL)
    show_empty (self, _ ("Results Stay Hidden"), error->message);
}

/* Nothing is shown before it is written that it was. */
static void
gate_cb (SemioResultsPage *self)
{
  SemioPerson *person = self->study != NULL ? semio_study_get_person (self->study) : NULL;

  if (person == NULL)
    return;
  self->asked_person_id = person->id;
  semio_study_reveal_all_async (self->study, revealed_cb, g_object_ref (self));
}

static GtkWidget *
create_gate (SemioResultsPage *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Show Results"));

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Results Name the Runs"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("You rate without knowing which run is which and what the reference says. Results tell both, for every recording. Your "
         "ratings after this are marked as made with the names and the reference revealed, and are counted apart."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (gate_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static SemioResultsCard *
add_card (SemioResultsPage *self, GtkWidget *box, const char *heading, const char *tooltip, GCallback export)
{
  GtkWidget *card = semio_results_card_new (heading, tooltip);

  g_signal_connect_object (card, "export", export, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), card);
  return SEMIO_RESULTS_CARD (card);
}

static void
fill_cards (SemioResultsPage *self, GtkWidget *box)
{
  GtkWidget *grid = semio_results_grid_new ();
  GtkWidget *agreement = gtk_label_new (NULL);
  PangoTabArray *tabs = pango_tab_array_new_with_positions (2, TRUE, PANGO_TAB_LEFT, 260, PANGO_TAB_LEFT, 420);

  self->grid = SEMIO_RESULTS_GRID (grid);
  self->table_card =
      add_card (self, box, _ ("F1 per feature"), _ ("Save the table"), G_CALLBACK (semio_results_page_export_table));
  semio_results_card_set_content (self->table_card, grid);
  g_signal_connect_object (grid, "feature-activated", G_CALLBACK (semio_results_page_list_feature), self, G_CONNECT_SWAPPED);
  self->forest_card = add_card (self, box, _ ("F1 with intervals"), _ ("Save the figure of F1 with intervals"),
                                G_CALLBACK (semio_results_page_export_forest));
  g_signal_connect_object (self->forest_card, "mark-activated", G_CALLBACK (semio_results_page_list_mark), self,
                           G_CONNECT_SWAPPED);
  self->heat_card = add_card (self, box, _ ("Features and runs"), _ ("Save the figure of features and runs"),
                              G_CALLBACK (semio_results_page_export_heat));
  g_signal_connect_object (self->heat_card, "mark-activated", G_CALLBACK (semio_results_page_list_mark), self, G_CONNECT_SWAPPED);
  self->faithful_card = add_card (self, box, _ ("Faithfulness"), _ ("Save the figure of faithfulness"),
                                  G_CALLBACK (semio_results_page_export_faithfulness));
  g_signal_connect_object (self->faithful_card, "mark-activated", G_CALLBACK (semio_results_page_list_score), self,
                           G_CONNECT_SWAPPED);
  self->agreement_card = add_card (self, box, _ ("Agreement of raters"), _ ("Save the table of agreement"),
                                   G_CALLBACK (semio_results_page_export_agreement));
  self->agreement = GTK_LABEL (agreement);
  gtk_label_set_tabs (self->agreement, tabs);
  gtk_label_set_selectable (self->agreement, TRUE);
  gtk_label_set_xalign (self->agreement, 0);
  gtk_label_set_wrap (self->agreement, TRUE);
  semio_results_card_set_content (self->agreement_card, agreement);
  pango_tab_array_free (tabs);
}

static GtkWidget *
create_results (SemioResultsPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *remarks = gtk_label_new (NULL);

  gtk_widget_add_css_class (box, "results");
  fill_cards (self, box);
  self->remarks = GTK_LABEL (remarks);
  gtk_label_set_wrap (self->remarks, TRUE);
  gtk_label_set_xalign (self->remarks, 0);
  gtk_widget_add_css_class (remarks, "dim-label");
  gtk_box_append (GTK_BOX (box), remarks);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

static GtkWidget *
create_side (SemioResultsPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->chooser = SEMIO_RESULTS_CHOOSER (semio_results_chooser_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->chooser), TRUE);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->cancel = gtk_button_new_with_label (_ ("Stop"));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_add_css_class (line, "results-work");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (line), self->cancel);
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (cancel_work), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (side), line);
  return side;
}

/* The page costs nothing before it is looked at. */
static void
build (SemioResultsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *empty = adw_status_page_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  self->empty = ADW_STATUS_PAGE (empty);
  gtk_box_append (GTK_BOX (box), create_side (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_stack_add_named (self->stack, create_gate (self), "gate");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, create_results (self), "results");
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
semio_results_page_map (GtkWidget *widget)
{
  SemioResultsPage *self = SEMIO_RESULTS_PAGE (widget);

  if (self->stack == NULL && self->study != NULL)
    {
      build (self);
      semio_results_chooser_set_study (self->chooser, self->study);
      g_signal_connect_object (self->chooser, "changed", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
    }
  GTK_WIDGET_CLASS (semio_results_page_parent_class)->map (widget);
  refresh (self);
}

static void
semio_results_page_unmap (GtkWidget *widget)
{
  cancel_work (SEMIO_RESULTS_PAGE (widget));
  GTK_WIDGET_CLASS (semio_results_page_parent_class)->unmap (widget);
}

static void
let_go (SemioResultsPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reading);
  g_clear_object (&self->results);
  g_clear_pointer (&self->report, semio_results_report_unref);
  g_clear_pointer (&self->ratings, semio_ratings_report_free);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->faithful, semio_chart_unref);
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->study);
}

static void
semio_results_page_dispose (GObject *object)
{
  let_go (SEMIO_RESULTS_PAGE (object));
  G_OBJECT_CLASS (semio_results_page_parent_class)->dispose (object);
}

static void
semio_results_page_finalize (GObject *object)
{
  g_array_unref (SEMIO_RESULTS_PAGE (object)->faithful_features);
  G_OBJECT_CLASS (semio_results_page_parent_class)->finalize (object);
}

static void
semio_results_page_class_init (SemioResultsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_results_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_results_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = semio_results_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = semio_results_page_unmap;
}

static void
semio_results_page_init (SemioResultsPage *self)
{
  self->faithful_features = g_array_new (FALSE, FALSE, sizeof (guint));
}

GtkWidget *
semio_results_page_new (void)
{
  return g_object_new (SEMIO_TYPE_RESULTS_PAGE, NULL);
}

void
semio_results_page_set_study (SemioResultsPage *self, SemioStudy *study)
{
  g_return_if_fail (SEMIO_IS_RESULTS_PAGE (self));
  let_go (self);
  if (study == NULL)
    return;
  self->study = g_object_ref (study);
  self->results = semio_results_new (study);
  g_signal_connect_object (study, "notify::person", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-results-columns.h"
#include "semio-results-page-private.h"

/* Shorter work is not told. */
#define TELL_AFTER_MS 150

G_DEFINE_FINAL_TYPE (SemioResultsPage, semio_results_page, ADW_TYPE_BIN)

static void compute (SemioResultsPage *self, guint n_resamples);

static gboolean
is_working (SemioResultsPage *self)
{
  return self->cancellable != NULL || self->n_drawing > 0;
}

static void
end_work (SemioResultsPage *self)
{
  g_clear_object (&self->cancellable);
  if (is_working (self))
    return;
  g_clear_handle_id (&self->work_id, g_source_remove);
  gtk_widget_set_visible (self->work, FALSE);
}

static void
cancel_work (SemioResultsPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->work != NULL)
    end_work (self);
}

/* The intervals of curves and times stop too; what is shown stays. */
static void
stop_cb (SemioResultsPage *self)
{
  if (self->scoring != NULL)
    g_cancellable_cancel (self->scoring);
  self->n_drawing = 0;
  cancel_work (self);
}

/* One of curves and times is done, or was wanted no longer. FALSE when its report is of another choice, or was stopped. */
static gboolean
end_scoring (SemioResultsPage *self, GAsyncResult *result, SemioShare **share, gboolean has_intervals)
{
  if (self->study == NULL || g_task_get_cancellable (G_TASK (result)) != self->scoring
      || g_cancellable_is_cancelled (self->scoring))
    return FALSE;
  if (has_intervals && self->n_drawing > 0)
    self->n_drawing--;
  if (has_intervals && *share != NULL)
    semio_share_set (*share, 1);
  if (!is_working (self))
    end_work (self);
  return TRUE;
}

/* Of three that are drawn beside one another; what is not on its way is done, or has not been asked for. */
static double
get_share (SemioResultsPage *self)
{
  const double report = self->cancellable != NULL ? self->report_share : 1;
  const double curves = self->curves_share != NULL ? semio_share_get (self->curves_share) : 1;
  const double times = self->times_share != NULL ? semio_share_get (self->times_share) : 1;

  return (report + curves + times) / 3;
}

static gboolean
work_cb (gpointer user_data)
{
  SemioResultsPage *self = SEMIO_RESULTS_PAGE (user_data);
  const double fraction = get_share (self);
  g_autofree char *text = NULL;

  semio_time_left_update (&self->left, fraction);
  text = semio_time_left_to_text (&self->left);
  gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_progress_bar_set_show_text (self->progress, text != NULL);
  gtk_progress_bar_set_text (self->progress, text);
  gtk_widget_set_visible (self->work, TRUE);
  return G_SOURCE_CONTINUE;
}

static void
begin_work (SemioResultsPage *self)
{
  if (self->work_id != 0)
    return;
  semio_time_left_start (&self->left);
  self->work_id = g_timeout_add (TELL_AFTER_MS, work_cb, self);
}

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  SEMIO_RESULTS_PAGE (user_data)->report_share = CLAMP (fraction, 0, 1);
}

static void
show_empty (SemioResultsPage *self, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, escaped);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* The parts that follow from one source, made anew. */
static void
show_parts (SemioResultsPage *self, SemioResultsSource source)
{
  const SemioResultsView view = { self->report, self->ratings, semio_study_get_feature_set (self->study), self->curves,
                                  self->times };

  for (guint kind = 0; kind < SEMIO_RESULTS_N_PARTS; kind++)
    if (semio_results_part_get_source ((SemioResultsPartKind) kind) == source)
      semio_results_card_take_part (self->cards[kind], semio_results_part_new ((SemioResultsPartKind) kind, &view));
}

static void
show_headline (GtkLabel *line, GtkLabel *words, guint n, guint of, const char *what)
{
  GtkWidget *tile = gtk_widget_get_parent (GTK_WIDGET (line));
  g_autofree char *text = g_strdup_printf (_ ("%u of %u"), n, of);

  gtk_widget_set_visible (tile, of > 0);
  gtk_label_set_text (line, text);
  gtk_label_set_text (words, what);
}

static void
show_report (SemioResultsPage *self)
{
  g_autofree char *remarks = g_strjoinv ("\n", self->report->remarks);
  SemioResultsHeadlines headlines = semio_results_count_headlines (self->report);

  semio_results_grid_set_report (self->grid, self->report);
  show_parts (self, SEMIO_RESULTS_SOURCE_REPORT);
  show_headline (self->constant_line, self->constant_words, headlines.n_above_constant, headlines.n_features,
                 _ ("features: the best run is above the best constant answer"));
  show_headline (self->helped_line, self->helped_words, headlines.n_helped, headlines.n_pairs,
                 _ ("features: enhancement raises F1 for a model"));
  semio_results_chooser_show_coverage (self->chooser, self->report);
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
  self->report_share = 0;
  begin_work (self);
  semio_results_chooser_get_choice (self->chooser, &choice);
  choice.n_resamples = n_resamples;
  choice.with_contrasts = n_resamples > 0;
  semio_results_compute_async (self->results, &choice, progress_cb, self, self->cancellable, computed_cb, g_object_ref (self));
  semio_results_chooser_clear_choice (&choice);
}

/* Who agrees with whom is shown at once, how surely when it is drawn. */
static void
agreed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioResultsPage) self = SEMIO_RESULTS_PAGE (user_data);
  SemioRatingsReport *ratings = semio_ratings_report_draw_finish (result, NULL);
  SemioResultsView view = { .ratings = ratings };

  if (ratings == NULL || self->study == NULL || g_task_get_cancellable (G_TASK (result)) != self->agreeing)
    {
      semio_ratings_report_free (ratings);
      return;
    }
  g_clear_pointer (&self->ratings, semio_ratings_report_free);
  self->ratings = ratings;
  view.features = semio_study_get_feature_set (self->study);
  semio_results_card_take_part (self->cards[SEMIO_RESULTS_PART_AGREEMENT],
                                semio_results_part_new (SEMIO_RESULTS_PART_AGREEMENT, &view));
}

static void
draw_agreement (SemioResultsPage *self, const GArray *ids)
{
  if (self->agreeing != NULL)
    g_cancellable_cancel (self->agreeing);
  g_clear_object (&self->agreeing);
  self->agreeing = g_cancellable_new ();
  semio_ratings_report_draw_async (semio_ratings_report_choose (self->all_ratings, ids), self->agreeing, agreed_cb,
                                   g_object_ref (self));
}

static void
show_ratings (SemioResultsPage *self)
{
  g_autoptr (GArray) ids = semio_results_chooser_list_persons (self->chooser);

  if (self->all_ratings == NULL)
    return;
  draw_agreement (self, ids);
  g_clear_pointer (&self->ratings, semio_ratings_report_free);
  self->ratings = semio_ratings_report_choose (self->all_ratings, ids);
  show_parts (self, SEMIO_RESULTS_SOURCE_RATINGS);
  semio_results_chooser_show_rated (self->chooser, self->ratings);
}

static void score_curves (SemioResultsPage *self, guint n_resamples);
static void score_times (SemioResultsPage *self, guint n_resamples);

/* A page that went meanwhile, or another choice, wants nothing of it. */
static void
curves_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioResultsPage) self = SEMIO_RESULTS_PAGE (user_data);
  SemioCurvesReport *curves = semio_curves_compute_finish (SEMIO_STUDY (source), result, NULL);

  if (!end_scoring (self, result, &self->curves_share, curves == NULL || curves->n_resamples > 0))
    {
      semio_curves_report_unref (curves);
      return;
    }
  g_clear_pointer (&self->curves, semio_curves_report_unref);
  self->curves = curves;
  show_parts (self, SEMIO_RESULTS_SOURCE_CURVES);
  if (curves != NULL && curves->n_resamples == 0 && curves->curves->len > 0)
    score_curves (self, SEMIO_RESULTS_RESAMPLES);
}

static void
times_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioResultsPage) self = SEMIO_RESULTS_PAGE (user_data);
  SemioTimesReport *times = semio_times_compute_finish (SEMIO_STUDY (source), result, NULL);

  if (!end_scoring (self, result, &self->times_share, times == NULL || times->n_resamples > 0))
    {
      semio_times_report_unref (times);
      return;
    }
  g_clear_pointer (&self->times, semio_times_report_unref);
  self->times = times;
  show_parts (self, SEMIO_RESULTS_SOURCE_TIMES);
  if (times != NULL && times->n_resamples == 0)
    score_times (self, SEMIO_RESULTS_RESAMPLES);
}

/* What is chosen; the drawing of intervals is told. */
static void
begin_scoring (SemioResultsPage *self, guint n_resamples, SemioShare **share, SemioResultsChoice *choice)
{
  semio_results_chooser_get_choice (self->chooser, choice);
  choice->n_resamples = n_resamples;
  g_clear_pointer (share, semio_share_unref);
  if (n_resamples == 0)
    return;
  *share = semio_share_new ();
  self->n_drawing++;
  begin_work (self);
}

static void
score_curves (SemioResultsPage *self, guint n_resamples)
{
  SemioResultsChoice choice;

  begin_scoring (self, n_resamples, &self->curves_share, &choice);
  semio_curves_compute_async (self->study, &choice, self->curves_share, self->scoring, curves_cb, g_object_ref (self));
  semio_results_chooser_clear_choice (&choice);
}

static void
score_times (SemioResultsPage *self, guint n_resamples)
{
  SemioResultsChoice choice;

  begin_scoring (self, n_resamples, &self->times_share, &choice);
  semio_times_compute_async (self->study, &choice, self->times_share, self->scoring, times_cb, g_object_ref (self));
  semio_results_chooser_clear_choice (&choice);
}

/* Beside the numbers of answers: what scores and times come to. The numbers first, their intervals when they are drawn. */
static void
score (SemioResultsPage *self)
{
  if (self->scoring != NULL)
    g_cancellable_cancel (self->scoring);
  g_clear_object (&self->scoring);
  self->scoring = g_cancellable_new ();
  self->n_drawing = 0;
  score_curves (self, 0);
  score_times (self, 0);
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
        semio_results_card_set_missing (self->cards[SEMIO_RESULTS_PART_FAITHFULNESS], error->message);
      return;
    }
  if (self->study == NULL)
    {
      semio_ratings_report_free (ratings);
      return;
    }
  g_clear_pointer (&self->all_ratings, semio_ratings_report_free);
  self->all_ratings = ratings;
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
      stop_cb (self);
      gtk_stack_set_visible_child_name (self->stack, "gate");
      /* It names the runs too. */
      gtk_widget_set_visible (GTK_WIDGET (self->chooser), FALSE);
      gtk_widget_set_visible (self->saving, FALSE);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), TRUE);
  gtk_widget_set_visible (self->saving, TRUE);
  runs = semio_study_get_runs (self->study);
  if (runs == NULL || runs->len == 0)
    {
      show_empty (self, _ ("No Runs"),
                  _ ("Results compare what models answered. Import predictions from the menu, or make a run."));
      return;
    }
  compute (self, 0);
  read_ratings (self);
  score (self);
}

/* Who rated is another question than what was answered: only what follows from it is made anew. */
static void
persons_cb (SemioResultsPage *self)
{
  if (self->stack != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_ratings (self);
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

static void
mark_activated_cb (SemioResultsCard *card, guint mark, SemioResultsPage *self)
{
  semio_results_page_list_mark (self, mark, card);
}

static void
add_card (SemioResultsPage *self, GtkWidget *box, SemioResultsPartKind kind)
{
  GtkWidget *card = semio_results_card_new (kind);

  self->cards[kind] = SEMIO_RESULTS_CARD (card);
  g_signal_connect_object (card, "export", G_CALLBACK (semio_results_page_export), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "copy", G_CALLBACK (semio_results_page_copy), self, G_CONNECT_SWAPPED);
  g_signal_connect (card, "mark-activated", G_CALLBACK (mark_activated_cb), self);
  gtk_box_append (GTK_BOX (box), card);
}

static void
add_headline (GtkWidget *box, GtkLabel **line, GtkLabel **words)
{
  GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *number = gtk_label_new (NULL);
  GtkWidget *text = gtk_label_new (NULL);

  gtk_widget_add_css_class (tile, "card");
  gtk_widget_add_css_class (tile, "results-card");
  gtk_widget_set_hexpand (tile, TRUE);
  gtk_widget_add_css_class (number, "title-2");
  gtk_widget_add_css_class (text, "caption");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (number), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_selectable (GTK_LABEL (number), TRUE);
  gtk_box_append (GTK_BOX (tile), number);
  gtk_box_append (GTK_BOX (tile), text);
  gtk_box_append (GTK_BOX (box), tile);
  *line = GTK_LABEL (number);
  *words = GTK_LABEL (text);
}

/* On the left what is compared, on the right what is seen of it; below what wants the whole width. */
static void
fill_cards (SemioResultsPage *self, GtkWidget *left, GtkWidget *right, GtkWidget *below)
{
  static const SemioResultsPartKind lefts[] = { SEMIO_RESULTS_PART_TABLE, SEMIO_RESULTS_PART_HEAT, SEMIO_RESULTS_PART_CONFUSION,
                                                SEMIO_RESULTS_PART_FAITHFULNESS };
  static const SemioResultsPartKind rights[] = { SEMIO_RESULTS_PART_FOREST, SEMIO_RESULTS_PART_ENHANCEMENT,
                                                 SEMIO_RESULTS_PART_SCORES, SEMIO_RESULTS_PART_AGREEMENT_MATRIX };
  static const SemioResultsPartKind wides[] = {
    SEMIO_RESULTS_PART_CONTRASTS,   SEMIO_RESULTS_PART_FAITHFULNESS_TABLE, SEMIO_RESULTS_PART_AGREEMENT,
    SEMIO_RESULTS_PART_ROC,         SEMIO_RESULTS_PART_PRECISION_RECALL,   SEMIO_RESULTS_PART_AREAS_TABLE,
    SEMIO_RESULTS_PART_ONSET,       SEMIO_RESULTS_PART_ONSET_TABLE,        SEMIO_RESULTS_PART_OVERLAP_TABLE,
    SEMIO_RESULTS_PART_ORDER_TABLE, SEMIO_RESULTS_PART_SIDES_TABLE,        SEMIO_RESULTS_PART_EVENT_TYPES_TABLE
  };
  GtkWidget *headlines = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *grid = semio_results_grid_new ();

  self->grid = SEMIO_RESULTS_GRID (grid);
  for (guint i = 0; i < G_N_ELEMENTS (lefts); i++)
    add_card (self, left, lefts[i]);
  gtk_box_set_homogeneous (GTK_BOX (headlines), TRUE);
  add_headline (headlines, &self->constant_line, &self->constant_words);
  add_headline (headlines, &self->helped_line, &self->helped_words);
  gtk_box_append (GTK_BOX (right), headlines);
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    add_card (self, right, rights[i]);
  for (guint i = 0; i < G_N_ELEMENTS (wides); i++)
    add_card (self, below, wides[i]);
  semio_results_card_set_content (self->cards[SEMIO_RESULTS_PART_TABLE], grid);
  g_signal_connect_object (grid, "feature-activated", G_CALLBACK (semio_results_page_list_feature), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "cell-activated", G_CALLBACK (semio_results_page_list_cell), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
create_results (SemioResultsPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *remarks = gtk_label_new (NULL);

  gtk_widget_set_layout_manager (columns, g_object_new (SEMIO_TYPE_RESULTS_COLUMNS, NULL));
  gtk_widget_add_css_class (box, "results");
  fill_cards (self, left, right, below);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), right);
  self->remarks = GTK_LABEL (remarks);
  gtk_label_set_wrap (self->remarks, TRUE);
  gtk_label_set_xalign (self->remarks, 0);
  gtk_label_set_selectable (self->remarks, TRUE);
  gtk_widget_add_css_class (remarks, "dim-label");
  gtk_box_append (GTK_BOX (box), columns);
  gtk_box_append (GTK_BOX (box), below);
  gtk_box_append (GTK_BOX (box), remarks);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  /* Tables that scroll by themselves could else be as low as a line. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled))),
                                     GTK_SCROLL_NATURAL);
  return scrolled;
}

static GtkWidget *
create_side (SemioResultsPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("S_top"));

  self->chooser = SEMIO_RESULTS_CHOOSER (semio_results_chooser_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->chooser), TRUE);
  gtk_widget_set_hexpand (side, FALSE);
  self->work = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Drawing intervals"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->work, FALSE);
  gtk_widget_add_css_class (self->work, "results-work");
  gtk_box_append (GTK_BOX (self->work), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (self->work), cancel);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (side), self->work);
  gtk_box_append (GTK_BOX (side), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->saving = semio_results_page_create_saving (self);
  gtk_box_append (GTK_BOX (side), self->saving);
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
      g_signal_connect_object (self->chooser, "persons-changed", G_CALLBACK (persons_cb), self, G_CONNECT_SWAPPED);
    }
  GTK_WIDGET_CLASS (semio_results_page_parent_class)->map (widget);
  refresh (self);
}

static void
semio_results_page_unmap (GtkWidget *widget)
{
  stop_cb (SEMIO_RESULTS_PAGE (widget));
  GTK_WIDGET_CLASS (semio_results_page_parent_class)->unmap (widget);
}

static void
let_go (SemioResultsPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->work_id, g_source_remove);
  self->n_drawing = 0;
  if (self->scoring != NULL)
    g_cancellable_cancel (self->scoring);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reading);
  g_clear_object (&self->scoring);
  if (self->agreeing != NULL)
    g_cancellable_cancel (self->agreeing);
  g_clear_object (&self->agreeing);
  g_clear_pointer (&self->curves_share, semio_share_unref);
  g_clear_pointer (&self->times_share, semio_share_unref);
  g_clear_pointer (&self->curves, semio_curves_report_unref);
  g_clear_pointer (&self->times, semio_times_report_unref);
  g_clear_object (&self->results);
  g_clear_pointer (&self->report, semio_results_report_unref);
  g_clear_pointer (&self->ratings, semio_ratings_report_free);
  g_clear_pointer (&self->all_ratings, semio_ratings_report_free);
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
semio_results_page_class_init (SemioResultsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_results_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = semio_results_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = semio_results_page_unmap;
}

static void
semio_results_page_init (SemioResultsPage *self)
{
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

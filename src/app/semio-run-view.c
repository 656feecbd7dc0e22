/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-view.h"

#include <glib/gi18n-lib.h>

#include "semio-run-facts.h"
#include "semio-run-grid.h"
#include "semio-run-log.h"
#include "semio-run-words.h"

/* A run at work changes with every answer; people read slower than that. */
#define UPDATE_MS 200

struct _SemioRunView {
  AdwBin parent_instance;

  GtkLabel *title, *state_label, *waiting;
  GtkImage *state_icon;
  GtkWidget *waiting_strip;
  GtkWidget *back_button;
  GtkWidget *pause_button, *stop_button, *go_on_button, *retry_button, *menu_button;
  GtkWidget *bar;
  SemioRunFacts *facts;
  SemioRunGrid *grid;
  GtkLabel *cell_label;
  SemioRunLog *log;
  GtkWidget *settings_place;
  GtkScrolledWindow *scroller;

  SemioStudy *study;
  SemioRun *run;
  SemioRunConfig *config; /* (nullable) */
  SemioPredict *predict; /* (nullable) */
  GPtrArray *events; /* (nullable): the page's */
  SemioRunCoverage *coverage; /* (nullable): while it is read */
  SemioRunSums sums;
  SemioPredictProgress counted; /* what sums hold already of the run at work */
  GCancellable *loading;
  guint update_id;
  gboolean grid_changed;
};

G_DEFINE_FINAL_TYPE (SemioRunView, semio_run_view, ADW_TYPE_BIN)

static const char *const signal_names[] = { "pause", "stop", "go-on", "retry", "duplicate", "export", "archive", "back" };

enum { SIGNAL_OPEN, N_SIGNALS };

static guint signals[N_SIGNALS];

/* ---- What is shown ---- */

static guint
count_open (SemioRunView *self)
{
  return self->coverage != NULL ? self->coverage->n_open : 0;
}

static void
update_buttons (SemioRunView *self)
{
  gboolean at_work = self->predict != NULL;
  gboolean paused = at_work && semio_predict_get_state (self->predict) == SEMIO_PREDICT_PAUSED;
  gboolean can_ask = !at_work && semio_run_is_asked (self->run) && !self->run->archived && self->coverage != NULL
                     && !semio_study_is_read_only (self->study);
  guint n_failed = self->coverage != NULL ? self->coverage->n_unusable : 0;
  g_autofree char *retry = g_strdup_printf (_ ("_Retry %u Failed"), n_failed);

  gtk_widget_set_visible (self->pause_button, at_work);
  gtk_button_set_label (GTK_BUTTON (self->pause_button), paused ? _ ("_Resume") : _ ("_Pause"));
  gtk_widget_set_visible (self->stop_button, at_work);
  gtk_widget_set_visible (self->go_on_button, can_ask && count_open (self) > 0);
  gtk_widget_set_visible (self->retry_button, can_ask && n_failed > 0);
  gtk_button_set_label (GTK_BUTTON (self->retry_button), retry);
  gtk_widget_set_visible (self->menu_button, semio_run_is_asked (self->run));
}

static void
update_menu (SemioRunView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Duplicate with Changes…"), "run.duplicate");
  g_menu_append (menu, _ ("_Export Settings…"), "run.export");
  if (self->predict == NULL)
    g_menu_append (menu, self->run->archived ? _ ("Take Out of the _Archive") : _ ("_Archive"), "run.archive");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
}

static void
update_state (SemioRunView *self)
{
  guint n_planned = self->coverage != NULL ? self->coverage->n_planned : 0;
  SemioRunState state = semio_run_state_read (self->run, self->predict, n_planned, n_planned - count_open (self));
  const char *why = self->predict != NULL ? semio_predict_get_waiting (self->predict) : self->run->notice;
  g_autofree char *left = semio_run_words_left (self->predict);
  g_autofree char *words = semio_run_words_join ((const char *const[]){ semio_run_state_get_label (state), left }, 2);
  gboolean tells = state == SEMIO_RUN_STATE_WAITING || state == SEMIO_RUN_STATE_CHECK_FAILED;

  gtk_label_set_text (self->state_label, words);
  gtk_image_set_from_icon_name (self->state_icon, semio_run_state_get_icon (state));
  gtk_label_set_text (self->waiting, why != NULL ? why : "");
  gtk_widget_set_visible (self->waiting_strip, tells && why != NULL);
  gtk_widget_set_visible (self->bar, n_planned > 0 && (self->predict != NULL || count_open (self) > 0));
  if (n_planned > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 1.0 - (double) count_open (self) / n_planned);
}

static void
update (SemioRunView *self)
{
  update_state (self);
  update_buttons (self);
  semio_run_facts_show (self->facts, self->run, self->coverage, &self->sums, self->predict, &self->counted);
  if (self->grid_changed)
    semio_run_grid_update (self->grid);
  self->grid_changed = FALSE;
}

static gboolean
update_cb (gpointer data)
{
  SemioRunView *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
update_soon (SemioRunView *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (UPDATE_MS, update_cb, self);
}

/* A change of state is answered at once: somebody has just pressed a button. */
static void
changed_cb (SemioRunView *self)
{
  SemioRunState state = semio_run_state_read (self->run, self->predict, 0, 0);

  if (!g_str_has_prefix (gtk_label_get_text (self->state_label), semio_run_state_get_label (state)))
    update (self);
  else
    update_soon (self);
}

static void
kept_cb (SemioRunView *self, const SemioRunCell *cell)
{
  if (self->coverage == NULL)
    return;
  semio_run_coverage_add (self->coverage, cell);
  self->grid_changed = TRUE;
  update_soon (self);
}

/* ---- What stands in the study ---- */

static void
show_problem (SemioRunView *self, const SemioRunProblem *problem)
{
  g_autofree char *name = semio_run_detail_name_key (self->study, &problem->key);
  g_autofree char *text = g_strdup_printf ("%s: %s", name, problem->text);
  SemioRunEvent event = { problem->utc_us,
                          problem->state == SEMIO_REPLY_REPAIRED ? SEMIO_RUN_EVENT_REPAIRED : SEMIO_RUN_EVENT_FAILED, text };

  semio_run_log_add (self->log, &event);
}

/* What this window saw of the run goes before what stands of the same time. */
static void
show_log (SemioRunView *self, const SemioRunDetail *detail)
{
  gint64 since_us = G_MAXINT64;

  semio_run_log_clear (self->log);
  if (self->events != NULL && self->events->len > 0)
    since_us = ((SemioRunEvent *) self->events->pdata[0])->utc_us;
  for (guint i = detail->problems->len; i > 0; i--)
    {
      const SemioRunProblem *problem = detail->problems->pdata[i - 1];

      if (problem->utc_us < since_us)
        show_problem (self, problem);
    }
  for (guint i = 0; self->events != NULL && i < self->events->len; i++)
    semio_run_log_add (self->log, self->events->pdata[i]);
}

static void
show_coverage (SemioRunView *self, GArray *cells)
{
  GListModel *cases = semio_study_get_cases (self->study);
  g_autoptr (GPtrArray) recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

      g_ptr_array_add (recordings, semio_recording_ref ((SemioRecording *) semio_case_get_recording (item)));
      g_strv_builder_add (titles, semio_case_get_title (item));
    }
  names = g_strv_builder_end (titles);
  semio_run_grid_show (self->grid, NULL, NULL, NULL);
  g_clear_pointer (&self->coverage, semio_run_coverage_free);
  self->coverage = semio_run_coverage_new (self->config, semio_study_get_feature_set (self->study), recordings, cells);
  semio_run_grid_show (self->grid, self->coverage, semio_study_get_feature_set (self->study), (const char *const *) names);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioRunView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRunDetail) detail = semio_run_detail_load_finish (SEMIO_STUDY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->run == NULL)
    return;
  if (detail == NULL)
    {
      SemioRunEvent event = { 0, SEMIO_RUN_EVENT_STOPPED, error->message };

      semio_run_log_clear (self->log);
      semio_run_log_add (self->log, &event);
      return;
    }
  if (detail->run_id != self->run->id)
    return;
  self->sums = detail->sums;
  if (self->predict != NULL)
    self->counted = semio_predict_get_progress (self->predict);
  show_coverage (self, detail->cells);
  show_log (self, detail);
  update (self);
}

static void
load (SemioRunView *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  semio_run_detail_load_async (self->study, self->run->id, self->loading, loaded_cb, g_object_ref (self));
}

/* ---- From outside ---- */

static void
drop (SemioRunView *self)
{
  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->predict != NULL)
    g_signal_handlers_disconnect_by_data (self->predict, self);
  g_clear_object (&self->predict);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->config, semio_run_config_free);
}

static void
forget_run (SemioRunView *self)
{
  semio_run_grid_show (self->grid, NULL, NULL, NULL);
  g_clear_pointer (&self->coverage, semio_run_coverage_free);
  semio_run_log_clear (self->log);
  self->sums = (SemioRunSums){ .prompt_tokens = -1, .completion_tokens = -1 };
  self->counted = (SemioPredictProgress){ .prompt_tokens = -1, .completion_tokens = -1, .cached_tokens = -1 };
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
semio_run_view_show (SemioRunView *self, SemioStudy *study, SemioRun *run, const SemioRunConfig *config, SemioPredict *predict,
                     GPtrArray *events)
{
  gboolean is_other = self->run == NULL || self->run->id != run->id || self->study != study;

  drop (self);
  g_set_object (&self->study, study);
  semio_run_ref (run);
  g_clear_pointer (&self->run, semio_run_unref);
  self->run = run;
  self->config = config != NULL ? semio_run_config_copy (config) : NULL;
  self->events = events != NULL ? g_ptr_array_ref (events) : NULL;
  self->predict = predict != NULL ? g_object_ref (predict) : NULL;
  if (predict != NULL)
    {
      g_signal_connect_swapped (predict, "changed", G_CALLBACK (changed_cb), self);
      g_signal_connect_swapped (predict, "kept", G_CALLBACK (kept_cb), self);
    }
  if (is_other)
    forget_run (self);
  gtk_label_set_text (self->title, run->name != NULL ? run->name : _ ("Nameless"));
  adw_bin_set_child (ADW_BIN (self->settings_place), semio_run_facts_create_settings (run, config));
  update_menu (self);
  update (self);
  load (self);
}

SemioRun *
semio_run_view_get_run (SemioRunView *self)
{
  return self->run;
}

void
semio_run_view_add_event (SemioRunView *self, const SemioRunEvent *event)
{
  semio_run_log_add (self->log, event);
}

/* ---- The widget ---- */

static void
clicked_cb (GtkWidget *button, SemioRunView *self)
{
  g_signal_emit_by_name (self, g_object_get_data (G_OBJECT (button), "signal"));
}

static void
action_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  g_signal_emit_by_name (self, g_action_get_name (G_ACTION (action)));
}

static GtkWidget *
add_button (SemioRunView *self, GtkWidget *box, const char *label, const char *signal)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data (G_OBJECT (button), "signal", (gpointer) signal);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
build_head (SemioRunView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-2");
  self->state_icon = GTK_IMAGE (gtk_image_new ());
  self->state_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (state), GTK_WIDGET (self->state_icon));
  gtk_box_append (GTK_BOX (state), GTK_WIDGET (self->state_label));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (words), state);
  gtk_widget_set_hexpand (words, TRUE);
  self->back_button = add_button (self, head, _ ("_Runs"), "back");
  gtk_button_set_icon_name (GTK_BUTTON (self->back_button), "go-previous-symbolic");
  gtk_widget_add_css_class (self->back_button, "flat");
  gtk_widget_set_tooltip_text (self->back_button, _ ("Back to the runs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back to the runs"), -1);
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_box_append (GTK_BOX (head), words);
  self->retry_button = add_button (self, head, "", "retry");
  self->go_on_button = add_button (self, head, _ ("_Continue"), "go-on");
  gtk_widget_add_css_class (self->go_on_button, "suggested-action");
  self->pause_button = add_button (self, head, _ ("_Pause"), "pause");
  self->stop_button = add_button (self, head, _ ("_Stop"), "stop");
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_widget_set_valign (self->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->menu_button, _ ("More about this run"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More about this run"),
                                  -1);
  gtk_box_append (GTK_BOX (head), self->menu_button);
  return head;
}

static GtkWidget *
build_waiting (SemioRunView *self)
{
  self->waiting = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->waiting, TRUE);
  gtk_label_set_xalign (self->waiting, 0);
  self->waiting_strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->waiting_strip, "run-waiting");
  gtk_box_append (GTK_BOX (self->waiting_strip), GTK_WIDGET (self->waiting));
  return self->waiting_strip;
}

static void
chosen_cb (SemioRunView *self, const char *sentence)
{
  gtk_label_set_text (self->cell_label, sentence);
}

static void
open_cb (SemioRunView *self, gint64 recording_id)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, recording_id);
}

static GtkWidget *
build_grid (SemioRunView *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  self->grid = SEMIO_RUN_GRID (semio_run_grid_new ());
  g_signal_connect_swapped (self->grid, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->grid, "open", G_CALLBACK (open_cb), self);
  self->cell_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->cell_label, 0);
  gtk_label_set_wrap (self->cell_label, TRUE);
  /* The grid itself says where the focus is: the viewport would scroll to its middle. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->grid));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), viewport);
  /* Up and down the page scrolls it. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "results-card");
  gtk_box_append (GTK_BOX (card), semio_run_grid_create_legend ());
  gtk_box_append (GTK_BOX (card), scroller);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->cell_label));
  return card;
}

static void
append_titled (GtkWidget *box, const char *title, GtkWidget *child)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), child);
}

static void
semio_run_view_dispose (GObject *object)
{
  SemioRunView *self = SEMIO_RUN_VIEW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  drop (self);
  if (self->coverage != NULL)
    semio_run_grid_show (self->grid, NULL, NULL, NULL);
  g_clear_pointer (&self->coverage, semio_run_coverage_free);
  g_clear_pointer (&self->run, semio_run_unref);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_run_view_parent_class)->dispose (object);
}

static void
semio_run_view_class_init (SemioRunViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_run_view_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (signal_names); i++)
    g_signal_new (signal_names[i], SEMIO_TYPE_RUN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPEN] =
      g_signal_new ("open", SEMIO_TYPE_RUN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
add_actions (SemioRunView *self)
{
  static const GActionEntry entries[] = { { .name = "duplicate", .activate = action_cb },
                                          { .name = "export", .activate = action_cb },
                                          { .name = "archive", .activate = action_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "run", G_ACTION_GROUP (group));
}

static void
semio_run_view_init (SemioRunView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  add_actions (self);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), build_waiting (self));
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far the run is"), -1);
  gtk_box_append (GTK_BOX (box), self->bar);
  self->facts = SEMIO_RUN_FACTS (semio_run_facts_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  append_titled (box, _ ("Answers by Recording and Feature"), build_grid (self));
  self->log = SEMIO_RUN_LOG (semio_run_log_new ());
  append_titled (box, _ ("What Happened"), GTK_WIDGET (self->log));
  self->settings_place = adw_bin_new ();
  append_titled (box, _ ("Settings"), self->settings_place);
  gtk_widget_add_css_class (box, "run-view");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 800);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_child (self->scroller, clamp);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));
}

void
semio_run_view_set_alone (SemioRunView *self, gboolean alone)
{
  gtk_widget_set_visible (self->back_button, alone);
}

GtkWidget *
semio_run_view_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_VIEW, NULL);
}

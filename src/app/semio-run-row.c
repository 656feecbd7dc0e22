/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-row.h"

#include <glib/gi18n-lib.h>

#include "semio-progress.h"
#include "semio-run-config.h"

/* Problems that stand in the row; the rest stands in the study. */
#define MAX_PROBLEMS 50

struct _SemioRunRow {
  AdwExpanderRow parent_instance;

  SemioRun *run;
  SemioPredict *predict; /* (nullable) */
  SemioRunSums sums;
  gboolean has_sums;

  GtkWidget *bar;
  GtkWidget *pause_button, *stop_button, *go_on_button;
  GtkWidget *retry_button, *duplicate_button, *archive_button;
  GtkWidget *facts;
  GtkWidget *problems; /* a label in a scrolled box */
  GtkWidget *problem_box;
  GString *problem_text;
  guint n_problems;
};

G_DEFINE_FINAL_TYPE (SemioRunRow, semio_run_row, ADW_TYPE_EXPANDER_ROW)

static const char *const signal_names[] = { "pause", "stop", "go-on", "retry", "duplicate", "archive" };

static gboolean
is_asked (const SemioRunRow *self)
{
  return g_strcmp0 (self->run->origin, "model") == 0;
}

static const char *
get_state_label (SemioPredictState state)
{
  switch (state)
    {
    case SEMIO_PREDICT_CHECKING:
      return _ ("Trying the server out");
    case SEMIO_PREDICT_RUNNING:
      return _ ("Running");
    case SEMIO_PREDICT_PAUSED:
      return _ ("Paused");
    case SEMIO_PREDICT_WAITING:
      return _ ("Waiting");
    case SEMIO_PREDICT_DONE:
      return _ ("Done");
    case SEMIO_PREDICT_STOPPED:
      return _ ("Stopped");
    case SEMIO_PREDICT_IDLE:
    default:
      return _ ("Preparing");
    }
}

static void
append_part (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
describe_work (SemioRunRow *self)
{
  SemioPredictProgress progress = semio_predict_get_progress (self->predict);
  SemioPredictState state = semio_predict_get_state (self->predict);
  const char *waiting = semio_predict_get_waiting (self->predict);
  GString *text = g_string_new (NULL);
  g_autofree char *count =
      g_strdup_printf (_ ("%u of %u questions"), progress.n_questions - progress.n_open, progress.n_questions);
  g_autofree char *failed = NULL;
  g_autofree char *left = NULL;

  append_part (text, get_state_label (state));
  if (progress.n_questions > 0)
    append_part (text, count);
  if (progress.n_failed > 0)
    failed = g_strdup_printf (_ ("%u without a usable answer"), progress.n_failed);
  append_part (text, failed);
  if (state == SEMIO_PREDICT_RUNNING && progress.seconds_left >= 0)
    left = progress.seconds_left < 90 ? g_strdup_printf (_ ("about %d s left"), (int) progress.seconds_left + 1)
                                      : g_strdup_printf (_ ("about %d min left"), (int) (progress.seconds_left / 60) + 1);
  append_part (text, left);
  if (state == SEMIO_PREDICT_WAITING)
    append_part (text, waiting);
  return g_string_free (text, FALSE);
}

static char *
describe_rest (SemioRunRow *self)
{
  GString *text = g_string_new (NULL);
  g_autofree char *count = NULL;
  g_autofree char *failed = NULL;

  append_part (text, is_asked (self) ? (self->run->archived ? _ ("Put away") : NULL) : _ ("Imported"));
  append_part (text, self->run->model);
  if (self->run->enhancement != NULL && g_strcmp0 (self->run->enhancement, "none") != 0)
    append_part (text, self->run->enhancement);
  if (self->has_sums && is_asked (self))
    {
      count = g_strdup_printf (ngettext ("%u question was asked", "%u questions were asked", self->sums.n_questions),
                               self->sums.n_questions);
      append_part (text, count);
      if (self->sums.n_unusable > 0)
        failed = g_strdup_printf (_ ("%u without a usable answer"), self->sums.n_unusable);
      append_part (text, failed);
    }
  append_part (text, self->run->notice);
  return g_string_free (text, FALSE);
}

static char *
describe_tokens (const SemioRunSums *sums)
{
  if (sums->prompt_tokens < 0)
    return g_strdup (_ ("The server told no numbers of tokens."));
  if (sums->cached_of_tokens <= 0)
    return g_strdup_printf (
        _ ("%" G_GINT64_FORMAT " tokens read, %" G_GINT64_FORMAT " written. How many came from the server's cache is unknown."),
        sums->prompt_tokens, MAX (sums->completion_tokens, 0));
  return g_strdup_printf (
      _ ("%" G_GINT64_FORMAT " tokens read, %d %% of them from the server's cache, %" G_GINT64_FORMAT " written."),
      sums->prompt_tokens, (int) (100 * sums->cached_tokens / sums->cached_of_tokens), MAX (sums->completion_tokens, 0));
}

static char *
describe_settings (const SemioRun *run)
{
  g_autoptr (SemioRunConfig) config = run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;

  if (config == NULL)
    return g_strdup (_ ("What the model was shown is not known: the answers were imported from a file."));
  return g_strdup_printf (_ ("Prompts %s, version %u. %u pictures in %u s, segments of %d s each %d s, at most %u pictures."),
                          semio_prompt_set_get_name (config->prompts), semio_prompt_set_get_version (config->prompts),
                          config->rate_num, config->rate_den, (int) (config->segment_ns / SEMIO_NS_PER_SECOND),
                          (int) (config->step_ns / SEMIO_NS_PER_SECOND), config->max_frames);
}

static void
update (SemioRunRow *self)
{
  gboolean at_work = self->predict != NULL;
  gboolean paused = at_work && semio_predict_get_state (self->predict) == SEMIO_PREDICT_PAUSED;
  g_autofree char *subtitle = at_work ? describe_work (self) : describe_rest (self);
  g_autofree char *settings = describe_settings (self->run);
  g_autofree char *tokens = self->has_sums && is_asked (self) ? describe_tokens (&self->sums) : NULL;
  g_autofree char *facts = tokens ? g_strdup_printf ("%s\n%s", settings, tokens) : g_strdup (settings);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_label_set_text (GTK_LABEL (self->facts), facts);
  gtk_widget_set_visible (self->bar, at_work);
  gtk_widget_set_visible (self->pause_button, at_work);
  gtk_widget_set_visible (self->stop_button, at_work);
  gtk_button_set_label (GTK_BUTTON (self->pause_button), paused ? _ ("_Continue") : _ ("_Pause"));
  gtk_widget_set_visible (self->go_on_button, !at_work && is_asked (self) && !self->run->archived);
  gtk_widget_set_visible (self->retry_button, !at_work && is_asked (self) && self->sums.n_unusable > 0);
  gtk_widget_set_visible (self->duplicate_button, is_asked (self));
  gtk_widget_set_visible (self->archive_button, !at_work && is_asked (self));
  gtk_button_set_label (GTK_BUTTON (self->archive_button), self->run->archived ? _ ("Take _Out Again") : _ ("Put _Away"));
  if (at_work)
    {
      SemioPredictProgress progress = semio_predict_get_progress (self->predict);

      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                     progress.n_questions > 0 ? 1.0 - (double) progress.n_open / progress.n_questions : 0);
    }
}

static void
clicked_cb (GtkWidget *button, SemioRunRow *self)
{
  g_signal_emit_by_name (self, g_object_get_data (G_OBJECT (button), "signal"));
}

static GtkWidget *
add_button (SemioRunRow *self, GtkWidget *box, const char *label, const char *signal)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "signal", (gpointer) signal);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
build_problems (SemioRunRow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->problems = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problems), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problems), 0);
  gtk_label_set_selectable (GTK_LABEL (self->problems), TRUE);
  gtk_widget_set_valign (self->problems, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->problems);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 160);
  gtk_widget_set_margin_start (scroller, 12);
  gtk_widget_set_margin_end (scroller, 12);
  gtk_widget_set_margin_bottom (scroller, 12);
  gtk_widget_set_visible (scroller, FALSE);
  self->problem_box = scroller;
}

static void
semio_run_row_init (SemioRunRow *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *actions = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->problem_text = g_string_new (NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->bar = gtk_progress_bar_new ();
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->bar, 120, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far the run is"), -1);
  gtk_box_append (GTK_BOX (buttons), self->bar);
  self->pause_button = add_button (self, buttons, _ ("_Pause"), "pause");
  self->stop_button = add_button (self, buttons, _ ("_Stop"), "stop");
  self->go_on_button = add_button (self, buttons, _ ("_Continue"), "go-on");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), buttons);
  self->facts = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->facts), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->facts), 0);
  gtk_widget_add_css_class (self->facts, "dim-label");
  gtk_widget_set_margin_top (self->facts, 12);
  gtk_widget_set_margin_start (self->facts, 12);
  gtk_widget_set_margin_end (self->facts, 12);
  gtk_box_append (GTK_BOX (inside), self->facts);
  gtk_widget_set_margin_top (actions, 12);
  gtk_widget_set_margin_bottom (actions, 12);
  gtk_widget_set_margin_start (actions, 12);
  self->retry_button = add_button (self, actions, _ ("_Retry Failed"), "retry");
  self->duplicate_button = add_button (self, actions, _ ("_Duplicate with Changes…"), "duplicate");
  self->archive_button = add_button (self, actions, _ ("Put _Away"), "archive");
  gtk_box_append (GTK_BOX (inside), actions);
  build_problems (self);
  gtk_box_append (GTK_BOX (inside), self->problem_box);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), inside);
}

static void
semio_run_row_dispose (GObject *object)
{
  SemioRunRow *self = SEMIO_RUN_ROW (object);

  semio_run_row_set_predict (self, NULL);
  g_clear_pointer (&self->run, semio_run_unref);
  G_OBJECT_CLASS (semio_run_row_parent_class)->dispose (object);
}

static void
semio_run_row_finalize (GObject *object)
{
  g_string_free (SEMIO_RUN_ROW (object)->problem_text, TRUE);
  G_OBJECT_CLASS (semio_run_row_parent_class)->finalize (object);
}

static void
semio_run_row_class_init (SemioRunRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_run_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_run_row_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (signal_names); i++)
    g_signal_new (signal_names[i], SEMIO_TYPE_RUN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

SemioRunRow *
semio_run_row_new (SemioRun *run)
{
  SemioRunRow *self = g_object_new (SEMIO_TYPE_RUN_ROW, NULL);

  self->run = semio_run_ref (run);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), run->name ? run->name : _ ("Nameless"));
  update (self);
  return self;
}

SemioRun *
semio_run_row_get_run (SemioRunRow *self)
{
  return self->run;
}

void
semio_run_row_set_sums (SemioRunRow *self, const SemioRunSums *sums)
{
  self->sums = *sums;
  self->has_sums = TRUE;
  update (self);
}

void
semio_run_row_set_predict (SemioRunRow *self, SemioPredict *predict)
{
  if (self->predict != NULL)
    g_signal_handlers_disconnect_by_data (self->predict, self);
  g_set_object (&self->predict, predict);
  if (predict != NULL)
    {
      g_signal_connect_swapped (predict, "changed", G_CALLBACK (update), self);
      g_signal_connect_swapped (predict, "problem", G_CALLBACK (semio_run_row_add_problem), self);
    }
  if (self->run != NULL)
    update (self);
}

SemioPredict *
semio_run_row_get_predict (SemioRunRow *self)
{
  return self->predict;
}

void
semio_run_row_add_problem (SemioRunRow *self, const char *problem)
{
  if (++self->n_problems > MAX_PROBLEMS)
    return;
  g_string_append_printf (self->problem_text, "%s%s", self->problem_text->len > 0 ? "\n" : "", problem);
  gtk_label_set_text (GTK_LABEL (self->problems), self->problem_text->str);
  gtk_widget_set_visible (self->problem_box, TRUE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-row.h"

#include <glib/gi18n-lib.h>

#include "semio-run-config.h"
#include "semio-run-words.h"

/* A run at work changes with every answer; people read slower than that. */
#define UPDATE_MS 250

struct _SemioRunRow {
  GtkListBoxRow parent_instance;

  SemioRun *run;
  char *prompts; /* (nullable): their name */
  SemioPredict *predict; /* (nullable) */
  SemioRunSums sums;
  guint n_planned;
  gboolean has_sums;
  guint update_id;

  GtkLabel *name, *state, *what, *facts;
  GtkImage *icon;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (SemioRunRow, semio_run_row, GTK_TYPE_LIST_BOX_ROW)

static guint
count_asked (SemioRunRow *self)
{
  SemioPredictProgress progress;

  if (self->predict == NULL)
    return self->has_sums ? self->sums.n_questions : 0;
  progress = semio_predict_get_progress (self->predict);
  return progress.n_questions - progress.n_open;
}

static guint
count_planned (SemioRunRow *self)
{
  guint n_planned = self->predict != NULL ? semio_predict_get_progress (self->predict).n_questions : self->n_planned;

  return MAX (n_planned, count_asked (self));
}

static char *
describe_what (SemioRunRow *self)
{
  const char *enhancement = self->run->enhancement;
  const char *const parts[] = { self->run->model, self->prompts,
                                g_strcmp0 (enhancement, SEMIO_ENHANCEMENT_NONE) != 0 && enhancement != NULL
                                    ? semio_run_words_enhancement (enhancement)
                                    : NULL };

  return semio_run_words_join (parts, G_N_ELEMENTS (parts));
}

static char *
describe_facts (SemioRunRow *self)
{
  SemioPredictProgress progress =
      self->predict != NULL ? semio_predict_get_progress (self->predict) : (SemioPredictProgress){ 0 };
  guint n_failed = self->predict != NULL ? progress.n_failed : self->sums.n_unusable;
  gint64 tokens =
      self->has_sums && self->sums.prompt_tokens >= 0 ? self->sums.prompt_tokens + MAX (self->sums.completion_tokens, 0) : -1;
  g_autofree char *count = NULL;
  g_autofree char *failed = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *left = semio_run_words_left (self->predict);

  if (!semio_run_is_asked (self->run) || (self->run->notice != NULL && self->predict == NULL))
    return g_strdup (self->run->notice);
  if (self->predict != NULL && progress.prompt_tokens >= 0)
    tokens = MAX (tokens, 0) + progress.prompt_tokens + MAX (progress.completion_tokens, 0);
  if (self->has_sums || self->predict != NULL)
    count = g_strdup_printf (_ ("%u of %u"), count_asked (self), count_planned (self));
  if (n_failed > 0)
    failed = g_strdup_printf (ngettext ("%u failed", "%u failed", n_failed), n_failed);
  if (tokens >= 0)
    {
      g_autofree char *number = semio_run_words_count (tokens);

      /* TRANSLATORS: "1.2 M tokens" */
      cost = g_strdup_printf (_ ("%s tokens"), number);
    }
  return semio_run_words_join ((const char *const[]){ count, failed, cost, left }, 4);
}

static void
update (SemioRunRow *self)
{
  SemioRunState state = semio_run_state_read (self->run, self->predict, count_planned (self), count_asked (self));
  g_autofree char *what = describe_what (self);
  g_autofree char *facts = describe_facts (self);
  g_autofree char *sentence = NULL;
  guint n_planned = count_planned (self);

  gtk_label_set_text (self->state, semio_run_state_get_label (state));
  gtk_image_set_from_icon_name (self->icon, semio_run_state_get_icon (state));
  gtk_label_set_text (self->what, what);
  gtk_widget_set_visible (GTK_WIDGET (self->what), what[0] != '\0');
  gtk_label_set_text (self->facts, facts != NULL ? facts : "");
  /* A sentence is longer than the row. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), self->predict == NULL ? self->run->notice : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), facts != NULL && facts[0] != '\0');
  gtk_widget_set_visible (self->bar, semio_run_is_asked (self->run) && n_planned > 0
                                         && (self->predict != NULL || count_asked (self) < n_planned));
  if (n_planned > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), (double) count_asked (self) / n_planned);
  sentence = semio_run_words_join ((const char *const[]){ self->run->name, semio_run_state_get_label (state), what, facts }, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static gboolean
update_cb (gpointer data)
{
  SemioRunRow *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (SemioRunRow *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (UPDATE_MS, update_cb, self);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static void
semio_run_row_init (SemioRunRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (GTK_WIDGET (self), "run-row");
  gtk_box_append (GTK_BOX (box), line);
  self->name = add_label (line, "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->icon));
  self->state = add_label (line, "caption");
  self->what = add_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->what), "dim-label");
  self->bar = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->bar, "case-progress");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far the run is"), -1);
  gtk_box_append (GTK_BOX (box), self->bar);
  self->facts = add_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "numeric");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static void
semio_run_row_dispose (GObject *object)
{
  SemioRunRow *self = SEMIO_RUN_ROW (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->predict != NULL)
    g_signal_handlers_disconnect_by_data (self->predict, self);
  g_clear_object (&self->predict);
  g_clear_pointer (&self->run, semio_run_unref);
  g_clear_pointer (&self->prompts, g_free);
  G_OBJECT_CLASS (semio_run_row_parent_class)->dispose (object);
}

static void
semio_run_row_class_init (SemioRunRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_run_row_dispose;
}

SemioRunRow *
semio_run_row_new (SemioRun *run)
{
  SemioRunRow *self = g_object_new (SEMIO_TYPE_RUN_ROW, NULL);
  g_autoptr (SemioRunConfig) config = run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;

  self->run = semio_run_ref (run);
  self->prompts = config != NULL ? g_strdup (semio_prompt_set_get_name (config->prompts)) : NULL;
  gtk_label_set_text (self->name, run->name ? run->name : _ ("Nameless"));
  update (self);
  return self;
}

SemioRun *
semio_run_row_get_run (SemioRunRow *self)
{
  return self->run;
}

void
semio_run_row_set_sums (SemioRunRow *self, const SemioRunSums *sums, guint n_planned)
{
  self->n_planned = n_planned;
  /* What came while it is at work is counted by the run itself. */
  if (self->predict == NULL)
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
    g_signal_connect_swapped (predict, "changed", G_CALLBACK (changed_cb), self);
  update (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-review-case-line.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "semio-tooltip.h"

struct _SemioReviewCaseLine {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title_label;
  GtkLabel *facts_label;
  GtkLabel *short_facts_label; /* where the other has no place */
  GtkToggleButton *copy_button;
  GtkButton *reference_button;
  GtkMenuButton *report_button;
  GtkLabel *report_label;
  GtkButton *runs_button;
  GtkToggleButton *done_button;
};

G_DEFINE_FINAL_TYPE (SemioReviewCaseLine, semio_review_case_line, GTK_TYPE_WIDGET)

static void
set_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (widget), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (widget), name);
}

/* "1:58 · 30 fps", briefly "1:58" */
static char *
describe_facts (const SemioRecording *recording, gboolean briefly)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int tenths = (int) (recording->rate * 10 + 0.5);

  if (recording->duration_ns > 0)
    {
      g_autofree char *duration = semio_time_format (recording->duration_ns, 0);

      g_string_append (text, duration);
    }
  if (!briefly && tenths > 0 && tenths % 10 == 0)
    g_string_append_printf (text, _ (" · %d fps"), tenths / 10);
  else if (!briefly && tenths > 0)
    g_string_append_printf (text, _ (" · %d.%d fps"), tenths / 10, tenths % 10);
  if (recording->mirrored)
    g_string_append (text, _ (" · mirrored"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A recording without a track, with silence, or with muted output says so. */
static const char *
describe_sound (const SemioRecording *recording, SemioPlayer *player, gboolean has_file)
{
  if (!recording->has_media)
    return _ ("no video");
  if (recording->sound == SEMIO_SOUND_NONE)
    return _ ("no sound");
  if (recording->sound == SEMIO_SOUND_SILENT)
    return _ ("silent");
  if (!has_file)
    return _ ("sound");
  if (semio_player_get_state (player) >= SEMIO_PLAYER_PAUSED && !semio_player_get_sound_output (player))
    return _ ("no sound device");
  if (semio_player_get_muted (player) || semio_player_get_volume (player) <= 0)
    return _ ("muted");
  return _ ("sound");
}

/* "onset 0:34 · offset 1:24", briefly "event 0:34–1:24" */
static char *
describe_event (const SemioEvent *event, gboolean briefly)
{
  g_autofree char *onset = NULL;
  g_autofree char *offset = NULL;

  if (event == NULL || event->onset_ns == SEMIO_TIME_NONE)
    return g_strdup (_ ("onset unknown"));
  onset = semio_time_format (event->onset_ns, 0);
  if (event->offset_ns == SEMIO_TIME_NONE)
    return g_strdup_printf (_ ("onset %s"), onset);
  offset = semio_time_format (event->offset_ns, 0);
  if (briefly)
    /* TRANSLATORS: the times at which a seizure begins and ends. */
    return g_strdup_printf (_ ("event %s–%s"), onset, offset);
  return g_strdup_printf (_ ("onset %s · offset %s"), onset, offset);
}

static void
show_reveals (SemioReviewCaseLine *self, SemioReview *review)
{
  gboolean reference = semio_review_is_reference_revealed (review);
  gboolean runs = semio_review_are_runs_revealed (review);
  const char *reference_text = reference ? _ ("reference shown") : _ ("reference hidden");
  g_autofree char *report = semio_review_describe_reference (review);
  g_autoptr (GString) runs_text = g_string_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->reference_button), semio_review_has_reference (review));
  gtk_button_set_label (self->reference_button, reference_text);
  set_class (self->reference_button, "revealed", reference);
  semio_tooltip_set (GTK_WIDGET (self->reference_button),
                     reference ? _ ("Hide the reference labels again (Ctrl+R)")
                               : _ ("Show the reference labels (Ctrl+R). Ratings from then on say so."));

  /* What is hidden again does not stay open. */
  if (report == NULL)
    gtk_menu_button_popdown (self->report_button);
  gtk_widget_set_visible (GTK_WIDGET (self->report_button), report != NULL);
  gtk_label_set_text (self->report_label, report != NULL ? report : "");

  gtk_widget_set_visible (GTK_WIDGET (self->runs_button), semio_review_get_n_runs (review) > 0);
  if (runs)
    g_string_append (runs_text, _ ("models named"));
  else if (semio_review_get_n_runs (review) == 1)
    g_string_append_printf (runs_text, _ ("model as %s"), semio_review_get_run_label (review, 0));
  else
    {
      g_string_append (runs_text, _ ("models as "));
      for (guint run = 0; run < MIN (semio_review_get_n_runs (review), 4); run++)
        g_string_append_printf (runs_text, "%s%s", run > 0 ? ", " : "", semio_review_get_run_label (review, run));
      if (semio_review_get_n_runs (review) > 4)
        g_string_append (runs_text, ", …");
    }
  gtk_button_set_label (self->runs_button, runs_text->str);
  set_class (self->runs_button, "revealed", runs);
  semio_tooltip_set (GTK_WIDGET (self->runs_button), runs
                                                         ? _ ("Hide the names again (Ctrl+M)")
                                                         : _ ("Show which model each is (Ctrl+M). Ratings from then on say so."));
}

/* "1:58 · 30 fps · sound   onset 0:34 · offset 1:24" */
static char *
describe (SemioReview *review, SemioPlayer *player, gboolean briefly)
{
  const SemioRecording *recording = semio_review_get_recording (review);
  g_autofree char *facts = describe_facts (recording, briefly);
  g_autofree char *event = describe_event (semio_review_get_event (review), briefly);
  const char *sound = describe_sound (recording, player, semio_review_get_file (review) != NULL);

  if (*facts == '\0')
    return g_strdup_printf ("%s   %s", sound, event);
  return g_strdup_printf ("%s · %s   %s", facts, sound, event);
}

/* A click switches the button by itself; whether there is a copy is shown once it is so. */
static void
copy_clicked_cb (SemioReviewCaseLine *self, GtkToggleButton *button)
{
  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
  gtk_widget_activate_action (GTK_WIDGET (self), "review.quick-copy", NULL);
}

static void
semio_review_case_line_dispose (GObject *object)
{
  g_clear_pointer (&SEMIO_REVIEW_CASE_LINE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (semio_review_case_line_parent_class)->dispose (object);
}

static void
semio_review_case_line_class_init (SemioReviewCaseLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_review_case_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-review-case-line.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, box);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, title_label);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, facts_label);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, short_facts_label);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, copy_button);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, reference_button);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, report_button);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, report_label);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, runs_button);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewCaseLine, done_button);
}

static void
semio_review_case_line_init (SemioReviewCaseLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
semio_review_case_line_new (void)
{
  return g_object_new (SEMIO_TYPE_REVIEW_CASE_LINE, NULL);
}

void
semio_review_case_line_show (SemioReviewCaseLine *self, SemioReview *review, SemioPlayer *player, SemioCase *what)
{
  const SemioRecording *recording = NULL;
  g_autofree char *title = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *short_facts = NULL;

  gtk_widget_set_visible (self->box, review != NULL);
  if (review == NULL)
    return;
  recording = what != NULL ? semio_case_get_recording (what) : semio_review_get_recording (review);
  if (recording->patient != NULL && *recording->patient != '\0')
    title = g_strdup_printf ("%s · %s", recording->patient, recording->pseudonym);
  else
    title = g_strdup (recording->pseudonym);
  facts = describe (review, player, FALSE);
  short_facts = describe (review, player, TRUE);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->facts_label, facts);
  gtk_label_set_text (self->short_facts_label, short_facts);
  semio_tooltip_set (GTK_WIDGET (self->short_facts_label), facts);
  gtk_toggle_button_set_active (self->done_button, what != NULL && semio_case_get_done (what));
  gtk_button_set_label (GTK_BUTTON (self->done_button), what != NULL && semio_case_get_done (what) ? _ ("✓ Done") : _ ("Done"));
  show_reveals (self, review);
}

void
semio_review_case_line_show_copy (SemioReviewCaseLine *self, gboolean is_of_use, gboolean has_copy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->copy_button), is_of_use);
  gtk_toggle_button_set_active (self->copy_button, has_copy);
  semio_tooltip_set (GTK_WIDGET (self->copy_button), has_copy
                                                         ? _ ("Steps come from a copy. Remove it and play the original (Ctrl+K)")
                                                         : _ ("Key frames lie far apart: make a copy for quick steps (Ctrl+K)"));
}

void
semio_review_case_line_open_report (SemioReviewCaseLine *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->report_button)))
    gtk_menu_button_popup (self->report_button);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-feature-explanation.h"

#include <glib/gi18n-lib.h>

#include "semio-feature-chip.h"
#include "semio-feature-text.h"
#include "semio-tooltip.h"

struct _SemioFeatureExplanation {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *run_label;
  GtkLabel *answer_label;
  GtkScrolledWindow *segments_scroller;
  GtkBox *segments;
  SemioFeatureText *text;
  GtkLabel *provenance_label;
  GtkLabel *reference_label;

  SemioItemKey shown; /* whose segments the chips are */
  gconstpointer shown_review; /* compared only */
};

G_DEFINE_FINAL_TYPE (SemioFeatureExplanation, semio_feature_explanation, GTK_TYPE_WIDGET)

enum { SIGNAL_SEGMENT_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
set_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (widget), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (widget), name);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
segment_clicked_cb (SemioFeatureExplanation *self, GtkWidget *button)
{
  int segment = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "segment"));

  g_signal_emit (self, signals[SIGNAL_SEGMENT_CHOSEN], 0, segment);
}

/* A usable answer that is not the joined one. */
static gboolean
contradicts (const SemioItem *item, guint segment)
{
  return semio_answer_is_usable (item->answer) && semio_answer_is_usable (item->answers[segment])
         && item->answers[segment] != item->answer;
}

static GtkWidget *
build_segment (SemioFeatureExplanation *self, const SemioItem *item, guint segment, gint64 duration_ns)
{
  GtkWidget *button = gtk_button_new ();
  SemioSpan span = semio_item_get_span (item, segment, duration_ns);
  SemioAnswer answer = item->answers[segment];
  g_autofree char *begin = semio_time_format (span.begin_ns, 0);
  g_autofree char *end = semio_time_format (span.end_ns, 0);
  g_autofree char *label = g_strdup_printf ("%s %s", semio_feature_chip_get_sign (answer), begin);
  const char *role = item->cited[segment]          ? _ ("speaks for the answer")
                     : contradicts (item, segment) ? _ ("contradicts the answer")
                                                   : _ ("not counted");
  /* TRANSLATORS: "Segment 2, 0:25 to 0:55: yes, speaks for the answer" */
  g_autofree char *name =
      g_strdup_printf (_ ("Segment %u, %s to %s: %s, %s"), segment + 1, begin, end, semio_answer_get_label (answer), role);

  gtk_button_set_label (GTK_BUTTON (button), label);
  semio_tooltip_set (button, name);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "segment-chip");
  set_class (button, "cited", item->cited[segment]);
  set_class (button, "contradicts", contradicts (item, segment));
  set_class (button, "fail", answer == SEMIO_ANSWER_FAIL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "segment", GINT_TO_POINTER ((int) segment));
  g_signal_connect_object (button, "clicked", G_CALLBACK (segment_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
build_segments (SemioFeatureExplanation *self, const SemioItem *item, gint64 duration_ns)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->segments))) != NULL)
    gtk_box_remove (self->segments, child);
  for (guint i = 0; i < item->n_segments; i++)
    gtk_box_append (self->segments, build_segment (self, item, i, duration_ns));
  gtk_widget_set_visible (GTK_WIDGET (self->segments_scroller), item->n_segments > 0);
}

/* Marks the chip of the segment in hand and brings it into view. */
static void
mark_segment (SemioFeatureExplanation *self, int segment)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->segments_scroller);
  int index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->segments)); child != NULL;
       child = gtk_widget_get_next_sibling (child), index++)
    {
      graphene_rect_t bounds;

      set_class (child, "selected", index == segment);
      gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_PRESSED,
                                   index == segment ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
      if (index == segment && gtk_widget_compute_bounds (child, GTK_WIDGET (self->segments), &bounds))
        gtk_adjustment_clamp_page (adjustment, bounds.origin.x, bounds.origin.x + bounds.size.width);
    }
}

/* "answered yes in 2 of 5 segments" */
static char *
describe_answer (const SemioItem *item)
{
  guint n_alike = 0;

  if (item->answer == SEMIO_ANSWER_FAIL)
    return g_strdup (_ ("gave no usable answer"));
  if (item->answer == SEMIO_ANSWER_MISSING)
    return g_strdup (_ ("was not asked or did not answer"));
  if (item->n_segments == 0)
    /* TRANSLATORS: "%s" is an answer */
    return g_strdup_printf (_ ("answered %s for the whole recording"), semio_answer_get_label (item->answer));
  for (guint i = 0; i < item->n_segments; i++)
    n_alike += item->answers[i] == item->answer;
  /* TRANSLATORS: "answered yes in 2 of 5 segments" */
  return g_strdup_printf (ngettext ("answered %s in %u of %u segment", "answered %s in %u of %u segments", item->n_segments),
                          semio_answer_get_label (item->answer), n_alike, item->n_segments);
}

static const char *
find_text (const SemioItem *item, int segment)
{
  if (item->explanations == NULL)
    return NULL;
  if (item->n_segments == 0)
    return item->explanations[0];
  return segment >= 0 && segment < (int) item->n_segments ? item->explanations[segment] : NULL;
}

static void
show_explanation (SemioFeatureExplanation *self, const SemioItem *item, int segment)
{
  const char *text = find_text (item, segment);
  g_autofree char *quoted = NULL;

  if (text == NULL)
    {
      semio_feature_text_set_text (
          self->text, item->n_segments > 0 ? _ ("No explanation was given for this segment.") : _ ("No explanation was given."),
          TRUE);
      return;
    }
  /* TRANSLATORS: quotation marks of your language around a model's own words */
  quoted = g_strdup_printf (_ ("“%s”"), text);
  semio_feature_text_set_text (self->text, quoted, FALSE);
}

/* The run's notice stands always; what it is only once revealed. */
static void
show_provenance (SemioFeatureExplanation *self, SemioReview *review, const SemioItem *item)
{
  const SemioRun *run = semio_review_get_run (review, item->run);
  g_autoptr (GString) text = g_string_new (NULL);

  if (semio_review_are_runs_revealed (review))
    {
      if (run->model != NULL && *run->model != '\0')
        g_string_append (text, run->model);
      if (run->enhancement != NULL && *run->enhancement != '\0' && !g_str_equal (run->enhancement, "none"))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", run->enhancement);
    }
  if (run->notice != NULL && *run->notice != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", run->notice);
  show_text (self->provenance_label, text->str);
}

static void
show_reference (SemioFeatureExplanation *self, SemioReview *review, guint feature)
{
  SemioLabel label = { 0 };
  const SemioFinding *words, *onset;
  g_autoptr (GString) text = g_string_new (NULL);

  if (semio_review_has_reference (review) && semio_review_is_reference_revealed (review))
    {
      label = semio_review_get_label (review, feature);
      /* TRANSLATORS: "%s" is an answer */
      g_string_append_printf (text, _ ("Reference: %s"), semio_answer_get_label (label.answer));
      if (label.begin_ns != SEMIO_TIME_NONE && label.end_ns != SEMIO_TIME_NONE)
        {
          g_autofree char *begin = semio_time_format (label.begin_ns, 0);
          g_autofree char *end = semio_time_format (label.end_ns, 0);

          g_string_append_printf (text, ", %s–%s", begin, end);
        }
      else if ((onset = semio_review_find_reference (review, SEMIO_FINDING_ONSET, feature)) != NULL)
        {
          g_autofree char *begin = semio_time_format (onset->begin_ns, 0);

          /* TRANSLATORS: behind an answer: the feature begins at this time */
          g_string_append_printf (text, _ (", from %s"), begin);
        }
      words = semio_review_find_reference (review, SEMIO_FINDING_ANSWER, feature);
      if (words != NULL && words->text != NULL)
        g_string_append_printf (text, "\n%s", words->text);
    }
  show_text (self->reference_label, text->str);
}

static void
semio_feature_explanation_dispose (GObject *object)
{
  g_clear_pointer (&SEMIO_FEATURE_EXPLANATION (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (semio_feature_explanation_parent_class)->dispose (object);
}

static void
semio_feature_explanation_class_init (SemioFeatureExplanationClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_feature_explanation_dispose;
  signals[SIGNAL_SEGMENT_CHOSEN] = g_signal_new ("segment-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (SEMIO_TYPE_FEATURE_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-feature-explanation.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, box);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, run_label);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, answer_label);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, segments_scroller);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, segments);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, text);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, provenance_label);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureExplanation, reference_label);
}

static void
semio_feature_explanation_init (SemioFeatureExplanation *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
semio_feature_explanation_new (void)
{
  return g_object_new (SEMIO_TYPE_FEATURE_EXPLANATION, NULL);
}

void
semio_feature_explanation_refresh (SemioFeatureExplanation *self, SemioRatingController *controller)
{
  SemioReview *review = semio_rating_controller_get_review (controller);
  const SemioItem *item = semio_rating_controller_get_selected_item (controller);
  int segment = semio_rating_controller_get_segment (controller);
  g_autofree char *answer = NULL;

  if (item == NULL)
    return;
  answer = describe_answer (item);
  gtk_label_set_text (self->run_label, semio_review_get_run_label (review, item->run));
  /* An ellipsis is wider than a letter: a letter is never cut. */
  gtk_label_set_ellipsize (self->run_label, semio_review_are_runs_revealed (review) ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  semio_tooltip_set (GTK_WIDGET (self->run_label),
                     semio_review_are_runs_revealed (review) ? semio_review_get_run_label (review, item->run) : NULL);
  gtk_label_set_text (self->answer_label, answer);
  if (self->shown_review != review || !semio_item_key_equal (&self->shown, &item->key))
    build_segments (self, item, semio_review_get_duration_ns (review));
  self->shown = item->key;
  self->shown_review = review;
  mark_segment (self, segment);
  show_explanation (self, item, segment);
  show_provenance (self, review, item);
  show_reference (self, review, item->key.feature);
}

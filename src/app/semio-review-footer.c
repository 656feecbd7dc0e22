/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-review-footer.h"

#include <glib/gi18n-lib.h>

#include "semio-tooltip.h"

struct _SemioReviewFooter {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *count_label;
  GtkProgressBar *bar;
  GtkLabel *pace_label;
};

G_DEFINE_FINAL_TYPE (SemioReviewFooter, semio_review_footer, GTK_TYPE_WIDGET)

/* "median 21 s · about 13 min left" */
static char *
describe_pace (guint n_left, double median_seconds)
{
  guint seconds = (guint) (median_seconds + 0.5);
  guint minutes = (guint) (n_left * median_seconds / 60 + 0.5);
  g_autofree char *left = NULL;

  if (n_left == 0 || median_seconds <= 0)
    return g_strdup ("");
  if (minutes < 1)
    left = g_strdup (_ ("less than a minute left"));
  else if (minutes < 120)
    left = g_strdup_printf (ngettext ("about %u min left", "about %u min left", minutes), minutes);
  else
    left = g_strdup_printf (ngettext ("about %u h left", "about %u h left", (minutes + 30) / 60), (minutes + 30) / 60);
  /* TRANSLATORS: median seconds an item takes, then "about 13 min left" */
  return g_strdup_printf (_ ("median %u s · %s"), MAX (seconds, 1), left);
}

static void
semio_review_footer_dispose (GObject *object)
{
  g_clear_pointer (&SEMIO_REVIEW_FOOTER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (semio_review_footer_parent_class)->dispose (object);
}

static void
semio_review_footer_class_init (SemioReviewFooterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_review_footer_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-review-footer.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioReviewFooter, box);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewFooter, count_label);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewFooter, bar);
  gtk_widget_class_bind_template_child (widget_class, SemioReviewFooter, pace_label);
}

static void
semio_review_footer_init (SemioReviewFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
semio_review_footer_new (void)
{
  return g_object_new (SEMIO_TYPE_REVIEW_FOOTER, NULL);
}

void
semio_review_footer_show (SemioReviewFooter *self, SemioStudy *study)
{
  guint n_rated = 0;
  guint n_items = 0;
  double median_seconds = 0;
  g_autofree char *count = NULL;
  g_autofree char *pace = NULL;

  if (study != NULL && semio_study_get_person (study) != NULL)
    semio_study_get_progress (study, &n_rated, &n_items, &median_seconds);
  /* TRANSLATORS: items rated, items in all */
  count = n_items > 0 ? g_strdup_printf (_ ("%u of %u"), n_rated, n_items) : g_strdup ("");
  pace = describe_pace (n_items - MIN (n_rated, n_items), median_seconds);
  gtk_label_set_text (self->count_label, count);
  gtk_label_set_text (self->pace_label, pace);
  semio_tooltip_set (GTK_WIDGET (self->pace_label), pace);
  gtk_progress_bar_set_fraction (self->bar, n_items > 0 ? (double) n_rated / n_items : 0);
}

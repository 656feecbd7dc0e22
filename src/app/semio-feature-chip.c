/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-feature-chip.h"

#include <glib/gi18n-lib.h>

#include "semio-tooltip.h"

struct _SemioFeatureChip {
  GtkButton parent_instance;

  GtkLabel *answer_label;
  GtkLabel *score_label;
  const char *answer_class; /* (nullable) static */
};

G_DEFINE_FINAL_TYPE (SemioFeatureChip, semio_feature_chip, GTK_TYPE_BUTTON)

/* As short as the files write it: the whole word stands in the name and the tooltip. */
static const char *
get_word (SemioAnswer answer)
{
  switch (answer)
    {
    case SEMIO_ANSWER_NA:
      /* TRANSLATORS: not applicable, as short as it gets */
      return C_ ("answer", "n/a");
    case SEMIO_ANSWER_FAIL:
      /* TRANSLATORS: the model gave no usable answer, as short as it gets */
      return C_ ("answer", "fail");
    case SEMIO_ANSWER_MISSING:
    case SEMIO_ANSWER_YES:
    case SEMIO_ANSWER_NO:
    case SEMIO_ANSWER_NOT_ASSESSABLE:
    default:
      return semio_answer_get_label (answer);
    }
}

static void
show_answer (SemioFeatureChip *self, SemioAnswer answer, gboolean compact)
{
  const char *answer_class = semio_feature_chip_get_class (answer);
  g_autofree char *text = NULL;

  if (compact)
    text = g_strdup (semio_feature_chip_get_sign (answer));
  else if (answer == SEMIO_ANSWER_MISSING)
    text = g_strdup ("·");
  else
    text = g_strdup_printf ("%s %s", semio_feature_chip_get_sign (answer), get_word (answer));
  gtk_label_set_text (self->answer_label, text);
  gtk_label_set_width_chars (self->answer_label, compact ? 2 : 5);
  if (self->answer_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->answer_label), self->answer_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->answer_label), answer_class);
  self->answer_class = answer_class;
}

static void
set_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (widget), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (widget), name);
}

/* The badge: the score, a sign for "cannot judge", a dot for marks without a score, or an empty ring. */
static char *
show_score (SemioFeatureChip *self, const SemioItem *item)
{
  const SemioRating *rating = item != NULL ? item->rating : NULL;
  gboolean stands = rating != NULL && !rating->withdrawn;
  gboolean ratable = item != NULL && semio_item_is_ratable (item);
  char sign[2] = "";
  char *said = NULL;

  if (item != NULL && item->has_conflict)
    said = g_strdup (_ ("two ratings of yours stand: rate again to settle it"));
  else if (stands && rating->score > 0)
    said = g_strdup_printf (_ ("rated %d"), rating->score);
  else if (stands && rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    said = g_strdup_printf (_ ("cannot judge: %s"), semio_cannot_judge_get_label (rating->cannot_judge));
  else
    said = g_strdup (ratable ? _ ("not rated") : _ ("nothing to rate"));

  if (stands && rating->score > 0)
    sign[0] = (char) ('0' + rating->score);
  else if (stands && rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    sign[0] = 'x';
  if (item != NULL && item->has_conflict)
    sign[0] = '!';
  gtk_label_set_text (self->score_label, sign);
  set_class (self->score_label, "judged", stands && rating->score > 0 && !item->has_conflict);
  set_class (self->score_label, "unsure", sign[0] == 'x');
  set_class (self->score_label, "conflict", sign[0] == '!');
  set_class (self->score_label, "marked", stands && rating->marks != 0);
  set_class (self->score_label, "nothing", !ratable);
  return said;
}

static void
semio_feature_chip_class_init (SemioFeatureChipClass *klass)
{
}

static void
semio_feature_chip_init (SemioFeatureChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  self->answer_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->answer_label), "answer-chip");
  gtk_widget_set_valign (GTK_WIDGET (self->answer_label), GTK_ALIGN_CENTER);
  self->score_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->score_label), "score-badge");
  gtk_widget_set_valign (GTK_WIDGET (self->score_label), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->answer_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->score_label));
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "feature-chip");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
}

GtkWidget *
semio_feature_chip_new (void)
{
  return g_object_new (SEMIO_TYPE_FEATURE_CHIP, NULL);
}

void
semio_feature_chip_show (SemioFeatureChip *self, const SemioItem *item, const char *feature, const char *run,
                         gboolean is_selected, gboolean compact)
{
  SemioAnswer answer = item != NULL ? item->answer : SEMIO_ANSWER_MISSING;
  g_autofree char *said = show_score (self, item);
  /* TRANSLATORS: feature, run, answer, rating: "Tonic, A: yes, rated 3" */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s: %s, %s"), feature, run, semio_answer_get_label (answer), said);

  show_answer (self, answer, compact);
  set_class (self, "selected", is_selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self), item != NULL);
  semio_tooltip_set (GTK_WIDGET (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

const char *
semio_feature_chip_get_sign (SemioAnswer answer)
{
  switch (answer)
    {
    case SEMIO_ANSWER_YES:
      return "✓";
    case SEMIO_ANSWER_NO:
      return "–";
    case SEMIO_ANSWER_NA:
      return "∅";
    case SEMIO_ANSWER_NOT_ASSESSABLE:
      return "?";
    case SEMIO_ANSWER_FAIL:
      return "⚠";
    case SEMIO_ANSWER_MISSING:
    default:
      return "·";
    }
}

const char *
semio_feature_chip_get_class (SemioAnswer answer)
{
  switch (answer)
    {
    case SEMIO_ANSWER_YES:
      return "yes";
    case SEMIO_ANSWER_NO:
      return "no";
    case SEMIO_ANSWER_NA:
    case SEMIO_ANSWER_NOT_ASSESSABLE:
      return "na";
    case SEMIO_ANSWER_FAIL:
      return "fail";
    case SEMIO_ANSWER_MISSING:
    default:
      return "missing";
    }
}

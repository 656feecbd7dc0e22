/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking all of the results away at once: the report, every number, every figure, the cases. */
#include <glib/gi18n-lib.h>

#include "semio-file-choice.h"
#include "semio-results-page-private.h"
#include "semio-study-tasks.h"

/* What is asked for while the file is chosen. */
typedef struct {
  SemioResultsPage *page;
  gboolean of_cases;
  SemioResultsExport what;
} Saving;

static void
chosen_cb (GPtrArray *files, gpointer user_data)
{
  const Saving *saving = user_data;
  SemioResultsPage *self = saving->page;
  gboolean deidentified = gtk_check_button_get_active (self->without_names);
  SemioWindow *window = SEMIO_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  SemioResultsChoice choice;

  if (window == NULL)
    return;
  if (saving->of_cases)
    {
      semio_study_tasks_write_cases (window, files->pdata[0], deidentified);
      return;
    }
  semio_results_chooser_get_choice (self->chooser, &choice);
  semio_study_tasks_export_results (window, &choice, saving->what, files->pdata[0], deidentified);
  semio_results_chooser_clear_choice (&choice);
}

/* The question goes with the page, or with the next one: a dialog that is thought better of calls nothing. */
static void
ask (SemioResultsPage *self, Saving saving, SemioFileChoice choice, const char *title, const char *name)
{
  Saving *kept = g_memdup2 (&saving, sizeof saving);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->saving));
  g_object_set_data_full (G_OBJECT (self), "semio-saving", kept, g_free);
  semio_file_choice_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), choice, title, name, chosen_cb, kept);
}

static void
report_cb (SemioResultsPage *self)
{
  ask (self, (Saving){ self, FALSE, SEMIO_RESULTS_EXPORT_REPORT }, SEMIO_FILE_CHOICE_NEW_FIGURE, _ ("Save the Report"),
       "results.pdf");
}

static void
numbers_cb (SemioResultsPage *self)
{
  ask (self, (Saving){ self, FALSE, SEMIO_RESULTS_EXPORT_METRICS }, SEMIO_FILE_CHOICE_NEW_RESULTS, _ ("Save All Numbers"),
       "results.json");
}

static void
figures_cb (SemioResultsPage *self)
{
  ask (self, (Saving){ self, FALSE, SEMIO_RESULTS_EXPORT_FIGURES }, SEMIO_FILE_CHOICE_FOLDER,
       _ ("Save All Figures into a Folder"), NULL);
}

static void
cases_cb (SemioResultsPage *self)
{
  ask (self, (Saving){ self, TRUE, SEMIO_RESULTS_EXPORT_REPORT }, SEMIO_FILE_CHOICE_NEW_FIGURE, _ ("Save a Report on Each Case"),
       "cases.pdf");
}

static void
add_button (SemioResultsPage *self, GtkWidget *box, const char *label, const char *tooltip, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

GtkWidget *
semio_results_page_create_saving (SemioResultsPage *self)
{
  GtkWidget *menu = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *check = gtk_check_button_new_with_label (_ ("Without names"));

  add_button (self, box, _ ("_Report…"), _ ("Study, methods, sample flow, tables and figures as PDF"), G_CALLBACK (report_cb));
  add_button (self, box, _ ("All _Numbers…"), _ ("Every number that is shown as CSV, JSON, LaTeX or HTML"),
              G_CALLBACK (numbers_cb));
  add_button (self, box, _ ("All _Figures…"), _ ("Every figure as SVG, PDF and PNG, into a folder"), G_CALLBACK (figures_cb));
  add_button (self, box, _ ("_Cases…"), _ ("Each recording with its labels, answers, explanations and ratings as PDF"),
              G_CALLBACK (cases_cb));
  gtk_widget_set_tooltip_text (check, _ ("Persons are counted, file names and comments are left out"));
  self->without_names = GTK_CHECK_BUTTON (check);
  gtk_box_append (GTK_BOX (box), check);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (menu), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (menu), _ ("_Save"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (menu), TRUE);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (menu), GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (menu, _ ("Save all of the results"));
  gtk_widget_add_css_class (menu, "results-save");
  return menu;
}

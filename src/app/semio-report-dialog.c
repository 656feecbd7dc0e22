/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-report-dialog.h"

#include <glib/gi18n-lib.h>

struct _SemioReportDialog {
  AdwWindow parent_instance;

  GtkImage *icon;
  GtkLabel *heading;
  GtkLabel *sentence;
  GtkWidget *scroll;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (SemioReportDialog, semio_report_dialog, ADW_TYPE_WINDOW)

static const struct {
  const char *icon;
  const char *style;
  const char *label;
} kinds[] = {
  [SEMIO_REPORT_GOOD] = { "emblem-ok-symbolic", "success", N_ ("Good") },
  [SEMIO_REPORT_REMARK] = { "dialog-information-symbolic", "dim-label", N_ ("Remark") },
  [SEMIO_REPORT_BAD] = { "dialog-warning-symbolic", "warning", N_ ("Problem") },
};

static void
semio_report_dialog_class_init (SemioReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-report-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioReportDialog, icon);
  gtk_widget_class_bind_template_child (widget_class, SemioReportDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, SemioReportDialog, sentence);
  gtk_widget_class_bind_template_child (widget_class, SemioReportDialog, scroll);
  gtk_widget_class_bind_template_child (widget_class, SemioReportDialog, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
semio_report_dialog_init (SemioReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

SemioReportDialog *
semio_report_dialog_new (GtkWindow *parent, const char *title, SemioReportKind kind, const char *heading, const char *sentence)
{
  SemioReportDialog *self = g_object_new (SEMIO_TYPE_REPORT_DIALOG, "transient-for", parent, "title", title, NULL);

  gtk_image_set_from_icon_name (self->icon, kinds[kind].icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), kinds[kind].style);
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->sentence, sentence);
  return self;
}

void
semio_report_dialog_add (SemioReportDialog *self, SemioReportKind kind, const char *title, const char *detail)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (kinds[kind].icon);

  g_return_if_fail (SEMIO_IS_REPORT_DIALOG (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail != NULL ? detail : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_widget_add_css_class (icon, kinds[kind].style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (kinds[kind].label), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_append (self->list, row);
  gtk_widget_set_visible (self->scroll, TRUE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_REPORT_DIALOG (semio_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemioReportDialog, semio_report_dialog, SEMIO, REPORT_DIALOG, AdwWindow)

/* How a finding is to be taken. */
typedef enum {
  SEMIO_REPORT_GOOD,
  SEMIO_REPORT_REMARK,
  SEMIO_REPORT_BAD,
} SemioReportKind;

/**
 * SemioReportDialog:
 *
 * What an operation found: a heading, a sentence, and a list of findings, which may be long. All text is plain.
 */
SemioReportDialog *semio_report_dialog_new (GtkWindow *parent, const char *title, SemioReportKind kind, const char *heading,
                                            const char *sentence);
/* detail is nullable. */
void semio_report_dialog_add (SemioReportDialog *self, SemioReportKind kind, const char *title, const char *detail);

G_END_DECLS

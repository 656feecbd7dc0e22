/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_COMPARE_WINDOW (semio_compare_window_get_type ())
G_DECLARE_FINAL_TYPE (SemioCompareWindow, semio_compare_window, SEMIO, COMPARE_WINDOW, AdwWindow)

/**
 * SemioCompareWindow:
 *
 * Two recordings of one patient, or two moments of one recording, side by side and in step. They begin at their onsets; the
 * right one can be moved against the left one. Names are pseudonyms. Each picture is shown as the user last left it on the Review
 * page: turned, brighter, without combs.
 */
/* settings (nullable): where that is kept. */
GtkWidget *semio_compare_window_new (GtkWindow *parent, SemioStudy *study, GSettings *settings, SemioReview *review,
                                     gint64 time_ns);

G_END_DECLS

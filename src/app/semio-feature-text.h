/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_FEATURE_TEXT (semio_feature_text_get_type ())
G_DECLARE_FINAL_TYPE (SemioFeatureText, semio_feature_text, SEMIO, FEATURE_TEXT, GtkWidget)

/**
 * SemioFeatureText:
 *
 * Plain text as high as it needs at its width, and scrolled when it needs more than it may have. A scrolled window alone
 * cannot do that: it asks its child for no width.
 */
GtkWidget *semio_feature_text_new (void);

/* Never markup. is_quiet: it is ours, not the model's. */
void semio_feature_text_set_text (SemioFeatureText *self, const char *text, gboolean is_quiet);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences that pass by over the Review page. */
#include "semio-review-page-private.h"

#define SHOWN_S 4

static AdwToast *
show (SemioReviewPage *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *plain = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, plain);
  adw_toast_set_timeout (toast, SHOWN_S);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

void
semio_review_page_show_toast (SemioReviewPage *self, const char *text)
{
  show (self, text);
}

void
semio_review_page_show_state (SemioReviewPage *self, const char *text)
{
  AdwToast *before = self->state_toast;

  g_clear_weak_pointer (&self->state_toast);
  if (before != NULL)
    adw_toast_dismiss (before);
  g_set_weak_pointer (&self->state_toast, show (self, text));
}

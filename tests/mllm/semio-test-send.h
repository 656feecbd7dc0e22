/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-transfer.h"

G_BEGIN_DECLS

/* One request, and what it came to. Plain memory; set request, then begin, then wait. */
typedef struct {
  SemioTransfer *transfer;
  SemioRequest request;
  SemioResponse *response;
  GError *error;
  gboolean is_done;
} SemioTestSend;

void semio_test_send_begin (SemioTestSend *send, GCancellable *cancellable);
/* Runs the default main context until it is done. */
void semio_test_send_wait (SemioTestSend *send);
void semio_test_send_clear (SemioTestSend *send);
/* Runs the default main context until the condition holds or seconds have passed; whether it holds. */
gboolean semio_test_wait_for (gboolean (*condition) (gpointer data), gpointer data, guint seconds);

G_END_DECLS

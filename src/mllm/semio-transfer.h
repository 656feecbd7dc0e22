/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SemioTransfer:
 *
 * Sends requests over HTTP and reads what comes back, many at once, on a thread of its own (libcurl multi). http and https
 * only, no redirects, no netrc, no proxy, certificates always checked (against the system's authorities, or those of the file that
 * SSL_CERT_FILE names), bodies capped while they are received. Offline (semio_transfer_set_offline()) everything but loopback is refused before a socket is made.
 */
#define SEMIO_TYPE_TRANSFER (semio_transfer_get_type ())
G_DECLARE_FINAL_TYPE (SemioTransfer, semio_transfer, SEMIO, TRANSFER, GObject)

/* max_in_flight: at once on one host (scheme, name, port); others wait in order. */
SemioTransfer *semio_transfer_new (guint max_in_flight);
void semio_transfer_set_max_in_flight (SemioTransfer *transfer, guint max_in_flight);

/* Closes the door for the whole program, at once: what is under way to other machines is cut. */
void semio_transfer_set_offline (gboolean offline);
gboolean semio_transfer_is_offline (void);

/* What to send. Parts are sent one after the other as one body without being copied. Plain memory; what it points to is
 * referenced while the request lives. */
typedef struct {
  const char *method; /* "GET", "POST" */
  const char *url;
  const char *content_type; /* (nullable) */
  const char *key; /* (nullable): goes into the Authorization header and nowhere else; wiped after use */
  GBytes *const *parts; /* NULL-terminated, or NULL */
  gsize max_bytes; /* of the answer; 0: 1 MiB */
  guint timeout_s; /* for the whole request, from when it gets its place; 0: none */
  guint stall_s; /* without a byte while it is sent or received, not while the server thinks; 0: only the whole */
} SemioRequest;

/* Owned by the caller. */
typedef struct {
  guint status;
  GBytes *body;
  gboolean truncated; /* longer than max_bytes: cut, and the rest not read */
  gint64 retry_after_us; /* from the header, seconds or date; -1 without one */
  gint64 first_us, total_us;
} SemioResponse;

void semio_response_free (SemioResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioResponse, semio_response_free)

/* Any status is a response; an error is SEMIO_MLLM_ERROR_* for what never became one (no connection, certificate, timeout,
 * redirect, offline) with a sentence that names the host, or G_IO_ERROR_CANCELLED. Finishes in the caller's context.
 * Cancelling takes effect at once. */
void semio_transfer_send_async (SemioTransfer *transfer, const SemioRequest *request, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
SemioResponse *semio_transfer_send_finish (SemioTransfer *transfer, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>

#include "semio-endpoint.h"
#include "semio-secret-text.h"
#include "semio-transfer.h"

G_BEGIN_DECLS

typedef struct _SemioTransferLoop SemioTransferLoop;

/**
 * SemioTransferJob:
 *
 * One request on its way: what is sent, what came so far, and the rules of sending it. Belongs to the thread of the transfer
 * but for @is_cancelled, which any thread may set.
 */
typedef struct {
  GTask *task;
  SemioTransferLoop *loop;
  gulong cancel_handler;
  int is_cancelled; /* atomic */

  char *method;
  char *url;
  char *host; /* as consented to */
  char *place; /* scheme and host: what the limit counts for */
  gboolean is_loopback;
  SemioSecretText *authorization; /* (nullable): the whole header line */
  char *content_type;
  GPtrArray *parts; /* of GBytes */
  gsize n_body;
  gsize max_bytes;
  guint timeout_s;
  guint stall_s;

  CURL *easy; /* while it runs */
  struct curl_slist *headers; /* without the one with the key */
  struct curl_slist secret_header; /* stands at their end */
  char error_text[CURL_ERROR_SIZE];
  guint part; /* what is sent next */
  gsize part_offset;
  gsize n_sent;
  gint64 start_us;
  gint64 first_us;
  gint64 last_us; /* of the last byte in either direction */
  gsize n_head;
  guint status;
  char *retry_after;
  char *location;
  GByteArray *body;
  gboolean is_truncated;
  gboolean leads_away; /* a loopback name with another address */
  gboolean is_shut; /* the door closed on the way */
} SemioTransferJob;

/* NULL with an error for a request that cannot be sent. Takes no reference on task. */
SemioTransferJob *semio_transfer_job_new (const SemioRequest *request, GError **error);
void semio_transfer_job_free (SemioTransferJob *job);
/* Sets everything of the handle, which was reset. */
void semio_transfer_job_begin (SemioTransferJob *job, CURL *easy);
/* Takes its headers from the handle. */
void semio_transfer_job_end (SemioTransferJob *job);
/* When it has to be given up, on the monotonic clock; G_MAXINT64 for never. */
gint64 semio_transfer_job_get_deadline (const SemioTransferJob *job);
/* What it came to: a response, or NULL with an error. */
SemioResponse *semio_transfer_job_take_response (SemioTransferJob *job, CURLcode code, GError **error);
void semio_transfer_job_set_timeout_error (const SemioTransferJob *job, GError **error);
void semio_transfer_job_set_offline_error (const SemioTransferJob *job, GError **error);

G_END_DECLS

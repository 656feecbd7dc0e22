/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-dialect.h"

G_BEGIN_DECLS

/**
 * SemioEndpoint:
 *
 * A server, or several that serve the same model, as a person keeps it in the settings of this machine. Plain memory with
 * public members. The key is not here: it stands in the secret service under the endpoint's id.
 */
typedef struct {
  char *id; /* a UUID as text */
  char *name; /* "Workstation in room 4" */
  GStrv urls; /* base URLs without /v1, checked */
  char *model; /* (nullable) */
  SemioDialect dialect;
  gboolean dialect_probed;
  guint max_in_flight; /* requests at once on each base URL */
  guint timeout_s; /* for one answer */
} SemioEndpoint;

SemioEndpoint *semio_endpoint_new (const char *name);
SemioEndpoint *semio_endpoint_copy (const SemioEndpoint *endpoint);
void semio_endpoint_free (SemioEndpoint *endpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioEndpoint, semio_endpoint_free)
JsonNode *semio_endpoint_to_json (const SemioEndpoint *endpoint);
SemioEndpoint *semio_endpoint_from_json (JsonNode *node, GError **error);

/* What can be told of a base URL without asking anyone. Plain memory. */
typedef struct {
  char *url; /* without a closing slash or /v1 */
  char *host; /* as shown and consented to: "gpu.example.org:8000"; the port is left out when it is the scheme's own */
  gboolean is_loopback; /* an address of 127.0.0.0/8 or ::1 written as such, or exactly "localhost" */
  gboolean is_plain; /* http, not https */
} SemioBaseUrl;

/* Refuses what is not http or https, has a user, a query or a fragment, or cannot be one; the sentence says which. */
gboolean semio_base_url_parse (const char *text, SemioBaseUrl *url, GError **error);
void semio_base_url_clear (SemioBaseUrl *url);

G_END_DECLS

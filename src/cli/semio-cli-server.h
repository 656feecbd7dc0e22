/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-cli.h"
#include "semio-consent-need.h"
#include "semio-endpoint.h"
#include "semio-key.h"

G_BEGIN_DECLS

/* What commands that speak to a server share. Plain memory. */
typedef struct {
  char **urls;
  char **consents;
  int key_descriptor; /* -1: from the environment */
  int in_flight; /* 0: the usual */
} SemioCliServer;

#define SEMIO_CLI_SERVER_INIT                                                                                                    \
  {                                                                                                                              \
    NULL, NULL, -1, 0                                                                                                            \
  }

/* Their options, to stand in a command's table. */
#define SEMIO_CLI_SERVER_OPTIONS(server)                                                                                          \
  {                                                                                                                               \
    "endpoint", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(server).urls, N_ ("Base URL of the server; may be given several times"), "URL" \
  },                                                                                                                              \
      { "consent",                                                                                                                \
        0,                                                                                                                        \
        0,                                                                                                                        \
        G_OPTION_ARG_STRING_ARRAY,                                                                                                \
        &(server).consents,                                                                                                       \
        N_ ("Agree that what is sent of this study goes to this host"),                                                           \
        N_ ("HOST") },                                                                                                            \
      { "key-fd",                                                                                                                 \
        0,                                                                                                                        \
        0,                                                                                                                        \
        G_OPTION_ARG_INT,                                                                                                         \
        &(server).key_descriptor,                                                                                                 \
        N_ ("Descriptor from which the server's key is read; else it is taken from SEMIO_API_KEY"),                               \
        "N" },                                                                                                                    \
  {                                                                                                                               \
    "in-flight", 0, 0, G_OPTION_ARG_INT, &(server).in_flight, N_ ("Requests at once on each server"), "N"                         \
  }

void semio_cli_server_clear (SemioCliServer *server);
/* The endpoint of the addresses; addresses that are none, and a closed door, are said before anything else is done. */
SemioEndpoint *semio_cli_server_make_endpoint (const SemioCliServer *server, GError **error);
/* FALSE with an error; *key is NULL where there is none. Wiped from the environment. */
gboolean semio_cli_server_take_key (const SemioCliServer *server, SemioKey **key, GError **error);
/* Keeps the consents that were said on the command line; fails with the sentences of one that is lacking. */
gboolean semio_cli_server_agree (SemioCli *cli, const SemioCliServer *server, SemioStudy *study, const SemioEndpoint *endpoint,
                                 SemioConsentWhat what, const SemioPredictPlan *plan, GError **error);
/* The recordings of pseudonyms with commas between, as ids; NULL without error for NULL: all of them. */
GArray *semio_cli_server_find_recordings (SemioStudy *study, const char *names, GError **error);
/* Until nothing looks for videos any more. */
void semio_cli_server_wait_for_media (SemioStudy *study);
/* Parts of a text with commas between, without blanks around them. */
char **semio_cli_server_split (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-entry.h"
#include "semio-known-study.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/* What verifying has gathered. Plain memory. */
typedef struct {
  SemioDatabase *database;
  SemioDatabase *replay; /* a private study into which the entries are applied anew */
  SemioUuid study;
  guint n_entries;
  guint n_writers;
  guint n_redacted;
  guint n_ratings;
  guint n_ratings_differing;
  guint n_ratings_missing;
  guint n_unread; /* entries of kinds or forms that this version cannot read */
  GHashTable *places; /* hash of an entry → SemioVerifyPlace */
  GPtrArray *findings;
  GPtrArray *remarks;
} SemioVerify;

void semio_verify_find (SemioVerify *verify, const char *format, ...) G_GNUC_PRINTF (2, 3);
void semio_verify_remark (SemioVerify *verify, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Reads all entries in their order: hashes, columns, links, texts; applies them to the replay. */
gboolean semio_verify_chains (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                              GError **error);
/* What others know of the ends of chains: the user's data folder and its newest backup. */
gboolean semio_verify_tails (SemioVerify *verify, GError **error);
/* The cells of imports against the digests that their entries hold. */
gboolean semio_verify_imports (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                               GError **error);
/* The answers of models that were asked against the entries that speak of them. */
gboolean semio_verify_live (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                            GError **error);
/* The explanations that ratings say they are of against those that stand. */
gboolean semio_verify_ratings (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                               GError **error);
/* The study's projections against the replay's. */
gboolean semio_verify_projections (SemioVerify *verify, GError **error);

G_END_DECLS

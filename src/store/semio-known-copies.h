/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "semio-database.h"
#include "semio-sha256.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/* The end of one writer's chain as it was once seen in a file. */
typedef struct {
  SemioUuid writer;
  gint64 seq;
  SemioSha256 hash;
} SemioKnownHead;

/* What a file at a path has held: the ends of all its chains, whoever wrote them. They only grow. Plain memory. */
typedef struct {
  char *path;
  GArray *heads; /* of SemioKnownHead */
} SemioKnownCopy;

/* Of SemioKnownCopy, the one seen last in front. */
GPtrArray *semio_known_copies_new (void);
/* (nullable): the copy at the path of a connection. */
SemioKnownCopy *semio_known_copies_find (GPtrArray *copies, SemioDatabase *database);

/* *has: the entry stands in the file, at its place and with its hash. */
gboolean semio_known_head_is_in (const SemioKnownHead *head, SemioDatabase *database, gboolean *has, GError **error);
/* *lacks: an end that was seen in the file at this path is not in it any more. */
gboolean semio_known_copies_lack (GPtrArray *copies, SemioDatabase *database, gboolean *lacks, GError **error);
/* Notes how far the file's chains go. An end that the file lacks stays as it was, and so does one that another entry stands
 * in the place of; *whole tells whether there was none such. */
gboolean semio_known_copies_note (GPtrArray *copies, SemioDatabase *database, gboolean *whole, GError **error);

void semio_known_copies_read (JsonArray *array, GPtrArray *copies);
JsonArray *semio_known_copies_write (GPtrArray *copies);

G_END_DECLS

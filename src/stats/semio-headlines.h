/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One row of the published table: a feature as one model answered it, plain or enhanced. Owned by whoever made it. */
typedef struct {
  char *feature; /* id */
  char *group; /* "limb_body", "facial", "audio" */
  char *model;
  char *enhancement; /* "none", "face_crop" … */
  double accuracy, precision, recall, f1;
  int positives; /* of the reference; -1 where the table does not say */
} SemioPublishedRow;

void semio_published_row_free (SemioPublishedRow *row);
/* The supervised classifiers that the publication compares with. */
gboolean semio_published_row_is_baseline (const SemioPublishedRow *row);

/**
 * SemioHeadlines:
 *
 * What the published table comes to in a sentence each, with the features that make it so. Owned by the caller.
 */
typedef struct {
  guint n_visual; /* features with a baseline */
  guint n_features;
  GPtrArray *better; /* of char *: the best model's F1, plain or enhanced, is higher than the better baseline's */
  GPtrArray *better_plain; /* the same without enhancement */
  GPtrArray *helped; /* enhancement raises the F1 of at least one model */
} SemioHeadlines;

/* rows: array of #SemioPublishedRow. Features stand in the order of the rows. Pure. */
SemioHeadlines *semio_headlines_derive (GPtrArray *rows);
void semio_headlines_free (SemioHeadlines *headlines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioHeadlines, semio_headlines_free)

G_END_DECLS

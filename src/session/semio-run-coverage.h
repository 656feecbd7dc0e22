/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-run-detail.h"

G_BEGIN_DECLS

/* How the questions on one feature of one recording stand. */
typedef enum {
  SEMIO_COVERAGE_NOT_ASKED, /* by this run: not chosen, or to be heard in a recording without sound */
  SEMIO_COVERAGE_OPEN, /* none has an answer yet */
  SEMIO_COVERAGE_PART, /* some have */
  SEMIO_COVERAGE_DONE, /* all have, in the form that was asked for */
  SEMIO_COVERAGE_REPAIRED, /* all have, of which some had to be repaired */
  SEMIO_COVERAGE_FAILED, /* some were asked in vain */
} SemioCoverageState;

/* Questions on one feature of one recording, over all its segments. Plain memory. */
typedef struct {
  guint n_planned;
  guint n_as_sent, n_repaired, n_unusable;
  guint n_yes, n_no, n_na; /* of the answers */
} SemioCoverageCell;

/**
 * SemioRunCoverage:
 *
 * What a run asks and how far it is, recording by recording and feature by feature. Plain memory, owned by the caller.
 */
typedef struct {
  GPtrArray *recordings; /* of #SemioRecording, in the order they were given */
  guint n_features; /* of the set; a column each, and one more for what is asked of no feature: the narrative */
  SemioCoverageCell *cells; /* row by row, n_features + 1 a row */
  guint n_planned;
  guint n_answered; /* with a usable answer */
  guint n_repaired; /* of them */
  guint n_unusable;
  guint n_open; /* neither */
  GHashTable *rows; /* private: row by recording id */
  GHashTable *unusable; /* private: keys asked in vain so far */
} SemioRunCoverage;

/**
 * semio_run_coverage_new:
 * @config: (nullable): of the run; without one only what stands counts as asked
 * @recordings: (element-type SemioRecording): rows
 * @cells: (element-type SemioRunCell): what stands; those of other recordings are left out
 *
 * Pure.
 */
SemioRunCoverage *semio_run_coverage_new (const SemioRunConfig *config, SemioFeatureSet *features, GPtrArray *recordings,
                                          GArray *cells);
void semio_run_coverage_free (SemioRunCoverage *coverage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRunCoverage, semio_run_coverage_free)

/* Counts one more that came; a question that was asked in vain before moves. */
void semio_run_coverage_add (SemioRunCoverage *coverage, const SemioRunCell *cell);
/* column: a feature's index, or n_features for the narrative. */
const SemioCoverageCell *semio_run_coverage_get (const SemioRunCoverage *coverage, guint row, guint column);
/* -1 when it has none. */
int semio_run_coverage_find_row (const SemioRunCoverage *coverage, gint64 recording_id);
/* TRUE when the run asks something there, anywhere. */
gboolean semio_run_coverage_has_column (const SemioRunCoverage *coverage, guint column);
SemioCoverageState semio_coverage_cell_get_state (const SemioCoverageCell *cell);
/* In words: "3 of 4 segments answered: 2 yes, 1 no. 1 without a usable answer." Free with g_free(). */
char *semio_coverage_cell_describe (const SemioCoverageCell *cell);

G_END_DECLS

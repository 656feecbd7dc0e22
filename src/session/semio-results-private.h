/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-bootstrap.h"
#include "semio-database.h"
#include "semio-results.h"
#include "semio-segments.h"

G_BEGIN_DECLS

#define SEMIO_RESULTS_N_JOINS 2

/* With arrays of its own. */
SemioResultsChoice semio_results_choice_copy (const SemioResultsChoice *choice);
void semio_results_choice_clear (SemioResultsChoice *choice);
/* What a choice leaves in. */
gboolean semio_results_choice_has_run (const SemioResultsChoice *choice, gint64 run_id);
gboolean semio_results_choice_has_feature (const SemioResultsChoice *choice, SemioFeatureSet *features, guint feature);
/* group: of the recording's patient, as semio_patient_group_find() gives it. */
gboolean semio_results_choice_has_recording (const SemioResultsChoice *choice, const SemioRecording *recording, guint event_type,
                                             SemioPatientGroup group);

/* All that a study says, as small numbers. Reference counted; immutable but for what was drawn, which the lock guards. */
typedef struct {
  gatomicrefcount refs;
  gint64 wanted_reference; /* as it was asked for */
  SemioFeatureSet *features;
  GPtrArray *recordings; /* of #SemioRecording */
  GPtrArray *runs; /* of #SemioRun */
  char *reference_name;
  guint8 *types; /* #SemioEventType of each recording */
  guint8 *labels; /* recording by recording, feature by feature */
  guint8 *answers[SEMIO_RESULTS_N_JOINS]; /* by #SemioJoinPolicy; run, recording, feature; NOT_ASKED where there is none */
  GMutex lock;
  GPtrArray *samples; /* of SemioResultsSample, the last used one at the end */
} SemioResultsData;

#define SEMIO_RESULTS_NOT_ASKED 0xff

/* Blocks: for reading threads. */
SemioResultsData *semio_results_data_load (SemioDatabase *database, SemioFeatureSet *features, gint64 reference_id,
                                           GCancellable *cancellable, GError **error);
SemioResultsData *semio_results_data_ref (SemioResultsData *data);
void semio_results_data_unref (SemioResultsData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioResultsData, semio_results_data_unref)

/* FALSE when neither the run nor the reference says anything. *answered: whether the run has an answer there. */
gboolean semio_results_data_get_pair (const SemioResultsData *data, SemioMetricsPolicy policy, SemioJoinPolicy join, guint run,
                                      guint recording, guint feature, SemioMetricsPair *pair, gboolean *answered);
gboolean semio_results_has_no_sound (const SemioRecording *recording);
/* Whether the policy scores a pair. */
gboolean semio_results_is_scored (const SemioMetricsPair *pair, SemioMetricsPolicy policy);
/* Adds a scored pair to its cell, or to those of its classes. */
guint semio_results_count_classes (const SemioFeature *feature, SemioMetricsPolicy policy);
void semio_results_count (const SemioMetricsPair *pair, SemioMetricsPolicy policy, guint n_classes, SemioCounts *cells);

/**
 * SemioResultsSample:
 *
 * Some recordings under one policy, with the draws over their patients and every number that was taken from them.
 */
typedef struct {
  SemioMetricsPolicy policy;
  GArray *recordings; /* of guint: indices into the data's */
  guint *clusters; /* of each of them */
  guint n_clusters;
  guint n_resamples;
  guint64 seed;
  guint n_cells;
  guint *first_cell; /* by feature: offset inside a run's cells */
  guint run_cells; /* cells of one run and join */
  SemioBootstrap *bootstrap; /* drawn when n_resamples > 0 */
  GHashTable *known; /* key → SemioBootstrapTask */
} SemioResultsSample;

/* How long work is told and stopped. */
typedef struct {
  SemioProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  guint n_threads;
  GCancellable *cancellable;
} SemioResultsWatch;

void semio_results_sample_free (SemioResultsSample *sample);
/* Of the data's samples, or made and drawn; with the lock held. recordings: array of guint. */
SemioResultsSample *semio_results_data_get_sample (SemioResultsData *data, GArray *recordings, SemioMetricsPolicy policy,
                                                   guint n_resamples, guint64 seed, const SemioResultsWatch *watch,
                                                   GError **error);
SemioCellClasses semio_results_sample_get_cell (const SemioResultsSample *sample, const SemioResultsData *data,
                                                SemioJoinPolicy join, guint run, guint feature, SemioScore score);

/* Numbers that are wanted of a sample; those that are known are not computed again. */
typedef struct _SemioResultsBatch SemioResultsBatch;

SemioResultsBatch *semio_results_batch_new (SemioResultsSample *sample, SemioBootstrap *bootstrap);
void semio_results_batch_free (SemioResultsBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioResultsBatch, semio_results_batch_free)
/* Takes key and data (g_malloc). Gives the number's place. */
guint semio_results_batch_add (SemioResultsBatch *batch, char *key, SemioStatisticFunc statistic, gpointer data, gboolean with_p);
gboolean semio_results_batch_run (SemioResultsBatch *batch, const SemioResultsWatch *watch, GError **error);
const SemioBootstrapTask *semio_results_batch_get (const SemioResultsBatch *batch, guint place);

/* The parts of a report; each with the lock held. */
typedef struct {
  SemioResultsData *data;
  const SemioResultsChoice *choice;
  GArray *runs; /* of guint: indices into the data's runs */
  GArray *features; /* of guint */
  const SemioResultsWatch *watch;
} SemioResultsWork;

SemioJoinPolicy semio_results_get_join (const SemioResultsChoice *choice, gboolean other);
gboolean semio_results_add_rows (const SemioResultsWork *work, SemioResultsSample *sample, int type, GArray *rows,
                                 GError **error);
gboolean semio_results_add_means (const SemioResultsWork *work, SemioResultsSample *sample, GArray *rows, GArray *means,
                                  GError **error);
gboolean semio_results_add_contrasts (const SemioResultsWork *work, SemioResultsSample *sample, GArray *contrasts, guint *n_tests,
                                      GError **error);
/* Marks the best run of each feature. */
void semio_results_mark_best (GArray *rows, const GArray *contrasts);

G_END_DECLS

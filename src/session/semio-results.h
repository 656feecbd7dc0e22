/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-counts.h"
#include "semio-patient-group.h"
#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_RESULTS_RESAMPLES 10000
#define SEMIO_RESULTS_SEED 20261123
#define SEMIO_RESULTS_LEVEL 0.95

/* How segments are joined in the first place; the other way stands beside it. */
typedef enum {
  SEMIO_RESULTS_JOIN_BY_POLICY, /* by event; by the published policy as published */
  SEMIO_RESULTS_JOIN_BY_EVENT,
  SEMIO_RESULTS_JOIN_AS_PUBLISHED,
} SemioResultsJoin;

/* One planned comparison: a run against another in one feature. It is tested by itself, outside Holm's family. */
typedef struct {
  gint64 run_id; /* 0: none is named */
  gint64 other_id;
  int feature; /* index into the feature set */
} SemioPrimaryContrast;

/* What is looked at. Borrowed arrays; NULL stands for all. */
typedef struct {
  gint64 reference_id; /* 0: the current one */
  SemioMetricsPolicy policy;
  SemioResultsJoin join;
  GArray *runs; /* (nullable) of gint64: ids */
  GArray *groups; /* (nullable) of guint: indices into the set's groups */
  GArray *patients; /* (nullable) of gint64: patient ids */
  GArray *persons; /* (nullable) of gint64: whose judgements stand beside the numbers, in what is exported */
  SemioPatientGroup patient_group;
  guint event_types; /* bits 1 << SemioEventType; 0 for all */
  gboolean with_types; /* rows by event type as well */
  gboolean with_contrasts;
  guint n_resamples; /* 0: no bootstrap, so neither intervals by it nor contrasts */
  guint64 seed;
  guint n_threads; /* 0: as many as there are processors */
  SemioPrimaryContrast primary;
} SemioResultsChoice;

#define SEMIO_RESULTS_CHOICE_INIT                                                                                                \
  {                                                                                                                              \
    .policy = SEMIO_METRICS_POLICY_DEFAULT, .with_contrasts = TRUE, .n_resamples = SEMIO_RESULTS_RESAMPLES,                      \
    .seed = SEMIO_RESULTS_SEED, .primary = {                                                                                     \
      .feature = -1                                                                                                              \
    }                                                                                                                            \
  }

#define SEMIO_RESULTS_N_CONFUSION 6

/* One feature of one run under one way of joining segments. */
typedef struct {
  SemioMetrics metrics; /* as semio_metrics_compute() has them */
  SemioCounts counts; /* yes against all else */
  SemioFigure scores[SEMIO_N_SCORES]; /* by #SemioScore */
  /* Wilson's for accuracy, precision, recall and specificity of yes against no; BCa over patients for all others. Of the
   * second way of joining F1's alone. */
  SemioInterval intervals[SEMIO_N_SCORES];
  SemioFigure constants[SEMIO_N_SCORES]; /* the best constant answer, on the same recordings */
  SemioAnswer constant_answers[SEMIO_N_SCORES];
} SemioResultsScores;

typedef struct {
  guint run; /* index into the report's runs */
  guint feature; /* index into the feature set */
  int type; /* #SemioEventType of a row by event type, -1 over all */
  SemioResultsScores main; /* joined as the choice says */
  SemioResultsScores other; /* joined the other way; empty in rows by event type */
  /* Recordings that the main way scores: the reference's yes answered with yes, no, neither; its no likewise. */
  guint confusion[SEMIO_RESULTS_N_CONFUSION];
  /* Where the reference's yes all but equals the event type, the specificity inside the type that has it, so that knowing the
   * type alone earns nothing. */
  gboolean equals_type;
  SemioEventType within_type; /* the type that most of the yes are of */
  SemioFigure within_specificity; /* SEMIO_FIGURE_ONE_CLASS when that type has no no */
  SemioInterval within_interval; /* Wilson */
  gboolean is_best; /* highest F1, and every paired interval to the other runs excludes zero */
} SemioResultsRow;

/* Whether a score is above the best constant answer's; FALSE where either is missing. */
gboolean semio_results_scores_beat_constant (const SemioResultsScores *scores, SemioScore score);

/* The features of a group together. */
typedef struct {
  guint run;
  int group; /* index into the set's groups, -1 over all chosen */
  guint n_features; /* that have an F1 */
  SemioFigure macro[SEMIO_N_SCORES]; /* mean over the features that have a number */
  SemioFigure micro[SEMIO_N_SCORES]; /* of the counts together */
  SemioInterval macro_f1;
  SemioInterval micro_f1;
} SemioResultsMean;

typedef enum {
  SEMIO_CONTRAST_RUNS, /* nothing else in common */
  SEMIO_CONTRAST_ENHANCEMENT, /* the enhanced run minus the plain run of the same model */
  SEMIO_CONTRAST_PROMPTS, /* the same model and enhancement asked in other words */
} SemioContrastKind;

/* One run minus another in one feature, over the recordings that both are scored on. */
typedef struct {
  SemioContrastKind kind;
  guint run, other;
  guint feature;
  guint n_both;
  guint only_run, only_other; /* recordings that this one alone has right */
  double mcnemar, mcnemar_holm; /* exact, two-sided; −1 where nothing is scored by both */
  SemioFigure f1_run, f1_other; /* over those recordings */
  SemioFigure difference; /* of F1 */
  SemioInterval interval; /* paired, over patients */
  SemioFigure p; /* of the difference being 0 */
  double p_holm; /* −1 where there is none */
  gboolean is_primary; /* not in Holm's family: its p stand unadjusted */
} SemioResultsContrast;

/* Whether the paired interval of the difference is there and excludes zero. */
gboolean semio_results_contrast_is_clear (const SemioResultsContrast *contrast);

/**
 * SemioResultsReport:
 *
 * The numbers of one choice. Runs, rows and all else are in one order for one choice. Reference counted, immutable.
 */
typedef struct {
  gatomicrefcount refs;
  SemioMetricsPolicy policy;
  SemioResultsJoin join;
  char *reference_name;
  SemioPatientGroup patient_group;
  SemioFeatureSet *features;
  guint n_recordings; /* that the study has */
  GPtrArray *runs; /* of #SemioRun: the chosen ones */
  GPtrArray *recordings; /* of #SemioRecording: the chosen ones */
  guint n_patients;
  guint n_resamples;
  guint64 seed;
  double level;
  GArray *rows; /* of #SemioResultsRow by run, then feature; what a run never answers is not there */
  GArray *type_rows; /* of #SemioResultsRow by type, run, feature */
  GArray *means; /* of #SemioResultsMean by run, then group; over all first */
  GArray *contrasts; /* of #SemioResultsContrast by feature, run, other */
  guint n_tests; /* how many Holm's family has */
  char **remarks; /* what was left out and why; NULL-terminated, may be empty */
} SemioResultsReport;

SemioResultsReport *semio_results_report_ref (SemioResultsReport *report);
void semio_results_report_unref (SemioResultsReport *report);
/* The reference set has no name from here on, since it can be that of who annotated: it is "Reference 2". number: its place among the
 * study's sets, from 1. Only of a report that nobody else has. */
void semio_results_report_drop_names (SemioResultsReport *report, guint number);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioResultsReport, semio_results_report_unref)
/* (nullable) */
const SemioResultsRow *semio_results_report_find (const SemioResultsReport *report, guint run, guint feature);
/* (nullable): run minus other, or other minus run with *turned set. */
const SemioResultsContrast *semio_results_report_find_contrast (const SemioResultsReport *report, guint run, guint other,
                                                                guint feature, gboolean *turned);

/* Whether segments are joined by the event in the first place. */
gboolean semio_results_is_joined_by_event (SemioMetricsPolicy policy, SemioResultsJoin join);
/* The cell of #SemioResultsRow.confusion that a pair is counted in, or -1. */
int semio_results_get_confusion_cell (const SemioMetricsPair *pair, SemioMetricsPolicy policy);

/* What one recording has to do with a number, for the list behind a cell. */
typedef struct {
  gint64 recording_id;
  SemioMetricsPair pair;
} SemioResultsPair;

#define SEMIO_TYPE_RESULTS (semio_results_get_type ())
G_DECLARE_FINAL_TYPE (SemioResults, semio_results, SEMIO, RESULTS, GObject)

/**
 * SemioResults:
 *
 * The results of a study, choice after choice. What was loaded, drawn and computed for one choice is used again for the next:
 * other runs, groups or contrasts of the same recordings cost next to nothing. Loads anew after the study's "changed".
 * Keeps the study alive.
 */
SemioResults *semio_results_new (SemioStudy *study);

/* Computes in a thread; progress (nullable) is called in the thread-default context of the caller. Without a reference set it
 * fails with SEMIO_SESSION_ERROR_NOT_FOUND. The choice is copied. */
void semio_results_compute_async (SemioResults *results, const SemioResultsChoice *choice, SemioProgressFunc progress,
                                  gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
SemioResultsReport *semio_results_compute_finish (SemioResults *results, GAsyncResult *result, GError **error);

/* The recordings behind a number of a report that was computed last: of a run and feature, those that the main way of joining
 * scores or leaves out. Array of #SemioResultsPair; free with g_array_unref(). Does not block. */
GArray *semio_results_list_pairs (SemioResults *results, const SemioResultsReport *report, guint run, guint feature);

G_END_DECLS

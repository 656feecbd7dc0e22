/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-case.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_CASE_LENGTH_ANY,
  SEMIO_CASE_LENGTH_SHORT, /* under a minute */
  SEMIO_CASE_LENGTH_MEDIUM, /* one to five minutes */
  SEMIO_CASE_LENGTH_LONG, /* five minutes and more */
  SEMIO_CASE_LENGTH_UNKNOWN,
} SemioCaseLength;

typedef enum {
  SEMIO_CASE_COVERAGE_ANY,
  SEMIO_CASE_COVERAGE_WHOLE,
  SEMIO_CASE_COVERAGE_PARTLY,
  SEMIO_CASE_COVERAGE_NONE,
} SemioCaseCoverage;

typedef enum {
  SEMIO_CASE_PROGRESS_ANY,
  SEMIO_CASE_PROGRESS_NOT_BEGUN,
  SEMIO_CASE_PROGRESS_BEGUN,
  SEMIO_CASE_PROGRESS_JUDGED, /* every item judged, or the case closed */
} SemioCaseProgress;

typedef enum {
  SEMIO_CASE_SORT_NAME,
  SEMIO_CASE_SORT_LENGTH,
  SEMIO_CASE_SORT_COVERAGE,
  SEMIO_CASE_SORT_PROGRESS,
} SemioCaseSort;

#define SEMIO_TYPE_CASE_FILTER (semio_case_filter_get_type ())
G_DECLARE_FINAL_TYPE (SemioCaseFilter, semio_case_filter, SEMIO, CASE_FILTER, GtkFilter)

/**
 * SemioCaseFilter:
 *
 * Which cases are listed: by words of the title, patient, length, how far the runs cover them, how far the person has come.
 */
SemioCaseFilter *semio_case_filter_new (void);
/* Every word has to stand in the title, whatever its case. */
void semio_case_filter_set_text (SemioCaseFilter *self, const char *text);
/* (nullable): any */
void semio_case_filter_set_patient (SemioCaseFilter *self, const char *patient);
void semio_case_filter_set_length (SemioCaseFilter *self, SemioCaseLength length);
void semio_case_filter_set_coverage (SemioCaseFilter *self, SemioCaseCoverage coverage);
void semio_case_filter_set_progress (SemioCaseFilter *self, SemioCaseProgress progress);
/* The cases changed under the filter. */
void semio_case_filter_refresh (SemioCaseFilter *self);

/* Orders two cases; equal ones by name, numbers in names by value. */
int semio_case_compare (SemioCase *a, SemioCase *b, SemioCaseSort sort);

G_END_DECLS

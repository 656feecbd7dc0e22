/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-scheduler.h"

G_BEGIN_DECLS

/* How one question stands. */
typedef struct {
  gboolean is_done;
  gboolean is_in_flight;
  gboolean is_again; /* with the larger limit */
  guint n_tries; /* that count */
  guint n_answers_seen; /* of the lane, when it last failed because the server was away */
  gint64 not_before_us;
} SemioAsked;

typedef struct _SemioLane SemioLane;

/* A fan-out under way. Reference counted, because an answer may come when it was given up. */
typedef struct {
  gatomicrefcount refs;
  SemioFanOut *fan_out;
  SemioLane *lane;
  SemioAsked *asked; /* one a question */
  guint n_done;
  gboolean is_open; /* the first was answered: the rest may go */
  guint n_in_flight;
} SemioFan;

/* One base URL: what stands in its row, and whether it can be asked just now. */
struct _SemioLane {
  char *url; /* of chat completions */
  char *host;
  GQueue fans; /* of #SemioFan in the order they came */
  guint n_in_flight;
  guint n_answers; /* that came back whole */
  guint n_failures; /* in a row that hold the lane up */
  gboolean is_away; /* one question at a time asks whether it is back */
  gint64 not_before_us;
  char *why; /* (nullable): a sentence, while it is held up */
};

/* NULL with an error for what is no address. */
SemioLane *semio_lane_new (const char *base_url, GError **error);
void semio_lane_free (SemioLane *lane);
SemioFan *semio_fan_new (SemioFanOut *fan_out);
SemioFan *semio_fan_ref (SemioFan *fan);
void semio_fan_unref (SemioFan *fan);
guint semio_lane_count_waiting (SemioLane *lane);
/* TRUE when questions of this segment wait or are under way here. */
gboolean semio_lane_has_segment (SemioLane *lane, guint64 segment);

/* The next question that may go out now; FALSE when there is none, then next_us is lowered to when there may be one. */
gboolean semio_lane_find_next (SemioLane *lane, guint max_in_flight, gint64 now_us, SemioFan **fan, guint *question,
                               gint64 *next_us);
/* An answer came: it is there. */
void semio_lane_set_good (SemioLane *lane);
/* Nothing goes out for a while. */
void semio_lane_hold (SemioLane *lane, gboolean is_away, gint64 wait_us, const char *why);

/* first ‖ 2 first ‖ 4 first … up to longest, each anywhere between its half and itself so that many do not come at once; at
 * least what the server asked for (-1: nothing). */
gint64 semio_backoff_us (guint n_failures, gint64 first_us, gint64 longest_us, gint64 asked_us);

G_END_DECLS

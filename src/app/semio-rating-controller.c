/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-controller.h"

#include <glib/gi18n-lib.h>

#include "semio-timing.h"

/* A step that takes longer is shown as unsaved. Shown at once, the frame without the tick would be painted first, and the
 * one with it would have to wait for the next. */
#define SLOW_STEP_MS 80

typedef enum {
  STEP_SCORE,
  STEP_CANNOT_JUDGE,
  STEP_CLEAR,
  STEP_SUPPORTS,
  STEP_MARK,
  STEP_COMMENT,
  STEP_UNDO,
  STEP_REDO,
} StepKind;

/* One judgement on its way. Which item it is of is settled when its turn comes, since the one before may go on. */
typedef struct {
  SemioRatingController *controller;
  StepKind kind;
  int value;
  gboolean stay;
  char *text;
  SemioReview *review; /* (nullable) settled already */
  guint item;
} Step;

struct _SemioRatingController {
  GObject parent_instance;

  SemioRatingExposureFunc exposure;
  gpointer exposure_data;
  SemioStudy *study;
  SemioReview *review;
  int item;
  int segment;
  SemioReview *rated_review; /* the item just rated, while a rating has gone on from it */
  guint rated_item;
  GQueue steps;
  gboolean busy;
  guint slow_id; /* until the step that is on its way counts as slow */
  char *message;
};

G_DEFINE_FINAL_TYPE (SemioRatingController, semio_rating_controller, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_SELECTED, SIGNAL_GO_ON, SIGNAL_RETURN_TO, N_SIGNALS };

static guint signals[N_SIGNALS];

static void run_next_step (SemioRatingController *self);

static void
step_free (Step *step)
{
  g_clear_object (&step->controller);
  g_clear_object (&step->review);
  g_free (step->text);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
emit_changed (SemioRatingController *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
slow_step_cb (gpointer user_data)
{
  SemioRatingController *self = SEMIO_RATING_CONTROLLER (user_data);

  self->slow_id = 0;
  emit_changed (self);
  return G_SOURCE_REMOVE;
}

static void
forget_rated (SemioRatingController *self)
{
  g_clear_object (&self->rated_review);
}

static void
drop_steps (SemioRatingController *self)
{
  g_queue_clear_full (&self->steps, (GDestroyNotify) step_free);
}

/* The end of a step: what was kept is in the review's item by now, read back from the study. */
static void
finish_step (Step *step, const GError *error)
{
  SemioRatingController *self = step->controller;
  gboolean goes_on = error == NULL && step->kind == STEP_SCORE && !step->stay;

  self->busy = FALSE;
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_pointer (&self->message, g_free);
  if (error != NULL)
    {
      self->message = g_strdup (error->message);
      drop_steps (self);
    }
  else if (goes_on)
    {
      g_set_object (&self->rated_review, step->review);
      self->rated_item = step->item;
    }
  else if (step->kind == STEP_SCORE || step->kind == STEP_CANNOT_JUDGE)
    forget_rated (self); /* what was just judged is what is selected */
  if (error == NULL && step->kind == STEP_COMMENT)
    semio_study_set_draft (self->study, step->review, step->item, NULL);
  emit_changed (self);
  if (goes_on)
    g_signal_emit (self, signals[SIGNAL_GO_ON], 0);
  run_next_step (self);
}

static void
rated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRating) rating = semio_study_rate_finish (SEMIO_STUDY (source), result, &error);

  semio_timing_mark ("rating durable");
  finish_step (step, error);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  SemioItemKey key = { 0 };
  gboolean undone = semio_study_undo_finish (SEMIO_STUDY (source), result, &key, &error);

  finish_step (step, error);
  /* A bookmark belongs to no item. */
  if (undone && key.run_id != 0)
    g_signal_emit (step->controller, signals[SIGNAL_RETURN_TO], 0, &key);
}

/* The judgement that stands now, changed by a step. */
static SemioRating *
build_rating (SemioRatingController *self, const Step *step)
{
  const SemioItem *item = semio_review_get_item (step->review, step->item);
  SemioRating *rating = NULL;

  if (item->rating != NULL && !item->rating->withdrawn)
    rating = semio_rating_copy (item->rating);
  else
    rating = semio_rating_new ();
  rating->key = item->key;
  rating->explanation = item->shown;

  switch (step->kind)
    {
    case STEP_SCORE:
      rating->score = step->value;
      rating->cannot_judge = SEMIO_CANNOT_JUDGE_UNSET;
      break;
    case STEP_CANNOT_JUDGE:
      rating->score = 0;
      rating->cannot_judge = (SemioCannotJudge) step->value;
      break;
    case STEP_SUPPORTS:
      rating->supports = (SemioSupports) ((rating->supports + 1) % 3);
      break;
    case STEP_MARK:
      rating->marks ^= (SemioMarks) step->value;
      break;
    case STEP_COMMENT:
      g_free (rating->comment);
      rating->comment = g_strdup (step->text);
      break;
    case STEP_CLEAR:
    case STEP_UNDO:
    case STEP_REDO:
    default:
      break;
    }
  if (self->exposure != NULL)
    self->exposure (step->review, step->item, rating, self->exposure_data);
  return rating;
}

/* Which item a step is of; FALSE when there is none. */
static gboolean
settle_item (SemioRatingController *self, Step *step)
{
  if (step->review != NULL)
    return TRUE;
  if (step->kind == STEP_SUPPORTS)
    {
      g_set_object (&step->review, semio_rating_controller_get_target (self, &step->item));
      return step->review != NULL;
    }
  if (self->review == NULL || self->item < 0)
    return FALSE;
  step->review = g_object_ref (self->review);
  step->item = (guint) self->item;
  return TRUE;
}

static gboolean
has_judgement (const Step *step)
{
  const SemioItem *item = semio_review_get_item (step->review, step->item);

  return (item->rating != NULL && !item->rating->withdrawn) || item->has_conflict;
}

static gboolean
is_allowed (SemioRatingController *self, Step *step)
{
  const char *obstacle = semio_rating_controller_get_obstacle (self);

  if (step->kind == STEP_UNDO)
    return self->study != NULL && semio_study_can_undo (self->study);
  if (step->kind == STEP_REDO)
    return self->study != NULL && semio_study_can_redo (self->study);
  if (self->study == NULL || !settle_item (self, step))
    return FALSE;
  if (obstacle != NULL)
    {
      semio_rating_controller_set_message (self, obstacle);
      return FALSE;
    }
  if (!semio_item_is_ratable (semio_review_get_item (step->review, step->item)))
    {
      semio_rating_controller_set_message (self, _ ("Nothing to rate here: no explanation was given."));
      return FALSE;
    }
  return step->kind != STEP_CLEAR || has_judgement (step);
}

static void
run_next_step (SemioRatingController *self)
{
  while (!self->busy && !g_queue_is_empty (&self->steps))
    {
      g_autoptr (Step) step = g_queue_pop_head (&self->steps);
      g_autoptr (SemioRating) rating = NULL;
      Step *sent = NULL;

      if (!is_allowed (self, step))
        continue;
      self->busy = TRUE;
      self->slow_id = g_timeout_add (SLOW_STEP_MS, slow_step_cb, self);
      sent = g_steal_pointer (&step);
      if (sent->kind == STEP_UNDO)
        semio_study_undo_async (self->study, undone_cb, sent);
      else if (sent->kind == STEP_REDO)
        semio_study_redo_async (self->study, undone_cb, sent);
      else if (sent->kind == STEP_CLEAR)
        semio_study_withdraw_async (self->study, sent->review, sent->item, rated_cb, sent);
      else
        {
          rating = build_rating (self, sent);
          semio_study_rate_async (self->study, sent->review, rating, rated_cb, sent);
        }
    }
}

static Step *
push_step (SemioRatingController *self, StepKind kind, int value)
{
  Step *step = g_new0 (Step, 1);

  step->controller = g_object_ref (self);
  step->kind = kind;
  step->value = value;
  g_queue_push_tail (&self->steps, step);
  return step;
}

static void
push_settled (SemioRatingController *self, StepKind kind, int value, const char *text, SemioReview *review, guint item)
{
  Step *step = push_step (self, kind, value);

  step->text = g_strdup (text);
  step->review = g_object_ref (review);
  step->item = item;
  run_next_step (self);
}

static void
semio_rating_controller_dispose (GObject *object)
{
  SemioRatingController *self = SEMIO_RATING_CONTROLLER (object);

  self->exposure = NULL;
  g_clear_handle_id (&self->slow_id, g_source_remove);
  drop_steps (self);
  forget_rated (self);
  g_clear_object (&self->review);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_rating_controller_parent_class)->dispose (object);
}

static void
semio_rating_controller_finalize (GObject *object)
{
  g_free (SEMIO_RATING_CONTROLLER (object)->message);
  G_OBJECT_CLASS (semio_rating_controller_parent_class)->finalize (object);
}

static void
semio_rating_controller_class_init (SemioRatingControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = semio_rating_controller_dispose;
  object_class->finalize = semio_rating_controller_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_GO_ON] = g_signal_new ("go-on", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RETURN_TO] =
      g_signal_new ("return-to", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
semio_rating_controller_init (SemioRatingController *self)
{
  self->item = -1;
  self->segment = SEMIO_SEGMENT_WHOLE;
  g_queue_init (&self->steps);
}

SemioRatingController *
semio_rating_controller_new (SemioRatingExposureFunc exposure, gpointer exposure_data)
{
  SemioRatingController *self = g_object_new (SEMIO_TYPE_RATING_CONTROLLER, NULL);

  self->exposure = exposure;
  self->exposure_data = exposure_data;
  return self;
}

void
semio_rating_controller_set_study (SemioRatingController *self, SemioStudy *study)
{
  if (!g_set_object (&self->study, study))
    return;
  drop_steps (self);
  forget_rated (self);
  g_clear_pointer (&self->message, g_free);
  semio_rating_controller_set_review (self, NULL);
}

SemioStudy *
semio_rating_controller_get_study (SemioRatingController *self)
{
  return self->study;
}

void
semio_rating_controller_set_review (SemioRatingController *self, SemioReview *review)
{
  g_set_object (&self->review, review);
  self->item = -1;
  self->segment = SEMIO_SEGMENT_WHOLE;
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
  emit_changed (self);
}

SemioReview *
semio_rating_controller_get_review (SemioRatingController *self)
{
  return self->review;
}

/* The explanation to read first: the first segment that speaks for the answer, else the first with any text. */
static int
find_first_segment (const SemioItem *item)
{
  int segment = -1;

  if (item->n_segments == 0)
    return SEMIO_SEGMENT_WHOLE;
  segment = semio_item_get_next_cited (item, -1, 1);
  for (guint i = 0; segment < 0 && i < item->n_segments; i++)
    if (item->explanations[i] != NULL)
      segment = (int) i;
  return MAX (segment, 0);
}

void
semio_rating_controller_go_to (SemioRatingController *self, int item)
{
  if (self->review == NULL || item >= (int) semio_review_get_n_items (self->review))
    item = -1;
  self->item = item;
  self->segment = item >= 0 ? find_first_segment (semio_review_get_item (self->review, (guint) item)) : SEMIO_SEGMENT_WHOLE;
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
  emit_changed (self);
}

void
semio_rating_controller_select (SemioRatingController *self, int item)
{
  forget_rated (self);
  g_clear_pointer (&self->message, g_free);
  semio_rating_controller_go_to (self, item);
}

int
semio_rating_controller_get_selected (SemioRatingController *self)
{
  return self->item;
}

const SemioItem *
semio_rating_controller_get_selected_item (SemioRatingController *self)
{
  return self->review != NULL && self->item >= 0 ? semio_review_get_item (self->review, (guint) self->item) : NULL;
}

void
semio_rating_controller_set_segment (SemioRatingController *self, int segment)
{
  if (self->segment == segment)
    return;
  self->segment = segment;
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

int
semio_rating_controller_get_segment (SemioRatingController *self)
{
  return self->segment;
}

void
semio_rating_controller_note_played (SemioRatingController *self)
{
  if (self->rated_review == NULL)
    return;
  forget_rated (self);
  emit_changed (self);
}

SemioReview *
semio_rating_controller_get_target (SemioRatingController *self, guint *item)
{
  if (self->rated_review != NULL)
    {
      *item = self->rated_item;
      return self->rated_review;
    }
  if (self->review == NULL || self->item < 0)
    return NULL;
  *item = (guint) self->item;
  return self->review;
}

const SemioItem *
semio_rating_controller_get_target_item (SemioRatingController *self)
{
  guint item = 0;
  SemioReview *review = semio_rating_controller_get_target (self, &item);

  return review != NULL ? semio_review_get_item (review, item) : NULL;
}

gboolean
semio_rating_controller_is_target_elsewhere (SemioRatingController *self)
{
  return self->rated_review != NULL
         && (self->rated_review != self->review || self->item < 0 || self->rated_item != (guint) self->item);
}

char *
semio_rating_controller_describe (SemioRatingController *self, SemioReview *review, guint item)
{
  const SemioItem *what = semio_review_get_item (review, item);
  const SemioFeature *feature = semio_feature_set_get (semio_study_get_feature_set (self->study), what->key.feature);
  const char *run = semio_review_get_run_label (review, what->run);
  const SemioRecording *recording = semio_review_get_recording (review);

  if (review == self->review)
    return g_strdup_printf ("%s · %s", feature->label, run);
  return g_strdup_printf ("%s · %s · %s", recording->pseudonym, feature->label, run);
}

const char *
semio_rating_controller_get_obstacle (SemioRatingController *self)
{
  if (self->study == NULL)
    return NULL;
  if (semio_study_is_read_only (self->study))
    return _ ("This study is open for reading only: nothing can be rated.");
  if (semio_study_get_person (self->study) == NULL)
    return _ ("Choose who rates first: every rating is kept under a name.");
  return NULL;
}

const char *
semio_rating_controller_get_message (SemioRatingController *self)
{
  return self->message;
}

void
semio_rating_controller_set_message (SemioRatingController *self, const char *message)
{
  g_free (self->message);
  self->message = g_strdup (message);
  emit_changed (self);
}

gboolean
semio_rating_controller_is_busy (SemioRatingController *self)
{
  return self->busy;
}

gboolean
semio_rating_controller_has_waiting (SemioRatingController *self)
{
  return !g_queue_is_empty (&self->steps);
}

gboolean
semio_rating_controller_is_saved (SemioRatingController *self)
{
  const SemioItem *item = semio_rating_controller_get_target_item (self);

  return !self->busy && item != NULL && item->rating != NULL && !item->rating->withdrawn;
}

void
semio_rating_controller_rate (SemioRatingController *self, int score, gboolean stay)
{
  Step *step = NULL;

  g_return_if_fail (score >= 1 && score <= 5);
  step = push_step (self, STEP_SCORE, score);
  step->stay = stay;
  run_next_step (self);
}

void
semio_rating_controller_cannot_judge (SemioRatingController *self, SemioCannotJudge reason)
{
  push_step (self, STEP_CANNOT_JUDGE, (int) reason);
  run_next_step (self);
}

void
semio_rating_controller_clear (SemioRatingController *self)
{
  push_step (self, STEP_CLEAR, 0);
  run_next_step (self);
}

void
semio_rating_controller_cycle_supports (SemioRatingController *self)
{
  push_step (self, STEP_SUPPORTS, 0);
  run_next_step (self);
}

void
semio_rating_controller_toggle_mark (SemioRatingController *self, SemioReview *review, guint item, SemioMarks mark)
{
  push_settled (self, STEP_MARK, (int) mark, NULL, review, item);
}

void
semio_rating_controller_set_comment (SemioRatingController *self, SemioReview *review, guint item, const char *comment)
{
  push_settled (self, STEP_COMMENT, 0, comment, review, item);
}

void
semio_rating_controller_undo (SemioRatingController *self)
{
  push_step (self, STEP_UNDO, 0);
  run_next_step (self);
}

void
semio_rating_controller_redo (SemioRatingController *self)
{
  push_step (self, STEP_REDO, 0);
  run_next_step (self);
}

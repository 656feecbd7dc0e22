/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-compare-pair.h"

#include "semio-drift.h"

#include "semio-source.h"

typedef struct {
  SemioPlayer *player;
  SemioFrameIndex *index; /* (nullable) without a video */
  gint64 anchor_ns;
  GCancellable *finding; /* (nullable) while it is not known what it is read from */
  gint64 first_frame; /* to show then */
  gint64 shown_ns; /* of the last frame while it plays, from the anchor */
  gint64 shown_us; /* when it came, 0 before the first */
} Side;

struct _SemioComparePair {
  GObject parent_instance;

  Side sides[SEMIO_COMPARE_N_SIDES];
  gint64 target; /* frame of the left one that is looked for, −1 none */
  double speed;
  SemioDrift drift;
  gboolean plays;
};

G_DEFINE_FINAL_TYPE (SemioComparePair, semio_compare_pair, G_TYPE_OBJECT)

enum { SIGNAL_FRAME, SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
notify_changed (SemioComparePair *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
stop_finding (Side *side)
{
  if (side->finding != NULL)
    g_cancellable_cancel (side->finding);
  g_clear_object (&side->finding);
}

static gint64
get_left_frame (SemioComparePair *self)
{
  return self->target >= 0 ? self->target : MAX (semio_player_get_frame (self->sides[SEMIO_COMPARE_LEFT].player), 0);
}

/* The frame of the right one that belongs to the left one's. */
static gint64
get_right_frame (SemioComparePair *self)
{
  Side *right = &self->sides[SEMIO_COMPARE_RIGHT];

  return semio_frame_index_get_frame_at (right->index, semio_compare_pair_get_time (self) + right->anchor_ns);
}

static void
bring_right (SemioComparePair *self)
{
  if (semio_compare_pair_is_ready (self))
    semio_player_seek_frame (self->sides[SEMIO_COMPARE_RIGHT].player, get_right_frame (self));
}

/* A frame came while both play: how far they are from one another is measured at the same moment of the clock. */
static void
note_frame (SemioComparePair *self, SemioCompareSide which, SemioFrame *frame)
{
  Side *side = &self->sides[which], *other = &self->sides[1 - which];

  if (!self->plays)
    return;
  side->shown_ns = frame->time_ns - side->anchor_ns;
  side->shown_us = g_get_monotonic_time ();
  if (other->shown_us != 0)
    {
      gint64 other_ns = other->shown_ns + (gint64) (self->speed * 1000 * (double) (side->shown_us - other->shown_us));
      gint64 ahead_ns = which == SEMIO_COMPARE_RIGHT ? side->shown_ns - other_ns : other_ns - side->shown_ns;

      semio_drift_add (&self->drift, ahead_ns, side->shown_us);
    }
}

static void
left_frame_cb (SemioComparePair *self, SemioFrame *frame)
{
  if (self->target == frame->frame)
    self->target = -1;
  note_frame (self, SEMIO_COMPARE_LEFT, frame);
  g_signal_emit (self, signals[SIGNAL_FRAME], 0, SEMIO_COMPARE_LEFT, frame);
  /* The last frame before a pause may come after it. */
  if (!self->plays && self->target < 0)
    bring_right (self);
}

static void
right_frame_cb (SemioComparePair *self, SemioFrame *frame)
{
  note_frame (self, SEMIO_COMPARE_RIGHT, frame);
  g_signal_emit (self, signals[SIGNAL_FRAME], 0, SEMIO_COMPARE_RIGHT, frame);
  /* Its own last frame may come after the pause as well, and after it stood already where it belongs. */
  if (!self->plays && self->target < 0 && semio_compare_pair_is_ready (self) && frame->frame != get_right_frame (self))
    bring_right (self);
}

static void go_to (SemioComparePair *self, gint64 frame);

/* Whether a side shows the last of what both have. */
static gboolean
is_at_end (SemioComparePair *self, const Side *side)
{
  SemioSpan span = semio_compare_pair_get_span (self);

  return side->index != NULL
         && semio_player_get_frame (side->player)
                >= semio_frame_index_get_frame_at (side->index, MAX (span.end_ns - 1 + side->anchor_ns, 0));
}

/* The one that ends first ends both; the other may be some frames behind, on a machine with much to do. */
static void
state_cb (SemioComparePair *self)
{
  if (self->plays)
    for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
      {
        SemioPlayerState state = semio_player_get_state (self->sides[i].player);

        if (state == SEMIO_PLAYER_PAUSED || state == SEMIO_PLAYER_ENDED || state == SEMIO_PLAYER_FAILED)
          {
            semio_compare_pair_pause (self);
            if (state != SEMIO_PLAYER_FAILED && is_at_end (self, &self->sides[i]))
              go_to (self, G_MAXINT64);
            break;
          }
      }
  notify_changed (self);
}

static void
semio_compare_pair_dispose (GObject *object)
{
  SemioComparePair *self = SEMIO_COMPARE_PAIR (object);

  semio_compare_pair_close (self);
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    g_clear_object (&self->sides[i].player);
  G_OBJECT_CLASS (semio_compare_pair_parent_class)->dispose (object);
}

static void
semio_compare_pair_class_init (SemioComparePairClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_compare_pair_dispose;
  signals[SIGNAL_FRAME] =
      g_signal_new ("frame", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_POINTER);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_compare_pair_init (SemioComparePair *self)
{
  self->target = -1;
  self->speed = 1;
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    {
      self->sides[i].player = semio_player_new ();
      g_signal_connect_object (self->sides[i].player, "frame-ready",
                               i == SEMIO_COMPARE_LEFT ? G_CALLBACK (left_frame_cb) : G_CALLBACK (right_frame_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->sides[i].player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
    }
  /* Two sounds at once tell nothing. */
  semio_player_set_muted (self->sides[SEMIO_COMPARE_RIGHT].player, TRUE);
}

/**
 * semio_compare_pair_new:
 *
 * Returns: (transfer full): a pair with nothing loaded
 */
SemioComparePair *
semio_compare_pair_new (void)
{
  return g_object_new (SEMIO_TYPE_COMPARE_PAIR, NULL);
}

void
semio_compare_pair_close (SemioComparePair *self)
{
  self->plays = FALSE;
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    {
      stop_finding (&self->sides[i]);
      if (self->sides[i].player != NULL)
        semio_player_unload (self->sides[i].player);
      g_clear_pointer (&self->sides[i].index, semio_frame_index_unref);
    }
}

SemioPlayer *
semio_compare_pair_get_player (SemioComparePair *self, SemioCompareSide side)
{
  return self->sides[side].player;
}

/* One side that waits for what it is read from. */
typedef struct {
  SemioComparePair *pair;
  SemioCompareSide side;
} Wait;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (SemioComparePair) self = wait->pair;
  Side *what = &self->sides[wait->side];
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

  g_free (wait);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || what->index == NULL)
    return;
  g_clear_object (&what->finding);
  if (found != NULL)
    semio_player_load (what->player, found->file, found->index, what->first_frame);
  else
    g_signal_emit_by_name (what->player, "failed", error);
}

static void
find_source (SemioComparePair *self, SemioCompareSide side, const SemioSha256 *content, GFile *file)
{
  Side *what = &self->sides[side];
  Wait *wait = NULL;

  if (semio_source_is_plain (content, what->index, SEMIO_SOURCE_STEPS))
    {
      semio_player_load (what->player, file, what->index, what->first_frame);
      return;
    }
  wait = g_new0 (Wait, 1);
  wait->pair = g_object_ref (self);
  wait->side = side;
  what->finding = g_cancellable_new ();
  semio_source_find_async (content, file, what->index, SEMIO_SOURCE_STEPS, NULL, NULL, what->finding, found_cb, wait);
}

/**
 * semio_compare_pair_load:
 * @self: a pair
 * @side: which
 * @content: of the recording
 * @file: (nullable): a video
 * @index: (nullable): its frame index
 * @anchor_ns: the moment that belongs to the other's
 */
void
semio_compare_pair_load (SemioComparePair *self, SemioCompareSide side, const SemioSha256 *content, GFile *file,
                         SemioFrameIndex *index, gint64 anchor_ns)
{
  Side *what = &self->sides[side];

  semio_compare_pair_pause (self);
  stop_finding (what);
  semio_player_unload (what->player);
  g_clear_pointer (&what->index, semio_frame_index_unref);
  what->anchor_ns = anchor_ns;
  if (side == SEMIO_COMPARE_LEFT)
    self->target = -1;
  if (file != NULL && index != NULL)
    {
      gint64 time_ns = anchor_ns;

      what->index = semio_frame_index_ref (index);
      if (side == SEMIO_COMPARE_RIGHT && self->sides[SEMIO_COMPARE_LEFT].index != NULL)
        time_ns += semio_compare_pair_get_time (self);
      what->first_frame = semio_frame_index_get_frame_at (index, MAX (time_ns, 0));
      find_source (self, side, content, file);
    }
  notify_changed (self);
}

gboolean
semio_compare_pair_is_ready (SemioComparePair *self)
{
  return self->sides[SEMIO_COMPARE_LEFT].index != NULL && self->sides[SEMIO_COMPARE_RIGHT].index != NULL;
}

gboolean
semio_compare_pair_is_playing (SemioComparePair *self)
{
  return self->plays;
}

SemioSpan
semio_compare_pair_get_span (SemioComparePair *self)
{
  SemioSpan span = { G_MININT64, G_MAXINT64 };

  if (self->sides[SEMIO_COMPARE_LEFT].index == NULL)
    return (SemioSpan){ 0, 0 };
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    if (self->sides[i].index != NULL)
      {
        span.begin_ns = MAX (span.begin_ns, -self->sides[i].anchor_ns);
        span.end_ns = MIN (span.end_ns, semio_frame_index_get_duration_ns (self->sides[i].index) - self->sides[i].anchor_ns);
      }
  return span;
}

gint64
semio_compare_pair_get_time (SemioComparePair *self)
{
  Side *left = &self->sides[SEMIO_COMPARE_LEFT];

  if (left->index == NULL)
    return 0;
  /* Before its first frame came, the left one stands at its anchor. */
  if (self->target < 0 && semio_player_get_frame (left->player) < 0)
    return 0;
  return semio_frame_index_get_time_ns (left->index, get_left_frame (self)) - left->anchor_ns;
}

/**
 * semio_compare_pair_get_drift:
 * @self: a pair
 *
 * Returns: nanoseconds by which the right one is ahead of what belongs to the left one; 0 unless both play
 */
gint64
semio_compare_pair_get_drift (SemioComparePair *self)
{
  return self->plays ? semio_drift_get (&self->drift) : 0;
}

void
semio_compare_pair_pause (SemioComparePair *self)
{
  if (!self->plays)
    return;
  self->plays = FALSE;
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    semio_player_pause (self->sides[i].player);
  bring_right (self);
  notify_changed (self);
}

void
semio_compare_pair_toggle (SemioComparePair *self)
{
  SemioSpan span = semio_compare_pair_get_span (self);
  gint64 time_ns = semio_compare_pair_get_time (self);

  if (self->plays)
    {
      semio_compare_pair_pause (self);
      return;
    }
  if (!semio_compare_pair_is_ready (self) || span.end_ns <= span.begin_ns)
    return;
  /* From where one of them ends there is nothing to play: from the beginning. */
  if (time_ns < span.begin_ns || time_ns + SEMIO_NS_PER_SECOND / 10 >= span.end_ns)
    time_ns = span.begin_ns;
  self->target = -1;
  semio_drift_reset (&self->drift);
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    self->sides[i].shown_us = 0;
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    semio_player_play_span (self->sides[i].player, time_ns + self->sides[i].anchor_ns, span.end_ns + self->sides[i].anchor_ns,
                            self->speed);
  self->plays = TRUE;
  notify_changed (self);
}

/* To a frame of the left one, as far as both have something to show. */
static void
go_to (SemioComparePair *self, gint64 frame)
{
  Side *left = &self->sides[SEMIO_COMPARE_LEFT];
  SemioSpan span = semio_compare_pair_get_span (self);
  gint64 first = semio_frame_index_get_frame_at (left->index, span.begin_ns + left->anchor_ns);
  gint64 last = semio_frame_index_get_frame_at (left->index, MAX (span.end_ns - 1, span.begin_ns) + left->anchor_ns);

  semio_compare_pair_pause (self);
  self->target = CLAMP (frame, first, MAX (first, last));
  semio_player_seek_frame (left->player, self->target);
  bring_right (self);
  notify_changed (self);
}

void
semio_compare_pair_seek (SemioComparePair *self, gint64 time_ns)
{
  Side *left = &self->sides[SEMIO_COMPARE_LEFT];

  if (left->index != NULL)
    go_to (self, semio_frame_index_get_frame_at (left->index, MAX (time_ns + left->anchor_ns, 0)));
}

void
semio_compare_pair_step (SemioComparePair *self, int n_frames)
{
  if (self->sides[SEMIO_COMPARE_LEFT].index != NULL)
    go_to (self, get_left_frame (self) + n_frames);
}

void
semio_compare_pair_set_speed (SemioComparePair *self, double speed)
{
  self->speed = speed;
  semio_drift_reset (&self->drift);
  for (int i = 0; i < SEMIO_COMPARE_N_SIDES; i++)
    semio_player_set_speed (self->sides[i].player, speed);
}

void
semio_compare_pair_set_anchor (SemioComparePair *self, SemioCompareSide side, gint64 anchor_ns)
{
  Side *what = &self->sides[side];

  if (what->index == NULL)
    return;
  semio_compare_pair_pause (self);
  what->anchor_ns = CLAMP (anchor_ns, 0, semio_frame_index_get_duration_ns (what->index) - 1);
  semio_compare_pair_seek (self, semio_compare_pair_get_time (self));
}

gint64
semio_compare_pair_get_anchor (SemioComparePair *self, SemioCompareSide side)
{
  return self->sides[side].anchor_ns;
}

void
semio_compare_pair_shift (SemioComparePair *self, gint64 delta_ns)
{
  semio_compare_pair_set_anchor (self, SEMIO_COMPARE_RIGHT, self->sides[SEMIO_COMPARE_RIGHT].anchor_ns + delta_ns);
}

/**
 * semio_compare_pair_shift_frames:
 * @self: a pair
 * @n_frames: of the right one, negative for earlier
 */
void
semio_compare_pair_shift_frames (SemioComparePair *self, int n_frames)
{
  Side *right = &self->sides[SEMIO_COMPARE_RIGHT];
  gint64 now, next;

  if (right->index == NULL)
    return;
  now = semio_frame_index_get_frame_at (right->index, semio_compare_pair_get_time (self) + right->anchor_ns);
  next = CLAMP (now + n_frames, 0, semio_frame_index_get_n_frames (right->index) - 1);
  semio_compare_pair_shift (self, semio_frame_index_get_time_ns (right->index, next)
                                      - semio_frame_index_get_time_ns (right->index, now));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-clock.h"

/* A longer time without a sign of the person is a pause. */
#define MAX_PAUSE_US (60 * G_USEC_PER_SEC)

struct _SemioRatingClock {
  GHashTable *spent_us; /* SemioItemKey → gint64, both owned */
  SemioItemKey item;
  gboolean has_item;
  gint64 touched_us; /* up to when the time of the item is counted */
};

SemioRatingClock *
semio_rating_clock_new (void)
{
  SemioRatingClock *clock = g_new0 (SemioRatingClock, 1);

  clock->spent_us = g_hash_table_new_full ((GHashFunc) semio_item_key_hash, (GEqualFunc) semio_item_key_equal, g_free, g_free);
  return clock;
}

void
semio_rating_clock_free (SemioRatingClock *clock)
{
  g_hash_table_unref (clock->spent_us);
  g_free (clock);
}

/**
 * semio_rating_clock_touch:
 * @clock: a clock
 * @now_us: the time of a steady clock
 *
 * Counts the time since the last sign of the person for the item, unless it was a pause.
 */
void
semio_rating_clock_touch (SemioRatingClock *clock, gint64 now_us)
{
  gint64 passed_us = now_us - clock->touched_us;
  gint64 *spent_us = NULL;

  if (clock->has_item && passed_us > 0 && passed_us <= MAX_PAUSE_US)
    {
      spent_us = g_hash_table_lookup (clock->spent_us, &clock->item);
      if (spent_us == NULL)
        {
          spent_us = g_new0 (gint64, 1);
          g_hash_table_insert (clock->spent_us, g_memdup2 (&clock->item, sizeof clock->item), spent_us);
        }
      *spent_us += passed_us;
    }
  clock->touched_us = now_us;
}

void
semio_rating_clock_set_item (SemioRatingClock *clock, const SemioItemKey *item, gint64 now_us)
{
  semio_rating_clock_touch (clock, now_us);
  clock->has_item = item != NULL;
  if (item != NULL)
    clock->item = *item;
}

double
semio_rating_clock_get_seconds (SemioRatingClock *clock, const SemioItemKey *item, gint64 now_us)
{
  gint64 *spent_us = NULL;

  if (clock->has_item && semio_item_key_equal (&clock->item, item))
    semio_rating_clock_touch (clock, now_us);
  spent_us = g_hash_table_lookup (clock->spent_us, item);
  return spent_us != NULL ? (double) *spent_us / G_USEC_PER_SEC : 0.0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-scheduler-lane.h"

#define MAX_DOUBLINGS 16

SemioLane *
semio_lane_new (const char *base_url, GError **error)
{
  SemioBaseUrl url = { 0 };
  SemioLane *lane;

  if (!semio_base_url_parse (base_url, &url, error))
    return NULL;
  lane = g_new0 (SemioLane, 1);
  lane->url = g_strconcat (url.url, "/v1/chat/completions", NULL);
  lane->host = g_strdup (url.host);
  g_queue_init (&lane->fans);
  semio_base_url_clear (&url);
  return lane;
}

void
semio_lane_free (SemioLane *lane)
{
  g_queue_clear_full (&lane->fans, (GDestroyNotify) semio_fan_unref);
  g_free (lane->url);
  g_free (lane->host);
  g_free (lane->why);
  g_free (lane);
}

SemioFan *
semio_fan_new (SemioFanOut *fan_out)
{
  SemioFan *fan = g_new0 (SemioFan, 1);

  g_atomic_ref_count_init (&fan->refs);
  fan->fan_out = fan_out;
  fan->asked = g_new0 (SemioAsked, MAX (fan_out->questions->len, 1));
  return fan;
}

SemioFan *
semio_fan_ref (SemioFan *fan)
{
  g_atomic_ref_count_inc (&fan->refs);
  return fan;
}

void
semio_fan_unref (SemioFan *fan)
{
  if (!g_atomic_ref_count_dec (&fan->refs))
    return;
  semio_fan_out_free (fan->fan_out);
  g_free (fan->asked);
  g_free (fan);
}

guint
semio_lane_count_waiting (SemioLane *lane)
{
  guint count = 0;

  for (GList *item = lane->fans.head; item != NULL; item = item->next)
    {
      SemioFan *fan = item->data;

      count += fan->fan_out->questions->len - fan->n_done;
    }
  return count;
}

gboolean
semio_lane_has_segment (SemioLane *lane, guint64 segment)
{
  for (GList *item = lane->fans.head; item != NULL; item = item->next)
    if (((SemioFan *) item->data)->fan_out->segment == segment)
      return TRUE;
  return FALSE;
}

static gboolean
find_in_fan (SemioFan *fan, gint64 now_us, guint *question, gint64 *next_us)
{
  if (!fan->is_open && fan->n_in_flight > 0)
    return FALSE;
  for (guint i = 0; i < fan->fan_out->questions->len; i++)
    {
      const SemioAsked *asked = &fan->asked[i];

      if (asked->is_done || asked->is_in_flight)
        continue;
      if (asked->not_before_us <= now_us)
        {
          *question = i;
          return TRUE;
        }
      *next_us = MIN (*next_us, asked->not_before_us);
      /* The first one is waited for: another in its place would only meet the same. */
      if (!fan->is_open)
        return FALSE;
    }
  return FALSE;
}

gboolean
semio_lane_find_next (SemioLane *lane, guint max_in_flight, gint64 now_us, SemioFan **fan, guint *question, gint64 *next_us)
{
  if (lane->n_in_flight >= (lane->is_away ? 1 : max_in_flight))
    return FALSE;
  if (lane->not_before_us > now_us)
    {
      if (!g_queue_is_empty (&lane->fans))
        *next_us = MIN (*next_us, lane->not_before_us);
      return FALSE;
    }
  for (GList *item = lane->fans.head; item != NULL; item = item->next)
    {
      if (find_in_fan (item->data, now_us, question, next_us))
        {
          *fan = item->data;
          return TRUE;
        }
    }
  return FALSE;
}

void
semio_lane_set_good (SemioLane *lane)
{
  lane->n_answers++;
  lane->n_failures = 0;
  lane->is_away = FALSE;
  lane->not_before_us = 0;
  g_clear_pointer (&lane->why, g_free);
}

void
semio_lane_hold (SemioLane *lane, gboolean is_away, gint64 wait_us, const char *why)
{
  g_autofree char *kept = g_strdup (why);

  lane->is_away = lane->is_away || is_away;
  lane->not_before_us = MAX (lane->not_before_us, g_get_monotonic_time () + wait_us);
  g_free (lane->why);
  lane->why = g_steal_pointer (&kept);
}

gint64
semio_backoff_us (guint n_failures, gint64 first_us, gint64 longest_us, gint64 asked_us)
{
  gint64 wait_us = first_us;

  for (guint i = 1; i < MIN (n_failures, MAX_DOUBLINGS) && wait_us < longest_us; i++)
    wait_us *= 2;
  wait_us = MIN (wait_us, longest_us);
  wait_us = wait_us / 2 + (gint64) (g_random_double () * (double) (wait_us / 2));
  return MAX (wait_us, asked_us);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-clock.h"

#include <glib/gi18n-lib.h>

#include "semio-error.h"

#define US_PER_SECOND G_GINT64_CONSTANT (1000000)

/* The clock of a test: it starts at SEMIO_NOW at the first reading and runs on from there. */
typedef struct {
  gboolean fixed;
  gint64 start_utc_us;
  gint64 start_monotonic_us;
} FixedClock;

static gpointer
fixed_clock_new (gpointer unused)
{
  FixedClock *clock = g_new0 (FixedClock, 1);
  const char *now = g_getenv ("SEMIO_NOW");
  g_autoptr (GError) error = NULL;

  if (now == NULL || *now == '\0')
    return clock;
  clock->fixed = semio_clock_parse_utc (now, &clock->start_utc_us, &error);
  clock->start_monotonic_us = g_get_monotonic_time ();
  if (!clock->fixed)
    g_warning ("SEMIO_NOW is ignored: %s", error->message);
  return clock;
}

/* Reads n decimal digits; moves the position past them. */
static gboolean
read_digits (const char **position, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*position)[i]))
        return FALSE;
      *value = *value * 10 + ((*position)[i] - '0');
    }
  *position += n;
  return TRUE;
}

static gboolean
read_mark (const char **position, char mark)
{
  if (**position != mark)
    return FALSE;
  *position += 1;
  return TRUE;
}

/* Digits after the point, to microseconds; what is finer is cut off. */
static gboolean
read_fraction (const char **position, int *fraction_us)
{
  int scale = US_PER_SECOND;

  *fraction_us = 0;
  if (!read_mark (position, '.'))
    return TRUE;
  if (!g_ascii_isdigit (**position))
    return FALSE;
  for (; g_ascii_isdigit (**position); *position += 1)
    {
      scale /= 10;
      *fraction_us += scale * (**position - '0');
    }
  return TRUE;
}

static gboolean
read_offset (const char **position, int *offset_min)
{
  int hours, minutes;
  int sign = **position == '-' ? -1 : 1;

  *offset_min = 0;
  if (read_mark (position, 'Z'))
    return TRUE;
  if (!read_mark (position, '+') && !read_mark (position, '-'))
    return FALSE;
  if (!read_digits (position, 2, &hours) || !read_mark (position, ':') || !read_digits (position, 2, &minutes))
    return FALSE;
  if (hours > 23 || minutes > 59)
    return FALSE;
  *offset_min = sign * (hours * 60 + minutes);
  return TRUE;
}

/**
 * semio_clock_get_utc_us:
 *
 * Returns: microseconds since 1970 UTC
 */
gint64
semio_clock_get_utc_us (void)
{
  static GOnce once = G_ONCE_INIT;
  const FixedClock *clock = g_once (&once, fixed_clock_new, NULL);

  if (!clock->fixed)
    return g_get_real_time ();
  return clock->start_utc_us + (g_get_monotonic_time () - clock->start_monotonic_us);
}

/**
 * semio_clock_get_offset_min:
 *
 * Returns: how far local time lies ahead of UTC now, in minutes
 */
int
semio_clock_get_offset_min (void)
{
  gint64 seconds = semio_clock_get_utc_us () / US_PER_SECOND;
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (seconds);

  if (local == NULL)
    return 0;
  return (int) (g_date_time_get_utc_offset (local) / (60 * US_PER_SECOND));
}

/**
 * semio_clock_format_utc:
 * @utc_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): such as "2026-11-23T18:51:00.123456Z", always with six decimals; empty outside the years 1
 * to 9999
 */
char *
semio_clock_format_utc (gint64 utc_us)
{
  gint64 seconds = utc_us / US_PER_SECOND;
  gint64 fraction_us = utc_us % US_PER_SECOND;
  g_autoptr (GDateTime) date = NULL;

  if (fraction_us < 0)
    {
      fraction_us += US_PER_SECOND;
      seconds -= 1;
    }
  date = g_date_time_new_from_unix_utc (seconds);
  if (date == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", g_date_time_get_year (date), g_date_time_get_month (date),
                          g_date_time_get_day_of_month (date), g_date_time_get_hour (date), g_date_time_get_minute (date),
                          g_date_time_get_second (date), (int) fraction_us);
}

/**
 * semio_clock_parse_utc:
 * @text: ISO 8601 with seconds and either Z or an offset such as +01:00
 * @utc_us: (out): microseconds since 1970 UTC
 * @error: return location for a #SemioBaseError
 *
 * Returns: whether @text was a time
 */
gboolean
semio_clock_parse_utc (const char *text, gint64 *utc_us, GError **error)
{
  const char *position = text;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, fraction_us = 0, offset_min = 0;
  gboolean good;
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (text != NULL && utc_us != NULL, FALSE);

  good = read_digits (&position, 4, &year) && read_mark (&position, '-') && read_digits (&position, 2, &month)
         && read_mark (&position, '-') && read_digits (&position, 2, &day) && read_mark (&position, 'T')
         && read_digits (&position, 2, &hour) && read_mark (&position, ':') && read_digits (&position, 2, &minute)
         && read_mark (&position, ':') && read_digits (&position, 2, &second) && read_fraction (&position, &fraction_us)
         && read_offset (&position, &offset_min) && *position == '\0';
  if (good)
    date = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (date == NULL)
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("“%.40s” is no time: write it as 2026-11-23T18:51:00Z."),
                   text);
      return FALSE;
    }
  *utc_us = (g_date_time_to_unix (date) - offset_min * 60) * US_PER_SECOND + fraction_us;
  return TRUE;
}

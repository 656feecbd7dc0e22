/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-span.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-error.h"

#define MAX_DECIMALS 9
#define MAX_HEAD_DIGITS 6

gint64
semio_span_get_length (SemioSpan span)
{
  return semio_span_is_empty (span) ? 0 : span.end_ns - span.begin_ns;
}

gboolean
semio_span_is_empty (SemioSpan span)
{
  return span.end_ns <= span.begin_ns;
}

gboolean
semio_span_contains (SemioSpan span, gint64 time_ns)
{
  return time_ns >= span.begin_ns && time_ns < span.end_ns;
}

/* An empty span overlaps nothing; spans that only touch do not overlap. */
gboolean
semio_span_overlaps (SemioSpan a, SemioSpan b)
{
  return !semio_span_is_empty (semio_span_intersect (a, b));
}

/* The common part; empty, with equal ends, when there is none. */
SemioSpan
semio_span_intersect (SemioSpan a, SemioSpan b)
{
  SemioSpan common = { MAX (a.begin_ns, b.begin_ns), MIN (a.end_ns, b.end_ns) };

  common.end_ns = MAX (common.end_ns, common.begin_ns);
  return common;
}

/**
 * semio_time_format:
 * @time_ns: a time in nanoseconds, may be negative
 * @decimals: 0 to 9 digits after the point
 *
 * What is finer than the last digit is cut off and not rounded, as on a clock: a frame shown from 12.96 s on is shown
 * at "0:12".
 *
 * Returns: (transfer full): such as "0:12", "12:05.40" or "1:02:03.400"; empty for %SEMIO_TIME_NONE
 */
char *
semio_time_format (gint64 time_ns, int decimals)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 rest_ns, seconds;

  g_return_val_if_fail (decimals >= 0 && decimals <= MAX_DECIMALS, NULL);

  if (time_ns == SEMIO_TIME_NONE)
    return g_strdup ("");
  if (time_ns < 0)
    g_string_append_c (text, '-');
  rest_ns = (guint64) ABS (time_ns);
  seconds = rest_ns / SEMIO_NS_PER_SECOND;
  rest_ns %= SEMIO_NS_PER_SECOND;
  if (seconds >= 3600)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT ":%02d:%02d", seconds / 3600, (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
  else
    g_string_append_printf (text, "%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  if (decimals > 0)
    {
      char digits[MAX_DECIMALS + 1];

      g_snprintf (digits, sizeof digits, "%09d", (int) rest_ns);
      g_string_append_c (text, '.');
      g_string_append_len (text, digits, decimals);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A number of min to max digits at the position, which moves on past it. */
static gboolean
read_number (const char **position, int min, int max, gint64 *value)
{
  int n = 0;

  *value = 0;
  for (; g_ascii_isdigit ((*position)[n]); n++)
    {
      if (n == max)
        return FALSE;
      *value = *value * 10 + ((*position)[n] - '0');
    }
  *position += n;
  return n >= min;
}

static gboolean
read_decimals (const char **position, gint64 *fraction_ns, gint64 *precision_ns)
{
  *fraction_ns = 0;
  *precision_ns = SEMIO_NS_PER_SECOND;
  if (**position != '.')
    return TRUE;
  *position += 1;
  if (!g_ascii_isdigit (**position))
    return FALSE;
  for (; g_ascii_isdigit (**position); *position += 1)
    {
      if (*precision_ns == 1)
        return FALSE;
      *precision_ns /= 10;
      *fraction_ns += *precision_ns * (**position - '0');
    }
  return TRUE;
}

static gboolean
read_time (const char *text, gint64 *time_ns, gint64 *precision_ns)
{
  const char *position = text;
  gint64 head, middle, last = -1, fraction_ns;

  while (g_ascii_isspace (*position))
    position++;
  if (!read_number (&position, 1, MAX_HEAD_DIGITS, &head) || *position++ != ':')
    return FALSE;
  if (!read_number (&position, 2, 2, &middle) || middle > 59)
    return FALSE;
  if (*position == ':')
    {
      position++;
      if (!read_number (&position, 2, 2, &last) || last > 59)
        return FALSE;
    }
  if (!read_decimals (&position, &fraction_ns, precision_ns))
    return FALSE;
  while (g_ascii_isspace (*position))
    position++;
  if (*position != '\0')
    return FALSE;
  *time_ns = (last < 0 ? head * 60 + middle : head * 3600 + middle * 60 + last) * SEMIO_NS_PER_SECOND + fraction_ns;
  return TRUE;
}

/**
 * semio_time_parse:
 * @text: "M:SS" or "H:MM:SS", either with up to nine decimals, blanks around it allowed
 * @time_ns: (out): the time
 * @precision_ns: (out) (nullable): what the last digit stands for: 1 s for "M:SS", 100 ms for "M:SS.s"
 * @error: return location for a #SemioBaseError
 *
 * Returns: whether @text was a time
 */
gboolean
semio_time_parse (const char *text, gint64 *time_ns, gint64 *precision_ns, GError **error)
{
  gint64 own_precision_ns = 0;

  g_return_val_if_fail (text != NULL && time_ns != NULL, FALSE);

  if (!read_time (text, time_ns, precision_ns != NULL ? precision_ns : &own_precision_ns))
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE,
                   _ ("“%.40s” is no time: write minutes and seconds as 1:05, or hours too as 1:02:03."), text);
      return FALSE;
    }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-dense-time.h"

#include <string.h>

#include "semio-span.h"
#include "semio-text.h"

#define MAX_SECONDS (1000.0 * 3600.0)

gboolean
semio_dense_time_parse (const char *text, gint64 *time_ns, gint64 *precision_ns)
{
  g_autofree char *cut = g_strstrip (g_strdup (text));
  char *first = strchr (cut, ':');
  char *last = strrchr (cut, ':');
  double seconds;

  if (first == NULL)
    {
      if (!semio_text_to_double (cut, &seconds, NULL) || !(seconds >= 0.0 && seconds <= MAX_SECONDS))
        return FALSE;
      *time_ns = (gint64) (seconds * (double) SEMIO_NS_PER_SECOND + 0.5);
      *precision_ns = 0;
      return TRUE;
    }
  if (first != last)
    {
      /* Whether "1:02:03" are hours or hundredths nobody can tell. */
      if (!g_str_equal (last, ":00"))
        return FALSE;
      *last = '\0';
    }
  return semio_time_parse (cut, time_ns, precision_ns, NULL);
}

gboolean
semio_dense_says_nothing (const char *text)
{
  static const char *const words[] = { "", "n/a", "na", "none", "no", "nan", "-" };
  g_autofree char *word = g_strstrip (g_ascii_strdown (text, -1));

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      return TRUE;
  return FALSE;
}

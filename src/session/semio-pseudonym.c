/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-pseudonym.h"

#include "semio-uuid.h"

/* The published files' shape: "A0002@5-13-2021@UA6693LK@sz_v1.mp4". */
#define DEFAULT_PATIENT_PATTERN "^([^@]+)@"
#define TRIES_PER_LENGTH 64

char *
semio_pseudonym_new (const char *prefix, guint n_digits, GHashTable *taken)
{
  guint32 limit = 1;

  for (guint i = 0; i < n_digits; i++)
    limit *= 10;
  for (;; n_digits++, limit = limit < 100000000 ? limit * 10 : limit)
    for (guint i = 0; i < TRIES_PER_LENGTH; i++)
      {
        /* 0 is left out: "R000" reads like nobody. */
        g_autofree char *pseudonym
            = g_strdup_printf ("%s%0*u", prefix, (int) MIN (n_digits, 9), semio_random_below (limit - 1) + 1);

        if (g_hash_table_add (taken, g_strdup (pseudonym)))
          return g_steal_pointer (&pseudonym);
      }
}

char *
semio_pseudonym_new_for_recording (GHashTable *taken)
{
  return semio_pseudonym_new ("R", g_hash_table_size (taken) < 500 ? 3 : 4, taken);
}

char *
semio_pseudonym_new_for_patient (GHashTable *taken)
{
  return semio_pseudonym_new ("P", g_hash_table_size (taken) < 50 ? 2 : 3, taken);
}

char *
semio_pseudonym_read_patient (const char *file_name, const char *pattern, GError **error)
{
  g_autofree char *base = g_path_get_basename (file_name);
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *patient = NULL;

  regex = g_regex_new (pattern ? pattern : DEFAULT_PATIENT_PATTERN, 0, 0, error);
  if (!regex)
    return NULL;
  if (!g_utf8_validate (base, -1, NULL) || !g_regex_match (regex, base, 0, &match))
    return NULL;
  patient = g_match_info_fetch (match, 1);
  if (!patient)
    return NULL;
  g_strstrip (patient);
  return *patient ? g_steal_pointer (&patient) : NULL;
}
